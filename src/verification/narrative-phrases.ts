import type { BadgeText } from '../text/badge-text.js';

/** Stands for the part of a phrase that varies. No text of a badge holds it. */
export const HOLE = '\u0000';

/** What stands before and after the {@link HOLE} of a phrase. */
export function around(phrase: string): readonly [before: string, after: string] {
  const [before = '', after = ''] = phrase.split(HOLE);
  return [before, after];
}

/** Where a text occurs, first place first. */
export function positionsOf(wanted: string, within: string): number[] {
  const found: number[] = [];
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + 1)) found.push(at);
  return found;
}

/** The parts of a list as {@link BadgeText.list} writes it. */
export function partsOf(list: string | undefined, text: BadgeText): string[] {
  return list === undefined ? [] : list.split(text.list(['', '']));
}

/**
 * Contents of labelled sentences, by label. Undefined unless the whole paragraph is such sentences, each label once: a
 * text that holds one of the phrases by chance or on purpose is not guessed at.
 */
export function readSentences(
  paragraph: string,
  labels: readonly string[],
  text: BadgeText,
): ReadonlyMap<string, string> | undefined {
  const marks = labels.flatMap((label) => {
    const [marker] = around(text.labelled(label, HOLE));
    return positionsOf(marker, paragraph)
      .filter((at) => at === 0 || paragraph.slice(0, at).endsWith('. '))
      .map((at) => ({ label, at, from: at + marker.length }));
  });
  marks.sort((one, other) => one.at - other.at);
  const sentences = new Map<string, string>();
  for (const [index, { label, from }] of marks.entries()) {
    const sentence = paragraph.slice(from, marks[index + 1]?.at).trimEnd();
    if (sentences.has(label) || !sentence.endsWith('.')) return undefined;
    sentences.set(label, sentence.slice(0, -1));
  }
  return paragraph === '' || marks[0]?.at === 0 ? sentences : undefined;
}

/** The roles in brackets at the end of a phrase, as {@link BadgeText.by} writes them, and what stands before them. */
export function readRoles(
  phrase: string,
  act: 'confirmed' | 'certified',
  text: BadgeText,
): { readonly before: string; readonly roles: readonly string[] } | undefined {
  const [open, close] = around(text.by(act, [HOLE]));
  const at = phrase.lastIndexOf(` ${open}`);
  if (at === -1 || !phrase.endsWith(close)) return undefined;
  const roles = phrase.slice(at + 1 + open.length, -close.length);
  return { before: phrase.slice(0, at), roles: partsOf(roles, text) };
}
