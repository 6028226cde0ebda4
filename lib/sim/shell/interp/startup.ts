// What a shell does before its first command: the environment becomes variables, the shell sets its own, options are read, start files run
// (bash(1), OPTIONS, INVOCATION, Shell Variables).
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readWhole } from "../expand/run-now.ts";
import { accounts } from "../expand/tilde.ts";
import { sourceFile } from "../builtins/source.ts";
import { noDirectory } from "../builtins/pwd.ts";
import { switchOption } from "../builtins/set.ts";
import { parseAll } from "../syntax/parse.ts";
import { SyntaxProblem } from "../syntax/syntax-error.ts";
import { Word } from "../syntax/tree.ts";
import { IndexedArray } from "./indexed-array.ts";
import { type SetOption, isSetOption, isShopt, setOptionOfLetter } from "./options.ts";
import type { Shell } from "./shell.ts";
import { DYNAMIC_NAMES, seedRandom } from "./special-variables.ts";
import { DiscardCommand } from "./flow.ts";
import { ATTRIBUTE } from "./variables.ts";
import { isName } from "./assign.ts";

const VERSION = "5.2.15(1)-release";
const MACHINE = "x86_64-pc-linux-gnu";
/** dash's own (var.c: defpathvar). */
export const DASH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** When the environment has none (config-top.h: DEFAULT_PATH_VALUE). */
const DEFAULT_PATH = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin:.";

export interface Invocation {
  readonly login: boolean;
  readonly forceInteractive: boolean;
  readonly command: boolean;
  readonly readStdin: boolean;
  readonly noProfile: boolean;
  readonly noRc: boolean;
  readonly rcFile: string | undefined;
  readonly posix: boolean;
  readonly restricted: boolean;
  readonly show: "version" | "help" | undefined;
  readonly setOptions: readonly (readonly [SetOption, boolean])[];
  readonly shopts: readonly (readonly [string, boolean])[];
  readonly rest: readonly string[];
  /** `bash -o`, `bash -O` without a name. */
  readonly listOptions: "table" | "commands" | undefined;
  readonly listShopts: boolean;
  /** The strings to translate are shown, nothing is run. */
  readonly dump: "plain" | "po" | undefined;
  /** A usage error. */
  readonly error: string | undefined;
}

export function parseInvocation(argv: readonly string[]): Invocation {
  const state = {
    login: (argv[0] ?? "").startsWith("-"), forceInteractive: false, command: false, readStdin: false, noProfile: false, noRc: false,
    rcFile: undefined as string | undefined, posix: false, restricted: /^-?(?:.*\/)?rbash$/.test(argv[0] ?? ""), show: undefined as "version" | "help" | undefined, error: undefined as string | undefined,
    dump: undefined as "plain" | "po" | undefined,
  };
  const setOptions: (readonly [SetOption, boolean])[] = [];
  const shopts: (readonly [string, boolean])[] = [];
  let listOptions: "table" | "commands" | undefined;
  let listShopts = false;
  let at = 1;
  for (; at < argv.length; at++) {
    const arg = argv[at] ?? "";
    const long = /^--?([a-z][a-z-]+)$/.exec(arg)?.[1];
    if (arg === "--") {
      at++;
      break;
    }
    if (long === undefined || !LONG.has(long)) {
      if (arg.startsWith("--")) state.error = `${arg}: invalid option`;
      break;
    }
    switch (long) {
      case "login": state.login = true; break;
      case "norc": state.noRc = true; break;
      case "noprofile": state.noProfile = true; break;
      case "rcfile": case "init-file":
        state.rcFile = argv[++at];
        if (state.rcFile === undefined) state.error = `${long}: option requires an argument`;
        break;
      case "posix": state.posix = true; break;
      case "restricted": state.restricted = true; break;
      case "verbose": setOptions.push(["verbose", true]); break;
      case "version": state.show = "version"; break;
      case "help": state.show = "help"; break;
      case "dump-strings": state.dump = "plain"; break;
      case "dump-po-strings": state.dump = "po"; break;
      default:
    }
  }
  for (; at < argv.length && state.error === undefined; at++) {
    const arg = argv[at] ?? "";
    if (arg === "-" || arg === "--") {
      at++;
      break;
    }
    if (!/^[-+]./.test(arg) || argv[at - 1] === "--") break;
    const on = arg.startsWith("-");
    for (const c of arg.slice(1)) {
      if (c === "c" && on) state.command = true;
      else if (c === "i" && on) state.forceInteractive = true;
      else if (c === "l" && on) state.login = true;
      else if (c === "s" && on) state.readStdin = true;
      else if (c === "r" && on) state.restricted = true;
      else if (c === "D") state.dump = "plain";
      else if (c === "o" || c === "O") {
        const name = argv[++at];
        if (name === undefined) {
          if (c === "o") listOptions = on ? "table" : "commands";
          else listShopts = true;
          continue;
        }
        if (c === "o") {
          if (isSetOption(name)) setOptions.push([name, on]);
          else state.error = `${name}: invalid option name`;
        } else if (isShopt(name)) shopts.push([name, on]);
        else state.error = `${name}: invalid shell option name`;
      } else {
        const option = setOptionOfLetter(c);
        if (option) setOptions.push([option, on]);
        else state.error = `${arg.charAt(0)}${c}: invalid option`;
      }
    }
  }
  return { ...state, setOptions, shopts, rest: argv.slice(at), listOptions, listShopts };
}

const LONG: ReadonlySet<string> = new Set(["login", "norc", "noprofile", "rcfile", "init-file", "posix", "verbose", "version", "help", "noediting", "restricted", "debugger", "debug", "dump-strings", "dump-po-strings", "pretty-print"]);

export const USAGE = `GNU bash, version ${VERSION}-(${MACHINE})
Usage:	bash [GNU long option] [option] ...
	bash [GNU long option] [option] script-file ...
GNU long options:
	--debug
	--debugger
	--dump-po-strings
	--dump-strings
	--help
	--init-file
	--login
	--noediting
	--noprofile
	--norc
	--posix
	--pretty-print
	--rcfile
	--restricted
	--verbose
	--version
Shell options:
	-ilrsD or -c command or -O shopt_option		(invocation only)
	-abefhkmnptuvxBCEHPT or -o option
`;

export const VERSION_TEXT = `GNU bash, version ${VERSION} (${MACHINE})
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`;

export function applyOptions(shell: Shell, invocation: Invocation): void {
  for (const [name, on] of invocation.setOptions) switchOption(shell, name, on);
  for (const [name, on] of invocation.shopts) if (isShopt(name)) shell.shopts[name] = on;
  if (invocation.posix) {
    switchOption(shell, "posix", true);
    shell.setPlain("POSIXLY_CORRECT", "y");
  }
}

const COMPUTED_BY_ASH: ReadonlyMap<string, number> = new Map([["LINENO", 0]]);
const COMPUTED_BY_BASH: ReadonlyMap<string, number> = new Map(DYNAMIC_NAMES.map((name) => [name, flagsOf(name)]));

function flagsOf(name: (typeof DYNAMIC_NAMES)[number]): number {
  switch (name) {
    case "RANDOM": case "SRANDOM": case "BASHPID": case "HISTCMD":
      return ATTRIBUTE.INTEGER;
    case "SHELLOPTS": case "BASHOPTS":
      return ATTRIBUTE.READONLY;
    case "BASH_ARGC": case "BASH_ARGV": case "BASH_LINENO": case "BASH_SOURCE": case "DIRSTACK": case "FUNCNAME": case "GROUPS": case "PIPESTATUS":
      return ATTRIBUTE.INDEXED;
    case "BASH_ALIASES": case "BASH_CMDS":
      return ATTRIBUTE.ASSOCIATIVE;
    default:
      return 0;
  }
}

/** Variables from the environment, and the shell's own. Gives what is to be complained of. */
export function importEnvironment(shell: Shell, environment: ReadonlyMap<string, string>): readonly string[] {
  const { variables, sys } = shell;
  const complaints: string[] = [];
  for (const [name, value] of environment) {
    const imported = /^BASH_FUNC_(.+)%%$/.exec(name)?.[1];
    if (imported !== undefined) {
      if (!shell.dash && value.startsWith("() {")) complaints.push(...importFunction(shell, imported, value));
      continue;
    }
    if (name === "SHELLOPTS" || name === "BASHOPTS") {
      for (const option of value.split(":")) {
        if (name === "SHELLOPTS" && isSetOption(option) && !shell.dash) switchOption(shell, option, true);
        else if (name === "BASHOPTS" && isShopt(option)) shell.shopts[option] = true;
      }
      continue;
    }
    if (isName(name)) variables.create(name, variables.globalScope, ATTRIBUTE.EXPORT, value);
  }
  if (shell.dash) {
    // Debian's dash is built without LINENO
    if (shell.ash) variables.defineDynamic(COMPUTED_BY_ASH);
  } else variables.defineDynamic(COMPUTED_BY_BASH);
  const set = (name: string, value: string, flags = 0) => variables.create(name, variables.globalScope, flags, value);
  const initial = (name: string, value: string, flags = 0) => {
    if (!variables.find(name)) set(name, value, flags);
  };
  const identity = sys.getcred();
  set("IFS", " \t\n");
  initial("PATH", shell.strict ? DASH_PATH : DEFAULT_PATH);
  initial("PS4", "+ ");
  set("OPTIND", "1", shell.dash ? 0 : ATTRIBUTE.INTEGER);
  set("PPID", String(sys.getppid()), shell.dash ? 0 : ATTRIBUTE.INTEGER | ATTRIBUTE.READONLY);
  if (shell.dash) {
    initial("PS2", "> ");
    initial("PS1", identity.euid === 0 ? "# " : "$ ");
  } else {
    set("OPTERR", "1");
    set("UID", String(identity.ruid), ATTRIBUTE.INTEGER | ATTRIBUTE.READONLY);
    set("EUID", String(identity.euid), ATTRIBUTE.INTEGER | ATTRIBUTE.READONLY);
    set("BASH_VERSION", VERSION);
    variables.create("BASH_VERSINFO", variables.globalScope, ATTRIBUTE.INDEXED | ATTRIBUTE.READONLY, IndexedArray.of(["5", "2", "15", "1", "release", MACHINE]));
    initial("HOSTNAME", sys.uname().nodename);
    initial("HOSTTYPE", "x86_64");
    initial("MACHTYPE", MACHINE);
    initial("OSTYPE", "linux-gnu");
    initial("TERM", "dumb");
    initial("BASH_LOADABLES_PATH", "/usr/local/lib/bash:/usr/lib/bash:/opt/local/lib/bash:/usr/pkg/lib/bash:/opt/pkg/lib/bash:.");
    if (!variables.find("SHELL")) set("SHELL", accounts(shell).find((account) => account.uid === identity.ruid)?.shell || "/bin/sh");
    const { level, tooHigh } = levelAfter(environment.get("SHLVL"));
    if (tooHigh !== undefined) complaints.push(`warning: shell level (${tooHigh}) too high, resetting to 1`);
    set("SHLVL", String(level), ATTRIBUTE.EXPORT);
    shell.lastArgument = environment.get("_") ?? shell.arg0;
  }
  const pwd = environment.get("PWD");
  let directory = "";
  try {
    directory = sys.getcwd();
    if (pwd?.startsWith("/") && isHere(sys, pwd)) directory = pwd;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (!shell.dash) complaints.push(`shell-init: ${noDirectory(error)}`);
  }
  set("PWD", directory, ATTRIBUTE.EXPORT);
  if (!shell.dash) {
    const old = environment.get("OLDPWD");
    if (old === undefined || !old.startsWith("/")) variables.create("OLDPWD", variables.globalScope, ATTRIBUTE.EXPORT, undefined);
  }
  const seed = sys.random(4);
  seedRandom(shell, ((seed[0] ?? 0) | ((seed[1] ?? 0) << 8) | ((seed[2] ?? 0) << 16) | ((seed[3] ?? 0) << 24)) >>> 0);
  return complaints;
}

/** variables.c, adjust_shell_level; `tooHigh`: what it would have been. */
/** What may not be looked at is not taken for it. */
function isHere(sys: Sys, path: string): boolean {
  try {
    const a = sys.stat(path);
    const b = sys.stat(".");
    return a.ino === b.ino && a.dev === b.dev;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return false;
  }
}

function levelAfter(text: string | undefined): { readonly level: number; readonly tooHigh?: number } {
  if (text === undefined || !/^\s*[-+]?[0-9]+\s*$/.test(text)) return { level: 1 };
  const next = Number(text) + 1;
  if (next < 0) return { level: 0 };
  return next >= 1000 ? { level: 1, tooHigh: next } : { level: next };
}

/** One function and nothing else (evalstring.c: SEVAL_FUNCDEF, SEVAL_ONECMD). */
function importFunction(shell: Shell, name: string, value: string): readonly string[] {
  const failed = `error importing function definition for \`${name}'`;
  try {
    const { items } = parseAll(`${name} ${value}`);
    const command = items[0]?.command;
    if (items.length !== 1 || command?.type !== "function") return [`warning: ${name}: ignoring function definition attempt`, failed];
    shell.functions.set(name, { name, body: command.body, source: "environment", line: 0, exported: true, readonly: false, traced: false });
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const near = error.message.includes("near unexpected token");
    return [`${name}: line ${near ? 0 : 1}: ${error.message}`, ...(near ? [`${name}: line 0: \`${name} ${value}'`] : []), failed];
  }
}

/** Runs a start file when it can be read. */
export function* runStartFile(shell: Shell, path: string): Blocking<void> {
  let text: string;
  try {
    text = yield* readWhole(shell.sys, path);
  } catch (error) {
    if (error instanceof SysError) return;
    throw error;
  }
  try {
    yield* sourceFile(shell, path, text, []);
  } catch (error) {
    if (!(error instanceof DiscardCommand)) throw error;
  }
  shell.flow = "none";
}

export function* runStartFiles(shell: Shell, invocation: Invocation): Blocking<void> {
  const home = shell.getVariable("HOME") ?? "";
  if (invocation.login && !invocation.noProfile) {
    yield* runStartFile(shell, "/etc/profile");
    for (const name of [".bash_profile", ".bash_login", ".profile"]) {
      const path = `${home}/${name}`;
      try {
        shell.sys.access(path, 4);
      } catch {
        continue;
      }
      yield* runStartFile(shell, path);
      break;
    }
    return;
  }
  const overNetwork = invocation.command && (shell.getVariable("SSH_CLIENT") ?? shell.getVariable("SSH2_CLIENT")) !== undefined && Number(shell.getVariable("SHLVL")) < 2;
  if ((shell.interactive || overNetwork) && !invocation.noRc && !shell.options.posix) {
    // Debian's bash is built with SYS_BASHRC: --rcfile replaces only the person's own file
    yield* runStartFile(shell, "/etc/bash.bashrc");
    yield* runStartFile(shell, invocation.rcFile ?? `${home}/.bashrc`);
    return;
  }
  if (!shell.interactive && !shell.options.posix) {
    const file = shell.getVariable("BASH_ENV");
    if (file !== undefined && file !== "") {
      const name = yield* shell.language.expandString(shell, wordOf(file));
      yield* runStartFile(shell, name);
    }
  }
}

/** The terminal, for job control; a descriptor out of the way of scripts. */
export function* openTerminal(shell: Shell): Blocking<number | undefined> {
  try {
    const fd = yield* shell.sys.open("/dev/tty", O.RDWR);
    const high = shell.sys.dup(fd, 255);
    shell.sys.close(fd);
    shell.sys.setCloexec(high, true);
    return high;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const fd of [2, 0]) {
    try {
      if (!shell.sys.isatty(fd)) continue;
      const high = shell.sys.dup(fd, 255);
      shell.sys.setCloexec(high, true);
      return high;
    } catch {
      // try the next
    }
  }
  return undefined;
}


function wordOf(text: string): Word {
  return new Word(text, [], "heredoc");
}
