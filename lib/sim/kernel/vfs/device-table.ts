// Which driver stands behind a device node: (kind, major, range of minors) → driver (Documentation/admin-guide/devices.txt).

import type { DeviceDriver, DeviceDrivers } from "./file-system.ts";

interface Registration {
  readonly major: number;
  readonly majors: number;
  readonly firstMinor: number;
  readonly count: number;
  readonly driver: DeviceDriver;
}

export class DeviceTable implements DeviceDrivers {
  readonly #registrations = new Map<"chr" | "blk", Registration[]>([["chr", []], ["blk", []]]);

  /** The latest registration of a number wins. `majors`: so many numbers from `major` on. */
  register(kind: "chr" | "blk", major: number, firstMinor: number, count: number, driver: DeviceDriver, majors = 1): void {
    this.#registrations.get(kind)?.unshift({ major, majors, firstMinor, count, driver });
  }

  unregister(kind: "chr" | "blk", driver: DeviceDriver): void {
    const list = this.#registrations.get(kind);
    if (list !== undefined) this.#registrations.set(kind, list.filter((each) => each.driver !== driver));
  }

  find(kind: "chr" | "blk", major: number, minor: number): DeviceDriver | undefined {
    const found = this.#registrations.get(kind)?.find((each) => major >= each.major && major < each.major + each.majors && minor >= each.firstMinor && minor < each.firstMinor + each.count);
    return found?.driver;
  }
}
