import type { Json } from '../ports/json.js';
import type { Mistake } from '../text/mistake-messages.js';
import type { ProgrammeMistakeCode } from '../text/mistake-messages-programme.js';
import type { ShapeMistakeCode } from '../text/mistake-messages-shape.js';
import { checkAchievement } from './check-achievement.js';
import { checkCompetences } from './check-competences.js';
import { readDeclared } from './check-declared.js';
import { checkDerivedMeasures } from './check-derived.js';
import { inDocumentOrder, readDocument } from './check-document.js';
import { checkLifecycle } from './check-lifecycle.js';
import { checkNames } from './check-names.js';
import { checkObligations, checkRoleNames } from './check-obligations.js';
import { checkOptions } from './check-options.js';
import { checkUnusedParams } from './check-params.js';
import { Place } from './check-place.js';
import { CheckReport } from './check-report.js';
import { RuleCheck } from './check-rules.js';
import { shapeMistakes } from './check-shape.js';
import { checkSharing } from './check-sharing.js';
import { checkTemplates } from './check-templates.js';
import { type Programme, zProgramme } from './schema.js';

export type ProgrammeMistake = Mistake<ShapeMistakeCode | ProgrammeMistakeCode>;

export type CheckedProgramme =
  | { readonly ok: true; readonly programme: Programme; readonly warnings: readonly ProgrammeMistake[] }
  | {
      readonly ok: false;
      readonly mistakes: readonly ProgrammeMistake[];
      readonly warnings: readonly ProgrammeMistake[];
    };

/** Everything the schema cannot see, found in whatever shape the document has. */
function crossReferences(document: Json): CheckReport {
  const report = new CheckReport();
  const root = Place.root(document);
  const declared = readDeclared(root);
  const rules = new RuleCheck(declared, report);
  checkNames(root, report);
  checkRoleNames(root, declared, report);
  checkDerivedMeasures(root, declared, report);
  checkLifecycle(root, declared, rules, report);
  checkCompetences(root, declared, rules, report);
  for (const criterion of root.at('criteria').list()) rules.criterion(criterion);
  checkOptions(root, declared, rules, report);
  checkObligations(root, declared, report);
  checkAchievement(root, declared, rules, report);
  checkTemplates(root, rules.factsInUse, declared, report);
  checkSharing(root, rules.factsInUse, declared, report);
  checkUnusedParams(root, rules.usedParams, declared, report);
  return report;
}

/**
 * Checks a programme definition and tells every mistake at once: encoding and syntax (then nothing else can be read),
 * shape by the schema, and cross references. Warnings never refuse a file.
 * @param input the file as read
 */
export function checkProgramme(input: string | Uint8Array): CheckedProgramme {
  const read = readDocument(input);
  if (!read.ok) return { ok: false, mistakes: [read.mistake], warnings: [] };
  return checkProgrammeDocument(read.document);
}

/** The same for a definition that has been read already, from a request's body for instance. */
export function checkProgrammeDocument(document: Json): CheckedProgramme {
  const shape = zProgramme.safeParse(document);
  const report = crossReferences(document);
  const warnings = inDocumentOrder<ProgrammeMistake>(report.warnings, document);
  const mistakes = inDocumentOrder<ProgrammeMistake>(
    [...(shape.success ? [] : shapeMistakes(shape.error.issues, document)), ...report.mistakes],
    document,
  );
  if (shape.success && mistakes.length === 0) return { ok: true, programme: shape.data, warnings };
  return { ok: false, mistakes, warnings };
}
