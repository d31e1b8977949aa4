import { DEMO_CUSTOMERS } from '../demo';
import type { DemoCustomer } from '../demo';
import { SEEDED } from '../model/directory/seeds';
import { DEFAULT_CLIENT } from '../options';

const OUTCOMES: Record<DemoCustomer['expected'], string> = {
	sent: 'open session',
	sentAfterRateLimit: 'open session, rate-limited once',
	sessionExpired: 'session expired',
	contactNotFound: 'does not exist',
};

function exampleBody({ contactId, message }: DemoCustomer): string {
	return JSON.stringify({ contactId, type: 'bot', message });
}

/**
 * What `npm run simulator` prints when it listens.
 *
 * @param url the simulator's base URL
 */
export function greeting(url: string): string {
	const { clientId, clientSecret } = DEFAULT_CLIENT;
	const contacts = DEMO_CUSTOMERS.map(
		({ contactId, name, expected }) => `  ${contactId}  ${name.padEnd(14)}${OUTCOMES[expected]}`,
	);
	const body = exampleBody(DEMO_CUSTOMERS[0]);
	return `The Genesys Cloud simulator listens on ${url}

Credential "Genesys Cloud API" in n8n:
  Environment    Custom
  Login URL      ${url}
  API URL        ${url}
  Client ID      ${clientId}
  Client Secret  ${clientSecret}

The customer's browser (opens a new session):
  ${url}/widget

Demo contacts (to see one's browser: ${url}/widget?contactId=…):
${contacts.join('\n')}

Message → Send, from:
  Web Messaging  ${SEEDED.deploymentId} (to the external contact ID on the widget page)
  SMS            ${SEEDED.smsNumber} (to any number, such as ${DEMO_CUSTOMERS[0].phone})

Send a message without n8n:
  TOKEN=$(curl -s -u ${clientId}:${clientSecret} -d grant_type=client_credentials \\
    ${url}/oauth/token | cut -d '"' -f 4)
  curl -s ${url}/api/v2/webchat/messaging -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -d '${body}'

Press Ctrl+C to stop.
`;
}
