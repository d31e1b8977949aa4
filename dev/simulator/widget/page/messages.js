import { byId, scrollToEnd } from './view.js';

const SENDERS = { bot: 'Bot', agent: 'Agent', agentless: 'Notification', customer: 'You' };

const seen = new Set();
let lastId = null;

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

function showCount() {
	const count = seen.size;
	byId('count').textContent =
		count === 0 ? 'No messages yet' : `${count} message${count === 1 ? '' : 's'}`;
	byId('empty').hidden = count > 0;
	document.title = count === 0 ? "Customer's browser" : `(${count}) Customer's browser`;
}

/** Shows a message, once. */
export function showMessage({ id, type, message, timestamp }) {
	lastId = id;
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

/** The last message that was shown; null = none. */
export const lastMessageId = () => lastId;

/** Shows the messages of another contact. */
export function clearMessages() {
	seen.clear();
	lastId = null;
	byId('messages').replaceChildren();
	showCount();
}
