import type { CommandContext } from './command.js';

/** Says how many letters wait and what they wait for: the running service, or a mail server to be named. */
export function sayMailWay(
  context: CommandContext,
  { waiting, hasServer }: { readonly waiting: number; readonly hasServer: boolean },
): void {
  if (waiting === 0) return;
  const french = hasServer
    ? `Courriels en attente : ${waiting}. Ils partent tant que « sceau serve » tourne.`
    : `Courriels en attente : ${waiting}. Ils ne partent pas : SMTP_URL et SCEAU_MAIL_FROM ne sont pas renseignées.`;
  const english = hasServer
    ? `Mails waiting: ${waiting}. They go out while "sceau serve" runs.`
    : `Mails waiting: ${waiting}. They do not go out: SMTP_URL and SCEAU_MAIL_FROM are not set.`;
  context.say(context.language === 'fr' ? french : english);
}
