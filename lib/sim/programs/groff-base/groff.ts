// groff: the formatter and what runs before and behind it (groff(1), 1.22.4). Documents are set for terminals.

import { counted, flag, gnu, type Io, text, texts, unsimulated } from "../kit/gnu.ts";
import { Fatal, readDocument, typeset } from "./_typeset.ts";

const DEVICES = new Set(["ascii", "latin1", "utf8"]);
const OTHER_DEVICES = new Set(["ps", "pdf", "dvi", "html", "xhtml", "X75", "X75-12", "X100", "X100-12", "lj4", "lbp", "cp1047"]);
const terminalsOnly = "documents are set for terminals only";

export default gnu({
  name: "groff", summary: "set a document", synopsis: ["[OPTION]... [FILE]..."], operands: "files", withoutVersion: true, helpLetter: "h", tryLine: () => "", seeAlso: ["nroff(1)", "man(1)"],
  options: {
    device: text(["-T"], "DEVICE", "for ascii, latin1 or utf8; ps, which printers take, unless given"), macros: texts(["-m"], "NAME", "with the macros NAME: man for manual pages"), registers: texts(["-r"], "CN", "register C becomes N; LL=60n is the line of a manual page"), strings: texts(["-d"], "CS", "string C becomes S"),
    post: texts(["-P"], "ARG", "ARG for the program behind: -c for overstrikes"), tables: flag(["-t"], "set what stands between .TS and .TE as tables"), equations: flag(["-e"], "equations; they are left out"), pictures: flag(["-p"], "pictures; they are left out"), soelim: flag(["-s"], "files that .so names; they are always read"), preconv: flag(["-k"], "any encoding of the input; UTF-8 is always read"),
    encoding: text(["-K"], "NAME", "this encoding of the input"), show: flag(["-V"], "show the pipeline in place of running it"), none: flag(["-z"], "no output but messages"), safe: flag(["-S"], "safe requests only"), unsafe: flag(["-U"], "all requests"), compatible: flag(["-C"], "names of two letters only"), standardInput: flag(["-i"], "standard input behind the files"),
    backtrace: flag(["-b"], "where in the macros a warning comes from"), noColour: flag(["-c"], "no colours"), noErrors: flag(["-E"], "no messages"), warnings: texts(["-w"], "NAME", "a kind of warnings on"), noWarnings: texts(["-W"], "NAME", "a kind of warnings off"), first: text(["-n"], "N", "number the first page N"), pages: text(["-o"], "LIST", "these pages"),
    folders: texts(["-F"], "DIR", "fonts are in DIR, too"), macroFolders: texts(["-M"], "DIR", "macros are in DIR, too"), includeFolders: texts(["-I"], "DIR", "files of .so are in DIR, too"), version: counted(["-v", "--version"], "show the version"),
    intermediate: unsimulated(["-Z"], "stop at troff's intermediate output", terminalsOnly), approximate: unsimulated(["-a"], "an approximation of the typeset output", terminalsOnly), printer: unsimulated(["-l"], "print the result", terminalsOnly), viewer: unsimulated(["-X"], "show the result in a window of X", terminalsOnly),
    references: unsimulated(["-R"], "references, with refer", "refer is in the package groff"), grn: unsimulated(["-g"], "pictures of gremlin", "grn is in the package groff"), chem: unsimulated(["-j"], "formulas of chemistry", "chem is in the package groff"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (options.version > 0) {
      io.say("GNU groff version 1.22.4\nSimulated: same options, messages and results as the real program, own code.\n");
      return 0;
    }
    const device = options.device ?? "ps";
    if (!DEVICES.has(device)) {
      if (!OTHER_DEVICES.has(device)) {
        yield* io.stderr(`groff: can't find 'DESC' file\ngroff: fatal error: invalid device '${device}'\n`);
        return 3;
      }
      sys.observe({ kind: "unsimulated", command: "groff", detail: `-T ${device}` });
      yield* io.stderr(`groff: the device ${device} is not simulated: ${terminalsOnly}\n`);
      return 1;
    }
    if (options.show) {
      const before = [options.preconv || options.encoding !== undefined ? "preconv" : "", options.soelim ? "soelim" : "", options.pictures ? "pic" : "", options.tables ? "tbl" : "", options.equations ? `eqn -T${device}` : ""].filter((one) => one !== "");
      const words = [...options.macros.map((one) => `-m${one}`), ...options.registers.map((one) => `-r${one}`), ...options.strings.map((one) => `-d${one}`), `-T${device}`];
      const [first, ...rest] = before.length === 0 ? [["troff", ...words, ...operands].join(" ")] : [[before[0] ?? "", ...operands].join(" "), ...before.slice(1), ["troff", ...words].join(" ")];
      io.out.put(`${[first, ...rest, ["grotty", ...options.post].join(" ")].join(" | ")}\n`);
      return 0;
    }
    try {
      const wish = { device: device === "utf8" ? "utf8" : "ascii", macros: options.macros, registers: options.registers, strings: options.strings, tables: options.tables, overstrikes: options.post.includes("-c") } as const;
      const source = yield* readDocument(sys, wish, operands);
      if (sys.charge(source.length >> 4)) yield* sys.preempt();
      if (!options.none) io.out.put(typeset(source, wish));
      return 0;
    } catch (error) {
      if (!(error instanceof Fatal)) throw error;
      yield* io.stderr(`troff: fatal error: ${error.message}\n`);
      return 1;
    }
  },
});
