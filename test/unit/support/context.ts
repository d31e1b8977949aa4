import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';

import type { ExecutionContext } from '../../../nodes/GenesysCloud/n8n/host';
import type { ParameterSource } from '../../../nodes/GenesysCloud/resources/parameters';
import { SECRET } from './credentials';

export const NODE: INode = {
	id: 'n',
	name: 'Genesys Cloud',
	type: 'n8n-nodes-genesys-cloud.genesysCloud',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

type Parameters = Readonly<Record<string, unknown>>;

/** A value, or one for each item; a function may also throw, like an expression of n8n. */
const valueFor = (value: unknown, itemIndex: number): unknown =>
	typeof value === 'function' ? (value as (index: number) => unknown)(itemIndex) : value;

const EXPRESSION = '={{ $itemIndex }}';

/** A parameter, or a field of a collection, with its expressions unresolved. */
function rawOf(value: unknown, path: readonly string[]): unknown {
	if (typeof value === 'function') return EXPRESSION;
	const [name, ...rest] = path;
	if (name !== undefined) return rawOf((value as IDataObject | undefined)?.[name], rest);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rawOf(inner, [])]));
}

/** A collection, with the expressions in it resolved for the item. */
function resolved(value: unknown, itemIndex: number): unknown {
	const own = valueFor(value, itemIndex);
	if (typeof own !== 'object' || own === null || Array.isArray(own)) return own;
	return Object.fromEntries(
		Object.entries(own).map(([key, inner]) => [key, resolved(inner, itemIndex)]),
	);
}

/** Reads parameters as n8n does: by path, and with the fallback for those that are not there. */
export function parametersOf(parameters: Parameters): ParameterSource {
	return {
		getNodeParameter: (name, itemIndex, fallback, options) => {
			const [first = '', ...rest] = name.split('.');
			// A value for each item stands for an expression.
			if (options?.rawExpressions) return rawOf(parameters[first], rest) ?? fallback;
			// Only what is asked for is resolved.
			const value = rest.reduce<unknown>(
				(outer, key) => (valueFor(outer, itemIndex) as IDataObject | undefined)?.[key],
				parameters[first],
			);
			return value === undefined ? fallback : resolved(value, itemIndex);
		},
	};
}

/** An answer as n8n's request helper gives it. */
export interface HelperAnswer {
	readonly statusCode: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
}

export interface ContextOptions {
	readonly parameters?: Parameters;
	readonly items?: readonly IDataObject[];
	readonly continues?: boolean;
	readonly credentials?: ICredentialDataDecryptedObject | Error;
	/** Answers the API's calls; the token endpoint always gives a token. */
	readonly api?: (body: IDataObject, call: number) => HelperAnswer | Promise<HelperAnswer>;
	readonly store?: IDataObject;
	readonly overrides?: Partial<ExecutionContext>;
	readonly helpers?: Partial<ExecutionContext['helpers']>;
}

let client = 0;

/** n8n's execution context, with an API that is played by the test. */
export function executionContext(options: ContextOptions = {}) {
	const { items = [{}], continues = false, store = {}, helpers, overrides } = options;
	const { api = ({ message }) => ({ statusCode: 200, body: { id: `id-${message as string}` } }) } =
		options;
	// Each context is another OAuth client: tokens are shared by all executions of the process.
	const credentials = options.credentials ?? {
		environment: 'mypurecloud.de',
		clientId: `client-${++client}`,
		clientSecret: SECRET,
		scope: 'webchat:messaging',
	};
	const calls: IHttpRequestOptions[] = [];
	const hints: IDataObject[] = [];
	const stop = new AbortController();
	const staticData: IDataObject = {};
	const log = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() };
	const parameters = {
		resource: 'webMessage',
		operation: 'send',
		contactId: (index: number) => `contact-${index}`,
		senderType: 'bot',
		message: (index: number) => `message-${index}`,
		...options.parameters,
	};
	const fake = {
		...parametersOf(parameters),
		getInputData: () => items.map((json): INodeExecutionData => ({ json })),
		continueOnFail: () => continues,
		getNode: () => NODE,
		getContext: (type: string) => {
			if (type !== 'node') throw new Error(`The context type "${type}" is not known`);
			return store;
		},
		getExecutionId: () => 'e-1',
		getMode: () => 'manual',
		getWorkflow: () => ({ id: 'w-1', active: true }),
		getWorkflowStaticData: () => staticData,
		getTimezone: () => 'UTC',
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getExecutionCancelSignal: () => stop.signal,
		addExecutionHints: (...added: IDataObject[]) => hints.push(...added),
		sendMessageToUI: jest.fn(),
		logger: log,
		getCredentials: async () => {
			if (credentials instanceof Error) throw credentials;
			return credentials;
		},
		helpers: {
			httpRequest: async (request: IHttpRequestOptions) => {
				if (request.url.endsWith('/oauth/token')) {
					return {
						statusCode: 200,
						headers: {},
						body: '{"access_token":"token-1","expires_in":300}',
					};
				}
				calls.push(request);
				const body = JSON.parse((request.body ?? '{}') as string) as IDataObject;
				return { headers: {}, body: '', ...(await api(body, calls.length)) };
			},
			...helpers,
		},
		...overrides,
	};
	return {
		context: fake as unknown as ExecutionContext,
		calls,
		hints,
		store,
		log,
		stop,
		sent: () => calls.map(({ body }) => (JSON.parse(body as string) as IDataObject).message),
	};
}
