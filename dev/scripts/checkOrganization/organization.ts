import { hostClock } from '../../../nodes/GenesysCloud/api/clock';
import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { connect, type Connection } from '../../../nodes/GenesysCloud/api/connect';
import type { HttpFunction, HttpResponse } from '../../../nodes/GenesysCloud/api/http';
import { httpOverFetch } from '../../../nodes/GenesysCloud/api/httpFunctions';
import { parseObject } from '../../../nodes/GenesysCloud/api/json';
import { fetchAccessToken, readOAuthClient } from '../../../nodes/GenesysCloud/api/oauth';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { explain, sentences } from '../../../nodes/GenesysCloud/failures/explain';
import type { Result } from '../../../nodes/GenesysCloud/failures/failure';
import type { CredentialData } from '../../demo/settings';

const TIMEOUT_MS = 15_000;
const MAX_WAIT_MS = 60_000;

/** What a call came to, with the parts of the answer that the product does not pass on. */
export interface Answer {
	readonly ok: boolean;
	/** The HTTP status; without one nobody answered. */
	readonly status?: number;
	readonly body: JsonObject;
	header(name: string): string | undefined;
	/** What the product says of a failure; empty for a success. */
	readonly said: string;
}

/** An organization, called as the node calls it, one call at a time. */
export class Organization {
	readonly clock = hostClock();
	private readonly connection: Connection;
	private last: HttpResponse | undefined;

	/** @throws InputError when a field of the credential cannot be used */
	constructor(private readonly credential: CredentialData) {
		this.connection = connect(credential, {
			http: this.http,
			clock: this.clock,
			maxTokens: 1,
			timeoutMs: TIMEOUT_MS,
			maxWaitMs: MAX_WAIT_MS,
		});
	}

	/** Gets an access token; the answer's body holds it. */
	async login(): Promise<Answer> {
		return await this.answer(this.connection.login());
	}

	/** Tries to log in as a client that does not exist. */
	async loginAsStranger(): Promise<Answer> {
		const stranger = { clientId: 'a-client-that-does-not-exist', clientSecret: 'none' };
		const client = readOAuthClient({ ...this.credential, ...stranger });
		return await this.answer(
			fetchAccessToken(this.http, client, TIMEOUT_MS, () => this.clock.now()),
		);
	}

	/** Makes one attempt at a call. */
	async call(request: ApiRequest): Promise<Answer> {
		return await this.answer(this.connection.call(request));
	}

	private readonly http: HttpFunction = async (request) => {
		const result = await httpOverFetch()(request);
		this.last = result.ok ? result.value : undefined;
		return result;
	};

	private async answer(made: Promise<Result<unknown>>): Promise<Answer> {
		this.last = undefined;
		const result = await made;
		const response = this.last as HttpResponse | undefined;
		return {
			ok: result.ok,
			...(response && { status: response.status }),
			body: (response && parseObject(response.text)) ?? {},
			header: (name) => response?.header(name),
			said: result.ok ? '' : sentences(explain(result.failure)),
		};
	}
}
