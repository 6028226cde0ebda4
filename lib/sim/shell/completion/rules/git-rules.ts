// git: subcommands and options from its declaration; branches, tags, remotes and changed files asked of git itself, as its own completion file does.

import type { Blocking } from "../../../kernel/sys.ts";
import { type Candidates, NOTHING } from "../candidates.ts";
import { commandLines, type CompletionContext, type CompletionRule, declaration, filedir } from "./completion-context.ts";

type Objects = "revisions" | "branches" | "remotes" | "changed" | "untracked" | "stashes" | "tags";

const QUESTIONS: ReadonlyMap<Objects, string> = new Map([
  ["revisions", "git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes; git rev-parse -q --verify HEAD >/dev/null && echo HEAD"],
  ["branches", "git for-each-ref --format='%(refname:short)' refs/heads refs/tags; git for-each-ref --format='%(refname:lstrip=3)' refs/remotes"],
  ["remotes", "git remote"],
  ["changed", "git ls-files --modified --others --exclude-standard"],
  ["untracked", "git ls-files --others --exclude-standard"],
  ["stashes", "git stash list --format=%gd"],
  ["tags", "git tag"],
]);

const OPERANDS: ReadonlyMap<string, Objects> = new Map([
  ["checkout", "branches"], ["switch", "branches"], ["merge", "revisions"], ["rebase", "revisions"], ["branch", "revisions"], ["log", "revisions"], ["show", "revisions"], ["diff", "revisions"], ["reset", "revisions"], ["cherry-pick", "revisions"], ["revert", "revisions"], ["describe", "revisions"], ["bisect", "revisions"],
  ["add", "changed"], ["restore", "changed"], ["clean", "untracked"], ["tag", "tags"], ["fetch", "remotes"], ["pull", "remotes"], ["push", "remotes"], ["remote", "remotes"], ["stash", "stashes"],
]);

function* objects(context: CompletionContext, kind: Objects): Blocking<Candidates> {
  const names = new Set(yield* commandLines(context, `{ ${QUESTIONS.get(kind) ?? ":"}; } 2>/dev/null`));
  const skipped = context.whole.length - context.cur.length;
  return { list: [...names].filter((name) => name.startsWith(context.whole)).map((name) => name.slice(skipped)) };
}

function* git(context: CompletionContext): Blocking<Candidates> {
  const root = declaration(context);
  if (!root) return NOTHING;
  let at = 1;
  while (at < context.words.length - 1 && (context.words[at] ?? "").startsWith("-")) at += context.words[at] === "-C" || context.words[at] === "-c" ? 2 : 1;
  const names = (root.subcommands ?? []).map((one) => one.name);
  if (at >= context.words.length - 1) {
    const list = context.cur.startsWith("-") ? root.options.flatMap((option) => option.names) : names;
    return { list: list.filter((name) => name.startsWith(context.cur)) };
  }
  const command = root.subcommands?.find((one) => one.name === context.words[at]);
  if (!command) return yield* filedir(context);
  if (context.cur.startsWith("-")) {
    const shown = command.options.flatMap((option) => option.names.filter((name) => name.startsWith("--")).map((name) => (option.argument === undefined || option.argumentOptional ? name : `${name}=`)));
    return { list: shown.filter((name) => name.startsWith(context.cur)) };
  }
  const inner = (command.subcommands ?? []).map((one) => one.name);
  const operands = context.words.slice(at + 1, -1).filter((word) => !word.startsWith("-"));
  if (inner.length > 0 && operands.length === 0) return { list: inner.filter((name) => name.startsWith(context.cur)) };
  if (context.words.includes("--")) return yield* filedir(context);
  const remoteThenRef = (command.name === "push" || command.name === "pull" || command.name === "fetch") && operands.length > 0;
  const kind = remoteThenRef ? "branches" : OPERANDS.get(command.name);
  if (kind === undefined) return yield* filedir(context);
  const found = yield* objects(context, kind);
  return found.list.length > 0 || kind === "branches" || kind === "remotes" ? found : yield* filedir(context);
}

export const gitRules: readonly (readonly [command: string, rule: CompletionRule])[] = [["git", git]];
