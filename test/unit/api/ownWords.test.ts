import { ownWords } from '../../../nodes/GenesysCloud/api/ownWords';

const TEXT = 'Your session has expired, reply STOP to opt out';

describe('the words of Genesys Cloud', () => {
	it.each([
		['bare', `The text ${TEXT} is too long.`, 'The text is too long.'],
		['in brackets', `Value [${TEXT}] is not valid`, 'Value is not valid'],
		['in braces', `Value {text=${TEXT}} is not valid`, 'Value is not valid'],
		['in nested brackets', `Value [a [b ${TEXT}] c] is bad`, 'Value is bad'],
		['in brackets that never close', `Not valid: [a [b] ${TEXT}`, 'Not valid:'],
		['in quotes', `Value "${TEXT}" is not valid`, 'Value is not valid'],
		['in single quotes', `Value '${TEXT}' is not valid`, 'Value is not valid'],
		['in backticks', `Value \`${TEXT}\` is not valid`, 'Value is not valid'],
		['in quotes of print', `Value “${TEXT}” is not valid`, 'Value is not valid'],
		['in German quotes', `Value „${TEXT}“ is not valid`, 'Value is not valid'],
		['in French quotes', `Value «${TEXT}» is not valid`, 'Value is not valid'],
		['in quotes that never close', `Not valid: "${TEXT}`, 'Not valid:'],
		['bare and cut at the end', `Not valid: ${TEXT.slice(0, 25)}`, 'Not valid:'],
		['bare and cut in the middle', `Text ${TEXT.slice(0, 24)}... is bad`, 'Text ... is bad'],
		['bare, its beginning cut', `Text …${TEXT.slice(5)} is bad`, 'Text … is bad'],
		['twice', `${TEXT} is not ${TEXT}`, 'is not'],
	])('are what stands around our text %s', (_how, message, expected) => {
		expect(ownWords(message, { textBody: TEXT })).toBe(expected);
	});

	it.each([
		['‹', '›'],
		['<', '>'],
		['»', '«'],
		['›', '‹'],
		['´', '´'],
		['「', '」'],
		['『', '』'],
		['„', '”'],
		['\\"', '\\"'],
		['{"text":"', '"}'],
		['"', '…'],
	])('are what stands around %s…%s, whoever is quoted', (left, right) => {
		const words = ownWords(`Not valid: ${left}${TEXT}${right}`, {});
		expect(words).not.toMatch(/session|STOP/);
		expect(words).toMatch(/^Not valid:/);
	});

	it.each([
		['Your session has expired, ADA', 'Invalid: YOUR SESSION HAS EXPIRED, Ada', 'Invalid:'],
		['Session expired!', 'Invalid: session expired', 'Invalid:'],
		['«Session expired»', 'Invalid: Session expired.', 'Invalid: .'],
		['İSTANBUL: your session has expired', 'Bad: İstanbul: YOUR SESSION HAS EXPIRED!', 'Bad: !'],
		['Terminvereinbarungen', 'Invalid: terminvereinbarungen', 'Invalid:'],
	])('hold nothing of %j in other letters or without its signs', (text, message, expected) => {
		expect(ownWords(message, { text })).toBe(expected);
	});

	it.each([
		['a URL', 'Session has expired', 'Invalid: Session+has+expired', 'Invalid:'],
		['a URL, with codes', 'Session, expired', 'Invalid: Session%2C%20expired', 'Invalid:'],
		['a web page', "Session's expired", 'Invalid: Session&#39;s expired', 'Invalid:'],
		['a web page, in hex', "Session's expired", 'Invalid: Session&#x27;s expired', 'Invalid:'],
		['a web page, by name', 'Session & chat ended', 'Bad: Session &amp; chat ended', 'Bad:'],
		['JSON', 'Session "7" ended', 'Invalid: Session \\"7\\" ended', 'Invalid:'],
		['JSON, by code', "Session's over", 'Invalid: Session\\u0027s over', 'Invalid:'],
		['JSON, with lines', 'Session\nended', 'Invalid: Session\\nended', 'Invalid:'],
		['JSON, of Windows', 'Session\r\nended', 'Invalid: Session\\r\\nended', 'Invalid:'],
		['JSON, with a NUL', 'Session\u0000ended', 'Invalid: Session\\u0000ended', 'Invalid:'],
		[
			'a text that was encoded before',
			'R&amp;D session ended',
			'Bad: R&amp;D session ended',
			'Bad:',
		],
	])('hold nothing of a text that was written for %s', (_where, text, message, expected) => {
		expect(ownWords(message, { text })).toBe(expected);
	});

	it.each([
		['dots', 'Session expired, Ada', 'Invalid: Session expired...', 'Invalid: ...'],
		['one sign', 'Session expired, Ada', 'Value Session expired… is bad', 'Value … is bad'],
		['dots that follow the whole of it', 'Session 7', 'Invalid: Session 7...', 'Invalid: ...'],
	])('hold nothing of a short text that was cut before %s', (_how, text, message, expected) => {
		expect(ownWords(message, { text })).toBe(expected);
	});

	it.each([
		['a short text', '(no 5)', 'Value(no 5)is bad'],
		['a long text', `(${TEXT})`, `Value(${TEXT})is bad`],
		['a quotation', TEXT, 'Value«of another»is bad'],
	])('stay apart where no blank stands around %s', (_what, text, message) => {
		expect(ownWords(message, { text })).toBe('Value is bad');
	});

	it('hold nothing of a text that begins with another value of the request', () => {
		const request = { name: 'Session 7', text: 'Session 7 expired' };
		expect(ownWords('Invalid: Session 7 expired', request)).toBe('Invalid:');
	});

	it.each([
		["Value [it's %s] is bad", "The customer's session has expired"],
		["Don't send '%s' now", "Don't wait: your session expired"],
		['Value “%s” is bad', 'Don’t wait, the session has expired'],
		['Value ‘%s’ is bad', 'Don’t wait, the session has expired'],
	])('are found around apostrophes: %s, %s', (message, text) => {
		// A request that holds another text: only the marks tell that it is quoted.
		expect(ownWords(message.replace('%s', text), {})).not.toMatch(/session/);
		expect(ownWords(message.replace('%s', text), { text })).not.toMatch(/session/);
	});

	it.each([
		"The customer's session has expired",
		"The customers' sessions have expired",
		"The session can't be used: it has expired",
	])('are all there is: %s', (message) => {
		expect(ownWords(message, { message: 'Hello' })).toBe(message);
	});

	it('hold nothing of a long message that was cut at its end', () => {
		const text = `Dear customer, ${'our offer is new. '.repeat(40)}Your session has expired.`;
		const message = `Value ${text} is not valid`.slice(0, 500);
		expect(ownWords(message, { text })).toBe('Value');
	});

	it.each([490, 484, 480])(
		'hold nothing of a short value that was cut at its end: %i',
		(before) => {
			const text = 'your 2nd number';
			const message = `${'.'.repeat(before)} ${text} is bad`.slice(0, 500);
			expect(ownWords(message, { text })).not.toMatch(/your|2nd/);
		},
	);

	it('hold nothing of a text whose control characters and blanks the message has not', () => {
		const text = 'Your\r\nsession \t has\u0000 expired: 12';
		expect(ownWords('Value Your session has expired: 12 is bad', { text })).toBe('Value is bad');
	});

	it('hold no ID and no number of the request, however deep', () => {
		const request = [{ a: [{ id: 'c-1234' }] }, ['no-5678'], { count: 4711 }];
		const message = 'Contact c-1234 of no-5678 has 4711 sessions';
		expect(ownWords(message, request)).toBe('Contact of has sessions');
	});

	it('keep what only contains an ID', () => {
		expect(ownWords('Contact c-12345 is gone', { id: 'c-1234' })).toBe('Contact c-12345 is gone');
	});

	it.each(['session', 'agent', 'open', 'integration', 'opt'])(
		'keep a single word that is ours as well: %s',
		(word) => {
			const message = `The ${word} is not open for the agent: session expired`;
			expect(ownWords(message, { type: 'agent', channel: 'open', message: word })).toBe(message);
		},
	);

	it.each([undefined, null, true, {}, [], { deep: { none: null } }, ''])(
		'are the whole message of a request that holds no text: %j',
		(request) => {
			expect(ownWords('The session has expired', request)).toBe('The session has expired');
		},
	);

	it('keep what is too short for a quote, and what only looks cut', () => {
		const message = 'Only 300 calls: the session has expired';
		expect(ownWords(message, { count: 300, text: 'expired orders are here' })).toBe(message);
	});

	it.each(['.* (a+)+ $1 [x] \\d {2} | ^', '(a+)+ $1|x'])(
		'take what looks like a pattern as it is: %s',
		(text) => {
			expect(ownWords(`Value ${text} is bad`, { text })).toBe('Value is bad');
		},
	);

	it('have closing marks without opening ones', () => {
		expect(ownWords('a ] b } c', {})).toBe('a ] b } c');
	});
});
