// What the words of ncat's command line ask for, checked as ncat 7.93 checks them.

import type { Blocking } from "../../kernel/sys.ts";
import type { Io } from "../kit/gnu.ts";

export const DEFAULT_PORT = 31337;

export interface Setting {
  readonly listen: boolean;
  readonly keep: boolean;
  readonly udp: boolean;
  readonly unix: boolean;
  readonly family: "inet" | "inet6" | undefined;
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly zero: boolean;
  readonly crlf: boolean;
  readonly telnet: boolean;
  readonly sendOnly: boolean;
  readonly receiveOnly: boolean;
  readonly noShutdown: boolean;
  readonly broker: boolean;
  readonly chat: boolean;
  readonly host: string | undefined;
  readonly port: number;
  readonly sourceAddress: string | undefined;
  readonly sourcePort: number | undefined;
  /** of -e and -c: argv */
  readonly command: readonly string[] | undefined;
  readonly mostConnections: number;
  readonly connectTimeoutUs: number;
  readonly idleTimeoutUs: number | undefined;
  readonly delayUs: number;
  readonly quitUs: number | undefined;
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
}

/** Ends with "Ncat: TEXT QUITTING.", status 2. */
export class NcatQuit extends Error {}

const UNITS = new Map([["", 1e6], ["ms", 1e3], ["s", 1e6], ["m", 60e6], ["h", 3600e6]]);

/** "2", "500ms", "1.5s", "2m", "1h": microseconds. */
export function durationUs(text: string, what: string): number {
  const found = /^(\d+(?:\.\d*)?|\.\d+)(ms|s|m|h|)$/.exec(text);
  const value = found ? Number(found[1]) * (UNITS.get(found[2] ?? "") ?? 1e6) : 0;
  if (value <= 0 || value >= 2_147_483e6) throw new NcatQuit(`Invalid ${what} "${text}" (must be greater than 0 and less than 2147483s).`);
  return value;
}

export function portNumber(word: string): number {
  const number = /^\d+$/.test(word) ? Number(word) : Number.NaN;
  if (Number.isNaN(number) || number > 65535) throw new NcatQuit(`Invalid port number "${word}".`);
  return number;
}

/** Words of a shell-like command line for -e: "..." and '...' keep blanks together. */
export function commandWords(text: string): string[] {
  const words: string[] = [];
  for (const [whole, double, single] of text.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)) words.push(double ?? single ?? whole);
  return words;
}

export function* quitting(io: Io, body: () => Blocking<number>): Blocking<number> {
  try {
    return yield* body();
  } catch (error) {
    if (!(error instanceof NcatQuit)) throw error;
    yield* io.stderr(`Ncat: ${error.message} QUITTING.\n`);
    return 2;
  }
}
