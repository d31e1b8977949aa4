import { parse } from 'flatted';

/** An item as n8n keeps it. */
export interface Item {
	readonly json: Record<string, unknown>;
	readonly pairedItem?: unknown;
	readonly error?: unknown;
}

/** One run of a node. */
interface NodeRun {
	readonly executionStatus: string;
	readonly data?: { readonly main?: readonly (readonly Item[] | null)[] };
	readonly hints?: readonly { readonly message: string }[];
}

/** An execution's error, as the editor shows it. */
export interface ExecutionError {
	readonly message: string;
	readonly description?: string;
}

interface ExecutionData {
	readonly resultData: {
		readonly runData: Readonly<Record<string, readonly NodeRun[]>>;
		readonly error?: ExecutionError;
	};
}

/** An execution as the REST API gives it; `data` is packed by flatted. */
export interface StoredExecution {
	readonly id: string;
	readonly status: string;
	readonly mode: string;
	readonly data: string;
	readonly retryOf?: string | null;
}

const ENDED = new Set(['success', 'error', 'canceled', 'crashed']);

/** A finished execution, unpacked. */
export class Execution {
	private constructor(
		private readonly stored: StoredExecution,
		private readonly data: ExecutionData,
	) {}

	/**
	 * Unpacks an execution.
	 *
	 * @param stored the answer of the REST API
	 * @returns the execution, or `undefined` before its end; n8n 1 stores the data after the status
	 */
	static ended(stored: StoredExecution): Execution | undefined {
		return ENDED.has(stored.status) ? Execution.soFar(stored) : undefined;
	}

	/** Unpacks an execution that may go on; `undefined` as long as n8n has stored no data. */
	static soFar(stored: StoredExecution): Execution | undefined {
		const data = parse(stored.data) as Partial<ExecutionData> | undefined;
		return data?.resultData && new Execution(stored, { resultData: data.resultData });
	}

	get id(): string {
		return this.stored.id;
	}

	get status(): string {
		return this.stored.status;
	}

	get error(): ExecutionError | undefined {
		return this.data.resultData.error;
	}

	/** @returns whether the node ran at all */
	ran(node: string): boolean {
		return this.data.resultData.runData[node] !== undefined;
	}

	/**
	 * What an output of a node's last run gave.
	 *
	 * @param node the node's name
	 * @param output the output's index
	 * @returns the items; none when the node did not run
	 */
	items(node: string, output = 0): readonly Item[] {
		return this.lastRun(node)?.data?.main?.[output] ?? [];
	}

	/** The same, without anything but the JSON. */
	json(node: string, output = 0): Record<string, unknown>[] {
		return this.items(node, output).map(({ json }) => json);
	}

	/** The hints that a node's last run gave. */
	hints(node: string): string[] {
		return (this.lastRun(node)?.hints ?? []).map(({ message }) => message);
	}

	private lastRun(node: string): NodeRun | undefined {
		return this.data.resultData.runData[node]?.at(-1);
	}
}
