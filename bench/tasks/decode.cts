/** One answer of get_objects decoded by one contestant: memory, the event loop, time. */
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

import { XMLParser } from 'fast-xml-parser';
import { SaxesParser } from 'saxes';
import { WSDL } from 'soap';
import { parseStringPromise } from 'xml2js';

import { readReply } from '../../nodes/KlientuPortfelis/protocol/answer/reply';
import { makeWsdl } from '../../dev/simulators/klientuPortfelis/wsdl.cts';
import { longestBlock } from '../lib/blocks.cts';
import { growthOf } from '../lib/memory.cts';
import { median } from '../lib/rounds.cts';
import { serve } from '../lib/task.cts';

export interface Input {
	readonly who: Contestant;
	/** The file of the answer. */
	readonly file: string;
	readonly objects: number;
	/** Milliseconds for which it is decoded again and again; at least so many times (LEAST). */
	readonly patience: number;
}

/** How often it is decoded at least. */
const LEAST = 5;

/**
 * Milliseconds for which it is decoded before the clock runs: n8n is a server, whose code has been
 * compiled long since.
 */
const WARM_UP = 1000;

type Decode = (xml: string) => Promise<unknown>;

async function ours(): Promise<Decode> {
	return async (xml) => await readReply('get_objects', { status: 200, body: xml });
}

/** With the settings of n8n's XML node. */
async function xml2js(): Promise<Decode> {
	return async (xml) => await parseStringPromise(xml, { mergeAttrs: true, explicitArray: false });
}

async function nodeSoap(): Promise<Decode> {
	const wsdl = new WSDL(makeWsdl('http://127.0.0.1/'), '', {});
	await new Promise<void>((resolve, reject) => {
		wsdl.onReady((failure: Error | undefined) => (failure ? reject(failure) : resolve()));
	});
	return async (xml) => wsdl.xmlToObject(xml);
}

async function fastXmlParser(): Promise<Decode> {
	const parser = new XMLParser({
		ignoreAttributes: false,
		parseTagValue: false,
		trimValues: false,
		processEntities: false,
	});
	return async (xml) => parser.parse(xml);
}

/** The floor: the document taken apart, and nothing made of it. */
async function saxes(): Promise<Decode> {
	return async (xml) => {
		const parser = new SaxesParser({ xmlns: false, position: false });
		let [texts, codes] = [0, 0];
		parser.on('opentag', ({ name }) => {
			if (name === 'virtual_id') codes++;
		});
		parser.on('text', () => texts++);
		parser.on('closetag', () => texts++);
		parser.write(xml).close();
		return { item: Array.from({ length: codes }, () => texts) };
	};
}

const makers = {
	ours,
	xml2js,
	'node-soap': nodeSoap,
	'fast-xml-parser': fastXmlParser,
	'saxes, tokens only': saxes,
} satisfies Record<string, () => Promise<Decode>>;

export type Contestant = keyof typeof makers;

/** The longest list anywhere in what a contestant gave: the objects. */
function longestList(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0;
	const within = Object.values(value).map(longestList);
	return Math.max(Array.isArray(value) ? value.length : 0, 0, ...within.slice(0, 100));
}

async function times(decode: () => Promise<unknown>, patience: number): Promise<number[]> {
	const taken: number[] = [];
	const until = performance.now() + patience;
	while (taken.length < LEAST || performance.now() < until) {
		const started = performance.now();
		await decode();
		taken.push(performance.now() - started);
		// Otherwise those that never wait would count as one stop of the event loop together.
		await setImmediate();
	}
	return taken;
}

serve(async ({ who, file, objects, patience }: Input) => {
	const xml = readFileSync(file, 'utf8');
	const decode = await makers[who]();
	let result: unknown;
	const memory = await growthOf(async () => (result = await decode(xml)));
	const found = longestList(result);
	if (found !== objects) throw new Error(`${who} found ${found} of ${objects} objects`);
	result = undefined;
	await times(async () => await decode(xml), WARM_UP);
	let taken: number[] = [];
	const block = await longestBlock(async () => {
		taken = await times(async () => await decode(xml), patience);
	});
	return { time: median(taken), memory, block };
});
