import { badField, requiredText } from '../../http/fields';
import type { Template } from '../../model/directory/records';
import type { SentTemplate } from '../../model/messaging/messages';
import { isRecord } from '../../support/checks';

/** The values of a template's parameters by their IDs. */
type TemplateValues = ReadonlyMap<string, string>;

/** A `messagingTemplate` of a request. */
export interface TemplateRequest {
	readonly responseId: string;
	readonly values: TemplateValues;
}

const FIELD = 'messagingTemplate';
const PLACEHOLDER = /\{\{(\w+)\}\}/g;

function readParameters(template: Record<string, unknown>, name: string): [string, string][] {
	const list = template[name] ?? [];
	const field = `${FIELD}.${name}`;
	if (!Array.isArray(list)) throw badField(field, 'field.invalid');
	return list.map((parameter: unknown) => {
		if (!isRecord(parameter)) throw badField(field, 'field.invalid');
		const { id, value } = parameter;
		if (typeof id === 'string' && typeof value === 'string') return [id, value];
		throw badField(field, 'field.invalid');
	});
}

/**
 * Reads the `messagingTemplate` of a request.
 *
 * @returns undefined when there is none
 * @throws ApiError 400 when it does not fit
 */
export function readTemplate(body: Record<string, unknown>): TemplateRequest | undefined {
	const template = body[FIELD] ?? undefined;
	if (template === undefined) return undefined;
	if (!isRecord(template)) throw badField(FIELD, 'field.invalid');
	if (template.responseId === undefined) throw badField(`${FIELD}.responseId`, 'field.required');
	const responseId = requiredText(template, 'responseId');
	for (const name of ['headerParameters', 'buttonUrlParameters']) readParameters(template, name);
	const values = new Map([
		...readParameters(template, 'parameters'),
		...readParameters(template, 'bodyParameters'),
	]);
	return { responseId, values };
}

/**
 * Puts the parameters into a template.
 *
 * @returns the text, what was sent, and whether a parameter has no value
 */
export function fillTemplate(
	{ id, text, language }: Template,
	values: TemplateValues,
): { text: string; sent: SentTemplate; incomplete: boolean } {
	const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
	return {
		text: text.replace(PLACEHOLDER, (placeholder, name: string) => values.get(name) ?? placeholder),
		sent: {
			id,
			language,
			parameters: [...values].map(([name, value]) => ({ name, text: value })),
		},
		incomplete: names.some((name) => !values.has(name)),
	};
}
