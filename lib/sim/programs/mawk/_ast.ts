// The tree of an awk program. `blocks` is set by _resolve.ts: evaluating the node may have to wait (input, commands, loops), so
// it runs in a generator; everything else is compiled to plain closures.

export type ExpressionShape =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "regex"; readonly source: string }
  | Variable
  | Field
  | Item
  | { readonly kind: "assign"; readonly operator: string; readonly target: Lvalue; readonly value: Expression }
  | { readonly kind: "step"; readonly prefix: boolean; readonly by: 1 | -1; readonly target: Lvalue }
  | { readonly kind: "condition"; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: "logic"; readonly operator: "&&" | "||"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "compare"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "match"; readonly negated: boolean; readonly text: Expression; readonly pattern: Expression }
  | { readonly kind: "concat"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "unary"; readonly operator: "!" | "-" | "+"; readonly operand: Expression }
  | { readonly kind: "in"; readonly index: readonly Expression[]; readonly array: Variable }
  | { readonly kind: "builtin"; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | { readonly kind: "getline"; readonly from: "main" | "file" | "command"; readonly source: Expression | undefined; readonly target: Lvalue | undefined }
  | { readonly kind: "group"; readonly items: readonly Expression[] };

export type Expression = ExpressionShape & { blocks?: boolean };

export interface Variable {
  readonly kind: "variable";
  readonly name: string;
  readonly line: number;
  /** of a function's parameter; undefined for a global */
  local: number | undefined;
  /** of a global */
  slot: number;
  blocks?: boolean;
}

export interface Field {
  readonly kind: "field";
  readonly index: Expression;
  blocks?: boolean;
}

export interface Item {
  readonly kind: "item";
  readonly array: Variable;
  readonly index: readonly Expression[];
  blocks?: boolean;
}

export type Lvalue = Variable | Field | Item;

export interface Redirection {
  readonly kind: ">" | ">>" | "|";
  readonly target: Expression;
}

export type StatementShape =
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "print"; readonly args: readonly Expression[]; readonly redirection: Redirection | undefined }
  | { readonly kind: "printf"; readonly args: readonly Expression[]; readonly redirection: Redirection | undefined }
  | { readonly kind: "block"; readonly body: readonly Statement[] }
  | { readonly kind: "if"; readonly test: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly kind: "while"; readonly test: Expression; readonly body: Statement }
  | { readonly kind: "do"; readonly body: Statement; readonly test: Expression }
  | { readonly kind: "for"; readonly first: Expression | undefined; readonly test: Expression | undefined; readonly step: Expression | undefined; readonly body: Statement }
  | { readonly kind: "for-in"; readonly variable: Variable; readonly array: Variable; readonly body: Statement }
  | { readonly kind: "break" }
  | { readonly kind: "continue" }
  | { readonly kind: "next" }
  | { readonly kind: "nextfile" }
  | { readonly kind: "exit"; readonly status: Expression | undefined }
  | { readonly kind: "return"; readonly value: Expression | undefined }
  | { readonly kind: "delete"; readonly array: Variable; readonly index: readonly Expression[] | undefined };

export type Statement = StatementShape & { blocks?: boolean };

export interface AwkFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  body: Statement;
  /** which parameters are arrays */
  readonly arrays: Set<number>;
  blocks: boolean;
  readonly line: number;
}

export interface Rule {
  /** undefined: every record */
  readonly pattern: Expression | undefined;
  /** of a range */
  readonly until: Expression | undefined;
  readonly action: Statement | undefined;
}

export interface AwkProgram {
  readonly begin: readonly Statement[];
  readonly rules: readonly Rule[];
  readonly end: readonly Statement[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
  /** name -> slot */
  readonly globals: ReadonlyMap<string, number>;
  readonly arrays: ReadonlySet<string>;
}
