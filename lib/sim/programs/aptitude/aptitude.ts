// aptitude 0.8.13: the command line (aptitude(8)). Without an action the real one draws its screens; here it says that they are not simulated.

import { type Blocking, decode, type Sys } from "../../kernel/sys.ts";
import { clean, download } from "../apt/_commands.ts";
import { parse } from "../apt/_arguments.ts";
import type { AptOptions } from "../apt/_options.ts";
import { isTerminal, readingSources } from "../apt/_say.ts";
import { update } from "../apt/_update.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { helpText } from "../kit/help-text.ts";
import { type Action, act, type ActionStyle, reading, tag, upgradeAll } from "./_actions.ts";
import { FAILED, type LookUp, put, search, show, versions } from "./_look-up.ts";
import { Universe } from "./_universe.ts";
import { why } from "./_why.ts";

const VERSION = "aptitude 0.8.13\nCompiler: g++ 12.1.0\nCompiled against:\n  apt version 6.0.0\n  NCurses version 6.3\n  libsigc++ version: 2.10.8\n  Gtk+ support disabled.\n  Qt support disabled.\n\nCurrent library versions:\n  NCurses version: ncurses 6.4.20221231\n  cwidget version: 0.5.18\n  Apt version: 6.0.0\n";

const ACTIONS: readonly (readonly [name: string, help: string])[] = [
  ["install", "install or upgrade packages"], ["remove", "remove packages"], ["purge", "remove packages with all their configuration"], ["reinstall", "install packages again"], ["hold", "leave packages at their version"], ["unhold", "let packages be upgraded again"], ["keep", "do nothing with packages"],
  ["keep-all", "forget all that was planned"], ["markauto", "mark packages as installed automatically"], ["unmarkauto", "mark packages as installed by hand"], ["forbid-version", "do not upgrade packages to one version"], ["update", "fetch the package lists"], ["safe-upgrade", "upgrade what can be upgraded without removals"],
  ["full-upgrade", "upgrade everything, also when packages have to go"], ["forget-new", "no package counts as new any longer"], ["search", "find packages by a pattern"], ["show", "tell about packages"], ["versions", "list the versions of packages"], ["clean", "delete the downloaded packages"], ["autoclean", "delete downloaded packages that no mirror has any more"],
  ["changelog", "show the changes of a package"], ["download", "download packages into the working directory"], ["source", "download the source of packages"], ["build-dep", "install what building a package needs"], ["why", "tell why a package is there or should be"], ["why-not", "tell what stands against a package"],
  ["add-user-tag", "give packages a tag"], ["remove-user-tag", "take a tag from packages"],
];

const options = [
  flag(["-h", "--help"], "show this help"), flag(["-s", "--simulate"], "only say what would be done"), flag(["-d", "--download-only"], "only download"), flag(["-P", "--prompt"], "always ask before doing something"), flag(["-y", "--assume-yes"], "answer yes to simple questions"),
  text(["-F", "--display-format"], "FORMAT", "columns of search and versions"), text(["-O", "--sort"], "ORDER", "sort by name, installsize, debsize; with ~ the other way round"), text(["-w", "--width"], "WIDTH", "width of a line"), flag(["-f"], "mend broken dependencies"), flag(["-V", "--show-versions"], "show the versions of what is installed"),
  flag(["-D", "--show-deps"], "show what asks for a package"), flag(["-Z"], "show how sizes change"), flag(["-v", "--verbose"], "say more; may be given several times"), text(["-t", "--target-release"], "RELEASE", "prefer the versions of a release"), flag(["-q", "--quiet"], "show no progress"), text(["-o"], "NAME=VALUE", "set an option of apt.conf(5)"),
  flag(["-r", "--with-recommends"], "install recommended packages"), flag(["-R", "--without-recommends"], "install no recommended packages"), flag(["--disable-columns"], "do not line up columns"), flag(["--purge-unused"], "remove the configuration of unused packages too"), text(["--group-by"], "HOW", "how versions are grouped"), flag(["--version"], "show the version"),
];
const WITH_VALUE = new Map(options.filter((one) => one.argument !== undefined).flatMap((one) => one.names.map((name) => [name, one.names[0] ?? name] as const)));
const FLAGS = new Map(options.filter((one) => one.argument === undefined).flatMap((one) => one.names.map((name) => [name, one.names[0] ?? name] as const)));

interface Line {
  readonly flags: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, string>;
  readonly settings: readonly string[];
  readonly words: readonly string[];
  /** "unrecognized option '--foo'" */
  readonly fault: string | undefined;
}

function readWords(args: readonly string[]): Line {
  const flags = new Map<string, number>();
  const values = new Map<string, string>();
  const settings: string[] = [];
  const words: string[] = [];
  let fault: string | undefined;
  const give = (name: string, value: string | undefined): void => {
    if (value === undefined) fault ??= name.startsWith("--") ? `option '${name}' requires an argument` : `option requires an argument -- '${name.slice(1)}'`;
    else if (name === "-o") settings.push(value);
    else values.set(WITH_VALUE.get(name) ?? name, value);
  };
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    if (word === "--") {
      words.push(...args.slice(at + 1));
      break;
    }
    if (word.startsWith("--")) {
      const equals = word.indexOf("=");
      const name = equals < 0 ? word : word.slice(0, equals);
      const found = [...WITH_VALUE.keys(), ...FLAGS.keys()].filter((one) => one === name || (one.startsWith(name) && name.length > 3));
      const exact = found.find((one) => one === name) ?? (found.length === 1 ? found[0] : undefined);
      if (exact === undefined) fault ??= `unrecognized option '${word}'`;
      else if (WITH_VALUE.has(exact)) give(exact, equals < 0 ? args[++at] : word.slice(equals + 1));
      else flags.set(FLAGS.get(exact) ?? exact, (flags.get(FLAGS.get(exact) ?? exact) ?? 0) + 1);
    } else if (word.startsWith("-") && word !== "-") {
      for (let letter = 1; letter < word.length; letter++) {
        const name = `-${word.charAt(letter)}`;
        if (WITH_VALUE.has(name)) {
          give(name, word.slice(letter + 1) || args[++at]);
          break;
        }
        if (!FLAGS.has(name)) fault ??= `invalid option -- '${name.slice(1)}'`;
        flags.set(name, (flags.get(name) ?? 0) + 1);
      }
    } else words.push(word);
  }
  return { flags, values, settings, words, fault };
}

/** apt's own update, with aptitude's way of counting. */
function* fetchLists(sys: Sys, apt: AptOptions): Blocking<number> {
  const [readEnd, writeEnd] = sys.pipe();
  const pid = sys.fork(function* (child) {
    child.dup2(writeEnd, 1);
    child.close(readEnd);
    child.close(writeEnd);
    return yield* update(child, { ...apt, friendly: false });
  });
  sys.close(writeEnd);
  let rest = "";
  for (;;) {
    const bytes = yield* sys.read(readEnd, 65_536);
    rest += decode(bytes);
    const end = bytes.length === 0 ? rest.length : rest.lastIndexOf("\n") + 1;
    const lines = rest.slice(0, end).split("\n").filter((line) => line !== "" && !line.startsWith("Reading package lists"));
    rest = rest.slice(end);
    for (const line of lines) yield* put(sys, `${line.replace(/^Get:/, "Get: ").replace(/^(Hit|Ign|Err):\d+/, "$1")}\n`);
    if (bytes.length === 0) break;
  }
  sys.close(readEnd);
  const waited = yield* sys.waitpid(pid);
  const status = waited?.status.kind === "exited" ? waited.status.status : 1;
  yield* reading(sys, undefined, true, apt.quiet);
  return status === 0 ? 0 : FAILED;
}

const MOO = ["There are no Easter Eggs in this program.", "There really are no Easter Eggs in this program.", "Didn't I already tell you that there are no Easter Eggs in this program?", "Stop it!", "Okay, okay, if I give you an Easter Egg, will you go away?", "All right, you win.\n\n                               /----\\\n                       -------/      \\\n                      /               \\\n                     /                |\n   -----------------/                  --------\\\n   ----------------------------------------------"];

const declaration = {
  name: "aptitude", summary: "manage packages, with search patterns and reasons", manSection: 8, synopsis: ["[OPTION]... ACTION [ARGUMENT]..."], operands: "packages", options,
  description: ["Search patterns are made of terms: ~n NAME, ~d DESCRIPTION, ~i (installed), ~c (configuration files left), ~U (upgradable), ~g (unused), ~M (automatic), ~o (on no mirror), ~s SECTION, ~p PRIORITY, ~V VERSION, ~D NAME (depends on), ~R NAME (needed by), ~P NAME (provides), ! (not), | (or), or their long forms such as ?name(NAME).", "A name with + - _ = or : behind it is installed, removed, purged, held or kept, whatever the action is."],
  subcommands: ACTIONS.map(([name, summary]) => ({ name, summary, synopsis: ["[ARGUMENT]..."], options: [] })), seeAlso: ["apt(8)", "apt-get(8)", "apt-cache(8)", "dpkg(1)"],
} as const;

export default program(declaration, function* (sys, argv, io: Io) {
  return yield* readingSources(sys, false, () => run(sys, argv, io));
});

function* run(sys: Sys, argv: readonly string[], io: Io): Blocking<number> {
  const line = readWords(argv.slice(1));
  const has = (name: string): boolean => line.flags.has(name);
  const usage = (): string => `aptitude 0.8.13\n${helpText(declaration, "aptitude", io.helpDomain)}\n${ACTIONS.map(([name, help]) => ` ${name.padEnd(15)} ${io.word(help)}\n`).join("")}\n${io.word("This aptitude does not have Super Cow Powers.")}\n`;
  if (line.fault !== undefined) {
    yield* io.stderr(`aptitude: ${line.fault}\n`);
    io.out.put(usage());
    return 1;
  }
  if (has("-h")) {
    io.out.put(usage());
    return 0;
  }
  if (has("--version")) {
    io.out.put(VERSION);
    return 0;
  }
  const [action, ...words] = line.words;
  if (action === undefined) {
    yield* io.stderr("aptitude: the full-screen interface is not simulated; see aptitude --help for what it does with an action\n");
    return 1;
  }
  const release = line.values.get("-t");
  const parsed = yield* parse(sys, [...line.settings.flatMap((one) => ["-o", one]), ...(release === undefined ? [] : ["-t", release])], "aptitude");
  if (parsed.fault !== undefined) {
    yield* io.stderr(`E: ${parsed.fault}\n`);
    return FAILED;
  }
  const apt: AptOptions = {
    ...parsed.options, yes: has("-y"), simulate: has("-s"), downloadOnly: has("-d"), fixBroken: has("-f"), friendly: false, quiet: Math.max(line.flags.get("-q") ?? 0, 0), recommends: has("-R") ? false : has("-r") || parsed.options.recommends, changeHeld: true, downgrades: true,
  };
  const terminal = isTerminal(sys, 1);
  const given = line.values.get("-w");
  const width = given !== undefined ? Number(given) : terminal ? sys.getWindowSize(1).cols : undefined;
  const style: ActionStyle = { alwaysAsks: has("-P"), versions: has("-V"), sizes: has("-Z"), width: terminal ? width : undefined };
  const order = line.values.get("-O") ?? "name";
  const how: LookUp = { format: line.values.get("-F"), width: has("--disable-columns") ? undefined : width, descending: order.startsWith("~"), sortBy: order.replace(/^~/, ""), verbose: line.flags.get("-v") ?? 0 };
  const command = ["aptitude", ...argv.slice(1)].join(" ");
  switch (action) {
    case "install":
    case "remove":
    case "purge":
    case "reinstall":
    case "hold":
    case "unhold":
    case "markauto":
    case "unmarkauto":
    case "forbid-version":
    case "keep":
      return yield* act(sys, apt, style, action satisfies Action, words, command);
    case "keep-all":
      return yield* act(sys, apt, style, "keep", [], command);
    case "safe-upgrade":
    case "upgrade":
      return yield* upgradeAll(sys, apt, style, false, command);
    case "full-upgrade":
    case "dist-upgrade":
      return yield* upgradeAll(sys, apt, style, true, command);
    case "update":
      return yield* fetchLists(sys, apt);
    case "clean":
      return (yield* clean(sys, { ...apt, quiet: 2 }, false)) === 0 ? 0 : FAILED;
    case "autoclean": {
      yield* reading(sys, yield* Universe.read(sys, apt), !apt.simulate, apt.quiet);
      const status = yield* clean(sys, { ...apt, quiet: 2 }, true);
      if (status === 0) yield* put(sys, "Freed 0 B of disk space\n");
      return status === 0 ? 0 : FAILED;
    }
    case "forget-new":
      yield* reading(sys, yield* Universe.read(sys, apt), !apt.simulate, apt.quiet);
      return 0;
    case "download":
      return yield* download(sys, apt, words);
    case "changelog":
    case "source":
    case "showsrc":
      return yield* sys.exec("/usr/bin/apt", ["apt", action, ...words], sys.environment);
    case "build-dep":
      return yield* sys.exec("/usr/bin/apt-get", ["apt-get", "build-dep", ...words], sys.environment);
    case "add-user-tag":
    case "remove-user-tag":
      return yield* tag(sys, apt, words, action === "add-user-tag");
    case "moo":
      io.out.put(`${MOO[Math.min(how.verbose, MOO.length - 1)] ?? ""}\n`);
      return 0;
    default:
      break;
  }
  switch (action) {
    case "search": return yield* search(sys, yield* Universe.read(sys, apt), words, how);
    case "show": return yield* show(sys, yield* Universe.read(sys, apt), words, { ...how, width: terminal ? width : undefined });
    case "versions": return yield* versions(sys, yield* Universe.read(sys, apt), words, how);
    case "why":
    case "why-not": return yield* why(sys, yield* Universe.read(sys, apt), words, action === "why-not");
    default:
      yield* io.stderr(`Unknown command "${action}"\n`);
      io.out.put(usage());
      return 1;
  }
}
