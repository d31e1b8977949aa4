// Plays a customer's browser: one page is one contact, named in the page's address.
import { call, loopbackUrl, tellWebhook } from './calls.js';
import { clearMessages, lastMessageId, showMessage } from './messages.js';
import { byId, showConnecting, showNotice, showSession } from './view.js';

const RETRY_MS = 2000;
const contactsUrl = '/simulator/contacts';
const parameters = new URLSearchParams(location.search);
const capture = loopbackUrl(parameters.get('captureUrl'));
let contactId = parameters.get('contactId');
let stream = null;
let retryTimer = null;

const contactUrl = (path = '') => `${contactsUrl}/${encodeURIComponent(contactId)}${path}`;

/** Tells the webhook who is here. */
async function tell(event, conversationId) {
	if (capture === null) return;
	const { externalContactId, deploymentId } = await call('GET', contactUrl());
	const body = { event, contactId, conversationId, externalContactId, deploymentId };
	await tellWebhook(capture, body);
}

function disconnect() {
	clearTimeout(retryTimer);
	stream?.close();
	stream = null;
}

function connect() {
	disconnect();
	const last = lastMessageId();
	const after = last === null ? '' : `?after=${encodeURIComponent(last)}`;
	stream = new EventSource(contactUrl(`/events${after}`));
	stream.addEventListener('session', (event) => showSession(JSON.parse(event.data).state));
	stream.addEventListener('message', (event) => showMessage(JSON.parse(event.data)));
	stream.addEventListener('error', () => {
		showConnecting('Reconnecting…');
		// The browser reconnects by itself, except when it gave the stream up.
		if (stream?.readyState === EventSource.CLOSED) retryTimer = setTimeout(connect, RETRY_MS);
	});
}

async function showCurl() {
	const { clients } = await call('GET', '/simulator/settings');
	const body = JSON.stringify({ contactId, type: 'bot', message: 'Hello!' });
	byId('curl').textContent = [
		`TOKEN=$(curl -s -u ${clients[0].clientId}:${clients[0].clientSecret} \\`,
		'  -d grant_type=client_credentials \\',
		`  ${location.origin}/oauth/token | cut -d '"' -f 4)`,
		`curl ${location.origin}/api/v2/webchat/messaging \\`,
		'  -H "Authorization: Bearer $TOKEN" \\',
		`  -H 'Content-Type: application/json' \\`,
		`  -d '${body}'`,
	].join('\n');
}

/** Shows by which IDs the documented API reaches the session; a contact without one has none. */
async function showExternalContact() {
	const response = await fetch(contactUrl());
	byId('use-message').hidden = !response.ok;
	if (!response.ok) return;
	const { externalContactId, deploymentId } = await response.json();
	byId('external-contact-id').textContent = externalContactId;
	byId('deployment-id').textContent = deploymentId;
}

async function showContact() {
	byId('contact-id').textContent = contactId;
	clearMessages();
	showNotice(undefined);
	connect();
	await showExternalContact();
	await showCurl();
	await tell('connect');
}

async function startSession() {
	disconnect();
	showConnecting('Connecting…');
	({ contactId } = await call('POST', contactsUrl));
	parameters.set('contactId', contactId);
	history.replaceState(null, '', `?${parameters}`);
	await showContact();
}

async function endSession() {
	await call('POST', contactUrl('/expire'));
}

/** Writes as the customer, in the conversation that there is. */
async function write() {
	const text = byId('text').value.trim();
	if (text === '') return;
	const { id } = await call('POST', contactUrl('/messages'), { text });
	byId('text').value = '';
	await tell('message', id);
}

function readAttributes() {
	const text = byId('attributes').value.trim();
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		throw new Error('the attributes are no JSON.');
	}
}

/** Starts a conversation of its own. */
async function begin() {
	const queue = byId('queue').value;
	const { id } = await call('POST', '/simulator/conversations', {
		contactId,
		fresh: true,
		queueId: queue === 'none' ? null : queue || undefined,
		attributes: readAttributes(),
		text: byId('text').value.trim() || undefined,
	});
	byId('text').value = '';
	await tell('conversation', id);
}

async function endConversation() {
	const { ended } = await call('POST', contactUrl('/conversation/end'));
	if (ended.length === 0) showNotice('There is no conversation to end.');
}

/** Offers the queues there are. */
async function listQueues() {
	for (const { id, name } of await call('GET', '/simulator/directory/queues')) {
		byId('queue').append(new Option(name, id));
	}
}

async function copy(button, text) {
	button.dataset.label ??= button.textContent.trim();
	await navigator.clipboard.writeText(text);
	button.textContent = 'Copied';
	setTimeout(() => (button.textContent = button.dataset.label), 1500);
}

/** Runs an action of the page; what goes wrong is shown on the page. */
function run(action) {
	action().catch((error) => showNotice(`That did not work: ${error.message}`));
}

byId('end').addEventListener('click', () => run(endSession));
byId('end-conversation').addEventListener('click', () => run(endConversation));
byId('begin').addEventListener('click', () => run(begin));
byId('composer').addEventListener('submit', (event) => {
	event.preventDefault();
	run(write);
});
byId('capture').hidden = capture === null;
byId('capture-url').textContent = capture;
// Closing the page is what makes messages undeliverable: nobody sees them any more.
addEventListener('pagehide', () => {
	if (contactId !== null) navigator.sendBeacon(contactUrl('/leave'));
});
byId('start').addEventListener('click', () => run(startSession));
const COPIES = {
	'copy-id': 'contact-id',
	'copy-external': 'external-contact-id',
	'copy-deployment': 'deployment-id',
	'copy-curl': 'curl',
};
for (const [button, source] of Object.entries(COPIES)) {
	byId(button).addEventListener('click', ({ target }) =>
		run(() => copy(target, byId(source).textContent)),
	);
}
// A browser allows six connections to one server. Hidden pages give theirs back, so that any
// number of pages can be open; on return they get what they missed.
document.addEventListener('visibilitychange', () => {
	if (contactId === null) return;
	if (document.hidden) disconnect();
	else connect();
});
run(listQueues);
run(contactId === null ? startSession : showContact);
