import { sleep } from 'n8n-workflow';

import type { ApiRequest } from '../api/client';
import type { ApiFailure } from '../failures/failure';
import { messageOf, type ApiMessage, type MessageSource } from './message';

/** A message, or the failure that names the field that cannot be used. */
export type Prepared = ApiMessage | { readonly invalid: ApiFailure };

/** How long the check may keep other executions of the process waiting at a stretch, in ms. */
const MAX_STRETCH_MS = 10;
/** Requests are kept up to about this many characters; what is beyond is built again when needed. */
const MAX_KEPT_CHARACTERS = 32_000_000;
/** What a kept request weighs beside its texts. */
const REQUEST_CHARACTERS = 300;

/** The messages of a run. What a check before sending has built is kept, within a budget. */
export class Outbox {
	private readonly kept = new Map<number, ApiRequest>();
	private budget = MAX_KEPT_CHARACTERS;

	/** @param source what the messages of the run have in common */
	constructor(private readonly source: MessageSource) {}

	/**
	 * Builds the message of an item, unless it was kept.
	 *
	 * @param index the item
	 * @returns the message, or why its input cannot be used
	 */
	take(index: number): Prepared {
		const request = this.kept.get(index);
		this.kept.delete(index);
		return messageOf(this.source, index, request);
	}

	/**
	 * Looks for an item whose input cannot be used, before any message is sent.
	 *
	 * @param count how many items there are
	 * @returns the first such item and its failure, or `undefined`
	 */
	async firstInvalid(
		count: number,
	): Promise<{ readonly index: number; readonly failure: ApiFailure } | undefined> {
		let since = Date.now();
		for (let index = 0; index < count; index++) {
			const message = messageOf(this.source, index);
			if ('invalid' in message) return { index, failure: message.invalid };
			this.keep(index, message.request);
			if (Date.now() - since > MAX_STRETCH_MS) {
				await sleep(0);
				since = Date.now();
			}
		}
		return undefined;
	}

	private keep(index: number, request: ApiRequest): void {
		if (this.budget <= 0) return;
		this.kept.set(index, request);
		this.budget -= REQUEST_CHARACTERS;
		for (const value of Object.values(request.body ?? {})) {
			if (typeof value === 'string') this.budget -= value.length;
		}
	}
}
