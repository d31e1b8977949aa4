import * as fc from 'fast-check';

import { InputError } from '../../../nodes/GenesysCloud/failures/failure';
import { RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { readDeliverySettings } from '../../../nodes/GenesysCloud/resources/deliveryOptions';
import { anyJson, anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { readerOf } from '../support/reader';

const OPERATIONS = RESOURCES.flatMap(({ operations }) => operations);

/** Paths of the operations; an ID in a path holds nothing that could lead elsewhere. */
const PATHS = new RegExp(
	`^/api/v2/(?:${[
		'webchat/messaging',
		'conversations/messages/agentless',
		'conversations/messages/[A-Za-z0-9_-]{1,128}(?:/details|/messages/bulk)?',
		'externalcontacts/identifierlookup/contacts',
	].join('|')})$`,
);

/** What makes a request good, so that not every one is refused for another field. */
const GOOD = {
	contactId: 'c-1',
	message: 'Hello',
	channel: 'sms',
	fromAddress: '+13175550100',
	toAddress: '+12025550143',
	externalContactId: 'e-1',
	templateId: 't-1',
	messageId: 'm-1',
	conversationId: 'v-1',
	identifierValue: '+12025550143',
};
const channels = fc.constantFrom('webmessaging', 'sms', 'whatsapp', 'open', 'apple');
const value = fc.oneof(anyText(), anyJson());
const parameters = fc.record(
	{
		contactId: value,
		senderType: fc.oneof(value, fc.constantFrom('bot', 'agent')),
		message: value,
		channel: fc.oneof({ weight: 4, arbitrary: channels }, value),
		fromAddress: value,
		toAddress: value,
		externalContactId: value,
		templateId: value,
		templateParametersInput: fc.constantFrom('json', 'fields'),
		templateParametersJson: fc.oneof(
			value,
			anyJson().map((made) => JSON.stringify(made)),
		),
		templateParameters: fc.oneof(value, fc.record({ parameter: fc.array(value) })),
		options: fc.oneof(value, fc.record({ checkSessionFirst: value, conversationId: value })),
		messageId: value,
		conversationId: value,
		identifierType: fc.oneof(value, fc.constantFrom('Phone', 'Email')),
		identifierValue: value,
	},
	{ requiredKeys: [] },
);

/** What a function gives, or `undefined` when it refuses its input; another exception is a bug. */
function unlessRefused<Result>(act: () => Result): Result | undefined {
	try {
		return act();
	} catch (error) {
		expect(error).toBeInstanceOf(InputError);
		return undefined;
	}
}

/** A number counts as its digits. */
const asText = (given: unknown) => (typeof given === 'number' ? String(given) : given);
/** An ID as it counts: copying brings blanks and invisible characters. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const asId = (given: unknown) => {
	const text = asText(given);
	return typeof text === 'string' ? text.replace(INVISIBLE, '').trim() : text;
};

describe('any parameters', () => {
	it.each(OPERATIONS.map((operation) => [operation.action, operation] as const))(
		'%s: are refused, or make a request to the own endpoint with the values as they are',
		(_action, operation) => {
			const property = fc.property(parameters, (drawn) => {
				const given: Record<string, unknown> = { ...GOOD, ...drawn };
				const request = unlessRefused(() => operation.prepare(readerOf(given)).request);
				if (!request) return;
				expect(request.path).toMatch(PATHS);
				const body = (request.body ?? {}) as Record<string, unknown>;
				const { contactId, message, textBody, externalContactId } = body;
				expect(message ?? textBody ?? asText(given.message)).toBe(asText(given.message));
				expect(contactId ?? asId(given.contactId)).toBe(asId(given.contactId));
				const contact = asId(given.externalContactId);
				expect(externalContactId ?? contact).toBe(contact);
			});
			fc.assert(property, runs(300));
		},
	);
});

describe('any Delivery Options', () => {
	it('are refused, or within their bounds', () => {
		const names = fc.constantFrom(
			...['accessTokens', 'backoffSeconds', 'concurrency', 'maxAttempts', 'maxWaitSeconds'],
			...['timeoutSeconds', 'uncertain', 'reuseConnections', 'sendOnceKey', '__proto__'],
		);
		const numbers = fc.oneof(fc.integer({ min: -2, max: 400 }), fc.double(), value);
		const options = fc.oneof(fc.dictionary(names, numbers, { maxKeys: 3 }), value);
		const property = fc.property(options, (delivery) => {
			const settings = unlessRefused(() =>
				readDeliverySettings((delivery ?? {}) as Record<string, unknown>),
			);
			if (!settings) return;
			const { retry, concurrency, timeoutMs, accessTokens } = settings;
			const bounded: [number, number, number][] = [
				[retry.maxAttempts, 1, 20],
				[retry.backoffMs, 0, 300_000],
				[retry.maxWaitMs, 0, 86_400_000],
				[concurrency, 1, 50],
				[timeoutMs, 100, 300_000],
				[accessTokens, 1, 10],
			];
			for (const [number, least, most] of bounded) {
				expect(number).toBeGreaterThanOrEqual(least);
				expect(number).toBeLessThanOrEqual(most);
			}
			expect(['retry', 'fail']).toContain(retry.uncertain);
		});
		fc.assert(property, runs(500));
	});
});
