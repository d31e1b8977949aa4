import { readFileSync } from 'node:fs';

import ts from 'typescript';

/** A field of an interface of the official SDK. */
interface SdkField {
	readonly optional: boolean;
	/** As it is declared, such as `string` or `Array<Models.MessageData>`. */
	readonly type: string;
}

/** The fields of an interface by name. */
type SdkFields = ReadonlyMap<string, SdkField>;

let models: ReadonlyMap<string, SdkFields> | undefined;

function fieldsIn(declaration: ts.InterfaceDeclaration, file: ts.SourceFile): SdkFields {
	const fields = new Map<string, SdkField>();
	for (const member of declaration.members) {
		if (!ts.isPropertySignature(member) || member.type === undefined) continue;
		const name = ts.isStringLiteral(member.name) ? member.name.text : member.name.getText(file);
		const type = member.type.getText(file);
		fields.set(name, { optional: member.questionToken !== undefined, type });
	}
	return fields;
}

/** Reads all interfaces of the SDK's namespace `Models`, once. */
function readModels(): ReadonlyMap<string, SdkFields> {
	const path = require.resolve('purecloud-platform-client-v2/index.d.ts');
	const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);
	const interfaces = new Map<string, SdkFields>();
	for (const statement of file.statements) {
		if (!ts.isModuleDeclaration(statement) || statement.name.text !== 'Models') continue;
		if (statement.body === undefined || !ts.isModuleBlock(statement.body)) continue;
		for (const member of statement.body.statements) {
			if (!ts.isInterfaceDeclaration(member)) continue;
			interfaces.set(member.name.text, fieldsIn(member, file));
		}
	}
	return interfaces;
}

/**
 * The fields that the official SDK declares for one of Genesys Cloud's bodies.
 *
 * @param interfaceName such as `SendAgentlessOutboundMessageRequest`
 * @throws Error when the SDK has no such interface
 */
export function fieldsOf(interfaceName: string): SdkFields {
	models ??= readModels();
	const fields = models.get(interfaceName);
	if (fields === undefined) throw new Error(`The SDK has no interface "${interfaceName}".`);
	return fields;
}

const ARRAY = /^Array<(.+)>$/;
const MAP = /^\{ \[key: string\]: (.+?);? \}$/;
const MODEL = /^Models\.(\w+)$/;

function unknownOfType(type: string, value: unknown, path: string): string[] {
	if (value === undefined || value === null) return [];
	const element = ARRAY.exec(type)?.[1];
	if (element !== undefined) {
		if (!Array.isArray(value)) return [`${path}: not ${type}`];
		return value.flatMap((one, index) => unknownOfType(element, one, `${path}[${index}]`));
	}
	const model = MODEL.exec(type)?.[1];
	if (model !== undefined) {
		if (typeof value !== 'object') return [`${path}: not ${type}`];
		return unknownIn(model, value, `${path}.`);
	}
	const entry = MAP.exec(type)?.[1];
	if (entry !== undefined) {
		return Object.entries(value).flatMap(([key, one]) =>
			unknownOfType(entry, one, `${path}.${key}`),
		);
	}
	// `object` says nothing about what is in it.
	return type === 'object' || typeof value === type ? [] : [`${path}: not ${type}`];
}

function unknownIn(interfaceName: string, object: object, path: string): string[] {
	const fields = fieldsOf(interfaceName);
	return Object.entries(object).flatMap(([name, value]) => {
		const field = fields.get(name);
		return field === undefined
			? [`${path}${name}`]
			: unknownOfType(field.type, value, `${path}${name}`);
	});
}

/**
 * Finds what Genesys Cloud would not know in a body, at any depth: fields that the SDK's interface
 * does not have, and values of another type (`name: not string`).
 *
 * @param interfaceName the body's interface in the SDK
 * @param object the body
 * @returns the paths of what does not fit; empty = all is as declared
 */
export function unknownFields(interfaceName: string, object: object): string[] {
	return unknownIn(interfaceName, object, '');
}

/**
 * Finds the fields that an interface of the SDK requires and a body does not have, at its top.
 *
 * @param interfaceName the body's interface in the SDK
 * @param object the body
 */
export function missingFields(interfaceName: string, object: object): string[] {
	const given = object as Record<string, unknown>;
	return [...fieldsOf(interfaceName)]
		.filter(([name, { optional }]) => !optional && given[name] === undefined)
		.map(([name]) => name);
}
