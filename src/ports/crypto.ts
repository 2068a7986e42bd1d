/** P-256 goes with SHA-256, P-384 with SHA-384, as in ES256 and ES384. */
export type EcdsaCurve = 'P-256' | 'P-384';

/**
 * The few primitives that differ between Node and a browser. Keys and signatures are raw bytes: Ed25519 public keys
 * of 32, signatures of 64; ECDSA public keys are points 04 ‖ x ‖ y of 65 or 97, signatures r ‖ s of 64 or 96.
 */
export interface Crypto {
  /** SHA-256 of the bytes, 32 bytes. Of a text: of its bytes in UTF-8, as `TextEncoder` writes them. */
  sha256(data: Uint8Array | string): Promise<Uint8Array>;
  /** SHA-384 likewise, 48 bytes. */
  sha384(data: Uint8Array | string): Promise<Uint8Array>;
  /** SHA-512 likewise, 64 bytes. */
  sha512(data: Uint8Array | string): Promise<Uint8Array>;
  /** HMAC-SHA-256 (RFC 2104), 32 bytes. */
  hmacSha256(key: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
  /** Does the Ed25519 signature hold? False for a wrong signature; the caller has refused weak keys before. */
  verifyEd25519(publicKey: Uint8Array, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
  /**
   * Does the ECDSA signature hold over the data, hashed as the curve asks for? False for a wrong signature; the caller
   * has refused points that are not on the curve before.
   */
  verifyEcdsa(curve: EcdsaCurve, publicKey: Uint8Array, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
  /** GZIP of the bytes (RFC 1952), deterministic: no file name, no time. */
  gzip(data: Uint8Array): Promise<Uint8Array>;
  /**
   * Inflates one GZIP member with its check sum; nothing may follow it.
   * @throws {InflateError} on damage, or as soon as more than `maxBytes` would come out.
   */
  gunzip(data: Uint8Array, maxBytes: number): Promise<Uint8Array>;
}

/** Why bytes could not be inflated. */
export class InflateError extends Error {
  readonly reason: 'damaged' | 'too-large';

  constructor(reason: 'damaged' | 'too-large', options?: ErrorOptions) {
    super(reason === 'damaged' ? 'not a whole GZIP member' : 'more bytes than allowed', options);
    this.name = 'InflateError';
    this.reason = reason;
  }
}
