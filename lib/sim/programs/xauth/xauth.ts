// xauth 1.1.2: the cookies of ~/.Xauthority, by which programs prove that they may use a display (xauth(1), Xau's format: family, address, number, name, data).
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";

const LOCAL = 256;
const INTERNET = 0;

interface Entry {
  readonly family: number;
  readonly address: string;
  readonly number: string;
  readonly protocol: string;
  readonly data: Uint8Array;
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function parseEntries(bytes: Uint8Array): readonly Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  const word = (): number => ((bytes[at++] ?? 0) << 8) | (bytes[at++] ?? 0);
  const part = (): Uint8Array => {
    const length = word();
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at + 2 <= bytes.length) {
    const family = word();
    const [address, number, protocol, data] = [part(), part(), part(), part()];
    if (at > bytes.length) break;
    entries.push({ family, address: family === INTERNET ? [...address].join(".") : decode(address), number: decode(number), protocol: decode(protocol), data: data.slice() });
  }
  return entries;
}

function entryBytes({ family, address, number, protocol, data }: Entry): readonly number[] {
  const counted = (bytes: Uint8Array): readonly number[] => [bytes.length >> 8, bytes.length & 255, ...bytes];
  return [family >> 8, family & 255, ...counted(family === INTERNET ? Uint8Array.from(address.split(".").map(Number)) : encode(address)), ...counted(encode(number)), ...counted(encode(protocol)), ...counted(data)];
}

const usage = (name: string): string => `usage:  ${name} [-options ...] [command arg ...]

where options include:
    -f authfilename                another file of cookies
    -v                             say more
    -q                             say less
    -i                             go on in spite of a lock
    -b                             take a lock away first
    -n                             addresses without names
    -V                             show the version

and commands are:

${commands}
For "merge" a dash is standard input. What "nlist" shows is hexadecimal.

`;

const commands = `    add dpyname protoname hexkey   keep a cookie for a display
    exit                           write the file and end
    extract filename dpyname...    copy entries to another file
    help [topic]                   show help
    info                           tell about the file
    list [dpyname...]              show entries
    merge filename...              take over entries of other files
    nlist [dpyname...]             show entries in hexadecimal
    quit                           end without writing
    remove dpyname...              delete entries
    version                        show the version
    ?                              show the commands
    generate dpyname protoname [options]  have the server make a cookie

`;

/** "host:0", "host/unix:0", ":0"; undefined for another text. */
function parseDisplay(name: string, host: string): Pick<Entry, "family" | "address" | "number"> | undefined {
  const match = /^(.*?)(?:\/unix)?:(\d+)(?:\.\d+)?$/.exec(name);
  if (match === null) return undefined;
  const [, place = "", number = ""] = match;
  if (place === "" || name.includes("/unix:") || place === host || place === "localhost") return { family: LOCAL, address: place === "" || place === "localhost" ? host : place, number };
  return /^\d+(?:\.\d+){3}$/.test(place) ? { family: INTERNET, address: place, number } : undefined;
}

const same = (a: Pick<Entry, "family" | "address" | "number">, b: Pick<Entry, "family" | "address" | "number">): boolean => a.family === b.family && a.address === b.address && a.number === b.number;
const shown = (one: Entry): string => `${one.address}${one.family === LOCAL ? "/unix" : ""}:${one.number}  ${one.protocol}  ${hexOf(one.data)}\n`;

function* readFile(sys: Sys, path: string): Blocking<Uint8Array | undefined> {
  try {
    const fd = path === "-" ? 0 : yield* sys.open(path, O.RDONLY);
    const bytes = yield* sys.read(fd, 1_000_000);
    if (fd !== 0) sys.close(fd);
    return bytes;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
}

function* writeFile(sys: Sys, path: string, entries: readonly Entry[]): Blocking<void> {
  const bytes = Uint8Array.from(entries.flatMap((one) => entryBytes(one)));
  const fd = path === "-" ? 1 : yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  yield* sys.write(fd, bytes);
  if (fd !== 1) sys.close(fd);
}

export default program(
  { name: "xauth", summary: "X authority file utility", synopsis: ["[-f authfile] [-vqibn] [command arg ...]"], operands: "none", options: [text(["-f"], "authfile", "another file than ~/.Xauthority"), flag(["-v"], "say more"), flag(["-q"], "say less"), flag(["-i"], "ignore locks"), flag(["-b"], "break locks"), flag(["-n"], "numbers of hosts"), flag(["-V"], "show the version")], description: ["Commands are list, nlist, add, remove, extract, merge, info, version, help. Without a command, xauth asks for them."], seeAlso: ["mcookie(1)", "xhost(1)", "ssh(1)"] },
  function* (sys, argv, io: Io) {
    let path = sys.environment.get("XAUTHORITY") ?? `${sys.environment.get("HOME") ?? ""}/.Xauthority`;
    const args = [...argv.slice(1)];
    while (args[0]?.startsWith("-") && args[0] !== "-") {
      const option = args.shift() ?? "";
      if (option === "-f") path = args.shift() ?? "";
      else if (option === "-V") {
        io.out.put("1.1.2\n");
        return 0;
      } else if (!/^-[vqibn]+$/.test(option)) {
        yield* io.stderr(usage(io.argv0));
        return 1;
      }
    }
    const host = sys.uname().nodename;
    const bytes = yield* readFile(sys, path);
    if (bytes === undefined && args[0] !== "version" && args[0] !== "help") yield* io.stderr(`xauth:  file ${path} does not exist\n`);
    let entries = parseEntries(bytes ?? new Uint8Array(0));
    let changed = false;
    let status = 0;
    let line = 0;
    const complain = function* (message: string, where = "(argv)"): Blocking<void> {
      yield* io.stderr(`xauth: ${where}:${line}:  ${message}\n`);
      status = 1;
    };
    const obey = function* (words: readonly string[], where: string): Blocking<"quit" | "exit" | undefined> {
      line++;
      const [verb = "", ...rest] = words;
      const displays = function* (names: readonly string[]): Blocking<readonly Pick<Entry, "family" | "address" | "number">[] | undefined> {
        const found: Pick<Entry, "family" | "address" | "number">[] = [];
        for (const name of names) {
          const display = parseDisplay(name, host);
          if (display === undefined) {
            yield* complain(`bad display name "${name}" in "${verb}" command`, where);
            return undefined;
          }
          found.push(display);
        }
        return found;
      };
      switch (verb) {
        case "": return undefined;
        case "quit": return "quit";
        case "exit": return "exit";
        case "version": io.out.put("1.1.2\n"); return undefined;
        case "help": case "?": io.out.put(verb === "?" ? "Commands:\n\n    add        exit       extract    generate   help       info\n    list       merge      nlist      quit       remove     version\n    ?\n" : commands); return undefined;
        case "info":
          io.out.put(`Authority file:       ${path}\nFile new:             ${bytes === undefined ? "yes" : "no"}\nFile locked:          no\nNumber of entries:    ${entries.length}\nChanges honored:      yes\nChanges made:         ${changed ? "yes" : "no"}\nCurrent input:        ${where}:${line}\n`);
          return undefined;
        case "list": case "nlist": {
          const wanted = yield* displays(rest);
          for (const one of entries) {
            if (wanted === undefined || (rest.length > 0 && !wanted.some((display) => same(display, one)))) continue;
            const part = (data: Uint8Array): string => `${data.length.toString(16).padStart(4, "0")} ${hexOf(data)}`;
            io.out.put(verb === "list" ? shown(one) : `${one.family.toString(16).padStart(4, "0")} ${[one.family === INTERNET ? Uint8Array.from(one.address.split(".").map(Number)) : encode(one.address), encode(one.number), encode(one.protocol), one.data].map(part).join(" ")}\n`);
          }
          return undefined;
        }
        case "add": {
          const [name, protocol, key] = rest;
          if (name === undefined || protocol === undefined || key === undefined || rest.length > 3) {
            yield* complain('bad "add" command line', where);
            return undefined;
          }
          const [display] = (yield* displays([name])) ?? [];
          if (display === undefined) return undefined;
          if (key.length % 2 !== 0) yield* complain("key contains odd number of or non-hex characters", where);
          else if (!/^[0-9a-fA-F]*$/.test(key)) yield* complain("key contains odd number of or non-hex characters", where);
          else {
            const entry = { ...display, protocol: protocol === "." ? "MIT-MAGIC-COOKIE-1" : protocol, data: bytesOf(key) };
            entries = [...entries.filter((one) => !(same(one, entry) && one.protocol === entry.protocol)), entry];
            changed = true;
          }
          return undefined;
        }
        case "remove": {
          if (rest.length === 0) {
            yield* complain('bad "remove" command line', where);
            return undefined;
          }
          const wanted = yield* displays(rest);
          if (wanted === undefined) return undefined;
          const left = entries.filter((one) => !wanted.some((display) => same(display, one)));
          changed ||= left.length !== entries.length;
          entries = left;
          return undefined;
        }
        case "extract": {
          const [file, ...names] = rest;
          if (file === undefined || names.length === 0) {
            yield* complain('bad "extract" command line', where);
            return undefined;
          }
          const wanted = yield* displays(names);
          const found = entries.filter((one) => wanted?.some((display) => same(display, one)));
          if (found.length === 0) yield* io.stderr(`No matches found, authority file "${file}" not written\n`);
          else yield* writeFile(sys, file, found);
          return undefined;
        }
        case "merge":
          for (const file of rest) {
            const other = yield* readFile(sys, file);
            if (other === undefined) {
              const before = status;
              yield* complain(`merge:  unable to open file ${file}`, where);
              status = before;
              continue;
            }
            for (const entry of parseEntries(other)) entries = [...entries.filter((one) => !(same(one, entry) && one.protocol === entry.protocol)), entry];
            changed = true;
          }
          return undefined;
        case "generate":
          yield* complain(rest.length === 0 ? 'bad "generate" command line' : `unable to open display "${rest[0] ?? ""}".`, where);
          return undefined;
        default:
          yield* complain(`unknown command "${verb}"`, where);
          return undefined;
      }
    };
    if (args.length > 0) yield* obey(args, "(argv)");
    else {
      io.out.put(`Using authority file ${path}\n`);
      for (;;) {
        if (sys.isatty(0)) yield* io.out.print("xauth> ");
        yield* io.out.flush();
        const words = yield* io.stdin.line();
        if (words === undefined) break;
        const end = yield* obey(words.trim().split(/\s+/), "stdin");
        if (end === "quit") return status;
        if (end === "exit") break;
      }
    }
    if (changed) {
      try {
        yield* writeFile(sys, path, entries);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`xauth:  error in locking authority file ${path}\n`);
        return 1;
      }
    }
    return status;
  },
);
