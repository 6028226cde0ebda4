// GNU bc compiles a line to byte code and names the place in it when a run fails ("adr=3"). These are the lengths of that code, so that our tree knows the
// address behind each operation.

import type { Expression, Statement } from "./_syntax.ts";

/** The address after each expression's last operation, by node. */
export class Addresses {
  readonly #after = new Map<Expression, number>();
  #at = 0;

  constructor(statements: readonly Statement[]) {
    for (const statement of statements) this.#statement(statement);
  }

  of(expression: Expression): number {
    return this.#after.get(expression) ?? 0;
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case "expression":
        this.#expression(statement.value);
        this.#at++;
        break;
      case "string": this.#at += statement.text.length + 2; break;
      case "print": for (const item of statement.items) {
        if (typeof item === "string") this.#at += item.length + 2;
        else {
          this.#expression(item);
          this.#at++;
        }
      } break;
      case "block": for (const inner of statement.body) this.#statement(inner); break;
      case "if":
        this.#expression(statement.test);
        this.#at += 3;
        this.#statement(statement.then);
        if (statement.otherwise) {
          this.#at += 3;
          this.#statement(statement.otherwise);
        }
        break;
      case "while":
        this.#expression(statement.test);
        this.#at += 3;
        this.#statement(statement.body);
        this.#at += 3;
        break;
      case "for":
        if (statement.start) this.#expression(statement.start);
        this.#at++;
        if (statement.test) this.#expression(statement.test);
        this.#at += 6;
        if (statement.step) this.#expression(statement.step);
        this.#at += 4;
        this.#statement(statement.body);
        this.#at += 3;
        break;
      case "return":
        if (statement.value) this.#expression(statement.value);
        this.#at++;
        break;
      default: this.#at++;
    }
  }

  #expression(expression: Expression): void {
    switch (expression.kind) {
      case "number": {
        const digits = expression.text.replace(/^0+(?=.)/, "");
        this.#at += digits === "0" || digits === "1" ? 1 : digits.length + 2;
        break;
      }
      case "variable": case "register": case "array": this.#at += 2; break;
      case "element": this.#expression(expression.index); this.#at += 2; break;
      case "group": this.#expression(expression.inner); break;
      case "unary": this.#expression(expression.operand); this.#at++; break;
      case "builtin": if (expression.arg) this.#expression(expression.arg); this.#at += 2; break;
      case "call":
        for (const arg of expression.args) this.#expression(arg);
        this.#at += 2;
        this.#after.set(expression, this.#at);
        this.#at += expression.args.length + 1;
        return;
      case "binary":
        this.#expression(expression.left);
        if (expression.op === "&&" || expression.op === "||") this.#at += 4;
        this.#expression(expression.right);
        this.#at++;
        break;
      case "assign":
        if (expression.target.kind === "element") this.#expression(expression.target.index);
        if (expression.op !== "=") this.#at += 2;
        this.#expression(expression.value);
        this.#after.set(expression.value, this.#at);
        if (expression.op !== "=") this.#at++;
        this.#at += 2;
        break;
      case "step":
        if (expression.target.kind === "element") this.#expression(expression.target.index);
        this.#at += 4;
        break;
    }
    this.#after.set(expression, this.#at);
  }
}
