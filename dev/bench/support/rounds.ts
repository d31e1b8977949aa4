import { median } from './statistics';

/** The runs of several competitors, round by round. */
export class Rounds<Name extends string, Run> {
	/** @param runs a list for each competitor; the same index is the same round */
	constructor(private readonly runs: Readonly<Record<Name, readonly Run[]>>) {}

	/**
	 * @param name a competitor
	 * @param figure what to take of each run
	 * @returns the median of its runs
	 */
	median(name: Name, figure: (run: Run) => number): number {
		return median(this.runs[name].map(figure));
	}

	/**
	 * @param name a competitor
	 * @param other the one it is compared with
	 * @param figure what to take of each run
	 * @returns the median of the ratios within each round
	 */
	ratio(name: Name, other: Name, figure: (run: Run) => number): number {
		const others = this.runs[other].map(figure);
		return median(this.runs[name].map((run, round) => figure(run) / (others[round] ?? NaN)));
	}

	/** The median of the differences within each round. */
	difference(name: Name, other: Name, figure: (run: Run) => number): number {
		const others = this.runs[other].map(figure);
		return median(this.runs[name].map((run, round) => figure(run) - (others[round] ?? NaN)));
	}

	/**
	 * @param name a competitor
	 * @returns all its runs
	 */
	of(name: Name): readonly Run[] {
		return this.runs[name];
	}
}

/**
 * Lets competitors take turns: A B C, A B C, … so that whatever else the machine does meets all.
 *
 * @param names the competitors
 * @param rounds how many rounds
 * @param run makes one run
 * @returns all runs
 */
export async function alternate<Name extends string, Run>(
	names: readonly Name[],
	rounds: number,
	run: (name: Name) => Promise<Run>,
): Promise<Rounds<Name, Run>> {
	const runs = Object.fromEntries(names.map((name) => [name, [] as Run[]])) as Record<Name, Run[]>;
	for (let round = 0; round < rounds; round++) {
		for (const name of names) runs[name].push(await run(name));
	}
	return new Rounds(runs);
}
