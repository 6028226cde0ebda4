// iconv: text from one character set to another (iconv(1) of glibc 2.36).
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { bytesOfLatin1 } from "../kit/latin1.ts";
import { isUtf8 } from "../kit/locale.ts";
import { CHARSET_NAMES, type Charset, charsetNamed, transliterated } from "./_charsets.ts";

interface Setting {
  from: string;
  to: string;
  output: string | undefined;
  omit: boolean;
  list: boolean;
  readonly files: string[];
}

/** An exit status where there is nothing to do. */
function* readOptions(sys: Sys, argv: readonly string[], io: Io): Blocking<Setting | number> {
  const own = isUtf8(sys.environment) ? "UTF-8" : "ANSI_X3.4-1968";
  const setting: Setting = { from: own, to: own, output: undefined, omit: false, list: false, files: [] };
  const tryLine = "Try `iconv --help' or `iconv --usage' for more information.\n";
  const takes: ReadonlyMap<string, "from" | "to" | "output"> = new Map([["-f", "from"], ["--from-code", "from"], ["-t", "to"], ["--to-code", "to"], ["-o", "output"], ["--output", "output"]]);
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const [name = "", inline] = word.startsWith("--") && word.includes("=") ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : /^-[fto]./.test(word) ? [word.slice(0, 2), word.slice(2)] : [word, undefined];
    const key = takes.get(name);
    if (key !== undefined) {
      const value = inline ?? argv[++at];
      if (value === undefined) {
        yield* io.stderr(`iconv: option requires an argument -- '${name.replace(/^-+/, "")}'\n${tryLine}`);
        return 64;
      }
      setting[key] = value;
    } else if (word === "-c") setting.omit = true;
    else if (word === "-l" || word === "--list") setting.list = true;
    else if (word === "-s" || word === "--silent" || word === "--verbose") continue;
    else if (word === "-V" || word === "--version") {
      io.out.put("iconv (Debian GLIBC 2.36-9+deb12u14) 2.36\n");
      return 0;
    } else if (word.startsWith("-") && word !== "-") {
      yield* io.stderr(`${word.startsWith("--") ? `iconv: unrecognized option '${word}'` : `iconv: invalid option -- '${word.charAt(1)}'`}\n${tryLine}`);
      return 64;
    } else setting.files.push(word);
  }
  return setting;
}

interface Target {
  readonly charset: Charset;
  readonly transliterate: boolean;
  readonly ignore: boolean;
}

function converted(codes: readonly number[], target: Target): { readonly bytes: number[]; readonly refusedAt: number | undefined; readonly lost: boolean } {
  const bytes: number[] = [...(target.charset.mark ?? [])];
  let lost = false;
  for (const [at, code] of codes.entries()) {
    const direct = target.charset.encode(code);
    const instead = direct === undefined && target.transliterate ? [...transliterated(code)].map((character) => target.charset.encode(character.codePointAt(0) ?? 0x3f) ?? []) : undefined;
    if (direct !== undefined) bytes.push(...direct);
    else if (instead !== undefined) bytes.push(...instead.flat());
    else if (target.ignore) lost = true;
    else return { bytes, refusedAt: at, lost };
  }
  return { bytes, refusedAt: undefined, lost };
}

export default program({
  name: "iconv", showsHelp: true, summary: "change the character encoding of a text", synopsis: ["[OPTION...] [FILE...]"], operands: "files",
  options: [
    text(["-f", "--from-code"], "NAME", "the encoding of the input; else the locale's"), text(["-t", "--to-code"], "NAME", "the encoding of the output; with //TRANSLIT what may stand for a missing character, with //IGNORE nothing in its place"), flag(["-l", "--list"], "list the known encodings"),
    flag(["-c"], "leave out what cannot be converted"), text(["-o", "--output"], "FILE", "write to FILE"), flag(["-s", "--silent"], "no warnings"), flag(["--verbose"], "say how far it is (taken, no effect)"), flag(["-?", "--help"], "show this help"), flag(["-V", "--version"], "print program version"),
  ],
}, function* (sys, argv, io: Io) {
  const setting = yield* readOptions(sys, argv, io);
  if (typeof setting === "number") return setting;
  if (setting.list) {
    io.out.put(sys.isatty(1) ? CHARSET_NAMES.map((names) => `${names.split(" ").map((name) => `${name}//`).join(" ")}\n`).join("") : CHARSET_NAMES.flatMap((names) => names.split(" ")).toSorted().map((name) => `${name}//\n`).join(""));
    return 0;
  }
  const [toName = "", ...suffixes] = setting.to.split("//");
  const source = charsetNamed(setting.from.split("//")[0] ?? "");
  const charset = charsetNamed(toName);
  if (source === undefined || charset === undefined) {
    yield* io.stderr("iconv: failed to start conversion processing: No such file or directory\n");
    return 1;
  }
  const target: Target = { charset, transliterate: suffixes.includes("TRANSLIT"), ignore: setting.omit || suffixes.includes("IGNORE") };
  let status = 0;
  const all: number[] = [];
  for (const name of setting.files.length === 0 ? ["-"] : setting.files) {
    let data: Uint8Array;
    try {
      const input = yield* io.open(name);
      data = bytesOfLatin1(yield* input.all());
      io.close(input);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(error.errno === "EISDIR" ? `iconv: error while reading the input: ${error.message}\n` : `iconv: cannot open input file \`${name}': ${error.message}\n`);
      status = 1;
      continue;
    }
    if (sys.charge(data.length >> 4)) yield* sys.preempt();
    let rest = data;
    for (;;) {
      const { codes, problem } = source.decode(rest);
      const { bytes, refusedAt, lost } = converted(codes, target);
      all.push(...bytes);
      if (lost) status = 1;
      if (refusedAt !== undefined || (problem?.kind === "illegal" && !target.ignore)) {
        yield* writeOut(sys, io, setting, all);
        const before = refusedAt === undefined ? (problem?.position ?? 0) : codes.slice(0, refusedAt).reduce((sum, code) => sum + (source.encode(code)?.length ?? 1), 0);
        yield* io.stderr(`iconv: illegal input sequence at position ${before}\n`);
        return 1;
      }
      if (problem === undefined) break;
      status = 1;
      if (problem.kind === "incomplete") {
        yield* writeOut(sys, io, setting, all);
        yield* io.stderr("iconv: incomplete character or shift sequence at end of buffer\n");
        return 1;
      }
      rest = rest.slice(problem.position + 1);
    }
  }
  yield* writeOut(sys, io, setting, all);
  return status;
});

function* writeOut(sys: Sys, io: Io, setting: Setting, bytes: readonly number[]): Blocking<void> {
  const data = Uint8Array.from(bytes);
  if (setting.output === undefined) {
    io.out.putBytes(data);
    return;
  }
  const fd = yield* sys.open(setting.output, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(fd, data);
  sys.close(fd);
}
