import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	createEngine,
	type ActivationMode,
	type ActiveWorkflow,
	type WorkflowDatabase,
	type WorkflowJson,
} from '../../../dev/headless-n8n';
import { SEEDED, type EventKind, type OAuthClient } from '../../../dev/simulator';
import { builtPackage, credentialOf } from '../../engine/support/bed';
import { CREDENTIAL_ID, node } from '../../engine/support/workflows';
import type { Told } from './judge';
import { factOf, TOPIC } from './script';
import { EVENTS, type Fact } from './types';

const TRIGGER = 'n8n-nodes-genesys-cloud.genesysCloudTrigger';

/** What the triggers run on. */
interface TriggerPlace {
	/** The simulator's. */
	readonly url: string;
	readonly client: OAuthClient;
	/** What n8n keeps when it is stopped. */
	readonly database: WorkflowDatabase;
}

/** One published workflow for each event; they share the connection of their OAuth client. */
export class Triggers {
	private readonly emitted: ActiveWorkflow[] = [];
	private active: ActiveWorkflow[] = [];

	constructor(private readonly place: TriggerPlace) {}

	/** What was told since the first start, of every event in order. */
	get told(): readonly Told[] {
		return this.emitted.flatMap(({ emits }) =>
			emits.flatMap(({ output }) => output.flat().map(({ json }) => toldOf(json))),
		);
	}

	/** How often n8n was asked to close a trigger. */
	get errors(): number {
		return this.emitted.reduce((sum, { errors }) => sum + errors.length, 0);
	}

	/** Whether the latest event of a kind came live. */
	lastSource(event: EventKind): Told['source'] | undefined {
		return this.told.filter((told) => told.event === event).at(-1)?.source;
	}

	/** Starts n8n with these workflows, or publishes them. */
	async activate(activation: ActivationMode): Promise<void> {
		const { url, client, database } = this.place;
		const engine = createEngine({
			packages: [await builtPackage()],
			credentials: { [CREDENTIAL_ID]: credentialOf(url, client) },
			database,
		});
		this.active = await Promise.all(
			EVENTS.map(async (event) => await engine.activate(workflowOf(event), { activation })),
		);
		this.emitted.push(...this.active);
	}

	async deactivate(): Promise<void> {
		await Promise.all(this.active.map(async (workflow) => await workflow.deactivate()));
	}
}

function workflowOf(event: EventKind): WorkflowJson {
	const parameters: INodeParameters = {
		event,
		queues: [SEEDED.queueId],
		deployments: [SEEDED.deploymentId],
		topic: { __rl: true, mode: 'id', value: TOPIC },
		fetchText: event === 'customerMessage',
	};
	const trigger = node('Trigger', TRIGGER, {
		parameters,
		credentials: { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Genesys Cloud' } },
	});
	return { id: `on-${event}`, name: event, nodes: [trigger], connections: {} };
}

function toldOf(json: IDataObject): Told {
	const { event, conversationId, messageId, status, source, raw } = json as IDataObject &
		Record<'event' | 'conversationId' | 'messageId' | 'status', string>;
	const { eventBody } = (raw ?? {}) as { eventBody?: { number?: number } };
	const fact: Fact =
		event === 'topic'
			? { event: 'topic', id: String(eventBody?.number) }
			: factOf({ event: event as EventKind, conversationId, messageId, status });
	return { ...fact, source: source as Told['source'] };
}
