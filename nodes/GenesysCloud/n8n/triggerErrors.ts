import {
	NodeOperationError,
	type INode,
	type ITriggerFunctions,
	type NodeApiError,
} from 'n8n-workflow';

import { explain, sentences, type Explanation } from '../failures/explain';
import type { Failure } from '../failures/failure';
import { NO_WEBSOCKET, troubleOf } from '../notifications/backoff';
import type { News, Rejection } from '../notifications/types';
import { apiError } from './errors';

/** What only a person can mend is told after this time: a gateway may refuse for a moment. In ms. */
const FATAL_AFTER_MS = 30_000;
/** An outage is told after this time, in ms: most end by themselves before. */
const OUTAGE_AFTER_MS = 5 * 60_000;

/** The error of a failure. It is made from texts alone, so it holds no request, token, address or secret. */
export function triggerError(node: INode, failure: Failure): NodeApiError | NodeOperationError {
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
export function testOutageError(
	node: INode,
	news: News,
): NodeApiError | NodeOperationError | undefined {
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
	return `The last try: ${explain({ ...failure, call: 'read' }).message}.`;
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
): NodeApiError | NodeOperationError | undefined {
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
	private told = false;
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
		if (news.kind === 'live' && !problem) {
			this.told = false;
			if (news.rejected.length > 0) {
				this.context.logger.warn(`${node.name}: ${sentences(rejectedTexts(news.rejected))}`);
			}
			return;
		}
		if (this.told) return;
		if (news.kind === 'trouble') {
			if (news.outageMs < (news.fatal ? FATAL_AFTER_MS : OUTAGE_AFTER_MS)) return;
			this.tell(problem ?? triggerError(node, news.failure));
		} else if (problem) {
			this.tell(problem);
		}
	}

	private tell(error: NodeApiError | NodeOperationError): void {
		this.told = true;
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
