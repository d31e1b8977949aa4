import * as fc from 'fast-check';

import { InputError } from '../../../nodes/GenesysCloud/failures/inputError';
import { readDeliverySettings } from '../../../nodes/GenesysCloud/n8n/settings';
import { RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { anyJson, anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { parametersOf } from '../support/context';

const OPERATIONS = RESOURCES.flatMap(({ operations }) => operations);

/** Paths of the operations; an ID in a path holds nothing that could lead elsewhere. */
const PATHS = new RegExp(
	`^/api/v2/(?:${[
		'webchat/messaging',
		'conversations/messages/agentless',
		'conversations/messages/[A-Za-z0-9_-]{1,128}(?:/details)?',
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

const trimmed = (given: unknown) => (typeof given === 'string' ? given.trim() : given);

describe('any parameters', () => {
	it.each(OPERATIONS.map((operation) => [operation.action, operation] as const))(
		'%s: are refused, or make a request to the own endpoint with the values as they are',
		(_action, operation) => {
			const property = fc.property(parameters, (drawn) => {
				const given: Record<string, unknown> = { ...GOOD, ...drawn };
				const request = unlessRefused(() => operation.buildRequest(parametersOf(given), 0));
				if (!request) return;
				expect(request.path).toMatch(PATHS);
				const { contactId, message, textBody, externalContactId } = request.body ?? {};
				expect(message ?? textBody ?? given.message).toBe(given.message);
				expect(contactId ?? trimmed(given.contactId)).toBe(trimmed(given.contactId));
				const contact = trimmed(given.externalContactId);
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
			const settings = unlessRefused(() => readDeliverySettings(parametersOf({ delivery })));
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
