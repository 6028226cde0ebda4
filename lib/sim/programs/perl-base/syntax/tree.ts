// The tree that the parser makes of a program's text (perlop(1), perlsub(1), perlsyn(1)).

export type Sigil = "$" | "@" | "%" | "&" | "*";

interface At {
  readonly line: number;
}

export interface Var extends At { readonly k: "var"; readonly sigil: Sigil; readonly name: string }
export interface My extends At {
  readonly k: "my";
  readonly how: "my" | "our" | "state";
  readonly vars: readonly (Var | undefined)[];
  readonly paren: boolean;
}

export type Node =
  | (At & { readonly k: "num"; readonly value: number | bigint })
  | (At & { readonly k: "str"; readonly value: string; readonly bare?: boolean })
  | (At & { readonly k: "interp"; readonly parts: readonly Node[] })
  | Var
  | My
  | (At & { readonly k: "local"; readonly target: Node })
  /** $#{...}, $#name: `array` is array-valued */
  | (At & { readonly k: "lastindex"; readonly array: Node })
  | (At & { readonly k: "elem"; readonly array: Node; readonly index: Node })
  | (At & { readonly k: "helem"; readonly hash: Node; readonly key: Node })
  | (At & { readonly k: "slice"; readonly array: Node; readonly list: Node })
  | (At & { readonly k: "hslice"; readonly hash: Node; readonly list: Node })
  | (At & { readonly k: "kvslice"; readonly hash: Node; readonly list: Node })
  | (At & { readonly k: "ivslice"; readonly array: Node; readonly list: Node })
  | (At & { readonly k: "listslice"; readonly from: Node; readonly list: Node })
  | (At & { readonly k: "deref"; readonly sigil: Sigil; readonly ref: Node })
  /** NAME(args); `amp`: &NAME(args); `bareArgs`: &NAME with the caller's @_ */
  | (At & { readonly k: "call"; readonly name: string; readonly args: readonly Node[]; readonly amp: boolean; readonly shares?: boolean; readonly paren: boolean })
  | (At & { readonly k: "callref"; readonly code: Node; readonly args: readonly Node[]; readonly shares?: boolean })
  | (At & { readonly k: "method"; readonly object: Node; readonly name: string | Node; readonly args: readonly Node[]; readonly maybe?: boolean })
  | (At & { readonly k: "func"; readonly name: string; readonly args: readonly Node[]; readonly paren?: boolean })
  | (At & { readonly k: "unary"; readonly op: string; readonly operand: Node })
  | (At & { readonly k: "binary"; readonly op: string; readonly left: Node; readonly right: Node })
  | (At & { readonly k: "logic"; readonly op: "&&" | "||" | "//"; readonly left: Node; readonly right: Node })
  | (At & { readonly k: "ternary"; readonly test: Node; readonly yes: Node; readonly no: Node })
  | (At & { readonly k: "assign"; readonly op: string; readonly left: Node; readonly right: Node })
  | (At & { readonly k: "step"; readonly op: "++" | "--"; readonly prefix: boolean; readonly operand: Node })
  | (At & { readonly k: "range"; readonly left: Node; readonly right: Node; readonly three: boolean })
  | (At & { readonly k: "list"; readonly items: readonly Node[] })
  | (At & { readonly k: "anonarray"; readonly items: readonly Node[] })
  | (At & { readonly k: "anonhash"; readonly items: readonly Node[] })
  | (At & { readonly k: "anonsub"; readonly sub: SubBody })
  | (At & { readonly k: "ref"; readonly operand: Node })
  | (At & { readonly k: "match"; readonly target: Node | undefined; readonly pattern: Node; readonly flags: string; readonly negate: boolean })
  | (At & { readonly k: "subst"; readonly target: Node | undefined; readonly pattern: Node; readonly flags: string; readonly replacement: Node })
  | (At & { readonly k: "trans"; readonly target: Node | undefined; readonly from: string; readonly to: string; readonly flags: string })
  | (At & { readonly k: "qr"; readonly pattern: Node; readonly flags: string })
  /** <FH>, <$fh>, <>, <<>> */
  | (At & { readonly k: "readline"; readonly handle: Node | undefined; readonly name?: string })
  | (At & { readonly k: "glob"; readonly pattern: Node })
  | (At & { readonly k: "backtick"; readonly command: Node })
  | (At & { readonly k: "filetest"; readonly op: string; readonly operand: Node | undefined })
  | (At & { readonly k: "doblock"; readonly body: Block })
  | (At & { readonly k: "evalblock"; readonly body: Block })
  | (At & { readonly k: "sort"; readonly compare: Block | Node | undefined; readonly items: readonly Node[]; readonly reversed?: boolean })
  | (At & { readonly k: "mapgrep"; readonly op: "map" | "grep" | "first" | "any"; readonly body: Block | Node; readonly items: readonly Node[] })
  | (At & { readonly k: "print"; readonly op: "print" | "printf" | "say"; readonly handle: Node | undefined; readonly items: readonly Node[] })
  | (At & { readonly k: "jump"; readonly op: "next" | "last" | "redo"; readonly label: string | undefined })
  | (At & { readonly k: "return"; readonly value: Node | undefined })
  | (At & { readonly k: "wantarray" })
  | (At & { readonly k: "yada" });

export interface SubBody {
  readonly name: string | undefined;
  readonly body: Block;
  readonly signature: Signature | undefined;
  readonly line: number;
}

export interface Signature {
  readonly params: readonly { readonly target: Var | undefined; readonly fallback: Node | undefined; readonly how: "=" | "//=" | "||=" }[];
  readonly slurpy: Var | undefined;
}

export interface Block {
  readonly k: "block";
  readonly statements: readonly Statement[];
  readonly line: number;
  readonly endLine: number;
}

export interface Pragmas {
  readonly strictVars: boolean;
  readonly strictRefs: boolean;
  readonly strictSubs: boolean;
  /** the categories that are on; "all" among them when all are */
  readonly warnings: boolean;
  readonly quiet: ReadonlySet<string>;
  readonly integer: boolean;
  readonly utf8: boolean;
  readonly features: ReadonlySet<string>;
  readonly fatal: boolean;
}

export type Statement = { readonly line: number; readonly pragmas: Pragmas; readonly pkg: string; readonly file: string } & (
  | { readonly k: "expr"; readonly expr: Node }
  | { readonly k: "if"; readonly branches: readonly { readonly test: Node; readonly negate: boolean; readonly body: Block; readonly line: number }[]; readonly otherwise: Block | undefined }
  | { readonly k: "while"; readonly label: string | undefined; readonly test: Node | undefined; readonly until: boolean; readonly body: Block; readonly continued: Block | undefined; readonly post?: boolean }
  | { readonly k: "for"; readonly label: string | undefined; readonly init: Node | undefined; readonly test: Node | undefined; readonly step: Node | undefined; readonly body: Block }
  | { readonly k: "foreach"; readonly label: string | undefined; readonly target: Node | undefined; readonly items: Node; readonly body: Block; readonly continued: Block | undefined }
  | { readonly k: "bare"; readonly label: string | undefined; readonly body: Block; readonly continued: Block | undefined }
  | { readonly k: "sub"; readonly sub: SubBody; readonly declared: boolean; readonly lexical?: Var }
  | { readonly k: "use"; readonly no: boolean; readonly module: string; readonly version: string | undefined; readonly items: Node | undefined; readonly empty: boolean }
  | { readonly k: "phase"; readonly phase: "BEGIN" | "END"; readonly sub: SubBody }
  | { readonly k: "try"; readonly body: Block; readonly variable: Var | undefined; readonly handler: Block | undefined; readonly last: Block | undefined }
  | { readonly k: "nop" }
);
