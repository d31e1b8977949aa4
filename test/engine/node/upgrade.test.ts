import axios from 'axios';
import type { INode, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import type { Engine, RunResult, StoredCredential, WorkflowJson } from '../../../dev/headless-n8n';
import { createEngine } from '../../../dev/headless-n8n';
import { PackageNodeTypes } from '../../../dev/headless-n8n/packages';
import type { JournalEntry } from '../../../dev/simulator';
import { beds, builtPackage, type Bed } from '../support/bed';
import {
	matching,
	readSaved,
	releases,
	savedWith,
	type Expectation,
	type ExpectedRun,
} from '../support/savedWorkflows';
import { toolPackages } from '../support/toolPackages';

jest.setTimeout(20_000);

const openBed = beds();
const corpus = releases().flatMap((release) =>
	savedWith(release).map((name) => [release, name] as const),
);

/** An engine in which every credential that the workflow names points to the bed's simulator. */
async function engineFor({ nodes }: WorkflowJson, { credential }: Bed): Promise<Engine> {
	const ids = nodes.flatMap(({ credentials }) => credentials?.genesysCloudApi?.id ?? []);
	return createEngine({
		packages: [await builtPackage(), ...(await toolPackages())],
		credentials: Object.fromEntries(
			ids.map((id) => [id, credential] as [string, StoredCredential]),
		),
		deduplication: 'memory',
	});
}

async function openBedFor({ simulator, before = [] }: Expectation): Promise<Bed> {
	const bed = await openBed({ simulator });
	for (const [method, path, data] of before) {
		await axios.request({ method, url: `${bed.simulator.url}/simulator${path}`, data });
	}
	return bed;
}

function expectRun(result: RunResult, { status = 'success', outputs }: ExpectedRun) {
	if (status === 'success') expect(result.error).toBeUndefined();
	expect(result.status).toBe(status);
	for (const [node, expected] of Object.entries(outputs)) {
		const actual = expected.map((_items, index) =>
			result.outputOf(node, index).map(({ json }) => json),
		);
		expect({ [node]: actual }).toEqual({ [node]: matching(expected) });
	}
}

/** Runs a saved workflow as often as its expectation says. */
async function runAll(engine: Engine, workflow: WorkflowJson, runs: readonly ExpectedRun[]) {
	let last: RunResult | undefined;
	for (const run of runs) {
		const { mode = 'trigger', retry } = run;
		const input = run.input?.map((json) => ({ json }));
		last =
			retry && last
				? await engine.retry(last)
				: await engine.run(workflow, { mode, ...(input && { input }) });
		expectRun(last, run);
	}
}

/** What customers got, ordered by contact. */
function received({ simulator }: Bed): JournalEntry[] {
	return [...simulator.journal.all()].sort((one, other) =>
		one.contactId < other.contactId ? -1 : 1,
	);
}

/** Opens and saves a node's parameters as n8n's editor does. */
function afterEditing(node: INode, nodeTypes: PackageNodeTypes): INodeParameters | null {
	const { description } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	return NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters,
		true,
		false,
		node,
		description,
	);
}

describe.each(corpus)('a workflow saved with %s: %s', (release, name) => {
	const { workflow, expected } = readSaved(release, name);

	it('does what it did', async () => {
		const bed = await openBedFor(expected);
		await runAll(await engineFor(workflow, bed), workflow, expected.runs);
		expect(received(bed)).toEqual(matching(expected.journal));
		for (const [endpoint, calls] of Object.entries(expected.calls ?? {})) {
			expect({ endpoint, calls: bed.calls(endpoint) }).toEqual({ endpoint, calls });
		}
	});

	it('keeps every parameter when it is edited', async () => {
		const nodeTypes = new PackageNodeTypes([await builtPackage(), ...(await toolPackages())]);
		const own = workflow.nodes.filter(({ type }) => type.startsWith('n8n-nodes-genesys-cloud.'));
		for (const node of own) {
			expect(afterEditing(node, nodeTypes)).toEqual(matching(node.parameters));
		}
	});
});

describe('the saved workflows', () => {
	it('are there for 1.0.0, each with what is expected of it', () => {
		expect(releases()).toContain('1.0.0');
		expect(savedWith('1.0.0').length).toBeGreaterThanOrEqual(30);
	});
});
