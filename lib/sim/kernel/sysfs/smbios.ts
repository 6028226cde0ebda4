// /sys/firmware/dmi/tables: the tables of the firmware as bytes (SMBIOS reference specification, DSP0134, version 2.8), which dmidecode and lscpu read.
// Made from what the description of the hardware says: BIOS, system, chassis, processors, memory.

import { encode } from "../bytes.ts";
import type { Hardware } from "../hardware.ts";

const HANDLE = { bios: 0x0000, system: 0x0100, board: 0x0200, chassis: 0x0300, processor: 0x0400, array: 0x1000, device: 0x1100, mapping: 0x1300, boot: 0x2000, end: 0x7f00 } as const;

class Structure {
  readonly #bytes: number[];
  readonly #strings: string[] = [];

  constructor(type: number, handle: number) {
    this.#bytes = [type, 0, handle & 0xff, handle >> 8];
  }

  byte(...values: readonly number[]): this {
    for (const value of values) this.#bytes.push(value & 0xff);
    return this;
  }

  word(value: number): this {
    return this.byte(value, value >> 8);
  }

  double(value: number): this {
    return this.byte(value, value >>> 8, value >>> 16, value >>> 24);
  }

  quad(value: number): this {
    return this.double(value % 2 ** 32 | 0).double(Math.floor(value / 2 ** 32));
  }

  /** The number of a string; 0 for none. */
  text(value: string | undefined): this {
    if (value === undefined || value === "") return this.byte(0);
    this.#strings.push(value);
    return this.byte(this.#strings.length);
  }

  bytes(): readonly number[] {
    this.#bytes[1] = this.#bytes.length;
    const tail = this.#strings.length === 0 ? [0, 0] : [...this.#strings.flatMap((text) => [...encode(text), 0]), 0];
    return [...this.#bytes, ...tail];
  }
}

const release = (text: string | undefined, part: 0 | 1): number => Number((text ?? "").split(".")[part] ?? 0xff) || 0;

/** Groups one to three of a UUID are little-endian. */
function uuidBytes(text: string | undefined): readonly number[] {
  const digits = (text ?? "").replaceAll("-", "").padEnd(32, "0");
  return [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16));
}

function structures(hardware: Hardware, memoryBytes: number): readonly Structure[] {
  const { processor } = hardware;
  const dmi = (name: string): string | undefined => hardware.dmi.get(name);
  const megabytes = Math.round(memoryBytes / 2 ** 20);
  const virtual = processor.flags.includes("hypervisor");
  const speed = virtual ? 2000 : Math.round(processor.mhz);
  const list: Structure[] = [
    new Structure(0, HANDLE.bios).text(dmi("bios_vendor")).text(dmi("bios_version")).word(0xe800).text(dmi("bios_date")).byte(0).quad(8).byte(0, virtual ? 0x14 : 0x04).byte(release(dmi("bios_release"), 0), release(dmi("bios_release"), 1), 0xff, 0xff),
    new Structure(1, HANDLE.system).text(dmi("sys_vendor")).text(dmi("product_name")).text(dmi("product_version")).text(dmi("product_serial")).byte(...uuidBytes(dmi("product_uuid"))).byte(6).text(dmi("product_sku")).text(dmi("product_family")),
  ];
  if (dmi("board_vendor") !== undefined) list.push(new Structure(2, HANDLE.board).text(dmi("board_vendor")).text(dmi("board_name")).text(dmi("board_version")).text(dmi("board_serial")).text(dmi("board_asset_tag")).byte(9).byte(0).word(HANDLE.chassis).byte(10, 0));
  list.push(new Structure(3, HANDLE.chassis).text(dmi("chassis_vendor")).byte(Number(dmi("chassis_type") ?? 1)).text(dmi("chassis_version")).text(dmi("chassis_serial")).text(dmi("chassis_asset_tag")).byte(3, 3, 3, 2).double(0).byte(0, 0, 0, 0).byte(0));
  const cores = processor.coresPerSocket;
  for (let socket = 0; socket < processor.sockets; socket++) {
    list.push(new Structure(4, HANDLE.processor + socket).text(`CPU ${socket}`).byte(3, virtual ? 1 : 2).text(virtual ? dmi("sys_vendor") : processor.vendor === "AuthenticAMD" ? "Advanced Micro Devices, Inc." : "Intel(R) Corporation")
      .byte(processor.stepping | ((processor.model & 15) << 4), Math.min(15, processor.family) | 0, (processor.model >> 4) & 15, 0, 0xfd, 0xfb, 0x8b, 0x07).text(virtual ? dmi("product_version") : processor.modelName).byte(0).word(0).word(speed).word(speed).byte(0x41, 1).word(0xffff).word(0xffff).word(0xffff)
      .text(undefined).text(undefined).text(undefined).byte(cores, cores, cores * processor.threadsPerCore).word(2).word(virtual ? 1 : 0x6b));
  }
  list.push(
    new Structure(16, HANDLE.array).byte(1, 3, 6).double(megabytes * 1024).word(0xfffe).word(1).quad(0),
    new Structure(17, HANDLE.device).word(HANDLE.array).word(0xfffe).word(0xffff).word(0xffff).word(Math.min(megabytes, 0x7fff)).byte(9, 0).text("DIMM 0").text(undefined).byte(7).word(2).word(0).text(dmi("sys_vendor")).text(undefined).text(undefined).text(undefined).byte(0).double(megabytes > 0x7fff ? megabytes : 0).word(0).word(0).word(0).word(0),
    new Structure(19, HANDLE.mapping).double(0).double(megabytes * 1024 - 1).word(HANDLE.array).byte(1).quad(0).quad(0),
    new Structure(32, HANDLE.boot).byte(0, 0, 0, 0, 0, 0).byte(0),
    new Structure(127, HANDLE.end),
  );
  return list;
}

export function smbiosTable(hardware: Hardware, memoryBytes: number): Uint8Array {
  return Uint8Array.from(structures(hardware, memoryBytes).flatMap((one) => one.bytes()));
}

/** The 32-bit entry point "_SM_". */
export function smbiosEntryPoint(hardware: Hardware, memoryBytes: number): Uint8Array {
  const all = structures(hardware, memoryBytes).map((one) => one.bytes());
  const length = all.reduce((sum, bytes) => sum + bytes.length, 0);
  const largest = Math.max(...all.map((bytes) => bytes.length));
  const address = 0xf5ae0;
  const bytes = [...encode("_SM_"), 0, 0x1f, 2, 8, largest & 0xff, largest >> 8, 0, 0, 0, 0, 0, 0, ...encode("_DMI_"), 0, length & 0xff, length >> 8, address & 0xff, (address >> 8) & 0xff, (address >> 16) & 0xff, 0, all.length & 0xff, all.length >> 8, 0x28];
  const sum = (part: readonly number[]): number => (256 - (part.reduce((total, byte) => total + byte, 0) & 0xff)) & 0xff;
  bytes[21] = sum(bytes.slice(16));
  bytes[4] = sum(bytes);
  return Uint8Array.from(bytes);
}
