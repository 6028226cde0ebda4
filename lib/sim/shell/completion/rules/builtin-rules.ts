// bash's builtins.

import type { Blocking } from "../../../kernel/sys.ts";
import type { CompletionAction } from "../../front-end.ts";
import { type Candidates, NOTHING } from "../candidates.ts";
import { type CompletionContext, type CompletionRule, directories, filedir, namesIn, ofAction, optionCandidates, processIds, signals, startingWith } from "./completion-context.ts";

function action(name: CompletionAction): CompletionRule {
  return function* (context) {
    return ofAction(context, name);
  };
}

/** export, declare...: names with `=` and no blank; a value behind `=` is a file. */
function assignments(functionOption: boolean): CompletionRule {
  return function* (context) {
    if (context.whole.includes("=")) return yield* filedir(context);
    if (context.whole.startsWith("-")) return NOTHING;
    if (functionOption && context.words.some((word) => /^-\w*[fF]/.test(word))) return ofAction(context, "function");
    return { list: ofAction(context, "variable").list.map((name) => `${name}=`), nospace: true };
  };
}

/** Directories only, those below CDPATH too. */
function* changeDirectory(context: CompletionContext): Blocking<Candidates> {
  if (context.cur.startsWith("-")) return optionCandidates(context, ["-L", "-P", "-e", "-@"]);
  const here = yield* directories(context);
  const search = context.editor.shell.getVariable("CDPATH");
  if (!search || /^[/.~]/.test(context.cur)) return here;
  const list = [...here.list];
  for (const directory of search.split(":")) for (const name of namesIn(context, directory)) if (name.startsWith(context.cur)) list.push(name);
  return { ...here, list };
}

function* alias(context: CompletionContext): Blocking<Candidates> {
  if (context.whole.endsWith("=")) {
    const name = context.whole.slice(0, -1);
    const value = context.editor.shell.alias(name);
    return value === undefined ? NOTHING : { list: [`'${value}'`], nospace: true };
  }
  return ofAction(context, "alias", { nospace: true });
}

function* kill(context: CompletionContext): Blocking<Candidates> {
  if (context.prev === "-s") return signals(context);
  if (context.prev === "-l") return signals(context);
  if (context.words.length === 2 && context.cur.startsWith("-")) {
    const names = signals(context, "-");
    return { list: [...names.list, ...["-l", "-s"].filter((name) => name.startsWith(context.cur))] };
  }
  return yield* processIds(context);
}

const jobNames: CompletionRule = function* (context) {
  return { list: context.editor.shell.complete("job", "").map((name) => `"%${name}"`).filter((name) => name.startsWith(context.cur)) };
};

export const builtinRules: readonly (readonly [string, CompletionRule])[] = [
  ["cd", changeDirectory], ["pushd", changeDirectory], ["alias", alias], ["unalias", action("alias")], ["kill", kill],
  ["export", assignments(true)], ["declare", assignments(true)], ["typeset", assignments(true)], ["local", assignments(false)],
  ["unset", action("variable")], ["readonly", action("variable")], ["set", action("setopt")], ["shopt", action("shopt")], ["help", action("helptopic")], ["builtin", action("builtin")],
  ["bind", action("binding")], ["fg", jobNames], ["jobs", jobNames], ["disown", jobNames], ["bg", jobNames], ["type", action("command")], ["which", action("command")],
  ["hash", action("command")], ["complete", action("command")], ["source", filedir], [".", filedir],
  ["trap", function* (context) { return context.words.length > 2 ? startingWith(context, ["EXIT", "DEBUG", "ERR", "RETURN", ...signals({ ...context, cur: "" }).list]) : NOTHING; }],
  ["wait", processIds], ["echo", filedir],
];
