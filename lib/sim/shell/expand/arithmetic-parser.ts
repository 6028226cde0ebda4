// The grammar of shell arithmetic: text becomes a tree once, and is kept. Error texts follow expr.c. (More than 400 lines: one grammar.)

export type Int = number | bigint;

export class ArithmeticError extends Error {
  /** The expression and what is wrong with it, apart. */
  readonly expression: string;
  readonly problem: string;
  readonly token: string;
  constructor(expression: string, problem: string, token: string) {
    super(`${expression.replace(/^[ \t\n]+/, "")}: ${problem} (error token is "${token}")`);
    this.name = "ArithmeticError";
    this.expression = expression;
    this.problem = problem;
    this.token = token;
  }
}

export type Target = { readonly type: "variable"; readonly name: string } | { readonly type: "element"; readonly name: string; readonly subscript: string };

export type Node =
  | { readonly type: "number"; readonly value: Int }
  | Target
  | { readonly type: "unary"; readonly operator: string; readonly operand: Node }
  | { readonly type: "step"; readonly by: 1 | -1; readonly prefix: boolean; readonly target: Target }
  | { readonly type: "binary"; readonly operator: string; readonly left: Node; readonly right: Node; readonly rest: string }
  | { readonly type: "and" | "or"; readonly left: Node; readonly right: Node }
  | { readonly type: "conditional"; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly type: "assign"; readonly operator: string; readonly target: Target; readonly value: Node; readonly rest: string }
  | { readonly type: "comma"; readonly left: Node; readonly right: Node }
  /** expr.c works while it reads: `before` is what it has done when it meets the mistake */
  | { readonly type: "problem"; readonly error: ArithmeticError; readonly before: Node }
  | { readonly type: "empty" };

/** expr.c has no limit but the machine's stack: ours. */
const MAX_DEPTH = 2048;

interface Expression {
  readonly powers: boolean;
  readonly text: string;
  readonly node: Node;
}

export function normalise(value: bigint): Int {
  const wrapped = BigInt.asIntN(64, value);
  const small = Number(wrapped);
  return Number.isSafeInteger(small) ? small : wrapped;
}

const OPERATORS = ["<<=", ">>=", "**", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "++", "--", "*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=", "+", "-", "*", "/", "%", "<", ">", "&", "|", "^", "!", "~", "?", ":", "=", ",", "(", ")"];
const ASSIGNMENTS: ReadonlySet<string> = new Set(["=", "*=", "/=", "%=", "+=", "-=", "<<=", ">>=", "&=", "^=", "|="]);
/** Binary levels from loosest to tightest; `**`, which leans right, comes after them. */
const LEVELS: readonly (readonly string[])[] = [["|"], ["^"], ["&"], ["==", "!="], ["<=", ">=", "<", ">"], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]];
const LEVEL_OF: ReadonlyMap<string, number> = new Map(LEVELS.flatMap((operators, level) => operators.map((operator) => [operator, level] as const)));

const EMPTY: Node = { type: "empty" };

/** A mistake, and what is evaluated before it is told. */
class Stopped extends Error {
  readonly error: ArithmeticError;
  before: Node;

  constructor(error: ArithmeticError, before: Node) {
    super(error.message);
    this.error = error;
    this.before = before;
  }
}

class ExpressionParser {
  readonly #text: string;
  #at = 0;
  /** Where the last token began: the "error token". */
  #last = 0;
  #token = "";
  #kind: "operator" | "number" | "name" | "end" = "end";
  #subscript: string | undefined;
  #number: Int = 0;
  #depth = 0;
  /** `**` was met: an exponent below 0 is told even where nothing is evaluated. */
  powers = false;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Node {
    this.#next();
    if (this.#atEnd()) return EMPTY;
    const node = this.#comma();
    if (!this.#atEnd()) this.#fail("syntax error in expression", this.#last, node);
    return node;
  }

  #fail(message: string, at = this.#last, before = EMPTY): never {
    throw new Stopped(new ArithmeticError(this.#text, message, this.#text.slice(at)), before);
  }

  /** What `read` gives; when it meets a mistake, `join` says what is evaluated before that one is told. */
  #behind(join: (before: Node) => Node, read: () => Node): Node {
    try {
      return read();
    } catch (error) {
      if (error instanceof Stopped) error.before = join(error.before);
      throw error;
    }
  }

  /** `node`, when the next token can be read. */
  #complete(node: Node): Node {
    return this.#behind(() => node, () => {
      this.#next();
      return node;
    });
  }

  #next(): void {
    const text = this.#text;
    while (this.#at < text.length && /\s/.test(text.charAt(this.#at))) this.#at++;
    const start = this.#at;
    this.#subscript = undefined;
    if (start >= text.length) {
      this.#kind = "end";
      this.#token = "";
      // expr.c leaves lasttp on the token before when nothing follows it
      return;
    }
    this.#last = start;
    const c = text.charAt(start);
    if (/[A-Za-z_]/.test(c)) {
      let end = start + 1;
      while (end < text.length && /[A-Za-z0-9_]/.test(text.charAt(end))) end++;
      this.#token = text.slice(start, end);
      this.#kind = "name";
      if (text.charAt(end) === "[") {
        const close = bracketEnd(text, end);
        if (close < 0) this.#fail("bad array subscript", start);
        this.#subscript = text.slice(end + 1, close - 1);
        end = close;
      }
      this.#at = end;
      return;
    }
    if (/[0-9]/.test(c)) {
      let end = start + 1;
      while (end < text.length && /[A-Za-z0-9_@#]/.test(text.charAt(end))) end++;
      this.#token = text.slice(start, end);
      this.#kind = "number";
      this.#at = end;
      const value = parseNumber(this.#token);
      // expr.c cuts the text at the end of the number
      if (typeof value === "string") throw new Stopped(new ArithmeticError(text.slice(0, end), value, this.#token), EMPTY);
      else this.#number = value;
      return;
    }
    let operator = OPERATORS.find((candidate) => text.startsWith(candidate, start));
    // `5--1`: two signs, unless a variable comes before or behind them (expr.c: readtok)
    if ((operator === "++" || operator === "--") && this.#kind !== "name" && !/^\s*[A-Za-z_]/.test(text.slice(start + 2))) operator = operator.charAt(0);
    const afterOperand = this.#kind === "number" || this.#kind === "name" || (this.#kind === "operator" && this.#token === ")");
    if (operator === undefined) this.#fail(afterOperand ? "syntax error: invalid arithmetic operator" : "syntax error: operand expected", start);
    this.#token = operator ?? "";
    this.#kind = "operator";
    this.#at = start + (operator ?? "").length;
  }

  #atEnd(): boolean {
    return this.#kind === "end";
  }

  #is(operator: string): boolean {
    return this.#kind === "operator" && this.#token === operator;
  }

  /** `given`: the first operand, when it was read already (a parenthesis that closed). */
  #comma(given?: Node): Node {
    let left = this.#assignment(given);
    while (this.#is(",")) {
      const first = left;
      left = { type: "comma", left, right: this.#behind((before) => ({ type: "comma", left: first, right: before }), () => this.#following(() => this.#assignment())) };
    }
    return left;
  }

  #following(read: () => Node): Node {
    this.#next();
    return read();
  }

  #assignment(given?: Node): Node {
    if (++this.#depth > MAX_DEPTH) this.#fail("expression recursion level exceeded");
    const left = this.#conditional(given);
    if (this.#kind === "operator" && ASSIGNMENTS.has(this.#token)) {
      if (left.type !== "variable" && left.type !== "element") this.#fail("attempted assignment to non-variable", this.#last, left);
      const operator = this.#token;
      this.#next();
      const value = this.#assignment();
      const rest = this.#text.slice(this.#last);
      this.#depth--;
      if (left.type !== "variable" && left.type !== "element") return left;
      return { type: "assign", operator, target: left, value, rest };
    }
    this.#depth--;
    return left;
  }

  #conditional(given?: Node): Node {
    const test = this.#or(given);
    if (!this.#is("?")) return test;
    const yes = this.#behind((before) => ({ type: "conditional", test, yes: before, no: EMPTY }), () => {
      this.#next();
      if (this.#atEnd() || this.#is(":")) this.#fail("expression expected");
      const node = this.#comma();
      if (!this.#is(":")) this.#fail("`:' expected for conditional expression", this.#last, node);
      return node;
    });
    const no = this.#behind((before) => ({ type: "conditional", test, yes, no: before }), () => {
      this.#next();
      if (this.#atEnd()) this.#fail("expression expected");
      return this.#conditional();
    });
    return { type: "conditional", test, yes, no };
  }

  #or(given?: Node): Node {
    let left = this.#and(given);
    while (this.#is("||")) {
      const first = left;
      left = { type: "or", left, right: this.#behind((before) => ({ type: "or", left: first, right: before }), () => this.#following(() => this.#and())) };
    }
    return left;
  }

  #and(given?: Node): Node {
    let left = this.#binary(0, given);
    while (this.#is("&&")) {
      const first = left;
      left = { type: "and", left, right: this.#behind((before) => ({ type: "and", left: first, right: before }), () => this.#following(() => this.#binary(0))) };
    }
    return left;
  }

  /** Operators of `loosest` and the tighter levels; few frames for each, since expressions nest deeply. */
  #binary(loosest: number, given?: Node): Node {
    let left = this.#power(given);
    for (;;) {
      const level = this.#kind === "operator" ? LEVEL_OF.get(this.#token) : undefined;
      if (level === undefined || level < loosest) return left;
      const operator = this.#token;
      const first = left;
      let rest = "";
      const right = this.#behind((before) => ({ type: "comma", left: first, right: before }), () => {
        this.#next();
        if (!this.#atEnd()) rest = this.#text.slice(this.#last);
        return this.#binary(level + 1);
      });
      left = { type: "binary", operator, left, right, rest };
    }
  }

  #power(given?: Node): Node {
    const left = given ?? this.#unary();
    if (!this.#is("**")) return left;
    // leans right: the operands are read in a row
    const operands = [left];
    while (this.#is("**")) {
      const before = operands.reduceRight<Node>((right, operand) => ({ type: "comma", left: operand, right }), EMPTY);
      operands.push(this.#behind((later) => ({ type: "comma", left: before, right: later }), () => this.#following(() => this.#unary())));
    }
    const rest = this.#text.slice(this.#last);
    let node = operands.pop() ?? EMPTY;
    for (let operand = operands.pop(); operand !== undefined; operand = operands.pop()) node = { type: "binary", operator: "**", left: operand, right: node, rest };
    this.powers = true;
    return node;
  }

  #unary(): Node {
    if (this.#kind === "operator") {
      const operator = this.#token;
      if (operator === "!" || operator === "~" || operator === "-" || operator === "+") {
        const signs = [operator];
        this.#next();
        while (this.#is("!") || this.#is("~") || this.#is("-") || this.#is("+")) {
          signs.push(this.#token);
          this.#next();
        }
        if (signs.length > MAX_DEPTH) this.#fail("expression recursion level exceeded");
        let operand = this.#unary();
        for (let sign = signs.pop(); sign !== undefined; sign = signs.pop()) operand = { type: "unary", operator: sign, operand };
        return operand;
      }
      if (operator === "++" || operator === "--") {
        const at = this.#at;
        const start = this.#last;
        this.#next();
        const kind: string = this.#kind;
        if (kind === "name") {
          const step = this.#complete({ type: "step", by: operator === "++" ? 1 : -1, prefix: true, target: this.#target() });
          if (this.#is("++") || this.#is("--")) this.#fail(`${this.#token}: assignment requires lvalue`);
          return step;
        }
        // `--5` is two minus signs.
        if (kind === "number" || kind === "operator") {
          this.#at = at;
          this.#last = start;
          this.#next();
          const sign = operator.charAt(0);
          return { type: "unary", operator: sign, operand: { type: "unary", operator: sign, operand: this.#unary() } };
        }
        this.#fail("syntax error: operand expected", start);
      }
    }
    return this.#primary();
  }

  #target(): Target {
    return this.#subscript === undefined ? { type: "variable", name: this.#token } : { type: "element", name: this.#token, subscript: this.#subscript };
  }

  #primary(): Node {
    if (this.#kind === "number") {
      return this.#complete({ type: "number", value: this.#number });
    }
    if (this.#kind === "name") {
      const target = this.#target();
      this.#complete(target);
      return this.#is("++") || this.#is("--") ? this.#complete({ type: "step", by: this.#token === "++" ? 1 : -1, prefix: false, target }) : target;
    }
    if (this.#is("(")) {
      if (++this.#depth > MAX_DEPTH) this.#fail("expression recursion level exceeded");
      // those in a row cost no depth
      let open = 0;
      while (this.#is("(")) {
        open++;
        this.#next();
      }
      let node: Node | undefined;
      for (; open > 0; open--) {
        node = this.#comma(node);
        if (!this.#is(")")) this.#fail("missing `)'", this.#last, node);
        node = this.#complete(node);
      }
      this.#depth--;
      return node ?? EMPTY;
    }
    this.#fail("syntax error: operand expected");
  }
}

function bracketEnd(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\\") i++;
    else if (c === "'" || c === '"') {
      const end = text.indexOf(c, i + 1);
      if (end > 0) i = end;
    } else if (c === "[") depth++;
    else if (c === "]" && --depth === 0) return i + 1;
  }
  return -1;
}

/** Decimal, 0octal, 0xhex, base#digits; a text is an error message. */
export function parseNumber(token: string): Int | string {
  if (/^[1-9][0-9]{0,14}$|^0$/.test(token)) return Number(token);
  let base = 10n;
  let digits = token;
  const hash = token.indexOf("#");
  if (hash >= 0) {
    const prefix = token.slice(0, hash);
    if (!/^[0-9]+$/.test(prefix)) return "invalid number";
    if (/^0[0-7]*[89]/.test(prefix)) return "value too great for base";
    const number = prefix.length > 1 && prefix.startsWith("0") ? -1 : Number(prefix);
    if (number < 2 || number > 64) return number === -1 ? "invalid number" : "invalid arithmetic base";
    base = BigInt(number);
    digits = token.slice(hash + 1);
    if (digits === "") return "invalid integer constant";
  } else if (/^0[xX]/.test(token)) {
    base = 16n;
    digits = token.slice(2);
    if (digits === "") return 0;
  } else if (token.startsWith("0") && token.length > 1) {
    base = 8n;
    digits = token.slice(1);
  }
  let value = 0n;
  for (const c of digits) {
    let digit: number;
    if (c >= "0" && c <= "9") digit = c.charCodeAt(0) - 48;
    else if (c >= "a" && c <= "z") digit = c.charCodeAt(0) - 87;
    else if (c >= "A" && c <= "Z") digit = base <= 36n ? c.charCodeAt(0) - 55 : c.charCodeAt(0) - 29;
    else if (c === "@") digit = 62;
    else if (c === "_") digit = 63;
    else return "invalid number";
    if (BigInt(digit) >= base) return "value too great for base";
    value = BigInt.asIntN(64, value * base + BigInt(digit));
  }
  return normalise(value);
}

const cache = new Map<string, Expression>();

export function expressionOf(text: string): Expression {
  let expression = cache.get(text);
  if (!expression) {
    const parser = new ExpressionParser(text);
    try {
      const node = parser.parse();
      expression = { text, node, powers: parser.powers };
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      expression = { text, node: { type: "problem", error: error.error, before: error.before }, powers: parser.powers };
    }
    if (cache.size > 1000) cache.clear();
    cache.set(text, expression);
  }
  return expression;
}
