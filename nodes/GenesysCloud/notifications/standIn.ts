import type { Clock } from '../delivery/types';
import type { ApiFailure } from '../failures/failure';

export type { JsonObject } from '../api/answer';
export type { Clock };
import type { JsonObject } from '../api/answer';

export type Failure = ApiFailure;
export type Result<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };
export interface ApiRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
	readonly path: string;
	readonly body?: JsonObject | readonly JsonObject[] | readonly string[];
	readonly answer?: 'record' | 'list' | 'any';
	readonly reads?: true;
}
export type ApiClient = (request: ApiRequest) => Promise<Result<JsonObject>>;
