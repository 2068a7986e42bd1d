import type { ListedMail } from '../../sharing/queue-mail.js';
import { formatInstant } from '../../text/instant.js';
import type { Language, Localized } from '../../text/localized.js';
import type { Command } from '../command.js';
import { credentialIdArgument } from '../credential-id.js';
import { sayMailWay } from '../say-mail-way.js';

const STATES: Readonly<Record<ListedMail['state'], Localized>> = {
  waiting: { fr: 'en attente', en: 'waiting' },
  sent: { fr: 'envoyé', en: 'sent' },
  failed: { fr: 'en échec', en: 'failed' },
  cancelled: { fr: 'annulé', en: 'cancelled' },
};

/** `sceau mail list`: what became of every letter. */
export const mailList: Command = {
  name: ['mail', 'list'],
  summary: {
    fr: 'Montre les courriels aux étudiants : en attente, envoyés, en échec.',
    en: 'Shows the mails to students: waiting, sent, failed.',
  },
  options: { json: { type: 'boolean' } },
  async run({ context, values, house }) {
    const { issuing } = await house.open();
    const { listMails } = await import('../../sharing/queue-mail.js');
    const mails = (await listMails(issuing)).map((mail) => ({ ...mail, at: formatInstant(mail.at) }));
    if (values['json'] === true) context.write(`${JSON.stringify(mails)}\n`);
    else for (const mail of mails) context.write(`${lineOf(mail, context.language)}\n`);
    return 0;
  },
};

function lineOf(mail: Omit<ListedMail, 'at'> & { readonly at: string }, language: Language): string {
  const { credential, student, state, at, purpose, problem } = mail;
  return [credential, student, STATES[state][language], at, purpose, problem ?? ''].join('  ').trimEnd();
}

/** `sceau mail resend`: once more, with a new link; the one sent before opens nothing any longer. */
export const mailResend: Command = {
  name: ['mail', 'resend'],
  summary: {
    fr: 'Renvoie le courriel d’un badge, ou tous ceux en échec (failed), avec un nouveau lien.',
    en: 'Sends the mail about a badge again, or all that failed, with a new link.',
  },
  positionals: ['ID|failed'],
  options: { json: { type: 'boolean' } },
  async run({ context, values, positionals, house }) {
    const { issuing, config } = await house.open();
    const { listMails, resendMail } = await import('../../sharing/queue-mail.js');
    const [named = ''] = positionals;
    const inState = async (wanted: ListedMail['state']) =>
      (await listMails(issuing)).filter(({ state }) => state === wanted).map(({ credential }) => credential);
    const credentials = named === 'failed' ? new Set(await inState('failed')) : [credentialIdArgument(named)];
    let queued = 0;
    for (const credential of credentials) if (await resendMail(issuing, credential)) queued += 1;
    if (values['json'] === true) context.write(`${JSON.stringify({ queued })}\n`);
    sayMailWay(context, { waiting: queued, hasServer: config.mail !== undefined });
    return 0;
  },
};

/** `sceau mail cancel`: takes letters back that were not sent yet. */
export const mailCancel: Command = {
  name: ['mail', 'cancel'],
  summary: {
    fr: 'Retire le courriel d’un badge qui attend encore, ou tous (waiting).',
    en: 'Takes back the mail about a badge that still waits, or all that wait.',
  },
  positionals: ['ID|waiting'],
  options: { json: { type: 'boolean' } },
  async run({ context, values, positionals, house }) {
    const { issuing } = await house.open();
    const { cancelMail, listMails } = await import('../../sharing/queue-mail.js');
    const [named = ''] = positionals;
    const waiting = async () =>
      (await listMails(issuing)).filter(({ state }) => state === 'waiting').map(({ credential }) => credential);
    const credentials = named === 'waiting' ? new Set(await waiting()) : [credentialIdArgument(named)];
    let cancelled = 0;
    for (const credential of credentials) cancelled += await cancelMail(issuing, credential);
    if (values['json'] === true) context.write(`${JSON.stringify({ cancelled })}\n`);
    context.say(context.language === 'fr' ? `Courriels retirés : ${cancelled}` : `Mails taken back: ${cancelled}`);
    return 0;
  },
};
