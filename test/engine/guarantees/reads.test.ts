import { randomUUID } from 'node:crypto';

import { beds, credentialOf, engineWith } from '../support/bed';
import { startGateway, type Gateway } from '../support/gateway';
import { DETAILS, messageBy, reading, recipients } from '../support/messages';
import { detailsOf, having, jsonOf, textLike } from '../support/outcomes';
import { pickList } from '../support/panel';
import { customers, sendWorkflow } from '../support/workflows';

jest.setTimeout(20_000);

const openBed = beds();
const onError = 'continueErrorOutput';

let gateway: Gateway;
beforeEach(async () => {
	gateway = await startGateway();
});
afterEach(async () => await gateway.close());

const client = () => ({
	clientId: `client-${randomUUID()}`,
	clientSecret: 'a-secret-of-the-tests',
});

describe('a large answer', () => {
	it.each([false, true])('of 3,000 messages is read (Reuse Connections: %s)', async (reuse) => {
		const messages = Array.from({ length: 3_000 }, (_value, index) => ({
			messageId: randomUUID(),
			messageTime: new Date(index * 1000).toISOString(),
			messageStatus: 'delivery-success',
			messageSegmentCount: 1,
			note: 'x'.repeat(500),
		}));
		const participants = [{ purpose: 'customer', state: 'connected', messages }];
		gateway.answer = () => ({ status: 200, body: { id: 'c-1', participants } });
		const engine = await engineWith(credentialOf(gateway.url, client()));
		const parameters = {
			...reading('conversation', 'get', 'conversationId'),
			delivery: { reuseConnections: reuse },
		};
		const input = [{ json: { id: 'c-1' } }];
		const result = await engine.run(sendWorkflow(parameters), { input });
		expect(jsonOf(result)).toEqual([
			having({ id: 'c-1', connected: true, lastActivity: '1970-01-01T00:49:59.000Z' }),
		]);
	});

	it('of 100 templates of 15 kB fills the pick-list', async () => {
		const bed = await openBed({ credential: { loginUrl: gateway.url, apiUrl: gateway.url } });
		const entities = Array.from({ length: 100 }, (_value, index) => ({
			id: `t-${index}`,
			name: `Template ${index}`,
			texts: [{ content: 'x'.repeat(15_000), contentType: 'text/plain' }],
			responseType: 'MessagingTemplate',
			messagingTemplate: { whatsApp: { name: `t${index}`, language: 'en' } },
		}));
		const page = { entities, pageNumber: 1, pageCount: 1, pageSize: 100 };
		gateway.answer = ({ path }) =>
			path.includes('libraries')
				? { status: 200, body: { entities: [{ id: 'l-1', name: 'All' }], pageCount: 1 } }
				: { status: 200, body: path.includes('query') ? { results: page } : page };
		const search = await pickList(bed, 'searchTemplates', { channel: 'whatsapp' });
		const { results } = await search();
		expect(results.length).toBeGreaterThanOrEqual(100);
	});

	it('to a message is bounded still, and nobody knows whether it was accepted', async () => {
		const bed = await openBed({ faults: [{ kind: 'huge', bytes: 5_000_000 }] });
		const result = await bed.run(customers('c1'), {}, { onError });
		expect(detailsOf(result, 1)).toEqual([
			having({ reason: 'unexpectedResponse', delivered: 'unknown' }),
		]);
	});
});

/** 404s of gateways that do not know the path, in formats of their own. */
const unknownPath = [
	{ code: '404', message: 'Not Found' },
	{ status: 404, error: 'Not Found' },
	{ error: 'not_found' },
	{ timestamp: '2026-11-25T08:00:00Z', status: 404, error: 'Not Found', message: '' },
	{ status: 'error', code: 'not.found', message: 'Not Found' },
	{ message: 'Not found', code: 'not.found', status: 502 },
];

describe('a 404 of a gateway', () => {
	it.each(unknownPath)('to a look-up is not about the customer: %j', async (body) => {
		gateway.answer = () => ({ status: 404, body });
		const engine = await engineWith(credentialOf(gateway.url, client()));
		const lookUp = { resource: 'externalContact', operation: 'lookUp', identifierType: 'Phone' };
		const parameters = { ...lookUp, identifierValue: '={{ $json.to }}', unreachable: 'output' };
		const input = recipients('+12025550143');
		const result = await engine.run(sendWorkflow(parameters, { onError }), { input });
		expect(jsonOf(result, 1)).toEqual([]);
		expect(detailsOf(result, 2)).toEqual([having({ reason: 'notFound' })]);
	});

	it.each(unknownPath)('to Get Delivery Status is not waited for: %j', async (body) => {
		gateway.answer = () => ({ status: 404, body });
		const engine = await engineWith(credentialOf(gateway.url, client()));
		const options = { waitForFinal: true, waitSeconds: 60 };
		const parameters = reading('message', 'getStatus', 'messageId', { options });
		const input = [{ json: { id: 'm-1' } }];
		const result = await engine.run(sendWorkflow(parameters, { onError }), { input });
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'notFound' })]);
		expect(gateway.calls).toHaveLength(1);
	});
});

describe('Get Delivery Status', () => {
	const wait = (seconds: number) =>
		reading('message', 'getStatus', 'messageId', {
			options: { waitForFinal: true, waitSeconds: seconds },
		});

	it.each([1, 2])('with Wait, first answered with 404 (%i times), waits', async (times) => {
		const bed = await openBed();
		const sent = await bed.run(recipients('+12025550143'), messageBy('sms'));
		const id = jsonOf(sent)[0]?.id as string;
		bed.simulator.messages.setStatus(id, 'delivery-success');
		bed.simulator.faults.add({ kind: 'status', status: 404, endpoint: 'read', times });
		const result = await bed.run([{ json: { id } }], wait(10));
		expect(jsonOf(result)).toEqual([having({ final: true, delivered: true })]);
		expect(bed.calls(DETAILS)).toBe(times + 1);
	});

	it('with Wait, answered with 404 to the end, fails when the time is up', async () => {
		const bed = await openBed();
		const startedAt = performance.now();
		const result = await bed.run([{ json: { id: 'no-such' } }], wait(2), { onError });
		expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_900);
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'notFound' })]);
	});

	it('with Wait and a path that a gateway does not know, fails at once', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 404, body: 'html', endpoint: 'read', times: Infinity }],
		});
		const result = await bed.run([{ json: { id: 'm-1' } }], wait(60), { onError });
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'notFound' })]);
	});

	it('of a web message says which IDs work', async () => {
		const bed = await openBed();
		const sent = await bed.run(customers('c1'));
		const parameters = reading('message', 'getStatus', 'messageId');
		const result = await bed.run([{ json: { id: jsonOf(sent)[0]!.id } }], parameters, { onError });
		expect(jsonOf(result, 1)).toEqual([
			having({ error: textLike(/ID of a web message has no delivery status/) }),
		]);
	});
});
