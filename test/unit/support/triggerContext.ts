import type {
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	ITriggerFunctions,
} from 'n8n-workflow';

import type { TriggerHost } from '../../../nodes/GenesysCloud/n8n/triggerListener';
import { StaticData } from '../../../nodes/GenesysCloud/n8n/triggerMemory';
import { NotificationWorld } from './notificationWorld';
import { QUEUE } from './playedConversation';

export const TRIGGER_NODE: INode = {
	...{ id: 'n', name: 'Trigger', type: 'n8n-nodes-genesys-cloud.genesysCloudTrigger' },
	...{ typeVersion: 1, position: [0, 0], parameters: {} },
};

let clients = 0;

export interface TriggerOptions {
	readonly world?: NotificationWorld;
	readonly parameters?: Readonly<Record<string, unknown>>;
	/** How n8n starts it. */
	readonly activation?: string;
	readonly store?: IDataObject;
	/** Of the process: a trigger that starts again in the same one has it. */
	readonly staticData?: StaticData;
	readonly nodeId?: string;
	readonly clientId?: string;
	/** Hosts before 2.41 have no `saveFailedExecution`. */
	readonly savesFailures?: boolean;
}

/** What answers in the place of Genesys Cloud: 200 with a page of its own. */
interface Portal {
	answers: (path: string) => boolean;
	page: string;
}

/** n8n's context of a trigger on a played Genesys Cloud. */
export function triggerContext(options: TriggerOptions = {}) {
	const { world = new NotificationWorld(), activation = 'activate', store = {} } = options;
	const {
		nodeId = 'node',
		clientId = `trigger-client-${++clients}`,
		savesFailures = true,
		staticData = new StaticData(),
	} = options;
	const node: INode = {
		id: nodeId,
		name: 'Genesys Cloud Trigger',
		type: 'n8n-nodes-genesys-cloud.genesysCloudTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const parameters: Readonly<Record<string, unknown>> = {
		event: 'customerMessage',
		queues: [QUEUE],
		fetchText: false,
		...options.parameters,
	};
	const emitted: { item: IDataObject; key: string | undefined }[] = [];
	const failures: Error[] = [];
	const login: { refused: boolean } = { refused: false };
	const portal: Portal = { answers: () => false, page: '<html>Sign in</html>' };
	const credential = {
		environment: 'mypurecloud.de',
		clientId,
		clientSecret: 'secret-of-the-client',
	};
	const context = {
		getNode: () => node,
		getWorkflow: () => ({ id: 'workflow' }),
		getMode: () => (activation === 'manual' ? 'manual' : 'trigger'),
		getActivationMode: () => activation,
		getWorkflowStaticData: () => store,
		getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
		getCredentials: async () => ({ ...credential }),
		logger: {
			info: (text: string) => world.log.push(text),
			warn: (text: string) => world.log.push(text),
			error: (text: string) => world.log.push(text),
		},
		emit: (data: INodeExecutionData[][], _response: unknown, _done: unknown, key?: string) => {
			emitted.push({ item: data[0]![0]!.json, key });
		},
		emitError: () => {
			throw new Error('must never be called');
		},
		...(savesFailures && { saveFailedExecution: (error: Error) => failures.push(error) }),
		helpers: {
			httpRequest: async (request: IHttpRequestOptions) =>
				await answer(world, request, { login, portal }),
		},
	};
	const host: TriggerHost = {
		hubs: world.hubs,
		staticData,
		newClock: () => world.time.clock(),
		hasWebSocket: true,
	};
	const trigger = context as unknown as ITriggerFunctions;
	return { context: trigger, host, world, emitted, failures, login, portal, store, credential };
}

async function answer(
	world: NotificationWorld,
	request: IHttpRequestOptions,
	{ login, portal }: { login: { refused: boolean }; portal: Portal },
) {
	const path = request.url.replace(/^https:\/\/[^/]+/, '');
	if (portal.answers(path)) return { statusCode: 200, headers: {}, body: portal.page };
	const json = (statusCode: number, body: unknown) => ({
		statusCode,
		headers: {},
		body: JSON.stringify(body),
	});
	if (path === '/oauth/token') {
		if (login.refused) {
			return json(400, { error: 'invalid_client', error_description: 'client not found' });
		}
		const lifeMs = world.channels.login(Infinity) - world.time.now;
		const access_token = `token-${world.channels.logins}-of-the-client`;
		return json(200, { access_token, expires_in: lifeMs / 1000 });
	}
	const result = await world.call({
		method: (request.method ?? 'GET') as 'GET',
		path,
		...(request.body !== undefined && { body: JSON.parse(request.body as string) as unknown[] }),
	});
	if (result.ok) return json(200, result.value);
	const { httpCode, reason } = result.failure;
	if (httpCode === undefined) throw Object.assign(new Error(reason), { code: 'ECONNREFUSED' });
	return json(Number(httpCode), { message: reason, code: reason, status: Number(httpCode) });
}
