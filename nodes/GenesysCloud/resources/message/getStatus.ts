import type { JsonObject } from '../../api/answer';
import type { ApiRequest } from '../../api/client';
import { InputError } from '../../failures/inputError';
import { idInPath } from '../addresses';
import { requiredText } from '../parameters';
import { readDeliveryField, simplifyField } from '../sharedFields';
import type { ReadOperation } from '../types';
import { deliveryState } from './deliveryState';
import { pollUntilFinal } from './pollUntilFinal';

/** The request for a message's details, and how long to wait for its final status. */
export interface StatusRequest extends ApiRequest {
	/** In ms; 0 does not wait. */
	readonly waitMs: number;
}

const DEFAULT_WAIT_SECONDS = 60;
const MAX_WAIT_SECONDS = 86_400;

/** `GET /api/v2/conversations/messages/{messageId}/details`: accepted is not delivered. */
export const getStatus: ReadOperation<StatusRequest> = {
	kind: 'read',
	value: 'getStatus',
	name: 'Get Delivery Status',
	action: 'Get the delivery status of a message',
	description:
		'Retrieve whether a message that was sent before has reached the customer, and if not, why',
	fields: [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
			description: "The ID that 'Send a message' returned",
		},
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Wait for Final Status',
					name: 'waitForFinal',
					type: 'boolean',
					default: false,
					description:
						'Whether to look again until the message is delivered or has failed, or the time is up',
				},
				{
					displayName: 'Wait at Most (Seconds)',
					name: 'waitSeconds',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: MAX_WAIT_SECONDS, numberPrecision: 0 },
					displayOptions: { show: { waitForFinal: [true] } },
					default: DEFAULT_WAIT_SECONDS,
					description:
						'After this time the status is returned as it is. Some channels report back after minutes, hours or days.',
				},
			],
		},
		readDeliveryField,
	],

	buildRequest(context, itemIndex) {
		const text = requiredText(context.getNodeParameter('messageId', itemIndex), {
			displayName: 'Message ID',
			maxLength: 256,
			remedy: 'Map the ID of the message',
		});
		const options = (context.getNodeParameter('options', itemIndex, {}) ?? {}) as JsonObject;
		const id = idInPath('Message ID', text);
		return {
			method: 'GET',
			path: `/api/v2/conversations/messages/${id}/details`,
			waitMs: options.waitForFinal === true ? waitSeconds(options.waitSeconds) * 1000 : 0,
		};
	},

	perform: pollUntilFinal,
	toOutput: deliveryState,
	refineFailure: (failure) => failure,
	explain: (failure) =>
		failure.reason === 'notFound'
			? {
					message: 'The message does not exist in Genesys Cloud',
					description:
						"Check the 'Message ID', and that the credential is of the same organization.",
				}
			: undefined,
};

function waitSeconds(value: unknown): number {
	const seconds = value ?? DEFAULT_WAIT_SECONDS;
	if (typeof seconds === 'number' && seconds > 0 && seconds <= MAX_WAIT_SECONDS) return seconds;
	throw new InputError(
		'Wait at Most (Seconds)',
		`must be a number from 1 to ${MAX_WAIT_SECONDS}`,
		"Change it under 'Options'",
	);
}
