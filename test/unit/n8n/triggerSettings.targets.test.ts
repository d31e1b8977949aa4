import { findEvent } from '../../../nodes/GenesysCloud/events';
import {
	findUnknownTarget,
	type TriggerSettings,
} from '../../../nodes/GenesysCloud/n8n/triggerSettings';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';

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
