import { runTrigger } from '../../../nodes/GenesysCloud/n8n/trigger';
import { SECOND } from './liveWorld';
import { QUEUE, topicOf } from './playedConversation';
import { triggerContext, type TriggerOptions } from './triggerContext';

/** Starts a trigger and lets time pass until n8n would have its answer. */
export async function start(
	options: TriggerOptions = {},
	prepare: (made: ReturnType<typeof triggerContext>) => void = () => undefined,
) {
	const made = triggerContext(options);
	prepare(made);
	const { world } = made;
	const started = world.time.now;
	const outcome = runTrigger(made.context, made.host).then(
		(response) => ({ response, error: undefined }),
		(error: unknown) => ({ response: undefined, error: error as Error & { description?: string } }),
	);
	let settled = false;
	void outcome.then(() => (settled = true));
	await world.time.until(() => settled, 20 * SECOND);
	return { ...made, ...(await outcome), tookMs: world.time.now - started };
}

/** The OAuth client may not listen to the queue. */
export const forbidden = (world: { rejected: Map<string, string[]> }) =>
	world.rejected.set(topicOf(QUEUE), ['routing:queue:view', 'conversation:communication:view']);

/** The answers tell the time, as those of Genesys Cloud do. */
export function dated({ context, world }: ReturnType<typeof triggerContext>): void {
	const ask = context.helpers.httpRequest.bind(context.helpers);
	const withDate = async (...request: Parameters<typeof ask>) => {
		const answer = (await ask(...request)) as object;
		return { ...answer, headers: { date: new Date(world.now).toUTCString() } };
	};
	Object.assign(context.helpers, { httpRequest: withDate });
}
