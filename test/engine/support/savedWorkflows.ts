import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { IDataObject, WorkflowExecuteMode } from 'n8n-workflow';

import type { WorkflowJson } from '../../../dev/headless-n8n';
import type { Settings } from '../../../dev/simulator';

const FOLDER = path.join(__dirname, '../../fixtures/workflows');
const EXPECTED = '.expected.json';

/** Stands in an expectation for a text that differs from run to run, or that may be reworded. */
const ANY_TEXT = '<text>';

/** One execution of a saved workflow and what leaves its nodes. */
export interface ExpectedRun {
	/** JSON of the items that the trigger emits. */
	readonly input?: readonly IDataObject[];
	/** Default: as in production. */
	readonly mode?: WorkflowExecuteMode;
	/** Retry Execution of the run before, instead of a new execution. */
	readonly retry?: true;
	/** Default: `success`. */
	readonly status?: 'success' | 'error';
	/** By node: the JSON of the items of each output. */
	readonly outputs: Readonly<Record<string, readonly (readonly IDataObject[])[]>>;
}

/** What a saved workflow does, as its release did it. */
export interface Expectation {
	/** What the workflow shows. */
	readonly about: string;
	readonly simulator?: Partial<Settings>;
	/** Calls of the simulator's control API that are made first: method, path, body. */
	readonly before?: readonly (readonly [method: string, path: string, body: object])[];
	readonly runs: readonly ExpectedRun[];
	/** All that customers got, ordered by contact. */
	readonly journal: readonly IDataObject[];
	/** How many calls of an endpoint arrived. */
	readonly calls?: Readonly<Record<string, number>>;
}

/** A workflow that was saved with an earlier release. */
interface SavedWorkflow {
	readonly workflow: WorkflowJson;
	readonly expected: Expectation;
}

/** The releases that have saved workflows. */
export function releases(): string[] {
	return readdirSync(FOLDER).sort();
}

/** The names of the workflows that were saved with a release. */
export function savedWith(release: string): string[] {
	const files = readdirSync(path.join(FOLDER, release));
	return files.filter((file) => !file.endsWith(EXPECTED)).map((file) => path.parse(file).name);
}

/** Reads a saved workflow with what is expected of it. */
export function readSaved(release: string, name: string): SavedWorkflow {
	const read = (file: string): unknown =>
		JSON.parse(readFileSync(path.join(FOLDER, release, file), 'utf8'));
	return {
		workflow: read(`${name}.json`) as WorkflowJson,
		expected: read(name + EXPECTED) as Expectation,
	};
}

/**
 * Turns a stored expectation into one of Jest: objects may have further fields, lists have exactly
 * these entries, and `<text>` is any text.
 */
export function matching(expected: unknown): unknown {
	if (expected === ANY_TEXT) return expect.any(String);
	if (Array.isArray(expected)) return expected.map(matching);
	if (typeof expected !== 'object' || expected === null) return expected;
	const fields = Object.entries(expected).map(([name, value]) => [name, matching(value)]);
	return expect.objectContaining(Object.fromEntries(fields) as object);
}
