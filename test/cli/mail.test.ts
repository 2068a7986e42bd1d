import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAMMES, removeFolder, temporaryFolder } from '../support/house.js';
import { runCli, startCli } from '../support/run-cli.js';
import { linkIn, openSmtpInbox, type SmtpInbox } from '../support/smtp.js';

const BADGES = 4;
const file = (name: string) => join(PROGRAMMES, 'ecstra', name);
const ISSUE = [
  'issue',
  ...['--programme', file('programme.json')],
  ...['--engagements', file('engagements.json')],
  ...['--decisions', file('jury-decisions.csv')],
];

describe('mails from the command line', () => {
  let folder: string;
  let inbox: SmtpInbox;
  let server: ChildProcess | undefined;
  let log = '';
  let ended: Promise<unknown> = Promise.resolve();

  beforeAll(async () => {
    folder = await temporaryFolder();
    inbox = await openSmtpInbox();
  });
  afterAll(async () => {
    server?.kill('SIGKILL');
    await ended;
    await inbox.close();
    await removeFolder(folder);
  });

  const list = async (): Promise<{ state: string; credential: string }[]> =>
    JSON.parse((await runCli(folder, ['mail', 'list', '--json'])).stdout);
  const states = async () => (await list()).map(({ state }) => state);
  const serve = async () => {
    const env = {
      PORT: '0',
      SMTP_URL: inbox.url,
      SCEAU_MAIL_FROM: 'Badges <badges@univ.example>',
      SCEAU_LOG_LEVEL: 'info',
    };
    const child = startCli(folder, ['serve'], env);
    server = child;
    ended = new Promise((resolve) => child.once('close', resolve));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        log += chunk.toString('utf8');
      });
    }
    await expect.poll(() => log, { timeout: 60_000 }).toMatch(/listening on ([0-9.:]+)/);
    return `http://${/listening on ([0-9.:]+)/.exec(log)?.[1]}`;
  };

  it('without a mail server, issue says that mails wait and why; none is lost', async () => {
    const issued = await runCli(folder, ISSUE);
    expect(issued.code, issued.stderr).toBe(0);
    expect(issued.stderr).toContain(`Mails waiting: ${BADGES}. They do not go out: SMTP_URL`);
    expect(await states()).toEqual(Array(BADGES).fill('waiting'));
    const [first] = await list();
    const cancelled = await runCli(folder, ['mail', 'cancel', first?.credential ?? '', '--json']);
    expect(JSON.parse(cancelled.stdout)).toEqual({ cancelled: 1 });
  });

  it('the service sends what waited; its links open a page; a cancelled mail is sent again when asked', async () => {
    const base = await serve();
    await expect.poll(() => inbox.mails.length, { timeout: 60_000 }).toBe(BADGES - 1);
    const resent = await runCli(folder, [
      'mail',
      'resend',
      (await list()).find(({ state }) => state === 'cancelled')?.credential ?? '',
    ]);
    expect(resent.stderr).toContain('They go out while "sceau serve" runs');
    await expect.poll(() => inbox.mails.length, { timeout: 60_000 }).toBe(BADGES);
    await expect.poll(states, { timeout: 60_000 }).toEqual(Array(BADGES).fill('sent'));

    const [mail] = inbox.mails;
    if (mail === undefined) throw new Error('no mail');
    const path = new URL(linkIn(mail)).pathname;
    const opened = await fetch(base + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: base, 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/holder?lang=en']);
  });

  it('hands out a link for the counter, and lists who asked to be erased', async () => {
    const [first] = await list();
    const link = await runCli(folder, ['claim', 'link', first?.credential ?? '']);
    expect(link.stdout).toMatch(/^https:\/\/badges\.example\.org\/claim\/[\w-]{43}\n$/);
    const none = await runCli(folder, ['erasures', 'list', '--json']);
    expect([none.code, none.stdout]).toEqual([0, '[]\n']);
    expect((await runCli(folder, ['mail', 'resend', '0'.repeat(26)])).code).toBe(2);
  });

  it('K2 stops with the service, whose log names nobody and holds no link', async () => {
    server?.kill('SIGTERM');
    await ended;
    expect(log).toContain('"event":"mails-sent"');
    expect(log).not.toMatch(/@|claim\/[^:]|Duchêne|S-EC-/);
  });

  it('a mail server without an address to send from is a mistake in the settings', async () => {
    const { code, stderr } = await runCli(folder, ['serve'], { env: { SMTP_URL: 'smtps://smtp.univ.example' } });
    expect([code, stderr]).toEqual([2, expect.stringContaining('SCEAU_MAIL_FROM: is missing while SMTP_URL is set')]);
  });
});
