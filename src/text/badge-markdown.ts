/**
 * Text somebody typed, made safe to stand in a Markdown member of a badge: one line, and neither a link nor a tag in
 * it. Everything else stays as typed, since many readers show Markdown as it is written.
 */
export function plainInMarkdown(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(/\](?=\s*[([:])/g, '\\]')
    .replace(/<(?=[a-z/!?])/gi, '\\<');
}

/**
 * A Markdown member as it was typed, for readers that interpret no Markdown: an escaped bracket loses the backslash that
 * {@link plainInMarkdown} gave it.
 */
export function typedInMarkdown(text: string): string {
  return text.replace(/\\([\]<])/g, '$1');
}
