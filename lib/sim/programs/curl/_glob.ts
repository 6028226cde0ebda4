// Series in URLs: {one,two}, [1-9], [001-100:10], [a-z] (curl's tool_urlglob.c).

export class GlobError extends Error {}

export interface GlobbedUrl {
  readonly url: string;
  /** what each series stands for here: #1, #2… of an output name */
  readonly parts: readonly string[];
}

type Piece = string | readonly string[];

function fail(text: string, position: number, reason: string): never {
  throw new GlobError(`${reason} in URL position ${position}:\n${text}\n${" ".repeat(Math.max(0, position - 1))}^`);
}

function range(text: string, from: number): { readonly values: readonly string[]; readonly next: number } {
  const inside = text.slice(from + 1);
  const letters = /^([A-Za-z])-([A-Za-z])(?::(\d+))?\]/.exec(inside);
  if (letters !== null) {
    const [whole, first = "", last = "", step] = letters;
    const start = first.charCodeAt(0);
    const end = last.charCodeAt(0);
    const by = Number(step ?? "1");
    if (by === 0 || start > end || (step !== undefined && by > end - start)) fail(text, from + 1 + whole.length, "bad range");
    const values: string[] = [];
    for (let code = start; code <= end; code += by) values.push(String.fromCharCode(code));
    return { values, next: from + 1 + whole.length };
  }
  if (/^[A-Za-z]/.test(inside)) fail(text, from + 2, "bad range");
  const numbers = /^(\d+)-(\d+)(?::(\d+))?\]/.exec(inside);
  if (numbers === null) {
    const read = /^\d*(?:-\d*(?::\d*)?)?/.exec(inside)?.[0].length ?? 0;
    return fail(text, from + 1 + read, "bad range");
  }
  const [whole, first = "", last = "", step] = numbers;
  const start = Number(first);
  const end = Number(last);
  const by = Number(step ?? "1");
  if (by === 0 || start > end || (step !== undefined && by > end - start)) fail(text, from + 2 + whole.length, "bad range");
  const width = first.startsWith("0") && first.length > 1 ? first.length : 0;
  const values: string[] = [];
  for (let number = start; number <= end && values.length < 100_000; number += by) values.push(String(number).padStart(width, "0"));
  return { values, next: from + 1 + whole.length };
}

/** Throws GlobError. */
export function expandGlob(text: string): readonly GlobbedUrl[] {
  const pieces: Piece[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? "";
    if (char === "[") {
      // an IPv6 address, or nothing between the brackets, is no series
      const closing = text.indexOf("]", at);
      const inside = closing < 0 ? undefined : text.slice(at + 1, closing);
      if (inside !== undefined && (inside === "" || (/^[0-9A-Fa-f:.%a-zA-Z]*$/.test(inside) && (inside.match(/:/g) ?? []).length >= 2))) {
        plain += text.slice(at, closing + 1);
        at = closing + 1;
        continue;
      }
      const found = range(text, at);
      if (plain !== "") pieces.push(plain);
      plain = "";
      pieces.push(found.values);
      at = found.next;
    } else if (char === "{") {
      if (text[at + 1] === "}") fail(text, at + 2, "empty string within braces");
      const values: string[] = [];
      let value = "";
      const open = at;
      for (at++; ; at++) {
        const inner = text[at];
        if (inner === undefined) fail(text, open + 1, "unmatched brace");
        if (inner === "{" || inner === "[") fail(text, at + 1, "nested brace");
        if (inner === "]") fail(text, at + 1, "unexpected close bracket");
        if (inner === "\\" && at + 1 < text.length) value += text[++at] ?? "";
        else if (inner === "," || inner === "}") {
          values.push(value);
          value = "";
          if (inner === "}") break;
        } else value += inner;
      }
      at++;
      if (plain !== "") pieces.push(plain);
      plain = "";
      pieces.push(values);
    } else if (char === "}" || char === "]") fail(text, at + 1, "unmatched close brace/bracket");
    else if (char === "\\" && /[{}[\]]/.test(text[at + 1] ?? "")) {
      plain += text[at + 1] ?? "";
      at += 2;
    } else {
      plain += char;
      at++;
    }
  }
  if (plain !== "") pieces.push(plain);
  let found: GlobbedUrl[] = [{ url: "", parts: [] }];
  for (const piece of pieces) {
    if (typeof piece === "string") found = found.map((one) => ({ ...one, url: one.url + piece }));
    else found = found.flatMap((one) => piece.map((value) => ({ url: one.url + value, parts: [...one.parts, value] })));
  }
  return found;
}

/** "f_#1": the parts of the series in their places. */
export const fillName = (name: string, parts: readonly string[]): string => name.replace(/#(\d+)/g, (whole, number: string) => parts[Number(number) - 1] ?? whole);
