import { doubtOf, earlierFailure } from '../../../nodes/GenesysCloud/delivery/memory';
import { failure } from '../support/delivery';

const FACTS = { httpCode: '504', code: 'gateway.timeout', correlationId: 'c-1' };

describe('what is kept of a doubt', () => {
	it('is what support asks for, and nothing that Genesys Cloud said', () => {
		const timeout = failure({
			...FACTS,
			reason: 'timeout',
			delivered: 'unknown',
			apiMessage: 'Contact +12025550143 is …',
		});
		expect(doubtOf(timeout, 2)).toEqual({ reason: 'timeout', ...FACTS, attempts: 2 });
		expect(doubtOf(failure({ reason: 'network' }), 1)).toStrictEqual({
			reason: 'network',
			attempts: 1,
		});
	});

	it('becomes the failure of a message that is not sent again', () => {
		expect(earlierFailure({ reason: 'timeout', ...FACTS, attempts: 2 })).toEqual({
			reason: 'timeout',
			...FACTS,
			delivered: 'unknown',
			transient: false,
			earlier: true,
		});
	});

	it('is a lost connection when the host was killed', () => {
		expect(earlierFailure({})).toStrictEqual({
			reason: 'network',
			delivered: 'unknown',
			transient: false,
			earlier: true,
		});
	});
});
