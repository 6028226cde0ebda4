// All names of a kind: what `compgen -A` and the completion of words list, in the shell's own order.
import { SIGRTMAX, signalName, SysError } from "../../kernel/sys.ts";
import { fileNames } from "../completion/file-names.ts";
import { accounts } from "../expand/tilde.ts";
import { readFileNow, runNow } from "../expand/run-now.ts";
import type { CompletionAction, ShellFrontEnd } from "../front-end.ts";
import { describeJob, type Job, jobState } from "./jobs.ts";
import { SET_OPTIONS, SHOPT_NAMES } from "./options.ts";
import { isExecutableFile, pathDirectories } from "./process.ts";
import type { Shell } from "./shell.ts";
import { ATTRIBUTE } from "./variables.ts";

const RESERVED_WORDS = ["if", "then", "else", "elif", "fi", "case", "esac", "for", "select", "while", "until", "do", "done", "in", "function", "time", "{", "}", "!", "[[", "]]", "coproc"];

/** Sections of `help` that are no builtins. */
const HELP_TOPICS = ["%", "((", ".", ":", "[", "[[", "alias", "bg", "bind", "break", "builtin", "caller", "case", "cd", "command", "compgen", "complete", "compopt", "continue", "coproc", "declare", "dirs", "disown", "echo", "enable", "eval", "exec", "exit", "export", "false", "fc", "fg", "for", "function", "getopts", "hash", "help", "history", "if", "jobs", "kill", "let", "local", "logout", "mapfile", "popd", "printf", "pushd", "pwd", "read", "readarray", "readonly", "return", "select", "set", "shift", "shopt", "source", "suspend", "test", "time", "times", "trap", "true", "type", "typeset", "ulimit", "umask", "unalias", "unset", "until", "variables", "wait", "while", "{"];

function programs(shell: Shell, prefix: string): string[] {
  const names: string[] = [];
  for (const directory of pathDirectories(shell.getVariable("PATH") ?? "")) {
    try {
      for (const entry of shell.sys.readdir(directory === "" ? "." : directory)) {
        if (entry.name.startsWith(prefix) && isExecutableFile(shell, `${directory === "" ? "." : directory}/${entry.name}`)) names.push(entry.name);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return names;
}

function firstFields(shell: Shell, path: string): string[] {
  return (readFileNow(shell.sys, path) ?? "").split("\n").map((line) => line.split(":")[0] ?? "").filter((name) => name !== "");
}

function hostNames(shell: Shell): string[] {
  const names: string[] = [];
  for (const line of (readFileNow(shell.sys, shell.getVariable("HOSTFILE") ?? "/etc/hosts") ?? "").split("\n")) names.push(...line.replace(/#.*/, "").trim().split(/\s+/).slice(1));
  return names;
}

function serviceNames(shell: Shell): string[] {
  const names: string[] = [];
  for (const line of (readFileNow(shell.sys, "/etc/services") ?? "").split("\n")) {
    const [name, , ...aliases] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (name) names.push(name, ...aliases);
  }
  return names;
}

function signalNames(): string[] {
  const names = ["EXIT"];
  for (let number = 1; number <= SIGRTMAX; number++) {
    const name = signalName(number);
    if (name !== undefined) names.push(`SIG${name}`);
  }
  return [...names, "DEBUG", "ERR", "RETURN"];
}

export function namesOf(shell: Shell, action: CompletionAction, prefix: string, frontEnd: ShellFrontEnd): string[] {
  return all(shell, action, prefix, frontEnd).filter((name) => name.startsWith(prefix));
}

function all(shell: Shell, action: CompletionAction, prefix: string, frontEnd: ShellFrontEnd): readonly string[] {
  const builtins = shell.language.builtinNames();
  switch (action) {
    case "alias":
      return [...shell.aliases.keys()].sort();
    case "arrayvar":
      return shell.variables.names((variable) => (variable.has(ATTRIBUTE.INDEXED) || variable.has(ATTRIBUTE.ASSOCIATIVE)) && (variable.dynamic === undefined || variable.stored() !== undefined));
    case "binding":
      return shell.lineEditing?.bindings.functionNames() ?? [];
    case "builtin":
      return builtins;
    case "command":
      return [...shell.aliases.keys(), ...RESERVED_WORDS, ...shell.functions.keys(), ...builtins.filter((name) => !shell.disabledBuiltins.has(name)), ...programs(shell, prefix)];
    case "directory":
      return runNow(fileNames(frontEnd, prefix, { directoriesOnly: true }));
    case "disabled":
      return builtins.filter((name) => shell.disabledBuiltins.has(name));
    case "enabled":
      return builtins.filter((name) => !shell.disabledBuiltins.has(name));
    case "export":
      return shell.variables.names((variable) => variable.has(ATTRIBUTE.EXPORT));
    case "file":
      return runNow(fileNames(frontEnd, prefix));
    case "function":
      return [...shell.functions.keys()].sort();
    case "group":
      return firstFields(shell, "/etc/group");
    case "helptopic":
      return HELP_TOPICS;
    case "hostname":
      return [...new Set(hostNames(shell))];
    case "job":
      return shell.jobs.all.map(firstWord);
    case "keyword":
      return RESERVED_WORDS;
    case "running":
      return shell.jobs.all.filter((job) => jobState(job) === "running").map(firstWord);
    case "service":
      return serviceNames(shell);
    case "setopt":
      return SET_OPTIONS.map(([name]) => name);
    case "shopt":
      return SHOPT_NAMES;
    case "signal":
      return signalNames();
    case "stopped":
      return shell.jobs.all.filter((job) => describeJob(job).startsWith("Stopped")).map(firstWord);
    case "user":
      return accounts(shell).map((account) => account.name);
    case "variable":
      return shell.variables.names((variable) => variable.current() !== undefined);
  }
}

/** Of a job's text (pcomplete.c: it_init_joblist). */
function firstWord(job: Job): string {
  return job.text.split(" ")[0] ?? "";
}
