import type { Models } from 'purecloud-platform-client-v2';

import type { ApiCall, ApiRoute } from '../../http/apiRoute';
import { badField, queryValues } from '../../http/fields';
import { pageOf } from '../../http/paging';
import type { SmsNumber } from '../../model/directory/records';

const PATH = '/api/v2/routing/sms/phonenumbers';
const CREATED = '2026-02-10T08:00:00.000Z';

/** The documented search: digits are found anywhere, `*` stands for any digits. */
function searchOf(call: ApiCall): (number: SmsNumber) => boolean {
	const [wanted = ''] = queryValues(call, 'phoneNumber');
	if (!/^[\d*]*$/.test(wanted)) throw badField('phoneNumber', 'field.invalid');
	const digits = wanted.replaceAll('*', '\\d*');
	const pattern = new RegExp(wanted.includes('*') ? `^\\+?${digits}$` : digits);
	return ({ phoneNumber }) => pattern.test(phoneNumber);
}

/** A filter that takes a few values; without values everything passes. */
function filterOf(call: ApiCall, name: string): (value: string) => boolean {
	const wanted = queryValues(call, name).map((value) => value.toLowerCase());
	return (value) => wanted.length === 0 || wanted.includes(value.toLowerCase());
}

function numberOf({ id, name, ...number }: SmsNumber): Models.SmsPhoneNumber {
	return {
		id,
		name,
		...number,
		phoneNumberStatus: 'ACTIVE',
		provisionedThroughPureCloud: true,
		capabilities: ['sms'],
		supportsSms: true,
		supportsMms: false,
		supportsVoice: false,
		dateCreated: CREATED,
		dateModified: CREATED,
		version: 1,
		selfUri: `${PATH}/${id}`,
	};
}

/** The provisioned SMS numbers. */
export const smsNumbersRoute: ApiRoute = {
	method: 'GET',
	url: PATH,
	endpoint: 'read',
	permission: 'sms:phoneNumber:view',
	answer(call): Models.SmsPhoneNumberEntityListing {
		const matches = searchOf(call);
		const hasType = filterOf(call, 'phoneNumberType');
		const hasCountry = filterOf(call, 'countryCode');
		const hasStatus = filterOf(call, 'phoneNumberStatus');
		const found = call.state.directory.smsNumbers
			.all()
			.filter((number) => matches(number))
			.filter(({ phoneNumberType }) => hasType(phoneNumberType))
			.filter(({ countryCode }) => hasCountry(countryCode))
			.filter(() => hasStatus('active'));
		return pageOf(call, PATH, found.map(numberOf));
	},
};
