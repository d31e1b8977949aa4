import { serve } from '../../dev/bench/support/serve';
import { playKind, type KindReport } from './campaign';
import { KINDS } from './kinds';
import { GRID } from './settings';

/** What a process of the campaign is to play. */
export interface Task {
	/** The name of the fault kind. */
	readonly kind: string;
	/** The places of the settings in the grid. */
	readonly runs: readonly number[];
	readonly seed: number;
}

async function play({ kind: name, runs, seed }: Task): Promise<KindReport> {
	const kind = KINDS.find((candidate) => candidate.name === name)!;
	const grid = GRID.filter(({ index }) => runs.includes(index));
	return await playKind(kind, grid, seed);
}

serve({ play });
