import type { Failure, FailureReason } from '../../../nodes/GenesysCloud/failures/failure';

/** A failure of a send. */
export function apiFailure(overrides: Partial<Failure> = {}): Failure {
	return { reason: 'badRequest', delivered: 'no', transient: false, call: 'send', ...overrides };
}

/** Every reason of the design; a new one does not compile without a line here. */
const REASONS: Record<FailureReason, true> = {
	sessionExpired: true,
	contactNotFound: true,
	optedOut: true,
	outsideSendWindow: true,
	badRequest: true,
	unauthorized: true,
	forbidden: true,
	notFound: true,
	conflict: true,
	rateLimited: true,
	serverError: true,
	network: true,
	timeout: true,
	unexpectedResponse: true,
	invalidCredentials: true,
	invalidInput: true,
	keyStore: true,
	runStopped: true,
};

export const ALL_REASONS = Object.keys(REASONS) as FailureReason[];

/** n8n's UX guidelines ask to avoid these words. */
export const FORBIDDEN_WORDS = /\b(?:error|problem|failure|mistake)s?\b/i;
