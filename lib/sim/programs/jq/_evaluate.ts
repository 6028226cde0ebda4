// Evaluates the tree of _syntax.ts: every filter is a generator of outputs. As in jq's machine, the path that is being followed (for path(f), |=, del…)
// is part of the state that flows through the filter: a literal changes the value, not the path, and the next access then fails.
// (More than 400 lines: one case for each kind of node.)

import { binary } from "./_arithmetic.ts";
import { format } from "./_formats.ts";
import { getPath, index, keysOf, valuesOf } from "./_paths.ts";
import type { Definition, Node, Pattern } from "./_syntax.ts";
import { JqError, type Json, described, dump, isArray, isObject, truthy, typeOf } from "./_value.ts";

interface PathNode {
  readonly parent: PathNode | null;
  readonly key: Json;
}

export interface Point {
  readonly value: Json;
  /** undefined: no path is being followed; null: at its root */
  readonly path: PathNode | null | undefined;
  /** what stands at that path */
  readonly at: Json;
}

/** undefined: nothing yet, let others run */
export type Step = Point | undefined;
export type Outputs = Generator<Step, void>;

interface Closure {
  readonly node: Node;
  readonly scope: Scope | null;
}

type Scope = { readonly next: Scope | null; readonly depth: number } & (
  | { readonly kind: "variable"; readonly name: string; readonly value: Json }
  | { readonly kind: "function"; readonly name: string; readonly definition: Definition }
  | { readonly kind: "parameter"; readonly name: string; readonly closure: Closure }
  | { readonly kind: "label"; readonly name: string; readonly id: object });

class Break extends Error {
  readonly id: object;
  constructor(id: object) {
    super("break");
    this.id = id;
  }
}

/** halt and halt_error. */
export class Halt extends Error {
  readonly status: number;
  readonly value: Json | undefined;
  constructor(status: number, value?: Json) {
    super("halt");
    this.status = status;
    this.value = value;
  }
}

export interface Context {
  /** input; undefined at the end. It may rest: null first. */
  input(): Generator<undefined, Json | undefined>;
  charge(steps: number): boolean;
  message(text: string): void;
  readonly environment: Json;
  /** where modules are searched */
  readonly searchList: readonly string[];
  readonly nowSeconds: () => number;
  readonly inputName: () => Json;
  readonly inputLine: () => number;
  readonly zoneSeconds: (epochSeconds: number) => { readonly offset: number; readonly name: string };
}

export type Native = (context: Context, input: Json, args: readonly Json[]) => Json;
export type Special = (evaluator: Evaluator, args: readonly ((at: Point) => Outputs)[], at: Point) => Outputs;

const MAX_DEPTH = 1200;

const value = (of: Json): Point => ({ value: of, path: undefined, at: null });

export function pathOf(point: Point): Json[] {
  const keys: Json[] = [];
  for (let node = point.path; node; node = node.parent) keys.push(node.key);
  return keys.reverse();
}

export function withValue(point: Point, changed: Json): Point {
  return point.path === undefined ? value(changed) : { value: changed, path: point.path, at: point.at };
}

const shortened = (of: Json): string => {
  const text = dump(of);
  return text.length > 29 ? `${text.slice(0, 26)}...` : text;
};

function intact(point: Point): boolean {
  return point.path === undefined || Object.is(point.value, point.at);
}

function access(point: Point, key: Json): Point {
  if (!intact(point)) throw new JqError(`Invalid path expression near attempt to access element ${shortened(key)} of ${shortened(point.value)}`);
  const found = index(point.value, key);
  return point.path === undefined ? value(found) : { value: found, path: { parent: point.path, key }, at: found };
}

export class Evaluator {
  readonly context: Context;
  readonly #natives: ReadonlyMap<string, Native>;
  readonly #specials: ReadonlyMap<string, Special>;
  readonly #prelude: ReadonlyMap<string, Definition>;

  constructor(context: Context, natives: ReadonlyMap<string, Native>, specials: ReadonlyMap<string, Special>, prelude: ReadonlyMap<string, Definition>) {
    this.context = context;
    this.#natives = natives;
    this.#specials = specials;
    this.#prelude = prelude;
  }

  run(node: Node, input: Json, variables: ReadonlyMap<string, Json>): Outputs {
    let scope: Scope | null = null;
    for (const [name, of] of variables) scope = { next: scope, depth: 0, kind: "variable", name, value: of };
    return this.#run(node, value(input), scope);
  }

  /** path(f): the outputs are the places. */
  *paths(filter: (at: Point) => Outputs, input: Json): Outputs {
    for (const out of filter({ value: input, path: null, at: input })) {
      if (out && !intact(out)) throw new JqError(`Invalid path expression with result ${shortened(out.value)}`);
      yield out;
    }
  }

  *getPath(at: Point, keys: Json): Outputs {
    if (!intact(at)) throw new JqError(`Invalid path expression near attempt to access element ${shortened(keys)} of ${shortened(at.value)}`);
    const found = getPath(at.value, keys);
    if (at.path === undefined) return yield value(found);
    let path: PathNode | null = at.path;
    if (isArray(keys)) for (const key of keys) path = { parent: path, key };
    yield { value: found, path, at: found };
  }

  *each(at: Point): Outputs {
    if (!intact(at)) throw new JqError(`Invalid path expression near attempt to iterate through ${shortened(at.value)}`);
    if (at.path === undefined) {
      for (const item of valuesOf(at.value)) yield value(item);
      return;
    }
    if (!isArray(at.value) && !isObject(at.value)) valuesOf(at.value);
    for (const key of keysOf(at.value, false)) yield access(at, key);
  }

  /** The values of a filter on this input, outside any path. */
  *values(node: Node, at: Point, scope: Scope | null): Generator<{ readonly of: Json } | undefined, void> {
    for (const out of this.#run(node, value(at.value), scope)) yield out && { of: out.value };
  }

  *#run(node: Node, at: Point, scope: Scope | null): Outputs {
    if (this.context.charge(1)) yield undefined;
    switch (node.kind) {
      case "identity": return yield at;
      case "literal": return yield withValue(at, node.value);
      case "recurse": return yield* this.#call("recurse", [], at, scope);
      case "location": return yield withValue(at, new Map<string, Json>([["file", "<top-level>"], ["line", node.line]]));
      case "variable": return yield withValue(at, this.#variable(node.name, scope));
      case "format": return yield withValue(at, format(node.name, at.value));
      case "string": return yield* this.#string(node.parts, node.format, node.parts.length, "", at, scope);
      case "pipe": {
        for (const out of this.#run(node.left, at, scope)) {
          if (out) yield* this.#run(node.right, out, scope);
          else yield undefined;
        }
        return;
      }
      case "comma":
        yield* this.#run(node.left, at, scope);
        return yield* this.#run(node.right, at, scope);
      case "index": {
        // The key is computed on the input, before the target is followed.
        if (node.key.kind === "literal") {
          const key = node.key.value;
          for (const target of this.#run(node.target, at, scope)) yield target && access(target, key);
          return;
        }
        for (const key of this.values(node.key, at, scope)) {
          if (!key) yield undefined;
          else for (const target of this.#run(node.target, at, scope)) yield target && access(target, key.of);
        }
        return;
      }
      case "slice": return yield* this.#slice(node, at, scope);
      case "iterate": {
        for (const target of this.#run(node.target, at, scope)) {
          if (target) yield* this.each(target);
          else yield undefined;
        }
        return;
      }
      case "try": return yield* this.#try(node, at, scope);
      case "alternative": return yield* this.#alternative(node, at, scope);
      case "and": case "or": {
        for (const left of this.values(node.left, at, scope)) {
          if (!left) yield undefined;
          else if (truthy(left.of) !== (node.kind === "and")) yield withValue(at, node.kind === "or");
          else for (const right of this.values(node.right, at, scope)) yield right && withValue(at, truthy(right.of));
        }
        return;
      }
      case "binary": {
        for (const right of this.values(node.right, at, scope)) {
          if (!right) yield undefined;
          else for (const left of this.values(node.left, at, scope)) yield left && withValue(at, binary(node.op, left.of, right.of));
        }
        return;
      }
      case "negate": {
        for (const operand of this.values(node.operand, at, scope)) {
          if (operand && typeof operand.of !== "number") throw new JqError(`${described(operand.of)} cannot be negated`);
          yield operand && withValue(at, -Number(operand.of));
        }
        return;
      }
      case "array": {
        const items: Json[] = [];
        if (node.body) {
          for (const out of this.#run(node.body, value(at.value), scope)) {
            if (out) items.push(out.value);
            else yield undefined;
          }
        }
        return yield withValue(at, items);
      }
      case "object": return yield* this.#object(node.members, 0, new Map(), at, scope);
      case "call": return yield* this.#call(node.name, node.args, at, scope);
      case "bind": {
        for (const source of this.values(node.source, at, scope)) {
          if (source) yield* this.#bindAny(node.patterns, source.of, at, scope, node.body);
          else yield undefined;
        }
        return;
      }
      case "reduce": return yield* this.#reduce(node, at, scope);
      case "foreach": return yield* this.#foreach(node, at, scope);
      case "if": return yield* this.#if(node, 0, at, scope);
      case "label": {
        const id = {};
        try {
          yield* this.#run(node.body, at, { next: scope, depth: scope?.depth ?? 0, kind: "label", name: node.name, id });
        } catch (error) {
          if (!(error instanceof Break) || error.id !== id) throw error;
        }
        return;
      }
      case "break": {
        for (let one = scope; one; one = one.next) if (one.kind === "label" && one.name === node.name) throw new Break(one.id);
        throw new JqError("break");
      }
      case "define": return yield* this.#run(node.body, at, { next: scope, depth: scope?.depth ?? 0, kind: "function", name: `${node.definition.name}/${node.definition.parameters.length}`, definition: node.definition });
      case "assign": return yield* this.#assign(node, at, scope);
    }
  }

  #variable(name: string, scope: Scope | null): Json {
    for (let one = scope; one; one = one.next) if (one.kind === "variable" && one.name === name) return one.value;
    if (name === "ENV") return this.context.environment;
    throw new JqError(`$${name} is not defined`);
  }

  /** From the last part to the first: the last one varies slowest. */
  *#string(parts: readonly (string | Node)[], name: string | undefined, left: number, after: string, at: Point, scope: Scope | null): Outputs {
    let text = after;
    for (let i = left - 1; i >= 0; i--) {
      const part = parts[i] ?? "";
      if (typeof part === "string") {
        text = part + text;
        continue;
      }
      for (const out of this.values(part, at, scope)) {
        if (out) yield* this.#string(parts, name, i, format(name ?? "text", out.of) + text, at, scope);
        else yield undefined;
      }
      return;
    }
    yield withValue(at, text);
  }

  *#slice(node: Extract<Node, { kind: "slice" }>, at: Point, scope: Scope | null): Outputs {
    const none: Node = { kind: "literal", value: null };
    for (const from of this.values(node.from ?? none, at, scope)) {
      if (!from) {
        yield undefined;
        continue;
      }
      for (const to of this.values(node.to ?? none, at, scope)) {
        if (!to) yield undefined;
        else for (const target of this.#run(node.target, at, scope)) yield target && access(target, new Map<string, Json>([["start", from.of], ["end", to.of]]));
      }
    }
  }

  *#try(node: Extract<Node, { kind: "try" }>, at: Point, scope: Scope | null): Outputs {
    const outputs = this.#run(node.body, at, scope);
    for (;;) {
      let next: IteratorResult<Step, void>;
      try {
        next = outputs.next();
      } catch (error) {
        if (!(error instanceof JqError)) throw error;
        // error(break) ends what surrounds the try, in jq 1.6 too.
        if (isObject(error.value) && error.value.has("__jq")) throw error;
        if (node.handler) yield* this.#run(node.handler, withValue(at, error.value), scope);
        return;
      }
      if (next.done === true) return;
      yield next.value;
    }
  }

  *#alternative(node: { readonly left: Node; readonly right: Node }, at: Point, scope: Scope | null): Outputs {
    let any = false;
    for (const out of this.#run(node.left, at, scope)) {
      if (!out) yield undefined;
      else if (truthy(out.value)) {
        any = true;
        yield out;
      }
    }
    if (!any) yield* this.#run(node.right, at, scope);
  }

  *#object(members: readonly { readonly key: Node; readonly value: Node }[], from: number, made: ReadonlyMap<string, Json>, at: Point, scope: Scope | null): Outputs {
    const member = members[from];
    if (!member) return yield withValue(at, made);
    for (const key of this.values(member.key, at, scope)) {
      if (!key) {
        yield undefined;
        continue;
      }
      if (typeof key.of !== "string") throw new JqError(`Cannot use ${described(key.of)} as object key`);
      for (const of of this.values(member.value, at, scope)) {
        if (of) yield* this.#object(members, from + 1, new Map(made).set(key.of, of.of), at, scope);
        else yield undefined;
      }
    }
  }

  *#if(node: Extract<Node, { kind: "if" }>, from: number, at: Point, scope: Scope | null): Outputs {
    const branch = node.branches[from];
    if (!branch) return yield* this.#run(node.otherwise, at, scope);
    for (const test of this.values(branch[0], at, scope)) {
      if (!test) yield undefined;
      else if (truthy(test.of)) yield* this.#run(branch[1], at, scope);
      else yield* this.#if(node, from + 1, at, scope);
    }
  }

  /** Scopes with the pattern's variables: several when keys have several outputs. */
  *#destructure(pattern: Pattern, of: Json, scope: Scope | null, keysAt: Point): Generator<{ readonly scope: Scope | null } | undefined, void> {
    const depth = scope?.depth ?? 0;
    if (pattern.kind === "variable") return yield { scope: { next: scope, depth, kind: "variable", name: pattern.name, value: of } };
    if (pattern.kind === "array") {
      if (of !== null && !isArray(of)) throw new JqError(`Cannot index ${typeOf(of)} with number`);
      return yield* this.#destructureItems(pattern.items, 0, of, scope, keysAt);
    }
    yield* this.#destructureMembers(pattern.members, 0, of, scope, keysAt);
  }

  *#destructureItems(items: readonly Pattern[], from: number, of: Json, scope: Scope | null, keysAt: Point): Generator<{ readonly scope: Scope | null } | undefined, void> {
    const item = items[from];
    if (!item) return yield { scope };
    for (const made of this.#destructure(item, index(of, from), scope, keysAt)) {
      if (made) yield* this.#destructureItems(items, from + 1, of, made.scope, keysAt);
      else yield undefined;
    }
  }

  *#destructureMembers(members: Extract<Pattern, { kind: "object" }>["members"], from: number, of: Json, scope: Scope | null, keysAt: Point): Generator<{ readonly scope: Scope | null } | undefined, void> {
    const member = members[from];
    if (!member) return yield { scope };
    for (const key of this.values(member.key, keysAt, scope)) {
      if (!key) {
        yield undefined;
        continue;
      }
      if (typeof key.of !== "string") throw new JqError(`Cannot index ${typeOf(of)} with ${typeOf(key.of)}`);
      const item = index(of, key.of);
      const own: Scope | null = member.variable === undefined ? scope : { next: scope, depth: scope?.depth ?? 0, kind: "variable", name: member.variable, value: item };
      if (!member.pattern) yield* this.#destructureMembers(members, from + 1, of, own, keysAt);
      else {
        for (const made of this.#destructure(member.pattern, item, own, keysAt)) {
          if (made) yield* this.#destructureMembers(members, from + 1, of, made.scope, keysAt);
          else yield undefined;
        }
      }
    }
  }

  *#bindAny(patterns: readonly Pattern[], of: Json, at: Point, scope: Scope | null, body: Node): Outputs {
    // With ?// every pattern's variables exist, null where it was another one that fitted.
    let base = scope;
    if (patterns.length > 1) for (const name of new Set(patterns.flatMap(variablesOf))) base = { next: base, depth: base?.depth ?? 0, kind: "variable", name, value: null };
    for (const [i, pattern] of patterns.entries()) {
      const outputs = this.#bind(pattern, of, at, base, body);
      let failed = false;
      for (;;) {
        let next: IteratorResult<Step, void>;
        try {
          next = outputs.next();
        } catch (error) {
          if (!(error instanceof JqError) || i === patterns.length - 1) throw error;
          failed = true;
          break;
        }
        if (next.done === true) break;
        yield next.value;
      }
      if (!failed) return;
    }
  }

  *#bind(pattern: Pattern, of: Json, at: Point, scope: Scope | null, body: Node): Outputs {
    for (const made of this.#destructure(pattern, of, scope, at)) {
      if (made) yield* this.#run(body, at, made.scope);
      else yield undefined;
    }
  }

  *#reduce(node: Extract<Node, { kind: "reduce" }>, at: Point, scope: Scope | null): Outputs {
    for (const start of this.values(node.start, at, scope)) {
      if (!start) {
        yield undefined;
        continue;
      }
      let state = start.of;
      for (const source of this.#run(node.source, at, scope)) {
        if (!source) {
          yield undefined;
          continue;
        }
        for (const made of this.#destructure(node.pattern, source.value, scope, at)) {
          if (!made) {
            yield undefined;
            continue;
          }
          // jq 1.6: the last output is the new state; without one it is null.
          let last: Json = null;
          for (const out of this.#run(node.update, withValue(source, state), made.scope)) {
            if (out) last = out.value;
            else yield undefined;
          }
          state = last;
        }
      }
      yield withValue(at, state);
    }
  }

  *#foreach(node: Extract<Node, { kind: "foreach" }>, at: Point, scope: Scope | null): Outputs {
    for (const start of this.values(node.start, at, scope)) {
      if (!start) {
        yield undefined;
        continue;
      }
      let state = start.of;
      for (const source of this.#run(node.source, at, scope)) {
        if (!source) {
          yield undefined;
          continue;
        }
        for (const made of this.#destructure(node.pattern, source.value, scope, at)) {
          if (!made) {
            yield undefined;
            continue;
          }
          for (const out of this.#run(node.update, withValue(source, state), made.scope)) {
            if (!out) {
              yield undefined;
              continue;
            }
            state = out.value;
            if (node.extract) yield* this.#run(node.extract, out, made.scope);
            else yield out;
          }
        }
      }
    }
  }

  *#call(name: string, args: readonly Node[], at: Point, scope: Scope | null): Outputs {
    const full = `${name}/${args.length}`;
    for (let one = scope; one; one = one.next) {
      if (one.kind === "parameter" && args.length === 0 && one.name === name) return yield* this.#run(one.closure.node, at, deeper(one.closure.scope, scope));
      if (one.kind === "function" && one.name === full) return yield* this.#define(one.definition, one, args, at, scope);
    }
    const native = this.#natives.get(full);
    if (native) return yield* this.#native(native, args, 0, [], at, scope);
    const special = this.#specials.get(full);
    if (special) return yield* special(this, args.map((node) => (from: Point) => this.#run(node, from, scope)), at);
    const definition = this.#prelude.get(full);
    if (!definition) throw new JqError(`${full} is not defined`);
    yield* this.#define(definition, null, args, at, scope);
  }

  /** Native functions get every combination of their arguments' values, the last argument varying slowest. */
  *#native(native: Native, args: readonly Node[], from: number, values: readonly Json[], at: Point, scope: Scope | null): Outputs {
    const node = args[args.length - 1 - from];
    if (!node) {
      if (this.context.charge(4)) yield undefined;
      return yield withValue(at, native(this.context, at.value, values));
    }
    for (const out of this.values(node, at, scope)) {
      if (out) yield* this.#native(native, args, from + 1, [out.of, ...values], at, scope);
      else yield undefined;
    }
  }

  *#define(definition: Definition, home: Scope | null, args: readonly Node[], at: Point, caller: Scope | null): Outputs {
    const depth = (caller?.depth ?? 0) + 1;
    if (depth > MAX_DEPTH) throw new JqError("recursion is too deep for this machine");
    let scope: Scope = { next: home, depth, kind: "function", name: `${definition.name}/${definition.parameters.length}`, definition };
    const values: { readonly name: string; readonly node: Node }[] = [];
    for (const [i, parameter] of definition.parameters.entries()) {
      const node = args[i] ?? { kind: "identity" };
      const name = parameter.startsWith("$") ? parameter.slice(1) : parameter;
      scope = { next: scope, depth, kind: "parameter", name, closure: { node, scope: caller } };
      if (parameter.startsWith("$")) values.push({ name, node });
    }
    yield* this.#withValues(values, 0, definition.body, at, scope, caller);
  }

  *#withValues(values: readonly { readonly name: string; readonly node: Node }[], from: number, body: Node, at: Point, scope: Scope, caller: Scope | null): Outputs {
    const one = values[from];
    if (!one) return yield* this.#run(body, at, scope);
    for (const out of this.values(one.node, at, caller)) {
      if (out) yield* this.#withValues(values, from + 1, body, at, { next: scope, depth: scope.depth, kind: "variable", name: one.name, value: out.of }, caller);
      else yield undefined;
    }
  }

  *#assign(node: Extract<Node, { kind: "assign" }>, at: Point, scope: Scope | null): Outputs {
    const left = (from: Point): Outputs => this.#run(node.left, from, scope);
    const special = this.#specials;
    if (node.op === "|=") return yield* special.get("_modify/2")?.(this, [left, (from) => this.#run(node.right, from, scope)], at) ?? [];
    const assign = special.get("_assign/2");
    for (const right of this.values(node.right, at, scope)) {
      if (!right) {
        yield undefined;
        continue;
      }
      const of = right.of;
      if (node.op === "=") yield* assign?.(this, [left, function* (from) { yield withValue(from, of); }], at) ?? [];
      else {
        const op = node.op.slice(0, -1);
        yield* special.get("_modify/2")?.(this, [left, function* (from) { yield withValue(from, op === "//" ? (truthy(from.value) ? from.value : of) : binary(op, from.value, of)); }], at) ?? [];
      }
    }
  }
}

/** A closure runs in the scope it was written in, but as deep as its caller. */
function deeper(scope: Scope | null, caller: Scope | null): Scope | null {
  if ((caller?.depth ?? 0) > MAX_DEPTH) throw new JqError("recursion is too deep for this machine");
  return scope;
}

function variablesOf(pattern: Pattern): readonly string[] {
  if (pattern.kind === "variable") return [pattern.name];
  if (pattern.kind === "array") return pattern.items.flatMap(variablesOf);
  return pattern.members.flatMap((member) => [...(member.variable === undefined ? [] : [member.variable]), ...(member.pattern ? variablesOf(member.pattern) : [])]);
}
