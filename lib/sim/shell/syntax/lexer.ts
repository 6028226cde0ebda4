// Shell text to tokens. Follows the reading rules of bash's parse.y: quotes are kept in a word's text, `\`-newline vanishes, the ends of
// `$(...)` are found by parsing. Over 400 lines: scanning quotes, words and here-documents is one mutually recursive machine.
import { unescape } from "./ansi-c.ts";
import { quoteSingle } from "./quote.ts";
import { IncompleteInput, SyntaxProblem } from "./syntax-error.ts";
import { type ArrayElement, type EmbeddedCommand, type HereDocument, type List, Word } from "./tree.ts";

export type TokenKind = "word" | "operator" | "newline" | "end" | "number" | "variable";

export interface Token {
  readonly kind: TokenKind;
  /** Operator or raw word text; "\n" for newline; digits for a descriptor number; the name for {name}. */
  readonly text: string;
  readonly start: number;
  readonly line: number;
  readonly word: Word | undefined;
  /** Some character was quoted. */
  readonly quoted: boolean;
}

/** What the parser expects next; decides about aliases and `name=(`. */
export interface Expectation {
  /** A command may start: aliases are replaced. */
  readonly command?: boolean;
  /** An assignment may stand here: `a[i j]=x` and `a=(...)` are one word. */
  readonly assignment?: boolean;
  /** `a[i j]=x` is one word too. */
  readonly subscript?: boolean;
  /** The word after `=~`: parentheses and bars belong to it. */
  readonly regex?: boolean;
  /** `@(...)` is one word even without extglob (right side of == in [[ ]]). */
  readonly pattern?: boolean;
}

export interface LexerOptions {
  readonly extglob: boolean;
  readonly alias: ((name: string) => string | undefined) | undefined;
  readonly posix: boolean;
  /** dash's smaller language: no arrays, no [[, (( or function, no &>, <<<, |&, <( or $'. */
  readonly dash?: boolean;
  /** busybox's ash: much of bash's language, but a=( begins no array. */
  readonly noArrays?: boolean;
  /** false: # begins none (interactive_comments is off) */
  readonly comments?: boolean;
  /** No more lines will follow the text. */
  readonly complete: boolean;
  readonly firstLine: number;
  /** Where in the text Ctrl-D was typed in a here-document: it ends there, and what is behind belongs to the command around it. */
  readonly endsOfInput?: readonly number[];
  /** Where every $"..." is noted. */
  readonly translated?: { readonly text: string; readonly line: number }[];
}

interface PendingHereDocument {
  readonly document: HereDocument;
  readonly stripTabs: boolean;
}

interface AliasRegion {
  readonly name: string;
  end: number;
  readonly expandNext: boolean;
}

const METACHARACTERS = " \t\n|&;()<>";
const OPERATORS = ["&>>", "<<-", "<<<", ";;&", "&&", "||", ";;", ";&", "|&", ">>", "<<", "<&", ">&", "<>", ">|", "&>", "&", "|", ";", "(", ")", "<", ">"];
const NOT_IN_DASH: ReadonlySet<string> = new Set(["&>>", "<<<", ";;&", ";&", "|&", "&>"]);
const operatorsByFirst = new Map<string, string[]>();
for (const operator of OPERATORS) {
  const list = operatorsByFirst.get(operator.charAt(0));
  if (list) list.push(operator);
  else operatorsByFirst.set(operator.charAt(0), [operator]);
}

const ASSIGNMENT_LEFT = /^[A-Za-z_][A-Za-z0-9_]*(\+)?=$/;
const ASSIGNMENT_LEFT_SUBSCRIPT = /^[A-Za-z_][A-Za-z0-9_]*\[/;
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

function isMeta(c: string): boolean {
  return METACHARACTERS.includes(c);
}

export class Lexer {
  text: string;
  position = 0;
  readonly options: LexerOptions;
  /** Set by the parser: parses a list up to `)` from the current position and leaves the position after it. */
  parseEmbedded: (lexer: Lexer) => List = () => ({ type: "list", items: [] });
  /** Messages that are no errors ("here-document ... delimited by end-of-file"). */
  readonly warnings: { readonly line: number; readonly message: string }[] = [];
  #out = "";
  #embedded: EmbeddedCommand[] = [];
  #elements: ArrayElement[] | undefined;
  #quoted = false;
  #pending: PendingHereDocument[] = [];
  /** So many of `endsOfInput` have ended a here-document. */
  #pastEnds = 0;
  #aliases: AliasRegion[] = [];
  /** Where newlines of aliases stand in the text: they are no lines. */
  #uncounted: number[] = [];
  /** Inside that many $( ). */
  #substitutions = 0;
  #linePosition = 0;
  #line: number;
  /** dash counts the last line of a text without a newline as its end. */
  readonly #dashEnd: number;

  constructor(text: string, options: LexerOptions) {
    // bash reads a text without a final newline as if it had one (but a backslash there stays a backslash).
    this.text = options.complete && !options.dash && text !== "" && !text.endsWith("\n") && !endsWithOddBackslash(text) ? `${text}\n` : text;
    this.options = options;
    this.#dashEnd = text.endsWith("\n") ? 0 : 1;
    this.#line = options.firstLine;
  }

  // ---- lines and errors -------------------------------------------------------------------------------------------------------------

  lineAt(position: number): number {
    if (position < this.#linePosition) {
      this.#linePosition = 0;
      this.#line = this.options.firstLine;
    }
    let at = this.text.indexOf("\n", this.#linePosition);
    while (at >= 0 && at < position) {
      this.#line++;
      at = this.text.indexOf("\n", at + 1);
      this.#linePosition = at < 0 ? position : at;
    }
    if (at >= 0 && at >= position) this.#linePosition = position;
    else if (at < 0) this.#linePosition = Math.max(this.#linePosition, Math.min(position, this.text.length));
    return this.#uncounted.length === 0 ? this.#line : this.#line - this.#uncounted.filter((newline) => newline < position).length;
  }

  sourceLine(position: number): string {
    const start = position <= 0 ? 0 : this.text.lastIndexOf("\n", position - 1) + 1;
    const end = this.text.indexOf("\n", start);
    return this.text.slice(start, end < 0 ? this.text.length : end);
  }

  /** The line number bash gives at the end of the input: the one after the last. */
  endLine(): number {
    const line = this.lineAt(this.text.length);
    return this.text.endsWith("\n") || this.text === "" ? line : line + 1;
  }

  unexpectedEnd(closer: string, line: number): Error {
    if (!this.options.complete) return new IncompleteInput();
    return new SyntaxProblem(`unexpected EOF while looking for matching \`${closer}'`, this.options.dash ? this.#dashEndLine() : line, undefined, this.text.length);
  }

  #dashEndLine(): number {
    return this.lineAt(Math.max(0, this.text.length - this.#dashEnd));
  }

  /** `lineOnly`: only the rest of the line is lost. */
  unexpectedToken(token: Token, lineOnly = false, expecting?: string): Error {
    if (token.kind === "end") {
      if (!this.options.complete) return new IncompleteInput();
      const line = this.options.dash ? this.#dashEndLine() : this.endLine();
      return new SyntaxProblem("syntax error: unexpected end of file", line, undefined, this.text.length, 2, expecting);
    }
    const shown = token.kind === "newline" ? "newline" : token.text;
    return new SyntaxProblem(`syntax error near unexpected token \`${shown}'`, this.lineAt(token.start) + (this.options.dash && token.kind === "newline" ? 1 : 0), this.sourceLine(token.start), token.start, lineOnly ? 1 : 2, expecting);
  }

  // ---- tokens -------------------------------------------------------------------------------------------------------------------------

  skipBlanks(): void {
    for (;;) {
      const c = this.text.charAt(this.position);
      if (c === " " || c === "\t") this.position++;
      else if (c === "\\" && this.text.charAt(this.position + 1) === "\n") this.position += 2;
      else if (c === "#" && this.options.comments !== false) {
        const end = this.text.indexOf("\n", this.position);
        this.position = end < 0 ? this.text.length : end;
      } else return;
    }
  }

  next(expected: Expectation): Token {
    this.skipBlanks();
    const start = this.position;
    const c = this.text.charAt(start);
    if (c === "") {
      if (this.#pending.length > 0) this.readHereDocuments();
      return { kind: "end", text: "", start, line: this.lineAt(start), word: undefined, quoted: false };
    }
    if (c === "\n") {
      const line = this.lineAt(start);
      this.position++;
      if (this.#pending.length > 0) this.readHereDocuments();
      return { kind: "newline", text: "\n", start, line, word: undefined, quoted: false };
    }
    if (!(expected.regex && (c === "(" || c === "|")) && isMeta(c) && !((c === "<" || c === ">") && this.text.charAt(start + 1) === "(" && !this.options.dash)) {
      return this.#operator(start, c);
    }
    return this.#word(start, expected);
  }

  #operator(start: number, c: string): Token {
    for (const operator of operatorsByFirst.get(c) ?? []) {
      if (this.options.dash && NOT_IN_DASH.has(operator)) continue;
      if (operator.length === 1 || this.text.startsWith(operator, start)) {
        this.position = start + operator.length;
        return { kind: "operator", text: operator, start, line: this.lineAt(start), word: undefined, quoted: false };
      }
      // An operator may be broken by a line continuation.
      if (this.text.startsWith(`${operator.charAt(0)}\\\n${operator.slice(1)}`, start)) {
        this.position = start + operator.length + 2;
        return { kind: "operator", text: operator, start, line: this.lineAt(start), word: undefined, quoted: false };
      }
    }
    this.position = start + 1;
    return { kind: "operator", text: c, start, line: this.lineAt(start), word: undefined, quoted: false };
  }

  #word(start: number, expected: Expectation): Token {
    const saved = { out: this.#out, embedded: this.#embedded, quoted: this.#quoted, elements: this.#elements };
    this.#out = "";
    this.#embedded = [];
    this.#quoted = false;
    this.#elements = undefined;
    try {
      this.#scanWord(expected);
      const text = this.#out;
      const line = this.lineAt(start);
      const after = this.text.charAt(this.position);
      if (after === "<" || after === ">") {
        if (/^[0-9]+$/.test(text) && text.length < (this.options.dash ? 2 : 10) && !this.#quoted) return { kind: "number", text, start, line, word: undefined, quoted: false };
        if (/^\{[A-Za-z_][A-Za-z0-9_]*(\[[^\]]*\])?\}$/.test(text)) return { kind: "variable", text: text.slice(1, -1), start, line, word: undefined, quoted: false };
      }
      if (this.options.alias && !this.#quoted) {
        const value = this.#aliasFor(text, start, expected.command === true);
        if (value !== undefined) {
          this.#pushAlias(text, value, start);
          return this.next(expected);
        }
      }
      const word = new Word(text, this.#embedded);
      if (this.#elements) {
        const left = text.slice(0, text.length - this.#elementsLength);
        const bracket = left.indexOf("[");
        const append = left.endsWith("+=");
        const body = left.slice(0, append ? -2 : -1);
        word.assignment = {
          name: bracket < 0 ? body : body.slice(0, bracket),
          subscript: bracket < 0 ? undefined : new Word(body.slice(bracket + 1, -1)),
          append, value: undefined, elements: this.#elements, text, word,
        };
      }
      return { kind: "word", text, start, line, word, quoted: this.#quoted };
    } finally {
      this.#out = saved.out;
      this.#embedded = saved.embedded;
      this.#quoted = saved.quoted;
      this.#elements = saved.elements;
    }
  }
  #elementsLength = 0;

  // ---- aliases ------------------------------------------------------------------------------------------------------------------------

  #aliasFor(text: string, start: number, command: boolean): string | undefined {
    let candidate = command;
    while (this.#aliases.length > 0) {
      const last = this.#aliases[this.#aliases.length - 1];
      if (!last || last.end > start) break;
      this.#aliases.pop();
      if (last.expandNext && /^(?:[ \t]|\\\n)*$/.test(this.text.slice(last.end, start))) candidate = true;
    }
    if (!candidate || this.#aliases.some((region) => region.name === text)) return undefined;
    return this.options.alias?.(text);
  }

  #pushAlias(name: string, value: string, start: number): void {
    const growth = value.length - (this.position - start);
    for (const region of this.#aliases) region.end += growth;
    if (this.#uncounted.length > 0) this.#uncounted = this.#uncounted.map((newline) => (newline >= start ? newline + growth : newline));
    for (let at = value.indexOf("\n"); at >= 0; at = value.indexOf("\n", at + 1)) this.#uncounted.push(start + at);
    this.text = this.text.slice(0, start) + value + this.text.slice(this.position);
    this.position = start;
    this.#aliases.push({ name, end: start + value.length, expandNext: /[ \t]$/.test(value) });
  }

  // ---- words --------------------------------------------------------------------------------------------------------------------------

  #scanWord(expected: Expectation): void {
    const start = this.position;
    for (;;) {
      const text = this.text;
      const at = this.position;
      const c = text.charAt(at);
      switch (c) {
        case "":
          return;
        case "\\":
          if (text.charAt(at + 1) === "\n") {
            this.position += 2;
            break;
          }
          this.#quoted = true;
          this.#take(at + 1 < text.length ? 2 : 1);
          break;
        case "'":
          this.#quoted = true;
          this.#scanSingle();
          break;
        case '"':
          this.#quoted = true;
          this.#scanDouble();
          break;
        case "$":
          this.#scanDollar(false);
          break;
        case "`":
          this.#quoted = true;
          this.#scanBackquote();
          break;
        case "<":
        case ">":
          if (text.charAt(at + 1) === "(" && !this.options.dash) {
            this.#quoted = true;
            this.#scanCommand(2);
            break;
          }
          return;
        case "(":
          if (expected.regex) {
            this.#scanPair("(", ")", false);
            break;
          }
          if (expected.assignment && !this.options.dash && !this.options.noArrays && this.#out.endsWith("=") && this.#isAssignmentLeft()) {
            this.#scanArray();
            return;
          }
          return;
        case "|":
          if (expected.regex) {
            this.#take(1);
            break;
          }
          return;
        case " ":
        case "\t":
        case "\n":
        case "&":
        case ";":
        case ")":
          return;
        case "?":
        case "*":
        case "+":
        case "@":
        case "!":
          if ((this.options.extglob || expected.pattern) && text.charAt(at + 1) === "(" && !expected.regex) {
            this.#take(1);
            this.#scanPair("(", ")", false);
          } else this.#take(1);
          break;
        case "[":
          if (expected.subscript && !this.options.dash && at > start && IDENTIFIER.test(this.#out)) this.#scanPair("[", "]", false);
          else this.#take(1);
          break;
        default: {
          let end = at + 1;
          while (end < text.length && isOrdinary(text.charCodeAt(end))) end++;
          this.#take(end - at);
        }
      }
    }
  }

  #take(length: number): void {
    this.#out += this.text.slice(this.position, this.position + length);
    this.position += length;
  }

  #isAssignmentLeft(): boolean {
    if (ASSIGNMENT_LEFT.test(this.#out)) return true;
    return ASSIGNMENT_LEFT_SUBSCRIPT.test(this.#out) && /\]\+?=$/.test(this.#out);
  }

  #scanArray(): void {
    const line = this.lineAt(this.position);
    this.position++;
    const elements: ArrayElement[] = [];
    const texts: string[] = [];
    const embedded: EmbeddedCommand[] = [];
    let offset = this.#out.length + 1;
    const outer = { out: this.#out, embedded: this.#embedded };
    for (;;) {
      this.skipBlanks();
      const c = this.text.charAt(this.position);
      if (c === "") {
        if (!this.options.complete) throw new IncompleteInput();
        throw new SyntaxProblem("unexpected EOF while looking for matching `)'", line, undefined, this.text.length, 1);
      }
      if (c === "\n") {
        this.position++;
        continue;
      }
      if (c === ")") {
        this.position++;
        break;
      }
      if (isMeta(c) && !((c === "<" || c === ">") && this.text.charAt(this.position + 1) === "(")) {
        const token = this.#operator(this.position, c);
        throw this.unexpectedToken(token, true);
      }
      this.#out = "";
      this.#embedded = [];
      if (c === "[") {
        this.#scanPair("[", "]", false);
      }
      const bracketed = this.#out;
      this.#scanWord({});
      const text = this.#out;
      for (const item of this.#embedded) embedded.push({ start: item.start + offset, end: item.end + offset, body: item.body });
      const word = new Word(text, this.#embedded);
      const equals = text.startsWith("=", bracketed.length) ? 1 : text.startsWith("+=", bracketed.length) ? 2 : 0;
      if (bracketed !== "" && equals > 0) {
        const shift = bracketed.length + equals;
        const inner = this.#embedded.filter((item) => item.start >= shift).map((item) => ({ start: item.start - shift, end: item.end - shift, body: item.body }));
        elements.push({ subscript: new Word(bracketed.slice(1, -1)), append: equals === 2, value: new Word(text.slice(shift), inner), word });
      } else elements.push({ subscript: undefined, append: false, value: word, word });
      texts.push(text);
      offset += text.length + 1;
    }
    const source = `(${texts.join(" ")})`;
    this.#out = outer.out + source;
    this.#embedded = [...outer.embedded, ...embedded];
    this.#elements = elements;
    this.#elementsLength = source.length;
  }

  // ---- quotes and expansions ---------------------------------------------------------------------------------------------------------------

  #scanSingle(): void {
    const end = this.text.indexOf("'", this.position + 1);
    if (end < 0) throw this.unexpectedEnd("'", this.lineAt(this.position));
    this.#take(end + 1 - this.position);
  }

  /** $'...' becomes '...' with its escapes done, as bash stores it. */
  #scanAnsiC(inDouble = false): void {
    const start = this.position;
    let at = start + 2;
    for (;;) {
      const c = this.text.charAt(at);
      if (c === "") throw this.unexpectedEnd("'", this.lineAt(start));
      if (c === "\\") at += 2;
      else if (c === "'") break;
      else at++;
    }
    const text = unescape(this.text.slice(start + 2, at), "ansi-c").text;
    // Inside "${x-$'...'}" double quotes are around it already.
    this.#out += inDouble ? text.replace(/["\\$`}]/g, "\\$&") : quoteSingle(text);
    this.position = at + 1;
  }

  #scanDouble(): void {
    const line = this.lineAt(this.position);
    this.#take(1);
    for (;;) {
      const c = this.text.charAt(this.position);
      if (c === "") throw this.unexpectedEnd('"', line);
      if (c === "\\") {
        if (this.text.charAt(this.position + 1) === "\n") this.position += 2;
        else this.#take(2);
      } else if (c === '"') {
        this.#take(1);
        return;
      } else if (c === "$") this.#scanDollar(true);
      else if (c === "`") this.#scanBackquote();
      else {
        let end = this.position + 1;
        while (end < this.text.length && !'"\\$`'.includes(this.text.charAt(end))) end++;
        this.#take(end - this.position);
      }
    }
  }

  #scanBackquote(): void {
    const line = this.lineAt(this.position);
    let at = this.position + 1;
    for (;;) {
      const c = this.text.charAt(at);
      if (c === "") throw this.unexpectedEnd("`", line);
      if (c === "\\") at += 2;
      else if (c === "`") break;
      else at++;
    }
    this.#take(at + 1 - this.position);
  }

  /** At `$`. */
  #scanDollar(inDouble: boolean): void {
    const next = this.text.charAt(this.position + 1);
    switch (next) {
      case "'":
        if (inDouble) this.#take(1);
        else if (this.options.dash) {
          // A dollar and a quoted text.
          this.#out += "\\$";
          this.position++;
        } else {
          this.#quoted = true;
          this.#scanAnsiC();
        }
        return;
      case '"':
        if (inDouble) this.#take(1);
        else if (this.options.dash) {
          this.#out += "\\$";
          this.position++;
        } else {
          this.#quoted = true;
          this.position++;
          const line = this.lineAt(this.position);
          const begin = this.#out.length;
          this.#scanDouble();
          this.options.translated?.push({ text: this.#out.slice(begin), line });
        }
        return;
      case "{":
        this.#quoted = true;
        this.#scanBraces(inDouble);
        return;
      case "(":
        this.#quoted = true;
        if (this.text.charAt(this.position + 2) === "(") {
          if (this.options.dash) {
            this.#scanDashArithmetic();
            return;
          }
          if (this.#tryArithmetic()) return;
        }
        this.#scanCommand(2);
        return;
      case "[":
        if (this.options.dash) {
          // dash knows no $[ ]
          this.#out += "\\$";
          this.position++;
          return;
        }
        this.#quoted = true;
        this.#take(1);
        this.#scanPair("[", "]", inDouble);
        return;
      case "\\":
        if (this.text.charAt(this.position + 2) === "\n") {
          // `$\<newline>(`: the continuation vanishes first.
          this.text = this.text.slice(0, this.position + 1) + this.text.slice(this.position + 3);
          this.#scanDollar(inDouble);
          return;
        }
        this.#take(1);
        return;
      case "$":
        this.#take(2);
        return;
      default:
        this.#take(1);
    }
  }

  /** `$((...))`: true when it is arithmetic; else nothing was read. */
  #tryArithmetic(): boolean {
    const start = this.position;
    const out = this.#out;
    const count = this.#embedded.length;
    this.#take(2);
    this.#scanPair("(", ")", false);
    if (this.text.charAt(this.position) === ")") {
      this.#take(1);
      return true;
    }
    // the outer parenthesis is looked for in the same way, before it is taken for a command
    this.position = start + 1;
    this.#scanPair("(", ")", false);
    this.position = start;
    this.#out = out;
    this.#embedded.length = count;
    return false;
  }

  /** dash never takes `$((` for a command substitution, and quotes mean nothing in it. */
  #scanDashArithmetic(): void {
    this.#take(3);
    for (let depth = 2; depth > 0; ) {
      const c = this.text.charAt(this.position);
      if (c === "") {
        if (!this.options.complete) throw new IncompleteInput();
        throw new SyntaxProblem("missing )) of arithmetic", this.#dashEndLine(), undefined, this.text.length);
      }
      if (c === "$") this.#scanDollar(true);
      else if (c === "`") this.#scanBackquote();
      else if (c === '"') {
        this.#out += '\\"';
        this.position++;
      } else if (c === "\\") {
        if (this.text.charAt(this.position + 1) === "\n") this.position += 2;
        else this.#take(2);
      } else {
        if (c === "(") depth++;
        // a single ) where two are due stays in the expression
        else if (c === ")" && (depth > 2 || this.text.charAt(this.position + 1) === ")")) {
          if (depth === 2) {
            this.#take(2);
            return;
          }
          depth--;
        }
        this.#take(1);
      }
    }
  }

  /** `((...))` as a command; the position stands on the second `(`. The expression, or undefined when these are nested subshells. */
  arithmeticCommand(): Word | undefined {
    const start = this.position;
    const saved = { out: this.#out, embedded: this.#embedded, quoted: this.#quoted };
    this.#out = "";
    this.#embedded = [];
    try {
      this.#scanPair("(", ")", false);
      if (this.text.charAt(this.position) !== ")") {
        this.position = start;
        return undefined;
      }
      this.position++;
      return new Word(this.#out.slice(1, -1), shift(this.#embedded, -1), "double");
    } finally {
      this.#out = saved.out;
      this.#embedded = saved.embedded;
      this.#quoted = saved.quoted;
    }
  }

  /** `$(`, `<(`, `>(` (prefix of that length): parsed to find its end. */
  #scanCommand(prefixLength: number): void {
    const start = this.position;
    const outer = { out: this.#out, embedded: this.#embedded, quoted: this.#quoted, elements: this.#elements, pending: this.#pending };
    this.#pending = [];
    this.position += prefixLength;
    this.#substitutions++;
    const body = this.parseEmbedded(this);
    this.#substitutions--;
    const source = this.text.slice(start, this.position);
    const late = this.#pending;
    this.#out = outer.out;
    this.#embedded = outer.embedded;
    this.#quoted = outer.quoted;
    this.#elements = outer.elements;
    this.#pending = outer.pending.concat(late);
    this.#embedded.push({ start: this.#out.length, end: this.#out.length + source.length, body });
    this.#out += source;
  }

  /** `${...}`: up to the first `}` that is not quoted or inside another expansion. */
  #scanBraces(inDouble: boolean): void {
    const line = this.lineAt(this.position);
    const begin = this.#out.length;
    this.#take(2);
    // In double quotes, a single quote is special only in pattern operands (parse.y: dolbrace_state).
    let quoteSingles = !inDouble;
    let decided = !inDouble;
    for (;;) {
      const c = this.text.charAt(this.position);
      if (c === "") throw this.unexpectedEnd("}", line);
      if (!decided && this.#out.length > begin + 2 && ":-=?+#%/^,@~".includes(c) && !/^[#!]?$/.test(this.#out.slice(begin + 2))) {
        quoteSingles = "#%/^,~@".includes(c);
        decided = true;
      }
      switch (c) {
        case "}":
          this.#take(1);
          return;
        case "\\":
          if (this.text.charAt(this.position + 1) === "\n") this.position += 2;
          else this.#take(2);
          break;
        case "'":
          if (quoteSingles) this.#scanSingle();
          else this.#take(1);
          break;
        case '"':
          this.#scanDouble();
          break;
        case "[":
          // a subscript, where single quotes are quotes even in double ones
          if (inDouble && !decided && !this.options.dash && /^\$\{[#!]?[A-Za-z_][A-Za-z0-9_]*$/.test(this.#out.slice(begin)) && this.text.charAt(this.position + 1) === "'") this.#scanPair("[", "]", false);
          else this.#take(1);
          break;
        case "`":
          this.#scanBackquote();
          break;
        case "$":
          if (this.text.charAt(this.position + 1) === "}") this.#take(1);
          else if (!quoteSingles && this.text.charAt(this.position + 1) === "'" && !this.options.dash) this.#scanAnsiC(true);
          else this.#scanDollar(!quoteSingles);
          break;
        case "<":
        case ">":
          if (!inDouble && this.text.charAt(this.position + 1) === "(") this.#scanCommand(2);
          else this.#take(1);
          break;
        default:
          this.#take(1);
      }
    }
  }

  /** A balanced pair with quotes and expansions inside (parse.y: parse_matched_pair). */
  #scanPair(open: string, close: string, inDouble: boolean): void {
    const line = this.lineAt(this.position);
    this.#take(1);
    let depth = 1;
    for (;;) {
      const c = this.text.charAt(this.position);
      if (c === "") throw this.unexpectedEnd(close, line);
      if (c === close) {
        this.#take(1);
        if (--depth === 0) return;
      } else if (c === open) {
        this.#take(1);
        depth++;
      } else if (c === "\\") {
        if (this.text.charAt(this.position + 1) === "\n") this.position += 2;
        else this.#take(2);
      } else if (c === "'" && !inDouble) {
        this.#quoted = true;
        this.#scanSingle();
      } else if (c === '"') {
        this.#quoted = true;
        this.#scanDouble();
      } else if (c === "$") this.#scanDollar(inDouble);
      else if (c === "`") this.#scanBackquote();
      else this.#take(1);
    }
  }

  // ---- for ((;;)) -------------------------------------------------------------------------------------------------------------------------

  /** After `for`: the three expressions when `((` follows. */
  arithmeticFor(): readonly [Word, Word, Word] | "few" | "many" | "open" | undefined {
    this.skipBlanks();
    if (!this.text.startsWith("((", this.position)) return undefined;
    this.position++;
    const whole = this.arithmeticCommand();
    if (!whole) return "open";
    const parts = splitSemicolons(whole.text);
    if (parts.length !== 3) return parts.length < 3 ? "few" : "many";
    const words = parts.map((part) => new Word(part.replace(/^[ \t\n]+/, ""), [], "double"));
    const [initial, test, step] = words;
    return initial && test && step ? [initial, test, step] : "few";
  }

  // ---- here-documents -----------------------------------------------------------------------------------------------------------------------

  addHereDocument(document: HereDocument, stripTabs: boolean): void {
    this.#pending.push({ document, stripTabs });
  }

  get hereDocumentsPending(): boolean {
    return this.#pending.length > 0;
  }

  readHereDocuments(): void {
    const pending = this.#pending;
    this.#pending = [];
    // Of an alias: its documents stand below the line that the alias is on; what is left of its value comes after them.
    const region = this.#aliases.find(({ end }) => end > this.position);
    const lineEnd = region === undefined ? -1 : this.text.indexOf("\n", region.end);
    if (region !== undefined && lineEnd >= 0) {
      const back = this.position;
      this.position = lineEnd + 1;
      this.#readBodies(pending);
      this.text = this.text.slice(0, lineEnd + 1) + this.text.slice(this.position);
      this.position = back;
    } else this.#readBodies(pending);
  }

  #readBodies(pending: PendingHereDocument[]): void {
    for (const { document, stripTabs } of pending) {
      const line = this.lineAt(this.position) - 1;
      let body = "";
      let ended = false;
      let over = false;
      for (;;) {
        over = this.#pastEnds < (this.options.endsOfInput?.length ?? 0) && this.options.endsOfInput?.[this.#pastEnds] === this.position;
        if (over) this.#pastEnds++;
        if (over || this.position >= this.text.length) break;
        const at = this.position;
        let end = this.text.indexOf("\n", at);
        if (end < 0) end = this.text.length;
        let current = this.text.slice(at, end);
        this.position = Math.min(end + 1, this.text.length);
        if (!document.quoted) {
          while (endsWithOddBackslash(current) && this.position < this.text.length) {
            let more = this.text.indexOf("\n", this.position);
            if (more < 0) more = this.text.length;
            current = current.slice(0, -1) + this.text.slice(this.position, more);
            this.position = Math.min(more + 1, this.text.length);
          }
        }
        if (stripTabs) current = current.replace(/^\t+/, "");
        if (current === document.delimiter) {
          ended = true;
          break;
        }
        // in a substitution what closes it may stand behind the delimiter (make_cmd.c, make_here_document)
        if (this.#substitutions > 0 && !this.options.dash && current.startsWith(document.delimiter) && current.includes(")", document.delimiter.length)) {
          this.position = end - current.length + document.delimiter.length;
          break;
        }
        body += current + (this.text.charAt(this.position - 1) === "\n" ? "\n" : "");
      }
      if (!ended) {
        if (!over && !this.options.complete && this.position >= this.text.length) {
          this.#pending = pending;
          throw new IncompleteInput(true);
        }
        if (!this.options.dash) this.warnings.push({ line: this.position < this.text.length ? this.lineAt(this.position) : this.endLine() - 1, message: `warning: here-document at line ${line} delimited by end-of-file (wanted \`${document.delimiter}')` });
      }
      document.body = new Word(body, [], "heredoc");
    }
  }
}

function isOrdinary(code: number): boolean {
  // letters, digits, and what no rule above looks at
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 58) || code === 45 || code === 46 || code === 47 || code === 95 || code === 37 || code === 44 || code > 127;
}

function endsWithOddBackslash(text: string): boolean {
  let count = 0;
  while (count < text.length && text.charAt(text.length - 1 - count) === "\\") count++;
  return count % 2 === 1;
}

function shift(embedded: readonly EmbeddedCommand[], by: number): EmbeddedCommand[] {
  return embedded.map((item) => ({ start: item.start + by, end: item.end + by, body: item.body }));
}

/** Splits at semicolons that stand outside quotes, parentheses and expansions. */
function splitSemicolons(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\\") i++;
    else if (quote !== "") {
      if (c === quote) quote = "";
    } else if (c === '"' || c === "'" || c === "`") quote = c;
    else if (c === "(" || c === "{" || c === "[") depth++;
    else if (c === ")" || c === "}" || c === "]") depth--;
    else if (c === ";" && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
