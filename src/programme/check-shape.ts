import type { z } from 'zod';
import { isJsonObject, type Json } from '../ports/json.js';
import { jsonPointer, type PointerStep } from '../text/json-pointer.js';
import type { Mistake, Said } from '../text/mistake-messages.js';
import { SHAPE_MISTAKES, type ShapeMistakeCode } from '../text/mistake-messages-shape.js';

type Issue = z.core.$ZodIssue;

function valueAt(document: Json, path: readonly PropertyKey[]): Json | undefined {
  let value: Json | undefined = document;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isJsonObject(value) && Object.hasOwn(value, String(step))) value = value[String(step)];
    else return undefined;
  }
  return value;
}

function steps(path: readonly PropertyKey[]): PointerStep[] {
  return path.map((step) => (typeof step === 'number' ? step : String(step)));
}

function isTypeAtRoot(issue: Issue, depth: number): boolean {
  return (
    issue.path.length === depth &&
    (issue.code === 'invalid_type' || (issue.code === 'invalid_union' && issue.discriminator === undefined))
  );
}

/** The types a union wanted at its own place, where the value was of none of them. */
function wantedTypes(issue: Issue): string[] {
  if (issue.code === 'invalid_type') return [issue.expected];
  if (issue.code !== 'invalid_union') return [];
  return issue.errors.flatMap((branch) => branch.filter((inner) => inner.path.length === 0).flatMap(wantedTypes));
}

function fullPath(outer: readonly PropertyKey[], inner: Issue): Issue {
  return { ...inner, path: [...outer, ...inner.path] };
}

/** How little a branch has in common with the value: members it does not know weigh more than anything within. */
function strangeness(branch: readonly Issue[], depth: number): number {
  const unknown = branch.filter((inner) => inner.code === 'unrecognized_keys' && inner.path.length === depth).length;
  return unknown * 1000 + branch.length;
}

/**
 * A union says why each of its branches failed. The useful branch is the one whose kind of value was given: its own
 * complaints are taken, the least strange first. Where no branch wanted this kind of value, the union stays one
 * complaint.
 */
function unfolded(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.discriminator !== undefined) return [issue];
  const depth = issue.path.length;
  const branches = issue.errors
    .map((branch) => branch.flatMap((inner) => unfolded(fullPath(issue.path, inner))))
    .filter((branch) => branch.length > 0 && !branch.some((inner) => isTypeAtRoot(inner, depth)))
    .sort((left, right) => strangeness(left, depth) - strangeness(right, depth));
  return branches[0] ?? [issue];
}

function discriminators(issue: Issue): string[] {
  if (issue.code !== 'invalid_union' || !('options' in issue) || !Array.isArray(issue.options)) return [];
  return issue.options.map(String);
}

/** Beside other types, an object is a reference to a parameter, except where a text may be given by language. */
function types(issue: Issue): string[] {
  const wanted = [...new Set(wantedTypes(issue))];
  const byLanguage = String(issue.path.at(-1)).startsWith('target');
  return wanted.length === 1 || byLanguage ? wanted : wanted.map((type) => (type === 'object' ? 'param' : type));
}

function saidOfMissing(issue: Issue, document: Json): Said<ShapeMistakeCode> {
  const name = String(issue.path.at(-1));
  const parent = valueAt(document, issue.path.slice(0, -1));
  const op = isJsonObject(parent) ? parent['op'] : undefined;
  if (discriminators(issue).length > 0) return SHAPE_MISTAKES.missingChoice(name, discriminators(issue));
  if (typeof op === 'string') return SHAPE_MISTAKES.missingArgument(op, name);
  if (issue.code === 'invalid_value') return SHAPE_MISTAKES.missingChoice(name, issue.values.map(String));
  return SHAPE_MISTAKES.missingMember(name, types(issue));
}

function saidOf(issue: Issue, value: Json | undefined): Said<ShapeMistakeCode> {
  switch (issue.code) {
    case 'invalid_type':
      return SHAPE_MISTAKES.wrongType(value, types(issue));
    case 'invalid_value':
      return SHAPE_MISTAKES.unknownValue(value, issue.values.map(String));
    case 'invalid_format':
      return SHAPE_MISTAKES.badFormat(value, issue.format === 'regex' ? String(issue.pattern) : issue.format);
    case 'too_small':
      return SHAPE_MISTAKES.tooSmall(value, {
        limit: Number(issue.minimum),
        inclusive: issue.inclusive !== false,
        of: issue.origin,
      });
    case 'too_big':
      return SHAPE_MISTAKES.tooLarge(value, {
        limit: Number(issue.maximum),
        inclusive: issue.inclusive !== false,
        of: issue.origin,
      });
    case 'not_multiple_of':
      return SHAPE_MISTAKES.notAMultiple(value, issue.divisor);
    case 'invalid_union':
      if (issue.discriminator === undefined) return SHAPE_MISTAKES.wrongType(value, types(issue));
      if (issue.discriminator === 'op' && typeof value === 'string') {
        return SHAPE_MISTAKES.unknownOperator(value, discriminators(issue));
      }
      return SHAPE_MISTAKES.unknownValue(value, discriminators(issue));
    default:
      return SHAPE_MISTAKES.badFormat(value, issue.message);
  }
}

function mistakesOf(issue: Issue, document: Json): Mistake<ShapeMistakeCode>[] {
  const at = (path: readonly PropertyKey[]) => jsonPointer(steps(path));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({ pointer: at([...issue.path, name]), ...SHAPE_MISTAKES.unknownMember(name) }));
  }
  const value = valueAt(document, issue.path);
  const isMissing = value === undefined && issue.path.length > 0;
  return [{ pointer: at(issue.path), ...(isMissing ? saidOfMissing(issue, document) : saidOf(issue, value)) }];
}

/**
 * What a schema says against a document, one mistake each, in our own words: unions at the branch that was meant,
 * unknown members one by one, a missing argument of a rule as such.
 * @param issues of `schema.safeParse(document)`
 */
export function shapeMistakes(issues: readonly Issue[], document: Json): Mistake<ShapeMistakeCode>[] {
  return issues.flatMap(unfolded).flatMap((issue) => mistakesOf(issue, document));
}
