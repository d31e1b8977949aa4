'use strict';

/** Plays a customer's browser: one page is one contact, named in the page's address. */
(() => {
	const RETRY_MS = 2000;
	const NOTICES = {
		expired:
			'This session has ended. Messages to its contact ID are refused; start a new session to go on.',
		unknown: 'The simulator does not know this contact ID. Start a new session to go on.',
	};
	const STATES = { open: 'Session open', expired: 'Session ended', unknown: 'Unknown contact' };
	const SENDERS = { bot: 'Bot', agent: 'Agent', agentless: 'Notification', customer: 'You' };

	const byId = (id) => document.getElementById(id);
	const contactsUrl = '/simulator/contacts';
	const seen = new Set();
	const parameters = new URLSearchParams(location.search);
	const capture = loopbackUrl(parameters.get('captureUrl'));
	let contactId = parameters.get('contactId');
	let lastMessageId = null;
	let stream = null;
	let retryTimer = null;

	/** A webhook of this machine, or null: the page tells its contact ID nobody else. */
	function loopbackUrl(text) {
		if (text === null || !URL.canParse(text)) return null;
		const url = new URL(text);
		const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
		return isLoopback && /^https?:$/.test(url.protocol) ? url.href : null;
	}

	/** Tells the webhook who is here, as a website would. */
	async function tellWebhook(event, conversationId) {
		if (capture === null) return;
		const { externalContactId, deploymentId } = await call('GET', contactUrl());
		const body = { event, contactId, conversationId, externalContactId, deploymentId };
		const headers = { 'Content-Type': 'application/json' };
		await fetch(capture, { method: 'POST', headers, body: JSON.stringify(body) });
	}

	const contactUrl = (path = '') => `${contactsUrl}/${encodeURIComponent(contactId)}${path}`;

	/** Calls the control API; throws with its sentence when it refuses. */
	async function call(method, url, data) {
		const response = await fetch(url, { method, body: data && JSON.stringify(data) });
		const body = response.status === 204 ? undefined : await response.json();
		if (!response.ok) throw new Error(body.error);
		return body;
	}

	function showNotice(text) {
		byId('notice').textContent = text ?? '';
		byId('notice').hidden = text === undefined;
		scrollToEnd();
	}

	function scrollToEnd() {
		byId('scroll').scrollTop = byId('scroll').scrollHeight;
	}

	function showState(text, kind) {
		byId('state-text').textContent = text;
		byId('state').dataset.state = kind;
		document.querySelector('.chat').classList.toggle('ended', kind === 'ended');
		for (const id of ['end', 'send', 'text', 'begin', 'end-conversation']) {
			byId(id).disabled = kind !== 'open';
		}
	}

	function showSession(state) {
		showState(STATES[state], state === 'open' ? 'open' : 'ended');
		showNotice(NOTICES[state]);
	}

	function showConnecting(text) {
		showState(text, 'connecting');
	}

	function showCount() {
		const count = seen.size;
		byId('count').textContent =
			count === 0 ? 'No messages yet' : `${count} message${count === 1 ? '' : 's'}`;
		byId('empty').hidden = count > 0;
		document.title = count === 0 ? "Customer's browser" : `(${count}) Customer's browser`;
	}

	const SVG = 'http://www.w3.org/2000/svg';
	const BOT_PATH =
		'M11 3h2v3h4a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3h4V3z' +
		'M9 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z' +
		'M15 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z';
	const AGENT_PATH = 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 20c0-4 3.5-6 8-6s8 2 8 6z';

	const BELL_PATH =
		'M12 3a1.5 1.5 0 0 1 1.5 1.5v.7A5.5 5.5 0 0 1 17.5 10.5V15l2 2v1h-15v-1l2-2v-4.5A5.5 5.5 0 0 1 ' +
		'10.5 5.2v-.7A1.5 1.5 0 0 1 12 3zM10 19h4a2 2 0 0 1-4 0z';
	const AVATARS = { bot: BOT_PATH, agent: AGENT_PATH, agentless: BELL_PATH, customer: AGENT_PATH };

	function drawAvatar(type) {
		const svg = document.createElementNS(SVG, 'svg');
		const path = document.createElementNS(SVG, 'path');
		svg.setAttribute('viewBox', '0 0 24 24');
		path.setAttribute('d', AVATARS[type] ?? BOT_PATH);
		path.setAttribute('fill', 'currentColor');
		path.setAttribute('fill-rule', 'evenodd');
		svg.append(path);
		return svg;
	}

	function showMessage({ id, type, message, timestamp }) {
		lastMessageId = id;
		if (seen.has(id)) return;
		seen.add(id);
		const item = byId('message-template').content.firstElementChild.cloneNode(true);
		item.classList.add(type);
		item.querySelector('.avatar').append(drawAvatar(type));
		item.querySelector('.sender').textContent = SENDERS[type] ?? type;
		item.querySelector('.text').textContent = message;
		const time = item.querySelector('time');
		time.dateTime = timestamp;
		time.textContent = new Date(timestamp).toLocaleTimeString();
		byId('messages').append(item);
		scrollToEnd();
		showCount();
	}

	function disconnect() {
		clearTimeout(retryTimer);
		stream?.close();
		stream = null;
	}

	function connect() {
		disconnect();
		const after = lastMessageId === null ? '' : `?after=${encodeURIComponent(lastMessageId)}`;
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
		seen.clear();
		lastMessageId = null;
		byId('messages').replaceChildren();
		showCount();
		showNotice(undefined);
		connect();
		await showExternalContact();
		await showCurl();
		await tellWebhook('connect');
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
		await tellWebhook('message', id);
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
		await tellWebhook('conversation', id);
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
})();
