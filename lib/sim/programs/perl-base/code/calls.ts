// Calls of subs and methods, and the making of anonymous subs (perlsub(1), perlobj(1)).

import type { Node, SubBody } from "../syntax/tree.ts";
import { text } from "../values/convert.ts";
import { Code, type Glob, GlobValue, PerlArray, PerlError, Plain, Referent, type Run, type Scalar, type Value, type Want } from "../values/value.ts";
import { findMethod, linearIsa, packageOf } from "../vm/method.ts";
import { overloadOf } from "../vm/overload.ts";
import type { Vm } from "../vm/vm.ts";
import { Compiler, type Context, D, L, newContainer, S, V } from "./compiler.ts";
import { compile } from "./expressions.ts";
import { compileSubBody } from "./statements.ts";
import type { Unit } from "./unit.ts";
import { compileAliases } from "./variables.ts";

export function wantOf(vm: Vm, context: Context): Want {
  return context === S ? "scalar" : context === L ? "list" : context === D ? vm.frame?.want : undefined;
}

function compileArguments(c: Compiler, args: readonly Node[]): void {
  c.emit((vm) => vm.mark());
  for (const arg of args) compileAliases(c, arg);
}

/** Begins the call, or does it at once when it is one of ours. */
export function invoke(vm: Vm, code: Code, args: PerlArray, want: Want): void | Run<void> {
  if (code.unit) {
    vm.enter(code, args, want);
    if (vm.frame && vm.frame.depth % 100 === 0 && vm.frame.depth === vm.deepest + 100) vm.noteDepth(code);
    return undefined;
  }
  if (code.constant) {
    if (want === "list") vm.pushAll(code.constant);
    else if (want === "scalar") vm.push(code.constant[code.constant.length - 1]);
    return undefined;
  }
  if (code.native) {
    const result = code.native(vm, args.items as Scalar[], want);
    if (Array.isArray(result)) {
      vm.pushFor(want, result);
      return undefined;
    }
    return invokeLater(vm, result, want);
  }
  if (!autoload(vm, code.pkg, code.name, args, want)) undefinedSub(code);
  return undefined;
}

function undefinedSub(code: Code): never {
  throw new PerlError(code.name === "__ANON__" ? "Not a CODE reference" : `Undefined subroutine &${code.pkg}::${code.name} called`);
}

function autoload(vm: Vm, pkg: string, name: string, args: PerlArray, want: Want): true | undefined {
  const code = vm.globs.get(`${pkg}::AUTOLOAD`)?.code;
  if (!code?.unit) return undefined;
  vm.glob(`${code.pkg}::AUTOLOAD`).scalar.v = `${pkg}::${name}`;
  vm.enter(code, args, want);
  return true;
}

function* invokeLater(vm: Vm, result: Run<Value[]>, want: Want): Run<void> {
  vm.pushFor(want, yield* result);
}

export function compileCall(c: Compiler, node: Extract<Node, { k: "call" }>, context: Context): void {
  const full = c.fullName(node.name.replaceAll("'", "::"));
  const number = c.vm.globNumber(full);
  const glob = c.vm.g[number] as Glob;
  const constant = glob.code?.constant;
  if (constant && node.args.length === 0 && !node.amp) {
    const [only] = constant;
    if (constant.length === 1) {
      if (context !== V) c.emit((vm) => vm.push(only));
      return;
    }
  }
  if (node.shares) {
    c.emit((vm) => invokeGlob(vm, vm.g[number] as Glob, vm.frame?.args ?? new PerlArray(), wantOf(vm, context)));
    return;
  }
  compileArguments(c, node.args);
  c.emit((vm) => {
    const args = new PerlArray(vm.stack.splice(vm.marks.pop() ?? 0) as Scalar[]);
    return invokeGlob(vm, vm.g[number] as Glob, args, wantOf(vm, context));
  });
}

function invokeGlob(vm: Vm, glob: Glob, args: PerlArray, want: Want): void | Run<void> {
  const { code } = glob;
  if (code) return invoke(vm, code, args, want);
  if (autoload(vm, glob.pkg, glob.name, args, want)) return undefined;
  throw new PerlError(`Undefined subroutine &${glob.fullName} called`);
}

export function compileCallRef(c: Compiler, node: Extract<Node, { k: "callref" }>, context: Context): void {
  if (!node.shares) compileArguments(c, node.args);
  compile(c, node.code, S);
  c.emit((vm) => {
    const value = vm.pop();
    const args = node.shares ? vm.frame?.args ?? new PerlArray() : new PerlArray(vm.stack.splice(vm.marks.pop() ?? 0) as Scalar[]);
    if (value instanceof Code) return invoke(vm, value, args, wantOf(vm, context));
    return invokeValue(vm, value, args, wantOf(vm, context));
  });
}

export function codeOf(vm: Vm, value: Value): Code {
  if (value instanceof Code) return value;
  if (value instanceof GlobValue && value.glob.code) return value.glob.code;
  if (value instanceof Referent) throw new PerlError("Not a CODE reference");
  if (value === undefined) throw new PerlError(`Can't use an undefined value as a subroutine reference`);
  const name = text(value).replace(/^&/, "");
  if (vm.at.pragmas.strictRefs) throw new PerlError(`Can't use string ("${name.slice(0, 32)}"${name.length > 32 ? "..." : ""}) as a subroutine ref while "strict refs" in use`);
  const full = name.includes("::") ? name : `${vm.at.pkg}::${name}`;
  const code = vm.globs.get(full)?.code;
  if (!code) throw new PerlError(`Undefined subroutine &${full} called`);
  return code;
}

function invokeValue(vm: Vm, value: Value, args: PerlArray, want: Want): void | Run<void> {
  const overloaded = overloadOf(vm, value, "&{}");
  if (overloaded) {
    return (function* (): Run<void> {
      const made = yield* vm.callScalar(overloaded, [new Plain(value), new Plain(), new Plain("")]);
      const started = invoke(vm, codeOf(vm, made), args, want);
      if (started) yield* started;
    })();
  }
  return invoke(vm, codeOf(vm, value), args, want);
}

export function compileMethod(c: Compiler, node: Extract<Node, { k: "method" }>, context: Context): void {
  c.emit((vm) => vm.mark());
  if (node.object.k === "str") {
    const { value } = node.object;
    c.emit((vm) => vm.push(new Plain(value)));
  } else {
    compile(c, node.object, S);
    c.emit((vm) => vm.push(new Plain(vm.pop())));
  }
  for (const arg of node.args) compileAliases(c, arg);
  const { name } = node;
  if (typeof name !== "string") compile(c, name, S);
  c.emit((vm) => {
    const dynamic = typeof name === "string" ? undefined : vm.pop();
    const args = new PerlArray(vm.stack.splice(vm.marks.pop() ?? 0) as Scalar[]);
    const want = wantOf(vm, context);
    if (dynamic instanceof Code) return invoke(vm, dynamic, args, want);
    return callMethod(vm, args, typeof name === "string" ? name : text(dynamic), want);
  });
}

function callMethod(vm: Vm, args: PerlArray, named: string, want: Want): void | Run<void> {
  const object = args.items[0]?.v;
  let method = named;
  let pkg: string;
  if (method.startsWith("SUPER::")) {
    method = method.slice(7);
    const parents = linearIsa(vm, vm.at.pkg).slice(1);
    for (const parent of parents) {
      const found = vm.globs.get(`${parent}::${method}`)?.code;
      if (found && (found.unit || found.native)) return invoke(vm, found, args, want);
    }
    const universal = vm.globs.get(`UNIVERSAL::${method}`)?.code;
    if (universal) return invoke(vm, universal, args, want);
    throw new PerlError(`Can't locate object method "${method}" via package "${vm.at.pkg}::SUPER"`);
  }
  if (method.includes("::")) {
    const cut = method.lastIndexOf("::");
    pkg = method.slice(0, cut);
    method = method.slice(cut + 2);
  } else if (object instanceof Code && object.blessed === undefined) throw new PerlError(`Can't call method "${method}" on unblessed reference`);
  else pkg = packageOf(vm, object, method);
  const code = findMethod(vm, pkg, method);
  if (code) return invoke(vm, code, args, want);
  // a method on a handle brings IO::File
  if (pkg === "IO::File" && !vm.glob("main::INC").hash.map.has("IO/File.pm")) return withHandles(vm, args, named, want);
  for (const one of linearIsa(vm, pkg)) if (method !== "DESTROY" && autoloadFor(vm, one, pkg, method, args, want)) return undefined;
  if (method === "import" || method === "unimport") {
    vm.pushFor(want, []);
    return undefined;
  }
  if (!(object instanceof Referent) && (!vm.packages.has(pkg) || !packageExists(vm, pkg))) throw new PerlError(`Can't locate object method "${method}" via package "${pkg}" (perhaps you forgot to load "${pkg}"?)`);
  throw new PerlError(`Can't locate object method "${method}" via package "${pkg}"`);
}

function* withHandles(vm: Vm, args: PerlArray, method: string, want: Want): Run<void> {
  const waiting = vm.requireModule("IO::File");
  if (waiting) yield* waiting;
  vm.pop();
  const called = callMethod(vm, args, method, want);
  if (called) yield* called;
}

function packageExists(vm: Vm, pkg: string): boolean {
  for (const glob of vm.globs.values()) if (glob.pkg === pkg && (glob.code || glob.hasArray || glob.hasHash || glob.scalar.v !== undefined)) return true;
  return vm.declaredPackages.has(pkg);
}

function autoloadFor(vm: Vm, holder: string, pkg: string, method: string, args: PerlArray, want: Want): boolean {
  const code = vm.globs.get(`${holder}::AUTOLOAD`)?.code;
  if (!code?.unit) return false;
  vm.glob(`${code.pkg}::AUTOLOAD`).scalar.v = `${pkg}::${method}`;
  vm.enter(code, args, want);
  return true;
}

/** A closure over the current pad. */
export function compileAnonymousSub(c: Compiler, sub: SubBody): void {
  const unit = compileSub(c, sub, "__ANON__");
  const { pkg } = c.place;
  c.emit((vm) => {
    const code = new Code(pkg, "__ANON__", unit);
    code.captures = unit.captures.map(({ from, sigil }) => (vm.pad[from] ??= newContainer(sigil)));
    vm.made += 4;
    vm.push(code);
  });
}

export function compileSub(c: Compiler, sub: SubBody, name: string): Unit {
  const inner = new Compiler(c.vm, name, c.place, c, true);
  compileSubBody(inner, sub);
  return inner.unit;
}

/** A named sub exists from when it is compiled: what it captures are the first containers of the code around. */
export function defineSub(c: Compiler, sub: SubBody, full: string): Code {
  const cut = full.lastIndexOf("::");
  const glob = c.vm.glob(full);
  const unit = compileSub(c, sub, full.slice(cut + 2));
  // references made before the definition see it too
  const known = glob.code;
  if (known?.unit && (c.pragmas.warnings || c.vm.warnSwitch) && !c.pragmas.quiet.has("redefine")) {
    c.vm.warnText(`Subroutine ${full.slice(cut + 2)} redefined at ${c.place.file} line ${sub.line}.\n`);
  }
  const code = known && !known.unit && !known.native && !known.constant ? known : new Code(full.slice(0, cut), full.slice(cut + 2));
  code.unit = unit;
  code.captures = unit.captures.map(({ from, sigil }) => c.prototype(from, sigil));
  glob.code = code;
  c.vm.declaredPackages.add(glob.pkg);
  return code;
}
