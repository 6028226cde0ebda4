// The command line (perlrun(1)).

import type { Wait } from "../../../kernel/sys.ts";
import type { Io } from "../../kit/io.ts";
import { latin1OfText } from "../../kit/latin1.ts";
import { configurationText, CONFIGURATION } from "./configuration.ts";

export interface Switches {
  /** -e texts, joined */
  program: string | undefined;
  features: boolean;
  loops: boolean;
  prints: boolean;
  inPlace: string | undefined;
  /** -l: the output separator; undefined without it */
  lineEnd: string | undefined;
  /** -l without digits: $\ takes $/ as it is then */
  splits: boolean;
  splitPattern: string | undefined;
  /** -0: "" paragraph mode, null for slurping */
  separator: string | null | undefined;
  warnings: boolean;
  noWarnings: boolean;
  compileOnly: boolean;
  modules: string[];
  include: string[];
  script: string | undefined;
  arguments: string[];
  scriptSwitches: boolean;
  skipsGarbage: boolean;
  unicode: number;
  /** what -V:NAME have asked for */
  shown?: string;
}

const USAGE = `
Usage: perl [switches] [--] [programfile] [arguments]
  -0[octal]      what separates records of input: -0 a NUL byte, -00 empty lines, -0777 nothing
  -a             split each line into @F (brings -n)
  -C[number]     which standard streams are UTF-8
  -c             compile and stop; BEGIN blocks run
  -e program     a line of program; several make several lines
  -E program     the same with the newer features on
  -F pattern     what -a splits at
  -h             this text
  -i[extension]  write the output of the loop back to each file; with an extension the old file is kept
  -I directory   look for modules there first
  -l[octal]      take the line end off what is read, put it on what is printed
  -m module      use the module without what it exports
  -M module      use the module; -Mmodule=a,b imports these
  -n             run the program for each line of the files
  -p             the same, and print the line
  -s             words like -name after the script set variables
  -t             accepted
  -T             accepted
  -u             accepted
  -v             the version
  -V[:name]      the configuration, or one value of it
  -w             warnings
  -W             warnings everywhere
  -x             the program begins at the #! line
  -X             no warnings at all

`;

const VERSION = `
This is perl 5, version 36, subversion 0 (v5.36.0) built for x86_64-linux-gnu-thread-multi
(with 83 registered patches, see perl -V for more detail)

Copyright 1987-2022, Larry Wall

Perl is free software under the Artistic License or the GNU General Public License;
the manual pages (perl, perlintro, perlrun) are the way in, https://www.perl.org/ its home.

`;

export function emptySwitches(): Switches {
  return {
    program: undefined, features: false, loops: false, prints: false, inPlace: undefined, lineEnd: undefined, splits: false, splitPattern: undefined, separator: undefined, warnings: false, noWarnings: false,
    compileOnly: false, modules: [], include: [], script: undefined, arguments: [], scriptSwitches: false, skipsGarbage: false, unicode: 0,
  };
}

/** The switches and operands, or the exit status when that was all. */
export function* readSwitches(words: readonly string[], io: Io): Generator<Wait, Switches | number> {
  const switches = emptySwitches();
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === "--") {
      finish(switches, words.slice(i + 1));
      return switches;
    }
    if (!word.startsWith("-") || word === "-") {
      finish(switches, words.slice(i));
      return yield* answered(switches, io);
    }
    const used = yield* cluster(switches, latin1OfText(word.slice(1)), words[i + 1], io);
    if (typeof used === "object") return used.status;
    i += used;
  }
  finish(switches, []);
  return yield* answered(switches, io);
}

function* answered(switches: Switches, io: Io): Generator<Wait, Switches | number> {
  if (switches.shown === undefined) return switches;
  yield* io.out.print(switches.shown);
  return 0;
}

function finish(switches: Switches, operands: readonly string[]): void {
  if (switches.program === undefined) {
    switches.script = operands[0];
    switches.arguments = operands.slice(1).map(latin1OfText);
  } else switches.arguments = operands.map(latin1OfText);
}

/** One word of switches; how many further words it took. */
export function* cluster(switches: Switches, letters: string, next: string | undefined, io: Io | undefined): Generator<Wait, number | { readonly status: number }> {
  for (let k = 0; k < letters.length; k++) {
    const letter = letters.charAt(k);
    const rest = letters.slice(k + 1);
    switch (letter) {
      case "e":
      case "E": {
        const text = rest !== "" ? rest : next;
        if (text === undefined) {
          yield* io?.stderr(`No code specified for -${letter}.\n`) ?? [];
          return { status: 29 };
        }
        if (letter === "E") switches.features = true;
        switches.program = `${switches.program === undefined ? "" : switches.program}${rest !== "" ? text : latin1OfText(text)}\n`;
        return rest !== "" ? 0 : 1;
      }
      case "n":
        switches.loops = true;
        break;
      case "p":
        switches.prints = true;
        break;
      case "a":
        switches.splits = true;
        switches.loops = true;
        break;
      case "F": {
        switches.splitPattern = rest;
        switches.splits = true;
        switches.loops = true;
        return 0;
      }
      case "i":
        switches.inPlace = rest;
        return 0;
      case "l": {
        const digits = /^[0-7]+/.exec(rest)?.[0] ?? "";
        if (digits !== "") {
          switches.lineEnd = String.fromCharCode(Number.parseInt(digits, 8));
          k += digits.length;
        } else switches.lineEnd = switches.separator === undefined ? "\n" : switches.separator === "" ? "\n\n" : switches.separator ?? "";
        break;
      }
      case "0": {
        const hex = /^x[0-9a-fA-F]+/.exec(rest)?.[0];
        const digits = hex ?? /^[0-7]{0,3}/.exec(rest)?.[0] ?? "";
        k += digits.length;
        const value = digits === "" ? 0 : hex !== undefined ? Number.parseInt(hex.slice(1), 16) : Number.parseInt(digits, 8);
        switches.separator = hex === undefined && value === 0o777 ? null : hex === undefined && value > 255 ? null : digits === "0" || digits === "00" ? "" : String.fromCodePoint(value);
        break;
      }
      case "g":
        switches.separator = null;
        break;
      case "w":
      case "W":
        switches.warnings = true;
        break;
      case "X":
        switches.noWarnings = true;
        break;
      case "c":
        switches.compileOnly = true;
        break;
      case "M":
      case "m": {
        if (rest === "") {
          yield* io?.stderr(`Missing argument to -${letter}\n`) ?? [];
          return { status: 29 };
        }
        switches.modules.push(useText(rest, letter === "m"));
        return 0;
      }
      case "I": {
        const folder = rest !== "" ? rest : next;
        if (folder === undefined || folder === "") {
          yield* io?.stderr("No directory specified for -I\n") ?? [];
          return { status: 29 };
        }
        switches.include.push(folder);
        return rest !== "" ? 0 : 1;
      }
      case "s":
        switches.scriptSwitches = true;
        break;
      case "x":
        switches.skipsGarbage = true;
        return 0;
      case "C": {
        const value = /^\d+/.exec(rest)?.[0];
        switches.unicode = value !== undefined ? Number(value) : rest === "" ? 0x3f : Array.from(rest).reduce((sum, one) => sum | (new Map([["I", 1], ["O", 2], ["E", 4], ["S", 7], ["i", 8], ["o", 16], ["D", 24], ["A", 32]]).get(one) ?? 0), 0);
        return 0;
      }
      case "v":
        yield* io?.out.print(VERSION) ?? [];
        return { status: 0 };
      case "V": {
        if (rest.startsWith(":")) {
          const name = rest.slice(1).replace(/;$/, "");
          const value = CONFIGURATION.get(name);
          switches.shown = `${switches.shown ?? ""}${name}='${value ?? "UNKNOWN"}';\n`;
          return 0;
        } else yield* io?.out.print(configurationText()) ?? [];
        return { status: 0 };
      }
      case "h":
      case "?":
        yield* io?.out.print(USAGE) ?? [];
        return { status: 0 };
      case "t":
      case "T":
      case "u":
      case "U":
      case "f":
      case "S":
      case "-":
      case " ":
      case "\r":
        if (letter === "-" && rest === "help") {
          yield* io?.out.print(USAGE) ?? [];
          return { status: 0 };
        }
        if (letter === "-" && rest === "version") {
          yield* io?.out.print(VERSION) ?? [];
          return { status: 0 };
        }
        if (letter === "-" && rest !== "") {
          yield* io?.stderr(`Unrecognized switch: -${letters}  (-h will show valid options).\n`) ?? [];
          return { status: 29 };
        }
        break;
      default:
        yield* io?.stderr(`Unrecognized switch: -${letters.slice(k)}  (-h will show valid options).\n`) ?? [];
        return { status: 29 };
    }
  }
  return 0;
}

/** -MFoo=a,b is `use Foo split(/,/,q{a,b})`; -mFoo is `use Foo ()`; -M-Foo is `no Foo`. */
function useText(text: string, bare: boolean): string {
  const no = text.startsWith("-");
  const rest = no ? text.slice(1) : text;
  const word = no ? "no" : "use";
  const equals = rest.indexOf("=");
  if (equals >= 0) return `${word} ${rest.slice(0, equals)} split(/,/,q\0${rest.slice(equals + 1)}\0);`;
  return bare ? `${word} ${rest} ();` : `${word} ${rest};`;
}
