// Completion from a command's declaration: subcommands, options, the kind of its operands (_longopt of bash-completion).

import type { Blocking } from "../../../kernel/sys.ts";
import { type Candidates, NOTHING } from "../candidates.ts";
import type { CompletableCommand } from "../providers.ts";
import { type CompletionContext, declaration, filedir, installedPackages, knownHosts, ofAction, optionCandidates, optionNames, processIds, serviceNames, signals, startingWith } from "./completion-context.ts";

/** ls --help says `--color=auto` in its last paragraph, so bash-completion offers that form too. */
const TWICE_IN_HELP: ReadonlyMap<string, readonly string[]> = new Map([["ls", ["--color="]], ["dir", ["--color="]], ["vdir", ["--color="]]]);

/** Commands that bash-completion gives its general rule: long options, and files whatever their operands are. */
const GENERAL = new Set(
  ("awk base64 bash bc cat chroot cp csplit cut date df diff dir du env expand fmt fold grep head ld ldd less ln ls md5sum mkdir mkfifo mknod mv netstat nl nm objcopy objdump od paste pr ptx readelf rm " +
    "rmdir sed seq sha1sum sha224sum sha256sum sha384sum sha512sum shasum sort split strip sum tac tail tee touch tr uname unexpand uniq units vdir wc who").split(" "),
);

/** The subcommand that the words before the cursor have reached. */
function reached(command: CompletableCommand, words: readonly string[]): CompletableCommand {
  let current = command;
  for (const word of words.slice(1, -1)) {
    const next = current.subcommands?.find((candidate) => candidate.name === word);
    if (next) current = next;
  }
  return current;
}

function* operands(context: CompletionContext, kind: CompletableCommand["operands"]): Blocking<Candidates> {
  switch (kind) {
    case "directories":
      return yield* filedir(context, true);
    case "commands":
      return ofAction(context, "command");
    case "users":
      return ofAction(context, "user");
    case "groups":
      return ofAction(context, "group");
    case "hosts":
      return yield* knownHosts(context);
    case "services":
      return startingWith(context, serviceNames(context));
    case "packages":
      return { list: yield* installedPackages(context) };
    case "signals":
      return signals(context);
    case "pids":
      return yield* processIds(context);
    case "none":
      return NOTHING;
    default:
      return yield* filedir(context);
  }
}

export function* declared(context: CompletionContext): Blocking<Candidates> {
  const command = declaration(context);
  if (!command) return yield* filedir(context);
  const current = reached(command, context.words);
  const option = current.options.find((candidate) => candidate.names.includes(context.prev));
  const valueWanted = option?.argument !== undefined && (context.whole.includes("=") || !option.argumentOptional);
  if (option && valueWanted) {
    if (option.values) return startingWith(context, option.values);
    if (/dir/i.test(context.prev)) return yield* filedir(context, true);
    return yield* filedir(context);
  }
  const general = GENERAL.has(command.name);
  if (context.cur.startsWith("-")) return optionCandidates(context, [...optionNames(current, general), ...(TWICE_IN_HELP.get(command.name) ?? [])]);
  if (general) return yield* filedir(context);
  if (current.subcommands && current.subcommands.length > 0) return startingWith(context, current.subcommands.map((candidate) => candidate.name));
  return yield* operands(context, current.operands);
}
