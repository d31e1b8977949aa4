import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';

const FILES = [
	{ url: '/widget', name: 'index.html', type: 'text/html' },
	{ url: '/widget/widget.css', name: 'widget.css', type: 'text/css' },
	{ url: '/widget/widget.js', name: 'widget.js', type: 'text/javascript' },
	{ url: '/widget/icon.svg', name: 'icon.svg', type: 'image/svg+xml' },
];

/** Adds the page that plays the customer's browser; it may load nothing from anywhere else. */
export async function registerWidget(scope: FastifyInstance): Promise<void> {
	for (const { url, name, type } of FILES) {
		const content = await readFile(join(__dirname, 'page', name));
		scope.get(url, (_request, reply) =>
			reply
				.headers({
					'content-type': `${type}; charset=utf-8`,
					'content-security-policy': "default-src 'self'; frame-ancestors 'self'",
					'cache-control': 'no-cache',
				})
				.send(content),
		);
	}
}
