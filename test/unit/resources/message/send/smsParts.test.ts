import { smsParts } from '../../../../../nodes/GenesysCloud/resources/message/send/smsParts';

describe('smsParts', () => {
	it.each([
		['Hello', 5, 'GSM-7', 1],
		['Grüße aus Köln @ 5 ¥', 20, 'GSM-7', 1],
		['a'.repeat(160), 160, 'GSM-7', 1],
		['a'.repeat(161), 161, 'GSM-7', 2],
		['a'.repeat(306), 306, 'GSM-7', 2],
		['a'.repeat(307), 307, 'GSM-7', 3],
		['€'.repeat(80), 80, 'GSM-7', 1],
		['€'.repeat(81), 81, 'GSM-7', 2],
		// A sign of two places that would be torn apart goes to the next part as a whole.
		[`${'a'.repeat(152)}€${'a'.repeat(152)}`, 305, 'GSM-7', 3],
		['ç'.repeat(70), 70, 'Unicode', 1],
		['я'.repeat(70), 70, 'Unicode', 1],
		['я'.repeat(71), 71, 'Unicode', 2],
		['я'.repeat(134), 134, 'Unicode', 2],
		['я'.repeat(135), 135, 'Unicode', 3],
		['😀'.repeat(35), 35, 'Unicode', 1],
		['😀'.repeat(36), 36, 'Unicode', 2],
		[`${'я'.repeat(66)}😀${'я'.repeat(66)}`, 133, 'Unicode', 3],
		[`${'a'.repeat(159)}’`, 160, 'Unicode', 3],
	] as const)('%# counts the parts of a text', (text, characters, encoding, parts) => {
		expect(smsParts(text)).toEqual({ characters, encoding, parts });
	});
});
