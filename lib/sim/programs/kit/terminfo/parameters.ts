// Parameterised strings (terminfo(5)): a small stack machine. Padding ($<5>) is left to `withoutPadding`.

import { formatOne } from "./printf-number.ts";

/** The index behind the %e (where `elseToo`) or the %; of this level. */
function skip(text: string, at: number, elseToo: boolean): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] !== "%") continue;
    const code = text[++i];
    if (code === "?") depth++;
    else if (code === ";") {
      if (depth === 0) return i + 1;
      depth--;
    } else if (code === "e" && depth === 0 && elseToo) return i + 1;
  }
  return text.length;
}

const BINARY: ReadonlyMap<string, (left: number, right: number) => number> = new Map([
  ["+", (a, b) => a + b], ["-", (a, b) => a - b], ["*", (a, b) => a * b], ["/", (a, b) => (b === 0 ? 0 : Math.trunc(a / b))], ["m", (a, b) => (b === 0 ? 0 : a % b)],
  ["&", (a, b) => a & b], ["|", (a, b) => a | b], ["^", (a, b) => a ^ b], ["=", (a, b) => Number(a === b)], ["<", (a, b) => Number(a < b)], [">", (a, b) => Number(a > b)],
  ["A", (a, b) => Number(a !== 0 && b !== 0)], ["O", (a, b) => Number(a !== 0 || b !== 0)],
] as const);

/** Static variables (%PA) live as long as the caller keeps the map. */
export function expandCapability(text: string, parameters: readonly (number | string)[], variables: Map<string, number | string> = new Map()): string {
  if (!text.includes("%")) return text;
  const values: (number | string)[] = Array.from({ length: 9 }, (_, index) => parameters[index] ?? 0);
  // terminfo(5): a string that never pushes with %p takes its parameters in order, as termcap's do
  const stack: (number | string)[] = /%p[1-9]/.test(text) ? [] : [...values].reverse();
  const pop = (): number => {
    const value = stack.pop() ?? 0;
    return typeof value === "number" ? value : 0;
  };
  const popText = (): string => {
    const value = stack.pop() ?? "";
    return typeof value === "string" ? value : "";
  };
  let out = "";
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== "%") {
      out += text[i];
      continue;
    }
    const code = text[++i] ?? "";
    const binary = BINARY.get(code);
    if (binary !== undefined) {
      const right = pop();
      stack.push(binary(pop(), right));
      continue;
    }
    switch (code) {
      case "%": out += "%"; break;
      case "i":
        for (const index of [0, 1]) {
          const value = values[index];
          if (typeof value === "number") values[index] = value + 1;
        }
        if (!/%p[1-9]/.test(text)) stack.splice(0, stack.length, ...[...values].reverse());
        break;
      case "p": stack.push(values[Number(text[++i]) - 1] ?? 0); break;
      case "P": variables.set(text[++i] ?? "", stack.pop() ?? 0); break;
      case "g": stack.push(variables.get(text[++i] ?? "") ?? 0); break;
      case "'":
        stack.push(text.charCodeAt(i + 1));
        i += 2;
        break;
      case "{": {
        const end = text.indexOf("}", i);
        if (end < 0) return out;
        stack.push(Number(text.slice(i + 1, end)) || 0);
        i = end;
        break;
      }
      case "l": stack.push(popText().length); break;
      case "!": stack.push(Number(pop() === 0)); break;
      case "~": stack.push(~pop()); break;
      case "c": {
        const letter = pop() & 255;
        out += String.fromCharCode(letter === 0 ? 128 : letter);
        break;
      }
      case "s": out += popText(); break;
      case "?": case ";": break;
      case "t": if (pop() === 0) i = skip(text, i + 1, true) - 1; break;
      case "e": i = skip(text, i + 1, false) - 1; break;
      default: {
        const format = /^:?([-+# 0]*)(\d*)(?:\.(\d+))?([doxXs])/.exec(text.slice(i));
        if (format === null) break;
        const [whole, flags = "", width = "", precision, letter = "d"] = format;
        out += letter === "s" ? popText().slice(0, precision === undefined ? undefined : Number(precision)).padStart(Number(width)) : formatOne(pop(), letter, flags, Number(width), precision === undefined ? undefined : Number(precision));
        i += whole.length - 1;
      }
    }
  }
  return out;
}

/** What tputs(3) writes where no time passes for padding. */
export function withoutPadding(text: string): string {
  return text.replace(/\$<\d+(?:\.\d)?[*/]{0,2}>/g, "");
}
