import { sleep } from 'n8n-workflow';

import type { Clock } from '../delivery/types';
import { steadyNow } from '../n8n/clock';

/** The clock of the node's panel, where nothing can be stopped. */
export const PANEL_CLOCK: Clock = {
	now: steadyNow,
	sleep: async (ms) => {
		await sleep(ms);
	},
	stopped: () => false,
};
