// loadkeys(1): reads keymaps (keymaps(5)) and gives them to the kernel.
import { type Blocking, decode, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, text, unsimulated } from "../kit/gnu.ts";
import { Exit } from "../kit/io.ts";
import { dumpComposes, dumpKeys, dumpStrings, KeymapSyntaxError, readKeymap } from "../kit/keyboard/keymap-file.ts";
import type { Keymap } from "../kit/keyboard/keymap.ts";
import { readWhole } from "../kit/read-whole.ts";
import { ask, kbdCommand, openConsole } from "./_console.ts";
import { findDataFile, readDataFile, unpacked } from "./_data-file.ts";
import { defaultKeymap, keymapOf } from "./_keymap-of.ts";

const DIRECTORIES = ["/usr/share/keymaps", "/usr/share/kbd/keymaps", "/usr/lib/kbd/keymaps"];

/** What `include` lines of a text name, and those of what they include. */
function* collectIncludes(sys: Sys, words: string, near: string, found: Map<string, string>): Blocking<void> {
  for (const match of words.matchAll(/^\s*include\s+"([^"]+)"/gm)) {
    const name = match[1] ?? "";
    if (found.has(name)) continue;
    const path = yield* findDataFile(sys, [near, `${near}/../include`, ...DIRECTORIES], name, [".inc", ".map", ".kmap"]);
    if (path === undefined) continue;
    const inner = decode(yield* readDataFile(sys, path));
    found.set(name, inner);
    yield* collectIncludes(sys, inner, near, found);
  }
}

function* parse(sys: Sys, io: Io, name: string, words: string, near: string, before: Keymap): Blocking<Keymap> {
  const includes = new Map<string, string>();
  yield* collectIncludes(sys, words, near, includes);
  if (sys.charge(words.length >> 3)) yield* sys.preempt();
  try {
    return readKeymap(words, before, (file) => includes.get(file));
  } catch (error) {
    if (!(error instanceof KeymapSyntaxError)) throw error;
    yield* io.stderr(`${name}:${error.line}: ${error.message}\n`);
    throw new Exit(1);
  }
}

export default kbdCommand({
  name: "loadkeys", path: "/bin/loadkeys", summary: "load keyboard translation tables", synopsis: ["[option...] [mapfile...]"], operands: "files",
  options: {
    console: text(["-C", "--console"], "DEV", "of this console"), ascii: flag(["-a", "--ascii"], "make an 8-bit keymap"), binary: unsimulated(["-b", "--bkeymap"], "write a binary keymap (of busybox) instead", "busybox loads no keymap here"), clearComposes: flag(["-c", "--clearcompose"], "forget what composes to what"), defaults: flag(["-d", "--default"], "load the default keymap"),
    table: unsimulated(["-m", "--mktable"], "write the keymap as C source instead", "nothing here compiles a kernel"), parse: flag(["-p", "--parse"], "only read the keymap"), clearStrings: flag(["-s", "--clearstrings"], "forget the texts of function keys"), unicode: flag(["-u", "--unicode"], "make a Unicode keymap"), quiet: flag(["-q", "--quiet"], "say nothing"), verbose: flag(["-v", "--verbose"], "be more verbose"),
  },
  description: ["A map is looked for by its path, or by its name below /usr/share/keymaps (package console-data); - is standard input, as is nothing at all. Only the superuser may change the keymap; it counts for all virtual consoles, not for terminals of X or ssh."],
  seeAlso: ["dumpkeys(1)", "localectl(1)", "setupcon(1)"],
  *run({ options, operands, sys }, io: Io) {
    if (options.ascii && options.unicode) io.usage("Options --unicode and --ascii are mutually exclusive.");
    const fd = yield* openConsole(sys, io, options.console);
    let keymap: Keymap = options.defaults ? defaultKeymap() : keymapOf(sys, fd);
    if (options.clearComposes) keymap = { ...keymap, composes: [] };
    if (options.clearStrings) keymap = { ...keymap, strings: new Map() };
    for (const name of operands.length > 0 ? operands : options.defaults ? [] : ["-"]) {
      if (name === "-") {
        keymap = yield* parse(sys, io, "<stdin>", decode(yield* unpacked(yield* readWhole(sys, 0))), "/usr/share/keymaps", keymap);
        continue;
      }
      const path = yield* findDataFile(sys, [".", ...DIRECTORIES], name, [".kmap", ".map"]);
      if (path === undefined) {
        yield* io.stderr(`Unable to open file: ${name}: No such file or directory\n`);
        return 1;
      }
      if (options.verbose) yield* io.stderr(`Loading ${path}\n`);
      keymap = yield* parse(sys, io, path, decode(yield* readDataFile(sys, path)), path.slice(0, Math.max(0, path.lastIndexOf("/"))) || ".", keymap);
    }
    if (options.parse) return 0;
    try {
      ask(sys, fd, "KDSETKEYMAP", keymap);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Keymap 0: ${error.errno === "EPERM" ? "Permission denied" : error.message}\nKDSKBENT: ${error.message}: failed to bind key 1 to value 27\n`);
      return 1;
    }
    if (options.verbose) io.out.put(`${dumpKeys(keymap, { numeric: false, shape: "default" })}${dumpStrings(keymap)}${dumpComposes(keymap)}`);
    return 0;
  },
});
