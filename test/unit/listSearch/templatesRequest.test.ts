import { templates } from '../../../nodes/GenesysCloud/listSearch/templates';
import { missingFields, unknownFields } from '../../contract/sdkTypes';

describe('the query for message templates', () => {
	it.each([
		['the first page', '', ''],
		['a later page with a filter', '2', ' shipped '],
	])('has only fields that Genesys Cloud knows: %s', (_name, page, filter) => {
		const { body = {} } = templates.request(page, filter);
		expect(body).toMatchObject({ pageSize: 100, pageNumber: page === '' ? 1 : 2 });
		expect(unknownFields('ResponseQueryRequest', body)).toEqual([]);
		expect(missingFields('ResponseQueryRequest', body)).toEqual([]);
	});
});
