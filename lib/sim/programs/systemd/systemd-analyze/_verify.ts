// systemd-analyze verify: unit files as PID 1 would read them, the units that they name, the programs that they start.
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { exists, names, tryReadFile } from "../../../daemons/systemd/api/files.ts";
import { serviceRefusal } from "../../../daemons/systemd/api/service-refusal.ts";
import { readUnit, UnitPaths } from "../../../daemons/systemd/api/unit-files.ts";
import { lintUnit, withoutIgnored } from "../../../daemons/systemd/api/unit-lint.ts";
import { escapePath, isValidUnitName, nameParts, unitTypeOf } from "../../../daemons/systemd/api/unit-name.ts";
import { splitCommandLine, UnitText } from "../../../daemons/systemd/api/unit-text.ts";
import type { Io } from "../../kit/gnu.ts";
import { complain } from "../_systemd.ts";

interface Loaded {
  readonly name: string;
  readonly text: UnitText;
}

export function* verify(io: Io, words: readonly string[]): Blocking<number> {
  const { sys } = io;
  // units beside the given files are found too (SYSTEMD_UNIT_PATH of the real one)
  const directories = [...new Set(words.map((word) => (word.includes("/") ? word.slice(0, word.lastIndexOf("/")) || "/" : sys.getcwd())))];
  const verifier = new Verifier(io, directories);
  let status = 0;
  const loaded: Loaded[] = [];
  for (const word of words) {
    const name = word.slice(word.lastIndexOf("/") + 1);
    if (!isValidUnitName(name)) {
      yield* complain(io, `Failed to prepare filename ${word}: Invalid argument`);
      status = 1;
      continue;
    }
    const unit = yield* verifier.load(name);
    if (unit === undefined) status = 1;
    else loaded.push(unit);
  }
  for (const unit of loaded) if (!(yield* verifier.check(unit))) status = 1;
  return status;
}

class Verifier {
  readonly #io: Io;
  readonly #sys: Sys;
  readonly #directories: readonly string[];
  readonly #paths: UnitPaths;

  constructor(io: Io, directories: readonly string[]) {
    this.#io = io;
    this.#sys = io.sys;
    this.#directories = directories;
    this.#paths = new UnitPaths(io.sys);
  }

  *#say(message: string): Blocking<void> {
    yield* complain(this.#io, message, "warning");
  }

  #fileOf(name: string): string | undefined {
    return this.#directories.map((directory) => `${directory}/${name}`).find((path) => exists(this.#sys, path));
  }

  /** Undefined, with messages, when it cannot be started at all. */
  *load(name: string): Blocking<Loaded | undefined> {
    const type = unitTypeOf(name) ?? "service";
    const own = this.#fileOf(name);
    const text = new UnitText();
    const problems: string[] = [];
    let isFatal = false;
    let isUnreadable = false;
    if (own === undefined) {
      const source = yield* readUnit(this.#paths, name);
      if (source === undefined) {
        yield* complain(this.#io, `Unit ${name} not found.`);
        return undefined;
      }
      if (source.fragment.masked) {
        yield* complain(this.#io, `Unit ${name} is masked.`);
        return undefined;
      }
      problems.push(...source.problems);
      ({ isFatal, isUnreadable } = source);
      for (const path of [source.fragment.path, ...source.dropIns]) this.#add(text, (yield* tryReadFile(this.#sys, path)) ?? "", type);
    } else {
      const absolute = own.startsWith("/") ? own : `${this.#sys.getcwd()}/${own.replace(/^\.\//, "")}`;
      for (const path of [absolute, ...names(this.#sys, `${absolute}.d`).filter((file) => file.endsWith(".conf")).map((file) => `${absolute}.d/${file}`)]) {
        const content = (yield* tryReadFile(this.#sys, path)) ?? "";
        const lint = this.#add(text, content, type);
        problems.push(...lint.findings.map(({ line, message }) => `${path}:${line}: ${message}`));
        isFatal ||= lint.isFatal;
        isUnreadable ||= lint.isUnreadable;
      }
    }
    for (const problem of problems) yield* this.#say(problem);
    if (isUnreadable) {
      yield* complain(this.#io, `Unit ${name} failed to load properly, please adjust/correct and reload service manager: Bad message`);
      return undefined;
    }
    const refusal = isFatal ? "Unit configuration has fatal error, unit will not be started." : refusalOf(name, text);
    if (refusal !== undefined) {
      yield* this.#say(`${name}: ${refusal}`);
      yield* complain(this.#io, `Unit ${name} has a bad unit file setting.`);
      return undefined;
    }
    return { name, text };
  }

  #add(text: UnitText, content: string, type: NonNullable<ReturnType<typeof unitTypeOf>>): ReturnType<typeof lintUnit> {
    const lint = lintUnit(content, type);
    text.append(withoutIgnored(content, lint));
    return lint;
  }

  *#isThere(name: string): Blocking<boolean> {
    return this.#fileOf(name) !== undefined || /\.(?:device|scope|slice|mount)$/.test(name) || (yield* readUnit(this.#paths, name)) !== undefined;
  }

  *check({ name, text }: Loaded): Blocking<boolean> {
    const { stem, type } = partsOf(name);
    for (const required of [...text.words("Unit", "Requires"), ...text.words("Unit", "BindsTo")]) {
      if (required.includes("%") || (yield* this.#isThere(required))) continue;
      yield* this.#say(`${name}: Failed to create ${name}/start: Unit ${required} not found.`);
      return false;
    }
    if (type === "socket") {
      const service = text.last("Socket", "Service") ?? `${stem}${text.flag("Socket", "Accept", false) ? "@" : ""}.service`;
      if (!(yield* this.#isThere(service))) {
        yield* this.#say(`${name}: service ${service} not loaded, socket cannot be started.`);
        return false;
      }
    }
    let isGood = true;
    for (const list of ["ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost"]) {
      for (const line of text.all(type === "socket" ? "Socket" : "Service", list)) {
        const prefix = /^[-@:+!|]*/.exec(line)?.[0] ?? "";
        const [program = ""] = splitCommandLine(line.slice(prefix.length).trim()) ?? [];
        const why = program.includes("%") ? undefined : this.#whyNotRun(program);
        if (why === undefined || prefix.includes("-")) continue;
        yield* this.#say(`${name}: Command ${program} is not executable: ${why}`);
        isGood = false;
      }
    }
    return isGood;
  }

  #whyNotRun(program: string): string | undefined {
    const paths = program.startsWith("/") ? [program] : ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"].map((directory) => `${directory}/${program}`);
    let why = "No such file or directory";
    for (const path of paths) {
      try {
        if ((this.#sys.stat(path).mode & 0o111) !== 0) return undefined;
        why = "Permission denied";
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno !== "ENOENT") why = error.message;
      }
    }
    return why;
  }
}

function partsOf(name: string): { readonly stem: string; readonly type: string } {
  const at = name.lastIndexOf(".");
  return { stem: name.slice(0, at), type: name.slice(at + 1) };
}

/** What the settings of a type cannot do without (the verify functions of each type of unit). */
function refusalOf(name: string, text: UnitText): string | undefined {
  const { stem, type } = partsOf(name);
  const has = (section: string, keys: string): boolean => keys.split(" ").some((key) => text.all(section, key).length > 0);
  switch (type) {
    case "service": {
      const starts = text.all("Service", "ExecStart").length;
      const busName = text.last("Service", "BusName");
      const why = serviceRefusal({ type: text.last("Service", "Type") ?? (busName !== undefined ? "dbus" : starts === 0 ? "oneshot" : "simple"), restart: text.last("Service", "Restart") ?? "no", starts, stops: text.all("Service", "ExecStop").length, busName, hasSuccessAction: has("Unit", "SuccessAction") });
      return why === undefined ? undefined : `${why} Refusing.`;
    }
    case "timer":
      return has("Timer", "OnCalendar OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec OnClockChange OnTimezoneChange") ? undefined : "Timer unit lacks value setting. Refusing.";
    case "path":
      return has("Path", "PathExists PathExistsGlob PathChanged PathModified DirectoryNotEmpty") ? undefined : "Path unit lacks path setting. Refusing.";
    case "socket":
      if (!has("Socket", "ListenStream ListenDatagram ListenSequentialPacket ListenFIFO ListenNetlink ListenSpecial ListenMessageQueue ListenUSBFunction")) return "Unit has no Listen setting (ListenStream=, ListenDatagram=, ListenFIFO=, ...). Refusing.";
      if (text.flag("Socket", "Accept", false) && has("Socket", "ListenDatagram ListenFIFO ListenNetlink ListenSpecial ListenMessageQueue")) return "Unit configured for accepting sockets, but sockets are non-accepting. Refusing.";
      return undefined;
    case "mount": {
      const where = text.last("Mount", "Where");
      if (where !== undefined && escapePath(where) !== nameParts(name).prefix && escapePath(where) !== stem) return "Where= setting doesn't match unit name. Refusing.";
      return has("Mount", "What") ? undefined : "What= setting is missing. Refusing.";
    }
    default:
      return undefined;
  }
}
