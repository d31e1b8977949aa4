import { InputError } from '../failures/failure';
import { readDeliverySettings, type DeliverySettings } from '../resources/deliveryOptions';
import { requiredText, type ParameterSource } from '../resources/parameters';

type Options = Readonly<Record<string, unknown>>;

/** A key is longer than this only by mistake. */
const MAX_KEY_LENGTH = 512;
const KEY = 'Send Once Key';

/** The Delivery Options of a run: those of the whole run, and those that differ from item to item. */
export class DeliveryOptions {
	readonly settings: DeliverySettings;
	/** Whether items have keys; an expression that gives none for the first item counts. */
	readonly hasKeys: boolean;
	/** The collection may be one expression as a whole: then it is read anew for each item. */
	private readonly isExpression: boolean;
	private readonly hasWindow: boolean;

	/** @throws InputError that names the option when a value cannot be used */
	constructor(private readonly parameters: ParameterSource) {
		const raw = parameters.getNodeParameter('delivery', 0, {}, { rawExpressions: true });
		this.isExpression = typeof raw === 'string' && raw.startsWith('=');
		this.settings = readDeliverySettings(this.collection(0));
		const { sendOnceKey = '', sendWindow } = this.isExpression ? {} : ((raw ?? {}) as Options);
		// A lone `=` is an expression that was never written.
		this.hasKeys = this.isExpression || (sendOnceKey !== '' && sendOnceKey !== '=');
		this.hasWindow = this.isExpression || sendWindow !== undefined;
		const isConstant = typeof sendOnceKey !== 'string' || !sendOnceKey.startsWith('=');
		if (this.hasKeys && !this.isExpression && isConstant) throw constantKey();
	}

	/**
	 * The item's key as it counts: without blanks around it, in one form of Unicode.
	 *
	 * @returns `undefined` when the option is not set
	 * @throws InputError when the expression gives nothing usable: such an item would not be protected
	 */
	sendOnceKey(itemIndex: number): string | undefined {
		if (!this.hasKeys) return undefined;
		const value = this.option('sendOnceKey', itemIndex);
		if (this.isExpression && value === undefined) return undefined;
		const text = requiredText(value, {
			displayName: KEY,
			maxLength: MAX_KEY_LENGTH,
			remedy: 'Use an expression that gives every item its own key, such as an order number',
		});
		return text.trim().normalize('NFC');
	}

	/** The item's send window, as the user gave it. */
	sendWindow(itemIndex: number): unknown {
		return this.hasWindow ? this.option('sendWindow', itemIndex) : undefined;
	}

	private option(name: string, itemIndex: number): unknown {
		if (this.isExpression) return this.collection(itemIndex)[name];
		return this.parameters.getNodeParameter(`delivery.${name}`, itemIndex, '');
	}

	private collection(itemIndex: number): Options {
		const value = this.parameters.getNodeParameter('delivery', itemIndex, {});
		if (value === undefined || value === null || value === '') return {};
		if (typeof value === 'object' && !Array.isArray(value)) return value as Options;
		throw new InputError(
			'Delivery Options',
			'is not an object',
			'Use an expression that gives an object of options, or set them one by one',
		);
	}
}

function constantKey(): InputError {
	return new InputError(
		KEY,
		'is always the same, so that only the very first customer would ever get the message',
		'Use an expression that names the customer and the occasion, such as {{ $json.customerId }}-order-shipped',
	);
}
