/** What Sceau uses of linebreak 1, which ships no types. @see https://www.unicode.org/reports/tr14/ */
declare module 'linebreak' {
  export default class LineBreaker {
    constructor(text: string);
    /** The next place a line may end at, in UTF-16 code units; null after the last. */
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }
}
