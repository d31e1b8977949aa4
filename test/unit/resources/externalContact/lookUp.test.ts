import type { JsonObject } from '../../../../nodes/GenesysCloud/delivery/types';
import {
	lookUp,
	recogniseUnknownContact,
} from '../../../../nodes/GenesysCloud/resources/externalContact/lookUp';
import { apiFailure } from '../../support/failures';
import { inputErrorOf } from '../../support/inputErrors';
import { readerOf } from '../../support/reader';

const read = (reason: 'notFound' | 'forbidden', code?: string) =>
	apiFailure({ reason, call: 'read', ...(code !== undefined && { code }) });

describe('External Contact > Look Up', () => {
	const prepare = (fields: JsonObject) => lookUp.prepare(readerOf(fields));
	const output = (contact: JsonObject) =>
		prepare({ identifierValue: '+13175555555' }).output(contact) as JsonObject;

	it.each([
		[undefined, '+1 (317) 555-5555', { type: 'Phone', value: '+13175555555' }],
		['Phone', '+13175555555', { type: 'Phone', value: '+13175555555' }],
		['Email', ' ada@example.com', { type: 'Email', value: 'ada@example.com' }],
	])('asks by %s for %j', (identifierType, identifierValue, body) => {
		expect(prepare({ identifierType, identifierValue }).request).toEqual({
			method: 'POST',
			path: '/api/v2/externalcontacts/identifierlookup/contacts',
			body,
			reads: true,
		});
	});

	it.each([
		['Phone', '317', 'Phone Number'],
		['Email', 'ada', 'E-Mail Address'],
		['Email', '', 'E-Mail Address'],
		['Fax', '1', 'Look Up By'],
	])('refuses %s %j', (identifierType, identifierValue, field) => {
		expect(inputErrorOf(() => prepare({ identifierType, identifierValue })).field).toBe(field);
	});

	it('says what to do about an identifier that is not there', () => {
		const { remedy } = inputErrorOf(() => prepare({ identifierValue: '' }));
		expect(remedy).toBe('Map the phone number or e-mail address of the customer');
	});

	it('gives what an automation needs', () => {
		const contact = {
			id: 'e-1',
			firstName: 'Ada',
			lastName: 'L',
			homePhone: { display: '317' },
			workPhone: { e164: '+1' },
			personalEmail: 'a@b.c',
			surveyOptOut: false,
			modifyDate: 'd',
			more: 1,
		};
		expect(output(contact)).toEqual({
			id: 'e-1',
			firstName: 'Ada',
			lastName: 'L',
			phone: '317',
			email: 'a@b.c',
			surveyOptOut: false,
			modifyDate: 'd',
		});
		expect(output({ id: 'e-1', workPhone: {} }).phone).toBeUndefined();
		expect(output({ id: 'e-1', otherEmail: 'o@b.c' }).email).toBe('o@b.c');
	});

	it('leaves out fields that are there without a text', () => {
		const emptied = { cellPhone: { e164: '', display: null }, homePhone: null, workEmail: '' };
		const contact = { id: 'e-1', ...emptied, workPhone: { e164: '+1' }, personalEmail: 'a@b.c' };
		expect(output(contact)).toMatchObject({ phone: '+1', email: 'a@b.c' });
	});

	it("takes only the API's own 404 for a customer who is not known", () => {
		expect(recogniseUnknownContact(read('notFound', 'not.found')).reason).toBe('contactNotFound');
		expect(recogniseUnknownContact(read('notFound')).reason).toBe('notFound');
		expect(recogniseUnknownContact(read('forbidden', 'not.found')).reason).toBe('forbidden');
		const ofSend = { ...read('notFound', 'not.found'), call: 'send' } as const;
		expect(recogniseUnknownContact(ofSend).reason).toBe('notFound');
		const foreign = { ...read('notFound', 'not.found'), isForeign: true };
		expect(recogniseUnknownContact(foreign).reason).toBe('notFound');
		expect(lookUp.recognise).toBe(recogniseUnknownContact);
		const explained = lookUp.explain?.({ ...read('notFound'), reason: 'contactNotFound' });
		expect(explained?.message).toContain('no external contact');
		expect(lookUp.explain?.(read('forbidden'))).toBeUndefined();
	});

	it.each([
		['Contact not found for the given identifier', 'contactNotFound'],
		['The requested path was not found', 'notFound'],
		['No such API endpoint', 'notFound'],
	])('tells a customer who is not known from a path that is not: %s', (ownWords, reason) => {
		const failure = { ...read('notFound', 'not.found'), ownWords };
		expect(recogniseUnknownContact(failure).reason).toBe(reason);
	});
});
