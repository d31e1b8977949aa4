import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { parametersFromJson } from '../../../nodes/GenesysCloud/resources/message/send/templateParameters';
import type { Target } from '../../demo/settings';
import { seenError } from './access';
import type { Answer, Organization } from './organization';
import type { Report } from './report';

const TEXT = 'This is a test of a connection to Genesys Cloud. Please ignore it.';
const CONVERSATIONS = '/api/v2/conversations/messages';
const FINAL = ['delivery-success', 'delivery-failed', 'read', 'failed', 'removed'];
const STATUSES = ['queued', 'sent', 'received', 'published', ...FINAL];
/** A status is looked at for so long, in ms. */
const LOOK_FOR_MS = 30_000;
const LOOK_EVERY_MS = 2_000;

/** Sends one message, and looks at what becomes of it. */
export async function checkMessage(
	organization: Organization,
	target: Target,
	report: Report,
): Promise<void> {
	const sent = await organization.call(requestTo(target));
	const channel = target.by === 'message' ? target.channel : "the tutorial's web message";
	report.find(`A message by ${channel}`, sent.ok ? 'works' : 'failed', sent.said);
	if (!sent.ok || target.by === 'webMessage') return;
	report.assume('An accepted message is answered with 200', sent.status === 200, seenError(sent));
	const fields = ['id', 'conversationId', 'timestamp', 'fromAddress', 'messengerType'];
	report.assume(
		`The answer has ${fields.map((name) => `\`${name}\``).join(', ')}`,
		fields.every((name) => name in sent.body),
		`fields: ${Object.keys(sent.body).join(', ')}`,
	);
	await checkStatus(organization, String(sent.body.id), report);
	await checkConversation(organization, sent.body.conversationId, report);
}

function requestTo(target: Target): ApiRequest {
	if (target.by === 'webMessage') {
		const body = { contactId: target.contactId, type: 'bot', message: TEXT };
		return { method: 'POST', path: '/api/v2/webchat/messaging', body };
	}
	const { channel, from, to, template } = target;
	return {
		method: 'POST',
		path: `${CONVERSATIONS}/agentless`,
		body: {
			fromAddress: from,
			toAddressMessengerType: channel,
			...(channel === 'webmessaging' ? { externalContactId: to } : { toAddress: to }),
			...(template
				? {
						messagingTemplate: {
							responseId: template.id,
							...parametersFromJson(template.parameters),
						},
					}
				: { textBody: TEXT }),
		},
	};
}

async function checkStatus(organization: Organization, id: string, report: Report): Promise<void> {
	const path = `${CONVERSATIONS}/${id}/details`;
	const seen: string[] = [];
	const until = organization.clock.now() + LOOK_FOR_MS;
	let answer: Answer;
	for (;;) {
		answer = await organization.call({ method: 'GET', path, reads: true });
		const status = answer.ok ? String(answer.body.status) : seenError(answer);
		if (seen.at(-1) !== status) seen.push(status);
		if (FINAL.includes(status) || organization.clock.now() > until) break;
		await organization.clock.sleep(LOOK_EVERY_MS, 'backoff');
	}
	report.find('The status of the message', answer.ok ? 'works' : 'failed', answer.said);
	report.assume(
		'`details` of a message tells its `status`, one of those documented',
		answer.ok ? STATUSES.includes(String(answer.body.status)) : undefined,
		`${seen.join(', then ')}; fields: ${Object.keys(answer.body).join(', ')}`,
	);
	report.assume(
		'The text is in `normalizedMessage.text`, no longer in `textBody`',
		answer.ok ? 'normalizedMessage' in answer.body && !('textBody' in answer.body) : undefined,
		'',
	);
}

async function checkConversation(
	organization: Organization,
	id: unknown,
	report: Report,
): Promise<void> {
	if (typeof id !== 'string') return;
	const path = `${CONVERSATIONS}/${id}`;
	const answer = await organization.call({ method: 'GET', path, reads: true });
	report.assume(
		'A client that takes no part in a conversation may read it',
		answer.ok ? true : answer.status === 403 ? false : undefined,
		seenError(answer),
	);
}
