// A declaration as the text of --help and as a man page.

import type { Declaration, OptionDeclaration } from "./command.ts";

const HELP_COLUMN = 29;
const HELP_WIDTH = 79;

/** Words filled to `width` columns; the paragraph keeps its words' order, line breaks are ours. */
export function wrap(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const one of paragraph.split(/\s+/)) {
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

export function optionHelp(option: OptionDeclaration): string {
  if (typeof option.support === "string") return option.help;
  return "partly" in option.support ? `${option.help} (in part: ${option.support.partly})` : `${option.help} (not simulated: ${option.support.refused})`;
}

export function optionLines(option: OptionDeclaration, column = HELP_COLUMN, width = HELP_WIDTH): string {
  const head = "  " + optionUsage(option);
  const help = wrap(optionHelp(option), width - column);
  const pad = " ".repeat(column);
  const lines = help.map((line) => pad + line);
  const first = help[0];
  if (first !== undefined && head.length + 2 <= column) lines[0] = head.padEnd(column) + first;
  else lines.unshift(head);
  return lines.join("\n") + "\n";
}

/** What closes a help text of a program's own: its options. */
export function helpOptions(options: readonly OptionDeclaration[]): string {
  return `\nOptions:\n${options.map((option) => optionLines(option)).join("")}`;
}

/** GNU form of --help. */
export function helpText(declaration: Declaration, argv0: string): string {
  const usage = declaration.synopsis.map((line, index) => `${index === 0 ? "Usage:" : "  or: "} ${argv0} ${line}`.trimEnd()).join("\n");
  const summary = declaration.summary.charAt(0).toUpperCase() + declaration.summary.slice(1) + ".";
  let out = `${usage}\n${wrap(summary, HELP_WIDTH).join("\n")}\n`;
  for (const paragraph of declaration.description ?? []) out += "\n" + wrap(paragraph, HELP_WIDTH).join("\n") + "\n";
  if (declaration.options.length > 0) out += "\n" + declaration.options.map((option) => optionLines(option)).join("");
  if (declaration.exitStatuses) out += "\nExit status:\n" + declaration.exitStatuses.map(([status, meaning]) => ` ${status}  ${meaning}\n`).join("");
  return out;
}
