/** Contacts that get exactly one message begin so. */
export const EXACTLY_ONCE = 'once-';
/** Contacts of executions that are stopped or fail begin so: some of them get no message. */
export const CUT_SHORT = 'cut-';
/** The contact whose message is always refused. */
export const REFUSED = `${CUT_SHORT}refused`;

/**
 * The text for a contact.
 *
 * @param contactId the contact
 * @returns a text of its own, about as long as a message is
 */
export function textFor(contactId: string): string {
	return `Hello ${contactId}! Your order has shipped. `.repeat(5);
}
