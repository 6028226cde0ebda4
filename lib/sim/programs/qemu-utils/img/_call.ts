// What the subcommands of qemu-img share: their call, sizes, options of formats, and how errors are said.
import { type Blocking, encode, type Sys } from "../../../kernel/sys.ts";

export interface ImgCall {
  readonly sys: Sys;
  readonly words: readonly string[];
  out(text: string): Blocking<void>;
  /** "qemu-img: TEXT" on standard error */
  err(text: string): Blocking<void>;
}

export interface Subcommand {
  readonly name: string;
  readonly summary: string;
  run(call: ImgCall): Blocking<number>;
}

/** Ends the subcommand with a message; `usage` adds the line that points to --help. */
export class ImgFailure extends Error {
  readonly status: number;
  readonly usage: boolean;
  constructor(message: string, options: { readonly status?: number; readonly usage?: boolean } = {}) {
    super(message);
    this.status = options.status ?? 1;
    this.usage = options.usage ?? false;
  }
}

export interface Parsed {
  readonly operands: readonly string[];
  get(name: string): string | undefined;
  all(name: string): readonly string[];
  has(name: string): boolean;
}

/** `short` as getopt's string without a leading colon; `long` "output=" takes an argument. */
export function parseImg(words: readonly string[], short: string, long: readonly string[] = []): Parsed {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const shortTakes = new Map<string, boolean>();
  for (const match of short.matchAll(/([A-Za-z])(:?)/g)) shortTakes.set(match[1] ?? "", match[2] === ":");
  const add = (name: string, value: string): void => {
    values.set(name, [...(values.get(name) ?? []), value]);
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (word.startsWith("--")) {
      const equals = word.indexOf("=");
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
      const known = long.find((one) => one.replace("=", "") === name);
      if (known === undefined) throw new ImgFailure(`unrecognized option '${word}'`, { usage: true });
      if (!known.endsWith("=")) add(name, "");
      else {
        const value = equals < 0 ? words[++at] : word.slice(equals + 1);
        if (value === undefined) throw new ImgFailure(`option '--${name}' requires an argument`, { usage: true });
        add(name, value);
      }
    } else if (word.length > 1 && word.startsWith("-") && !/^-\d/.test(word)) {
      for (let index = 1; index < word.length; index++) {
        const letter = word[index] ?? "";
        const takes = shortTakes.get(letter);
        if (takes === undefined) throw new ImgFailure(`unrecognized option '${word}'`, { usage: true });
        if (!takes) {
          add(letter, "");
          continue;
        }
        const value = index + 1 < word.length ? word.slice(index + 1) : words[++at];
        if (value === undefined) throw new ImgFailure(`missing argument for option '${word}'`, { usage: true });
        add(letter, value);
        break;
      }
    } else operands.push(word);
  }
  return { operands, get: (name) => values.get(name)?.at(-1), all: (name) => values.get(name) ?? [], has: (name) => values.has(name) };
}

const suffixes = new Map([["", 1], ["b", 1], ["k", 1024], ["m", 1024 ** 2], ["g", 1024 ** 3], ["t", 1024 ** 4], ["p", 1024 ** 5], ["e", 1024 ** 6]]);

/** cvtnum: a number with an optional suffix. */
export function sizeBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([bBkKmMgGtTpPeE]?)$/.exec(text);
  if (match === null) return undefined;
  const value = Math.round(Number(match[1]) * (suffixes.get((match[2] ?? "").toLowerCase()) ?? 1));
  return value < 2 ** 63 ? value : undefined;
}

export const sizeHint = "Optional suffix k, M, G, T, P or E means kilo-, mega-, giga-, tera-, peta-\nand exabytes, respectively.";

/** size_to_str of QEMU: three significant digits. */
export function humanSize(bytes: number): string {
  const units = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
  let unit = 0;
  let value = bytes;
  while (value / 1024 >= 1 && unit < units.length - 1 && Math.round(value) >= 1000) {
    value /= 1024;
    unit++;
  }
  const scale = value >= 100 ? 1 : value >= 10 ? 10 : 100;
  const scaled = value * scale;
  // printf rounds an exact half to the even neighbour
  const rounded = scaled - Math.floor(scaled) === 0.5 ? 2 * Math.round(scaled / 2) : Math.round(scaled);
  return `${rounded / scale} ${units[unit]}B`;
}

/** "a=1,b=2" with ",," for a comma. */
export function formatOptions(texts: readonly string[]): Map<string, string> {
  const options = new Map<string, string>();
  for (const text of texts) {
    for (const part of text.replaceAll(",,", "\0").split(",")) {
      const clear = part.replaceAll("\0", ",");
      const equals = clear.indexOf("=");
      if (clear !== "") options.set(equals < 0 ? clear : clear.slice(0, equals), equals < 0 ? "on" : clear.slice(equals + 1));
    }
  }
  return options;
}

export function output(sys: Sys): Pick<ImgCall, "out" | "err"> {
  return {
    *out(text) {
      yield* sys.write(1, encode(text));
    },
    *err(text) {
      yield* sys.write(2, encode(`qemu-img: ${text}\n`));
    },
  };
}
