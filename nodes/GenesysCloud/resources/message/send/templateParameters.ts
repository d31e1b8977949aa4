import { InputError } from '../../../failures/failure';

/** A value for a placeholder of a message template. */
export interface TemplateParameter {
	readonly id: string;
	readonly value: string;
}

/** The lists of the API, by the part of the template that they fill. */
export interface TemplateParameters {
	readonly headerParameters?: readonly TemplateParameter[];
	readonly bodyParameters?: readonly TemplateParameter[];
	readonly buttonUrlParameters?: readonly TemplateParameter[];
}

const LISTS = ['headerParameters', 'bodyParameters', 'buttonUrlParameters'] as const;
const PARTS = new Map<unknown, string>([
	['header', LISTS[0]],
	['body', LISTS[1]],
	['buttonUrl', LISTS[2]],
]);
const DISPLAY_NAME = 'Template Parameters';

/**
 * Reads template parameters given as rows.
 *
 * @param value the fixed collection's value: `{ parameter: [{ part, id, value }] }`
 * @throws InputError when a row has no ID or its value is not a text or number
 */
export function parametersFromRows(value: unknown): TemplateParameters {
	const rows = isRecord(value) && Array.isArray(value.parameter) ? value.parameter : [];
	const lists: Record<string, TemplateParameter[]> = {};
	for (const row of rows as unknown[]) {
		const { part = 'body', id, value: content } = isRecord(row) ? row : {};
		const list = PARTS.get(part);
		if (list === undefined) throw unusable('has a row for an unknown part of the template');
		(lists[list] ??= []).push(parameter(id, content));
	}
	return lists;
}

/**
 * Reads template parameters given as JSON: a typed text or an expression's object. `{"1": "Ada"}`
 * fills the body; the API's own lists (`{"bodyParameters": [{"id": "1", "value": "Ada"}]}`) fill any
 * part.
 *
 * @param value the parameter's value
 * @returns the lists of the API
 * @throws InputError when it is neither
 */
export function parametersFromJson(value: unknown): TemplateParameters {
	const json = typeof value === 'string' ? parse(value) : value;
	if (Array.isArray(json)) return { bodyParameters: list(json) };
	if (!isRecord(json)) throw unusable('is not a JSON object');
	const own = LISTS.filter((name) => Object.hasOwn(json, name));
	if (own.length > 0) return Object.fromEntries(own.map((name) => [name, list(json[name])]));
	const body = Object.entries(json).map(([id, content]) => parameter(id, content));
	return body.length > 0 ? { bodyParameters: body } : {};
}

function list(value: unknown): TemplateParameter[] {
	if (!Array.isArray(value)) throw unusable('has a list that is not a JSON array');
	return value.map((row: unknown) => {
		const { id, value: content } = isRecord(row) ? row : {};
		return parameter(id, content);
	});
}

function parameter(id: unknown, value: unknown): TemplateParameter {
	if ((typeof id !== 'string' && typeof id !== 'number') || String(id).trim() === '') {
		throw unusable('has an entry without an ID');
	}
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw unusable(`has no text for the placeholder '${String(id)}'`);
	}
	return { id: String(id).trim(), value: String(value) };
}

function parse(text: string): unknown {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unusable(problem: string): InputError {
	return new InputError(
		DISPLAY_NAME,
		problem,
		'Give each placeholder of the template an ID and a text, for example {"1": "Ada"}',
	);
}
