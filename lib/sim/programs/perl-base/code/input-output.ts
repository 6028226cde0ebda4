// print, <HANDLE>, file tests, `command` and <*.c>.

import type { Node } from "../syntax/tree.ts";
import { SysError } from "../../../kernel/sys.ts";
import { formatText } from "../builtins/format.ts";
import { captureCommand } from "../builtins/process.ts";
import { expandGlob } from "../builtins/glob.ts";
import { fileTest } from "../builtins/file-test.ts";
import { readLineFrom, readLinesOfArgv } from "../builtins/read-line.ts";
import { text } from "../values/convert.ts";
import { Glob, GlobValue, PerlArray, Referent, type Run, type Value } from "../values/value.ts";
import { Handle } from "../vm/handle.ts";
import { isOverloaded, textsOf } from "../vm/overload.ts";
import type { NameOf, Vm } from "../vm/vm.ts";
import { type Compiler, type Context, isListy, L, S, V } from "./compiler.ts";
import { compile } from "./expressions.ts";
import { nameOf, wantsList } from "./variables.ts";
import { warnUninitialized } from "./warn.ts";

/** The glob behind a handle's name or value; undefined when there is none. */
export function handleGlob(vm: Vm, value: Value): Glob | undefined {
  if (value instanceof Glob) return value;
  if (value instanceof GlobValue) return value.glob;
  if (value instanceof Referent) {
    if ("v" in value && (value.v instanceof Glob || value.v instanceof GlobValue)) return handleGlob(vm, value.v);
    if ("map" in value && value.map instanceof Map) {
      const inner: unknown = value.map.get("fh");
      if (inner instanceof Referent && "v" in inner) return handleGlob(vm, inner.v as Value);
    }
    return undefined;
  }
  const name = text(value).replace(/^\*/, "");
  if (name === "") return undefined;
  const full = name.includes("::") ? name.replace(/^::/, "main::") : `${/^(?:STDIN|STDOUT|STDERR|ARGV|ARGVOUT)$/.test(name) ? "main" : vm.at.pkg}::${name}`;
  return vm.globs.get(full);
}

export function compilePrint(c: Compiler, node: Extract<Node, { k: "print" }>): void {
  const { op, handle } = node;
  const items: readonly Node[] = node.items.length > 0 ? node.items : op === "printf" ? [] : [{ k: "var", sigil: "$", name: "_", line: node.line }];
  c.emit((vm) => vm.mark());
  for (const item of items) compile(c, item, L);
  const names: (NameOf | undefined)[] = items.some((item) => isListy(item) || item.k === "call" || item.k === "callref" || item.k === "method") ? [] : items.map((item) => nameOf(c, item));
  if (handle) {
    if (handle.k === "var" && handle.sigil === "*") {
      const number = c.vm.globNumber(c.fullName(handle.name));
      const glob = c.vm.g[number];
      if (glob) glob.uses += 2;
      c.emit((vm) => vm.push(vm.g[number]));
    } else compile(c, handle, S);
  }
  const named = handle?.k === "var" ? handle.name : undefined;
  c.emit((vm) => {
    let io: Handle | undefined;
    let glob: Glob | undefined;
    if (handle) {
      const value = vm.pop();
      glob = handleGlob(vm, value);
      io = glob?.io;
    } else io = vm.selected;
    const values = vm.taken();
    if (vm.overloads.size > 0 && values.some((value) => isOverloaded(vm, value))) {
      return (function* (): Run<void> {
        yield* textsOf(vm, values);
        const waiting = output(vm, op, io, values, names, glob, named);
        if (waiting) yield* waiting;
      })();
    }
    return output(vm, op, io, values, names, glob, named);
  });
}

function output(vm: Vm, op: "print" | "printf" | "say", io: Handle | undefined, values: readonly Value[], names: readonly (NameOf | undefined)[], glob: Glob | undefined, named: string | undefined): void | Run<void> {
  if (!io?.isOpen || !io.writes) {
    const shown = glob?.name.startsWith("$") || !glob ? named : glob.name.replace(/^_GEN.*|^\$/, named ?? "");
    if (vm.warns(io ? "closed" : "unopened")) {
      if (io?.isOpen) vm.warn(`Filehandle ${shown === undefined ? "STDIN" : io.name.startsWith("$") ? io.name : shown} opened only for input`);
      else vm.warn(`${op}() on ${io ? "closed" : "unopened"} filehandle ${glob && /^\$/.test(glob.name) ? glob.name : shown ?? ""}`.trimEnd());
    }
    if (glob && !io) {
      glob.io = new Handle(-1, glob.name, false, false);
      glob.io.isOpen = false;
    }
    vm.errno.value = 9;
    vm.push(undefined);
    return undefined;
  }
  let out: string;
  if (op === "printf") out = formatText(vm, values, "printf", names);
  else {
    const separator = vm.fieldSeparator.v;
    const between = separator === undefined ? "" : text(separator);
    out = "";
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value === "string") out += value;
      else if (value === undefined) warnUninitialized(vm, names[i], op);
      else out += text(value);
      if (between !== "" && i < values.length - 1) out += between;
    }
    if (op === "say") out += "\n";
    const end = vm.outputSeparator.v;
    if (end !== undefined) out += text(end);
  }
  vm.push(1);
  vm.spend(out.length >> 6);
  if (io.put(out, () => {
    if (vm.warns("utf8") || !vm.at.pragmas.quiet.has("utf8")) vm.warn(`Wide character in ${op}`);
  })) return flush(vm, io);
}

function* flush(vm: Vm, io: Handle): Run<void> {
  try {
    yield* io.flush(vm.sys);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    vm.setErrno(error);
    io.failed = true;
    vm.stack[vm.stack.length - 1] = "";
  }
}

export function compileReadline(c: Compiler, node: Extract<Node, { k: "readline" }>, context: Context): void {
  const { handle, name } = node;
  if (handle) {
    if (handle.k === "var" && handle.sigil === "*") {
      const full = c.fullName(handle.name);
      const number = c.vm.globNumber(full);
      const glob = c.vm.g[number];
      if (glob) glob.uses += 2;
      c.emit((vm) => vm.push(vm.g[number]));
    } else compile(c, handle, S);
  }
  const shown = name ?? (handle?.k === "var" ? `$${handle.name}` : "__ANONIO__");
  c.emit((vm) => (handle ? readFrom(vm, vm.pop(), shown, context) : readArgv(vm, context)));
}

function* readFrom(vm: Vm, value: Value, name: string, context: Context): Run<void> {
  const glob = handleGlob(vm, value);
  const list = wantsList(vm, context);
  if (value instanceof PerlArray) {
    vm.push(value.items.shift()?.v);
    return;
  }
  const lines = yield* readLineFrom(vm, glob, name, list);
  if (list) vm.pushAll(lines);
  else if (context !== V) vm.push(lines[0]);
}

function* readArgv(vm: Vm, context: Context): Run<void> {
  const list = wantsList(vm, context);
  const lines = yield* readLinesOfArgv(vm, list);
  if (list) vm.pushAll(lines);
  else if (context !== V) vm.push(lines[0]);
}

export function compileGlob(c: Compiler, node: Extract<Node, { k: "glob" }>, context: Context): void {
  const slot = c.slot();
  compile(c, node.pattern, S);
  c.emit((vm) => {
    const pattern = text(vm.pop());
    if (wantsList(vm, context)) {
      vm.pushAll(expandGlob(vm, pattern));
      return;
    }
    // in scalar context one name after the other
    let rest = vm.pad[slot];
    if (!(rest instanceof Names)) {
      rest = new Names(expandGlob(vm, pattern));
      vm.pad[slot] = rest;
    }
    const next = (rest as Names).names.shift();
    if (next === undefined) vm.pad[slot] = undefined;
    if (context !== V) vm.push(next);
  });
}

class Names extends Referent {
  readonly names: string[];
  constructor(names: string[]) {
    super();
    this.names = names;
  }
}

export function compileBacktick(c: Compiler, node: Extract<Node, { k: "backtick" }>, context: Context): void {
  compile(c, node.command, S);
  c.emit((vm) => runBacktick(vm, text(vm.pop()), context));
}

function* runBacktick(vm: Vm, command: string, context: Context): Run<void> {
  const made = yield* captureCommand(vm, command);
  if (!wantsList(vm, context)) {
    if (context !== V) vm.push(made);
    return;
  }
  if (made !== undefined && made !== "") vm.pushAll(made.split(/(?<=\n)/));
}

export function compileFiletest(c: Compiler, node: Extract<Node, { k: "filetest" }>): void {
  const { op, operand } = node;
  // -f -w FILE: the inner test first
  if (operand?.k === "filetest") {
    compileFiletest(c, operand);
    c.emit((vm) => {
      const before = vm.pop();
      vm.push(vm.truth(before) ? fileTest(vm, op, undefined, true) : before);
    });
    return;
  }
  if (operand?.k === "var" && operand.sigil === "*" && operand.name === "_") {
    c.emit((vm) => vm.push(fileTest(vm, op, undefined, true)));
    return;
  }
  compile(c, operand ?? (op === "t" ? { k: "var", sigil: "*", name: "STDIN", line: node.line } : { k: "var", sigil: "$", name: "_", line: node.line }), S);
  const name = nameOf(c, operand ?? { k: "var", sigil: "$", name: "_", line: node.line });
  c.emit((vm) => {
    const value = vm.pop();
    if (value === undefined) warnUninitialized(vm, name, `-${op}`);
    if (op === "T" || op === "B") return textTest(vm, op, value);
    vm.push(fileTest(vm, op, value, false));
    return undefined;
  });
}

function* textTest(vm: Vm, op: string, value: Value): Run<void> {
  const path = text(value);
  try {
    const fd = yield* vm.sys.open(vm.path(path), 0);
    const bytes = yield* vm.sys.read(fd, 512);
    vm.sys.close(fd);
    let odd = 0;
    for (const byte of bytes) if (byte === 0) odd += 1000;
      else if (byte < 32 && byte !== 10 && byte !== 13 && byte !== 9 && byte !== 8 && byte !== 12 && byte !== 27) odd++;
    const isText = bytes.length === 0 || odd * 3 <= bytes.length;
    vm.push((op === "T") === isText || bytes.length === 0 ? 1 : "");
  } catch (error) {
    vm.setErrno(error);
    vm.push(undefined);
  }
}
