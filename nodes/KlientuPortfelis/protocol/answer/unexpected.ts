import { Fault } from '../../../shared/fault';
import { quote } from '../../../shared/quote';
import { isStructure, type AnswerType } from '../catalogue/structures';

/**
 * The fault of an answer that cannot be read without guessing.
 *
 * @param name the field
 * @param found what it holds, in words
 * @param type what it should hold
 */
export function unexpected(name: string, found: string, type: AnswerType): Fault {
	const wanted = type.endsWith('[]')
		? 'a list'
		: isStructure(type)
			? 'one object'
			: 'a single value';
	return new Fault(
		'answer',
		`The service's answer has a form that the node does not know: '${quote(name)}' holds ${found} instead of ${wanted}`,
		'Update the node. If there is no newer version, report this message.',
	);
}
