// Quotes: delimiters, here-documents, and what a double-quoted string or a pattern interpolates (perlop(1), "Quote and Quote-like Operators").

import { bytesOfLatin1, latin1 } from "../../kit/latin1.ts";
import { decode, encode } from "../../../kernel/sys.ts";
import { OPENERS, Scanner } from "./scanner.ts";
import type { Node } from "./tree.ts";

/** A part that stands under \U, \L, \Q, \u or \l. */
interface CaseFrame {
  readonly name: string;
  readonly parts: Node[];
}

const CASE_FUNCTIONS = new Map([["U", "uc"], ["L", "lc"], ["Q", "quotemeta"], ["F", "fc"], ["u", "ucfirst"], ["l", "lcfirst"]]);
const SIMPLE = new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["f", "\f"], ["b", "\b"], ["a", "\x07"], ["e", "\x1b"]]);

export abstract class Quoting extends Scanner {
  /** Parses the variable at the position ($... or @...) with its subscripts; undefined when it is none. */
  protected abstract interpolatedVariable(inPattern: boolean): Node | undefined;
  abstract fresh(text: string, line: number): Quoting;

  /** The text up to the closing delimiter, escapes kept; the position is after it. */
  delimited(open: string): string {
    const close = OPENERS.get(open);
    const start = this.pos;
    const line = this.lineAt(start - 1);
    let depth = 0;
    for (let i = start; i < this.src.length; i++) {
      const c = this.src.charAt(i);
      if (c === "\\") {
        i++;
        continue;
      }
      if (close !== undefined && c === open) depth++;
      else if (c === (close ?? open)) {
        if (depth === 0) {
          this.pos = i + 1;
          return this.src.slice(start, i);
        }
        depth--;
      }
    }
    return this.fail(`Can't find string terminator ${(close ?? open) === '"' ? `'"'` : `"${close ?? open}"`} anywhere before EOF`, line);
  }

  /** After q, qq, m...: the opening delimiter. */
  opener(): string {
    if (/\s/.test(this.c)) this.space();
    const open = this.c;
    if (open === "") this.fail("Can't find string terminator anywhere before EOF");
    this.pos++;
    return open;
  }

  single(body: string, open: string): string {
    const close = OPENERS.get(open) ?? open;
    let out = "";
    for (let i = 0; i < body.length; i++) {
      const next = body.charAt(i + 1);
      if (body.charAt(i) === "\\" && (next === "\\" || next === open || next === close)) i++;
      out += body.charAt(i);
    }
    return this.literal(out);
  }

  /** Source text is bytes; with `use utf8` literals are characters. */
  literal(text: string): string {
    return this.pragmas.utf8 ? decode(bytesOfLatin1(text)) : text;
  }

  /** The body of a pattern or string in which the delimiter may be escaped: m!a\!b! is a!b, but m{a\{2} keeps it. */
  protected unescapeDelimiter(body: string, open: string): string {
    if (OPENERS.has(open) || !body.includes(`\\${open}`) || "|.*+?^$\\()[]{}".includes(open) || /\w/.test(open)) return body;
    return body.split(`\\${open}`).join(open);
  }

  heredoc(): Node {
    const line = this.line;
    const found = this.match(/<<(~?)(?:"([^"\n]*)"|'([^'\n]*)'|(\\?)([A-Za-z_]\w*))/gy);
    if (!found) return this.syntaxError();
    this.token();
    this.pos += found[0].length;
    const indented = found[1] === "~";
    const tag = found[2] ?? found[3] ?? found[5] ?? "";
    const raw = found[3] !== undefined || found[4] === "\\";
    let newline = this.src.indexOf("\n", this.pos);
    const line0 = newline;
    const after = this.heredocs.get(newline);
    let start = after ?? newline + 1;
    if (newline < 0) start = this.src.length;
    const lines: string[] = [];
    let at = start;
    let closed = false;
    while (at < this.src.length) {
      newline = this.src.indexOf("\n", at);
      const text = newline < 0 ? this.src.slice(at) : this.src.slice(at, newline);
      at = newline < 0 ? this.src.length : newline + 1;
      if ((indented ? text.trimStart() : text).replace(/\r$/, "") === tag) {
        closed = true;
        break;
      }
      lines.push(text);
    }
    if (!closed) this.fail(`Can't find string terminator ${raw && found[4] !== "\\" ? `'${tag}'` : `"${tag}"`} anywhere before EOF`, line);
    if (line0 >= 0) this.heredocs.set(line0, at);
    let body = lines.map((one) => `${one}\n`);
    if (indented) {
      const indents = body.filter((one) => one.trim() !== "").map((one) => /^[ \t]*/.exec(one)?.[0].length ?? 0);
      const least = indents.length === 0 ? 0 : Math.min(...indents);
      body = body.map((one) => (one.trim() === "" && one.length <= least ? "\n" : one.slice(least)));
    }
    const text = body.join("");
    return raw ? { k: "str", value: this.literal(text), line } : this.interpolate(text, this.lineAt(start), false);
  }

  /** A double-quoted text. In patterns escapes stay as they are for the pattern's own parser. */
  interpolate(body: string, line: number, inPattern: boolean): Node {
    const stack: CaseFrame[] = [{ name: "", parts: [] }];
    let text = "";
    const top = () => stack[stack.length - 1] as CaseFrame;
    const flush = () => {
      if (text !== "") top().parts.push({ k: "str", value: text, line });
      text = "";
    };
    const close = () => {
      flush();
      const frame = stack.pop() as CaseFrame;
      if (frame.parts.length > 0) top().parts.push({ k: "func", name: frame.name, args: [join(frame.parts, line)], line });
    };
    /** \u and \l hold for one part. */
    const closeOne = () => {
      while (stack.length > 1 && (top().name === "ucfirst" || top().name === "lcfirst")) close();
    };
    const scanner = this.fresh(body, line);
    for (let i = 0; i < body.length;) {
      const c = body.charAt(i);
      if (c === "\\") {
        const next = body.charAt(i + 1);
        const name = CASE_FUNCTIONS.get(next);
        if (name !== undefined) {
          flush();
          stack.push({ name, parts: [] });
          i += 2;
          continue;
        }
        if (next === "E") {
          if (stack.length > 1) close();
          i += 2;
          continue;
        }
        if (inPattern) {
          if (stack.some((frame) => frame.name === "quotemeta")) {
            text += c;
            i++;
          } else {
            const long = /^\\[xNpPgko]\{[^}]*\}/.exec(body.slice(i, i + 80));
            const taken = long?.[0] ?? body.slice(i, i + 2);
            text += taken;
            i += taken.length;
          }
        } else {
          const [decoded, length] = this.#escape(body, i + 1);
          text += decoded;
          i += 1 + length;
        }
        if (text !== "" && (top().name === "ucfirst" || top().name === "lcfirst")) closeOne();
        continue;
      }
      if ((c === "$" || c === "@") && i + 1 < body.length) {
        scanner.pos = i;
        const node = scanner.interpolatedVariable(inPattern);
        if (node) {
          flush();
          top().parts.push(isList(node) ? { k: "func", name: "joined", args: [node], line } : node);
          closeOne();
          i = scanner.pos;
          continue;
        }
      }
      if (this.pragmas.utf8 && c.charCodeAt(0) > 127) {
        let end = i;
        while (body.charCodeAt(end) > 127) end++;
        text += this.literal(body.slice(i, end));
        i = end;
        continue;
      }
      text += c;
      i++;
      if (top().name === "ucfirst" || top().name === "lcfirst") closeOne();
    }
    while (stack.length > 1) close();
    flush();
    return join(top().parts, line);
  }

  /** An escape of a string after its backslash: what it stands for and how long it is. */
  #escape(body: string, at: number): [string, number] {
    const c = body.charAt(at);
    const simple = SIMPLE.get(c);
    if (simple !== undefined) return [simple, 1];
    if (c === "x") {
      const braced = /^x\{\s*([0-9a-fA-F_]*)\s*\}/.exec(body.slice(at, at + 40));
      if (braced) return [String.fromCodePoint(Math.min(Number.parseInt((braced[1] ?? "").replaceAll("_", "") || "0", 16), 0x10ffff)), braced[0].length];
      const digits = /^x([0-9a-fA-F]{0,2})/.exec(body.slice(at, at + 3));
      return [String.fromCharCode(Number.parseInt(digits?.[1] || "0", 16)), digits?.[0].length ?? 1];
    }
    if (c >= "0" && c <= "7") {
      const digits = /^[0-7]{1,3}/.exec(body.slice(at, at + 3))?.[0] ?? "0";
      return [String.fromCharCode(Number.parseInt(digits, 8)), digits.length];
    }
    if (c === "o") {
      const braced = /^o\{([0-7]+)\}/.exec(body.slice(at, at + 20));
      if (braced) return [String.fromCodePoint(Number.parseInt(braced[1] ?? "0", 8)), braced[0].length];
    }
    if (c === "c") return [String.fromCharCode(body.charAt(at + 1).toUpperCase().charCodeAt(0) ^ 64), 2];
    if (c === "N") {
      const braced = /^N\{U\+([0-9a-fA-F]+)\}/.exec(body.slice(at, at + 20));
      if (braced) return [String.fromCodePoint(Number.parseInt(braced[1] ?? "0", 16)), braced[0].length];
    }
    return [c, 1];
  }

  /** tr///'s lists: ranges and escapes undone, one string of characters. */
  protected transliteration(body: string, raw: boolean): string {
    const units: { c: string; escaped: boolean }[] = [];
    for (let i = 0; i < body.length;) {
      if (body.charAt(i) === "\\" && !raw) {
        if (body.charAt(i + 1) === "-" || body.charAt(i + 1) === "\\") {
          units.push({ c: body.charAt(i + 1), escaped: true });
          i += 2;
          continue;
        }
        const [decoded, length] = this.#escape(body, i + 1);
        units.push({ c: decoded, escaped: true });
        i += 1 + length;
      } else units.push({ c: body.charAt(i++), escaped: false });
    }
    if (this.pragmas.utf8) {
      const wide = decode(latin1ToBytes(units.map((unit) => unit.c).join("")));
      if (wide.length !== units.length) units.splice(0, units.length, ...Array.from(wide, (c) => ({ c, escaped: false })));
    }
    let out = "";
    for (let i = 0; i < units.length; i++) {
      const from = units[i]?.c ?? "";
      const dash = units[i + 1];
      const to = units[i + 2]?.c;
      if (dash?.c === "-" && !dash.escaped && to !== undefined) {
        if (to < from) this.fail(`Invalid range "${from}-${to}" in transliteration operator`);
        for (let c = from.charCodeAt(0); c <= to.charCodeAt(0); c++) out += String.fromCharCode(c);
        i += 2;
      } else out += from;
    }
    return out;
  }
}

function latin1ToBytes(text: string): Uint8Array {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return encode(text);
  return bytesOfLatin1(text);
}

export function utf8Bytes(text: string): string {
  return latin1(encode(text));
}

function isList(node: Node): boolean {
  return (node.k === "var" && node.sigil === "@") || (node.k === "deref" && node.sigil === "@") || node.k === "slice" || node.k === "hslice";
}

function join(parts: readonly Node[], line: number): Node {
  const [first] = parts;
  if (!first) return { k: "str", value: "", line };
  return parts.length === 1 && first.k === "str" ? first : { k: "interp", parts, line };
}
