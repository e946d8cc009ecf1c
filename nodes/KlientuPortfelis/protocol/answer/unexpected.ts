import { Fault } from '../../../shared/fault';
import { quote } from '../../../shared/quote';
import { isStructure, type AnswerType } from '../catalogue/structures';

/**
 * The fault for a response that cannot be read without guessing.
 *
 * @param name the field
 * @param found what it contains, in words
 * @param type what it should contain
 */
export function unexpected(name: string, found: string, type: AnswerType): Fault {
	const wanted = type.endsWith('[]')
		? 'a list'
		: isStructure(type)
			? 'one object'
			: 'a single value';
	return new Fault(
		'answer',
		`The response has an unknown structure: '${quote(name)}' contains ${found} instead of ${wanted}`,
		'Update the node. If there is no newer version, report this message.',
	);
}
