// The Perl expressions that rename takes: s///, tr/// and y///, lc, uc and their kin, assignments to $_ of those; several with semicolons.
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";

/** What the expression does to one name. */
export type Change = (name: string) => string;

/** The expression is wrong; the text is perl's. */
export class BadExpression extends Error {}

/** Perl that is not simulated here. */
export class Unsimulated extends Error {}

const CLOSING = new Map([["(", ")"], ["[", "]"], ["{", "}"], ["<", ">"]]);

/** The text up to the delimiter, with what stands behind it. Brackets nest. */
function delimited(text: string, from: number, open: string): { readonly body: string; readonly next: number } | undefined {
  const close = CLOSING.get(open) ?? open;
  let body = "";
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const c = text.charAt(at);
    if (c === "\\" && at + 1 < text.length) {
      const following = text.charAt(++at);
      body += following === close && close === open ? following : c + following;
      continue;
    }
    if (close !== open && c === open) depth++;
    else if (c === close && --depth === 0) return { body, next: at + 1 };
    body += c;
  }
  return undefined;
}

interface Parts {
  readonly first: string;
  readonly second: string;
  readonly flags: string;
  readonly next: number;
}

function parts(text: string, from: number, missing: readonly [string, string]): Parts {
  const open = text.charAt(from);
  const first = delimited(text, from + 1, open);
  if (first === undefined) throw new BadExpression(`${missing[0]} not terminated at line 1`);
  let start = first.next;
  let secondOpen = open;
  if (CLOSING.has(open)) {
    while (/\s/.test(text.charAt(start))) start++;
    secondOpen = text.charAt(start++);
  }
  const second = delimited(text, start, secondOpen);
  if (second === undefined) throw new BadExpression(`${missing[1]} not terminated at line 1`);
  const flags = /^[a-z]*/.exec(text.slice(second.next))?.[0] ?? "";
  return { first: first.body, second: second.body, flags, next: second.next + flags.length };
}

const first = (text: string, change: (c: string) => string): string => change(text.charAt(0)) + text.slice(1);

/** Groups, $&, \U \L \u \l \E, backslash escapes. */
function replacement(template: string, group: (number: number) => string): string {
  let out = "";
  let mode: "U" | "L" | "" = "";
  let once: "u" | "l" | "" = "";
  const add = (text: string): void => {
    let piece = mode === "U" ? text.toUpperCase() : mode === "L" ? text.toLowerCase() : text;
    if (once !== "" && piece !== "") {
      piece = first(piece, (c) => (once === "u" ? c.toUpperCase() : c.toLowerCase()));
      once = "";
    }
    out += piece;
  };
  for (let at = 0; at < template.length; at++) {
    const rest = template.slice(at);
    const [whole, one, braced] = /^\$(?:(\d+)|\{(\d+)\})/.exec(rest) ?? [];
    if (whole !== undefined) {
      add(group(Number(one ?? braced)));
      at += whole.length - 1;
      continue;
    }
    if (rest.startsWith("$&")) {
      add(group(0));
      at++;
      continue;
    }
    if (/^[$@][A-Za-z_{]/.test(rest)) throw new Unsimulated(`the variable ${/^[$@]\{?\w+/.exec(rest)?.[0] ?? "$"}`);
    if (template.charAt(at) !== "\\" || at + 1 === template.length) {
      add(template.charAt(at));
      continue;
    }
    const c = template.charAt(++at);
    if (c === "U" || c === "L") mode = c;
    else if (c === "u" || c === "l") once = c;
    else if (c === "E" || c === "Q") mode = "";
    else if (/[1-9]/.test(c)) add(group(Number(c)));
    else add(new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["0", "\0"]]).get(c) ?? c);
  }
  return out;
}

function substitution({ first: pattern, second, flags }: Parts): Change {
  if (/[^gixms]/.test(flags)) throw new Unsimulated(`the modifiers ${flags} of s///`);
  const source = flags.includes("x") ? pattern.replace(/\\.|\s+|#.*/g, (found) => (found.startsWith("\\") ? found : "")) : pattern;
  let regex: ReturnType<typeof compileRegex>;
  try {
    regex = compileRegex(source, { syntax: "pcre", ignoreCase: flags.includes("i") });
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw new BadExpression(`${error.message} at line 1`);
    throw error;
  }
  return (name) => {
    let out = "";
    let at = 0;
    while (at <= name.length) {
      const found = regex.exec(name, at);
      if (found === undefined) break;
      const [start = 0, end = 0] = [found[0] ?? 0, found[1] ?? 0];
      out += name.slice(at, start) + replacement(second, (number) => {
        const [from = -1, to = -1] = [found[2 * number] ?? -1, found[2 * number + 1] ?? -1];
        return from < 0 ? "" : name.slice(from, to);
      });
      at = end;
      if (end === start) {
        out += name.charAt(at);
        at++;
      }
      if (!flags.includes("g")) break;
    }
    return out + name.slice(at);
  };
}

/** "a-z" and escapes as a list of characters. */
function characters(text: string): string[] {
  const list: string[] = [];
  const source = [...text.replace(/\\(.)/gs, (_, c: string) => (c === "-" ? "\u0000-" : (new Map([["n", "\n"], ["t", "\t"], ["\\", "\\"]]).get(c) ?? c)))];
  for (let at = 0; at < source.length; at++) {
    const c = source[at] ?? "";
    if (c === "\u0000") {
      list.push(source[++at] ?? "");
      continue;
    }
    const last = source[at + 2];
    if (source[at + 1] === "-" && last !== undefined) {
      for (let code = c.codePointAt(0) ?? 0; code <= (last.codePointAt(0) ?? 0); code++) list.push(String.fromCodePoint(code));
      at += 2;
    } else list.push(c);
  }
  return list;
}

function transliteration({ first: from, second, flags }: Parts): Change {
  const search = characters(from);
  const into = characters(second);
  const complement = flags.includes("c");
  const target = into.length === 0 && !flags.includes("d") ? search : into;
  return (name) => {
    let out = "";
    let last: string | undefined;
    for (const c of name) {
      const index = search.indexOf(c);
      const hit = complement ? index < 0 : index >= 0;
      if (!hit) {
        out += c;
        last = undefined;
        continue;
      }
      const place = complement ? target.length - 1 : index;
      const made = complement && into.length === 0 && !flags.includes("d") ? c : (target[place] ?? (flags.includes("d") ? "" : (target.at(-1) ?? "")));
      if (flags.includes("s") && made !== "" && made === last) continue;
      out += made;
      last = made;
    }
    return out;
  };
}

const FUNCTIONS = new Map<string, Change>([["lc", (name) => name.toLowerCase()], ["uc", (name) => name.toUpperCase()], ["ucfirst", (name) => first(name, (c) => c.toUpperCase())], ["lcfirst", (name) => first(name, (c) => c.toLowerCase())]]);

/** Throws BadExpression, Unsimulated. */
export function parseExpression(text: string): Change {
  const changes: Change[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const blank = /^[\s;]+/.exec(rest)?.[0];
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const [operator, word] = /^(?:\$_\s*=~\s*)?(s|tr|y)(?=[^\w\s,;=])/.exec(rest) ?? [];
    if (operator !== undefined && word !== undefined) {
      const found = parts(text, at + operator.length, word === "s" ? ["Substitution pattern", "Substitution replacement"] : ["Transliteration pattern", "Transliteration replacement"]);
      changes.push(word === "s" ? substitution(found) : transliteration(found));
      at = found.next;
      continue;
    }
    const [call, name] = /^\$_\s*=\s*(lc|uc|lcfirst|ucfirst)\b(?:\s*\(?\s*\$_\s*\)?)?\s*(?=;|$)/.exec(rest) ?? [];
    const change = FUNCTIONS.get(name ?? "");
    if (call !== undefined && change !== undefined) {
      changes.push(change);
      at += call.length;
      continue;
    }
    const [appended, , tail] = /^\$_\s*\.=\s*(["'])(.*?)\1\s*(?=;|$)/.exec(rest) ?? [];
    if (appended !== undefined && tail !== undefined && !/[$@\\]/.test(tail)) {
      changes.push((one) => one + tail);
      at += appended.length;
      continue;
    }
    // without an assignment a function leaves the name as it is
    const useless = /^(lc|uc|lcfirst|ucfirst)\b\s*(\(?\s*\$_\s*\)?)?\s*(?=;|$)/.exec(rest)?.[0];
    if (useless !== undefined) {
      at += useless.length;
      continue;
    }
    throw new Unsimulated("this Perl");
  }
  return (name) => changes.reduce((value, change) => change(value), name);
}
