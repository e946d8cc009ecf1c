/**
 * A plug-in for Stryker that leaves the words of messages alone: the second and third text in
 * `new Fault(kind, message, description)`, and the texts of other errors. What they say is checked
 * where it is read, on the screen (messages.test.cts, faults/), and an empty message is no change in
 * what the program does. Messages that are put together from parts are changed like other code.
 */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const CLASSES = new Set(['Fault', 'Error']);

const isMessage = ({ node, key, listKey, parent }) =>
	node.type === 'StringLiteral' &&
	listKey === 'arguments' &&
	parent?.type === 'NewExpression' &&
	CLASSES.has(parent.callee.name) &&
	(key > 0 || parent.callee.name === 'Error');

export const strykerPlugins = [
	declareValuePlugin(PluginKind.Ignore, 'texts', {
		shouldIgnore: (path) => (isMessage(path) ? 'The words of a message' : undefined),
	}),
];
