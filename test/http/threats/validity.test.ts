import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/text/instant.js';
import { fullBadge, sign, signWith, withMember } from '../../verification/house.js';
import { olderFullBadge, withDataIntegrity } from '../../verification/older-badge.js';
import { NOW, serve } from './served.js';

const served = serve();
const MALFORMED = /^200 invalid .*validity\/(?:malformed-date|dates-reversed) .*MALFORMED_VALUE_ERROR$/;

describe('the dates of a posted badge', () => {
  it('V43 a beginning tomorrow is too early; one in 200 seconds lies within what clocks may differ', async () => {
    const from = (instant: number) => sign(withMember(fullBadge(), ['validFrom'], formatInstant(instant)));
    expect(await served.verdict(await from(NOW + 86_400_000))).toBe('200 invalid validity/not-yet-valid not-yet-valid');
    expect(await served.verdict(await from(NOW + 200_000))).toBe('200 valid');
    expect(await served.verdict(await from(NOW + 302_000))).toBe('200 invalid validity/not-yet-valid not-yet-valid');
    const early = await served.report(await from(NOW + 86_400_000));
    expect(early.credential?.status).toBe('not-yet-valid');
  });

  it('V44 an end a second ago is an end; one in a second is none', async () => {
    const until = (instant: number) => sign(withMember(fullBadge(), ['validUntil'], formatInstant(instant)));
    expect(await served.verdict(await until(NOW - 1_000))).toBe('200 invalid validity/expired expired');
    expect(await served.verdict(await until(NOW + 1_000))).toBe('200 valid');
    expect((await served.report(await until(NOW - 1_000))).credential?.status).toBe('expired');
  });

  it.each([
    ['V44 an end before the beginning', 'validUntil', '2026-11-21T09:30:15Z'],
    ['V44 an end without a zone', 'validUntil', '2036-11-22T09:30:15'],
    ['V44 a beginning without a zone', 'validFrom', '2026-11-22T09:30:15'],
    ['V44 an end that is a day', 'validUntil', '2036-11-22'],
    ['V44 a thirteenth month', 'validFrom', '2026-13-01T00:00:00Z'],
    ['V44 a thirty-first of February, which the engine takes for March', 'validFrom', '2026-02-31T00:00:00Z'],
    ['V44 the year 0000', 'validFrom', '0000-01-01T00:00:00Z'],
    ['V44 the last year engines know', 'validUntil', '+275760-09-13T00:00:00Z'],
    ['V44 seconds since 1970', 'validFrom', '1763803815'],
    ['V44 an hour 24', 'validFrom', '2026-11-21T24:00:00Z'],
    ['V44 a date with a space', 'validFrom', '2026-11-21 09:30:15Z'],
    ['V44 a date in small letters', 'validFrom', '2026-11-21t09:30:15z'],
  ])('%s is malformed', async (_, member, date) => {
    const signed = await signWith(withMember(fullBadge(), [member], date), {});
    expect(await served.verdict(signed)).toMatch(MALFORMED);
  });

  it.each([
    ['expirationDate', '2026-01-01T00:00:00Z'],
    ['issuanceDate', '2026-01-01T00:00:00Z'],
  ])('V44 %s, a name of 1.1, has no place in a badge of 2.0', async (member, date) => {
    expect(await served.verdict({ ...(await sign(fullBadge())), [member]: date })).toMatch(/^200 invalid /);
  });

  it('V43 V44 hold for a badge of 1.1 by the names of its own', async () => {
    const older = (changes: Readonly<Record<string, string>> = {}) =>
      signWith(withDataIntegrity({ ...olderFullBadge(), ...changes }), {});
    expect(await served.verdict(await older())).toBe('200 valid');
    expect(await served.verdict(await older({ expirationDate: formatInstant(NOW - 1_000) }))).toBe(
      '200 invalid validity/expired expired',
    );
    expect(await served.verdict(await older({ issuanceDate: formatInstant(NOW + 86_400_000) }))).toBe(
      '200 invalid validity/not-yet-valid not-yet-valid',
    );
    expect(await served.verdict(await older({ issuanceDate: '2026-02-31T00:00:00Z' }))).toMatch(MALFORMED);
  });
});
