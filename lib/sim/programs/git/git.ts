// /usr/bin/git: options of git itself, the subcommands (one file each in command/), aliases, the lists of help. Below it: base/ (what every
// command uses), store/ (objects, index, references, configuration), work-tree/, history/, diff/, merge/, transport/ (other repositories).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { flag, text } from "../kit/option.ts";
import { WriteError } from "../kit/output.ts";
import { RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { runShellLine, runChild } from "./base/child-process.ts";
import { Die, Quit } from "./base/die.ts";
import { Git } from "./base/git.ts";
import { type GitCommand, WrongUse, usageIn } from "./base/git-command.ts";
import { finishPager, startPager } from "./base/pager.ts";
import { COMMANDS } from "./_command-table.ts";
import { commandList, globalUsage, unknownCommand } from "./_help-list.ts";
import { InsufficientPermission } from "./store/object-store.ts";
import { withParameter } from "./store/config.ts";


/** Options of git itself; a wrong one ends it. */
function* globalOptions(git: Git, words: readonly string[], environment: Map<string, string>): Blocking<{ readonly rest: readonly string[]; readonly status?: number }> {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (!word.startsWith("-")) return { rest: words.slice(i) };
    const value = (name: string, what: string): string => {
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      const next = words[++i];
      if (next === undefined) throw new Quit(129, `no ${what} given for ${name}`, globalUsage().trimEnd());
      return next;
    };
    if (word === "--version" || word === "-v") return { rest: ["version", ...words.slice(i + 1)] };
    if (word === "--help" || word === "-h") return { rest: ["help", ...words.slice(i + 1)] };
    if (word === "-C") {
      const folder = words[++i];
      if (folder === undefined) throw new Quit(129, "no directory given for '-C'", globalUsage().trimEnd());
      try {
        if (folder !== "") git.sys.chdir(folder);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Die(`cannot change to '${folder}': ${error.message}`);
      }
    } else if (word === "-c") {
      const setting = words[++i];
      if (setting === undefined) throw new Quit(129, "-c expects a configuration string", globalUsage().trimEnd());
      const equals = setting.indexOf("=");
      const key = equals < 0 ? setting : setting.slice(0, equals);
      if (!key.includes(".")) throw new Die(key === "" ? "unable to parse command-line config" : `unable to parse command-line config`, 128, [key === "" ? "error: empty config key" : `error: key does not contain a section: ${key}`]);
      environment.set("GIT_CONFIG_PARAMETERS", withParameter(environment.get("GIT_CONFIG_PARAMETERS"), key, equals < 0 ? undefined : setting.slice(equals + 1)));
    } else if (word === "-p" || word === "--paginate") git.paginate = true;
    else if (word === "-P" || word === "--no-pager") git.paginate = false;
    else if (word === "--git-dir" || word.startsWith("--git-dir=")) environment.set("GIT_DIR", value("--git-dir", "directory"));
    else if (word === "--work-tree" || word.startsWith("--work-tree=")) {
      environment.set("GIT_WORK_TREE", value("--work-tree", "directory"));
    } else if (word === "--bare") environment.set("GIT_DIR", environment.get("GIT_DIR") ?? git.sys.getcwd());
    else if (word === "--namespace" || word.startsWith("--namespace=")) value("--namespace", "namespace");
    else if (word === "--exec-path") {
      git.put("/usr/lib/git-core\n");
      return { rest: [], status: 0 };
    } else if (word === "--html-path" || word === "--man-path" || word === "--info-path") {
      git.put(`${{ "--html-path": "/usr/share/doc/git/html", "--man-path": "/usr/share/man", "--info-path": "/usr/share/info" }[word]}\n`);
      return { rest: [], status: 0 };
    } else if (word === "--literal-pathspecs") environment.set("GIT_LITERAL_PATHSPECS", "1");
    else if (!["--no-replace-objects", "--no-optional-locks", "--glob-pathspecs", "--noglob-pathspecs", "--icase-pathspecs", "--no-lazy-fetch"].includes(word) && !word.startsWith("--exec-path=")) {
      throw new Quit(129, `unknown option: ${word}`, globalUsage().trimEnd());
    }
  }
  return { rest: [] };
}

function* runAlias(git: Git, name: string, alias: string, words: readonly string[], seen: readonly string[]): Blocking<number> {
  if (alias.startsWith("!")) {
    yield* git.discover();
    yield* git.out.flush();
    return yield* runShellLine(git.sys, alias.slice(1), words, { environment: new Map([["GIT_PREFIX", git.prefix]]) });
  }
  const split = splitAlias(alias);
  if (split === undefined) throw new Die(`bad alias.${name} string: unclosed quote`);
  const [first = ""] = split;
  if (first === "") throw new Die(`empty alias for ${name}`);
  if (first === name) throw new Die(`recursive alias: ${name}`);
  if (seen.includes(first)) throw new Die(`alias loop detected: expansion of '${seen[0]}' does not terminate:\n${seen.map((one) => `  ${one}${one === first ? " <==" : one === name ? " ==>" : ""}`).join("\n")}`);
  return yield* dispatch(git, [...split, ...words], seen);
}

function splitAlias(text: string): string[] | undefined {
  const words: string[] = [];
  let word = "";
  let open = false;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? "";
    if (quote === "" && /\s/.test(c)) {
      if (open) words.push(word);
      word = "";
      open = false;
      continue;
    }
    open = true;
    if (quote === "" && (c === "'" || c === '"')) quote = c;
    else if (c === quote) quote = "";
    else if (c === "\\" && quote !== "'") word += text[++i] ?? "";
    else word += c;
  }
  if (quote !== "") return undefined;
  if (open) words.push(word);
  return words;
}

function* dispatch(git: Git, words: readonly string[], seen: readonly string[] = []): Blocking<number> {
  const [name = "", ...rest] = words;
  const command = COMMANDS.get(name);
  if (command) {
    git.command = name;
    if (rest[0] === "--help") return yield* runChild(git.sys, ["man", `git-${name}`]);
    if (git.paginate === true) {
      yield* git.discover();
      yield* startPager(git);
    }
    return yield* command.run(git, rest);
  }
  yield* git.discover();
  const alias = git.config.get(`alias.${name.toLowerCase()}`);
  if (alias !== undefined) {
    // From where the user stands: the alias finds the repository again.
    if (git.prefix !== "") git.sys.chdir(git.prefix);
    const fresh = new Git(git.sys);
    fresh.paginate = git.paginate;
    yield* fresh.config.load(git.maybeRepository?.gitDir);
    try {
      return yield* runAlias(fresh, name, alias, rest, [...seen, name]);
    } finally {
      yield* fresh.out.flush();
      git.pagerPid = fresh.pagerPid;
    }
  }
  const external = yield* runChild(git.sys, [`git-${name}`, ...rest], {}, false, );
  if (external !== 127) return external;
  return yield* unknownCommand(git, name, [...COMMANDS.values()]);
}

/** Messages of what ended it early; the exit status. */
function* ended(git: Git, error: unknown): Blocking<number> {
  try {
    if (error instanceof Die) {
      for (const line of error.before) yield* git.err(`${line}\n`);
      yield* git.err(`fatal: ${error.message}\n`);
      return error.status;
    }
    if (error instanceof Quit) {
      for (const line of error.lines) yield* git.err(`${line}\n`);
      return error.status;
    }
    if (error instanceof WrongUse) {
      yield* git.err(`${error.first === undefined ? "" : `${error.first}\n`}${usageIn(git, error.spec)}`);
      return 129;
    }
    if (error instanceof InsufficientPermission) {
      yield* git.error(`insufficient permission for adding an object to repository database ${git.maybeRepository?.place.shownGitDir ?? ".git"}/objects`);
      yield* git.err("fatal: failed to write object\n");
      return 128;
    }
    if (error instanceof RegexSyntaxError || error instanceof RegexLimitError || error instanceof SysError) {
      yield* git.err(`fatal: ${error.message}\n`);
      return 128;
    }
  } catch (second) {
    if (second instanceof WriteError || second instanceof SysError) return 128;
    throw second;
  }
  throw error;
}

function* run(sys: Sys, argv: readonly string[]): Blocking<number> {
  const environment = new Map(sys.environment);
  const git = new Git(sys);
  let status: number;
  try {
    const called = (argv[0] ?? "git").replace(/^.*\//, "");
    const words = called.startsWith("git-") ? [called.slice(4), ...argv.slice(1)] : argv.slice(1);
    const { rest, status: early } = yield* globalOptions(git, words, environment);
    // Settings of the command line are variables for everything that runs below: git begins again with them.
    const changed = environment.size !== sys.environment.size || [...environment].some(([name, value]) => sys.environment.get(name) !== value);
    if (changed && early === undefined && rest.length > 0) yield* sys.exec("/usr/bin/git", ["git", ...(git.paginate === undefined ? [] : [git.paginate ? "-p" : "-P"]), ...rest], environment);
    if (early !== undefined) status = early;
    else if (rest.length === 0) {
      git.put(globalUsage() + commandList());
      status = 1;
    } else status = yield* dispatch(git, rest);
    yield* git.out.flush();
  } catch (error) {
    if (error instanceof WriteError) status = 128;
    else status = yield* ended(git, error);
  }
  try {
    yield* git.out.flush();
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
  }
  yield* finishPager(git);
  return status;
}

const shown = (command: GitCommand) => command.declaration;

const git: Command = {
  name: "git",
  links: ["/usr/bin/git-upload-pack", "/usr/bin/git-receive-pack", "/usr/bin/git-upload-archive"],
  declaration: {
    name: "git", summary: "the distributed version control system", synopsis: ["[-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>]", "<command> [<args>]"],
    description: [
      "Keeps the history of a directory: every state that was committed, who made it, when and why. The history is in the directory .git, whole, and travels between machines with clone, fetch and push.",
      "`git help COMMAND` shows the page of a subcommand, `git COMMAND -h` its options in short.",
    ],
    options: [flag(["-v", "--version"], "print the version"), flag(["-h", "--help"], "list the commands"), text(["-C"], "<path>", "run as if started there"), text(["-c"], "<name>=<value>", "set a configuration variable for this command"), flag(["-p", "--paginate"], "send the output through a pager"), flag(["-P", "--no-pager"], "no pager"), text(["--git-dir"], "<path>", "the repository"), text(["--work-tree"], "<path>", "the work tree"), flag(["--bare"], "the repository has no work tree"), flag(["--exec-path"], "where git's programs are")],
    subcommands: [...COMMANDS.values()].filter((command) => !command.plumbing).map(shown),
    operands: "files",
  },
  program: run,
};

export default git;
