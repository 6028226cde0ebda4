// PCI devices as sysfs shows them, and their names from pci.ids.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

const DEVICES = "/sys/bus/pci/devices";
export const IDS_FILE = "/usr/share/misc/pci.ids";

export interface PciFunction {
  readonly domain: number;
  readonly bus: number;
  readonly device: number;
  readonly fn: number;
  /** base class, subclass and programming interface */
  readonly classCode: number;
  readonly vendorId: number;
  readonly deviceId: number;
  readonly subsystemVendor: number;
  readonly subsystemDevice: number;
  readonly revision: number;
  readonly driver: string | undefined;
  readonly irq: number;
  /** "0000:00:02.0" of the bridge above */
  readonly parent: string | undefined;
  readonly path: string;
}

export const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

export const slotName = (one: PciFunction): string => `${hex(one.bus, 2)}:${hex(one.device, 2)}.${one.fn.toString(16)}`;

export function* readDevices(sys: Sys): Blocking<readonly PciFunction[]> {
  const found: PciFunction[] = [];
  let names: readonly string[];
  try {
    names = sys.readdir(DEVICES).map((entry) => entry.name).sort();
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
  for (const name of names) {
    const match = /^([0-9a-f]{4}):([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/.exec(name);
    if (match === null) continue;
    const path = `${DEVICES}/${name}`;
    const number = function* (file: string): Blocking<number> {
      return Number(((yield* readTextFile(sys, `${path}/${file}`)) ?? "0").trim()) || 0;
    };
    const link = (file: string): string | undefined => {
      try {
        return sys.readlink(file);
      } catch (error) {
        if (error instanceof SysError) return undefined;
        throw error;
      }
    };
    const above = link(path)?.split("/").at(-2);
    found.push({
      domain: Number.parseInt(match[1] ?? "0", 16), bus: Number.parseInt(match[2] ?? "0", 16), device: Number.parseInt(match[3] ?? "0", 16), fn: Number(match[4]),
      classCode: yield* number("class"), vendorId: yield* number("vendor"), deviceId: yield* number("device"), subsystemVendor: yield* number("subsystem_vendor"), subsystemDevice: yield* number("subsystem_device"),
      revision: yield* number("revision"), driver: link(`${path}/driver`)?.split("/").pop(), irq: yield* number("irq"), parent: above === undefined || above.startsWith("pci") ? undefined : above, path,
    });
  }
  return found;
}

/** Configuration space: the first 64 bytes, or all that the reader may see. */
export function* configuration(sys: Sys, one: PciFunction, maxBytes: number): Blocking<Uint8Array> {
  const fd = yield* sys.open(`${one.path}/config`, O.RDONLY);
  const bytes = yield* sys.read(fd, maxBytes);
  sys.close(fd);
  return bytes;
}

export class PciNames {
  readonly #vendors = new Map<number, string>();
  readonly #devices = new Map<string, string>();
  readonly #classes = new Map<number, string>();
  readonly #subclasses = new Map<number, string>();

  constructor(text: string) {
    let vendor = 0;
    let base: number | undefined;
    for (const line of text.split("\n")) {
      const match = /^(\t{0,2})(?:(C) )?([0-9a-f]{2,4})(?: ([0-9a-f]{4}))? {2}(.*)$/.exec(line);
      if (match === null) continue;
      const [, tabs = "", isClass, id = "", , name = ""] = match;
      const value = Number.parseInt(id, 16);
      if (isClass !== undefined) {
        base = value;
        this.#classes.set(value, name);
      } else if (tabs === "" ) {
        vendor = value;
        base = undefined;
        this.#vendors.set(value, name);
      } else if (tabs === "\t") {
        if (base === undefined) this.#devices.set(`${vendor}:${value}`, name);
        else this.#subclasses.set((base << 8) | value, name);
      }
    }
  }

  static *read(sys: Sys, path: string): Blocking<PciNames> {
    return new PciNames((yield* readTextFile(sys, path)) ?? "");
  }

  /** "Ethernet controller"; with the number in brackets when only the base class has a name. */
  classOf(one: PciFunction): string {
    const code = one.classCode >> 8;
    return this.#subclasses.get(code) ?? (this.#classes.has(code >> 8) ? `${this.#classes.get(code >> 8) ?? ""} [${hex(code, 4)}]` : `Class ${hex(code, 4)}`);
  }

  /** As classOf, without a number. */
  className(one: PciFunction): string {
    const code = one.classCode >> 8;
    return this.#subclasses.get(code) ?? this.#classes.get(code >> 8) ?? "Class";
  }

  deviceOf(vendor: number, device: number): string {
    const name = this.#devices.get(`${vendor}:${device}`);
    const maker = this.#vendors.get(vendor);
    if (name === undefined) return maker === undefined ? `Device ${hex(vendor, 4)}:${hex(device, 4)}` : `${maker} Device ${hex(device, 4)}`;
    return `${maker ?? ""} ${name}`;
  }

  vendorName(vendor: number): string | undefined {
    return this.#vendors.get(vendor);
  }

  deviceName(vendor: number, device: number): string | undefined {
    return this.#devices.get(`${vendor}:${device}`);
  }
}
