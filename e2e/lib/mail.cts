/** A mail server on loopback that takes every message and keeps it. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class MailServer {
	/** The messages so far, as they were sent. */
	readonly messages: string[] = [];
	private readonly sockets = new Set<Socket>();

	private constructor(private readonly server: Server) {}

	static async start(): Promise<MailServer> {
		const server = createServer();
		const mail = new MailServer(server);
		server.on('connection', (socket) => mail.serve(socket));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return mail;
	}

	/** The fields of n8n's credential for it. */
	get credentials() {
		const { port } = this.server.address() as AddressInfo;
		return {
			user: '',
			password: '',
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
		};
	}

	private serve(socket: Socket): void {
		this.sockets.add(socket);
		socket.on('error', () => undefined);
		socket.setEncoding('utf8');
		let received = '';
		let message: string | undefined;
		socket.write('220 example.com ESMTP\r\n');
		socket.on('data', (text: string) => {
			received += text;
			for (let end = received.indexOf('\r\n'); end !== -1; end = received.indexOf('\r\n')) {
				const line = received.slice(0, end);
				received = received.slice(end + 2);
				if (message === undefined) {
					if (line === 'DATA') message = '';
					socket.write(replyTo(line));
				} else if (line === '.') {
					this.messages.push(message);
					message = undefined;
					socket.write('250 Accepted\r\n');
				} else message += `${line}\n`;
			}
		});
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

function replyTo(line: string): string {
	if (line === 'DATA') return '354 Go on\r\n';
	if (line === 'QUIT') return '221 Bye\r\n';
	return '250 OK\r\n';
}
