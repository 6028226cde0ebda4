// setupcon(1): sets the font and the keyboard of the consoles up as /etc/default/console-setup and /etc/default/keyboard say.
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { runProgram } from "../dpkg/_maintainer-actions.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";

const CONSOLE = "/etc/default/console-setup";
const KEYBOARD = "/etc/default/keyboard";
const SAVED = "/etc/console-setup";

/** NAME="value" lines of both files. */
function* settings(sys: Sys): Blocking<ReadonlyMap<string, string> | undefined> {
  const files = [yield* readTextFile(sys, CONSOLE), yield* readTextFile(sys, KEYBOARD)];
  if (files.every((one) => one === undefined)) return undefined;
  const found = new Map<string, string>();
  for (const match of files.join("\n").matchAll(/^\s*([A-Z_]+)=(?:"([^"]*)"|'([^']*)'|(\S*))\s*$/gm)) found.set(match[1] ?? "", match[2] ?? match[3] ?? match[4] ?? "");
  return found;
}

function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function* save(sys: Sys, name: string, words: string): Blocking<void> {
  const fd = yield* sys.open(`${SAVED}/${name}`, O.WRONLY | O.CREAT | O.TRUNC, 0o755);
  yield* sys.write(fd, encode(words));
  sys.close(fd);
}

/** "Lat15-Fixed16.psf.gz" of the settings; undefined where there is no such file. */
function fontFile(sys: Sys, found: ReadonlyMap<string, string>): string | undefined {
  const own = found.get("FONT");
  if (own !== undefined && own !== "") return own.split(" ")[0];
  const face = found.get("FONTFACE") ?? "";
  if (face === "") return undefined;
  const codeset = found.get("CODESET") === undefined || found.get("CODESET") === "guess" || found.get("CODESET") === "" ? "Lat15" : (found.get("CODESET") ?? "Lat15");
  const [first = "16", second] = (found.get("FONTSIZE") ?? "16").split("x");
  const [small, large] = second === undefined ? ["8", first] : Number(first) < Number(second) ? [first, second] : [second, first];
  return [`${large}`, `${large}x${small}`].map((size) => `/usr/share/consolefonts/${codeset}-${face}${small === "8" ? large : size}.psf.gz`).find((path) => exists(sys, path)) ?? `/usr/share/consolefonts/${codeset}-${face}${large}x${small}.psf.gz`;
}

export default program(
  {
    name: "setupcon", path: "/bin/setupcon", showsHelp: true, summary: "load the console's font and keymap", synopsis: ["[OPTION]... [VARIANT]"], operands: "none",
    options: [
      flag(["-k", "--keyboard-only"], "only the keyboard"), flag(["-f", "--font-only"], "only the font"), flag(["-t", "--terminal-only"], "only the terminal"), flag(["--current-tty"], "only this console"), flag(["-v", "--verbose"], "say what is done"), flag(["--save"], "also save what the boot needs in /etc/console-setup"), flag(["--save-only"], "only save it"),
      flag(["--force"], "also when this is not a console"), flag(["--save-keyboard"], "save the keymap"), flag(["--print-commands-only"], "only print the commands"), text(["--setup-dir"], "DIR", "accepted, nothing is put there"),
    ],
    description: ["At a pseudo-terminal (of ssh, tmux, X) nothing is done unless --force is given."],
    seeAlso: ["ckbcomp(1)", "loadkeys(1)", "setfont(8)"],
  },
  function* (sys, argv, io: Io) {
    const given = new Set<string>();
    let variant: string | undefined;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "--setup-dir") at++;
      else if (/^(?:-[kftv]|--(?:keyboard-only|font-only|terminal-only|current-tty|verbose|save|save-only|force|save-keyboard|print-commands-only))$/.test(word)) given.add(word);
      else if (word.startsWith("-")) {
        yield* io.stderr(`setupcon: Unrecognised option ${word}\n`);
        return 1;
      } else if (variant !== undefined) {
        yield* io.stderr(`setupcon: Two variants specified: ${variant} and ${word}\n`);
        return 1;
      } else variant = word;
    }
    const found = yield* settings(sys);
    if (found === undefined) {
      yield* io.stderr(`setupcon: None of ${KEYBOARD}, ${CONSOLE}, ~/.keyboard, ~/.console-setup exists.\n`);
      return 1;
    }
    const only = given.has("-k") || given.has("--keyboard-only") ? "keyboard" : given.has("-f") || given.has("--font-only") ? "font" : given.has("-t") || given.has("--terminal-only") ? "terminal" : "all";
    const verbose = given.has("-v") || given.has("--verbose");
    const print = given.has("--print-commands-only");
    const saving = given.has("--save") || given.has("--save-only") || given.has("--save-keyboard");
    const layout = found.get("XKBLAYOUT") ?? "us";
    const compile = `ckbcomp -charmap ${found.get("CHARMAP") ?? "UTF-8"} -model ${found.get("XKBMODEL") || "pc105"} -layout ${layout}${found.get("XKBVARIANT") ? ` -variant ${found.get("XKBVARIANT") ?? ""}` : ""}${found.get("XKBOPTIONS") ? ` -option ${found.get("XKBOPTIONS") ?? ""}` : ""}`;
    const commands: string[] = [];
    if (only === "all" || only === "font") {
      const file = fontFile(sys, found);
      if (file !== undefined && !exists(sys, "/usr/bin/setfont")) yield* io.stderr("setupcon: Neither setfont nor consolechars is accessible. No font will be configured.\n");
      else if (file !== undefined && !exists(sys, file)) yield* io.stderr("setupcon: Unable to find the required font.  No font will be configured.\n");
      else if (file !== undefined) commands.push(`setfont '${file}'`);
    }
    if (only === "all" || only === "keyboard") {
      if (!exists(sys, "/usr/bin/loadkeys")) yield* io.stderr("setupcon: loadkeys is not accessible. Keyboard will not be configured.\n");
      else commands.push("kbd_mode -u", `${compile} | loadkeys`);
    }
    if (saving && sys.getcred().euid === 0) {
      try {
        sys.mkdir(SAVED, 0o755);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      const script = (lines: readonly string[]): string => `#!/bin/sh\n# saved by setupcon\n${lines.join("\n")}\n`;
      yield* save(sys, "cached_setup_keyboard.sh", script(commands.filter((line) => !line.startsWith("setfont"))));
      yield* save(sys, "cached_setup_font.sh", script(commands.filter((line) => line.startsWith("setfont"))));
      yield* save(sys, "cached_setup_terminal.sh", script(["printf '\\033%%G'"]));
    }
    if (given.has("--save-only")) return 0;
    if (print) {
      io.out.put(commands.map((line) => `${line}\n`).join(""));
      return 0;
    }
    const tty = sys.isatty(0) ? sys.ttyname(0) : "";
    if (!/^\/dev\/tty\d+$/.test(tty) && !given.has("--force")) {
      yield* io.stderr("setupcon: We are not on the console, the console is left unconfigured.\n");
      return 0;
    }
    yield* io.out.flush();
    let status = 0;
    for (const line of commands) {
      if (verbose) yield* io.stderr(`${line}\n`);
      status = Math.max(status, yield* runProgram(sys, ["sh", "-c", line]));
    }
    return status === 0 ? 0 : 1;
  },
);
