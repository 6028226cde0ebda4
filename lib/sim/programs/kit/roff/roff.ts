// A formatter of roff sources for terminals: requests, strings, registers, macros and conditions of groff 1.22.4, as far as manual pages use them
// (groff(7)). Macro packages are native (man-macros.ts, mdoc-macros.ts), tables are table.ts. (More than 400 lines: one state, the requests that act on it.)

import { textWidth } from "../width.ts";
import { type Device, namedGlyph, onDevice } from "./glyphs.ts";
import { readNumber } from "./numbers.ts";
import { EN, type Font, inCells, LINE, Page } from "./page.ts";
import { Paragraph } from "./paragraph.ts";

/** A source that goes on for ever (`.while 1`, a macro that calls itself) is cut there. */
const MOST_LINES = 60_000;
const DEEPEST = 100;

export interface Reader {
  readonly lines: readonly string[];
  at: number;
  /** Arguments of the macro whose body it is. */
  args: readonly string[];
  readonly name: string;
}

/** Arguments, and the rest of the line as it stands. */
export type Native = (args: readonly string[], rest: string, reader: Reader) => void;

export interface RoffOptions {
  readonly device: Device;
  /** Characters of a line. */
  readonly width: number;
  readonly hyphenate: boolean;
  readonly justify: boolean;
}

export class Roff {
  readonly options: RoffOptions;
  readonly natives = new Map<string, Native>();
  readonly strings = new Map<string, string>();
  readonly registers = new Map<string, number>();
  readonly macros = new Map<string, readonly string[]>();
  /** Registers that a macro package keeps. */
  readonly live = new Map<string, () => number>();
  /** What .mso brings. */
  readonly packages = new Map<string, () => void>();
  /** Things to do at the end (.em and the packages' footers). */
  readonly atEnd: (() => void)[] = [];
  /** What .so names. */
  readonly include: (path: string) => string | undefined;
  readonly page: Page;
  paragraph: Paragraph;
  font: Font = "R";
  previousFont: Font = "R";
  titleLength: number;
  hyphenationMode = 1;
  /** Called when so many more lines of text have come (.it). */
  trap: { left: number; readonly call: () => void } | undefined;
  readonly #formats = new Map<string, string>();
  readonly #steps = new Map<string, number>();
  readonly #translations = new Map<string, string>();
  #breaking = false;
  #previousIndent = 0;
  #previousLength = 0;
  readonly #side = { right: false };
  readonly #ownHyphens = new Map<string, readonly number[]>();
  readonly #conditions: boolean[] = [];
  #control = ".";
  #noBreakControl = "'";
  #escape = true;
  #lineCount = 0;
  #depth = 0;
  #ended = false;

  constructor(options: RoffOptions, include: (path: string) => string | undefined) {
    this.options = options;
    this.include = include;
    this.page = new Page();
    this.paragraph = new Paragraph(this.page, options.width * EN, options.device === "utf8" ? "‐" : "-", this.#side);
    this.paragraph.adjustment = options.justify ? "both" : "left";
    this.titleLength = options.width * EN;
    this.setHyphenation(1);
    for (const [name, text] of [[".T", options.device], ["R", options.device === "utf8" ? "®" : "(R)"], ["Tm", options.device === "utf8" ? "™" : "(TM)"], ["lq", options.device === "utf8" ? "“" : '"'], ["rq", options.device === "utf8" ? "”" : '"'], ["S", ""]] as const) this.strings.set(name, text);
  }

  format(source: string): string[] {
    this.run({ lines: source.replace(/\n$/, "").split("\n"), at: 0, args: [], name: "" });
    this.paragraph.break();
    for (const end of this.atEnd) end();
    this.paragraph.break();
    return this.page.lines();
  }

  run(reader: Reader): void {
    if (this.#depth >= DEEPEST) return;
    this.#depth++;
    for (let line = this.next(reader); line !== undefined && !this.#ended; line = this.next(reader)) this.line(line, reader);
    this.#depth--;
  }

  /** The next line of a source, with the lines that a backslash at the end adds. */
  next(reader: Reader): string | undefined {
    if (reader.at >= reader.lines.length || ++this.#lineCount > MOST_LINES) return undefined;
    let line = reader.lines[reader.at++] ?? "";
    while (this.#escape && /(?:^|[^\\])(?:\\\\)*\\$/.test(line) && reader.at < reader.lines.length) line = line.slice(0, -1) + (reader.lines[reader.at++] ?? "");
    return line;
  }

  /** A line of the source: a request, a macro or text. */
  line(raw: string, reader: Reader): void {
    const isRequest = raw.startsWith(this.#control) || raw.startsWith(this.#noBreakControl);
    if (!isRequest) {
      this.text(this.expand(raw, reader));
      return;
    }
    const body = raw.slice(1).replace(/^[ \t]+/, "").replaceAll("\\}", "");
    if (body === "" || body.startsWith('\\"') || body.startsWith("\\#")) return;
    const [written = ""] = /^[^ \t]+/.exec(body) ?? [];
    const name = this.expand(written.replace(/\\\{.*$/, "").replace(/\\".*$/, ""), reader);
    const rest = body.slice(written.includes("\\{") ? written.indexOf("\\{") : written.length).replace(/^[ \t]+/, "");
    this.request(name, rest, reader, raw.startsWith(this.#control));
  }

  /** Runs a request or macro; `rest` is not yet expanded. */
  request(name: string, rest: string, reader: Reader, breaks = true): void {
    const own = this.macros.get(name);
    if (own !== undefined) {
      this.run({ lines: own, at: 0, args: splitArguments(this.expand(rest, reader)), name });
      return;
    }
    const native = this.natives.get(name);
    if (native !== undefined) {
      const expanded = this.expand(rest, reader);
      native(splitArguments(expanded), expanded, reader);
      return;
    }
    this.#request(name, rest, reader, breaks);
  }

  #request(name: string, rest: string, reader: Reader, breaks: boolean): void {
    const { paragraph } = this;
    const breakLine = (): void => {
      if (breaks) paragraph.break();
    };
    // these read what follows as it stands
    switch (name) {
      case "de": case "de1": case "am": case "am1": case "ig": {
        const [macro = "", end = "."] = splitArguments(this.expand(rest, reader));
        const lines: string[] = [];
        for (;;) {
          const line = reader.lines[reader.at++];
          if (line === undefined) break;
          if (/^[.']/.test(line) && (/^[^\s\\]+/.exec(line.slice(1).trimStart())?.[0] ?? "") === end) break;
          lines.push(name === "ig" ? "" : this.expand(line, reader, true));
        }
        if (name === "ig" || (name.startsWith("am") && this.natives.has(macro) && !this.macros.has(macro))) return;
        this.macros.set(macro, name.startsWith("am") ? [...(this.macros.get(macro) ?? []), ...lines] : lines);
        return;
      }
      case "ds": case "as": case "ds1": case "as1": {
        const expanded = this.expand(rest, reader, true);
        const [macro = ""] = /^\S+/.exec(expanded) ?? [];
        const text = expanded.slice(macro.length).replace(/^[ \t]+/, "").replace(/^"/, "");
        this.strings.set(macro, name.startsWith("as") ? (this.strings.get(macro) ?? "") + text : text);
        return;
      }
      case "if": this.#conditional(rest, reader, false); return;
      case "ie": this.#conditional(rest, reader, true); return;
      case "el": this.#branch(!(this.#conditions.pop() ?? true), rest, reader); return;
      case "while": {
        const expanded = this.#condition(rest, reader);
        const from = reader.at;
        const block: string[] = [];
        if (expanded.rest.trimStart().startsWith("\\{")) {
          let open = openings(expanded.rest);
          block.push(expanded.rest.replace("\\{", ""));
          while (open > 0) {
            const line = this.next(reader);
            if (line === undefined) break;
            open += openings(line);
            block.push(open > 0 ? line : line.replace(/\\\}(?!.*\\\}).*$/, ""));
          }
        } else block.push(expanded.rest);
        const after = reader.at;
        this.#breaking = false;
        for (let turn = 0; turn < 2000 && this.#condition(rest, { ...reader, at: from }).holds && !this.#breaking; turn++) {
          const inner: Reader = { lines: block, at: 0, args: reader.args, name: reader.name };
          for (let line = this.next(inner); line !== undefined && !this.#breaking; line = this.next(inner)) this.line(line, inner);
          reader.args = inner.args;
        }
        this.#breaking = false;
        reader.at = after;
        return;
      }
      case "nop": this.line(rest, reader); return;
      case "do": {
        const [inner = ""] = /^\S+/.exec(rest) ?? [];
        this.request(inner, rest.slice(inner.length).trimStart(), reader, breaks);
        return;
      }
      default:
    }
    const expanded = this.expand(rest, reader);
    const args = splitArguments(expanded);
    const [first = ""] = args;
    /** A number, or one relative to what is. */
    const amount = (now: number, scale: string, previous: number): number => {
      if (first === "") return previous;
      const { value, length } = readNumber(first, scale);
      if (length === 0) return now;
      return /^[-+]/.test(first) ? now + value : value;
    };
    switch (name) {
      case "br": breakLine(); return;
      case "brp": paragraph.break(true); return;
      case "sp":
        breakLine();
        this.page.space(first === "" ? LINE : readNumber(first, "v").value);
        if (paragraph.page !== this.page) paragraph.page.space(first === "" ? LINE : readNumber(first, "v").value);
        return;
      case "fi": breakLine(); paragraph.fill = true; return;
      case "nf": breakLine(); paragraph.fill = false; return;
      case "ad":
        if (first === "l" || !this.options.justify) paragraph.adjustment = "left";
        else if (first === "b" || first === "n" || first === "" || first === "1" || first === "3" || first === "5") paragraph.adjustment = "both";
        else if (first === "r") paragraph.adjustment = "right";
        else if (first === "c") paragraph.adjustment = "center";
        return;
      case "na": paragraph.adjustment = "left"; return;
      case "nh": this.setHyphenation(0); return;
      case "hy": this.setHyphenation(first === "" ? 1 : readNumber(first, "u").value); return;
      case "hw":
        for (const word of args) {
          const places: number[] = [];
          let length = 0;
          for (const part of word.split("-").slice(0, -1)) places.push((length += part.length));
          this.#ownHyphens.set(word.replaceAll("-", "").toLowerCase(), places);
        }
        return;
      case "ce": breakLine(); paragraph.centered = first === "" ? 1 : readNumber(first, "u").value; return;
      case "rj": breakLine(); paragraph.rightAligned = first === "" ? 1 : readNumber(first, "u").value; return;
      case "in": {
        breakLine();
        const next = amount(paragraph.indent, "m", this.#previousIndent);
        this.#previousIndent = paragraph.indent;
        paragraph.indent = inCells(Math.max(0, next));
        return;
      }
      case "ti":
        breakLine();
        if (first !== "") paragraph.temporaryIndent = inCells(Math.max(0, amount(paragraph.indent, "m", 0)));
        return;
      case "ll": {
        const next = amount(paragraph.lineLength, "m", this.#previousLength);
        this.#previousLength = paragraph.lineLength;
        paragraph.lineLength = next;
        return;
      }
      case "lt": this.titleLength = amount(this.titleLength, "m", paragraph.lineLength); return;
      case "ss":
        if (args[1] !== undefined) paragraph.sentenceSpace = Math.round((readNumber(args[1], "u").value / 12) * EN);
        return;
      case "ta": this.#setTabs(args); return;
      case "ft": this.setFont(first === "" ? "P" : first); return;
      case "ns": paragraph.page.noSpace = true; return;
      case "rs": paragraph.page.noSpace = false; return;
      case "bp": breakLine(); return;
      case "nr": {
        const { value, length } = readNumber(args[1] ?? "", "u");
        this.registers.set(first, (/^[-+]/.test(args[1] ?? "") ? (this.registers.get(first) ?? 0) : 0) + (length === 0 ? 0 : value));
        if (args[2] !== undefined) this.#steps.set(first, readNumber(args[2], "u").value);
        return;
      }
      case "af": this.#formats.set(first, args[1] ?? "0"); return;
      case "rr": for (const one of args) this.registers.delete(one); return;
      case "rm":
        for (const one of args) {
          this.macros.delete(one);
          this.strings.delete(one);
          this.natives.delete(one);
        }
        return;
      case "rn": case "als": {
        const [to = "", from = ""] = name === "als" ? args : [args[1], args[0]];
        const macro = this.macros.get(from);
        const string = this.strings.get(from);
        const native = this.natives.get(from);
        if (macro !== undefined) this.macros.set(to, macro);
        else if (string !== undefined) this.strings.set(to, string);
        else if (native !== undefined) this.natives.set(to, native);
        else this.macros.set(to, [`.${from} \\$@`]);
        if (name === "rn") {
          this.macros.delete(from);
          this.strings.delete(from);
          this.natives.delete(from);
        }
        return;
      }
      case "tr": {
        const glyphs = this.#glyphsOf(expanded);
        for (let at = 0; at < glyphs.length; at += 2) this.#translations.set(glyphs[at] ?? "", glyphs[at + 1] ?? " ");
        return;
      }
      case "it": case "itc": {
        const [, macro = ""] = args;
        this.trap = macro === "" ? undefined : { left: readNumber(first, "u").value, call: () => this.request(macro, "", { lines: [], at: 0, args: [], name: "" }) };
        return;
      }
      case "em": this.atEnd.push(() => this.request(first, "", { lines: [], at: 0, args: [], name: "" })); return;
      case "tl": this.title(expanded); return;
      case "so": case "mso": {
        if (name === "mso") this.packages.get(first)?.();
        const source = name === "so" ? this.include(first) : undefined;
        if (source !== undefined) this.run({ lines: source.replace(/\n$/, "").split("\n"), at: 0, args: [], name: "" });
        return;
      }
      case "shift": reader.args = reader.args.slice(first === "" ? 1 : readNumber(first, "u").value); return;
      case "return": reader.at = reader.lines.length; return;
      case "break": this.#breaking = true; return;
      case "ex": case "ab": this.#ended = true; return;
      case "cc": this.#control = first === "" ? "." : first; return;
      case "c2": this.#noBreakControl = first === "" ? "'" : first; return;
      case "eo": this.#escape = false; return;
      case "ec": this.#escape = true; return;
      case "fl": breakLine(); return;
      default:
        // an unknown request without a space in it: groff sees the first two letters only in compatibility mode
        return;
    }
  }

  setHyphenation(mode: number): void {
    this.hyphenationMode = mode;
    this.paragraph.hyphenation = { mode: this.options.hyphenate ? mode : 0, own: this.#ownHyphens };
  }

  setFont(name: string): void {
    const next: Font = name === "P" || name === "" ? this.previousFont : name === "B" || name === "3" || name === "CB" || name === "CBI" ? "B" : name === "I" || name === "2" || name === "CI" ? "I" : name === "BI" || name === "4" ? "BI" : "R";
    this.previousFont = this.font;
    this.font = next;
  }

  #setTabs(args: readonly string[]): void {
    const stops: { at: number; align: "L" | "R" | "C" }[] = [];
    let every = 0;
    let repeats = false;
    let last = 0;
    for (const arg of args) {
      if (arg === "T") {
        repeats = true;
        continue;
      }
      const align = /[LRC]$/.exec(arg)?.[0];
      const { value } = readNumber(arg, "m");
      if (repeats) {
        every = value;
        break;
      }
      last = arg.startsWith("+") ? last + value : value;
      stops.push({ at: last, align: align === "R" ? "R" : align === "C" ? "C" : "L" });
    }
    this.paragraph.tabs = { every, stops };
  }

  /** .tl 'left'middle'right': a line of three parts. */
  title(text: string): void {
    const mark = text.charAt(0);
    const parts = text.slice(1).split(mark);
    const set = (part: string): Page => this.aside(part === "" ? [] : [part], { lines: [], at: 0, args: [], name: "" }, { width: undefined, font: undefined });
    const [left, middle, right] = [set(parts[0] ?? ""), set(parts[1] ?? ""), set(parts[2] ?? "")];
    const row = Math.floor(this.page.v / LINE);
    const place = (part: Page, x: number): void => part.copyTo(this.page, Math.max(0, Math.round(x / EN)), row);
    place(left, 0);
    place(middle, Math.round((this.titleLength - middle.widest) / 2 / EN) * EN);
    place(right, this.titleLength - right.widest);
    this.page.advance();
  }

  // --- conditions

  #conditional(rest: string, reader: Reader, remembers: boolean): void {
    const { holds, rest: body } = this.#condition(rest, reader);
    if (remembers) this.#conditions.push(holds);
    this.#branch(holds, body, reader);
  }

  #branch(taken: boolean, body: string, reader: Reader): void {
    const text = body.replace(/^[ \t]+/, "");
    if (taken) {
      const inner = text.startsWith("\\{") ? text.slice(2).replace(/^[ \t]+/, "") : text;
      if (inner !== "") this.line(inner, reader);
      return;
    }
    let open = openings(text);
    while (open > 0) {
      const line = this.next(reader);
      if (line === undefined) return;
      open += openings(line);
    }
  }

  #condition(raw: string, reader: Reader): { readonly holds: boolean; readonly rest: string } {
    const text = raw.replace(/^[ \t]+/, "");
    if (text.startsWith("!")) {
      const { holds, rest } = this.#condition(text.slice(1), reader);
      return { holds: !holds, rest };
    }
    const letter = text.charAt(0);
    if (/^[noetv](?:[ \t\\.]|$|[A-Z.'])/.test(text) && !/^n\w*\(/.test(text)) return { holds: letter === "n" || letter === "o", rest: text.slice(1) };
    if (/^[drcmFS]\s/.test(text) || /^[drcmFS][^\s'"(]/.test(text)) {
      const match = /^[drcmFS]\s*(\S+)/.exec(text);
      if (match !== null) {
        const name = this.expand(match[1] ?? "", reader);
        const rest = text.slice(match[0].length);
        if (letter === "d") return { holds: this.macros.has(name) || this.strings.has(name) || this.natives.has(name) || REQUESTS.has(name), rest };
        if (letter === "r") return { holds: this.registers.has(name) || name.startsWith("."), rest };
        if (letter === "c") return { holds: this.#glyphsOf(name).join("") !== "", rest };
        return { holds: true, rest };
      }
    }
    if (/^['"]/.test(text) || (/^[^\s\w(\\.+-]/.test(text) && text.length > 2)) {
      const parts: string[] = [];
      let at = 1;
      for (let part = 0; part < 2; part++) {
        let one = "";
        while (at < text.length && text.charAt(at) !== letter) {
          if (text.charAt(at) === "\\") one += text.charAt(at++);
          one += text.charAt(at++);
        }
        at++;
        parts.push(this.expand(one, reader));
      }
      return { holds: parts[0] === parts[1], rest: text.slice(at) };
    }
    // a number: up to the first space outside of brackets
    let depth = 0;
    let end = 0;
    for (; end < text.length; end++) {
      const char = text.charAt(end);
      if (char === "\\" && text.charAt(end + 1) === "{") break;
      if (char === "\\" && text.charAt(end + 1) === "w") {
        const mark = text.charAt(end + 2);
        const close = text.indexOf(mark, end + 3);
        end = close < 0 ? text.length : close;
        continue;
      }
      if (char === "(" && text.charAt(end - 1) !== "n" && text.charAt(end - 1) !== "*") depth++;
      else if (char === ")") depth--;
      else if ((char === " " || char === "\t") && depth <= 0) break;
    }
    const expression = this.expand(text.slice(0, end), reader);
    const { value, length } = readNumber(expression, "u");
    return { holds: value > 0, rest: expression.slice(length) + text.slice(end) };
  }

  // --- what stands for something else

  register(name: string): string {
    const { paragraph } = this;
    switch (name) {
      case ".l": return String(paragraph.lineLength);
      case ".i": return String(paragraph.indent);
      case ".in": return String(paragraph.temporaryIndent ?? paragraph.indent);
      case ".n": return String(paragraph.position);
      case ".k": return String(paragraph.position);
      case ".u": return paragraph.fill ? "1" : "0";
      case ".j": return paragraph.adjustment === "both" ? "1" : paragraph.adjustment === "center" ? "3" : paragraph.adjustment === "right" ? "5" : "0";
      case ".f": return this.font === "B" ? "3" : this.font === "I" ? "2" : this.font === "BI" ? "4" : "1";
      case ".g": return "1";
      case ".x": return "1";
      case ".y": return "22";
      case ".H": return String(EN);
      case ".V": return String(LINE);
      case ".v": return String(LINE);
      case ".s": return "10";
      case ".hy": return String(this.hyphenationMode);
      case ".t": return "1000000";
      case ".p": return "1000000";
      case ".ll": return String(paragraph.lineLength);
      case ".lt": return String(this.titleLength);
      case ".fam": return "T";
      case "nl": return String(paragraph.page.v);
      case "%": return "1";
      default: {
        const value = this.live.get(name)?.() ?? this.registers.get(name);
        if (value === undefined) return "0";
        return formatNumber(value, this.#formats.get(name) ?? "0");
      }
    }
  }

  /** Strings, registers, arguments and comments of a line; `copying`: as in a definition, where \\ becomes \. */
  expand(source: string, reader: Reader, copying = false, depth = 0): string {
    if (!source.includes("\\") || !this.#escape || depth > 20) return source;
    let out = "";
    for (let at = 0; at < source.length; ) {
      const char = source.charAt(at);
      if (char !== "\\") {
        out += char;
        at++;
        continue;
      }
      const next = source.charAt(at + 1);
      if (next === "\\") {
        out += copying ? "\\" : "\\\\";
        at += 2;
      } else if (next === '"' || next === "#") return next === "#" || !copying ? out : out;
      else if (next === "." && copying) {
        out += ".";
        at += 2;
      } else if (next === "*" || next === "n" || next === "$") {
        let start = at + 2;
        let sign = "";
        if (next === "n" && /[-+]/.test(source.charAt(start))) sign = source.charAt(start++);
        const [name, end] = escapeName(source, start);
        at = end;
        if (next === "$") out += this.#argument(name, reader);
        else if (next === "n") {
          if (sign !== "") this.registers.set(name, (this.registers.get(name) ?? 0) + (sign === "+" ? 1 : -1) * (this.#steps.get(name) ?? 0));
          out += this.register(this.expand(name, reader, false, depth + 1));
        } else {
          const [string = "", ...args] = name.split(" ");
          const value = this.strings.get(string);
          if (value !== undefined) out += this.expand(value, args.length === 0 ? reader : { ...reader, args }, copying, depth + 1);
        }
      } else if (next === "w" && !copying) {
        const mark = source.charAt(at + 2);
        let close = at + 3;
        while (close < source.length && source.charAt(close) !== mark) close += source.charAt(close) === "\\" ? 2 : 1;
        out += String(this.widthOf(this.expand(source.slice(at + 3, close), reader, false, depth + 1)));
        at = close + 1;
      } else {
        out += char + next;
        at += 2;
      }
    }
    return out;
  }

  #argument(name: string, reader: Reader): string {
    if (name === "*") return reader.args.join(" ");
    if (name === "@") return reader.args.map((arg) => `"${arg}"`).join(" ");
    if (name === "0") return reader.name;
    if (name === "^") return reader.args.join(" ");
    return reader.args[Number(name) - 1] ?? "";
  }

  /** How wide a text is set, in units. */
  widthOf(text: string): number {
    const page = new Page();
    const saved = { paragraph: this.paragraph, trap: this.trap, font: this.font, previous: this.previousFont };
    this.paragraph = new Paragraph(page, 1_000_000, saved.paragraph.hyphen, this.#side);
    this.paragraph.fill = false;
    this.trap = undefined;
    this.#characters(text, 0);
    const width = this.paragraph.position;
    this.paragraph = saved.paragraph;
    this.trap = saved.trap;
    this.font = saved.font;
    this.previousFont = saved.previous;
    return width;
  }

  /** Lines set on a page of their own: filled to a width, or one below the other. */
  aside(lines: readonly string[], reader: Reader, { width, font }: { readonly width: number | undefined; readonly font: Font | undefined }): Page {
    const page = new Page();
    const saved = { paragraph: this.paragraph, trap: this.trap, font: this.font, previous: this.previousFont };
    this.paragraph = new Paragraph(page, width ?? 1_000_000, saved.paragraph.hyphen, this.#side);
    this.paragraph.fill = width !== undefined;
    this.paragraph.adjustment = saved.paragraph.adjustment;
    this.paragraph.hyphenation = saved.paragraph.hyphenation;
    this.paragraph.sentenceSpace = saved.paragraph.sentenceSpace;
    this.trap = undefined;
    this.font = font ?? "R";
    this.run({ lines, at: 0, args: reader.args, name: reader.name });
    this.paragraph.break();
    this.paragraph = saved.paragraph;
    this.trap = saved.trap;
    this.font = saved.font;
    this.previousFont = saved.previous;
    return page;
  }

  #glyphsOf(text: string): string[] {
    const found: string[] = [];
    for (let at = 0; at < text.length; ) {
      const char = text.charAt(at);
      if (char !== "\\") {
        const whole = String.fromCodePoint(text.codePointAt(at) ?? 0);
        found.push(onDevice(whole, this.options.device));
        at += whole.length;
        continue;
      }
      const next = text.charAt(at + 1);
      if (next === "(" || next === "[") {
        const [name, end] = escapeName(text, at + 1);
        found.push(namedGlyph(name, this.options.device) ?? "");
        at = end;
      } else {
        found.push(next === "-" ? "-" : next === "e" || next === "\\" ? "\\" : next === "&" ? "" : next);
        at += 2;
      }
    }
    return found;
  }

  // --- text

  glyph(char: string, width: number | undefined, breaks: "" | "hyphen" = ""): void {
    const shown = this.#translations.get(char) ?? char;
    if (shown === "") return;
    const letter = /^\p{L}$/u.test(shown) && (/^[A-Za-z]$/.test(shown)) ? shown.toLowerCase() : "";
    this.paragraph.add({ kind: "glyph", char: shown, font: this.font, width: width ?? textWidth(shown) * EN, letter, ends: /^[.?!]$/.test(shown) ? "sentence" : /^["')\]*†‡”’]$/.test(shown) ? "transparent" : "", breaks });
  }

  /** An expanded line of text. */
  text(line: string): void {
    const { paragraph } = this;
    if (line === "") {
      paragraph.break();
      paragraph.page.space(LINE);
      return;
    }
    let at = 0;
    if (line.startsWith(" ")) {
      const spaces = /^ +/.exec(line)?.[0].length ?? 0;
      at = spaces;
      paragraph.break();
      if (at === line.length) {
        paragraph.page.space(LINE);
        return;
      }
      paragraph.add({ kind: "motion", width: spaces * EN, stretches: false });
    }
    this.#characters(line, at);
    if (paragraph.newline()) this.#countLine();
  }

  #characters(line: string, from: number): void {
    const { paragraph } = this;
    let at = from;
    while (at < line.length) {
      const char = String.fromCodePoint(line.codePointAt(at) ?? 0);
      at += char.length;
      if (char === "\\" && this.#escape) at = this.#escapeIn(line, at);
      else if (char === " ") paragraph.space();
      else if (char === "\t") this.#tab(line, at);
      else if (char === "-") this.glyph("-", undefined, "hyphen");
      else if (char === "\u00a0") paragraph.add({ kind: "motion", width: EN, stretches: false });
      else if (char === "\u00ad") paragraph.add({ kind: "percent" });
      else this.glyph(onDevice(char, this.options.device), undefined, char === "—" ? "hyphen" : "");
    }
  }

  #countLine(): void {
    const { trap } = this;
    if (trap === undefined || --trap.left > 0) return;
    this.trap = undefined;
    trap.call();
  }

  #tab(line: string, at: number): void {
    const { paragraph } = this;
    const { stops, every } = paragraph.tabs;
    const here = paragraph.position;
    let stop = stops.find((one) => one.at > here);
    if (stop === undefined) {
      if (every === 0) return;
      const base = stops.at(-1)?.at ?? 0;
      stop = { at: base + (Math.floor((here - base) / every) + 1) * every, align: "L" };
    }
    const gap = stop.at - here;
    if (stop.align === "L") paragraph.add({ kind: "motion", width: gap, stretches: false });
    else {
      const field = line.slice(at).split("\t")[0] ?? "";
      const width = this.widthOf(field);
      paragraph.add({ kind: "motion", width: Math.max(0, stop.align === "R" ? gap - width : Math.floor((gap - width / 2) / EN) * EN), stretches: false });
    }
  }

  /** The escape whose backslash stands before `at`; returns where the text goes on. */
  #escapeIn(line: string, at: number): number {
    const { paragraph } = this;
    const next = line.charAt(at);
    /** 'text' between two marks. */
    const argument = (): { readonly text: string; readonly end: number } => {
      const mark = line.charAt(at + 1);
      const close = line.indexOf(mark, at + 2);
      return { text: line.slice(at + 2, close < 0 ? undefined : close), end: close < 0 ? line.length : close + 1 };
    };
    switch (next) {
      case "f": {
        const [name, end] = escapeName(line, at + 1);
        this.setFont(name);
        return end;
      }
      case "(": case "[": {
        const [name, end] = escapeName(line, at);
        if (name === "hy") this.glyph(this.options.device === "utf8" ? "‐" : "-", undefined, "hyphen");
        else if (name === "-") this.glyph("-", undefined);
        else {
          const glyph = namedGlyph(name, this.options.device) ?? "";
          if (glyph.length > 1 && textWidth(glyph) > 1) for (const char of glyph) this.glyph(char, undefined);
          else if (glyph !== "") this.glyph(glyph, undefined, name === "em" ? "hyphen" : "");
        }
        return end;
      }
      case "C": {
        const { text, end } = argument();
        this.glyph(namedGlyph(text, this.options.device) ?? "", undefined);
        return end;
      }
      case "N": {
        const { text, end } = argument();
        this.glyph(onDevice(String.fromCodePoint(Math.max(32, Number.parseInt(text, 10) || 32)), this.options.device), undefined);
        return end;
      }
      case "e": case "E": case "\\": this.glyph("\\", undefined); return at + 1;
      case "-": this.glyph("-", undefined); return at + 1;
      case "'": this.glyph(namedGlyph("aa", this.options.device) ?? "", undefined); return at + 1;
      case "`": this.glyph(namedGlyph("ga", this.options.device) ?? "`", undefined); return at + 1;
      case " ": case "0": paragraph.add({ kind: "motion", width: EN, stretches: false }); return at + 1;
      case "~": paragraph.add({ kind: "motion", width: EN, stretches: true }); return at + 1;
      case "&": case ")": paragraph.add({ kind: "dummy" }); return at + 1;
      case "%": paragraph.add({ kind: "percent" }); return at + 1;
      case ":": paragraph.add({ kind: "colon" }); return at + 1;
      case "|": case "^": case "/": case ",": case "{": case "}": case "d": case "u": case "r": case "a": return at + 1;
      case "c": paragraph.interrupt(); return at + 1;
      case "p": return at + 1;
      case "t": this.#tab(line, at + 1); return at + 1;
      case "h": {
        const { text, end } = argument();
        const { value } = readNumber(text.replace(/^\|/, ""), "m");
        const width = text.startsWith("|") ? value - paragraph.position : value;
        paragraph.add({ kind: "motion", width: Math.round(width / EN) * EN, stretches: false });
        return end;
      }
      case "l": {
        const { text, end } = argument();
        const { value, length } = readNumber(text, "m");
        const fill = text.slice(length);
        const glyph = fill === "" ? "_" : (this.#glyphsOf(fill)[0] ?? "_");
        for (let drawn = 0; drawn + EN <= Math.min(value, 500 * EN); drawn += EN) this.glyph(glyph, EN);
        return end;
      }
      case "v": case "x": case "X": case "D": case "L": case "b": case "A": case "B": case "H": case "S": case "R": case "Z": return argument().end;
      case "o": {
        const { text, end } = argument();
        const glyphs = this.#glyphsOf(text);
        glyphs.forEach((glyph, index) => this.glyph(glyph, index === glyphs.length - 1 ? undefined : 0));
        return end;
      }
      case "z": {
        if (line.charAt(at + 1) === "\\") {
          const [name, end] = escapeName(line, at + 2);
          this.glyph(namedGlyph(name, this.options.device) ?? "", 0);
          return end;
        }
        this.glyph(line.charAt(at + 1), 0);
        return at + 2;
      }
      case "s": {
        if (/['"]/.test(line.charAt(at + 1))) return argument().end;
        const match = /^s[-+]?(?:\[[^\]]*\]|\([-+]?..|[-+]?[123]\d(?=\D|$)|\d)/.exec(line.slice(at));
        return at + (match?.[0].length ?? 1);
      }
      case "m": case "M": case "F": case "k": case "Y": case "V": case "g": case "O": return escapeName(line, at + 1)[1];
      case "\t": this.#tab(line, at + 1); return at + 1;
      case "\n": case "": return at + 1;
      default:
        this.glyph(next, undefined);
        return at + 1;
    }
  }
}

/** x, (xx or [xxx]; where the name ends. */
function escapeName(text: string, at: number): readonly [string, number] {
  const char = text.charAt(at);
  if (char === "(") return [text.slice(at + 1, at + 3), at + 3];
  if (char === "[") {
    let depth = 0;
    for (let end = at; end < text.length; end++) {
      if (text.charAt(end) === "[") depth++;
      if (text.charAt(end) === "]" && --depth === 0) return [text.slice(at + 1, end), end + 1];
    }
    return [text.slice(at + 1), text.length];
  }
  return [char, at + 1];
}

const openings = (text: string): number => (text.match(/\\\{/g)?.length ?? 0) - (text.match(/\\\}/g)?.length ?? 0);

function formatNumber(value: number, format: string): string {
  if (format === "a" || format === "A") {
    let text = "";
    for (let left = value; left > 0; left = Math.floor((left - 1) / 26)) text = String.fromCharCode(97 + ((left - 1) % 26)) + text;
    return format === "A" ? text.toUpperCase() : text;
  }
  if (format === "i" || format === "I") {
    let text = "";
    let left = value;
    for (const [word, worth] of [["m", 1000], ["cm", 900], ["d", 500], ["cd", 400], ["c", 100], ["xc", 90], ["l", 50], ["xl", 40], ["x", 10], ["ix", 9], ["v", 5], ["iv", 4], ["i", 1]] as const) {
      for (; left >= worth; left -= worth) text += word;
    }
    return format === "I" ? text.toUpperCase() : text;
  }
  return value < 0 ? `-${String(-value).padStart(format.length, "0")}` : String(value).padStart(format.length, "0");
}

/** Words, or strings in double quotes with "" for a quote; an escaped space belongs to its word. */
export function splitArguments(text: string): readonly string[] {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    while (text.charAt(at) === " " || text.charAt(at) === "\t") at++;
    if (at >= text.length) break;
    let word = "";
    if (text.charAt(at) === '"') {
      at++;
      while (at < text.length) {
        if (text.charAt(at) === '"') {
          if (text.charAt(at + 1) !== '"') break;
          at++;
        }
        word += text.charAt(at++);
      }
      at++;
    } else {
      while (at < text.length && text.charAt(at) !== " " && text.charAt(at) !== "\t") {
        if (text.charAt(at) === "\\") word += text.charAt(at++);
        word += text.charAt(at++);
      }
    }
    found.push(word);
  }
  return found;
}

/** For `.if d name`. */
const REQUESTS: ReadonlySet<string> = new Set(["br", "sp", "fi", "nf", "ad", "na", "nh", "hy", "ce", "rj", "in", "ti", "ll", "ta", "ft", "ns", "rs", "nr", "af", "rr", "rm", "rn", "als", "tr", "de", "ds", "as", "if", "ie", "el", "so", "ps", "vs", "it", "em", "tl", "pl", "ne", "ig", "am"]);
