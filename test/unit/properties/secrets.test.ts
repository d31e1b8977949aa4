import * as fc from 'fast-check';

import { errorFields } from '../../../nodes/GenesysCloud/api/answer';
import { withoutSecrets } from '../../../nodes/GenesysCloud/api/redact';
import { anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { answer } from '../support/http';

/** A secret; one of asterisks or of a single letter could not be told from what hides it. */
const secrets = fc
	.oneof(anyText(), fc.base64String({ minLength: 8, maxLength: 60 }))
	.map((text) => text.trim())
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

describe('an answer that repeats secrets, whatever stands around them', () => {
	it('shows them in no text and no header', () => {
		const property = fc.property(
			...[secrets, secrets, anyText(), anyText()],
			(first, second, before, after) => {
				const said = `${before}${first}${after}${second}${first}${before}`;
				const shown = withoutSecrets(answer(400, said, { 'x-echo': said }), [first, second]);
				for (const secret of [first, second]) {
					expect(shown.header('x-echo')).not.toContain(secret);
				}
			},
		);
		fc.assert(property, runs(500));
	});

	it('shows them in no field, however its JSON is escaped and wherever it is cut', () => {
		const escapes = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
		const padding = fc.nat({ max: 600 }).map((length) => '.'.repeat(length));
		const property = fc.property(secrets, padding, escapes, (secret, before, pattern) => {
			const said = inJson(`${before}<${secret}>`, pattern);
			const body = `{"message":${said},"code":${said},"contextId":${said}}`;
			expect(JSON.parse(body)).toMatchObject({ message: `${before}<${secret}>` });
			const fields = errorFields(withoutSecrets(answer(400, body), [secret]));
			const expected = `${before}<***>`.slice(0, 500);
			expect([fields.apiMessage, fields.code, fields.correlationId]).toEqual(
				Array(3).fill(expected),
			);
		});
		fc.assert(property, runs(300));
	});
});
