import type { PageTexts } from '../text/pages.js';
import type { ShownLevel } from '../verification/report.js';
import { Outbound } from './outbound.js';
import { Prose, Words } from './words.js';

/** One competence: the level reached, drawn as a stair of all its levels, and what that level means. */
export const Competence = ({ level, texts }: { readonly level: ShownLevel; readonly texts: PageTexts }) => {
  const numbered = (level.levelNumber ?? 0) - 1;
  const reached = level.scale[numbered] === level.level ? numbered : level.scale.indexOf(level.level);
  const step = reached === -1 ? level.levelNumber : reached + 1;
  return (
    <li class="competence">
      <div class="competence-head">
        <h3>
          <Words text={level.competence} />
        </h3>
        <p class="level">
          <strong>
            <Words text={level.level} />
          </strong>
          {step === null || level.scale.length === 0 ? null : (
            <span class="step">{texts.badge.level(String(step), String(level.scale.length))}</span>
          )}
        </p>
      </div>
      {level.scale.length < 2 ? null : (
        <ol class="stair" aria-label={texts.badge.scale}>
          {level.scale.map((name, index) => (
            <li class={index < reached ? 'below' : index === reached ? 'here' : 'above'}>
              <Words text={name} />
              {index === reached ? <span class="unseen"> ({texts.badge.reached})</span> : null}
            </li>
          ))}
        </ol>
      )}
      {level.description === null ? null : (
        <div class="meaning">
          <h4>{texts.badge.levelMeaning}</h4>
          <Prose text={level.description} />
        </div>
      )}
      {level.alignments.length === 0 ? null : (
        <ul class="links">
          {level.alignments.map((alignment) => (
            <li>
              <Outbound url={alignment.url} text={alignment.name} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
};
