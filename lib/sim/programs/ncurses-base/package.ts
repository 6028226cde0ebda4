import { decode, encode } from "../../kernel/sys.ts";
import type { DebianPackage, PackageFile } from "../kit/package.ts";
import { compileEntry } from "../kit/terminfo/compiled-entry.ts";
import type { Entry } from "../kit/terminfo/entry.ts";
import { parseEntries, resolveEntry } from "../kit/terminfo/entry-source.ts";
import { TERMINALS } from "./_terminals.ts";

/** The names that Debian links to an entry's file. */
const LINKED = new Set(["Eterm-color", "xterm-debian", "rxvt-m"]);
/** Files that are not called by the first name. */
const FILE_NAMES: ReadonlyMap<string, string> = new Map([["rxvt-color", "rxvt"]]);

let kept: ReadonlyMap<string, Entry> | undefined;

function allEntries(): ReadonlyMap<string, Entry> {
  if (kept !== undefined) return kept;
  const found = new Map<string, Entry>();
  for (const source of parseEntries(TERMINALS, true).entries) found.set(source.names.split("|")[0] ?? "", resolveEntry(source, (name) => found.get(name)));
  kept = found;
  return found;
}

function compiled(name: string): Uint8Array {
  const entry = allEntries().get(name);
  return entry === undefined ? new Uint8Array(0) : compileEntry(entry);
}

function terminalFiles(): readonly PackageFile[] {
  const heads = TERMINALS.split("\n").filter((line) => /^[^\s]/.test(line)).map((line) => line.split(",")[0]?.split("|") ?? []);
  const letters = [...new Set(heads.map(([name = ""]) => name.charAt(0)))].sort();
  return [
    { path: "/lib/terminfo", directory: true },
    ...letters.map((letter): PackageFile => ({ path: `/lib/terminfo/${letter}`, directory: true })),
    ...heads.map(([name = ""]): PackageFile => ({ path: `/lib/terminfo/${name.charAt(0)}/${FILE_NAMES.get(name) ?? name}`, content: () => compiled(name) })),
    ...heads.flatMap(([name = "", ...others]) => others.filter((other) => LINKED.has(other)).map((other): PackageFile => ({ path: `/lib/terminfo/${other.charAt(0)}/${other}`, symlink: name }))),
  ];
}

const stops = (count: number, sign: string): string => `        ${sign}`.repeat(count);
const text = (path: string, words: string): PackageFile => ({ path, text: decode(encode(words)) });

export default {
  name: "ncurses-base", summary: "descriptions of the common terminals",
  files: [
    ...terminalFiles(),
    { path: "/etc/terminfo", directory: true },
    text("/etc/terminfo/README", "Descriptions of terminals that only this machine has. They are looked for in\n~/.terminfo, here, in /lib/terminfo and in /usr/share/terminfo.\n"),
    { path: "/usr/share/terminfo", directory: true },
    { path: "/usr/share/tabset", directory: true },
    text("/usr/share/tabset/std", `\r\x1b3\r${stops(13, "\x1b1")}\n`),
    text("/usr/share/tabset/stdcrt", `\r\x1b3\r${stops(9, "\x1b1")}\r`),
    text("/usr/share/tabset/vt100", `\r\n\x1b[3g\n\x1bH${stops(15, "\x1bH")}\n`),
    text("/usr/share/tabset/vt300", "\n\x1b[3g\n\x1bP2$t9/17/25/33/41/49/57/65/73/81/89/97/105/113/121/129\x1b\\\n"),
  ],
} satisfies DebianPackage;
