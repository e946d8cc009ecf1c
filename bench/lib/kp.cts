/** Klientu Portfelis called without the node: what a script of one's own would do. */
import { createPrivateKey, sign } from 'node:crypto';

import {
	envelope,
	phpLikeJson,
	type RawParameters,
} from '../../dev/simulators/klientuPortfelis/rawClient.cts';

export interface Service {
	readonly serviceUrl: string;
	readonly wsdlUrl: string;
	readonly credentials: {
		readonly username: string;
		readonly password: string;
		readonly roleId: number;
		readonly privateKey: string;
	};
}

/** The bare minimum: crypto.sign, an envelope written by hand, fetch, a look at the text. */
export class BareClient {
	private readonly key;
	sid = '';

	constructor(
		private readonly service: Service,
		private readonly headers: Readonly<Record<string, string>> = {},
	) {
		this.key = createPrivateKey(service.credentials.privateKey);
	}

	async login(): Promise<string> {
		const { username, password, roleId: role_id } = this.service.credentials;
		const body = await this.send('login', { username, password, role_id });
		this.sid = /<sid[^>]*>([^<]+)</.exec(body)?.[1] ?? '';
		return this.sid;
	}

	async call(name: string, parameters: RawParameters): Promise<void> {
		await this.send(name, { sid: this.sid, ...parameters });
	}

	private async send(name: string, parameters: RawParameters): Promise<string> {
		const text = Buffer.from(phpLikeJson(parameters));
		const signature = sign('sha256', text, this.key).toString('base64');
		const xml = envelope(name, { signature, ...parameters });
		const response = await fetch(this.service.serviceUrl, {
			method: 'POST',
			headers: { 'content-type': 'text/xml; charset=utf-8', ...this.headers },
			body: xml,
		});
		const body = await response.text();
		if (!/<success[^>]*>true</.test(body)) throw new Error(`${name} was refused: ${body}`);
		return body;
	}
}
