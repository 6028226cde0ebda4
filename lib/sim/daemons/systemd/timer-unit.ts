// A timer: when its unit starts next (systemd.timer(5)).
import type { Blocking } from "../../kernel/sys.ts";
import type { Properties } from "./api/protocol.ts";
import { type CalendarSpec, formatCalendar, nextElapse, parseCalendar } from "./api/calendar.ts";
import { formatTimestamp, parseTimeSpan } from "./api/time-span.ts";
import { type Begun, Unit } from "./unit.ts";

const monotonicKeys = ["OnActiveSec", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec"] as const;

export class TimerUnit extends Unit {
  calendars: readonly CalendarSpec[] = [];
  lastTriggerUs = 0;
  #nextRealtimeUs: number | undefined;
  #nextMonotonicUs: number | undefined;

  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "timer");
  }

  get triggers(): string {
    return this.setting("Unit") ?? `${this.name.slice(0, -".timer".length)}.service`;
  }

  override *configured(): Blocking<void> {
    const calendars: CalendarSpec[] = [];
    for (const text of this.text.all("Timer", "OnCalendar")) {
      const spec = parseCalendar(text);
      if (spec !== undefined) calendars.push(spec);
    }
    this.calendars = calendars;
    if (this.load === "loaded" && calendars.length === 0 && monotonicKeys.every((key) => this.text.all("Timer", key).length === 0)) {
      this.load = "bad-setting";
      if (!this.supervisor.isQuiet) yield* this.supervisor.log(this.name, 4, `${this.name}: Timer unit lacks value setting. Refusing.`);
    }
    if (this.active === "active") this.plan();
  }

  override *start(): Blocking<Begun> {
    if (this.isActive) return "done";
    this.changeState("active", "waiting");
    this.plan();
    return "done";
  }

  override *stop(): Blocking<Begun> {
    this.#nextRealtimeUs = undefined;
    this.#nextMonotonicUs = undefined;
    this.changeState("inactive", "dead");
    return "done";
  }

  #activatedUs(): number {
    return this.activeEnterUs - this.supervisor.bootRealtimeUs();
  }

  /** When it elapses next, from now. */
  plan(): void {
    const nowRealtimeUs = this.supervisor.realtimeUs();
    const nowUs = this.supervisor.nowUs();
    let realtime: number | undefined;
    for (const spec of this.calendars) {
      const next = nextElapse(spec, nowRealtimeUs);
      if (next !== undefined && (realtime === undefined || next < realtime)) realtime = next;
    }
    this.#nextRealtimeUs = realtime === undefined ? undefined : realtime + this.#delayUs();
    let monotonic: number | undefined;
    const unit = this.supervisor.units.get(this.triggers);
    const bootUs = this.supervisor.bootRealtimeUs();
    for (const key of monotonicKeys) {
      for (const text of this.text.all("Timer", key)) {
        const span = parseTimeSpan(text);
        if (span === undefined) continue;
        let base: number | undefined;
        if (key === "OnActiveSec") base = this.#activatedUs();
        else if (key === "OnBootSec" || key === "OnStartupSec") base = 0;
        else if (key === "OnUnitActiveSec") base = unit === undefined || unit.inactiveExitUs === 0 ? undefined : unit.inactiveExitUs - bootUs;
        else base = unit === undefined || unit.inactiveEnterUs === 0 ? undefined : unit.inactiveEnterUs - bootUs;
        if (base === undefined) continue;
        const at = base + span;
        if (at <= nowUs && (key === "OnActiveSec" || key === "OnBootSec" || key === "OnStartupSec") && this.lastTriggerUs > 0) continue;
        if (monotonic === undefined || at < monotonic) monotonic = at;
      }
    }
    this.#nextMonotonicUs = monotonic;
    if (this.#nextRealtimeUs === undefined && monotonic === undefined && this.sub === "waiting") this.changeState("active", "elapsed");
  }

  /** RandomizedDelaySec=, the same for every start of this unit on this machine. */
  #delayUs(): number {
    const text = this.setting("RandomizedDelaySec");
    const most = text === undefined ? 0 : (parseTimeSpan(text) ?? 0);
    if (most === 0) return 0;
    let hash = 0x811c9dc5;
    for (const character of this.supervisor.machineId + this.name) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
    return Math.floor((hash / 0x1_0000_0000) * most);
  }

  get nextUs(): number | undefined {
    const bootUs = this.supervisor.bootRealtimeUs();
    const monotonic = this.#nextMonotonicUs === undefined ? undefined : this.#nextMonotonicUs + bootUs;
    if (this.#nextRealtimeUs === undefined) return monotonic;
    return monotonic === undefined ? this.#nextRealtimeUs : Math.min(monotonic, this.#nextRealtimeUs);
  }

  override get wakeUs(): number | undefined {
    if (this.active !== "active" || this.sub !== "waiting") return undefined;
    const next = this.nextUs;
    return next === undefined ? undefined : Math.max(0, next - this.supervisor.bootRealtimeUs());
  }

  override *timeout(): Blocking<void> {
    this.lastTriggerUs = this.supervisor.realtimeUs();
    this.changeState("active", "running");
    yield* this.supervisor.queueStart(this.triggers);
    const unit = this.supervisor.units.get(this.triggers);
    if (unit === undefined || unit.isDead) this.triggered();
  }

  /** The unit that it started is over (or running, for services that stay). */
  triggered(): void {
    if (this.active !== "active" || this.sub !== "running") return;
    this.changeState("active", "waiting");
    this.plan();
    if (this.setting("RemainAfterElapse") === "no" && this.nextUs === undefined) this.changeState("inactive", "dead");
  }

  override *ownProperties(): Blocking<Properties> {
    const list: [string, string][] = [
      ["Unit", this.triggers],
      ["TimersMonotonic", monotonicKeys.flatMap((key) => this.text.all("Timer", key).map((text) => `{ ${key.replace("Sec", "USec")}=${text} ; next_elapse=0 }`)).join(" ")],
      ["TimersCalendar", this.text.all("Timer", "OnCalendar").map((text) => {
        const spec = parseCalendar(text);
        return `{ OnCalendar=${spec === undefined ? text : formatCalendar(spec)} ; next_elapse=${this.#nextRealtimeUs === undefined ? "(null)" : formatTimestamp(this.#nextRealtimeUs)} }`;
      }).join(" ")],
      ["OnClockChange", "no"], ["OnTimezoneChange", "no"],
      ["NextElapseUSecRealtime", this.#nextRealtimeUs === undefined ? "" : formatTimestamp(this.#nextRealtimeUs)],
      ["NextElapseUSecMonotonic", this.#nextMonotonicUs === undefined ? "infinity" : this.supervisor.formatSpan(this.#nextMonotonicUs)],
      ["LastTriggerUSec", this.lastTriggerUs === 0 ? "n/a" : formatTimestamp(this.lastTriggerUs)],
      ["LastTriggerUSecMonotonic", this.lastTriggerUs === 0 ? "0" : this.supervisor.formatSpan(this.lastTriggerUs - this.supervisor.bootRealtimeUs())],
      ["Result", "success"],
      ["AccuracyUSec", this.setting("AccuracySec") ?? "1min"],
      ["RandomizedDelayUSec", this.setting("RandomizedDelaySec") ?? "0"],
      ["FixedRandomDelay", "no"],
      ["Persistent", this.text.flag("Timer", "Persistent", false) ? "yes" : "no"],
      ["WakeSystem", "no"],
      ["RemainAfterElapse", this.text.flag("Timer", "RemainAfterElapse", true) ? "yes" : "no"],
    ];
    // the raw number for list-timers
    list.push(["HoteNextElapseUSec", this.nextUs === undefined ? "" : String(this.nextUs)], ["HoteLastTriggerUSec", this.lastTriggerUs === 0 ? "" : String(this.lastTriggerUs)]);
    return list;
  }
}
