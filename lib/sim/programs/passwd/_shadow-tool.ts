// The dialect of the shadow suite (useradd, passwd, chage...): messages "NAME: text", a usage block, exit statuses of its own.
import { type Blocking, daysFromCivil } from "../../kernel/sys.ts";
import type { Command, Declaration, OptionDeclaration } from "../kit/command.ts";
import { type Call, type GnuDeclaration, gnu, type Io } from "../kit/gnu.ts";
import { optionHelp, wrap } from "../kit/help-text.ts";
import type { Body } from "../kit/io.ts";
import { frenchDeclaration, frenchOption } from "../kit/messages/declared-french.ts";
import type { Domain } from "../kit/messages/domains.ts";
import { helpHeadings } from "../kit/messages/help-headings.ts";
import type { Options } from "../kit/option.ts";

const helpColumn = 32;

/** "-d, --lastday LAST_DAY" */
function optionHead({ names, argument }: OptionDeclaration): string {
  const [first = ""] = names;
  return `  ${first.startsWith("--") ? "    " : ""}${names.join(", ")}${argument === undefined ? "" : ` ${argument}`}`;
}

/** Each tool's usage: the calls, then the options at column 32. */
function usageText(declaration: Declaration, argv0: string, domain: Domain | undefined): string {
  const french = domain === undefined ? undefined : frenchDeclaration(declaration);
  const headings = helpHeadings(french === undefined ? undefined : domain);
  const { synopsis } = french ?? declaration;
  let out = synopsis.map((line, index) => `${index === 0 ? headings.usage : " ".repeat(headings.usage.length)} ${argv0} ${line}\n`).join("");
  out += `\n${headings.options}\n`;
  for (const declared of [...declaration.options].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))) {
    const option = french === undefined ? declared : frenchOption(declared);
    const head = optionHead(option);
    const help = wrap(optionHelp(option, headings), 80 - helpColumn);
    const lines = help.map((line) => " ".repeat(helpColumn) + line);
    if (head.length < helpColumn - 1 && help[0] !== undefined) lines[0] = head.padEnd(helpColumn) + help[0];
    else lines.unshift(head);
    out += `${lines.join("\n")}\n`;
  }
  return `${out}\n`;
}

/** By letter, small before capital. */
const sortKey = ({ names }: OptionDeclaration): string => {
  const name = (names[0] ?? "").replace(/^-+/, "");
  return `${name.charAt(0).toLowerCase()}${name.charAt(0) === name.charAt(0).toLowerCase() ? "0" : "1"}${name}`;
};

export function shadowTool<const O extends Options>(spec: Omit<GnuDeclaration<O>, "project" | "version" | "tryLine" | "run"> & { readonly run: (call: Call<O>, io: Io) => Body }): Command {
  const command = gnu({ ...spec, project: "shadow", version: "4.13", usageStatus: spec.usageStatus ?? 2, helpLetter: spec.helpLetter ?? "h", withoutVersion: true, usageText });
  // messages begin with the name without its directory
  return { ...command, program: (sys, argv) => command.program(sys, [(argv[0] ?? spec.name).replace(/^.*\//, ""), ...argv.slice(1)]) };
}

/** "N": none; a date or a number of days, as chage and usermod take it. Undefined when it is neither. */
export function parseDay(text: string): number | "none" | undefined {
  if (text === "" || text === "-1" || text === "never") return "none";
  const date = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (date !== null) {
    const [, year = "0", month = "1", day = "1"] = date;
    return daysFromCivil(Number(year), Number(month), Number(day));
  }
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Debian lets most of them pass: not at the beginning -, ~ or +, nowhere a colon, a comma or a blank. */
export const validName = (name: string): boolean => /^[^-~+:,\s][^:,\s]*$/.test(name) && name.length <= 32;

/** A number of a user or group: 32 bits, the last of which stands for none. */
export const parseId = (text: string): number | undefined => (/^\d+$/.test(text) && Number(text) < 0xffffffff ? Number(text) : undefined);

/** What a field of the databases cannot hold. */
export const spoilsField = (text: string): boolean => /[:\n]/.test(text);

/** A shell by its whole path; "*" and nothing are let through. */
export const isShellPath = (text: string): boolean => !spoilsField(text) && (text === "" || text.startsWith("/") || text.startsWith("*"));

/** A message, then the usage. */
export function* misused(io: Io, message: string): Blocking<never> {
  yield* io.warn(message);
  return io.usage();
}

/** getlong(3) of shadow: undefined when it is no number. */
export function parseLong(text: string): number | undefined {
  return /^[-+]?\d+$/.test(text) ? Number(text) : undefined;
}

