// The units that PID 1 knows: read from their files when somebody names them, read again at a daemon-reload, forgotten when they are idle; and what one
// says of another.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { tryWriteFile } from "./api/files.ts";
import { findFragment, linkedDependencies, LOAD_PATHS, readUnit, UnitPaths } from "./api/unit-files.ts";
import { isTemplate, isValidUnitName } from "./api/unit-name.ts";
import { UnitText } from "./api/unit-text.ts";
import { generateFromFstab } from "./fstab-generator.ts";
import { HostContext } from "./host-context.ts";
import { AutomountUnit } from "./automount-unit.ts";
import { SocketUnit } from "./socket-unit.ts";
import { TimerUnit } from "./timer-unit.ts";
import type { ActiveState, Unit } from "./unit.ts";

/** What is asked for cannot be: a client's error, by its code. */
export class TransactionError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "TransactionError";
    this.code = code;
  }
}

export abstract class UnitTable extends HostContext {
  readonly paths: UnitPaths;
  /** another one tells what is wrong in units */
  isQuiet = false;
  readonly units = new Map<string, Unit>();
  /** other names of loaded units */
  readonly #aliases = new Map<string, string>();

  constructor(sys: Sys) {
    super(sys);
    this.paths = new UnitPaths(sys);
  }

  /** A unit of the kind that its name says. */
  protected abstract make(name: string): Unit;
  abstract hasJob(unit: Unit): boolean;
  abstract settleBoot(): Blocking<void>;

  /** A loaded unit, by any of its names. */
  unitCalled(name: string): Unit | undefined {
    return this.units.get(this.#aliases.get(name) ?? name);
  }

  /** The unit of that name, read from disk when it is new. Throws for a name that cannot be one. */
  *load(name: string): Blocking<Unit> {
    const known = this.unitCalled(name);
    if (known !== undefined) return known;
    if (!isValidUnitName(name)) throw new TransactionError("InvalidArgs", `Unit name ${name} is not valid.`);
    if (isTemplate(name)) throw new TransactionError("InvalidArgs", `Unit name ${name} is missing the instance name.`);
    const source = yield* readUnit(this.paths, name);
    const own = source?.fragment.name ?? name;
    if (own !== name) {
      this.#aliases.set(name, own);
      const real = this.units.get(own);
      if (real !== undefined) {
        if (!real.aliases.includes(name)) real.aliases = [...real.aliases, name];
        return real;
      }
    }
    const unit = this.make(own);
    if (own !== name) unit.aliases = [name];
    this.units.set(own, unit);
    yield* this.#configure(unit, source);
    return unit;
  }

  *#configure(unit: Unit, source = undefined as Unit["source"]): Blocking<void> {
    unit.source = source;
    unit.text = source?.text ?? new UnitText();
    unit.fileTimeUs = this.realtimeUs();
    if (source === undefined) unit.load = isPerpetual(unit.name) || (yield* unit.isWithoutFile()) ? "loaded" : "not-found";
    else unit.load = source.fragment.masked ? "masked" : "loaded";
    yield* this.#tellProblems(unit);
    if (unit.load === "loaded" && !isPerpetual(unit.name)) yield* unit.configured();
    if (isPerpetual(unit.name)) {
      unit.perpetual = true;
      if (unit.active !== "active") unit.changeState("active", unit.type === "slice" ? "active" : unit.type === "mount" ? "mounted" : "running");
    }
  }

  /** What is wrong in its files goes to the journal, each time that they are read. */
  *#tellProblems(unit: Unit): Blocking<void> {
    const { source } = unit;
    if (source === undefined || unit.load !== "loaded") return;
    const tell = [...source.problems];
    if (source.isUnreadable) {
      unit.load = "error";
      tell.push(`${unit.name}: Failed to load configuration: Bad message`);
    } else if (source.isFatal) {
      unit.load = "bad-setting";
      tell.push(`${unit.name}: Unit configuration has fatal error, unit will not be started.`);
    }
    if (this.isQuiet) return;
    for (const message of tell) yield* this.log(unit.name, 4, message);
  }

  /** daemon-reload: every unit's file is read again; states stay. */
  *reloadAll(): Blocking<void> {
    yield* this.settleBoot();
    for (const problem of yield* generateFromFstab(this.sys)) yield* this.log("", 4, problem);
    this.paths.forget();
    for (const unit of [...this.units.values()]) {
      if (unit.transient) continue;
      const source = yield* readUnit(this.paths, unit.name);
      yield* this.#configure(unit, source);
      if (unit.load === "not-found" && unit.isDead && !this.hasJob(unit)) this.forget(unit);
    }
    this.#aliases.clear();
    for (const unit of this.units.values()) for (const alias of unit.aliases) this.#aliases.set(alias, unit.name);
    this.forgetFacts();
    // mount(8) and findmnt(8) compare its time with that of /etc/fstab
    yield* tryWriteFile(this.sys, "/run/systemd/systemd-units-load", "");
  }

  /**
   * As `load`, but a unit that is inactive and that nothing loaded refers to is read anew: systemd unloads such units as soon as they are idle, and what they did
   * before is forgotten.
   */
  *fresh(name: string): Blocking<Unit> {
    const known = this.unitCalled(name);
    if (known !== undefined && known.active === "inactive" && (known.stateChangedUs > 0 || this.needsReload(known)) && !known.transient && !known.perpetual && !this.hasJob(known) && !this.#isReferenced(known)) {
      this.forget(known);
      this.paths.forget();
    }
    return yield* this.load(name);
  }

  #isReferenced(unit: Unit): boolean {
    for (const other of this.units.values()) {
      if (other === unit || other.load !== "loaded") continue;
      if ((other instanceof TimerUnit || other instanceof SocketUnit || other instanceof AutomountUnit) && other.triggers === unit.name) return true;
      for (const kind of ["Wants", "Requires", "BindsTo", "PartOf", "After", "Before", "Conflicts", "OnFailure"] as const) if (this.dependencies(other, kind).some((word) => (this.#aliases.get(word) ?? word) === unit.name)) return true;
    }
    return false;
  }

  forget(unit: Unit): void {
    this.units.delete(unit.name);
    for (const alias of unit.aliases) this.#aliases.delete(alias);
  }

  /** A unit that is dead and was made by systemd-run goes; one whose file is gone too. */
  collect(unit: Unit): void {
    if (!unit.isDead || this.hasJob(unit)) return;
    if (unit.transient && unit.active === "inactive") {
      this.forget(unit);
      for (const path of [`/run/systemd/transient/${unit.name}`]) {
        try {
          this.sys.unlink(path);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
    } else if (unit.load === "not-found" && unit.active === "inactive") this.forget(unit);
  }

  /** The file changed since it was read. */
  needsReload(unit: Unit): boolean {
    const paths = [unit.source?.fragment.path, ...(unit.source?.dropIns ?? [])];
    if (unit.transient) return false;
    if (unit.source === undefined) return !isPerpetual(unit.name) && findFragment(this.paths, unit.name) !== undefined;
    for (const path of paths) {
      if (path === undefined || path === "") continue;
      try {
        if (this.sys.stat(path).mtimeUs > unit.fileTimeUs) return true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return true;
      }
    }
    for (const directory of LOAD_PATHS) {
      const found = this.paths.below(directory, `${unit.name}.d`).filter((name) => name.endsWith(".conf")).map((name) => `${directory}/${unit.name}.d/${name}`);
      if (found.some((path) => !(unit.source?.dropIns ?? []).includes(path))) return true;
    }
    return false;
  }

  /** What the machine's view shows; a unit that nobody asked for yet counts as what a finished boot makes of it only once the boot was looked at. */
  activeState(name: string): ActiveState | undefined {
    return this.unitCalled(name)?.active;
  }

  dependencies(unit: Unit, kind: "Requires" | "Requisite" | "BindsTo" | "Wants" | "PartOf" | "Conflicts" | "After" | "Before" | "Upholds" | "OnFailure" | "OnSuccess"): readonly string[] {
    const named = unit.text.words("Unit", kind).map((word) => this.expand(word, unit.name));
    const implicit = kind === "Requires" || kind === "Wants" || kind === "Conflicts" || kind === "After" || kind === "Before" ? unit.implicitDependencies(kind) : [];
    const own = implicit.length === 0 ? named : [...new Set([...named, ...implicit])];
    if (kind === "Wants") return [...new Set([...own, ...linkedDependencies(this.paths, unit.name, "wants")])];
    if (kind === "Requires") {
      const sockets = unit.text.words("Service", "Sockets");
      return [...new Set([...own, ...linkedDependencies(this.paths, unit.name, "requires"), ...sockets])];
    }
    return own;
  }

  /** Loaded units that name this one in such a setting. */
  *reverse(unit: Unit, kinds: readonly ("Requires" | "Requisite" | "BindsTo" | "PartOf")[]): Blocking<readonly Unit[]> {
    const found: Unit[] = [];
    for (const other of this.units.values()) {
      if (other === unit) continue;
      if (kinds.some((kind) => this.dependencies(other, kind).some((name) => (this.#aliases.get(name) ?? name) === unit.name))) found.push(other);
    }
    return found;
  }

  orderedAfter(unit: Unit, other: Unit): boolean {
    const named = (list: readonly string[], target: Unit): boolean => list.some((name) => (this.#aliases.get(name) ?? name) === target.name);
    return named(this.dependencies(unit, "After"), other) || named(this.dependencies(other, "Before"), unit);
  }
}

function isPerpetual(name: string): boolean {
  return name === "-.slice" || name === "-.mount" || name === "system.slice" || name === "user.slice" || name === "init.scope";
}
