// fork: the child goes on where the parent stands, with copies of everything. All state of a program is in the Vm (code is shared, it never changes),
// so a copy of the graph of values is a copy of the process.

import type { Sys } from "../../../kernel/sys.ts";
import { Code, Dual, Glob, GlobValue, Magic, PerlArray, PerlHash, PerlRegex, Plain, Referent, type Value } from "../values/value.ts";
import { Handle } from "./handle.ts";
import { installMagic } from "./special-variables.ts";
import { endProcess } from "./end.ts";
import { Frame, Vm } from "./vm.ts";

class Copier {
  readonly #seen = new Map<object, object>();

  value(value: Value): Value {
    if (typeof value !== "object") return value;
    if (value instanceof Dual) return value;
    if (value instanceof GlobValue) return new GlobValue(this.of(value.glob));
    return this.of(value);
  }

  of<T extends object>(original: T): T {
    const known = this.#seen.get(original);
    if (known) return known as T;
    return this.#copy(original) as T;
  }

  #copy(original: object): object {
    const keep = <T extends object>(copy: T): T => {
      this.#seen.set(original, copy);
      if (original instanceof Referent && copy instanceof Referent) copy.blessed = original.blessed;
      return copy;
    };
    if (original instanceof Plain) {
      const copy = keep(new Plain());
      copy.v = this.value(original.v);
      return copy;
    }
    if (original instanceof Magic) return keep(new Plain(this.value(original.v)));
    if (original instanceof PerlArray) {
      const copy = keep(new PerlArray());
      copy.items = original.items.map((item) => item && this.of(item));
      return copy;
    }
    if (original instanceof PerlHash) {
      const copy = keep(new PerlHash());
      for (const [key, item] of original.map) copy.map.set(key, this.of(item));
      copy.iterator = original.iterator && [...original.iterator];
      copy.locked = original.locked;
      return copy;
    }
    if (original instanceof Code) {
      const copy = keep(new Code(original.pkg, original.name, original.unit, original.native));
      copy.constant = original.constant?.map((one) => this.value(one));
      copy.prototype = original.prototype;
      copy.captures = original.captures.map((one) => this.of(one));
      return copy;
    }
    if (original instanceof Glob) {
      const copy = keep(new Glob(original.pkg, original.name));
      copy.scalar = this.of(original.scalar);
      if (original.hasArray) copy.array = this.of(original.array);
      if (original.hasHash) copy.hash = this.of(original.hash);
      copy.code = original.code && this.of(original.code);
      copy.io = original.io && this.of(original.io);
      copy.imported = original.imported;
      return copy;
    }
    if (original instanceof PerlRegex) return keep(new PerlRegex(original.pattern));
    // frames, handles, loops' states and what local put aside: their fields one by one
    const copy: object = Object.create(Object.getPrototypeOf(original));
    this.#seen.set(original, copy);
    for (const [name, value] of Object.entries(original)) Object.defineProperty(copy, name, { value: this.#field(value), writable: true, enumerable: true, configurable: true });
    return copy;
  }

  #field(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#field(one));
    if (value instanceof Referent || value instanceof Frame || value instanceof Handle) return this.of(value);
    return value;
  }
}

/** In the parent: the child's pid. The child gets 0 and goes on in a loop of its own. */
export function forkVm(vm: Vm): number {
  const build = (sys: Sys): Vm => {
    const copier = new Copier();
    const child = new Vm(sys);
    for (const [name, number] of vm.globNumbers) child.globNumbers.set(name, number);
    child.globs.clear();
    for (const [name, glob] of vm.globs) child.globs.set(name, copier.of(glob));
    for (const glob of vm.g) child.g.push(copier.of(glob));
    for (const pkg of vm.packages) child.packages.add(pkg);
    for (const pkg of vm.declaredPackages) child.declaredPackages.add(pkg);
    for (const value of vm.stack) child.stack.push(copier.value(value));
    child.marks.push(...vm.marks);
    for (const local of vm.locals) child.locals.push(copier.of(local));
    for (const [unit, held] of vm.prototypes) child.prototypes.set(unit, new Map([...held].map(([slot, one]) => [slot, copier.of(one)])));
    for (const [pkg, operators] of vm.overloads) child.overloads.set(pkg, new Map([...operators].map(([name, one]) => [name, copier.value(one)])));
    child.frame = vm.frame && copier.of(vm.frame);
    for (const handler of vm.handlers) child.handlers.push({ ...handler, frame: copier.of(handler.frame) });
    for (const handle of vm.handles) child.handles.add(copier.of(handle));
    for (const [signal, code] of vm.signalHandlers) child.signalHandlers.set(signal, copier.of(code));
    for (const code of vm.ends) child.ends.push(copier.of(code));
    child.takeOver(vm, copier);
    installMagic(child);
    return child;
  };
  // copied now: the parent goes on at once
  let made: Vm | undefined;
  const pid = vm.sys.fork(function* (sys) {
    const child = made ?? build(sys);
    child.sys = sys;
    installMagic(child);
    child.push(0);
    return yield* endProcess(child, child.resume());
  });
  made = build(vm.sys);
  return pid;
}

