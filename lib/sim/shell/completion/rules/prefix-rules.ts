// Commands that run another command: what follows them is completed as if it stood alone.

import type { Blocking } from "../../../kernel/sys.ts";
import { type Candidates, NOTHING, fileCandidates } from "../candidates.ts";
import { allowedGroups, type CompletionContext, type CompletionRule, declaration, filedir, ofAction, optionCandidates, optionNames } from "./completion-context.ts";

/** _command_offset: the words from `at` on are a command of their own. */
function* commandAt(context: CompletionContext, at: number, complete: CompletionRule): Blocking<Candidates> {
  const words = context.words.slice(at);
  if (words.length > 1) return yield* complete({ ...context, words, prev: context.whole.includes("=") ? context.prev : (words.at(-2) ?? "") });
  if (context.cur.includes("/")) return yield* fileCandidates(context.editor, context.cur);
  const commands = ofAction(context, "command").list;
  const directories = (yield* fileCandidates(context.editor, context.cur, true)).list.map((name) => `${name}/`);
  return { list: [...commands, ...directories], filenames: true };
}

/** With root's directories searched too. */
function* withSystemPath(context: CompletionContext, run: () => Blocking<Candidates>): Blocking<Candidates> {
  const { shell } = context.editor;
  const path = shell.getVariable("PATH");
  shell.setVariable("PATH", `${path ?? ""}:/sbin:/usr/sbin:/usr/local/sbin`);
  try {
    return yield* run();
  } finally {
    if (path === undefined) shell.unsetVariable("PATH");
    else shell.setVariable("PATH", path);
  }
}

/** Index of the command behind the options; `withArgument` are option letters that take the next word. */
function commandIndex(words: readonly string[], withArgument: string, assignments = false): number {
  let index = 1;
  while (index < words.length - 1) {
    const word = words[index] ?? "";
    if (word === "--") return index + 1;
    if (assignments && /^\w+=/.test(word)) index += 1;
    else if (!word.startsWith("-")) break;
    else index += word.length === 2 && withArgument.includes(word.slice(1)) ? 2 : 1;
  }
  return index;
}

const NOTHING_BEFORE = /^--?\w/;

export function prefixRules(complete: CompletionRule): readonly (readonly [string, CompletionRule])[] {
  const plain = (withArgument: string): CompletionRule =>
    function* (context) {
      const at = commandIndex(context.words, withArgument);
      if (at >= context.words.length - 1 && NOTHING_BEFORE.test(context.cur)) {
        const command = declaration(context);
        return command ? optionCandidates(context, optionNames(command)) : NOTHING;
      }
      return yield* commandAt(context, Math.min(at, context.words.length - 1), complete);
    };
  const sudo: CompletionRule = function* (context) {
    const at = commandIndex(context.words, "ugpCDhrtT", true);
    if (at > context.words.length - 1 || context.words.length - 1 < at || context.cur.startsWith("-")) {
      if (["-u", "--user", "-U", "--other-user"].includes(context.prev)) return ofAction(context, "user");
      if (context.prev === "-g" || context.prev === "--group") return yield* allowedGroups(context);
    }
    if (["-u", "-U"].includes(context.prev)) return ofAction(context, "user");
    if (context.prev === "-g") return ofAction(context, "group");
    if (at >= context.words.length - 1 && context.cur.startsWith("-")) {
      const command = declaration(context);
      return command ? optionCandidates(context, optionNames(command)) : NOTHING;
    }
    if (context.words[0] === "sudoedit") return yield* filedir(context);
    return yield* withSystemPath(context, () => commandAt(context, Math.min(at, context.words.length - 1), complete));
  };
  return [
    ["sudo", sudo], ["sudoedit", sudo],
    ...["nohup", "exec", "eval", "command", "then", "else", "do", "time", "setsid"].map((name) => [name, plain("")] as const),
    ["nice", plain("n")], ["ionice", plain("cnp")], ["strace", plain("eopsuOP")], ["ltrace", plain("eop")], ["xargs", plain("EIPsnLad")], ["watch", plain("n")], ["chroot", plain("")],
    ["timeout", function* (context) {
      const at = commandIndex(context.words, "ks") + 1;
      return context.words.length - 1 < at ? NOTHING : yield* commandAt(context, at, complete);
    }],
    ["su", function* (context) {
      if (context.cur.startsWith("-") && context.cur !== "-") {
        const command = declaration(context);
        return command ? optionCandidates(context, optionNames(command)) : NOTHING;
      }
      return ofAction(context, "user");
    }],
    ["man", function* (context) { return yield* manualPages(context); }],
  ];
}

/** Names of manual pages: of the section before the word, else of all; a command has one in this system when it is declared. */
function* manualPages(context: CompletionContext): Blocking<Candidates> {
  if (context.cur.includes("/")) return yield* filedir(context);
  const pages = new Set<string>();
  const wanted = /^(?:[0-9lnp]|[0-9][px]|3(?:gl|pm|tk)?)$/.test(context.prev) ? context.prev : undefined;
  for (const section of wanted ?? "12345678") {
    for (const name of (yield* fileCandidates(context.editor, `/usr/share/man/man${section}/${context.cur}`)).list) {
      pages.add(name.slice(name.lastIndexOf("/") + 1).replace(/\.(gz|bz2|xz)$/, "").replace(/\.[^.]+$/, ""));
    }
  }
  if (wanted !== undefined) return { list: [...pages] };
  return yield* withSystemPath(context, function* () {
    for (const name of ofAction(context, "command").list) pages.add(name);
    return { list: [...pages] };
  });
}
