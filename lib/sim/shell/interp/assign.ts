// Assignment to variables with everything that attributes make of it: integers, case, read-only, arrays, name references (bash(1), PARAMETERS).
// (More than 400 lines: scalars, arrays and their elements are assigned by the same rules.)
import type { Blocking } from "../../kernel/sys.ts";
import { type ArithmeticContext, evaluate } from "../expand/arithmetic.ts";
import { runNow } from "../expand/run-now.ts";
import { expandSubscriptNow } from "../expand/subscript.ts";
import { IndexedArray } from "./indexed-array.ts";
import { rememberComplaint, rememberLocale } from "./locale-complaint.ts";
import type { Shell } from "./shell.ts";
import { ATTRIBUTE, AssociativeArray, type Scope, type Value, type Variable } from "./variables.ts";

/** An assignment that the shell refuses. The message lacks the shell's prefix. */
export class AssignmentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "AssignmentError";
  }
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function isName(text: string): boolean {
  return NAME.test(text);
}

export interface Target {
  readonly name: string;
  /** Source of the subscript, when a reference leads to an element. */
  readonly subscript: string | undefined;
}

/** "x" or "x[sub]" taken apart; undefined when it is neither. */
export function parseTarget(text: string): Target | undefined {
  const bracket = text.indexOf("[");
  if (bracket < 0) return isName(text) ? { name: text, subscript: undefined } : undefined;
  if (!text.endsWith("]") || !isName(text.slice(0, bracket))) return undefined;
  return { name: text.slice(0, bracket), subscript: text.slice(bracket + 1, -1) };
}

/** Follows name references. */
export function resolveTarget(shell: Shell, name: string): Target {
  let target: Target = { name, subscript: undefined };
  for (let depth = 0; depth < 8; depth++) {
    const variable = shell.variables.find(target.name);
    if (!variable || (variable.flags & ATTRIBUTE.NAMEREF) === 0) return target;
    const text = typeof variable.value === "string" ? variable.value : "";
    if (text === "") return target;
    const next = parseTarget(text);
    if (!next || next.name === name) return target;
    target = next;
    if (next.subscript !== undefined) return target;
  }
  return target;
}

/** A function's reference of the name of what it refers to (`local -n x=x`): bash takes the global variable, with a warning (variables.c, find_variable_nameref). */
export function namesItself(shell: Shell, name: string, variable: Variable): boolean {
  return (variable.flags & ATTRIBUTE.NAMEREF) !== 0 && variable.value === name && shell.variables.globalScope.variables.get(name) !== variable;
}

export function arithmeticContext(shell: Shell): ArithmeticContext {
  return {
    get: (name) => {
      const variable = shell.variables.find(name);
      if (!variable || (variable.flags & ATTRIBUTE.NAMEREF) !== 0) {
        if (variable) {
          const target = resolveTarget(shell, name);
          if (target.subscript !== undefined) return readElement(shell, target.name, target.subscript);
          const value = shell.resolve(name)?.scalar();
          if (value !== undefined) return value;
        }
        if (shell.options.nounset) throw new UnboundVariable(name);
        return undefined;
      }
      const value = variable.scalar();
      if (value === undefined && shell.options.nounset) throw new UnboundVariable(name);
      return value;
    },
    getElement: (name, subscript) => {
      const value = remarked(shell, () => readElement(shell, name, expandSubscriptNow(shell, subscript, isAssociative(shell, name))));
      // an element that is missing is 0 (expr.c, expr_streval)
      if (value === undefined && shell.options.nounset && shell.resolve(name)?.current() === undefined) throw new UnboundVariable(name);
      return value;
    },
    settle: (name, subscript) => {
      if (isAssociative(shell, name)) return undefined;
      const text = expandSubscriptNow(shell, subscript, false);
      return text === "" || text === "@" || text === "*" ? undefined : String(evaluate(text, arithmeticContext(shell)));
    },
    set: (name, value) => assignScalar(shell, name, value),
    setElement: (name, subscript, value) => remarked(shell, () => assignElement(shell, name, expandSubscriptNow(shell, subscript, isAssociative(shell, name)), value)),
  };
}

/** An index before the start of an array is told of, and arithmetic goes on (expr.c, expr_streval and expr_bind_array_element). */
function remarked<T>(shell: Shell, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BadSubscript) && !(error instanceof AssignmentError && error.message.endsWith(": bad array subscript"))) throw error;
    runNow(shell.report(error.message));
    return undefined;
  }
}

/** set -u */
export class UnboundVariable extends Error {
  readonly variable: string;
  constructor(variable: string) {
    super(`${variable}: unbound variable`);
    this.name = "UnboundVariable";
    this.variable = variable;
  }
}

export function isAssociative(shell: Shell, name: string): boolean {
  const variable = shell.variables.find(name);
  if (!variable) return false;
  if ((variable.flags & ATTRIBUTE.NAMEREF) !== 0) return shell.resolve(name)?.current() instanceof AssociativeArray;
  return (variable.flags & ATTRIBUTE.ASSOCIATIVE) !== 0 || variable.current() instanceof AssociativeArray;
}

/** The index that a subscript means; negative counts from the end. Undefined when it lies before the start. */
export function indexOf(shell: Shell, subscript: string, array: IndexedArray | undefined): number | undefined {
  const value = /^[0-9]{1,9}$/.test(subscript) && !(subscript.length > 1 && subscript.startsWith("0")) ? Number(subscript) : Number(evaluate(subscript, arithmeticContext(shell)));
  if (value >= 0) return value;
  const index = (array?.maxIndex ?? -1) + 1 + value;
  return index < 0 ? undefined : index;
}

/** `subscript` is expanded already. Throws ArithmeticError. */
export function readElement(shell: Shell, name: string, subscript: string, found = shell.variables.find(name)): string | undefined {
  let variable = found;
  if (variable && (variable.flags & ATTRIBUTE.NAMEREF) !== 0) variable = shell.resolve(name);
  const value = variable?.current();
  if (value instanceof AssociativeArray) return value.get(subscript);
  if (value instanceof IndexedArray) {
    const index = indexOf(shell, subscript, value);
    if (index === undefined) throw new BadSubscript(name);
    return value.get(index);
  }
  if (variable !== undefined && (variable.flags & ATTRIBUTE.ASSOCIATIVE) !== 0) return undefined;
  const index = indexOf(shell, subscript, undefined);
  if (index === undefined) throw new BadSubscript(name);
  return index === 0 ? value : undefined;
}

/** Reading a[-9]: a message, and the expansion is empty. */
export class BadSubscript extends Error {
  constructor(name: string) {
    super(`${name}: bad array subscript`);
    this.name = "BadSubscript";
  }
}

function convert(shell: Shell, variable: { readonly flags: number }, text: string): string {
  const flags = variable.flags;
  if ((flags & (ATTRIBUTE.INTEGER | ATTRIBUTE.LOWER | ATTRIBUTE.UPPER | ATTRIBUTE.CAPITAL)) === 0) return text;
  let value = text;
  if ((flags & ATTRIBUTE.INTEGER) !== 0) value = String(evaluate(text, arithmeticContext(shell)));
  if ((flags & ATTRIBUTE.LOWER) !== 0) value = value.toLowerCase();
  if ((flags & ATTRIBUTE.UPPER) !== 0) value = value.toUpperCase();
  if ((flags & ATTRIBUTE.CAPITAL) !== 0) {
    const first = String.fromCodePoint(value.codePointAt(0) ?? 0);
    value = value === "" ? "" : first.toUpperCase() + value.slice(first.length).toLowerCase();
  }
  return value;
}

function appended(shell: Shell, variable: Variable, old: string | undefined, text: string): string {
  if ((variable.flags & ATTRIBUTE.INTEGER) !== 0) {
    const context = arithmeticContext(shell);
    const left = old === undefined || old === "" ? "0" : old;
    return String(evaluate(`(${left})+(${text === "" ? "0" : text})`, context));
  }
  return convert(shell, variable, (old ?? "") + text);
}

/** Throws AssignmentError for a read-only variable. */
export function checkWritable(variable: Variable | undefined, name: string): void {
  if (variable && (variable.flags & ATTRIBUTE.READONLY) !== 0) throw new AssignmentError(`${name}: readonly variable`);
}

function newVariable(shell: Shell, name: string, scope: Scope | undefined): Variable {
  return shell.variables.create(name, scope ?? shell.variables.globalScope, 0, undefined);
}

/** A string that long cannot be held (bash: xrealloc). */
const MAX_LENGTH = 1 << 24;

function checkLength(text: string): string {
  if (text.length > MAX_LENGTH) throw new AssignmentError(`xrealloc: cannot allocate ${text.length} bytes`);
  return text;
}

function finish(shell: Shell, name: string, variable: Variable): void {
  if (shell.options.allexport) variable.flags |= ATTRIBUTE.EXPORT;
  if ((variable.flags & ATTRIBUTE.EXPORT) !== 0) shell.variables.exportVersion++;
  if (name.length < 3) return;
  if (name.startsWith("LC_")) rememberLocale(shell, name);
  afterAssignment(shell, name);
}

/** What else the shell does when some variables change (variables.c: special_vars). */
export function afterAssignment(shell: Shell, name: string): void {
  switch (name) {
    case "PATH":
      shell.hashed.clear();
      return;
    case "HISTSIZE":
      shell.history.sizeChanged();
      return;
    case "GLOBIGNORE": {
      // pathexp.c, setup_glob_ignore: an empty one leaves it as it was
      const value = shell.variables.find(name)?.scalar();
      if (value !== "") shell.shopts.dotglob = value !== undefined;
      return;
    }
    case "HISTFILESIZE":
      shell.truncateHistoryFile();
      return;
    case "OPTIND": {
      const value = Number.parseInt(shell.getVariable("OPTIND") ?? "", 10);
      shell.getoptsIndex = Number.isNaN(value) || value < 1 ? 1 : value;
      shell.getoptsPosition = 0;
      return;
    }
    case "POSIXLY_CORRECT":
      shell.options.posix = shell.variables.find(name)?.scalar() !== undefined;
      return;
    case "BASH_XTRACEFD": {
      // variables.c, sv_xtracefd
      const text = shell.getVariable(name) ?? "";
      if (text !== "" && !(/^[0-9]+$/.test(text) && shell.sys.descriptors().includes(Number(text)))) rememberComplaint(shell, `${name}: ${text}: invalid value for trace file descriptor`);
      return;
    }
    case "BASH_COMPAT":
      compatibility(shell, shell.getVariable(name));
      return;
    case "IGNOREEOF":
    case "ignoreeof":
      shell.options.ignoreeof = shell.getVariable(name) !== undefined;
      return;
    default:
  }
}

const LEVELS = ["compat31", "compat32", "compat40", "compat41", "compat42", "compat43", "compat44"] as const;

/** The release that the shell behaves like where later ones differ: 31 to 44, or 52. */
export function compatibilityLevel(shell: Shell): number {
  const name = LEVELS.find((level) => shell.shopts[level]);
  return name === undefined ? 52 : Number(name.slice("compat".length));
}

/** BASH_COMPAT and the options compatNN say the same ("4.2" or "42"); what is no level from 31 to 52 means none (variables.c, sv_shcompat). */
function compatibility(shell: Shell, text: string | undefined): void {
  const level = (text ?? "").replace(/^([0-9])\.([0-9])$/, "$1$2");
  for (const name of LEVELS) shell.shopts[name] = name === `compat${level}`;
  const number = Number(level);
  if (text !== undefined && text !== "" && !(/^[0-9]{2}$/.test(level) && number >= 31 && number <= 52)) {
    rememberComplaint(shell, `BASH_COMPAT: ${text}: compatibility value out of range`);
  }
}

export interface AssignOptions {
  readonly append?: boolean;
  /** Where to make it; else where it is found, or globally. */
  readonly scope?: Scope;
}

/** name=value. Throws AssignmentError, ArithmeticError, UnboundVariable. */
export function assignScalar(shell: Shell, name: string, text: string, options?: AssignOptions): void {
  const pending = shell.assigningTo;
  const temporary = pending === undefined || options?.scope ? undefined : pending.variables.get(name);
  if (pending !== undefined && temporary !== undefined) {
    temporary.value = text;
    shell.variables.popScope(pending);
    try {
      assignScalar(shell, name, text, { ...options, scope: shell.variables.scopeOf(name) ?? shell.variables.globalScope });
    } finally {
      shell.variables.scopes.push(pending);
    }
    return;
  }
  let found = options?.scope ? options.scope.variables.get(name) : shell.variables.find(name);
  if (found && (found.flags & ATTRIBUTE.NAMEREF) !== 0) {
    const current = found.value;
    if (current === undefined || current === "") {
      // An empty reference takes the text as its target.
      checkWritable(found, name);
      if (!parseTarget(text)) throw new AssignmentError(`\`${text}': not a valid identifier`);
      if (text === name) throw new AssignmentError(`${name}: nameref variable self references not allowed`);
      shell.variables.own(name, found).value = text;
      return;
    }
    const target = resolveTarget(shell, name);
    const end = shell.variables.find(target.name);
    if (target.subscript === undefined && end && (end.flags & ATTRIBUTE.NAMEREF) !== 0 && end.value !== undefined && end.value !== "") {
      throw new AssignmentError(`warning: ${name}: circular name reference`);
    }
    if (target.name !== name || target.subscript !== undefined) {
      if (target.subscript !== undefined) {
        assignElement(shell, target.name, expandSubscriptNow(shell, target.subscript, isAssociative(shell, target.name)), text, options);
        return;
      }
      if (!options?.scope) {
        assignScalar(shell, target.name, text, options);
        return;
      }
    }
  }
  if (found) {
    checkWritable(found, name);
    if (found.owner !== shell.variables.owner) {
      if (options?.scope && !options.scope.variables.has(name)) found = newVariable(shell, name, options.scope);
      else found = shell.variables.own(name, found);
    }
  } else found = newVariable(shell, name, options?.scope);
  const variable = found;
  if (variable.dynamic) {
    if ((variable.flags & ATTRIBUTE.INTEGER) !== 0 || name === "SECONDS" || name === "RANDOM") {
      // RANDOM is not read for +=: what it was last, or its seed, is added to
      const sum = options?.append ? appended(shell, variable, name === "RANDOM" ? String(shell.lastRandom || shell.randomState) : variable.scalar(), text) : text;
      variable.dynamic.set?.(/^-?[0-9]+$/.test(sum) ? sum : "0");
    } else variable.dynamic.set?.(text);
    return;
  }
  const value = variable.value;
  if (value !== undefined && typeof value !== "string") {
    if (value instanceof IndexedArray) value.set(0, options?.append ? appended(shell, variable, value.get(0), text) : convert(shell, variable, text));
    else value.set("0", options?.append ? appended(shell, variable, value.get("0"), text) : convert(shell, variable, text));
  } else if ((variable.flags & (ATTRIBUTE.INDEXED | ATTRIBUTE.ASSOCIATIVE)) !== 0) {
    const converted = convert(shell, variable, text);
    if ((variable.flags & ATTRIBUTE.INDEXED) !== 0) variable.value = IndexedArray.of([converted]);
    else variable.value = new AssociativeArray(new Map([["0", converted]]));
  } else {
    const next = checkLength(options?.append ? appended(shell, variable, value, text) : convert(shell, variable, text));
    const growth = next.length - (value?.length ?? 0);
    if (growth > 256 || growth < -256) shell.accountMemory(growth);
    if (next.length > 4096 && shell.sys.charge(next.length >> 8)) shell.attention = true;
    variable.value = next;
  }
  finish(shell, name, variable);
}

/** name[subscript]=value; the subscript is expanded already. */
export function assignElement(shell: Shell, givenName: string, subscript: string, text: string, options?: AssignOptions): void {
  let name = givenName;
  if (!options?.scope) {
    const target = resolveTarget(shell, givenName);
    if (target.subscript !== undefined) throw new AssignmentError(`\`${target.name}[${target.subscript}]': not a valid identifier`);
    name = target.name;
  }
  const found = options?.scope ? options.scope.variables.get(name) : shell.variables.find(name);
  checkWritable(found, name);
  if (found?.dynamic && (name === "BASH_ALIASES" || name === "BASH_CMDS")) {
    if (name === "BASH_ALIASES") shell.aliases.set(subscript, text);
    else shell.hashed.set(subscript, { path: text, hits: 0 });
    return;
  }
  const variable = found ? (options?.scope ? found : shell.variables.own(name, found)) : newVariable(shell, name, options?.scope);
  if (variable.dynamic) return;
  if (isAssociativeVariable(variable)) {
    if (subscript === "") throw new AssignmentError(`${name}[${subscript}]: bad array subscript`);
    const array = asAssociative(variable);
    const old = array.get(subscript);
    shell.accountMemory(old === undefined ? 64 + text.length : options?.append ? text.length : text.length - old.length);
    array.set(subscript, options?.append ? appended(shell, variable, old, text) : convert(shell, variable, text));
  } else {
    if (subscript === "" || subscript === "@" || subscript === "*") throw new AssignmentError(`${name}[${subscript}]: bad array subscript`);
    const array = asIndexed(variable);
    const index = indexOf(shell, subscript, array);
    if (index === undefined) throw new AssignmentError(`${name}[${subscript}]: bad array subscript`);
    const old = array.get(index);
    shell.accountMemory(old === undefined ? 32 + text.length : options?.append ? text.length : text.length - old.length);
    array.set(index, options?.append ? appended(shell, variable, old, text) : convert(shell, variable, text));
  }
  finish(shell, name, variable);
}

function isAssociativeVariable(variable: Variable): boolean {
  return variable.value instanceof AssociativeArray || (variable.flags & ATTRIBUTE.ASSOCIATIVE) !== 0;
}

export function asIndexed(variable: Variable): IndexedArray {
  variable.flags |= ATTRIBUTE.INDEXED;
  const value = variable.value;
  if (value instanceof IndexedArray) return value;
  const array = typeof value === "string" ? IndexedArray.of([value]) : new IndexedArray();
  variable.value = array;
  return array;
}

export function asAssociative(variable: Variable): AssociativeArray {
  variable.flags |= ATTRIBUTE.ASSOCIATIVE;
  const value = variable.value;
  if (value instanceof AssociativeArray) return value;
  const array = new AssociativeArray();
  if (typeof value === "string") array.set("0", value);
  variable.value = array;
  return array;
}

/** A name as builtins take it, "x" or "x[sub]"; the subscript is expanded here. False when it is no name. */
export function assignTarget(shell: Shell, text: string, value: string): boolean {
  const target = parseTarget(text);
  if (!target) return false;
  if (target.subscript === undefined) assignScalar(shell, target.name, value);
  else assignElement(shell, target.name, expandSubscriptNow(shell, target.subscript, isAssociative(shell, target.name)), value);
  return true;
}

/** One element of `x=(...)`, expanded. */
export interface ArrayItem {
  readonly subscript: string | undefined;
  readonly value: string;
  readonly append: boolean;
  /** As it was written, for complaints about elements of an associative array. */
  readonly source?: string;
}

/** name=(...). Elements with a subscript that will not do are left out; what is to be said about them is returned. */
export function assignArray(shell: Shell, givenName: string, items: readonly ArrayItem[], options?: AssignOptions): readonly string[] {
  const problems: string[] = [];
  let name = givenName;
  if (!options?.scope) {
    const target = resolveTarget(shell, givenName);
    name = target.name;
    if (target.subscript !== undefined) throw new AssignmentError(`\`${target.name}[${target.subscript}]': not a valid identifier`);
  }
  const found = options?.scope ? options.scope.variables.get(name) : shell.variables.find(name);
  checkWritable(found, name);
  const variable = found ? (options?.scope ? found : shell.variables.own(name, found)) : newVariable(shell, name, options?.scope);
  // A reference that names nothing yet becomes an array of its own.
  if ((variable.flags & ATTRIBUTE.NAMEREF) !== 0) {
    variable.flags &= ~ATTRIBUTE.NAMEREF;
    variable.value = undefined;
  }
  if (variable.dynamic) {
    return problems;
  }
  if (isAssociativeVariable(variable)) assignAssociative(shell, name, variable, items, options?.append === true, problems);
  else {
    const work = options?.append ? asIndexed(variable) : new IndexedArray();
    let next = work.maxIndex + 1;
    shell.accountMemory(32 * items.length);
    for (const item of items) {
      let index: number | undefined = next;
      if (item.subscript !== undefined) {
        const numeric = item.subscript !== "*" && item.subscript !== "@";
        index = item.subscript === "" || !numeric ? undefined : indexOf(shell, item.subscript, work);
        if (index === undefined) {
          problems.push(`[${item.subscript}]=${item.value}: ${numeric ? "bad array subscript" : "cannot assign to non-numeric index"}`);
          continue;
        }
      }
      work.set(index, item.append ? appended(shell, variable, work.get(index), item.value) : convert(shell, variable, item.value));
      next = index + 1;
    }
    variable.value = work;
    variable.flags |= ATTRIBUTE.INDEXED;
  }
  finish(shell, name, variable);
  return problems;
}

function assignAssociative(shell: Shell, name: string, variable: Variable, items: readonly ArrayItem[], append: boolean, problems: string[]): void {
  const old = asAssociative(variable);
  const array = append ? old : new AssociativeArray();
  const first = items[0];
  if (first && first.subscript === undefined) {
    // key value pairs
    for (let i = 0; i < items.length; i += 2) {
      const key = items[i]?.value ?? "";
      if (key === "") problems.push(`${items[i]?.source ?? "''"}: bad array subscript`);
      else array.set(key, convert(shell, variable, items[i + 1]?.value ?? ""));
    }
  } else {
    for (const item of items) {
      if (item.subscript === undefined) problems.push(`${name}: ${item.value}: must use subscript when assigning associative array`);
      else if (item.subscript === "") problems.push(`${item.source ?? `['']='${item.value}'`}: bad array subscript`);
      else array.set(item.subscript, item.append ? appended(shell, variable, old.get(item.subscript), item.value) : convert(shell, variable, item.value));
    }
  }
  variable.value = array;
}

export function setArray(shell: Shell, name: string, values: readonly string[], scope?: Scope): void {
  const variable = plainVariable(shell, name, scope);
  if (variable) {
    shell.accountMemory(32 * values.length);
    variable.value = IndexedArray.of(values);
    variable.flags |= ATTRIBUTE.INDEXED;
    finish(shell, name, variable);
    return;
  }
  assignArray(shell, name, values.map(itemOf), scope ? { scope } : undefined);
}

const itemOf = (value: string): ArrayItem => ({ subscript: undefined, value, append: false });

/** One that holds what it is given as it is: nothing is converted, and nobody else is meant. Made when there is none; undefined when it is another. */
function plainVariable(shell: Shell, name: string, scope: Scope | undefined): Variable | undefined {
  const found = scope ? scope.variables.get(name) : shell.variables.find(name);
  if (found === undefined) return newVariable(shell, name, scope);
  if ((found.flags & ~ATTRIBUTE.INDEXED) !== 0 || found.dynamic) return undefined;
  return scope ? found : shell.variables.own(name, found);
}

const ELEMENTS_A_TURN = 4096;

/** name=(...) or name+=(...) of words without subscripts, where the variable is no associative array. */
export function* assignFields(shell: Shell, name: string, values: readonly string[], append: boolean): Blocking<void> {
  const variable = append ? plainVariable(shell, name, undefined) : undefined;
  if (!append) setArray(shell, name, values);
  else if (!variable) assignArray(shell, name, values.map(itemOf), { append });
  else {
    const array = asIndexed(variable);
    let next = array.maxIndex + 1;
    shell.accountMemory(32 * values.length);
    for (let at = 0; at < values.length; at += ELEMENTS_A_TURN) {
      const end = Math.min(values.length, at + ELEMENTS_A_TURN);
      for (let i = at; i < end; i++) array.set(next++, values[i] ?? "");
      if (end < values.length && shell.sys.charge(ELEMENTS_A_TURN >> 6)) {
        yield* shell.sys.preempt();
        shell.attention = true;
      }
    }
    finish(shell, name, variable);
  }
}

export function copyValue(value: Value | undefined): Value | undefined {
  return typeof value === "object" ? value.clone() : value;
}
