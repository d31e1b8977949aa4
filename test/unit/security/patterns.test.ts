import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

import ts from 'typescript';

import { errorFields, parseObject } from '../../../nodes/GenesysCloud/api/answer';
import { baseUrls } from '../../../nodes/GenesysCloud/api/environment';
import { retryAfterMs } from '../../../nodes/GenesysCloud/api/retryAfter';
import { withoutSecrets } from '../../../nodes/GenesysCloud/api/redact';
import { deployments } from '../../../nodes/GenesysCloud/listSearch/deployments';
import { phoneNumber, smsSender } from '../../../nodes/GenesysCloud/resources/addresses';
import {
	emailAddress,
	idInPath,
	whatsAppId,
} from '../../../nodes/GenesysCloud/resources/addresses';
import { refineSendFailure as refineMessage } from '../../../nodes/GenesysCloud/resources/message/sendFailures';
import { parametersFromJson } from '../../../nodes/GenesysCloud/resources/message/templateParameters';
import { refineSendFailure } from '../../../nodes/GenesysCloud/resources/webMessage/sendFailures';
import { explain } from '../../../nodes/GenesysCloud/execution/explain';
import { apiFailure } from '../support/failures';
import { answer } from '../support/http';

jest.setTimeout(60_000);

const repository = join(__dirname, '../../..');

/** Long enough that a pattern whose time grows with the square of the length needs seconds. */
const LENGTH = 50_000;
/** Many times what a linear pattern needs, and far less than a quadratic one does. */
const LIMIT_MS = 500;

/** Every regular expression literal of the shipped code, by its place. */
function shippedPatterns(): [string, RegExp][] {
	const files = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => join(folder, file)),
	);
	return files.flatMap((file) => {
		const text = readFileSync(join(repository, file), 'utf8');
		return patternsOf(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
	});
}

function patternsOf(source: ts.SourceFile): [string, RegExp][] {
	const found: [string, RegExp][] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			const pattern = new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
			found.push([`${source.fileName} ${node.text}`, pattern]);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** Starts that bring a pattern to its repetitions, one of which it then sees for very long. */
const STARTS = ['', 'https://', '127', '+1', 'a', 'a@', 'a.', '={{ $json.a', 'contact id', 'a:a:'];
const UNITS = ['a', '0', ' ', '.', '-', '/', '@', ':', '*', '=', '+', '%', '\n', 'é', 'a.', 'a:'];
const ENDS = ['', 'a!', '\u0000'];

/** Texts that make a pattern with ambiguous repetitions try every way to match. */
function attacks({ source }: RegExp): string[] {
	const words = source.match(/[a-z]{4,}/gi) ?? [];
	const units = new Set([...UNITS, ...Array.from(source.replace(/\\./g, '')), ...words]);
	const texts: string[] = [];
	for (const start of [...STARTS, ...words]) {
		for (const unit of units) {
			const middle = unit.repeat(Math.ceil(LENGTH / unit.length));
			for (const end of ENDS) texts.push(start + middle + end);
		}
	}
	return texts;
}

/** The first attack that takes too long; V8 breaks off a pattern in a context with a time limit. */
function slowest(pattern: RegExp): string | undefined {
	const context = createContext({ pattern, text: '' });
	return attacks(pattern).find((text) => {
		context.text = text;
		try {
			runInContext("text.replace(pattern, '')", context, { timeout: LIMIT_MS });
			return false;
		} catch {
			return true;
		}
	});
}

describe('the patterns of the shipped code', () => {
	it.each(shippedPatterns())(
		'take hostile text of 50 kB in their stride: %s',
		(_place, pattern) => {
			expect(slowest(pattern)?.slice(0, 40)).toBeUndefined();
		},
	);

	it.each([/\/+$/, /^(a+)+$/, /(?:a|a)+!!/, /\s*,/])('would be found out: %s', (pattern) => {
		expect(slowest(pattern)).toBeDefined();
	});
});

const custom = (apiUrl: string) =>
	baseUrls({ environment: 'custom', loginUrl: 'https://login.example.com', apiUrl });
const failure = (apiMessage: string) => apiFailure({ httpCode: '400', apiMessage });

const readers: [string, (text: string) => unknown][] = [
	['a custom URL', (text) => custom(`https://api.example.com/${text}`)],
	['an environment', (environment) => baseUrls({ environment })],
	['a phone number', (text) => phoneNumber('To', text)],
	['an SMS sender', (text) => smsSender('From', text)],
	['a WhatsApp ID', (text) => whatsAppId('To', text)],
	['an e-mail address', (text) => emailAddress('To', text)],
	['an ID', (text) => idInPath('Message ID', text)],
	['template parameters', (text) => parametersFromJson(text)],
	['an answer', (text) => parseObject(text)],
	['a message of the API', (message) => errorFields(answer(400, { message, code: message }))],
	['a wait', (text) => retryAfterMs(answer(429, '', { 'retry-after': text }), 0)],
	['a secret', (text) => withoutSecrets(answer(400, text), [text, 'secret']).text],
	['a cursor', (nextUri) => deployments.nextPage({ nextUri }, '')],
	['a refusal', (text) => refineSendFailure(failure(text))],
	['a refusal of a message', (text) => refineMessage(failure(text))],
	['a missing permission', (text) => explain({ ...failure(text), reason: 'forbidden' })],
];

describe('what reads text', () => {
	it.each(readers)('is done with 50 kB in no time: %s', (_name, read) => {
		for (const unit of [...UNITS, '[', '{', '(', '"', '\\', '\\/', 'session ', 'contact id ']) {
			const text = unit.repeat(Math.ceil(LENGTH / unit.length));
			const startedAt = performance.now();
			for (const hostile of [text, `${text}!`, `{"${text}`, `+1${text}x`]) {
				try {
					read(hostile);
				} catch {
					// Refusing is fine, and quick.
				}
			}
			expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
		}
	});
});
