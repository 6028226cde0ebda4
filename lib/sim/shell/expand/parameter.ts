// Parameter expansion: ${...} with all its operators (bash(1), "Parameter Expansion").
import { type Blocking, encode } from "../../kernel/sys.ts";
import { arithmeticContext, assignElement, assignScalar, BadSubscript, isAssociative, namesItself, parseTarget, resolveTarget } from "../interp/assign.ts";
import { ExpansionError } from "../interp/expansion-error.ts";
import { IndexedArray } from "../interp/indexed-array.ts";
import type { Shell } from "../interp/shell.ts";
import { AssociativeArray, ATTRIBUTE } from "../interp/variables.ts";
import { type ParameterPart, Word } from "../syntax/tree.ts";
import { partsOf } from "../syntax/word-parts.ts";
import { evaluate } from "./arithmetic.ts";
import { ArithmeticError } from "./arithmetic-parser.ts";
import { characterCount, characterSlice } from "./characters.ts";
import { evaluateIndex } from "./evaluate-waiting.ts";
import type { FieldBuilder } from "./field-builder.ts";
import { asBytes, countsBytes, joinBytes } from "./locale.ts";
import { charge, type TextChange, textChange } from "./parameter-change.ts";
import { transform } from "./parameter-transform.ts";
import { checkUnset, describe, emit, isMissing, keysOf, lengthOf, lookUpAgain, NOTHING, read, type Reference, type Value } from "./parameter-value.ts";

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
    let length = 0;
    try {
      length = lengthOf(shell, reference);
    } catch (error) {
      if (!(error instanceof BadSubscript) || shell.resolve(part.name)?.current() === undefined) throw error;
      // subst.c, array_length_reference names what stands behind the bracket
      throw new BadSubscript(`${part.subscript?.text ?? ""}]`);
    }
    emit(shell, { list: false, value: String(length) }, builder, quoted);
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
    if (!value.list && value.value === undefined) checkUnset(shell, part.indirect ? { ...NOTHING, name: `!${part.name}` } : reference, part.braced);
    emit(shell, value, builder, quoted);
    return;
  }
  yield* operate(shell, part, reference, value, builder, quoted, splitLiterals);
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
    if (target.name === part.name && namesItself(shell, part.name, variable)) {
      yield* shell.report(`warning: ${part.name}: circular name reference`);
      return { ...(yield* subscripted(shell, part.name, part.subscript)), global: true };
    }
    if (isReference(shell, target.name)) {
      if (target.name !== part.name || variable.value !== undefined) yield* shell.report(`warning: ${part.name}: circular name reference`);
      return NOTHING;
    }
    return yield* subscripted(shell, target.name, part.subscript);
  }
  return yield* subscripted(shell, part.name, part.subscript);
}

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
  return { name, subscript: associative ? expanded : yield* evaluateIndex(shell, expanded), list: undefined, written: text };
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
    const target = resolveTarget(shell, reference.name);
    if (target.name === reference.name) return typeof variable.value === "string" ? variable.value : "";
    return target.subscript === undefined ? target.name : `${target.name}[${target.subscript}]`;
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

function* operate(shell: Shell, part: ParameterPart, reference: Reference, value: Value, builder: FieldBuilder, quoted: boolean, splitLiterals: boolean): Blocking<void> {
  const operator = part.operator ?? "-";
  if (!/^:?[-=?+]$/.test(operator)) lookUpAgain(shell, reference, operator !== "@" ? 2 : part.operand?.text === "a" ? 1 : part.operand?.text === "A" ? 0 : 2);
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
    checkUnset(shell, reference, true);
    emit(shell, value, builder, quoted);
    return;
  }
  const plain = yield* textChange(shell, part);
  if (!value.list) {
    const changed = changeText(shell, plain, value.value ?? "");
    emit(shell, { list: false, value: typeof changed === "string" ? changed : yield* changed }, builder, quoted);
    return;
  }
  const values: string[] = [];
  for (const text of value.values) {
    const changed = changeText(shell, plain, text);
    values.push(typeof changed === "string" ? changed : yield* changed);
    if ((values.length & 63) === 0 && shell.sys.charge(0)) {
      yield* shell.sys.preempt();
      shell.attention = true;
    }
  }
  emit(shell, { ...value, values }, builder, quoted);
}

/** By bytes where the locale wants it. */
function changeText(shell: Shell, change: TextChange, text: string): string | Blocking<string> {
  if (!countsBytes(shell, text)) return change(text);
  const changed = change(asBytes(text));
  return typeof changed === "string" ? joinBytes(changed) : joinedBytes(changed);
}

function* joinedBytes(changed: Blocking<string>): Blocking<string> {
  return joinBytes(yield* changed);
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

function* substring(shell: Shell, part: ParameterPart, reference: Reference, value: Value, builder: FieldBuilder, quoted: boolean): Blocking<void> {
  if (!value.list && value.value === undefined) {
    checkUnset(shell, reference, true);
    emit(shell, value, builder, quoted);
    return;
  }
  const context = arithmeticContext(shell);
  const number = (text: string): number => {
    try {
      return Number(evaluate(text, context));
    } catch (error) {
      // subst.c: the parameter speaks (verify_substring_values)
      throw error instanceof ArithmeticError ? new ArithmeticError(`${describe(reference)}: ${error.expression.trimStart()}`, error.problem, error.token) : error;
    }
  };
  const offset = number(part.operand ? yield* shell.language.expandArithmetic(shell, part.operand) : "0");
  const lengthText = part.operand2 ? yield* shell.language.expandArithmetic(shell, part.operand2) : undefined;
  const length = lengthText === undefined ? undefined : number(lengthText);
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
