// What a rule of bash-completion sees, and the pieces that its rules are made of (_filedir, _known_hosts, _services... of version 2.11).

import { type Blocking, decode, O, SysError } from "../../../kernel/sys.ts";
import type { CompletionAction } from "../../front-end.ts";
import type { ShellEditor } from "../../readline/shell-editor.ts";
import { type Candidates, fileCandidates, userCandidates } from "../candidates.ts";
import type { CompletableCommand } from "../providers.ts";
import type { WordUnderCursor } from "../word-under-cursor.ts";

export interface CompletionContext {
  readonly editor: ShellEditor;
  readonly word: WordUnderCursor;
  /** Dequoted, split at blanks only; words[0] is the command; the last is the one under the cursor. */
  readonly words: readonly string[];
  /** What the candidates must begin with: the word after the last `=`, `:` or `@` that breaks words. */
  readonly cur: string;
  /** The whole word up to the cursor. */
  readonly whole: string;
  /** The word before; the option of an `--option=`. */
  readonly prev: string;
}

export type CompletionRule = (context: CompletionContext) => Blocking<Candidates>;

export function startingWith(context: CompletionContext, list: readonly string[], more: Omit<Candidates, "list"> = {}): Candidates {
  return { list: list.filter((candidate) => candidate.startsWith(context.cur)), ...more };
}

export function ofAction(context: CompletionContext, action: CompletionAction, more: Omit<Candidates, "list"> = {}): Candidates {
  return { list: context.editor.shell.complete(action, context.cur), ...more };
}

/** _filedir */
export function* filedir(context: CompletionContext, directoriesOnly = false): Blocking<Candidates> {
  const { editor, word } = context;
  let text = context.cur;
  if (text.startsWith("~") && !text.includes("/")) return yield* userCandidates(editor, word);
  // bash-completion evaluates a single-quoted word that begins with a dollar
  if (word.quote === "'" && text.startsWith("$")) text = (yield* editor.shell.expandText(text)).join(" ");
  return yield* fileCandidates(editor, text, directoriesOnly);
}

export function* directories(context: CompletionContext): Blocking<Candidates> {
  return yield* filedir(context, true);
}

/** The output of a command, split into lines. */
export function* commandLines(context: CompletionContext, command: string): Blocking<readonly string[]> {
  const output = (yield* context.editor.shell.expandText(`"$(${command})"`)).join(" ");
  return output.split("\n").filter((line) => line !== "");
}

/** A word for a command line of ours. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function* readText(context: CompletionContext, path: string): Blocking<string> {
  const { sys } = context.editor.shell;
  try {
    const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    let text = "";
    for (;;) {
      const bytes = yield* sys.read(fd, 65536);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
    sys.close(fd);
    return text;
  } catch (error) {
    if (error instanceof SysError) return "";
    throw error;
  }
}

export function namesIn(context: CompletionContext, directory: string): string[] {
  try {
    return context.editor.shell.sys.readdir(directory).map((entry) => entry.name);
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

function isRoot(context: CompletionContext): boolean {
  return context.editor.shell.sys.getcred().euid === 0 || context.words.includes("sudo");
}

/** _allowed_users: an ordinary user may only give files to themselves. */
export function* allowedUsers(context: CompletionContext): Blocking<Candidates> {
  return isRoot(context) ? ofAction(context, "user") : startingWith(context, yield* commandLines(context, "id -un"));
}

export function* allowedGroups(context: CompletionContext): Blocking<Candidates> {
  return isRoot(context) ? ofAction(context, "group") : startingWith(context, (yield* commandLines(context, "id -Gn")).flatMap((line) => line.split(" ")));
}

/** _signals: without SIG, behind a prefix. */
export function signals(context: CompletionContext, prefix = ""): Candidates {
  const names = context.editor.shell.complete("signal", "").filter((name) => name.startsWith("SIG")).map((name) => prefix + name.slice(3));
  return startingWith(context, names);
}

export function* processIds(context: CompletionContext): Blocking<Candidates> {
  return startingWith(context, namesIn(context, "/proc").filter((name) => /^\d+$/.test(name)));
}

export function* processNames(context: CompletionContext): Blocking<Candidates> {
  const names = new Set<string>();
  for (const pid of namesIn(context, "/proc")) if (/^\d+$/.test(pid)) names.add((yield* readText(context, `/proc/${pid}/comm`)).trimEnd());
  return startingWith(context, [...names].filter((name) => name !== ""));
}

/** _known_hosts_real: hosts of /etc/hosts and those that ssh knows. */
export function* knownHosts(context: CompletionContext): Blocking<Candidates> {
  // USER@ is part of the word unless @ breaks words (shopt hostcomplete)
  const user = context.cur.slice(0, context.cur.lastIndexOf("@") + 1);
  const names = new Set(context.editor.shell.complete("hostname", context.cur.slice(user.length)));
  const home = context.editor.shell.getVariable("HOME") ?? "";
  for (const path of [`${home}/.ssh/known_hosts`, "/etc/ssh/ssh_known_hosts"]) {
    for (const line of (yield* readText(context, path)).split("\n")) {
      const hosts = line.split(" ")[0] ?? "";
      if (!hosts.startsWith("|") && !hosts.startsWith("#")) for (const host of hosts.split(",")) names.add(host.replace(/^\[(.*)\]:\d+$/, "$1"));
    }
  }
  for (const line of (yield* readText(context, `${home}/.ssh/config`)).split("\n")) {
    const match = /^\s*Host\s+(.*)$/i.exec(line);
    for (const host of match?.[1]?.split(/\s+/) ?? []) if (!/[*?!]/.test(host)) names.add(host);
  }
  names.delete("");
  return startingWith(context, [...names].map((name) => user + name));
}

const UNIT_DIRECTORIES = ["/lib/systemd/system", "/usr/lib/systemd/system", "/etc/systemd/system", "/run/systemd/system", "/run/systemd/generator"];

/** Names of units, templates left out. */
export function unitNames(context: CompletionContext): string[] {
  const names = new Set<string>();
  for (const directory of UNIT_DIRECTORIES) {
    for (const name of namesIn(context, directory)) if (/\.(service|socket|target|timer|mount|automount|path|slice|swap|device|scope)$/.test(name) && !name.includes("@.")) names.add(name);
  }
  return [...names];
}

export function serviceNames(context: CompletionContext): string[] {
  const names = new Set(namesIn(context, "/etc/init.d").filter((name) => name !== "README"));
  for (const unit of unitNames(context)) if (unit.endsWith(".service")) names.add(unit.slice(0, -8));
  return [...names];
}

export function* installedPackages(context: CompletionContext): Blocking<readonly string[]> {
  const names: string[] = [];
  const status = yield* readText(context, "/var/lib/dpkg/status");
  for (const paragraph of status.split("\n\n")) {
    const name = /^Package: (.*)$/m.exec(paragraph)?.[1];
    if (name?.startsWith(context.cur) && /^Status: .* installed$/m.test(paragraph)) names.push(name);
  }
  return names;
}

/** Words that are no options, from the first argument to before the cursor. */
export function operandsBefore(context: CompletionContext): readonly string[] {
  return context.words.slice(1, -1).filter((word) => !word.startsWith("-"));
}

// ---- from declarations ------------------------------------------------------------------------------------------------------------

/** The options as `_parse_help` reads them from --help: the first long name of each, with `=` when an argument must follow. */
export function optionNames(command: CompletableCommand, longOnly = false): string[] {
  const names: string[] = [];
  for (const option of command.options) {
    const long = option.names.find((name) => name.startsWith("--"));
    const name = long ?? (longOnly ? undefined : option.names[0]);
    if (name === undefined || !name.startsWith("-")) continue;
    names.push(long !== undefined && option.argument !== undefined && !option.argumentOptional ? `${name.replace(/=$/, "")}=` : name);
  }
  return names;
}

/** A single `--option=` is followed by no blank. */
export function optionCandidates(context: CompletionContext, names: readonly string[]): Candidates {
  const found = startingWith(context, names);
  return { ...found, nospace: found.list.length > 0 && found.list.every((name) => name.endsWith("=")) };
}

/** Of a program that is there: bash-completion asks the program itself. */
export function declaration(context: CompletionContext): CompletableCommand | undefined {
  const name = context.words[0] ?? "";
  const known = context.editor.providers.declaration(name);
  return known && (name.includes("/") || context.editor.shell.complete("command", name).includes(name)) ? known : undefined;
}
