// rpm 4.18 on Debian: asks packages and its own (at first empty) database, and installs and erases, after the warning of Debian's rpm (rpm(8)).
import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { Md5 } from "../kit/digest/md5.ts";
import { Sha256 } from "../kit/digest/sha256.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { flag, text } from "../kit/option.ts";
import { nameExists } from "../kit/presence.ts";
import { type Io, program } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { readAll } from "../rpm2cpio/_read-all.ts";
import { parseRpm, type RpmFile, type RpmHeader, signatureMd5, signatureSha256, TAG } from "../rpm2cpio/_rpm-file.ts";
import { type Installed, readDatabase, writeDatabase } from "./_database.ts";
import { BadFormat, formatQuery, queryTags } from "./_query-format.ts";
import { CONFIG, dependencies, DOC, removeFiles, runScript, unpackFiles, unsatisfied, verifyFiles } from "./_transaction.ts";

const VALUES = new Set(["--queryformat", "--qf", "--root", "--dbpath", "-E", "--eval", "--import", "-r", "-D", "--define", "--prefix", "--import"]);
const LONG = new Map([["--query", "q"], ["--all", "a"], ["--file", "f"], ["--package", "p"], ["--info", "i"], ["--list", "l"], ["--configfiles", "c"], ["--docfiles", "d"], ["--requires", "R"], ["--state", "s"], ["--verify", "V"], ["--install", "I"], ["--upgrade", "U"], ["--freshen", "F"], ["--erase", "e"], ["--checksig", "K"], ["--verbose", "v"], ["--hash", "h"]]);
const FLAGS = new Set("--provides --scripts --changelog --last --whatprovides --whatrequires --nodeps --force --replacepkgs --replacefiles --oldpackage --noscripts --test --quiet --percent --justdb --nosignature --nodigest --excludedocs --initdb --rebuilddb --querytags --showrc --filesbypkg --dump --nofiles --allmatches".split(" "));

const usage = "Usage: rpm [-afgpqlsiv?] [-a|--all] [-f|--file] [-p|--package] [-q|--query] [-i|--info] [-l|--list] [-c|--configfiles]\n        [-d|--docfiles] [-R|--requires] [--provides] [--scripts] [--changelog] [--last] [--queryformat=QUERYFORMAT]\n        [-V|--verify] [-i|--install] [-U|--upgrade] [-F|--freshen] [-e|--erase] [-v|--verbose] [-h|--hash] [--nodeps]\n        [--force] [--noscripts] [--test] [--root=ROOT] [--dbpath=DIRECTORY] [-K|--checksig] [-E|--eval='EXPR'] [--version]\n";
const copyright = "RPM version 4.18.0\nCopyright (C) 1998-2002 - Red Hat, Inc.\nThis program may be freely redistributed under the terms of the GNU GPL\n\n";
const DEBIAN = "rpm: RPM should not be used directly install RPM packages, use Alien instead!\nrpm: However assuming you know what you are doing...\n";

interface Call {
  readonly given: ReadonlySet<string>;
  readonly words: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

interface Chosen {
  readonly header: RpmHeader;
  readonly time: number | undefined;
}

function parse(args: readonly string[]): Call | { readonly wrong: string } {
  const given = new Set<string>();
  const words: string[] = [];
  const values = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    if (!word.startsWith("-") || word === "-") words.push(word);
    else if (word.startsWith("--") || VALUES.has(word)) {
      const [name = "", value] = word.includes("=") ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word];
      const short = LONG.get(name);
      if (VALUES.has(name)) values.set(name === "--qf" ? "--queryformat" : name === "-E" ? "--eval" : name === "-r" ? "--root" : name, value ?? args[++at] ?? "");
      else if (short !== undefined) given.add(short);
      else if (FLAGS.has(name) || name === "--version" || name === "--help") given.add(name);
      else return { wrong: word };
    } else {
      for (const letter of word.slice(1)) {
        if (!"qafpilcdRsVUFeKvh?".includes(letter)) return { wrong: word };
        given.add(letter);
      }
    }
  }
  return { given, words, values };
}

function* openPackage(sys: Sys, name: string): Blocking<RpmFile | string> {
  try {
    const fd = yield* sys.open(name, O.RDONLY);
    const file = parseRpm(yield* readAll(sys, fd));
    sys.close(fd);
    return file ?? `error: ${name}: not an rpm package (or package manifest)`;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return `error: open of ${name} failed: ${error.message}`;
  }
}

const infoFields = (header: RpmHeader, time: string | undefined, date: (seconds: number) => string): string => {
  const one = (tag: number): string | undefined => header.text(tag);
  const rows: readonly (readonly [string, string | undefined])[] = [["Name", one(TAG.NAME)], ["Epoch", one(TAG.EPOCH)], ["Version", one(TAG.VERSION)], ["Release", one(TAG.RELEASE)], ["Architecture", one(TAG.ARCH)], ["Install Date", time ?? "(not installed)"], ["Group", one(TAG.GROUP) ?? "Unspecified"], ["Size", one(TAG.SIZE)], ["License", one(TAG.LICENSE)], ["Signature", "(none)"], ["Source RPM", one(TAG.SOURCERPM)], ["Build Date", date(header.numbers(TAG.BUILDTIME)[0] ?? 0)], ["Build Host", one(TAG.BUILDHOST)], ["Packager", one(TAG.PACKAGER)], ["Vendor", one(TAG.VENDOR)], ["URL", one(TAG.URL)], ["Summary", one(TAG.SUMMARY)]];
  return `${rows.filter(([, value]) => value !== undefined).map(([name, value]) => `${name.padEnd(12)}: ${value ?? ""}\n`).join("")}Description :\n${one(TAG.DESCRIPTION) ?? ""}\n`;
};

function show(io: Io, { given, values }: Call, { header, time }: Chosen, zone: Zone, accounts: (at: number) => string): void {
  const date = (seconds: number): string => strftime("%a %b %e %H:%M:%S %Y", civilAt(zone, seconds));
  const format = values.get("--queryformat");
  if (format !== undefined) {
    io.out.put(formatQuery(format, header, zone, time));
    return;
  }
  let said = false;
  if (given.has("i")) {
    said = true;
    io.out.put(infoFields(header, time === undefined ? undefined : date(time), date));
  }
  if (given.has("--changelog")) {
    said = true;
    const [names, texts] = [header.strings(TAG.CHANGELOGNAME), header.strings(TAG.CHANGELOGTEXT)];
    for (const [at, seconds] of header.numbers(TAG.CHANGELOGTIME).entries()) io.out.put(`* ${strftime("%a %b %d %Y", civilAt(zone, seconds))} ${names[at] ?? ""}\n${texts[at] ?? ""}\n\n`);
  }
  if (given.has("--provides")) {
    said = true;
    io.out.put(dependencies(header, "provide").map((line) => `${line}\n`).join(""));
  }
  if (given.has("R")) {
    said = true;
    io.out.put(dependencies(header, "require").map((line) => `${line}\n`).join(""));
  }
  if (given.has("--scripts")) {
    said = true;
    for (const [tag, name] of [[TAG.PREIN, "preinstall"], [TAG.POSTIN, "postinstall"], [TAG.PREUN, "preuninstall"], [TAG.POSTUN, "postuninstall"]] as const) if (header.text(tag) !== undefined) io.out.put(`${name} scriptlet (using /bin/sh):\n${header.text(tag) ?? ""}\n`);
  }
  if (["l", "c", "d", "s"].some((letter) => given.has(letter))) {
    said = true;
    const flags = header.numbers(TAG.FILEFLAGS);
    const names = header.fileNames;
    if (names.length === 0) io.out.put("(contains no files)\n");
    for (const [at, name] of names.entries()) {
      const own = flags[at] ?? 0;
      if (!given.has("l") && !given.has("s") && !((given.has("c") && own & CONFIG) || (given.has("d") && own & DOC))) continue;
      io.out.put(given.has("v") ? `${accounts(at)} ${name}\n` : `${given.has("s") ? "normal        " : ""}${name}\n`);
    }
  }
  if (!said) io.out.put(given.has("--last") && time !== undefined ? `${header.nvra.padEnd(45)} ${date(time)}\n` : `${header.nvra}\n`);
}

function longListing(header: RpmHeader, zone: Zone, at: number): string {
  const mode = header.numbers(TAG.FILEMODES)[at] ?? 0;
  const kind = (mode & S.IFMT) === S.IFDIR ? "d" : (mode & S.IFMT) === S.IFLNK ? "l" : "-";
  const bits = [..."rwxrwxrwx"].map((letter, bit) => (mode & (1 << (8 - bit)) ? letter : "-")).join("");
  return `${kind}${bits} ${"1".padStart(4)} ${(header.strings(TAG.FILEUSERNAME)[at] ?? "").padEnd(8)} ${(header.strings(TAG.FILEGROUPNAME)[at] ?? "").padEnd(8)} ${String(header.numbers(TAG.FILESIZES)[at] ?? 0).padStart(20)} ${strftime("%b %e %H:%M", civilAt(zone, header.numbers(TAG.FILEMTIMES)[at] ?? 0))}`;
}

function* checkSignatures(io: Io, names: readonly string[], verbose: boolean): Blocking<number> {
  let status = 0;
  for (const name of names) {
    const file = yield* openPackage(io.sys, name);
    if (typeof file === "string") {
      yield* io.stderr(`${file.startsWith("error: open") ? file.replace(/^error: open of (.*) failed: /, "error: $1: open failed: ") : `error: ${name}: not an rpm package`}\n`);
      status = 1;
      continue;
    }
    const whole = new Md5();
    whole.update(file.headerBytes);
    whole.update(file.payload);
    const head = new Sha256();
    head.update(file.headerBytes);
    const body = new Sha256();
    body.update(file.payload);
    const [md5, sha256, payload] = [signatureMd5(file), signatureSha256(file), file.header.text(TAG.PAYLOADDIGEST)];
    const checks = [["Header SHA256 digest", sha256 === undefined || toHex(head.digest()) === sha256], ["Header SHA1 digest", true], ["Payload SHA256 digest", payload === undefined || toHex(body.digest()) === payload], ["MD5 digest", md5 === undefined || toHex(whole.digest()) === toHex(md5)]] as const;
    const good = checks.every(([, right]) => right);
    if (!good) status = 1;
    if (verbose) io.out.put(`${name}:\n${checks.map(([title, right]) => `    ${title}: ${right ? "OK" : "BAD"}\n`).join("")}`);
    else io.out.put(`${name}: ${good ? "digests OK" : "DIGESTS NOT OK"}\n`);
  }
  return status;
}

export default program(
  {
    name: "rpm", links: ["/usr/bin/rpmquery", "/usr/bin/rpmverify", "/usr/bin/rpmkeys"], manSection: 8, summary: "RPM Package Manager", synopsis: ["{-q|--query} [select-options] [query-options]", "{-V|--verify} [select-options]", "{-i|--install} [install-options] PACKAGE_FILE...", "{-U|--upgrade} [install-options] PACKAGE_FILE...", "{-e|--erase} [erase-options] PACKAGE_NAME...", "{-K|--checksig} PACKAGE_FILE..."], operands: "files", showsHelp: true,
    options: [flag(["-q", "--query"], "ask about packages"), flag(["-a", "--all"], "all installed packages"), flag(["-f", "--file"], "which package the file came from"), flag(["-p", "--package"], "a package that is a file"), flag(["-i", "--info"], "with -q: its facts; else install"), flag(["-l", "--list"], "its files"), flag(["-c", "--configfiles"], "its configuration files"), flag(["-d", "--docfiles"], "its documentation"), flag(["-R", "--requires"], "what it needs"), flag(["--provides"], "what it gives"), flag(["--scripts"], "its scripts"), flag(["--changelog"], "its changes"), flag(["--last"], "by time of installation"), flag(["--whatprovides"], "packages that give it"), flag(["--whatrequires"], "packages that need it"), text(["--queryformat", "--qf"], "FORMAT", "what to show"), flag(["-V", "--verify"], "compare files with the package"), flag(["-U", "--upgrade"], "install or upgrade"), flag(["-F", "--freshen"], "upgrade what is installed"), flag(["-e", "--erase"], "remove"), flag(["-v", "--verbose"], "say more"), flag(["-h", "--hash"], "show progress"), flag(["--nodeps"], "do not ask for dependencies"), flag(["--force"], "also over what is there"), flag(["--noscripts"], "run no scripts"), flag(["--test"], "only check"), text(["--root"], "ROOT", "another root directory"), text(["--dbpath"], "DIRECTORY", "another database"), flag(["-K", "--checksig"], "check digests"), text(["--eval"], "EXPR", "show what a macro means"), flag(["--querytags"], "show the tags of --queryformat"), flag(["--version"], "show the version")],
    description: ["Debian's own packages are dpkg's: the database of rpm is empty there, and is kept in the home directory (rpm --eval %_dbpath). rpm -qp asks a package that is a file."],
    seeAlso: ["rpm2cpio(8)", "dpkg(1)", "alien(1)"],
  },
  function* (sys, argv, io: Io) {
    const name = (argv[0] ?? "rpm").replace(/^.*\//, "");
    const call = parse([...(name === "rpmquery" ? ["-q"] : name === "rpmverify" ? ["-V"] : []), ...argv.slice(1)]);
    if ("wrong" in call) {
      yield* io.stderr(`${name}: ${call.wrong}: unknown option\n`);
      return 1;
    }
    const { given, words, values } = call;
    if (given.has("--version")) {
      io.out.put("RPM version 4.18.0\n");
      return 0;
    }
    const root = (values.get("--root") ?? "").replace(/\/+$/, "");
    const home = sys.environment.get("HOME") ?? "";
    const database = values.has("--dbpath") ? `${root}${values.get("--dbpath") ?? ""}` : `${root}${home}/.rpmdb`;
    const expression = values.get("--eval");
    if (expression !== undefined) {
      io.out.put(`${expression.replace(/%\{?(\w+)\}?/g, (whole, macro: string) => ({ _dbpath: `${home}/.rpmdb`, _arch: "x86_64", _bindir: "/usr/bin", _sysconfdir: "/etc", _topdir: `${home}/rpmbuild`, _prefix: "/usr", _libdir: "/usr/lib", _var: "/var" } as const)[macro as "_arch"] ?? whole)}\n`);
      return 0;
    }
    if (given.has("--querytags")) {
      io.out.put(queryTags().map((tag) => `${tag}\n`).join(""));
      return 0;
    }
    if (given.has("--initdb") || given.has("--rebuilddb")) {
      yield* writeDatabase(sys, database, yield* readDatabase(sys, database));
      return 0;
    }
    const zone = yield* readZone(sys);
    const say = (line: string): Blocking<void> => io.stderr(`${line}\n`);
    if (given.has("K") || (name === "rpmkeys" && words.length > 0)) return yield* checkSignatures(io, words, given.has("v"));

    if (given.has("q") || given.has("V")) {
      const verify = given.has("V") && !given.has("q");
      const installed = yield* readDatabase(sys, database);
      const chosen: Chosen[] = [];
      let failed = 0;
      const add = (ones: readonly Installed[]): void => void chosen.push(...ones.map(({ header, time }) => ({ header, time })));
      if (given.has("a")) {
        const patterns = words.map((word) => compileFnmatch(word));
        add(installed.filter(({ header }) => patterns.length === 0 || patterns.some((fits) => fits(header.text(TAG.NAME) ?? "") || fits(header.nvra))));
      } else if (words.length === 0) {
        yield* say(`${name}: no arguments given for ${verify ? "verify" : "query"}`);
        return 1;
      } else for (const word of words) {
        if (given.has("p")) {
          const file = yield* openPackage(sys, word);
          if (typeof file === "string") {
            yield* say(file);
            failed++;
          } else chosen.push({ header: file.header, time: undefined });
          continue;
        }
        let found: readonly Installed[];
        let missing = `package ${word} is not installed`;
        if (given.has("f")) {
          const path = word.startsWith("/") ? word : `${sys.getcwd().replace(/\/$/, "")}/${word}`;
          found = installed.filter(({ header }) => header.fileNames.includes(path));
          missing = `file ${path} is not owned by any package`;
          if (found.length === 0 && !nameExists(sys, `${root}${path}`)) {
            yield* say(`error: file ${path}: No such file or directory`);
            failed++;
            continue;
          }
        } else if (given.has("--whatprovides")) {
          found = installed.filter(({ header }) => header.strings(TAG.PROVIDENAME).includes(word) || header.fileNames.includes(word));
          missing = `no package provides ${word}`;
        } else if (given.has("--whatrequires")) {
          found = installed.filter(({ header }) => header.strings(TAG.REQUIRENAME).includes(word));
          missing = `no package requires ${word}`;
        } else found = installed.filter(({ header }) => [header.text(TAG.NAME), header.nvr, header.nvra].includes(word));
        if (found.length === 0) {
          io.out.put(`${missing}\n`);
          failed++;
        }
        add(found);
      }
      try {
        for (const one of given.has("--last") ? [...chosen].sort((a, b) => (b.time ?? 0) - (a.time ?? 0)) : chosen) {
          if (sys.charge(20)) yield* sys.preempt();
          if (!verify) {
            show(io, call, one, zone, (at) => longListing(one.header, zone, at));
            continue;
          }
          const needs = given.has("--nodeps") ? [] : unsatisfied(one.header, installed.map(({ header }) => header));
          if (needs.length > 0) io.out.put(`Unsatisfied dependencies for ${one.header.nvra}:\n${needs.map((need) => `\t${need} is needed by ${one.time === undefined ? "" : "(installed) "}${one.header.nvra}\n`).join("")}`);
          const lines = given.has("--nofiles") ? [] : yield* verifyFiles(sys, one.header, root);
          io.out.put(lines.map((line) => `${line}\n`).join(""));
          if (needs.length + lines.length > 0) failed = 1;
        }
      } catch (error) {
        if (!(error instanceof BadFormat)) throw error;
        yield* say(`error: ${error.message}`);
        return 1;
      }
      return Math.min(failed, 254);
    }

    const erase = given.has("e");
    const upgrade = given.has("U") || given.has("F");
    if (!erase && !upgrade && !given.has("i") && !given.has("I")) {
      yield* io.stderr(copyright + usage);
      return 1;
    }
    yield* io.stderr(DEBIAN);
    if (words.length === 0) {
      yield* say(`rpm: no packages given for ${erase ? "erase" : "install"}`);
      return 1;
    }
    const installed = [...(yield* readDatabase(sys, database))];
    const tty = sys.isatty(1);
    const progress = function* (title: string): Blocking<void> {
      if (!given.has("h")) return;
      yield* io.out.print(tty ? `${title.padEnd(38)}${"#".repeat(33)} [100%]\n` : `${title.padEnd(38)}${"#".repeat(40)}\n`);
      yield* io.out.flush();
    };
    const heading = function* (text: string): Blocking<void> {
      if (given.has("h")) yield* io.out.print(`${text}\n`);
    };
    const errorText = (error: unknown): string => {
      if (!(error instanceof SysError)) throw error;
      return error.message;
    };
    if (erase) {
      const going: Installed[] = [];
      for (const word of words) {
        const found = installed.filter(({ header }) => [header.text(TAG.NAME), header.nvr, header.nvra].includes(word));
        if (found.length === 0) {
          yield* say(`error: package ${word} is not installed`);
          return 1;
        }
        going.push(...found);
      }
      const staying = installed.filter((one) => !going.includes(one));
      if (!given.has("--nodeps")) {
        const broken = staying.flatMap(({ header }) => unsatisfied(header, staying.map((one) => one.header)).filter((need) => !unsatisfied(header, installed.map((one) => one.header)).includes(need)).map((need) => `\t${need} is needed by (installed) ${header.nvra}`));
        if (broken.length > 0) {
          yield* say(`error: Failed dependencies:\n${broken.join("\n")}`);
          return 1;
        }
      }
      if (given.has("--test")) return 0;
      yield* progress("Preparing...");
      if (given.has("v") && !given.has("h")) yield* io.out.print("Preparing packages...\n");
      yield* heading("Cleaning up / removing...");
      for (const [at, { header }] of going.entries()) {
        if (given.has("v") && !given.has("h")) yield* io.out.print(`${header.nvra}\n`);
        try {
          if (!given.has("--noscripts")) yield* runScript(sys, header.text(TAG.PREUN), 0);
          for (const warning of yield* removeFiles(sys, header, staying.map((one) => one.header), root)) yield* say(warning);
          if (!given.has("--noscripts")) yield* runScript(sys, header.text(TAG.POSTUN), 0);
        } catch (error) {
          yield* say(`error: ${errorText(error)}`);
          return 1;
        }
        yield* progress(`${tty ? `${String(at + 1).padStart(4)}:` : ""}${header.nvr}`);
      }
      yield* writeDatabase(sys, database, staying);
      return 0;
    }
    const coming: RpmFile[] = [];
    let unreadable = 0;
    for (const word of words) {
      const file = yield* openPackage(sys, word);
      if (typeof file === "string") {
        yield* say(file);
        unreadable++;
      } else if (!given.has("F") || installed.some(({ header }) => header.text(TAG.NAME) === file.header.text(TAG.NAME) && header.nvr !== file.header.nvr)) coming.push(file);
    }
    if (unreadable > 0) return unreadable;
    if (coming.length === 0) return 0;
    if (sys.getcred().euid !== 0 && !given.has("--test")) {
      yield* say(`error: can't create transaction lock on ${database}/.rpm.lock (Permission denied)`);
      return 1;
    }
    if (!given.has("--nodeps")) {
      const all = [...installed.map((one) => one.header), ...coming.map((one) => one.header)];
      const broken = coming.flatMap(({ header }) => unsatisfied(header, all).map((need) => `\t${need} is needed by ${header.nvra}`));
      if (broken.length > 0) {
        yield* say(`error: Failed dependencies:\n${broken.join("\n")}`);
        return coming.length;
      }
    }
    yield* progress("Verifying...");
    yield* progress("Preparing...");
    const force = given.has("--force") || given.has("--replacepkgs");
    const same = coming.filter(({ header }) => installed.some((one) => one.header.nvra === header.nvra));
    if (same.length > 0 && !force) {
      for (const { header } of same) yield* say(`\tpackage ${header.nvra} is already installed`);
      return upgrade ? 2 : 1;
    }
    if (given.has("--test")) return 0;
    if (given.has("v") && !given.has("h")) yield* io.out.print("Verifying packages...\nPreparing packages...\n");
    yield* heading("Updating / installing...");
    for (const [at, file] of coming.entries()) {
      const { header } = file;
      const former = installed.filter((one) => one.header.text(TAG.NAME) === header.text(TAG.NAME) && (upgrade || one.header.nvra === header.nvra));
      if (given.has("v") && !given.has("h")) yield* io.out.print(`${header.nvra}\n`);
      try {
        if (!given.has("--noscripts") && !(yield* runScript(sys, header.text(TAG.PREIN), former.length + 1))) {
          yield* say(`error: %prein(${header.nvra}) scriptlet failed, exit status 1\nerror: ${header.nvra}: install failed`);
          return 1;
        }
        for (const warning of yield* unpackFiles(sys, file, root)) yield* say(warning);
        yield* progress(`${tty ? `${String(at + 1).padStart(4)}:` : ""}${header.nvr}`);
        if (!given.has("--noscripts") && !(yield* runScript(sys, header.text(TAG.POSTIN), former.length + 1))) yield* say(`warning: %post(${header.nvra}) scriptlet failed, exit status 1`);
        for (const one of former) {
          installed.splice(installed.indexOf(one), 1);
          if (one.header.nvra !== header.nvra) for (const warning of yield* removeFiles(sys, one.header, [header], root)) yield* say(warning);
        }
      } catch (error) {
        yield* say(`error: unpacking of archive failed: ${errorText(error)}\nerror: ${header.nvra}: install failed`);
        return 1;
      }
      installed.push({ header, headerBytes: file.headerBytes, time: Math.floor(sys.clockUs("realtime") / 1e6) });
    }
    yield* writeDatabase(sys, database, installed);
    return 0;
  },
);
