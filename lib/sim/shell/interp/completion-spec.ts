// Candidates from a completion spec, in bash's order: actions, -G, -W, -F, -C, then the filter, prefix and suffix (bash(1), Programmable
// Completion; pcomplete.c).
import type { Blocking } from "../../kernel/sys.ts";
import { globPattern } from "../expand/glob.ts";
import { compilePattern } from "../expand/pattern.ts";
import { expandWords, wordOf } from "../expand/words.ts";
import { dequote } from "../completion/word-under-cursor.ts";
import type { CompletionAction, CompletionOutcome, CompletionRequest, CompletionSpec, ShellFrontEnd } from "../front-end.ts";
import { callFunction } from "./function-call.ts";
import { setArray } from "./assign.ts";
import { quoteSingle } from "../syntax/quote.ts";
import { IndexedArray } from "./indexed-array.ts";
import type { Shell } from "./shell.ts";

/** The order in which bash goes through actions. */
const ACTION_ORDER: readonly CompletionAction[] = [
  "alias", "arrayvar", "binding", "builtin", "command", "directory", "disabled", "enabled", "export", "file", "function", "group", "helptopic", "hostname", "job", "keyword", "running",
  "service", "setopt", "shopt", "signal", "stopped", "user", "variable",
];

/** Splits at IFS outside quotes and command substitutions, as `-W` does. */
function splitWordList(text: string, ifs: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote === "" && depth === 0 && ifs.includes(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word = (word ?? "") + character;
    if (character === "\\" && quote !== "'") {
      i++;
      word += text.charAt(i);
    } else if (quote === "" && (character === "(" || character === ")")) depth = character === "(" ? depth + (depth > 0 || text.charAt(i - 1) === "$" ? 1 : 0) : Math.max(0, depth - 1);
    else if (quote === "" && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = "";
  }
  if (word !== undefined) words.push(word);
  return words;
}

function* fromWordList(shell: Shell, list: string, word: string): Blocking<string[]> {
  const expanded = yield* expandWords(shell, splitWordList(list, shell.ifs).map((text) => wordOf(text)));
  return expanded.filter((candidate) => candidate.startsWith(word));
}

function setCompletionVariables(shell: Shell, request: CompletionRequest): void {
  shell.setPlain("COMP_LINE", request.line);
  shell.setPlain("COMP_POINT", String(request.point));
  shell.setPlain("COMP_TYPE", String(request.type));
  shell.setPlain("COMP_KEY", String(request.key));
  setArray(shell, "COMP_WORDS", request.words);
  shell.setPlain("COMP_CWORD", String(request.wordIndex));
}

const VARIABLES = ["COMP_LINE", "COMP_POINT", "COMP_TYPE", "COMP_KEY", "COMP_WORDS", "COMP_CWORD"];

function forget(shell: Shell, names: readonly string[]): void {
  for (const name of names) shell.variables.remove(name, shell.variables.scopeOf(name) ?? shell.variables.globalScope);
}

/** Runs the function; its array COMPREPLY holds the candidates. */
function* fromFunction(shell: Shell, name: string, request: CompletionRequest): Blocking<{ list: readonly string[]; status: number }> {
  const definition = shell.functions.get(name);
  if (!definition) {
    yield* shell.report(`completion: function \`${name}' not found`);
    return { list: [], status: 1 };
  }
  setCompletionVariables(shell, request);
  forget(shell, ["COMPREPLY"]);
  const saved = shell.lastStatus;
  const status = yield* callFunction(shell, definition, [name, request.command, request.word, request.previousWord]);
  shell.lastStatus = saved;
  const reply = shell.resolve("COMPREPLY")?.current();
  const list = reply instanceof IndexedArray ? [...reply.values()] : typeof reply === "string" ? [reply] : [];
  forget(shell, [...VARIABLES, "COMPREPLY"]);
  return { list, status };
}

function* fromCommand(frontEnd: ShellFrontEnd, shell: Shell, command: string, request: CompletionRequest): Blocking<string[]> {
  setCompletionVariables(shell, request);
  const output = (yield* frontEnd.expandText(`"$(${command} ${[request.command, request.word, request.previousWord].map(quoteSingle).join(" ")}\n)"`)).join(" ");
  forget(shell, VARIABLES);
  return output.split("\n").filter((line) => line !== "");
}

export function* candidatesOf(shell: Shell, frontEnd: ShellFrontEnd, spec: CompletionSpec, request: CompletionRequest): Blocking<CompletionOutcome> {
  const outer = shell.activeCompletion;
  const working: CompletionSpec = { ...spec, options: new Set(spec.options) };
  shell.activeCompletion = working;
  const word = dequote(request.word.replace(/^(['"])/, ""));
  let list: string[] = [];
  let retry = false;
  try {
    for (const action of ACTION_ORDER) if (spec.actions.has(action)) list.push(...frontEnd.complete(action, word));
    if (spec.globPattern !== undefined) list.push(...(globPattern(shell, spec.globPattern) ?? []));
    if (spec.wordList !== undefined) list.push(...(yield* fromWordList(shell, spec.wordList, word)));
    if (spec.functionName !== undefined) {
      const { list: found, status } = yield* fromFunction(shell, spec.functionName, request);
      list.push(...found);
      retry = status === 124;
    }
    if (spec.command !== undefined) list.push(...(yield* fromCommand(frontEnd, shell, spec.command, request)));
  } finally {
    shell.activeCompletion = outer;
  }
  if (spec.filterPattern !== undefined) list = filtered(list, spec.filterPattern, word);
  if (spec.prefix !== undefined || spec.suffix !== undefined) list = list.map((candidate) => `${spec.prefix ?? ""}${candidate}${spec.suffix ?? ""}`);
  return { candidates: list, options: working.options, retry };
}

/** -X: what matches is taken out; with `!` only what matches stays; `&` stands for the word. */
function filtered(list: readonly string[], filter: string, word: string): string[] {
  const negated = filter.startsWith("!");
  const text = (negated ? filter.slice(1) : filter).replace(/\\&|&/g, (found) => (found === "&" ? word : "&"));
  const pattern = compilePattern(text, { extglob: true, ignoreCase: false });
  return list.filter((candidate) => pattern.matches(candidate) === negated);
}
