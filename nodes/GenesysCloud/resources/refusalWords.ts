import type { Failure } from '../failures/failure';

/** What a refusal may name when the set-up is at fault; then it says nothing about the customer. */
const PARTS_OF_SET_UP = [
	'accounts?|agents?|apis?|applications?|carriers?|channels?|clients?|configurations?|conversations?|deployments?',
	'divisions?|domains?|endpoints?|features?|flows?|from ?address(?:es)?|integrations?|librar(?:y|ies)|licen[cs]es?',
	'messengers?|methods?|numbers?|operations?|organi[sz]ations?|pages?|paths?|platforms?|products?|providers?',
	'queues?|responses?|routes?|senders?|services?|settings?|skills?|templates?|tenants?|urls?|users?',
];
const NAMES_SET_UP = new RegExp(`\\b(?:${PARTS_OF_SET_UP.join('|')})\\b`, 'i');

/** Whether a refusal names something else than the customer. */
export function namesSetUp(failure: Failure): boolean {
	return NAMES_SET_UP.test(wordsOf(failure));
}

const NAMES_PATH = /\b(?:apis?|endpoints?|methods?|paths?|routes?|urls?)\b/i;

/** Whether a refusal names what was called instead of what was looked for. */
export function namesPath(failure: Failure): boolean {
	return NAMES_PATH.test(wordsOf(failure));
}

/** Sessions that are not the customer's. */
const OTHER_SESSION =
	/\b(?:agents?|apis?|integrations?|log[ -]?in|oauth|organi[sz]ations?|providers?|servers?|access token|(?<!end[ -])users?)\b/i;
const ENDED =
	'expired?|ended|closed|terminated|inactive|disconnected|timed out|no longer|invalid|unknown|does not exist|not (?:valid|found|active|open|available)|(?:is|was) over(?! \\d)';
const SESSION_ENDED = new RegExp(
	`\\bsessions?\\b.{0,60}\\b(?:${ENDED})(?!\\w)|\\b(?:expired|ended|closed|terminated|inactive|invalid|no (?:active|open)) sessions?\\b`,
	'i',
);

/** Whether a refusal says that the session of the customer has ended. */
export function saysSessionEnded(failure: Failure): boolean {
	const words = wordsOf(failure);
	return SESSION_ENDED.test(words) && !OTHER_SESSION.test(words);
}

/** A 404 says it by its status; Genesys Cloud may as well answer 400 in words. */
const UNKNOWN_RECIPIENT =
	/\b(?:recipient|external ?contact|contact|to ?address)\b.{0,60}\b(?:not found|unknown|does not exist)\b/i;

/** Whether a refusal says that it does not know the customer. */
export function saysUnknownRecipient(failure: Failure): boolean {
	return UNKNOWN_RECIPIENT.test(wordsOf(failure));
}

const OPTED_OUT =
	/\bopted[ -]?out\b|RecipientOptedOut|\bunsubscribed\b|\bnot opted[ -]?in\b|\bdo[ -]not[ -](?:contact|call|message)\b/i;
/** The choice, or the switch for it. */
const OPT_OUT = /\bopt[ -]?out\b/i;
const SWITCH = /\b(?:configur\w+|settings?|keywords?|features?|enabled?|integrations?|missing)\b/i;

/** Whether a refusal says that the customer wants no messages. */
export function saysOptedOut(failure: Failure): boolean {
	const words = wordsOf(failure);
	return OPTED_OUT.test(words) || (OPT_OUT.test(words) && !SWITCH.test(words));
}

/** What Genesys Cloud said itself: its message without quotes, and its code in words. */
function wordsOf({ ownWords = '', code = '' }: Failure): string {
	const inWords = code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(/[._:-]+/g, ' ');
	return `${ownWords}\n${inWords}`;
}
