import { findEvent } from '../../../nodes/GenesysCloud/events';
import {
	findUnknownTarget,
	type TriggerSettings,
} from '../../../nodes/GenesysCloud/n8n/triggerSettings';
import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import type { Rejection } from '../../../nodes/GenesysCloud/notifications/types';
import { topicOf } from '../support/playedConversation';

const settings = (event: string, targets: string[]) =>
	({ event: findEvent(event), targets }) as unknown as TriggerSettings;

async function lookedFor(id: string, answer: JsonObject) {
	const call = async () => await Promise.resolve({ ok: true as const, value: answer });
	const found = await findUnknownTarget(call, settings('messageUndelivered', ['d1', id]), []);
	return found?.id;
}

describe('a deployment that Genesys Cloud does not list', () => {
	const entities = [{ id: 'd1' }, null];

	it.each<[string, JsonObject]>([
		['without a word of more', { entities }],
		['with as many in all', { entities, total: 2, pageCount: 1 }],
	])('is unknown where the list is whole: %s', async (_what, answer) => {
		expect(await lookedFor('d2', answer)).toBe('d2');
		expect(await lookedFor('d1', answer)).toBeUndefined();
	});

	it.each<[string, JsonObject]>([
		['more pages', { entities, pageCount: 2 }],
		['a next page', { entities, nextUri: '/api/v2/webdeployments/deployments?after=x' }],
		['more in all', { entities, total: 3 }],
		['no list', { entities: {} }],
	])('may exist where the list has %s', async (_what, answer) => {
		expect(await lookedFor('d2', answer)).toBeUndefined();
	});
});

/** A look whether queues exist: what was asked, and what was found. */
async function looked(queues: string[], rejected: Rejection[] = [], listed: string[] = []) {
	const requests: ApiRequest[] = [];
	const call = async (request: ApiRequest) => {
		requests.push(request);
		return await Promise.resolve({
			ok: true as const,
			value: { entities: listed.map((id) => ({ id })) },
		});
	};
	const found = await findUnknownTarget(call, settings('customerMessage', queues), rejected);
	return { requests, found };
}

const pathOf = (ids: string[]) =>
	`/api/v2/routing/queues?pageSize=100&${ids.map((id) => `id=${id}`).join('&')}`;

describe('a queue that Genesys Cloud does not list', () => {
	it('is asked for by its ID, in one look that changes nothing', async () => {
		const { requests, found } = await looked(['q1', 'q2'], [], ['q1']);
		expect(found).toEqual({ what: 'queue', id: 'q2' });
		expect(requests).toEqual([
			{ method: 'GET', path: pathOf(['q1', 'q2']), answer: 'list', reads: true },
		]);
	});

	it('may exist where a permission for its events is missing', async () => {
		const rejected = [{ topic: topicOf('q1'), missingPermissions: ['routing:queue:view'] }];
		const { requests, found } = await looked(['q1', 'q2'], rejected, ['q2']);
		expect(found).toBeUndefined();
		expect(requests.map(({ path }) => path)).toEqual([pathOf(['q2'])]);
	});

	it('is unknown where its events are refused for another reason', async () => {
		const rejected = [{ topic: topicOf('q1'), reason: 'no such queue', missingPermissions: [] }];
		const { found } = await looked(['q1', 'q2'], rejected, ['q2']);
		expect(found).toEqual({ what: 'queue', id: 'q1' });
	});

	it('is not looked for behind a hundred others', async () => {
		const queues = Array.from({ length: 101 }, (_, n) => `q${n}`);
		const { requests, found } = await looked(queues, [], queues.slice(0, 100));
		expect(found).toBeUndefined();
		expect(requests.map(({ path }) => path)).toEqual([pathOf(queues.slice(0, 100))]);
	});
});
