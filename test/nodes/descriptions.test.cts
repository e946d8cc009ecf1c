import { KlientuPortfelis } from '../../nodes/KlientuPortfelis/KlientuPortfelis.node';
import { KlientuPortfelisTrigger } from '../../nodes/KlientuPortfelis/KlientuPortfelisTrigger.node';
import { Rivile } from '../../nodes/Rivile/Rivile.node';
import { RivileTrigger } from '../../nodes/Rivile/RivileTrigger.node';

/** The paths of what is undefined in a value. */
function undefinedIn(value: unknown, path = ''): string[] {
	if (value === undefined) return [path];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, part]) => undefinedIn(part, `${path}.${name}`));
}

test.each([KlientuPortfelis, KlientuPortfelisTrigger, Rivile, RivileTrigger])(
	'%p describes itself without undefined values, which n8n before 2.31 cannot load',
	(Node) => {
		// A field that always shows has no displayOptions, or undefined ones; what is in them counts.
		const paths = undefinedIn(new Node().description);
		expect(paths.filter((path) => !path.endsWith('.displayOptions'))).toEqual([]);
	},
);

test.each([KlientuPortfelis, KlientuPortfelisTrigger, Rivile, RivileTrigger])(
	'%p says Publish, as n8n does today',
	(Node) => expect(JSON.stringify(new Node().description)).not.toMatch(/\bactivat/i),
);

// n8n puts Poll Times above a trigger's own fields and sets their default itself (applySpecialNodeParameters
// in n8n-core): a field of the same name in the node would only show a second time.
test.each([KlientuPortfelisTrigger, RivileTrigger])(
	'%p says below Poll Times how often polling makes sense',
	(Node) => {
		const [first] = new Node().description.properties;
		expect(first).toMatchObject({ type: 'notice', displayName: expect.stringMatching(/poll/i) });
	},
);
