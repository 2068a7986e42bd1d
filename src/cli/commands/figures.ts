import { cohortFigures, obligationsAt } from '../../issuing/figures.js';
import { getProgramme } from '../../issuing/programmes.js';
import { badgeNumber } from '../../text/badge-numbers.js';
import type { Language, Localized } from '../../text/localized.js';
import { requiredOption, textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { dayOption } from '../instant-option.js';
import { UsageError } from '../usage-error.js';

/** `sceau obligations`: who is at risk on a day. */
export const obligations: Command = {
  name: ['obligations'],
  summary: { fr: 'Dit, à une date, qui doit encore des crédits.', en: 'Says who still owes credits on a day.' },
  options: {
    programme: { type: 'string', value: 'ID', required: true },
    at: { type: 'string', value: 'DATE', required: true },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const day = dayOption('at', requiredOption(values, 'at'));
    const { issuing } = await house.open();
    const installed = await getProgramme(issuing, requiredOption(values, 'programme'));
    const list = await obligationsAt(issuing, installed, day);
    if (list === undefined) {
      const id = installed.programme.id;
      throw new UsageError({
        fr: `${id} n’a pas d’obligation, ou aucune cohorte n’en a été jugée ici`,
        en: `${id} has no obligations, or no cohort of it was judged here`,
      });
    }
    if (values['json'] === true) context.write(`${JSON.stringify(list)}\n`);
    else {
      for (const item of list.items) context.write(`${item.alert ? '!' : ' '} ${duty(item, context.language)}\n`);
    }
    return 0;
  },
};

type Duty = NonNullable<Awaited<ReturnType<typeof obligationsAt>>>['items'][number];

const STANDING: Readonly<Record<Duty['status'], Localized>> = {
  fulfilled: { fr: 'obligation remplie', en: 'fulfilled' },
  'on-track': { fr: 'en bonne voie', en: 'on track' },
  'at-risk': { fr: 'à risque', en: 'at risk' },
  'carried-over': { fr: 'reporté à l’année suivante', en: 'carried over to the next year' },
  failed: { fr: 'obligation non remplie', en: 'failed' },
};

/** `S-ES-02  preparatory 2  at risk: 1 credit earned, 1 missing` */
function duty(item: Duty, language: Language): string {
  const earned = badgeNumber(item.earnedInCycle, language);
  const missing = badgeNumber(item.shortfall, language);
  const facts = language === 'fr' ? ` : acquis ${earned}, manque ${missing}` : `: earned ${earned}, missing ${missing}`;
  return `${item.studentId}  ${item.cycle} ${item.yearInCycle}  ${STANDING[item.status][language]}${facts}`;
}

/** `sceau report`: the figures of each cohort. */
export const report: Command = {
  name: ['report'],
  summary: { fr: 'Donne les chiffres de chaque cohorte.', en: 'Gives the figures of each cohort.' },
  options: {
    programme: { type: 'string', value: 'ID', required: true },
    at: { type: 'string', value: 'DATE' },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const at = textOption(values, 'at');
    const day = at === undefined ? undefined : dayOption('at', at);
    const { issuing } = await house.open();
    const installed = await getProgramme(issuing, requiredOption(values, 'programme'));
    const cohorts = await cohortFigures(issuing, installed, day);
    if (values['json'] === true) {
      context.write(`${JSON.stringify({ programme: installed.programme.id, cohorts })}\n`);
      return 0;
    }
    for (const { academicYear, counts, statistics } of cohorts) {
      const { issued, refused, pending } = counts;
      context.write(
        context.language === 'fr'
          ? `${academicYear} : ${issued} reconnus, ${refused} refusés, ${pending} en attente\n`
          : `${academicYear}: ${issued} issued, ${refused} refused, ${pending} pending\n`,
      );
      for (const { id, label } of installed.programme.statistics) {
        const value = statistics[id];
        if (typeof value === 'object') {
          const colon = context.language === 'fr' ? ' : ' : ': ';
          context.write(`  ${label[context.language]}${colon}${value.numerator}/${value.denominator}\n`);
        }
      }
    }
    return 0;
  },
};
