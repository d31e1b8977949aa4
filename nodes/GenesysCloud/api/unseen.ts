/** Control characters, those that Unicode lets nobody see (zero-width marks, fillers, variation selectors), and the empty Braille pattern. */
const UNSEEN = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Of these, what copying brings along: byte order mark, zero-width and direction marks, soft hyphen. */
const COPIED = /(?=\p{Cf})\p{Default_Ignorable_Code_Point}/gu;

/** A text without the characters that nobody sees. An emoji may need them: not for the texts of messages. */
export function withoutUnseen(text: string): string {
	return text.replace(UNSEEN, '');
}

/** A text without what copying brings along. All else stays: it may be what tells two IDs apart. */
export function withoutCopied(text: string): string {
	return text.replace(COPIED, '');
}

/** A pasted text without the blanks around it and what copying brings along; empty for what is no text. */
export function pasted(value: unknown): string {
	return typeof value === 'string' ? withoutCopied(value).trim() : '';
}

/** Whether a text has nothing that a reader could see. */
export function isBlank(text: string): boolean {
	return withoutUnseen(text).trim() === '';
}
