// What the commands of CUPS share: their options (one letter each, the usage on a wrong one, status 1 for --help), asking cupsd, the default destination, tables.
import { askCups, type CupsReply, type CupsRequest, type CupsState, type JobView } from "../cups-daemon/_protocol.ts";
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";

interface CupsCommand {
  readonly name: string;
  readonly path?: string;
  readonly links?: readonly string[];
  readonly manSection?: number;
  readonly summary: string;
  readonly usage: readonly string[];
  /** "-d destination", what it does */
  readonly options: readonly (readonly [head: string, help: string])[];
  /** letters whose argument may be left out: the next word, unless it is an option */
  readonly optional?: string;
  readonly description?: readonly string[];
  readonly seeAlso?: readonly string[];
  /** what stands before a wrong option: 'Error - unknown option' (most), 'Unknown option' (lpadmin, lpinfo) */
  readonly unknown?: (letter: string) => string | undefined;
  readonly usageStatus?: number;
  readonly run: (call: CupsCall, io: Io) => Generator<import("../../kernel/sys.ts").Wait, number>;
}

export interface CupsCall {
  readonly sys: Sys;
  /** in the order given: options with their argument, and operands under the key "" */
  readonly given: readonly (readonly [key: string, value: string])[];
  readonly operands: readonly string[];
  readonly usage: () => string;
  readonly has: (letter: string) => boolean;
  readonly value: (letter: string) => string | undefined;
}

export function cups(spec: CupsCommand): Command {
  const names = spec.options.map(([head, help]) => {
    const [name = "", ...rest] = head.split(" ");
    return rest.length > 0 ? text([name], rest.join(" "), help) : flag([name], help);
  });
  const withArgument = new Set(spec.options.filter(([head]) => head.includes(" ")).map(([head]) => head.split(" ")[0] ?? ""));
  const known = new Set(spec.options.map(([head]) => head.split(" ")[0] ?? ""));
  const usage = (name: string): string => `${spec.usage.map((line, at) => `${at === 0 ? "Usage: " : "       "}${name}${line === "" ? "" : ` ${line}`}\n`).join("")}Options:\n${spec.options.map(([head, help]) => `${head.length > 23 ? `${head}\n${" ".repeat(24)}` : head.padEnd(24)}${help}\n`).join("")}`;
  return program(
    { name: spec.name, ...(spec.path && { path: spec.path }), ...(spec.links && { links: spec.links }), manSection: spec.manSection ?? 1, summary: spec.summary, synopsis: spec.usage, operands: "files", options: names.filter((one, at) => names.findIndex((other) => other.names[0] === one.names[0]) === at), ...(spec.description && { description: spec.description }), seeAlso: spec.seeAlso ?? ["lp(1)", "lpstat(1)", "lpadmin(8)", "cupsd(8)"] },
    function* (sys, argv, io: Io) {
      const name = io.argv0.slice(io.argv0.lastIndexOf("/") + 1);
      const given: (readonly [string, string])[] = [];
      const operands: string[] = [];
      const args = argv.slice(1);
      const fail = function* (message: string | undefined): Blocking<number> {
        yield* io.stderr(`${message === undefined ? "" : `${name}: ${message}\n`}${usage(name)}`);
        return spec.usageStatus ?? 1;
      };
      for (let at = 0; at < args.length; at++) {
        const word = args[at] ?? "";
        if (word === "--help") {
          io.out.put(usage(name));
          return 1;
        }
        if (word === "--") {
          for (const rest of args.slice(at + 1)) {
            operands.push(rest);
            given.push(["", rest]);
          }
          break;
        }
        if (!word.startsWith("-") || word === "-") {
          operands.push(word);
          given.push(["", word]);
          continue;
        }
        if (word.startsWith("--")) {
          if (!known.has(word)) return yield* fail(spec.unknown === undefined ? `Error - unknown option "${word}".` : spec.unknown(word));
          given.push([word.slice(2), withArgument.has(word) ? (args[++at] ?? "") : ""]);
          continue;
        }
        for (let letter = 1; letter < word.length; letter++) {
          const key = word.charAt(letter);
          if (!known.has(`-${key}`)) return yield* fail(spec.unknown === undefined ? `Error - unknown option "${key}".` : spec.unknown(key));
          if (spec.optional?.includes(key)) {
            const rest = word.slice(letter + 1);
            const next = args[at + 1];
            if (rest !== "") given.push([key, rest]);
            else if (next !== undefined && !next.startsWith("-")) {
              given.push([key, next]);
              at++;
            } else given.push([key, ""]);
            break;
          }
          if (withArgument.has(`-${key}`)) {
            const value = word.slice(letter + 1) || args[++at];
            if (value === undefined) return yield* fail(missing(spec, key));
            given.push([key, value]);
            break;
          }
          given.push([key, ""]);
        }
      }
      return yield* spec.run({ sys, given, operands, usage: () => usage(name), has: (letter) => given.some(([key]) => key === letter), value: (letter) => given.findLast(([key]) => key === letter)?.[1] }, io);
    },
  );
}

/** "Error - expected priority after "-q" option." */
function missing(spec: CupsCommand, key: string): string {
  const head = spec.options.find(([one]) => one.startsWith(`-${key} `))?.[0] ?? "";
  const what = head.split(" ")[1]?.replace(/\[.*$/, "") ?? "argument";
  return spec.unknown === undefined ? `Error - expected ${what} after "-${key}" option.` : `Expected ${what === "destination" ? "printer" : what} after "-${key}" option.`;
}

export const CONNECTION: readonly (readonly [string, string])[] = [["-E", "Use an encrypted connection"], ["-h server[:port]", "The server to ask"], ["-U username", "The user to name to the server"]];

export function* cupsState(sys: Sys): Blocking<CupsState | undefined> {
  return (yield* askCups(sys, { op: "state" }))?.state;
}

/** "Unable to connect to server" stands for a server that is not there. */
export function* tell(sys: Sys, request: CupsRequest, documents: readonly Uint8Array[] = []): Blocking<CupsReply> {
  return (yield* askCups(sys, request, documents)) ?? { error: "Unable to connect to server: Bad file descriptor" };
}

interface SavedOptions {
  readonly defaultName: string | undefined;
  readonly options: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export const userOptionsPath = (sys: Sys): string => (sys.getcred().euid === 0 && !sys.environment.has("HOME") ? "/etc/cups/lpoptions" : `${sys.environment.get("HOME") ?? ""}/.cups/lpoptions`);

/** Lines "Dest NAME a=b c=d" and "Default NAME …" of the person's lpoptions, then the machine's. */
export function* savedOptions(sys: Sys, paths = ["/etc/cups/lpoptions", userOptionsPath(sys)]): Blocking<SavedOptions> {
  const options = new Map<string, Map<string, string>>();
  let defaultName: string | undefined;
  for (const path of paths) {
    for (const line of ((yield* readTextFile(sys, path)) ?? "").split("\n")) {
      const [kind, name, ...rest] = line.trim().split(/\s+/);
      if (name === undefined || (kind !== "Dest" && kind !== "Default")) continue;
      if (kind === "Default") defaultName = name;
      options.set(name, new Map([...(options.get(name) ?? []), ...rest.map((one): [string, string] => [one.split("=")[0] ?? "", one.slice(one.indexOf("=") + 1)])]));
    }
  }
  return { defaultName, options };
}

/** LPDEST, PRINTER (but for "lp"), the person's choice, the server's. */
export function* defaultDestination(sys: Sys, state: CupsState | undefined): Blocking<string | undefined> {
  const printer = sys.environment.get("PRINTER");
  const wanted = sys.environment.get("LPDEST") ?? (printer === "lp" ? undefined : printer);
  if (wanted !== undefined && wanted !== "") return wanted;
  return (yield* savedOptions(sys)).defaultName ?? state?.defaultPrinter;
}

/** As %c shows it. */
export function* clock(sys: Sys): Blocking<(seconds: number) => string> {
  const zone = yield* readZone(sys);
  return (seconds) => strftime("%a %b %e %H:%M:%S %Y", civilAt(zone, seconds));
}

/** What lpstat -v and lpc show: without "file:". */
export const shownDevice = (uri: string): string => (uri.startsWith("file:") ? uri.slice(5) : uri);

export const isActive = (job: JobView): boolean => job.ended === undefined;

export const ordinal = (rank: number): string => {
  const last = rank % 100 >= 11 && rank % 100 <= 13 ? 0 : rank % 10;
  return `${rank}${last === 1 ? "st" : last === 2 ? "nd" : last === 3 ? "rd" : "th"}`;
};
