import { isRecord } from '../support/checks';
import type { Check } from '../support/checks';
import type { Fault } from './fault';

const isNumber = (value: unknown, from: number, to = Number.MAX_SAFE_INTEGER): boolean =>
	typeof value === 'number' && value >= from && value <= to;
const isStringRecord = (value: unknown): boolean =>
	isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string');

const TEXT: Check = [(value) => typeof value === 'string' && value !== '', 'a text'];
const FLAG: Check = [(value) => typeof value === 'boolean', 'true or false'];
const AMOUNT: Check = [(value) => isNumber(value, 0), 'a number of at least 0'];
/** Fits numbers to count with. */
export const COUNT: Check = [
	(value) => Number.isInteger(value) && isNumber(value, 1),
	'a whole number of at least 1',
];
const TIMES: Check = [
	(value) => value === Infinity || COUNT[0](value),
	'a whole number of at least 1, or Infinity',
];
const STATUS: Check = [
	(value) => Number.isInteger(value) && isNumber(value, 200, 599),
	'a whole number from 200 to 599',
];

/** The fields of every fault. */
export const TIMING: Record<string, Check> = {
	nth: COUNT,
	first: COUNT,
	times: TIMES,
	probability: [(value) => isNumber(value, 0, 1), 'a number from 0 to 1'],
};

const TARGET: Record<string, Check> = {
	...TIMING,
	endpoint: [
		(value) => ['token', 'send', 'read', 'any'].includes(String(value)),
		'"token", "send", "read" or "any"',
	],
	contactId: TEXT,
	route: TEXT,
};

/** The fields of each kind; a name with `!` is required. */
const KINDS: Record<Fault['kind'], Record<string, Check>> = {
	status: {
		'status!': STATUS,
		body: [(value) => typeof value === 'object' || typeof value === 'string', 'an object or text'],
		headers: [isStringRecord, 'an object of texts'],
		acceptFirst: FLAG,
	},
	latency: { 'ms!': AMOUNT, accept: FLAG },
	reset: { accept: FLAG },
	hang: { accept: FLAG },
	slowBody: { 'intervalMs!': AMOUNT, accept: FLAG },
	truncatedBody: { accept: FLAG },
	invalidJson: { accept: FLAG },
	html200: { accept: FLAG },
	empty204: { accept: FLAG },
	huge: { 'bytes!': AMOUNT, accept: FLAG },
	redirect: { 'location!': TEXT, status: STATUS, accept: FLAG },
	tokenThrottle: {},
};

function checkField(name: string, check: Check, required: boolean, value: unknown): void {
	if (value === undefined && !required) return;
	if (!check[0](value)) throw new Error(`The fault's "${name}" must be ${check[1]}.`);
}

/** JSON knows no Infinity: it turns it into null, and people write it as a text. */
function withInfinity(fault: Record<string, unknown>): Record<string, unknown> {
	const endless = fault.times === null || fault.times === 'Infinity';
	return endless ? { ...fault, times: Infinity } : fault;
}

/** The fields of each kind of fault; a name with `!` is required. */
type KindFields<AnyFault extends { kind: string }> = Record<
	AnyFault['kind'],
	Record<string, Check>
>;

/**
 * Checks a fault by the fields that its kind takes.
 *
 * @param input the fault; `times` may be null or "Infinity" for Infinity
 * @param common the fields of every kind
 * @throws Error with one sentence when a field is unknown, missing or does not fit
 */
export function checkFaultFields<AnyFault extends { kind: string }>(
	input: unknown,
	common: Record<string, Check>,
	kinds: KindFields<AnyFault>,
): AnyFault {
	if (!isRecord(input)) throw new Error('A fault must be an object.');
	const fault = withInfinity(input);
	const { kind } = fault;
	if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) {
		throw new Error(`The fault's "kind" must be one of: ${Object.keys(kinds).join(', ')}.`);
	}
	const fields = Object.entries({ ...common, ...kinds[kind as AnyFault['kind']] });
	const known = new Set(['kind']);
	for (const [key, check] of fields) {
		const name = key.replace('!', '');
		known.add(name);
		checkField(name, check, key.endsWith('!'), fault[name]);
	}
	const stranger = Object.keys(fault).find((name) => !known.has(name));
	if (stranger !== undefined) {
		throw new Error(`A fault of kind "${kind}" has no field "${stranger}".`);
	}
	return fault as unknown as AnyFault;
}

/**
 * Checks a fault of HTTP calls, from code or from the control API.
 *
 * @throws Error with one sentence when a field is unknown, missing or does not fit
 */
export const checkFault = (input: unknown): Fault => checkFaultFields<Fault>(input, TARGET, KINDS);
