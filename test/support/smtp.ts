import { SMTPServer } from 'smtp-server';

/** A letter as a real SMTP server took it. */
export interface ReceivedMail {
  readonly to: readonly string[];
  /** The message as sent. */
  readonly raw: string;
  /** Header fields by lower-case name, unfolded; the last of a name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
}

export interface SmtpInbox {
  readonly url: string;
  readonly port: number;
  readonly mails: ReceivedMail[];
  /** What the server says to the next recipients and texts: nothing, or a refusal. */
  refuse: { readonly at: 'recipient' | 'data'; readonly code: number } | undefined;
  /** Called once a message was read, before the server takes it: a test may stop the world here. */
  beforeAccepting: (() => void | Promise<void>) | undefined;
  close(): Promise<void>;
}

/** Runs a real SMTP server on loopback. @param port a free one unless told, as when a dead server comes back. */
export async function openSmtpInbox(port = 0): Promise<SmtpInbox> {
  const mails: ReceivedMail[] = [];
  const refusal = (code: number) => Object.assign(new Error('refused by the test'), { responseCode: code });
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onRcptTo(_address, _session, done) {
      done(inbox.refuse?.at === 'recipient' ? refusal(inbox.refuse.code) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        if (inbox.refuse?.at === 'data') return done(refusal(inbox.refuse.code));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, ...readMessage(Buffer.concat(chunks).toString('latin1')) });
        await inbox.beforeAccepting?.();
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = server.server.address().port;
  const inbox: SmtpInbox = {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    mails,
    refuse: undefined,
    beforeAccepting: undefined,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return inbox;
}

function readMessage(raw: string): Omit<ReceivedMail, 'to'> {
  const { headers } = readPart(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1];
  const parts =
    boundary === undefined
      ? []
      : raw
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((part) => readPart(part.slice(2, -2)));
  const body = (type: string) => parts.find(({ headers: of }) => of.get('content-type')?.startsWith(type))?.body ?? '';
  return { raw, headers, text: body('text/plain'), html: body('text/html') };
}

function readPart(raw: string): { readonly headers: ReadonlyMap<string, string>; readonly body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const fields = lines.map((line): [string, string] => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    decodeWords(line.slice(line.indexOf(':') + 1).trim()),
  ]);
  const headers = new Map(fields);
  return { headers, body: decodeBody(raw.slice(end + 4), headers.get('content-transfer-encoding')) };
}

function decodeBody(body: string, encoding: string | undefined): string {
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? unquote(body.replace(/=\r\n/g, ''))
        : Buffer.from(body, 'latin1');
  return bytes.toString('utf8').replaceAll('\r\n', '\n');
}

/** RFC 2047 encoded words. */
function decodeWords(value: string): string {
  const joined = value.replace(/\?= =\?/g, '?==?');
  return joined.replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    (kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : unquote(text.replaceAll('_', ' '))).toString('utf8'),
  );
}

function unquote(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** The claim link in a letter. */
export function linkIn(mail: ReceivedMail): string {
  const link = /https?:\/\/\S+\/claim\/[A-Za-z0-9_-]+/.exec(mail.text)?.[0];
  if (link === undefined) throw new Error('no claim link in the letter');
  return link;
}
