// A declaration as a man page, filled for a terminal of `width` columns: NAME, SYNOPSIS, DESCRIPTION, OPTIONS, EXIT STATUS, SEE ALSO.

import type { Declaration } from "./command.ts";
import { optionHelp, optionUsage, wrap } from "./help-text.ts";

const INDENT = 7;

export interface ManPageStyle {
  /** Puts a word in bold; plain text by default. */
  readonly bold?: (text: string) => string;
  readonly underline?: (text: string) => string;
}

export function manPage(declaration: Declaration, width: number, style: ManPageStyle = {}): string {
  const bold = style.bold ?? ((text: string) => text);
  const section = declaration.manSection ?? 1;
  const title = `${declaration.name.toUpperCase()}(${section})`;
  const lines: string[] = [headLine(title, section === 8 ? "System Administration" : "User Commands", title, width), ""];
  const heading = (text: string): void => { lines.push(bold(text)); };
  const filled = (paragraph: string, indent = INDENT): void => {
    for (const line of wrap(paragraph, Math.max(20, width - indent))) lines.push(" ".repeat(indent) + line);
  };

  heading("NAME");
  filled(`${declaration.name} - ${declaration.summary}`);
  lines.push("");
  heading("SYNOPSIS");
  for (const line of declaration.synopsis) lines.push(" ".repeat(INDENT) + `${bold(declaration.name)} ${line}`.trimEnd());
  lines.push("");
  heading("DESCRIPTION");
  filled(declaration.summary.charAt(0).toUpperCase() + declaration.summary.slice(1) + ".");
  for (const paragraph of declaration.description ?? []) {
    lines.push("");
    filled(paragraph);
  }
  lines.push("");
  if (declaration.subcommands && declaration.subcommands.length > 0) {
    heading("COMMANDS");
    for (const subcommand of declaration.subcommands) {
      lines.push(" ".repeat(INDENT) + bold(subcommand.name));
      filled(subcommand.summary, INDENT * 2);
      lines.push("");
    }
  }
  if (declaration.options.length > 0) {
    heading("OPTIONS");
    for (const option of declaration.options) {
      lines.push(" ".repeat(INDENT) + bold(optionUsage(option).trimStart()));
      filled(optionHelp(option), INDENT * 2);
      lines.push("");
    }
  }
  if (declaration.exitStatuses && declaration.exitStatuses.length > 0) {
    heading("EXIT STATUS");
    for (const [status, meaning] of declaration.exitStatuses) {
      lines.push(" ".repeat(INDENT) + status.padEnd(INDENT - 1) + " " + meaning);
    }
    lines.push("");
  }
  if (declaration.seeAlso && declaration.seeAlso.length > 0) {
    heading("SEE ALSO");
    filled(declaration.seeAlso.join(", "));
    lines.push("");
  }
  lines.push(headLine("Debian 12", "", title, width));
  return lines.join("\n") + "\n";
}

function headLine(left: string, middle: string, right: string, width: number): string {
  const gap = Math.max(2, width - left.length - middle.length - right.length);
  const before = Math.floor(gap / 2);
  return left + " ".repeat(before) + middle + " ".repeat(gap - before) + right;
}
