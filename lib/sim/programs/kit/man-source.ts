// A declaration as the source of its manual page, in the macros of man(7), and as the compressed file that packages install. ASCII only: other
// characters are written as roff's \[uXXXX].

import type { Declaration } from "./command.ts";
import { crc32 } from "./compression/crc32.ts";
import { optionHelp, optionUsage } from "./help-text.ts";
import { ENGLISH_HEADINGS, helpHeadings } from "./messages/help-headings.ts";

export function escaped(text: string): string {
  let out = "";
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === "\\") out += "\\e";
    else if (char === "-") out += "\\-";
    else if (code > 126) out += `\\[u${code.toString(16).toUpperCase().padStart(4, "0")}]`;
    else out += char;
  }
  // a control character at the beginning of a line would be a request
  return out.replace(/(^|\n)(?=[.'])/g, "$1\\&");
}

export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export interface PageFacts {
  /** "coreutils 9.1-1" */
  readonly source: string;
  /** "2026-11-21" */
  readonly date: string;
}

export const sectionOf = (declaration: Declaration): number => declaration.manSection ?? 1;

const ENGLISH = { user: "User Commands", system: "System Administration", name: "NAME", commands: "COMMANDS", exitStatus: "EXIT STATUS", seeAlso: "SEE ALSO", headings: ENGLISH_HEADINGS, summary: (text: string): string => text };
/** The words of the pages that Debian's packages have in French. */
const FRENCH: typeof ENGLISH = { user: "Commandes utilisateur", system: "Administration du système", name: "NOM", commands: "COMMANDES", exitStatus: "CODE DE RETOUR", seeAlso: "VOIR AUSSI", headings: helpHeadings("coreutils"), summary: capital };

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `language` is that of the declaration. */
export function manSource(declaration: Declaration, { source, date }: PageFacts, language: "en" | "fr" = "en"): string {
  const section = sectionOf(declaration);
  const words = language === "fr" ? FRENCH : ENGLISH;
  const lines: string[] = [`.TH ${quoted(escaped(declaration.name.toUpperCase()))} ${section} ${quoted(date)} ${quoted(escaped(source))} ${quoted(escaped(section === 8 ? words.system : words.user))}`, `.SH ${words.name}`, `${escaped(declaration.name)} \\- ${escaped(words.summary(declaration.summary))}`, ".SH SYNOPSIS"];
  declaration.synopsis.forEach((line, index) => {
    if (index > 0) lines.push(".br");
    lines.push(`.B ${escaped(declaration.name)}`, ...(line === "" ? [] : [escaped(line)]));
  });
  lines.push(".SH DESCRIPTION", `${escaped(capital(declaration.summary))}.`);
  for (const paragraph of declaration.description ?? []) lines.push(".PP", escaped(paragraph));
  if ((declaration.subcommands ?? []).length > 0) {
    lines.push(`.SH ${words.commands}`);
    for (const subcommand of declaration.subcommands ?? []) lines.push(".TP", `.B ${escaped(subcommand.name)}`, escaped(subcommand.summary) || "\\&");
  }
  if (declaration.options.length > 0) {
    lines.push(".SH OPTIONS");
    for (const option of declaration.options) lines.push(".TP", `\\fB${escaped(optionUsage(option).trimStart())}\\fR`, escaped(optionHelp(option, words.headings)) || "\\&");
  }
  if ((declaration.exitStatuses ?? []).length > 0) {
    lines.push(`.SH ${words.exitStatus}`);
    for (const [status, meaning] of declaration.exitStatuses ?? []) lines.push(".TP", `.B ${escaped(status)}`, escaped(meaning));
  }
  if ((declaration.seeAlso ?? []).length > 0) lines.push(`.SH ${words.seeAlso}`, escaped((declaration.seeAlso ?? []).join(", ")));
  return `${lines.join("\n")}\n`;
}

const HEAD_BYTES = 10;
const BLOCK_HEAD_BYTES = 5;
const TAIL_BYTES = 8;
const MOST = 65535;

/** How long `storedGzip` of so many bytes is. */
export const storedGzipBytes = (length: number): number => HEAD_BYTES + Math.max(1, Math.ceil(length / MOST)) * BLOCK_HEAD_BYTES + length + TAIL_BYTES;

/** A gzip file whose data are stored as they are (RFC 1951, 3.2.4): its length is known before its bytes are. */
export function storedGzip(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(storedGzipBytes(bytes.length));
  out.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3]);
  let at = HEAD_BYTES;
  for (let from = 0; from === 0 || from < bytes.length; from += MOST) {
    const part = bytes.subarray(from, from + MOST);
    const last = from + MOST >= bytes.length;
    out.set([last ? 1 : 0, part.length & 0xff, part.length >> 8, ~part.length & 0xff, (~part.length >> 8) & 0xff], at);
    out.set(part, at + BLOCK_HEAD_BYTES);
    at += BLOCK_HEAD_BYTES + part.length;
  }
  const sum = crc32(bytes);
  for (const [index, value] of [sum, bytes.length].entries()) for (let byte = 0; byte < 4; byte++) out[at + index * 4 + byte] = (value >>> (8 * byte)) & 0xff;
  return out;
}
