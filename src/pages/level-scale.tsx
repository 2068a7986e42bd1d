import type { PageTexts } from '../text/pages.js';
import type { ShownLevel } from '../verification/report.js';
import { Listed, RoleNames, Words } from './words.js';

/**
 * One competence: a stair of all its levels with the one reached marked, what that one means, and who confirmed it.
 * `signed`: the language the badge is written in, on its own words only.
 */
export const Competence = (props: {
  readonly level: ShownLevel;
  readonly texts: PageTexts;
  readonly signed: { lang?: string };
}) => {
  const { level, texts, signed } = props;
  const numbered = (level.levelNumber ?? 0) - 1;
  const reached = level.scale[numbered] === level.level ? numbered : level.scale.indexOf(level.level);
  const step = reached === -1 ? level.levelNumber : reached + 1;
  return (
    <li class="competence">
      <div class="competence-head">
        <h3 {...signed}>
          <Words text={level.competence} />
        </h3>
        {step === null || level.scale.length === 0 ? null : (
          <p class="step">{texts.badge.level(String(step), String(level.scale.length))}</p>
        )}
      </div>
      {level.scale.length === 0 ? (
        <p class="only-level" {...signed}>
          <Words text={level.level} />
        </p>
      ) : (
        <ol class={`stair of-${level.scale.length}`} aria-label={texts.badge.scale}>
          {level.scale.map((name, index) => (
            <li class={index < reached ? 'below' : index === reached ? 'here' : 'above'}>
              <span {...signed}>
                <Words text={name} />
              </span>
              {index === reached ? <span class="unseen"> ({texts.badge.reached})</span> : null}
            </li>
          ))}
        </ol>
      )}
      {level.description === null ? null : (
        <div class="meaning" {...signed}>
          <Listed text={level.description} />
        </div>
      )}
      {level.confirmedBy.length === 0 ? null : (
        <p class="by">
          {texts.badge.confirmedBy}{' '}
          <span class="roles" {...signed}>
            <RoleNames roles={level.confirmedBy} />
          </span>
        </p>
      )}
    </li>
  );
};
