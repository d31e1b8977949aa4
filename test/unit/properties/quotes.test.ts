import * as fc from 'fast-check';

import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { clientWith } from '../support/client';
import { answered } from '../support/http';

const SENDS = RESOURCES.flatMap(({ operations }) => operations).filter(
	({ kind }) => kind === 'send',
);

/** What makes a failure mean something, if Genesys Cloud says it: here the customer's text says it. */
const TELLING = [
	...['Your session has expired', 'the trial has ended', 'Reply STOP to opt out', 'unsubscribed'],
	...['Recipient not found', 'contact id invalid', 'session closed', 'active conversation'],
	...['the integration', 'a template', 'your number', 'deployment', 'session', 'opted-out'],
] as const;

/** A text of several words that may say anything; single words cannot be told from the API's own. */
const texts = fc
	.tuple(
		fc.constantFrom('Hi Ann 7: ', "Don't wait, ", '“A” & ‘b’ ', 'x]y} 2 ', '"q" '),
		fc.array(fc.oneof(fc.constantFrom(...TELLING), anyText()), { minLength: 1, maxLength: 4 }),
		fc.constantFrom('', '.', ' (no. 12)', "'", '"', ' [', ' {'),
	)
	.map(([before, parts, after]) => before + parts.join(' - ') + after);

/** How Genesys Cloud quotes a value, and what it says around it. */
const quotes = fc.constantFrom(
	...['Value [%s] is not valid for field type [String]', 'The text "%s" is too long', '[%s'],
	...["Cannot use '%s' here", 'The value %s is not allowed', 'No such value: %s', '{text=%s}'],
	...['[a [%s] b] is not valid', '“%s” is not valid', '%s', 'Cut [%s] and again %s'],
);
const statuses = fc.constantFrom(400, 404, 409);
/** In front of a quote, so that the message is cut somewhere within it. */
const lengths = fc.constantFrom(0, 0, 0, 380, 450, 470);

/** The reason that each sending operation reads from the answer to a message with this text. */
async function reasonsOf(text: string, status: number, message: string): Promise<string[]> {
	const body = { contactId: 'c-1', type: 'agent', message: text };
	const request: ApiRequest = { method: 'POST', path: '/api/v2/x', body };
	const said = answered(status, { message, code: 'some.code', status, contextId: 'c' });
	const result = await clientWith({ api: [said] }).client(request);
	if (result.ok) throw new Error('sent');
	return SENDS.map(({ recognise }) => (recognise?.(result.failure) ?? result.failure).reason);
}

const NEUTRAL = 'Good morning to all of you, 12 times.';

describe('what the customer is told in a message', () => {
	it('never decides why the message was refused, however the refusal quotes it', async () => {
		const property = fc.asyncProperty(
			...[texts, quotes, statuses, lengths],
			async (text, quote, status, length) => {
				const message = (quoted: string) =>
					`${'. '.repeat(length / 2)}${quote.replaceAll('%s', () => quoted)}`;
				const reasons = await reasonsOf(text, status, message(text));
				expect(reasons).toEqual(await reasonsOf(NEUTRAL, status, message(NEUTRAL)));
			},
		);
		await fc.assert(property, runs(400));
	});

	it.each([
		[400, 'The session has expired'],
		[400, 'The recipient has opted out'],
		[404, 'The integration was not found'],
		[404, 'The contact was not found'],
	])('never hides why it was refused: %i %s', async (status, message) => {
		const words = fc.constantFrom('session', 'expired', 'integration', 'contact', 'opted', 'out');
		const others = fc.oneof(words, fc.constantFrom('Hello', NEUTRAL, 'agent', 'open', ''));
		const property = fc.asyncProperty(others, async (text) => {
			const expected = await reasonsOf(NEUTRAL, status, message);
			expect(await reasonsOf(text, status, message)).toEqual(expected);
		});
		await fc.assert(property, runs(50));
	});
});
