import { Report } from '../../../dev/scripts/checkOrganization/report';

describe('the report of an organization', () => {
	it.each(['13175555555', '+13175555555', 'tel:13175555555'])(
		'hides a number that is quoted as %s',
		(quoted) => {
			const report = new Report();
			report.find('A message by sms', 'failed', `Value [${quoted}] is not valid.`);
			report.assume('A number', false, quoted);
			const text = report.toMarkdown([], ['', '+13175550100', '+13175555555']);
			expect(text).not.toContain('3175555555');
			expect(text).toContain('Value [');
		},
	);

	it('hides a secret that holds another one as a whole', () => {
		const text = new Report().toMarkdown(['abc-def'], ['abc', 'abc-def']);
		expect(text).toContain('\n- ***\n');
	});
});
