import { ed25519 } from '@noble/curves/ed25519.js';
import { type Crypto, type EcdsaCurve, InflateError } from '../ports/crypto.js';

const ECDSA: Readonly<Record<EcdsaCurve, { readonly coordinateBytes: number; readonly hash: string }>> = {
  'P-256': { coordinateBytes: 32, hash: 'SHA-256' },
  'P-384': { coordinateBytes: 48, hash: 'SHA-384' },
};

/**
 * The Crypto port over Web Crypto and Compression Streams, for the verification code that runs in the reader's own
 * browser. Ed25519 in Web Crypto: Chrome 137, Firefox 129, Safari 17; before these the curve is computed in script.
 * @see https://www.w3.org/TR/webcrypto-2/
 */
export function createBrowserCrypto(): Crypto {
  const { subtle } = globalThis.crypto;
  const digest = async (algorithm: string, data: Uint8Array | string) =>
    new Uint8Array(
      await subtle.digest(algorithm, typeof data === 'string' ? new TextEncoder().encode(data) : copied(data)),
    );

  return {
    sha256: (data) => digest('SHA-256', data),
    sha384: (data) => digest('SHA-384', data),
    sha512: (data) => digest('SHA-512', data),
    async hmacSha256(key, data) {
      const algorithm = { name: 'HMAC', hash: 'SHA-256' };
      const imported = await subtle.importKey('raw', copied(key), algorithm, false, ['sign']);
      return new Uint8Array(await subtle.sign('HMAC', imported, copied(data)));
    },
    async verifyEd25519(publicKey, signature, data) {
      if (publicKey.length !== 32 || signature.length !== 64) return false;
      const key = await importEd25519(publicKey);
      return key === 'not-supported'
        ? ed25519.verify(signature, data, publicKey, { zip215: false })
        : subtle.verify('Ed25519', key, copied(signature), copied(data));
    },
    async verifyEcdsa(curve, publicKey, signature, data) {
      const { coordinateBytes, hash } = ECDSA[curve];
      if (publicKey.length !== 1 + 2 * coordinateBytes || signature.length !== 2 * coordinateBytes) return false;
      const algorithm = { name: 'ECDSA', namedCurve: curve };
      const key = await subtle.importKey('raw', copied(publicKey), algorithm, false, ['verify']);
      return subtle.verify({ name: 'ECDSA', hash }, key, copied(signature), copied(data));
    },
    gzip: (data) => collect(data, new CompressionStream('gzip'), Number.POSITIVE_INFINITY),
    // The stream checks the sum and refuses what follows the member (Compression Standard, "decompress and enqueue").
    gunzip: (data, maxBytes) => collect(data, new DecompressionStream('gzip'), maxBytes),
  };
}

/** Older browsers refuse the algorithm itself. A key that is refused for another reason stays an error. */
async function importEd25519(publicKey: Uint8Array) {
  try {
    return await globalThis.crypto.subtle.importKey('raw', copied(publicKey), 'Ed25519', false, ['verify']);
  } catch (error) {
    if (error instanceof Error && error.name === 'NotSupportedError') return 'not-supported';
    throw error;
  }
}

interface ByteTransform {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array<ArrayBuffer>>;
}

async function collect(data: Uint8Array, transform: ByteTransform, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = transform.readable.getReader();
  const writer = transform.writable.getWriter();
  // Failures of the writing side come out of the reading side too.
  const written = writer.write(copied(data)).then(() => writer.close());
  written.catch(() => undefined);
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      length += value?.length ?? 0;
      if (length > maxBytes) throw new InflateError('too-large');
      if (value !== undefined) chunks.push(copied(value));
    }
    await written;
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof InflateError ? error : new InflateError('damaged', { cause: error });
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Web APIs take bytes in memory of their own only, never in shared memory. */
function copied(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
