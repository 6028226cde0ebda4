// ${x@operator}, and values as `declare -p` writes them.
import type { Blocking } from "../../kernel/sys.ts";
import { ExpansionError } from "../interp/expansion-error.ts";
import { IndexedArray } from "../interp/indexed-array.ts";
import type { Shell } from "../interp/shell.ts";
import { AssociativeArray, ATTRIBUTE, type Variable } from "../interp/variables.ts";
import { unescape } from "../syntax/ansi-c.ts";
import { needsAnsiC, quoteAnsiC, quoteDouble, quoteSingle } from "../syntax/quote.ts";
import type { ParameterPart } from "../syntax/tree.ts";
import type { FieldBuilder } from "./field-builder.ts";
import { checkUnset, emit, type Reference, type Value } from "./parameter-value.ts";
import { expandPrompt } from "./prompt.ts";

export function attributeLetters(variable: Variable): string {
  const flags = variable.flags;
  let out = "";
  const value = variable.stored();
  if ((flags & ATTRIBUTE.INDEXED) !== 0 || value instanceof IndexedArray) out += "a";
  if ((flags & ATTRIBUTE.ASSOCIATIVE) !== 0 || value instanceof AssociativeArray) out += "A";
  if ((flags & ATTRIBUTE.INTEGER) !== 0 || variable.dynamic?.isInteger === true) out += "i";
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

export function* transform(shell: Shell, part: ParameterPart, reference: Reference, value: Value, builder: FieldBuilder, quoted: boolean): Blocking<void> {
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
      checkUnset(shell, reference, true);
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
      if (!value.list && value.value === undefined) checkUnset(shell, reference, true);
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
    checkUnset(shell, reference, true);
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
