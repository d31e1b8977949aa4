/** A Messenger deployment: what sends web messages. */
export interface Deployment {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly status: 'Active' | 'Inactive';
}

/** A messaging integration: what sends messages of the other channels but SMS. */
export interface Integration {
	readonly id: string;
	readonly name: string;
	readonly messengerType: 'whatsapp' | 'open' | 'apple' | 'instagram';
	readonly status: 'Active' | 'Inactive';
}

/** A provisioned SMS number. */
export interface SmsNumber {
	readonly id: string;
	readonly name: string;
	/** E.164; of a short code its digits. */
	readonly phoneNumber: string;
	readonly phoneNumberType: 'local' | 'mobile' | 'tollfree' | 'shortcode';
	/** Two letters. */
	readonly countryCode: string;
}

/** A library of canned responses. */
export interface Library {
	readonly id: string;
	readonly name: string;
}

/** A response of a library; with a language it is a WhatsApp messaging template. */
export interface Template {
	readonly id: string;
	readonly name: string;
	readonly libraryId: string;
	/** `{{1}}` stands for the parameter with the ID `1`. */
	readonly text: string;
	/** Such as `en_US`; empty = a plain canned response. */
	readonly language: string;
}

/** An external contact: a customer's record. */
export interface ExternalContact {
	readonly id: string;
	readonly firstName: string;
	readonly lastName: string;
	/** E.164. */
	readonly phone?: string;
	readonly email?: string;
}

/** A queue, at which conversations wait for an agent. */
export interface Queue {
	readonly id: string;
	readonly name: string;
}
