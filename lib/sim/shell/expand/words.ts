// From words to arguments, in bash's order: braces, tilde, parameters, commands and arithmetic from left to right, splitting, pathnames, quote
// removal (bash(1), EXPANSION). Words that need none of it take a short way without generators.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { evaluateInDash } from "../dash/arithmetic.ts";
import { ArithmeticError } from "./arithmetic-parser.ts";
import { evaluateWaiting } from "./evaluate-waiting.ts";
import { ExpansionError } from "../interp/expansion-error.ts";
import type { Shell } from "../interp/shell.ts";
import { ATTRIBUTE } from "../interp/variables.ts";
import { assignmentOf } from "../syntax/parser.ts";
import { type ParameterPart, Word, type WordContext, type WordPart } from "../syntax/tree.ts";
import { partsOf } from "../syntax/word-parts.ts";
import { braceWords, longSequence } from "./braces.ts";
import { type Field, FieldBuilder, PIECE_STEPS } from "./field-builder.ts";
import { globPattern } from "./glob.ts";
import { expandParameter } from "./parameter.ts";
import { specialParameter } from "./parameter-value.ts";
import { readFileNow } from "./run-now.ts";
import { type KeySpan, keysWritten, shieldedKey } from "./subscript.ts";
import { expandTilde } from "./tilde.ts";

const SAFE_VALUE = /^[A-Za-z0-9_/.:,+=@%^-]+$/;
const DEFAULT_IFS = /^[ \t\n]*$/;

/** The one field of a word whose parts are text and simple parameters; undefined: take the long way. It reads parameters before the long way may read
    them again, so what changes when it is read is none of its. */
function fastField(shell: Shell, word: Word): string | undefined {
  const parts = word.parts ?? partsOf(word);
  if (word.plain !== undefined) {
    if (word.text.includes("{") && shell.options.braceexpand && word.parts?.[0]?.type === "literal") return undefined;
    return word.plain;
  }
  let out = "";
  let quoted = false;
  for (const part of parts) {
    if (part.type === "double") {
      const text = fastQuoted(shell, part.parts);
      if (text === undefined) return undefined;
      out += text;
      quoted = true;
    } else if (part.type === "literal") {
      if (!SAFE_VALUE.test(part.text)) return undefined;
      out += part.text;
    } else if (part.type === "parameter") {
      const value = fastValue(shell, part);
      if (value === undefined || (value !== "" && !(SAFE_VALUE.test(value) && DEFAULT_IFS.test(shell.ifs)))) return undefined;
      out += value;
    } else return undefined;
  }
  // an unquoted word that is empty is no field
  return out !== "" || quoted ? out : undefined;
}

function fastQuoted(shell: Shell, parts: readonly WordPart[]): string | undefined {
  let out = "";
  for (const part of parts) {
    const text = part.type === "quoted" ? part.text : part.type === "parameter" ? fastValue(shell, part) : undefined;
    if (text === undefined) return undefined;
    out += text;
  }
  return out;
}

/** `$name`, `${name:-text}` and its kin without a subscript; undefined when it is not so simple. */
function fastValue(shell: Shell, part: ParameterPart): string | undefined {
  if (part.subscript !== undefined || part.length || part.indirect || part.bad || part.prefixNames !== undefined) return undefined;
  const { name, operator } = part;
  if (name === "@" || name === "*") return undefined;
  const variable = shell.variables.find(name);
  if (variable && ((variable.flags & ATTRIBUTE.NAMEREF) !== 0 || variable.dynamic?.changesWhenRead === true)) return undefined;
  const value = variable ? variable.scalar() : specialParameter(shell, name);
  if (operator === undefined) return value ?? (shell.options.nounset ? undefined : "");
  const filled = value !== undefined && (value !== "" || operator.length === 1);
  if (operator === "-" || operator === ":-") return filled ? value : fastOperand(part.operand);
  if (operator === "+" || operator === ":+") return filled ? fastOperand(part.operand) : "";
  return undefined;
}

function fastOperand(operand: Word | undefined): string | undefined {
  return operand === undefined || operand.text === "" || partsOf(operand).length === 0 ? "" : operand.plain;
}

/** Arguments of a command, words of `for` and `select`, elements of an array. */
export function* expandWords(shell: Shell, words: readonly Word[]): Blocking<string[]> {
  const out: string[] = [];
  for (const word of words) {
    const fast = fastField(shell, word);
    if (fast !== undefined) out.push(fast);
    else yield* expandWordInto(shell, word, out);
  }
  return out;
}

/** Without generators; undefined when some word needs them. */
export function fastWords(shell: Shell, words: readonly Word[]): string[] | undefined {
  const out: string[] = [];
  for (const word of words) {
    const fast = fastField(shell, word);
    if (fast === undefined) return undefined;
    out.push(fast);
  }
  return out;
}

export function* expandWordInto(shell: Shell, word: Word, out: string[]): Blocking<void> {
  if (shell.options.braceexpand && !shell.dash) {
    const braces = braceWords(word);
    if (braces) {
      let items = 0;
      for (const item of braces) {
        yield* expandFields(shell, item, out);
        if ((++items & 63) === 0 && shell.sys.charge(0)) {
          yield* shell.sys.preempt();
          shell.attention = true;
        }
      }
      return;
    }
    if (word.text.includes("..")) yield* refuseSequence(shell, word.text);
  }
  yield* expandFields(shell, word, out);
}

/** A list of pointers that malloc refuses is told of and the text stays; one that it grants fills the memory, word by word. */
const POINTER_BYTES = 8;
const WORD_BYTES = 128;

function* refuseSequence(shell: Shell, text: string): Blocking<void> {
  const count = longSequence(text);
  if (count === undefined) return;
  const memoryKb = Number(/^MemTotal: *(\d+)/m.exec(readFileNow(shell.sys, "/proc/meminfo") ?? "")?.[1] ?? 0);
  const limit = shell.sys.getrlimit("as").soft;
  if (count * POINTER_BYTES > Math.min(memoryKb * 1024, limit)) {
    yield* shell.report(`brace expansion: failed to allocate memory for ${count} elements`);
    return;
  }
  try {
    shell.sys.allocate(count * WORD_BYTES);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  throw new ExpansionError("xrealloc: cannot allocate 134217728 bytes", "exit");
}

function* expandFields(shell: Shell, word: Word, out: string[]): Blocking<void> {
  const builder = new FieldBuilder(shell.ifs, false);
  const parts = tildeParts(shell, word, partsOf(word), !shell.options.posix && !shell.strict && assignmentOf(word) !== undefined);
  yield* expandParts(shell, parts, builder, false, false);
  if (builder.putOff) {
    for (const _ of builder.drain()) {
      const fields = builder.takeFields();
      pushFields(shell, fields, out);
      if (shell.sys.charge(PIECE_STEPS + fields.length)) yield* shell.sys.preempt();
    }
    shell.attention = true;
  }
  const fields = builder.finish();
  if (shell.sys.charge(1 + fields.length)) shell.attention = true;
  pushFields(shell, fields, out);
}

function pushFields(shell: Shell, fields: readonly Field[], out: string[]): void {
  for (const field of fields) {
    if (!field.globbing || shell.options.noglob) {
      out.push(field.text);
      continue;
    }
    const matches = globPattern(shell, shell.strict ? withoutCaret(field.pattern) : field.pattern);
    if (!matches) out.push(field.text);
    else if (matches.length > 0) for (const match of matches) out.push(match);
    else if (shell.shopts.failglob) throw new ExpansionError(`no match: ${field.text}`, "discard");
    else if (!shell.shopts.nullglob) out.push(field.text);
  }
}

/** One string: the right side of an assignment, a here-string, `case`'s word. `assignment`: tildes after colons too. */
export function* expandString(shell: Shell, word: Word, mode: "plain" | "assignment" = "plain"): Blocking<string> {
  const fast = fastString(shell, word);
  if (fast !== undefined) return fast;
  const builder = new FieldBuilder(shell.ifs, true, "no pattern");
  const parts = word.context === "word" ? tildeParts(shell, word, partsOf(word), mode === "assignment", mode === "assignment") : partsOf(word);
  yield* expandInto(shell, parts, builder, false);
  return builder.text;
}

/** Like fastField, but no value needs splitting and no text is a pattern. */
export function fastString(shell: Shell, word: Word): string | undefined {
  const parts = word.parts ?? partsOf(word);
  if (word.plain !== undefined) return word.plain;
  if (word.context === "word" && word.text.includes("~")) return undefined;
  let out = "";
  for (const part of parts) {
    const text =
      part.type === "quoted" || part.type === "literal" ? part.text : part.type === "double" ? fastQuoted(shell, part.parts) : part.type === "parameter" ? fastValue(shell, part) : undefined;
    if (text === undefined) return undefined;
    out += text;
  }
  return out;
}

/** A pattern: quoted characters come out escaped. */
export function* expandPattern(shell: Shell, word: Word): Blocking<string> {
  const builder = new FieldBuilder(shell.ifs, true);
  const parts = word.context === "word" ? tildeParts(shell, word, partsOf(word), false) : partsOf(word);
  yield* expandInto(shell, parts, builder, false);
  return shell.strict ? withoutCaret(builder.pattern) : builder.pattern;
}

/** dash negates a bracket with ! only. */
function withoutCaret(pattern: string): string {
  return pattern.replaceAll("[^", "[\\^");
}

/** Any text with quoted characters marked by `escape` (regular expressions, replacements). */
export function* expandEscaped(shell: Shell, word: Word, escape: (text: string) => string): Blocking<string> {
  const builder = new FieldBuilder(shell.ifs, true, escape);
  yield* expandInto(shell, word.context === "word" ? tildeParts(shell, word, partsOf(word), false) : partsOf(word), builder, false);
  return builder.pattern;
}

/** A subscript between [ and ]: a key, or text for arithmetic, where single quotes are no quotes. */
export function* expandSubscript(shell: Shell, word: Word, associative: boolean): Blocking<string> {
  if (associative || !word.text.includes("'")) return yield* expandString(shell, word);
  return yield* expandString(shell, new Word(word.text, word.embedded, "double"));
}

/** The text of an arithmetic expression with its `$` expansions done. */
export function* expandArithmetic(shell: Shell, word: Word): Blocking<string> {
  const parts = partsOf(word);
  const only = parts[0];
  if (parts.length === 0) return "";
  if (parts.length === 1 && only?.type === "quoted") return only.text;
  const keys = shell.strict ? [] : keysWritten(shell, word.text);
  if (keys.length > 0) return yield* expandWithKeys(shell, word, keys);
  const builder = new FieldBuilder(shell.ifs, true, "no pattern");
  yield* expandInto(shell, parts, builder, true);
  return builder.text;
}

/** The keys of associative arrays are expanded once, as words of their own, and not looked into again. */
function* expandWithKeys(shell: Shell, word: Word, keys: readonly KeySpan[]): Blocking<string> {
  const slice = (start: number, end: number, context: WordContext): Word => new Word(word.text.slice(start, end), word.embedded.filter((item) => item.start >= start && item.end <= end).map((item) => ({ start: item.start - start, end: item.end - start, body: item.body })), context);
  let out = "";
  let at = 0;
  for (const { start, end } of keys) {
    out += yield* expandArithmetic(shell, slice(at, start, word.context));
    out += shieldedKey(yield* expandString(shell, slice(start, end, "word")));
    at = end;
  }
  return out + (yield* expandArithmetic(shell, slice(at, word.text.length, word.context)));
}

/** All parts of a word, with what the builder puts off. */
function* expandInto(shell: Shell, parts: readonly WordPart[], builder: FieldBuilder, quoted: boolean): Blocking<void> {
  yield* expandParts(shell, parts, builder, quoted, false);
  if (!builder.putOff) return;
  for (const _ of builder.drain()) if (shell.sys.charge(PIECE_STEPS)) yield* shell.sys.preempt();
  // a caught signal that came meanwhile is looked at after the command
  shell.attention = true;
}

export function* expandParts(shell: Shell, parts: readonly WordPart[], builder: FieldBuilder, quoted: boolean, splitLiterals: boolean): Blocking<void> {
  for (const part of parts) {
    switch (part.type) {
      case "literal":
        if (quoted) builder.quoted(part.text);
        else if (splitLiterals) builder.split(part.text);
        else builder.literal(part.text);
        break;
      case "quoted":
        builder.quoted(part.text);
        break;
      case "double":
        if (part.parts.length === 0) builder.quoted("");
        else yield* expandParts(shell, part.parts, builder, true, false);
        break;
      case "parameter":
        yield* expandParameter(shell, part, builder, quoted, splitLiterals);
        break;
      case "command": {
        const text = yield* shell.language.commandSubstitution(shell, part);
        if (quoted) builder.quoted(text);
        else builder.split(text);
        break;
      }
      case "arithmetic": {
        const expression = yield* expandArithmetic(shell, part.expression);
        const text = yield* evaluateText(shell, expression);
        if (quoted) builder.quoted(text);
        else builder.split(text);
        break;
      }
      case "process":
        builder.quoted(yield* shell.language.processSubstitution(shell, part));
        break;
    }
  }
}

function* evaluateText(shell: Shell, expression: string): Blocking<string> {
  if (shell.strict) return String(evaluateInDash(shell, expression));
  try {
    return String(yield* evaluateWaiting(shell, expression));
  } catch (error) {
    if (error instanceof ArithmeticError && !shell.dash) throw new ExpansionError(error.message, "line");
    throw error;
  }
}

/** Replaces tilde prefixes by quoted parts. */
function tildeParts(shell: Shell, word: Word, parts: readonly WordPart[], assignment: boolean, value = false): readonly WordPart[] {
  if (!word.text.includes("~")) return parts;
  const out: WordPart[] = [];
  parts.forEach((part, index) => {
    if (part.type !== "literal" || !part.text.includes("~")) {
      out.push(part);
      return;
    }
    const last = index === parts.length - 1;
    let text = part.text;
    let rest = "";
    if (!value && assignment && index === 0) {
      const equals = text.indexOf("=");
      rest = text.slice(0, equals + 1);
      text = text.slice(equals + 1);
    }
    if (rest !== "") out.push({ type: "literal", text: rest });
    if (!assignment) {
      if (index !== 0) out.push(part);
      else pushTilde(shell, text, last, out);
      return;
    }
    const pieces = text.split(":");
    pieces.forEach((piece, at) => {
      if (at > 0) out.push({ type: "literal", text: ":" });
      const startsHere = at > 0 || index === 0;
      if (!startsHere) {
        if (piece !== "") out.push({ type: "literal", text: piece });
      } else pushTilde(shell, piece, last || at < pieces.length - 1, out);
    });
  });
  return out;
}

/** `closed`: nothing but a slash or the end follows the prefix. */
function pushTilde(shell: Shell, text: string, closed: boolean, out: WordPart[]): void {
  if (!text.startsWith("~")) {
    if (text !== "") out.push({ type: "literal", text });
    return;
  }
  const slash = text.search(/[/:]/);
  const prefix = slash < 0 ? text : text.slice(0, slash);
  const home = slash >= 0 || closed ? expandTilde(shell, prefix) : undefined;
  if (home === undefined) out.push({ type: "literal", text });
  else {
    out.push({ type: "quoted", text: home });
    if (slash >= 0) out.push({ type: "literal", text: text.slice(slash) });
  }
}

export function wordOf(text: string): Word {
  return new Word(text);
}
