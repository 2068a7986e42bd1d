import { createHash } from 'node:crypto';
import type { ChainPlace } from './scan-chain.js';
import type { Strand } from './strand.js';

const CHUNK = 4_194_304;

/** SHA-256 of all bytes of the chain so far, behind the header of each segment; may be read and gone on with. */
export class ChainBytes {
  readonly #hash = createHash('sha256');

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** Hex. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }

  /** Adds what lies between two places of a strand's chain, as the disk has it. */
  async read({ chain }: Strand, from: ChainPlace | undefined, to: ChainPlace): Promise<void> {
    for (let segment = from?.segment ?? 1; segment <= to.segment; segment += 1) {
      const end = segment === to.segment ? to.size : await chain.fileSize(segment);
      let offset = from?.segment === segment ? from.size : chain.headerLength(segment);
      while (offset < end) {
        const bytes = await chain.read(segment, offset, Math.min(CHUNK, end - offset));
        if (bytes.length === 0) return;
        this.add(bytes);
        offset += bytes.length;
      }
    }
  }
}
