import type { Context } from 'hono';
import { isJsonObject, type JsonObject } from '../ports/json.js';
import { jsonPointer } from '../text/json-pointer.js';
import type { Language } from '../text/localized.js';
import { type InputProblem, problemAt } from '../verification/inputs/input-problem.js';
import { problemDetailOf } from '../verification/problem-details.js';
import type { HttpEnv } from './env.js';
import { readJsonBody } from './json-body.js';
import { readerLanguage } from './reader.js';

const NO_STORE = { 'Cache-Control': 'no-store', Vary: 'Accept-Language' } as const;

/** What a verification endpoint of the VC-API is asked: the document, and options. */
export type VerifyQuestion =
  | { readonly ok: true; readonly document: JsonObject | string; readonly options: JsonObject }
  | { readonly ok: false; readonly problem: InputProblem };

/**
 * Reads `{<member>, options?}` strictly. `options.checks` and what asks for a fuller answer are taken and change
 * nothing: everything is checked, and all of it told.
 */
export async function readQuestion(c: Context<HttpEnv>, member: string): Promise<VerifyQuestion> {
  const body = await readJsonBody(c);
  if (body.kind === 'problem') return { ok: false, problem: body };
  const { [member]: document, options = {}, ...others } = body.document;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return refused('unknown-member', unknown);
  if (!isJsonObject(options)) return refused('malformed-request', 'options');
  if (document === undefined || !(isJsonObject(document) || typeof document === 'string'))
    return refused('malformed-request', member);
  return { ok: true, document, options };
}

function refused(code: 'unknown-member' | 'malformed-request', member: string): VerifyQuestion {
  return { ok: false, problem: problemAt(400, jsonPointer([member]), code, { member }) };
}

/** The verdict: 200 when it holds, 400 when not, whatever the reason. @see https://w3c-ccg.github.io/vc-api/#verify-credential */
export function verdictAnswer(c: Context<HttpEnv>, report: { readonly verified: boolean }): Response {
  return c.json(report, report.verified ? 200 : 400, { ...NO_STORE, 'Content-Language': readerLanguage(c) });
}

/** There is nothing to judge: a problem of RFC 9457, with the members a client of the VC-API looks for. */
export function refusalAnswer(c: Context<HttpEnv>, { status, finding }: InputProblem): Response {
  const language: Language = readerLanguage(c);
  const { pointer: _, ...problem } = problemDetailOf(finding, language);
  const body = {
    ...problem,
    status: status === 200 ? 400 : status,
    instance: `urn:sceau:request:${c.get('requestId')}`,
    verified: false,
    problemDetails: [problemDetailOf(finding, language)],
  };
  return c.body(JSON.stringify(body), body.status, {
    ...NO_STORE,
    'Content-Type': 'application/problem+json',
    'Content-Language': language,
  });
}
