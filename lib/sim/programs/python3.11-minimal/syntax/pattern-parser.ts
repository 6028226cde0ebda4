// The patterns of `case`.

import type { Value } from "../objects/value.ts";
import { ExpressionParser } from "./expression-parser.ts";
import type { Expression, Pattern } from "./tree.ts";

export class PatternParser extends ExpressionParser {
  /** What follows `case`, up to the guard or the colon. */
  protected patterns(): Pattern {
    const start = this.peek();
    const first = this.#maybeStar();
    if (!this.at(",")) {
      if (first.kind === "star") return { kind: "sequence", items: [first], ...this.spanFrom(start) };
      return first;
    }
    const items = [first];
    while (this.accept(",")) {
      if (this.at(":") || this.at("if")) break;
      items.push(this.#maybeStar());
    }
    return { kind: "sequence", items, ...this.spanFrom(start) };
  }

  #maybeStar(): Pattern {
    const start = this.peek();
    if (this.accept("*")) {
      const name = this.expectName().text;
      return { kind: "star", name: name === "_" ? undefined : name, ...this.spanFrom(start) };
    }
    return this.#pattern();
  }

  #pattern(): Pattern {
    return this.nested(() => {
      const start = this.peek();
      const first = this.#closed();
      let pattern = first;
      if (this.at("|")) {
        const alternatives = [first];
        while (this.accept("|")) alternatives.push(this.#closed());
        pattern = { kind: "or", alternatives, ...this.spanFrom(start) };
      }
      if (!this.accept("as")) return pattern;
      const target = this.peek();
      if (target.kind === "name" && target.text === "_" && this.diagnosing) this.raiseAt(target, "cannot use '_' as a target");
      if (target.kind !== "name" && this.diagnosing) {
        const wrong = this.attempt(() => this.expression());
        if (wrong) this.raiseAt(wrong, "invalid pattern target");
      }
      const name = this.expectName().text;
      if (name === "_") this.fail();
      return { kind: "capture", pattern, name, ...this.spanFrom(start) };
    });
  }

  #closed(): Pattern {
    const start = this.peek();
    const singleton = (value: Value): Pattern => {
      this.advance();
      return { kind: "singleton", value, ...this.spanFrom(start) };
    };
    if (this.at("None")) return singleton(null);
    if (this.at("True")) return singleton(true);
    if (this.at("False")) return singleton(false);
    if (start.kind === "number" || start.kind === "string" || this.at("-")) {
      const value = this.#literal();
      return { kind: "value", value, ...this.spanFrom(start) };
    }
    if (this.accept("(") || this.accept("[")) return this.#group(start.text === "(" ? ")" : "]");
    if (this.accept("{")) return this.#mapping();
    const name = this.expectName();
    let node: Expression = this.name(name);
    while (this.accept(".")) {
      const attribute = this.expectName();
      node = { kind: "Attribute", value: node, name: attribute.text, ...this.spanFrom(start) };
    }
    if (this.accept("(")) return this.#class(node);
    if (node.kind === "Attribute") return { kind: "value", value: node, ...this.spanFrom(start) };
    if (this.at("=")) this.fail();
    return { kind: "capture", pattern: undefined, name: name.text === "_" ? undefined : name.text, ...this.spanFrom(start) };
  }

  /** A number with its sign, a complex number, or strings. */
  #literal(): Expression {
    const start = this.peek();
    if (start.kind === "string") return this.atom();
    const signed = (): Expression => {
      const at = this.peek();
      if (this.accept("-")) {
        if (this.peek().kind !== "number") this.fail();
        const operand = this.atom();
        return { kind: "UnaryOp", operator: "-", operand, ...this.spanFrom(at) };
      }
      if (at.kind !== "number") this.fail();
      return this.atom();
    };
    const left = signed();
    if (!this.at("+") && !this.at("-")) return left;
    const operator = this.advance().text === "+" ? "+" as const : "-" as const;
    const right = signed();
    return { kind: "BinOp", left, operator, right, ...this.spanFrom(start) };
  }

  #group(close: string): Pattern {
    const open = this.previous;
    const items: Pattern[] = [];
    let comma = false;
    while (!this.at(close)) {
      items.push(this.#maybeStar());
      if (!this.accept(",")) break;
      comma = true;
    }
    this.expect(close);
    const [only] = items;
    if (close === ")" && items.length === 1 && only && !comma && only.kind !== "star") return only;
    return { kind: "sequence", items, ...this.spanFrom(open) };
  }

  #mapping(): Pattern {
    const open = this.previous;
    const keys: Expression[] = [];
    const values: Pattern[] = [];
    let rest: string | undefined;
    while (!this.at("}")) {
      if (this.accept("**")) {
        rest = this.expectName().text;
        this.accept(",");
        break;
      }
      const at = this.peek();
      if (at.kind === "number" || at.kind === "string" || this.at("-")) keys.push(this.#literal());
      else if (this.at("None") || this.at("True") || this.at("False")) keys.push(this.atom());
      else {
        let node: Expression = this.name(this.expectName());
        while (this.accept(".")) {
          const attribute = this.expectName();
          node = { kind: "Attribute", value: node, name: attribute.text, ...this.spanFrom(at) };
        }
        if (node.kind !== "Attribute") this.fail();
        keys.push(node);
      }
      this.expect(":");
      values.push(this.#pattern());
      if (!this.accept(",")) break;
    }
    this.expect("}");
    return { kind: "mapping", keys, values, rest, ...this.spanFrom(open) };
  }

  #class(cls: Expression): Pattern {
    const positional: Pattern[] = [];
    const names: string[] = [];
    const values: Pattern[] = [];
    while (!this.at(")")) {
      const start = this.peek();
      if (start.kind === "name" && this.peek(1).text === "=" && this.peek(1).kind === "op") {
        this.index += 2;
        names.push(start.text);
        values.push(this.#pattern());
      } else {
        const pattern = this.#pattern();
        if (names.length > 0) {
          if (this.diagnosing) this.raiseAt(pattern, "positional patterns follow keyword patterns");
          this.fail();
        }
        positional.push(pattern);
      }
      if (!this.accept(",")) break;
    }
    this.expect(")");
    return { kind: "class", cls, positional, names, values, ...this.spanFrom(cls) };
  }
}
