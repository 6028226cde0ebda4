// What can go wrong while reading shell text, in bash's words (parse.y: report_syntax_error, parser_error).

/** More lines are needed. Carries where in the text the reader stood, so that a source can tell what is unfinished. */
export class IncompleteInput extends Error {
  /** What is unfinished is the body of a here-document. */
  readonly inHereDocument: boolean;
  constructor(inHereDocument = false) {
    super("incomplete input");
    this.name = "IncompleteInput";
    this.inHereDocument = inHereDocument;
  }
}

export class SyntaxProblem extends Error {
  /** Line of the input, counted from 1. */
  readonly line: number;
  /** The input line that bash quotes on a second message line; undefined when it does not. */
  readonly quotedLine: string | undefined;
  /** How much of the text was read, to go on after the offending line. */
  readonly position: number;
  /** 2 mostly; 1 where only the line is lost; 0 where `$?` stays. */
  readonly status: number;
  /** The only word that would have fitted (dash says so). */
  readonly expecting: string | undefined;
  /** What is said next, with a line of its own. */
  next: { readonly message: string; readonly line: number } | undefined;

  constructor(message: string, line: number, quotedLine: string | undefined, position: number, status = 2, expecting?: string) {
    super(message);
    this.name = "SyntaxProblem";
    this.line = line;
    this.quotedLine = quotedLine;
    this.position = position;
    this.status = status;
    this.expecting = expecting;
    this.next = undefined;
  }
}
