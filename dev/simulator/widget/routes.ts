import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';

const FILES = [
	{ url: '/widget', name: 'index.html', type: 'text/html' },
	{ url: '/widget/widget.css', name: 'widget.css', type: 'text/css' },
	{ url: '/widget/widget.js', name: 'widget.js', type: 'text/javascript' },
	{ url: '/widget/icon.svg', name: 'icon.svg', type: 'image/svg+xml' },
];

/** Nothing from anywhere else; calls to this machine alone, for the webhook of `captureUrl`. */
const POLICY = [
	"default-src 'self'",
	"connect-src 'self' http://localhost:* http://127.0.0.1:* http://[::1]:*",
	"frame-ancestors 'self'",
].join('; ');

/** Adds the page that plays the customer's browser. */
export async function registerWidget(scope: FastifyInstance): Promise<void> {
	for (const { url, name, type } of FILES) {
		const content = await readFile(join(__dirname, 'page', name));
		scope.get(url, (_request, reply) =>
			reply
				.headers({
					'content-type': `${type}; charset=utf-8`,
					'content-security-policy': POLICY,
					'cache-control': 'no-cache',
				})
				.send(content),
		);
	}
}
