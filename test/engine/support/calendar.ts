const TIMERS = [
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;

/**
 * Sets the calendar of the process; timers and the clock that never goes back stay as they are. Ends
 * with `jest.useRealTimers()`.
 *
 * @param time ISO 8601
 */
export function setCalendar(time: string): void {
	jest.useFakeTimers({ now: new Date(time), doNotFake: [...TIMERS] });
}
