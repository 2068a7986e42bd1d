import { base64urlnopad } from '@scure/base';
import { z } from 'zod';
import { KeyFileError } from './key-file-errors.js';
import { exportPrivateKey, type KeyPair, readPrivateKey } from './key-pair.js';
import { type PassphraseBox, zEncryption } from './passphrase.js';

/** A key file: PKCS #8 in base64url, in the clear or encrypted. Everything but the private key is public. */
const zKeyFile = z.strictObject({
  format: z.literal('sceau-key-1'),
  issuer: z.string(),
  algorithm: z.enum(['Ed25519', 'ES256']),
  publicKeyMultibase: z.string(),
  encryption: zEncryption.optional(),
  privateKey: z.string().regex(/^[A-Za-z0-9_-]+$/),
});

/** What a file is called and bound to. */
export interface KeyFilePlace {
  readonly path: string;
  readonly issuer: string;
  readonly publicKeyMultibase: string;
}

/** The text of a key file, encrypted when there is a passphrase. */
export async function writeKeyFile(issuer: string, key: KeyPair, box: PassphraseBox | undefined): Promise<string> {
  const { algorithm, publicKeyMultibase } = key;
  const header = { format: 'sceau-key-1', issuer, algorithm, publicKeyMultibase } as const;
  const plain = exportPrivateKey(key);
  if (box === undefined) return print({ ...header, privateKey: base64urlnopad.encode(plain) });
  const { encryption, sealed } = await box.seal(plain, contextOf(header));
  return print({ ...header, encryption, privateKey: base64urlnopad.encode(sealed) });
}

/**
 * Reads a key file and checks that its public half is that of its private half.
 * @throws {KeyFileError}
 */
export async function readKeyFile(text: string, place: KeyFilePlace, box: PassphraseBox | undefined): Promise<KeyPair> {
  const file = parse(text);
  if (file === undefined) throw new KeyFileError(place.path, 'damaged');
  if (file.issuer !== place.issuer || file.publicKeyMultibase !== place.publicKeyMultibase) {
    throw new KeyFileError(place.path, 'mismatch');
  }
  const pkcs8 = await decrypt(file, place.path, box);
  const key = readPkcs8(pkcs8, place.path);
  if (key.algorithm !== file.algorithm || key.publicKeyMultibase !== file.publicKeyMultibase) {
    throw new KeyFileError(place.path, 'mismatch');
  }
  return key;
}

type KeyFile = z.infer<typeof zKeyFile>;

async function decrypt(file: KeyFile, path: string, box: PassphraseBox | undefined): Promise<Uint8Array> {
  const bytes = decodeBase64url(file.privateKey);
  if (bytes === undefined) throw new KeyFileError(path, 'damaged');
  if (file.encryption === undefined) return bytes;
  if (box === undefined) throw new KeyFileError(path, 'passphrase-missing');
  const plain = await box.open(bytes, file.encryption, contextOf(file));
  if (plain === undefined) throw new KeyFileError(path, 'passphrase-wrong');
  return plain;
}

function readPkcs8(pkcs8: Uint8Array, path: string): KeyPair {
  try {
    return readPrivateKey(pkcs8);
  } catch {
    // Without the cause: it may quote what it could not read.
    throw new KeyFileError(path, 'damaged');
  }
}

function parse(text: string): KeyFile | undefined {
  try {
    return zKeyFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function decodeBase64url(text: string): Uint8Array | undefined {
  try {
    return base64urlnopad.decode(text);
  } catch {
    return undefined;
  }
}

function contextOf({ issuer, publicKeyMultibase }: Pick<KeyFile, 'issuer' | 'publicKeyMultibase'>): string {
  return `sceau-key-1 ${issuer} ${publicKeyMultibase}`;
}

function print(file: KeyFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}
