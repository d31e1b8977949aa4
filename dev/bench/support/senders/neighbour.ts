import type { Sender } from './types';

/**
 * Lets another client use the node's access token while the node sends: calls at a steady rate that the node
 * cannot foresee.
 *
 * @param callsPerSecond of the other client
 */
export function withNeighbour(sender: Sender, url: string, callsPerSecond: number): Sender {
	const ownFetch = globalThis.fetch;
	let authorization: string | null | undefined;
	// The token is known from the node's own calls.
	globalThis.fetch = async (input, init) => {
		const isApi = typeof input === 'string' && input.startsWith(`${url}/api/`);
		if (isApi) authorization ??= new Headers(init?.headers).get('authorization');
		return await ownFetch(input, init);
	};
	const call = async () => {
		if (!authorization) return;
		const answer = await ownFetch(`${url}/api/v2/tokens/me`, { headers: { authorization } });
		await answer.arrayBuffer();
	};
	return async (items) => {
		const calls = setInterval(() => void call(), 1000 / callsPerSecond);
		try {
			return await sender(items);
		} finally {
			clearInterval(calls);
		}
	};
}
