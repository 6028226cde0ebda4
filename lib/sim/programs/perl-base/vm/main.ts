// A run of perl: the program's text is read and put between what the switches ask for, compiled and run.

import { type Sys, SysError } from "../../../kernel/sys.ts";
import { latin1, latin1OfText } from "../../kit/latin1.ts";
import { installUniversal } from "../modules/universal.ts";
import { NO_PRAGMAS } from "../syntax/scanner.ts";
import { PerlExit, Plain, type Run, type Value } from "../values/value.ts";
import { INCLUDE_PATH } from "./configuration.ts";
import { endProcess } from "./end.ts";
import { compileSource } from "./load.ts";
import { installSpecialVariables } from "./special-variables.ts";
import { cluster, type Switches } from "./switches.ts";
import { Vm } from "./vm.ts";

export function* runPerl(sys: Sys, switches: Switches): Run<number> {
  const vm = new Vm(sys);
  vm.startUs = sys.clockUs("realtime");
  const library = (sys.environment.get("PERL5LIB") ?? "").split(":").filter((folder) => folder !== "");
  vm.includePath = [...switches.include, ...library, ...INCLUDE_PATH];
  vm.hashSeed = vm.randomSeed() | 1;
  let source = switches.program;
  let file = "-e";
  if (source === undefined) {
    const read = yield* readScript(vm, switches);
    if (typeof read === "number") return read;
    ({ source, file } = read);
    const line = /^#!.*perl(?:5[\d.]*)?[ \t]+-(\S+)/.exec(source);
    if (line) yield* cluster(switches, latin1OfText(line[1] ?? ""), undefined, undefined);
  }
  vm.warnSwitch = switches.warnings && !switches.noWarnings;
  vm.scriptName = file;
  vm.inPlace = switches.inPlace;
  vm.compileOnly = switches.compileOnly;
  const rest = scriptSwitches(vm, switches);
  installSpecialVariables(vm, file, rest);
  installUniversal(vm);
  if (switches.lineEnd !== undefined) vm.outputSeparator.v = switches.lineEnd;
  if (switches.separator !== undefined) vm.inputSeparator.v = switches.separator ?? undefined;
  for (const [name, bit] of [["STDIN", 1], ["STDOUT", 2], ["STDERR", 4]] as const) {
    const { io } = vm.glob(`main::${name}`);
    if (io && switches.unicode & bit) io.utf8 = true;
  }
  vm.loopSwitch = switches.loops || switches.prints;
  const text = wrapped(source, switches);
  // a terminal's or pipe's end is the program's business when it says so
  return yield* endProcess(vm, (function* (): Run<void> {
    const pragmas = switches.features ? { ...NO_PRAGMAS, features: new Set(["say", "state", "fc", "evalbytes", "current_sub", "unicode_strings", "postderef_qq", "signatures", "isa", "try"]) } : NO_PRAGMAS;
    const code = yield* compileSource(vm, text, { file, pkg: "main", pragmas, prelude: switches.modules.join(""), isMain: true });
    yield* vm.showWarnings();
    if (switches.compileOnly) {
      yield* vm.writeError(`${file} syntax OK\n`);
      vm.ends.length = 0;
      throw new PerlExit(0);
    }
    onceOnly(vm);
    yield* vm.showWarnings();
    yield* vm.runUnit(code, undefined, "main");
  })());
}

/** `Name "main::x" used only once: possible typo`: for -w and for files under `use warnings`. */
function onceOnly(vm: Vm): void {
  if (!vm.warnSwitch && !vm.warnsOnce) return;
  const found: string[] = [];
  for (const [name, place] of vm.firstUses) {
    const glob = vm.globs.get(name);
    if (!glob || glob.uses !== 1 || glob.imported || glob.code || glob.io || /^main::(?:\W|\^|\d|a$|b$|_|stdin|F$)/.test(name) || !/::[A-Za-z_]\w*$/.test(name)) continue;
    if (place.file.includes("/perl-base/") || place.file.includes("/perl/5.36")) continue;
    found.push(`Name "${name}" used only once: possible typo at ${place.file} line ${place.line}.\n`);
  }
  for (const message of found) vm.warnText(message);
}

function* readScript(vm: Vm, switches: Switches): Run<{ readonly source: string; readonly file: string } | number> {
  const { sys } = vm;
  const { script } = switches;
  let source = "";
  let fd = 0;
  const file = script === undefined ? "-" : latin1OfText(script);
  if (script !== undefined && script !== "-") {
    try {
      fd = yield* sys.open(script, 0);
      if ((sys.fstat(fd).mode & 0o170000) === 0o040000) {
        vm.handles.clear();
        return yield* failed(sys, `Can't open perl script "${file}": Is a directory\n`, 21);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* failed(sys, `Can't open perl script "${file}": ${error.message}\n`, error.errno === "ENOENT" ? 2 : error.errno === "EACCES" ? 13 : 20);
    }
  }
  for (;;) {
    const bytes = yield* sys.read(fd, 65536);
    if (bytes.length === 0) break;
    source += latin1(bytes);
    if (fd === 0 && /^__END__$/m.test(source)) break;
  }
  if (fd !== 0) sys.close(fd);
  if (source.startsWith("\xef\xbb\xbf")) source = source.slice(3);
  if (switches.skipsGarbage) {
    const start = /^#!.*perl/m.exec(source);
    if (!start) return yield* failed(sys, "No Perl script found in input\n", 2);
    source = source.slice(start.index);
  }
  return { source, file };
}

function* failed(sys: Sys, message: string, status: number): Run<number> {
  yield* sys.write(2, new Uint8Array(Array.from(message, (c) => c.charCodeAt(0) & 255)));
  return status;
}

/** -s: -name and -name=value before the other arguments. */
function scriptSwitches(vm: Vm, switches: Switches): string[] {
  const rest = [...switches.arguments];
  while (switches.scriptSwitches && rest[0]?.startsWith("-") && rest[0] !== "-") {
    const word = rest.shift() ?? "";
    if (word === "--") break;
    const equals = word.indexOf("=");
    const value: Value = equals < 0 ? 1 : word.slice(equals + 1);
    const glob = vm.glob(`main::${(equals < 0 ? word.slice(1) : word.slice(1, equals)).replaceAll("-", "_")}`);
    glob.scalar = new Plain(value);
    glob.imported = true;
  }
  return rest;
}

/** -n, -p, -a, -l: the program stands in a loop, on its first line so that line numbers stay. */
function wrapped(source: string, switches: Switches): string {
  if (!switches.loops && !switches.prints) return source;
  const chomps = switches.lineEnd !== undefined ? "chomp;" : "";
  const pattern = switches.splitPattern;
  const split = !switches.splits ? "" : pattern === undefined ? "our @F=split(' ');" : /^(["'/]).*\1$/.test(pattern) ? `our @F=split(${pattern});` : `our @F=split(q\0${pattern}\0);`;
  const body = `LINE: while (<ARGV>) {${chomps}${split}${source}${source.endsWith("\n") ? "" : "\n"};}`;
  return switches.prints ? `${body.replace(/;\}$/, "")};} continue {die "-p destination: $!\\n" unless print $_;}` : body;
}

