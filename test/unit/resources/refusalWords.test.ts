import { recogniseUnknownContact } from '../../../nodes/GenesysCloud/resources/externalContact/lookUp';
import { recogniseSendFailure as ofMessage } from '../../../nodes/GenesysCloud/resources/message/send/failures';
import { recogniseSendFailure as ofWebMessage } from '../../../nodes/GenesysCloud/resources/webMessage/send';
import { apiFailure } from '../support/failures';

/** Refusals that speak of the set-up: all customers get them alike, and none may leave by Unreachable. */
describe('a refusal about the set-up', () => {
	it.each([
		'Your organization has not opted in to agentless outbound messaging',
		'This integration was unsubscribed',
		'Do not call this endpoint with a client credentials token',
		'The do-not-contact list of the organization does not exist',
		'The opted-out keyword of the integration is not configured',
		'Messaging sessions are not available for this deployment',
		'The SMPP session with the carrier was closed',
		'Session duration is invalid: the configuration allows 3600',
		'Guest sessions are not active in this configuration',
		'The message to the recipient was rejected because the integration was not found',
		'The template for this recipient does not exist',
		'The sender of this toAddress does not exist',
		'Contact list of the campaign does not exist',
		'The contact center was not found',
		'Invalid contact center configuration',
		'Invalid contact list',
		'contactId and message are given, but type is not valid',
		'There is no active conversation with this recipient',
		'The bot session has expired',
		'The session of the bot has ended',
		'The broker session has ended',
		'The session with the gateway was closed',
		'The TLS session was closed',
		'The supervisor session ended',
		'The session of the agent was closed by the server',
		'The authentication session has expired',
		'The backend session is invalid',
		'The trial session has expired',
		'The queue session is closed',
		'The flow session has ended',
		'Session token is invalid',
		'The session cookie has expired',
		'Session limit exceeded: no active sessions available',
		'The brand of the recipient was not found',
		'The language of this customer is unknown',
		'The session has not ended',
		"The session hasn't been closed: the message is empty",
		'Session expired. Please authenticate again.',
		'Session expired: sign in again',
		'The HTTP session timed out',
		'Session closed by the load balancer',
		'The session of the portal has expired',
		'The upload session has expired',
		'The message must include opt-out instructions',
		'Opt out text is required for marketing messages',
		'The opt-out message is too long',
		'The text has opt out language that is not allowed',
		'The recipient must be told how to opt out.',
		'The sender is not opted in to toll-free messages',
		'The brand has opted out of the registry',
	])('400 %j stays a bad request', (ownWords) => {
		const failure = apiFailure({ reason: 'badRequest', httpCode: '400', ownWords });
		expect([ofMessage(failure), ofWebMessage(failure)]).toEqual([failure, failure]);
	});

	it.each([
		'The contact center was not found',
		'The contact list was not found',
		'The region was not found',
		'The campaign does not exist',
		'The permission policy was not found',
		'The bot was not found',
		'The widget was not found',
		'The host was not found',
		'No handler found',
		'Not found\nmessagingIntegration',
		'Cannot POST',
		'The resource /v2/x was not found',
		'The brand was not found',
		'No such workflow',
		'Unknown environment',
		'The business unit does not exist',
		'The short code was not found',
		'The certificate was not found',
		'The language de of the text does not exist',
		'No upstream',
		'Default backend - 404',
		'The token was not found',
		'The brand of this contact was not found',
		'Supported content profile not found',
		'The business phone does not exist',
		'The response asset was not found',
		'The language of this contact was not found',
	])('404 %j stays a wrong address', (ownWords) => {
		const said = { reason: 'notFound', httpCode: '404', code: 'not.found', ownWords } as const;
		const failure = apiFailure(said);
		expect([ofMessage(failure), ofWebMessage(failure)]).toEqual([failure, failure]);
	});

	it.each([
		'The external contacts service was not found for this organization',
		'Division not found',
		'The license for external contacts was not found',
		'The resource /v2/x was not found',
		'The organization was not found',
		'Unknown tenant',
		'The region was not found',
		'No handler found',
		'The account does not exist',
		'The host was not found',
		'The language of this contact was not found',
	])('404 %j of a look-up stays a wrong address', (ownWords) => {
		const said = { reason: 'notFound', code: 'not.found', call: 'read', ownWords } as const;
		const failure = apiFailure(said);
		expect(recogniseUnknownContact(failure)).toBe(failure);
	});
});

describe('a refusal about the customer', () => {
	it.each([
		['The recipient of this message has opted out', 'optedOut'],
		['The number has opted out of messages from this sender', 'optedOut'],
		['The recipient has unsubscribed from this integration', 'optedOut'],
		['The recipient is on the do-not-contact list', 'optedOut'],
		['Do not message this recipient', 'optedOut'],
		['The customer has not opted in', 'optedOut'],
		['The recipient chose to opt out.', 'optedOut'],
		['The customer asked to opt out of messages', 'optedOut'],
		['The recipient number does not exist', 'contactNotFound'],
		['The recipient was not found by the carrier', 'contactNotFound'],
		['External contact unknown', 'contactNotFound'],
		['The ID of the contact is unknown', 'contactNotFound'],
		['The phone number of this recipient does not exist', 'contactNotFound'],
		['The web messaging session has ended', 'sessionExpired'],
		['Session has been closed by the agent', 'sessionExpired'],
		['The session was ended by an agent', 'sessionExpired'],
		['Cannot send to a disconnected session', 'sessionExpired'],
	] as const)('%j is recognised: %s', (ownWords, reason) => {
		const failure = apiFailure({ reason: 'badRequest', httpCode: '400', ownWords });
		expect(ofMessage(failure).reason).toBe(reason);
	});

	it.each([
		'Not found',
		'The requested resource was not found.',
		'Resource does not exist',
		'Unable to find entity with id 4711',
		'No record found',
		'The identifier is unknown',
		"The value couldn't be resolved: no data available",
		'Cannot find the requested item',
		'The contact was merged or deleted',
		'No such visitor',
		'The guest was not found',
		'The person does not exist',
		'The messaging session was not found',
		'',
	])('404 %j is: contactNotFound', (ownWords) => {
		const said = { reason: 'notFound', httpCode: '404', code: 'not.found', ownWords } as const;
		const failure = apiFailure(said);
		expect([ofMessage(failure).reason, ofWebMessage(failure).reason]).toEqual([
			'contactNotFound',
			'contactNotFound',
		]);
		const looked = recogniseUnknownContact(apiFailure({ ...said, call: 'read' }));
		expect(looked.reason).toBe('contactNotFound');
	});

	it.each([
		'The phone number is not known',
		'No contact has this e-mail address',
		'No external contact found for this identifier',
	])('404 %j of a look-up is: contactNotFound', (ownWords) => {
		const said = { reason: 'notFound', code: 'not.found', call: 'read', ownWords } as const;
		expect(recogniseUnknownContact(apiFailure(said)).reason).toBe('contactNotFound');
	});

	it.each([
		['recipient.opted.out', 'optedOut'],
		['doNotContact', 'optedOut'],
		['recipient:opted__out', 'optedOut'],
		['contact.unknown', 'contactNotFound'],
	] as const)('by the code %s alone: %s', (code, reason) => {
		const failure = apiFailure({ reason: 'badRequest', httpCode: '400', code });
		expect(ofMessage(failure).reason).toBe(reason);
	});

	it('404 without a word is: contactNotFound', () => {
		const failure = apiFailure({ reason: 'notFound', httpCode: '404', code: '40401' });
		expect(ofMessage(failure).reason).toBe('contactNotFound');
	});
});
