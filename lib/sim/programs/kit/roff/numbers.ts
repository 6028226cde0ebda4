// Numbers of roff: units, and expressions that are read from left to right (groff(7), "Numerical Expressions").

import { EN, LINE } from "./page.ts";

const UNITS = new Map<string, number>([["i", 240], ["c", 240 / 2.54], ["p", 240 / 72], ["P", 40], ["m", EN], ["n", EN], ["u", 1], ["v", LINE], ["s", 1], ["z", 1], ["f", 65536], ["M", EN / 100]]);

export interface NumberRead {
  readonly value: number;
  /** Characters read; 0: no number there. */
  readonly length: number;
}

/** `scale`: the unit of a number without one. */
export function readNumber(text: string, scale: string): NumberRead {
  let at = 0;
  const factor = (): number | undefined => {
    while (text.charAt(at) === " " && depth > 0) at++;
    const char = text.charAt(at);
    if (char === "-" || char === "+") {
      at++;
      const value = factor();
      return value === undefined ? undefined : char === "-" ? -value : value;
    }
    if (char === "!") {
      at++;
      const value = factor();
      return value === undefined ? undefined : value > 0 ? 0 : 1;
    }
    if (char === "|") {
      at++;
      return factor();
    }
    if (char === "(") {
      at++;
      depth++;
      let unit = scale;
      if (/^[icpPmnuvsfMz];/.test(text.slice(at))) {
        unit = text.charAt(at);
        at += 2;
      } else if (text.charAt(at) === ";") at++;
      const outer = scaleNow;
      scaleNow = unit;
      const value = expression();
      scaleNow = outer;
      depth--;
      if (text.charAt(at) === ")") at++;
      return value;
    }
    const digits = /^(?:\d+\.?\d*|\.\d+)/.exec(text.slice(at))?.[0];
    if (digits === undefined) return undefined;
    at += digits.length;
    const letter = text.charAt(at);
    const unit = UNITS.get(letter);
    if (unit !== undefined) at++;
    return Math.round(Number(digits) * (unit ?? UNITS.get(scaleNow) ?? 1));
  };
  let depth = 0;
  let scaleNow = scale;
  const expression = (): number | undefined => {
    let value = factor();
    if (value === undefined) return undefined;
    for (;;) {
      while (text.charAt(at) === " " && depth > 0) at++;
      const operator = /^(?:<\?|>\?|<=|>=|==|[-+*/%<>=&:])/.exec(text.slice(at))?.[0];
      if (operator === undefined) return value;
      at += operator.length;
      const right = factor();
      if (right === undefined) return value;
      value = apply(operator, value, right);
    }
  };
  const value = expression();
  return value === undefined ? { value: 0, length: 0 } : { value, length: at };
}

function apply(operator: string, left: number, right: number): number {
  switch (operator) {
    case "+": return left + right;
    case "-": return left - right;
    case "*": return left * right;
    case "/": return right === 0 ? 0 : Math.trunc(left / right);
    case "%": return right === 0 ? 0 : left % right;
    case "<": return left < right ? 1 : 0;
    case ">": return left > right ? 1 : 0;
    case "<=": return left <= right ? 1 : 0;
    case ">=": return left >= right ? 1 : 0;
    case "=": case "==": return left === right ? 1 : 0;
    case "&": return left > 0 && right > 0 ? 1 : 0;
    case ":": return left > 0 || right > 0 ? 1 : 0;
    case "<?": return Math.min(left, right);
    case ">?": return Math.max(left, right);
    default: return left;
  }
}
