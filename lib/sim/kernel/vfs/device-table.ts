// Which driver stands behind a device node: (kind, major, range of minors) → driver (Documentation/admin-guide/devices.txt).

import type { DeviceDriver, DeviceDrivers } from "./file-system.ts";

interface Registration {
  readonly major: number;
  readonly firstMinor: number;
  readonly count: number;
  readonly driver: DeviceDriver;
}

export class DeviceTable implements DeviceDrivers {
  readonly #registrations = new Map<"chr" | "blk", Registration[]>([["chr", []], ["blk", []]]);

  /** The latest registration of a number wins. */
  register(kind: "chr" | "blk", major: number, firstMinor: number, count: number, driver: DeviceDriver): void {
    this.#registrations.get(kind)?.unshift({ major, firstMinor, count, driver });
  }

  unregister(kind: "chr" | "blk", driver: DeviceDriver): void {
    const list = this.#registrations.get(kind);
    if (list !== undefined) this.#registrations.set(kind, list.filter((each) => each.driver !== driver));
  }

  find(kind: "chr" | "blk", major: number, minor: number): DeviceDriver | undefined {
    const found = this.#registrations.get(kind)?.find((each) => each.major === major && minor >= each.firstMinor && minor < each.firstMinor + each.count);
    return found?.driver;
  }
}
