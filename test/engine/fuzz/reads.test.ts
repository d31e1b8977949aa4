import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { anyJson, anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { beds, type Bed } from '../support/bed';
import { expectOneOutcomeEach, UNLIMITED } from '../support/fuzz';
import { messageBy, reading } from '../support/messages';
import { startRecorder, type Recorder } from '../support/recorder';

const openBed = beds();
const onError = 'continueErrorOutput';

/** IDs that are good, nearly good, or made to lead to another endpoint. */
const ids = fc.oneof(
	{ weight: 2, arbitrary: fc.uuid() },
	{ weight: 3, arbitrary: anyText() },
	{
		weight: 3,
		arbitrary: fc
			.tuple(fc.constantFrom('', 'a', '3fa85f64'), anyText(), fc.constantFrom('', '/details'))
			.map((parts) => parts.join('')),
	},
	{
		weight: 3,
		arbitrary: fc.constantFrom(
			...[
				'..',
				'.',
				'../agentless',
				'%2e%2e',
				'%2F',
				'x/../../users/me',
				'x;y',
				'x%00',
				'agentless',
			],
			...['//evil.example', '\\..\\x', '\uff0e\uff0e\uff0f', '\u2025', 'x\r\nHost: evil', '@evil'],
		),
	},
	{ weight: 1, arbitrary: anyJson() },
);
const ID = '[A-Za-z0-9_-]{1,128}';

let recorder: Recorder;
beforeEach(async () => {
	recorder = await startRecorder();
});
afterEach(async () => await recorder.close());

/** A bed whose API calls are recorded as they went over the wire. */
async function recordedBed(): Promise<Bed> {
	const bed = await openBed({ ...UNLIMITED, credential: { apiUrl: recorder.url } });
	recorder.target = bed.simulator.url;
	return bed;
}

const REASONS = ['invalidInput', 'notFound', 'contactNotFound', 'badRequest', 'sessionExpired'];

const cases: [string, IDataObject, RegExp][] = [
	[
		'Conversation > Get',
		reading('conversation', 'get', 'conversationId'),
		new RegExp(`^GET /api/v2/conversations/messages/${ID}$`),
	],
	[
		'Message > Get Delivery Status',
		reading('message', 'getStatus', 'messageId'),
		new RegExp(`^GET /api/v2/conversations/messages/${ID}/details$`),
	],
	[
		'Message > Send with Check Session First',
		messageBy('open', {
			toAddress: 'c',
			message: 'Hello',
			options: { checkSessionFirst: true, conversationId: '={{ $json.id }}' },
		}),
		new RegExp(`^GET /api/v2/conversations/messages/${ID}$`),
	],
	[
		'External Contact > Look Up by phone',
		reading('externalContact', 'lookUp', 'identifierValue'),
		/^POST \/api\/v2\/externalcontacts\/identifierlookup\/contacts$/,
	],
	[
		'External Contact > Look Up by e-mail',
		reading('externalContact', 'lookUp', 'identifierValue', { identifierType: 'Email' }),
		/^POST \/api\/v2\/externalcontacts\/identifierlookup\/contacts$/,
	],
];

describe('any value as ID of what is looked up', () => {
	it.each(cases)('%s: is refused, or reaches its own endpoint', async (_name, settings, path) => {
		const bed = await recordedBed();
		const property = fc.asyncProperty(fc.array(ids, { maxLength: 6 }), async (values) => {
			recorder.calls.splice(0);
			const input = values.map((id) => ({ json: { id } as IDataObject }));
			const result = await bed.run(input, settings, { onError });
			expectOneOutcomeEach(result, input.length, REASONS);
			for (const call of recorder.calls) expect(`${call.method} ${call.path}`).toMatch(path);
			const looked = recorder.calls.map((call) =>
				call.method === 'GET'
					? call.path.split('/')[5]
					: (JSON.parse(call.text) as { value: string }).value,
			);
			const given = values.map((id) =>
				JSON.stringify(id).replace(/[\s().\-/\u2010-\u2015\u00a0]/g, ''),
			);
			for (const id of looked) {
				expect(given.join('\n')).toContain(id!.replaceAll('-', '').replaceAll('.', ''));
			}
		});
		await fc.assert(property, runs(15));
	});
});
