// Collects the instructions of one body: jumps by label, positions by the node at hand.

import { isSameConstant } from "../objects/constant.ts";
import type { Value } from "../objects/value.ts";
import type { Span } from "../syntax/tree.ts";
import { OP, type Opcode } from "./opcode.ts";

/** A place to jump to, known once it has been reached. */
export class Label {
  target = -1;
}

const JUMPS: ReadonlySet<number> = new Set<number>([
  OP.JUMP, OP.JUMP_BACK, OP.POP_JUMP_IF_FALSE, OP.POP_JUMP_IF_TRUE, OP.JUMP_IF_FALSE_OR_POP, OP.JUMP_IF_TRUE_OR_POP, OP.FOR_ITER, OP.SETUP_EXCEPT, OP.SETUP_WITH, OP.SEND,
]);

export class Assembler {
  readonly #operations: number[] = [];
  readonly #operands: (number | Label)[] = [];
  readonly #positions: number[] = [];
  readonly constants: Value[] = [];
  readonly names: string[] = [];
  readonly #nameIndex = new Map<string, number>();
  readonly #textIndex = new Map<Value, number>();
  #span: Span = { line: 0, column: 0, endLine: 0, endColumn: 0 };

  get here(): number {
    return this.#operations.length;
  }

  get span(): Span {
    return this.#span;
  }

  at(span: Span): void {
    this.#span = span;
  }

  emit(operation: Opcode, operand: number | Label = 0): void {
    this.#operations.push(operation);
    this.#operands.push(operand);
    const { line, column, endLine, endColumn } = this.#span;
    this.#positions.push(line, column, endLine, endColumn);
  }

  place(label: Label): void {
    label.target = this.here;
  }

  constant(value: Value): number {
    if (typeof value === "string" || typeof value === "number" || value === null) {
      const known = this.#textIndex.get(value);
      if (known !== undefined) return known;
      const index = this.constants.push(value) - 1;
      this.#textIndex.set(value, index);
      return index;
    }
    const known = this.constants.findIndex((one) => isSameConstant(one, value));
    return known >= 0 ? known : this.constants.push(value) - 1;
  }

  name(name: string): number {
    const known = this.#nameIndex.get(name);
    if (known !== undefined) return known;
    const index = this.names.push(name) - 1;
    this.#nameIndex.set(name, index);
    return index;
  }

  finish(): { readonly operations: Uint8Array; readonly operands: Int32Array; readonly positions: Int32Array } {
    const operands = new Int32Array(this.#operands.length);
    this.#operands.forEach((operand, i) => {
      operands[i] = typeof operand === "number" ? operand : operand.target;
      if (typeof operand !== "number" && !JUMPS.has(this.#operations[i] ?? 0)) throw new Error("a label where none belongs");
    });
    return { operations: Uint8Array.from(this.#operations), operands, positions: Int32Array.from(this.#positions) };
  }
}
