import type { IDataObject } from 'n8n-workflow';

import type { WorkflowJson } from '../../../dev/headless-n8n';
import { items, startProbe, type Answer } from '../support/probe';

const probe = startProbe();
const three = items('1', '2', '3');

describe('credentials', () => {
	const data = (): IDataObject => ({
		url: '={{ $vars.none || "" }}' + probe.url,
		secret: 's3cret',
	});
	const withCredential = (type: string): WorkflowJson =>
		probe.workflow({ credential: type }, { credentials: { [type]: { id: 'c1', name: 'C' } } });
	const subject = (type: string, fields: IDataObject = {}) =>
		probe.engine({
			credentials: { c1: { name: 'C', type, data: { ...data(), ...fields } as never } },
		});
	const server401: Answer = ({ path, headers: { authorization }, body }) => {
		if (path === '/login') {
			return { body: { token: `token-${body.user ?? ''}` } };
		}
		return authorization === 'Bearer token-robot' ? {} : { status: 401 };
	};

	it('logs in once when the token is empty, and keeps the token', async () => {
		probe.answer = server401;
		const saved = subject('probeApi');
		const result = await saved.run(withCredential('probeApi'), { input: three });
		expect(result.error).toBeUndefined();
		expect(probe.calls.map(({ path }) => path)).toEqual(['/login', '/send', '/send', '/send']);
		expect(probe.calls[0]?.body).toEqual({ user: 'robot', secret: 's3cret' });
		expect(saved.savedCredential('c1')).toMatchObject({ ...data(), token: 'token-robot' });
	});

	it('logs in again after a 401', async () => {
		probe.answer = server401;
		const saved = subject('probeApi', { token: 'stale' });
		const result = await saved.run(withCredential('probeApi'), { input: items('1') });
		expect(result.status).toBe('success');
		expect(probe.calls.map(({ path }) => path)).toEqual(['/send', '/login', '/send']);
	});

	it('applies a generic authenticate with expressions and inherited fields', async () => {
		await subject('probeKeyApi', { key: 'k1' }).run(withCredential('probeKeyApi'), {
			input: items('1'),
		});
		expect(probe.calls[0]).toMatchObject({
			path: '/send?fixed=yes',
			headers: { 'x-robot': 'key k1' },
		});
	});

	it('fails for a credential that is not saved', async () => {
		const result = await probe.engine().run(withCredential('probeApi'), { input: three });
		expect(result.error?.message).toContain('does not exist');
	});

	it('passes the credential test', async () => {
		probe.answer = server401;
		const result = await subject('probeApi').testCredential('c1');
		expect(result).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(probe.calls.map(({ path }) => path)).toEqual(['/login', '/me']);
	});

	it.each([
		['the status text', { status: 404 }, 'Not Found'],
		['the rule for the status', { status: 403 }, 'Not allowed to look'],
		['the rule for the body', { body: { user: { locked: true } } }, 'The user is locked'],
	])('fails the credential test with %s', async (_case, reply, message) => {
		probe.answer = ({ path }) => (path === '/login' ? { body: { token: 't' } } : reply);
		const result = await subject('probeApi').testCredential('c1');
		expect(result).toEqual({ status: 'Error', message });
	});

	it('fails the credential test with the error code of the connection', async () => {
		const closed = { url: 'http://127.0.0.1:1', token: 't' };
		const result = await subject('probeApi', closed).testCredential('c1');
		expect(result).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
	});

	it('says when a type has no test', async () => {
		const result = await subject('probeKeyApi').testCredential('c1');
		expect(result).toEqual({
			status: 'Error',
			message: 'No testing function found for this credential.',
		});
	});
});
