/** Control, line-separating and direction-changing characters that JSON leaves as they are: no terminal obeys a log. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * What an error of a library may quote, and a log must not keep: names and passwords in an address, e-mail addresses,
 * bearer tokens, links that open something. Lengths are bounded, so that no text makes the search long.
 */
const PRIVATE: readonly (readonly [RegExp, string])[] = [
  [/:\/\/[^\s"/@]{1,256}@/g, '://[redacted]@'],
  [/[^\s"'<>()[\],;:/\\@]{1,64}@(?:[A-Za-z0-9\u0080-\uffff-]{1,63}\.){1,8}[A-Za-z\u0080-\uffff]{2,24}/g, '[e-mail]'],
  [/\bsceau_[A-Za-z0-9_-]{20,}/g, '[token]'],
  [/\b(Bearer|Basic) [A-Za-z0-9._~+/=-]{8,}/gi, '$1 [redacted]'],
  [/\/(claim|interactions|exchanges|oid4vci\/offers)\/[A-Za-z0-9_-]{8,}/g, '/$1/[redacted]'],
];

/** A line of the log as it may be written: characters that steer a terminal escaped, what is private left out. */
export function safeLogLine(line: string): string {
  const kept = PRIVATE.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line);
  return kept.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
