import { describe, expect, it } from 'vitest';
import { addToProfileUrl, type LinkedInCertification, sharePostUrl } from '../../src/sharing/linkedin.js';

const CERTIFICATION: LinkedInCertification = {
  name: 'Coopération – niveau 2',
  organization: { name: 'Université de l’Exemple' },
  issued: Date.UTC(2026, 5, 24, 10),
  timeZone: 'Europe/Paris',
  pageUrl: 'https://badges.example.org/v/0123456789abcdefghjkmnpqrs',
  badgeId: '0123456789abcdefghjkmnpqrs',
};

const read = (changes: Partial<LinkedInCertification> = {}) =>
  Object.fromEntries(new URL(addToProfileUrl({ ...CERTIFICATION, ...changes })).searchParams);

describe('the link that adds a badge to a LinkedIn profile', () => {
  it('has exactly the parameters LinkedIn reads', () => {
    expect(addToProfileUrl(CERTIFICATION)).toBe(
      'https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Coop%C3%A9ration%20%E2%80%93%20niveau%202' +
        '&organizationName=Universit%C3%A9%20de%20l%E2%80%99Exemple&issueYear=2026&issueMonth=6' +
        '&certUrl=https%3A%2F%2Fbadges.example.org%2Fv%2F0123456789abcdefghjkmnpqrs&certId=0123456789abcdefghjkmnpqrs',
    );
  });

  it('names the organisation by its number where there is one, and then not by its name', () => {
    const { organizationId, organizationName } = read({ organization: { id: '15142' } });
    expect([organizationId, organizationName]).toEqual(['15142', undefined]);
  });

  it('takes the month the institution’s clocks showed', () => {
    const newYear = Date.UTC(2025, 11, 31, 23, 30);
    expect(read({ issued: newYear })).toMatchObject({ issueYear: '2026', issueMonth: '1' });
    expect(read({ issued: newYear, timeZone: 'UTC' })).toMatchObject({ issueYear: '2025', issueMonth: '12' });
    expect(read({ issued: Date.UTC(2026, 0, 1, 3), timeZone: 'America/Martinique' })).toMatchObject({
      issueYear: '2025',
      issueMonth: '12',
    });
  });

  it('says when a badge ends, only if it does', () => {
    expect(read()).not.toHaveProperty('expirationYear');
    expect(read({ expires: Date.UTC(2028, 11, 31, 23, 30) })).toMatchObject({
      expirationYear: '2029',
      expirationMonth: '1',
    });
  });

  it.each(['a&certUrl=https://evil.example#x', '100 % + 1 ? = / \\', 'é 学 م 👩‍🎓', '"><script>', '\uD800'])(
    'L12 keeps %j inside its parameter',
    (name) => {
      const url = new URL(addToProfileUrl({ ...CERTIFICATION, name }));
      expect([url.origin, url.pathname, url.hash]).toEqual(['https://www.linkedin.com', '/profile/add', '']);
      expect(url.searchParams.get('name')).toBe(name === '\uD800' ? '\uFFFD' : name);
      expect(url.searchParams.getAll('certUrl')).toEqual([CERTIFICATION.pageUrl]);
      expect(url.href).not.toContain('+');
    },
  );
});

describe('the link that shares a badge on LinkedIn', () => {
  it('gives the address of its page and nothing else: the rest is read there', () => {
    const url = new URL(sharePostUrl(`${CERTIFICATION.pageUrl}?lang=fr&x=#y`));
    expect(url.origin + url.pathname).toBe('https://www.linkedin.com/sharing/share-offsite/');
    expect([...url.searchParams]).toEqual([['url', `${CERTIFICATION.pageUrl}?lang=fr&x=#y`]]);
  });
});
