import type {
	IDataObject,
	INodeExecutionData,
	ITriggerFunctions,
	ITriggerResponse,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import type { EventItem } from '../events/teller';
import { inputFailure } from '../failures/failure';
import type { News } from '../notifications/types';
import {
	Incidents,
	noWebSocketError,
	problemIn,
	testOutageError,
	triggerError,
	unknownTargetError,
} from './triggerErrors';
import {
	listen,
	listenLater,
	ownerOf,
	PROCESS,
	type Listener,
	type ListenerMemory,
	type ListenerOptions,
	type TriggerHost,
} from './triggerListener';
import { TriggerMemory } from './triggerMemory';
import { findUnknownTarget, readTriggerSettings, type TriggerSettings } from './triggerSettings';

/** How long an activation waits for the connection, in ms, after some seconds for the credential: n8n waits for it. */
const CHECK_MS = 6_000;

/** When a person has just published and looks at the outcome. n8n's own restarts have other modes. */
const LOOKING: ReadonlySet<string> = new Set(['activate', 'create']);

/** What a manual test knows of earlier events. */
const NOTHING_KNOWN: ListenerMemory = {
	since: () => undefined,
	has: () => false,
	add: () => undefined,
	begins: () => undefined,
};

/** Starts of any trigger in this process. */
let starts = 0;

/**
 * Runs the trigger of a published workflow, or prepares its manual test.
 *
 * An outage never fails it: it goes on in the background and comes back by itself. It throws only what a
 * person must mend, and only while a person is looking.
 *
 * @throws NodeOperationError or NodeApiError that says what to do
 */
export async function runTrigger(
	context: ITriggerFunctions,
	host: TriggerHost = PROCESS,
): Promise<ITriggerResponse> {
	const order = ++starts;
	if (!host.hasWebSocket) throw noWebSocketError(context.getNode());
	const settings = settingsOf(context);
	return context.getMode() === 'manual'
		? manualTest(context, settings, host, order)
		: await published(context, settings, host, order);
}

function settingsOf(context: ITriggerFunctions): TriggerSettings {
	try {
		return readTriggerSettings(context);
	} catch (error) {
		throw triggerError(context.getNode(), inputFailure(error));
	}
}

async function published(
	context: ITriggerFunctions,
	settings: TriggerSettings,
	host: TriggerHost,
	order: number,
): Promise<ITriggerResponse> {
	const mode = context.getActivationMode();
	const looking = LOOKING.has(mode);
	const { staticData } = host;
	const clock = host.newClock();
	const owner = ownerOf(context).join(' ');
	// A trigger that was switched off in a published workflow, and is switched on again, counts from now.
	const resumes = !looking && !(mode === 'update' && staticData.wasOff(owner, clock.now()));
	const store = staticData.of(owner, context.getWorkflowStaticData('node'));
	const first = firstNews();
	let memory: TriggerMemory | undefined;
	const incidents = new Incidents(context, settings.topics);
	const options: ListenerOptions = {
		host,
		order,
		manual: false,
		memoryFor: (names, now) => (memory = new TriggerMemory(store, names, resumes, now)),
		emit: (item, key, receivedUntil) => {
			memory?.receivedUntil(receivedUntil);
			context.emit(itemsOf(item), undefined, undefined, key);
		},
		hear: (news) => {
			first.hear(news);
			incidents.hear(news);
		},
	};
	const listening = await listen(context, settings, options);
	if (!listening.ok && looking) throw triggerError(context.getNode(), listening.failure);
	if (listening.ok && looking) {
		const listener = listening.value;
		const check = problemOf(context, settings, listener, first.news);
		const problem = await listener.clock.within(check, CHECK_MS);
		if (problem) {
			listener.close();
			throw problem;
		}
	}
	incidents.start();
	const listener = listening.ok
		? listening.value
		: listenLater(context, settings, options, listening.failure);
	return {
		closeFunction: async () => {
			listener.close();
			staticData.end(owner, store, clock.now());
		},
	};
}

/** Connects only when n8n waits for the event: before that it takes none. Its first event is the result. */
function manualTest(
	context: ITriggerFunctions,
	settings: TriggerSettings,
	host: TriggerHost,
	order: number,
): ITriggerResponse {
	let listener: Listener | undefined;
	let settle: (problem?: Error) => void = () => undefined;
	let isOver = false;
	const over = new Promise<Error | undefined>((resolve) => (settle = resolve));
	const end = (problem?: Error) => {
		isOver = true;
		listener?.close();
		settle(problem);
	};
	const test = async () => {
		const first = firstNews();
		const listening = await listen(context, settings, {
			host,
			order,
			manual: true,
			memoryFor: () => NOTHING_KNOWN,
			emit: (item) => {
				if (isOver) return;
				context.emit(itemsOf(item));
				end();
			},
			hear: (news) => {
				first.hear(news);
				const node = context.getNode();
				const problem = problemIn(node, news, settings.topics) ?? testOutageError(node, news);
				if (problem) end(problem);
			},
		});
		if (!listening.ok) {
			end(triggerError(context.getNode(), listening.failure));
			return;
		}
		listener = listening.value;
		if (isOver) {
			listener.close();
			return;
		}
		const problem = await problemOf(context, settings, listener, first.news);
		if (problem) end(problem);
	};
	return {
		manualTriggerFunction: async () => {
			void test();
			const problem = await over;
			if (problem) throw problem;
		},
		closeFunction: async () => end(),
	};
}

/** What only a person can mend, as soon as that is known; waits for the connection. */
async function problemOf(
	context: ITriggerFunctions,
	settings: TriggerSettings,
	{ call }: Listener,
	news: Promise<News>,
): Promise<NodeApiError | NodeOperationError | undefined> {
	const node = context.getNode();
	const heard = await news;
	const problem = problemIn(node, heard, settings.topics);
	if (problem || heard.kind !== 'live') return problem;
	const unknown = await findUnknownTarget(call, settings, heard.rejected);
	return unknown && unknownTargetError(node, unknown.what, unknown.id);
}

/** Keeps the first of what is heard that says how things are: a try that fails may be followed by another one. */
function firstNews(): { readonly news: Promise<News>; hear(news: News): void } {
	let keep: (news: News) => void = () => undefined;
	const news = new Promise<News>((resolve) => (keep = resolve));
	const hear = (heard: News) => {
		if (heard.kind === 'live' || heard.fatal) keep(heard);
	};
	return { news, hear };
}

function itemsOf(item: EventItem): INodeExecutionData[][] {
	// Triggers that hear the same notification share its objects, which workflows may change.
	return [[{ json: structuredClone(item) as unknown as IDataObject }]];
}
