import type { Stage } from '../types';
import { deadUrl } from '../../unit/support/loopback';

/**
 * Makes the credential point elsewhere until the fault is gone. Only where nothing can have been accepted:
 * another API URL is another account, whose customers have had no message yet.
 *
 * @param stage the run
 * @param urls the changed base URLs
 */
export function misdirect({ urls, onMend }: Stage, changes: Partial<Stage['urls']>): void {
	const right = { ...urls };
	Object.assign(urls, changes);
	onMend(() => Object.assign(urls, right));
}

/** Makes one of the credential's URLs point to a port where nobody listens. */
export async function misdirectToNobody(stage: Stage, name: keyof Stage['urls']): Promise<void> {
	misdirect(stage, { [name]: await deadUrl('https') });
}
