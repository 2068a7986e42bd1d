import { z } from 'zod';

const zAlignment = z.looseObject({
  targetName: z.string(),
  targetUrl: z.string(),
  targetFramework: z.string().optional(),
});

const zLevel = z.looseObject({
  id: z.string().optional(),
  name: z.string(),
  description: z.string().optional(),
});

/**
 * An Open Badges Achievement as its page reads it: the members a reader wants, in one language. Other members are
 * kept and not shown.
 * @see https://www.imsglobal.org/spec/ob/v3p0#achievement
 */
export const zAchievementView = z.looseObject({
  name: z.string(),
  description: z.string(),
  criteria: z.looseObject({ narrative: z.string().optional() }),
  achievementType: z.string().optional(),
  creditsAvailable: z.number().optional(),
  version: z.string().optional(),
  tag: z.array(z.string()).default([]),
  alignment: z.array(zAlignment).default([]),
  resultDescription: z
    .array(
      z.looseObject({
        id: z.string().optional(),
        name: z.string(),
        rubricCriterionLevel: z.array(zLevel).optional(),
        alignment: z.array(zAlignment).default([]),
        valueMin: z.string().optional(),
        valueMax: z.string().optional(),
      }),
    )
    .default([]),
});
export type AchievementView = z.infer<typeof zAchievementView>;
