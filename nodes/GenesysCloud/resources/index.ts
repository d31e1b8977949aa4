import { NodeConnectionTypes, updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { get } from './conversation/get';
import { getMessages } from './conversation/getMessages';
import { lookUp } from './externalContact/lookUp';
import { fieldsOf } from './fields';
import { getStatus } from './message/getStatus';
import { send as sendMessage } from './message/send';
import type { Operation, OperationOption, Resource } from './types';
import { send as sendWebMessage } from './webMessage/send';

/** The registry: the node's dropdowns and fields are made from it. The first resource is the default. */
export const RESOURCES: readonly [Resource, ...Resource[]] = [
	{ value: 'message', name: 'Message', operations: [sendMessage, getStatus] },
	{ value: 'conversation', name: 'Conversation', operations: [get, getMessages] },
	{ value: 'externalContact', name: 'External Contact', operations: [lookUp] },
	{ value: 'webMessage', name: 'Web Message', operations: [sendWebMessage] },
];

/** The operation of these two values; `undefined` when the node has none of that name. */
export function findOperation(resource: unknown, operation: unknown): Operation | undefined {
	return RESOURCES.find(({ value }) => value === resource)?.operations.find(
		({ value }) => value === operation,
	);
}

/**
 * The node's parameters: the Resource dropdown, an Operation dropdown for each resource, and the
 * fields of every operation.
 */
export function nodeProperties(): INodeProperties[] {
	return [resourceProperty(), ...RESOURCES.flatMap(resourceProperties), ...shortcutProperties()];
}

/** The line under the node's name on the canvas, in the words of the dropdowns: "Send: Web Message". */
export function subtitle(): string {
	return `={{ ${ofOperation((operation, { name }) => `${operation.name}: ${name}`)} }}`;
}

/** The node's outputs: the second one exists only when items are to leave by it. */
export function outputs(): `={{${string}}}` {
	const main = NodeConnectionTypes.Main;
	const names = ofOperation((operation) => operation.outputs ?? ['Sent', 'Unreachable']);
	return `={{ $parameter["unreachable"] !== "output" ? ["${main}"]
		: ${names}.map((displayName) => ({ type: "${main}", displayName })) }}`;
}

/** An expression for what the chosen operation has. */
function ofOperation(get: (operation: Operation, resource: Resource) => unknown): string {
	const values = RESOURCES.flatMap((resource) =>
		resource.operations.map((operation) => [
			`${operation.value}: ${resource.value}`,
			get(operation, resource),
		]),
	);
	const table = JSON.stringify(Object.fromEntries(values));
	return `(${table})[$parameter["operation"] + ": " + $parameter["resource"]]`;
}

function resourceProperty(): INodeProperties {
	const defaultValue = RESOURCES[0].value;
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: RESOURCES.map(({ name, value }) => ({ name, value })),
		default: defaultValue,
	};
}

function resourceProperties({ value: resource, operations }: Resource): INodeProperties[] {
	const fields = operations.flatMap((operation) =>
		updateDisplayOptions(
			{ show: { resource: [resource], operation: [operation.value] } },
			fieldsOf(operation),
		),
	);
	return [operationProperty(operations.map(toOption), { resource: [resource] }), ...fields];
}

function operationProperty(
	options: OperationOption[],
	show: Record<string, string[]>,
): INodeProperties {
	const defaultValue = options[0]?.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show },
		options,
		default: defaultValue,
	};
}

/** The editor never shows these, and no workflow has them: they are for its list of actions alone. */
const NEVER = { '@tool': [true, false] };

/**
 * n8n's list of actions has an entry for each option of a resource's Operation dropdown, and fills in the first
 * value of each parameter that the dropdown is shown for. So an entry such as "Send an SMS" is an Operation
 * dropdown of its own, for Message and SMS; a second list of resources leads n8n to it.
 */
function shortcutProperties(): INodeProperties[] {
	const shortcuts = RESOURCES.flatMap(({ value: resource, operations }) =>
		operations.flatMap((operation) => {
			const { name = '', parameter = '', actions = {} } = operation.shortcuts ?? {};
			return Object.entries(actions).map(([value, action]) => {
				const entry = { name, value: `${resource}:${value}` };
				const show = { resource: [resource, entry.value], [parameter]: [value] };
				return { entry, show, option: { ...toOption(operation), action } };
			});
		}),
	);
	const entries = shortcuts.map(({ entry }) => entry);
	return [
		{ ...resourceProperty(), type: 'hidden', options: entries, displayOptions: { hide: NEVER } },
		...shortcuts.map(({ show, option }): INodeProperties => ({
			...operationProperty([option], show),
			type: 'hidden',
			displayOptions: { show, hide: NEVER },
		})),
	];
}

function toOption({ name, value, action, description }: Operation): OperationOption {
	return { name, value, action, description };
}
