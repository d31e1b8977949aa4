import type { Failure } from '../failures/failure';

/** What a refusal may name when the set-up is at fault; then it says nothing about the customer. */
const PARTS_OF_SET_UP = [
	'accounts?|agents?|apis?|applications?|assets?|bots?|brands?|business(?:es)?|campaigns?|carriers?|cent(?:er|re)s?|channels?|clients?',
	'configurations?|contents?|conversations?|deployments?|divisions?|domains?|endpoints?|features?|flows?|from ?address(?:es)?',
	'groups?|handlers?|hosts?|integrations?|librar(?:y|ies)|licen[cs]es?|lists?|messengers?|methods?|numbers?',
	'operations?|organi[sz]ations?|pages?|paths?|permissions?|platforms?|polic(?:y|ies)|products?|providers?|queues?',
	'regions?|responses?|roles?|routes?|senders?|services?|settings?|skills?|templates?|tenants?|urls?|users?',
	'versions?|widgets?',
];
const NAMES_SET_UP = new RegExp(`\\b(?:${PARTS_OF_SET_UP.join('|')})\\b`, 'i');

const CUSTOMER =
	'(?:consumer|contact|customer|end[ -]user|external ?contact|guest|recipient|subscriber|to ?address)s?(?! (?:cent(?:er|re)|list)s?\\b)';
/** "The brand of the recipient" is not the recipient; the ID or the session of one is. */
const PART_OF_CUSTOMER = new RegExp(
	`(?<!\\b(?:address|any|e-?mail|id|identifier|identity|none|number|one|phone|profile|session|some)) of (?:an?|that|the|this|your) ${CUSTOMER}\\b`,
	'i',
);

/** How web servers say that they do not know a path. */
const UNKNOWN_PATH = /\bcannot (?:get|post)\b|\/(?:api|v\d)\b/i;

/** What a 404 may call the customer, or what the customer is known by. */
const NAMES_CUSTOMER =
	/\b(?:address(?:ee)?|consumer|contact|customer|destination|e-?mail|end[ -]user|guest|identity|member|participant|person|phone|profile|recipient|session|subscriber|visitor|whats ?app id)(?:s|es)?\b/i;
/** Words with which a 404 says no more than its status. */
const SAYS_NO_MORE = new Set(
	'access accessible and any are available bad been but cannot check code could couldn data deleted didn does don entities entity error exist existing exists false find for found general given gone has have here http identifier invalid isn item items its known locate longer looking lookup match matches matching missing not nothing null object please provided query record records removed request requested resolved resource resources result results retrieve retrieved returned search sorry specified such system that the there this unable unavailable unknown value was wasn were what which with you your'.split(
		' ',
	),
);

/**
 * Whether a 404 is about something else than the customer: it names a part of the set-up, or anything that is no
 * customer.
 */
export function namesAnother(failure: Failure): boolean {
	const words = wordsOf(failure);
	if (NAMES_SET_UP.test(words) || UNKNOWN_PATH.test(words)) return true;
	return namesUnknown(words);
}

/** Whether words name something that is neither the customer nor no more than "the resource". */
function namesUnknown(words: string): boolean {
	if (PART_OF_CUSTOMER.test(words)) return true;
	if (NAMES_CUSTOMER.test(words)) return false;
	// What has digits is an ID, and shorter words are none that matter.
	const names = words.toLowerCase().match(/(?<![\p{L}\d])\p{L}{3,}(?![\p{L}\d])/gu) ?? [];
	return names.some((name) => !SAYS_NO_MORE.has(name));
}

const NAMES_CALLED =
	/\b(?:apis?|divisions?|endpoints?|features?|licen[cs]es?|methods?|paths?|permissions?|routes?|services?|urls?)\b/i;

/** Whether a 404 names what was called, or what that needs, instead of who was looked for. */
export function namesCalled(failure: Failure): boolean {
	const words = wordsOf(failure);
	return NAMES_CALLED.test(words) || UNKNOWN_PATH.test(words) || namesUnknown(words);
}

/** Sessions that are not the customer's, and what a set-up says of all of them. By an agent, the customer's is closed. */
const OTHER_SESSION = new RegExp(
	[
		'\\b(?:(?<!\\bby (?:an? |the |your )?)agents?|apis?|carriers?|configurations?|deployments?|durations?|features?|integrations?|licen[cs]es?|(?:log|sign)[ -]?in|oauth',
		'organi[sz]ations?|providers?|servers?|settings?|smpp|access token|(?<!end[ -])users?|admin\\w*|authenticat\\w*|authori[sz]ation|backends?|balancers?|bots?',
		'brokers?|databases?|gateways?|hosts?|https?|j?sessionid|partners?|portals?|prox(?:y|ies)|security|ssl|supervisors?|tenants?|tls|trials?|trunks?',
		'uploads?|upstreams?|webhooks?)\\b',
	].join('|'),
	'i',
);
/** A part of the set-up has sessions of its own; a session has a token that is not the session itself. */
const SESSION_OF_SET_UP =
	/\b(?:accounts?|applications?|campaigns?|channel|connect(?:ion|or)|divisions?|edge|flow|platform|queues?|service|workflow) sessions?\b|\bsessions? (?:cookie|key|limit|secret|token|type)s?\b/i;
const ENDED =
	'expired?|ended|closed|terminated|inactive|disconnected|timed out|no longer|invalid|unknown|does not exist|not (?:valid|found|active|open|available)|(?:is|was) over(?! \\d)';
/** "The session has not ended" says the opposite. */
const SESSION_ENDED = new RegExp(
	`\\bsessions?\\b.{0,60}\\b(?<!(?:\\bnot|\\bnever|n['’]t) (?:been |yet ){0,2})(?:${ENDED})(?!\\w)|\\b(?:expired|ended|closed|terminated|inactive|disconnected|invalid|no (?:active|open)) sessions?\\b`,
	'i',
);

/** Whether a refusal says that the session of the customer has ended. */
export function saysSessionEnded(failure: Failure): boolean {
	const words = wordsOf(failure);
	return SESSION_ENDED.test(words) && !OTHER_SESSION.test(words) && !SESSION_OF_SET_UP.test(words);
}

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
	const words = wordsOf(failure);
	const [, before, between] = UNKNOWN_CUSTOMER.exec(words) ?? [];
	if (before === undefined || PART_OF_CUSTOMER.test(words)) return false;
	return !OTHER_SUBJECT.test(`${before} ${between}`);
}

/** The switches and lists for the choice, not the choice itself. */
const SWITCH =
	/\b(?:configur\w+|settings?|keywords?|features?|enabled?|how to|integrations?|missing|must|requir\w+)\b/i;
/** Of somebody: a text that must have or must not have an "opt-out message" is nobody's choice. */
const OPT_OUT = new RegExp(
	`\\b(?:${CUSTOMER}|number)\\b.{0,30}\\bopt[ -]?out\\b(?! (?!from |of )\\w)|^opt[ -]?out$`,
	'im',
);
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
	/\b(?:accounts?|applications?|brands?|channels?|clients?|deployments?|features?|integrations?|organi[sz]ations?|senders?|tenants?)(?: \w+){0,3} (?:opted|unsubscribed)\b/i;

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
