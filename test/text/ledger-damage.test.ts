import { describe, expect, it } from 'vitest';
import { type LedgerDamage, ledgerDamage, ledgerPlace } from '../../src/text/ledger-damage.js';

const DAMAGES: readonly LedgerDamage[] = [
  { code: 'payload-altered' },
  { code: 'payload-not-erased' },
  { code: 'payload-unknown' },
  { code: 'record-unknown' },
  { code: 'link-broken' },
  { code: 'digest-differs' },
  { code: 'index-differs' },
  { code: 'row-differs' },
  { code: 'checkpoints-disagree' },
  { code: 'record-unexpected', expected: 71, found: 72 },
  { code: 'end-differs', found: 71, written: 72 },
  { code: 'rewritten', from: 71, to: 72 },
  { code: 'records-missing', from: 71, to: 72 },
];

describe('what a check of the ledger finds', () => {
  it.each(DAMAGES)('$code is said in each language, with the same numbers', (damage) => {
    const { fr, en } = ledgerDamage(damage);
    expect(fr).not.toBe(en);
    const numbers = Object.values(damage).filter((value) => typeof value === 'number');
    for (const sentence of [fr, en]) for (const number of numbers) expect(sentence).toContain(String(number));
  });

  it('names the place in each language', () => {
    expect(ledgerPlace('byte 120, record 7')).toEqual({ fr: 'octet 120, enregistrement 7', en: 'byte 120, record 7' });
    // The name of a strand is nobody's word.
    expect(ledgerPlace('record 3 of strand 0f-byte-1').fr).toBe('enregistrement 3 du brin 0f-byte-1');
  });
});
