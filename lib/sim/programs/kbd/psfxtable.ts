// psfxtable(1): the table of characters of a console font: taken out, put in, taken away. psfaddtable, psfgettable and psfstriptable are its three uses by name.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { text, flag } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { Exit } from "../kit/io.ts";
import { readDataFile } from "./_data-file.ts";
import { fontBytes, readFont, readTableText, type ScreenFont, tableText } from "./_psf.ts";

function* write(sys: Sys, path: string, bytes: Uint8Array): Blocking<void> {
  if (path === "-") {
    yield* sys.write(1, bytes);
    return;
  }
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
  yield* sys.write(fd, bytes);
  sys.close(fd);
}

function* read(sys: Sys, io: Io, path: string): Blocking<Uint8Array> {
  try {
    return yield* readDataFile(sys, path === "-" ? "/dev/stdin" : path);
  } catch (error) {
    if (error instanceof SysError) return io.die(`Unable to open file: ${path}: ${error.message}`, 66);
    throw error;
  }
}

export default program(
  {
    name: "psfxtable", links: ["/usr/bin/psfaddtable", "/usr/bin/psfgettable", "/usr/bin/psfstriptable"], showsHelp: true, summary: "add, take out or remove the Unicode table of a console font", operands: "files",
    synopsis: ["[-i infont] [-o outfont] [-it intable] [-ot outtable] [-nt]"],
    options: [text(["-i"], "infont", "read this font"), text(["-o"], "outfont", "write the font"), text(["-it"], "intable", "with this table"), text(["-ot"], "outtable", "write its table"), flag(["-nt"], "write the font without a table")],
    description: ["As psfaddtable it takes a font, a table and the font to write; as psfgettable a font and perhaps the table to write; as psfstriptable a font and the one to write."],
  },
  function* (sys, argv, io: Io) {
    const self = io.argv0.slice(io.argv0.lastIndexOf("/") + 1);
    const words = argv.slice(1);
    if (words[0] === "--version" || words[0] === "-V") {
      io.out.put(`${self} from kbd 2.5.1\n`);
      return 0;
    }
    const wrongUse = function* (synopsis: string): Blocking<never> {
      yield* io.stderr(`Usage: ${self} ${synopsis}\n`);
      throw new Exit(64);
    };
    let [inFont, outFont, inTable, outTable, strip]: [string | undefined, string | undefined, string | undefined, string | undefined, boolean] = [undefined, undefined, undefined, undefined, false];
    if (self === "psfaddtable") {
      if (words.length !== 3) yield* wrongUse("infont intable outfont");
      [inFont, inTable, outFont] = words;
    } else if (self === "psfgettable") {
      if (words.length < 1 || words.length > 2) yield* wrongUse("infont [outtable]");
      [inFont, outTable = "-"] = words;
    } else if (self === "psfstriptable") {
      if (words.length !== 2) yield* wrongUse("infont outfont");
      [inFont, outFont] = words;
      strip = true;
    } else {
      for (let at = 0; at < words.length; at++) {
        const word = words[at] ?? "";
        if (word === "-nt") strip = true;
        else if (word === "-i") inFont = words[++at];
        else if (word === "-o") outFont = words[++at];
        else if (word === "-it") inTable = words[++at];
        else if (word === "-ot") outTable = words[++at];
        else yield* wrongUse("[-i infont] [-o outfont] [-it intable] [-ot outtable] [-nt]");
      }
      if (words.length === 0) yield* wrongUse("[-i infont] [-o outfont] [-it intable] [-ot outtable] [-nt]");
    }
    const path = inFont ?? "-";
    let font: ScreenFont = readFont(yield* read(sys, io, path)) ?? io.die(`Bad magic number on ${path}`, 65);
    if (outTable !== undefined) {
      if (font.table === undefined) io.die("input font does not have an index", 65);
      yield* write(sys, outTable, encode(tableText(font.table)));
    }
    if (inTable !== undefined) {
      const given = readTableText(decode(yield* read(sys, io, inTable)), font.count);
      if ("wrong" in given) io.die(`Unable to parse number: ${given.wrong}`, 65);
      font = { ...font, table: given.table };
    }
    if (outFont !== undefined) yield* write(sys, outFont, fontBytes(strip ? { ...font, table: undefined } : font));
    return 0;
  },
);
