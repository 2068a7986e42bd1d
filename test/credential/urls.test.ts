import { describe, expect, it } from 'vitest';
import {
  achievementUrl,
  credentialIdOf,
  credentialUrl,
  issuerUrl,
  pageUrl,
  statusListIdOf,
  statusListUrl,
} from '../../src/credential/urls.js';

const BASE = 'http://localhost:3000';

describe('public addresses', () => {
  it('stand under the base URL', () => {
    expect(credentialUrl(BASE, 'abc')).toBe('http://localhost:3000/credentials/abc');
    expect(pageUrl(BASE, 'abc')).toBe('http://localhost:3000/v/abc');
    expect(issuerUrl(BASE, 'escom')).toBe('http://localhost:3000/issuers/escom');
    expect(statusListUrl(BASE, 'l1')).toBe('http://localhost:3000/status/l1');
  });

  it('encode what a version or an id may hold', () => {
    expect(achievementUrl(BASE, { programme: 'p', version: '2025/26 é?#', variant: 'a b' })).toBe(
      'http://localhost:3000/achievements/p/2025%2F26%20%C3%A9%3F%23/a%20b',
    );
    expect(achievementUrl(BASE, { programme: 'p', version: '1' })).toBe('http://localhost:3000/achievements/p/1');
  });
});

describe('ids read back from addresses', () => {
  it('are found in ours, letter case aside', () => {
    expect(credentialIdOf(BASE, credentialUrl(BASE, 'ABC12'))).toBe('abc12');
    expect(statusListIdOf(BASE, `${statusListUrl(BASE, 'l1')}#94567`)).toBe('l1');
  });

  it.each([
    'http://localhost:3001/credentials/abc',
    'http://localhost:3000/credentials/',
    'http://localhost:3000/credentials/abc/def',
    'http://localhost:3000/credentials/abc?x=1',
    'http://localhost:3000/credentials/../status/abc',
    'http://localhost:3000.evil.example/credentials/abc',
  ])('are not found in %s', (url) => {
    expect(credentialIdOf(BASE, url)).toBeUndefined();
    expect(statusListIdOf(BASE, url)).toBeUndefined();
  });
});
