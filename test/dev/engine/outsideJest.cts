/** Run by the harness's test as a program of its own; prints what it saw. */
import { createEngine } from '../../../dev/engine/harness.cts';
import { existsSync } from 'node:fs';
import { NodeOperationError } from 'n8n-workflow';
import { userFolder } from '../../../dev/engine/environment.cts';
import { writeFixturePackage } from './fixturePackage.cts';
import { chain } from '../../../dev/engine/workflows.cts';

async function main(baseUrl: string): Promise<void> {
	const fixture = await writeFixturePackage();
	const engine = await createEngine({ packageDir: fixture.directory, expressions: 'vm' });
	const echo = {
		name: 'Echo',
		type: 'n8n-nodes-fixture.echo',
		credentials: { signedApi: { id: 'a1', name: 'My account' } },
	};
	const credentials = { a1: { baseUrl, token: 'secret' } };
	const pinData = { Start: [{ json: { n: 1 } }, { json: { n: 2 } }] };
	const parameters = { value: '={{ $json.n + 1 }}-{{ [1].length }}' };
	const run = await engine.run(chain({ ...echo, parameters }), { credentials, pinData });
	const failing = { ...echo, parameters: { value: "={{ $('x').y }}" }, continueOnFail: true };
	const failed = await engine.run(chain(failing), { credentials });
	const test = await engine.test('signedApi', { baseUrl, token: '={{ "secret" }}' });
	await engine.close();
	await fixture.remove();
	const seen = {
		status: run.status,
		bodies: run.json('Echo').map(({ body }) => body),
		typeKept: failed.items('Echo')[0]?.error instanceof NodeOperationError,
		test,
		folderGone: !existsSync(userFolder),
	};
	process.stdout.write(JSON.stringify(seen));
}

void main(process.argv[2] ?? '');
