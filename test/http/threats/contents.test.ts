import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/ports/json.js';
import { ACCREDITER, endorsement } from '../../verification/endorsement.js';
import { fullBadge, ISSUER, listAt, sign, signWith } from '../../verification/house.js';
import { serve } from './served.js';

const served = serve();

describe('the schema a posted badge names', () => {
  const withSchema = (id: Json, type: Json = '1EdTechJsonSchemaValidator2019') =>
    sign({ ...fullBadge(), credentialSchema: [...listAt(fullBadge(), 'credentialSchema'), { id, type }] });

  it.each([
    ['of a private host', 'https://127.0.0.1/schema.json'],
    ['of a metadata service', 'http://169.254.169.254/schema.json'],
    ['that may refer to itself, be endless or of 5 MB', 'https://evil.example/loops.json'],
    ['in a file', 'file:///etc/passwd'],
    [
      'that looks like the official one',
      'https://purl.imsglobal.org.evil.example/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
    ],
  ])('V63 %s is not fetched, not compiled, and not said to be followed', async (_, id) => {
    expect(await served.verdict(await withSchema(id))).toBe(
      '200 indeterminate schema/schema-not-checked schema-not-checked',
    );
    expect(served.internet.requested.filter((url) => !url.includes('univ.example'))).toEqual([]);
    expect(served.internet.resolved.filter((host) => host !== 'badges.univ.example')).toEqual([]);
  });

  it('V63 has a twin: the official schema, and a badge that breaks it', async () => {
    expect(await served.verdict(await sign(fullBadge()))).toBe('200 valid');
    const { credentialSchema: _, ...badge } = fullBadge();
    expect(await served.verdict(await sign(badge))).toBe('200 valid');
    const broken = await sign({ ...badge, awardedDate: '2026-06-24' });
    expect(await served.verdict(broken)).toBe('200 invalid schema/schema MALFORMED_VALUE_ERROR');
  });
});

describe('what else a posted badge holds', () => {
  const signed = (changes: JsonObject = {}, did = ACCREDITER) => signWith(endorsement(changes), {}, did);
  const endorsed = async (list: readonly Json[]) => sign({ ...fullBadge(), endorsement: list });

  it('V64 has a twin: an endorsement by somebody else', async () => {
    expect(await served.verdict(await endorsed([await signed()]))).toBe('200 valid');
  });

  it('V64 an endorsement by the issuer itself, or one that was altered, is told', async () => {
    const own = await signed({ issuer: { id: ISSUER, type: ['Profile'] } }, ISSUER);
    expect(await served.verdict(await endorsed([own]))).toBe('200 valid +endorsement-by-issuer');
    const altered = { ...(await signed()), name: 'Autre' };
    expect(await served.verdict(await endorsed([altered]))).toBe(
      '200 valid endorsements/endorsement-not-authentic +endorsement-not-authentic',
    );
  });

  it('V64 an endorsement in an endorsement is not looked at, and of more than ten the rest is said to be unchecked', async () => {
    const inner = await signed({ id: 'https://accrediter.example/endorsements/2' });
    const outer = await signWith({ ...endorsement(), endorsement: [{ ...inner, name: 'Autre' }] }, {}, ACCREDITER);
    expect(await served.verdict(await endorsed([outer]))).toBe('200 valid');
    const many = await Promise.all(
      Array.from({ length: 12 }, (_, index) => signed({ id: `https://accrediter.example/endorsements/${index}` })),
    );
    expect(await served.verdict(await endorsed(many))).toBe(
      '200 valid endorsements/endorsement-not-checked +endorsement-not-checked',
    );
  });

  it('V64 a refresh service is not asked, wherever it leads', async () => {
    for (const id of ['https://evil.example/refresh', 'https://127.0.0.1/', 'https://badges.example.org/verify']) {
      const refreshService = { id, type: '1EdTechCredentialRefresh' };
      expect(await served.verdict(await sign({ ...fullBadge(), refreshService }))).toBe('200 valid');
    }
    expect(served.internet.requested.filter((url) => url.includes('evil'))).toEqual([]);
  });

  it('V64 V34 a presentation is no badge, whatever it holds, and so says the answer', async () => {
    const badge = await sign(fullBadge());
    const present = (verifiableCredential: Json): JsonObject => ({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      verifiableCredential,
    });
    const envelope = {
      '@context': 'https://www.w3.org/ns/credentials/v2',
      id: 'data:application/vc+jwt,e30',
      type: 'EnvelopedVerifiableCredential',
    };
    for (const held of [[badge], Array.from({ length: 21 }, () => badge), [present([badge])], [envelope]]) {
      expect(await served.verdict(present(held))).toMatch(/^(?:200 invalid|400|422) /);
    }
    expect(served.internet.dialled).toEqual([]);
  });
});
