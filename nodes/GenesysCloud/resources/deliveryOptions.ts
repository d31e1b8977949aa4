import type { INodeProperties } from 'n8n-workflow';

import type { RetrySettings } from '../delivery/types';
import { numberIn, oneOf, toggle } from './parameters';
import { sendWindowField } from './sendWindow';
import type { Operation } from './types';

/** For what has no effect where an AI agent calls the node: there it has one item and one output. */
export const NOT_AS_TOOL: INodeProperties['displayOptions'] = { hide: { '@tool': [true] } };

/** When nothing is sent: never, in manual executions, or always. */
const DRY_RUN = ['never', 'manual', 'always'] as const;

/** What holds for a whole run, in the units of the code. */
export interface DeliverySettings {
	readonly retry: RetrySettings;
	/** Messages in flight at once. */
	readonly concurrency: number;
	/** The time limit of one HTTP call, in ms. */
	readonly timeoutMs: number;
	/** Tokens used in parallel. */
	readonly accessTokens: number;
	/** Whether calls go over Node's `fetch`, which keeps connections open. */
	readonly reuseConnections: boolean;
	readonly dryRun: (typeof DRY_RUN)[number];
	/** Whether the same content goes to the same recipient at most once a calendar day. */
	readonly onceADay: boolean;
	/** So many messages that fail in the same way from the start end the run; 0: never. */
	readonly stopAfterFailures: number;
}

interface OptionBase {
	readonly displayName: string;
	readonly description: string;
	/** Matters to messages alone, not to look-ups. */
	readonly sendsOnly?: true;
	/** Matters to many items alone, and so not where an AI agent calls the node. */
	readonly bulkOnly?: true;
}

interface NumberOption extends OptionBase {
	readonly default: number;
	readonly min: number;
	readonly max: number;
	readonly whole: boolean;
}

/** One table: the fields of the collection and the checks of their values are made from it. */
const NUMBERS = {
	accessTokens: {
		displayName: 'Access Tokens',
		description:
			'How many access tokens are used in parallel. Genesys Cloud allows each token 300 calls a minute; a further token is fetched only when the others are used up.',
		default: 1,
		min: 1,
		max: 10,
		whole: true,
		bulkOnly: true,
	},
	backoffSeconds: {
		displayName: 'Backoff (Seconds)',
		description:
			'How long to wait before the second attempt. The wait doubles each time (1, 2, 4 …) up to 5 minutes, plus up to 25 % at random.',
		default: 1,
		min: 0,
		max: 300,
		whole: false,
	},
	concurrency: {
		displayName: 'Concurrency',
		description: 'How many messages may be in flight at the same time',
		default: 10,
		min: 1,
		max: 50,
		whole: true,
		bulkOnly: true,
	},
	maxAttempts: {
		displayName: 'Max Attempts',
		description:
			'How often one message is tried, the first attempt included. Only server errors and connection trouble are tried again; waiting for a rate limit is not an attempt.',
		default: 3,
		min: 1,
		max: 20,
		whole: true,
	},
	maxWaitSeconds: {
		displayName: 'Max Wait (Seconds)',
		description:
			'The longest wait that Genesys Cloud may ask for. If it asks for more, or no message of the run gets through for this long, the message fails and its details say when to try again.',
		default: 180,
		min: 0,
		max: 86_400,
		whole: false,
	},
	stopAfterFailures: {
		displayName: 'Stop After Failures',
		description:
			'Stop the run when this many messages in a row fail in the same way and none has been sent: then the set-up is at fault, not the customers. 0 never stops.',
		default: 50,
		min: 0,
		max: 100_000,
		whole: true,
		bulkOnly: true,
		sendsOnly: true,
	},
	timeoutSeconds: {
		displayName: 'Timeout (Seconds)',
		description: 'How long one HTTP call may take',
		default: 30,
		min: 0.1,
		max: 300,
		whole: false,
	},
} as const satisfies Record<string, NumberOption>;

/** What keeps messages from being sent, by the names under which it is shown. */
export const GUARDS = {
	dryRun: 'Dry Run',
	onceADay: 'Once a Day',
	sendOnceKey: 'Send Once Key',
	uncertain: 'If Delivery Is Uncertain',
} as const;

const SWITCHES = {
	onceADay: {
		displayName: GUARDS.onceADay,
		description:
			'Whether to send this very text, or template with its values, to this recipient at most once a calendar day from this workflow. It makes Execute Step, Stop and a restart safe without a key.',
		sendsOnly: true,
	},
	reuseConnections: {
		displayName: 'Reuse Connections',
		description:
			"Whether to keep connections open between messages, which is several times faster. Calls then go over Node's fetch: the proxy settings of n8n do not apply to them.",
	},
} as const satisfies Record<string, OptionBase>;

const CHOICES: INodeProperties[] = [
	{
		displayName: GUARDS.dryRun,
		name: 'dryRun',
		type: 'options',
		options: [
			{ name: 'Always', value: 'always', description: 'Check everything and send nothing' },
			{
				name: 'In Manual Executions',
				value: 'manual',
				description: 'Send nothing while you try the workflow out in the editor',
			},
			{ name: 'Never', value: 'never', description: 'Send the messages' },
		],
		default: 'never',
		description:
			'When to check all items without sending anything: input, lengths, addresses, keys and send window. Each item leaves as a sent one would, with the status "dryRun".',
	},
	{
		displayName: GUARDS.uncertain,
		name: 'uncertain',
		type: 'options',
		options: [
			{
				name: 'Retry (at Least Once)',
				value: 'retry',
				description: 'Send again: no message is lost, but a customer may get one twice',
			},
			{
				name: 'Fail (at Most Once)',
				value: 'fail',
				description: 'Do not send again: no customer gets a message twice, but one may be lost',
			},
		],
		default: 'retry',
		description:
			'What to do when Genesys Cloud may have accepted a message but no answer came: a time-out, a lost connection, or a server error',
	},
	{
		displayName: GUARDS.sendOnceKey,
		name: 'sendOnceKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.orderId }}-shipped',
		description:
			"A key for each message, by an expression: the customer's and the occasion's. A key that this workflow has sent already is skipped, in later executions too.",
	},
	sendWindowField,
];

/** The collection Delivery Options: a look-up has those that matter to it. */
export function deliveryField(kind: Operation['kind']): INodeProperties {
	const matters = ([, { sendsOnly }]: [string, OptionBase]) => kind === 'send' || !sendsOnly;
	const numbers = Object.entries<NumberOption>(NUMBERS).filter(matters).map(numberField);
	const switches = Object.entries<OptionBase>(SWITCHES).filter(matters).map(switchField);
	const choices = kind === 'send' ? CHOICES : [];
	return {
		displayName: 'Delivery Options',
		name: 'delivery',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...numbers, ...switches, ...choices].sort(byName),
	};
}

/** The order of a list. By code units: the first comparison by language takes 10 ms of n8n's start. */
export const byName = (a: INodeProperties, b: INodeProperties) =>
	a.displayName < b.displayName ? -1 : 1;

function numberField([name, option]: [string, NumberOption]): INodeProperties {
	const { min, max, whole, default: value } = option;
	// A precision other than 0 makes the editor show trailing zeros.
	const typeOptions = { minValue: min, maxValue: max, ...(whole && { numberPrecision: 0 }) };
	return { ...baseField(name, option), type: 'number', typeOptions, default: value };
}

function switchField([name, option]: [string, OptionBase]): INodeProperties {
	return { ...baseField(name, option), type: 'boolean', default: false };
}

function baseField(name: string, { displayName, description, bulkOnly }: OptionBase) {
	return { displayName, name, description, ...(bulkOnly && { displayOptions: NOT_AS_TOOL }) };
}

/**
 * Reads the options that hold for the whole run, as the first item gives them.
 *
 * @throws InputError that names the option when a value is not usable
 */
export function readDeliverySettings(options: Readonly<Record<string, unknown>>): DeliverySettings {
	const remedy = "Change it under 'Delivery Options'";
	const number = (name: keyof typeof NUMBERS) =>
		numberIn(options[name], { ...NUMBERS[name], fallback: NUMBERS[name].default, remedy });
	const isOn = (name: keyof typeof SWITCHES) => toggle(options[name], SWITCHES[name].displayName);
	return {
		retry: {
			maxAttempts: number('maxAttempts'),
			backoffMs: number('backoffSeconds') * 1000,
			maxWaitMs: number('maxWaitSeconds') * 1000,
			uncertain: oneOf(options.uncertain, GUARDS.uncertain, ['retry', 'fail']),
		},
		concurrency: number('concurrency'),
		timeoutMs: Math.ceil(number('timeoutSeconds') * 1000),
		accessTokens: number('accessTokens'),
		reuseConnections: isOn('reuseConnections'),
		dryRun: oneOf(options.dryRun, GUARDS.dryRun, DRY_RUN),
		onceADay: isOn('onceADay'),
		stopAfterFailures: number('stopAfterFailures'),
	};
}
