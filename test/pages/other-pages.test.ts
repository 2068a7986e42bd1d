import { describe, expect, it } from 'vitest';
import { achievementPage } from '../../src/pages/achievement-page.js';
import { zAchievementView } from '../../src/pages/achievement-view.js';
import { errorPage } from '../../src/pages/error-page.js';
import { frontPage } from '../../src/pages/front-page.js';
import { issuerPage } from '../../src/pages/issuer-page.js';
import type { Language } from '../../src/text/localized.js';
import { HOSTILE_TEXTS, HOSTILE_URLS } from './hostile.js';

const frame = (language: Language = 'en') => ({ language, path: '/x' });

const achievement = (text: string, url: string) =>
  zAchievementView.parse({
    name: text,
    description: text,
    criteria: { narrative: text },
    achievementType: text,
    creditsAvailable: 0.5,
    version: text,
    alignment: [{ targetName: text, targetUrl: url, targetFramework: text }],
    resultDescription: [
      { name: text, rubricCriterionLevel: [{ name: text, description: text }] },
      { name: text, valueMin: text, valueMax: text },
    ],
  });

/** Every page that shows what others wrote, with one text and one address in all its places. */
const pagesWith = (text: string, url: string): Record<string, string> => ({
  achievement: achievementPage({
    frame: frame(),
    achievement: { fr: achievement(text, url), en: achievement(text, url) },
    issuer: { name: text, path: '/issuers/x' },
  }),
  issuer: issuerPage({
    frame: frame(),
    issuer: {
      slug: 'x',
      name: text,
      parent: text,
      country: text,
      url,
      logo: null,
      styleSheet: null,
      contact: text,
      did: text,
      keys: ['z6Mk'],
      achievements: [{ name: { fr: text, en: text }, version: text, path: '/achievements/x/1' }],
    },
  }),
  front: frontPage({ frame: frame(), notRead: text, issuer: { name: text, path: '/issuers/x' } }),
  error: errorPage({ frame: frame(), status: 404, title: text, detail: text, requestId: 'request-1' }),
});

describe('hostile texts on the other pages (X1, X2)', () => {
  const plain = pagesWith('plain', 'https://ok.example.org/');
  const tagsOf = (html: string) => new Set([...html.matchAll(/<\/?([a-z0-9!]+)/gi)].map((match) => match[1]));

  it.each(HOSTILE_TEXTS)('%s adds no element and turns no text', (text) => {
    for (const [name, html] of Object.entries(pagesWith(text, 'https://ok.example.org/'))) {
      expect(tagsOf(html), name).toEqual(tagsOf(plain[name] ?? ''));
      if (name !== 'error') expect(html, name).not.toContain('\u202E');
      // Values are quoted throughout: what is left without them are names of attributes only.
      expect(html.replace(/"[^"]*"/g, '""'), name).not.toMatch(/<[a-z][^>]*\son[a-z]+=/i);
    }
  });

  it.each(HOSTILE_URLS)('%j becomes no link', (url) => {
    for (const [name, html] of Object.entries(pagesWith('plain', url))) {
      for (const [, href] of html.matchAll(/<a [^>]*href="([^"]*)"/g)) expect(href, name).toMatch(/^(?:#|\/(?!\/))/);
    }
  });
});

describe('the achievement page', () => {
  it('shows half a credit as its reader writes it', () => {
    const views = { fr: achievement('a', 'https://a.example.org'), en: achievement('a', 'https://a.example.org') };
    const issuer = { name: 'x', path: '/issuers/x' };
    expect(achievementPage({ frame: frame('fr'), achievement: views, issuer })).toContain('0,5 ECTS');
    expect(achievementPage({ frame: frame('en'), achievement: views, issuer })).toContain('0.5 ECTS');
  });

  it('names its kind in words, and shows a kind it does not know as it is', () => {
    const page = (achievementType: string, language: 'fr' | 'en') => {
      const view = { ...achievement('a', 'https://a.example.org'), achievementType };
      const issuer = { name: 'x', path: '/issuers/x' };
      return achievementPage({ frame: frame(language), achievement: { fr: view, en: view }, issuer });
    };
    expect(page('CommunityService', 'fr')).toContain('engagement au service d’autrui');
    expect(page('CommunityService', 'en')).not.toContain('CommunityService');
    expect(page('ext:Tournament', 'en')).toContain('ext:Tournament');
  });
});

it('the achievement page holds each place that badges point to, once', () => {
  const url = 'https://badges.example.org/achievements/x/1';
  const view = zAchievementView.parse({
    name: 'x',
    description: 'x',
    criteria: { id: `${url}#criteria`, narrative: 'x' },
    resultDescription: [
      {
        id: `${url}#teamwork`,
        name: 'Teamwork',
        rubricCriterionLevel: [{ id: `${url}#teamwork/1`, name: 'Contributing' }],
      },
      { id: `${url}#" onclick="`, name: 'Hostile', rubricCriterionLevel: [] },
    ],
  });
  const issuer = { name: 'x', path: '/issuers/x' };
  const html = achievementPage({ frame: frame(), achievement: { fr: view, en: view }, issuer });
  expect([...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1])).toEqual([
    'content',
    'criteria',
    'teamwork',
    'teamwork/1',
  ]);
});

describe('the issuer page', () => {
  it('links to a DID document only where there is one', () => {
    const issuer = {
      slug: 'x',
      name: 'X',
      parent: null,
      country: 'BE',
      url: null,
      logo: null,
      styleSheet: null,
      contact: null,
      keys: [],
      achievements: [],
    };
    const web = issuerPage({ frame: frame('fr'), issuer: { ...issuer, did: 'did:web:x.example.org%3A8443' } });
    expect(web).toContain('href="/issuers/x/did.json"');
    expect(web).toContain('Clé publiée sur x.example.org:8443');
    expect(web).toContain('Belgique');
    const key = issuerPage({ frame: frame(), issuer: { ...issuer, did: 'did:key:z6Mk' } });
    expect(key).not.toContain('did.json');
    expect(key).toContain('None published yet.');
  });
});
