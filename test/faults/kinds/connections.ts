import { setTimeout } from 'node:timers/promises';

import { misdirect, misdirectToNobody } from '../support/addresses';
import { playResolver } from '../support/dns';
import { endless } from '../support/failures';
import { startRelay, type Fate } from '../support/relay';
import { garbledUrl, selfSignedUrl, unsecuredUrl } from '../support/servers';
import { strikeFew, strikeSome } from '../support/strike';
import type { FaultKind, Stage } from '../types';
import { impatient } from './lostAnswers';

const neverConnected = endless('network/no');
const timeouts = endless('timeout/unknown');
/** Every message runs into its time-out. */
const hopeless = { timeoutSeconds: 2, concurrency: 50, maxAttempts: 1 };

/** Puts a relay between the node and the API. */
async function relayed(stage: Stage, fateOf: () => Fate) {
	const relay = await startRelay(stage.simulator.url, fateOf);
	stage.onMend(() => relay.mend());
	stage.onEnd(() => relay.stop());
	stage.urls.apiUrl = relay.url;
	return relay;
}

/** Connections that are never made, or end without an answer. */
export const connections: readonly FaultKind[] = [
	{
		name: 'reset',
		what: 'some connections are reset before the message is accepted',
		arrange: (stage) => strikeSome(stage, { kind: 'reset' }),
		failures: { fail: ['network/unknown'] },
	},
	{
		name: 'time-out',
		what: 'some calls are never answered',
		delivery: impatient,
		arrange: (stage) => {
			strikeFew(stage, { kind: 'hang' }, 15);
			// On a busy machine, others may time out as well.
			stage.hit.clear();
		},
		failures: { fail: ['timeout/unknown'] },
		repeats: true,
	},
	{
		name: 'connection-refused',
		what: 'the API refuses all connections',
		// More calls than a fresh token's assumed 300 a minute would wait for the next window.
		delivery: { maxAttempts: 1 },
		arrange: async (stage) => await misdirectToNobody(stage, 'apiUrl'),
		failures: neverConnected,
	},
	{
		name: 'connection-refused-briefly',
		what: 'the API refuses connections for 0.3 s',
		delivery: { maxAttempts: 10, backoffSeconds: 0.02 },
		arrange: async (stage) => {
			const relay = await relayed(stage, () => 'pass');
			relay.refuse();
			void setTimeout(300).then(() => relay.admit());
		},
	},
	{
		name: 'dns-failure',
		what: "the API's host name does not exist",
		arrange: (stage) => {
			// A name that never exists (RFC 2606).
			misdirect(stage, { apiUrl: 'https://nonexistent.invalid' });
			stage.onEnd(playResolver('nonexistent.invalid', () => 'ENOTFOUND'));
		},
		failures: neverConnected,
		alone: true,
	},
	{
		name: 'dns-flaky',
		what: "some look-ups of the API's host name fail",
		delivery: { maxAttempts: 20 },
		arrange: ({ simulator, urls, random, onEnd }) => {
			urls.apiUrl = simulator.url.replace('127.0.0.1', 'localhost');
			onEnd(playResolver('localhost', () => (random() < 0.3 ? 'EAI_AGAIN' : undefined)));
		},
		alone: true,
	},
	{
		name: 'tls-untrusted',
		what: 'the API has a certificate that signs itself',
		arrange: async (stage) => {
			misdirect(stage, { apiUrl: await selfSignedUrl(stage) });
		},
		failures: neverConnected,
	},
	{
		name: 'tls-garbage',
		what: 'the API does not speak TLS',
		arrange: async (stage) => misdirect(stage, { apiUrl: await garbledUrl(stage) }),
		failures: neverConnected,
	},
	{
		name: 'tls-silent',
		what: 'connections are accepted, and TLS is never answered',
		delivery: hopeless,
		arrange: async (stage) => misdirect(stage, { apiUrl: await unsecuredUrl(stage, 'none') }),
		failures: neverConnected,
	},
	{
		name: 'tls-reset',
		what: 'connections are accepted, and reset when TLS begins',
		delivery: { maxAttempts: 1 },
		arrange: async (stage) => misdirect(stage, { apiUrl: await unsecuredUrl(stage, 'reset') }),
		failures: neverConnected,
	},
	{
		name: 'half-open',
		what: 'connections are accepted and stay silent',
		delivery: hopeless,
		arrange: async (stage) => {
			await relayed(stage, () => 'deaf');
		},
		failures: timeouts,
	},
	{
		name: 'half-open-some',
		what: 'some connections stay silent',
		delivery: { ...impatient, maxAttempts: 20 },
		arrange: async (stage) => {
			await relayed(stage, () => (stage.random() < 0.1 ? 'deaf' : 'pass'));
		},
		failures: { fail: ['timeout/unknown'] },
		repeats: true,
	},
	{
		name: 'half-open-accepted',
		what: 'on some connections messages arrive but no answer comes back',
		delivery: { ...impatient, maxAttempts: 20 },
		arrange: async (stage) => {
			await relayed(stage, () => (stage.random() < 0.1 ? 'mute' : 'pass'));
		},
		failures: { fail: ['timeout/unknown'] },
		repeats: true,
	},
	{
		name: 'headers-only',
		what: 'every answer stops after its headers',
		delivery: hopeless,
		arrange: async (stage) => {
			await relayed(stage, () => 'headersOnly');
		},
		failures: timeouts,
	},
];
