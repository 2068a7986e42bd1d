import { evaluateProgramme } from '../../jury/evaluate.js';
import { matchDecisions } from '../../jury/match-decisions.js';
import { requiredOption, textOption } from '../arguments.js';
import type { Command, OptionValues } from '../command.js';
import { dayOption, instantOption } from '../instant-option.js';
import { lookUpProgramme } from '../programme-argument.js';
import { sayEvaluation } from '../say-rows.js';
import { readSessionFiles, SESSION_OPTIONS } from '../session-files.js';

/** `sceau evaluate`: the verdicts; nothing is stored. */
export const evaluate: Command = {
  name: ['evaluate'],
  summary: {
    fr: 'Calcule les verdicts d’une cohorte, sans rien enregistrer.',
    en: 'Works out the verdicts of a cohort; nothing is stored.',
  },
  options: {
    ...SESSION_OPTIONS,
    'as-of': { type: 'string', value: 'DATE', multiple: true },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    instantOption('at', textOption(values, 'at'));
    const asOf = daysOf(values);
    const programme = await lookUpProgramme(context, house, requiredOption(values, 'programme'));
    const files = await readSessionFiles(context, programme, {
      engagements: requiredOption(values, 'engagements'),
      decisions: requiredOption(values, 'decisions'),
      encoding: textOption(values, 'encoding'),
    });
    const { cohort } = files.cohort;
    const matched = matchDecisions(files.decisions.rows, cohort.engagements);
    const judged = evaluateProgramme({
      programme,
      cohort,
      decisions: matched,
      ...(asOf === undefined ? {} : { asOf }),
    });
    if (values['json'] === true) context.write(`${JSON.stringify(judged.evaluation)}\n`);
    else sayEvaluation(context, judged, matched.importExplanations);
    return 0;
  },
};

function daysOf(values: OptionValues): string[] | undefined {
  const given = values['as-of'];
  return Array.isArray(given) ? given.map((day) => dayOption('as-of', day)) : undefined;
}
