import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const DAY = 86_400_000;

/** What a TLS server needs, PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

interface CertificateWish {
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** An authority of our own: its certificate, and servers' certificates it signs. In force now unless told. */
export async function createAuthority() {
  cryptoProvider.set(webcrypto);
  const generate = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const [from, until] = [new Date(Date.now() - DAY), new Date(Date.now() + DAY)];
  const keys = await generate();
  const root = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Authority of the tests',
    notBefore: new Date(Date.now() - 400 * DAY),
    notAfter: until,
    signingAlgorithm: ALGORITHM,
    keys: keys,
    extensions: [new BasicConstraintsExtension(true, 1, true)],
  });

  async function certificate(wish: CertificateWish, isSelfSigned: boolean): Promise<ServerCertificate> {
    const own = await generate();
    const names = [
      ...(wish.names ?? []).map((value) => ({ type: 'dns' as const, value })),
      ...(wish.addresses ?? []).map((value) => ({ type: 'ip' as const, value })),
    ];
    const made = await X509CertificateGenerator.create({
      serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8)).fill(1, 0, 1)).toString('hex'),
      subject: 'CN=server',
      issuer: isSelfSigned ? 'CN=server' : root.subject,
      notBefore: wish.notBefore ?? from,
      notAfter: wish.notAfter ?? until,
      signingAlgorithm: ALGORITHM,
      publicKey: own.publicKey,
      signingKey: (isSelfSigned ? own : keys).privateKey,
      extensions: [new SubjectAlternativeNameExtension(names), new ExtendedKeyUsageExtension([SERVER_AUTHENTICATION])],
    });
    const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey)).toString('base64');
    return {
      key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
      cert: made.toString('pem'),
    };
  }

  return {
    ca: root.toString('pem'),
    sign: (wish: CertificateWish) => certificate(wish, false),
    selfSign: (wish: CertificateWish) => certificate(wish, true),
  };
}

export type Authority = Awaited<ReturnType<typeof createAuthority>>;
