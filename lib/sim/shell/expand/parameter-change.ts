// What #, %, /, ^ and , make of a value.
import type { Blocking } from "../../kernel/sys.ts";
import { ExpansionError } from "../interp/expansion-error.ts";
import type { Shell } from "../interp/shell.ts";
import { type ParameterPart, Word } from "../syntax/tree.ts";
import { asBytes, countsBytes } from "./locale.ts";
import { compilePattern } from "./pattern.ts";

/** Matching that takes longer than that is given up: the rest stays as it is. */
const MOST_WORK = 4_000_000;

/** A text that long cannot be held. */
const MAX_LENGTH = 1 << 24;

/** What #, %, /, ^ and , do to one string. */
export function* textChange(shell: Shell, part: ParameterPart, quoted: boolean): Blocking<(text: string) => string> {
  const operator = part.operator ?? "#";
  const operand = part.operand ?? new Word("");
  const pattern0 = yield* shell.language.expandPattern(shell, operand);
  const source = countsBytes(shell, pattern0) ? asBytes(pattern0) : pattern0;
  const options = { extglob: shell.shopts.extglob, ignoreCase: false };
  switch (operator) {
    case "#": case "##": {
      const pattern = compilePattern(source, options);
      return (text) => {
        charge(shell, text);
        const ends = pattern.endsAt(text, 0);
        return ends ? text.slice(operator === "##" ? ends.longest : ends.shortest) : text;
      };
    }
    case "%": case "%%": {
      const pattern = compilePattern(source, options);
      return (text) => {
        charge(shell, text);
        const start = pattern.suffixStart(text, operator === "%%");
        return start === undefined ? text : text.slice(0, start);
      };
    }
    case "/": case "//": case "/#": case "/%": {
      let replacement: (match: string) => string;
      if (part.operand2 === undefined || part.operand2.text === "") replacement = () => "";
      else if (!shell.shopts.patsub_replacement) {
        const text = yield* shell.language.expandString(shell, part.operand2);
        replacement = () => text;
      } else {
        const escaped = yield* shell.language.expandEscaped(shell, part.operand2, (text) => (quoted ? text : text.replace(/[\\&]/g, "\\$&")));
        replacement = replacer(escaped);
      }
      // subst.c's umatchlen ends [^]…] at its first bracket, so a pattern of fixed length with one is looked for in texts that are too long for it.
      if (/(?:^|[^\\])\[[!^]\]/.test(source) && !/(?:^|[^\\])(?:\*|[?*+@!]\()/.test(source)) return (text) => text;
      const pattern = compilePattern(source, { ...options, ignoreCase: shell.shopts.nocasematch });
      if (operator === "/#") {
        return (text) => {
          const ends = source === "" ? { longest: 0 } : pattern.endsAt(text, 0);
          return ends ? replacement(text.slice(0, ends.longest)) + text.slice(ends.longest) : text;
        };
      }
      if (operator === "/%") {
        return (text) => {
          const start = source === "" ? text.length : pattern.suffixStart(text, true);
          return start === undefined ? text : text.slice(0, start) + replacement(text.slice(start));
        };
      }
      if (source === "") return (text) => text;
      return (text) => {
        let out = "";
        let at = 0;
        let work = 0;
        const literal = pattern.literal;
        while (at <= text.length) {
          if (out.length > MAX_LENGTH) throw new ExpansionError(`xrealloc: cannot allocate ${out.length} bytes`, "exit");
          if (work > MOST_WORK) break;
          if (literal !== undefined) {
            const hit = text.indexOf(literal, at);
            if (hit < 0) break;
            out += text.slice(at, hit) + replacement(literal);
            at = hit + literal.length;
            charge(shell, "x");
            if (operator === "/") break;
            continue;
          }
          charge(shell, "x");
          const ends = pattern.endsAt(text, at);
          const taken = pattern.takeWork();
          work += taken;
          if (taken > 64 && shell.sys.charge(taken >> 5)) shell.attention = true;
          if (!ends || ends.longest === at) {
            // an empty match stands before each character; in an empty text `//` finds only a star (subst.c: pat_subst)
            if (text === "") return ends && (operator === "/" || source === "*") ? replacement("") : text;
            if (at === text.length) break;
            if (ends) out += replacement("");
            if (ends && operator === "/") break;
            const width = text.codePointAt(at) !== undefined && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
            out += text.slice(at, at + width);
            at += width;
            continue;
          }
          out += replacement(text.slice(at, ends.longest));
          at = ends.longest;
          if (operator === "/") break;
        }
        return out + text.slice(Math.min(at, text.length));
      };
    }
    default: {
      const pattern = source === "" ? undefined : compilePattern(source, options);
      const all = operator.length === 2;
      const kind = operator.charAt(0);
      return (text) => {
        charge(shell, text);
        const characters = [...text];
        return characters.map((c, index) => {
          if (!all && index > 0) return c;
          if (pattern && !pattern.matches(c)) return c;
          if (kind === "^") return c.toUpperCase();
          if (kind === ",") return c.toLowerCase();
          return c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase();
        }).join("");
      };
    }
  }
}

export function charge(shell: Shell, text: string): void {
  if (shell.sys.charge(1 + (text.length >> 5))) shell.attention = true;
}

/** `&` stands for the match, `\&` for itself. */
function replacer(escaped: string): (match: string) => string {
  if (!/[&\\]/.test(escaped)) return () => escaped;
  const pieces: (string | null)[] = [];
  let current = "";
  for (let i = 0; i < escaped.length; i++) {
    const c = escaped.charAt(i);
    if (c === "\\" && (escaped.charAt(i + 1) === "&" || escaped.charAt(i + 1) === "\\")) current += escaped.charAt(++i);
    else if (c === "&") {
      pieces.push(current, null);
      current = "";
    } else current += c;
  }
  pieces.push(current);
  return (match) => pieces.map((piece) => piece ?? match).join("");
}
