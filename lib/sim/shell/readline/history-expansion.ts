// `!` expansion (bash(1), HISTORY EXPANSION): event designators, word designators, modifiers, quick substitution.

import type { HistoryExpansion } from "../front-end.ts";
import { historyWords } from "../../readline/history-words.ts";

interface ExpansionContext {
  /** Oldest first. */
  readonly entries: readonly { readonly text: string }[];
  readonly base: number;
  /** histchars: expansion, quick substitution, comment. */
  readonly chars?: string;
  /** What `!?str?` last looked for and `%` and `:s//` use; kept by the shell between lines. */
  readonly memory: ExpansionMemory;
}

interface ExpansionMemory {
  searchString: string;
  searchMatch: string;
  substituteOld: string;
  substituteNew: string;
}

export function newExpansionMemory(): ExpansionMemory {
  return { searchString: "", searchMatch: "", substituteOld: "", substituteNew: "" };
}

class ExpansionError extends Error {}

interface Piece {
  readonly text: string;
  readonly end: number;
  readonly printOnly: boolean;
}

/** Characters after which `!` is only itself; `(` too with extglob, which an interactive bash has by its completion package. */
const NO_EXPANSION_BEFORE = " \t\n\r=(";

export function expandHistoryLine(line: string, context: ExpansionContext): HistoryExpansion {
  const expansion = context.chars?.[0] ?? "!";
  const quick = context.chars?.[1] ?? "^";
  const comment = context.chars?.[2] ?? "#";
  try {
    if (line.startsWith(quick) && quick !== "") line = `${expansion}${expansion}:s${line}`;
    if (!line.includes(expansion)) return { kind: "unchanged" };
    let result = "";
    let changed = false;
    let printOnly = false;
    let single = false;
    let double = false;
    for (let index = 0; index < line.length; ) {
      const character = line[index] ?? "";
      if (single) {
        if (character === "'") single = false;
      } else if (character === "\\") {
        result += line.slice(index, index + 2);
        index += 2;
        continue;
      } else if (character === "'" && !double) single = true;
      else if (character === '"') double = !double;
      else if (character === comment && !double && (index === 0 || /[\s;&|()]/.test(line[index - 1] ?? ""))) {
        result += line.slice(index);
        break;
      } else if (character === expansion) {
        const next = line[index + 1];
        const before = line[index - 1];
        const inactive = next === undefined || NO_EXPANSION_BEFORE.includes(next) || (double && next === '"') || (before === "{" && line[index - 2] === "$") || (before === "$" && next !== expansion) || (before === "[" && line.indexOf("]", index) > 0);
        if (!inactive) {
          const piece = expandEvent(line, index, context, result, double);
          result += piece.text;
          printOnly ||= piece.printOnly;
          changed = true;
          index = piece.end;
          continue;
        }
      }
      result += character;
      index += 1;
    }
    return changed ? { kind: "expanded", text: result, printOnly } : { kind: "unchanged" };
  } catch (error) {
    if (error instanceof ExpansionError) return { kind: "error", message: error.message };
    throw error;
  }
}

/** `!...` at `start`. `before` is what the line has become so far (for `!#`). */
function expandEvent(line: string, start: number, context: ExpansionContext, before: string, quoted: boolean): Piece {
  const expansion = context.chars?.[0] ?? "!";
  const { entries, base, memory } = context;
  let index = start + 1;
  let event: string | undefined;
  const rest = line.slice(index);
  const numbered = /^-?\d+/.exec(rest);
  if (rest.startsWith(expansion)) {
    event = entries.at(-1)?.text;
    index += 1;
  } else if (rest.startsWith("#")) {
    event = before;
    index += 1;
  } else if (numbered) {
    const number = Number.parseInt(numbered[0], 10);
    event = number < 0 ? entries.at(number)?.text : entries[number - base]?.text;
    if (number < 0 && -number > entries.length) event = undefined;
    index += numbered[0].length;
  } else if (rest.startsWith("?")) {
    const end = rest.indexOf("?", 1);
    const text = end < 0 ? rest.slice(1) : rest.slice(1, end);
    index += end < 0 ? rest.length : end + 1;
    if (text !== "") memory.searchString = text;
    const sought = memory.searchString;
    if (sought === "") throw new ExpansionError(`${line.slice(start, index)}: no previous search`);
    event = [...entries].reverse().find((entry) => entry.text.includes(sought))?.text;
    if (event !== undefined) memory.searchMatch = historyWords(event).find((word) => word.text.includes(sought))?.text ?? "";
  } else if (/^[$^*%]/.test(rest) || /^:[-\d$^*%]/.test(rest)) {
    event = entries.at(-1)?.text;
  } else {
    const match = (quoted ? /^[^\s:^$*%"]+/ : /^[^\s:;&()|<>^$*%"']+/).exec(rest);
    const text = match?.[0] ?? "";
    index += text.length;
    event = text === "" ? entries.at(-1)?.text : [...entries].reverse().find((entry) => entry.text.startsWith(text))?.text;
  }
  if (event === undefined) throw new ExpansionError(`${line.slice(start, index)}: event not found`);

  const selection = selectWords(line, index, event, memory);
  index = selection.end;
  let text = selection.text;
  let printOnly = false;
  let quoting: "" | "q" | "x" = "";
  let global = false;
  let everyWord = false;
  while (line[index] === ":") {
    const modifierStart = index;
    let modifier = line[index + 1] ?? "";
    index += 2;
    while (modifier === "g" || modifier === "a" || modifier === "G") {
      if (modifier === "G") everyWord = true;
      else global = true;
      modifier = line[index] ?? "";
      index += 1;
    }
    if (modifier === "p") printOnly = true;
    else if (modifier === "q" || modifier === "x") quoting = modifier;
    else if (modifier === "h") text = text.includes("/") ? text.slice(0, text.lastIndexOf("/")) || "/" : text;
    else if (modifier === "t") text = text.slice(text.lastIndexOf("/") + 1);
    else if (modifier === "r") text = text.lastIndexOf(".") > text.lastIndexOf("/") ? text.slice(0, text.lastIndexOf(".")) : text;
    else if (modifier === "e") text = text.lastIndexOf(".") > text.lastIndexOf("/") ? text.slice(text.lastIndexOf(".")) : text;
    else if (modifier === "s" || modifier === "&") {
      if (modifier === "s") {
        const parsed = parseSubstitution(line, index, memory);
        index = parsed.end;
      }
      const failed = line.slice(modifierStart, index);
      if (memory.substituteOld === "") throw new ExpansionError(`${failed}: no previous substitution`);
      const replaced = substitute(text, memory.substituteOld, memory.substituteNew, global, everyWord);
      if (replaced === undefined) throw new ExpansionError(`${failed}: substitution failed`);
      text = replaced;
      global = false;
      everyWord = false;
    } else throw new ExpansionError(`${line.slice(modifierStart, index)}: unrecognized history modifier`);
  }
  if (quoting === "q") text = quoteWhole(text);
  else if (quoting === "x") text = text.split(/[ \t\n]+/).map(quoteWhole).join(" ");
  return { text, end: index, printOnly };
}

function quoteWhole(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function selectWords(line: string, start: number, event: string, memory: ExpansionMemory): { text: string; end: number } {
  let index = start;
  const colon = line[index] === ":";
  const at = colon ? index + 1 : index;
  const allowed = colon ? /^(?:(\d+|[\^$%])?(-(?:\d+|[$^])?|\*)?)/ : /^(?:([\^$%])?(-(?:\d+|[$^])?|\*)?)/;
  const match = allowed.exec(line.slice(at));
  const text = match?.[0] ?? "";
  if (text === "") return { text: event, end: index };
  index = at + text.length;
  const words = historyWords(event);
  const last = words.length - 1;
  const designator = line.slice(start, index);
  if (text === "%") return { text: memory.searchMatch, end: index };
  const number = (word: string): number => (word === "^" ? 1 : word === "$" ? last : Number.parseInt(word, 10));
  let from: number;
  let to: number;
  const first = match?.[1];
  const range = match?.[2];
  if (text === "*") {
    if (last < 1) return { text: "", end: index };
    from = 1;
    to = last;
  } else {
    from = first === undefined ? 0 : number(first);
    if (range === undefined) to = from;
    else if (range === "*") to = last;
    else to = range === "-" ? last - 1 : number(range.slice(1));
  }
  if (range === "*" && first !== undefined && from === last + 1) return { text: "", end: index };
  if (from > last || to > last || from < 0 || (to < from && !(range === "-" && to === from - 1))) throw new ExpansionError(`${designator}: bad word specifier`);
  return { text: words.slice(from, to + 1).map((word) => word.text).join(" "), end: index };
}

function parseSubstitution(line: string, start: number, memory: ExpansionMemory): { end: number } {
  const delimiter = line[start] ?? "";
  let index = start + 1;
  const read = (): string => {
    let text = "";
    while (index < line.length && line[index] !== delimiter) {
      if (line[index] === "\\" && line[index + 1] === delimiter) index += 1;
      text += line[index] ?? "";
      index += 1;
    }
    return text;
  };
  if (delimiter === "") return { end: start };
  const old = read();
  index += 1;
  const replacement = read();
  if (line[index] === delimiter) index += 1;
  if (old !== "") memory.substituteOld = old;
  else if (memory.searchString !== "" && memory.substituteOld === "") memory.substituteOld = memory.searchString;
  const wanted = memory.substituteOld;
  memory.substituteNew = replacement.replace(/\\&|&/g, (found) => (found === "&" ? wanted : "&"));
  return { end: Math.min(index, line.length) };
}

function substitute(text: string, old: string, replacement: string, global: boolean, everyWord: boolean): string | undefined {
  if (!text.includes(old)) return undefined;
  if (global) return text.split(old).join(replacement);
  const once = (part: string): string => {
    const at = part.indexOf(old);
    return at < 0 ? part : part.slice(0, at) + replacement + part.slice(at + old.length);
  };
  return everyWord ? text.split(/([ \t\n]+)/).map(once).join("") : once(text);
}
