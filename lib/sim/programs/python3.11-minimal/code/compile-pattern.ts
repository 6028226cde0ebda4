// The patterns of `case`. Each takes the subject off the stack; where it fails, the stack is as before the subject was pushed.

import { PyTuple } from "../objects/value.ts";
import type { Pattern } from "../syntax/tree.ts";
import { Label } from "./assembler.ts";
import { ExpressionCompiler } from "./compile-expression.ts";
import { OP } from "./opcode.ts";

export class PatternCompiler extends ExpressionCompiler {
  /** Pops the subject; jumps to `fail` when it does not match. Names are bound as they are found. */
  protected pattern(node: Pattern, fail: Label): void {
    const { out } = this;
    out.at(node);
    switch (node.kind) {
      case "value":
        this.expression(node.value);
        out.at(node);
        out.emit(OP.COMPARE, 2);
        out.emit(OP.POP_JUMP_IF_FALSE, fail);
        return;
      case "singleton":
        this.constant(node.value);
        out.emit(OP.IS_OP, 0);
        out.emit(OP.POP_JUMP_IF_FALSE, fail);
        return;
      case "capture":
        if (node.pattern) {
          out.emit(OP.DUP_TOP);
          this.#orPop(node.pattern, fail);
        }
        if (node.name === undefined) out.emit(OP.POP_TOP);
        else this.access(node.name, "store");
        return;
      case "star":
        if (node.name === undefined) out.emit(OP.POP_TOP);
        else this.access(node.name, "store");
        return;
      case "or": {
        const matched = new Label();
        for (const alternative of node.alternatives) {
          const next = new Label();
          out.emit(OP.DUP_TOP);
          this.pattern(alternative, next);
          out.emit(OP.POP_TOP);
          out.emit(OP.JUMP, matched);
          out.place(next);
        }
        out.emit(OP.POP_TOP);
        out.emit(OP.JUMP, fail);
        out.place(matched);
        return;
      }
      case "sequence": return this.#sequence(node, fail);
      case "mapping": return this.#mapping(node, fail);
      case "class":
        this.expression(node.cls);
        this.constant(new PyTuple(node.names));
        out.at(node);
        out.emit(OP.MATCH_CLASS, node.positional.length);
        return this.#attributes([...node.positional, ...node.values], fail);
    }
  }

  /** Matches a copy of what stays on the stack: when that fails, what stayed goes too. */
  #orPop(node: Pattern, fail: Label): void {
    const { out } = this;
    const wrong = new Label();
    const right = new Label();
    this.pattern(node, wrong);
    out.emit(OP.JUMP, right);
    out.place(wrong);
    out.emit(OP.POP_TOP);
    out.emit(OP.JUMP, fail);
    out.place(right);
  }

  /** A tuple of parts, or None, is on the stack: matches each. */
  #attributes(patterns: readonly Pattern[], fail: Label): void {
    const { out } = this;
    const wrong = new Label();
    const end = new Label();
    out.emit(OP.DUP_TOP);
    this.constant(null);
    out.emit(OP.IS_OP, 1);
    out.emit(OP.POP_JUMP_IF_FALSE, wrong);
    patterns.forEach((pattern, i) => {
      out.emit(OP.DUP_TOP);
      this.constant(i);
      out.emit(OP.BINARY_SUBSCR);
      this.pattern(pattern, wrong);
    });
    out.emit(OP.POP_TOP);
    out.emit(OP.JUMP, end);
    out.place(wrong);
    out.emit(OP.POP_TOP);
    out.emit(OP.JUMP, fail);
    out.place(end);
  }

  #sequence(node: Pattern & { readonly kind: "sequence" }, fail: Label): void {
    const { out } = this;
    const star = node.items.findIndex((one) => one.kind === "star");
    if (star >= 0 && node.items.slice(star + 1).some((one) => one.kind === "star")) this.fail(node, "multiple starred expressions in sequence pattern");
    const wrong = new Label();
    out.emit(OP.MATCH_SEQUENCE);
    out.emit(OP.POP_JUMP_IF_FALSE, wrong);
    out.emit(OP.GET_LEN);
    this.constant(star < 0 ? node.items.length : node.items.length - 1);
    out.emit(OP.COMPARE, star < 0 ? 2 : 5);
    out.emit(OP.POP_JUMP_IF_FALSE, wrong);
    if (star < 0) out.emit(OP.UNPACK_SEQUENCE, node.items.length);
    else out.emit(OP.UNPACK_EX, star + 256 * (node.items.length - star - 1));
    out.emit(OP.BUILD_TUPLE, node.items.length);
    // Unpacking pushes the first item last; the tuple holds them reversed.
    const items = [...node.items].reverse();
    const end = new Label();
    const inner = new Label();
    [...items.keys()].reverse().forEach((i) => {
      const item = items[i];
      if (!item || (item.kind === "capture" && !item.pattern && item.name === undefined)) return;
      out.emit(OP.DUP_TOP);
      this.constant(i);
      out.emit(OP.BINARY_SUBSCR);
      this.pattern(item, inner);
    });
    out.emit(OP.POP_TOP);
    out.emit(OP.JUMP, end);
    out.place(wrong);
    out.place(inner);
    out.emit(OP.POP_TOP);
    out.emit(OP.JUMP, fail);
    out.place(end);
  }

  #mapping(node: Pattern & { readonly kind: "mapping" }, fail: Label): void {
    const { out } = this;
    const wrong = new Label();
    const wrongKeys = new Label();
    const end = new Label();
    out.emit(OP.MATCH_MAPPING);
    out.emit(OP.POP_JUMP_IF_FALSE, wrong);
    for (const key of node.keys) this.expression(key);
    out.emit(OP.BUILD_TUPLE, node.keys.length);
    out.emit(OP.MATCH_KEYS);
    this.#attributes(node.values, wrongKeys);
    if (node.rest !== undefined) {
      out.emit(OP.MATCH_REST);
      this.access(node.rest, "store");
    } else {
      out.emit(OP.POP_TOP);
      out.emit(OP.POP_TOP);
    }
    out.emit(OP.JUMP, end);
    out.place(wrongKeys);
    out.emit(OP.POP_TOP);
    out.place(wrong);
    out.emit(OP.POP_TOP);
    out.emit(OP.JUMP, fail);
    out.place(end);
  }
}
