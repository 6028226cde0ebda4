// The macros of man(7): .TH, sections, paragraphs with tags, fonts, examples, synopses and addresses, as groff 1.22.4 sets them on terminals.

import { EN, inCells, LINE, Page } from "./page.ts";
import type { Paragraph } from "./paragraph.ts";
import { readNumber } from "./numbers.ts";
import type { Font } from "./page.ts";
import type { Roff } from "./roff.ts";
import { table } from "./table.ts";

const INDENT = 7 * EN;
const SUBSECTION = 3 * EN;
const BETWEEN = EN;

const KINDS = new Map([["1", "General Commands Manual"], ["2", "System Calls Manual"], ["3", "Library Functions Manual"], ["3p", "Perl Programmers Reference Guide"], ["4", "Kernel Interfaces Manual"], ["5", "File Formats Manual"], ["6", "Games Manual"], ["7", "Miscellaneous Information Manual"], ["8", "System Manager's Manual"], ["9", "Kernel Developer's Manual"]]);

export function manMacros(roff: Roff): void {
  let margin = 0;
  let prevailing = INDENT;
  let level = 1;
  const savedMargins: number[] = [];
  const savedIndents: number[] = [];
  let between = LINE;
  let noSpaceAfter = false;
  let breakAfter = false;
  let tag: { readonly page: Page; readonly outer: Page; readonly length: number } | undefined;
  let inSynopsis: { readonly adjustment: Paragraph["adjustment"]; readonly indent: number } | undefined;
  let address = "";
  let exampleFont: Font = "R";
  let pages = 0;
  let wasHanging = false;
  let system: string | undefined;
  const { natives } = roff;
  const current = (): Paragraph => roff.paragraph;
  const breakLine = (): void => current().break();
  const space = (): void => {
    breakLine();
    current().page.space(between);
  };
  const setMargin = (): void => {
    level = 1;
    margin = INDENT;
    prevailing = INDENT;
    savedMargins[1] = INDENT;
    savedIndents[1] = INDENT;
  };
  const indent = (units: number): void => {
    breakLine();
    current().indent = inCells(Math.max(0, units));
  };
  const roman = (): void => {
    roff.setFont("R");
  };
  const amount = (text: string): number => readNumber(text, "n").value;
  const reset = (): void => {
    roman();
    if (breakAfter) {
      breakLine();
      breakAfter = false;
    }
    if (noSpaceAfter) {
      current().page.noSpace = true;
      noSpaceAfter = false;
    }
    if (tag !== undefined) endTag(tag);
    wasHanging = false;
  };
  /** The macro acts on its arguments, or on the next line of text. */
  const onLine = (): void => {
    roff.trap = { left: 1, call: reset };
  };
  const endTag = ({ page, outer, length }: NonNullable<typeof tag>): void => {
    const paragraph = current();
    paragraph.break();
    tag = undefined;
    paragraph.page = outer;
    paragraph.lineLength = length;
    // groff counts a mark that the hanging paragraph before left in the tag
    const tall = page.widest + BETWEEN + (wasHanging ? 1 : 0) > prevailing;
    const from = outer.v;
    const shifted = new Page();
    page.copyTo(shifted, inCells(margin) / EN);
    outer.append(shifted);
    if (!tall && page.rowCount > 0) {
      outer.v = Math.max(from, outer.v - LINE);
      outer.held = true;
    }
    paragraph.indent = inCells(margin + prevailing);
  };
  const beginTag = (width: string | undefined): void => {
    space();
    if (width !== undefined && width !== "") prevailing = amount(width);
    onLine();
    const paragraph = current();
    paragraph.break();
    paragraph.indent = 0;
    if (tag === undefined) {
      tag = { page: new Page(), outer: paragraph.page, length: paragraph.lineLength };
      paragraph.lineLength -= margin;
      paragraph.page = tag.page;
    }
  };
  const alternate = (first: Font, second: Font) => (args: readonly string[]): void => {
    if (args.length === 0) return;
    roff.text(`\\&${args.map((arg, index) => `\\f[${index % 2 === 0 ? first : second}]${arg}`).join("")}`);
    roman();
  };

  natives.set("TH", ([title = "", section = "", date = "", source, manual]) => {
    breakLine();
    current().fill = true;
    current().tabs = { every: 5 * EN, stops: [] };
    between = LINE;
    setMargin();
    system = undefined;
    roff.setHyphenation(4);
    if (pages++ > 0) {
      footer?.();
      current().page.space(3 * LINE);
    }
    const name = `${title}(${section})`;
    const middle = manual ?? KINDS.get(section) ?? "";
    roff.title(`\u0007${name}\u0007${middle}\u0007${name}`);
    roff.page.space(3 * LINE);
    roff.page.noSpace = true;
    footer = () => {
      roff.paragraph.break();
      roff.page.noSpace = false;
      roff.page.space(3 * LINE);
      roff.title(`\u0007${system ?? source ?? ""}\u0007${date}\u0007${name}`);
    };
  });
  let footer: (() => void) | undefined;
  roff.atEnd.push(() => footer?.());

  const heading = (isSection: boolean) => (args: readonly string[]): void => {
    space();
    setMargin();
    current().fill = true;
    current().indent = INDENT;
    current().temporaryIndent = isSection ? 0 : SUBSECTION;
    onLine();
    noSpaceAfter = true;
    breakAfter = true;
    roff.setFont("B");
    if (args.length > 0) roff.text(`\\&${args.join(" ")}`);
  };
  natives.set("SH", heading(true));
  natives.set("SS", heading(false));

  const inFont = (font: Font | undefined) => (args: readonly string[]): void => {
    onLine();
    if (font !== undefined) roff.setFont(font);
    if (args.length > 0) roff.text(`\\&${args.join(" ")}`);
  };
  natives.set("B", inFont("B"));
  natives.set("SB", inFont("B"));
  natives.set("I", inFont("I"));
  natives.set("SM", inFont(undefined));
  for (const [name, first, second] of [["BR", "B", "R"], ["RB", "R", "B"], ["BI", "B", "I"], ["IB", "I", "B"], ["IR", "I", "R"], ["RI", "R", "I"]] as const) natives.set(name, alternate(first, second));
  natives.set("MR", ([page = "", section, after = ""]) => (section === undefined ? inFont("I")([page]) : alternate("I", "R")([`\\%${page}`, `(${section})${after}`])));

  const paragraph = (): void => {
    space();
    roman();
    indent(margin);
    prevailing = INDENT;
    current().page.noSpace = true;
  };
  for (const name of ["PP", "P", "LP"]) natives.set(name, paragraph);
  natives.set("TP", ([width]) => beginTag(width));
  natives.set("TQ", ([width]) => {
    breakLine();
    current().page.noSpace = true;
    beginTag(width);
  });
  natives.set("IP", ([word, width]) => {
    if (word === undefined) {
      roman();
      space();
      indent(margin + prevailing);
      current().page.noSpace = true;
      return;
    }
    beginTag(width);
    roff.text(`\\&${word}`);
  });
  const hanging = (width: string | undefined): void => {
    roman();
    space();
    if (width !== undefined && width !== "") prevailing = amount(width);
    indent(margin + prevailing);
    current().temporaryIndent = margin;
    wasHanging = true;
    current().page.noSpace = true;
  };
  natives.set("HP", ([width]) => hanging(width));
  natives.set("RS", ([by]) => {
    savedMargins[level] = margin;
    savedIndents[level] = prevailing;
    margin += by === undefined || by === "" ? prevailing : amount(by);
    indent(margin);
    prevailing = INDENT;
    level++;
  });
  natives.set("RE", ([to]) => {
    level = Math.max(1, to === undefined || to === "" ? level - 1 : Math.min(amount(to) / EN, level));
    margin = savedMargins[level] ?? INDENT;
    prevailing = savedIndents[level] ?? INDENT;
    indent(margin);
  });
  natives.set("PD", ([distance]) => {
    between = distance === undefined || distance === "" ? LINE : readNumber(distance, "v").value;
  });
  natives.set("DT", () => {
    current().tabs = { every: 5 * EN, stops: [] };
  });
  natives.set("AT", ([version, release = ""]) => {
    system = version === "4" ? "System III" : version === "5" ? `System V${release === "" ? "" : ` Release ${release}`}` : "7th Edition";
  });
  natives.set("UC", ([version = ""]) => {
    system = `${new Map([["4", "4th"], ["5", "4.2"], ["6", "4.3"], ["7", "4.4"]]).get(version) ?? "3rd"} Berkeley Distribution`;
  });

  natives.set("EX", () => {
    exampleFont = roff.font;
    breakLine();
    current().fill = false;
    roff.setHyphenation(0);
    roman();
  });
  natives.set("EE", () => {
    roff.setFont(exampleFont);
    breakLine();
    current().fill = true;
    roff.setHyphenation(4);
  });
  natives.set("SY", ([command = ""]) => {
    if (inSynopsis === undefined) {
      roff.setHyphenation(0);
      inSynopsis = { adjustment: current().adjustment, indent: current().indent };
      current().adjustment = "left";
    } else {
      breakLine();
      current().page.noSpace = true;
    }
    hanging(`${roff.widthOf(`\\fB${command}\\fP\\ `)}u`);
    inFont("B")([command]);
  });
  natives.set("YS", () => {
    breakLine();
    if (inSynopsis !== undefined) {
      current().indent = inSynopsis.indent;
      current().adjustment = inSynopsis.adjustment;
    }
    roff.setHyphenation(4);
    inSynopsis = undefined;
  });
  natives.set("OP", ([option = "", argument]) => (argument === undefined ? alternate("R", "B")(["[", option, "]"]) : alternate("R", "I")([`[\\fB${option}\\fP`, `\\ ${argument}`, "]"])));
  const addressBegins = ([given = ""]: readonly string[]): void => {
    address = given;
    roff.setHyphenation(0);
  };
  const addressEnds = (args: readonly string[]): void => {
    roff.text(`\\&\\(la${address}\\(ra${args.join(" ")}`);
    roff.setHyphenation(4);
  };
  natives.set("UR", addressBegins);
  natives.set("MT", addressBegins);
  natives.set("UE", addressEnds);
  natives.set("ME", addressEnds);
  // www.tmac's, which pages of asciidoctor use
  const link = ([target = "", words = "", after = ""]: readonly string[]): void => {
    if (words !== "") roff.text(words);
    roff.text(words === "" ? `\\%${target}${after}` : `\\%<${target}>${after}`);
  };
  roff.packages.set("www.tmac", () => {
    for (const name of ["URL", "MTO"]) {
      roff.macros.delete(name);
      natives.set(name, link);
    }
  });
  roff.live.set("an-margin", () => margin);
  roff.live.set("IN", () => INDENT);
  natives.set("TS", (args, _rest, reader) => {
    space();
    table(roff, args, reader);
  });
  natives.set("EQ", (_args, _rest, reader) => {
    while (reader.at < reader.lines.length && !/^[.']\s*EN/.test(reader.lines[reader.at] ?? "")) reader.at++;
  });
}
