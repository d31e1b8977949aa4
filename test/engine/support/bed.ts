import { randomUUID } from 'node:crypto';
import path from 'node:path';

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type {
	Engine,
	EngineOptions,
	LoadedPackage,
	RunningExecution,
	RunResult,
	StoredCredential,
} from '../../../dev/headless-n8n';
import { createEngine, loadPackage } from '../../../dev/headless-n8n';
import type { Fault, OAuthClient, Simulator, SimulatorOptions } from '../../../dev/simulator';
import { startSimulator } from '../../../dev/simulator';
import { startSecurely } from '../../support/secure';
import { CREDENTIAL_ID, sendWorkflow, type NodeSettings } from './workflows';

const SEND_ENDPOINT = 'POST /api/v2/webchat/messaging';

/** What a test wants otherwise than usual. */
export interface BedOptions {
	readonly simulator?: Omit<SimulatorOptions, 'clients' | 'tls'>;
	/** Serves over plain HTTP: the node has other rules there. */
	readonly plain?: boolean;
	/** Fields of the credential that replace those of the simulator. */
	readonly credential?: IDataObject;
	/** What the OAuth client may do; `false`: nothing that needs a permission. Default: everything. */
	readonly permissions?: boolean | string[];
	/** Where the engine keeps the keys of Send Once Key. Default: nowhere. */
	readonly deduplication?: EngineOptions['deduplication'];
	/** Packages beside the one under test. */
	readonly packages?: LoadedPackage[];
	/** Faults that are planned from the start. */
	readonly faults?: readonly Fault[];
}

/** A simulated Genesys Cloud and an engine whose saved credential points to it. */
export class Bed {
	constructor(
		readonly simulator: Simulator,
		readonly engine: Engine,
		readonly client: Required<OAuthClient>,
		/** The saved credential that points to the simulator. */
		readonly credential: StoredCredential,
	) {}

	/** How many calls of an endpoint arrived, such as `GET /api/v2/tokens/me`. */
	calls(endpoint: string): number {
		return this.simulator.stats.of(endpoint).calls;
	}

	/** How many send calls arrived, refused ones included. */
	get sendCalls(): number {
		return this.simulator.stats.of(SEND_ENDPOINT).calls;
	}

	/** How many send calls have no answer yet. */
	get sendsInFlight(): number {
		return this.simulator.stats.of(SEND_ENDPOINT).inFlight;
	}

	/** How many send calls were answered with a status. */
	answered(status: number): number {
		return this.simulator.stats.of(SEND_ENDPOINT).statuses[status] ?? 0;
	}

	/** The contacts that really got a message, sorted; one that got two is there twice. */
	reached(): string[] {
		return this.simulator.journal
			.all()
			.map(({ contactId }) => contactId)
			.sort();
	}

	/** Starts an execution of trigger → node under test. */
	start(
		input: INodeExecutionData[],
		parameters?: IDataObject,
		settings?: NodeSettings,
	): RunningExecution {
		return this.engine.start(sendWorkflow(parameters, settings), { input });
	}

	/** Runs an execution of trigger → node under test to its end. */
	async run(
		input: INodeExecutionData[],
		parameters?: IDataObject,
		settings?: NodeSettings,
	): Promise<RunResult> {
		return await this.start(input, parameters, settings).result;
	}
}

let packageUnderTest: Promise<LoadedPackage> | undefined;

/** The built package, loaded from the repository's root as n8n loads an installed one. */
export async function builtPackage(): Promise<LoadedPackage> {
	packageUnderTest ??= loadPackage(path.join(__dirname, '../../..'));
	return await packageUnderTest;
}

/** A saved credential that points to a server. */
export function credentialOf(
	url: string,
	{ clientId, clientSecret }: OAuthClient,
	fields: IDataObject = {},
): StoredCredential {
	const urls = { environment: 'custom', loginUrl: url, apiUrl: url };
	const data = { ...urls, clientId, clientSecret, ...fields };
	return { name: 'Genesys Cloud', type: 'genesysCloudApi', data: data as never };
}

/** An engine with the built package and a saved credential. */
export async function engineWith(
	credential: StoredCredential,
	{ packages = [], ...options }: Partial<EngineOptions> = {},
): Promise<Engine> {
	return createEngine({
		packages: [await builtPackage(), ...packages],
		credentials: { [CREDENTIAL_ID]: credential },
		...options,
	});
}

/**
 * Prepares a test file to open beds; those of a test are closed after it. Each bed has an OAuth
 * client of its own, because the node shares its access tokens within the process.
 *
 * @returns opens a bed; unknown contacts are reachable unless the options say otherwise
 */
export function beds(): (options?: BedOptions) => Promise<Bed> {
	const open: Simulator[] = [];
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (simulator) => await simulator.stop()));
	});
	return async (options = {}) => {
		const { simulator: settings, credential, permissions, packages, faults } = options;
		const clientId = `client-${randomUUID()}`;
		const clientSecret = `secret-${randomUUID()}`;
		const client = { clientId, clientSecret, permissions: permissions ?? true };
		const clients = [client];
		const start = options.plain ? startSimulator : startSecurely;
		const simulator = await start({ unknownContacts: 'accept', ...settings, clients });
		open.push(simulator);
		for (const fault of faults ?? []) simulator.faults.add(fault);
		const saved = credentialOf(simulator.url, client, credential);
		const engine = await engineWith(saved, {
			packages,
			...(options.deduplication && { deduplication: options.deduplication }),
		});
		return new Bed(simulator, engine, client, saved);
	};
}
