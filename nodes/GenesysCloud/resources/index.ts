import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { conversation } from './conversation';
import { externalContact } from './externalContact';
import { message } from './message';
import type { Operation, OperationOption, Resource } from './types';
import { webMessage } from './webMessage';

/** The registry: the node's dropdowns and fields are made from it. */
export const RESOURCES: readonly Resource[] = [conversation, externalContact, message, webMessage];

/**
 * Finds an operation.
 *
 * @param resource the value of the Resource parameter
 * @param operation the value of the Operation parameter
 * @returns the operation, or `undefined` when the node has none of that name
 */
export function findOperation(resource: unknown, operation: unknown): Operation | undefined {
	return RESOURCES.find(({ value }) => value === resource)?.operations.find(
		({ value }) => value === operation,
	);
}

/**
 * The node's parameters: the Resource dropdown, an Operation dropdown for each resource, and the
 * fields of every operation.
 *
 * @returns the properties of the node's description
 */
export function nodeProperties(): INodeProperties[] {
	return [resourceProperty(), ...RESOURCES.flatMap(resourceProperties)];
}

/**
 * The line under the node's name on the canvas, in the words of the dropdowns: "Send: Web Message".
 *
 * @returns an expression
 */
export function subtitle(): string {
	const names = RESOURCES.flatMap(({ value, name, operations }) =>
		operations.map((operation) => [`${operation.value}: ${value}`, `${operation.name}: ${name}`]),
	);
	const subtitles = JSON.stringify(Object.fromEntries(names));
	return `={{ (${subtitles})[$parameter["operation"] + ": " + $parameter["resource"]] }}`;
}

function resourceProperty(): INodeProperties {
	const defaultValue = webMessage.value;
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
	const defaultValue = operations[0].value;
	const operationProperty: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map(toOption),
		default: defaultValue,
	};
	const fields = operations.flatMap((operation) =>
		updateDisplayOptions({ show: { resource: [resource], operation: [operation.value] } }, [
			...operation.fields,
		]),
	);
	return [operationProperty, ...fields];
}

function toOption({ name, value, action, description }: Operation): OperationOption {
	return { name, value, action, description };
}
