// What stands in PROCINFO, ENVIRON, ARGV, FUNCTAB and SYMTAB before a program starts.

import type { Dialect } from "./_dialect.ts";
import { Words } from "./_dialect.ts";
import type { GawkProgram } from "./_ast.ts";
import type { Runtime } from "./_runtime.ts";
import { SymbolTable } from "./_symbols.ts";
import { InputText } from "./_value.ts";

/** `argv`: the program's name and operands; `commandLine`: all words. */
export function predefine(runtime: Runtime, program: GawkProgram, argv: readonly string[], commandLine: readonly string[], dialect: Dialect): void {
  const { sys } = runtime.io;
  const environment = runtime.globalArray("ENVIRON");
  for (const [name, value] of sys.environment) environment.set(runtime.foreign(name), new InputText(runtime.foreign(value)));
  const words = runtime.globalArray("ARGV");
  argv.forEach((word, i) => words.set(String(i), new InputText(runtime.foreign(word))));
  runtime.setGlobal("ARGC", argv.length);
  if (dialect.posix || dialect.traditional) return;
  const functions = runtime.globalArray("FUNCTAB");
  for (const name of [...new Words(dialect).builtins, ...program.functions.keys()]) functions.set(name, name);
  const info = runtime.globalArray("PROCINFO");
  const { ruid: uid, rgid: gid, euid, egid } = sys.getcred();
  const all = runtime.newArray();
  commandLine.forEach((word, i) => all.set(String(i), new InputText(runtime.foreign(word))));
  const identifiers = runtime.newArray();
  for (const name of new Words(dialect).builtins) identifiers.set(name, "builtin");
  for (const name of runtime.globals.keys()) identifiers.set(name, "scalar");
  for (const name of program.functions.keys()) identifiers.set(name, "user");
  const facts: readonly (readonly [string, string | number])[] = [
    ["version", "5.2.1"], ["strftime", "%a %b %e %H:%M:%S %Z %Y"], ["FS", "FS"], ["platform", "posix"], ["api_major", 3], ["api_minor", 2], ["gmp_version", "GNU MP 6.2.1"], ["mpfr_version", "GNU MPFR 4.2.0"],
    ["prec_max", 2 ** 63], ["prec_min", 1], ["pgrpid", sys.getpgid()], ["pid", sys.getpid()], ["ppid", sys.getppid()], ["uid", uid], ["euid", euid], ["gid", gid], ["egid", egid],
  ];
  for (const [name, value] of facts) info.set(name, value);
  info.set("argv", all);
  info.set("identifiers", identifiers);
  runtime.global("SYMTAB").value = new SymbolTable(runtime);
}
