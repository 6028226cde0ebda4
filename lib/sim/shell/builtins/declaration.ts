// What declare, typeset, local, export and readonly share: attributes, the printed forms, assignments among the arguments.
// Over 400 lines would be twice as many files: the five differ in a few switches only.
import type { Blocking } from "../../kernel/sys.ts";
import { ArithmeticError } from "../expand/arithmetic-parser.ts";
import { arrayText, attributeLetters, quoteElement } from "../expand/parameter-transform.ts";
import {
  AssignmentError, asAssociative, asIndexed, assignArray, assignElement, assignScalar, copyValue, isName, parseTarget, resolveTarget, type ArrayItem,
} from "../interp/assign.ts";
import { DiscardCommand, ShellExit } from "../interp/flow.ts";
import type { Shell } from "../interp/shell.ts";
import { ATTRIBUTE, AssociativeArray, type Scope, type Value, type Variable, compareNames } from "../interp/variables.ts";
import { IndexedArray } from "../interp/indexed-array.ts";
import { parseAll } from "../syntax/parse.ts";
import { printFunction } from "../syntax/printer.ts";
import { containsShellMeta, quoteSingle, quoteValue } from "../syntax/quote.ts";
import { type ArrayArgument, BuiltinError, parseOptions, print } from "./builtin.ts";
import { runNow } from "../expand/run-now.ts";

export interface DeclareMode {
  readonly name: "declare" | "local" | "export" | "readonly";
}

const LETTER_FLAGS = new Map<string, number>([
  ["a", ATTRIBUTE.INDEXED], ["A", ATTRIBUTE.ASSOCIATIVE], ["i", ATTRIBUTE.INTEGER], ["l", ATTRIBUTE.LOWER], ["u", ATTRIBUTE.UPPER], ["c", ATTRIBUTE.CAPITAL],
  ["n", ATTRIBUTE.NAMEREF], ["r", ATTRIBUTE.READONLY], ["t", ATTRIBUTE.TRACE], ["x", ATTRIBUTE.EXPORT],
]);

/** "declare -x NAME="value"" */
function declareLine(name: string, variable: Variable, value: Value | undefined): string {
  const letters = attributeLetters(variable);
  const head = `declare -${letters === "" ? "-" : letters} ${name}`;
  if (value === undefined) return head;
  if (typeof value === "string") return `${head}=${quoteElement(value)}`;
  return `${head}=(${arrayText(value)})`;
}

/** As `set` and `declare` without options list it. */
export function assignmentLine(name: string, variable: Variable, posix = false): string | undefined {
  const value = variable.stored();
  if (value === undefined) return undefined;
  return typeof value === "string" ? `${name}=${posix && !containsShellMeta(value) ? value : posix ? quoteSingle(value) : quoteValue(value)}` : `${name}=(${arrayText(value)})`;
}

export function functionsListing(shell: Shell): string {
  return shell.functions.keys().sort(compareNames).map((name) => {
    const definition = shell.functions.get(name);
    return definition ? `${printFunction(name, definition.body)}\n` : "";
  }).join("");
}

function functionAttributes(shell: Shell, name: string): string {
  const definition = shell.functions.get(name);
  return `f${definition?.readonly ? "r" : ""}${definition?.traced ? "t" : ""}${definition?.exported ? "x" : ""}`;
}

export function* runDeclare(shell: Shell, args: readonly string[], arrays: ReadonlyMap<number, ArrayArgument>, mode: DeclareMode): Blocking<number> {
  const letters = mode.name === "export" ? "afnp" : mode.name === "readonly" ? "aAfnp" : mode.name === "local" ? "aAcilnrtuxpI" : "aAcfFgiIlnprtux";
  if (mode.name === "local" && shell.variables.functionScope === undefined) throw new BuiltinError("can only be used in a function", 1);
  const parsed = parseOptions(args, letters, mode.name === "declare" || mode.name === "local");
  let on = mode.name === "export" ? ATTRIBUTE.EXPORT : mode.name === "readonly" ? ATTRIBUTE.READONLY : 0;
  let off = 0;
  for (const [letter] of parsed.options) {
    const flag = LETTER_FLAGS.get(letter.replace("+", ""));
    if (flag === undefined || (mode.name === "export" && letter !== "a")) continue;
    if (letter.startsWith("+")) off |= flag;
    else on |= flag;
  }
  if ((on & ATTRIBUTE.LOWER) !== 0 && (on & ATTRIBUTE.UPPER) !== 0) on &= ~(ATTRIBUTE.LOWER | ATTRIBUTE.UPPER);
  if (mode.name === "export" && parsed.has("n")) {
    on &= ~ATTRIBUTE.EXPORT;
    off |= ATTRIBUTE.EXPORT;
  }
  if (mode.name === "readonly" && parsed.has("n")) on &= ~(ATTRIBUTE.NAMEREF | ATTRIBUTE.READONLY);
  if (mode.name === "export") on &= ~ATTRIBUTE.INDEXED;
  if (parsed.has("f") || parsed.has("F")) return yield* functions(shell, parsed.rest, { namesOnly: parsed.has("F"), on, off, print: parsed.has("p"), mode });
  const first = args.length - parsed.rest.length;
  if (parsed.rest.length === 0 || (parsed.has("p") && !(mode.name === "export" || mode.name === "readonly"))) return yield* list(shell, parsed.rest, on, mode, parsed.has("p"));
  let status = 0;
  for (let i = 0; i < parsed.rest.length; i++) {
    const text = parsed.rest[i] ?? "";
    try {
      if (!(yield* declareOne(shell, text, arrays.get(first + i), { on, off, global: parsed.has("g"), inherit: parsed.has("I"), mode }))) status = 1;
    } catch (error) {
      if (error instanceof ArithmeticError) {
        yield* shell.complain(error.message);
        throw new DiscardCommand(1);
      }
      if (!(error instanceof AssignmentError)) throw error;
      yield* shell.complain(error.message);
      status = 1;
    }
  }
  return status;
}

interface Declaration {
  readonly on: number;
  readonly off: number;
  readonly global: boolean;
  readonly inherit: boolean;
  readonly mode: DeclareMode;
}

function* declareOne(shell: Shell, text: string, literal: ArrayArgument | undefined, what: Declaration): Blocking<boolean> {
  const { mode } = what;
  if (mode.name === "local" && text === "-") {
    const scope = shell.variables.functionScope;
    const saved = { ...shell.options };
    if (scope) {
      (scope.onLeave ??= []).unshift(() => { shell.options = saved; });
      scope.savesOptions = true;
    }
    return true;
  }
  const match = /^([^=[]*?(?:\[[\s\S]*\])?)(\+?)=([\s\S]*)$/.exec(text);
  const left = literal ? literal.name : match ? (match[1] ?? "") : text;
  const append = literal ? literal.append : match?.[2] === "+";
  let value = literal ? undefined : match?.[3];
  const target = parseTarget(left);
  if (!target) {
    yield* shell.complain(`\`${text}': not a valid identifier`);
    return false;
  }
  let { name } = target;
  let subscript = target.subscript;
  if (subscript !== undefined && (mode.name === "export" || mode.name === "readonly")) {
    yield* shell.complain(`\`${left}': not a valid identifier`);
    return false;
  }
  const scope = chooseScope(shell, name, what);
  let found = scope ? scope.variables.get(name) : shell.variables.find(name);
  // Attributes go through a name reference, unless it is itself declared.
  if (found && (found.flags & ATTRIBUTE.NAMEREF) !== 0 && (what.on & ATTRIBUTE.NAMEREF) === 0 && (what.off & ATTRIBUTE.NAMEREF) === 0 && !(scope && mode.name === "local")) {
    const resolved = resolveTarget(shell, name);
    if (resolved.name !== name) {
      name = resolved.name;
      subscript = resolved.subscript ?? subscript;
      found = scope?.variables.get(name) ?? shell.variables.find(name);
    }
  }
  if (scope && !found) found = makeLocal(shell, name, scope, what);
  if (scope && shell.variables.scopeOf(name) !== scope && scope.kind === "function") found = scope.variables.get(name);
  if (scope && found && scope.kind !== "global") found.flags |= ATTRIBUTE.LOCAL;
  const changesValue = value !== undefined || literal !== undefined;
  if (found && (found.flags & ATTRIBUTE.READONLY) !== 0 && (changesValue || (what.off & ATTRIBUTE.READONLY) !== 0 || (what.on & ~(ATTRIBUTE.READONLY | ATTRIBUTE.EXPORT | ATTRIBUTE.TRACE | ATTRIBUTE.INTEGER | ATTRIBUTE.LOWER | ATTRIBUTE.UPPER | ATTRIBUTE.CAPITAL)) !== 0 && (found.flags & what.on) !== what.on)) {
    yield* shell.complain(`${name}: readonly variable`);
    if (shell.options.posix && !shell.interactive && (mode.name === "export" || mode.name === "readonly")) throw new ShellExit(1);
    return false;
  }
  if ((what.on & ATTRIBUTE.NAMEREF) !== 0 && target.subscript !== undefined) {
    yield* shell.complain(`${left}: reference variable cannot be an array`);
    return false;
  }
  if (what.on & ATTRIBUTE.NAMEREF) {
    if (found && typeof found.value === "object") {
      yield* shell.complain(`${name}: reference variable cannot be an array`);
      return false;
    }
    if (value !== undefined) {
      if (!parseTarget(value)) {
        yield* shell.complain(`\`${value}': invalid variable name for name reference`);
        return false;
      }
      if (value === name && (!scope || scope.kind !== "function")) {
        yield* shell.complain(`${name}: nameref variable self references not allowed`);
        return false;
      }
      if (value === name) {
        yield* shell.complain(`warning: ${name}: circular name reference`);
        yield* shell.report(`warning: ${name}: circular name reference`);
      }
    } else if (found && typeof found.value === "string" && found.value !== "" && !parseTarget(found.value)) {
      yield* shell.complain(`\`${found.value}': invalid variable name for name reference`);
      return false;
    }
  }
  const current = found?.current();
  if ((what.on & ATTRIBUTE.ASSOCIATIVE) !== 0 && (what.on & ATTRIBUTE.INDEXED) !== 0) {
    if (!found) prepare(shell, name, found, scope, { ...what, on: what.on & ~ATTRIBUTE.INDEXED });
    yield* shell.complain(`${name}: cannot convert associative to indexed array`);
    return false;
  }
  // an array that nothing was assigned to yet is one already
  const unset = current === undefined ? (found?.flags ?? 0) : 0;
  if ((what.on & ATTRIBUTE.ASSOCIATIVE) !== 0 && (current instanceof IndexedArray || (unset & ATTRIBUTE.INDEXED) !== 0)) {
    yield* shell.complain(`${name}: cannot convert indexed to associative array`);
    return false;
  }
  if ((what.on & ATTRIBUTE.INDEXED) !== 0 && (current instanceof AssociativeArray || (unset & ATTRIBUTE.ASSOCIATIVE) !== 0)) {
    yield* shell.complain(`${name}: cannot convert associative to indexed array`);
    return false;
  }
  if (((what.off & ATTRIBUTE.INDEXED) !== 0 && current instanceof IndexedArray) || ((what.off & ATTRIBUTE.ASSOCIATIVE) !== 0 && current instanceof AssociativeArray)) {
    yield* shell.complain(`${name}: cannot destroy array variables in this way`);
    return false;
  }
  const exists = found !== undefined;
  const variable = prepare(shell, name, found, scope, what);
  let items = literal?.items;
  if (!items && value !== undefined && subscript === undefined && /^\([\s\S]*\)$/.test(value) && ((exists && typeof variable.value === "object") || (what.on & (ATTRIBUTE.INDEXED | ATTRIBUTE.ASSOCIATIVE)) !== 0)) {
    items = literalItems(shell, value, (variable.flags & ATTRIBUTE.ASSOCIATIVE) !== 0);
  }
  const options = { append, ...(scope ? { scope } : {}) };
  if (items) {
    // bash hands such words on quoted anew
    const problems = assignArray(shell, name, items.map((item) => (item.source === undefined ? item : { ...item, source: item.subscript === undefined ? quoteSingle(item.value) : `[${quoteSingle(item.subscript)}]=${quoteSingle(item.value)}` })), options);
    const command = shell.builtinName;
    shell.builtinName = "";
    for (const problem of problems) yield* shell.report(problem);
    shell.builtinName = command;
  }
  else if (value !== undefined) {
    if (subscript !== undefined) assignElement(shell, name, subscript, value, options);
    else if ((what.on & ATTRIBUTE.NAMEREF) !== 0) shell.variables.own(name, variable).value = value;
    else assignScalar(shell, name, value, options);
  } else if (subscript !== undefined && variable.value === undefined) asIndexed(variable);
  value = undefined;
  const after = scope?.variables.get(name) ?? shell.variables.find(name);
  if (after) {
    const owned = scope ? after : shell.variables.own(name, after);
    owned.flags |= what.on & (ATTRIBUTE.READONLY | ATTRIBUTE.EXPORT);
    if ((what.on | what.off) & ATTRIBUTE.EXPORT) shell.variables.exportVersion++;
  }
  return true;
}

/** An old-style literal: declare -a "x=(1 2)". */
function literalItems(shell: Shell, text: string, associative: boolean): readonly ArrayItem[] | undefined {
  try {
    const item = parseAll(`x=${text}`).items[0];
    const assignment = item?.command.type === "simple" ? item.command.assignments[0] : undefined;
    if (!assignment?.elements) return undefined;
    return runNow(shell.language.expandElements(shell, assignment.elements, associative));
  } catch {
    return undefined;
  }
}

function chooseScope(shell: Shell, name: string, what: Declaration): Scope | undefined {
  if (what.mode.name === "export" || what.mode.name === "readonly") return undefined;
  if (what.global) {
    shell.variables.makeAll();
    return shell.variables.globalScope;
  }
  const scope = shell.variables.functionScope;
  // `v=x eval 'local v'`: the variable of the temporary environment becomes the local one.
  if (!scope) return undefined;
  const holder = shell.variables.scopeOf(name);
  return holder?.kind === "temporary" && shell.variables.scopes.indexOf(holder) > shell.variables.scopes.indexOf(scope) ? holder : scope;
}

function makeLocal(shell: Shell, name: string, scope: Scope, what: Declaration): Variable | undefined {
  if (scope.kind !== "function") return undefined;
  const outer = shell.variables.find(name);
  if (outer && (outer.flags & ATTRIBUTE.READONLY) !== 0) {
    throw new AssignmentError(`${name}: readonly variable`);
  }
  // A variable of the temporary environment gives its value to a local of that name.
  const inherits = what.inherit || shell.shopts.localvar_inherit || shell.variables.scopeOf(name)?.kind === "temporary";
  const variable = shell.variables.create(name, scope, ATTRIBUTE.LOCAL, undefined);
  if (name === "OPTIND") {
    const { getoptsIndex, getoptsPosition } = shell;
    (scope.onLeave ??= []).push(() => {
      shell.getoptsIndex = getoptsIndex;
      shell.getoptsPosition = getoptsPosition;
    });
    shell.getoptsIndex = 1;
    shell.getoptsPosition = 0;
  }
  if (outer && inherits) {
    variable.value = copyValue(outer.current());
    variable.flags |= outer.flags & ~(ATTRIBUTE.NAMEREF | ATTRIBUTE.READONLY);
  } else if (outer && (outer.flags & ATTRIBUTE.EXPORT) !== 0) variable.flags |= ATTRIBUTE.EXPORT;
  return variable;
}

function prepare(shell: Shell, name: string, found: Variable | undefined, scope: Scope | undefined, what: Declaration): Variable {
  let variable: Variable;
  if (!found) variable = shell.variables.create(name, scope ?? shell.variables.globalScope, 0, undefined);
  else if (scope && found.owner !== shell.variables.owner) {
    variable = shell.variables.create(name, scope, found.flags, copyValue(found.value));
    variable.dynamic = found.dynamic;
  } else variable = scope ? found : shell.variables.own(name, found);
  let { on } = what;
  if ((on & ATTRIBUTE.LOWER) !== 0) variable.flags &= ~(ATTRIBUTE.UPPER | ATTRIBUTE.CAPITAL);
  if ((on & ATTRIBUTE.UPPER) !== 0) variable.flags &= ~(ATTRIBUTE.LOWER | ATTRIBUTE.CAPITAL);
  if ((on & ATTRIBUTE.CAPITAL) !== 0) variable.flags &= ~(ATTRIBUTE.LOWER | ATTRIBUTE.UPPER);
  on &= ~ATTRIBUTE.READONLY;
  if ((on & ATTRIBUTE.INDEXED) !== 0 && variable.value !== undefined && !variable.dynamic) asIndexed(variable);
  if ((on & ATTRIBUTE.ASSOCIATIVE) !== 0 && variable.value !== undefined && !variable.dynamic) asAssociative(variable);
  variable.flags = (variable.flags | on) & ~what.off;
  return variable;
}

function* list(shell: Shell, names: readonly string[], on: number, mode: DeclareMode, withAttributes: boolean): Blocking<number> {
  if (names.length > 0) {
    let status = 0;
    for (const text of names) {
      const variable = mode.name === "local" ? shell.variables.functionScope?.variables.get(text) : shell.variables.find(text);
      if (!variable || !isName(text)) {
        yield* shell.complain(`${text}: not found`);
        status = 1;
      } else yield* print(shell, `${declareLine(text, variable, variable.current())}\n`);
    }
    return status;
  }
  if (mode.name === "local") {
    const scope = shell.variables.functionScope;
    const dash = scope?.savesOptions === true ? ["local -\n"] : [];
    const lines = [...(scope?.variables.keys() ?? [])].sort(compareNames).map((name) => {
      const variable = scope?.variables.get(name);
      return variable ? `${declareLine(name, variable, variable.stored())}\n` : "";
    });
    return yield* print(shell, [...dash, ...lines].join(""));
  }
  const shown = shell.variables.names((variable, name) => (name !== "PIPESTATUS" || variable.stored() !== undefined) && (on === 0 ? true : (variable.flags & on) !== 0 || matchesArray(variable, on)));
  let out = "";
  for (const name of shown) {
    const variable = shell.variables.find(name);
    if (!variable) continue;
    if (on === 0 && !withAttributes && mode.name === "declare") {
      const line = assignmentLine(name, variable);
      if (line !== undefined) out += `${line}\n`;
    } else if (mode.name === "readonly" || mode.name === "export") {
      if (shell.options.posix || shell.dash) out += `${mode.name} ${name}${variable.scalar() === undefined ? "" : `=${shell.dash ? `'${variable.scalar()}'` : quoteElement(variable.scalar() ?? "")}`}\n`;
      else out += `${declareLine(name, variable, variable.stored())}\n`;
    } else if (variable.stored() !== undefined || variable.flags !== 0 || variable.dynamic) out += `${declareLine(name, variable, variable.stored())}\n`;
  }
  if (on === 0 && !withAttributes && mode.name === "declare") out += functionsListing(shell);
  return yield* print(shell, out);
}

function matchesArray(variable: Variable, on: number): boolean {
  const value = variable.stored();
  return ((on & ATTRIBUTE.INDEXED) !== 0 && value instanceof IndexedArray) || ((on & ATTRIBUTE.ASSOCIATIVE) !== 0 && value instanceof AssociativeArray);
}

interface FunctionListing {
  readonly namesOnly: boolean;
  readonly on: number;
  readonly off: number;
  readonly print: boolean;
  readonly mode: DeclareMode;
}

function* functions(shell: Shell, names: readonly string[], what: FunctionListing): Blocking<number> {
  const flags = what.on & (ATTRIBUTE.EXPORT | ATTRIBUTE.READONLY | ATTRIBUTE.TRACE);
  if (names.length === 0) {
    let out = "";
    for (const name of shell.functions.keys().sort(compareNames)) {
      const definition = shell.functions.get(name);
      if (!definition) continue;
      if ((flags & ATTRIBUTE.EXPORT) !== 0 && !definition.exported) continue;
      if ((flags & ATTRIBUTE.READONLY) !== 0 && !definition.readonly) continue;
      if (what.namesOnly) out += `declare -${functionAttributes(shell, name)} ${name}\n`;
      else out += `${printFunction(name, definition.body)}\n${functionAttributes(shell, name) === "f" ? "" : `declare -${functionAttributes(shell, name)} ${name}\n`}`;
    }
    return yield* print(shell, out);
  }
  let status = 0;
  for (const text of names) {
    const definition = shell.functions.get(text);
    if (!definition) {
      if (what.mode.name !== "declare" || flags !== 0) yield* shell.complain(`${text}: not a function`);
      status = 1;
      continue;
    }
    if (flags === 0 && (what.off & (ATTRIBUTE.EXPORT | ATTRIBUTE.TRACE)) === 0 && what.mode.name === "declare") {
      const attributes = functionAttributes(shell, text);
      if (what.print) {
        // with -p its attributes too (setattr.def: show_func_attributes)
        yield* print(shell, `${what.namesOnly ? "" : `${printFunction(text, definition.body)}\n`}${what.namesOnly || attributes !== "f" ? `declare -${attributes} ${text}\n` : ""}`);
        continue;
      }
      if (what.namesOnly) {
        const where = shell.shopts.extdebug ? ` ${definition.line} ${definition.source}` : "";
        yield* print(shell, `${text}${where}\n`);
      } else yield* print(shell, `${printFunction(text, definition.body)}\n`);
      continue;
    }
    shell.functions.set(text, {
      ...definition,
      exported: (flags & ATTRIBUTE.EXPORT) !== 0 ? true : (what.off & ATTRIBUTE.EXPORT) !== 0 ? false : definition.exported,
      readonly: definition.readonly || (flags & ATTRIBUTE.READONLY) !== 0,
      traced: (flags & ATTRIBUTE.TRACE) !== 0 ? true : (what.off & ATTRIBUTE.TRACE) !== 0 ? false : definition.traced,
    });
  }
  return status;
}

