// apt-file 3.3: whose a file is, also of packages that are not installed. It reads the Contents files that apt update leaves below /var/lib/apt/lists.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { BadArchive, readDeb } from "../dpkg/_deb.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { helpText } from "../kit/help-text.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";

const LISTS = "/var/lib/apt/lists";

const options = [
  flag(["-F", "--fixed-string"], "the pattern is a whole path or name"), flag(["-D", "--from-deb"], "search the files of a package's archive"), flag(["-f", "--from-file"], "read patterns from files"), flag(["-i", "--ignore-case"], "capitals and small letters are the same"), flag(["-x", "--regexp"], "the word searched for is a regular expression"), flag(["--substring-match"], "the pattern is a part of a path"),
  text(["-a", "--architecture"], "ARCH", "files of this architecture"), text(["-I", "--index-names"], "NAMES", "search these indexes (deb)"), text(["--filter-suites"], "SUITES", "search these suites only"), text(["--filter-origins"], "ORIGINS", "search what these origins have"), text(["-c", "--config"], "FILE", "read one more configuration file"), text(["-o", "--option"], "NAME=VALUE", "set an option of apt.conf(5)"),
  flag(["-l", "--package-only"], "names of packages, no paths"), flag(["--stream-results"], "show what is found at once"), flag(["-v", "--verbose"], "say more"), flag(["-h", "--help"], "show this help"),
];
const declaration = {
  name: "apt-file", summary: "search for files in packages, installed or not", synopsis: ["[OPTION]... search PATTERN", "[OPTION]... list PATTERN", "update"], operands: "packages", options,
  description: ["The lists of files come with apt update; they must be there before something can be searched."],
  subcommands: [["search", "whose files have the pattern in their path"], ["find", "the same as search"], ["list", "the files of packages"], ["show", "the same as list"], ["list-indices", "what can be searched"], ["update", "fetch the lists of files"]].map(([name = "", summary = ""]) => ({ name, summary, synopsis: ["[PATTERN]"], options: [] })), seeAlso: ["apt(8)", "dpkg(1)"],
} as const;

interface Row {
  readonly path: string;
  readonly packages: readonly string[];
}

function* contentFiles(sys: Sys, suites: readonly string[]): Blocking<readonly string[]> {
  try {
    return sys.readdir(LISTS).map(({ name }) => name).filter((name) => name.endsWith("_Contents-amd64") && (suites.length === 0 || suites.some((suite) => name.includes(`_dists_${suite}_`)))).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return [];
  }
}

function* rowsOf(sys: Sys, files: readonly string[]): Blocking<readonly Row[]> {
  const rows: Row[] = [];
  for (const file of files) {
    for (const line of (yield* readFile(sys, `${LISTS}/${file}`)).split("\n")) {
      const gap = line.lastIndexOf(" ");
      if (gap < 0) continue;
      if (sys.charge(1)) yield* sys.preempt();
      rows.push({ path: `/${line.slice(0, gap).trimEnd()}`, packages: line.slice(gap + 1).split(",").map((one) => one.slice(one.lastIndexOf("/") + 1)) });
    }
  }
  return rows;
}

type Test = (value: string) => boolean;

/** Errors: RegexSyntaxError. */
function testOf(pattern: string, how: { readonly regexp: boolean; readonly fixed: boolean; readonly ignoreCase: boolean; readonly whole: boolean }): Test {
  if (how.regexp) {
    const regex = compileRegex(pattern, { syntax: "ere", ignoreCase: how.ignoreCase });
    return (value) => regex.test(value);
  }
  const folded = (value: string): string => (how.ignoreCase ? value.toLowerCase() : value);
  const wanted = folded(pattern);
  if (!how.fixed && /[*?]/.test(pattern)) {
    const matches = compileFnmatch(how.whole ? wanted : `*${wanted}*`);
    return (value) => matches(folded(value));
  }
  return how.fixed || how.whole ? (value) => folded(value) === wanted : (value) => folded(value).includes(wanted);
}

export default program(declaration, function* (sys, argv, io: Io) {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const words: string[] = [];
  const args = argv.slice(1);
  const usage = (): string => `\n${helpText(declaration, "apt-file", io.helpDomain)}`;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      words.push(word);
      continue;
    }
    if (word === "--") {
      words.push(...args.slice(at + 1));
      break;
    }
    const names = word.startsWith("--") ? [word.replace(/=.*/, "")] : [...word.slice(1)].map((letter) => `-${letter}`);
    for (const [place, name] of names.entries()) {
      const known = options.find((option) => option.names.some((one) => one === name || (name.startsWith("--") && name.length > 4 && one.startsWith(name))));
      if (known === undefined) {
        yield* io.stderr(`Unknown option: ${name.replace(/^-+/, "")}\n${usage()}`);
        return 2;
      }
      const key = known.names[0] ?? name;
      if (known.argument === undefined) flags.add(key);
      else {
        values.set(key, word.includes("=") ? word.slice(word.indexOf("=") + 1) : names.length > place + 1 ? word.slice(place + 2) : (args[++at] ?? ""));
        break;
      }
    }
  }
  if (flags.has("-h")) {
    io.out.put(usage());
    return 0;
  }
  const [action = "", ...given] = words;
  switch (action) {
    case "update": return yield* sys.exec("/usr/bin/apt-get", ["apt-get", "update"], sys.environment);
    case "list-indices":
      io.out.put("deb\n");
      return 0;
    case "search":
    case "find":
    case "list":
    case "show": break;
    default:
      yield* io.stderr(usage());
      return 2;
  }
  if (given.length === 0) {
    yield* io.stderr(usage());
    return 2;
  }
  const files = yield* contentFiles(sys, (values.get("--filter-suites") ?? "").split(",").filter((one) => one !== ""));
  if (files.length === 0) {
    yield* io.stderr('E: The cache is empty. You need to run "apt-file update" first.\n');
    return 3;
  }
  const lists = action === "list" || action === "show";
  const tests: Test[] = [];
  try {
    for (const word of given) {
      if (flags.has("-D")) {
        const deb = yield* readDeb(sys, word);
        const paths = new Set(deb.data.filter((entry) => entry.kind !== "directory").map((entry) => `/${entry.name.replace(/^\.?\//, "")}`));
        tests.push((value) => paths.has(value));
        continue;
      }
      const patterns = flags.has("-f") ? (yield* readFile(sys, word)).split("\n").filter((one) => one !== "") : [word];
      for (const pattern of patterns) tests.push(testOf(pattern, { regexp: flags.has("-x"), fixed: flags.has("-F"), ignoreCase: flags.has("-i"), whole: lists }));
    }
  } catch (error) {
    if (error instanceof RegexSyntaxError) {
      yield* io.stderr(`E: ${error.message}\n`);
      return 2;
    }
    if (!(error instanceof SysError || error instanceof BadArchive)) throw error;
    yield* io.stderr(`E: Couldn't get contents from ${given[0] ?? ""}\n`);
    return 2;
  }
  const found = new Set<string>();
  for (const row of yield* rowsOf(sys, files)) {
    if (sys.charge(2)) yield* sys.preempt();
    for (const name of row.packages) if (tests.some((test) => test(lists ? name : row.path))) found.add(flags.has("-l") ? name : `${name}: ${row.path}`);
  }
  for (const line of [...found].sort()) yield* io.out.print(`${line}\n`);
  return found.size === 0 ? 1 : 0;
});
