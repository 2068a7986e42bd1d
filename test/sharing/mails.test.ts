import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { createSmtpMailer } from '../../src/mail/smtp-mailer.js';
import type { Mailer } from '../../src/ports/mailer.js';
import { lookAtLink, openLink } from '../../src/sharing/claim.js';
import type { MailStep } from '../../src/sharing/context.js';
import { startMailLoop } from '../../src/sharing/mail-loop.js';
import { cancelMail, listMails, resendMail } from '../../src/sharing/queue-mail.js';
import { sendDueMails } from '../../src/sharing/send-mails.js';
import { sweep } from '../../src/sharing/sweep.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, PUBLIC_URL, removeFolder, temporaryFolder } from '../support/house.js';
import { linkIn, openSmtpInbox, type SmtpInbox } from '../support/smtp.js';
import { createTestClock, type TestClock } from '../support/test-clock.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const BADGES = 4;

describe('letters about badges', () => {
  let folder: string;
  let clock: TestClock;
  let house: House;
  let inbox: SmtpInbox;
  let mailer: Mailer;

  beforeEach(async () => {
    folder = await temporaryFolder();
    clock = createTestClock();
    house = await openTestHouse(folder, {}, { clock });
    inbox = await openSmtpInbox();
    mailer = mailerTo(inbox);
  });
  afterEach(async () => {
    await house.close();
    await inbox.close();
    await removeFolder(folder);
  });

  const mailerTo = ({ url }: Pick<SmtpInbox, 'url'>) =>
    createSmtpMailer({ url, from: { name: 'Badges', address: 'badges@univ.example' } });
  const issue = async () => {
    const { issuer, rows } = await issueSample(house, 'ecstra');
    return { issuer, badges: rows.flatMap(({ credentialId }) => credentialId ?? []) };
  };
  const send = () => sendDueMails(house.issuing, mailer);
  const states = async () => (await listMails(house.issuing)).map(({ state }) => state);
  const tokenIn = (link: string) => link.slice(`${PUBLIC_URL}/claim/`.length);
  const recipients = () => inbox.mails.flatMap(({ to }) => to).sort();
  const restart = async () => {
    await house.close();
    house = await openTestHouse(folder, {}, { clock });
  };
  /** Sends, and dies at a step, as by a power cut: nothing after it is written. */
  const dieAt = async (step: MailStep) => {
    const cut = new Error(`the test cut the power at ${step}`);
    const atMailStep = (at: MailStep) => {
      if (at === step) throw cut;
    };
    await expect(sendDueMails({ ...house.issuing, atMailStep }, mailer)).rejects.toBe(cut);
  };

  it('wait in the outbox once a cohort is issued, go out once, and their links open their holder’s page', async () => {
    const { badges } = await issue();
    expect(await states()).toEqual(Array(BADGES).fill('waiting'));
    expect(await send()).toEqual({ sent: BADGES, ended: 0, delayed: 0 });
    expect(await send()).toEqual({ sent: 0, ended: 0, delayed: 0 });
    expect(badges).toHaveLength(BADGES);
    expect(recipients()).toHaveLength(BADGES);
    expect(new Set(recipients()).size).toBe(BADGES);
    expect(await states()).toEqual(Array(BADGES).fill('sent'));
    const links = inbox.mails.map(linkIn);
    expect(new Set(links).size).toBe(BADGES);
    for (const link of links) expect((await lookAtLink(house.issuing, tokenIn(link)))?.state).toBe('open');
    expect(await openLink(house.issuing, tokenIn(ensureDefined(links[0])))).toMatch(/^[\w-]{43}$/);
  });

  it('are issued once however often the cohort is: a second run queues none', async () => {
    await issue();
    await send();
    await issue();
    await restart();
    await issue();
    expect(await send()).toEqual({ sent: 0, ended: 0, delayed: 0 });
    expect(inbox.mails).toHaveLength(BADGES);
  });

  it('are delayed by a dead server, over restarts too, and all arrive once it is back', async () => {
    const { port } = inbox;
    await inbox.close();
    await issue();
    const first = await send();
    expect(first).toMatchObject({ sent: 0, delayed: 1 });
    expect(first.unavailable).toMatch(/^smtp-[a-z0-9]+$/);
    clock.advance(MINUTE);
    await restart();
    expect((await send()).unavailable).toBeDefined();
    expect(await states()).toEqual(Array(BADGES).fill('waiting'));

    inbox = await openSmtpInbox(port);
    clock.advance(60 * MINUTE);
    expect(await send()).toEqual({ sent: BADGES, ended: 0, delayed: 0 });
    expect(inbox.mails).toHaveLength(BADGES);
  });

  it('are not lost by a server that hangs up in the middle of every letter', async () => {
    await issue();
    inbox.refuse = { at: 'data', code: 421 };
    expect((await send()).unavailable).toBe('smtp-421');
    inbox.refuse = undefined;
    clock.advance(60 * MINUTE);
    expect(await send()).toMatchObject({ sent: BADGES });
  });

  it('a letter refused for good ends there, with a code and no address, and the others go out', async () => {
    await issue();
    inbox.refuse = { at: 'recipient', code: 550 };
    expect(await send()).toEqual({ sent: 0, ended: BADGES, delayed: 0 });
    inbox.refuse = undefined;
    clock.advance(DAY);
    expect(await send()).toEqual({ sent: 0, ended: 0, delayed: 0 });
    const listed = await listMails(house.issuing);
    expect(listed.map(({ state, problem }) => [state, problem])).toEqual(Array(BADGES).fill(['failed', 'smtp-550']));
    expect(JSON.stringify(listed)).not.toContain('@');
  });

  it('a full mailbox is tried again at growing distances, and given up after five days', async () => {
    await issue();
    inbox.refuse = { at: 'recipient', code: 452 };
    const waits: number[] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      const before = clock.now();
      while ((await send()).delayed === 0) clock.advance(MINUTE / 2);
      waits.push(Math.round((clock.now() - before) / MINUTE));
    }
    expect(waits).toEqual([0, 1, 2, 4]);
    clock.advance(5 * DAY);
    expect(await send()).toEqual({ sent: 0, ended: BADGES, delayed: 0 });
    expect(await states()).toEqual(Array(BADGES).fill('failed'));
  });

  it.each(['attempt-written', 'link-written'] as const)('cut at %s are sent once, later', async (step) => {
    await issue();
    await dieAt(step);
    await restart();
    expect(await send()).toMatchObject({ sent: BADGES - 1 });
    clock.advance(11 * MINUTE);
    expect(await send()).toMatchObject({ sent: 1 });
    expect(recipients()).toEqual([...new Set(recipients())]);
    expect(await states()).toEqual(Array(BADGES).fill('sent'));
  });

  it('cut between the server’s yes and our note go out twice as one letter: same Message-ID, one grant', async () => {
    await issue();
    await dieAt('sent');
    await restart();
    clock.advance(11 * MINUTE);
    expect(await send()).toMatchObject({ sent: BADGES });
    const [first] = inbox.mails;
    const twins = inbox.mails.filter(({ to }) => to[0] === first?.to[0]);
    expect(twins).toHaveLength(2);
    expect(new Set(twins.map(({ headers }) => headers.get('message-id'))).size).toBe(1);
    const opened = await Promise.all(twins.map((mail) => openLink(house.issuing, tokenIn(linkIn(mail)))));
    expect(opened.filter((secret) => secret !== undefined)).toHaveLength(1);
  });

  it('cut after our note and before it left the outbox are not sent again', async () => {
    await issue();
    await dieAt('history-written');
    await restart();
    clock.advance(11 * MINUTE);
    expect(await send()).toMatchObject({ sent: BADGES - 1 });
    expect(inbox.mails).toHaveLength(BADGES);
    expect(await states()).toEqual(Array(BADGES).fill('sent'));
  });

  it('two rounds at once send each letter once', async () => {
    await issue();
    const rounds = await Promise.all([send(), send(), send()]);
    expect(rounds.reduce((sum, { sent }) => sum + sent, 0)).toBe(BADGES);
    expect(inbox.mails).toHaveLength(BADGES);
  });

  it('about a badge revoked before it went out are not sent; cancelled ones neither', async () => {
    const { badges } = await issue();
    const [first, second] = badges.map(ensureDefined);
    const credential = ensureDefined(first);
    await changeStatus(house.issuing, { credential, change: 'revoked', reason: 'test', actor: 'test' });
    expect(await cancelMail(house.issuing, ensureDefined(second))).toBe(1);
    expect(await send()).toEqual({ sent: BADGES - 2, ended: 1, delayed: 0 });
    expect((await states()).sort()).toEqual(['cancelled', 'cancelled', 'sent', 'sent']);
  });

  it('sent again by the registrar carry a new link, and close the one sent before', async () => {
    const { badges } = await issue();
    const credential = ensureDefined(badges[0]);
    expect(await resendMail(house.issuing, credential)).toBe(false);
    await send();
    const all = inbox.mails.splice(0);
    expect(await resendMail(house.issuing, credential)).toBe(true);
    expect(await resendMail(house.issuing, credential)).toBe(false);
    expect(await send()).toMatchObject({ sent: 1 });
    const after = ensureDefined(inbox.mails[0]);
    const before = ensureDefined(all.find(({ to }) => to[0] === after.to[0]));
    expect(after.headers.get('message-id')).not.toBe(before.headers.get('message-id'));
    expect((await lookAtLink(house.issuing, tokenIn(linkIn(after))))?.state).toBe('open');
    expect((await lookAtLink(house.issuing, tokenIn(linkIn(before))))?.state).toBe('replaced');
    expect(await openLink(house.issuing, tokenIn(linkIn(before)))).toBeUndefined();
  });

  it('L4 their links end after thirty days, say so for a while, and are forgotten', async () => {
    await issue();
    await send();
    const token = tokenIn(linkIn(ensureDefined(inbox.mails[0])));
    clock.advance(31 * DAY);
    expect((await lookAtLink(house.issuing, token))?.state).toBe('expired');
    expect(await openLink(house.issuing, token)).toBeUndefined();
    expect(await sweep(house.issuing)).toBe(0);
    clock.advance(91 * DAY);
    expect(await sweep(house.issuing)).toBe(BADGES);
    expect(await lookAtLink(house.issuing, token)).toBeUndefined();
  });

  it('K2 L1 the folder holds neither a token nor a second copy of an address, and forgets the erased', async () => {
    const { issuer } = await issue();
    await send();
    const token = tokenIn(linkIn(ensureDefined(inbox.mails[0])));
    const logs = async () => {
      const entries = await readdir(join(folder, 'data', 'log'), { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')))).join('\n');
    };
    expect(await logs()).not.toContain(token);
    expect(await logs()).not.toContain('@example.org');
    expect(await logs()).toContain('S-EC-01');
    await eraseStudent(house.issuing, { issuer, student: 'S-EC-01', actor: 'test' });
    expect(await logs()).not.toContain('S-EC-01');
  });

  it('about a student erased meanwhile are not sent, and leave nothing', async () => {
    const { issuer } = await issue();
    inbox.beforeAccepting = async () => {
      if (inbox.mails.at(-1)?.to[0] !== 'maelle.duchene@example.org') return;
      await eraseStudent(house.issuing, { issuer, student: 'S-EC-01', actor: 'test' });
    };
    await send();
    expect(recipients()).toContain('maelle.duchene@example.org');
    expect(JSON.stringify(await listMails(house.issuing))).not.toContain('S-EC-01');
    expect(await states()).toEqual(Array(BADGES - 1).fill('sent'));
    for (const topic of ['claim-links', 'mail-attempts', 'mail-outbox']) {
      expect(JSON.stringify(await house.issuing.store.log.list(issuer, topic))).not.toContain('S-EC-01');
    }
  });

  it('go out by themselves while the service runs, and stop with it', async () => {
    const loop = startMailLoop(house.issuing, mailer);
    await issue();
    await expect.poll(() => inbox.mails.length, { timeout: 60_000 }).toBe(BADGES);
    await loop.stop();
    expect(await states()).toEqual(Array(BADGES).fill('sent'));
  });
});
