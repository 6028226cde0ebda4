// A declaration as the text of --help and as a man page.

import type { Declaration, OptionDeclaration } from "./command.ts";
import { frenchDeclaration, frenchOption } from "./messages/declared-french.ts";
import type { Domain } from "./messages/domains.ts";
import { ENGLISH_HEADINGS, helpHeadings } from "./messages/help-headings.ts";

const HELP_COLUMN = 29;
const HELP_WIDTH = 79;

/** Words filled to `width` columns; the paragraph keeps its words' order, line breaks are ours. */
export function wrap(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const one of paragraph.split(/[ \n]+/)) {
    if (one === "") continue;
    if (line === "") line = one;
    else if (line.length + 1 + one.length <= width) line += " " + one;
    else {
      lines.push(line);
      line = one;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** "-n, --lines=NUM" */
export function optionUsage(option: OptionDeclaration): string {
  const long = option.names.some((name) => name.startsWith("--"));
  const shown = option.names.map((name, index) => {
    if (option.argument === undefined || index !== option.names.length - 1) return name;
    if (name.startsWith("--")) return option.argumentOptional ? `${name}[=${option.argument}]` : `${name}=${option.argument}`;
    if (!name.startsWith("-")) return name + option.argument;
    return option.argumentOptional ? `${name}[${option.argument}]` : `${name} ${option.argument}`;
  });
  return (long && shown[0]?.startsWith("--") ? "    " : "") + shown.join(", ");
}

export function optionHelp(option: OptionDeclaration, headings = ENGLISH_HEADINGS): string {
  if (typeof option.support === "string") return option.help;
  return `${option.help} (${"partly" in option.support ? headings.partly + option.support.partly : headings.refused + option.support.refused})`;
}

/** `domain`: of a program that knows French, where messages are French. */
export function optionLines(declared: OptionDeclaration, column = HELP_COLUMN, width = HELP_WIDTH, domain?: Domain): string {
  const option = domain === undefined ? declared : frenchOption(declared);
  const head = "  " + optionUsage(option);
  const help = wrap(optionHelp(option, helpHeadings(domain)), width - column);
  const pad = " ".repeat(column);
  const lines = help.map((line) => pad + line);
  const first = help[0];
  if (first !== undefined && head.length + 2 <= column) lines[0] = head.padEnd(column) + first;
  else lines.unshift(head);
  return lines.join("\n") + "\n";
}

/** What closes a help text of a program's own: its options. */
export function helpOptions(options: readonly OptionDeclaration[], domain?: Domain): string {
  return `\n${helpHeadings(domain).options}\n${options.map((option) => optionLines(option, HELP_COLUMN, HELP_WIDTH, domain)).join("")}`;
}

/** GNU form of --help; `domain`: of a program that knows French, where messages are French. */
export function helpText(declared: Declaration, argv0: string, domain?: Domain): string {
  const french = domain === undefined ? undefined : frenchDeclaration(declared);
  const declaration = french ?? declared;
  const headings = helpHeadings(french === undefined ? undefined : domain);
  const usage = declaration.synopsis.map((line, index) => `${index === 0 ? headings.usage : headings.or} ${argv0} ${line}`.trimEnd()).join("\n");
  const summary = declaration.summary.charAt(0).toUpperCase() + declaration.summary.slice(1) + ".";
  let out = `${usage}\n${wrap(summary, HELP_WIDTH).join("\n")}\n`;
  for (const paragraph of declaration.description ?? []) out += "\n" + wrap(paragraph, HELP_WIDTH).join("\n") + "\n";
  if (declared.options.length > 0) out += "\n" + declared.options.map((option) => optionLines(option, HELP_COLUMN, HELP_WIDTH, french && domain)).join("");
  if (declaration.exitStatuses) out += `\n${headings.exitStatus}\n${declaration.exitStatuses.map(([status, meaning]) => ` ${status}  ${meaning}\n`).join("")}`;
  return out;
}
