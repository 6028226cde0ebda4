// Source text becomes code: statement by statement, so that `use` and BEGIN take effect on what follows. require, do FILE and use.

import { SysError } from "../../../kernel/sys.ts";
import { latin1 } from "../../kit/latin1.ts";
import { compileSub } from "../code/calls.ts";
import { Compiler, type Entry, L } from "../code/compiler.ts";
import { compile } from "../code/expressions.ts";
import { compileStatement, finishUnit } from "../code/statements.ts";
import { nativeModule } from "../modules/registry.ts";
import { Parser, Pending, type PendingStatement } from "../syntax/parser.ts";
import { type Host, NO_PRAGMAS, SyntaxProblem } from "../syntax/scanner.ts";
import type { Pragmas, Statement } from "../syntax/tree.ts";
import { text } from "../values/convert.ts";
import { Code, PerlDie, PerlError, Plain, type Referent, type Run, type Value } from "../values/value.ts";
import { Handle } from "./handle.ts";
import { findMethod } from "./method.ts";
import type { Vm } from "./vm.ts";

interface SourceOptions {
  readonly file: string;
  readonly pkg: string;
  readonly pragmas: Pragmas;
  readonly outer?: Compiler;
  /** what is visible around a string eval */
  readonly scopes?: readonly Map<string, Entry>[];
  readonly live?: { readonly pad: (Referent | undefined)[] } | undefined;
  /** what -M says: of line 0 */
  readonly prelude?: string;
  readonly isMain?: boolean;
}

class SourceHost implements Host {
  readonly #vm: Vm;
  parser: Parser | undefined;
  constructor(vm: Vm) {
    this.#vm = vm;
  }
  hasSub(fullName: string): boolean {
    const code = this.#vm.globs.get(fullName)?.code;
    return (code !== undefined && (code.unit !== undefined || code.native !== undefined || code.constant !== undefined)) || this.parser?.declared.has(fullName) === true;
  }
  prototypeOf(fullName: string): string | undefined {
    const code = this.#vm.globs.get(fullName)?.code;
    return code?.constant ? "" : code?.prototype ?? this.parser?.declared.get(fullName);
  }
  hasPackage(name: string): boolean {
    return this.#vm.declaredPackages.has(name) || this.parser?.declared.has(`package ${name}`) === true;
  }
  hasHandle(name: string): boolean {
    const io = this.#vm.globs.get(name)?.io;
    return io !== undefined;
  }
  warn(message: string): void {
    this.#vm.warnText(message);
  }
}

/** Throws PerlDie for what does not compile. */
export function* compileSource(vm: Vm, source: string, options: SourceOptions): Run<Code> {
  const host = new SourceHost(vm);
  const parser = new Parser(source, { file: options.file, host, pkg: options.pkg, pragmas: options.pragmas });
  host.parser = parser;
  const place = { file: options.file, line: 1, pkg: options.pkg, pragmas: options.pragmas };
  let outer: Compiler | undefined;
  if (options.outer) {
    outer = new Compiler(vm, "", place, options.outer.outer, options.outer.isSub);
    Object.assign(outer, { unit: options.outer.unit, liveFrame: options.live });
    outer.scopes.splice(0, outer.scopes.length, ...(options.scopes ?? []).map((scope) => new Map(scope)));
  }
  const compiler = new Compiler(vm, "(eval)", place, outer, options.outer?.isSub === true);
  const statements: Statement[] = [];
  const keptAt = vm.at;
  try {
    if (options.prelude !== undefined && options.prelude !== "") yield* runPrelude(vm, compiler, parser, options.prelude);
    for (;;) {
      const before = { pos: parser.pos, pkg: parser.pkg, pragmas: parser.pragmas, tokens: parser.tokens };
      let statement: Statement | undefined;
      try {
        statement = parser.statement();
      } catch (thrown) {
        if (!(thrown instanceof Pending)) throw thrown;
        Object.assign(parser, before);
        parser.braces = 0;
        flushStatements(compiler, statements);
        yield* carryOut(vm, compiler, parser, thrown.statement, thrown.key);
        continue;
      }
      if (!statement) break;
      statements.push(statement);
      // the last one gives the value: one is kept back
      if (statements.length > 1) flushStatements(compiler, statements, 1);
      if (vm.budget-- < 0) yield* vm.settle();
    }
    if (options.isMain && parser.pragmas.warnings) vm.warnsOnce = true;
    compileLast(compiler, statements);
  } catch (thrown) {
    vm.at = keptAt;
    if (thrown instanceof SyntaxProblem) {
      const after = /BEGIN failed--|Perl v[\d.]+ required|Unmatched .* in regex|in regex[;m]/.test(thrown.message) || thrown.message.endsWith("aborted.\n") ? "" : aborted(vm, options, thrown.message, compiler);
      throw new PerlDie(compiler.problems.join("") + thrown.message + after);
    }
    if (thrown instanceof PerlError && !thrown.placed) throw new PerlDie(`${thrown.message} at ${compiler.place.file} line ${compiler.place.line}.\n`);
    throw thrown;
  }
  vm.at = keptAt;
  if (compiler.problems.length > 0) throw new PerlDie(compiler.problems.join("") + aborted(vm, options, "", compiler));
  if (parser.dataStart !== undefined) {
    const handle = new Handle(-1, "DATA", true, false);
    handle.input = source.slice(parser.dataStart);
    handle.memory = new Plain("");
    const glob = vm.glob(`${parser.pkg}::DATA`);
    glob.io = handle;
    glob.imported = true;
  }
  const code = new Code(options.pkg, "(eval)", compiler.unit);
  code.captures = compiler.unit.captures.map(({ from, sigil }) => captured(compiler, from, sigil, options.live));
  return code;
}

/** The `use` lines of -M; the pragmas among them hold for what follows. */
function* runPrelude(vm: Vm, compiler: Compiler, parser: Parser, source: string): Run<void> {
  const inner = new Parser(source, { file: parser.file, host: parser.host, pkg: parser.pkg, pragmas: parser.pragmas, line: 0 });
  for (;;) {
    const before = { pos: inner.pos, pragmas: inner.pragmas, tokens: inner.tokens };
    try {
      if (!inner.statement()) break;
    } catch (thrown) {
      if (!(thrown instanceof Pending)) throw thrown;
      Object.assign(inner, before);
      yield* carryOut(vm, compiler, inner, thrown.statement, thrown.key);
    }
  }
  parser.pragmas = inner.pragmas;
}

function aborted(vm: Vm, options: SourceOptions, message: string, compiler: Compiler): string {
  if (options.file.startsWith("(eval") || vm.frame?.kind === "require") return "";
  if (/^(?:Can't find string terminator|Search pattern not terminated|Substitution|Transliteration|Missing braces|Unrecognized character)/.test(message) && compiler.problems.length === 0) return "";
  return vm.compileOnly ? `${options.file} had compilation errors.\n` : `Execution of ${options.file} aborted due to compilation errors.\n`;
}

function captured(compiler: Compiler, from: number, sigil: string, live: SourceOptions["live"]): Referent {
  if (live?.pad[from]) return live.pad[from];
  const made = compiler.outer?.prototype(from, sigil) ?? new Plain();
  if (live) live.pad[from] = made;
  return made;
}

function flushStatements(compiler: Compiler, statements: Statement[], keep = 0): void {
  while (statements.length > keep) {
    const next = statements.shift();
    if (next) compileStatement(compiler, next, 0);
  }
}

function compileLast(compiler: Compiler, statements: Statement[]): void {
  const last = statements.pop();
  flushStatements(compiler, statements);
  if (last) compileStatement(compiler, last, 3);
  compiler.introduce();
  finishUnit(compiler);
}

/** use, no, BEGIN, END as soon as they are read. */
function* carryOut(vm: Vm, compiler: Compiler, parser: Parser, statement: PendingStatement, key: number): Run<void> {
  compiler.introduce();
  const { file, line, pkg, pragmas } = statement;
  const place = { file, line, pkg, pragmas };
  compiler.place = place;
  const keptAt = vm.at;
  vm.at = place;
  const abort = `BEGIN failed--compilation aborted${line === 0 ? "" : ` at ${file} line ${line}`}.\n`;
  try {
    if (compiler.problems.length > 0 && statement.k === "phase" && statement.phase === "BEGIN") throw new SyntaxProblem(`BEGIN not safe after errors at ${file} line ${line}.\n`, true);
    if (statement.k === "phase") {
      const unit = compileSub(compiler, statement.sub, statement.phase);
      const code = new Code(pkg, statement.phase, unit);
      code.captures = unit.captures.map(({ from, sigil }) => compiler.prototype(from, sigil));
      if (statement.phase === "END") vm.ends.push(code);
      else yield* vm.call(code, [], undefined);
    } else yield* useModule(vm, compiler, statement);
  } catch (thrown) {
    if (thrown instanceof SyntaxProblem) throw thrown;
    if (thrown instanceof Error && !(thrown instanceof PerlDie) && !(thrown instanceof PerlError) && !(thrown instanceof RangeError)) throw thrown;
    const die = yield* vm.dieOf(thrown);
    if (typeof die.value !== "string") throw die;
    throw new SyntaxProblem(die.value + abort, true);
  } finally {
    vm.at = keptAt;
  }
  parser.done.add(key);
}

function* useModule(vm: Vm, compiler: Compiler, statement: Extract<PendingStatement, { k: "use" }>): Run<void> {
  const { module, no, version, items, empty } = statement;
  const waiting = vm.requireModule(module);
  if (waiting) yield* waiting;
  vm.pop();
  if (version !== undefined) {
    const has = text(vm.globs.get(`${module}::VERSION`)?.scalar.v);
    if (Number(has.replace(/^v/, "")) < Number(version.replace(/^v/, ""))) throw new PerlError(`${module} version ${version} required--this is only version ${has}`);
  }
  let values: Value[] = [];
  if (items) {
    const inner = new Compiler(vm, "BEGIN", compiler.place, compiler, true);
    compile(inner, items, L);
    finishUnit(inner);
    const code = new Code(statement.pkg, "BEGIN", inner.unit);
    code.captures = inner.unit.captures.map(({ from, sigil }) => compiler.prototype(from, sigil));
    if (compiler.problems.length > 0) return;
    values = yield* vm.call(code, [], "list");
  }
  if (empty) return;
  const method = findMethod(vm, module, no ? "unimport" : "import");
  if (!method) return;
  yield* vm.call(method, [new Plain(module), ...values.map((value) => new Plain(value))], undefined);
}

function* readSource(vm: Vm, path: string): Run<string> {
  const fd = yield* vm.sys.open(path, 0);
  let source = "";
  for (;;) {
    const bytes = yield* vm.sys.read(fd, 65536);
    if (bytes.length === 0) break;
    source += latin1(bytes);
  }
  vm.sys.close(fd);
  return source;
}

/** require "Foo/Bar.pm": leaves the file's value on the stack. */
export function* requireFile(vm: Vm, name: string, bare: boolean): Run<void> {
  const inc = vm.glob("main::INC");
  const known = inc.hash.map.get(name);
  if (known) {
    if (known.v === undefined) throw new PerlError(`Attempt to reload ${name} aborted.\nCompilation failed in require`);
    vm.push(1);
    return;
  }
  const absolute = name.startsWith("/") || name.startsWith("./") || name.startsWith("../");
  const folders = absolute ? [""] : inc.array.items.map((item) => text(item?.v));
  for (const folder of folders) {
    const path = absolute ? name : `${folder}/${name}`;
    let isFile = false;
    try {
      isFile = (vm.sys.stat(vm.path(path)).mode & 0o170000) !== 0o040000;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "ENOENT" && error.errno !== "ENOTDIR") throw new PerlError(`Can't locate ${name}:   ${path}: ${error.message}`);
    }
    if (!isFile) continue;
    inc.hash.at(name).v = path;
    const native = folder.startsWith("/usr/") ? nativeModule(name.replace(/\.pm$/, "").replaceAll("/", "::")) : undefined;
    if (native) {
      vm.packages.add(native.name);
      vm.declaredPackages.add(native.name);
      if (native.source !== undefined) yield* runFile(vm, native.source, path, name);
      native.install?.(vm);
      vm.stack.push(1);
      return;
    }
    const before = vm.stack.length;
    yield* runFile(vm, yield* readSource(vm, vm.path(path)), path, name);
    vm.stack.length = before;
    vm.push(1);
    return;
  }
  const paths = inc.array.items.map((item) => text(item?.v)).join(" ");
  const module = name.endsWith(".pm") && bare ? name.replace(/\.pm$/, "").replaceAll("/", "::") : undefined;
  vm.errno.value = 2;
  if (absolute) throw new PerlError(`Can't locate ${name}`);
  throw new PerlError(`Can't locate ${name} in @INC${module !== undefined ? ` (you may need to install the ${module} module)` : name.endsWith(".h") ? " (change .h to .ph maybe?)" : ""} (@INC contains: ${paths})`);
}

function* runFile(vm: Vm, source: string, path: string, name: string): Run<void> {
  const inc = vm.glob("main::INC").hash;
  const kept = vm.at;
  try {
    const code = yield* compileSource(vm, source, { file: path, pkg: "main", pragmas: NO_PRAGMAS });
    const values = yield* vm.runUnit(code, "scalar", "require");
    if (!vm.truth(values[values.length - 1])) throw new PerlError(`${name} did not return a true value`);
  } catch (thrown) {
    vm.at = kept;
    if (thrown instanceof PerlDie && typeof thrown.value === "string") {
      inc.map.delete(name);
      throw new PerlDie(`${thrown.value}Compilation failed in require${vm.place(kept)}`);
    }
    throw thrown;
  }
}

/** do FILE: its value, or undef with $! or $@ set. */
export function* doFile(vm: Vm, name: string, want: "scalar" | "list" | undefined): Run<void> {
  const folders = /^(?:\/|\.\.?\/)/.test(name) ? [""] : vm.glob("main::INC").array.items.map((item) => `${text(item?.v)}/`);
  for (const folder of folders) {
    let source: string;
    try {
      source = yield* readSource(vm, vm.path(folder + name));
    } catch (error) {
      vm.setErrno(error);
      continue;
    }
    const kept = vm.at;
    try {
      const code = yield* compileSource(vm, source, { file: folder + name, pkg: "main", pragmas: NO_PRAGMAS });
      const values = yield* vm.runUnit(code, want, "require");
      vm.error.v = "";
      vm.pushFor(want, values);
    } catch (thrown) {
      const die = yield* vm.dieOf(thrown);
      vm.at = kept;
      vm.error.v = die.value;
      vm.pushFor(want, [undefined]);
    }
    return;
  }
  vm.pushFor(want, want === "list" ? [] : [undefined]);
}
