/** Why a message was not delivered: code and description of a failed receipt's `reasons`. */
export const FAILURE_REASONS = {
	MessageExpired: 'The message expired before it could be delivered.',
	RateLimited: 'The provider limits the rate of messages.',
	MessageNotAllowed: 'The message is not allowed.',
	GeneralError: 'The message could not be delivered.',
	UnsupportedMessage: 'The message is not supported.',
	UnknownMessage: 'The message is unknown.',
	InvalidMessageStructure: 'The structure of the message is invalid.',
	InvalidDestination: 'The destination is invalid.',
	ServerError: 'The provider had an error.',
	MediaTypeNotAllowed: 'The media type is not allowed.',
	InvalidMediaContentLength: 'The media is too large.',
	RecipientOptedOut: 'The recipient opted out of messages.',
	DataFiltered: 'The message was filtered.',
} as const;

/** The code of a reason. The codes are documented; the descriptions are this simulator's. */
export type FailureReason = keyof typeof FAILURE_REASONS;

/** Whether a value is the code of a reason. */
export const isFailureReason = (value: unknown): value is FailureReason =>
	typeof value === 'string' && Object.hasOwn(FAILURE_REASONS, value);
