import type { IDataObject } from 'n8n-workflow';

import { beds } from '../support/bed';
import { anyText, contactsOf, having, hintOf, jsonOf, sourceOf } from '../support/outcomes';
import type { NodeSettings } from '../support/workflows';
import { customers, SEND } from '../support/workflows';

const openBed = beds();
const three = customers('c1', 'c2', 'c3');
const conflict = { kind: 'status', status: 409, contactId: 'c2' } as const;
const modes = ['continueRegularOutput', 'continueErrorOutput'] as const;

describe('On Error: Continue', () => {
	it('puts a failed item with exactly an error and its details in its place', async () => {
		const bed = await openBed({ faults: [conflict] });
		const result = await bed.run(three, {}, { onError: 'continueRegularOutput' });
		expect(result.status).toBe('success');
		expect(bed.reached()).toEqual(['c1', 'c3']);
		const [sent, failed, last] = jsonOf(result);
		expect([sent, last]).toMatchObject([{ contactId: 'c1' }, { contactId: 'c3' }]);
		expect(failed).toStrictEqual({
			error: expect.stringContaining('409') as unknown,
			details: {
				reason: 'conflict',
				httpCode: '409',
				code: 'general.conflict',
				apiMessage: anyText,
				correlationId: anyText,
				attempts: 1,
				delivered: 'no',
			},
		});
		expect(result.outputOf(SEND).map(sourceOf)).toEqual([0, 1, 2]);
		expect(hintOf(result)).toBe('Messages: 2 sent, 1 failed.');
		expect(result.hintsOf(SEND)).toMatchObject([{ type: 'warning' }]);
	});

	it('sends a failed item with its input by the error output, the others by the first', async () => {
		const bed = await openBed({ faults: [conflict] });
		const input = three.map(({ json }) => ({ json: { ...json, order: { id: 7 } } }));
		const result = await bed.run(input, {}, { onError: 'continueErrorOutput' });
		expect(result.status).toBe('success');
		expect(contactsOf(result)).toEqual(['c1', 'c3']);
		expect(jsonOf(result)).toEqual([having({ status: 'sent' }), having({ status: 'sent' })]);
		expect(jsonOf(result, 1)).toStrictEqual([
			{
				contactId: 'c2',
				text: 'Hello c2!',
				order: { id: 7 },
				error: anyText,
				details: having({ reason: 'conflict', delivered: 'no' }),
			},
		]);
		expect(result.outputOf(SEND, 1).map(sourceOf)).toEqual([1]);
		expect(result.outputOf(SEND).map(sourceOf)).toEqual([0, 2]);
	});

	it.each(modes)('sends nothing by the success output when all fail (%s)', async (onError) => {
		const bed = await openBed({ permissions: false });
		const result = await bed.run(three, {}, { onError });
		expect(result.status).toBe('success');
		const failed = jsonOf(result, onError === 'continueErrorOutput' ? 1 : 0);
		expect(failed).toHaveLength(3);
		expect(failed).toEqual(failed.map(() => having({ error: anyText })));
		expect(bed.reached()).toEqual([]);
		expect(result.outputOf(SEND, onError === 'continueErrorOutput' ? 0 : 1)).toEqual([]);
	});
});

interface Trouble {
	readonly credential?: IDataObject;
	readonly parameters?: IDataObject;
	readonly settings?: NodeSettings;
}

/** n8n throws for it: there is no such node. */
const BROKEN = '={{ $("Nowhere").first().json.value }}';

const troubles: [string, RegExp, Trouble][] = [
	['no credential', /credential/i, { settings: { credentials: {} } }],
	[
		'a deleted credential',
		/does not exist/,
		{ settings: { credentials: { genesysCloudApi: { id: 'gone', name: 'Gone' } } } },
	],
	['a wrong secret', /client ID and secret/, { credential: { clientSecret: 'wrong' } }],
	['an empty secret', /'Client Secret' is empty/, { credential: { clientSecret: '' } }],
	['a malformed URL', /'API URL' is not a URL/, { credential: { apiUrl: 'api dot com' } }],
	[
		'http:// to another host',
		/'Login URL' uses http:\/\//,
		{ credential: { loginUrl: 'http://login.example.com' } },
	],
	['an unknown environment', /'Environment'/, { credential: { environment: 'mars!' } }],
	['a concurrency of 0', /'Concurrency'/, { parameters: { delivery: { concurrency: 0 } } }],
	['a concurrency of 1000', /'Concurrency'/, { parameters: { delivery: { concurrency: 1000 } } }],
	['a concurrency of abc', /'Concurrency'/, { parameters: { delivery: { concurrency: 'abc' } } }],
	['a fraction of attempts', /'Max Attempts'/, { parameters: { delivery: { maxAttempts: 1.5 } } }],
	[
		'an unknown way to treat uncertainty',
		/'If Delivery Is Uncertain'/,
		{ parameters: { delivery: { uncertain: '={{ "sometimes" }}' } } },
	],
	['an unknown operation', /'Operation'/, { parameters: { operation: '={{ "fly" }}' } }],
	[
		'an option whose expression throws',
		/node/,
		{ parameters: { delivery: { concurrency: BROKEN } } },
	],
	['a Simplify whose expression throws', /node/, { parameters: { simplify: BROKEN } }],
];

describe('trouble that concerns all items', () => {
	it.each(troubles)('%s: fails before any send, with a text', async (_name, text, trouble) => {
		const { credential, parameters, settings } = trouble;
		const bed = await openBed({ credential });
		const result = await bed.run(three, parameters, settings);
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(text);
		expect(bed.sendCalls).toBe(0);
	});

	it.each(troubles)('%s: fails every item under Continue', async (_name, text, trouble) => {
		const { credential, parameters, settings } = trouble;
		const bed = await openBed({ credential });
		const result = await bed.run(three, parameters, {
			...settings,
			onError: 'continueRegularOutput',
		});
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toHaveLength(3);
		for (const json of jsonOf(result)) {
			expect(Object.keys(json).sort()).toEqual(['details', 'error']);
			expect(json.error).toMatch(text);
			expect(json.details).toMatchObject({ delivered: 'no' });
		}
		expect(bed.sendCalls).toBe(0);
	});

	it.each(troubles)('%s: all items leave by the error output', async (_name, text, trouble) => {
		const { credential, parameters, settings } = trouble;
		const bed = await openBed({ credential });
		const result = await bed.run(three, parameters, {
			...settings,
			onError: 'continueErrorOutput',
		});
		expect(result.error).toBeUndefined();
		expect(result.outputOf(SEND)).toEqual([]);
		expect(contactsOf(result, 1)).toEqual(['c1', 'c2', 'c3']);
		for (const { error } of jsonOf(result, 1)) expect(error).toMatch(text);
		expect(bed.sendCalls).toBe(0);
	});
});
