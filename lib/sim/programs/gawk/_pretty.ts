// -o and -p: the program laid out anew (profile.c), with its comments and, for a profile, how often each line ran.

import type { Comment } from "../kit/awk/lexer.ts";
import type { Expression, Item, Origin, Redirection, Rule, Statement, Variable } from "../kit/awk/syntax-tree.ts";
import { encode } from "../../kernel/sys.ts";
import type { GawkProgram } from "./_ast.ts";

/** How the program was written, where the tree does not tell. */
export interface Spelling {
  /** expressions that stood in parentheses */
  readonly parenthesised: Set<Expression>;
  /** numbers */
  readonly numbers: Map<Expression, string>;
  readonly comments: (Comment & { readonly file: string })[];
}

/** Of statements, rules and the blocks in them. */
export type Counts = Map<object, number>;

/** `created`: the time that a profile names. Without counts there is none. */
export function programText(program: GawkProgram, counts: Counts | undefined, created: string): string {
  return new Printer(program, counts).whole(created);
}

const ESCAPES = new Map([["\u0007", "\\a"], ["\b", "\\b"], ["\f", "\\f"], ["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"], ["\v", "\\v"], ['"', '\\"'], ["\\", "\\\\"]]);

function quoted(text: string): string {
  let result = "";
  for (const c of text) {
    const escape = ESCAPES.get(c);
    if (escape !== undefined) result += escape;
    else if (c >= " " && c <= "~") result += c;
    else result += Array.from(encode(c), (byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  }
  return `"${result}"`;
}

/** What a value is given to must show where it ends. */
const COMPOUND = new Set<Expression["kind"]>(["binary", "concat", "condition", "logic", "compare", "match", "assign", "in"]);
const CALCULATED = new Set<Expression["kind"]>(["binary"]);
const MEMBERSHIP = new Set<Expression["kind"]>(["in"]);
const JOINED = new Set<Expression["kind"]>(["binary", "concat", "compare", "match"]);
const SIGNED = new Set<Expression["kind"]>(["binary", "logic", "compare", "match", "in", "unary"]);
const BINARY = new Set<Expression["kind"]>(["binary", "logic", "compare", "match", "in"]);
/** The arguments that a function takes when they are left out. */
const DEFAULTS = new Map<string, readonly [count: number, text: string]>([["length", [0, "$0"]], ["sub", [2, "$0"]], ["gsub", [2, "$0"]], ["gensub", [3, "$0"]], ["split", [2, "FS"]], ["patsplit", [2, "FPAT"]]]);

class Printer {
  readonly #program: GawkProgram;
  readonly #spelling: Spelling;
  readonly #counts: Counts | undefined;
  readonly #comments: Set<Comment & { readonly file: string }>;
  #text = "";
  #depth = 0;

  constructor(program: GawkProgram, counts: Counts | undefined) {
    this.#program = program;
    this.#spelling = program.spelling;
    this.#counts = counts;
    // A profile has none.
    this.#comments = new Set(counts ? [] : program.spelling.comments);
  }

  whole(created: string): string {
    const { begin, beginFile, rules, endFile, end, functions } = this.#program;
    if (this.#counts) this.#text += `\t# gawk profile, created ${created}\n\n`;
    const actions = (name: string, blocks: readonly Statement[]): void => {
      if (blocks.length > 0) this.#heading(`${name} rule(s)`);
      for (const block of blocks) this.#item(block, block, `${name} {`, undefined);
    };
    actions("BEGIN", begin);
    actions("BEGINFILE", beginFile);
    if (rules.length > 0) this.#heading("Rule(s)");
    for (const rule of rules) this.#rule(rule);
    actions("ENDFILE", endFile);
    actions("END", end);
    const names = [...functions.keys()].sort();
    if (names.length > 0 && this.#counts) this.#text += "\n\t# Functions, listed alphabetically\n";
    for (const name of names) {
      const one = functions.get(name);
      if (!one) continue;
      this.#text += "\n";
      this.#ownComments(one.body.file, this.#endBefore(one.body), one.line);
      this.#line(`function ${name}(${one.parameters.join(", ")})`, this.#countOf(one.body));
      this.#line("{");
      this.#body(one.body);
      this.#line("}");
    }
    for (const comment of this.#comments) this.#line(comment.text);
    return this.#text;
  }

  #heading(text: string): void {
    if (this.#counts) this.#text += `\t# ${text}\n\n`;
  }

  // ---- lines and comments

  #countOf(key: object): number {
    return this.#counts?.get(key) ?? 0;
  }

  #line(text: string, count = 0): void {
    if (this.#counts) this.#text += count > 0 ? `${String(count).padStart(6)}  ` : "\t";
    this.#text += `${"\t".repeat(this.#depth)}${text}\n`;
  }

  /** Those that have a line of their own, or that nothing else took. */
  #ownComments(file: string, from: number, to: number): void {
    for (const comment of this.#comments) {
      if (comment.file !== file || comment.line < from || comment.line >= to) continue;
      this.#comments.delete(comment);
      this.#line(comment.text);
    }
  }

  /** What stands behind the statement in its line. */
  #behind(at: Origin): string {
    for (const comment of this.#comments) {
      if (comment.file !== at.file || comment.line !== at.line || comment.alone) continue;
      this.#comments.delete(comment);
      return `\t${comment.text}`;
    }
    return "";
  }

  /** As #behind, unless the body begins in the same line. */
  #behindBrace(at: Origin, body: Statement): string {
    const first = body.kind === "block" ? body.body[0] : body;
    return first?.line === at.line ? "" : this.#behind(at);
  }

  /** What stands behind the body's "}". */
  #behindEnd(body: Statement): string {
    return body.kind === "block" && body.end !== undefined ? this.#behind({ file: body.file, line: body.end }) : "";
  }

  /** Where what comes before it in the source ends. */
  #endBefore(at: Origin): number {
    const { begin, beginFile, rules, endFile, end, functions } = this.#program;
    const ends = [...begin, ...beginFile, ...endFile, ...end, ...rules.map((rule) => rule.action ?? rule), ...[...functions.values()].map((one) => one.body)]
      .filter((one) => one.file === at.file && lastLine(one) < at.line).map((one) => lastLine(one));
    return Math.max(0, ...ends);
  }

  // ---- rules

  #item(at: Origin, block: Statement, head: string, count: number | undefined): void {
    this.#ownComments(at.file, this.#endBefore(at), at.line);
    this.#line(head + this.#behindBrace(at, block), count);
    this.#body(block);
    this.#line("}");
    this.#text += "\n";
  }

  #rule(rule: Rule): void {
    const { pattern, until, action } = rule;
    const matched = this.#countOf(action ?? pattern ?? rule);
    const head = `${pattern ? `${this.#expression(pattern)}${until ? `, ${this.#expression(until)}` : ""} ` : ""}{${pattern && matched > 0 ? ` # ${matched}` : ""}`;
    if (action) {
      this.#item(rule, action, head, this.#countOf(rule));
      return;
    }
    this.#ownComments(rule.file, this.#endBefore(rule), rule.line);
    this.#line(head, this.#countOf(rule));
    this.#depth++;
    this.#line(`print${this.#behind(rule)}`, matched);
    this.#depth--;
    this.#line("}");
    this.#text += "\n";
  }

  // ---- statements

  /** `next`: what follows it, perhaps in the same line. */
  #body(statement: Statement, next?: Statement): void {
    this.#depth++;
    if (statement.kind === "block") this.#statements(statement.body, statement.line, statement.end);
    else this.#statement(statement, next?.line !== statement.line);
    if (statement.kind === "block" && statement.end !== undefined) this.#ownComments(statement.file, statement.line, statement.end);
    this.#depth--;
  }

  /** `from` and `end`: where what holds them begins and ends. */
  #statements(body: readonly Statement[], from: number, end?: number): void {
    for (const [i, one] of body.entries()) {
      this.#ownComments(one.file, from, one.line);
      this.#statement(one, one.line !== (body[i + 1]?.line ?? end));
    }
  }

  /** `last`: no other begins in its line. */
  #statement(node: Statement, last: boolean): void {
    const count = this.#countOf(node);
    const simple = (text: string): void => this.#line(text + (last ? this.#behind(node) : ""), count);
    const loop = (head: string, body: Statement, foot: string): void => {
      this.#line(`${head} {${this.#behindBrace(node, body)}`, this.#countOf(body));
      this.#body(body);
      this.#line(`}${foot}${this.#behindEnd(body)}`);
    };
    switch (node.kind) {
      case "block":
        this.#statements(node.body, node.line);
        return;
      case "expression":
        simple(this.#expression(node.expression));
        return;
      case "print":
      case "printf":
        simple(`${node.kind}${this.#arguments(node.args, node.redirection)}`);
        return;
      case "if":
        this.#if(node, count);
        return;
      case "while":
        loop(`while (${this.#expression(node.test)})`, node.body, "");
        return;
      case "do":
        loop("do", node.body, ` while (${this.#expression(node.test)})`);
        return;
      case "for": {
        const part = (one: Statement | undefined): string => (one?.kind === "expression" ? this.#expression(one.expression) : "");
        const test = node.test ? ` ${this.#expression(node.test)}` : "";
        const step = node.step ? ` ${part(node.step)}` : "";
        loop(`for (${part(node.first)};${test};${step})`, node.body, "");
        return;
      }
      case "for-in":
        loop(`for (${node.variable.name} in ${this.#expression(node.array)})`, node.body, "");
        return;
      case "switch":
        this.#line(`switch (${this.#expression(node.subject)}) {`, count);
        for (const { value, body } of node.cases) {
          this.#line(value ? `case ${this.#expression(value)}:` : "default:", this.#countOf(body));
          this.#depth++;
          this.#statements(body, node.line);
          this.#depth--;
        }
        this.#line("}");
        return;
      case "break":
      case "continue":
      case "next":
      case "nextfile":
        simple(node.kind);
        return;
      case "exit":
        simple(node.status ? `exit ${this.#ended(node.status)}` : "exit");
        return;
      case "return":
        simple(node.value ? `return ${this.#ended(node.value)}` : "return");
        return;
      case "delete":
        simple(`delete ${node.target.kind === "item" ? this.#element(node.target, " ") : node.target.name}`);
        return;
    }
  }

  #if(node: Extract<Statement, { kind: "if" }>, count: number): void {
    const head = (one: Extract<Statement, { kind: "if" }>): string => {
      const taken = this.#countOf(one.yes);
      return `if (${this.#expression(one.test)}) {${taken > 0 ? ` # ${taken}` : ""}`;
    };
    this.#line(head(node) + this.#behindBrace(node, node.yes), count);
    this.#body(node.yes, node.no);
    let rest = node.no;
    while (rest?.kind === "if") {
      this.#line(`} else ${head(rest)}`, this.#countOf(rest));
      this.#body(rest.yes, rest.no);
      rest = rest.no;
    }
    if (rest) {
      this.#line("} else {", this.#countOf(rest));
      this.#body(rest);
    }
    this.#line(`}${this.#behindEnd(rest ?? node.yes)}`);
  }

  #arguments(args: readonly Expression[], redirection: Redirection | undefined): string {
    const text = args.map((one) => this.#expression(one)).join(", ");
    if (!redirection) return text === "" ? "" : ` ${text}`;
    return `${text === "" ? "" : `(${text})`} ${redirection.kind} ${this.#operand(redirection.target, JOINED)}`;
  }

  /** Of exit and return. */
  #ended(node: Expression): string {
    const text = this.#expression(node);
    return COMPOUND.has(node.kind) && !this.#spelling.parenthesised.has(node) ? `(${text})` : text;
  }

  // ---- expressions

  #expression(node: Expression): string {
    const text = this.#bare(node);
    return this.#spelling.parenthesised.has(node) ? `(${text})` : text;
  }

  /** One of these kinds gets parentheses. */
  #operand(node: Expression, kinds: ReadonlySet<Expression["kind"]>): string {
    const text = this.#expression(node);
    return kinds.has(node.kind) && !this.#spelling.parenthesised.has(node) ? `(${text})` : text;
  }

  #list(items: readonly Expression[], between = ", "): string {
    return items.map((one) => this.#expression(one)).join(between);
  }

  #element(node: Variable | Item, between = ", "): string {
    return node.kind === "variable" ? node.name : `${this.#element(node.array)}[${this.#list(node.index, between)}]`;
  }

  #bare(node: Expression): string {
    switch (node.kind) {
      case "number":
        return this.#spelling.numbers.get(node) ?? String(node.value);
      case "string":
        return quoted(node.value);
      case "regex":
        return `/${node.source.replaceAll("/", "\\/")}/`;
      case "typed-regex":
        return `@/${node.source.replaceAll("/", "\\/")}/`;
      case "variable":
      case "item":
        return this.#element(node);
      case "field":
        return `$${this.#operand(node.index, BINARY)}`;
      case "assign":
        return `${this.#expression(node.target)} ${node.operator} ${this.#expression(node.value)}`;
      case "step": {
        const sign = node.by === 1 ? "++" : "--";
        return node.prefix ? sign + this.#expression(node.target) : this.#expression(node.target) + sign;
      }
      case "condition":
        return `${this.#expression(node.test)} ? ${this.#expression(node.yes)} : ${this.#expression(node.no)}`;
      case "compare":
        return `${this.#operand(node.left, MEMBERSHIP)} ${node.operator} ${this.#operand(node.right, MEMBERSHIP)}`;
      case "logic":
      case "binary":
        return `${this.#expression(node.left)} ${node.operator} ${this.#expression(node.right)}`;
      case "match":
        return `${this.#operand(node.text, JOINED)} ${node.negated ? "!~" : "~"} ${this.#operand(node.pattern, JOINED)}`;
      case "concat":
        return `${this.#operand(node.left, CALCULATED)} ${this.#operand(node.right, CALCULATED)}`;
      case "unary":
        if (node.operator === "!") return `! ${this.#operand(node.operand, BINARY)}`;
        return node.operator + this.#operand(node.operand, node.operator === "-" ? SIGNED : BINARY);
      case "in":
        return `${node.index.length > 1 ? `(${this.#list(node.index)})` : this.#list(node.index)} in ${this.#element(node.array)}`;
      case "builtin": {
        const [count, rest] = DEFAULTS.get(node.name) ?? [-1, ""];
        const args = this.#list(node.args);
        return `${node.name}(${node.args.length === count ? (args === "" ? rest : `${args}, ${rest}`) : args})`;
      }
      case "call":
        return `${node.name}(${this.#list(node.args)})`;
      case "indirect":
        return `@${node.callee.name}(${this.#list(node.args)})`;
      case "getline":
        return this.#getline(node);
      case "group":
        return `(${this.#list(node.items)})`;
    }
  }

  #getline({ from, source, target }: Extract<Expression, { kind: "getline" }>): string {
    const word = target ? `getline ${this.#expression(target)}` : "getline";
    if (!source) return word;
    return from === "file" ? `${word} < ${this.#expression(source)}` : `${this.#operand(source, JOINED)} ${from === "coprocess" ? "|&" : "|"} ${word}`;
  }
}

function lastLine(one: Rule | Statement): number {
  return "kind" in one && one.kind === "block" ? (one.end ?? one.line) : one.line;
}
