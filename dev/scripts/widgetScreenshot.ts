import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Page } from 'playwright-core';

import { launchChromium } from './editor/chromium';
import { DEFAULT_CLIENT, startSimulator } from '../simulator';

const IMAGE = join(__dirname, '../..', 'docs', 'images', 'widget.png');
const MESSAGES = [
	{ type: 'bot', message: 'Hello Ada! Your order A-1041 has shipped and arrives on Thursday.' },
	{
		type: 'agent',
		message: 'Hi Ada, this is Sam from the shop. Shall I have it delivered to a pick-up point?',
	},
];
const NOTIFICATION = 'Your parcel is at the pick-up point in Harbour Street now, until Saturday.';

async function logIn(url: string): Promise<string> {
	const { clientId, clientSecret } = DEFAULT_CLIENT;
	const response = await fetch(`${url}/oauth/token`, {
		method: 'POST',
		headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
		body: new URLSearchParams({ grant_type: 'client_credentials' }),
	});
	const { access_token: accessToken } = (await response.json()) as { access_token: string };
	return accessToken;
}

async function post(url: string, token: string, body: object): Promise<void> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`The message was refused: ${await response.text()}`);
}

async function play(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/widget`);
	await page.getByText('Session open').waitFor();
	const contactId = await page.locator('#contact-id').innerText();
	const token = await logIn(url);
	for (const message of MESSAGES) {
		await post(`${url}/api/v2/webchat/messaging`, token, { contactId, ...message });
		await page.getByText(message.message).waitFor();
	}
	await post(`${url}/api/v2/conversations/messages/agentless`, token, {
		fromAddress: await page.locator('#deployment-id').innerText(),
		externalContactId: await page.locator('#external-contact-id').innerText(),
		toAddressMessengerType: 'webmessaging',
		textBody: NOTIFICATION,
	});
	await page.getByText(NOTIFICATION).waitFor();
}

/** Takes the picture of the widget page for the documentation. */
async function main(): Promise<void> {
	const simulator = await startSimulator();
	const browser = await launchChromium();
	try {
		const viewport = { width: 960, height: 850 };
		const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
		await play(page, simulator.url);
		await mkdir(dirname(IMAGE), { recursive: true });
		await page.screenshot({ path: IMAGE });
	} finally {
		await browser.close();
		await simulator.stop();
	}
}

void main();
