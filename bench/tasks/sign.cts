/** A call of add_object signed: by ours, by crypto.sign alone, by node-forge. */
import { createPrivateKey, sign as rsaSign } from 'node:crypto';

import forge from 'node-forge';

import { signingKey } from '../../nodes/KlientuPortfelis/protocol/request/privateKey';
import { canonicalJson, sign } from '../../nodes/KlientuPortfelis/protocol/request/sign';
import { serve } from '../lib/task.cts';

export type Contestant = 'ours' | 'crypto.sign' | 'node-forge';

export interface Input {
	readonly who: Contestant;
	/** PEM, RSA-2048. */
	readonly privateKey: string;
	readonly signatures: number;
}

const parameters = {
	sid: '0123456789abcdef0123456789abcdef',
	list_id: 6750,
	code: '40000000001',
	type: 'COMPANY',
	name: 'SIA "Ķīpsala & dēli"',
	check_ur: false,
};
const text = canonicalJson(parameters);

/** Gives what signs once. The key is kept by all of them. */
const makers: Record<Contestant, (privateKey: string) => () => string> = {
	ours: (privateKey) => () => sign(canonicalJson(parameters), signingKey(privateKey)),
	'crypto.sign': (privateKey) => {
		const key = createPrivateKey(privateKey);
		return () => rsaSign('sha256', Buffer.from(text), key).toString('base64');
	},
	'node-forge': (privateKey) => {
		const key = forge.pki.privateKeyFromPem(privateKey);
		return () => forge.util.encode64(key.sign(forge.md.sha256.create().update(text, 'utf8')));
	},
};

serve(async ({ who, privateKey, signatures }: Input) => {
	const signOnce = makers[who](privateKey);
	const first = signOnce();
	if (first !== makers.ours(privateKey)()) throw new Error(`${who} signs something else`);
	const started = performance.now();
	for (let count = 0; count < signatures; count++) signOnce();
	return { time: (performance.now() - started) / signatures };
});
