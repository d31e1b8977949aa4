import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

interface Answer {
	readonly result?: unknown;
	readonly error?: string;
}

/** What a process is started with. */
interface ChildOptions {
	/** Flags of Node itself. */
	readonly nodeFlags?: readonly string[];
	/** Variables beside those of this process. */
	readonly env?: Readonly<Record<string, string>>;
}

/** A process of the benchmark that runs a TypeScript file which calls `serve`. */
export class Child {
	private constructor(private readonly child: ChildProcess) {}

	/**
	 * Starts a process.
	 *
	 * @param file the file's name in this folder
	 * @param options flags and environment
	 * @returns the process, once it is ready
	 */
	static async start(file: string, { nodeFlags = [], env }: ChildOptions = {}): Promise<Child> {
		const process_ = fork(path.join(__dirname, file), {
			execArgv: ['--import', 'tsx', ...nodeFlags],
			env: { ...process.env, ...env },
			serialization: 'advanced',
		});
		const child = new Child(process_);
		await child.answer();
		return child;
	}

	/**
	 * Calls a function of the process. One call at a time.
	 *
	 * @param name the function
	 * @param argument its argument
	 * @param timeoutMs how long it may take, in ms; a process that takes longer is ended
	 * @returns what the function returns
	 * @throws Error with what the function threw, or when the process ended
	 */
	async call<Result>(name: string, argument?: unknown, timeoutMs = 600_000): Promise<Result> {
		const timer = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs);
		try {
			this.child.send({ name, argument });
			return (await this.answer()) as Result;
		} finally {
			clearTimeout(timer);
		}
	}

	/** Ends the process. */
	async stop(): Promise<void> {
		const { child } = this;
		if (child.exitCode !== null || child.signalCode !== null) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		child.disconnect();
		await gone;
	}

	private async answer(): Promise<unknown> {
		const { child } = this;
		return await new Promise((resolve, reject) => {
			const onMessage = ({ result, error }: Answer) => {
				child.off('exit', onExit);
				if (error === undefined) resolve(result);
				else reject(new Error(error));
			};
			const onExit = (code: number | null, signal: string | null) => {
				child.off('message', onMessage);
				reject(new Error(`its process ended (${signal ?? `exit code ${code ?? ''}`})`));
			};
			child.once('message', onMessage);
			child.once('exit', onExit);
		});
	}
}
