import type { FastifyInstance } from 'fastify';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Refuses calls made to another name than this machine's own. A website that lets its name point here
 * (DNS rebinding) could otherwise read and change everything through a visitor's browser.
 */
export function requireLoopbackHost(app: FastifyInstance): void {
	app.addHook('onRequest', async ({ headers: { host = '' } }, reply) => {
		if (LOOPBACK.test(host)) return;
		await reply
			.code(403)
			.send({ error: `The simulator is for this machine alone, not "${host}".` });
	});
}
