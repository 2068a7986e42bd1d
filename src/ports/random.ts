/** Unpredictable bytes from the platform's cryptographic generator; never a seeded one outside tests. */
export interface Random {
  bytes(length: number): Uint8Array;
}
