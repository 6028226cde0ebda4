// How debconf asks: in windows, line by line, or not at all.

import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { showDialog, wrapText } from "../kit/newt-dialog.ts";
import { textWidth } from "../kit/width.ts";
import { translated } from "../kit/messages/translate.ts";
import { type Question, inLanguage } from "./_french.ts";

type FrontendName = "dialog" | "readline" | "teletype" | "noninteractive";

/** A new value; undefined: back. */
export interface Frontend {
  readonly name: FrontendName;
  ask(sys: Sys, title: string, asked: Question): Blocking<string | undefined>;
}

function terminal(sys: Sys): boolean {
  try {
    return sys.isatty(0) && sys.isatty(1) && (sys.environment.get("TERM") ?? "dumb") !== "dumb";
  } catch {
    return false;
  }
}

/** What debconf allows for whiptail's frames (Debconf::FrontEnd::Dialog of debconf 1.5.82). */
const SPACE = { borderWidth: 5, borderHeight: 6, spacer: 1, title: 10, column: 3, select: 13 } as const;

interface Sized {
  readonly text: string;
  readonly height: number;
  readonly width: number;
}

function sized(text: string, title: string, columns: number): Sized {
  const lines = wrapText(text, columns - SPACE.borderWidth - SPACE.column - 1);
  return { text: lines.join("\n"), height: lines.length + SPACE.borderHeight, width: Math.max(textWidth(title) + SPACE.title, ...lines.map(textWidth)) + SPACE.borderWidth };
}

const titleOf = (sys: Sys, name: string, { heading }: Question["template"]): string => (heading === undefined ? translated(sys, "debconf", `Configuring ${name}`) : `${heading} ${name}`);

const dialog: Frontend = {
  name: "dialog",
  *ask(sys, title, { template, choices, value }) {
    const common = { title: titleOf(sys, title, template), backtitle: translated(sys, "debconf", "Package configuration") };
    const { rows, cols } = sys.getWindowSize(1);
    const [screenRows, screenColumns] = rows > 0 && cols > 0 ? [rows, cols] : [24, 80];
    /** A text by itself; one that is too long scrolls. */
    const showText = function* (text: string): Blocking<void> {
      const { text: shown, height, width } = sized(text, common.title, screenColumns);
      const lines = height - SPACE.borderHeight;
      const scrolls = screenRows - 4 - SPACE.borderHeight <= lines - 1;
      yield* showDialog(sys, { ...common, kind: "message", text: shown, scrolls, height: (scrolls ? screenRows - 4 - SPACE.borderHeight : lines) + SPACE.borderHeight, width });
    };
    /** Explanation and question; when both have no room, the explanation comes before. */
    const prompt = function* (free: number): Blocking<Sized> {
      const both = sized(`${template.long}\n\n${template.short}`, common.title, screenColumns);
      if (both.height <= screenRows - SPACE.borderHeight + 1 + free) return both;
      yield* showText(template.long);
      return sized(template.short, common.title, screenColumns);
    };
    const listSize = ({ height, width }: Sized): { readonly height: number; readonly width: number; readonly listHeight: number } => {
      const room = screenRows - SPACE.spacer;
      const listHeight = height + choices.length + 1 >= room ? Math.max(1, room - height - 4) : choices.length;
      return { height: height + listHeight + SPACE.spacer, width: Math.max(width, ...choices.map((choice) => textWidth(choice) + SPACE.select)), listHeight };
    };
    switch (template.type) {
      case "boolean": {
        const { text, height, width } = yield* prompt(1);
        const answer = yield* showDialog(sys, { ...common, kind: "yesno", text, height, width, defaultNo: value === "false" });
        return answer.button === "escape" ? undefined : answer.button === "ok" ? "true" : "false";
      }
      case "select": {
        const asked = yield* prompt(-2);
        const answer = yield* showDialog(sys, { ...common, kind: "menu", text: asked.text, ...listSize(asked), items: choices.map((choice) => ({ tag: choice, label: "" })), defaultItem: value });
        return answer.button === "ok" ? answer.value : undefined;
      }
      case "multiselect": {
        const on = value.split(/,\s*/);
        let asked = yield* prompt(-2);
        if (listSize(asked).listHeight < 3 && choices.length > 2) {
          yield* showText(template.long);
          asked = sized(template.short, common.title, screenColumns);
        }
        const answer = yield* showDialog(sys, { ...common, kind: "checklist", text: asked.text, ...listSize(asked), items: choices.map((choice) => ({ tag: choice, label: "", on: on.includes(choice) })) });
        return answer.button === "ok" ? answer.chosen.join(", ") : undefined;
      }
      case "note": {
        yield* showText(`${template.short}\n\n${template.long}`);
        return value;
      }
      case "string": {
        const { text, height, width } = yield* prompt(0);
        const answer = yield* showDialog(sys, { ...common, kind: "input", text, height: height + SPACE.spacer, width, initial: value });
        return answer.button === "ok" ? answer.value : undefined;
      }
    }
  },
};

function* readLine(sys: Sys): Blocking<string | undefined> {
  const bytes: number[] = [];
  for (;;) {
    const [byte] = yield* sys.read(0, 1);
    if (byte === undefined) return bytes.length === 0 ? undefined : decode(Uint8Array.from(bytes));
    if (byte === 10) return decode(Uint8Array.from(bytes));
    bytes.push(byte);
  }
}

/** Choices in numbered columns, as the readline frontend lists them. */
function numbered(choices: readonly string[], columns: number): string {
  const cells = choices.map((choice, at) => `  ${at + 1}. ${choice}`);
  const width = Math.max(...cells.map((cell) => cell.length));
  const across = Math.max(1, Math.floor(columns / width));
  const down = Math.ceil(cells.length / across);
  let text = "";
  for (let row = 0; row < down; row++) {
    let line = "";
    for (let column = 0; column < across; column++) line += (cells[column * down + row] ?? "").padEnd(width);
    text += `${line.trimEnd()}\n`;
  }
  return text;
}

function lineFrontend(name: "readline" | "teletype"): Frontend {
  return {
    name,
    *ask(sys, title, { template, choices, value }) {
      let columns = 80;
      try {
        columns = sys.getWindowSize(1).cols;
      } catch {
        // no terminal
      }
      const said = (english: string): string => translated(sys, "debconf", english);
      const [yes, no] = [said("yes"), said("no")];
      const head = titleOf(sys, title, template);
      yield* sys.write(1, encode(`${head}\n${"-".repeat(head.length)}\n\n${template.long.split("\n\n").map((part) => wrapText(part, columns - 1).join("\n")).join("\n\n")}\n\n`));
      for (;;) {
        if (template.type === "select" || template.type === "multiselect") yield* sys.write(1, encode(`${numbered(choices, columns)}\n`));
        const several = template.type === "multiselect" ? `(${said("Enter the items or ranges you want to select, separated by spaces.")})\n\n` : "";
        const shown = template.type === "boolean" ? (value === "true" ? yes : no) : template.type === "select" ? (choices.includes(value) ? String(choices.indexOf(value) + 1) : "") : value;
        yield* sys.write(1, encode(`${several}${template.short}${template.type === "boolean" ? ` [${yes}/${no}]` : ""} ${shown === "" || template.type === "boolean" ? "" : `[${shown}] `}`));
        const line = yield* readLine(sys);
        if (line === undefined) return undefined;
        const text = line.trim() === "" ? shown : line.trim();
        yield* sys.write(1, encode("\n"));
        if (template.type === "boolean") {
          if (/^y(es)?$/i.test(text) || (text !== "" && yes.startsWith(text.toLowerCase()))) return "true";
          if (/^no?$/i.test(text) || (text !== "" && no.startsWith(text.toLowerCase()))) return "false";
        } else if (template.type === "select") {
          const at = /^\d+$/.test(text) ? Number(text) - 1 : choices.findIndex((choice) => choice.toLowerCase().startsWith(text.toLowerCase()));
          const choice = choices[at];
          if (choice !== undefined) return choice;
        } else if (template.type === "multiselect") {
          const picked = text.split(/[\s,]+/).flatMap((word) => {
            const range = /^(\d+)-(\d+)$/.exec(word);
            if (range) return choices.slice(Number(range[1]) - 1, Number(range[2]));
            return /^\d+$/.test(word) ? choices.slice(Number(word) - 1, Number(word)) : choices.filter((choice) => choice === word);
          });
          if (picked.length > 0 || text === "") return picked.join(", ");
        } else return text;
      }
    },
  };
}

const noninteractive: Frontend = {
  name: "noninteractive",
  *ask(_sys, _title, { value }) {
    return value;
  },
};

/** Asks in the language of the environment; the answer that is kept is in none. */
function localized(frontend: Frontend): Frontend {
  return {
    name: frontend.name,
    *ask(sys, title, asked) {
      const { shown, kept } = inLanguage(sys, asked);
      const answer = yield* frontend.ask(sys, title, shown);
      return answer === undefined ? undefined : kept(answer);
    },
  };
}

/** The frontend that was wished for, or the next one that works here; what does not work is said, as debconf says it. */
export function* chooseFrontend(sys: Sys, wish: string): Blocking<Frontend> {
  const name = wish.toLowerCase();
  const say = (text: string): Blocking<number> => sys.write(2, encode(`${translated(sys, "debconf", text)}\n`));
  if (name === "noninteractive") return noninteractive;
  if (name === "readline") return localized(lineFrontend("readline"));
  if (name === "teletype" || name === "text") return localized(lineFrontend("teletype"));
  let there = false;
  try {
    sys.stat("/usr/bin/whiptail");
    there = true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  if (terminal(sys) && there) return localized(dialog);
  yield* say(`debconf: unable to initialize frontend: ${name === "dialog" ? "Dialog" : wish}`);
  yield* say(there ? "debconf: (Dialog frontend will not work on a dumb terminal, an emacs shell buffer, or without a controlling terminal.)" : "debconf: (No usable dialog-like program is installed, so the dialog based frontend cannot be used. at /usr/share/perl5/Debconf/FrontEnd/Dialog.pm line 78.)");
  yield* say("debconf: falling back to frontend: Readline");
  let input = false;
  try {
    input = sys.isatty(0);
  } catch {
    // closed
  }
  if (input) return localized(lineFrontend("readline"));
  yield* say("debconf: unable to initialize frontend: Readline");
  yield* say("debconf: (This frontend requires a controlling tty.)");
  yield* say("debconf: falling back to frontend: Teletype");
  return localized(lineFrontend("teletype"));
}
