/** Which of the names that a workflow stores a node no longer has. */
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import { isRecord } from '../../nodes/shared/guards';

type Values = Readonly<Record<string, unknown>>;

/** The operations of a node as `resource.operation`, or the events of a trigger. */
export function choicesOf({ properties }: INodeTypeDescription): string[] {
	const events = properties.find(({ name }) => name === 'event');
	if (events !== undefined) return valuesOf([events]).map(String);
	const operations = properties.filter(({ name }) => name === 'operation');
	const choices = operations.flatMap((operation) => {
		const [resource] = operation.displayOptions?.show?.resource ?? [];
		return valuesOf([operation]).map((value) => `${String(resource)}.${String(value)}`);
	});
	return [...new Set(choices)];
}

/** The choice that the stored parameters of a node make: what is not stored is the default. */
export function choiceOf({ properties }: INodeTypeDescription, parameters: Values): string {
	const initial = (name: string, resource?: unknown) =>
		properties.find(
			(property) =>
				property.name === name &&
				(resource === undefined ||
					property.displayOptions?.show?.resource?.includes(String(resource)) === true),
		)?.default;
	if (properties.some(({ name }) => name === 'event')) {
		return String(parameters.event ?? initial('event'));
	}
	const resource = parameters.resource ?? initial('resource');
	return `${String(resource)}.${String(parameters.operation ?? initial('operation', resource))}`;
}

/**
 * The stored names and values that a node does not have any more.
 *
 * @returns where each stands, such as `options.batching.batch.batchSize`; none if all is well
 */
export function lostNames(description: INodeTypeDescription, parameters: Values): string[] {
	const [resource, operation] = choiceOf(description, parameters).split('.');
	const shown = description.properties.filter(({ displayOptions: { show = {} } = {} }) => {
		const of = (name: 'resource' | 'operation' | 'event', value: unknown) =>
			show[name] === undefined || show[name].includes(String(value));
		if (operation === undefined) return of('event', resource);
		return of('resource', resource) && of('operation', operation);
	});
	return lostIn(shown, parameters, '');
}

function lostIn(properties: readonly INodeProperties[], values: Values, path: string): string[] {
	return Object.entries(values).flatMap(([name, value]) => {
		const fields = properties.filter((property) => property.name === name);
		const place = `${path}${name}`;
		return fields.length === 0 ? [place] : lostOf(fields, value, place);
	});
}

/** @param fields all fields of a name: which one shows depends on other fields */
function lostOf(fields: readonly INodeProperties[], value: unknown, place: string): string[] {
	const [{ type = 'string' } = {}] = fields;
	if (type === 'collection' && isRecord(value)) {
		const inside = fields.flatMap(({ options = [] }) => options as INodeProperties[]);
		return lostIn(inside, value, `${place}.`);
	}
	if (type === 'fixedCollection' && isRecord(value)) {
		const groups = fields.flatMap(({ options = [] }) => options as INodePropertyCollection[]);
		return Object.entries(value).flatMap(([name, rows]) => {
			const group = groups.find((candidate) => candidate.name === name);
			if (group === undefined) return [`${place}.${name}`];
			return [rows]
				.flat()
				.flatMap((row) => lostIn(group.values, row as Values, `${place}.${name}.`));
		});
	}
	if (type === 'resourceLocator' && isRecord(value)) {
		const modes = fields.flatMap((field) => field.modes ?? []).map(({ name }) => name);
		return modes.includes(String(value.mode))
			? []
			: [`${place} with the mode ${String(value.mode)}`];
	}
	// Values that the service gives, and those of expressions, are not in the description.
	const isLoaded = fields.some(({ typeOptions }) => typeOptions?.loadOptionsMethod !== undefined);
	const isFixed = fields.every((field) => /^(multiO|o)ptions$/.test(field.type));
	if (isLoaded || !isFixed || String(value).startsWith('=')) return [];
	const known = valuesOf(fields);
	const lost = [value].flat().filter((one) => !known.includes(one as string));
	return lost.map((one) => `${place} with the value ${String(one)}`);
}

const valuesOf = (fields: readonly INodeProperties[]) =>
	fields.flatMap(({ options = [] }) =>
		(options as INodePropertyOptions[]).map(({ value }) => value),
	);
