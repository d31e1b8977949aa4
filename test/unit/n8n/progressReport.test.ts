import { ProgressReport } from '../../../nodes/GenesysCloud/n8n/progressReport';
import { executionContext } from '../support/context';

describe('ProgressReport', () => {
	it('tells the log and the editor every five seconds how far the run is', () => {
		const { context, log } = executionContext();
		let now = 0;
		const report = new ProgressReport(context, 1_000, () => now);
		const counts = { sent: 70, alreadySent: 10, unreachable: 5, failed: 15 };
		for (now = 0; now < 4_999; now += 100) report.update(counts);
		now = 4_999;
		report.update(counts);
		expect(log.info).not.toHaveBeenCalled();
		now = 5_000;
		report.update(counts);
		report.update(counts);
		const text =
			'Genesys Cloud: 100 of 1000 messages done (70 sent, 10 already sent, 5 unreachable, 15 failed)';
		expect(log.info.mock.calls).toEqual([[text]]);
		expect(context.sendMessageToUI).toHaveBeenCalledWith(text);
		now = 10_000;
		report.update(counts);
		expect(log.info).toHaveBeenCalledTimes(2);
	});
});
