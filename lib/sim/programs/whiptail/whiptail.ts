// whiptail: dialog boxes for shell scripts (whiptail(1)). What was chosen goes to standard error, or to the descriptor of --output-fd; the box goes to the terminal.

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { type Dialog, type DialogAnswer, type DialogItem, LEAVE_DIALOG, showDialog } from "../kit/newt-dialog.ts";
import { flag, type Io, program, text } from "../kit/program.ts";

const BOXES = new Map<string, Dialog["kind"] | "textbox">([["--msgbox", "message"], ["--yesno", "yesno"], ["--infobox", "info"], ["--inputbox", "input"], ["--passwordbox", "password"], ["--textbox", "textbox"], ["--menu", "menu"], ["--checklist", "checklist"], ["--radiolist", "radiolist"], ["--gauge", "gauge"]]);
const VALUES = new Set(["--title", "--backtitle", "--default-item", "--yes-button", "--no-button", "--ok-button", "--cancel-button", "--output-fd"]);
const FLAGS = new Set(["--clear", "--defaultno", "--fb", "--fullbuttons", "--nocancel", "--noitem", "--notags", "--separate-output", "--scrolltext", "--topleft"]);

function* contents(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  let all = "";
  for (;;) {
    const bytes = yield* sys.read(fd, 1 << 16);
    if (bytes.length === 0) break;
    all += decode(bytes);
  }
  sys.close(fd);
  return all;
}

export default program(
  {
    name: "whiptail", summary: "ask questions and show messages in windows on the terminal, from scripts", synopsis: ["[OPTION]... BOX"], operands: "none", showsHelp: true,
    options: [
      flag(["--msgbox"], "TEXT HEIGHT WIDTH: a message"), flag(["--yesno"], "TEXT HEIGHT WIDTH: a question"), flag(["--infobox"], "TEXT HEIGHT WIDTH: a message that does not wait"), flag(["--inputbox"], "TEXT HEIGHT WIDTH [INIT]: a line to fill in"), flag(["--passwordbox"], "TEXT HEIGHT WIDTH [INIT]: the same, not shown"),
      flag(["--textbox"], "FILE HEIGHT WIDTH: a file"), flag(["--menu"], "TEXT HEIGHT WIDTH LISTHEIGHT [TAG ITEM]...: one of many"), flag(["--checklist"], "TEXT HEIGHT WIDTH LISTHEIGHT [TAG ITEM STATUS]...: some of many"), flag(["--radiolist"], "TEXT HEIGHT WIDTH LISTHEIGHT [TAG ITEM STATUS]...: one of many, marked"), flag(["--gauge"], "TEXT HEIGHT WIDTH PERCENT: how far it is, read from standard input"),
      text(["--title"], "TEXT", "the window's title"), text(["--backtitle"], "TEXT", "the screen's title"), text(["--default-item"], "TAG", "what is chosen at first"), flag(["--defaultno"], "No is chosen at first"), text(["--ok-button", "--yes-button", "--cancel-button", "--no-button"], "TEXT", "another label of a button"), flag(["--nocancel"], "no Cancel button"),
      flag(["--noitem"], "only tags"), flag(["--notags"], "only items"), flag(["--separate-output"], "one tag a line, without quotes"), text(["--output-fd"], "FD", "where the answer goes"), flag(["--scrolltext"], "the text may be longer than the window"), flag(["--fb", "--fullbuttons"], "buttons with a frame"), flag(["--topleft"], "the window at the top left"), flag(["--clear"], "accepted"), flag(["-v", "--version"], "print the version"),
    ],
  },
  function* (sys, argv, io: Io) {
    const values = new Map<string, string>();
    const flags = new Set<string>();
    let box: string | undefined;
    const operands: string[] = [];
    const words = argv.slice(1);
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? "";
      if (word === "-v" || word === "--version") {
        io.out.put("whiptail (newt): 0.52.23\n");
        return 0;
      }
      if (word === "--") {
        operands.push(...words.slice(at + 1));
        break;
      }
      const [, name = word, value] = /^(--[a-z-]+)=([\s\S]*)$/.exec(word) ?? [];
      if (VALUES.has(name)) values.set(name, value ?? words[++at] ?? "");
      else if (FLAGS.has(name)) flags.add(name);
      else if (BOXES.has(name)) box = name;
      else if (word.startsWith("--")) {
        yield* io.stderr(`${word}: unknown option\n`);
        return 1;
      } else operands.push(word);
    }
    const kind = box === undefined ? undefined : BOXES.get(box);
    const [body = "", height = "0", width = "0", ...rest] = operands;
    if (kind === undefined || operands.length < 3) {
      io.out.put("Box options:\n\t--msgbox <text> <height> <width>\n\t--yesno  <text> <height> <width>\n\t--infobox <text> <height> <width>\n\t--inputbox <text> <height> <width> [init]\n\t--passwordbox <text> <height> <width> [init]\n\t--textbox <file> <height> <width>\n\t--menu <text> <height> <width> <listheight> [tag item] ...\n\t--checklist <text> <height> <width> <listheight> [tag item status]...\n\t--radiolist <text> <height> <width> <listheight> [tag item status]...\n\t--gauge <text> <height> <width> <percent>\n");
      return kind === undefined && words.length === 0 ? 0 : 255;
    }
    let shown = body.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
    if (kind === "textbox") {
      try {
        shown = (yield* contents(sys, body)).replace(/\n$/, "");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`${body}: ${error.message}\n`);
        return 255;
      }
    }
    const lists = kind === "menu" || kind === "checklist" || kind === "radiolist";
    const step = kind === "menu" ? 2 : 3;
    const items: DialogItem[] = [];
    if (lists) for (let at = 1; at + step <= rest.length; at += step) {
      const label = rest[at + 1] ?? "";
      items.push({ tag: rest[at] ?? "", label, on: /^(on|1|yes)$/i.test(rest[at + step - 1] ?? "") && kind !== "menu" });
    }
    const dialog: Dialog = {
      kind: kind === "textbox" ? "message" : kind, title: values.get("--title"), backtitle: values.get("--backtitle"), text: shown, height: Number(height) || 0, width: Number(width) || 0, items, listHeight: lists ? Number(rest[0] ?? "0") || 0 : 0,
      initial: lists ? "" : (rest[0] ?? ""), defaultItem: values.get("--default-item"), defaultNo: flags.has("--defaultno"), noCancel: flags.has("--nocancel"), noTags: flags.has("--notags"), noItems: flags.has("--noitem"), percent: Number(rest[0] ?? "0") || 0, scrolls: flags.has("--scrolltext"), fullButtons: flags.has("--fb") || flags.has("--fullbuttons"), topLeft: flags.has("--topleft"),
      ...(values.has("--ok-button") || values.has("--yes-button") ? { okLabel: values.get(kind === "yesno" ? "--yes-button" : "--ok-button") ?? "" } : {}), ...(values.has("--cancel-button") || values.has("--no-button") ? { cancelLabel: values.get(kind === "yesno" ? "--no-button" : "--cancel-button") ?? "" } : {}),
    };
    let terminal = 1;
    try {
      if (!sys.isatty(1)) terminal = yield* sys.open("/dev/tty", O.RDWR | O.CLOEXEC);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 255;
    }
    if (kind === "gauge") return yield* gauge(sys, dialog, terminal);
    let answer: DialogAnswer;
    try {
      answer = yield* showDialog(sys, dialog, terminal);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 255;
    }
    if (answer.button !== "ok") return answer.button === "escape" ? 255 : 1;
    if (kind === "message" || kind === "yesno" || kind === "info" || kind === "textbox") return 0;
    const out = kind === "checklist" ? (flags.has("--separate-output") ? answer.chosen.map((tag) => `${tag}\n`).join("") : answer.chosen.map((tag) => `"${tag}"`).join(" ")) : answer.value;
    yield* sys.write(Number(values.get("--output-fd") ?? "2"), encode(out));
    return 0;
  },
);

function* gauge(sys: Sys, dialog: Dialog, terminal: number): Blocking<number> {
  let line = "";
  let { text: body } = dialog;
  let percent = dialog.percent ?? 0;
  const change: string[] = [];
  let inChange = false;
  yield* showDialog(sys, dialog, terminal);
  for (;;) {
    const bytes = yield* sys.read(0, 4096);
    if (bytes.length === 0) break;
    for (const letter of decode(bytes)) {
      if (letter !== "\n") {
        line += letter;
        continue;
      }
      if (line === "XXX") {
        if (inChange) {
          percent = Number(change[0] ?? percent) || percent;
          body = change.slice(1).join("\n") || body;
          change.length = 0;
        }
        inChange = !inChange;
      } else if (inChange) change.push(line);
      else if (/^\s*\d+\s*$/.test(line)) percent = Number(line);
      line = "";
    }
    yield* showDialog(sys, { ...dialog, text: body, percent }, terminal);
  }
  yield* sys.write(terminal, encode(LEAVE_DIALOG));
  return 0;
}
