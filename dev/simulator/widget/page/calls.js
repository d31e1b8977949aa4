/** Calls the control API; throws with its sentence when it refuses. */
export async function call(method, url, data) {
	const response = await fetch(url, { method, body: data && JSON.stringify(data) });
	const body = response.status === 204 ? undefined : await response.json();
	if (!response.ok) throw new Error(body.error);
	return body;
}

/** A webhook of this machine, or null: the page tells its contact ID nobody else. */
export function loopbackUrl(text) {
	if (text === null || !URL.canParse(text)) return null;
	const url = new URL(text);
	const isLoopback = /^(localhost|127(\.\d+){3})$/.test(url.hostname);
	return isLoopback && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Tells the webhook who is here, as a website would. */
export async function tellWebhook(capture, body) {
	const headers = { 'Content-Type': 'application/json' };
	await fetch(capture, { method: 'POST', headers, body: JSON.stringify(body) });
}
