import {
	NodeOperationError,
	type INode,
	type ITriggerFunctions,
	type NodeApiError,
} from 'n8n-workflow';

import { explain, sentences, type Explanation } from '../failures/explain';
import type { Failure } from '../failures/failure';
import {
	FATAL_AFTER_MS,
	LOST,
	NO_WEBSOCKET,
	OUTAGE_AFTER_MS,
	troubleOf,
} from '../notifications/backoff';
import type { News, Rejection } from '../notifications/types';
import { apiError } from './errors';

type TriggerError = NodeApiError | NodeOperationError;
type Trouble = Extract<News, { kind: 'trouble' }>;

/** The error of a failure. It is made from texts alone, so it holds no request, token, address or secret. */
export function triggerError(node: INode, failure: Failure): TriggerError {
	const explanation = explain(failure, ownWords);
	return failure.reason === 'invalidInput'
		? operationError(node, explanation)
		: apiError(node, explanation, failure.httpCode);
}

/** An outage is nobody's fault here: the trigger says that it goes on. */
function ownWords(failure: Failure): Explanation | undefined {
	if (troubleOf(failure).fatal) return undefined;
	return {
		message: 'The trigger has no connection to Genesys Cloud and goes on trying',
		description: `It needs no restart. What happens in queues meanwhile is recovered afterwards. ${lastTry(failure)}`,
	};
}

/** A manual test, at which somebody looks, does not wait for the end of a long outage. */
export function testOutageError(node: INode, news: News): TriggerError | undefined {
	if (news.kind !== 'trouble' || news.outageMs < OUTAGE_AFTER_MS) return undefined;
	return operationError(node, {
		message: 'The trigger has no connection to Genesys Cloud',
		description: lastTry(news.failure),
	});
}

function lastTry(failure: Failure): string {
	if (failure.code === NO_WEBSOCKET) {
		return "Genesys Cloud's API answers, but no WebSocket could be opened: a proxy or firewall may stand between. n8n's proxy settings do not reach WebSockets; with Node.js 24, NODE_USE_ENV_PROXY=1 beside HTTPS_PROXY makes them.";
	}
	if (failure.code === LOST.failure.code) {
		return 'WebSockets are opened, but lost again at once, or nothing comes through them: a proxy or firewall may stand between.';
	}
	// A channel is made, but no message is sent.
	const call = failure.call === 'token' ? 'token' : 'read';
	return `The last try: ${explain({ ...failure, call }).message}.`;
}

/** n8n of Node 20 has no WebSocket. */
export function noWebSocketError(node: INode): NodeOperationError {
	return operationError(node, {
		message: 'This trigger needs Node.js 22 or newer, and this n8n runs on an older one',
		description:
			'Run n8n on Node.js 22 or newer, as its own image does. The Genesys Cloud node works without it.',
	});
}

/** What Genesys Cloud does not know, although the node names it. */
export function unknownTargetError(node: INode, what: string, id: string): NodeOperationError {
	return operationError(node, {
		message: `Genesys Cloud does not know the ${what} ${id}`,
		description: `Choose another ${what} in the node. Check that the credential is of the same organization, and that the OAuth client's role covers the division of the ${what}.`,
	});
}

/** What a person must mend; `undefined` when it needs nobody, or heals by itself. */
export function problemIn(
	node: INode,
	news: News,
	topics: readonly string[],
): TriggerError | undefined {
	if (news.kind === 'trouble') return news.fatal ? triggerError(node, news.failure) : undefined;
	return news.rejected.length < topics.length
		? undefined
		: operationError(node, rejectedTexts(news.rejected));
}

/** What to say of topics that were not given. */
export function rejectedTexts(rejected: readonly Rejection[]): Explanation {
	const permissions = [...new Set(rejected.flatMap((topic) => topic.missingPermissions))].join(
		', ',
	);
	const reasons = [...new Set(rejected.map(({ reason }) => reason))].filter(Boolean).join('; ');
	const says = reasons === '' ? '' : ` Genesys Cloud says: "${reasons}".`;
	return {
		message:
			permissions === ''
				? 'Genesys Cloud does not give these events to the OAuth client'
				: `The OAuth client is missing a permission: ${permissions}`,
		description: `${
			permissions === ''
				? 'Check the IDs, and that the OAuth client has a role for them in the right division.'
				: 'Give the OAuth client a role that has it, in the division of the queues, in Genesys Cloud under Admin > Integrations > OAuth.'
		}${says} Topics: ${rejected
			.map(({ topic }) => topic)
			.slice(0, 5)
			.join(', ')}.`,
	};
}

/** Tells people of trouble that lasts: one failed execution for an incident, where n8n has them. */
export class Incidents {
	private readonly told = new Set<'problem' | 'outage'>();
	private outageMs = 0;
	private started = false;
	private latest: News | undefined;

	constructor(
		private readonly context: Pick<ITriggerFunctions, 'getNode' | 'logger'> &
			Partial<Pick<ITriggerFunctions, 'saveFailedExecution'>>,
		private readonly topics: readonly string[],
	) {}

	/** The trigger runs: before, its activation tells people by itself. */
	start(): void {
		this.started = true;
		if (this.latest) this.hear(this.latest);
	}

	hear(news: News): void {
		this.latest = news;
		if (!this.started) return;
		const node = this.context.getNode();
		const problem = problemIn(node, news, this.topics);
		if (news.kind === 'trouble') {
			this.trouble(news, problem);
		} else if (problem) {
			if (!this.told.has('problem')) this.tell('problem', problem);
		} else {
			this.told.delete('problem');
			if (news.rejected.length === 0) return;
			this.context.logger.warn(`${node.name}: ${sentences(rejectedTexts(news.rejected))}`);
		}
	}

	private trouble({ failure, fatal, outageMs }: Trouble, problem?: TriggerError): void {
		// A connection that does not last ends no outage: that goes on growing.
		if (outageMs < this.outageMs) this.told.delete('outage');
		this.outageMs = outageMs;
		if (this.told.size > 0 || outageMs < (fatal ? FATAL_AFTER_MS : OUTAGE_AFTER_MS)) return;
		if (problem) this.tell('problem', problem);
		else this.tell('outage', triggerError(this.context.getNode(), failure));
	}

	private tell(kind: 'problem' | 'outage', error: TriggerError): void {
		this.told.add(kind);
		this.context.logger.error(`${this.context.getNode().name}: ${error.message}`);
		try {
			this.context.saveFailedExecution?.(error);
		} catch {
			// It stands in the log.
		}
	}
}

function operationError(node: INode, { message, description }: Explanation): NodeOperationError {
	return new NodeOperationError(node, message, { description });
}
