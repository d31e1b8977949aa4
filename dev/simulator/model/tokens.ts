import { randomBytes } from 'node:crypto';

/**
 * An OAuth client that may log in. What it may do: everything (default, `true`), nothing that needs
 * a permission (`false`), or what the listed permissions allow; the rest is answered with 403.
 */
export interface OAuthClient {
	clientId: string;
	clientSecret: string;
	permissions?: boolean | string[];
}

/** Whether a client may do what needs a permission. */
export function isGranted({ permissions = true }: OAuthClient, permission: string): boolean {
	return typeof permissions === 'boolean' ? permissions : permissions.includes(permission);
}

/** An access token as the simulator remembers it. The ID is what the journal shows of it. */
export interface IssuedToken {
	readonly id: string;
	readonly client: OAuthClient;
	/** The scopes that were asked for; like Genesys Cloud, nothing depends on them. */
	readonly scopes: readonly string[];
	/** On the clock of `performance.now()`, milliseconds. */
	readonly expiresAt: number;
}

/** The access tokens that were issued. */
export class Tokens {
	readonly #issued = new Map<string, IssuedToken>();
	readonly #live = new Set<IssuedToken>();
	#counter = 0;

	/**
	 * Issues an access token.
	 *
	 * @param lifetimeSeconds seconds until it expires
	 * @returns the bearer value
	 */
	issue(client: OAuthClient, scopes: readonly string[], lifetimeSeconds: number): string {
		const value = randomBytes(48).toString('base64url');
		this.#counter += 1;
		const token = {
			id: `token-${this.#counter}`,
			client,
			scopes,
			expiresAt: performance.now() + lifetimeSeconds * 1000,
		};
		this.#issued.set(value, token);
		this.#live.add(token);
		return value;
	}

	/** Finds an issued token, expired or not; undefined when it is unknown or was revoked. */
	find(value: string): IssuedToken | undefined {
		return this.#issued.get(value);
	}

	/** Whether a token may still be used. */
	isLive(token: IssuedToken): boolean {
		return this.#live.has(token) && performance.now() < token.expiresAt;
	}

	/** Makes every issued token invalid. */
	revokeAll(): void {
		this.#issued.clear();
		this.#live.clear();
	}
}
