// The values of parameters, before an operator changes them, and how they become fields.
import { dashFlags } from "../dash/flags.ts";
import { BadSubscript, indexOf, readElement, UnboundVariable } from "../interp/assign.ts";
import { IndexedArray } from "../interp/indexed-array.ts";
import { flagLetters } from "../interp/options.ts";
import type { Shell } from "../interp/shell.ts";
import { AssociativeArray, ATTRIBUTE } from "../interp/variables.ts";
import type { ParameterPart } from "../syntax/tree.ts";
import { characterCount } from "./characters.ts";
import type { FieldBuilder } from "./field-builder.ts";
import { asBytes, countsBytes } from "./locale.ts";

/** A list is $@, $* or an array with [@], [*]. */
export type Value =
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
export interface Reference {
  readonly name: string;
  /** Expanded; undefined when there is none. "@" and "*" only when they were written so. */
  readonly subscript: string | undefined;
  readonly list: "@" | "*" | undefined;
  /** the subscript before it was expanded: messages name it so */
  readonly written?: string;
  /** the global variable, behind a reference of a function that names itself */
  readonly global?: boolean;
}

export function describe(reference: Reference): string {
  if (reference.list !== undefined && reference.name !== "@" && reference.name !== "*") return `${reference.name}[${reference.list}]`;
  return reference.subscript === undefined ? reference.name : `${reference.name}[${reference.written ?? reference.subscript}]`;
}

export const NOTHING: Reference = { name: "", subscript: undefined, list: undefined };

export function checkUnset(shell: Shell, reference: Reference, braced = false): void {
  if (!shell.options.nounset) return;
  throw new UnboundVariable(/^[0-9]/.test(reference.name) ? (shell.dash || braced ? reference.name : `$${reference.name}`) : reference.name === "!" ? "$!" : describe(reference));
}

export function keysOf(shell: Shell, name: string): readonly string[] {
  const value = shell.resolve(name)?.current();
  if (value instanceof IndexedArray) return value.keys().map(String);
  if (value instanceof AssociativeArray) return value.keys();
  return value === undefined ? [] : ["0"];
}

export function read(shell: Shell, reference: Reference): Value {
  const { name } = reference;
  if (name === "@" || name === "*") return { list: true, values: shell.positional, star: name === "*" };
  const variable = reference.global === true ? shell.variables.globalScope.variables.get(name) : shell.variables.find(name);
  if (!variable) {
    if (reference.list !== undefined) return { list: true, values: [], star: reference.list === "*" };
    if (reference.subscript !== undefined) {
      if (!/^[0-9]+$/.test(reference.subscript) && indexOf(shell, reference.subscript, undefined) === undefined) throw new BadSubscript(name);
      return { list: false, value: undefined };
    }
    return { list: false, value: specialParameter(shell, name) };
  }
  if ((variable.flags & ATTRIBUTE.NAMEREF) !== 0) return { list: false, value: typeof variable.value === "string" ? variable.value : undefined };
  if (reference.list !== undefined) {
    const value = variable.current();
    const values = value === undefined ? [] : typeof value === "string" ? [value] : value.values();
    return { list: true, values, star: reference.list === "*" };
  }
  return { list: false, value: reference.subscript === undefined ? variable.scalar() : readElement(shell, name, reference.subscript, variable) };
}

/** bash looks the name up that often besides: what changes when it is read (RANDOM) has moved on. */
export function lookUpAgain(shell: Shell, reference: Reference, times: number): void {
  if (reference.name === "" || reference.subscript !== undefined) return;
  const dynamic = shell.variables.find(reference.name)?.dynamic;
  if (dynamic?.changesWhenRead === true) for (let i = 0; i < times; i++) dynamic.get();
}

/** ${#x[sub]} of an unset x is 0 whatever stands between the brackets. */
export function isMissing(shell: Shell, part: ParameterPart): boolean {
  return part.length && part.subscript !== undefined && !shell.options.nounset && shell.variables.find(part.name) === undefined;
}

export function lengthOf(shell: Shell, reference: Reference): number {
  const ofArray = reference.subscript !== undefined || (reference.list !== undefined && reference.name !== "@" && reference.name !== "*");
  if (ofArray && shell.options.nounset) {
    // subst.c, array_length_reference: only what has no array at all is unbound here, a missing element is empty
    const whole = (shell.resolve(reference.name) ?? shell.variables.find(reference.name))?.current();
    if (whole === undefined || typeof whole === "string") throw new UnboundVariable(reference.name);
  }
  lookUpAgain(shell, reference, 1);
  const value = read(shell, reference);
  if (value.list) return value.values.length;
  if (value.value === undefined) {
    if (!ofArray) checkUnset(shell, reference, true);
    return 0;
  }
  return characterCount(countsBytes(shell, value.value) ? asBytes(value.value) : value.value);
}

export function emit(shell: Shell, value: Value, builder: FieldBuilder, quoted: boolean): void {
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
  builder.list(values, quoted, separator);
}
