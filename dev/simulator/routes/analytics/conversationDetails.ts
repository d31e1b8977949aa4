import type { Models } from 'purecloud-platform-client-v2';

import { analyticsConversationOf } from '../../formats/analytics';
import type { ApiCall, ApiRoute } from '../../http/apiRoute';
import { badField, bodyOf, invalidValue, requiredText } from '../../http/fields';
import { slicePage } from '../../http/paging';
import { isRecord } from '../../support/checks';
import { readSegmentFilters } from './segmentFilters';

type Found = Models.AnalyticsConversationWithoutAttributes;

const ORDERS = ['asc', 'desc'];
const ORDER_BY = ['conversationStart', 'conversationEnd', 'segmentStart', 'segmentEnd'];
const MAX_PAGE = 100;

/** Both ends of an interval, milliseconds since 1970. */
function readInterval(body: Record<string, unknown>): { from: number; to: number } {
	const interval = requiredText(body, 'interval');
	const [from = NaN, to = NaN] = interval.split('/').map((time) => Date.parse(time));
	if (from < to) return { from, to };
	throw badField('interval', 'field.invalid', `The interval [${interval}] is not valid`);
}

function readOneOf(body: Record<string, unknown>, name: string, allowed: string[]): string {
	const value = body[name] ?? allowed[0];
	if (typeof value === 'string' && allowed.includes(value)) return value;
	throw invalidValue(name, value, allowed);
}

const timeOf = ({ conversationStart = '', conversationEnd }: Found, orderBy: string): string =>
	orderBy.endsWith('End') ? (conversationEnd ?? '9999') : conversationStart;

function readPaging({ paging = {} }: Record<string, unknown>): object {
	if (!isRecord(paging)) throw badField('paging', 'field.invalid');
	if (Number(paging.pageSize ?? 1) > MAX_PAGE) throw badField('pageSize', 'field.invalid');
	return paging;
}

function find(call: ApiCall, body: Record<string, unknown>): Found[] {
	const { state } = call;
	const { from, to } = readInterval(body);
	const passes = readSegmentFilters(body.segmentFilters ?? []);
	const knownUntil = Date.now() - state.settings.analyticsLagMs;
	return state.conversations
		.all()
		.map((conversation) => analyticsConversationOf(state, conversation, knownUntil))
		.filter((found) => found !== undefined)
		.filter(({ conversationStart = '', conversationEnd }) => {
			const end = conversationEnd === undefined ? Infinity : Date.parse(conversationEnd);
			return Date.parse(conversationStart) < to && end >= from;
		})
		.filter(passes);
}

/** The conversations that were active in an interval. */
export const analyticsDetailsRoute: ApiRoute = {
	method: 'POST',
	url: '/api/v2/analytics/conversations/details/query',
	endpoint: 'read',
	permission: 'analytics:conversationDetail:view',
	answer(call): Models.AnalyticsConversationQueryResponse {
		const body = bodyOf(call);
		const order = readOneOf(body, 'order', ORDERS);
		const orderBy = readOneOf(body, 'orderBy', ORDER_BY);
		const paging = readPaging(body);
		const found = find(call, body).sort((a, b) =>
			timeOf(a, orderBy).localeCompare(timeOf(b, orderBy)),
		);
		if (order === 'desc') found.reverse();
		const { entities: conversations, total: totalHits } = slicePage(found, paging);
		// Without hits the real one has no list.
		return totalHits === 0 ? { totalHits } : { conversations, totalHits };
	},
};
