import { ADAPTATIONS } from './styles/adaptations.js';
import { BASE } from './styles/base.js';
import { CERTIFICATE } from './styles/certificate.js';
import { FORMS } from './styles/forms.js';
import { SHEET } from './styles/sheet.js';

/** The one style sheet of the public pages: system fonts, no image, no import. Contrast is at least 4.5 : 1 throughout. */
export const STYLESHEET = [BASE, SHEET, CERTIFICATE, FORMS, ADAPTATIONS].join('');

/** The house's mark: a seal with a ribbon of three bars, the levels of a competence. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#1d3a63"/><circle cx="16" cy="16" r="11.5" fill="none" stroke="#d8bd7a" stroke-width="1.4"/><path d="M10 20v-3M16 20v-6M22 20v-9" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>`;
