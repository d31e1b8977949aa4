/** An element of the page. */
export const byId = (id) => document.getElementById(id);

const NOTICES = {
	expired:
		'This session has ended. Messages to its contact ID are refused; start a new session to go on.',
	unknown: 'The simulator does not know this contact ID. Start a new session to go on.',
};
const STATES = { open: 'Session open', expired: 'Session ended', unknown: 'Unknown contact' };

/** Shows a sentence below the messages, or nothing. */
export function showNotice(text) {
	byId('notice').textContent = text ?? '';
	byId('notice').hidden = text === undefined;
	scrollToEnd();
}

/** Shows the last message. */
export function scrollToEnd() {
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

/** Shows the state of the session. */
export function showSession(state) {
	showState(STATES[state], state === 'open' ? 'open' : 'ended');
	showNotice(NOTICES[state]);
}

/** Shows that the page waits for the simulator. */
export function showConnecting(text) {
	showState(text, 'connecting');
}
