import { z } from 'zod';
import { zLocalized } from '../text/localized.js';

/**
 * Elements that the Council Recommendation of 16 June 2022 on micro-credentials asks for (Annex I) and Open Badges has
 * no term for. The words stand for entries of the European Union's controlled vocabularies; what the programme's rules
 * do not state is left out, never guessed.
 * @see https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=celex:32022H0627(02)
 */
export const zMicroCredential = z.strictObject({
  /** Level of the European Qualifications Framework. */
  eqfLevel: z.int().min(1).max(8).optional(),
  /** What kind of activity the learning took place in. */
  activity: z
    .array(z.enum(['volunteering', 'job-experience', 'internship', 'workshop', 'research', 'self-motivated-study']))
    .optional(),
  /** Form of participation. */
  participation: z.array(z.enum(['presential', 'online', 'blended', 'project-based', 'work-based'])).optional(),
  learningSetting: z.enum(['formal', 'non-formal']).optional(),
  /** Type of assessment. */
  assessment: z
    .array(
      z.enum([
        'portfolio',
        'project-work',
        'oral-examination',
        'written-examination',
        'peer-review',
        'continuous-evaluation',
        'practical-assessment',
        'attendance',
      ]),
    )
    .optional(),
  supervision: z.enum(['unsupervised-without-id-verification']).optional(),
  /** What underpins the quality of the award, by name and address. */
  qualityAssurance: z.array(z.strictObject({ name: zLocalized, url: z.url({ protocol: /^https?$/ }) })).optional(),
});
export type MicroCredential = z.infer<typeof zMicroCredential>;
