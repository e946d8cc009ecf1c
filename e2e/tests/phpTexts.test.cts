/** Texts on their way to PHP's SoapServer: each has to be there what it was when it was signed. */
import fc from 'fast-check';

import { byId } from '../../test/nodes/KlientuPortfelis/helpers.cts';
import { startPhpTestRig, type PhpTestRig } from '../php/testRig.cts';
import { anyText, cannotArrive, isBlank, shortText } from '../php/oddTexts.cts';
import { list, monitoring, object, session } from '../php/operations.cts';
import { FORMS, hex } from '../php/start.cts';

let rig: PhpTestRig;

describe.each(FORMS)('any text arrives (%s), or is refused before it is sent', (form) => {
	beforeAll(async () => {
		rig = await startPhpTestRig(form);
	});
	afterAll(async () => await rig?.stop());

	/** Runs a write over the texts; gives what came out, and what PHP saw under a name. */
	async function send(parameters: object, texts: readonly string[], seen: string) {
		const input = texts.map((text) => ({ text }));
		const result = await rig.run({ ...parameters }, input, { onError: 'continueRegularOutput' });
		const calls = (await rig.verifiedCalls()).filter((call) => seen in call.parameters);
		return { output: result.json('Node'), arrived: calls.map((call) => call.parameters[seen]) };
	}

	const many = fc.array(anyText, { minLength: 1, maxLength: 25 });
	const manyShort = fc.array(shortText, { minLength: 1, maxLength: 25 });
	const EXPRESSION = '={{ $json.text }}';

	test('as a description of any length, and comes back the same', async () => {
		const update = list('update', {
			listId: byId(1),
			name: 'A',
			updateFields: { description: EXPRESSION },
		});
		await fc.assert(
			fc.asyncProperty(many, async (texts) => {
				const { output, arrived } = await send(update, texts, 'description');
				expect(arrived).toEqual(texts.filter((text) => !cannotArrive(text)).map(hex));
				expect(output.map(({ description, error }) => description ?? typeof error)).toEqual(
					texts.map((text) => (cannotArrive(text) ? 'string' : text)),
				);
			}),
			{ numRuns: 60 },
		);
	});

	test('as a keyword, which may not be blank', async () => {
		const create = object('create', { listId: byId(1), type: 'KEYWORD', code: EXPRESSION });
		const isRefused = (text: string) => text === '' || isBlank(text) || cannotArrive(text);
		await fc.assert(
			fc.asyncProperty(manyShort, async (texts) => {
				const { output, arrived } = await send(create, texts, 'code');
				expect(arrived).toEqual(texts.filter((text) => !isRefused(text)).map(hex));
				expect(output.map(({ code, error }) => code ?? typeof error)).toEqual(
					texts.map((text) => (isRefused(text) ? 'string' : text)),
				);
			}),
			{ numRuns: 20 },
		);
	});

	test('as an address of up to 200 characters as PHP counts them', async () => {
		const update = object('update', { objectId: '1', updateFields: { address: EXPRESSION } });
		const texts = ['a', 'ā', '\u{1f600}', '\r\n', 'e\u0301'].flatMap((unit) =>
			[199, 200, 201].map((length) => [...`x${unit.repeat(length)}`].slice(0, length).join('')),
		);
		const { output, arrived } = await send(update, texts, 'address');
		const isTaken = (text: string) => [...text].length <= 200;
		expect(arrived).toEqual(texts.filter(isTaken).map(hex));
		expect(output.map((item) => item.user_address)).toEqual(
			texts.map((text) => (isTaken(text) ? text : undefined)),
		);
	});

	test('as elements of a list, without the blanks around them', async () => {
		const create = monitoring('create', 1, {
			emails: 'anna@example.com',
			period: 'D',
			startDate: '2026-01-01',
			services: '={{ $json.texts }}',
		});
		await fc.assert(
			fc.asyncProperty(manyShort, async (texts) => {
				const result = await rig.run(create, [{ texts }], { onError: 'continueRegularOutput' });
				const [call] = (await rig.verifiedCalls()).filter((call) => 'services' in call.parameters);
				const sent = texts.map((text) => text.trim()).filter((text) => text !== '');
				const isRefused = sent.length === 0 || sent.some(cannotArrive);
				expect(call?.parameters.services).toEqual(isRefused ? undefined : sent.map(hex));
				expect(result.json('Node')[0]).toHaveProperty(isRefused ? 'error' : 'services');
			}),
			{ numRuns: 40 },
		);
	});

	test('as a username and a password', async () => {
		const isRefused = (text: string) => text === '' || isBlank(text) || cannotArrive(text);
		// n8n takes a field that begins with "=" for an expression, in credentials too.
		const given = shortText.filter((text) => !text.startsWith('='));
		await fc.assert(
			fc.asyncProperty(given, given, async (username, password) => {
				await rig.run(session('login'), [{}], { credential: { username, password } });
				const arrived = (await rig.verifiedCalls()).map(({ parameters }) => parameters);
				const seen = { username: hex(username), password: hex(password), role_id: 1234 };
				expect(arrived).toEqual([username, password].some(isRefused) ? [] : [seen]);
			}),
			{ numRuns: 100 },
		);
	});
});
