import { createTransport, type NodemailerError, type SendMailOptions } from 'nodemailer';
import type { Letter, MailAnswer, Mailer } from '../ports/mailer.js';
import { isEmailAddress } from '../text/email-address.js';
import { letterText, wordsOf } from './letter.js';
import { letterHtml } from './letter-html.js';
import type { MailSender } from './sender.js';

const CONNECTION_TIMEOUT_MILLISECONDS = 10_000;
const SOCKET_TIMEOUT_MILLISECONDS = 30_000;

export interface SmtpMailerOptions {
  /** `smtp://` or `smtps://`, with user and password when the server asks for them. */
  readonly url: string;
  readonly from: MailSender;
}

/**
 * Letters over SMTP, each on a connection of its own and tried once: trying again is for those who keep the letters.
 * The server's certificate is checked; `smtp://` uses TLS where the server offers it, `?requireTLS=true` insists on it.
 */
export function createSmtpMailer({ url, from }: SmtpMailerOptions): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: CONNECTION_TIMEOUT_MILLISECONDS,
    greetingTimeout: CONNECTION_TIMEOUT_MILLISECONDS,
    socketTimeout: SOCKET_TIMEOUT_MILLISECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(letter, id) {
      if (!isEmailAddress(letter.to)) return { outcome: 'refused', problem: 'address-not-valid' };
      try {
        await transport.sendMail(messageOf(letter, id, from));
        return { outcome: 'accepted' };
      } catch (error) {
        return answerFor(error as NodemailerError);
      }
    },
    async close() {
      transport.close();
    },
  };
}

function messageOf(letter: Letter, id: string, from: MailSender): SendMailOptions {
  const { email } = letter.institution;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    from: { name: from.name, address: from.address },
    to: { name: '', address: letter.to },
    ...(email !== undefined && isEmailAddress(email) ? { replyTo: { name: '', address: email } } : {}),
    subject: wordsOf(letter).subject,
    text: letterText(letter),
    html: letterHtml(letter),
    messageId: `<${id}@${domain}>`,
    // RFC 3834: nobody's holiday answer comes back to it.
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.language },
  };
}

/**
 * What a failure means for the letter. A server that refuses the sender, or ends the connection, refuses the house; one
 * that refuses the recipient or the text refuses this letter, for good (5yz) or for now (4yz).
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
 */
function answerFor({ code, command, responseCode }: NodemailerError): MailAnswer {
  const isLetter = command === 'RCPT TO' || command === 'DATA';
  if (responseCode === undefined || responseCode === 421 || !isLetter) {
    return { outcome: 'unavailable', problem: problemCode(code, responseCode) };
  }
  const permanent = responseCode >= 500 && responseCode !== 503;
  return { outcome: permanent ? 'refused' : 'deferred', problem: `smtp-${responseCode}` };
}

function problemCode(code: string | undefined, responseCode: number | undefined): string {
  if (responseCode !== undefined) return `smtp-${responseCode}`;
  return /^E[A-Z0-9]{2,20}$/.test(code ?? '') ? `smtp-${(code ?? '').slice(1).toLowerCase()}` : 'smtp-failed';
}
