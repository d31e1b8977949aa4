import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

import { serveSecurely } from '../../support/secure';
import type { Loopback } from '../../unit/support/loopback';

/** A call that came to a gateway. */
interface GatewayCall {
	readonly path: string;
	readonly contactId: string;
	readonly headers: IncomingHttpHeaders;
	/** When it came, in ms by a clock that never goes back. */
	readonly at: number;
	/** How many calls of the API came before it. */
	readonly index: number;
}

/** What a gateway answers; `reset` and `hang` are no answers. */
export type GatewayAnswer =
	| {
			readonly status: number;
			readonly headers?: Readonly<Record<string, string | string[]>>;
			readonly body?: unknown;
			/** Says `100 Continue` first. */
			readonly continues?: true;
	  }
	| 'reset'
	| 'hang';

/** A server before Genesys Cloud that answers as a test wants, and counts. */
export interface Gateway extends Loopback {
	/** The calls of the API, in their order. */
	readonly calls: GatewayCall[];
	/** The contacts whose messages were answered with a success, in their order. */
	readonly accepted: string[];
	/** How many calls were answered with 429. */
	limited: number;
	logins: number;
	/** The answer to a login; default: a token of its own for each. */
	login: () => GatewayAnswer | Promise<GatewayAnswer>;
	/** The answer to a call of the API; default: accepted. */
	answer: (call: GatewayCall) => GatewayAnswer;
}

/** The answer to an accepted message. */
export function acceptedAnswer({ index }: Pick<GatewayCall, 'index'>): GatewayAnswer {
	return { status: 200, body: { id: `m-${index}` } };
}

/** A token as the login gives it. */
export function tokenAnswer(token: string): GatewayAnswer {
	return { status: 200, body: { access_token: token, expires_in: 3600, token_type: 'bearer' } };
}

/** A rate limit that all calls share, whatever their token: so many in each window. */
export function sharedLimit(allowed: number, windowMs: number, retryAfter = '1') {
	let windowStart = 0;
	let count = 0;
	return (call: GatewayCall): GatewayAnswer => {
		if (call.at >= windowStart + windowMs) {
			windowStart = call.at;
			count = 0;
		}
		if (++count <= allowed) return acceptedAnswer(call);
		const body = { message: 'Rate limit exceeded', code: 'too.many.requests', status: 429 };
		return { status: 429, headers: { 'retry-after': retryAfter }, body };
	};
}

/** Starts a gateway on a free port of this machine. */
export async function startGateway(): Promise<Gateway> {
	const state: Omit<Gateway, keyof Loopback> = {
		calls: [],
		accepted: [],
		limited: 0,
		logins: 0,
		login: () => tokenAnswer(`token-${state.logins}`),
		answer: acceptedAnswer,
	};
	const server = await serveSecurely((request, response) => {
		const reply = async (): Promise<void> => {
			const path = request.url ?? '';
			const body = await text(request);
			const isLogin = path === '/oauth/token';
			if (isLogin) state.logins++;
			const { contactId = '' } = (
				isLogin || body === '' ? {} : JSON.parse(body)
			) as Partial<GatewayCall>;
			const { headers } = request;
			const index = state.calls.length;
			const call = { path, contactId, headers, at: performance.now(), index };
			if (!isLogin) state.calls.push(call);
			const answer = isLogin ? await state.login() : state.answer(call);
			if (answer === 'hang') return;
			if (answer === 'reset') {
				request.socket.destroy();
				return;
			}
			if (answer.status === 429) state.limited++;
			if (!isLogin && answer.status === 200) state.accepted.push(contactId);
			if (answer.continues) response.writeContinue();
			response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
			response.end(
				typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}),
			);
		};
		reply().catch(() => request.socket.destroy());
	});
	return Object.assign(state, server);
}
