import type { INodeProperties } from 'n8n-workflow';

import { OBJECT_CODES, OBJECT_TYPES } from '../../protocol/catalogue/values';
import { codesInWords } from '../catalogue';

const code: INodeProperties = {
	displayName: 'Code',
	name: 'code',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 40003053936',
	description: codesInWords(),
};

/**
 * The field Code, whose hint follows the field Type: n8n shows the one that belongs to the type. The
 * last one is for a type that comes from an expression and is not known in the editor.
 */
export function codeFields(): INodeProperties[] {
	const ofTypes = OBJECT_TYPES.map((type): INodeProperties => {
		const { description } = OBJECT_CODES[type];
		return {
			...code,
			hint: description.charAt(0).toUpperCase() + description.slice(1),
			displayOptions: { show: { type: [type] } },
		};
	});
	return [...ofTypes, { ...code, displayOptions: { hide: { type: [...OBJECT_TYPES] } } }];
}
