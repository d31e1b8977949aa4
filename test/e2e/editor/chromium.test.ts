import { findChromium } from '../../../dev/scripts/editor/chromium';

describe('a machine without Chromium', () => {
	it('is told how to get one', () => {
		expect(() => findChromium({ PATH: __dirname })).toThrow(/apt-get install chromium/);
	});

	it('is told when CHROMIUM_PATH leads nowhere', () => {
		expect(() => findChromium({ CHROMIUM_PATH: __dirname })).toThrow(
			/CHROMIUM_PATH is .*no program/,
		);
	});
});
