import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { base64urlnopad } from '@scure/base';
import { z } from 'zod';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** OWASP's first choice for scrypt: 128 MiB, about 0.4 s. @see https://www.rfc-editor.org/rfc/rfc7914 */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;

const zBase64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** How a key file is encrypted. The bounds keep a damaged file from asking for all memory. */
export const zEncryption = z.strictObject({
  cipher: z.literal('AES-256-GCM'),
  kdf: z.literal('scrypt'),
  N: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.int().min(8).max(16),
  p: z.int().min(1).max(4),
  salt: zBase64url,
  iv: zBase64url,
});
export type Encryption = z.infer<typeof zEncryption>;

/** Encrypts and decrypts private keys with one passphrase. */
export interface PassphraseBox {
  /** @param context bound to the cipher text: it opens with the same context only. */
  seal(plain: Uint8Array, context: string): Promise<{ readonly encryption: Encryption; readonly sealed: Uint8Array }>;
  /** @returns undefined when the passphrase, the context or the bytes are not those it was sealed with. */
  open(sealed: Uint8Array, encryption: Encryption, context: string): Promise<Uint8Array | undefined>;
}

/**
 * AES-256-GCM under a key derived with scrypt. Everything one box seals shares a salt, taken from the first thing it
 * opened, and every derivation is kept: opening a folder of keys costs one derivation, not one a key.
 */
export function createPassphraseBox(passphrase: string): PassphraseBox {
  const derived = new Map<string, Promise<Uint8Array>>();
  let salt: string | undefined;

  function derive(encryption: Encryption): Promise<Uint8Array> {
    const { N, r, p, salt: used } = encryption;
    const name = `${N}.${r}.${p}.${used}`;
    const key = derived.get(name) ?? deriveKey(passphrase, encryption);
    derived.set(name, key);
    return key;
  }

  return {
    async seal(plain, context) {
      salt ??= base64urlnopad.encode(randomBytes(SALT_BYTES));
      const iv = randomBytes(IV_BYTES);
      const encryption: Encryption = {
        cipher: 'AES-256-GCM',
        kdf: 'scrypt',
        ...COST,
        salt,
        iv: base64urlnopad.encode(iv),
      };
      const cipher = createCipheriv('aes-256-gcm', await derive(encryption), iv);
      cipher.setAAD(new TextEncoder().encode(context));
      const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      return { encryption, sealed: new Uint8Array(sealed) };
    },
    async open(sealed, encryption, context) {
      const key = await derive(encryption);
      try {
        const iv = base64urlnopad.decode(encryption.iv);
        const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
        decipher.setAAD(new TextEncoder().encode(context));
        decipher.setAuthTag(sealed.slice(-TAG_BYTES));
        const plain = Buffer.concat([decipher.update(sealed.slice(0, -TAG_BYTES)), decipher.final()]);
        salt ??= encryption.salt;
        return new Uint8Array(plain);
      } catch {
        return undefined;
      }
    },
  };
}

function deriveKey(passphrase: string, { N, r, p, salt }: Encryption): Promise<Uint8Array> {
  const maxmem = 256 * N * r;
  return new Promise((resolve, reject) => {
    // NFC: the same passphrase typed on another system has the same bytes.
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), KEY_BYTES, { N, r, p, maxmem }, (error, key) =>
      error === null ? resolve(new Uint8Array(key)) : reject(error),
    );
  });
}
