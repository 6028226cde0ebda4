// A path that starts its unit when files come or change (systemd.path(5)).
import { type Blocking, INOTIFY, SysError } from "../../kernel/sys.ts";
import { exists, makeDirectories, names } from "./api/files.ts";
import type { Properties } from "./api/protocol.ts";
import { matchesPattern } from "./api/unit-name.ts";
import { type Begun, type ImplicitKind, Unit } from "./unit.ts";

const KINDS = ["PathExists", "PathExistsGlob", "PathChanged", "PathModified", "DirectoryNotEmpty"] as const;

const EVENTS_BYTES = 4096;
const EVENT_BYTES = 16;
/** What is watched in a path itself; in the directories above it, that names come and go. */
const WATCHED: Record<(typeof KINDS)[number], number> = {
  PathExists: INOTIFY.DELETE_SELF | INOTIFY.ATTRIB,
  PathExistsGlob: INOTIFY.DELETE_SELF | INOTIFY.ATTRIB,
  PathChanged: INOTIFY.DELETE_SELF | INOTIFY.ATTRIB | INOTIFY.CLOSE_WRITE | INOTIFY.NAMES,
  PathModified: INOTIFY.DELETE_SELF | INOTIFY.ATTRIB | INOTIFY.CLOSE_WRITE | INOTIFY.NAMES | INOTIFY.MODIFY,
  DirectoryNotEmpty: INOTIFY.DELETE_SELF | INOTIFY.ATTRIB | INOTIFY.NAMES,
};

interface Watched {
  readonly kind: (typeof KINDS)[number];
  readonly path: string;
}

export class PathUnit extends Unit {
  result = "success";
  /** of inotify, while it waits */
  fd: number | undefined;
  /** watches of what a change alone is enough of */
  #own = new Set<number>();
  #isStarting = false;
  readonly #existed = new Map<string, boolean>();

  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "path");
  }

  get triggers(): string {
    return this.setting("Unit") ?? `${this.name.slice(0, -".path".length)}.service`;
  }

  get #watched(): readonly Watched[] {
    return KINDS.flatMap((kind) => this.text.all("Path", kind).map((path) => ({ kind, path: this.supervisor.expand(path, this.name) })));
  }

  override *configured(): Blocking<void> {
    if (this.load !== "loaded" || this.#watched.length > 0) return;
    this.load = "bad-setting";
    if (!this.supervisor.isQuiet) yield* this.supervisor.log(this.name, 4, `${this.name}: Path unit lacks path setting. Refusing.`);
  }

  override implicitDependencies(kind: ImplicitKind): readonly string[] {
    if (!this.text.flag("Unit", "DefaultDependencies", true)) return kind === "Before" ? [this.triggers] : [];
    switch (kind) {
      case "Requires":
        return ["sysinit.target"];
      case "After":
        return ["sysinit.target"];
      case "Before":
        return [this.triggers, "paths.target", "shutdown.target"];
      case "Conflicts":
        return ["shutdown.target"];
      default:
        return [];
    }
  }

  override *start(): Blocking<Begun> {
    if (this.isActive) return "done";
    if (this.text.flag("Path", "MakeDirectory", false)) {
      const mode = Number.parseInt(this.setting("DirectoryMode") ?? "0755", 8);
      for (const { kind, path } of this.#watched) {
        if (kind === "PathExists" || kind === "PathExistsGlob" || exists(this.supervisor.sys, path)) continue;
        makeDirectories(this.supervisor.sys, path);
        this.supervisor.sys.chmod(path, mode);
      }
    }
    this.result = "success";
    for (const { path } of this.#watched) this.#existed.set(path, exists(this.supervisor.sys, path));
    this.changeState("active", "waiting");
    yield* this.#wait(true, false);
    return "done";
  }

  override *stop(): Blocking<Begun> {
    this.#unwatch();
    this.changeState("inactive", "dead");
    return "done";
  }

  override resetFailed(): void {
    this.result = "success";
    super.resetFailed();
  }

  #isGood({ kind, path }: Watched, atStart: boolean, triggered: boolean): boolean {
    const { sys } = this.supervisor;
    switch (kind) {
      case "PathExists":
        return exists(sys, path);
      case "PathExistsGlob": {
        const slash = path.lastIndexOf("/");
        return names(sys, path.slice(0, slash) || "/").some((name) => matchesPattern(path.slice(slash + 1), name));
      }
      case "DirectoryNotEmpty":
        return names(sys, path).length > 0;
      default: {
        const now = exists(sys, path);
        const isNew = !atStart && !triggered && now !== this.#existed.get(path);
        this.#existed.set(path, now);
        return isNew;
      }
    }
  }

  *#wait(atStart: boolean, triggered: boolean): Blocking<void> {
    const unit = this.supervisor.units.get(this.triggers);
    if (unit !== undefined && !unit.isDead) {
      this.#unwatch();
      this.changeState("active", "running");
      return;
    }
    if (this.#watched.some((one) => this.#isGood(one, atStart, triggered))) return yield* this.#trigger();
    this.#watch();
    this.changeState("active", "waiting");
  }

  *#trigger(): Blocking<void> {
    this.#unwatch();
    this.changeState("active", "running");
    const name = this.triggers;
    const { supervisor } = this;
    this.#isStarting = true;
    const started = (): void => {
      this.#isStarting = false;
    };
    supervisor.later(function* start() {
      started();
      yield* supervisor.queueStart(name);
    });
  }

  #watch(): void {
    this.#unwatch();
    const { sys } = this.supervisor;
    const fd = sys.inotifyInit();
    sys.setCloexec(fd, true);
    this.fd = fd;
    for (const { kind, path } of this.#watched) {
      const parts = path.split("/").filter((part) => part !== "");
      for (let depth = 0; depth <= parts.length; depth++) {
        const isWhole = depth === parts.length;
        const at = `/${parts.slice(0, depth).join("/")}`;
        try {
          const number = sys.inotifyAddWatch(fd, at, isWhole ? WATCHED[kind] : INOTIFY.NAMES | INOTIFY.ATTRIB | INOTIFY.DELETE_SELF);
          if (isWhole && (kind === "PathChanged" || kind === "PathModified")) this.#own.add(number);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          break;
        }
      }
    }
  }

  #unwatch(): void {
    if (this.fd !== undefined) this.supervisor.sys.close(this.fd);
    this.fd = undefined;
    this.#own = new Set();
  }

  /** Something happened to what is watched. */
  *incoming(fd: number): Blocking<void> {
    const events = yield* this.supervisor.sys.read(fd, EVENTS_BYTES);
    const view = new DataView(events.buffer, events.byteOffset, events.length);
    let isChanged = false;
    for (let at = 0; at + EVENT_BYTES <= events.length; at += EVENT_BYTES) isChanged ||= this.#own.has(view.getInt32(at, true));
    if (isChanged) yield* this.#trigger();
    else yield* this.#wait(false, false);
  }

  /** The unit that it started changed: it is over, or was started too often. */
  *followed(unit: Unit): Blocking<void> {
    if (!this.isActive || this.sub !== "running" || this.#isStarting || !unit.isDead) return;
    if (unit.isStartLimitHit) {
      this.#unwatch();
      this.result = "unit-start-limit-hit";
      yield* this.supervisor.log(this.name, 4, `${this.name}: Failed with result 'unit-start-limit-hit'.`);
      this.changeState("failed", "failed");
      return;
    }
    yield* this.#wait(false, true);
  }

  override *ownProperties(): Blocking<Properties> {
    return [
      ["Unit", this.triggers],
      ["Paths", this.#watched.map(({ kind, path }) => `${path} (${kind})`).join(" ")],
      ["MakeDirectory", this.text.flag("Path", "MakeDirectory", false) ? "yes" : "no"],
      ["DirectoryMode", this.setting("DirectoryMode") ?? "0755"],
      ["Result", this.result],
      ["TriggerLimitIntervalUSec", "2s"], ["TriggerLimitBurst", "200"],
    ];
  }
}
