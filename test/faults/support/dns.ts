import dns from 'node:dns';

type Answer = (error: Error | null, address?: unknown, family?: number) => void;

/**
 * Plays the resolver for one host: look-ups fail, or find this machine. It replaces `dns.lookup`, which
 * every connection of Node asks; the system's own resolver may take seconds for a name it does not know.
 *
 * @param host the host
 * @param failureOf the code with which the next look-up fails, or `undefined`
 * @returns puts `dns.lookup` back
 */
export function playResolver(host: string, failureOf: () => string | undefined): () => void {
	const original = dns.lookup;
	const lookup = (hostname: string, options: unknown, callback: Answer) => {
		const answer = typeof options === 'function' ? (options as Answer) : callback;
		const code = hostname === host ? failureOf() : undefined;
		if (code !== undefined) {
			const error = new Error(`getaddrinfo ${code} ${host}`);
			process.nextTick(answer, Object.assign(error, { code, syscall: 'getaddrinfo', hostname }));
			return;
		}
		const target = hostname === host ? '127.0.0.1' : hostname;
		original(target, options as dns.LookupOneOptions, callback as never);
	};
	Object.assign(dns, { lookup });
	return () => {
		Object.assign(dns, { lookup: original });
	};
}
