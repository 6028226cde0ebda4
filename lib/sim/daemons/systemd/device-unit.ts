// A device as a unit (systemd.device(5)): there when udev has made its node. A unit that needs it waits for it, 90 seconds at most (DefaultDeviceTimeoutSec).
import type { Blocking } from "../../kernel/sys.ts";
import { exists } from "./api/files.ts";
import { unescapeName } from "./api/unit-name.ts";
import { type Begun, Unit } from "./unit.ts";

const timeoutUs = 90_000_000;

export class DeviceUnit extends Unit {
  #deadlineUs: number | undefined;

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
    this.#deadlineUs = this.supervisor.nowUs() + timeoutUs;
    return "pending";
  }

  override get wakeUs(): number | undefined {
    return this.#deadlineUs;
  }

  override *timeout(): Blocking<void> {
    this.#deadlineUs = undefined;
    const { plugged } = this;
    if (plugged) this.changeState("active", "plugged");
    else {
      yield* this.supervisor.log(this.name, 4, `${this.name}: Job ${this.name}/start timed out.`);
      yield* this.supervisor.log(this.name, 3, `Timed out waiting for device ${this.path}.`);
    }
    yield* this.supervisor.jobDone(this, plugged ? "done" : "timeout");
  }
}
