import type { Failure } from '../failures/failure';

/** What a refusal may name when the set-up is at fault; then it says nothing about the customer. */
const PARTS_OF_SET_UP = [
	'accounts?|agents?|apis?|applications?|bots?|campaigns?|carriers?|cent(?:er|re)s?|channels?|clients?',
	'configurations?|conversations?|deployments?|divisions?|domains?|endpoints?|features?|flows?|from ?address(?:es)?',
	'groups?|handlers?|hosts?|integrations?|librar(?:y|ies)|licen[cs]es?|lists?|messengers?|methods?|numbers?',
	'operations?|organi[sz]ations?|pages?|paths?|permissions?|platforms?|polic(?:y|ies)|products?|providers?|queues?',
	'regions?|responses?|roles?|routes?|senders?|services?|settings?|skills?|templates?|tenants?|urls?|users?',
	'versions?|widgets?',
];
const NAMES_SET_UP = new RegExp(`\\b(?:${PARTS_OF_SET_UP.join('|')})\\b`, 'i');

/** How web servers say that they do not know a path. */
const UNKNOWN_PATH = /\bcannot (?:get|post)\b|\/(?:api|v\d)\b/i;

/** Whether a refusal names something else than the customer. */
export function namesSetUp(failure: Failure): boolean {
	const words = wordsOf(failure);
	return NAMES_SET_UP.test(words) || UNKNOWN_PATH.test(words);
}

const NAMES_CALLED =
	/\b(?:apis?|divisions?|endpoints?|features?|licen[cs]es?|methods?|paths?|permissions?|routes?|services?|urls?)\b/i;

/** Whether a refusal names what was called, or what that needs, instead of what was looked for. */
export function namesCalled(failure: Failure): boolean {
	const words = wordsOf(failure);
	return NAMES_CALLED.test(words) || UNKNOWN_PATH.test(words);
}

/** Sessions that are not the customer's, and what a set-up says of all of them. */
const OTHER_SESSION =
	/\b(?:agents?|apis?|carriers?|configurations?|deployments?|durations?|features?|integrations?|licen[cs]es?|log[ -]?in|oauth|organi[sz]ations?|providers?|servers?|settings?|smpp|access token|(?<!end[ -])users?)\b/i;
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

const CUSTOMER =
	'(?:consumer|contact|customer|end[ -]user|external ?contact|guest|recipient|subscriber|to ?address)s?(?! (?:cent(?:er|re)|list)s?\\b)';
/** A 404 says it by its status; Genesys Cloud may as well answer 400 in words. */
const UNKNOWN_CUSTOMER = new RegExp(
	`^(.*?)\\b${CUSTOMER}\\b(.{0,60}?)\\b(?:not found|unknown|does not exist)\\b`,
	'im',
);
/** A number may be the customer's, too. */
const OTHER_SUBJECT = new RegExp(
	`\\b(?:${PARTS_OF_SET_UP.join('|').replace('|numbers?', '')})\\b`,
	'i',
);

/** Whether a refusal says that it does not know the customer, and nothing else that the request names. */
export function saysUnknownRecipient(failure: Failure): boolean {
	const [, before, between] = UNKNOWN_CUSTOMER.exec(wordsOf(failure)) ?? [];
	return before !== undefined && !OTHER_SUBJECT.test(`${before} ${between}`);
}

/** The switches and lists for the choice, not the choice itself. */
const SWITCH = /\b(?:configur\w+|settings?|keywords?|features?|enabled?|integrations?|missing)\b/i;
const OPT_OUT = /\bopt[ -]?out\b/i;
const DO_NOT = 'do[ -]not[ -](?:contact|call|message)';
const OPTED_OUT = new RegExp(
	[
		'\\bopted[ -]?out\\b(?! (?:features?|keywords?|lists?|messages?|settings?|templates?)\\b)',
		'\\bunsubscribed\\b|\\bnot opted[ -]?in\\b',
		`\\b(?:${CUSTOMER}|(?:phone )?number)\\b.{0,60}\\b${DO_NOT}\\b|^${DO_NOT}$`,
		`\\b${DO_NOT}\\b (?:\\w+ ){0,2}${CUSTOMER}\\b`,
	].join('|'),
	'im',
);
/** Who has not opted in is not the customer. */
const SET_UP_OPTED =
	/\b(?:accounts?|applications?|channels?|clients?|deployments?|features?|integrations?|organi[sz]ations?|tenants?)(?: \w+){0,3} (?:opted|unsubscribed)\b/i;

/** Whether a refusal says that the customer wants no messages. */
export function saysOptedOut(failure: Failure): boolean {
	const words = wordsOf(failure);
	if (SET_UP_OPTED.test(words)) return false;
	return OPTED_OUT.test(words) || (OPT_OUT.test(words) && !SWITCH.test(words));
}

/** What Genesys Cloud said itself: its message without quotes, the parts that it names, and its code in words. */
function wordsOf({ ownWords = '', code = '' }: Failure): string {
	return `${inWords(ownWords)}\n${inWords(code.replace(/[._:-]+/g, ' '))}`;
}

/** `fromAddress` as two words. */
function inWords(text: string): string {
	return text.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}
