import { always } from '../support/failures';
import { watchMemory } from '../support/memory';
import { strangerUrl } from '../support/servers';
import { strikeFew, strikeSome } from '../support/strike';
import type { FaultKind } from '../types';
import { impatient } from './lostAnswers';

const unexpected = always('unexpectedResponse/unknown');
const HUNDRED_MEGABYTES = 100 * 1024 * 1024;

/** Answers that are not the API's, or not whole. */
export const answers: readonly FaultKind[] = [
	{
		name: 'dripping',
		what: 'some answers come byte by byte',
		delivery: impatient,
		arrange: (stage) => {
			strikeFew(stage, { kind: 'slowBody', intervalMs: 100 }, 15);
			// On a busy machine, others may time out as well.
			stage.hit.clear();
		},
		failures: { fail: ['timeout/unknown'] },
		repeats: true,
	},
	{
		name: 'cut',
		what: 'some answers break off in the middle',
		arrange: (stage) => strikeSome(stage, { kind: 'truncatedBody' }),
		failures: { fail: ['network/unknown'] },
		repeats: true,
	},
	{
		name: 'invalid-json',
		what: 'some answers are 200 with invalid JSON',
		arrange: (stage) => strikeSome(stage, { kind: 'invalidJson' }),
		failures: unexpected,
		repeats: true,
	},
	{
		name: 'html-200',
		what: "some answers are 200 with a proxy's login page",
		arrange: (stage) => strikeSome(stage, { kind: 'html200' }),
		failures: unexpected,
	},
	{
		name: '204',
		what: 'some answers are 204',
		arrange: (stage) => strikeSome(stage, { kind: 'empty204' }),
		failures: unexpected,
		repeats: true,
	},
	{
		name: 'giant',
		what: 'a few answers have 100 MB; the memory stays within 150 MB',
		delivery: { concurrency: 5 },
		arrange: (stage) => {
			strikeFew(stage, { kind: 'huge', bytes: HUNDRED_MEGABYTES }, 10);
			const grownMegabytes = watchMemory();
			stage.onEnd(() => {
				const megabytes = grownMegabytes();
				if (megabytes > 150) stage.blame(`the memory grew by ${megabytes} MB`);
			});
		},
		failures: unexpected,
		repeats: true,
		alone: true,
	},
	{
		name: 'redirect',
		what: 'some answers redirect to another host',
		arrange: async (stage) => {
			const url = await strangerUrl(stage);
			let count = 0;
			strikeSome(stage, () => {
				const status = [301, 302, 307, 308][count++ % 4]!;
				return { kind: 'redirect', location: `${url}/api/v2/webchat/messaging`, status };
			});
		},
		failures: unexpected,
	},
];
