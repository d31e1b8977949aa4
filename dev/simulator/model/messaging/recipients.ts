import { isRecord } from '../../support/checks';
import { FAILURE_REASONS, isFailureReason } from './failureReasons';
import type { FailureReason } from './failureReasons';

/**
 * What is special about a recipient: `unknown` = refused; `sessionExpired` = its web session is over;
 * `optedOut` and `undeliverable` = accepted, then delivery-failed with a reason.
 */
export type RecipientRule =
	| { kind: 'unknown' | 'sessionExpired' | 'optedOut' }
	| { kind: 'undeliverable'; reason: FailureReason };

function checkRule(rule: unknown): RecipientRule {
	const kind = isRecord(rule) ? rule.kind : undefined;
	if (kind === 'unknown' || kind === 'sessionExpired' || kind === 'optedOut') return { kind };
	if (kind !== 'undeliverable') {
		throw new Error(
			'A recipient\'s "kind" must be one of: unknown, sessionExpired, optedOut, undeliverable.',
		);
	}
	const { reason = 'GeneralError' } = rule as { reason?: unknown };
	if (isFailureReason(reason)) return { kind, reason };
	const reasons = Object.keys(FAILURE_REASONS).join(', ');
	throw new Error(`The recipient's "reason" must be one of: ${reasons}.`);
}

/** The recipients about whom something is special, by address or external contact ID. */
export class Recipients {
	readonly #rules = new Map<string, RecipientRule>();

	/**
	 * Says what is special about a recipient.
	 *
	 * @param address the `toAddress` or `externalContactId` of messages to it
	 * @returns the rule, checked
	 * @throws Error with one sentence when the rule does not fit
	 */
	set(address: string, rule: RecipientRule): RecipientRule {
		const checked = checkRule(rule);
		this.#rules.set(address, checked);
		return checked;
	}

	/** What is special about a recipient, if anything. */
	get(address: string): RecipientRule | undefined {
		return this.#rules.get(address);
	}

	/** Makes a recipient an ordinary one again. Returns false when it was one. */
	remove(address: string): boolean {
		return this.#rules.delete(address);
	}

	/** All rules by address. */
	all(): ReadonlyMap<string, RecipientRule> {
		return this.#rules;
	}

	/** Makes all recipients ordinary ones. */
	clear(): void {
		this.#rules.clear();
	}
}
