import { classifyAnswer } from '../../../nodes/GenesysCloud/api/answer';
import { answer } from '../support/http';

const NOW = Date.UTC(2026, 10, 22, 12);

describe('a refusal that has a number for its code', () => {
	it.each([
		['the status', { code: '404', message: 'Not Found' }],
		['a number of the gateway', { code: '900901', message: 'Invalid', description: 'No.' }],
		['nothing', { code: '', message: 'Not Found' }],
		['blanks around it', { code: ' 404 ', message: 'Not Found' }],
	])('is of a gateway and proves nothing: %s', (_what, body) => {
		const failure = classifyAnswer(answer(404, body), NOW);
		expect(failure).toMatchObject({ reason: 'notFound', delivered: 'unknown' });
	});

	it.each([
		['with the context of the call', { code: '404', message: 'Not Found', contextId: 'c-1' }],
		['that has words as well', { code: 'error.404', message: 'Not Found' }],
	])("is Genesys Cloud's own %s", (_what, body) => {
		expect(classifyAnswer(answer(404, body), NOW)).toMatchObject({ delivered: 'no' });
	});
});

describe('a refusal that tells another status than it has', () => {
	it.each([502, '502', 'error', 'fail', true, ''])('proves nothing: %j', (status) => {
		const body = { message: 'No.', code: 'bad.gateway', status };
		expect(classifyAnswer(answer(400, body), NOW)).toMatchObject({ delivered: 'unknown' });
	});

	it.each([400, '400', null, undefined])("is Genesys Cloud's own with %j", (status) => {
		const body = { message: 'No.', code: 'bad.request', status };
		expect(classifyAnswer(answer(400, body), NOW)).toMatchObject({ delivered: 'no' });
	});
});

describe('a correlation ID', () => {
	it('counts once when a proxy repeats it', () => {
		const headers = { 'inin-correlation-id': 'c-1, c-1' };
		expect(classifyAnswer(answer(500, '', headers), NOW)).toMatchObject({ correlationId: 'c-1' });
	});
});

describe('a status that HTTP does not have', () => {
	it.each([600, 700, 999])('is never tried again, and proves nothing: %i', (status) => {
		const body = { message: 'No.', code: 'bad.request', status };
		expect(classifyAnswer(answer(status, body), NOW)).toMatchObject({
			...{ reason: 'unexpectedResponse', delivered: 'unknown', transient: false },
			httpCode: String(status),
		});
	});
});
