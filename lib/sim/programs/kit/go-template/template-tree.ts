// text/template: from text to tree. Sources of grammar and error texts: Go's documentation of text/template, docker's transcripts.

export class TemplateError extends Error {}

export type Operand =
  | { readonly kind: "dot" }
  | { readonly kind: "nil" }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "field"; readonly names: readonly string[]; readonly at: number }
  | { readonly kind: "variable"; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "chain"; readonly of: Pipeline; readonly names: readonly string[] };

export interface Pipeline {
  readonly declare: readonly string[];
  readonly assign: boolean;
  /** each command: operands, the first may be a function */
  readonly commands: readonly (readonly Operand[])[];
  readonly text: string;
  readonly at: number;
}

export type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "action"; readonly pipeline: Pipeline }
  | { readonly kind: "if" | "range" | "with"; readonly pipeline: Pipeline; readonly body: readonly Node[]; readonly otherwise: readonly Node[] }
  | { readonly kind: "template"; readonly name: string; readonly pipeline: Pipeline | undefined }
  | { readonly kind: "break" | "continue" };

export interface Template {
  readonly name: string;
  readonly body: readonly Node[];
  readonly definitions: ReadonlyMap<string, readonly Node[]>;
}

type Token = { readonly type: "word" | "field" | "variable" | "string" | "char" | "number" | "mark"; readonly text: string; readonly at: number; readonly spaceBefore: boolean };

const tokenPattern = /\s+|\.[A-Za-z_][A-Za-z0-9_]*|\.(?![A-Za-z_])|\$[A-Za-z_0-9]*|[A-Za-z_][A-Za-z0-9_]*|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'|[+-]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|:=|[|(),=]/y;

class Parser {
  readonly #name: string;
  readonly #source: string;
  readonly #functions: ReadonlySet<string>;
  readonly definitions = new Map<string, readonly Node[]>();
  #at = 0;

  constructor(name: string, source: string, functions: ReadonlySet<string>) {
    this.#name = name;
    this.#source = source;
    this.#functions = functions;
  }

  fail(message: string, at = this.#at): never {
    const line = this.#source.slice(0, at).split("\n").length;
    throw new TemplateError(`template: ${this.#name}:${line}: ${message}`);
  }

  /** Nodes up to `{{end}}` or `{{else}}` (told by the second value) or the end of the text. */
  nodes(nested: boolean): readonly [Node[], { readonly word: "end" | "else"; readonly rest: readonly Token[] } | undefined] {
    const nodes: Node[] = [];
    for (;;) {
      const open = this.#source.indexOf("{{", this.#at);
      if (open < 0) {
        if (this.#at < this.#source.length) nodes.push({ kind: "text", text: this.#source.slice(this.#at) });
        this.#at = this.#source.length;
        if (nested) this.fail("unexpected EOF");
        return [nodes, undefined];
      }
      let text = this.#source.slice(this.#at, open);
      let start = open + 2;
      if (/^- /.test(this.#source.slice(start, start + 2))) {
        text = text.trimEnd();
        start += 2;
      }
      if (text !== "") nodes.push({ kind: "text", text });
      if (this.#source.startsWith("/*", start)) {
        const close = this.#source.indexOf("*/", start);
        const end = /^( -)?\}\}/.exec(this.#source.slice(close + 2));
        if (close < 0 || !end) this.fail("unclosed comment", open);
        this.#at = close + 2 + end[0].length;
        if (end[1] !== undefined) this.#skipSpace();
        continue;
      }
      const tokens = this.#tokens(start, open);
      const first = tokens[0];
      if (!first) this.fail("missing value for command", open);
      if (first.type === "word") {
        switch (first.text) {
          case "end":
            if (!nested) this.fail("unexpected {{end}}", open);
            return [nodes, { word: "end", rest: [] }];
          case "else":
            if (!nested) this.fail("unexpected {{else}}", open);
            return [nodes, { word: "else", rest: tokens.slice(1) }];
          case "if":
          case "range":
          case "with":
            nodes.push(this.#control(first.text, tokens.slice(1)));
            continue;
          case "define":
          case "block": {
            const name = tokens[1];
            if (name?.type !== "string") this.fail(`unexpected ${name ? `"${name.text}"` : "}}"} in ${first.text} clause`, open);
            const [body] = this.nodes(true);
            this.definitions.set(unquote(name.text), body);
            if (first.text === "block") nodes.push({ kind: "template", name: unquote(name.text), pipeline: this.#pipeline(tokens.slice(2)) });
            continue;
          }
          case "template": {
            const name = tokens[1];
            if (name?.type !== "string") this.fail("unexpected in template clause", open);
            nodes.push({ kind: "template", name: unquote(name.text), pipeline: tokens.length > 2 ? this.#pipeline(tokens.slice(2)) : undefined });
            continue;
          }
          case "break":
          case "continue":
            nodes.push({ kind: first.text });
            continue;
          default:
            break;
        }
      }
      nodes.push({ kind: "action", pipeline: this.#pipeline(tokens) });
    }
  }

  #skipSpace(): void {
    while (/\s/.test(this.#source.charAt(this.#at))) this.#at++;
  }

  #control(kind: "if" | "range" | "with", tokens: readonly Token[]): Node {
    if (tokens.length === 0) this.fail(`missing value for ${kind}`);
    const pipeline = this.#pipeline(tokens);
    const [body, end] = this.nodes(true);
    let otherwise: readonly Node[] = [];
    if (end?.word === "else") {
      const next = end.rest[0];
      if (next?.type === "word" && (next.text === "if" || next.text === "with")) otherwise = [this.#control(next.text, end.rest.slice(1))];
      else [otherwise] = this.nodes(true);
    }
    return { kind, pipeline, body, otherwise };
  }

  #tokens(start: number, open: number): Token[] {
    const tokens: Token[] = [];
    let spaceBefore = true;
    this.#at = start;
    for (;;) {
      const trimmed = /^\s+-\}\}/.exec(this.#source.slice(this.#at, this.#at + 40));
      if (trimmed) {
        this.#at += trimmed[0].length;
        this.#skipSpace();
        return tokens;
      }
      if (this.#source.startsWith("}}", this.#at)) {
        this.#at += 2;
        return tokens;
      }
      if (this.#at >= this.#source.length) this.fail("unclosed action", open);
      tokenPattern.lastIndex = this.#at;
      const match = tokenPattern.exec(this.#source);
      if (!match) {
        const character = this.#source.charAt(this.#at);
        if (character === '"') this.fail("unterminated quoted string");
        if (character === "`") this.fail("unterminated raw quoted string");
        this.fail(`unexpected ${character === "{" ? '"{"' : `unrecognized character in action: U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")} '${character}'`}${character === "{" ? " in command" : ""}`);
      }
      const text = match[0];
      const at = this.#at;
      this.#at += text.length;
      if (/^\s/.test(text)) {
        spaceBefore = true;
        continue;
      }
      const type = text.startsWith('"') || text.startsWith("`") ? "string" : text.startsWith("'") ? "char" : text.startsWith("$") ? "variable" : text.startsWith(".") ? "field" : /^[A-Za-z_]/.test(text) ? "word" : /^[+-]?\d/.test(text) ? "number" : "mark";
      tokens.push({ type, text, at, spaceBefore });
      spaceBefore = false;
    }
  }

  #pipeline(tokens: readonly Token[]): Pipeline {
    let rest = tokens;
    let declare: string[] = [];
    let assign = false;
    const mark = tokens.findIndex((token) => token.text === ":=" || token.text === "=");
    if (mark > 0 && tokens.slice(0, mark).every((token) => token.type === "variable" || token.text === ",")) {
      declare = tokens.slice(0, mark).filter((token) => token.type === "variable").map((token) => token.text);
      assign = tokens[mark]?.text === "=";
      rest = tokens.slice(mark + 1);
    }
    const first = rest[0];
    const last = rest.at(-1);
    if (!first || !last) this.fail("missing value for command");
    const commands: Operand[][] = [[]];
    let index = 0;
    const operand = (): Operand => {
      const token = rest[index++];
      if (!token) this.fail("missing value for command");
      const names: string[] = [];
      const chainNames = () => {
        for (let next = rest[index]; next && next.type === "field" && next.text !== "." && !next.spaceBefore; next = rest[index]) {
          names.push(next.text.slice(1));
          index++;
        }
      };
      switch (token.type) {
        case "field":
          if (token.text === ".") return { kind: "dot" };
          names.push(token.text.slice(1));
          chainNames();
          return { kind: "field", names, at: token.at };
        case "variable":
          chainNames();
          return { kind: "variable", name: token.text, names };
        case "string":
          return { kind: "literal", value: unquote(token.text) };
        case "char":
          return { kind: "literal", value: unquote(`"${token.text.slice(1, -1)}"`).codePointAt(0) ?? 0 };
        case "number":
          return { kind: "literal", value: Number(token.text) };
        case "word":
          if (token.text === "true" || token.text === "false") return { kind: "literal", value: token.text === "true" };
          if (token.text === "nil") return { kind: "nil" };
          if (!this.#functions.has(token.text)) this.fail(`function "${token.text}" not defined`, token.at);
          return { kind: "function", name: token.text };
        case "mark": {
          if (token.text !== "(") this.fail(`unexpected "${token.text}" in operand`, token.at);
          const from = index;
          let depth = 1;
          while (depth > 0) {
            const next = rest[index++];
            if (!next) this.fail("unclosed left paren", token.at);
            if (next.text === "(" && next.type === "mark") depth++;
            if (next.text === ")" && next.type === "mark") depth--;
          }
          const of = this.#pipeline(rest.slice(from, index - 1));
          chainNames();
          return { kind: "chain", of, names };
        }
      }
    };
    while (index < rest.length) {
      const token = rest[index];
      if (token?.text === "|" && token.type === "mark") {
        if (commands.at(-1)?.length === 0) this.fail("missing value for command");
        commands.push([]);
        index++;
      } else commands.at(-1)?.push(operand());
    }
    if (commands.at(-1)?.length === 0) this.fail("missing value for command");
    return { declare, assign, commands, text: this.#source.slice(first.at, last.at + last.text.length), at: first.at };
  }
}

function unquote(text: string): string {
  if (text.startsWith("`")) return text.slice(1, -1);
  return text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-7]{3}|.)/gs, (_whole, code: string) => {
    if (/^[xu]/.test(code) && code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    return new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["a", "\x07"], ["b", "\b"], ["f", "\f"], ["v", "\v"]]).get(code) ?? code;
  });
}

/** Errors: TemplateError, "template: NAME:LINE: …". */
export function parseTemplate(name: string, source: string, functions: ReadonlySet<string>): Template {
  const parser = new Parser(name, source, functions);
  const [body] = parser.nodes(false);
  return { name, body, definitions: parser.definitions };
}
