import { Container } from '@n8n/di';
import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type {
	ICredentialsHelper,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { UiMessage, WorkflowJson } from './types';

/** The address n8n has when nobody configures one; nothing here listens on it. */
const BASE_URL = 'http://localhost:5678';

function notAvailable(feature: string): () => never {
	return () => {
		throw new UserError(`${feature} are not available in this engine`);
	};
}

/** One execution of a workflow, before it runs. */
export interface Execution {
	executionId: string;
	workflow: WorkflowJson;
	/** Receives what nodes send to the editor. */
	uiMessages: UiMessage[];
	credentialsHelper: ICredentialsHelper;
}

interface ExecutionData extends Execution {
	mode: WorkflowExecuteMode;
	/** The execution that this one retries. */
	retryOf?: string;
}

function asSavedWorkflow({ id = '', name = '', ...workflow }: WorkflowJson): IWorkflowBase {
	const now = new Date();
	const dates = { createdAt: now, updatedAt: now };
	return {
		...workflow,
		...dates,
		id,
		name,
		active: false,
		isArchived: false,
		activeVersionId: null,
	};
}

/**
 * Makes what n8n hands to nodes besides the workflow, also outside of an execution: credentials,
 * addresses. Sub-workflows and code runners, which need more of n8n, throw when a node asks for them.
 */
export function createBaseData(
	{ id, settings }: Pick<WorkflowJson, 'id' | 'settings'>,
	credentialsHelper: ICredentialsHelper,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper,
		workflowId: id,
		workflowSettings: settings,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${BASE_URL}/rest`,
		instanceBaseUrl: `${BASE_URL}/`,
		formBaseUrl: `${BASE_URL}/form`,
		formWaitingBaseUrl: `${BASE_URL}/form-waiting`,
		formTestBaseUrl: `${BASE_URL}/form-test`,
		webhookBaseUrl: `${BASE_URL}/webhook`,
		webhookWaitingBaseUrl: `${BASE_URL}/webhook-waiting`,
		webhookTestBaseUrl: `${BASE_URL}/webhook-test`,
		mcpBaseUrl: `${BASE_URL}/mcp`,
		mcpTestBaseUrl: `${BASE_URL}/mcp-test`,
		logAiEvent: () => undefined,
		getRunExecutionData: () => Promise.resolve(undefined),
		getRuntimeCredential: () => Promise.resolve(undefined),
		executeWorkflow: notAvailable('Sub-workflows'),
		startRunnerTask: notAvailable('Task runners'),
	};
}

/** Makes what n8n hands to the nodes of one execution: the base, its ID, its hooks, the editor. */
export function createAdditionalData({
	executionId,
	mode,
	workflow,
	credentialsHelper,
	uiMessages,
	retryOf,
}: ExecutionData): IWorkflowExecuteAdditionalData {
	return {
		...createBaseData(workflow, credentialsHelper),
		executionId,
		hooks: new ExecutionLifecycleHooks(mode, executionId, asSavedWorkflow(workflow), retryOf),
		sendDataToUI: (type, data) => {
			uiMessages.push({ type, data });
		},
	};
}
