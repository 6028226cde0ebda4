// A manual page for a terminal: the macros of man(7) that pages use, filled and with bold and underline as overstrikes, as nroff gives them to a pager.

import { textWidth } from "../kit/width.ts";

const INDENT = 7;

interface Piece {
  readonly text: string;
  readonly font: "R" | "B" | "I";
}

/** Characters with the font of each; a word is an array of them. */
type Word = readonly Piece[];

/** Escapes of roff: fonts, special characters, zero-width marks. */
function pieces(source: string, font: Piece["font"], state: { previous: Piece["font"] }): Piece[] {
  const found: Piece[] = [];
  let current = font;
  let text = "";
  const flush = (): void => {
    if (text !== "") found.push({ text, font: current });
    text = "";
  };
  const change = (name: string): void => {
    flush();
    const next: Piece["font"] = name === "B" || name === "3" || name === "CB" ? "B" : name === "I" || name === "2" || name === "CI" ? "I" : name === "P" || name === "" ? state.previous : "R";
    state.previous = current;
    current = next;
  };
  const special = (name: string): string => {
    const code = /^u([0-9A-F]{4,6})$/.exec(name)?.[1];
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    return new Map([["aq", "'"], ["dq", '"'], ["bu", "•"], ["em", "—"], ["en", "–"], ["lq", "“"], ["rq", "”"], ["oq", "‘"], ["cq", "’"], ["co", "©"], ["rs", "\\"], ["ti", "~"], ["ha", "^"], ["la", "<"], ["ra", ">"], ["->", "→"], ["hy", "-"], ["Fo", "«"], ["Fc", "»"]]).get(name) ?? "";
  };
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    if (char !== "\\") {
      text += char;
      continue;
    }
    const next = source.charAt(++at);
    switch (next) {
      case "f": {
        let name = source.charAt(++at);
        if (name === "[") {
          const close = source.indexOf("]", at);
          name = source.slice(at + 1, close);
          at = close;
        } else if (name === "(") {
          name = source.slice(at + 1, at + 3);
          at += 2;
        }
        change(name);
        break;
      }
      case "(":
        text += special(source.slice(at + 1, at + 3));
        at += 2;
        break;
      case "[": {
        const close = source.indexOf("]", at);
        text += special(source.slice(at + 1, close));
        at = close;
        break;
      }
      case "*": {
        const name = source.charAt(at + 1) === "(" ? source.slice(at + 2, at + 4) : source.charAt(at + 1);
        at += name.length === 2 ? 3 : 1;
        text += name === "R" ? "®" : name === "lq" ? "“" : name === "rq" ? "”" : "";
        break;
      }
      case "s":
        while (/[-+0-9]/.test(source.charAt(at + 1))) at++;
        break;
      case "e": case "\\": text += "\\"; break;
      case "-": text += "-"; break;
      case " ": case "~": case "0": text += "\u00a0"; break;
      case '"': flush(); return found;
      case "&": case "|": case "^": case "/": case ",": case ":": case "%": case "c": case "": break;
      default: text += next;
    }
  }
  flush();
  return found;
}

/** Macro arguments: words, or strings in double quotes with "" for a quote. */
function macroArguments(text: string): readonly string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/"((?:[^"]|"")*)"?|(\S+)/g)) found.push(match[1] === undefined ? (match[2] ?? "") : match[1].replaceAll('""', '"'));
  return found;
}

const struck = ({ text, font }: Piece): string => (font === "R" ? text.replaceAll("\u00a0", " ") : [...text].map((char) => (char === "\u00a0" || char === " " ? " " : font === "B" ? `${char}\b${char}` : `_\b${char}`)).join(""));

export interface Page {
  readonly title: string;
  readonly section: string;
}

/** `width`: columns of the terminal. */
export function nroff(source: string, width: number): string {
  const out: string[] = [];
  const state = { previous: "R" as Piece["font"] };
  let words: Word[] = [];
  let indent = INDENT;
  let base = INDENT;
  const saved: number[] = [];
  let filling = true;
  let blank = false;
  let tag: Word[] | undefined;
  let awaitingTag = false;
  let footer = "";
  let title = "";
  const room = Math.max(40, width);

  const vertical = (): void => {
    if (out.length > 0 && !blank) out.push("");
    blank = true;
  };
  const put = (line: string): void => {
    out.push(line.trimEnd());
    blank = false;
  };
  const widthOf = (word: Word): number => word.reduce((sum, piece) => sum + textWidth(piece.text), 0);
  const textOf = (word: Word): string => word.map(struck).join("");
  /** Sets the words that wait as filled lines. */
  const flush = (): void => {
    let line = "";
    let length = 0;
    let head = " ".repeat(indent);
    if (tag !== undefined) {
      const label = tag.map(textOf).join(" ");
      const labelWidth = tag.reduce((sum, word, index) => sum + widthOf(word) + (index > 0 ? 1 : 0), 0);
      const tagIndent = indent - INDENT;
      if (labelWidth + 1 <= INDENT && words.length > 0) head = " ".repeat(tagIndent) + label + " ".repeat(INDENT - labelWidth);
      else put(" ".repeat(tagIndent) + label);
      tag = undefined;
    }
    for (const word of words) {
      const size = widthOf(word);
      if (length > 0 && indent + length + 1 + size > room) {
        put(head + line);
        head = " ".repeat(indent);
        line = "";
        length = 0;
      }
      line += (length > 0 ? " " : "") + textOf(word);
      length += size + (length > 0 ? 1 : 0);
    }
    if (length > 0) put(head + line);
    words = [];
  };
  const addText = (text: string, font: Piece["font"] = "R"): void => {
    const parts = pieces(text, font, state);
    if (!filling) {
      put(" ".repeat(indent) + parts.map(struck).join(""));
      return;
    }
    let word: Piece[] = [];
    const list: Word[] = [];
    for (const part of parts) {
      const split = part.text.split(/[ \t]+/);
      split.forEach((bit, index) => {
        if (index > 0 && word.length > 0) {
          list.push(word);
          word = [];
        }
        if (bit !== "") word.push({ text: bit, font: part.font });
      });
    }
    if (word.length > 0) list.push(word);
    if (awaitingTag) {
      tag = list;
      awaitingTag = false;
    } else words.push(...list);
  };
  const alternate = (args: readonly string[], fonts: readonly [Piece["font"], Piece["font"]]): void => {
    addText(args.map((arg, index) => `\\f${fonts[index % 2] ?? "R"}${arg}`).join(""));
  };

  for (const raw of source.split("\n")) {
    if (raw.startsWith('.\\"') || raw.startsWith("'\\\"")) continue;
    const request = /^[.']\s*(\S+)\s*(.*)$/.exec(raw);
    if (request === null) {
      if (raw.trim() === "" || raw === ".") {
        if (raw.trim() === "") {
          flush();
          if (filling) vertical();
          else put("");
        }
        continue;
      }
      if (/^\s/.test(raw) && filling) flush();
      addText(raw);
      continue;
    }
    const [, name = "", rest = ""] = request;
    const args = macroArguments(rest);
    switch (name) {
      case "TH": {
        title = `${args[0] ?? ""}(${args[1] ?? ""})`.replaceAll("\\-", "-");
        const middle = (args[4] ?? "").replaceAll("\\-", "-");
        const gap = Math.max(2, room - title.length * 2 - middle.length);
        out.push(title + " ".repeat(Math.floor(gap / 2)) + middle + " ".repeat(gap - Math.floor(gap / 2)) + title, "");
        blank = true;
        const left = (args[3] ?? "").replaceAll("\\-", "-");
        const date = args[2] ?? "";
        const space = Math.max(2, room - left.length - date.length - title.length);
        footer = left + " ".repeat(Math.floor(space / 2)) + date + " ".repeat(space - Math.floor(space / 2)) + title;
        break;
      }
      case "SH": case "SS":
        flush();
        vertical();
        base = INDENT;
        indent = base;
        saved.length = 0;
        filling = true;
        put((name === "SS" ? "   " : "") + pieces(args.join(" "), "B", { previous: "R" }).map((piece) => struck({ ...piece, font: "B" })).join(""));
        blank = true;
        break;
      case "PP": case "P": case "LP":
        flush();
        vertical();
        indent = base;
        break;
      case "TP": case "TQ":
        flush();
        if (name === "TP") vertical();
        indent = base + INDENT;
        awaitingTag = true;
        break;
      case "IP":
        flush();
        vertical();
        indent = base + INDENT;
        if (args[0] !== undefined && args[0] !== "") {
          awaitingTag = true;
          addText(args[0]);
        }
        break;
      case "RS":
        flush();
        saved.push(base);
        base += INDENT;
        indent = base;
        break;
      case "RE":
        flush();
        base = saved.pop() ?? INDENT;
        indent = base;
        break;
      case "B": addText(args.join(" "), "B"); break;
      case "I": addText(args.join(" "), "I"); break;
      case "SM": case "SB": addText(args.join(" "), name === "SB" ? "B" : "R"); break;
      case "BR": alternate(args, ["B", "R"]); break;
      case "BI": alternate(args, ["B", "I"]); break;
      case "IR": alternate(args, ["I", "R"]); break;
      case "IB": alternate(args, ["I", "B"]); break;
      case "RB": alternate(args, ["R", "B"]); break;
      case "RI": alternate(args, ["R", "I"]); break;
      case "br": flush(); break;
      case "sp":
        flush();
        vertical();
        break;
      case "nf": case "EX":
        flush();
        filling = false;
        break;
      case "fi": case "EE":
        flush();
        filling = true;
        break;
      case "UR": case "MT": case "UE": case "ME": addText(args.join(" ")); break;
      default: break;
    }
  }
  flush();
  vertical();
  if (footer !== "") put(footer);
  return `${out.join("\n")}\n`;
}
