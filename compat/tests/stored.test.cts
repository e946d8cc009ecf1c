/** Workflows as users have stored them (test/stored). */
import { expectationOf, storedNames, storedWorkflow } from '../../test/stored/files.cts';
import { observe } from '../../test/stored/observe.cts';
import { Rig } from '../lib/rig.cts';

let rig: Rig;

beforeAll(async () => {
	rig = await Rig.start();
});
afterAll(async () => await rig.stop());

test.each(storedNames)('%s does what it did when it was stored', async (name) => {
	const observed = await observe(storedWorkflow(name), rig.n8n);
	expect(observed).toEqual(expectationOf(name, observed));
});
