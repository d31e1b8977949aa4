import * as fc from 'fast-check';

import { unexpectedAnswer } from '../../../nodes/GenesysCloud/api/answer';
import { Redactor } from '../../../nodes/GenesysCloud/api/redact';
import { anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { answer } from '../support/http';

/** A secret; one of asterisks or of a single letter could not be told from what hides it. */
const secrets = fc
	.oneof(anyText(), fc.base64String({ minLength: 8, maxLength: 60 }))
	.map((text) => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim())
	.filter((text) => text.length >= 4 && !text.includes('*'));

const unicode = (character: string) =>
	character
		.split('')
		.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.join('');

/** Writes a text in JSON with some characters as escapes, as gateways differ in. */
function inJson(text: string, escapes: readonly boolean[]): string {
	const characters = Array.from(text, (character, index) =>
		escapes[index % escapes.length] ? unicode(character) : JSON.stringify(character).slice(1, -1),
	);
	return `"${characters.join('')}"`;
}

/** The texts that a person sees of an answer. */
function shown(text: string, secrets: readonly string[], headers = {}): (string | undefined)[] {
	const failure = new Redactor(secrets).failure(unexpectedAnswer(answer(400, text, headers)));
	return [failure.apiMessage, failure.code, failure.correlationId];
}

describe('an answer that repeats secrets, whatever stands around them', () => {
	it('shows them in no text and no header', () => {
		const property = fc.property(
			...[secrets, secrets, anyText(), anyText()],
			(first, second, before, after) => {
				const said = `${before}${first}${after}${second}${first}${before}`;
				const body = JSON.stringify({ message: said, code: said });
				for (const text of shown(body, [first, second], { 'inin-correlation-id': said })) {
					expect(text).not.toContain(first);
					expect(text).not.toContain(second);
				}
			},
		);
		fc.assert(property, runs(500));
	});

	it('shows no part of them that matters, however its JSON is escaped and wherever it is cut', () => {
		const escapes = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
		const padding = fc.nat({ max: 600 }).map((length) => '.'.repeat(length));
		const property = fc.property(secrets, padding, escapes, (secret, before, pattern) => {
			const said = inJson(`${before}<${secret}>`, pattern);
			const body = `{"message":${said},"code":${said},"contextId":${said}}`;
			expect(JSON.parse(body)).toMatchObject({ message: `${before}<${secret}>` });
			for (const text of shown(body, [secret])) {
				expect(text).not.toContain(secret);
				for (let length = 4; length < secret.length; length++) {
					expect(text?.endsWith(secret.slice(0, length))).toBe(false);
				}
			}
		});
		fc.assert(property, runs(300));
	});

	it('hides the long ones in what is passed on, and leaves it JSON', () => {
		const long = fc.base64String({ minLength: 20, maxLength: 60 });
		const escapes = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
		const property = fc.property(long, anyText(), escapes, (secret, text, pattern) => {
			const json = `{"id":"m-1","echo":${inJson(`${secret}|${text}`, pattern)}}`;
			const passed = new Redactor([secret]).answer(json);
			expect(JSON.parse(passed)).toMatchObject({ id: 'm-1' });
			expect((JSON.parse(passed) as { echo: string }).echo).not.toContain(secret);
		});
		fc.assert(property, runs(300));
	});
});
