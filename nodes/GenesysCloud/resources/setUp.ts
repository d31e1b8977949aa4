/** What a 404 may name when the set-up is at fault; then it says nothing about the customer. */
const PARTS_OF_SET_UP = [
	'agents?|channels?|clients?|configurations?|conversations?|deployments?|divisions?|endpoints?|features?|flows?',
	'from ?address(?:es)?|integrations?|librar(?:y|ies)|licen[cs]es?|numbers?|organi[sz]ations?|paths?|products?',
	'queues?|responses?|routes?|senders?|settings?|skills?|templates?|urls?|users?',
];
const NAMES_SET_UP = new RegExp(`\\b(?:${PARTS_OF_SET_UP.join('|')})\\b`, 'i');

/**
 * Whether a refusal names something else than the customer.
 *
 * @param ownWords the part of its message that Genesys Cloud wrote itself
 */
export function namesSetUp(ownWords: string): boolean {
	return NAMES_SET_UP.test(ownWords);
}
