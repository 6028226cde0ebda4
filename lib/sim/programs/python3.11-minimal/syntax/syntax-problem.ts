// What is wrong with a source text. Columns count UTF-16 units from 0; `endColumn` undefined points at one character.

export type SyntaxProblemKind = "SyntaxError" | "IndentationError" | "TabError";

export class SyntaxProblem extends Error {
  readonly kind: SyntaxProblemKind;
  readonly line: number;
  readonly column: number;
  readonly endLine: number | undefined;
  readonly endColumn: number | undefined;
  /** replaces the line of the source in the message (the inside of an f-string) */
  text: string | undefined;
  /** no input is left where more was wanted: a REPL asks for another line */
  readonly incomplete: boolean;
  constructor(kind: SyntaxProblemKind, message: string, line: number, column: number, endLine?: number, endColumn?: number, incomplete = false) {
    super(message);
    this.kind = kind;
    this.line = line;
    this.column = column;
    this.endLine = endLine;
    this.endColumn = endColumn;
    this.text = undefined;
    this.incomplete = incomplete;
  }
}

/** Nesting that would exhaust the stack of the real parser, too. */
export class TooNested extends Error {}
