import type { FaultAction } from '../../../dev/simulator';
import { always } from '../support/failures';
import { strikeSome } from '../support/strike';
import type { FaultKind, Stage } from '../types';

const TEXT = 'Your session has expired. Reply STOP to opt out';

/** A refusal in Genesys Cloud's own format. */
function refusal(status: number, message: string): FaultAction {
	return { kind: 'status', status, body: { message, code: 'bad.request', status } };
}

/** Refusals that speak of the set-up or quote our own text: none is about the customer. */
const QUOTING: readonly FaultAction[] = [
	refusal(400, `Value [${TEXT}] is not valid for the field message`),
	refusal(400, `Value "${TEXT}" is too long`),
	refusal(400, `Invalid body: ${TEXT}`),
	refusal(400, 'The trial of this organization has expired'),
	refusal(400, 'The access token of the integration has expired'),
	refusal(404, 'The integration was not found'),
	refusal(404, 'The requested path was not found'),
];

/** Refusals that are about the customer. */
const OF_THE_SESSION: readonly FaultAction[] = [
	refusal(400, 'Contact ID is invalid or session has expired'),
	refusal(400, 'The web messaging session has ended'),
	refusal(409, 'The session has ended'),
];

function any(stage: Stage, actions: readonly FaultAction[]): void {
	const draw = () => actions[Math.floor(stage.random() * actions.length)]!;
	strikeSome(stage, draw, Infinity);
}

/** Refusals of which the words decide. */
export const refusals: readonly FaultKind[] = [
	{
		name: 'quoting-refusals',
		what: 'some are refused by words that quote the message or speak of the set-up',
		parameters: { message: TEXT },
		arrange: (stage) => any(stage, QUOTING),
		failures: always('badRequest/no', 'notFound/no'),
	},
	{
		name: 'session-refusals',
		what: 'some are refused because their session has ended',
		parameters: { message: TEXT },
		arrange: (stage) => any(stage, OF_THE_SESSION),
		failures: always('sessionExpired/no'),
	},
];
