// How apt speaks: problems with their letter, lists of names, the question whether to go on.

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { SourcesError } from "./_sources.ts";
import { decimalPoint } from "../kit/locale.ts";
import { messageLanguage, translated } from "../kit/messages/translate.ts";

export function isTerminal(sys: Sys, fd: number): boolean {
  try {
    return sys.isatty(fd);
  } catch {
    return false;
  }
}

export function* say(sys: Sys, text: string): Blocking<void> {
  const said = translated(sys, "apt", text);
  // sizes and rates
  yield* sys.write(1, encode(decimalPoint(sys) === "," ? said.replace(/(\d)\.(\d+) (?=[kMG]?[oB]\b)/g, "$1,$2 ") : said));
}

export function* problem(sys: Sys, friendly: boolean, text: string, letter: "E" | "W" | "N" = "E"): Blocking<void> {
  const colour = friendly && isTerminal(sys, 2) ? (letter === "E" ? "\x1b[1;31m" : "\x1b[1;33m") : "";
  yield* sys.write(2, encode(translated(sys, "apt", colour === "" ? `${letter}: ${text}\n` : `${colour}${letter}: \x1b[0m${text}\n`)));
}

/** "  a b c" wrapped at the terminal's width. */
export function columns(sys: Sys, names: readonly string[]): string {
  let width = Number(sys.environment.get("COLUMNS")) || 80;
  if (isTerminal(sys, 1)) width = sys.getWindowSize(1).cols;
  let text = "";
  let line = " ";
  for (const name of names) {
    if (line.length + 1 + name.length > width - 1 && line !== " ") {
      text += `${line}\n`;
      line = " ";
    }
    line += ` ${name}`;
  }
  return `${text}${line}\n`;
}

export function* confirmed(sys: Sys): Blocking<boolean> {
  yield* say(sys, "Do you want to continue? [Y/n] ");
  let line = "";
  let ended = true;
  for (;;) {
    const [byte] = yield* sys.read(0, 1);
    if (byte === undefined) break;
    ended = false;
    if (byte === 10) break;
    line += String.fromCharCode(byte);
  }
  if (!ended && (line === "" || (messageLanguage(sys) === "fr" ? /^[oy]/i : /^y/i).test(line))) return true;
  yield* say(sys, "Abort.\n");
  return false;
}

/** Runs a command; sources that cannot be read are said and end it, as every command of apt does. */
export function* readingSources(sys: Sys, friendly: boolean, work: () => Blocking<number>): Blocking<number> {
  try {
    return yield* work();
  } catch (error) {
    if (!(error instanceof SourcesError)) throw error;
    yield* problem(sys, friendly, error.message);
    yield* problem(sys, friendly, "The list of sources could not be read.");
    return 100;
  }
}
