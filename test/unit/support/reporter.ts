import type { Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { Reporter, type ReportOptions } from '../../../nodes/GenesysCloud/n8n/reporter';
import { findOperation } from '../../../nodes/GenesysCloud/resources';
import { executionContext, type ContextOptions } from './context';

/** What a run tells at its end, beside what its reporter knows. */
export const FACTS = { waitedMs: 0, keysNotStored: 0, minutes: 1 };
const ITEMS = [{ n: 0 }, { n: 1 }, { n: 2 }];

/** The outcome of a message that was accepted. */
export const sent = (output: object) =>
	({ status: 'sent', output: { ...output }, attempts: 2 }) as const;

/** The outcome of a message that was not. */
export const failedWith = (failure: Failure) =>
	({ status: 'failed', failure, attempts: 1 }) as const;

/** The reporter of a run of three items that sends web messages. */
export function reporterOf(options: Partial<ReportOptions> = {}, context: ContextOptions = {}) {
	const execution = executionContext({ items: ITEMS, ...context });
	const reporter = new Reporter(execution.context, {
		operation: findOperation('webMessage', 'send')!,
		dryRun: false,
		simplify: true,
		includeInputFields: false,
		recipientOf: (index) => `customer ${index}`,
		...options,
	});
	const outputs = () => reporter.finish(FACTS).map((items) => items.map(({ json }) => json));
	return { ...execution, reporter, outputs };
}
