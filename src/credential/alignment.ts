import type { AlignmentTemplate } from '../programme/schema.js';
import type { Language, Localized } from '../text/localized.js';
import type { Alignment } from './open-badge.js';
import { presentMembers } from './present-members.js';

/** An alignment of the definition in one language. @see https://www.imsglobal.org/spec/ob/v3p0#alignment */
export function composeAlignment(template: AlignmentTemplate, language: Language): Alignment {
  return presentMembers<Alignment>({
    type: ['Alignment'],
    targetName: inLanguage(template.targetName, language),
    targetUrl: template.targetUrl,
    targetFramework: inLanguage(template.targetFramework, language),
    targetCode: template.targetCode,
    targetDescription: inLanguage(template.targetDescription, language),
    targetType: template.targetType,
  });
}

function inLanguage(text: string | Localized, language: Language): string;
function inLanguage(text: string | Localized | undefined, language: Language): string | undefined;
function inLanguage(text: string | Localized | undefined, language: Language): string | undefined {
  return typeof text === 'object' ? text[language] : text;
}
