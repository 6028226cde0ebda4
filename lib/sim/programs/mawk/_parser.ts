// What mawk's grammar (parse.y) has of its own: numbered variables, and its words for what is wrong.

import { Grammar, type GrammarRules } from "../kit/awk/grammar.ts";
import { Lexer, type Token } from "../kit/awk/lexer.ts";
import type { Expression, Rule, Statement, Variable } from "../kit/awk/syntax-tree.ts";
import type { AwkProgram, MawkFunction } from "./_ast.ts";
import { AwkSyntaxError, BUILTINS, lexicon } from "./_lexicon.ts";
import { resolve } from "./_resolve.ts";

export function parseAwk(text: string): AwkProgram {
  return new Parser(text).program();
}

const RULES: GrammarRules = {
  getlineAfter: "operand", redirectsTo: "expression", chainedComparisons: true, arraysOfArrays: false, signedNumbers: false, newlinesInConditional: false, deleteInParentheses: false,
};

const PREDEFINED = ["ARGC", "ARGV", "ENVIRON", "FILENAME", "FNR", "FS", "NF", "NR", "OFMT", "CONVFMT", "OFS", "ORS", "RLENGTH", "RS", "RSTART", "SUBSEP"];

class Parser extends Grammar {
  readonly #functions = new Map<string, MawkFunction>();
  readonly #globals = new Map<string, number>(PREDEFINED.map((name, slot) => [name, slot]));
  /** that are open */
  #parentheses = 0;

  constructor(text: string) {
    super(new Lexer({ name: "", text }, lexicon), RULES);
  }

  program(): AwkProgram {
    const begin: Statement[] = [];
    const end: Statement[] = [];
    const rules: Rule[] = [];
    this.skipNewlines();
    while (this.token.kind !== "end") {
      if (this.isKeyword("function")) this.#function();
      else if (this.isKeyword("BEGIN") || this.isKeyword("END")) {
        this.context = this.token.text;
        this.advance();
        if (!this.is("{")) this.unexpected();
        (this.context === "BEGIN" ? begin : end).push(this.block());
      } else rules.push(this.rule());
      if (this.is("}")) {
        const { line } = this.token;
        this.advance();
        throw new AwkSyntaxError(`line ${line}: extra '}'\n\u0000line ${line}: syntax error at or near ${this.#near()}`);
      }
      if (this.is(";")) this.advance();
      this.skipNewlines();
    }
    return resolve({ begin, rules, end, functions: this.#functions, globals: this.#globals });
  }

  #function(): void {
    this.advance();
    const name = this.token;
    if (name.kind !== "name") this.unexpected();
    if (this.#functions.has(name.text)) this.#error(`redefinition of ${name.text}`);
    this.functionRest(name, (parameters, body) => {
      const made: MawkFunction = { name: name.text, parameters, body, arrays: new Set(), blocks: false, line: name.line };
      this.#functions.set(name.text, made);
      return made;
    });
  }

  // ---- what is wrong

  #near(): string {
    const { kind, text } = this.token;
    if (kind === "end" || kind === "newline") return "end of line";
    return kind === "regex" ? `/${text}/` : text;
  }

  protected override advance(): Token {
    const token = super.advance();
    if (token.kind === "operator") this.#parentheses += token.text === "(" ? 1 : token.text === ")" ? -1 : 0;
    return token;
  }

  protected override unexpected(): never {
    const { kind, text } = this.token;
    if (this.#parentheses > 0 && (kind === "end" || kind === "newline" || (kind === "operator" && (text === ";" || text === "}")))) this.#error(`missing ) near ${this.#near()}`);
    if (this.token.kind === "end" && this.depth > 0) throw new AwkSyntaxError(`line ${this.lexer.line + 1}: missing } near end of file`);
    this.#error(`syntax error at or near ${this.#near()}`);
  }

  #error(message: string, line = this.token.line): never {
    throw new AwkSyntaxError(`line ${line}: ${message}`);
  }

  protected override checkParameter(parameter: Token, name: Token, earlier: readonly string[]): void {
    if (parameter.text === name.text) this.unexpected();
    if (earlier.includes(parameter.text)) this.#error(`${parameter.text} is duplicated in argument list`);
  }

  protected override checkJump({ text, line }: Token): void {
    if (text === "return") {
      if (this.context !== "function") this.#error("return outside function body", line);
    } else if (text === "next" || text === "nextfile") {
      if (this.context !== "rule") this.#error(`improper use of ${text}`, line);
    } else if (this.loops === 0) this.#error(`${text} statement outside of loop`, line);
  }

  protected override checkArguments({ text: name, line }: Token, args: readonly Expression[]): void {
    const [least, most] = BUILTINS.get(name) ?? [0, 99];
    if (args.length >= least && args.length <= most) return;
    if (name === "sub" || name === "gsub") this.unexpected();
    this.#error(`wrong number of arguments in call to ${name}`, line);
  }

  protected override checkPrintf({ line }: Token, args: readonly Expression[]): void {
    if (args.length === 0) this.#error("no arguments in call to printf", line);
  }

  // ---- names

  protected override isCall({ text, adjacent }: Token): boolean {
    const known = this.#functions.has(text);
    return (adjacent || known) && !this.parameters?.includes(text) && (known || !this.#globals.has(text));
  }

  protected override call({ text: name, line }: Token, args: readonly Expression[]): Expression {
    return { kind: "call", name, args, line };
  }

  protected override variable(token: Token): Variable {
    const local = this.parameters?.indexOf(token.text) ?? -1;
    let slot = -1;
    if (local < 0) {
      if (this.#functions.has(token.text)) this.#error(`syntax error at or near ${this.#near()}`, token.line);
      slot = this.#globals.get(token.text) ?? this.#globals.size;
      this.#globals.set(token.text, slot);
    }
    return { kind: "variable", name: token.text, line: token.line, local: local < 0 ? undefined : local, slot };
  }
}
