import type { Job, SenderName } from '../types';
import { axiosLoop, fetchLoop, helperLoop, sdkLoop } from './loops';
import { genesysCloudNode, httpRequestNode } from './nodes';
import type { Sender } from './types';

/** All that can send messages. */
export const SENDERS: Readonly<Record<SenderName, (job: Job) => Promise<Sender>>> = {
	node: genesysCloudNode,
	nodeReusing: genesysCloudNode,
	httpRequest: httpRequestNode,
	httpRequestCredential: httpRequestNode,
	helper: helperLoop,
	fetch: fetchLoop,
	axios: axiosLoop,
	sdk: sdkLoop,
};
