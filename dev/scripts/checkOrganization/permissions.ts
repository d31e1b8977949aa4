import { randomUUID } from 'node:crypto';

import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { lookUpRequest } from '../../../nodes/GenesysCloud/resources/externalContact/lookUp';
import { seenError } from './access';
import type { Answer, Organization } from './organization';
import type { Report } from './report';

/** A call that shows whether a permission is there, and changes nothing. */
interface Probe {
	readonly what: string;
	readonly permission: string;
	readonly request: ApiRequest;
	/** It asks for a record that does not exist: a 404 is the answer of one who may ask. */
	readonly asksInVain?: true;
}

const AGENTLESS = '/api/v2/conversations/messages/agentless';
const WEB_MESSAGE = '/api/v2/webchat/messaging';
const nobody = randomUUID();

const read = (path: string): ApiRequest => ({ method: 'GET', path, reads: true, answer: 'any' });
const query = (path: string, body: ApiRequest['body']): ApiRequest => ({
	...read(path),
	method: 'POST',
	...(body && { body }),
});

function lastHour(): string {
	const now = Date.now();
	return `${new Date(now - 3_600_000).toISOString()}/${new Date(now).toISOString()}`;
}

/** What the operations and the trigger call. */
const PROBES: readonly Probe[] = [
	{
		what: 'Message: Send (asked with an empty message)',
		permission: 'conversation:message:create',
		request: query(AGENTLESS, {}),
	},
	{
		what: 'Message: Get Status',
		permission: 'conversation:message:view or conversation:webmessaging:view',
		request: read(`/api/v2/conversations/messages/${nobody}/details`),
		asksInVain: true,
	},
	{
		what: 'Conversation: Get Messages, texts of the trigger',
		permission: 'conversation:message:view or conversation:webmessaging:view',
		request: query(`/api/v2/conversations/messages/${nobody}/messages/bulk`, [nobody]),
		asksInVain: true,
	},
	{
		what: 'Conversation: Get',
		permission: 'none',
		request: read(`/api/v2/conversations/messages/${nobody}`),
		asksInVain: true,
	},
	{
		what: 'External Contact: Look Up',
		permission: 'externalContacts:contact:view',
		request: { ...lookUpRequest('Email', 'nobody@example.invalid'), answer: 'any' },
		asksInVain: true,
	},
	{
		what: 'Trigger: what happened while n8n was not connected',
		permission: 'analytics:conversationDetail:view',
		request: query('/api/v2/analytics/conversations/details/query', {
			interval: lastHour(),
			paging: { pageSize: 1, pageNumber: 1 },
		}),
	},
];

/** Checks what the operations may call, and the shape of refusals on the way. */
export async function checkOperations(organization: Organization, report: Report): Promise<void> {
	const refusals: Answer[] = [];
	for (const { what, permission, request, asksInVain } of PROBES) {
		const answer = await organization.call(request);
		const { status = 0 } = answer;
		if (!answer.ok) refusals.push(answer);
		// Whoever may call is told what is wrong with the call.
		const mayCall = answer.ok || status === 400 || (status === 404 && asksInVain === true);
		const state = mayCall ? 'works' : status === 403 ? 'missing' : 'failed';
		const seen = mayCall || status === 403 ? seenError(answer) : answer.said;
		report.find(`${what}: permission ${permission}`, state, answer.ok ? '' : seen);
	}
	checkRefusals(refusals, report);
	await checkWebMessaging(organization, report);
}

function checkRefusals(refusals: readonly Answer[], report: Report): void {
	const answered = refusals.filter(({ status }) => status !== undefined);
	const first = answered.find(({ status }) => status !== 403);
	const names = ['message', 'code', 'status', 'contextId'] as const;
	report.assume(
		'A refusal has `message`, `code`, `status` and `contextId`',
		first && names.every((name) => name in first.body),
		first ? `fields: ${Object.keys(first.body).join(', ')}` : 'nothing was refused',
	);
	const contextId = first?.body.contextId;
	report.assume(
		'`contextId` is the correlation ID of the headers',
		first && contextId === first.header('inin-correlation-id'),
		first ? '' : 'nothing was refused',
	);
	const forbidden = answered.filter(({ status }) => status === 403);
	report.assume(
		'A missing permission is 403 `missing.permissions` or `missing.any.permissions`',
		forbidden.length > 0
			? forbidden.every(({ body }) => /^missing\.(?:any\.)?permissions$/.test(String(body.code)))
			: undefined,
		[...new Set(forbidden.map(seenError))].join(', ') || 'none is missing',
	);
}

/** An empty message is sent to nobody: if there is such an endpoint, it says what is missing. */
async function checkWebMessaging(organization: Organization, report: Report): Promise<void> {
	const answer = await organization.call(query(WEB_MESSAGE, {}));
	const exists = answer.status === 404 ? false : answer.status === 400 ? true : undefined;
	report.find(
		`Web Message: Send (\`${WEB_MESSAGE}\`, the tutorial's)`,
		exists === undefined ? 'not checked' : exists ? 'works' : 'missing',
		seenError(answer),
	);
	report.assume(
		`\`${WEB_MESSAGE}\` does not exist in Genesys Cloud`,
		exists === undefined ? undefined : !exists,
		seenError(answer),
	);
}
