import type { INodeListSearchItems } from 'n8n-workflow';

import { asObject, listIn } from '../api/json';
import { pasted } from '../api/unseen';
import type { JsonObject } from '../delivery/types';
import { addressesOf } from '../resources/externalContact/lookUp';
import { templateText } from '../resources/message/send/templatePlaceholders';
import { PAGE_SIZE, type PickList } from './list';

/** How much of a template's text its entry shows. */
const MAX_TEXT_SHOWN = 120;
/** Genesys Cloud's documented limit for external contacts: beyond the first 1,000 it refuses a page. */
const MAX_CONTACTS = 1_000;
const BY_ID = "choose 'By ID' and enter the ID";

/** Messenger deployments: `GET /api/v2/webdeployments/deployments`, paged by cursor. */
export const deployments: PickList = {
	what: 'deployments',
	permission: 'webDeployments:deployment:view',
	otherwise: BY_ID,
	request: (page) => ({
		method: 'GET',
		path: `/api/v2/webdeployments/deployments?pageSize=${PAGE_SIZE}${page === '' ? '' : `&after=${encodeURIComponent(page)}`}`,
	}),
	toItem: ({ id, name, status }) => entry(id, name, status === 'Inactive' ? ' (inactive)' : ''),
	nextPage: ({ nextUri }) => cursorOf(nextUri),
};

/** SMS numbers of the organization: `GET /api/v2/routing/sms/phonenumbers`. */
export const smsNumbers: PickList = {
	what: 'SMS numbers',
	permission: 'sms:phoneNumber:view',
	otherwise: "choose 'By ID' and enter the number",
	request: (page) => numberedPage('/api/v2/routing/sms/phonenumbers', page),
	toItem: ({ phoneNumber, name }) => ({
		name: [text(phoneNumber), text(name)].filter((part) => part !== '').join(' - '),
		value: text(phoneNumber),
	}),
	nextPage: nextNumberedPage,
};

/** External contacts: `GET /api/v2/externalcontacts/contacts`, searched by name, number and address. */
export const externalContacts: PickList = {
	what: 'external contacts',
	permission: 'externalContacts:contact:view',
	otherwise: BY_ID,
	searches: true,
	request: (page, filter) => numberedPage('/api/v2/externalcontacts/contacts', page, { q: filter }),
	toItem: (contact) => {
		const { id, firstName, middleName, lastName } = contact;
		const name = [firstName, middleName, lastName].map(text).filter(Boolean).join(' ');
		const { phone, email } = addressesOf(contact);
		const address = email ?? phone ?? '';
		return entry(id, name || address, name && address && ` - ${address}`);
	},
	nextPage: (list, page) =>
		numberOf(page) * PAGE_SIZE < MAX_CONTACTS ? nextNumberedPage(list, page) : undefined,
};

/** Queues: `GET /api/v2/routing/queues`. */
export const queues: PickList = {
	what: 'queues',
	permission: 'routing:queue:view',
	otherwise: 'enter the IDs by an expression',
	request: (page) => numberedPage('/api/v2/routing/queues', page),
	toItem: ({ id, name }) => entry(id, name),
	nextPage: nextNumberedPage,
};

/** Message templates: canned responses of that type, by `POST /api/v2/responsemanagement/responses/query`. */
export const templates: PickList = {
	what: 'message templates',
	permission: 'responses:response:view',
	otherwise: BY_ID,
	searches: true,
	request: (page, filter) => ({
		method: 'POST',
		path: '/api/v2/responsemanagement/responses/query',
		body: {
			pageSize: PAGE_SIZE,
			pageNumber: numberOf(page),
			...(filter !== '' && { queryPhrase: filter }),
		},
	}),
	toItem: (response) => {
		if (response.responseType !== 'MessagingTemplate') return undefined;
		const shown = shortened(templateText(response));
		return entry(response.id, response.name, shown && ` - ${shown}`);
	},
	nextPage: nextNumberedPage,
};

/** Messaging integrations of a channel: `GET /api/v2/conversations/messaging/integrations`. */
export function integrations(channel: unknown): PickList {
	return {
		what: 'integrations',
		permission: 'messaging:integration:view',
		otherwise: BY_ID,
		request: (page) => numberedPage('/api/v2/conversations/messaging/integrations', page),
		toItem: ({ id, name, messengerType }) =>
			(messengerType ?? channel) === channel ? entry(id, name) : undefined,
		nextPage: nextNumberedPage,
	};
}

/** Topics: `GET /api/v2/notifications/availabletopics`, those that a client's token gets over a WebSocket. */
export const topics: PickList = {
	what: 'topics',
	permission: 'of no kind',
	otherwise: "choose 'By ID' and enter the topic",
	request: () => ({
		method: 'GET',
		path: '/api/v2/notifications/availabletopics?expand=description,transports,permissionDetails,requiresPermissions',
	}),
	toItem: toTopicItem,
	nextPage: () => undefined,
};

/** Topics with such a rule alone belong to a person, whom a client's token is not. */
const PERSONAL = new Set(['requiresCurrentUser', 'requiresUserBeConversationParticipant']);

function toTopicItem(record: JsonObject): INodeListSearchItems | undefined {
	const { id, description, transports, permissionDetails, requiresPermissions } = record;
	if (typeof id !== 'string' || id.startsWith('v2.system.')) return undefined;
	const ways = Array.isArray(transports) ? transports : ['All'];
	if (!ways.includes('All') && !ways.includes('Websocket')) return undefined;
	const rules = listIn(permissionDetails).map(asObject);
	if (rules.length > 0 && rules.every(({ type }) => PERSONAL.has(String(type)))) return undefined;
	const needs = listIn(requiresPermissions);
	const permissions = needs.length === 0 ? [] : [`Needs ${needs.join(', ')}`];
	const texts = [...(typeof description === 'string' ? [description] : []), ...permissions];
	return { name: id, value: id, ...(texts.length > 0 && { description: texts.join('. ') }) };
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** A record without a name is shown by its ID. */
function entry(id: unknown, name: unknown, addition = ''): INodeListSearchItems {
	return { name: `${pasted(name) || text(id)}${addition}`, value: text(id) };
}

function shortened(content: string): string {
	const line = content.replace(/\s+/g, ' ').trim();
	return line.length > MAX_TEXT_SHOWN ? `${line.slice(0, MAX_TEXT_SHOWN)}…` : line;
}

function numberedPage(path: string, page: string, query: Readonly<Record<string, string>> = {}) {
	const set = Object.entries(query).filter(([, value]) => value !== '');
	const search = new URLSearchParams([
		['pageSize', String(PAGE_SIZE)],
		['pageNumber', String(numberOf(page))],
		...set,
	]);
	return { method: 'GET', path: `${path}?${search.toString()}` } as const;
}

function numberOf(page: string): number {
	return page === '' ? 1 : Number(page);
}

function nextNumberedPage({ pageCount }: JsonObject, page: string): string | undefined {
	const next = numberOf(page) + 1;
	return typeof pageCount === 'number' && next <= pageCount ? String(next) : undefined;
}

/** The next page's address carries the cursor. It is no form, so a plus is a plus there. */
function cursorOf(nextUri: unknown): string | undefined {
	if (typeof nextUri !== 'string') return undefined;
	const query = (nextUri.split('?')[1] ?? '').replaceAll('+', '%2B');
	const cursor = new URLSearchParams(query).get('after') ?? '';
	// Without one, the beginning of the list would come again.
	return cursor === '' ? undefined : cursor;
}
