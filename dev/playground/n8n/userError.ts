/** Something the person at the terminal can put right: its message is all there is to say. */
export class UserError extends Error {}
