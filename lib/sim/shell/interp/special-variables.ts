// The variables that the shell computes: RANDOM, SECONDS, LINENO and their kin (bash(1), "Shell Variables").
import { printCommand } from "../syntax/printer.ts";
import { SET_OPTIONS, SHOPT_NAMES } from "./options.ts";
import { IndexedArray } from "./indexed-array.ts";
import type { Shell } from "./shell.ts";
import { AssociativeArray, type DynamicVariable, type Value, type VariableTable } from "./variables.ts";

/** Names that exist from the start; FUNCNAME and the like exist too but hold nothing at top level. */
export const DYNAMIC_NAMES = [
  "BASHPID", "BASH_ALIASES", "BASH_ARGV0", "BASH_CMDS", "BASH_COMMAND", "BASH_LINENO", "BASH_SOURCE", "BASH_SUBSHELL", "DIRSTACK", "EPOCHREALTIME",
  "EPOCHSECONDS", "FUNCNAME", "GROUPS", "HISTCMD", "LINENO", "PIPESTATUS", "RANDOM", "SECONDS", "SRANDOM", "BASH_ARGC", "BASH_ARGV", "SHELLOPTS", "BASHOPTS",
] as const;

/** brand.. of lib/sh/random.c (Park and Miller), as bash 5.1 and later use it. */
function nextRandom(shell: Shell): number {
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

export function makeDynamicVariables(shell: Shell): (table: VariableTable) => ReadonlyMap<string, DynamicVariable> {
  return () => {
    const lists = (values: readonly string[]): Value => IndexedArray.of(values);
    const seconds = () => Math.floor((shell.sys.clockUs("monotonic") - shell.secondsBaseUs) / 1_000_000) + shell.secondsOffset;
    const table: [string, DynamicVariable][] = [
      ["RANDOM", { get: () => String(nextRandom(shell)), set: (value) => seedRandom(shell, Number.parseInt(value, 10) || 0) }],
      ["SRANDOM", {
        get: () => {
          const bytes = shell.sys.random(4);
          return String((((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)) >>> 0);
        },
        set: () => undefined,
      }],
      ["SECONDS", {
        get: () => String(seconds()),
        set: (value) => {
          shell.secondsBaseUs = shell.sys.clockUs("monotonic");
          shell.secondsOffset = Number.parseInt(value, 10) || 0;
        },
      }],
      ["EPOCHSECONDS", { get: () => String(Math.floor(shell.sys.clockUs("realtime") / 1_000_000)), set: () => undefined }],
      ["EPOCHREALTIME", {
        get: () => {
          const us = shell.sys.clockUs("realtime");
          return `${Math.floor(us / 1_000_000)}.${String(us % 1_000_000).padStart(6, "0")}`;
        },
        set: () => undefined,
      }],
      ["LINENO", { get: () => String(shell.line), set: () => undefined }],
      ["BASHPID", { get: () => String(shell.sys.getpid()), set: () => undefined }],
      ["BASH_SUBSHELL", { get: () => String(shell.subshellLevel), set: () => undefined }],
      ["BASH_COMMAND", { get: () => (shell.currentNode ? printCommand(shell.currentNode) : ""), set: () => undefined }],
      ["BASH_ARGV0", { get: () => shell.arg0, set: (value) => { shell.arg0 = value; } }],
      ["HISTCMD", { get: () => String(shell.history.base + shell.history.entries.length) , set: () => undefined }],
      ["PIPESTATUS", { get: () => lists(shell.pipeStatus.map(String)), set: () => undefined }],
      ["FUNCNAME", {
        get: () => {
          if (!shell.frames.some((frame) => frame.functionName !== "main" && frame.functionName !== "source")) return undefined;
          return lists(shell.frames.map((frame) => frame.functionName));
        },
        set: () => undefined,
      }],
      ["BASH_SOURCE", { get: () => lists(shell.frames.map((frame) => frame.source)), set: () => undefined }],
      ["BASH_LINENO", { get: () => lists(shell.frames.map((frame) => String(frame.callLine))), set: () => undefined }],
      ["BASH_ARGC", { get: () => lists(shell.shopts.extdebug ? shell.frames.map((frame) => String(frame.positional.length)) : []), set: () => undefined }],
      ["BASH_ARGV", { get: () => lists(shell.shopts.extdebug ? shell.frames.flatMap((frame) => [...frame.positional].reverse()) : []), set: () => undefined }],
      ["GROUPS", { get: () => lists(groupsOf(shell)), set: () => undefined }],
      ["DIRSTACK", { get: () => lists([shell.getVariable("PWD") ?? shell.sys.getcwd(), ...shell.directories]), set: () => undefined }],
      ["SHELLOPTS", { get: () => SET_OPTIONS.filter(([name]) => shell.options[name]).map(([name]) => name).join(":") }],
      ["BASHOPTS", { get: () => SHOPT_NAMES.filter((name) => shell.shopts[name]).join(":") }],
      ["BASH_ALIASES", { get: () => new AssociativeArray(new Map(shell.aliases.entries())), set: () => undefined }],
      ["BASH_CMDS", { get: () => new AssociativeArray(new Map(shell.hashed.entries().map(([name, item]) => [name, item.path]))), set: () => undefined }],
    ];
    return new Map(table);
  };
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
