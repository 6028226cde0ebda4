// What gawk's grammar (awkgram.y) has of its own: @include and its like, namespaces, switch, indirect calls; and its words for what is wrong.

import { Grammar, type GrammarRules } from "../kit/awk/grammar.ts";
import type { Source, Token } from "../kit/awk/lexer.ts";
import type { AwkFunction, Expression, Rule, Statement, SwitchCase, Variable } from "../kit/awk/syntax-tree.ts";
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import type { GawkProgram } from "./_ast.ts";
import { type Dialect, EXTENSION_FUNCTIONS, SPECIAL_VARIABLES, Words } from "./_dialect.ts";
import { complain, GawkSyntaxError, lexerOf } from "./_lexicon.ts";
import type { Spelling } from "./_pretty.ts";

/** `includes`: what stands behind the names of @include. Throws GawkSyntaxError. */
export function parseGawk(sources: readonly Source[], includes: ReadonlyMap<string, Source>, dialect: Dialect, warnings: string[], loaded: readonly string[], runs: boolean): GawkProgram {
  const program = new Program(includes, dialect, warnings, loaded);
  for (const source of sources) new Parser(source, program).parse();
  return program.whole(runs);
}

const RULES: GrammarRules = {
  getlineAfter: "concatenation", redirectsTo: "concatenation", chainedComparisons: false, arraysOfArrays: true, signedNumbers: true, newlinesInConditional: true, deleteInParentheses: true,
};

/** What all sources of a program add to. */
class Program {
  readonly includes: ReadonlyMap<string, Source>;
  readonly dialect: Dialect;
  readonly words: Words;
  readonly warnings: string[];
  readonly included = new Set<string>();
  readonly begin: Statement[] = [];
  readonly beginFile: Statement[] = [];
  readonly rules: Rule[] = [];
  readonly endFile: Statement[] = [];
  readonly end: Statement[] = [];
  readonly functions = new Map<string, AwkFunction>();
  readonly extensions = new Set<string>();
  readonly globals = new Set<string>();
  readonly spelling: Spelling = { parenthesised: new Set(), numbers: new Map(), comments: [] };
  readonly calls: { readonly name: string; readonly where: string; readonly count: number }[] = [];

  constructor(includes: ReadonlyMap<string, Source>, dialect: Dialect, warnings: string[], loaded: readonly string[]) {
    this.includes = includes;
    this.dialect = dialect;
    this.words = new Words(dialect);
    this.warnings = warnings;
    for (const name of loaded) this.extensions.add(name);
  }

  /** What is called is looked for when the program runs. */
  whole(runs: boolean): GawkProgram {
    const known = new Set([...this.extensions].flatMap((name) => EXTENSION_FUNCTIONS.get(name) ?? []));
    for (const { name, where, count } of runs ? this.calls : []) {
      const callee = this.functions.get(name);
      if (callee && count > callee.parameters.length) this.warnings.push(`${where}: warning: function \`${name}' called with more arguments than declared`);
      if (callee || known.has(name)) continue;
      throw new GawkSyntaxError(this.globals.has(name) ? `${where}: error: attempt to use non-function \`${name}' in function call` : `${where}: fatal: function \`${name}' not defined`);
    }
    const { begin, beginFile, rules, endFile, end, functions, extensions, globals, spelling } = this;
    return { begin, beginFile, rules, endFile, end, functions, extensions, globals, spelling };
  }
}

class Parser extends Grammar {
  readonly #program: Program;
  readonly #source: Source;
  #namespace = "awk";
  #switches = 0;

  constructor(source: Source, program: Program) {
    super(lexerOf(source, program.words, program.dialect, program.warnings), program.dialect.posix ? { ...RULES, newlinesInConditional: false } : RULES);
    this.#source = source;
    this.#program = program;
  }

  parse(): void {
    this.skipTerminators();
    while (this.token.kind !== "end") {
      this.#element();
      this.skipNewlines();
      if (!this.is(";")) continue;
      this.advance();
      this.skipNewlines();
      if (this.is(";")) throw new GawkSyntaxError(`${this.#where()}: each rule must have a pattern or an action part`);
    }
    for (const comment of this.lexer.comments) this.#program.spelling.comments.push({ ...comment, file: this.#source.name });
  }

  #element(): void {
    const program = this.#program;
    if (this.isKeyword("function")) {
      this.#function();
      return;
    }
    if (this.is("@") && !program.dialect.posix && !program.dialect.traditional) {
      this.#directive();
      return;
    }
    const blocks = this.isKeyword("BEGIN") ? program.begin : this.isKeyword("END") ? program.end : this.isKeyword("BEGINFILE") ? program.beginFile : this.isKeyword("ENDFILE") ? program.endFile : undefined;
    if (blocks) {
      this.context = this.token.text;
      this.advance();
      if (!this.is("{")) {
        if (this.token.kind === "newline" || this.token.kind === "end") throw new GawkSyntaxError(`${this.#where()}: ${this.context} blocks must have an action part`);
        this.unexpected();
      }
      blocks.push(this.block());
      return;
    }
    const rule = this.rule();
    if (!rule.action && this.token.kind !== "newline" && this.token.kind !== "end" && !this.is(";")) this.unexpected();
    program.rules.push(rule);
  }

  /** @include, @load, @namespace */
  #directive(): void {
    const program = this.#program;
    this.advance();
    const word = this.token;
    if (word.kind !== "name" || !["include", "load", "namespace"].includes(word.text)) this.unexpected();
    this.advance();
    const name = this.token;
    if (name.kind !== "string") this.unexpected();
    this.advance();
    if (word.text === "namespace") this.#namespace = name.text;
    else if (word.text === "load") {
      if (!EXTENSION_FUNCTIONS.has(name.text)) throw new GawkSyntaxError(`${this.#where(word)}: error: cannot open shared library \`${name.text}' for reading: No such file or directory`);
      program.extensions.add(name.text);
    } else {
      const source = program.includes.get(name.text);
      if (!source) throw new GawkSyntaxError(`${this.#where(word)}: error: cannot open source file \`${name.text}' for reading: No such file or directory`);
      if (program.included.has(source.name)) program.warnings.push(`${this.#where(word)}: warning: already included source file \`${name.text}'`);
      else {
        program.included.add(source.name);
        new Parser(source, program).parse();
      }
    }
  }

  // ---- what is wrong

  #where(token = this.token): string {
    return `${this.#source.name}:${token.line}`;
  }

  protected override unexpected(): never {
    const { kind, line, column } = this.token;
    if (kind === "end") complain(this.#source, "unexpected newline or end of string", this.lexer.line, this.lexer.column);
    // By then the line has been counted.
    if (kind === "newline") complain(this.#source, "unexpected newline or end of string", line, column, line + 1);
    complain(this.#source, "syntax error", line, column);
  }

  #error(message: string, token = this.token, continued = ""): never {
    throw new GawkSyntaxError(`${this.#where(token)}: error: ${message}`, continued);
  }

  protected override checkParameter(parameter: Token, { text }: Token, earlier: readonly string[]): void {
    const name = this.#qualified(text);
    if (parameter.text === text) this.#error(`function \`${name}': cannot use function name as parameter name`, parameter);
    if (SPECIAL_VARIABLES.has(parameter.text)) this.#error(`function \`${name}': cannot use special variable \`${parameter.text}' as a function parameter`, parameter);
    const twin = earlier.indexOf(parameter.text);
    if (twin >= 0) this.#error(`function \`${name}': parameter #${earlier.length + 1}, \`${parameter.text}', duplicates parameter #${twin + 1}`, parameter);
  }

  protected override checkJump(token: Token): void {
    const { text } = token;
    if (text === "return") {
      if (this.context !== "function") complain(this.#source, "`return' used outside function context", token.line, token.column);
    } else if (text === "next" || text === "nextfile") {
      if (this.context !== "rule" && this.context !== "function" && !(text === "nextfile" && this.context === "BEGINFILE")) this.#error(`\`${text}' used in ${this.context} action`, token);
    } else if (this.loops === 0 && (text === "continue" || this.#switches === 0)) {
      const line = `${this.#where(token)}: error: ${text === "break" ? "`break' is not allowed outside a loop or switch" : "`continue' is not allowed outside a loop"}`;
      // It is seen twice: by the grammar and when the loops are put together.
      throw new GawkSyntaxError(`${line}\n${line}`);
    }
  }

  protected override checkArguments({ text: name }: Token, args: readonly Expression[]): void {
    const [least, most] = this.#program.words.arity(name) ?? [0, 99];
    if (args.length < least || args.length > most) complain(this.#source, `${args.length} is invalid as number of arguments for ${name}`, this.token.line, this.token.column);
  }

  protected override checkPrintf(token: Token, args: readonly Expression[]): void {
    if (args.length === 0) throw new GawkSyntaxError(`${this.#where(token)}: fatal: printf: no arguments`);
  }

  protected override checkDivision(operator: string, left: Expression, right: Expression): void {
    if (left.kind === "number" && right.kind === "number" && right.value === 0 && operator !== "*") this.#error(`division by zero attempted${operator === "%" ? " in `%'" : ""}`);
  }

  /** Constant expressions are compiled before the program starts. */
  protected override checkRegex(token: Token): void {
    const { posix, traditional } = this.#program.dialect;
    try {
      compileRegex(token.text, { syntax: posix || traditional ? "gawk-posix" : "gawk" });
    } catch (error) {
      if (error instanceof RegexSyntaxError) this.#error(`${error.message}: /${token.text}/`, token);
      throw error;
    }
  }

  // ---- names

  /** The name with its namespace, unless it is awk's. */
  #qualified(name: string): string {
    if (name.startsWith("awk::")) return name.slice(5);
    if (name.includes("::") || this.#namespace === "awk" || SPECIAL_VARIABLES.has(name) || /^[A-Z]+$/.test(name)) return name;
    return `${this.#namespace}::${name}`;
  }

  protected override variable(token: Token): Variable {
    const { line } = token;
    const local = this.parameters?.indexOf(token.text) ?? -1;
    if (local >= 0) return { kind: "variable", name: token.text, line, local, slot: -1 };
    const name = this.#qualified(token.text);
    if (this.#program.functions.has(name)) this.#error(`function \`${name}' called with space between name and \`(',`, token, "or used as a variable or an array");
    this.#program.globals.add(name);
    return { kind: "variable", name, line, local: undefined, slot: -1 };
  }

  protected override isCall(token: Token): boolean {
    const isParameter = this.parameters?.includes(token.text) ?? false;
    if (isParameter && token.adjacent) this.#error(`attempt to use non-function \`${token.text}' in function call`, token);
    return token.adjacent;
  }

  protected override call(token: Token, args: readonly Expression[]): Expression {
    const name = this.#qualified(token.text);
    this.#program.calls.push({ name, where: this.#where(token), count: args.length });
    return { kind: "call", name, args, line: token.line };
  }

  #function(): void {
    this.advance();
    const token = this.token;
    const { functions, globals } = this.#program;
    if (token.kind === "builtin") complain(this.#source, `\`${token.text}' is a built-in function, it cannot be redefined`, token.line, token.column);
    if (token.kind !== "name") this.unexpected();
    const name = this.#qualified(token.text);
    if (functions.has(name) || globals.has(name)) this.#error(`function name \`${name}' previously defined`, token);
    this.functionRest(token, (parameters, body) => {
      const made: AwkFunction = { name, parameters, body, line: token.line };
      functions.set(name, made);
      return made;
    });
  }

  protected override noteParentheses(node: Expression): void {
    this.#program.spelling.parenthesised.add(node);
  }

  protected override noteNumber(node: Expression, text: string): void {
    this.#program.spelling.numbers.set(node, text);
  }

  // ---- what only gawk has

  protected override forPart(): Statement {
    return this.simple();
  }

  protected override ownStatement(keyword: string): Statement | undefined {
    return keyword === "switch" ? this.#switch() : undefined;
  }

  #switch(): Statement {
    const here = this.here();
    this.advance();
    const subject = this.condition();
    this.skipNewlines();
    this.expect("{");
    this.#switches++;
    this.skipNewlines();
    const cases: SwitchCase[] = [];
    while (!this.is("}")) {
      let value: Expression | undefined;
      if (this.isKeyword("case")) {
        this.advance();
        value = this.unary(false);
      } else if (this.isKeyword("default")) {
        if (cases.some((one) => one.value === undefined)) this.#error("duplicate `default' detected in switch body");
        this.advance();
      } else this.unexpected();
      this.expect(":");
      cases.push({ value, body: this.statements(() => this.is("}") || this.isKeyword("case") || this.isKeyword("default")) });
    }
    this.#switches--;
    this.advance();
    return { kind: "switch", subject, cases, ...here };
  }

  /** @/regex/ or @name(...) */
  protected override ownOperand(): Expression {
    this.advance();
    const token = this.token;
    if (token.kind === "regex") {
      this.advance();
      this.checkRegex(token);
      return { kind: "typed-regex", source: token.text };
    }
    if (token.kind !== "name" || !token.adjacent) this.unexpected();
    this.advance();
    const callee = this.variable(token);
    this.advance();
    return { kind: "indirect", callee, args: this.list(")"), line: token.line };
  }
}
