// dpkg-deb: makes archives and looks into them. Its archives are not compressed: control.tar and data.tar as dpkg-deb -Znone makes them.

import { type Blocking, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { entryOf, packTree, TarDamaged, type TarEntry, unpackEntry, writeTar } from "../../daemons/docker/api/tar.ts";
import { parseParagraphs } from "../kit/debian/deb822.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { BadArchive, type Deb, packDeb, readDeb } from "./_deb.ts";

const USAGE = "\n\nType dpkg-deb --help for help about manipulating *.deb files;\nType dpkg --help for help about installing and deinstalling packages.";

function errnoText(error: SysError): string {
  return error.message;
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch {
    return false;
  }
}

/** Looks at DEBIAN/control as dpkg-deb does before it builds; the fields. */
function* controlOf(sys: Sys, io: Io, directory: string): Blocking<ReadonlyMap<string, string> | undefined> {
  const path = `${directory}/DEBIAN/control`;
  let content: string;
  try {
    sys.access(path, 4);
    content = yield* readFile(sys, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`dpkg-deb: error: failed to open package info file '${path}' for reading: ${errnoText(error)}\n`);
    return undefined;
  }
  if (content.trim() === "") {
    yield* io.stderr(`dpkg-deb: error: no package information in '${path}'\n`);
    return undefined;
  }
  const lines = content.split("\n");
  const name = (parseParagraphs(content)[0]?.get("Package") ?? "").toLowerCase();
  const whole = `parsing file '${path}' near line`;
  const of = name === "" ? "" : ` package '${name}'`;
  const bad = lines.findIndex((line, at) => line !== "" && !line.startsWith(" ") && !line.startsWith("\t") && !/^[^:\s]+:/.test(line) && at < lines.length);
  if (bad >= 0) {
    yield* io.stderr(`dpkg-deb: error: parsing file '${path}' near line ${/^\S+\s+\S/.test(lines[bad] ?? "") ? bad : bad + 1}${of}:\n field name '${/^[^\s:]*/.exec(lines[bad] ?? "")?.[0] ?? ""}' must be followed by colon\n`);
    return undefined;
  }
  if (!content.endsWith("\n")) {
    yield* io.stderr(`dpkg-deb: error: ${whole} ${lines.length - 1}${of}:\n end of file before value of field '${/^([^\s:]+):/.exec(lines.at(-1) ?? "")?.[1] ?? ""}' (missing final newline)\n`);
    return undefined;
  }
  const paragraphs = parseParagraphs(content);
  const [fields] = paragraphs;
  const where = `${whole} ${lines.length}${of}:`;
  const fail = function* (reason: string, line = lines.length, shown = of): Blocking<undefined> {
    yield* io.stderr(`dpkg-deb: error: ${whole} ${line}${shown}:\n ${reason}\n`);
    return undefined;
  };
  const lineOf = (field: string): number => lines.findIndex((line) => line.toLowerCase().startsWith(`${field.toLowerCase()}:`)) + 1;
  if (!fields || name === "") return yield* fail("missing 'Package' field");
  if (paragraphs.length > 1) return yield* fail("several package info entries found, only one allowed");
  if (/^[^a-z0-9]/.test(name)) return yield* fail("invalid package name in 'Package' field: must start with an alphanumeric character", lineOf("Package"), "");
  const odd = /[^a-z0-9+._-]/.exec(name)?.[0];
  if (odd !== undefined) return yield* fail(`invalid package name in 'Package' field: character '${odd}' not allowed (only letters, digits and characters '-+._')`, lineOf("Package"), "");
  const essential = fields.get("Essential");
  if (essential !== undefined && !/^(?:yes|no)$/i.test(essential)) return yield* fail(`boolean (yes/no) 'Essential' field: has invalid value '${essential}'`, lineOf("Essential"));
  let warnings = 0;
  for (const field of ["Pre-Depends", "Depends", "Recommends", "Suggests", "Breaks", "Conflicts"]) {
    for (const one of (fields.get(field) ?? "").split(/[,|]/)) {
      const plain = /^\s*([^\s(]+)\s*\(\s*[^\s<>=]/.exec(one)?.[1];
      if (plain === undefined) continue;
      warnings++;
      yield* io.stderr(`dpkg-deb: warning: ${whole} ${lineOf(field)}${of}:\n '${field}' field, reference to '${plain}':\n implicit exact match on version number, suggest using '=' instead\n`);
    }
  }
  const version = fields.get("Version");
  const hasVersion = version !== undefined && version !== "";
  if (hasVersion && /\s/.test(version)) return yield* fail(`'Version' field value '${version}': version string has embedded spaces`, lineOf("Version"));
  if (!hasVersion) {
    for (const field of ["Description", "Maintainer"]) if ((fields.get(field) ?? "") === "") yield* io.stderr(`dpkg-deb: warning: ${where}\n missing '${field}' field\n`);
    return yield* fail("missing 'Version' field");
  }
  if (!/^(?:\d+:)?\d/.test(version)) return yield* fail(`'Version' field value '${version}': version number does not start with digit`, lineOf("Version"));
  if (/[^A-Za-z0-9.+~:-]/.test(version)) return yield* fail(`'Version' field value '${version}': invalid character in version number`, lineOf("Version"));
  if (/[^a-z0-9+.-]/.test(fields.get("Package") ?? "")) {
    yield* io.stderr("dpkg-deb: error: package name has characters that aren't lowercase alphanums or '-+.'\n");
    return undefined;
  }
  for (const field of ["Description", "Maintainer", "Architecture"]) {
    if ((fields.get(field) ?? "") !== "") continue;
    warnings++;
    yield* io.stderr(`dpkg-deb: warning: ${where}\n missing '${field}' field\n`);
  }
  if ((fields.get("Architecture") ?? "") === "") {
    yield* io.stderr("dpkg-deb: error: package architecture is missing or empty\n");
    return undefined;
  }
  const mode = sys.stat(`${directory}/DEBIAN`).mode & 0o7777;
  if (mode < 0o755 || mode > 0o775 || (mode & 0o755) !== 0o755) {
    yield* io.stderr(`dpkg-deb: error: control directory has bad permissions ${mode.toString(8).padStart(3, "0")} (must be >=0755 and <=0775)\n`);
    return undefined;
  }
  for (const script of ["preinst", "postinst", "prerm", "postrm", "config"]) {
    try {
      const own = sys.lstat(`${directory}/DEBIAN/${script}`).mode & 0o7777;
      if ((own & 0o555) === 0o555 && own <= 0o775) continue;
      yield* io.stderr(`dpkg-deb: error: maintainer script '${script}' has bad permissions ${own.toString(8).padStart(3, "0")} (must be >=0555 and <=0775)\n`);
      return undefined;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  const conffiles = (yield* readFile(sys, `${directory}/DEBIAN/conffiles`)).split("\n").filter((line) => line !== "");
  for (const line of conffiles) {
    if (!line.startsWith("/")) {
      yield* io.stderr(`dpkg-deb: error: conffile name '${line}' is not an absolute pathname\n`);
      return undefined;
    }
    try {
      sys.lstat(`${directory}${line}`);
    } catch {
      yield* io.stderr(`dpkg-deb: error: conffile '${line}' does not appear in package\n`);
      return undefined;
    }
  }
  if (warnings > 0) yield* io.stderr(`dpkg-deb: warning: ignoring ${warnings} warning${warnings === 1 ? "" : "s"} about the control file(s)\n`);
  return fields;
}

function* build(sys: Sys, io: Io, directory: string | undefined, destination: string | undefined, rootOwner: boolean): Blocking<number> {
  if (directory === undefined) return yield* usage(io, "--build needs a <directory> argument");
  const source = directory.replace(/\/+$/, "");
  const fields = yield* controlOf(sys, io, source);
  if (!fields) return 2;
  const file = `${fields.get("Package") ?? ""}_${(fields.get("Version") ?? "").replace(/^\d+:/, "")}_${fields.get("Architecture") ?? ""}.deb`;
  const target = destination === undefined ? `${source}.deb` : isDirectory(sys, destination) ? `${destination}/${file}` : destination;
  io.say(`dpkg-deb: building package '${fields.get("Package") ?? ""}' in '${target}'.\n`);
  const top = yield* entryOf(sys, source, "");
  const all = yield* packTree(sys, source, (name) => name === "DEBIAN");
  const own = (entry: TarEntry): TarEntry => (rootOwner ? { ...entry, uid: 0, gid: 0 } : entry);
  const control = yield* packTree(sys, `${source}/DEBIAN`, () => false);
  const data = [...(top ? [{ ...top, name: "." }] : []), ...all].map(own);
  const bytes = packDeb(control.map(own), data, Math.floor(sys.clockUs("realtime") / 1_000_000));
  try {
    const fd = yield* sys.open(target, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* sys.write(fd, bytes);
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`dpkg-deb: error: unable to create '${target}': ${errnoText(error)}\n`);
    return 2;
  }
  return 0;
}

function* usage(io: Io, reason: string): Blocking<number> {
  yield* io.stderr(`dpkg-deb: error: ${reason}${USAGE}\n`);
  return 2;
}

const LETTERS = ["---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"] as const;

function permissions(entry: TarEntry): string {
  const type = { file: "-", directory: "d", symlink: "l", hardlink: "h", fifo: "p", character: "c", block: "b" }[entry.kind];
  const bits = [...`${LETTERS[(entry.mode >> 6) & 7]}${LETTERS[(entry.mode >> 3) & 7]}${LETTERS[entry.mode & 7]}`];
  if (entry.mode & 0o4000) bits[2] = bits[2] === "x" ? "s" : "S";
  if (entry.mode & 0o2000) bits[5] = bits[5] === "x" ? "s" : "S";
  if (entry.mode & 0o1000) bits[8] = bits[8] === "x" ? "t" : "T";
  return `${type}${bits.join("")}`;
}

/** tar(1) -tv: owner and size share nineteen columns. */
function* contents(sys: Sys, io: Io, entries: readonly TarEntry[]): Blocking<void> {
  const zone = yield* readZone(sys);
  const names = yield* accountNames(sys);
  for (const entry of withParents(entries)) {
    const owner = `${names.user(entry.uid)}/${names.group(entry.gid)}`;
    const size = String(entry.kind === "file" ? entry.sizeBytes : 0);
    const shown = entry.name === "" || entry.name === "." ? "./" : `./${entry.name}${entry.kind === "directory" ? "/" : ""}`;
    io.out.put(`${permissions(entry)} ${owner}${size.padStart(Math.max(1 + size.length, 19 - owner.length))} ${strftime("%Y-%m-%d %H:%M", civilAtUs(zone, entry.mtimeUs))} ${shown}${entry.kind === "symlink" ? ` -> ${entry.target}` : entry.kind === "hardlink" ? ` link to ./${entry.target}` : ""}\n`);
  }
}

/** The mirror's archives name only files; the directories above them are listed too. */
function withParents(entries: readonly TarEntry[]): readonly TarEntry[] {
  const known = new Set(entries.map((entry) => entry.name));
  const all: TarEntry[] = [...entries];
  const [first] = entries;
  if (first === undefined) return all;
  const directory = (name: string): TarEntry => ({ name, kind: "directory", mode: 0o755, uid: 0, gid: 0, mtimeUs: first.mtimeUs, target: "", rdev: 0, bytes: new Uint8Array(0), sizeBytes: 0 });
  if (!known.has("") && !known.has(".")) all.push(directory("."));
  for (const { name } of entries) {
    const parts = name.split("/");
    for (let length = 1; length < parts.length; length++) {
      const parent = parts.slice(0, length).join("/");
      if (known.has(parent) || parent === "") continue;
      known.add(parent);
      all.push(directory(parent));
    }
  }
  return all.sort((a, b) => (a.name === "." ? -1 : b.name === "." ? 1 : a.name < b.name ? -1 : 1));
}

function* accountNames(sys: Sys): Blocking<{ user(id: number): string; group(id: number): string }> {
  const read = function* (file: string): Blocking<Map<string, string>> {
    return new Map((yield* readFile(sys, file)).split("\n").map((line) => [line.split(":")[2] ?? "", line.split(":")[0] ?? ""]));
  };
  const users = yield* read("/etc/passwd");
  const groups = yield* read("/etc/group");
  return { user: (id) => users.get(String(id)) ?? String(id), group: (id) => groups.get(String(id)) ?? String(id) };
}

const ACTIONS = new Map([["-b", "build"], ["--build", "build"], ["-c", "contents"], ["--contents", "contents"], ["-I", "info"], ["--info", "info"], ["-W", "show"], ["--show", "show"], ["-f", "field"], ["--field", "field"], ["-e", "control"], ["--control", "control"], ["-x", "extract"], ["--extract", "extract"], ["-X", "vextract"], ["--vextract", "vextract"], ["-R", "raw-extract"], ["--raw-extract", "raw-extract"], ["--fsys-tarfile", "fsys-tarfile"], ["--ctrl-tarfile", "ctrl-tarfile"]]);

const COMPRESSIONS: ReadonlySet<string> = new Set(["none", "gzip", "xz", "zstd", "bzip2", "lzma"]);
const STRATEGIES: ReadonlySet<string> = new Set(["none", "filtered", "huffman", "rle", "fixed", "extreme"]);

/** "-x (--extract)", "--fsys-tarfile" */
function shownAction(word: string): string {
  const name = ACTIONS.get(word) ?? "";
  const short = [...ACTIONS].find(([one, called]) => called === name && !one.startsWith("--"))?.[0];
  return short === undefined ? `--${name}` : `${short} (--${name})`;
}

function* extract(sys: Sys, io: Io, entries: readonly TarEntry[], directory: string, verbose: boolean): Blocking<void> {
  if (!isDirectory(sys, directory)) sys.mkdir(directory, 0o755);
  const own = sys.getcred().euid === 0;
  for (const entry of entries) {
    if (entry.name !== "" && entry.name !== ".") yield* unpackEntry(sys, directory, entry, own);
    if (verbose) io.out.put(`./${entry.name === "." ? "" : entry.name}${entry.kind === "directory" && entry.name !== "." && entry.name !== "" ? "/" : ""}\n`);
  }
}

export default program(
  {
    name: "dpkg-deb", showsHelp: true, summary: "make Debian archives and look into them", synopsis: ["[OPTION...] COMMAND"], operands: "files",
    options: [
      flag(["-b", "--build"], "make an archive of a directory"), flag(["-c", "--contents"], "list an archive's files"), flag(["-I", "--info"], "show what an archive says of itself"), flag(["-W", "--show"], "show an archive's package by a format"), flag(["-f", "--field"], "print fields of the control file"),
      flag(["-e", "--control"], "take the control files out"), flag(["-x", "--extract"], "take the files out"), flag(["-X", "--vextract"], "take the files out and list them"), flag(["-R", "--raw-extract"], "take files and control files out"), flag(["--fsys-tarfile"], "write the files as a tar archive"), flag(["--ctrl-tarfile"], "write the control files as a tar archive"),
      flag(["--root-owner-group"], "everything belongs to root in the archive"), flag(["--nocheck"], "do not look at the control file"), text(["-Z"], "TYPE", "compression: archives are made without"), text(["--showformat"], "FORMAT", "format of --show"), flag(["--version"], "print the version"),
    ],
  },
  function* (sys, argv, io) {
    let action: string | undefined;
    let rootOwner = false;
    let format = "${Package}\t${Version}\n";
    const operands: string[] = [];
    for (const word of argv.slice(1)) {
      const known = ACTIONS.get(word);
      if (known !== undefined && action === undefined) action = known;
      else if (known !== undefined) return yield* usage(io, `conflicting actions ${shownAction(word)} and ${shownAction([...ACTIONS].find(([, one]) => one === action)?.[0] ?? "")}`);
      else if (word === "--root-owner-group") rootOwner = true;
      else if (word.startsWith("--showformat=")) format = word.slice(13);
      else if (word === "--version") {
        io.out.put("Debian 'dpkg-deb' package archive backend version 1.21.22 (amd64).\nThis is free software; see the GNU General Public License version 2 or\nlater for copying conditions. There is NO warranty.\n");
        return 0;
      } else if (/^-Z./.test(word) && !COMPRESSIONS.has(word.slice(2))) return yield* usage(io, `unknown compression type '${word.slice(2)}'!`);
      else if (/^-S./.test(word) && !STRATEGIES.has(word.slice(2))) return yield* usage(io, `unknown compression strategy '${word.slice(2)}'!`);
      else if (/^-z./.test(word) && !/^-z\d$/.test(word)) return yield* usage(io, /^-z\d+$/.test(word) ? `invalid compressor parameters: invalid compression level ${word.slice(2)}` : `invalid integer for -z: '${word.slice(2)}'`);
      else if (/^(-[Zz].*|-S.+|--nocheck|--uniform-compression|--no-uniform-compression|-v|--verbose|-D|--debug)$/.test(word)) continue;
      else if (word.startsWith("-") && word !== "-") return yield* usage(io, `unknown option ${word.startsWith("--") ? word : `-${word.charAt(1)}`}`);
      else operands.push(word);
    }
    if (action === undefined) return yield* usage(io, "need an action option");
    const [archive, directory] = operands;
    if (action === "build") return yield* build(sys, io, archive, directory, rootOwner);
    if (archive === undefined) return yield* usage(io, action === "extract" || action === "vextract" || action === "raw-extract" ? `--${action} needs .deb filename and directory arguments` : `--${action} needs a .deb filename argument`);
    if (directory === undefined && (action === "extract" || action === "vextract" || action === "raw-extract")) {
      return yield* usage(io, `--${action} needs a target directory.\nPerhaps you should be using dpkg --install ?`);
    }
    let deb: Deb;
    try {
      deb = yield* readDeb(sys, archive);
    } catch (error) {
      if (!(error instanceof SysError || error instanceof BadArchive || error instanceof TarDamaged)) throw error;
      yield* io.stderr(error instanceof SysError ? `dpkg-deb: error: failed to read archive '${archive}': ${errnoText(error)}\n` : `dpkg-deb: error: '${archive}' ${error.message}\n`);
      return 2;
    }
    const controlFiles = (): TarEntry[] => [...deb.members].map(([name, body]): TarEntry => ({ name, kind: "file", mode: ["preinst", "postinst", "prerm", "postrm", "config"].includes(name) ? 0o755 : 0o644, uid: 0, gid: 0, mtimeUs: deb.data[0]?.mtimeUs ?? 0, target: "", rdev: 0, bytes: encode(body), sizeBytes: encode(body).length }));
    switch (action) {
      case "contents":
        yield* contents(sys, io, deb.data);
        return 0;
      case "field": {
        const names = operands.slice(1);
        if (names.length === 0) io.out.put([...deb.control].map(([field, value]) => `${field}: ${value}\n`).join(""));
        const found = [...deb.control].filter(([field]) => names.some((name) => name.toLowerCase() === field.toLowerCase()));
        if (names.length === 1) io.out.put(found.map(([, value]) => `${value}\n`).join(""));
        else io.out.put(found.map(([field, value]) => `${field}: ${value}\n`).join(""));
        return 0;
      }
      case "show":
        io.out.put(format.replaceAll("\\n", "\n").replaceAll("\\t", "\t").replace(/\$\{([A-Za-z-]+)\}/g, (_whole, field: string) => deb.control.get(field) ?? ""));
        return 0;
      case "info": {
        const size = sys.stat(archive).sizeBytes;
        const wanted = operands.slice(1);
        if (wanted.length > 0) {
          let missing = 0;
          for (const member of wanted) {
            const body = deb.members.get(member);
            if (body !== undefined) io.out.put(body);
            else {
              missing++;
              yield* io.out.flush();
              yield* io.stderr(`dpkg-deb: '${archive}' contains no control component '${member}'\n`);
            }
          }
          if (missing === 0) return 0;
          yield* io.stderr(`dpkg-deb: error: ${missing} requested control component${missing === 1 ? " is" : "s are"} missing\n`);
          return 2;
        }
        io.say(` new Debian package, version 2.0.\n size ${size} bytes: control archive=${deb.controlBytes} bytes.\n`);
        for (const [name, body] of [...deb.members].sort(([a], [b]) => (a < b ? -1 : 1))) {
          const interpreter = /^#!\s*(\S+.*)/.exec(body)?.[1];
          io.out.put(` ${String(encode(body).length).padStart(7)} bytes, ${String(body.split("\n").length - 1).padStart(5)} lines   ${interpreter === undefined ? " " : "*"}  ${name.padEnd(20)} ${interpreter === undefined ? "" : `#!${interpreter}`}\n`);
        }
        io.out.put((deb.members.get("control") ?? "").replace(/\n$/, "").split("\n").map((line) => ` ${line}\n`).join(""));
        return 0;
      }
      case "control":
        yield* extract(sys, io, controlFiles(), directory ?? "DEBIAN", false);
        return 0;
      case "extract":
      case "vextract":
      case "raw-extract":
        if (directory === undefined) return yield* usage(io, `--${action} needs a target directory.\nPerhaps you should be using dpkg --install ?`);
        yield* extract(sys, io, deb.data, directory, action === "vextract");
        if (action === "raw-extract") yield* extract(sys, io, controlFiles(), `${directory}/DEBIAN`, false);
        return 0;
      default:
        yield* io.out.printBytes(writeTar(action === "fsys-tarfile" ? deb.data : controlFiles()));
        return 0;
    }
  },
);
