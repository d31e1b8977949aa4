import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';

const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };

const FILES: readonly (readonly [name: string, type: keyof typeof TYPES])[] = [
	['index', 'html'],
	['theme', 'css'],
	['session', 'css'],
	['chat', 'css'],
	['widget', 'js'],
	['calls', 'js'],
	['messages', 'js'],
	['view', 'js'],
	['icon', 'svg'],
];

/** Nothing from anywhere else; calls to this machine alone, for the webhook of `captureUrl`. */
const POLICY = [
	"default-src 'self'",
	"connect-src 'self' http://localhost:* http://127.0.0.1:*",
	"frame-ancestors 'self'",
].join('; ');

/** Adds the page that plays the customer's browser. */
export async function registerWidget(scope: FastifyInstance): Promise<void> {
	for (const [name, type] of FILES) {
		const file = `${name}.${type}`;
		const url = type === 'html' ? '/widget' : `/widget/${file}`;
		const content = await readFile(join(__dirname, 'page', file));
		scope.get(url, (_request, reply) =>
			reply
				.headers({
					'content-type': `${TYPES[type]}; charset=utf-8`,
					'content-security-policy': POLICY,
					'cache-control': 'no-cache',
				})
				.send(content),
		);
	}
}
