import { asObject, isObject, objectsIn } from '../../../api/json';
import { isBlank } from '../../../api/unseen';
import type { JsonObject } from '../../../delivery/types';
import { InputError } from '../../../failures/failure';
import { isExpression, isUnset, plain, type ItemReader } from '../../parameters';
import { digits, refuseObject } from '../../texts';
import { partOf, PARTS, type Part } from './templatePlaceholders';

/** A value for a placeholder of a message template. */
interface TemplateParameter {
	readonly id: string;
	readonly value: string;
}

/** The lists of the API, by the part of the template that they fill. */
interface TemplateParameters {
	readonly headerParameters?: readonly TemplateParameter[];
	readonly bodyParameters?: readonly TemplateParameter[];
	readonly buttonUrlParameters?: readonly TemplateParameter[];
}

const LISTS = {
	header: 'headerParameters',
	body: 'bodyParameters',
	buttonUrl: 'buttonUrlParameters',
} as const satisfies Record<Part, keyof TemplateParameters>;

/** A field of the panel that holds the values, and what to do about one that is missing. */
interface Field {
	readonly displayName: string;
	readonly remedy: string;
}

const PARAMETERS: Field = {
	displayName: 'Template Parameters',
	remedy: 'Give each placeholder of the template an ID and a text, for example {"1": "Ada"}',
};
const VALUES: Field = {
	displayName: 'Template Values',
	remedy: 'Fill in a text for each placeholder of the template',
};
/** What the text of an error adds to the ID of a placeholder. */
const OF_PART: Record<Part, string> = {
	header: ' of the header',
	body: '',
	buttonUrl: ' of the button URL',
};

/**
 * Reads the template and what fills its placeholders.
 *
 * @returns the `messagingTemplate` of the API (SendMessagingTemplateRequest in the SDKs)
 * @throws InputError when a placeholder has no value, or one that WhatsApp would refuse
 */
export function readTemplate(read: ItemReader): JsonObject {
	const responseId = read.address('templateId', {
		displayName: 'Template',
		remedy: 'Choose an approved message template',
	});
	return { responseId, ...readParameters(read) };
}

/** What a template tells, whatever the order in which its values were given. */
export function inOneOrder(template: JsonObject): JsonObject {
	const lists = Object.values(LISTS).map((name) => {
		const values = (template[name] ?? []) as readonly TemplateParameter[];
		return [name, values.map(({ id, value }) => JSON.stringify([id, value])).sort()] as const;
	});
	return { responseId: template.responseId, ...Object.fromEntries(lists) };
}

function readParameters(read: ItemReader): TemplateParameters {
	const inputs = ['template', 'fields', 'json'] as const;
	switch (read.oneOf('templateParametersInput', 'Template Parameters Input', inputs)) {
		case 'template':
			return parametersFromTemplate(read.value('templateValues', VALUES.displayName));
		case 'fields':
			return parametersFromRows(read.value('templateParameters', PARAMETERS.displayName));
		case 'json':
			return parametersFromJson(jsonOf(read));
	}
}

/** Typed, nothing is an empty object; from an expression, the template would go out unfilled. */
function jsonOf(read: ItemReader): unknown {
	const value = read.value('templateParametersJson', PARAMETERS.displayName);
	if (isUnset(value) && isExpression(read.unresolved('templateParametersJson'))) {
		throw unusable('has an expression that gives nothing');
	}
	return value;
}

/**
 * Reads the values that were given in the template's own fields.
 *
 * @param value the resource mapper's value: `{ value: { 'body.1': 'Ada' }, schema: [{ id: 'body.1' }] }`
 * @throws InputError when a placeholder of the template has no value
 */
export function parametersFromTemplate(value: unknown): TemplateParameters {
	const { value: values, schema } = asObject(value);
	const given = values ?? {};
	if (!isObject(given) || isBareList(value)) {
		throw unusable('has values that are not in its fields', VALUES);
	}
	const fields = objectsIn(schema);
	// Without a schema the panel has never shown the template: then only what was given is known.
	const names = fields.length > 0 ? fields.map(({ id }) => String(id)) : Object.keys(given);
	return listed(
		names.map((name) => {
			const { part, id } = partOf(name);
			return [part, parameter(id, given[name], VALUES, OF_PART[part])];
		}),
	);
}

/** Values without the object around them, in which the panel keeps them, would be lost without a word. */
function isBareList(value: unknown): boolean {
	return (
		isObject(value) && Object.keys(value).length > 0 && !('value' in value || 'schema' in value)
	);
}

/**
 * Reads template parameters given as rows.
 *
 * @param value the fixed collection's value: `{ parameter: [{ part, id, value }] }`
 * @throws InputError when they are no rows, a row has no ID, or its value is not a text or number
 */
export function parametersFromRows(value: unknown): TemplateParameters {
	return listed(
		rowsOf(isObject(value) ? value.parameter : value).map((row) => {
			const { part: name = 'body', id, value: content } = asObject(row);
			const part = PARTS.find((known) => known === name);
			if (part === undefined) throw unusable('has a row for an unknown part of the template');
			return [part, parameter(id, content)];
		}),
	);
}

/** A single row counts as a list of one. */
function rowsOf(value: unknown): readonly unknown[] {
	if (isUnset(value)) return [];
	if (Array.isArray(value)) return value;
	if (isObject(value)) return [value];
	throw unusable('has rows that are not a list');
}

/**
 * Reads template parameters given as JSON: a typed text or an expression's object. `{"1": "Ada"}`
 * fills the body; the API's own lists (`{"bodyParameters": [{"id": "1", "value": "Ada"}]}`) fill any
 * part.
 *
 * @throws InputError when it is neither, or both
 */
export function parametersFromJson(value: unknown): TemplateParameters {
	const json = typeof value === 'string' ? parse(value) : value;
	if (Array.isArray(json)) return { bodyParameters: list(json) };
	// A date is an object, too, but has no values of its own.
	if (!isObject(json) || typeof json.toJSON === 'function') {
		throw unusable('is not a JSON object');
	}
	const own = Object.values(LISTS).filter((name) => Object.hasOwn(json, name));
	if (own.length > 0) {
		refuseOthers(json, own);
		return Object.fromEntries(own.map((name) => [name, list(json[name])]));
	}
	return listed(Object.entries(json).map(([id, content]) => ['body', parameter(id, content)]));
}

/** A misspelt list, or a placeholder beside the lists, would be lost without a word. */
function refuseOthers(json: object, own: readonly string[]): void {
	const others = Object.keys(json).filter((name) => !own.includes(name));
	if (others.length === 0) return;
	const names = others.map((name) => `'${name}'`).join(', ');
	const known = Object.values(LISTS).join(', ');
	throw unusable(`has ${names} beside a list of the API, whose lists here are ${known}`);
}

function listed(parameters: readonly [Part, TemplateParameter][]): TemplateParameters {
	const lists: Partial<Record<keyof TemplateParameters, TemplateParameter[]>> = {};
	for (const [part, value] of parameters) (lists[LISTS[part]] ??= []).push(value);
	for (const values of Object.values(lists)) refuseTwice(values);
	return lists;
}

/** One of two values would be lost, and as a rule it was meant for a placeholder that stays unfilled. */
function refuseTwice(values: readonly TemplateParameter[]): void {
	const ids = values.map(({ id }) => id);
	const twice = ids.find((id, index) => ids.indexOf(id) < index);
	if (twice !== undefined) throw unusable(`has two values for the placeholder '${twice}'`);
}

function list(value: unknown): TemplateParameter[] {
	if (!Array.isArray(value)) throw unusable('has a list that is not a JSON array');
	const values = value.map((row: unknown) => {
		const { id, value: content } = asObject(row);
		return parameter(id, content);
	});
	refuseTwice(values);
	return values;
}

function parameter(
	givenId: unknown,
	value: unknown,
	field = PARAMETERS,
	ofPart = '',
): TemplateParameter {
	const id = placeholderId(givenId);
	if (id === '') throw unusable('has an entry without an ID', field);
	const text = typeof value === 'number' ? digits(value, field.displayName) : value;
	if (typeof text !== 'string' || isBlank(text)) {
		throw unusable(`has no text for the placeholder '${id}'${ofPart}`, field);
	}
	refuseObject(text, field.displayName);
	return { id, value: flat(text) };
}

/** The ID of a placeholder, also as the template has it: `{{1}}`. */
function placeholderId(id: unknown): string {
	if (typeof id === 'number') return String(id);
	const text = plain(id);
	if (typeof text !== 'string') return '';
	return (/^\{\{(.*)\}\}$/.exec(text)?.[1] ?? text).trim();
}

/** WhatsApp refuses line breaks, tabs and more than four blanks, after Genesys Cloud has accepted them. */
function flat(text: string): string {
	return text
		.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
		.replace(/\p{Zs}{5,}/gu, '    ')
		.trim();
}

function parse(text: string): unknown {
	const json = text.trim();
	if (json === '') return {};
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

function unusable(problem: string, { displayName, remedy } = PARAMETERS): InputError {
	return new InputError(displayName, problem, remedy);
}
