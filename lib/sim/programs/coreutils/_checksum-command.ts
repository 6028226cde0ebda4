// md5sum, sha*sum, b2sum and cksum share their options, their output lines and the checking of lists.

import type { Blocking } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { type Hasher, toHex } from "../kit/digest/hasher.ts";
import type { Input } from "../kit/input.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { textOfLatin1 } from "../kit/latin1.ts";

export interface Algorithm {
  /** As in a tagged line: "SHA256". */
  readonly tag: string;
  readonly hexDigits: number;
  /** Of that many bytes, where the algorithm has a choice. */
  readonly make: (digestBytes: number) => Hasher;
}

export function* digestOf(input: Input, hasher: Hasher, io: Io): Blocking<string> {
  for (;;) {
    const bytes = yield* input.chunk();
    if (bytes.length === 0) return toHex(hasher.digest());
    hasher.update(bytes);
    if (io.sys.charge(bytes.length >> 6)) yield* io.sys.preempt();
  }
}

/** Names with a backslash, newline or carriage return are escaped, and the line then begins with a backslash. */
export function escapeName(name: string): readonly [prefix: string, name: string] {
  if (!/[\\\n\r]/.test(name)) return ["", name];
  return ["\\", name.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r")];
}

export interface CheckOptions {
  readonly ignoreMissing: boolean;
  readonly quiet: boolean;
  readonly status: boolean;
  readonly strict: boolean;
  readonly warn: boolean;
}

interface Entry {
  readonly algorithm: Algorithm;
  readonly digest: string;
  readonly name: string;
}

/** `algorithms`: those that a tagged line may name; `untagged`: that of lines without a tag. */
function parseLine(line: string, algorithms: readonly Algorithm[], untagged: Algorithm | undefined): Entry | undefined {
  const escaped = line.startsWith("\\");
  const body = escaped ? line.slice(1) : line;
  const restore = (name: string): string => (escaped ? name.replace(/\\([\\nr])/g, (_, char: string) => (char === "n" ? "\n" : char === "r" ? "\r" : "\\")) : name);
  const tagged = /^\s*([A-Za-z0-9-]+) ?\((.*)\) ?= ([0-9a-fA-F]+)$/s.exec(body);
  if (tagged) {
    const [, tag = "", name = "", digest = ""] = tagged;
    const base = algorithms.find((algorithm) => tag === algorithm.tag || (algorithm.tag === "BLAKE2b" && tag.startsWith("BLAKE2b-")));
    if (!base || (base.tag !== "BLAKE2b" && digest.length !== base.hexDigits)) return undefined;
    return { algorithm: { ...base, hexDigits: digest.length }, digest: digest.toLowerCase(), name: textOfLatin1(restore(name)) };
  }
  const plain = /^\s*([0-9a-fA-F]+) ([ *]?)(.+)$/s.exec(body);
  if (!plain || untagged === undefined) return undefined;
  const [, digest = "", , name = ""] = plain;
  if (untagged.tag === "BLAKE2b" ? digest.length % 2 !== 0 || digest.length > 128 : digest.length !== untagged.hexDigits) return undefined;
  return { algorithm: { ...untagged, hexDigits: digest.length }, digest: digest.toLowerCase(), name: textOfLatin1(restore(name)) };
}

export function* checkList(listName: string, algorithms: readonly Algorithm[], untagged: Algorithm | undefined, options: CheckOptions, io: Io): Blocking<boolean> {
  const shownList = listName === "-" ? "standard input" : listName;
  const tag = untagged?.tag ?? algorithms[0]?.tag ?? "";
  let list: Input;
  try {
    list = yield* io.open(listName);
  } catch (error) {
    yield* io.fail(`${io.quoteFile(shownList)}: ${reason(error)}`);
    return false;
  }
  let proper = 0;
  let malformed = 0;
  let unreadable = 0;
  let mismatched = 0;
  let matched = 0;
  for (let number = 1; ; number++) {
    let line: string | undefined;
    try {
      line = yield* list.line();
    } catch (error) {
      const why = reason(error);
      yield* io.fail(`${io.quoteFile(shownList)}: read error${why === "Is a directory" ? "" : `: ${why}`}`);
      return false;
    }
    if (line === undefined) break;
    if (line.startsWith("#")) continue;
    const entry = parseLine(line.replace(/\r$/, ""), algorithms, untagged);
    if (!entry || (listName === "-" && entry.name === "-")) {
      malformed++;
      if (options.warn) yield* io.warn(`${io.quoteFile(shownList)}: ${number}: improperly formatted ${tag} checksum line`);
      continue;
    }
    proper++;
    // only a name of several lines needs it here
    const [prefix, shown] = /[\n\r]/.test(entry.name) ? escapeName(entry.name) : ["", entry.name];
    let actual: string;
    try {
      const input = yield* io.open(entry.name);
      try {
        actual = yield* digestOf(input, entry.algorithm.make(entry.algorithm.hexDigits / 2), io);
      } finally {
        io.close(input);
      }
    } catch (error) {
      const why = reason(error);
      if (options.ignoreMissing && why === "No such file or directory") continue;
      unreadable++;
      yield* io.warn(`${io.quoteFile(entry.name)}: ${why}`);
      if (!options.status) io.out.put(`${prefix}${shown}: ${io.word("FAILED open or read")}\n`);
      continue;
    }
    if (actual === entry.digest) matched++;
    else mismatched++;
    if (!options.status && (actual !== entry.digest || !options.quiet)) io.out.put(`${prefix}${shown}: ${io.word(actual === entry.digest ? "OK" : "FAILED")}\n`);
    if (io.out.full) yield* io.out.flush();
  }
  io.close(list);
  if (proper === 0) {
    yield* io.fail(`${io.quoteFile(shownList)}: no properly formatted checksum lines found`);
    return false;
  }
  if (!options.status) {
    const warning = (count: number, one: string, many: string) => io.warn(`WARNING: ${count} ${count === 1 ? one : many}`);
    if (malformed > 0) yield* warning(malformed, "line is improperly formatted", "lines are improperly formatted");
    if (unreadable > 0) yield* warning(unreadable, "listed file could not be read", "listed files could not be read");
    if (mismatched > 0) yield* warning(mismatched, "computed checksum did NOT match", "computed checksums did NOT match");
  }
  if (options.ignoreMissing && matched === 0) {
    if (!options.status) yield* io.warn(`${io.quoteFile(shownList)}: no file was verified`);
    return false;
  }
  return mismatched === 0 && unreadable === 0 && (!options.strict || malformed === 0);
}

export const CHECK_OPTIONS = {
  check: flag(["-c", "--check"], "FILEs are lists of checksums; test the files named in them"),
  tag: flag(["--tag"], "write lines in BSD's form: ALGORITHM (NAME) = DIGEST"),
  zero: flag(["-z", "--zero"], "finish each line with NUL instead of a newline, and write file names without escapes"),
  ignoreMissing: flag(["--ignore-missing"], "with -c, skip files that do not exist"),
  quiet: flag(["--quiet"], "with -c, print no OK for files that match"),
  status: flag(["--status"], "with -c, only the exit status tells the result"),
  strict: flag(["--strict"], "with -c, a malformed line is a failure"),
  warn: flag(["-w", "--warn"], "with -c, name each malformed line"),
} as const;

/** Throws a usage error for options that need, or forbid, --check. */
export function requireCheck(options: CheckOptions & { readonly check: boolean; readonly tag: boolean; readonly zero: boolean }, io: Io): void {
  if (options.zero && options.check) io.usage("the --zero option is not supported when verifying checksums");
  if (options.check) return;
  for (const [name, given] of [["ignore-missing", options.ignoreMissing], ["status", options.status], ["warn", options.warn], ["quiet", options.quiet], ["strict", options.strict]] as const) {
    if (given) io.usage(`the --${name} option is meaningful only when verifying checksums`);
  }
}

/** One of md5sum, sha1sum… */
export function checksumCommand(name: string, algorithm: Algorithm, extra: { readonly withLength?: boolean } = {}): Command {
  return gnu({
    name,
    summary: `print the ${algorithm.tag} message digest of files, or check files against digests`,
    synopsis: ["[OPTION]... [FILE]..."],
    description: ["Without a FILE, and for the FILE -, the data come from standard input."],
    options: {
      binary: flag(["-b", "--binary"], "put * before names: binary mode"),
      text: flag(["-t", "--text"], "put a space before names: text mode, which is the default"),
      ...CHECK_OPTIONS,
      length: text(extra.withLength ? ["-l", "--length"] : [], "BITS", "size of the digest in bits: a multiple of 8, up to the algorithm's maximum"),
    },
    parsing: { longOrder: "length check ignore-missing quiet status warn strict tag zero binary text help version" },
    operands: "files",
    *run({ options, operands, given }, io: Io) {
      let chosen = algorithm;
      if (options.length !== undefined) {
        if (!/^\d+$/.test(options.length)) io.die(`invalid length: ${io.quote(options.length)}`);
        const bits = Number(options.length);
        if (bits > algorithm.hexDigits * 4) {
          yield* io.warn(`invalid length: ${io.quote(options.length)}`);
          io.die(`maximum digest length for ${io.quote("BLAKE2b")} is 512 bits`);
        }
        if (bits % 8 !== 0) {
          yield* io.warn(`invalid length: ${io.quote(options.length)}`);
          io.die("length is not a multiple of 8");
        }
        if (bits > 0) chosen = { tag: bits === 512 ? algorithm.tag : `${algorithm.tag}-${bits}`, hexDigits: bits / 4, make: algorithm.make };
      }
      const mode = given.findLast((one) => one.option === "binary" || one.option === "text")?.option;
      if (options.tag && mode === "text") io.usage("--tag does not support --text mode");
      requireCheck(options, io);
      if (options.check && options.tag) io.usage("the --tag option is meaningless when verifying checksums");
      if (options.check && mode !== undefined) io.usage("the --binary and --text options are meaningless when verifying checksums");
      const names = operands.length === 0 ? ["-"] : operands;
      if (options.check) {
        for (const list of names) if (!(yield* checkList(list, [algorithm], algorithm, options, io))) io.status = 1;
        return;
      }
      for (const one of names) {
        try {
          const input = yield* io.open(one);
          let digest: string;
          try {
            digest = yield* digestOf(input, chosen.make(chosen.hexDigits / 2), io);
          } finally {
            io.close(input);
          }
          io.out.put(formatLine(chosen.tag, digest, one, { tag: options.tag, zero: options.zero, binary: mode === "binary" }));
        } catch (error) {
          yield* io.fail(`${io.quoteFile(one)}: ${reason(error)}`);
        }
        if (io.out.full) yield* io.out.flush();
      }
    },
  });
}

export function formatLine(tag: string, digest: string, name: string, how: { readonly tag: boolean; readonly zero: boolean; readonly binary: boolean }): string {
  const [prefix, shown] = how.zero ? ["", name] : escapeName(name);
  const end = how.zero ? "\0" : "\n";
  return prefix + (how.tag ? `${tag} (${shown}) = ${digest}` : `${digest} ${how.binary ? "*" : " "}${shown}`) + end;
}
