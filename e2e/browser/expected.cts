/** Which fields a node's description promises, worked out apart from n8n's own code for it. */
import type { Json } from '../lib/api.cts';
import { ourPackage } from '../lib/places.cts';

export interface Property extends Json {
	readonly displayName: string;
	readonly name: string;
	readonly type: string;
	readonly default?: unknown;
	readonly options?: ReadonlyArray<{ name: string; displayName?: string; value?: string }>;
	readonly displayOptions?: {
		readonly show?: Readonly<Record<string, readonly unknown[]>>;
		readonly hide?: Readonly<Record<string, readonly unknown[]>>;
	};
}

/** A node of ours by its name on the screen, as the editor gets it. */
export function ourType(
	types: readonly Json[],
	displayName: string,
): { displayName: string; properties: Property[] } {
	const found = types.find(
		(type) => type.displayName === displayName && String(type.name).startsWith(ourPackage.name),
	);
	if (found === undefined) throw new Error(`There is no node "${displayName}"`);
	return found as { displayName: string; properties: Property[] };
}

/** The lines that the panel offers for the options of a field. */
export const actionsIn = (field: string, properties: readonly Property[]): unknown[] =>
	properties
		.filter(({ name }) => name === field)
		.flatMap(({ options = [] }) => options.flatMap((option) => (option as Json).action ?? []));

/** The lines that n8n makes of a trigger's events. */
export const startsIn = (properties: readonly Property[]): string[] =>
	properties
		.filter(({ name }) => name === 'event')
		.flatMap(({ options = [] }) => options.map(({ name }) => `On ${name.toLowerCase()}`));

/** What n8n itself adds to the operations: a hint at its HTTP Request node. */
const CUSTOM_CALL = '__CUSTOM_API_CALL__';

type Values = Readonly<Record<string, unknown>>;

function shows({ displayOptions = {} }: Property, values: Values): boolean {
	const meets = ([name, wanted]: [string, readonly unknown[]]) =>
		wanted.includes(name === '@tool' ? false : values[name]);
	const { show = {}, hide = {} } = displayOptions;
	return Object.entries(show).every(meets) && !Object.entries(hide).some(meets);
}

/** The fields that show with these choices, every other field at its default. */
export function shownProperties(properties: readonly Property[], chosen: Values): Property[] {
	const values: Record<string, unknown> = { ...chosen };
	// A field's condition may name fields further down, and a default may switch others on.
	for (let round = 0; round < 3; round++) {
		for (const property of properties) {
			if (property.name in chosen || !shows(property, values)) continue;
			values[property.name] = property.default;
		}
	}
	return properties.filter((property) => shows(property, values));
}

/** The labels of those fields, in order; notices and hidden fields have none. */
export function shownLabels(properties: readonly Property[], chosen: Values): string[] {
	return shownProperties(properties, chosen)
		.filter(({ type }) => !['notice', 'hidden', 'callout', 'button'].includes(type))
		.map(({ displayName }) => displayName);
}

/** The fields, by themselves, that other fields' conditions look at; resource and operation aside. */
export function controllers(
	properties: readonly Property[],
	shown: readonly Property[],
): Property[] {
	const named = new Set(
		properties.flatMap(({ displayOptions: { show = {}, hide = {} } = {} }) => [
			...Object.keys(show),
			...Object.keys(hide),
		]),
	);
	return shown.filter(({ name }) => named.has(name) && name !== 'resource' && name !== 'operation');
}

/** Every resource with its operations; a node without resources has the one with an empty name. */
export function operationsOf(
	properties: readonly Property[],
): Array<{ resource: string; resourceName: string; operation: string; operationName: string }> {
	const named = (name: string) => properties.filter((property) => property.name === name);
	const [resources] = named('resource');
	return (resources?.options ?? [])
		.filter(({ value }) => value !== CUSTOM_CALL)
		.flatMap(({ name: resourceName, value: resource = '' }) =>
			named('operation')
				.filter((property) => shows(property, { resource }))
				.flatMap(({ options = [] }) => options)
				.filter(({ value }) => value !== CUSTOM_CALL)
				.map(({ name: operationName, value: operation = '' }) => ({
					resource,
					resourceName,
					operation,
					operationName,
				})),
		);
}
