import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { letterText } from '../../src/mail/letter.js';
import { letterHtml } from '../../src/mail/letter-html.js';
import { readMailSender } from '../../src/mail/sender.js';
import { createSmtpMailer } from '../../src/mail/smtp-mailer.js';
import type { Letter } from '../../src/ports/mailer.js';
import { openSmtpInbox, type SmtpInbox } from '../support/smtp.js';

const FROM = { name: 'Badges, l’Université', address: 'badges@univ.example' };
const ID = '0123456789abcdef';
const LETTER: Letter = {
  kind: 'badge-issued',
  language: 'fr',
  to: 'oksana.chevtchenko@example.org',
  givenName: 'Оксана',
  badgeName: 'Engagement citoyen',
  institution: { name: 'Université Exemple', email: 'engagement@univ.example' },
  link: 'https://badges.example.org/claim/abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE',
  linkUntil: Date.parse('2026-12-22T10:00:00Z'),
};

describe('letters over SMTP', () => {
  let inbox: SmtpInbox;
  beforeAll(async () => {
    inbox = await openSmtpInbox();
  });
  afterEach(() => {
    inbox.mails.length = 0;
    inbox.refuse = undefined;
  });
  afterAll(() => inbox.close());

  const send = async (letter: Partial<Letter> = {}) =>
    createSmtpMailer({ url: inbox.url, from: FROM }).send({ ...LETTER, ...letter }, ID);
  const received = () => {
    const [mail] = inbox.mails;
    if (mail === undefined || inbox.mails.length > 1) throw new Error(`${inbox.mails.length} letters, not one`);
    return mail;
  };

  it('arrive as text and as HTML with the same link, in the reader’s language', async () => {
    expect(await send()).toEqual({ outcome: 'accepted' });
    const mail = received();
    expect(mail.to).toEqual(['oksana.chevtchenko@example.org']);
    expect(mail.headers.get('subject')).toBe('Votre badge\u00a0: Engagement citoyen');
    expect(mail.text).toBe(letterText(LETTER));
    expect(mail.html).toBe(letterHtml(LETTER));
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('Bonjour Оксана,');
      expect(body).toContain('jusqu’au 22 décembre 2026');
      expect(body).toContain(LETTER.link);
    }
    expect(mail.html).not.toMatch(/<img|<script|<link|url\(/);
  });

  it('are worded in English for whoever reads English', async () => {
    await send({ language: 'en', kind: 'new-link' });
    expect(received().headers.get('subject')).toBe('Your new link to your badges (Université Exemple)');
    expect(received().text).toContain('until 22 December 2026');
    expect(received().text).not.toMatch(/[«»]|Bonjour/);
  });

  it('say who they are from, whom to answer, and that a machine wrote them; the same letter has the same Message-ID', async () => {
    await send();
    await send();
    const fields = inbox.mails.map(({ headers }) => Object.fromEntries(headers));
    expect(fields).toHaveLength(2);
    for (const field of fields) {
      expect(field['from']).toContain('<badges@univ.example>');
      expect(field['reply-to']).toBe('engagement@univ.example');
      expect(field['auto-submitted']).toBe('auto-generated');
      expect(field['message-id']).toBe(`<${ID}@univ.example>`);
    }
  });

  it.each([
    ['badgeName', { badgeName: 'Badge\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>' }],
    ['givenName', { givenName: 'Camille\r\nBcc: eve@example.org' }],
    [
      'institution',
      { institution: { name: 'U\nBcc: eve@example.org', email: 'x@example.org\r\nBcc: eve@example.org' } },
    ],
    ['separators', { badgeName: 'a\u2028Bcc: eve@example.org\u2029\u0085b\u0000c' }],
  ])('C10 X1 keep line breaks in %s out of the headers', async (_, hostile) => {
    expect(await send(hostile)).toEqual({ outcome: 'accepted' });
    const { headers, to, html, raw } = received();
    expect(to).toEqual([LETTER.to]);
    expect(headers.has('bcc')).toBe(false);
    expect([...headers.values()].some((value) => /[\p{Cc}\p{Zl}\p{Zp}]/u.test(value))).toBe(false);
    expect(html).not.toContain('<script>');
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im);
  });

  it.each([
    'a@b.example\r\nBcc: eve@example.org',
    'a@example.org, eve@example.org',
    '"a b"@example.org',
    'Camille <a@example.org>',
    `${'a'.repeat(65)}@example.org`,
    '',
  ])('C10 refuse the address %j without asking the server', async (to) => {
    expect(await send({ to })).toEqual({ outcome: 'refused', problem: 'address-not-valid' });
    expect(inbox.mails).toEqual([]);
  });

  it('turn hostile names into inert text', async () => {
    const badgeName = '"><img src=x onerror=alert(1)> {{7*7}} \u202eevil';
    await send({ badgeName });
    const { html, text } = received();
    expect(html).not.toContain('<img');
    expect(html).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt; {{7*7}} [U+202E]evil');
    expect(text).toContain('[U+202E]evil');
  });

  it.each([
    [
      { at: 'recipient', code: 550 },
      { outcome: 'refused', problem: 'smtp-550' },
    ],
    [
      { at: 'recipient', code: 452 },
      { outcome: 'deferred', problem: 'smtp-452' },
    ],
    [
      { at: 'data', code: 554 },
      { outcome: 'refused', problem: 'smtp-554' },
    ],
    [
      { at: 'data', code: 451 },
      { outcome: 'deferred', problem: 'smtp-451' },
    ],
    [
      { at: 'data', code: 421 },
      { outcome: 'unavailable', problem: 'smtp-421' },
    ],
  ] as const)('tell by %j what to do next', async (refuse, answer) => {
    inbox.refuse = refuse;
    expect(await send()).toEqual(answer);
  });

  it('say that the server is away, in a code without any address in it', async () => {
    const gone = await openSmtpInbox();
    await gone.close();
    const answer = await createSmtpMailer({ url: gone.url, from: FROM }).send(LETTER, ID);
    expect(answer.outcome).toBe('unavailable');
    expect(JSON.stringify(answer)).toMatch(/"smtp-[a-z0-9]+"/);
    expect(JSON.stringify(answer)).not.toMatch(/@|127\.0/);
  });
});

describe('the address letters come from', () => {
  it.each([
    ['badges@univ.example', { name: '', address: 'badges@univ.example' }],
    ['Badges <badges@univ.example>', { name: 'Badges', address: 'badges@univ.example' }],
    ['"Badges, Univ." <badges@univ.example>', { name: 'Badges, Univ.', address: 'badges@univ.example' }],
    ['badges', undefined],
    ['a@univ.example, b@univ.example', undefined],
    ['Badges\r\nBcc: x@y.example <badges@univ.example>', undefined],
    ['<a@univ.example> <b@univ.example>', undefined],
  ])('%j is read as %j', (text, sender) => {
    expect(readMailSender(text)).toEqual(sender);
  });
});
