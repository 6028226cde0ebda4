// From the words of a box to the box.

import type { Blocking } from "../../kernel/sys.ts";
import { openShellPipe } from "../kit/shell-command.ts";
import { buildList } from "./_build.ts";
import { calendarBox, rangeBox, timeBox } from "./_date.ts";
import { editBox, fileBox } from "./_files.ts";
import { type Field, formBox } from "./_form.ts";
import { gaugeBox, mixedGauge } from "./_gauge.ts";
import { inputBox } from "./_input.ts";
import { type Item, type ListKind, listBox } from "./_list.ts";
import { infoBox, messageBox, pauseBox, yesNoBox } from "./_message.ts";
import { outputBox, tailBox, textBox } from "./_pages.ts";
import { Failure, Options, type Session, columnsOf } from "./_session.ts";

export interface Called {
  readonly name: string;
  /** with its own name first */
  readonly words: readonly string[];
  readonly mistake: (text: string) => never;
}

export function* runBox(session: Session, called: Called): Blocking<number> {
  session.helpBox = function* () {
    const { options } = session;
    const file = options.text("hfile") ?? "";
    session.options = new Options();
    session.options.values.set("title", "HELP");
    session.canvas.keep();
    yield* textBox(session, file, { height: 0, width: 0 });
    session.options = options;
    session.canvas.forget();
  };
  const status = yield* shown(session, called);
  if (session.answer === "" && session.options.has("last-key")) session.addLastKey(false);
  return status;
}

function* shown(session: Session, called: Called): Blocking<number> {
  const { name, words } = called;
  const number = (at: number, otherwise = 0): number => {
    const word = words[at];
    if (word === undefined) return otherwise;
    if (!/^\s*[-+]?\d+$/.test(word)) return called.mistake(`Expected a number for token ${at} of ${(words[0] ?? "").slice(0, 20)}`);
    return Number(word);
  };
  const text = words[1] ?? "";
  const size = (at = 2): { readonly height: number; readonly width: number } => ({ height: number(at), width: number(at + 1) });
  const groups = (from: number, plain: number): string[][] => {
    const length = plain + (session.options.has("item-help") && name !== "mixedgauge" ? 1 : 0);
    const out: string[][] = [];
    for (let at = from; at < words.length; at += length) {
      if (at + length > words.length) called.mistake(`Expected ${length} arguments, found ${at === from ? "only" : "extra"} ${words.length - at}`);
      out.push(words.slice(at, at + length));
    }
    return out;
  };
  const counts = (): void => {
    session.answers++;
  };
  switch (name) {
    case "msgbox": return yield* messageBox(session, text, size());
    case "yesno": return yield* yesNoBox(session, text, size());
    case "infobox": return yield* infoBox(session, text, size());
    case "pause": return yield* pauseBox(session, text, size(), number(4));
    case "inputbox": case "passwordbox": counts(); return yield* inputBox(session, text, size(), words[4], name === "passwordbox");
    case "menu": case "inputmenu": case "checklist": case "radiolist": case "treeview": {
      const items = itemsOf(session, groups(5, plainWords(session, name)), name);
      if (name === "inputmenu") {
        if (session.options.text("extra-label") === undefined) session.options.values.set("extra-label", session.word("Rename"));
        session.options.flags.add("extra-button");
      }
      counts();
      return yield* listBox(session, name, text, size(), number(4), items);
    }
    case "buildlist": counts(); return yield* buildList(session, text, size(), number(4), itemsOf(session, groups(5, plainWords(session, name)), name));
    case "gauge": return yield* gaugeBox(session, text, size(), number(4));
    case "mixedgauge": return yield* mixedGauge(session, text, size(), number(4), groups(5, 2).map(([step = "", state = ""]) => ({ name: step, state })));
    case "textbox": return yield* textBox(session, text, size());
    case "tailbox": return yield* tailBox(session, text, size());
    case "tailboxbg":
      session.sys.observe({ kind: "unsimulated", command: "dialog", detail: "--tailboxbg" });
      throw new Failure("dialog: --tailboxbg is not simulated here: use --tailbox");
    case "editbox": counts(); return yield* editBox(session, text, size());
    case "programbox": case "progressbox": {
      const titled = words.length === 4;
      return yield* outputBox(session, titled ? text : "", size(titled ? 2 : 1), session.inputFd, name === "programbox");
    }
    case "prgbox": {
      const titled = words.length === 5;
      const pipe = openShellPipe(session.sys, `${(titled ? words[2] : words[1]) ?? ""} 2>&1`, "r");
      const status = yield* outputBox(session, titled ? text : "", size(titled ? 3 : 2), pipe.fd, true);
      session.sys.close(pipe.fd);
      yield* session.sys.waitpid(pipe.pid);
      return status;
    }
    case "calendar": counts(); return yield* calendarBox(session, text, size(), number(4, -1), number(5, -1), number(6, -1));
    case "timebox": counts(); return yield* timeBox(session, text, size(), [number(4, -1), number(5, -1), number(6, -1)]);
    case "rangebox": counts(); return yield* rangeBox(session, text, size(), number(4), number(5), number(6, number(4)));
    case "fselect": case "dselect": counts(); return yield* fileBox(session, text, size(), name === "dselect");
    default: counts(); return yield* formBox(session, text, size(), number(4), fieldsOf(session, groups(5, name === "mixedform" ? 9 : 8), name));
  }
}

/** How many words an entry has without its help. */
function plainWords(session: Session, name: ListKind | "buildlist"): number {
  const noItems = session.options.has("no-items");
  if (name === "menu" || name === "inputmenu") return noItems ? 1 : 2;
  return (noItems ? 2 : 3) + (name === "treeview" ? 1 : 0);
}

function itemsOf(session: Session, groups: readonly (readonly string[])[], name: string): Item[] {
  const noItems = session.options.has("no-items");
  const menu = name === "menu" || name === "inputmenu";
  const help = session.options.has("item-help");
  const items = groups.map((words) => {
    const rest = words.slice(noItems ? 1 : 2);
    return { tag: words[0] ?? "", label: noItems ? "" : (words[1] ?? ""), on: !menu && /^on$/i.test(rest[0] ?? ""), depth: name === "treeview" ? Number.parseInt(rest[1] ?? "0", 10) || 0 : 0, help: help ? (words.at(-1) ?? "") : "" };
  });
  const separator = session.options.text("column-separator");
  if (separator === undefined || separator === "") return items;
  const widths: number[] = [];
  const columns = items.map((item) => item.label.split(separator));
  for (const parts of columns) for (const [at, part] of parts.entries()) widths[at] = Math.max(widths[at] ?? 0, columnsOf(part));
  return items.map((item, index) => ({ ...item, label: (columns[index] ?? []).map((part, at) => part + " ".repeat((widths[at] ?? 0) - columnsOf(part))).join(" ") }));
}

function fieldsOf(session: Session, groups: readonly (readonly string[])[], name: string): Field[] {
  const from1 = (word = ""): number => Math.max(0, (Number.parseInt(word, 10) || 0) - 1);
  return groups.map((words) => {
    const [label = "", labelRow, labelColumn, value = "", row, column, width = "", limit = "", type = "0"] = words;
    const bits = name === "passwordform" ? 1 : name === "mixedform" ? Number.parseInt(type, 10) || 0 : 0;
    return { name: label, nameRow: from1(labelRow), nameColumn: from1(labelColumn), text: value, row: from1(row), column: from1(column), width: Number.parseInt(width, 10) || 0, limit: Number.parseInt(limit, 10) || 0, hidden: (bits & 1) !== 0, fixed: (bits & 2) !== 0, help: session.options.has("item-help") ? (words.at(-1) ?? "") : "" };
  });
}
