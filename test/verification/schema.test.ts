import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/ports/json.js';
import {
  validateAchievementCredential,
  validateEndorsementCredential,
} from '../../src/verification/schema/compiled.js';
import { mutations } from '../proof/mutate.js';
import { fullBadge } from './house.js';

const folder = new URL('../../src/verification/schema/', import.meta.url);

function official(file: string) {
  const ajv = new Ajv2019({ allErrors: true, strict: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
}

describe('the compiled schema', () => {
  it('agrees with ajv over the official file, on an honest badge and every alteration of it', () => {
    const reference = official('achievement-credential.json');
    expect(validateAchievementCredential(fullBadge())).toBe(true);
    const documents = [...mutations(fullBadge())].map(({ document }) => document);
    const differing = documents.filter((document) => validateAchievementCredential(document) !== reference(document));
    expect(differing).toEqual([]);
    expect(documents.filter((document) => !validateAchievementCredential(document)).length).toBeGreaterThan(40);
  });

  it('knows an endorsement from a badge', () => {
    const endorsement: JsonObject = {
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'Appui',
      issuer: { id: 'https://accrediter.example/', type: ['Profile'] },
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'https://univ.example/', type: ['EndorsementSubject'] },
    };
    expect(validateEndorsementCredential(endorsement)).toBe(true);
    expect(validateAchievementCredential(endorsement)).toBe(false);
    expect(validateEndorsementCredential(fullBadge())).toBe(false);
  });

  it('makes no code at run time and needs nothing of Node', () => {
    const code = readFileSync(new URL('compiled.js', folder), 'utf8');
    expect(code).not.toMatch(/new Function|\beval\(|\brequire\(|\bimport\b/);
  });

  it('X9: answers hostile texts at once', () => {
    const hostile = [`${'a'.repeat(50_000)}!`, `ext:${'|'.repeat(50_000)}\n`, `${'-3.0.0'.repeat(10_000)}`];
    for (const text of hostile) {
      const started = performance.now();
      validateAchievementCredential({
        ...fullBadge(),
        '@context': ['https://www.w3.org/ns/credentials/v2', `https://purl.imsglobal.org/spec/ob/v3p0/context${text}`],
        awardedDate: text,
        endorsementJwt: [text],
        credentialSubject: { achievement: { achievementType: text, inLanguage: text } },
      });
      expect(performance.now() - started).toBeLessThan(50);
    }
  });
});
