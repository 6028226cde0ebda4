// A device as a unit (systemd.device(5)): there when udev has made its node. A unit that needs it waits for it, 90 seconds at most (DefaultDeviceTimeoutSec).
import type { Blocking } from "../../kernel/sys.ts";
import { exists } from "./api/files.ts";
import { parseTimeSpan } from "./api/time-span.ts";
import { readDropIns } from "./api/unit-files.ts";
import { unescapeName } from "./api/unit-name.ts";
import { type Begun, Unit } from "./unit.ts";

const defaultTimeoutUs = 90_000_000;
/** how often a device that is waited for is looked for */
const LOOK_US = 1_000_000;

export class DeviceUnit extends Unit {
  #deadlineUs: number | undefined;
  #lookedUs = 0;

  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "device");
  }

  get path(): string {
    return `/${unescapeName(this.name.slice(0, -".device".length))}`;
  }

  get plugged(): boolean {
    // udev's rules give network cards this name beside the one in sysfs (99-systemd.rules, SYSTEMD_ALIAS)
    return exists(this.supervisor.sys, this.path.replace(/^\/sys\/subsystem\/net\/devices\//, "/sys/class/net/"));
  }

  override get description(): string {
    return this.path;
  }

  override *start(): Blocking<Begun> {
    if (this.plugged) {
      this.changeState("active", "plugged");
      return "done";
    }
    const text = yield* readDropIns(this.supervisor.paths, this.name);
    const timeoutUs = parseTimeSpan(text.last("Unit", "JobRunningTimeoutSec") ?? text.last("Unit", "JobTimeoutSec") ?? "") ?? defaultTimeoutUs;
    // 0 is no limit
    this.#deadlineUs = this.supervisor.nowUs() + (timeoutUs === 0 ? Number.POSITIVE_INFINITY : timeoutUs);
    return "pending";
  }

  override get wakeUs(): number | undefined {
    return this.#deadlineUs === undefined ? undefined : Math.min(this.#deadlineUs, this.#lookedUs + LOOK_US);
  }

  override *timeout(): Blocking<void> {
    const { plugged } = this;
    this.#lookedUs = this.supervisor.nowUs();
    if (!plugged && this.#deadlineUs !== undefined && this.#lookedUs < this.#deadlineUs) return;
    this.#deadlineUs = undefined;
    if (plugged) this.changeState("active", "plugged");
    else {
      yield* this.supervisor.log(this.name, 4, `${this.name}: Job ${this.name}/start timed out.`);
      yield* this.supervisor.log(this.name, 3, `Timed out waiting for device ${this.title}.`);
    }
    yield* this.supervisor.jobDone(this, plugged ? "done" : "timeout");
  }
}
