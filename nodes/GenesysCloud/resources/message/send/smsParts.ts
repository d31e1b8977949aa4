/** What an SMS costs: carriers charge for each part. */
interface SmsParts {
	readonly characters: number;
	readonly encoding: 'GSM-7' | 'Unicode';
	readonly parts: number;
}

/** The basic character set of GSM 03.38: each takes one place. */
const BASIC = new Set(
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table: each takes two places, which are never torn apart. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Places in a message of one part, and in each part of a longer one: its header takes the rest. */
const PLACES = { 'GSM-7': { single: 160, part: 153 }, Unicode: { single: 70, part: 67 } } as const;

/** Counts an SMS's parts by GSM 03.38 and 03.40: one character outside the set makes all of it Unicode. */
export function smsParts(text: string): SmsParts {
	const characters = Array.from(text);
	const isGsm = characters.every((character) => BASIC.has(character) || EXTENDED.has(character));
	const encoding = isGsm ? 'GSM-7' : 'Unicode';
	// In Unicode (UTF-16), an emoji takes two places and more.
	const places = characters.map((character) =>
		isGsm ? (EXTENDED.has(character) ? 2 : 1) : character.length,
	);
	return { characters: characters.length, encoding, parts: partsOf(places, PLACES[encoding]) };
}

function partsOf(
	places: readonly number[],
	{ single, part }: { readonly single: number; readonly part: number },
): number {
	if (places.reduce((sum, each) => sum + each, 0) <= single) return 1;
	let parts = 1;
	let taken = 0;
	for (const each of places) {
		if (taken + each > part) {
			parts++;
			taken = 0;
		}
		taken += each;
	}
	return parts;
}
