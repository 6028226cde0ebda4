// setfont(8): gives the console another font (psf(5)), its table of characters, and saves those of now.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { helpText } from "../kit/help-text.ts";
import { ask, openConsole } from "./_console.ts";
import { findDataFile, readDataFile } from "./_data-file.ts";
import { fontBytes, readFont, readTableText, type ScreenFont, tableText } from "./_psf.ts";
import { consoleFontOf } from "./_console-font.ts";

const DIRECTORIES = ["/usr/share/consolefonts", "/usr/share/consoletrans", "/usr/share/unimaps", "/usr/share"];

function* save(sys: Sys, path: string, bytes: Uint8Array): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
  yield* sys.write(fd, bytes);
  sys.close(fd);
}

const declaration = {
  name: "setfont", path: "/bin/setfont", manSection: 8, summary: "load a console font", operands: "files" as const, synopsis: ["[-o FILE|-O FILE|-om FILE|-ou FILE] [-N] [FONT.. ] [-m CONSOLEMAP] [-u UNICODEMAP]"],
  options: [
    text(["-o"], "FILE", "save the font of now"), text(["-O"], "FILE", "save the font of now with its table"), text(["-om"], "FILE", "save the console map of now"), text(["-ou"], "FILE", "save the table of characters of now"), text(["-m"], "FILE", "load this console map, or none"), text(["-u"], "FILE", "load this table of characters, or none"),
    flag(["-d"], "double the font's size"), text(["-h"], "NUM", "another height (no blank before the number)"), flag(["-v"], "be more verbose"), text(["-C"], "DEV", "of this console"), flag(["-V"], "print the version"),
  ],
  description: ["A font is looked for by its path, or by its name in /usr/share/consolefonts (package console-setup-linux). Without a font and without one of -o, -O, -om, -ou, -m and -u the font called default is loaded."],
  seeAlso: ["psfxtable(1)", "setupcon(1)", "showconsolefont(8)"],
};

export default program(
  { ...declaration, showsHelp: true },
  function* (sys, argv, io: Io) {
    const saves: (readonly [kind: string, path: string])[] = [];
    const names: string[] = [];
    let [map, table, device, verbose, double]: [string | undefined, string | undefined, string | undefined, boolean, boolean] = [undefined, undefined, undefined, false, false];
    let height: number | undefined;
    const words = argv.slice(1);
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? "";
      if (["-o", "-O", "-om", "-ou"].includes(word)) saves.push([word, words[++at] ?? ""]);
      else if (word === "-m") map = words[++at];
      else if (word === "-u") table = words[++at];
      else if (word === "-C") device = words[++at];
      else if (word === "-v") verbose = true;
      else if (word === "-d") double = true;
      else if (word === "-V" || word === "--version") {
        io.say("setfont from kbd 2.5.1\n");
        return 0;
      } else if (/^-h\d+$/.test(word)) height = Number(word.slice(2));
      else if (/^-\d+$/.test(word)) names.push(`default8x${word.slice(1)}`);
      else if (word.startsWith("-")) {
        yield* io.stderr(helpText(declaration, io.argv0, io.helpDomain));
        return 64;
      } else names.push(word);
    }
    const fd = yield* openConsole(sys, io, device);
    const now = consoleFontOf(sys, fd);
    try {
      for (const [kind, path] of saves) yield* save(sys, path, kind === "-ou" ? encode(tableText(now.table ?? [])) : kind === "-om" ? Uint8Array.from({ length: 256 }, (_, index) => index) : fontBytes(kind === "-o" ? { ...now, table: undefined } : now));
      if (names.length === 0 && saves.length === 0 && map === undefined && table === undefined) names.push("default");
      let font: ScreenFont | undefined;
      for (const name of names) {
        const path = yield* findDataFile(sys, [".", ...DIRECTORIES.slice(0, 1)], name, [".psfu", ".psf", ".cp", ".fnt"], 0);
        if (path === undefined) {
          yield* io.warn(`Unable to find file: ${name}`);
          return 66;
        }
        font = readFont(yield* readDataFile(sys, path));
        if (font === undefined) io.die(`Bad input file size: ${path}`, 65);
        if (verbose) io.out.put(`Loading ${font.count}-char ${font.width}x${font.height} font from file ${path}\n`);
      }
      if (table !== undefined && table !== "none") {
        const path = yield* findDataFile(sys, [".", ...DIRECTORIES], table, [".uni"], 1);
        if (path === undefined) {
          yield* io.warn(`Unable to find file: ${table}`);
          return 66;
        }
        const given = readTableText(decode(yield* readDataFile(sys, path)), (font ?? now).count);
        if ("wrong" in given) io.die(`Unable to parse number: ${given.wrong}`, 65);
        font = { ...(font ?? now), table: given.table };
      }
      if (font !== undefined) ask(sys, fd, "KDFONTSET", { ...font, ...(height !== undefined && { height }), ...(double && { width: font.width * 2, height: font.height * 2 }) });
    } catch (error) {
      if (error instanceof SysError) io.die(error.message, 71);
      throw error;
    }
    return 0;
  },
);
