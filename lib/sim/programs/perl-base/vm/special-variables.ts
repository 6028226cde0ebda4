// The variables that perlvar(1) lists.

import { SIGNALS } from "../../../kernel/sys.ts";
import { latin1OfText, textOfLatin1 } from "../../kit/latin1.ts";
import { group } from "../regex/pattern.ts";
import { int, text } from "../values/convert.ts";
import { Code, Dual, Magic, PerlArray, PerlHash, Plain, type Value } from "../values/value.ts";
import { errnoText } from "./errno-text.ts";
import { Handle } from "./handle.ts";
import type { Vm } from "./vm.ts";

export function installSpecialVariables(vm: Vm, scriptName: string, argv: readonly string[]): void {
  const { sys } = vm;
  vm.glob("main::0").scalar = new Plain(scriptName);
  vm.glob("main::;").scalar.v = "\x1c";
  vm.glob("main::ARGV").array = new PerlArray(argv.map((arg) => new Plain(arg)));
  installMagic(vm);
  const env = vm.glob("main::ENV").hash;
  for (const [name, value] of sys.environment) env.map.set(latin1OfText(name), new Plain(latin1OfText(value)));
  vm.glob("main::^T").scalar.v = Math.floor(sys.clockUs("realtime") / 1e6);
  vm.glob("main::^W").scalar.v = vm.warnSwitch ? 1 : 0;
  vm.glob("main::^O").scalar.v = "linux";
  vm.glob("main::^X").scalar.v = "/usr/bin/perl";
  vm.glob("main::^V").scalar.v = "v5.36.0";
  vm.glob("main::]").scalar.v = "5.036000";
  vm.glob("main::(").scalar.v = `${sys.getcred().rgid} ${[sys.getcred().rgid, ...sys.getcred().groups].join(" ")}`;
  vm.glob("main::)").scalar.v = `${sys.getcred().egid} ${[sys.getcred().egid, ...sys.getcred().groups].join(" ")}`;
  vm.glob("main::INC").array = new PerlArray(vm.includePath.map((path) => new Plain(path)));
  for (const [name, fd, reads] of [["STDIN", 0, true], ["STDOUT", 1, false], ["STDERR", 2, false]] as const) {
    const io = new Handle(fd, name, reads, !reads);
    try {
      io.isTerminal = sys.isatty(fd);
    } catch {
      io.isOpen = false;
    }
    if (fd === 1) io.lineBuffered = io.isTerminal;
    if (fd === 2) io.autoflush = true;
    if (!reads) vm.handles.add(io);
    vm.glob(`main::${name}`).io = io;
  }
  vm.selected = vm.glob("main::STDOUT").io;
  for (const name of ["STDIN", "STDOUT", "STDERR", "ARGV", "ENV", "INC", "_", "0", "a", "b", "SIG", "ARGVOUT"]) vm.glob(`main::${name}`).imported = true;
}

/** Those that are computed; a forked process gets its own. */
export function installMagic(vm: Vm): void {
  const { sys } = vm;
  const set = (name: string, get: () => Value, put?: (value: Value) => void) => {
    vm.magic(`main::${name}`, get, put);
    vm.glob(`main::${name}`).imported = true;
  };
  set("!", () => (vm.errno.value === 0 ? new Dual(0, "") : new Dual(vm.errno.value, errnoText(vm.errno.value))), (value) => {
    vm.errno.value = value instanceof Dual ? value.n : int(value);
  });
  set("$", () => sys.getpid());
  set("<", () => sys.getcred().ruid, (value) => sys.setresuid(int(value), -1, -1));
  set(">", () => sys.getcred().euid, (value) => sys.setresuid(-1, int(value), -1));
  set("?", () => vm.childStatus, (value) => {
    vm.childStatus = int(value) & 0xffff;
  });
  set("&", () => group(vm.match, 0));
  set("`", () => vm.match?.text.slice(0, vm.match.offsets[0]));
  set("'", () => vm.match?.text.slice(vm.match.offsets[1]));
  set("+", () => {
    for (let i = vm.match?.pattern.groupCount ?? 0; i > 0; i--) if (group(vm.match, i) !== undefined) return group(vm.match, i);
    return undefined;
  });
  set("^N", () => {
    for (let i = vm.match?.pattern.groupCount ?? 0; i > 0; i--) if (group(vm.match, i) !== undefined) return group(vm.match, i);
    return undefined;
  });
  for (let i = 1; i <= 30; i++) set(String(i), () => group(vm.match, i));
  set(".", () => {
    if (vm.lastRead && vm.lastRead === vm.glob("main::ARGV").io) return vm.argvLines;
    return vm.lastRead?.lines;
  }, (value) => {
    vm.argvLines = int(value);
    if (vm.lastRead) vm.lastRead.lines = int(value);
  });
  set("|", () => (vm.selected?.autoflush ? 1 : 0), (value) => {
    if (!vm.selected) return;
    vm.selected.autoflush = vm.truth(value);
    if (vm.selected.autoflush) vm.wantsFlush = true;
  });
  set("^W", () => (vm.warnSwitch ? 1 : 0), (value) => {
    vm.warnSwitch = vm.truth(value);
  });
  // @- and @+, %+ and %-
  const offsets = (end: 0 | 1): PerlArray => {
    const array = new PerlArray();
    Object.defineProperty(array, "items", { get: () => {
      const { match } = vm;
      const items: Plain[] = [];
      for (let i = 0; match && i <= match.pattern.groupCount; i++) {
        const at = match.offsets[i * 2 + end];
        items.push(new Plain(at === undefined || at < 0 ? undefined : at));
      }
      if (end === 0) while (items.length > 1 && items[items.length - 1]?.v === undefined) items.pop();
      return items;
    } });
    return array;
  };
  vm.glob("main::-").array = offsets(0);
  vm.glob("main::+").array = offsets(1);
  const named = new PerlHash();
  Object.defineProperty(named, "map", { get: () => {
    const map = new Map<string, Plain>();
    for (const [name, numbers] of vm.match?.pattern.names ?? []) {
      const found = numbers.map((number) => group(vm.match, number)).find((one) => one !== undefined);
      if (found !== undefined) map.set(name, new Plain(found));
    }
    return map;
  } });
  vm.glob("main::+").hash = named;
  const signals = vm.glob("main::SIG").hash;
  for (const name of Object.keys(SIGNALS)) {
    if (!signals.map.has(name)) signals.at(name);
  }
  signals.changed = (key) => {
    if (key !== undefined) setSignal(vm, key, signals.map.get(key)?.v);
  };
  for (const [name, scalar] of [...signals.map]) {
    let value: Value = scalar.v;
    signals.map.set(name, new Magic(() => value, (next) => {
      value = next;
      setSignal(vm, name, next);
    }));
  }
}

function setSignal(vm: Vm, name: string, value: Value): void {
  const number = Object.entries(SIGNALS).find(([one]) => one === name)?.[1];
  if (number === undefined) {
    if (!/^__(?:WARN|DIE)__$/.test(name) && vm.warns("signal") && value !== undefined) vm.warn(`No such signal: SIG${name}`);
    return;
  }
  const code = value instanceof Code ? value : typeof value === "string" && value !== "" && value !== "DEFAULT" && value !== "IGNORE" ? vm.globs.get(value.includes("::") ? value : `main::${value}`)?.code : undefined;
  vm.signalHandlers.delete(number);
  if (code) {
    vm.signalHandlers.set(number, code);
    vm.sys.sigaction(number, "catch");
  } else vm.sys.sigaction(number, value === "IGNORE" ? "ignore" : "default");
}

/** %ENV for a command to be run. */
export function environmentOf(vm: Vm): Map<string, string> {
  const made = new Map<string, string>();
  for (const [name, value] of vm.glob("main::ENV").hash.map) made.set(textOfLatin1(name), textOfLatin1(text(value.v)));
  return made;
}

/** drand48(3), which perl brings along: the same seed gives the same numbers everywhere. */
export class Random {
  #state: bigint;
  constructor(seed: number) {
    this.#state = (BigInt(Math.trunc(seed) >>> 0) << 16n) + 0x330en;
  }
  next(): number {
    this.#state = (this.#state * 0x5deece66dn + 0xbn) & 0xffffffffffffn;
    return Number(this.#state) / 2 ** 48;
  }
}
