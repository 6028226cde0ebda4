// The tree of an awk program, whatever its dialect: each makes the kinds of nodes that its grammar has.

export type ExpressionShape =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "regex"; readonly source: string }
  /** gawk's @/.../ */
  | { readonly kind: "typed-regex"; readonly source: string }
  | Lvalue
  | { readonly kind: "assign"; readonly operator: string; readonly target: Lvalue; readonly value: Expression }
  | { readonly kind: "step"; readonly prefix: boolean; readonly by: 1 | -1; readonly target: Lvalue }
  | { readonly kind: "condition"; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: "logic"; readonly operator: "&&" | "||"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "compare"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "match"; readonly negated: boolean; readonly text: Expression; readonly pattern: Expression }
  | { readonly kind: "concat"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "unary"; readonly operator: "!" | "-" | "+"; readonly operand: Expression }
  | { readonly kind: "in"; readonly index: readonly Expression[]; readonly array: Variable | Item }
  | { readonly kind: "builtin"; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  /** gawk's @name(...): the variable's value names the function */
  | { readonly kind: "indirect"; readonly callee: Variable; readonly args: readonly Expression[]; readonly line: number }
  | { readonly kind: "getline"; readonly from: "main" | "file" | "command" | "coprocess"; readonly source: Expression | undefined; readonly target: Lvalue | undefined }
  /** what stands in parentheses: a list, or one name (which is then no place to assign to) */
  | { readonly kind: "group"; readonly items: readonly Expression[] };

/** `blocks`: evaluating the node may have to wait (a mark that mawk's _resolve.ts sets). */
export type Expression = ExpressionShape & { blocks?: boolean };

export interface Variable {
  readonly kind: "variable";
  readonly name: string;
  readonly line: number;
  /** of a function's parameter; undefined for a global */
  readonly local: number | undefined;
  /** of a global, where the dialect numbers them */
  readonly slot: number;
}

export interface Field {
  readonly kind: "field";
  readonly index: Expression;
}

export interface Item {
  readonly kind: "item";
  /** an item: an array of arrays, as gawk has them */
  readonly array: Variable | Item;
  readonly index: readonly Expression[];
}

export type Lvalue = Variable | Field | Item;

export function isLvalue(expression: Expression): expression is Lvalue & { blocks?: boolean } {
  return expression.kind === "variable" || expression.kind === "field" || expression.kind === "item";
}

export interface Redirection {
  readonly kind: ">" | ">>" | "|" | "|&";
  readonly target: Expression;
}

export interface SwitchCase {
  /** undefined: default */
  readonly value: Expression | undefined;
  readonly body: readonly Statement[];
}

export type StatementShape =
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "print" | "printf"; readonly args: readonly Expression[]; readonly redirection: Redirection | undefined }
  /** `end`: the line of its "}" */
  | { readonly kind: "block"; readonly body: readonly Statement[]; readonly end?: number }
  | { readonly kind: "if"; readonly test: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly kind: "while"; readonly test: Expression; readonly body: Statement }
  | { readonly kind: "do"; readonly body: Statement; readonly test: Expression }
  | { readonly kind: "for"; readonly first: Statement | undefined; readonly test: Expression | undefined; readonly step: Statement | undefined; readonly body: Statement }
  | { readonly kind: "for-in"; readonly variable: Variable; readonly array: Variable | Item; readonly body: Statement }
  | { readonly kind: "switch"; readonly subject: Expression; readonly cases: readonly SwitchCase[] }
  | { readonly kind: "break" | "continue" | "next" | "nextfile" }
  | { readonly kind: "exit"; readonly status: Expression | undefined }
  | { readonly kind: "return"; readonly value: Expression | undefined }
  | { readonly kind: "delete"; readonly target: Variable | Item };

/** Where it began: what gawk's messages at run time name. */
export interface Origin {
  readonly line: number;
  readonly file: string;
}

export type Statement = StatementShape & Origin & { blocks?: boolean };

export interface AwkFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  body: Statement;
  readonly line: number;
}

export interface Rule extends Origin {
  /** undefined: every record */
  readonly pattern: Expression | undefined;
  /** of a range */
  readonly until: Expression | undefined;
  readonly action: Statement | undefined;
}
