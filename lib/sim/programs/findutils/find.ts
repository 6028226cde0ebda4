// find 4.9.0: options, the walk, and the evaluation of the expression (_expression.ts).

import { type Blocking, type DirEntry, S, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { helpText } from "../kit/help-text.ts";
import type { OptionDeclaration } from "../kit/command.ts";
import { flag, type Io, partly, program, text } from "../kit/program.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { readZone } from "../kit/zones.ts";
import { Entry } from "./_entry.ts";
import { ExpressionError, type ExpressionNode, ExpressionParser, type WalkState } from "./_expression.ts";

const options: readonly OptionDeclaration[] = [
  flag(["-P"], "never follow symbolic links (default)"),
  flag(["-L"], "follow symbolic links"),
  flag(["-H"], "follow the links among the operands only"),
  partly(text(["-D"], "DEBUGOPTIONS", "print how it works"), "its help alone: there is no optimiser to show"),
  text(["-O"], "LEVEL", "accepted: nothing is reordered here"),
  flag(["-depth"], "what a directory holds comes before it"),
  text(["-maxdepth"], "LEVELS", "go down at most so many levels"),
  text(["-mindepth"], "LEVELS", "apply no test or action above this level"),
  flag(["-xdev", "-mount"], "stay on one file system"),
  flag(["-daystart"], "days are counted from midnight, not from now"),
  text(["-regextype"], "TYPE", "the syntax of -regex"),
  text(["-name"], "PATTERN", "the name without directories matches a shell pattern"),
  text(["-iname"], "PATTERN", "as -name, case does not matter"),
  text(["-path", "-wholename"], "PATTERN", "the whole path matches a shell pattern"),
  text(["-ipath", "-iwholename"], "PATTERN", "as -path, case does not matter"),
  text(["-lname"], "PATTERN", "a symbolic link whose target matches"),
  text(["-ilname"], "PATTERN", "as -lname, case does not matter"),
  text(["-regex"], "PATTERN", "the whole path matches a regular expression"),
  text(["-iregex"], "PATTERN", "as -regex, case does not matter"),
  text(["-type"], "C", "the kind of file: b c d p f l s, several with commas"),
  text(["-xtype"], "C", "as -type, taking links the other way"),
  text(["-size"], "N[bcwkMG]", "the size in units, rounded up"),
  flag(["-empty"], "an empty file or directory"),
  text(["-perm"], "MODE", "permission bits: exactly, -all of them, /any of them"),
  text(["-user"], "NAME", "owned by"),
  text(["-uid"], "N", "numeric owner"),
  text(["-group"], "NAME", "belongs to the group"),
  text(["-gid"], "N", "numeric group"),
  flag(["-nouser"], "no user has its number"),
  flag(["-nogroup"], "no group has its number"),
  text(["-links"], "N", "number of hard links"),
  text(["-inum"], "N", "inode number"),
  text(["-samefile"], "NAME", "the same inode"),
  text(["-newer"], "FILE", "changed later than FILE"),
  text(["-anewer"], "FILE", "read later than FILE was changed"),
  text(["-cnewer"], "FILE", "inode changed later than FILE was changed"),
  text(["-newerXY"], "FILE", "time X (a B c m) later than time Y of FILE (t: a date)"),
  text(["-mtime"], "N", "changed N days ago"),
  text(["-atime"], "N", "read N days ago"),
  text(["-ctime"], "N", "inode changed N days ago"),
  text(["-mmin"], "N", "changed N minutes ago"),
  text(["-amin"], "N", "read N minutes ago"),
  text(["-cmin"], "N", "inode changed N minutes ago"),
  text(["-used"], "N", "read N days after the inode changed"),
  flag(["-readable"], "may be read"),
  flag(["-writable"], "may be written"),
  flag(["-executable"], "may be executed or searched"),
  text(["-fstype"], "TYPE", "on a file system of that type"),
  flag(["-true"], "always true"),
  flag(["-false"], "always false"),
  flag(["-print"], "print the path"),
  flag(["-print0"], "print the path and a zero byte"),
  text(["-printf"], "FORMAT", "print by a format"),
  text(["-fprint"], "FILE", "as -print, into FILE"),
  text(["-fprint0"], "FILE", "as -print0, into FILE"),
  text(["-fprintf"], "FILE FORMAT", "as -printf, into FILE"),
  flag(["-ls"], "list as ls -dils"),
  text(["-fls"], "FILE", "as -ls, into FILE"),
  text(["-exec"], "COMMAND ;", "run a command; {} is the path; with {} + many paths at once"),
  text(["-execdir"], "COMMAND ;", "as -exec, in the file's directory"),
  text(["-ok"], "COMMAND ;", "as -exec, asking first"),
  text(["-okdir"], "COMMAND ;", "as -execdir, asking first"),
  flag(["-delete"], "remove the file; implies -depth"),
  flag(["-prune"], "do not go down into this directory"),
  flag(["-quit"], "stop at once"),
  text(["-files0-from"], "FILE", "begin with the paths of FILE, each ended by a zero byte"),
];

const declaration = {
  name: "find",
  summary: "search for files below directories",
  synopsis: ["[-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]"],
  description: ["Walks the trees below the paths (default: the working directory) and evaluates the expression for each file (default: -print)."],
  options,
  operands: "directories",
  exitStatuses: [["0", "everything was looked at"], ["1", "something went wrong"]],
} as const;

export default program({ ...declaration, tryLine: () => "" }, function* (sys, argv, io) {
  let at = 1;
  let follow: "never" | "operands" | "always" = "never";
  for (; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "-H") follow = "operands";
    else if (word === "-L") follow = "always";
    else if (word === "-P") follow = "never";
    else if (word === "-D") {
      const asked = argv[++at];
      if (asked === undefined) {
        yield* io.warn("Missing argument after the -D option.");
        yield* io.stderr(`Try '${io.argv0} --help' for more information.\n`);
        return 1;
      }
      for (const one of asked.split(",")) {
        if (one === "help") {
          io.out.put(DEBUG_HELP);
          return 0;
        }
        if (!DEBUG_WORDS.has(one)) yield* io.warn(`Ignoring unrecognised debug flag ${io.quote(one)}`);
      }
    } else if (word === "-O") io.die("The -O option must be immediately followed by a decimal integer");
    else if (word === "--") {
      at++;
      break;
    } else if (!/^-O\d?$/.test(word)) break;
  }
  const words = argv.slice(at);
  if (words.includes("--help") || words.includes("-help")) {
    io.out.put(helpText(declaration, io.argv0, io.helpDomain));
    return 0;
  }
  if (words.includes("--version") || words.includes("-version")) {
    io.out.put("find (GNU findutils) 4.9.0\nSimulated: same options, messages and results as the real program, own code.\n");
    return 0;
  }
  const first = words.findIndex((word) => (word.startsWith("-") && word.length > 1) || word === "!" || word === "(");
  let paths: readonly string[] = first < 0 ? words : words.slice(0, first);
  const expressionWords = first < 0 ? [] : words.slice(first);
  if (expressionWords.includes("-follow")) follow = "always";
  const state: WalkState = {
    depthFirst: false, maxDepth: Number.POSITIVE_INFINITY, minDepth: 0, oneFileSystem: false, pruned: false, quit: false, failed: false, acted: false, finishers: [],
  };
  let root: ExpressionNode;
  try {
    const parser = new ExpressionParser(expressionWords, {
      sys, io, accounts: yield* Accounts.read(sys), zone: yield* readZone(sys), nowUs: sys.clockUs("realtime"), followLinks: follow === "always", state,
    });
    root = yield* parser.parse();
  } catch (error) {
    if (error instanceof ExpressionError) {
      yield* io.warn(error.message);
      if (error.hint !== undefined) yield* io.warn(error.hint);
      return 1;
    }
    throw error;
  }
  const list = startsFrom(expressionWords);
  if (list !== undefined) {
    if (paths[0] !== undefined) {
      yield* io.warn(`extra operand ${io.quote(paths[0])}`);
      yield* io.warn("file operands cannot be combined with -files0-from");
      return 1;
    }
    paths = yield* zeroEnded(io, list);
  }
  const walk = new Walk(io, root, state, follow);
  for (const path of paths.length > 0 || list !== undefined ? paths : ["."]) {
    if (state.quit) break;
    yield* walk.operand(path);
  }
  for (const finish of state.finishers) yield* finish();
  return state.failed ? 1 : 0;
});

/** The file of -files0-from. */
const startsFrom = (words: readonly string[]): string | undefined => {
  const at = words.lastIndexOf("-files0-from");
  return at < 0 ? undefined : words[at + 1];
};

function* zeroEnded(io: Io, file: string): Blocking<readonly string[]> {
  try {
    const input = yield* io.open(file);
    const names = textOfLatin1(yield* input.all()).split("\0");
    io.close(input);
    if (names.at(-1) === "") names.pop();
    return names;
  } catch (error) {
    if (error instanceof SysError) io.die(`cannot open ${io.quote(file)} for reading: ${error.message}`);
    throw error;
  }
}

const DEBUG_WORDS: ReadonlyMap<string, string> = new Map([["exec", "what -exec, -execdir, -ok and -okdir do"], ["opt", "how the expression is reordered"], ["rates", "how often each test was true"], ["search", "each step of the walk"], ["stat", "each question about a file's inode"], ["time", "how times are compared"], ["tree", "the expression as a tree"], ["all", "all of these"], ["help", "this list"]]);
const DEBUG_HELP = `Valid arguments for -D:\n${[...DEBUG_WORDS].map(([word, meaning]) => `${word.padEnd(10)} ${meaning}\n`).join("")}`;

class Walk {
  readonly #io: Io;
  readonly #root: ExpressionNode;
  readonly #state: WalkState;
  readonly #follow: "never" | "operands" | "always";

  constructor(io: Io, root: ExpressionNode, state: WalkState, follow: "never" | "operands" | "always") {
    this.#io = io;
    this.#root = root;
    this.#state = state;
    this.#follow = follow;
  }

  *operand(path: string): Blocking<void> {
    const entry = new Entry(this.#io.sys, path, path, 0, this.#follow !== "never");
    try {
      yield* this.#visit(entry, [], path === "" ? undefined : entry.facts.dev);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#complain(path, error);
    }
  }

  *#complain(path: string, error: SysError): Blocking<void> {
    this.#state.failed = true;
    yield* this.#io.warn(`${this.#io.quote(path)}: ${error.message}`);
  }

  *#visit(entry: Entry, ancestors: readonly { readonly dev: number; readonly ino: number }[], device: number | undefined): Blocking<void> {
    const state = this.#state;
    const { sys } = this.#io;
    if (sys.charge(3)) yield* sys.preempt();
    if (state.quit) return;
    const isDirectory = entry.type === S.IFDIR;
    const evaluate = entry.depth >= state.minDepth;
    state.pruned = false;
    if (!state.depthFirst && evaluate) yield* this.#apply(entry);
    const pruned = state.pruned;
    if (isDirectory && !state.quit && !(pruned && !state.depthFirst) && entry.depth < state.maxDepth && !(state.oneFileSystem && entry.facts.dev !== device)) {
      const facts = entry.facts;
      if (ancestors.some((one) => one.dev === facts.dev && one.ino === facts.ino)) {
        state.failed = true;
        yield* this.#io.warn(`File system loop detected; ${this.#io.quote(entry.path)} is part of the same file system loop as ${this.#io.quote(entry.start)}.`);
        return;
      }
      let children: readonly DirEntry[] = [];
      try {
        children = sys.readdir(entry.path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#complain(entry.path, error);
      }
      const prefix = entry.path.endsWith("/") ? entry.path : `${entry.path}/`;
      const above = [...ancestors, facts];
      for (const child of children) {
        if (state.quit) break;
        const below = new Entry(sys, prefix + child.name, entry.start, entry.depth + 1, this.#follow === "always");
        try {
          yield* this.#visit(below, above, device);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* this.#complain(below.path, error);
        }
      }
    }
    if (state.depthFirst && evaluate && !state.quit) yield* this.#apply(entry);
    if (this.#io.out.full) yield* this.#io.out.flush();
  }

  *#apply(entry: Entry): Blocking<void> {
    try {
      yield* this.#evaluate(this.#root, entry);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#complain(entry.path, error);
    }
  }

  *#evaluate(node: ExpressionNode, entry: Entry): Blocking<boolean> {
    switch (node.kind) {
      case "test":
        return node.test(entry);
      case "action":
        return yield* node.action(entry);
      case "not":
        return !(yield* this.#evaluate(node.operand, entry));
      case "and":
        return (yield* this.#evaluate(node.left, entry)) && !this.#state.quit && (yield* this.#evaluate(node.right, entry));
      case "or":
        return (yield* this.#evaluate(node.left, entry)) || (!this.#state.quit && (yield* this.#evaluate(node.right, entry)));
      case "comma":
        yield* this.#evaluate(node.left, entry);
        return yield* this.#evaluate(node.right, entry);
    }
  }
}
