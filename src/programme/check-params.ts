import { isJsonObject, type Json } from '../ports/json.js';
import { type FactTypeName, PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared } from './check-declared.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';

/** The reference `{"param": name}` at a place, if there is one. */
export function paramRef(place: Place): Place | undefined {
  const param = place.at('param');
  return isJsonObject(place.value) && param.text !== undefined ? param : undefined;
}

function isOfType(value: Json, wanted: FactTypeName): boolean {
  switch (wanted) {
    case 'number':
    case 'text':
    case 'boolean':
      return typeof value === (wanted === 'text' ? 'string' : wanted);
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
    case 'list':
      return Array.isArray(value);
    case 'number-or-text':
      return typeof value === 'number' || typeof value === 'string';
    case 'scalar':
      return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
  }
}

function knownParams(declared: Declared): string[] {
  const ofVariants = [...declared.variantDetails.values()].flatMap((variant) => [...variant.params.keys()]);
  return [...new Set([...declared.params.keys(), ...ofVariants])];
}

export interface ParamUse {
  /** The place of the parameter's name. */
  readonly place: Place;
  /** Variants for which its value can be asked for. */
  readonly scope: ReadonlySet<string>;
  readonly wanted: FactTypeName;
  /** False where a variant without the value only loses an ornament (the bounds of a result). */
  readonly required: boolean;
}

/** A parameter in use must have a value of the right kind for every open variant that can ask for it. */
export function checkParamUse(use: ParamUse, declared: Declared, report: CheckReport): void {
  const name = use.place.text ?? '';
  const known = knownParams(declared);
  if (!known.includes(name)) {
    report.mistake(use.place, PROGRAMME_MISTAKES.unknown('param', name, known));
    return;
  }
  const general = declared.params.get(name) ?? null;
  const asking = [...declared.variantDetails].filter(([id, variant]) => variant.open && use.scope.has(id));
  const values = asking.map(([id, variant]) => ({ id, value: variant.params.get(name) ?? general }));
  const missing = values.filter(({ value }) => value === null).map(({ id }) => id);
  if (use.required && missing.length > 0) report.mistake(use.place, PROGRAMME_MISTAKES.paramMissing(name, missing));
  const given = declared.variantDetails.size === 0 ? [general] : values.map(({ value }) => value);
  const wrong = given.find((value) => value !== null && !isOfType(value, use.wanted));
  if (wrong !== undefined) report.mistake(use.place, PROGRAMME_MISTAKES.paramType(name, wrong, use.wanted));
}

/**
 * Parameters nobody asks for: in one variant alone it is taken for a slip of the pen; in several it is information
 * about them; in `params` it is a doubt.
 */
export function checkUnusedParams(
  root: Place,
  used: ReadonlySet<string>,
  declared: Declared,
  report: CheckReport,
): void {
  for (const [name, place] of root.at('params').members()) {
    if (!used.has(name)) report.warning(place, PROGRAMME_MISTAKES.unusedParam(name));
  }
  for (const [index, variant] of root.at('variants').list().entries()) {
    for (const [name, place] of variant.at('params').members()) {
      const elsewhere = root
        .at('variants')
        .list()
        .some((other, at) => at !== index && other.at('params').at(name).exists);
      if (!used.has(name) && !elsewhere && !declared.params.has(name)) {
        report.mistake(place, PROGRAMME_MISTAKES.unknownVariantParam(name, [...used]));
      }
    }
  }
}
