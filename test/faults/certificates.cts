/** Certificates for the loopback address, made when they are needed. */
import tls from 'node:tls';

import { generateKeys, type KeyPair } from '../../dev/simulators/keys.cts';
import { forge } from '../../dev/simulators/klientuPortfelis/forge.cts';

export interface Certificate {
	readonly key: string;
	readonly cert: string;
}

export interface Certificates {
	/** By an authority that this process trusts until forget(). */
	readonly trusted: Certificate;
	/** By itself. */
	readonly selfSigned: Certificate;
	forget(): void;
}

const HOUR = 60 * 60 * 1000;

function certify(owner: KeyPair, issuer: KeyPair, name: string, issuerName: string): string {
	const certificate = forge.pki.createCertificate();
	certificate.publicKey = forge.pki.publicKeyFromPem(owner.publicKeyPem);
	certificate.serialNumber = owner === issuer ? '01' : '02';
	certificate.validity.notBefore = new Date(Date.now() - HOUR);
	certificate.validity.notAfter = new Date(Date.now() + 24 * HOUR);
	certificate.setSubject([{ name: 'commonName', value: name }]);
	certificate.setIssuer([{ name: 'commonName', value: issuerName }]);
	certificate.setExtensions([
		{ name: 'basicConstraints', cA: owner === issuer },
		{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
	]);
	certificate.sign(forge.pki.privateKeyFromPem(issuer.privateKeyPem), forge.md.sha256.create());
	return forge.pki.certificateToPem(certificate);
}

export async function makeCertificates(): Promise<Certificates> {
	const [authority, server, stranger] = await Promise.all([
		generateKeys(),
		generateKeys(),
		generateKeys(),
	]);
	const before = tls.getCACertificates('default');
	const root = certify(authority, authority, 'Sample authority', 'Sample authority');
	tls.setDefaultCACertificates([...before, root]);
	return {
		trusted: {
			key: server.privateKeyPem,
			cert: certify(server, authority, 'Sample server', 'Sample authority'),
		},
		selfSigned: {
			key: stranger.privateKeyPem,
			cert: certify(stranger, stranger, 'Sample stranger', 'Sample stranger'),
		},
		forget: () => tls.setDefaultCACertificates(before),
	};
}
