import { explain, sentences } from '../../../nodes/GenesysCloud/failures/explain';
import type { Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { noAnswer } from '../../../nodes/GenesysCloud/api/noAnswer';
import { RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { ALL_REASONS, apiFailure, FORBIDDEN_WORDS } from '../support/failures';

const OPERATIONS = RESOURCES.flatMap(({ value, operations }) =>
	operations.map((operation) => ({ name: `${value}.${operation.value}`, operation })),
);

/** A remedy tells the user to do something. */
const SAYS_WHAT_TO_DO =
	/\b(?:check|correct|give|look|send|try|raise|choose|change|reach|ask|respect|use|set|remove)\b/i;

const textOf = (failure: Failure) => sentences(explain(failure));

describe.each([{ name: 'no operation', operation: undefined }, ...OPERATIONS])(
	'explain with $name',
	({ operation }) => {
		it.each(ALL_REASONS)('says what happened and what to do: %s', (reason) => {
			for (const call of ['send', 'read', 'token'] as const) {
				for (const delivered of ['no', 'unknown'] as const) {
					const failure = apiFailure({ reason, call, delivered });
					const { message, description } = explain(failure, operation?.explain);
					expect(message).toMatch(/^['A-Z].{10,}[^.]$/);
					expect(description).toMatch(SAYS_WHAT_TO_DO);
					expect(description).toMatch(/\.$/);
					expect(`${message} ${description}`).not.toMatch(FORBIDDEN_WORDS);
					expect(`${message} ${description}`).not.toMatch(/undefined|null|NaN|\[object/);
				}
			}
		});
	},
);

describe('explain', () => {
	it.each(['', '.'])("adds the API's own message%j and the correlation ID", (end) => {
		const apiMessage = `Value [x] is not valid${end}`;
		const failure = apiFailure({ apiMessage, correlationId: 'c-1' });
		expect(explain(failure).description).toMatch(
			/Genesys Cloud says: "Value \[x\] is not valid"\. Correlation ID: c-1\.$/,
		);
	});

	it('names the permissions that a 403 names, once each', () => {
		const apiMessage =
			'You are missing the following permission(s): [conversation:message:create, a:b:c, a:b:c]';
		const { message, description } = explain(apiFailure({ reason: 'forbidden', apiMessage }));
		const missing = 'conversation:message:create, a:b:c';
		expect(message).toBe(`The OAuth client is missing a permission: ${missing}`);
		expect(description).toContain(`a role that has ${missing},`);
	});

	it('does not take a clock time for a permission', () => {
		const apiMessage = 'You are not authorized since 10:20:30.';
		expect(explain(apiFailure({ reason: 'forbidden', apiMessage })).message).toBe(
			'The OAuth client may not do this (insufficient permissions)',
		);
	});

	it('says when to try again after a refusal for the rate', () => {
		const text = textOf(apiFailure({ reason: 'rateLimited', retryAfterMs: 3_600_001 }));
		expect(text).toContain('Try again in 3601 seconds');
		expect(text).toContain("'Max Wait (Seconds)'");
	});

	it.each(['serverError', 'network', 'timeout', 'unexpectedResponse'] as const)(
		'says of %s whether the message may have been delivered',
		(reason) => {
			const no = textOf(apiFailure({ reason, delivered: 'no' }));
			const unknown = textOf(apiFailure({ reason, delivered: 'unknown' }));
			const read = textOf(apiFailure({ reason, call: 'read' }));
			expect(no).toContain('The message was not delivered.');
			expect(unknown).toContain('The message may have been delivered');
			expect(read).toContain('Nothing was sent or changed.');
		},
	);

	it.each(ALL_REASONS)('says of %s, once, that the message may have been delivered', (reason) => {
		for (const call of ['send', 'read', 'token'] as const) {
			for (const { operation } of OPERATIONS) {
				const failure = apiFailure({ reason, call, delivered: 'unknown' });
				const { description } = explain(failure, operation.explain);
				expect(description.match(/may have (?:been )?delivered/g)).toHaveLength(1);
				expect(description).not.toMatch(/nothing was sent|was not delivered/i);
			}
		}
	});

	it.each([
		['neverConnected', 'ENOTFOUND', 'The host name was not found'],
		['neverConnected', 'EAI_AGAIN', 'The host name was not found'],
		['neverConnected', 'ECONNREFUSED', 'Check the network, proxy and firewall'],
		['interrupted', 'ECONNRESET', 'Check the network, proxy and firewall'],
		['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'The identity of the server could not be verified'],
		['tls', 'INVALID_CA', 'The identity of the server could not be verified'],
		['tls', 'EPROTO', 'No TLS connection came about'],
		['tls', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ask for a certificate'],
		['blocked', 'SsrfBlockedIpError', "n8n's network policy forbids this address"],
	] as const)('has its own remedy for the network: %s, %s', (kind, code, remedy) => {
		const text = textOf(noAnswer(kind, code));
		expect(text).toContain(remedy);
		// n8n replaces a text that holds the name of a network code by one of its own.
		expect(text).not.toContain(code);
	});

	it('says when a message may be sent that was outside its window', () => {
		const sendAfter = '2026-11-23T08:00:00.000+01:00';
		const failure = apiFailure({ reason: 'outsideSendWindow', sendAfter });
		expect(textOf(failure)).toContain(`Send it after ${sendAfter}`);
		expect(textOf(apiFailure({ reason: 'outsideSendWindow' }))).toContain('never opens');
	});

	it('says what all messages had in common before the run was stopped', () => {
		const common = apiFailure({ reason: 'forbidden' });
		const text = textOf(apiFailure({ reason: 'runStopped', common }));
		expect(text).toContain('The OAuth client may not do this (insufficient permissions)');
		expect(text).toContain("'Stop After Failures'");
		expect(textOf(apiFailure({ reason: 'runStopped' }))).toContain('The execution was stopped.');
	});

	it("says what is the matter with n8n's database, and whether the message was sent", () => {
		const input = { message: 'The key could not be looked up', remedy: 'It was not sent' };
		expect(textOf(apiFailure({ reason: 'keyStore', input }))).toBe(
			'The key could not be looked up. It was not sent.',
		);
		const unknown = apiFailure({ reason: 'keyStore', delivered: 'unknown' });
		expect(textOf(unknown)).toContain('may have been delivered');
	});

	it("prefers the operation's own words, and has general ones where it has none", () => {
		const own = ({ reason }: Failure) =>
			reason === 'notFound' ? { message: 'Own words', description: 'Do this.' } : undefined;
		expect(explain(apiFailure({ reason: 'notFound' }), own).message).toBe('Own words');
		expect(explain(apiFailure({ reason: 'conflict' }), own).message).toContain('(409)');
	});

	it('names the status of a server that could not process a request', () => {
		expect(textOf(apiFailure({ reason: 'serverError', httpCode: '504' }))).toContain('(504)');
	});

	it('tells the login URL from the API', () => {
		const failure = apiFailure({ reason: 'unexpectedResponse', call: 'token' });
		expect(explain(failure).message).toContain('login URL');
	});

	it('asks to check the region as well when the credentials are refused', () => {
		const { description } = explain(apiFailure({ reason: 'invalidCredentials', call: 'token' }));
		expect(description).toMatch(/client ID.*client secret.*environment.*wrong region/s);
	});

	it('says what is the matter with an input', () => {
		const input = { message: "'Message' is empty", remedy: 'Enter the text' };
		expect(explain(apiFailure({ reason: 'invalidInput', input }))).toEqual({
			message: "'Message' is empty",
			description: 'Enter the text.',
		});
	});

	it('says that an earlier run may have delivered the message, whatever the reason', () => {
		const failure = apiFailure({ reason: 'timeout', delivered: 'unknown', earlier: true });
		for (const { operation } of OPERATIONS) {
			expect(explain(failure, operation.explain).message).toContain(
				'An earlier try may have delivered',
			);
		}
	});
});
