// The grammar of grub.cfg as far as grub-script-check judges it: tokens, and which statements they make (the GRUB manual, "Shell-like scripting").
import type { Sys } from "../../kernel/sys.ts";

type Kind = "word" | "name" | "keyword" | "sign" | "newline" | "bad" | "end";

interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly line: number;
  /** a character that GRUB's reader names by itself */
  readonly stray: boolean;
}

interface ScriptError {
  readonly line: number;
  /** the lines that GRUB leaves on standard error */
  readonly messages: readonly string[];
}

interface CheckedScript {
  readonly error: ScriptError | undefined;
  readonly hasCommands: boolean;
}

const KEYWORDS: ReadonlySet<string> = new Set(["case", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in", "select", "then", "until", "while", "time"]);
/** at the place of a command these end one, or begin what GRUB does not have */
const NO_COMMAND: ReadonlySet<string> = new Set(["case", "do", "done", "elif", "else", "esac", "fi", "in", "select", "then"]);
const SIGNS = ["||", "&&", ";;", "[[", "]]", "|", "&", ";", "<", ">", "{", "}"];

/** A variable behind its $; the empty text where none follows. */
function variableAt(text: string, at: number): string {
  return /^\$(?:[A-Za-z_]\w*|\d+|[?*#@]|\{(?:[A-Za-z_]\w*|\d+|[?*#@])\})/.exec(text.slice(at, at + 300))?.[0] ?? "";
}

function* tokensOf(text: string): Generator<Token, Token> {
  let line = 1;
  let at = 0;
  const end = (): Token => ({ kind: "end", text: "", line: Math.max(1, text.endsWith("\n") ? line - 1 : line), stray: false });
  while (at < text.length) {
    const letter = text.charAt(at);
    if (letter === " " || letter === "\t" || letter === "\r") at++;
    else if (letter === "\\" && text.charAt(at + 1) === "\n") {
      at += 2;
      line++;
    } else if (letter === "#") {
      while (at < text.length && text.charAt(at) !== "\n") at++;
    } else if (letter === "\n") {
      yield { kind: "newline", text: letter, line, stray: false };
      at++;
      line++;
    } else {
      const sign = SIGNS.find((one) => text.startsWith(one, at));
      if (sign !== undefined && !((sign === "[[" || sign === "]]") && /[^\s;|&<>{}]/.test(text.charAt(at + 2)))) {
        yield { kind: "sign", text: sign, line, stray: false };
        at += sign.length;
        continue;
      }
      const begin = at;
      const beginLine = line;
      let quote = "";
      let isPlain = true;
      let bad: Token | undefined;
      while (at < text.length && bad === undefined) {
        const now = text.charAt(at);
        if (quote === "" && /[\s;|&<>{}]/.test(now)) break;
        if (now === "\n") line++;
        if (now === "\\" && quote !== "'") {
          if (text.charAt(at + 1) === "\n") line++;
          at += 2;
          isPlain = false;
        } else if (quote !== "" && now === quote) {
          quote = "";
          at++;
        } else if (quote === "" && (now === "'" || now === '"')) {
          quote = now;
          isPlain = false;
          at++;
        } else if (now === "$" && quote !== "'") {
          const variable = variableAt(text, at);
          if (variable === "") bad = { kind: "bad", text: now, line, stray: quote === "" };
          isPlain = false;
          at += variable.length;
        } else at++;
      }
      if (bad !== undefined) {
        yield bad;
        return end();
      }
      if (quote !== "") return { ...end(), text: quote };
      const word = text.slice(begin, at);
      yield { kind: !isPlain ? "word" : KEYWORDS.has(word) ? "keyword" : /^[A-Za-z_]\w*$/.test(word) ? "name" : "word", text: word, line: beginLine, stray: false };
    }
  }
  return end();
}

class Wrong extends Error {
  readonly token: Token;
  constructor(token: Token) {
    super();
    this.token = token;
  }
}

class Parser {
  readonly #tokens: Generator<Token, Token>;
  readonly #sys: Sys;
  #next: Token;
  #depth = 0;
  hasCommands = false;

  constructor(sys: Sys, text: string) {
    this.#sys = sys;
    this.#tokens = tokensOf(text);
    this.#next = this.#tokens.next().value;
  }

  #take(): Token {
    const token = this.#next;
    if (token.kind !== "end") this.#next = this.#tokens.next().value;
    return token;
  }

  #isWord(): boolean {
    return this.#next.kind === "word" || this.#next.kind === "name" || this.#next.kind === "keyword";
  }

  #is(text: string): boolean {
    return this.#next.text === text && (this.#next.kind === "sign" || this.#next.kind === "keyword");
  }

  #need(text: string): void {
    if (!this.#is(text)) throw new Wrong(this.#next);
    this.#take();
  }

  #newlines(): void {
    while (this.#next.kind === "newline") this.#take();
  }

  /** One delimiter or more; false: none. */
  #delimiters(): boolean {
    if (this.#next.kind !== "newline" && !this.#is(";")) return false;
    this.#take();
    this.#newlines();
    return true;
  }

  *script() {
    this.#newlines();
    while (this.#next.kind !== "end") {
      if (this.#is("function")) yield* this.#function();
      else {
        yield* this.#command();
        this.hasCommands = true;
      }
      const end: Token = this.#next;
      // a quote that was not closed ends with its letter
      if (end.kind !== "newline" && (end.kind !== "end" || end.text !== "") && !this.#is(";")) throw new Wrong(end);
      this.#take();
      this.#newlines();
    }
  }

  *#function(): Generator<void, void> {
    this.#take();
    if (this.#next.kind !== "name") throw new Wrong(this.#next);
    this.#take();
    this.#newlines();
    this.#need("{");
    yield* this.#commands("}");
    this.#need("}");
  }

  /** Commands, until one of the words stands at the place of the next; where a word of GRUB's ends them a delimiter comes before it. */
  *#commands(...ends: readonly string[]): Generator<void, void> {
    this.#newlines();
    yield* this.#command();
    for (;;) {
      const isDelimited = this.#delimiters();
      if (ends.some((end) => this.#is(end)) && (isDelimited || ends[0] === "}")) return;
      if (!isDelimited) throw new Wrong(this.#next);
      yield* this.#command();
    }
  }

  *#command(): Generator<void, void> {
    if (++this.#depth > 200) throw new Wrong(this.#next);
    yield;
    const first = this.#next;
    if (this.#is("if")) {
      this.#take();
      yield* this.#commands("then");
      this.#take();
      yield* this.#commands("elif", "else", "fi");
      while (this.#is("elif")) {
        this.#take();
        yield* this.#commands("then");
        this.#take();
        yield* this.#commands("elif", "else", "fi");
      }
      if (this.#is("else")) {
        this.#take();
        yield* this.#commands("fi");
      }
      this.#need("fi");
    } else if (this.#is("while") || this.#is("until")) {
      this.#take();
      yield* this.#commands("do");
      this.#take();
      yield* this.#commands("done");
      this.#take();
    } else if (this.#is("for")) {
      this.#take();
      if (this.#next.kind !== "name") throw new Wrong(this.#next);
      this.#take();
      this.#need("in");
      while (this.#isWord()) this.#take();
      if (!this.#delimiters()) throw new Wrong(this.#next);
      this.#need("do");
      yield* this.#commands("done");
      this.#take();
    } else if (first.kind === "word" || first.kind === "name" || (first.kind === "keyword" && first.text === "time")) {
      this.#take();
      while (this.#isWord()) this.#take();
      if (this.#is("{")) {
        this.#take();
        yield* this.#commands("}");
        this.#need("}");
      }
    } else throw new Wrong(first);
    this.#depth--;
  }

  check(): Generator<void, void> {
    return this.script();
  }

  /** Charged for what was read. */
  *run() {
    for (const _ of this.check()) if (this.#sys.charge(4)) yield* this.#sys.preempt();
  }
}

/** Whether GRUB would take it. */
export function* checkScript(sys: Sys, text: string) {
  if (sys.charge(text.length >> 2)) yield* sys.preempt();
  const parser = new Parser(sys, text);
  try {
    yield* parser.run();
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const { token } = error;
    // a wrong word begins another command for GRUB, which it does not like either
    const beginsCommand = token.kind === "word" || token.kind === "name" || (token.kind === "keyword" && !NO_COMMAND.has(token.text));
    const round = ["syntax error", "Incorrect command"];
    return { hasCommands: true, error: { line: token.line, messages: [...(token.kind === "end" ? ["out of memory"] : token.stray ? [token.text] : []), ...round, ...(beginsCommand ? round : []), "syntax error"] } } satisfies CheckedScript;
  }
  return { hasCommands: parser.hasCommands, error: undefined } satisfies CheckedScript;
}

export function errorText({ line, messages }: ScriptError): string {
  return `${messages.map((one) => `error: ${one}.\n`).join("")}Syntax error at line ${line}\n`;
}
