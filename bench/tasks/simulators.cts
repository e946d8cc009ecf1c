/** The process of the simulators. */
import { verify as verifySignature } from 'node:crypto';

import { startKlientuPortfelis } from '../../dev/simulators/klientuPortfelis.cts';
import { verifyWithForge, type Verify } from '../../dev/simulators/klientuPortfelis/access.cts';
import { DOCUMENTED_LIMIT, startRivile } from '../../dev/simulators/rivile.cts';
import { serve } from '../lib/task.cts';

let verify = verifyWithForge;

const verifyWithCrypto: Verify = (publicKeyPem, text, signature) =>
	verifySignature('sha256', Buffer.from(text), publicKeyPem, Buffer.from(signature, 'base64'));

const running = Promise.all([
	startKlientuPortfelis({ verify: (...given) => verify(...given) }),
	startRivile(),
	startRivile({ limit: DOCUMENTED_LIMIT }),
]).then(([klientuPortfelis, rivile, limited]) => ({ klientuPortfelis, rivile, limited }));

const lists = new Map<number, Promise<number>>();

const answers = {
	/** Where Klientu Portfelis is, and how to get in. */
	async klientuPortfelis() {
		const { serviceUrl, wsdlUrl, credentials } = (await running).klientuPortfelis;
		return { serviceUrl, wsdlUrl, credentials };
	},
	/** A new list with so many objects; gives its ID. */
	async newList(objects: number) {
		const { klientuPortfelis } = await running;
		const { id } = klientuPortfelis.seedList();
		klientuPortfelis.seedObjects(id, objects);
		return id;
	},
	/** A list with so many objects, the same each time; gives its ID. */
	async listOf(objects: number) {
		const known = lists.get(objects) ?? answers.newList(objects);
		lists.set(objects, known);
		return await known;
	},
	async objectsIn(listId: number) {
		return (await running).klientuPortfelis.portfolio.lists.get(listId)?.objects.size ?? 0;
	},
	async codesIn(listId: number) {
		const list = (await running).klientuPortfelis.portfolio.lists.get(listId);
		return [...(list?.objects.values() ?? [])].map(({ code }) => code);
	},
	/** From now on Klientu Portfelis takes next to no time for signatures, instead of a millisecond. */
	async verifyQuickly() {
		verify = verifyWithCrypto;
		return await Promise.resolve();
	},
	/** From now on objects are added after so many milliseconds. */
	async delayAdding(wait: number) {
		const { klientuPortfelis } = await running;
		klientuPortfelis.clearOrders();
		klientuPortfelis.answerNext({ function: 'add_object', wait, times: Infinity });
	},
	/** From now on Klientu Portfelis gives so many objects at a time at most. */
	async limitPages(largest: number) {
		(await running).klientuPortfelis.pages.largest = largest;
	},
	/** The requests so far. */
	async requests() {
		const { klientuPortfelis, rivile } = await running;
		return { klientuPortfelis: klientuPortfelis.calls.length, rivile: rivile.requests.length };
	},
	/** The register with so many rows; gives the credential. */
	async rivile(rows: number) {
		const { rivile } = await running;
		if (rivile.register.size !== rows) {
			rivile.reset();
			rivile.seed(rows);
		}
		return rivile.credentials;
	},
	/** A register with so many rows behind the documented rate limit; gives the credential. */
	async limited(rows: number) {
		const { limited } = await running;
		limited.reset({ limit: DOCUMENTED_LIMIT });
		limited.seed(rows);
		return limited.credentials;
	},
	/** What came of the rate limit so far. */
	async limitSoFar() {
		const { requests, limit } = (await running).limited;
		return { requests: requests.length, blocked: limit.blocked, fewest: limit.fewest };
	},
};

export type Answers = typeof answers;

serve(async ({ name, given }: { name: keyof Answers; given: readonly unknown[] }) => {
	const answer: (...parameters: never[]) => Promise<unknown> = answers[name];
	return await answer(...(given as never[]));
});
