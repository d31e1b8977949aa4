import type { INodeProperties } from 'n8n-workflow';

/** What to do with a message whose customer cannot be reached; on every sending operation. */
export const unreachableField: INodeProperties = {
	displayName: 'If Customer Cannot Be Reached',
	name: 'unreachable',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Fail the Item',
			value: 'error',
			description: 'Treat it like any other message that was not sent, as set under On Error',
		},
		{
			name: "Send the Item to the 'Unreachable' Output",
			value: 'output',
			description:
				'Pass the input item on by an output of its own, so that the workflow can call or mail the customer instead',
		},
	],
	default: 'error',
	description:
		'What to do when the session of the customer has ended or the contact is not known. Such a message is never retried.',
};

/** The Simplify switch, in n8n's own words. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** How a batch is delivered; on every sending operation. Read once a run, from the first item. */
export const deliveryField: INodeProperties = {
	displayName: 'Delivery Options',
	name: 'delivery',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Access Tokens',
			name: 'accessTokens',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 0 },
			default: 1,
			description:
				'How many access tokens are used in parallel. Genesys Cloud allows each token 300 calls a minute; a further token is fetched only when the others are used up.',
		},
		{
			displayName: 'Backoff (Seconds)',
			name: 'backoffSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 300, numberPrecision: 3 },
			default: 1,
			description:
				'How long to wait before the second attempt. The wait doubles each time (1, 2, 4 …), plus up to 25 % at random.',
		},
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
			default: 10,
			description: 'How many messages may be in flight at the same time',
		},
		{
			displayName: 'If Delivery Is Uncertain',
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
			displayName: 'Max Attempts',
			name: 'maxAttempts',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20, numberPrecision: 0 },
			default: 3,
			description:
				'How often one message is tried, the first attempt included. Only rate limits, server errors and connection trouble are tried again.',
		},
		{
			displayName: 'Max Wait (Seconds)',
			name: 'maxWaitSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 86400, numberPrecision: 0 },
			default: 180,
			description:
				'The longest wait that Genesys Cloud may ask for. If it asks for more, the message fails at once and its details say when to try again.',
		},
		{
			displayName: 'Reuse Connections',
			name: 'reuseConnections',
			type: 'boolean',
			default: false,
			description:
				"Whether to keep connections open between messages, which is several times faster. Calls then go over Node's fetch: the proxy settings of n8n do not apply to them.",
		},
		{
			displayName: 'Send Once Key',
			name: 'sendOnceKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.orderId }}-shipped',
			description:
				'A key for each message, by an expression. A key that this workflow has sent already is skipped, in later executions too.',
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeoutSeconds',
			type: 'number',
			typeOptions: { minValue: 0.1, maxValue: 300, numberPrecision: 1 },
			default: 30,
			description: 'How long one HTTP call may take',
		},
	],
};

/** Options that only matter to messages. */
const SENDING_OPTIONS: ReadonlySet<string> = new Set(['sendOnceKey', 'uncertain']);

/** How look-ups are made: the delivery options that matter to them. */
export const readDeliveryField: INodeProperties = {
	...deliveryField,
	options: deliveryField.options?.filter(({ name }) => !SENDING_OPTIONS.has(name)),
};
