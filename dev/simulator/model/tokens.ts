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
		this.#issued.set(value, {
			id: `token-${this.#counter}`,
			client,
			scopes,
			expiresAt: performance.now() + lifetimeSeconds * 1000,
		});
		return value;
	}

	/** Finds an issued token, expired or not; undefined when it is unknown or was revoked. */
	find(value: string): IssuedToken | undefined {
		return this.#issued.get(value);
	}

	/** Makes every issued token invalid. */
	revokeAll(): void {
		this.#issued.clear();
	}
}
