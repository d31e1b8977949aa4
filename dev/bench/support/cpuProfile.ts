import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

interface CallFrame {
	readonly functionName: string;
	readonly url: string;
	readonly lineNumber: number;
}

interface ProfileNode {
	readonly id: number;
	readonly callFrame: CallFrame;
	readonly children?: readonly number[];
}

interface Profile {
	readonly nodes: readonly ProfileNode[];
	readonly samples: readonly number[];
	/** Microseconds since the sample before. */
	readonly timeDeltas: readonly number[];
}

/** The time of one function. */
export interface Cost {
	readonly name: string;
	/** In the function itself, ms. */
	readonly selfMs: number;
	/** With all that it called, ms; a recursive function counts once. */
	readonly totalMs: number;
}

/**
 * Reads a file that `node --cpu-prof` wrote.
 *
 * @param file the file
 * @returns the cost of each function
 */
export function readCosts(file: string): Cost[] {
	const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
	const selfMs = new Map<number, number>();
	samples.forEach((id, index) => {
		selfMs.set(id, (selfMs.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
	});
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const costs = new Map<string, { name: string; selfMs: number; totalMs: number }>();

	/** @returns the time of the node with all below it */
	const visit = (node: ProfileNode, above: ReadonlySet<string>): number => {
		const name = nameOf(node.callFrame);
		const cost = costs.get(name) ?? { name, selfMs: 0, totalMs: 0 };
		costs.set(name, cost);
		const self = selfMs.get(node.id) ?? 0;
		const within = new Set(above).add(name);
		let total = self;
		for (const id of node.children ?? []) {
			const child = byId.get(id);
			if (child) total += visit(child, within);
		}
		cost.selfMs += self;
		if (!above.has(name)) cost.totalMs += total;
		return total;
	};
	const [root] = nodes;
	if (root) visit(root, new Set());
	return [...costs.values()];
}

function nameOf({ functionName, url, lineNumber }: CallFrame): string {
	const file = url.startsWith('file:') ? fileURLToPath(url) : url;
	const place = file && ` ${path.relative(process.cwd(), file) || file}:${lineNumber + 1}`;
	return `${functionName || '(anonymous)'}${place}`;
}
