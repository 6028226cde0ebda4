// One line of tmpfiles.d(5): type, path, mode, user, group, age, argument.
import type { Accounts } from "../kit/accounts.ts";
import { parseTimeSpan } from "../../daemons/systemd/api/time-span.ts";

export interface TmpfilesItem {
  readonly letter: string;
  /** "+": put at the end, or replace what is there */
  readonly plus: boolean;
  /** "!": only with --boot */
  readonly boot: boolean;
  /** "-": failures do not count */
  readonly lenient: boolean;
  readonly path: string;
  readonly mode: number | undefined;
  /** "~": less what the node has not */
  readonly masked: boolean;
  /** ":": only when it is made */
  readonly modeWhenMade: boolean;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly ageUs: number | undefined;
  /** "~" before the age: the entries of the directory itself stay */
  readonly keepFirstLevel: boolean;
  readonly argument: string | undefined;
}

/** Values of specifiers by their letters. */
export type Specifiers = ReadonlyMap<string, string>;

/** Where the line is wrong. */
export class TmpfilesError extends Error {}

const LETTERS = "fFwdDevqQpLcbCxXrRzZtThHaA";
const NEED_ARGUMENT = new Map([["w", "Write file requires argument."], ["c", "Device file requires argument."], ["b", "Device file requires argument."], ["t", "Set extended attribute requires argument."], ["T", "Set extended attribute requires argument."], ["a", "Set ACLs requires argument."], ["A", "Set ACLs requires argument."], ["h", "Set file attribute requires argument."], ["H", "Set file attribute requires argument."]]);

function expand(text: string, specifiers: Specifiers): string {
  return text.replace(/%(.)/g, (_, letter: string) => {
    if (letter === "%") return "%";
    const value = specifiers.get(letter);
    if (value === undefined) throw new TmpfilesError(`Failed to replace specifiers in '${text}': Invalid slot`);
    return value;
  });
}

/** Words with quotes; the seventh is all that is left. */
function words(line: string): readonly string[] {
  const found: string[] = [];
  let rest = line.trim();
  while (rest !== "" && found.length < 6) {
    const match = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+))\s*/.exec(rest);
    if (match === null) break;
    found.push(match[1]?.replace(/\\(.)/g, "$1") ?? match[2] ?? match[3] ?? "");
    rest = rest.slice(match[0].length);
  }
  if (rest !== "") found.push(rest);
  return found;
}

const given = (word: string | undefined): string | undefined => (word === undefined || word === "-" || word === "" ? undefined : word);

/** Undefined for a line that needs the machine's identifier where there is none. Throws TmpfilesError with what systemd-tmpfiles says of the line. */
export function parseTmpfilesLine(line: string, accounts: Accounts, specifiers: Specifiers): TmpfilesItem | undefined {
  const [action = "", rawPath, rawMode, user, group, rawAge, rawArgument] = words(line);
  if (rawPath === undefined) throw new TmpfilesError("Syntax error.");
  const letter = action.charAt(0);
  const modifiers = action.slice(1);
  if (/[^!+=~^-]/.test(modifiers)) throw new TmpfilesError(`Unknown modifiers in command '${action}'`);
  if (!LETTERS.includes(letter)) throw new TmpfilesError(`Unknown command type '${letter}'.`);
  if (specifiers.get("m") === "" && /%m/.test(`${rawPath}${rawArgument ?? ""}`)) return undefined;
  const path = expand(rawPath, specifiers).replace(/\/+/g, "/").replace(/(.)\/$/, "$1");
  const argument = given(rawArgument) === undefined ? undefined : expand(rawArgument ?? "", specifiers).replace(/\\n/g, "\n").replace(/\\t/g, "\t").replace(/\\\\/g, "\\");
  const missing = argument === undefined ? NEED_ARGUMENT.get(letter) : undefined;
  if (missing !== undefined) throw new TmpfilesError(missing);
  if (!path.startsWith("/")) throw new TmpfilesError(`Path '${path}' not absolute.`);
  const id = (word: string | undefined, find: (name: string) => number | undefined, what: string, tail: string): number | undefined => {
    const name = given(word)?.replace(/^:/, "");
    if (name === undefined) return undefined;
    const found = /^\d+$/.test(name) ? Number(name) : find(name);
    if (found === undefined) throw new TmpfilesError(`Failed to resolve ${what} '${name}'${tail}`);
    return found;
  };
  const uid = id(user, (name) => accounts.userByName(name)?.uid, "user", ": No such process");
  const gid = id(group, (name) => accounts.groupByName(name)?.gid, "group", ".");
  const modeWord = given(rawMode);
  const digits = modeWord?.replace(/^[~:]+/, "");
  if (digits !== undefined && !/^[0-7]{1,5}$/.test(digits)) throw new TmpfilesError(`Invalid mode '${digits}'.`);
  const ageWord = given(rawAge)?.replace(/^[abcmABM]+:/, "");
  const ageUs = ageWord === undefined ? undefined : parseTimeSpan(ageWord.replace(/^~/, ""));
  if (ageWord !== undefined && ageUs === undefined) throw new TmpfilesError(`Invalid age '${rawAge ?? ""}'.`);
  return {
    letter, plus: modifiers.includes("+"), boot: modifiers.includes("!"), lenient: modifiers.includes("-"), path, mode: digits === undefined ? undefined : Number.parseInt(digits, 8), masked: modeWord?.includes("~") ?? false, modeWhenMade: modeWord?.includes(":") ?? false,
    uid, gid, ageUs, keepFirstLevel: ageWord?.startsWith("~") ?? false, argument,
  };
}
