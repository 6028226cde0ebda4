// Messages of commits and tags: cleaned as git-commit(1), --cleanup, says.
import { Die } from "./die.ts";

/** Blank lines at the ends and doubled ones go, and white space at ends of lines; comments too when asked. */
export function stripSpace(text: string, comments: boolean, char = "#"): string {
  const out: string[] = [];
  let blank = false;
  for (const raw of text.split("\n")) {
    if (comments && raw.startsWith(char)) continue;
    const line = raw.replace(/[ \t\r\f\v]+$/, "");
    if (line === "") {
      blank = out.length > 0;
      continue;
    }
    if (blank) out.push("");
    blank = false;
    out.push(line);
  }
  return out.length === 0 ? "" : `${out.join("\n")}\n`;
}

export type Cleanup = "strip" | "whitespace" | "verbatim" | "scissors" | "default";

/** Throws Die. */
export function cleanupMode(text: string | undefined): Cleanup {
  if (text === undefined) return "default";
  if (text === "strip" || text === "whitespace" || text === "verbatim" || text === "scissors" || text === "default") return text;
  throw new Die(`Invalid cleanup mode ${text}`);
}

export const SCISSORS = "# ------------------------ >8 ------------------------\n";

export function cleanMessage(text: string, mode: Cleanup, edited: boolean): string {
  const cut = text.startsWith(SCISSORS) ? 0 : text.indexOf(`\n${SCISSORS}`) + 1;
  const body = edited && (cut > 0 || text.startsWith(SCISSORS)) ? text.slice(0, cut) : text;
  if (mode === "verbatim") return body;
  return stripSpace(body, mode === "strip" || (mode === "default" && edited));
}

/** The message with "Signed-off-by: WHO" as its last trailer. */
export function withSignOff(message: string, who: string): string {
  const line = `Signed-off-by: ${who}`;
  const body = message.replace(/\n+$/, "");
  const last = body.split("\n").at(-1) ?? "";
  if (last === line) return `${body}\n`;
  const trailers = /^(?:[A-Za-z0-9-]+: |\(cherry picked from commit )/.test(last) && body.includes("\n\n");
  return body === "" ? `\n\n${line}\n` : `${body}\n${trailers ? "" : "\n"}${line}\n`;
}
