// chrony.conf(5): one directive a line. What the simulation acts on is kept; the other directives are checked for their name and number of arguments.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { Subnets } from "./_subnets.ts";

export interface SourceOptions {
  readonly kind: "server" | "pool" | "peer";
  readonly name: string;
  readonly port: number;
  readonly iburst: boolean;
  readonly burst: boolean;
  readonly offline: boolean;
  readonly minpoll: number;
  readonly maxpoll: number;
  readonly minstratum: number;
  readonly maxSources: number;
  readonly offsetSeconds: number;
  /** prefer, noselect, trust, require */
  readonly selection: readonly string[];
  /** of a .sources file: `reload sources` reads it again */
  readonly fromDirectory: boolean;
}

export class ConfigurationError extends Error {}

/** NAME: how many arguments it takes. */
const ARGUMENTS = new Map<string, readonly [least: number, most: number]>();
for (const [counts, names] of [
  [[0, 0], "dumponexit linux_hwclock lock_all logbanner manual noclientlog nosystemcert ntsdontrotate rtconutc rtcsync"],
  [[1, 1], `acquisitionport authselectmode bindacqaddress bindacqdevice bindaddress bindcmdaddress bindcmddevice binddevice clientloglimit clockprecision cmdport combinelimit confdir corrtimeratio
driftfile dscp dumpdir hwclockfile hwtstimeout include keyfile leapsecmode leapsectz logchange logdir maxclockerror maxdistance maxdrift maxjitter maxntsconnections maxsamples maxslewrate maxupdateskew
minsamples minsources nocerttimecheck ntpsigndsocket ntscachedir ntsdumpdir ntsntpserver ntsport ntsprocesses ntsrefresh ntsrotate ntsservercert ntsserverkey pidfile port ptpport refresh reselectdist
rtcautotrim rtcdevice rtcfile sched_priority sourcedir stratumweight user`],
  [[2, 2], "fallbackdrift mailonchange makestep"],
  [[3, 3], "maxchange"],
  [[0, 2], "allow cmdallow cmddeny deny"],
  [[0, 99], "local ratelimit cmdratelimit ntsratelimit log logbanner"],
  [[1, 99], "server pool peer hwtimestamp initstepslew ntstrustedcerts smoothtime tempcomp broadcast"],
  [[2, 99], "refclock"],
] as const) for (const name of names.split(/\s+/)) ARGUMENTS.set(name, counts);

const SOURCE_FLAGS = new Set(["auto_offline", "burst", "copy", "iburst", "nts", "offline", "prefer", "noselect", "require", "trust", "xleave"]);
const SOURCE_VALUES = new Set("asymmetry certset extfield filter key maxdelay maxdelaydevratio maxdelayratio maxdelayquant maxpoll maxsamples maxsources mindelay minpoll minsamples minstratum ntsport offset polltarget port presend version".split(" "));

/** Undefined: a word that is no option, or a value that is no number. */
export function parseSource(kind: SourceOptions["kind"], words: readonly string[], fromDirectory: boolean): SourceOptions | undefined {
  const [name, ...rest] = words;
  if (name === undefined) return undefined;
  const flags = new Set<string>();
  const values = new Map<string, number>();
  for (let at = 0; at < rest.length; at++) {
    const word = (rest[at] ?? "").toLowerCase();
    if (SOURCE_FLAGS.has(word)) flags.add(word);
    else if (SOURCE_VALUES.has(word)) {
      const value = Number(rest[++at] ?? "x");
      if (rest[at] === undefined || (Number.isNaN(value) && word !== "extfield")) return undefined;
      values.set(word, value);
    } else return undefined;
  }
  const minpoll = values.get("minpoll") ?? 6;
  return {
    kind, name, fromDirectory, port: values.get("port") ?? 123, iburst: flags.has("iburst"), burst: flags.has("burst"), offline: flags.has("offline"), minpoll, maxpoll: Math.max(minpoll, values.get("maxpoll") ?? 10),
    minstratum: values.get("minstratum") ?? 0, maxSources: values.get("maxsources") ?? 4, offsetSeconds: values.get("offset") ?? 0, selection: ["noselect", "prefer", "trust", "require"].filter((word) => flags.has(word)),
  };
}

const GONE = new Set(["commandkey", "generatecommandkey", "linux_freq_scale", "linux_hz"]);
const LOGS = new Set("tracking rawmeasurements measurements selection statistics rtc refclocks tempcomp".split(" "));
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/i;
const CHOICES: ReadonlyMap<string, RegExp> = new Map([["leapsecmode", /^(?:system|slew|step|ignore)$/i], ["authselectmode", /^(?:require|prefer|mix|ignore)$/i], ["bindaddress", ADDRESS], ["bindacqaddress", ADDRESS]]);

export class Configuration {
  readonly sources: SourceOptions[] = [];
  readonly settings = new Map<string, readonly string[]>();
  readonly bindCommandAddresses: string[] = [];
  readonly referenceClocks: string[] = [];
  readonly sourceDirectories: string[] = [];
  readonly ntpAccess = new Subnets();
  readonly commandAccess = new Subnets();
  /** what is told without an end to it all */
  readonly notes: string[] = [];
  /** the lines as -p shows them */
  readonly lines: string[] = [];

  text(name: string): string | undefined {
    return this.settings.get(name)?.[0];
  }

  number(name: string, otherwise: number): number {
    const value = this.text(name);
    return value === undefined ? otherwise : Number(value);
  }

  *readFile(sys: Sys, path: string, kind: "configuration" | "sources" = "configuration"): Blocking<void> {
    let text: string | undefined;
    try {
      sys.access(path, 4);
      text = yield* readTextFile(sys, path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new ConfigurationError(`Could not open ${path} : ${error.message}`);
    }
    yield* this.readLines(sys, (text ?? "").split("\n"), ` in file ${path}`, kind);
  }

  /** `where`: what follows "at line N" in a message. */
  *readLines(sys: Sys, lines: readonly string[], where: string, kind: "configuration" | "sources" = "configuration"): Blocking<void> {
    for (const [index, raw] of lines.entries()) {
      const line = raw.trim().replace(/\s+/g, " ");
      if (line === "" || /^[!;#%]/.test(line)) continue;
      const [word = "", ...args] = line.split(" ");
      const name = word.toLowerCase();
      // what is included stands in their place
      if (name !== "include" && name !== "confdir") this.lines.push(line);
      if (GONE.has(name)) {
        this.notes.push(`${name} directive is no longer supported`);
        continue;
      }
      const at = `at line ${index + 1}${where}`;
      const counts = ARGUMENTS.get(name);
      if (counts === undefined || (kind === "sources" && !["server", "pool", "peer"].includes(name))) throw new ConfigurationError(`Invalid directive ${at}`);
      if (name === "server" || name === "pool" || name === "peer") {
        const source = parseSource(name, args, kind === "sources");
        if (source === undefined) throw new ConfigurationError(`Could not parse ${name} directive ${at}`);
        this.sources.push(source);
        continue;
      }
      if (args.length < counts[0]) throw new ConfigurationError(`Missing arguments for ${name} directive ${at}`);
      if (args.length > counts[1]) throw new ConfigurationError(`Too many arguments for ${name} directive ${at}`);
      yield* this.#apply(sys, name, args, at);
    }
  }

  *#apply(sys: Sys, name: string, args: readonly string[], at: string): Blocking<void> {
    const [first = ""] = args;
    const bad = (): never => {
      throw new ConfigurationError(`Could not parse ${name} directive ${at}`);
    };
    switch (name) {
      case "allow": case "deny":
        if (!this.ntpAccess.add(name === "allow", args)) bad();
        return;
      case "cmdallow": case "cmddeny":
        if (!this.commandAccess.add(name === "cmdallow", args)) bad();
        return;
      case "bindcmdaddress":
        this.bindCommandAddresses.push(first);
        return;
      case "refclock":
        if (!/^(?:PHC|PPS|SHM|SOCK)$/.test(first)) bad();
        this.referenceClocks.push(`${first}${this.referenceClocks.length}`);
        return;
      case "confdir": case "sourcedir":
        if (name === "sourcedir") this.sourceDirectories.push(first);
        for (const path of listDirectory(sys, first, name === "confdir" ? ".conf" : ".sources")) {
          try {
            yield* this.readFile(sys, path, name === "confdir" ? "configuration" : "sources");
          } catch (error) {
            if (!(error instanceof ConfigurationError) || name === "confdir") throw error;
          }
        }
        return;
      case "include": {
        const slash = first.lastIndexOf("/");
        const matches = compileFnmatch(first.slice(slash + 1));
        const found = /[*?[]/.test(first) ? listDirectory(sys, first.slice(0, slash) || "/", "").filter((path) => matches(path.slice(path.lastIndexOf("/") + 1))) : [first];
        for (const path of found) yield* this.readFile(sys, path);
        return;
      }
      case "local": {
        for (let index = 0; index < args.length; index++) {
          const word = args[index];
          if (word === "orphan") continue;
          const value = Number(args[++index] ?? "x");
          if ((word !== "stratum" && word !== "distance") || Number.isNaN(value) || (word === "stratum" && (value < 1 || value >= 16))) bad();
        }
        this.settings.set(name, args);
        return;
      }
      case "log": {
        if (args.some((one) => !LOGS.has(one))) throw new ConfigurationError(`Invalid log parameter ${at}`);
        this.settings.set(name, [...(this.settings.get(name) ?? []), ...args]);
        return;
      }
      case "ratelimit": case "cmdratelimit": case "ntsratelimit":
        for (let index = 0; index < args.length; index += 2) if (!["interval", "burst", "leak", "kod"].includes(args[index] ?? "") || !/^-?\d+$/.test(args[index + 1] ?? "")) bad();
        this.settings.set(name, args);
        return;
      default:
        if ((CHOICES.get(name)?.test(first) ?? true) === false) bad();
        if (name === "tempcomp" && args.length !== 3 && args.length !== 6) throw new ConfigurationError(`Missing arguments for ${name} directive ${at}`);
        if (/^(?:acquisitionport|corrtimeratio|clockprecision|dscp|hwtstimeout|maxclockerror|maxdrift|maxjitter|maxntsconnections|ntsport|ntsprocesses|ntsrefresh|ntsrotate|ptpport|refresh|rtcautotrim|sched_priority|fallbackdrift|port|cmdport|makestep|maxchange|maxupdateskew|maxdistance|combinelimit|logchange|minsources|minsamples|maxsamples|stratumweight|reselectdist|maxslewrate|clientloglimit)$/.test(name) && args.some((one) => Number.isNaN(Number(one)))) bad();
        this.settings.set(name, args);
    }
  }
}

/** The files of a directory with that ending, in order; none where there is no such directory. */
function listDirectory(sys: Sys, directory: string, ending: string): readonly string[] {
  try {
    return sys.readdir(directory).map((entry) => entry.name).filter((name) => name.endsWith(ending) && !name.startsWith(".")).sort().map((name) => `${directory}/${name}`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return [];
  }
}
