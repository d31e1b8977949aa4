/** The client secret of the campaign's OAuth clients. */
export const CLIENT_SECRET = 'secret-of-the-campaign';

/** An Authorization header, or one of the simulator's tokens: 64 characters, but no hash in hex. */
const SECRET_LIKE = /Bearer |Basic [A-Za-z0-9+/]{8}|(?![0-9a-f]{64})(?<![\w-])[\w-]{64}(?![\w-])/;

/**
 * Whether a text holds the client secret or a token.
 *
 * @param text what n8n shows, stores or logs
 * @returns true when it does
 */
export function leaks(text: string): boolean {
	return text.includes(CLIENT_SECRET) || SECRET_LIKE.test(text);
}
