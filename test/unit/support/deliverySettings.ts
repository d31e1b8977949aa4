import type { readDeliverySettings } from '../../../nodes/GenesysCloud/resources/deliveryOptions';

/** What Delivery Options come to when nobody has set one, as the design has it. */
export const DEFAULT_SETTINGS: ReturnType<typeof readDeliverySettings> = {
	retry: { maxAttempts: 3, backoffMs: 1_000, maxWaitMs: 180_000, uncertain: 'retry' },
	concurrency: 10,
	timeoutMs: 30_000,
	accessTokens: 1,
	reuseConnections: false,
	dryRun: 'never',
	onceADay: false,
	stopAfterFailures: 50,
};
