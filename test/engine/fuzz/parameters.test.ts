import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { anyJson, anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { ALL_REASONS } from '../../unit/support/failures';
import { beds } from '../support/bed';
import { expectOneOutcomeEach, UNLIMITED } from '../support/fuzz';
import { messageBy } from '../support/messages';
import { contactIds, customers, type NodeSettings } from '../support/workflows';

const openBed = beds();

/** An expression that n8n cannot resolve, and one that gives something of a wrong kind. */
const expressions = fc.constantFrom(
	'={{ $("Nowhere").first().json.x }}',
	'={{ $json.a.b.c }}',
	'={{ [1, { a: 1 }] }}',
	'={{ (() => { throw new Error("x") })() }}',
	'={{',
	'=',
);
const value = fc.oneof(anyJson(), anyText(), expressions);
/** n8n itself cannot open a workflow whose resource locator is null. */
const locator = fc
	.oneof(value, fc.record({ __rl: fc.constant(true), mode: value, value }))
	.filter((made) => made !== null);
const names = fc.constantFrom(
	...['accessTokens', 'backoffSeconds', 'concurrency', 'maxAttempts', 'maxWaitSeconds'],
	...['timeoutSeconds', 'uncertain', 'reuseConnections', 'sendOnceKey', '__proto__', 'strange'],
);
const delivery = fc.oneof(
	value,
	fc.dictionary(names, fc.oneof(value, fc.integer({ min: -1, max: 400 })), { maxKeys: 3 }),
);

/** Values in fixed parameters, as in a workflow that was imported or written by a program. */
const parameters = fc.record(
	{
		contactId: value,
		message: value,
		senderType: value,
		unreachable: value,
		simplify: value,
		delivery,
	},
	{ requiredKeys: [], noNullPrototype: true },
);
const agentless = fc.record(
	{
		channel: fc.oneof(value, fc.constantFrom('sms', 'whatsapp', 'open', 'apple', 'webmessaging')),
		fromAddress: locator,
		toAddress: value,
		externalContactId: value,
		message: value,
		templateId: locator,
		templateParameters: fc.oneof(value, fc.record({ parameter: value })),
		templateParametersInput: value,
		templateParametersJson: value,
		options: fc.oneof(value, fc.record({ checkSessionFirst: value, conversationId: value })),
		unreachable: value,
		delivery,
	},
	{ requiredKeys: [], noNullPrototype: true },
);
const modes = fc.constantFrom<NodeSettings>(
	{ onError: 'continueRegularOutput' },
	{ onError: 'continueErrorOutput' },
);
const COUNT = 3;

describe('any values in fixed parameters', () => {
	const kinds: [string, fc.Arbitrary<object>, IDataObject][] = [
		['Web Message > Send', parameters, {}],
		['Message > Send', agentless, messageBy('sms', { toAddress: '+12025550143', message: 'Hi' })],
	];

	it.each(kinds)('%s: each item has one outcome, or nothing was called', async (_n, any, usual) => {
		const bed = await openBed({ ...UNLIMITED, deduplication: 'memory' });
		const property = fc.asyncProperty(any, modes, async (fields, settings) => {
			bed.simulator.journal.clear();
			bed.simulator.stats.clear();
			const input = customers(...contactIds(COUNT));
			const result = await bed.run(input, { ...usual, ...fields } as IDataObject, settings);
			// n8n's own check of required fields, before the node runs.
			const refused = result.error?.message.includes('has issues') ?? false;
			if (refused && bed.simulator.stats.tokenRequests === 0) return;
			const sent = expectOneOutcomeEach(result, COUNT, ALL_REASONS);
			expect(bed.simulator.journal.count).toBeLessThanOrEqual(sent.length);
		});
		await fc.assert(property, runs(60));
	});
});
