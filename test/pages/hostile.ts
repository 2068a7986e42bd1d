import type { ShownCredential } from '../../src/verification/report.js';
import { shownCredential } from './reports.js';

/** Texts that would act if a page trusted them (threats X1, X2, X4). */
export const HOSTILE_TEXTS = [
  '"><img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  `{{7*7}}\${7*7}<%= 7*7 %>`,
  '[x](javascript:alert(1)) [y](&#106;avascript:alert(1)) [[z](x)](javascript:alert(1))',
  '<!-- --><svg/onload=alert(1)>',
  'a\u2028b\u202Ec',
] as const;

/** Addresses that must never become links. */
export const HOSTILE_URLS = [
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '//evil.test/x',
  'https:',
  '"><script>alert(1)</script>',
] as const;

/** The full badge with every text replaced, and every address too. */
export function hostileCredential(text: string, url: string): ShownCredential {
  const replace = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => replace(item, key));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, replace(inner, member)]));
    }
    if (typeof value !== 'string' || ['status', 'digest', 'language'].includes(key)) return value;
    return key === 'url' || key === 'criteriaUrl' ? url : text;
  };
  return replace(shownCredential, '') as ShownCredential;
}
