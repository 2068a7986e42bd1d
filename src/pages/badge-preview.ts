import type { Language } from '../text/localized.js';
import { pageTexts } from '../text/pages.js';
import { formatDay } from '../text/pages-format.js';
import { pictureTexts } from '../text/pictures.js';
import type { VerificationReport } from '../verification/report.js';
import type { Preview } from './preview-tags.js';
import type { OwnBadge } from './shown-badge.js';
import type { Verdict } from './verdict.js';

/**
 * What a link to a badge's page shows where it is shared: the recognition and who awards it, never who holds it. What is
 * wrong with a badge is said in its title, and nothing of one whose signature does not hold.
 */
export function badgePreview(
  { report, verdict, own }: { readonly report: VerificationReport; readonly verdict: Verdict; readonly own: OwnBadge },
  language: Language,
): Preview {
  const { credential } = report;
  const words = pageTexts(language).verdict[verdict];
  const texts = pictureTexts(language);
  const url = `${own.publicUrl}/v/${own.id}`;
  const name = credential?.name ?? credential?.achievement.name;
  const issuer = credential?.issuer.name ?? credential?.issuer.id;
  const day = credential === null ? null : formatDay(credential.awardedDate ?? credential.validFrom, language);
  const holds = verdict === 'valid' && name !== undefined && issuer !== undefined;
  const title = name === undefined ? words.title : holds ? name : `${words.title} · ${name}`;
  return {
    title,
    description: holds ? texts.description({ issuer, day }) : words.meaning,
    siteName: issuer ?? 'Sceau',
    url,
    image: {
      url: `${url}/og.png?lang=${language}`,
      alternative: holds ? texts.alternative({ title: name, issuer }) : title,
    },
  };
}
