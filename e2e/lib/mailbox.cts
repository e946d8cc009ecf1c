/** A mail server on loopback that keeps what it gets and sends nothing on. */
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { Json } from './api.cts';

export interface Mail {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
}

/** A header's value as it was before it was encoded for the way. */
function decodedHeader(value: string): string {
	const joined = value.replace(/\?=\s+=\?/g, '?==?');
	return joined.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
		kind.toLowerCase() === 'b'
			? Buffer.from(text, 'base64').toString('utf8')
			: decodedQuotedPrintable(text.replaceAll('_', ' ')),
	);
}

function decodedQuotedPrintable(text: string): string {
	const bytes = text
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number(`0x${hex}`)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Reads a message of one part, as n8n's Send Email writes text. */
function mailIn(message: string): Mail {
	const end = message.indexOf('\r\n\r\n');
	const headers = message.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
	const header = (name: string) =>
		decodedHeader(new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? '');
	const body = message.slice(end + 4);
	const ways: Readonly<Record<string, (text: string) => string>> = {
		'quoted-printable': decodedQuotedPrintable,
		base64: (text) => Buffer.from(text, 'base64').toString('utf8'),
	};
	const decode = ways[header('Content-Transfer-Encoding').toLowerCase()];
	const text = (decode?.(body) ?? body).replaceAll('\r\n', '\n').trimEnd();
	return { to: header('To'), subject: header('Subject'), text };
}

export class Mailbox {
	readonly mails: Mail[] = [];
	private readonly sockets = new Set<Socket>();

	private constructor(
		private readonly server: Server,
		private readonly onMail: (mail: Mail) => void,
	) {}

	/** Starts the server. It tells of each mail that it gets. */
	static async start(onMail: (mail: Mail) => void = () => {}): Promise<Mailbox> {
		const server = createServer();
		const mailbox = new Mailbox(server, onMail);
		server.on('connection', (socket) => mailbox.serve(socket));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return mailbox;
	}

	/** The fields of n8n's SMTP credential. */
	get credentials(): Json {
		const { port } = this.server.address() as AddressInfo;
		return {
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
			user: '',
			password: '',
		};
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private keep(mail: Mail): void {
		this.mails.push(mail);
		this.onMail(mail);
	}

	/** Takes mail by the few commands of SMTP that a client cannot do without. */
	private serve(socket: Socket): void {
		this.sockets.add(socket);
		socket.on('close', () => this.sockets.delete(socket));
		socket.on('error', () => socket.destroy());
		let received = '';
		let isMessage = false;
		const reply = (text: string) => socket.write(`${text}\r\n`);
		const answer = (line: string) => {
			const command = line.slice(0, 4).toUpperCase();
			if (command === 'EHLO') reply('250-localhost\r\n250 8BITMIME');
			else if (command === 'DATA') {
				isMessage = true;
				reply('354 Go on');
			} else if (command === 'QUIT') socket.end('221 Bye\r\n');
			else reply('250 OK');
		};
		reply('220 localhost');
		socket.setEncoding('latin1');
		socket.on('data', (chunk: string) => {
			received += chunk;
			for (;;) {
				const mark = isMessage ? '\r\n.\r\n' : '\r\n';
				const end = received.indexOf(mark);
				if (end === -1) return;
				const taken = received.slice(0, end);
				received = received.slice(end + mark.length);
				if (isMessage) {
					isMessage = false;
					const message = taken.replace(/^\.\./gm, '.');
					this.keep(mailIn(Buffer.from(message, 'latin1').toString('utf8')));
					reply('250 OK');
				} else answer(taken);
			}
		});
	}
}
