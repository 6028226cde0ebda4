// FIGlet 2.2.5: words in large letters. A message is the words of the command line, or standard input; bytes are Latin-1 unless -C utf8 says otherwise.

import { type Blocking, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { flag, type Io, program, text, unsimulated } from "../kit/program.ts";
import { type Mapping, mapped, parseControl } from "./_control.ts";
import { GERMAN, parseFont } from "./_font.ts";
import { Figures } from "./_lines.ts";

const FOLDER = "/usr/share/figlet";
const VALUES = "dfmwCI";
const FLAGS = "ADEXLRxlcrpntvkWSsoNFA";
const ABOUT = "FIGlet Copyright (C) 1991-2012 Glenn Chappell, Ian Chai, John Cowan,\nChristiaan Keet and Claudio Matsuoka\nInternet: <info@figlet.org> Version: 2.2.5, date: 31 May 2012\n\n";

const usage = (name: string): string => `Usage: ${name} [ -cklnoprstvxDELNRSWX ] [ -d fontdirectory ]\n              [ -f fontfile ] [ -m smushmode ] [ -w outputwidth ]\n              [ -C controlfile ] [ -I infocode ] [ message ]\n`;

const declared = {
  name: "figlet-figlet", manSection: 6, summary: "words in large letters made of ordinary ones", synopsis: ["[-cklnoprstvxDELNRSWX] [-d DIRECTORY] [-f FONT] [-m MODE] [-w WIDTH] [-C FILE] [-I CODE] [MESSAGE]..."], operands: "none" as const,
  options: [
    text(["-f"], "FONT", "another font: a name in the directory of fonts, or a path"), text(["-d"], "DIRECTORY", "where fonts are"), text(["-w"], "WIDTH", "columns of the output, 80 unless given"), flag(["-t"], "as wide as the terminal"), flag(["-c"], "centred"), flag(["-l"], "at the left"), flag(["-r"], "at the right"), flag(["-x"], "at the side where writing begins"), flag(["-k"], "letters touch"), flag(["-W"], "letters stand apart, each as wide as it is"), flag(["-S"], "letters run into each other"), flag(["-s"], "letters stand as the font says"), flag(["-o"], "letters overlap"), text(["-m"], "MODE", "how letters join, as a number"),
    flag(["-p"], "line breaks between words are blanks, but for paragraphs"), flag(["-n"], "each line break is one"), flag(["-L"], "write from left to right"), flag(["-R"], "write from right to left"), flag(["-X"], "write as the font says"), flag(["-D"], "[ \\ ] { | } ~ are German letters"), flag(["-E"], "they are not"), text(["-C"], "FILE", "another control file, which changes the letters: utf8, upper"), flag(["-N"], "no control files"), text(["-I"], "CODE", "tell: 0 what it is, 1 the version, 2 the directory, 3 the font, 4 the width, 5 the formats of fonts"), flag(["-v"], "tell what it is and how it is called"), unsimulated(["-F"], "list the fonts", "figlet has left it to figlist"),
  ],
  description: ["Empty words of MESSAGE are line breaks. The variable FIGLET_FONTDIR names the directory of fonts."],
};

export default program(declared, function* (sys, argv, io: Io) {
  const name = (argv[0] ?? "figlet").replace(/^.*\//, "");
  let folder = sys.environment.get("FIGLET_FONTDIR") ?? FOLDER;
  let font = "standard";
  let width = 80;
  let mode: number | undefined;
  let force = false;
  let justification = -1;
  let direction = -1;
  let paragraphs = false;
  let german = false;
  let info = -1;
  let controls: string[] = [];
  const words: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "--") {
      words.push(...argv.slice(at + 1));
      break;
    }
    if (!/^-./s.test(word)) {
      words.push(word);
      continue;
    }
    for (let letter = 1; letter < word.length; letter++) {
      const option = word.charAt(letter);
      if (VALUES.includes(option)) {
        const value = letter + 1 < word.length ? word.slice(letter + 1) : argv[++at];
        if (value === undefined) {
          yield* io.stderr(`${argv[0] ?? name}: option requires an argument -- '${option}'\n${usage(name)}`);
          return 1;
        }
        const number = Number.parseInt(value, 10) || 0;
        if (option === "d") folder = value;
        else if (option === "f") font = value.replace(/\.flf$/, "");
        else if (option === "w") width = number > 0 ? number : width;
        else if (option === "I") info = number;
        else if (option === "C") controls.push(value.replace(/\.flc$/, ""));
        else if (number < -1) mode = undefined;
        else {
          mode = number === 0 ? 64 : number === -1 ? 0 : (number & 63) | 128;
          force = false;
        }
        break;
      }
      if (!FLAGS.includes(option)) {
        yield* io.stderr(`${argv[0] ?? name}: invalid option -- '${option}'\n${usage(name)}`);
        return 1;
      }
      switch (option) {
        case "D": german = true; break;
        case "E": german = false; break;
        case "X": direction = -1; break;
        case "L": direction = 0; break;
        case "R": direction = 1; break;
        case "x": justification = -1; break;
        case "l": justification = 0; break;
        case "c": justification = 1; break;
        case "r": justification = 2; break;
        case "p": paragraphs = true; break;
        case "n": paragraphs = false; break;
        case "s": mode = undefined; force = false; break;
        case "k": mode = 64; force = false; break;
        case "S": mode = 128; force = true; break;
        case "o": mode = 128; force = false; break;
        case "W": mode = 0; force = false; break;
        case "N": controls = []; break;
        case "v": info = 0; break;
        case "t": width = yield* terminalWidth(sys, width); break;
        case "F":
          yield* io.stderr(`${name}: illegal option -- F\n${usage(name)}\n"-F" is not supported: use figlist.\n`);
          return 1;
        default: break;
      }
    }
  }
  if (info >= 0) {
    const said = [`${ABOUT}${usage(name)}`, "20205\n", `${folder}\n`, `${font}\n`, `${width}\n`, "flf2 tlf2\n"][info];
    if (said !== undefined) io.out.put(said);
    return 0;
  }
  const mappings: Mapping[] = [];
  let utf8 = false;
  for (const control of controls) {
    const source = yield* readFile(sys, folder, control, ".flc");
    if (source === undefined) {
      yield* io.stderr(`${name}: ${control}: Unable to open control file\n`);
      return 1;
    }
    const parsed = parseControl(source);
    mappings.push(...parsed.mappings, "freeze");
    utf8 ||= parsed.utf8;
  }
  const source = yield* readFile(sys, folder, font, ".flf");
  if (source === undefined) {
    yield* io.stderr(`${name}: ${font}: Unable to open font file\n`);
    return 1;
  }
  const parsed = parseFont(source);
  if (!parsed) {
    yield* io.stderr(`${name}: ${font}: Not a FIGlet 2 font file\n`);
    return 1;
  }
  const rightToLeft = direction < 0 ? parsed.rightToLeft : direction === 1;
  const figures = new Figures(parsed, { width, layout: mode === undefined ? parsed.layout : force ? mode | parsed.layout : mode, rightToLeft, justification: justification < 0 ? (rightToLeft ? 2 : 0) : justification }, (line) => io.out.putBytes(Uint8Array.from(line, (letter) => letter.charCodeAt(0))));
  let ended = false;
  /** a line break of which the next character says what it is (-p) */
  let waiting = false;
  function put(given: number | undefined): void {
    if (waiting) {
      waiting = false;
      figure(given !== undefined && (given === 32 || (given >= 9 && given <= 13)) ? 10 : 32);
    }
    if (given === 10 && paragraphs && !ended) waiting = true;
    else if (given !== undefined) figure(given);
  }
  function figure(given: number): void {
    let code = given;
    ended = code >= 10 && code <= 13;
    if (german && code >= 91 && code <= 93) code = GERMAN[code - 91] ?? code;
    else if (german && code >= 123 && code <= 126) code = GERMAN[code - 120] ?? code;
    code = mapped(mappings, code);
    if (code === 9 || code === 32) code = 32;
    else if (code >= 9 && code <= 13) code = 10;
    if ((code > 0 && code < 32 && code !== 10) || code === 127) return;
    figures.put(code);
  }
  if (words.length > 0) {
    const bytes = words.flatMap((word, index) => [...encode(word), ...(index === words.length - 1 ? [] : word === "" ? [10] : [32])]);
    for (const code of codesOf(bytes, utf8)) put(code);
  } else {
    for (;;) {
      const lines = yield* io.stdin.lines();
      if (lines.length === 0) break;
      for (const line of lines) {
        for (const code of codesOf([...line].map((letter) => letter.charCodeAt(0)), utf8)) put(code);
        put(10);
      }
      yield* io.out.flush();
    }
  }
  put(undefined);
  figures.end();
  return 0;
});

function codesOf(bytes: readonly number[], utf8: boolean): number[] {
  if (!utf8) return [...bytes];
  const codes: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) codes.push(first);
    else if (first < 0xc0) codes.push(0x80);
    else {
      const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      let code = first & (0x3f >> more);
      for (let count = 0; count < more; count++) code = code * 64 + ((bytes[++at] ?? 0) & 0x3f);
      codes.push(code);
    }
  }
  return codes;
}

function* terminalWidth(sys: Sys, otherwise: number): Blocking<number> {
  try {
    const fd = yield* sys.open("/dev/tty", 1);
    const { cols } = sys.getWindowSize(fd);
    sys.close(fd);
    return cols > 0 ? cols : otherwise;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return otherwise;
  }
}

/** The bytes of a font or control file as characters: in the directory, or where the name says. */
function* readFile(sys: Sys, folder: string, name: string, suffix: string): Blocking<string | undefined> {
  for (const path of [...(name.includes("/") ? [] : [`${folder}/${name}${suffix}`]), `${name}${suffix}`]) {
    try {
      const fd = yield* sys.open(path, 0);
      let out = "";
      for (;;) {
        const bytes = yield* sys.read(fd, 1 << 16);
        if (bytes.length === 0) break;
        for (const byte of bytes) out += String.fromCharCode(byte);
      }
      sys.close(fd);
      return out;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return undefined;
}
