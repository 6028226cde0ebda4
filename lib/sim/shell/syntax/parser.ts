// The grammar of bash (parse.y) by recursive descent: one complete command at a time, so that aliases and options that a command sets hold
// for the next. Over 400 lines: one function per production of one grammar.
import { type Expectation, Lexer, type LexerOptions, type Token } from "./lexer.ts";
import { parseConditional } from "./conditional.ts";
import { type KeptCommands, keptCommandsOf, placeOf } from "./kept-commands.ts";
import { IncompleteInput, SyntaxProblem } from "./syntax-error.ts";
import {
  type AndOr, type Assignment, type CaseClause, type Command, type HereDocument, type List, type ListItem, type Pipeline, type Redirect,
  type RedirectOperator, type SimpleCommand, Word,
} from "./tree.ts";

const RESERVED: ReadonlySet<string> = new Set(["if", "then", "else", "elif", "fi", "case", "esac", "for", "select", "while", "until", "do", "done", "in", "function", "time", "{", "}", "!", "[[", "]]", "coproc"]);
/** Reserved words that end a list. */
const CLOSERS: ReadonlySet<string> = new Set(["then", "else", "elif", "fi", "esac", "do", "done", "}"]);
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Words that mean nothing to dash. */
const NOT_RESERVED_IN_DASH: ReadonlySet<string> = new Set(["select", "function", "time", "[[", "]]", "coproc"]);
/** Special builtins: no function of dash may have these names. */
const SPECIAL_IN_DASH: ReadonlySet<string> = new Set(["break", "continue", "eval", "exec", "exit", "export", "readonly", "return", "set", "shift", "times", "trap", "unset", "local", ":", "."]);
const REDIRECTS: ReadonlySet<string> = new Set(["<", ">", ">>", ">|", "<>", "<&", ">&", "&>", "&>>", "<<", "<<-", "<<<"]);
/** Commands after which `name=(...)` may stand (parse.y: assignment_builtins). */
const ASSIGNMENT_BUILTINS: ReadonlySet<string> = new Set(["alias", "declare", "export", "local", "readonly", "typeset", "eval", "let"]);
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*(\[|\+?=)/;

const COMMAND: Expectation = { command: true, assignment: true, subscript: true };
const ARGUMENT: Expectation = {};
const ASSIGNABLE: Expectation = { assignment: true };

export interface ParseOptions extends LexerOptions {
  /** Depth limit of nested commands, so that hostile text cannot overflow our stack. */
  readonly maxDepth?: number;
}

export function isReservedWord(name: string): boolean {
  return RESERVED.has(name);
}

export function isSpecialInDash(name: string): boolean {
  return SPECIAL_IN_DASH.has(name);
}

export function isReservedInDash(name: string): boolean {
  return RESERVED.has(name) && !NOT_RESERVED_IN_DASH.has(name);
}

/** `name=value`, `name[sub]+=value`: the assignment that a word is, or undefined. */
export function assignmentOf(word: Word): Assignment | undefined {
  if (word.assignment !== undefined) return word.assignment ?? undefined;
  const text = word.text;
  const match = ASSIGNMENT.exec(text);
  word.assignment = null;
  if (!match) return undefined;
  const nameLength = match[0].length - (match[1]?.length ?? 0);
  let at = nameLength;
  let subscript: Word | undefined;
  if (text.charAt(at) === "[") {
    const end = subscriptEnd(text, at);
    if (end < 0) return undefined;
    subscript = subWord(word, at + 1, end - 1);
    at = end;
  }
  const append = text.charAt(at) === "+";
  if (append) at++;
  if (text.charAt(at) !== "=") return undefined;
  const assignment: Assignment = {
    name: text.slice(0, nameLength), subscript, append, value: subWord(word, at + 1, text.length), elements: undefined, text, word,
  };
  word.assignment = assignment;
  return assignment;
}

function subWord(word: Word, start: number, end: number): Word {
  const embedded = word.embedded.filter((item) => item.start >= start && item.end <= end).map((item) => ({ start: item.start - start, end: item.end - start, body: item.body }));
  return new Word(word.text.slice(start, end), embedded);
}

function subscriptEnd(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\\") i++;
    else if (c === "'" || c === '"') {
      const end = text.indexOf(c, i + 1);
      if (end < 0) return -1;
      i = end;
    } else if (c === "[") depth++;
    else if (c === "]" && --depth === 0) return i + 1;
  }
  return -1;
}

const NO_WARNINGS: Lexer["warnings"] = [];

export class Parser {
  readonly #text: string;
  readonly #options: ParseOptions;
  /** Made when something has to be parsed: of texts whose commands are all kept it never is. */
  #lexer: Lexer | undefined;
  /** While there is no lexer. */
  #position = 0;
  #token: Token | undefined;
  #depth = 0;
  #embeddedDepth = 0;
  #functionLine = 0;
  readonly #maxDepth: number;
  /** Until an alias was put in: then places are no longer those of the text. */
  #kept: KeptCommands | undefined;
  /** What the command at hand asked of the aliases. */
  #notAliases: string[] = [];

  constructor(text: string, options: ParseOptions) {
    this.#text = text;
    this.#options = options;
    this.#kept = options.complete && options.translated === undefined ? keptCommandsOf(text, options) : undefined;
    this.#maxDepth = options.maxDepth ?? 400;
  }

  get lexer(): Lexer {
    return (this.#lexer ??= this.#makeLexer());
  }

  #makeLexer(): Lexer {
    const { alias } = this.#options;
    const lexer = new Lexer(this.#text, alias === undefined ? this.#options : { ...this.#options, alias: (name) => this.#lookUp(name, alias) });
    lexer.parseEmbedded = () => this.#embedded();
    lexer.position = this.#position;
    return lexer;
  }

  /** Messages that are no errors. */
  get warnings(): Lexer["warnings"] {
    return this.#lexer?.warnings ?? NO_WARNINGS;
  }

  /** Where the next command starts. */
  get position(): number {
    return this.#token?.start ?? this.#lexer?.position ?? this.#position;
  }

  /** Nothing but blanks is left. Does not look at words: aliases may change before they are read. */
  get atEnd(): boolean {
    return this.#token === undefined && this.lexer.text.slice(this.lexer.position).trim() === "";
  }

  /**
   * The next command line: what stands up to a newline. Undefined at the end of the text. A line with nothing on it gives an empty list.
   * Throws SyntaxProblem or IncompleteInput.
   */
  nextCommand(): List | undefined {
    const start = this.position;
    if (this.#kept === undefined || (this.#token !== undefined && this.#token.kind !== "end")) return this.#nextCommand();
    const { alias, firstLine } = this.#options;
    const kept = this.#kept.get(placeOf(firstLine, start));
    if (kept !== undefined && (alias === undefined || kept.notAliases.every((name) => alias(name) === undefined))) {
      if (this.#lexer === undefined) this.#position = kept.end;
      else this.#lexer.position = kept.end;
      return kept.list;
    }
    this.#notAliases = [];
    const warnings = this.warnings.length;
    let list = this.#nextCommand();
    // blank lines and remarks go with the command after them
    while (list !== undefined && list.items.length === 0 && this.#token === undefined) list = this.#nextCommand();
    // (what stands in backquotes is parsed when it is first run, by the shell that does)
    if (list !== undefined && this.#token === undefined && this.#kept !== undefined && this.lexer.warnings.length === warnings && !this.lexer.text.slice(start, this.lexer.position).includes("`")) {
      this.#kept.set(placeOf(firstLine, start), { list, end: this.lexer.position, notAliases: this.#notAliases });
    }
    return list;
  }

  #lookUp(name: string, alias: (name: string) => string | undefined): string | undefined {
    const value = alias(name);
    if (value === undefined) this.#notAliases.push(name);
    else this.#kept = undefined;
    return value;
  }

  #nextCommand(): List | undefined {
    this.#depth = 0;
    const first = this.peek(COMMAND);
    if (first.kind === "end") return undefined;
    if (first.kind === "newline") {
      this.#take();
      return { type: "list", items: [] };
    }
    const items: ListItem[] = [];
    for (;;) {
      const command = this.#andOr();
      const token = this.peek(ARGUMENT);
      if (token.kind === "newline" || token.kind === "end") {
        // Without its newline the text ended in a continuation.
        if (token.kind === "end" && !this.lexer.options.complete) throw new IncompleteInput();
        items.push({ command, background: false });
        if (token.kind === "newline") this.#take();
        break;
      }
      if (token.kind === "operator" && (token.text === ";" || token.text === "&")) {
        this.#take();
        items.push({ command, background: token.text === "&" });
        const after = this.peek(COMMAND);
        if (after.kind === "newline" || after.kind === "end") {
          if (after.kind === "newline") this.#take();
          break;
        }
        continue;
      }
      throw this.lexer.unexpectedToken(token);
    }
    return { type: "list", items };
  }

  /** All of the text. */
  wholeList(): List {
    const items: ListItem[] = [];
    for (;;) {
      const list = this.nextCommand();
      if (!list) break;
      items.push(...list.items);
    }
    return { type: "list", items };
  }

  /** All of the text as what stands in `$( )`. */
  embeddedList(): List {
    this.#embeddedDepth = 1;
    this.#kept = undefined;
    return this.#list(() => false, true);
  }

  /** After an error: on with the next line. */
  skipLine(position: number): void {
    const { text } = this.lexer;
    const end = text.indexOf("\n", position);
    this.lexer.position = end < 0 ? text.length : end + 1;
    this.#token = undefined;
  }

  peek(expected: Expectation): Token {
    this.#token ??= this.lexer.next(expected);
    return this.#token;
  }

  #take(): Token {
    const token = this.#token ?? this.lexer.next(ARGUMENT);
    this.#token = undefined;
    return token;
  }

  take(): Token {
    return this.#take();
  }

  #embedded(): List {
    const saved = this.#token;
    const line = this.lexer.lineAt(this.lexer.position);
    this.#token = undefined;
    this.#enter();
    this.#embeddedDepth++;
    try {
      const list = this.#list((token) => token.kind === "operator" && token.text === ")", true);
      const token = this.peek(ARGUMENT);
      if (token.kind === "end") {
        if (!this.lexer.options.complete) throw new IncompleteInput();
        if (this.lexer.options.dash) throw this.lexer.unexpectedEnd(")", line);
        throw new SyntaxProblem("unexpected EOF while looking for matching `)'", Math.max(line, this.lexer.endLine()), undefined, this.lexer.text.length);
      }
      if (token.text !== ")") throw this.lexer.unexpectedToken(token);
      this.#take();
      return list;
    } finally {
      this.#depth--;
      this.#embeddedDepth--;
      this.#token = saved;
    }
  }

  #enter(): void {
    if (++this.#depth > this.#maxDepth) {
      throw new SyntaxProblem("memory exhausted", this.lexer.lineAt(this.lexer.position), undefined, this.lexer.text.length);
    }
  }

  #skipNewlines(expected: Expectation = COMMAND): void {
    while (this.peek(expected).kind === "newline") this.#take();
  }

  #isReserved(token: Token, text: string): boolean {
    return token.kind === "word" && !token.quoted && token.text === text && !(this.lexer.options.dash && NOT_RESERVED_IN_DASH.has(text));
  }

  #expectReserved(text: string): void {
    const token = this.peek(COMMAND);
    if (!this.#isReserved(token, text)) throw this.lexer.unexpectedToken(token, false, text);
    this.#take();
  }

  /** Commands up to a token that `ends`. At least one unless `mayBeEmpty`. */
  #list(ends: (token: Token) => boolean, mayBeEmpty = false, expecting?: string): List {
    const items: ListItem[] = [];
    this.#skipNewlines();
    for (;;) {
      const token = this.peek(COMMAND);
      if (ends(token)) break;
      if (token.kind === "end") {
        if (mayBeEmpty) break;
        throw this.lexer.unexpectedToken(token, false, expecting);
      }
      if (token.kind === "word" && !token.quoted && CLOSERS.has(token.text)) {
        if (items.length === 0) throw this.lexer.unexpectedToken(token);
        break;
      }
      const command = this.#andOr();
      const after = this.peek(ARGUMENT);
      let background = false;
      let separated = false;
      if (after.kind === "operator" && (after.text === ";" || after.text === "&")) {
        this.#take();
        background = after.text === "&";
        separated = true;
      } else if (after.kind === "newline") separated = true;
      items.push(separated && !background && this.#embeddedDepth > 0 && after.kind === "newline" ? { command, background, newline: true } : { command, background });
      this.#skipNewlines();
      if (!separated) break;
    }
    const token = this.peek(COMMAND);
    if (items.length === 0 && !mayBeEmpty) throw this.lexer.unexpectedToken(token);
    return { type: "list", items };
  }

  /** `expecting`: the word that ends it, for dash's messages. */
  #compoundList(expecting?: string): List {
    return this.#list((token) => token.kind === "operator" && (token.text === ")" || token.text === ";;" || token.text === ";&" || token.text === ";;&"), false, expecting);
  }

  #andOr(): Command {
    const first = this.#pipeline();
    let rest: { operator: "&&" | "||"; command: Command }[] | undefined;
    for (;;) {
      const token = this.peek(ARGUMENT);
      if (token.kind !== "operator" || (token.text !== "&&" && token.text !== "||")) break;
      this.#take();
      this.#skipNewlines();
      rest ??= [];
      rest.push({ operator: token.text, command: this.#pipeline() });
    }
    if (!rest) return first;
    const node: AndOr = { type: "and-or", first, rest };
    return node;
  }

  #pipeline(): Command {
    this.#enter();
    const start = this.peek(COMMAND);
    const line = start.line;
    let negated = false;
    let timed: Pipeline["timed"] = "no";
    let prefixed = false;
    for (;;) {
      const token = this.peek(COMMAND);
      if (this.#isReserved(token, "!")) {
        if (this.lexer.options.dash && negated) throw this.lexer.unexpectedToken(token);
        this.#take();
        negated = !negated;
        prefixed = true;
      } else if (this.#isReserved(token, "time") && timed === "no") {
        this.#take();
        timed = "yes";
        prefixed = true;
        const option = this.peek(COMMAND);
        if (option.kind === "word" && option.text === "-p") {
          this.#take();
          timed = "posix";
          const dashes = this.peek(COMMAND);
          if (dashes.kind === "word" && dashes.text === "--") this.#take();
        } else if (option.kind === "word" && option.text === "--") {
          this.#take();
          timed = "posix";
        }
      } else break;
    }
    const token = this.peek(COMMAND);
    const empty = token.kind === "newline" || token.kind === "end" || (token.kind === "operator" && (token.text === ";" || token.text === "&" || token.text === ")" || token.text === "&&" || token.text === "||"))
      || (token.kind === "word" && !token.quoted && CLOSERS.has(token.text));
    if (prefixed && empty && !(this.lexer.options.dash && negated) && !(token.kind === "end" && !this.lexer.options.complete)) {
      this.#depth--;
      return { type: "pipeline", line, negated, timed, commands: [] };
    }
    const commands: Command[] = [this.#command()];
    for (;;) {
      const bar = this.peek(ARGUMENT);
      if (bar.kind !== "operator" || (bar.text !== "|" && bar.text !== "|&")) break;
      this.#take();
      if (bar.text === "|&") {
        const last = commands.pop();
        if (last) commands.push(withErrorRedirect(last));
      }
      this.#skipNewlines();
      const next = this.peek(COMMAND);
      if (this.#isReserved(next, "!")) throw this.lexer.unexpectedToken(next);
      commands.push(this.#command());
    }
    this.#depth--;
    const only = commands[0];
    if (commands.length === 1 && only && !negated && timed === "no") return only;
    return { type: "pipeline", line, negated, timed, commands };
  }

  #command(): Command {
    const token = this.peek(COMMAND);
    if (token.kind === "operator" && token.text === "(") return this.#parenthesis();
    if (token.kind === "word" && !token.quoted && !(this.lexer.options.dash && NOT_RESERVED_IN_DASH.has(token.text))) {
      switch (token.text) {
        case "if": case "while": case "until": case "for": case "select": case "case": case "{": case "[[":
          return this.#compound(token);
        case "function":
          return this.#functionKeyword();
        case "coproc":
          return this.#coproc();
        case "in":
          if (this.lexer.options.dash) break;
          throw this.lexer.unexpectedToken(token);
        case "]]":
          if (this.lexer.options.dash) break;
          throw this.lexer.unexpectedToken(token);
        case "then": case "else": case "elif": case "fi": case "do": case "done": case "esac": case "}":
          throw this.lexer.unexpectedToken(token);
        default:
      }
    }
    return this.#simple();
  }

  #compound(token: Token): Command {
    this.#take();
    const line = token.line;
    switch (token.text) {
      case "if": {
        const body = this.#ifTail();
        return { type: "if", line, ...body, redirects: this.#redirects() };
      }
      case "while": case "until": {
        const condition = this.#compoundList("do");
        const body = this.#doGroup();
        return { type: token.text, line, condition, body, redirects: this.#redirects() };
      }
      case "for": case "select":
        return this.#for(token.text, line);
      case "case":
        return this.#case(line);
      case "{": {
        const body = this.#compoundList("}");
        this.#expectReserved("}");
        return { type: "group", line, body, redirects: this.#redirects() };
      }
      default: {
        const test = parseConditional(this, line);
        return { type: "conditional", line, test, redirects: this.#redirects() };
      }
    }
  }

  #ifTail(): { condition: List; then: List; else: List | undefined } {
    const condition = this.#compoundList("then");
    this.#expectReserved("then");
    const then = this.#compoundList("fi");
    const token = this.peek(COMMAND);
    if (this.#isReserved(token, "fi")) {
      this.#take();
      return { condition, then, else: undefined };
    }
    if (this.#isReserved(token, "elif")) {
      this.#take();
      this.#enter();
      const inner = this.#ifTail();
      this.#depth--;
      return { condition, then, else: { type: "list", items: [{ command: { type: "if", line: token.line, ...inner, redirects: [] }, background: false }] } };
    }
    if (!this.#isReserved(token, "else")) throw this.lexer.unexpectedToken(token, false, "fi");
    this.#take();
    const otherwise = this.#compoundList("fi");
    this.#expectReserved("fi");
    return { condition, then, else: otherwise };
  }

  #doGroup(): List {
    this.#expectReserved("do");
    const body = this.#compoundList("done");
    this.#expectReserved("done");
    return body;
  }

  /** do ... done, or { ... } as bash takes it too. */
  #loopBody(): List {
    const token = this.peek(COMMAND);
    if (this.#isReserved(token, "{") && !this.lexer.options.dash) {
      this.#take();
      const body = this.#compoundList();
      this.#expectReserved("}");
      return body;
    }
    return this.#doGroup();
  }

  #for(type: "for" | "select", line: number): Command {
    if (type === "for" && !this.lexer.options.dash) {
      const parts = this.lexer.arithmeticFor();
      // bash reads no further, without a word
      if (parts === "open") throw new SyntaxProblem("", line, undefined, this.lexer.text.length, 0);
      if (parts === "few" || parts === "many") {
        const at = this.lexer.lineAt(this.lexer.position);
        throw new SyntaxProblem(`syntax error: ${parts === "few" ? "arithmetic expression required" : "`;' unexpected"}\0syntax error: \`${this.lexer.text.slice(this.lexer.text.lastIndexOf("((", this.lexer.position), this.lexer.position)}'`, at, undefined, this.lexer.position);
      }
      if (parts) {
        const token = this.peek(COMMAND);
        if (token.kind === "operator" && token.text === ";") this.#take();
        this.#skipNewlines();
        const body = this.#loopBody();
        return { type: "arithmetic-for", line, initial: parts[0], test: parts[1], step: parts[2], body, redirects: this.#redirects() };
      }
    }
    const nameToken = this.peek(ARGUMENT);
    if (this.lexer.options.dash && (nameToken.kind !== "word" || !IDENTIFIER.test(nameToken.text))) throw new SyntaxProblem("bad for loop variable", nameToken.kind === "newline" ? line + 1 : line, undefined, this.lexer.position);
    if (nameToken.kind !== "word") throw this.lexer.unexpectedToken(nameToken);
    this.#take();
    let words: Word[] | undefined;
    let token = this.peek(COMMAND);
    if (token.kind === "operator" && token.text === ";") {
      this.#take();
      this.#skipNewlines();
    } else {
      this.#skipNewlines();
      token = this.peek(COMMAND);
      if (this.#isReserved(token, "in")) {
        this.#take();
        words = [];
        for (;;) {
          const item = this.peek(ARGUMENT);
          if (item.kind === "word" && item.word) words.push(item.word);
          else if (item.kind === "number") words.push(new Word(item.text));
          else if (item.kind === "newline" || (item.kind === "operator" && item.text === ";")) break;
          else throw this.lexer.unexpectedToken(item);
          this.#take();
        }
        this.#take();
        this.#skipNewlines();
      }
    }
    const body = this.#loopBody();
    return { type, line, name: nameToken.text, words, body, redirects: this.#redirects() };
  }

  #case(line: number): Command {
    const wordToken = this.peek(ARGUMENT);
    if (wordToken.kind !== "word" || !wordToken.word) throw this.lexer.unexpectedToken(wordToken, false, "word");
    this.#take();
    this.#skipNewlines(ARGUMENT);
    const inToken = this.peek(ARGUMENT);
    if (!this.#isReserved(inToken, "in")) throw this.lexer.unexpectedToken(inToken, false, "in");
    this.#take();
    const clauses: CaseClause[] = [];
    for (;;) {
      this.#skipNewlines(ARGUMENT);
      let token = this.peek(ARGUMENT);
      if (this.#isReserved(token, "esac")) {
        this.#take();
        break;
      }
      if (token.kind === "operator" && token.text === "(") {
        this.#take();
        token = this.peek(ARGUMENT);
      }
      const patterns: Word[] = [];
      for (;;) {
        token = this.peek(ARGUMENT);
        if (token.kind !== "word" || !token.word) {
          // dash does not look at the pattern, but at what follows it
          if (this.lexer.options.dash && token.kind !== "end") {
            this.#take();
            token = this.peek(ARGUMENT);
          }
          throw this.lexer.unexpectedToken(token, false, ")");
        }
        patterns.push(token.word);
        this.#take();
        token = this.peek(ARGUMENT);
        if (token.kind === "operator" && token.text === "|") {
          this.#take();
          continue;
        }
        break;
      }
      if (token.kind !== "operator" || token.text !== ")") throw this.lexer.unexpectedToken(token, false, ")");
      this.#take();
      this.#skipNewlines();
      token = this.peek(COMMAND);
      let body: List | undefined;
      const ends = (item: Token) => item.kind === "operator" && (item.text === ";;" || item.text === ";&" || item.text === ";;&");
      if (!ends(token) && !this.#isReserved(token, "esac")) body = this.#compoundList(";;");
      token = this.peek(COMMAND);
      if (ends(token)) {
        this.#take();
        clauses.push({ patterns, body, terminator: token.text === ";&" ? ";&" : token.text === ";;&" ? ";;&" : ";;" });
      } else if (this.#isReserved(token, "esac")) {
        clauses.push({ patterns, body, terminator: ";;" });
        this.#take();
        break;
      } else throw this.lexer.unexpectedToken(token, false, ";;");
    }
    const word = wordToken.word;
    return { type: "case", line, word, clauses, redirects: this.#redirects() };
  }

  #parenthesis(): Command {
    const open = this.peek(COMMAND);
    if (this.lexer.text.charAt(this.lexer.position) === "(" && !this.lexer.options.dash) {
      this.#token = undefined;
      const expression = this.lexer.arithmeticCommand();
      if (expression) return { type: "arithmetic", line: open.line, expression, redirects: this.#redirects() };
    } else this.#take();
    const body = this.#compoundList(")");
    const close = this.peek(COMMAND);
    if (close.kind !== "operator" || close.text !== ")") throw this.lexer.unexpectedToken(close, false, ")");
    this.#take();
    return { type: "subshell", line: close.line, body, redirects: this.#redirects() };
  }

  #functionKeyword(): Command {
    const line = this.#take().line;
    const nameToken = this.peek(ARGUMENT);
    if (nameToken.kind !== "word") throw this.lexer.unexpectedToken(nameToken);
    this.#take();
    const open = this.peek(COMMAND);
    if (open.kind === "operator" && open.text === "(" && /^\([ \t]*\)/.test(this.lexer.text.slice(open.start, open.start + 200))) {
      this.#take();
      const close = this.peek(ARGUMENT);
      if (close.kind !== "operator" || close.text !== ")") throw this.lexer.unexpectedToken(close);
      this.#take();
    }
    return this.#functionBody(nameToken.text, line);
  }

  #functionBody(name: string, line: number): Command {
    this.#functionLine = line;
    this.#skipNewlines();
    const token = this.peek(COMMAND);
    let body: Command;
    if (token.kind === "operator" && token.text === "(") body = this.#parenthesis();
    else if (this.lexer.options.dash) body = this.#command();
    else if (token.kind === "word" && !token.quoted && ["if", "while", "until", "for", "select", "case", "{", "[["].includes(token.text)) body = this.#compound(token);
    else throw this.lexer.unexpectedToken(token);
    // parse.y keeps one place for the line of a definition: one inside another takes it
    return { type: "function", line: this.#functionLine, name, body, redirects: [] };
  }

  #coproc(): Command {
    const line = this.#take().line;
    const token = this.peek(COMMAND);
    const isCompound = (item: Token) => (item.kind === "operator" && item.text === "(") || (item.kind === "word" && !item.quoted && ["if", "while", "until", "for", "select", "case", "{", "[["].includes(item.text));
    if (isCompound(token)) return { type: "coproc", line, name: "COPROC", body: this.#command(), redirects: [] };
    if (token.kind === "word" && token.word) {
      this.#take();
      const after = this.peek(COMMAND);
      if (isCompound(after) && !token.quoted) return { type: "coproc", line, name: token.text, body: this.#command(), redirects: [] };
      return { type: "coproc", line, name: "COPROC", body: this.#simple(token), redirects: [] };
    }
    return { type: "coproc", line, name: "COPROC", body: this.#simple(), redirects: [] };
  }

  #simple(first?: Token): Command {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    let line = first?.line ?? 0;
    let placed = false;
    let assignmentBuiltin = false;
    const addWord = (word: Word) => {
      if (words.length === 0) {
        const found = assignmentOf(word);
        // dash knows NAME=VALUE only
        const assignment = this.lexer.options.dash && (found?.append || found?.subscript) ? undefined : found;
        if (assignment) {
          if (assignments.length === 0) line = this.lexer.lineAt(this.lexer.position);
          assignments.push(assignment);
          return;
        }
        if (ASSIGNMENT_BUILTINS.has(word.text)) assignmentBuiltin = true;
      }
      words.push(word);
    };
    if (first?.word) addWord(first.word);
    for (;;) {
      const expected = words.length === 0 ? COMMAND : assignmentBuiltin ? ASSIGNABLE : ARGUMENT;
      const token = this.peek(assignments.length > 0 && words.length === 0 ? COMMAND : expected);
      // parse.y gives a command the line that the reader had come to with the token after its first word; behind an assignment it needs none.
      if (line === 0) line = token.line;
      else if (words.length === 1 && assignments.length + redirects.length === 0 && !placed) {
        placed = true;
        if (token.kind === "word") line = this.lexer.lineAt(this.lexer.position);
      }
      if (token.kind === "word" && token.word) {
        this.#take();
        if (words.length === 0 && assignments.length === 0 && redirects.length === 0 && token.word.assignment === undefined) {
          this.lexer.skipBlanks();
          if (this.lexer.text.charAt(this.lexer.position) === "(" && !assignmentOf(token.word)) {
            this.peek(ARGUMENT);
            this.#take();
            const close = this.peek(ARGUMENT);
            if (close.kind !== "operator" || close.text !== ")") throw this.lexer.unexpectedToken(close, false, ")");
            this.#take();
            if (this.lexer.options.dash && (!IDENTIFIER.test(token.text) || SPECIAL_IN_DASH.has(token.text))) throw new SyntaxProblem("bad function name", token.line, undefined, this.lexer.position);
            return this.#functionBody(token.text, token.line);
          }
        }
        addWord(token.word);
        continue;
      }
      const redirect = this.#redirect(expected);
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      if (token.kind === "number") {
        this.#take();
        addWord(new Word(token.text));
        continue;
      }
      break;
    }
    if (words.length === 0 && assignments.length === 0 && redirects.length === 0) throw this.lexer.unexpectedToken(this.peek(COMMAND));
    const node: SimpleCommand = { type: "simple", line, assignments, words, redirects };
    return node;
  }

  #redirects(): Redirect[] {
    const list: Redirect[] = [];
    for (;;) {
      const redirect = this.#redirect(ARGUMENT);
      if (!redirect) return list;
      list.push(redirect);
    }
  }

  #redirect(expected: Expectation): Redirect | undefined {
    let token = this.peek(expected);
    let fd: number | undefined;
    let variable: string | undefined;
    if (token.kind === "number" || token.kind === "variable") {
      if (token.kind === "number") fd = Number(token.text);
      else variable = token.text;
      this.#take();
      token = this.peek(ARGUMENT);
      if (token.kind !== "operator" || !REDIRECTS.has(token.text)) throw this.lexer.unexpectedToken(token);
    }
    if (token.kind !== "operator" || !REDIRECTS.has(token.text)) return undefined;
    this.#take();
    const operator = token.text as RedirectOperator;
    const target = this.peek(ARGUMENT);
    if (target.kind === "number" || target.kind === "variable") {
      this.#take();
      return { operator, fd, variable, target: new Word(target.kind === "number" ? target.text : `{${target.text}}`), hereDocument: undefined };
    }
    if (target.kind !== "word" || !target.word) throw this.lexer.unexpectedToken(target);
    this.#take();
    if (operator === "<<" || operator === "<<-") {
      const document: HereDocument = { delimiter: unquoteDelimiter(target.word.text), quoted: target.quoted && /['"\\]/.test(target.word.text), body: new Word("", [], "heredoc") };
      this.lexer.addHereDocument(document, operator === "<<-");
      return { operator, fd, variable, target: target.word, hereDocument: document };
    }
    return { operator, fd, variable, target: target.word, hereDocument: undefined };
  }
}

function unquoteDelimiter(text: string): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\\") out += text.charAt(++i);
    else if (c === "'") {
      const end = text.indexOf("'", i + 1);
      out += text.slice(i + 1, end < 0 ? text.length : end);
      i = end < 0 ? text.length : end;
    } else if (c === '"') {
      for (i++; i < text.length && text.charAt(i) !== '"'; i++) {
        if (text.charAt(i) === "\\" && '"\\$`'.includes(text.charAt(i + 1))) i++;
        out += text.charAt(i);
      }
    } else out += c;
  }
  return out;
}

/** `a |& b` is `a 2>&1 | b`. */
function withErrorRedirect(command: Command): Command {
  const redirect: Redirect = { operator: ">&", fd: 2, variable: undefined, target: new Word("1"), hereDocument: undefined };
  if (command.type === "and-or" || command.type === "list" || command.type === "pipeline") return command;
  return { ...command, redirects: [...command.redirects, redirect] };
}
