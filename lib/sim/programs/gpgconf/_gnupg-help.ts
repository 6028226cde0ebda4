// --version and --help of the programs of GnuPG: its head lines, then what is declared.
import type { Declaration, OptionDeclaration } from "../kit/command.ts";

/** `withLibrary`: programs that compute name libgcrypt, too. */
export function gnupgVersion(name: string, withLibrary = true): string {
  return `${name} (GnuPG) 2.2.40\n${withLibrary ? "libgcrypt 1.10.1\n" : ""}Copyright (C) 2022 g10 Code GmbH\nLicense GNU GPL-3.0-or-later <https://gnu.org/licenses/gpl.html>\nThis is free software: you are free to change and redistribute it.\nThere is NO WARRANTY, to the extent permitted by law.\n`;
}

export function gnupgHelp({ name, summary, synopsis, options }: Declaration, withLibrary = true): string {
  return `${gnupgVersion(name, withLibrary)}\n${synopsis.map((line) => `Syntax: ${name} ${line}\n`).join("")}${summary.charAt(0).toUpperCase()}${summary.slice(1)}\n\nOptions:\n \n${optionLines(options)}`;
}

export function optionLines(options: readonly OptionDeclaration[]): string {
  return options.map(({ names, argument, help }) => {
    const short = names.find((name) => /^-[^-]/.test(name));
    const long = names.find((name) => name.startsWith("--"));
    const word = argument === undefined ? "" : ` ${argument}`;
    return ` ${short === undefined ? "   " : `${short}${long === undefined ? "" : ","}`} ${`${long ?? ""}${word}`.padEnd(26)} ${help}\n`;
  }).join("");
}
