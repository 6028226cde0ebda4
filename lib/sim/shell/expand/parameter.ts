// Parameter expansion: ${...} with all its operators (bash(1), "Parameter Expansion"). Over 400 lines: one operator after the other.
import { type Blocking, encode } from "../../kernel/sys.ts";
import { BadSubscript, UnboundVariable, arithmeticContext, assignElement, assignScalar, indexOf, isAssociative, parseTarget, readElement, resolveTarget } from "../interp/assign.ts";
import { ExpansionError } from "../interp/expansion-error.ts";
import { IndexedArray } from "../interp/indexed-array.ts";
import { flagLetters } from "../interp/options.ts";
import type { Shell } from "../interp/shell.ts";
import { ATTRIBUTE, AssociativeArray, type Variable } from "../interp/variables.ts";
import { unescape } from "../syntax/ansi-c.ts";
import { quoteAnsiC, quoteDouble, quoteSingle, needsAnsiC } from "../syntax/quote.ts";
import { type ParameterPart, Word } from "../syntax/tree.ts";
import { partsOf } from "../syntax/word-parts.ts";
import { evaluate } from "./arithmetic.ts";
import { evaluateIndex } from "./evaluate-waiting.ts";
import { characterCount, characterSlice } from "./characters.ts";
import type { FieldBuilder } from "./field-builder.ts";
import { dashFlags } from "../dash/flags.ts";
import { asBytes, countsBytes, joinBytes } from "./locale.ts";
import { compilePattern } from "./pattern.ts";
import { expandPrompt } from "./prompt.ts";

/** A list is $@, $* or an array with [@], [*]. */
type Value =
  | { readonly list: false; readonly value: string | undefined }
  | { readonly list: true; readonly values: readonly string[]; readonly star: boolean };

/** $1, $#, $? and so on; undefined for unset positional parameters and for anything else. */
export function specialParameter(shell: Shell, name: string): string | undefined {
  const c = name.charCodeAt(0);
  if (c >= 48 && c <= 57) return name === "0" ? shell.arg0 : shell.positional[Number(name) - 1];
  switch (name) {
    case "#": return String(shell.positional.length);
    case "?": return String(shell.lastStatus);
    case "$": return String(shell.shellPid);
    case "!": return shell.lastBackground === undefined ? undefined : String(shell.lastBackground);
    case "-": return shell.strict ? dashFlags(shell) : dashLess(shell, flagLetters(shell.options, { interactive: shell.interactive, command: shell.commandString !== undefined, stdin: shell.readsStdin, restricted: shell.shopts.restricted_shell }));
    case "_": return shell.strict ? undefined : shell.lastArgument;
    default: return undefined;
  }
}

/** dash has no letters for what bash always does. */
function dashLess(shell: Shell, letters: string): string {
  return shell.dash ? letters.replace(/[hBHc]/g, "") : letters;
}

/** A parameter as `${...}` sees it, after a subscript was expanded. */
interface Reference {
  readonly name: string;
  /** Expanded; undefined when there is none. "@" and "*" only when they were written so. */
  readonly subscript: string | undefined;
  readonly list: "@" | "*" | undefined;
}

function describe(reference: Reference): string {
  if (reference.list !== undefined && reference.name !== "@" && reference.name !== "*") return `${reference.name}[${reference.list}]`;
  return reference.subscript === undefined ? reference.name : `${reference.name}[${reference.subscript}]`;
}

export function* expandParameter(shell: Shell, part: ParameterPart, builder: FieldBuilder, quoted: boolean, splitLiterals: boolean): Blocking<void> {
  if (part.problem !== undefined) throw new ExpansionError(part.problem, "discard");
  const strange = shell.strict && (part.subscript !== undefined || part.indirect || part.prefixNames !== undefined || (part.operator !== undefined && /^[:/^,~@][/^,~#%]?$/.test(part.operator)));
  if ((part.bad && part.operator !== "@") || strange) throw new ExpansionError(`${part.source}: bad substitution`, "discard");
  if (part.prefixNames !== undefined) {
    const names = shell.variables.names((variable) => variable.current() !== undefined || variable.flags !== 0).filter((name) => name.startsWith(part.name));
    emit(shell, { list: true, values: names, star: part.prefixNames === "*" }, builder, quoted);
    return;
  }
  if (isMissing(shell, part)) {
    emit(shell, { list: false, value: "0" }, builder, quoted);
    return;
  }
  let reference = yield* makeReference(shell, part);
  if (part.indirect) {
    if (reference.list !== undefined && part.subscript !== undefined && part.operator === undefined) {
      emit(shell, { list: true, values: keysOf(shell, part.name), star: reference.list === "*" }, builder, quoted);
      return;
    }
    const next = yield* indirectReference(shell, reference, part);
    if (typeof next === "string") {
      emit(shell, { list: false, value: next }, builder, quoted);
      return;
    }
    reference = next;
  }
  if (part.length && shell.strict && reference.list !== undefined) {
    emit(shell, { list: false, value: String(encode(shell.positional.join(shell.ifs.charAt(0))).length) }, builder, quoted);
    return;
  }
  if (part.length) {
    emit(shell, { list: false, value: String(lengthOf(shell, reference)) }, builder, quoted);
    return;
  }
  let value: Value;
  try {
    value = read(shell, reference);
  } catch (error) {
    if (!(error instanceof BadSubscript)) throw error;
    yield* shell.complain(error.message);
    value = { list: false, value: undefined };
  }
  if (part.operator === undefined) {
    if (!value.list && value.value === undefined) checkUnset(shell, part.indirect ? { ...NOTHING, name: `!${part.name}` } : reference);
    emit(shell, value, builder, quoted);
    return;
  }
  yield* operate(shell, part, reference, value, builder, quoted, splitLiterals);
}

function checkUnset(shell: Shell, reference: Reference): void {
  if (!shell.options.nounset) return;
  throw new UnboundVariable(/^[0-9]/.test(reference.name) ? (shell.dash ? reference.name : `$${reference.name}`) : reference.name === "!" ? "$!" : describe(reference));
}

function* makeReference(shell: Shell, part: ParameterPart): Blocking<Reference> {
  if (part.name === "@" || part.name === "*") return { name: part.name, subscript: undefined, list: part.name };
  const variable = shell.variables.find(part.name);
  if (variable && (variable.flags & ATTRIBUTE.NAMEREF) !== 0 && !part.indirect) {
    const target = resolveTarget(shell, part.name);
    if (target.subscript !== undefined) {
      // A reference to an element has no elements of its own.
      if (part.subscript) return part.subscript.text === "@" || part.subscript.text === "*" ? { name: "", subscript: undefined, list: part.subscript.text } : NOTHING;
      return yield* elementReference(shell, target.name, target.subscript);
    }
    if (isReference(shell, target.name)) {
      if (target.name !== part.name || variable.value !== undefined) yield* shell.report(`warning: ${part.name}: circular name reference`);
      return NOTHING;
    }
    return yield* subscripted(shell, target.name, part.subscript);
  }
  return yield* subscripted(shell, part.name, part.subscript);
}

const NOTHING: Reference = { name: "", subscript: undefined, list: undefined };

function isReference(shell: Shell, name: string): boolean {
  const variable = shell.variables.find(name);
  return variable !== undefined && (variable.flags & ATTRIBUTE.NAMEREF) !== 0;
}

function* subscripted(shell: Shell, name: string, subscript: Word | undefined): Blocking<Reference> {
  if (!subscript) return { name, subscript: undefined, list: undefined };
  const { text } = subscript;
  if (text === "@" || text === "*") return { name, subscript: undefined, list: text };
  const associative = isAssociative(shell, name);
  const expanded = yield* shell.language.expandSubscript(shell, subscript, associative);
  return { name, subscript: associative ? expanded : yield* evaluateIndex(shell, expanded), list: undefined };
}

/** name[text], where the text is known only now. */
function* elementReference(shell: Shell, name: string, text: string): Blocking<Reference> {
  if ((text.match(/"/g) ?? []).length % 2 === 1) throw new ExpansionError(`${name}[${text}]: invalid variable name`, "discard");
  return yield* subscripted(shell, name, new Word(text));
}

/** ${!x}: what x names; a text when x is a name reference (then it is the name itself). */
function* indirectReference(shell: Shell, reference: Reference, part: ParameterPart): Blocking<Reference | string> {
  const variable = shell.variables.find(reference.name);
  if (reference.subscript === undefined && reference.list === undefined && variable && (variable.flags & ATTRIBUTE.NAMEREF) !== 0) {
    return typeof variable.value === "string" ? variable.value : "";
  }
  const value = read(shell, reference);
  const text = value.list ? value.values.join(" ") : value.value;
  if (text === undefined) {
    if (/^[0-9]+$/.test(reference.name)) return NOTHING;
    if (part.operator !== undefined && !/^:?[-+=?]$/.test(part.operator) && part.operator !== "@") return NOTHING;
    if (variable?.current() !== undefined && (typeof variable.current() !== "string" || reference.subscript !== undefined)) return "";
    throw new ExpansionError(`${part.subscript && reference.list === undefined ? `${part.name}[${part.subscript.text}]` : describe(reference)}: invalid indirect expansion`, "discard");
  }
  if (text === "@" || text === "*") return { name: text, subscript: undefined, list: text };
  if (/^[0-9]+$/.test(text) || /^[#?$!-]$/.test(text)) return { name: text, subscript: undefined, list: undefined };
  const target = parseTarget(text);
  if (!target) throw new ExpansionError(text === "" && reference.list !== undefined ? `${describe(reference)}: invalid indirect expansion` : `${text}: invalid variable name`, "discard");
  if (target.subscript === undefined) {
    if (isReference(shell, target.name)) return yield* makeReference(shell, { ...part, name: target.name, subscript: undefined, indirect: false });
    return { name: target.name, subscript: undefined, list: undefined };
  }
  return yield* elementReference(shell, target.name, target.subscript);
}

function keysOf(shell: Shell, name: string): readonly string[] {
  const value = shell.resolve(name)?.current();
  if (value instanceof IndexedArray) return value.keys().map(String);
  if (value instanceof AssociativeArray) return value.keys();
  return value === undefined ? [] : ["0"];
}

function read(shell: Shell, reference: Reference): Value {
  const { name } = reference;
  if (name === "@" || name === "*") return { list: true, values: shell.positional, star: name === "*" };
  const variable = shell.variables.find(name);
  if (!variable) {
    if (reference.list !== undefined) return { list: true, values: [], star: reference.list === "*" };
    if (reference.subscript !== undefined) {
      if (!/^[0-9]+$/.test(reference.subscript) && indexOf(shell, reference.subscript, undefined) === undefined) throw new BadSubscript(name);
      return { list: false, value: undefined };
    }
    return { list: false, value: specialParameter(shell, name) };
  }
  if ((variable.flags & ATTRIBUTE.NAMEREF) !== 0) return { list: false, value: typeof variable.value === "string" ? variable.value : undefined };
  const value = variable.current();
  if (reference.list !== undefined) {
    const values = value === undefined ? [] : typeof value === "string" ? [value] : value.values();
    return { list: true, values, star: reference.list === "*" };
  }
  if (reference.subscript === undefined) return { list: false, value: variable.scalar() };
  return { list: false, value: readElement(shell, name, reference.subscript) };
}

/** ${#x[sub]} of an unset x is 0 whatever stands between the brackets. */
function isMissing(shell: Shell, part: ParameterPart): boolean {
  return part.length && part.subscript !== undefined && !shell.options.nounset && shell.variables.find(part.name) === undefined;
}

function lengthOf(shell: Shell, reference: Reference): number {
  const value = read(shell, reference);
  if (value.list) return value.values.length;
  if (value.value === undefined) {
    checkUnset(shell, reference);
    return 0;
  }
  return characterCount(countsBytes(shell, value.value) ? asBytes(value.value) : value.value);
}

function emit(shell: Shell, value: Value, builder: FieldBuilder, quoted: boolean): void {
  if (!value.list) {
    if (quoted) builder.quoted(value.value ?? "");
    else builder.split(value.value ?? "");
    return;
  }
  const { values, star } = value;
  if (star && (quoted || builder.single)) {
    const text = values.join(shell.variables.find("IFS") ? shell.ifs.charAt(0) : " ");
    if (quoted) builder.quoted(text);
    else builder.split(text);
    return;
  }
  // Unquoted elements are split as if the first character of IFS stood between them: empty ones count when it is no blank.
  const separator = quoted || builder.single ? "" : shell.ifs.charAt(0);
  values.forEach((item, index) => {
    if (index > 0) {
      if (separator === "") builder.breakField();
      else builder.split(separator);
    }
    if (quoted) builder.quoted(item);
    else builder.split(item);
  });
}

function* operate(shell: Shell, part: ParameterPart, reference: Reference, value: Value, builder: FieldBuilder, quoted: boolean, splitLiterals: boolean): Blocking<void> {
  const operator = part.operator ?? "-";
  switch (operator) {
    case "-": case ":-": case "=": case ":=": case "?": case ":?": case "+": case ":+": {
      const colon = operator.length === 2;
      const set = value.list ? value.values.length > 0 : value.value !== undefined;
      const text = value.list ? value.values.join(value.star && quoted && shell.variables.find("IFS") ? shell.ifs.charAt(0) : " ") : (value.value ?? "");
      const present = set && !(colon && text === "" && !(part.indirect && value.list));
      const kind = operator.charAt(operator.length - 1);
      if (kind === "+") {
        if (present) yield* expandOperand(shell, part.operand, builder, quoted, splitLiterals);
        else if (quoted && !builder.single && !value.list) builder.quoted("");
        return;
      }
      if (present) {
        emit(shell, value, builder, quoted);
        return;
      }
      if (kind === "-") {
        yield* expandOperand(shell, part.operand, builder, quoted, splitLiterals);
        return;
      }
      if (kind === "=") {
        const word = part.operand ? yield* shell.language.expandString(shell, part.operand) : "";
        if (/^[0-9@*#?$!-]/.test(reference.name)) throw new ExpansionError(`${part.source.startsWith("${") ? `$${reference.name}` : reference.name}: cannot assign in this way`, "discard");
        if (reference.list !== undefined) throw new ExpansionError(`${reference.name}[${reference.list}]: bad array subscript`, "discard");
        if (reference.subscript !== undefined) assignElement(shell, reference.name, reference.subscript, word);
        else assignScalar(shell, reference.name, word);
        const after = read(shell, reference);
        emit(shell, after.list ? { list: false, value: word } : after, builder, quoted);
        return;
      }
      const message = part.operand && part.operand.text !== "" ? yield* shell.language.expandString(shell, part.operand) : colon ? "parameter null or not set" : "parameter not set";
      throw new ExpansionError(`${part.indirect ? `!${part.name}` : part.subscript && part.name === reference.name ? `${part.name}[${part.subscript.text}]` : describe(reference)}: ${message}`, "exit");
    }
    case ":":
      yield* substring(shell, part, reference, value, builder, quoted);
      return;
    case "@":
      yield* transform(shell, part, reference, value, builder, quoted);
      return;
    default:
  }
  if (!value.list && value.value === undefined) {
    checkUnset(shell, reference);
    emit(shell, value, builder, quoted);
    return;
  }
  const plain = yield* textChange(shell, part, quoted);
  const change = (text: string) => (countsBytes(shell, text) ? joinBytes(plain(asBytes(text))) : plain(text));
  if (value.list) emit(shell, { ...value, values: value.values.map(change) }, builder, quoted);
  else emit(shell, { list: false, value: change(value.value ?? "") }, builder, quoted);
}

function* expandOperand(shell: Shell, operand: Word | undefined, builder: FieldBuilder, quoted: boolean, splitLiterals: boolean): Blocking<void> {
  if (!operand || operand.text === "") {
    if (quoted && !builder.single) builder.quoted("");
    return;
  }
  if (quoted) {
    const parts = partsOf(operand);
    if (parts.length === 0) builder.quoted("");
    yield* shell.language.expandParts(shell, parts, builder, true, false);
    return;
  }
  void splitLiterals;
  const tilde = /^~[^/]*/.exec(operand.text)?.[0];
  if (tilde !== undefined && operand.context === "word") {
    const text = yield* shell.language.expandString(shell, new Word(tilde));
    if (text !== tilde) {
      builder.quoted(text);
      yield* shell.language.expandParts(shell, partsOf(new Word(operand.text.slice(tilde.length))), builder, false, true);
      return;
    }
  }
  yield* shell.language.expandParts(shell, partsOf(operand), builder, false, true);
}

// ---- removal, replacement, case ------------------------------------------------------------------------------------------------------------

/** What #, %, /, ^ and , do to one string. */
function* textChange(shell: Shell, part: ParameterPart, quoted: boolean): Blocking<(text: string) => string> {
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

/** Matching that takes longer than that is given up: the rest stays as it is. */
const MOST_WORK = 4_000_000;
/** A text that long cannot be held. */
const MAX_LENGTH = 1 << 25;

function charge(shell: Shell, text: string): void {
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

// ---- ${x:offset:length} ----------------------------------------------------------------------------------------------------------------------

function* substring(shell: Shell, part: ParameterPart, reference: Reference, value: Value, builder: FieldBuilder, quoted: boolean): Blocking<void> {
  if (!value.list && value.value === undefined) {
    checkUnset(shell, reference);
    emit(shell, value, builder, quoted);
    return;
  }
  const context = arithmeticContext(shell);
  const offset = Number(evaluate(part.operand ? yield* shell.language.expandArithmetic(shell, part.operand) : "0", context));
  const lengthText = part.operand2 ? yield* shell.language.expandArithmetic(shell, part.operand2) : undefined;
  const length = lengthText === undefined ? undefined : Number(evaluate(lengthText, context));
  if (!value.list) {
    const given = value.value ?? "";
    const text = countsBytes(shell, given) ? asBytes(given) : given;
    charge(shell, text);
    const size = characterCount(text);
    const start = offset < 0 ? size + offset : offset;
    if (start < 0 || start > size) {
      emit(shell, { list: false, value: "" }, builder, quoted);
      return;
    }
    let end = size;
    if (length !== undefined) {
      end = length < 0 ? size + length : Math.min(size, start + length);
      if (end < start) throw new ExpansionError(`${part.operand2?.text ?? ""}: substring expression < 0`, "line");
    }
    emit(shell, { list: false, value: joinBytes(characterSlice(text, start, end)) }, builder, quoted);
    return;
  }
  if (length !== undefined && length < 0) throw new ExpansionError(`${part.operand2?.text ?? ""}: substring expression < 0`, "line");
  if (reference.name === "@" || reference.name === "*") {
    const all = [shell.arg0, ...shell.positional];
    const start = offset < 0 ? all.length + offset : offset;
    const values = start < 0 ? [] : all.slice(start, length === undefined ? undefined : start + length);
    emit(shell, { ...value, values }, builder, quoted);
    return;
  }
  // For arrays the offset is an index: the elements from there on.
  const array = shell.resolve(reference.name)?.current();
  let values = value.values;
  if (array instanceof IndexedArray) {
    const start = offset < 0 ? array.maxIndex + 1 + offset : offset;
    values = start < 0 ? [] : array.entries().filter(([index]) => index >= start).map(([, item]) => item);
  } else if (array instanceof AssociativeArray) {
    // assoc_subrange counts from 1
    const start = offset < 0 ? array.size + offset : Math.max(0, offset - 1);
    values = start < 0 ? [] : array.values().slice(start);
  } else values = values.slice(offset < 0 ? values.length + offset : offset);
  if (length !== undefined) values = values.slice(0, length);
  emit(shell, { ...value, values }, builder, quoted);
}

// ---- ${x@operator} -----------------------------------------------------------------------------------------------------------------------------

export function attributeLetters(variable: Variable): string {
  const flags = variable.flags;
  let out = "";
  const value = variable.current();
  if ((flags & ATTRIBUTE.INDEXED) !== 0 || value instanceof IndexedArray) out += "a";
  if ((flags & ATTRIBUTE.ASSOCIATIVE) !== 0 || value instanceof AssociativeArray) out += "A";
  if ((flags & ATTRIBUTE.INTEGER) !== 0) out += "i";
  if ((flags & ATTRIBUTE.NAMEREF) !== 0) out += "n";
  if ((flags & ATTRIBUTE.READONLY) !== 0) out += "r";
  if ((flags & ATTRIBUTE.TRACE) !== 0) out += "t";
  if ((flags & ATTRIBUTE.EXPORT) !== 0) out += "x";
  if ((flags & ATTRIBUTE.CAPITAL) !== 0) out += "c";
  if ((flags & ATTRIBUTE.LOWER) !== 0) out += "l";
  if ((flags & ATTRIBUTE.UPPER) !== 0) out += "u";
  return out;
}

function quoteReusable(text: string): string {
  return needsAnsiC(text) ? quoteAnsiC(text) : quoteSingle(text);
}

/** A subscript as `declare -p` writes it. */
function quoteKey(key: string): string {
  if (needsAnsiC(key)) return quoteAnsiC(key);
  return /^[A-Za-z0-9_./:+,%^=-]+$/.test(key) || /^[^\s"'\\|&;()<>!{}*[\]?^$`@~#]+$/.test(key) ? key : quoteDouble(key);
}

export function quoteElement(value: string): string {
  return needsAnsiC(value) ? quoteAnsiC(value) : quoteDouble(value);
}

/** The part between the parentheses of `declare -a x=(...)`. */
export function arrayText(value: IndexedArray | AssociativeArray): string {
  if (value instanceof IndexedArray) return value.entries().map(([index, item]) => `[${index}]=${quoteElement(item)}`).join(" ");
  return value.keys().map((key) => `[${quoteKey(key)}]=${quoteElement(value.get(key) ?? "")} `).join("");
}

function* transform(shell: Shell, part: ParameterPart, reference: Reference, value: Value, builder: FieldBuilder, quoted: boolean): Blocking<void> {
  const letter = part.operand?.text ?? "";
  const variable = shell.resolve(reference.name);
  if (part.bad) {
    if (value.list ? value.values.length > 0 : value.value !== undefined) throw new ExpansionError(`${part.source}: bad substitution`, "exit");
    emit(shell, { list: false, value: "" }, builder, quoted);
    return;
  }
  if (letter === "a") {
    const attributes = variable ? attributeLetters(variable) : "";
    if (value.list) emit(shell, { ...value, values: value.values.map(() => attributes) }, builder, quoted);
    else if (value.value === undefined && !variable) {
      checkUnset(shell, reference);
      emit(shell, value, builder, quoted);
    } else emit(shell, { list: false, value: attributes }, builder, quoted);
    return;
  }
  if (letter === "A") {
    if (reference.name === "@" || reference.name === "*") {
      emit(shell, { list: false, value: shell.positional.length === 0 ? "" : `set -- ${shell.positional.map(quoteReusable).join(" ")}` }, builder, quoted);
      return;
    }
    const current = variable?.current();
    if (!variable || (value.list ? value.values.length === 0 && current === undefined : value.value === undefined)) {
      if (!value.list && value.value === undefined) checkUnset(shell, reference);
      if (variable && variable.flags !== 0 && current === undefined) emit(shell, { list: false, value: `declare -${attributeLetters(variable)} ${reference.name}` }, builder, quoted);
      else emit(shell, { list: false, value: undefined }, builder, quoted);
      return;
    }
    const letters = attributeLetters(variable);
    if (value.list && typeof current === "object") emit(shell, { list: false, value: `declare -${letters} ${reference.name}=(${arrayText(current)})` }, builder, quoted);
    else {
      const text = value.list ? value.values.join(" ") : (value.value ?? "");
      emit(shell, { list: false, value: letters === "" ? `${reference.name}=${quoteReusable(text)}` : `declare -${letters} ${reference.name}=${quoteReusable(text)}` }, builder, quoted);
    }
    return;
  }
  if ((letter === "K" || letter === "k") && value.list && reference.name !== "@" && reference.name !== "*") {
    const current = variable?.current();
    if (letter === "k") {
      const pairs: string[] = [];
      if (current instanceof IndexedArray) for (const [index, item] of current.entries()) pairs.push(String(index), item);
      else if (current instanceof AssociativeArray) for (const key of current.keys()) pairs.push(key, current.get(key) ?? "");
      else pairs.push(...value.values);
      emit(shell, { ...value, values: pairs }, builder, quoted);
      return;
    }
    let text = value.values.map(quoteReusable).join(" ");
    if (current instanceof IndexedArray) text = current.entries().map(([index, item]) => `${index} ${quoteElement(item)}`).join(" ");
    else if (current instanceof AssociativeArray) text = current.keys().map((key) => `${quoteKey(key)} ${quoteElement(current.get(key) ?? "")} `).join("");
    emit(shell, { list: false, value: text }, builder, quoted);
    return;
  }
  if (!value.list && value.value === undefined) {
    checkUnset(shell, reference);
    emit(shell, value, builder, quoted);
    return;
  }
  const values = value.list ? value.values : [value.value ?? ""];
  const changed: string[] = [];
  for (const item of values) {
    switch (letter) {
      case "Q": case "K": case "k": changed.push(quoteReusable(item)); break;
      case "E": changed.push(unescape(item, "ansi-c").text); break;
      case "P": changed.push((yield* expandPrompt(shell, item)).replace(/[\x01\x02]/g, "")); break;
      case "U": changed.push(item.toUpperCase()); break;
      case "L": changed.push(item.toLowerCase()); break;
      default: {
        const first = item === "" ? "" : String.fromCodePoint(item.codePointAt(0) ?? 0);
        changed.push(first.toUpperCase() + item.slice(first.length));
      }
    }
  }
  if (value.list) emit(shell, { ...value, values: changed }, builder, quoted);
  else emit(shell, { list: false, value: changed[0] ?? "" }, builder, quoted);
}
