import type { PdfDamage } from '../../text/pdf-damage.js';

/** What ends the reading of a PDF: damage, or something no attestation has. Never leaves this folder. */
export class PdfRefusal extends Error {
  readonly reason: PdfDamage | 'changed' | 'active';
  /** Where it shows, in bytes. */
  readonly at: number;

  constructor(reason: PdfRefusal['reason'], at: number) {
    super(`${reason} at byte ${at}`);
    this.name = 'PdfRefusal';
    this.reason = reason;
    this.at = at;
  }
}

/** @throws {PdfRefusal} always */
export function refuse(reason: PdfRefusal['reason'], at: number): never {
  throw new PdfRefusal(reason, at);
}
