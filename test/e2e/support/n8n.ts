import { CREDENTIAL_TYPE } from '../../../dev/playground/n8n/paths';
import { RestClient } from '../../../dev/playground/n8n/restClient';
import { Execution, type StoredExecution } from './execution';
import { currentSuite, isBeforeN8n } from './suite';
import { until } from './until';
import type { NodeJson, NodeSettings, WorkflowJson } from './workflows';

/** A credential that n8n keeps, as a node refers to it. */
export interface CredentialReference {
	readonly id: string;
	readonly name: string;
}

/** The data of a Genesys Cloud credential. */
export type CredentialData = Readonly<Record<string, string>>;

/** n8n's verdict on a credential. */
interface CredentialVerdict {
	readonly status: 'OK' | 'Error';
	readonly message: string;
}

/** What n8n says of the triggers of a workflow. */
interface Publication {
	readonly status: string;
	readonly triggers: readonly { readonly errorMessage?: string | null }[];
}

/** The running n8n, as a person at the editor uses it. */
export class N8n {
	private constructor(readonly rest: RestClient) {}

	/** @returns the suite's n8n, logged in */
	static connect(): N8n {
		const { url, session } = currentSuite();
		return new N8n(new RestClient(url, session));
	}

	/** An n8n of a test's own, logged in. */
	static of(rest: RestClient): N8n {
		return new N8n(rest);
	}

	/** Saves a Genesys Cloud credential. */
	async saveCredential(name: string, data: CredentialData): Promise<CredentialReference> {
		const body = { name, type: CREDENTIAL_TYPE, data };
		const answer = await this.rest.call('POST', '/rest/credentials', body);
		const { id } = answer.data as { id: string };
		return { id, name };
	}

	/** Saves a credential form, which the editor tests at once. */
	async testCredential(data: CredentialData): Promise<CredentialVerdict> {
		const saved = await this.saveCredential('Form', data);
		const credentials = { ...saved, type: CREDENTIAL_TYPE, data };
		const answer = await this.rest.call('POST', '/rest/credentials/test', { credentials });
		return answer.data as CredentialVerdict;
	}

	/** Saves a workflow and returns its ID. */
	async saveWorkflow(workflow: WorkflowJson): Promise<string> {
		const answer = await this.rest.call('POST', '/rest/workflows', {
			...workflow,
			active: false,
		});
		return (answer.data as { id: string }).id;
	}

	/** Presses Execute, with the trigger of that name. */
	async start(workflowId: string, trigger = 'Start'): Promise<string> {
		const answer = await this.rest.call('POST', `/rest/workflows/${workflowId}/run`, {
			...(isBeforeN8n('2.30') && { workflowData: await this.workflow(workflowId) }),
			triggerToStartFrom: { name: trigger },
		});
		return (answer.data as { executionId: string }).executionId;
	}

	/** A workflow as the editor loads it. */
	private async workflow(workflowId: string): Promise<{ readonly versionId: string }> {
		const answer = await this.rest.call('GET', `/rest/workflows/${workflowId}`);
		return answer.data as { versionId: string };
	}

	/** Executes a new workflow and waits for its end. */
	async run(workflow: WorkflowJson, trigger?: string): Promise<Execution> {
		const workflowId = await this.saveWorkflow(workflow);
		return await this.ended(await this.start(workflowId, trigger));
	}

	/** Waits for the end of an execution. */
	async ended(executionId: string, timeoutMs?: number): Promise<Execution> {
		const look = async () => {
			const stored = await this.storedExecution(executionId);
			return stored && Execution.ended(stored);
		};
		return await until(`the end of execution ${executionId}`, look, timeoutMs);
	}

	/** An execution as it is now; n8n 2.20 cannot show one that has just begun. */
	async storedExecution(executionId: string): Promise<StoredExecution | undefined> {
		const answer = await this.rest.request('GET', `/rest/executions/${executionId}`);
		if (answer.status === 200) return answer.data as StoredExecution;
		if (answer.status === 500 && answer.text.includes('resultData')) return undefined;
		throw new Error(`n8n answered ${answer.status}: ${answer.text}`);
	}

	/** Changes the settings of a node, and saves the workflow. */
	async setUp(workflowId: string, name: string, settings: NodeSettings): Promise<void> {
		const answer = await this.rest.call('GET', `/rest/workflows/${workflowId}`);
		const { nodes, versionId } = answer.data as { nodes: NodeJson[]; versionId: string };
		const changed = nodes.map((node) => (node.name === name ? { ...node, ...settings } : node));
		await this.rest.call('PATCH', `/rest/workflows/${workflowId}`, { nodes: changed, versionId });
	}

	/** Presses Retry Execution, with the workflow as it was unless the saved one is wanted; waits for the end. */
	async retry(executionId: string, options = { loadWorkflow: false }): Promise<Execution> {
		const path = `/rest/executions/${executionId}/retry`;
		const answer = await this.rest.call('POST', path, options);
		return await this.ended((answer.data as { id: string }).id);
	}

	/** Presses Stop. */
	async stop(executionId: string): Promise<void> {
		await this.rest.call('POST', `/rest/executions/${executionId}/stop`);
	}

	/**
	 * Activates (publishes) a workflow, and waits until its triggers run.
	 *
	 * @throws Error with what the editor shows when a trigger does not start
	 */
	async activate(workflowId: string): Promise<void> {
		const { versionId } = await this.workflow(workflowId);
		await this.rest.call('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
		const { status, triggers } = await until(
			`the publication of ${workflowId}`,
			async () => await this.publication(workflowId),
		);
		if (status !== 'failed' && status !== 'partial') return;
		throw new Error(triggers.map(({ errorMessage }) => errorMessage ?? '').join(' '));
	}

	/** How a publication ended; n8n before 2.30 ends it within the call. */
	private async publication(workflowId: string): Promise<Publication | undefined> {
		const path = `/rest/workflows/${workflowId}/publication-status`;
		const answer = await this.rest.request('GET', path);
		if (answer.status !== 200) return { status: 'published', triggers: [] };
		const publication = answer.data as Publication;
		return publication.status === 'in_progress' ? undefined : publication;
	}

	/** Deactivates a workflow. */
	async deactivate(workflowId: string): Promise<void> {
		await this.rest.call('POST', `/rest/workflows/${workflowId}/deactivate`, {});
	}

	/** The ended executions of a workflow, oldest first. */
	async executionsOf(workflowId: string): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const answer = await this.rest.call('GET', `/rest/executions?filter=${filter}&limit=50`);
		const { results } = answer.data as { results: { id: string }[] };
		// One that ends between n8n's two queries is listed as running and as ended.
		const ids = new Set(results.map(({ id }) => id));
		const stored = await Promise.all([...ids].map(async (id) => await this.storedExecution(id)));
		return stored
			.map((execution) => execution && Execution.ended(execution))
			.filter((execution) => execution !== undefined)
			.sort((a, b) => Number(a.id) - Number(b.id));
	}

	/** What a node gave in an execution that waits for somebody; `undefined` as long as none waits. */
	async waitingOutput(
		workflowId: string,
		node: string,
	): Promise<Record<string, unknown> | undefined> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['waiting'] }));
		const answer = await this.rest.call('GET', `/rest/executions?filter=${filter}&limit=1`);
		const [waiting] = (answer.data as { results: { id: string }[] }).results;
		const stored = waiting && (await this.storedExecution(waiting.id));
		return stored && Execution.soFar(stored)?.json(node)[0];
	}

	/** Waits for so many ended executions of a workflow, oldest first. */
	async whenEnded(workflowId: string, count: number, timeoutMs?: number): Promise<Execution[]> {
		const look = async () => {
			const ended = await this.executionsOf(workflowId);
			return ended.length >= count && ended;
		};
		return await until(`${count} executions of ${workflowId}`, look, timeoutMs);
	}

	/** Calls a webhook of an activated workflow; n8n publishes it a moment after the activation. */
	async callWebhook(path: string, body: unknown): Promise<{ status: number; json: unknown }> {
		return await until(`the webhook ${path}`, async () => {
			const answer = await this.rest.request('POST', `/webhook/${path}`, body);
			const isMissing = answer.status === 404 && answer.text.includes('not registered');
			return !isMissing && { status: answer.status, json: parseJson(answer.text) };
		});
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
