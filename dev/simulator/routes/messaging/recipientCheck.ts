import { ApiError, documentedError } from '../../http/errors';
import { badField } from '../../http/fields';
import type { Contact } from '../../model/contacts';
import type { Directory } from '../../model/directory/directory';
import type { FailureReason } from '../../model/messaging/failureReasons';
import type { SimulatorState } from '../../model/state';
import type { AgentlessRequest } from './agentlessRequest';

/** Where a message goes. */
export interface Destination {
	/** `toAddress`, of web messaging the external contact ID. */
	readonly recipient: string;
	/** The web session, when there is one. */
	readonly session?: Contact;
	/** Why a message that is accepted will not be delivered. */
	readonly failure?: FailureReason;
}

/**
 * Checks that the sender of a message exists.
 *
 * @throws ApiError 400 when it does not
 */
export function checkSender(
	{ deployments, integrations, smsNumbers }: Directory,
	{ channel, fromAddress }: AgentlessRequest,
): void {
	const known =
		channel === 'webmessaging'
			? deployments.get(fromAddress) !== undefined
			: channel === 'sms'
				? smsNumbers.all().some(({ phoneNumber }) => phoneNumber === fromAddress)
				: integrations.get(fromAddress)?.messengerType === channel;
	if (known) return;
	const message = `The fromAddress is no sender of ${channel}`;
	throw badField('fromAddress', 'field.invalid', message);
}

function unknownRecipient({ settings }: SimulatorState): ApiError {
	if (settings.unknownRecipientStatus === 404) return documentedError(404);
	return new ApiError(400, 'bad.request', 'The recipient was not found');
}

function sessionOver({ settings }: SimulatorState, recipient: string): Destination {
	if (settings.expiredWebSession === 'deliveryFailed') {
		return { recipient, failure: 'InvalidDestination' };
	}
	const message = 'The web messaging session of the external contact has expired';
	throw new ApiError(400, 'bad.request', message);
}

/** The web session of an external contact; a session of another deployment does not count. */
function webDestination(state: SimulatorState, recipient: string, deployment: string): Destination {
	const session = state.contacts.ofExternalContact(recipient);
	if (session?.deploymentId === deployment && session.state === 'open') {
		return { recipient, session };
	}
	if (session !== undefined) return sessionOver(state, recipient);
	if (state.settings.unknownContacts === 'accept') return { recipient };
	const customer = state.directory.externalContacts.get(recipient);
	if (customer === undefined) throw unknownRecipient(state);
	return sessionOver(state, recipient);
}

/**
 * Finds out where a message goes.
 *
 * @throws ApiError of a recipient that cannot be reached
 */
export function findDestination(
	state: SimulatorState,
	{ channel, fromAddress, toAddress, externalContactId }: AgentlessRequest,
): Destination {
	const recipient = toAddress ?? externalContactId ?? '';
	const rule = state.recipients.get(recipient);
	if (rule?.kind === 'unknown') throw unknownRecipient(state);
	if (rule?.kind === 'sessionExpired') return sessionOver(state, recipient);
	const destination =
		channel === 'webmessaging' ? webDestination(state, recipient, fromAddress) : { recipient };
	if (rule?.kind === 'optedOut') return { ...destination, failure: 'RecipientOptedOut' };
	if (rule?.kind === 'undeliverable') return { ...destination, failure: rule.reason };
	return destination;
}
