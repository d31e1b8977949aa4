import type { FaultEndpoint } from '../faults/fault';
import type { Settings } from '../model/settings';
import type { SimulatorState } from '../model/state';
import type { IssuedToken } from '../model/tokens';

/** A call to the simulated API, with everything an endpoint needs to answer it. */
export interface ApiCall {
	readonly state: SimulatorState;
	readonly token: IssuedToken;
	readonly body: unknown;
	/** Whether it came over TLS. */
	readonly secure: boolean;
	/** Host and port that it was made to. */
	readonly host: string;
	readonly params: Readonly<Record<string, string>>;
	/** A parameter that is repeated is a list. */
	readonly query: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * One endpoint of the simulated API. Access token, rate limit, permission, faults and error bodies
 * are played around it, the same for every endpoint.
 */
export interface ApiRoute {
	readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
	readonly url: string;
	/** Which faults fit. */
	readonly endpoint: Exclude<FaultEndpoint, 'any' | 'token'>;
	/** The permission without which the call is answered with 403. */
	readonly permission?: string;
	/** Permissions of which one is enough. */
	readonly anyPermission?: readonly string[];
	/** The contact (or address, or external contact) that a call is for, which faults may name. */
	contactIdOf?(call: ApiCall): string | undefined;
	/** The status of an answer that is no error; default 200. */
	statusOf?(settings: Settings): number;
	/**
	 * Does what the endpoint does.
	 *
	 * @returns the JSON body of the answer
	 * @throws ApiError for every answer that is an error
	 */
	answer(call: ApiCall): object;
}
