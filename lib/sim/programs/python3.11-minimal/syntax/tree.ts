// The tree of a Python program, named as Python's own `ast` module names it. Columns count UTF-16 units.

import type { Value } from "../objects/value.ts";

export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "<<" | ">>" | "&" | "|" | "^" | "@";
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "is" | "is not" | "in" | "not in";

export interface Name extends Span { readonly kind: "Name"; readonly id: string }
export interface Constant extends Span { readonly kind: "Constant"; readonly value: Value }
export interface FormattedValue extends Span { readonly kind: "FormattedValue"; readonly value: Expression; readonly conversion: "" | "s" | "r" | "a"; readonly spec: JoinedString | undefined }
export interface JoinedString extends Span { readonly kind: "JoinedStr"; readonly values: readonly Expression[] }
export interface Sequence extends Span { readonly kind: "Tuple" | "List" | "Set"; readonly elements: readonly Expression[]; readonly parenthesized?: boolean }
export interface Dictionary extends Span { readonly kind: "Dict"; readonly keys: readonly (Expression | undefined)[]; readonly values: readonly Expression[] }
export interface Binary extends Span { readonly kind: "BinOp"; readonly left: Expression; readonly operator: BinaryOperator; readonly right: Expression }
export interface Unary extends Span { readonly kind: "UnaryOp"; readonly operator: "-" | "+" | "~" | "not"; readonly operand: Expression }
export interface BooleanOperation extends Span { readonly kind: "BoolOp"; readonly operator: "and" | "or"; readonly values: readonly Expression[] }
export interface Comparison extends Span { readonly kind: "Compare"; readonly left: Expression; readonly operators: readonly ComparisonOperator[]; readonly comparators: readonly Expression[] }
export interface Keyword extends Span { readonly name: string | undefined; readonly value: Expression }
export interface Call extends Span { readonly kind: "Call"; readonly callee: Expression; readonly positional: readonly Expression[]; readonly keywords: readonly Keyword[] }
export interface Attribute extends Span { readonly kind: "Attribute"; readonly value: Expression; readonly name: string }
export interface Subscript extends Span { readonly kind: "Subscript"; readonly value: Expression; readonly index: Expression }
export interface Slice extends Span { readonly kind: "Slice"; readonly lower: Expression | undefined; readonly upper: Expression | undefined; readonly step: Expression | undefined }
export interface Starred extends Span { readonly kind: "Starred"; readonly value: Expression }
export interface Conditional extends Span { readonly kind: "IfExp"; readonly test: Expression; readonly body: Expression; readonly orElse: Expression }
export interface Lambda extends Span { readonly kind: "Lambda"; readonly parameters: Parameters; readonly body: Expression }
export interface ComprehensionClause { readonly target: Expression; readonly iterable: Expression; readonly conditions: readonly Expression[]; readonly isAsync: boolean }
export interface Comprehension extends Span { readonly kind: "ListComp" | "SetComp" | "GeneratorExp"; readonly element: Expression; readonly clauses: readonly ComprehensionClause[] }
export interface DictComprehension extends Span { readonly kind: "DictComp"; readonly key: Expression; readonly value: Expression; readonly clauses: readonly ComprehensionClause[] }
export interface Await extends Span { readonly kind: "Await"; readonly value: Expression }
export interface Yield extends Span { readonly kind: "Yield"; readonly value: Expression | undefined }
export interface YieldFrom extends Span { readonly kind: "YieldFrom"; readonly value: Expression }
export interface NamedExpression extends Span { readonly kind: "NamedExpr"; readonly target: Name; readonly value: Expression }

export type Expression =
  | Name | Constant | FormattedValue | JoinedString | Sequence | Dictionary | Binary | Unary | BooleanOperation | Comparison | Call | Attribute | Subscript | Slice
  | Starred | Conditional | Lambda | Comprehension | DictComprehension | Await | Yield | YieldFrom | NamedExpression;

export interface Parameter extends Span { readonly name: string; readonly annotation: Expression | undefined; readonly default: Expression | undefined }
export interface Parameters {
  readonly positionalOnly: readonly Parameter[];
  readonly positional: readonly Parameter[];
  readonly rest: Parameter | undefined;
  readonly keywordOnly: readonly Parameter[];
  readonly keywords: Parameter | undefined;
}

export interface ExpressionStatement extends Span { readonly kind: "Expr"; readonly value: Expression }
export interface Assign extends Span { readonly kind: "Assign"; readonly targets: readonly Expression[]; readonly value: Expression }
export interface AugmentedAssign extends Span { readonly kind: "AugAssign"; readonly target: Expression; readonly operator: BinaryOperator; readonly value: Expression }
export interface AnnotatedAssign extends Span { readonly kind: "AnnAssign"; readonly target: Expression; readonly annotation: Expression; readonly value: Expression | undefined; readonly simple: boolean }
export interface Return extends Span { readonly kind: "Return"; readonly value: Expression | undefined }
export interface Delete extends Span { readonly kind: "Delete"; readonly targets: readonly Expression[] }
export interface Simple extends Span { readonly kind: "Pass" | "Break" | "Continue" }
export interface If extends Span { readonly kind: "If"; readonly test: Expression; readonly body: readonly Statement[]; readonly orElse: readonly Statement[] }
export interface While extends Span { readonly kind: "While"; readonly test: Expression; readonly body: readonly Statement[]; readonly orElse: readonly Statement[] }
export interface For extends Span { readonly kind: "For"; readonly target: Expression; readonly iterable: Expression; readonly body: readonly Statement[]; readonly orElse: readonly Statement[]; readonly isAsync: boolean }
export interface WithItem { readonly context: Expression; readonly target: Expression | undefined }
export interface With extends Span { readonly kind: "With"; readonly items: readonly WithItem[]; readonly body: readonly Statement[]; readonly isAsync: boolean }
export interface FunctionDefinition extends Span {
  readonly kind: "FunctionDef"; readonly name: string; readonly parameters: Parameters; readonly body: readonly Statement[]; readonly decorators: readonly Expression[];
  readonly returns: Expression | undefined; readonly isAsync: boolean;
}
export interface ClassDefinition extends Span {
  readonly kind: "ClassDef"; readonly name: string; readonly bases: readonly Expression[]; readonly keywords: readonly Keyword[]; readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
}
export interface Raise extends Span { readonly kind: "Raise"; readonly exception: Expression | undefined; readonly cause: Expression | undefined }
export interface Handler extends Span { readonly type: Expression | undefined; readonly name: string | undefined; readonly body: readonly Statement[] }
export interface Try extends Span {
  readonly kind: "Try"; readonly body: readonly Statement[]; readonly handlers: readonly Handler[]; readonly orElse: readonly Statement[]; readonly finalBody: readonly Statement[];
  readonly isGroup: boolean;
}
export interface Assert extends Span { readonly kind: "Assert"; readonly test: Expression; readonly message: Expression | undefined }
export interface Alias extends Span { readonly name: string; readonly asName: string | undefined }
export interface Import extends Span { readonly kind: "Import"; readonly names: readonly Alias[] }
export interface ImportFrom extends Span { readonly kind: "ImportFrom"; readonly module: string; readonly names: readonly Alias[]; readonly level: number }
export interface Scoping extends Span { readonly kind: "Global" | "Nonlocal"; readonly names: readonly string[] }
export interface MatchCase { readonly pattern: Pattern; readonly guard: Expression | undefined; readonly body: readonly Statement[] }
export interface Match extends Span { readonly kind: "Match"; readonly subject: Expression; readonly cases: readonly MatchCase[] }

export type Statement =
  | ExpressionStatement | Assign | AugmentedAssign | AnnotatedAssign | Return | Delete | Simple | If | While | For | With | FunctionDefinition | ClassDefinition | Raise | Try
  | Assert | Import | ImportFrom | Scoping | Match;

export type Pattern = Span & (
  | { readonly kind: "value"; readonly value: Expression }
  | { readonly kind: "singleton"; readonly value: Value }
  | { readonly kind: "sequence"; readonly items: readonly Pattern[] }
  | { readonly kind: "star"; readonly name: string | undefined }
  | { readonly kind: "mapping"; readonly keys: readonly Expression[]; readonly values: readonly Pattern[]; readonly rest: string | undefined }
  | { readonly kind: "class"; readonly cls: Expression; readonly positional: readonly Pattern[]; readonly names: readonly string[]; readonly values: readonly Pattern[] }
  | { readonly kind: "capture"; readonly pattern: Pattern | undefined; readonly name: string | undefined }
  | { readonly kind: "or"; readonly alternatives: readonly Pattern[] });
