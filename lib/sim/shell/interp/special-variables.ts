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
  get(shell: Shell): Value | undefined;
  set?(shell: Shell, value: string): void;
}

const lists = (values: readonly string[]): Value => IndexedArray.of(values);
const ignored = (): void => undefined;

const COMPUTED: ReadonlyMap<string, Computed> = new Map<string, Computed>([
  ["RANDOM", { changesWhenRead: true, get: (shell) => String(nextRandom(shell)), set: (shell, value) => seedRandom(shell, Number.parseInt(value, 10) || 0) }],
  ["SRANDOM", {
    changesWhenRead: true,
    get: (shell) => String(random32(shell)),
    set: ignored,
  }],
  ["SECONDS", {
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
  ["BASH_SUBSHELL", { get: (shell) => String(shell.subshellLevel), set: ignored }],
  ["BASH_COMMAND", { get: (shell) => (shell.currentNode ? currentText(shell.currentNode) : ""), set: ignored }],
  ["BASH_ARGV0", { get: (shell) => shell.arg0, set: (shell, value) => { shell.arg0 = value; } }],
  ["HISTCMD", { get: (shell) => String(shell.history.base + shell.history.entries.length), set: ignored }],
  ["PIPESTATUS", { get: (shell) => lists(shell.pipeStatus.map(String)), set: ignored }],
  ["FUNCNAME", {
    get: (shell) => {
      if (!shell.frames.some((frame) => frame.functionName !== "main" && frame.functionName !== "source")) return undefined;
      return lists(shell.frames.map((frame) => frame.functionName));
    },
    set: ignored,
  }],
  ["BASH_SOURCE", { get: (shell) => lists(shell.frames.map((frame) => frame.source)), set: ignored }],
  ["BASH_LINENO", { get: (shell) => lists(shell.frames.map((frame) => String(frame.callLine))), set: ignored }],
  ["BASH_ARGC", { get: (shell) => lists(shell.shopts.extdebug ? shell.frames.map((frame) => String(frame.positional.length)) : []), set: ignored }],
  ["BASH_ARGV", { get: (shell) => lists(shell.shopts.extdebug ? shell.frames.flatMap((frame) => [...frame.positional].reverse()) : []), set: ignored }],
  ["GROUPS", { get: (shell) => lists(groupsOf(shell)), set: ignored }],
  ["DIRSTACK", { get: (shell) => lists([shell.getVariable("PWD") ?? shell.sys.getcwd(), ...shell.directories]), set: ignored }],
  ["SHELLOPTS", { get: (shell) => SET_OPTIONS.filter(([name]) => shell.options[name]).map(([name]) => name).join(":") }],
  ["BASHOPTS", { get: (shell) => SHOPT_NAMES.filter((name) => shell.shopts[name]).join(":") }],
  ["BASH_ALIASES", { get: (shell) => new AssociativeArray(new Map(shell.aliases.entries())), set: ignored }],
  ["BASH_CMDS", { get: (shell) => new AssociativeArray(new Map(shell.hashed.entries().map(([name, item]) => [name, item.path]))), set: ignored }],
]);

/** They have no value before they are asked for first, so `set` does not list them (variables.c, INIT_DYNAMIC_VAR). */
const WITHOUT_VALUE: ReadonlySet<string> = new Set(["BASHPID", "BASH_ARGV0", "BASH_COMMAND", "BASH_SUBSHELL", "EPOCHREALTIME", "EPOCHSECONDS", "HISTCMD", "LINENO", "RANDOM", "SECONDS", "SRANDOM"]);

/** A computed variable of one shell. Every session has two dozen of them. */
class ShellVariable implements DynamicVariable {
  readonly #shell: Shell;
  readonly #computed: Computed;
  hasValue: boolean;

  constructor(shell: Shell, computed: Computed, hasValue: boolean) {
    this.#shell = shell;
    this.#computed = computed;
    this.hasValue = hasValue;
  }

  get changesWhenRead(): boolean {
    return this.#computed.changesWhenRead === true;
  }

  get(): Value | undefined {
    this.hasValue = true;
    return this.#computed.get(this.#shell);
  }

  set(value: string): void {
    this.hasValue = true;
    this.#computed.set?.(this.#shell, value);
  }
}

export function dynamicVariables(shell: Shell): DynamicVariables {
  return {
    get: (name) => {
      const computed = COMPUTED.get(name);
      return computed === undefined ? undefined : new ShellVariable(shell, computed, !WITHOUT_VALUE.has(name));
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
