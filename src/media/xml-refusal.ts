import type { ImageDamage } from '../text/image-damage.js';

/** Carries a refusal out of the XML reader; what catches it turns it into a value. */
export class XmlRefusal extends Error {
  readonly reason: ImageDamage | 'markup-refused';
  /** UTF-16 code units from the beginning of the text. */
  readonly at: number;

  constructor(reason: XmlRefusal['reason'], at: number) {
    super(reason);
    this.reason = reason;
    this.at = at;
  }
}

export function refuse(reason: XmlRefusal['reason'], at: number): never {
  throw new XmlRefusal(reason, at);
}
