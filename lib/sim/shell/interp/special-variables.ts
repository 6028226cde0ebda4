// The variables that the shell computes: RANDOM, SECONDS, LINENO and their kin (bash(1), "Shell Variables").
import { printCommand } from "../syntax/printer.ts";
import type { Command } from "../syntax/tree.ts";
import { SET_OPTIONS, SHOPT_NAMES } from "./options.ts";
import { IndexedArray } from "./indexed-array.ts";
import type { Shell } from "./shell.ts";
import { AssociativeArray, type DynamicVariable, type DynamicVariables, type Value } from "./variables.ts";

/** Names that exist from the start; FUNCNAME and the like exist too but hold nothing at top level. */
export const DYNAMIC_NAMES = [
  "BASHPID", "BASH_ALIASES", "BASH_ARGV0", "BASH_CMDS", "BASH_COMMAND", "BASH_LINENO", "BASH_SOURCE", "BASH_SUBSHELL", "DIRSTACK", "EPOCHREALTIME",
  "EPOCHSECONDS", "FUNCNAME", "GROUPS", "HISTCMD", "LINENO", "PIPESTATUS", "RANDOM", "SECONDS", "SRANDOM", "BASH_ARGC", "BASH_ARGV", "SHELLOPTS", "BASHOPTS",
  "COMP_WORDBREAKS", "_",
] as const;

/** Of a shell that was forked: it seeds itself when it is asked. */
export const UNSEEDED = -1;

function random32(shell: Shell): number {
  const bytes = shell.sys.random(4);
  return (((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)) >>> 0;
}

/** brand.. of lib/sh/random.c (Park and Miller), as bash 5.1 and later use it. */
function nextRandom(shell: Shell): number {
  // a subshell has a sequence of its own (variables.c, get_random_number)
  if (shell.randomState === UNSEEDED) seedRandom(shell, random32(shell));
  for (;;) {
    let seed = shell.randomState === 0 ? 123459876 : shell.randomState;
    const high = Math.trunc(seed / 127773);
    const low = seed - 127773 * high;
    seed = 16807 * low - 2836 * high;
    shell.randomState = seed < 0 ? seed + 0x7fffffff : seed;
    const value = ((shell.randomState >>> 16) ^ (shell.randomState & 65535)) & 32767;
    if (value !== shell.lastRandom) {
      shell.lastRandom = value;
      return value;
    }
  }
}

export function seedRandom(shell: Shell, seed: number): void {
  shell.randomState = seed >>> 0;
  shell.lastRandom = 0;
}

interface Computed {
  readonly changesWhenRead?: boolean;
  /** It has the attribute once somebody has asked (variables.c: get_seconds). */
  readonly integerWhenRead?: boolean;
  /** What it holds is always up to date. */
  readonly kept?: boolean;
  /** What it holds before somebody asks. */
  readonly initial?: Value;
  get(shell: Shell): Value | undefined;
  set?(shell: Shell, value: string): void;
}

const lists = (values: readonly string[]): Value => IndexedArray.of(values);
const ignored = (): void => undefined;
const NO_ELEMENTS = lists([]);
const NO_PAIRS = new AssociativeArray();
/** readline's for bash, with the @ of host names (bashline.c). */
const WORD_BREAKS = " \t\n\"'@><=;|&(:";

const COMPUTED: ReadonlyMap<string, Computed> = new Map<string, Computed>([
  ["RANDOM", { changesWhenRead: true, get: (shell) => String(nextRandom(shell)), set: (shell, value) => seedRandom(shell, Number.parseInt(value, 10) || 0) }],
  ["SRANDOM", {
    changesWhenRead: true,
    get: (shell) => String(random32(shell)),
    set: ignored,
  }],
  ["SECONDS", {
    integerWhenRead: true,
    get: (shell) => String(Math.floor((shell.sys.clockUs("monotonic") - shell.secondsBaseUs) / 1_000_000) + shell.secondsOffset),
    set: (shell, value) => {
      shell.secondsBaseUs = shell.sys.clockUs("monotonic");
      shell.secondsOffset = Number.parseInt(value, 10) || 0;
    },
  }],
  ["EPOCHSECONDS", { get: (shell) => String(Math.floor(shell.sys.clockUs("realtime") / 1_000_000)), set: ignored }],
  ["EPOCHREALTIME", {
    get: (shell) => {
      const us = shell.sys.clockUs("realtime");
      return `${Math.floor(us / 1_000_000)}${shell.decimalPoint}${String(us % 1_000_000).padStart(6, "0")}`;
    },
    set: ignored,
  }],
  ["LINENO", { get: (shell) => String(shell.line), set: ignored }],
  ["BASHPID", { get: (shell) => String(shell.sys.getpid()), set: ignored }],
  ["BASH_SUBSHELL", { get: (shell) => String(shell.subshellLevel), set: (shell, value) => { shell.subshellLevel = Number.parseInt(value, 10) || 0; } }],
  ["BASH_COMMAND", { get: (shell) => (shell.currentNode ? currentText(shell.currentNode) : ""), set: ignored }],
  ["BASH_ARGV0", { get: (shell) => shell.arg0, set: (shell, value) => { shell.arg0 = value; } }],
  ["HISTCMD", { get: (shell) => String(shell.options.history ? shell.history.base + shell.history.entries.length : 0), set: ignored }],
  ["PIPESTATUS", { kept: true, get: (shell) => (shell.pipeStatus.length === 0 ? undefined : lists(shell.pipeStatus.map(String))), set: ignored }],
  ["COMP_WORDBREAKS", {
    get: (shell) => shell.wordBreaks ?? WORD_BREAKS,
    set: (shell, value) => { shell.wordBreaks = value; },
  }],
  ["_", { kept: true, get: (shell) => shell.lastArgument, set: (shell, value) => { shell.lastArgument = value; } }],
  ["FUNCNAME", {
    kept: true,
    get: (shell) => {
      if (!shell.frames.some((frame) => frame.functionName !== "main" && frame.functionName !== "source")) return undefined;
      return lists(shell.frames.map((frame) => frame.functionName));
    },
    set: ignored,
  }],
  ["BASH_SOURCE", { kept: true, get: (shell) => lists(shell.frames.map((frame) => frame.source)), set: ignored }],
  ["BASH_LINENO", { kept: true, get: (shell) => lists(shell.frames.map((frame) => String(frame.callLine))), set: ignored }],
  ["BASH_ARGC", { initial: NO_ELEMENTS, get: (shell) => lists(argumentLists(shell).map((one) => String(one.length))), set: ignored }],
  ["BASH_ARGV", { initial: NO_ELEMENTS, get: (shell) => lists(argumentLists(shell).flatMap((one) => [...one].reverse())), set: ignored }],
  ["GROUPS", { initial: NO_ELEMENTS, get: (shell) => lists(groupsOf(shell)), set: ignored }],
  ["DIRSTACK", { initial: NO_ELEMENTS, get: (shell) => lists([shell.getVariable("PWD") ?? shell.sys.getcwd(), ...shell.directories]), set: ignored }],
  ["SHELLOPTS", { kept: true, get: (shell) => SET_OPTIONS.filter(([name]) => shell.options[name]).map(([name]) => name).join(":") }],
  ["BASHOPTS", { kept: true, get: (shell) => SHOPT_NAMES.filter((name) => shell.shopts[name]).join(":") }],
  ["BASH_ALIASES", { initial: NO_PAIRS, get: (shell) => new AssociativeArray(new Map(shell.aliases.entries())), set: ignored }],
  ["BASH_CMDS", { initial: NO_PAIRS, get: (shell) => new AssociativeArray(new Map(shell.hashed.entries().map(([name, item]) => [name, item.path]))), set: ignored }],
]);

/** Without extdebug they know what the arguments were when somebody first asked (variables.c: init_bash_argv). */
function argumentLists(shell: Shell): readonly (readonly string[])[] {
  if (shell.shopts.extdebug) {
    const called = shell.frames.map((frame) => frame.positional);
    return shell.firstArguments === undefined ? called : [...(shell.baseFrames.length > 0 ? called.slice(0, -1) : called), shell.firstArguments];
  }
  if (shell.firstArguments === undefined && shell.functionDepth > 0) return [];
  shell.firstArguments ??= shell.positional;
  return [shell.firstArguments];
}

/** A computed variable of one shell. Every session has two dozen of them. */
class ShellVariable implements DynamicVariable {
  readonly #shell: Shell;
  readonly #computed: Computed;
  #stored: Value | undefined;

  constructor(shell: Shell, computed: Computed) {
    this.#shell = shell;
    this.#computed = computed;
    this.#stored = computed.initial;
  }

  get changesWhenRead(): boolean {
    return this.#computed.changesWhenRead === true;
  }

  get stored(): Value | undefined {
    return this.#computed.kept === true ? this.#computed.get(this.#shell) : this.#stored;
  }

  set stored(value: Value | undefined) {
    this.#stored = value;
  }

  get isInteger(): boolean {
    return this.#computed.integerWhenRead === true && this.#stored !== undefined;
  }

  get(): Value | undefined {
    return (this.#stored = this.#computed.get(this.#shell));
  }

  set(value: string): void {
    this.#computed.set?.(this.#shell, value);
    this.#stored = value;
  }
}

export function dynamicVariables(shell: Shell): DynamicVariables {
  return {
    get: (name) => {
      const computed = COMPUTED.get(name);
      return computed === undefined ? undefined : new ShellVariable(shell, computed);
    },
  };
}

/** BASH_COMMAND of a loop or case is its first line. */
function currentText(node: Command): string {
  const text = printCommand(node);
  if (node.type === "for" || node.type === "select" || node.type === "case") return (text.split("\n")[0] ?? "").replace(/;?(?: do)?$/, "");
  return text;
}

function groupsOf(shell: Shell): string[] {
  const credentials = shell.sys.getcred();
  const rest = credentials.groups.filter((gid) => gid !== credentials.egid);
  return [credentials.egid, ...rest].map(String);
}

/** A name for messages when argv[0] is odd. */
export function baseName(path: string): string {
  const at = path.lastIndexOf("/");
  return at >= 0 && at < path.length - 1 ? path.slice(at + 1) : path;
}
