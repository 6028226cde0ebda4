// The tree that the parser makes of shell text. Words keep their source text (bash prints functions from it); their parts are worked out
// when first expanded (word-parts.ts). Layout and meaning follow bash(1), "SHELL GRAMMAR".

/** `$(...)`, `<(...)`, `>(...)` inside a word: parsed with the word, since only the grammar finds its end. Offsets in the word's text. */
export interface EmbeddedCommand {
  readonly start: number;
  readonly end: number;
  readonly body: List | undefined;
}

export class Word {
  readonly text: string;
  readonly embedded: readonly EmbeddedCommand[];
  /** Filled by word-parts.ts at the first expansion. */
  parts: readonly WordPart[] | undefined;
  /** The value of a word that no expansion can change (no quotes, no `$`, nothing to glob, no tilde, no brace); filled with `parts`. */
  plain: string | undefined;
  /** What brace expansion makes of it; null = nothing. Filled by expand/braces.ts. */
  braces: readonly Word[] | null | undefined;
  /** Set for words in assignment form (after assignment builtins); null = looked, is none. */
  assignment: Assignment | null | undefined;
  /** How to read the text: an ordinary word, or one already inside double quotes or a here-document. */
  readonly context: WordContext;

  constructor(text: string, embedded: readonly EmbeddedCommand[] = [], context: WordContext = "word") {
    this.text = text;
    this.embedded = embedded;
    this.context = context;
    this.parts = undefined;
    this.plain = undefined;
    this.braces = undefined;
    this.assignment = undefined;
  }
}

/** "double": text within double quotes, where `"` still toggles (operands of `${x:-...}`); "heredoc": `"` is an ordinary character. */
export type WordContext = "word" | "double" | "heredoc";

export type WordPart =
  | { readonly type: "literal"; readonly text: string }
  | { readonly type: "quoted"; readonly text: string }
  /** Double quotes: empty parts mean "". */
  | { readonly type: "double"; readonly parts: readonly WordPart[] }
  | ParameterPart
  | CommandPart
  | { readonly type: "arithmetic"; readonly expression: Word }
  | { readonly type: "process"; readonly direction: "<" | ">"; readonly source: string; body: List | undefined; bodyLine?: number };

export interface CommandPart {
  readonly type: "command";
  /** Text between the delimiters, backquote escapes already removed. */
  readonly source: string;
  body: List | undefined;
  /** The line that the body's first stands on, once it was expanded. */
  bodyLine?: number;
  readonly backquoted: boolean;
}

export type ParameterOperator =
  | "-" | ":-" | "=" | ":=" | "?" | ":?" | "+" | ":+"
  | "#" | "##" | "%" | "%%"
  | "/" | "//" | "/#" | "/%"
  | ":" | "^" | "^^" | "," | ",," | "~" | "~~" | "@";

export interface ParameterPart {
  readonly type: "parameter";
  /** A name, digits, or one of @*#?-$!. Empty when `bad`. */
  readonly name: string;
  /** Source of the subscript between [ ]. */
  readonly subscript: Word | undefined;
  /** ${#x} */
  readonly length: boolean;
  /** ${!x} */
  readonly indirect: boolean;
  /** ${!prefix*}, ${!prefix@} */
  readonly prefixNames: "*" | "@" | undefined;
  readonly operator: ParameterOperator | undefined;
  readonly operand: Word | undefined;
  /** Replacement of `/`, length of `:`. */
  readonly operand2: Word | undefined;
  readonly braced: boolean;
  /** As written, for error texts: "${%}". */
  readonly source: string;
  /** Not a parameter expansion that bash knows: "bad substitution" when it is expanded. */
  readonly bad: boolean;
  /** What is said of it instead, when `bad`. */
  readonly problem?: string;
}

export interface Assignment {
  readonly name: string;
  readonly subscript: Word | undefined;
  readonly append: boolean;
  /** The scalar's source; undefined for `x=(...)`. */
  readonly value: Word | undefined;
  readonly elements: readonly ArrayElement[] | undefined;
  /** The whole source. */
  readonly text: string;
  readonly word: Word;
}

export interface ArrayElement {
  /** `[sub]=value`; undefined for the next index. */
  readonly subscript: Word | undefined;
  readonly append: boolean;
  readonly value: Word;
  /** The whole element as one word, for associative arrays written as key value pairs. */
  readonly word: Word;
}

export type RedirectOperator = "<" | ">" | ">>" | ">|" | "<>" | "<&" | ">&" | "&>" | "&>>" | "<<" | "<<-" | "<<<";

export interface HereDocument {
  readonly delimiter: string;
  readonly quoted: boolean;
  body: Word;
}

export interface Redirect {
  readonly operator: RedirectOperator;
  readonly fd: number | undefined;
  /** {name}> */
  readonly variable: string | undefined;
  readonly target: Word;
  readonly hereDocument: HereDocument | undefined;
}

export interface SimpleCommand {
  readonly type: "simple";
  readonly line: number;
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

export interface Pipeline {
  readonly type: "pipeline";
  readonly line: number;
  readonly negated: boolean;
  readonly timed: "no" | "yes" | "posix";
  readonly commands: readonly Command[];
}

export interface AndOr {
  readonly type: "and-or";
  readonly first: Command;
  readonly rest: readonly { readonly operator: "&&" | "||"; readonly command: Command }[];
}

export interface ListItem {
  readonly command: Command;
  readonly background: boolean;
  /** Inside a substitution: a newline stands behind it, which the printed text keeps. */
  readonly newline?: boolean;
}

export interface List {
  readonly type: "list";
  readonly items: readonly ListItem[];
}

interface Compound {
  readonly line: number;
  readonly redirects: readonly Redirect[];
}

export interface GroupCommand extends Compound {
  readonly type: "group";
  readonly body: List;
}
export interface SubshellCommand extends Compound {
  readonly type: "subshell";
  readonly body: List;
}
export interface IfCommand extends Compound {
  readonly type: "if";
  readonly condition: List;
  readonly then: List;
  /** `elif` is an IfCommand in a list of one. */
  readonly else: List | undefined;
}
export interface WhileCommand extends Compound {
  readonly type: "while" | "until";
  readonly condition: List;
  readonly body: List;
}
export interface ForCommand extends Compound {
  readonly type: "for" | "select";
  readonly name: string;
  /** undefined: no `in`, the positional parameters. */
  readonly words: readonly Word[] | undefined;
  readonly body: List;
}
export interface ArithmeticForCommand extends Compound {
  readonly type: "arithmetic-for";
  readonly initial: Word;
  readonly test: Word;
  readonly step: Word;
  readonly body: List;
}
export interface CaseClause {
  readonly patterns: readonly Word[];
  readonly body: List | undefined;
  readonly terminator: ";;" | ";&" | ";;&";
}
export interface CaseCommand extends Compound {
  readonly type: "case";
  readonly word: Word;
  readonly clauses: readonly CaseClause[];
}
export interface ArithmeticCommand extends Compound {
  readonly type: "arithmetic";
  readonly expression: Word;
}
export interface ConditionalCommand extends Compound {
  readonly type: "conditional";
  readonly test: Test;
}
export interface FunctionCommand extends Compound {
  readonly type: "function";
  readonly name: string;
  readonly body: Command;
}
export interface CoprocCommand extends Compound {
  readonly type: "coproc";
  readonly name: string;
  readonly body: Command;
}

/** What stands between [[ and ]]. */
export type Test =
  | { readonly type: "unary"; readonly operator: string; readonly operand: Word }
  | { readonly type: "binary"; readonly operator: string; readonly left: Word; readonly right: Word }
  | { readonly type: "and" | "or"; readonly left: Test; readonly right: Test }
  | { readonly type: "not"; readonly test: Test }
  | { readonly type: "parenthesis"; readonly test: Test }
  | { readonly type: "word"; readonly word: Word };

export type Command =
  | SimpleCommand | Pipeline | AndOr | List | GroupCommand | SubshellCommand | IfCommand | WhileCommand | ForCommand
  | ArithmeticForCommand | CaseCommand | ArithmeticCommand | ConditionalCommand | FunctionCommand | CoprocCommand;
