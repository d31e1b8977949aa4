import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import {
	failed,
	succeeded,
	type Failure,
	type Result,
} from '../../../nodes/GenesysCloud/failures/failure';
import type { Calls } from '../../../nodes/GenesysCloud/resources/types';
import { FakeClock } from './clock';

/** An answer of the API, or why there is none. */
export type Answer = JsonObject | Failure;

/** Calls that are answered in turn, and what was asked. */
export function callsWith(...answers: Answer[]): Calls & { readonly requests: ApiRequest[] } {
	const requests: ApiRequest[] = [];
	return {
		requests,
		clock: new FakeClock(),
		call: async (request): Promise<Result<JsonObject>> => {
			requests.push(request);
			const answer = answers[requests.length - 1];
			if (answer === undefined) throw new Error('one call too many');
			return 'transient' in answer ? failed(answer as Failure) : succeeded(answer);
		},
	};
}
