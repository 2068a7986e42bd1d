import { pageTexts } from '../text/pages.js';
import { CertificateHead } from './certificate-head.js';
import { EvidenceList } from './evidence-list.js';
import { Figures } from './figures.js';
import { Competence } from './level-scale.js';
import { type CertificateProps, signedLanguage } from './shown-badge.js';
import { Signature } from './signature.js';
import { Prose } from './words.js';

/** Everything the badge says, and nothing it does not say: read from the signed bytes by the verification. */
export const Certificate = (props: CertificateProps) => {
  const { frame, credential } = props;
  const texts = pageTexts(frame.language);
  const { activity } = credential;
  return (
    <div class="certificate">
      <CertificateHead {...props} />
      <Figures {...props} />
      {activity === null || activity.rest === null ? null : (
        <section>
          <h2>{texts.badge.awardedBecause}</h2>
          <Prose text={activity.rest} lang={credential.language ?? undefined} />
        </section>
      )}
      {credential.levels.length === 0 ? null : (
        <section>
          <h2>{texts.badge.competences}</h2>
          <ul class="competences">
            {credential.levels.map((level) => (
              <Competence level={level} texts={texts} signed={signedLanguage(credential)} />
            ))}
          </ul>
        </section>
      )}
      <EvidenceList credential={credential} texts={texts} />
      <Signature {...props} />
    </div>
  );
};
