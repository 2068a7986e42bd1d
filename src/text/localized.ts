import { z } from 'zod';

// The schemas are marked as pure: what is sent to a browser and reads nothing with them leaves the library out.

/** The two languages of the house (decision 13). A badge is written in one of them, its student's. */
export const zLanguage = /* @__PURE__ */ z.enum(['fr', 'en']);
export type Language = z.infer<typeof zLanguage>;
export const LANGUAGES: readonly Language[] = ['fr', 'en'];

/** A text in both languages; both are required wherever people write one. */
export const zLocalized = /* @__PURE__ */ z.strictObject({
  fr: /* @__PURE__ */ z.string(),
  en: /* @__PURE__ */ z.string(),
});
export type Localized = Readonly<Record<Language, string>>;
