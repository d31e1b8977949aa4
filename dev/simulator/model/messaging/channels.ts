/** The channels of the agentless messages API, as its `toAddressMessengerType` names them. */
export const CHANNELS = ['sms', 'whatsapp', 'open', 'webmessaging', 'apple'] as const;

/** A channel of the agentless messages API. */
export type Channel = (typeof CHANNELS)[number];

/** Whether a value names a channel. */
export const isChannel = (value: unknown): value is Channel =>
	CHANNELS.some((channel) => channel === value);

/** The channels as a normalised message's `platform` names them. */
export const PLATFORMS: Readonly<Record<Channel, string>> = {
	sms: 'Sms',
	whatsapp: 'Whatsapp',
	open: 'Open',
	webmessaging: 'WebMessaging',
	apple: 'Apple',
};

/** The longest text of each channel, characters. */
export const MAX_TEXT: Readonly<Record<Channel, number>> = {
	sms: 765,
	whatsapp: 2000,
	open: 2000,
	webmessaging: 2000,
	apple: 2000,
};

/** How the addresses of a channel's recipients look; a web session has none. */
export const ADDRESS_FORMS: Readonly<Partial<Record<Channel, RegExp>>> = {
	sms: /^\+[1-9]\d{6,14}$/,
	apple: /^\+[1-9]\d{6,14}$/,
	whatsapp: /^[1-9]\d{6,14}$/,
};
