import { pageUrl } from '../../credential/urls.js';
import { CredentialNotFoundError } from '../../issuing/change-status.js';
import { textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { credentialIdArgument } from '../credential-id.js';
import { UsageError } from '../usage-error.js';

const FORMATS = ['json', 'jwt', 'png', 'svg', 'pdf', 'qr'] as const;

/** `sceau credential get`: one representation of a badge, on stdout. */
export const credentialGet: Command = {
  name: ['credential', 'get'],
  summary: {
    fr: 'Écrit un badge signé (JSON, JWT, ou dans son image), son attestation PDF, ou le code QR de sa page.',
    en: 'Writes a signed badge (JSON, JWT, or inside its picture), its PDF attestation, or the QR code of its page.',
  },
  positionals: ['ID'],
  options: { format: { type: 'string', value: FORMATS.join('|') } },
  async run({ context, values, positionals, house }) {
    const format = formatOf(textOption(values, 'format') ?? 'json');
    const { issuing, pictures } = await house.open();
    const id = credentialIdArgument(positionals[0] ?? '');
    const { findHeldBadge } = await import('../../issuing/badges.js');
    const badge = await findHeldBadge(issuing, id);
    if (badge === undefined) throw new CredentialNotFoundError(id);
    switch (format) {
      case 'json':
        context.write(`${JSON.stringify(badge.document, null, 2)}\n`);
        return 0;
      case 'png':
      case 'svg':
        context.write(await pictures.baked(badge, format));
        return 0;
      case 'pdf': {
        const { createAttestations } = await import('../../compose/attestations.js');
        const pdf = await createAttestations(issuing)(id);
        if (pdf === undefined) throw new CredentialNotFoundError(id);
        context.write(pdf);
        return 0;
      }
      case 'qr': {
        const { qrSvg } = await import('../../media/qr.js');
        const page = pageUrl(badge.issuer.baseUrl, id);
        context.write(qrSvg(page, page));
        return 0;
      }
      case 'jwt': {
        const { badgeAsJwt } = await import('../../issuing/jwt-form.js');
        const jwt = await badgeAsJwt(issuing, badge);
        if (jwt !== undefined) context.write(jwt);
        else context.say(NOT_BOUND[context.language]);
        return jwt === undefined ? 1 : 0;
      }
    }
  },
};

const NOT_BOUND = {
  fr: 'Ce badge n’est lié à aucune clé de son titulaire\u00a0: il n’a pas de forme JWT.',
  en: 'This badge is not bound to a key of its holder: it has no JWT form.',
};

function formatOf(text: string): (typeof FORMATS)[number] {
  const format = FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw new UsageError({
    fr: `--format : « ${text} » n’existe pas dans cette version, attendu ${FORMATS.join(', ')}`,
    en: `--format: this version has no "${text}", expected ${FORMATS.join(', ')}`,
  });
}
