// A compiled body: what a function, class body, comprehension or module runs.

import { PyObject, types, type Value } from "../objects/value.ts";

/** Where code comes from; `lines` is undefined when a traceback cannot show them (-c, the prompt). */
export interface SourceText {
  readonly filename: string;
  readonly lines: readonly string[] | undefined;
  /** part of the simulated standard library: its frames stay out of tracebacks */
  readonly internal: boolean;
  /** takes SyntaxWarnings */
  readonly warn?: (line: number, message: string) => void;
}

export interface CodeFacts {
  readonly name: string;
  readonly qualifiedName: string;
  readonly source: SourceText;
  readonly firstLine: number;
  /** positional parameters, the positional-only ones included */
  readonly argumentCount: number;
  readonly positionalOnlyCount: number;
  readonly keywordOnlyCount: number;
  readonly hasRest: boolean;
  readonly hasKeywords: boolean;
  readonly kind: "function" | "generator" | "coroutine" | "async-generator";
  /** a function's locals are in slots; a module's and a class body's in a namespace */
  readonly optimized: boolean;
  readonly variableNames: readonly string[];
  /** own cells first, then free variables */
  readonly cellNames: readonly string[];
  readonly ownCellCount: number;
  /** slot of the parameter that each own cell starts with, or -1 */
  readonly cellParameters: readonly number[];
  readonly names: readonly string[];
  readonly constants: readonly Value[];
  readonly operations: Uint8Array;
  readonly operands: Int32Array;
  /** four numbers an instruction: line, column, end line, end column */
  readonly positions: Int32Array;
  readonly documentation: string | null;
}

export class PyCode extends PyObject {
  readonly facts: CodeFacts;
  readonly operations: Uint8Array;
  readonly operands: Int32Array;
  readonly constants: readonly Value[];
  readonly names: readonly string[];
  /** a call with that many positional arguments and no keywords fills the slots as they come */
  readonly simpleArgumentCount: number;
  readonly slotCount: number;
  readonly plain: boolean;

  constructor(facts: CodeFacts) {
    super(types.code);
    this.facts = facts;
    this.operations = facts.operations;
    this.operands = facts.operands;
    this.constants = facts.constants;
    this.names = facts.names;
    this.simpleArgumentCount = facts.hasRest || facts.hasKeywords || facts.keywordOnlyCount > 0 ? -1 : facts.argumentCount;
    this.slotCount = facts.variableNames.length;
    this.plain = facts.kind === "function";
  }
}
