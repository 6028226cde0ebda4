// Shell variables: attributes, dynamic scopes, and a copy that costs nothing until one side writes (a forked subshell shares its parent's
// tables: each variable and each scope has an owner, and who is not the owner copies before writing).
import { hashOrder } from "./hash-order.ts";
import { IndexedArray } from "./indexed-array.ts";

export const ATTRIBUTE = {
  EXPORT: 1, READONLY: 2, INTEGER: 4, LOWER: 8, UPPER: 16, CAPITAL: 32, NAMEREF: 64, INDEXED: 128, ASSOCIATIVE: 256, TRACE: 512,
  /** Made by `local` in this scope. */
  LOCAL: 1024,
  /** Cannot be unset or made an ordinary one: BASH_VERSINFO and the like are simply READONLY; this marks arrays that the shell keeps. */
  NO_ASSIGN: 2048,
} as const;

export class AssociativeArray {
  readonly #map: Map<string, string>;

  constructor(map = new Map<string, string>()) {
    this.#map = map;
  }
  clone(): AssociativeArray {
    return new AssociativeArray(new Map(this.#map));
  }
  get size(): number {
    return this.#map.size;
  }
  get(key: string): string | undefined {
    return this.#map.get(key);
  }
  set(key: string, value: string): void {
    this.#map.set(key, value);
  }
  delete(key: string): void {
    this.#map.delete(key);
  }
  keys(): readonly string[] {
    return hashOrder(this.#map.keys(), 1024);
  }
  values(): readonly string[] {
    return this.keys().map((key) => this.#map.get(key) ?? "");
  }
}

export type Value = string | IndexedArray | AssociativeArray;

/** A variable that is computed when read (RANDOM, SECONDS...); `set` is told of assignments. */
export interface DynamicVariable {
  /** What it was when somebody last asked for it: lists of all variables ask for none of them (variables.c: dynamic_value). */
  stored: Value | undefined;
  /** The next reading gives another value (RANDOM): it is read once for each `$`. */
  readonly changesWhenRead: boolean;
  /** An integer since somebody asked (SECONDS). */
  readonly isInteger: boolean;
  get(): Value | undefined;
  set?(value: string): void;
}

/** Those of one shell, by name; each call makes one. */
export interface DynamicVariables {
  get(name: string): DynamicVariable | undefined;
}

/** Who may write in place. A fork gives both sides a new one. */
export type Owner = object;

export class Variable {
  owner: Owner;
  flags: number;
  value: Value | undefined;
  dynamic: DynamicVariable | undefined;

  constructor(owner: Owner, flags: number, value: Value | undefined, dynamic?: DynamicVariable) {
    this.owner = owner;
    this.flags = flags;
    this.value = value;
    this.dynamic = dynamic;
  }

  /** What `$name` gives: the scalar, element 0 of an array. */
  scalar(): string | undefined {
    const value = this.dynamic ? this.dynamic.get() : this.value;
    if (value === undefined || typeof value === "string") return value;
    return value instanceof IndexedArray ? value.get(0) : value.get("0");
  }

  current(): Value | undefined {
    return this.dynamic ? this.dynamic.get() : this.value;
  }

  /** Without asking for what is computed. */
  stored(): Value | undefined {
    return this.dynamic ? this.dynamic.stored : this.value;
  }

  has(flag: number): boolean {
    return (this.flags & flag) !== 0;
  }
}

export interface Scope {
  /** function: where `local` puts variables; temporary: assignments before a command */
  kind: "global" | "function" | "temporary";
  owner: Owner;
  variables: Map<string, Variable>;
  /** What is put back when the function ends: options (`local -`), the state of getopts (`local OPTIND`). */
  onLeave?: (() => void)[];
  /** `local -` was said */
  savesOptions?: boolean;
}

const NONE_COMPUTED: ReadonlyMap<string, number> = new Map();

export class VariableTable {
  owner: Owner = {};
  scopes: Scope[];
  /** Rises whenever something exported may have changed. */
  exportVersion = 0;
  readonly #dynamic: DynamicVariables;
  /** Names and flags of the computed ones: they stand in no scope until somebody asks for them. All shells of a kind have the same. */
  #computed: ReadonlyMap<string, number> = NONE_COMPUTED;
  /** Those of them that somebody asked for or replaced. A new list each time: a fork has the same. */
  #made: readonly string[] = [];

  constructor(dynamic: DynamicVariables) {
    this.scopes = [{ kind: "global", owner: this.owner, variables: new Map() }];
    this.#dynamic = dynamic;
  }

  /** The child's table. Both sides copy on write from now on. */
  fork(dynamic: DynamicVariables): VariableTable {
    const child = new VariableTable(dynamic);
    child.scopes = this.scopes.map((scope) => ({ ...scope }));
    this.owner = {};
    child.exportVersion = this.exportVersion;
    child.#computed = this.#computed;
    child.#made = this.#made;
    return child;
  }

  /** Dynamic variables read the state of the shell that holds this table, not of the one that defined them. */
  #bound(name: string, variable: Variable): Variable {
    if (variable.dynamic && variable.owner !== this.owner) {
      const dynamic = this.#dynamic.get(name);
      if (dynamic) {
        dynamic.stored = variable.dynamic.stored;
        const copy = new Variable(this.owner, variable.flags, variable.value, dynamic);
        const scope = this.scopes[0];
        if (scope) this.writable(scope).set(name, copy);
        return copy;
      }
    }
    return variable;
  }

  /** The variables that the shell computes, by name with their flags; each is made when somebody asks for it. What came by the environment gives way. */
  defineDynamic(flags: ReadonlyMap<string, number>): void {
    this.#computed = flags;
    this.#made = [];
    const { variables } = this.globalScope;
    for (const name of flags.keys()) if (variables.has(name)) this.writable(this.globalScope).delete(name);
  }

  #isUnmade(name: string): boolean {
    return this.#computed.has(name) && !this.#made.includes(name);
  }

  #make(name: string): Variable | undefined {
    const flags = this.#isUnmade(name) ? this.#computed.get(name) : undefined;
    const dynamic = flags === undefined ? undefined : this.#dynamic.get(name);
    if (flags === undefined || dynamic === undefined) return undefined;
    return this.#put(name, this.globalScope, new Variable(this.owner, flags, undefined, dynamic));
  }

  /** To be called before the global scope is looked into by itself. */
  makeAll(): void {
    for (const name of this.#computed.keys()) this.#make(name);
  }

  #noteMade(name: string, scope: Scope): void {
    if (scope.kind === "global" && this.#isUnmade(name)) this.#made = this.#made.concat(name);
  }

  #put(name: string, scope: Scope, variable: Variable): Variable {
    this.#noteMade(name, scope);
    this.writable(scope).set(name, variable);
    return variable;
  }

  writable(scope: Scope): Map<string, Variable> {
    if (scope.owner !== this.owner) {
      scope.variables = new Map(scope.variables);
      scope.owner = this.owner;
    }
    return scope.variables;
  }

  /** Without following name references. */
  find(name: string): Variable | undefined {
    const scopes = this.scopes;
    for (let i = scopes.length - 1; i >= 0; i--) {
      const variable = scopes[i]?.variables.get(name);
      if (variable) return variable.dynamic ? this.#bound(name, variable) : variable;
    }
    return this.#make(name);
  }

  scopeOf(name: string): Scope | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const scope = this.scopes[i];
      if (scope?.variables.has(name)) return scope;
    }
    return this.#make(name) ? this.globalScope : undefined;
  }

  get globalScope(): Scope {
    const scope = this.scopes[0];
    if (!scope) throw new Error("no global scope");
    return scope;
  }

  /** The innermost function's. */
  get functionScope(): Scope | undefined {
    for (let i = this.scopes.length - 1; i > 0; i--) {
      const scope = this.scopes[i];
      if (scope?.kind === "function") return scope;
    }
    return undefined;
  }

  /** The variable, ready to be changed in place. */
  own(name: string, variable: Variable): Variable {
    if (variable.owner === this.owner) return variable;
    const scope = this.scopeOf(name) ?? this.globalScope;
    const value = variable.value;
    const copy = new Variable(this.owner, variable.flags, typeof value === "object" ? value.clone() : value, variable.dynamic);
    this.writable(scope).set(name, copy);
    return copy;
  }

  create(name: string, scope: Scope, flags: number, value: Value | undefined): Variable {
    return this.#put(name, scope, new Variable(this.owner, flags, value));
  }

  remove(name: string, scope: Scope): void {
    this.#noteMade(name, scope);
    this.writable(scope).delete(name);
  }

  pushScope(kind: "function" | "temporary"): Scope {
    const scope: Scope = { kind, owner: this.owner, variables: new Map() };
    this.scopes.push(scope);
    return scope;
  }

  popScope(scope: Scope): void {
    const at = this.scopes.lastIndexOf(scope);
    if (at > 0) this.scopes.length = at;
  }

  /** Names that are visible, each once, sorted as bash sorts them (by bytes). */
  names(filter: (variable: Variable, name: string) => boolean): string[] {
    this.makeAll();
    const seen = new Map<string, Variable>();
    for (const scope of this.scopes) for (const [name, variable] of scope.variables) seen.set(name, variable);
    const out: string[] = [];
    for (const [name] of seen) {
      const variable = this.find(name);
      if (variable && filter(variable, name)) out.push(name);
    }
    return out.sort(compareNames);
  }
}

export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
