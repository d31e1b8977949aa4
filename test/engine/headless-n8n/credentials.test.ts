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

	it('inherits the fields of the type that a type extends', async () => {
		await subject('probeKeyApi', { key: 'k1' }).run(withCredential('probeKeyApi'), {
			input: items('1'),
		});
		expect(probe.calls[0]).toMatchObject({ headers: { 'x-robot': 'key k1' } });
	});

	describe('with expressions', () => {
		const url = '={{ $json.n }}.test';
		const shown = async (show: string, fields: IDataObject) => {
			const details = { credentials: { probeApi: { id: 'c1', name: 'C' } } };
			const workflow = probe.workflow({ credential: 'probeApi', show }, details);
			const result = await subject('probeApi', fields).run(workflow, { input: items('a', 'b') });
			expect(result.error).toBeUndefined();
			return result.outputOf('Probe').map(({ json }) => json);
		};

		it('gives each item its own values', async () => {
			expect(await shown('resolved', { url, token: '={{ $itemIndex + 1 }}' })).toMatchObject([
				{ url: 'a.test', user: 'robot', secret: 's3cret', token: 1 },
				{ url: 'b.test', user: 'robot', secret: 's3cret', token: 2 },
			]);
		});

		it('gives the raw data as they were saved, without defaults', async () => {
			const raw = { url, secret: 's3cret' };
			expect(await shown('raw', { url })).toEqual([raw, raw]);
		});

		it('sends every request of the HTTP helper with the values of the first item', async () => {
			const fields = { token: '={{ $json.n }}' };
			const result = await subject('probeApi', fields).run(withCredential('probeApi'), {
				input: items('a', 'b'),
			});
			expect(result.error).toBeUndefined();
			const authorizations = probe.calls.map(({ headers: { authorization } }) => authorization);
			expect(authorizations).toEqual(['Bearer a', 'Bearer a']);
		});

		it('says that it was a credential whose expression failed', async () => {
			const workflow = withCredential('probeApi');
			const broken = subject('probeApi', { url: '={{ $json.n.none.such }}{{ $(1) }}' });
			const result = await broken.run(workflow, { input: items('a') });
			expect(result.error?.message).toContain('[Error resolving credentials]');
		});

		it('keeps an expression when preAuthentication returns its value of this time', async () => {
			probe.answer = server401;
			const saved = subject('probeApi', { user: '={{ "rob" + "ot" }}' });
			await saved.run(withCredential('probeApi'), { input: items('1') });
			expect(saved.savedCredential('c1')).toMatchObject({
				user: '={{ "rob" + "ot" }}',
				url: data().url,
				token: 'token-robot',
			});
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

	it('fails the credential test with the status text', async () => {
		probe.answer = ({ path }) => (path === '/login' ? { body: { token: 't' } } : { status: 404 });
		const result = await subject('probeApi').testCredential('c1');
		expect(result).toEqual({ status: 'Error', message: 'Not Found' });
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
