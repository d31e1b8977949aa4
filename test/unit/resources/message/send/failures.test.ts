import { isUnreachable } from '../../../../../nodes/GenesysCloud/failures/failure';
import {
	explainSendFailure,
	recogniseSendFailure,
} from '../../../../../nodes/GenesysCloud/resources/message/send/failures';
import { apiFailure } from '../../../support/failures';

describe('a failure of Message > Send', () => {
	it.each([
		['An active conversation is already in progress', 'badRequest', 'conflict', false],
		['The recipient has opted out', 'badRequest', 'optedOut', true],
		['RecipientOptedOut', 'badRequest', 'optedOut', true],
		['The session has expired', 'badRequest', 'sessionExpired', true],
		['The web messaging session was closed', 'conflict', 'sessionExpired', true],
		['The session of this contact does not exist', 'badRequest', 'sessionExpired', true],
		['The session for the contact does not exist', 'badRequest', 'sessionExpired', true],
		['The recipient does not exist', 'badRequest', 'contactNotFound', true],
		['Value is not valid', 'badRequest', 'badRequest', false],
		['The session has expired', 'forbidden', 'forbidden', false],
		['Not found', 'notFound', 'contactNotFound', true],
		['The integration was not found', 'notFound', 'notFound', false],
		['No such template', 'notFound', 'notFound', false],
	] as const)('that says %j (%s) is %s', (ownWords, reason, expected, unreachable) => {
		const recognised = recogniseSendFailure(apiFailure({ reason, ownWords }));
		expect(recognised.reason).toBe(expected);
		expect(isUnreachable(recognised)).toBe(unreachable);
	});

	it('404 that does not come from the API is a wrong address', () => {
		const failure = apiFailure({ reason: 'notFound', delivered: 'unknown' });
		expect(recogniseSendFailure(failure)).toBe(failure);
	});

	it.each(['token', 'read'] as const)('of another call (%s) stays as it is', (call) => {
		const failure = apiFailure({ call, ownWords: 'session has expired' });
		expect(recogniseSendFailure(failure)).toBe(failure);
		expect(explainSendFailure(failure)).toBeUndefined();
	});

	it('of a login has no words of its own, whatever it says', () => {
		const ownWords = 'An active conversation is already in progress';
		for (const reason of ['conflict', 'contactNotFound'] as const) {
			expect(explainSendFailure(apiFailure({ call: 'token', reason, ownWords }))).toBeUndefined();
		}
	});

	it('is not taken for an unknown conversation when the send itself finds nothing', () => {
		expect(explainSendFailure(apiFailure({ reason: 'notFound' }))).toBeUndefined();
	});

	it('says what to check for a recipient that is not known', () => {
		expect(explainSendFailure(apiFailure({ reason: 'contactNotFound' }))).toEqual({
			message: 'The recipient is not known to Genesys Cloud',
			description:
				"Check the 'To' address or 'External Contact' (a phone number there needs 'By Phone Number'), and that 'From' is a deployment, number or integration of the same organization.",
		});
	});

	it('names the option that writes into an active conversation', () => {
		const ownWords = 'An active conversation is already in progress';
		const failure = apiFailure({ reason: 'conflict', ownWords });
		expect(explainSendFailure(failure)).toEqual({
			message: 'A conversation with this customer is under way',
			description:
				"Switch on 'Use Existing Active Conversation' under 'Options' to write into it. Where that is on already, send the message after the conversation has ended.",
		});
		expect(explainSendFailure(apiFailure({ reason: 'conflict' }))).toBeUndefined();
	});

	it.each([
		['sessionExpired', 'send', /session of the customer has ended/],
		['contactNotFound', 'send', /recipient is not known/],
		['contactNotFound', 'read', /no external contact with this phone number or e-mail/],
		['notFound', 'read', /conversation does not exist/],
	] as const)('has its own words for %s of a %s', (reason, call, message) => {
		expect(explainSendFailure(apiFailure({ reason, call }))?.message).toMatch(message);
	});
});
