import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';

import { Container } from '@n8n/di';
import { InstanceSettings } from 'n8n-core';

import { onLog } from '../../../dev/headless-n8n';
import { chain, failing, items, startProbe } from '../support/probe';
import { node } from '../support/workflows';

const probe = startProbe();
const three = items('1', '2', '3');

describe('a run', () => {
	it('resolves expressions for each item and sends them in order', async () => {
		const result = await probe.engine().run(probe.workflow(), { input: three });
		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		expect(probe.messages()).toEqual(['1', '2', '3']);
		expect(result.outputOf('Probe').map(({ json }) => json)).toEqual([
			{ id: 'id-1' },
			{ id: 'id-2' },
			{ id: 'id-3' },
		]);
		expect(result.outputOf('Probe', 1)).toEqual([]);
		expect(result.hintsOf('Probe')).toEqual([{ message: '3 items done', location: 'outputPane' }]);
		expect(result.uiMessages).toEqual([]);
	});

	it('uses n8n outbound HTTP: its user agent, a connection for each call', async () => {
		await probe.engine().run(probe.workflow(), { input: items('1') });
		expect(probe.calls[0]?.headers).toMatchObject({ 'user-agent': 'n8n', connection: 'close' });
	});

	it('does not change the workflow that it was given', async () => {
		const workflow = probe.workflow();
		const before = structuredClone(workflow);
		await probe.engine().run(workflow, { input: three });
		expect(workflow).toEqual(before);
	});

	it('fails with the error of the node', async () => {
		probe.answer = failing('2');
		const result = await probe.engine().run(probe.workflow(), { input: three });
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ name: 'NodeApiError', httpCode: '500' });
		expect(probe.messages()).toEqual(['1', '2']);
	});

	it('fails before any call when a required parameter is missing', async () => {
		const result = await probe.engine().run(probe.workflow({ url: '' }), { input: three });
		expect(result.status).toBe('error');
		expect(result.error?.message).toContain('issues');
		expect(probe.calls).toEqual([]);
	});

	it('refuses an unknown node type', () => {
		const workflow = chain(node('Start', 'n8n-nodes-base.manualTrigger'), node('X', 'a.b'));
		expect(() => probe.engine().start(workflow)).toThrow(
			'No loaded package has the node type "a.b"',
		);
	});

	it('calls the trigger in manual mode, pins data, and shows messages in the editor', async () => {
		const workflow = { ...probe.workflow(), pinData: { Start: items('pinned') } };
		const pinned = await probe.engine().run(workflow, { mode: 'manual' });
		expect(probe.messages()).toEqual(['pinned']);
		expect(pinned.uiMessages).toEqual([
			{
				type: 'sendConsoleMessage',
				data: { source: '[Node: "Probe"]', messages: ['1 items'] },
			},
		]);
		const unpinned = await probe.engine().run(workflow, { mode: 'manual', pinData: false });
		expect(unpinned.outputOf('Start')).toHaveLength(1);
		await probe.engine().run(workflow, { mode: 'manual', input: items('given') });
		expect(probe.messages().at(-1)).toBe('given');
		const asTrigger = await probe.engine().run(workflow);
		expect(asTrigger.outputOf('Start')[0]?.json).toEqual({});
	});

	it('leaves no folder of n8n behind', () => {
		const { n8nFolder } = Container.get(InstanceSettings);
		expect(n8nFolder.startsWith(tmpdir())).toBe(true);
		expect(existsSync(dirname(n8nFolder))).toBe(false);
	});

	it('collects what nodes log', async () => {
		const lines: unknown[] = [];
		const stop = onLog(({ level, message, metadata }) => {
			lines.push([level, message, metadata]);
		});
		await probe.engine().run(probe.workflow(), { input: three });
		stop();
		const collected = lines.length;
		expect(lines).toContainEqual(['info', 'Probe starts', { items: 3 }]);
		await probe.engine().run(probe.workflow(), { input: three });
		expect(lines).toHaveLength(collected);
	});
});
