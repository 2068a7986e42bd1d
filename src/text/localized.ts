import { z } from 'zod';

/** The two languages of the house (decision 13). A badge is written in one of them, its student's. */
export const zLanguage = z.enum(['fr', 'en']);
export type Language = z.infer<typeof zLanguage>;
export const LANGUAGES: readonly Language[] = zLanguage.options;

/** A text in both languages; both are required wherever people write one. */
export const zLocalized = z.strictObject({ fr: z.string(), en: z.string() });
export type Localized = Readonly<Record<Language, string>>;
