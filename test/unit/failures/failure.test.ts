import {
	failed,
	InputError,
	inputFailure,
	isStopped,
	isUnreachable,
	keyStoreFailure,
	STOPPED,
	succeeded,
} from '../../../nodes/GenesysCloud/failures/failure';
import { ALL_REASONS, apiFailure } from '../support/failures';

describe('a result', () => {
	it('holds a value or a failure', () => {
		expect(succeeded(7)).toEqual({ ok: true, value: 7 });
		expect(failed(STOPPED)).toEqual({ ok: false, failure: STOPPED });
	});
});

describe('the end of an execution', () => {
	it('is no call, and certainly nothing sent', () => {
		expect(STOPPED).toEqual({
			reason: 'runStopped',
			delivered: 'no',
			transient: false,
			notCalled: true,
		});
		expect(isStopped(STOPPED)).toBe(true);
	});

	it('is not a run that is stopped for what its messages had in common', () => {
		expect(isStopped({ ...STOPPED, common: apiFailure() })).toBe(false);
		expect(isStopped(apiFailure())).toBe(false);
	});
});

describe('a customer who cannot be reached', () => {
	it('is meant by four reasons and no other', () => {
		const unreachable = ALL_REASONS.filter((reason) => isUnreachable(apiFailure({ reason })));
		expect(unreachable.sort()).toEqual([
			...['contactNotFound', 'optedOut', 'outsideSendWindow', 'sessionExpired'],
		]);
	});
});

describe('an input that cannot be used', () => {
	const NOT_SENT = { reason: 'invalidInput', delivered: 'no', transient: false };

	it('names its field, what is the matter and what to do', () => {
		const error = new InputError('Message', 'is empty', 'Enter the text');
		expect([error.name, error.field, error.message]).toEqual([
			...['InputError', 'Message', "'Message' is empty"],
		]);
		expect(inputFailure(error)).toEqual({
			...NOT_SENT,
			input: { message: "'Message' is empty", remedy: 'Enter the text' },
		});
	});

	it.each([
		[new Error('Referenced node is unexecuted'), 'Referenced node is unexecuted'],
		['thrown', 'A value cannot be read'],
		[undefined, 'A value cannot be read'],
	])('may be an expression that throws: %p', (thrown, message) => {
		expect(inputFailure(thrown)).toEqual({
			...NOT_SENT,
			input: { message, remedy: 'Check the expressions of this node and its credential' },
		});
	});
});

describe("a key that n8n's database could not look up", () => {
	it.each([
		[new Error('SQLITE_BUSY: database is locked'), /database: SQLITE_BUSY: database is locked$/],
		['thrown', /in n8n's database$/],
	])('keeps its message from being sent, and says so: %p', (thrown, text) => {
		const failure = keyStoreFailure(thrown);
		expect(failure).toMatchObject({ reason: 'keyStore', delivered: 'no', transient: false });
		expect(failure.input?.message).toMatch(text);
		expect(failure.input?.remedy).toContain('The message was not sent');
	});
});
