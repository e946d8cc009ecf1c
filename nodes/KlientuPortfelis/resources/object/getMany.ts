import { Fault } from '../../../shared/errors';
import { collection, field, listOf, type Operation } from '../../operation';
import { readObjects } from '../../protocol/paging';
import { listField, returnAllFields, showFor, simplifyField } from '../fields';
import { limitOf, objectItem } from '../results';

const showOnlyForObjectGetMany = showFor('object', 'getMany');

export const getMany: Operation = {
	description: [
		listField(showOnlyForObjectGetMany, 'The list whose objects to get'),
		...returnAllFields(showOnlyForObjectGetMany),
		simplifyField(showOnlyForObjectGetMany),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Start',
					name: 'start',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 0,
					description: 'How many objects to skip at the beginning of the list',
				},
			],
			displayOptions: showOnlyForObjectGetMany,
		},
	],
	async execute(context) {
		const wish = {
			listId: listOf(context),
			start: startOf(collection(context, 'options').start),
			limit: limitOf(context),
		};
		const simplify = field(context, 'simplify') === true;
		const objects = await readObjects(context.connection, wish);
		return objects.map((object) => objectItem(object, simplify));
	},
};

function startOf(value: unknown): number {
	const start = Number(value ?? 0);
	if (Number.isInteger(start) && start >= 0) return start;
	throw new Fault(
		'input',
		"'Start' is not a whole number",
		'Give the number of objects to skip, 0 to begin with the first.',
	);
}
