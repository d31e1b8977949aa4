import { sleep } from 'n8n-workflow';

import type { Clock } from '../delivery/types';

/** The clock of the node's panel, where nothing can be stopped. */
export const PANEL_CLOCK: Clock = {
	now: () => Date.now(),
	sleep: async (ms) => {
		await sleep(ms);
	},
	stopped: () => false,
};
