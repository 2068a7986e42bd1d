import { pageUrl } from '../../credential/urls.js';
import { CredentialNotFoundError } from '../../issuing/change-status.js';
import { textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { credentialIdArgument } from '../credential-id.js';
import { UsageError } from '../usage-error.js';

const FORMATS = ['json', 'qr'] as const;

/** `sceau credential get`: one representation of a badge, on stdout. */
export const credentialGet: Command = {
  name: ['credential', 'get'],
  summary: {
    fr: 'Écrit un badge signé, ou le code QR de sa page.',
    en: 'Writes a signed badge, or the QR code of its page.',
  },
  positionals: ['ID'],
  options: { format: { type: 'string', value: FORMATS.join('|') } },
  async run({ context, values, positionals, house }) {
    const format = textOption(values, 'format') ?? 'json';
    if (!FORMATS.some((known) => known === format)) {
      throw new UsageError({
        fr: `--format : « ${format} » n’existe pas dans cette version, attendu ${FORMATS.join(' ou ')}`,
        en: `--format: this version has no "${format}", expected ${FORMATS.join(' or ')}`,
      });
    }
    const { issuing } = await house.open();
    const id = credentialIdArgument(positionals[0] ?? '');
    const { findHeldBadge } = await import('../../issuing/badges.js');
    const badge = await findHeldBadge(issuing, id);
    if (badge === undefined) throw new CredentialNotFoundError(id);
    if (format === 'json') context.write(`${JSON.stringify(badge.document, null, 2)}\n`);
    else {
      const { qrSvg } = await import('../../media/qr.js');
      const page = pageUrl(badge.issuer.baseUrl, id);
      context.write(qrSvg(page, page));
    }
    return 0;
  },
};
