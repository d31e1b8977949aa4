import type { INodeProperties } from 'n8n-workflow';

import { evaluated, InputError } from '../failures/failure';
import {
	deliveryField,
	GUARDS,
	readDeliverySettings,
	type DeliverySettings,
} from '../resources/deliveryOptions';
import { isExpression, isUnset, type ParameterSource } from '../resources/parameters';
import { address } from '../resources/texts';

type Options = Readonly<Record<string, unknown>>;

const KEY = GUARDS.sendOnceKey;
const KEY_REMEDY = 'Use an expression that gives every item its own key, such as an order number';
/** A key is longer than this only by mistake. */
const MAX_KEY_LENGTH = 512;
/** Read for each item. */
const OF_ITEMS: ReadonlySet<string> = new Set(['sendOnceKey', 'sendWindow']);

/** Reads the Delivery Options of a run: those of the whole run, and those that differ from item to item. */
export class DeliveryReader {
	readonly settings: DeliverySettings;
	/** Whether items have keys; an expression that gives none for the first item counts. */
	readonly hasKeys: boolean;
	private readonly hasWindow: boolean;
	/** What stands around the expressions of the key: `-shipped` of `={{ $json.orderId }}-shipped`. */
	private readonly fixedPart: string;

	/** @throws InputError that names the option when a value cannot be used */
	constructor(private readonly parameters: ParameterSource) {
		const options = this.written();
		this.settings = readDeliverySettings(this.ofRun(options));
		const { sendOnceKey = '', sendWindow } = options;
		// A lone `=` is an expression that was never written.
		this.hasKeys = sendOnceKey !== '' && sendOnceKey !== '=';
		this.hasWindow = sendWindow !== undefined;
		if (this.hasKeys && !isComputed(sendOnceKey)) throw constantKey();
		this.fixedPart = fixedPartOf(String(sendOnceKey)).trim().normalize('NFC');
	}

	/** The option that asks for keys; Once a Day makes its own. */
	get keyOption(): string | undefined {
		if (this.hasKeys) return KEY;
		return this.settings.onceADay ? GUARDS.onceADay : undefined;
	}

	/**
	 * The item's key as it counts: without blanks around it and invisible characters, in one form of Unicode.
	 *
	 * @returns `undefined` when the option is not set
	 * @throws InputError when the expression gives nothing usable: such an item would not be protected
	 */
	sendOnceKey(itemIndex: number): string | undefined {
		if (!this.hasKeys) return undefined;
		const text = address(this.option('sendOnceKey', KEY, itemIndex), {
			displayName: KEY,
			maxLength: MAX_KEY_LENGTH,
			remedy: KEY_REMEDY,
		});
		const key = text.normalize('NFC');
		// Every customer without this field would have it.
		if (key === this.fixedPart) throw emptyKey(key);
		return key;
	}

	/** The item's send window, as the user gave it. */
	sendWindow(itemIndex: number): unknown {
		return this.hasWindow ? this.option('sendWindow', 'Send Window', itemIndex) : undefined;
	}

	private option(name: string, displayName: string, itemIndex: number): unknown {
		return evaluated(displayName, () =>
			this.parameters.getNodeParameter(`delivery.${name}`, itemIndex, ''),
		);
	}

	/** The options that are set, with their expressions unresolved. */
	private written(): Options {
		const options = { rawExpressions: true };
		return (this.parameters.getNodeParameter('delivery', 0, {}, options) ?? {}) as Options;
	}

	/** The options of the whole run, as the first item gives them; that item's own are none of its business. */
	private ofRun(written: Options): Options {
		const ofRun = Object.entries(written).filter(([name]) => !OF_ITEMS.has(name));
		return Object.fromEntries(
			ofRun.map(([name, value]) => [name, isExpression(value) ? this.given(name) : value]),
		);
	}

	/** What an expression gives. A variable that is not there must not switch a guard off in silence. */
	private given(name: string): unknown {
		const label = labelOf(name);
		const value = this.option(name, label, 0);
		if (!Object.hasOwn(GUARDS, name) || !isUnset(value)) return value;
		throw new InputError(
			label,
			'has an expression that gives nothing',
			"Use one that always gives a value, or remove the option under 'Delivery Options'",
		);
	}
}

/** How the panel calls an option. */
function labelOf(name: string): string {
	const options = deliveryField('send').options as INodeProperties[];
	return options.find((option) => option.name === name)?.displayName ?? name;
}

/** A text in a field that was switched to Expression is none that n8n computes. */
function isComputed(value: unknown): boolean {
	return isExpression(value) && value.includes('{{');
}

/** What stands in a text outside of its expressions. */
function fixedPartOf(text: string): string {
	const [first = '', ...others] = text.slice(1).split('{{');
	const behind = others.map((part) => part.slice(part.lastIndexOf('}}') + 2));
	return [first, ...behind].join('');
}

function constantKey(): InputError {
	return new InputError(
		KEY,
		'is always the same, so that only the very first customer would ever get the message',
		'Use an expression that names the customer and the occasion, such as {{ $json.customerId }}-order-shipped',
	);
}

function emptyKey(key: string): InputError {
	return new InputError(
		KEY,
		`has an expression that gives nothing, so that '${key}' alone is left of it`,
		KEY_REMEDY,
	);
}
