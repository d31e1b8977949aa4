/** Those that Unicode lets nobody see (zero-width and direction marks, fillers, variation selectors), and the empty Braille pattern. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;
const CONTROL = /\p{Cc}/gu;

/**
 * A text without the invisible characters that copying brings along. Line breaks stay: they may tell two texts
 * apart. An emoji may need such characters: not for the texts of messages.
 */
export function withoutInvisible(text: string): string {
	return text.replace(INVISIBLE, '');
}

/** A text without the characters that nobody sees, line breaks and other control characters included. */
export function withoutUnseen(text: string): string {
	return withoutInvisible(text).replace(CONTROL, '');
}

/** Whether a text has nothing that a reader could see. */
export function isBlank(text: string): boolean {
	return withoutUnseen(text).trim() === '';
}
