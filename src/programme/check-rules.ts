import type { Json } from '../ports/json.js';
import { type FactTypeName, PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared } from './check-declared.js';
import { canEqual, checkFact, checkFactHolds } from './check-facts.js';
import { checkParamUse, paramRef } from './check-params.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';
import { variantReach, without } from './check-variants.js';

const FILE_NAME_PLACEHOLDERS: readonly string[] = ['FAMILY', 'Given', 'year'];

/** What the rules of a definition refer to, checked against what it declares. Collects the parameters in use. */
export class RuleCheck {
  readonly usedParams = new Set<string>();
  readonly factsInUse = new Set<string>();
  readonly #declared: Declared;
  readonly #report: CheckReport;
  readonly #allVariants: ReadonlySet<string>;

  constructor(declared: Declared, report: CheckReport) {
    this.#declared = declared;
    this.#report = report;
    this.#allVariants = new Set(declared.variants.known);
  }

  /** Checks a rule that holds for every variant. */
  rule(rule: Place): void {
    if (rule.exists) this.#rule(rule, this.#allVariants);
  }

  /** Checks a criterion: its rule is asked only where its `when` can be true. */
  criterion(criterion: Place): void {
    const when = criterion.at('when');
    this.rule(when);
    const scope = when.exists ? variantReach(when, this.#allVariants).may : this.#allVariants;
    if (criterion.at('rule').exists) this.#rule(criterion.at('rule'), scope);
  }

  /** Notes and checks a value that may be given as `{"param": name}`; the value itself when it is not. */
  argument(place: Place, wanted: FactTypeName, scope = this.#allVariants, required = true): Json | undefined {
    const param = paramRef(place);
    if (param === undefined) return place.value;
    this.usedParams.add(param.text ?? '');
    checkParamUse({ place: param, scope, wanted, required }, this.#declared, this.#report);
    return undefined;
  }

  #rule(rule: Place, scope: ReadonlySet<string>): void {
    const declared = this.#declared;
    const report = this.#report;
    for (const member of ['fact', 'first', 'second', 'from', 'to']) {
      const { text } = rule.at(member);
      if (text !== undefined) this.factsInUse.add(text);
    }
    switch (rule.at('op').text) {
      case 'all':
      case 'any':
      case 'atLeast':
        this.#combination(rule, scope);
        break;
      case 'not':
        this.#rule(rule.at('of'), scope);
        break;
      case 'range':
        checkFactHolds(rule.at('fact'), 'number', declared, report);
        this.#range(rule, scope);
        break;
      case 'equals':
        this.#equality(rule, 'scalar', [rule.at('value')], scope);
        break;
      case 'oneOf':
        this.#equality(rule, 'list', rule.at('values').list(), scope);
        break;
      case 'present':
        checkFact(rule.at('fact'), declared, report);
        break;
      case 'contains':
      case 'containsAny':
        checkFactHolds(rule.at('fact'), 'list', declared, report);
        this.argument(rule.at('values'), 'list', scope);
        break;
      case 'evidence':
        this.#named(rule.at('kind'), 'evidence-kind');
        this.argument(rule.at('min'), 'number', scope);
        break;
      case 'before':
        for (const member of ['first', 'second']) checkFactHolds(rule.at(member), 'date', declared, report);
        break;
      case 'deadline':
        checkFactHolds(rule.at('fact'), 'date', declared, report);
        this.argument(rule.at('by'), 'date', scope);
        this.#extension(rule.at('extension'));
        break;
      case 'duration':
        for (const member of ['from', 'to']) checkFactHolds(rule.at(member), 'date', declared, report);
        this.argument(rule.at('minMonths'), 'number', scope);
        break;
      case 'filename':
        checkFactHolds(rule.at('fact'), 'text', declared, report);
        this.argument(rule.at('year'), 'number-or-text', scope);
        this.#fileNameTemplate(rule.at('template'));
        break;
      case 'actor':
        this.#named(rule.at('role'), 'role');
        this.argument(rule.at('min'), 'number', scope);
        break;
      case 'assessment':
        this.#assessors(rule.at('form'), [rule.at('role')]);
        break;
      case 'sameAssessor':
        this.#assessors(rule.at('whenForm'), rule.at('roles').list());
        this.#assessors(rule.at('thenForm'), rule.at('roles').list());
        break;
      case 'competenceLevel':
        this.#named(rule.at('competence'), 'competence');
        this.argument(rule.at('minLevel'), 'number', scope);
        this.#count(rule.at('minCount'), this.#declared.competences.known.length, scope);
        break;
      default:
    }
  }

  /** Beside its neighbours a part is asked only for the variants they leave open. */
  #combination(rule: Place, scope: ReadonlySet<string>): void {
    const op = rule.at('op').text;
    const parts = rule.at('of').list();
    const reaches = parts.map((part) => variantReach(part, this.#allVariants));
    for (const [index, part] of parts.entries()) {
      let narrowed = scope;
      for (const [at, reach] of reaches.entries()) {
        if (at === index) continue;
        if (op === 'all') narrowed = new Set([...narrowed].filter((variant) => reach.may.has(variant)));
        if (op === 'any') narrowed = without(narrowed, reach.must);
      }
      this.#rule(part, narrowed);
    }
    if (op === 'atLeast') this.#count(rule.at('n'), parts.length, scope);
  }

  #count(place: Place, available: number, scope: ReadonlySet<string>): void {
    const count = this.argument(place, 'number', scope);
    if (typeof count === 'number' && count > available) {
      this.#report.mistake(place, PROGRAMME_MISTAKES.needsMore(count, available));
    }
  }

  #range(rule: Place, scope: ReadonlySet<string>): void {
    const min = this.argument(rule.at('min'), 'number', scope);
    const max = this.argument(rule.at('max'), 'number', scope);
    if (!rule.at('min').exists && !rule.at('max').exists) this.#report.warning(rule, PROGRAMME_MISTAKES.rangeOpen());
    if (typeof min === 'number' && typeof max === 'number' && min > max) {
      this.#report.mistake(rule.at('min'), PROGRAMME_MISTAKES.rangeEmpty(min, max));
    }
  }

  #equality(rule: Place, argument: 'scalar' | 'list', values: readonly Place[], scope: ReadonlySet<string>): void {
    const fact = rule.at('fact');
    const type = checkFact(fact, this.#declared, this.#report);
    this.argument(rule.at(argument === 'list' ? 'values' : 'value'), argument, scope);
    for (const place of values) {
      const { value } = place;
      if (value === undefined || paramRef(place) !== undefined) continue;
      if (fact.text === 'variant' && typeof value === 'string') this.#named(place, 'variant');
      else if (type !== undefined && type !== 'any' && !canEqual(type, value)) {
        this.#report.mistake(place, PROGRAMME_MISTAKES.valueType(fact.text ?? '', type, value));
      }
    }
  }

  #named(place: Place, thing: 'evidence-kind' | 'role' | 'competence' | 'variant'): void {
    const { roles, evidenceKinds, competences, variants } = this.#declared;
    const names = { role: roles, 'evidence-kind': evidenceKinds, competence: competences, variant: variants }[thing];
    if (place.text === undefined || names.has(place.text)) return;
    this.#report.mistake(place, PROGRAMME_MISTAKES.unknown(thing, place.text, names.known));
  }

  #assessors(form: Place, roles: readonly Place[]): void {
    checkAssessors(form, roles, this.#declared, this.#report);
  }

  /** The word of `extension` is that of the extensions in the dossiers: normally an evidence kind. */
  #extension(place: Place): void {
    const { evidenceKinds } = this.#declared;
    if (place.text === undefined || evidenceKinds.has(place.text)) return;
    this.#report.warning(place, PROGRAMME_MISTAKES.unknown('evidence-kind', place.text, evidenceKinds.known));
  }

  #fileNameTemplate(place: Place): void {
    for (const [, name = ''] of (place.text ?? '').matchAll(/\{([^{}]*)\}/g)) {
      if (!FILE_NAME_PLACEHOLDERS.includes(name)) {
        this.#report.mistake(place, PROGRAMME_MISTAKES.unknown('placeholder', name, FILE_NAME_PLACEHOLDERS));
      }
    }
  }
}

/** A form must exist, roles too (`self` is the student's own), and a role should be one that fills in the form. */
export function checkAssessors(form: Place, roles: readonly Place[], declared: Declared, report: CheckReport): void {
  const isKnownForm = form.text !== undefined && declared.forms.has(form.text);
  if (form.text !== undefined && !isKnownForm) {
    report.mistake(form, PROGRAMME_MISTAKES.unknown('form', form.text, declared.forms.known));
  }
  const onForm = declared.formDetails.get(form.text ?? '')?.roles;
  for (const place of roles) {
    const role = place.text;
    if (role === undefined) continue;
    if (role !== 'self' && !declared.roles.has(role)) {
      report.mistake(place, PROGRAMME_MISTAKES.unknown('role', role, [...declared.roles.known, 'self']));
    } else if (onForm !== undefined && !onForm.includes(role)) {
      report.warning(place, PROGRAMME_MISTAKES.roleNotOnForm(role, form.text ?? ''));
    }
  }
}
