import { classifyAnswer, unexpectedAnswer } from '../../../nodes/GenesysCloud/api/answer';
import { parseObject } from '../../../nodes/GenesysCloud/api/json';
import { ownWords } from '../../../nodes/GenesysCloud/api/ownWords';
import { baseUrls } from '../../../nodes/GenesysCloud/api/environment';
import { Redactor } from '../../../nodes/GenesysCloud/api/redact';
import { explain } from '../../../nodes/GenesysCloud/failures/explain';
import { InputError } from '../../../nodes/GenesysCloud/failures/failure';
import { RESOURCES } from '../../../nodes/GenesysCloud/resources';
import {
	emailAddress,
	phoneNumber,
	smsSender,
	whatsAppId,
} from '../../../nodes/GenesysCloud/resources/addresses';
import { deployments } from '../../../nodes/GenesysCloud/listSearch/lists';
import { parametersFromJson } from '../../../nodes/GenesysCloud/resources/message/send/templateParameters';
import { idInPath } from '../../../nodes/GenesysCloud/resources/parameters';
import { answer } from '../support/http';

/** Long enough that a pattern which begins anew at each character would need seconds. */
const LENGTH = 50_000;
/** Ample: what takes linear time needs a few milliseconds of the processor. */
const LIMIT_MS = 250;

/** The time that this process has worked, in ms: other processes do not count. */
const workedMs = () => process.cpuUsage().user / 1_000;

const PIECES = [
	...['a', '0', ' ', '/', '.', '-', '+', '@', 'a.', '.a', 'a@', '\\', '\\u00', '\\u0041', '"', '{'],
	...['a:', 'a:b:', 'session ', 'contact id ', 'opted ', 'expired', 'GMT ', '00:00:00', '?', '%'],
	...['\r\n', '\u0000', '\u200b', '\ud83d\ude00', '\ud800', '(', '*', '_', 'api.', 'https://', '['],
] as const;

/** Texts that repeat a piece, alone and between others that let a pattern begin and fail late. */
const longTexts = (piece: string) => {
	const many = piece.repeat(LENGTH / piece.length);
	return [
		many,
		`${many}!`,
		`https://h/${many}x`,
		`a@${many}!`,
		`+1${many}`,
		`{"message":"${many}"}`,
	];
};

const ignoringInputErrors = (act: () => unknown) => {
	try {
		act();
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
	}
};

const OPERATIONS = RESOURCES.flatMap(({ operations }) => operations);

/** A conflict is read by the patterns of a bad request. */
const explainAll = (text: string) => {
	const body = { message: text, code: text };
	const failure = { ...classifyAnswer(answer(400, body), 0), ownWords: text };
	for (const reason of ['badRequest', 'forbidden', 'notFound'] as const) {
		for (const { kind: call, recognise, explain: own } of OPERATIONS) {
			const general = { ...failure, call, reason };
			explain(recognise?.(general) ?? general, own);
		}
	}
};

const readers: Record<string, (text: string) => unknown> = {
	parseObject,
	unexpectedAnswer: (text) => unexpectedAnswer(answer(400, text, { 'inin-correlation-id': text })),
	// A message is cut before it is read.
	ownWords: (text) => ownWords(text.slice(0, 500), { message: text, ids: [text.slice(7)] }),
	retryAfter: (text) => classifyAnswer(answer(429, text, { 'retry-after': text }), 0),
	redacted: (text) => new Redactor(['secret-of-the-client', 'a', '\\']).answer(text),
	environment: (text) => baseUrls({ environment: text }),
	customUrl: (text) => baseUrls({ environment: 'custom', loginUrl: text, apiUrl: text }),
	phoneNumber: (text) => phoneNumber('To', text),
	whatsAppId: (text) => whatsAppId('To', text),
	smsSender: (text) => smsSender('From', text),
	emailAddress: (text) => emailAddress('To', text),
	idInPath: (text) => idInPath('ID', text),
	templateParameters: (text) => parametersFromJson(text),
	cursor: (text) => deployments.nextPage({ nextUri: text }, ''),
	explain: explainAll,
};

describe.each(Object.entries(readers))('%s', (_name, read) => {
	it.each(PIECES)('reads 50,000 characters of %j in no time', (piece) => {
		for (const text of longTexts(piece)) {
			const before = workedMs();
			ignoringInputErrors(() => read(text));
			expect(workedMs() - before).toBeLessThan(LIMIT_MS);
		}
	});
});
