import type { OnError, RunSettings, Uncertain } from './types';

const UNCERTAIN: readonly Uncertain[] = ['retry', 'fail'];
const ON_ERROR: readonly OnError[] = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
];
const SWITCH = [false, true] as const;
/** How many messages are in flight, and over how many tokens: they take turns over the grid. */
const PACES = [
	{ concurrency: 10, accessTokens: 1 },
	{ concurrency: 50, accessTokens: 3 },
	{ concurrency: 5, accessTokens: 1 },
	{ concurrency: 20, accessTokens: 2 },
	{ concurrency: 50, accessTokens: 1 },
] as const;

/** Every combination of Delivery Options, On Error and Retry On Fail that a fault kind is run with. */
export const GRID: readonly RunSettings[] = UNCERTAIN.flatMap((uncertain) =>
	SWITCH.flatMap((reuseConnections) =>
		ON_ERROR.flatMap((onError) =>
			SWITCH.map((retryOnFail) => ({ uncertain, reuseConnections, onError, retryOnFail })),
		),
	),
).map((settings, index) => ({
	index,
	...settings,
	...PACES[index % PACES.length]!,
	changingText: index % 3 !== 0,
}));

/** A part of the grid: each policy with each On Error, the other settings spread over them. */
export const QUICK_GRID = [0, 5, 9, 14, 19, 22].map((index) => GRID[index]!);

/**
 * Names the settings of a run.
 *
 * @param settings the settings
 * @returns the name, for reports
 */
export function nameOf(settings: RunSettings): string {
	const { uncertain, reuseConnections, onError, retryOnFail, changingText } = settings;
	const { concurrency, accessTokens } = settings;
	return [
		uncertain,
		reuseConnections ? 'fetch' : 'helper',
		onError,
		retryOnFail ? 'Retry On Fail' : 'no Retry On Fail',
		changingText ? 'a text that changes' : 'the same text',
		`${concurrency} in flight`,
		`${accessTokens} ${accessTokens === 1 ? 'token' : 'tokens'}`,
	].join(', ');
}
