/** How many characters a message has: with the contact's ID the body of a call comes to 1 KB. */
const MESSAGE_LENGTH = 940;

const FILLER =
	'We noticed that you were looking at our summer collection. Do you have any questions? ';

/**
 * Makes a message of its own for a contact.
 *
 * @param contactId the contact
 * @returns the text, 940 characters
 */
export function messageFor(contactId: string): string {
	return `Hello ${contactId}! `.padEnd(MESSAGE_LENGTH, FILLER);
}
