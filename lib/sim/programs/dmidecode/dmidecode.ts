// dmidecode: the firmware's tables in words (dmidecode(8), 3.4): the structures that machines of this world have.
import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text, texts } from "../kit/gnu.ts";
import { type SmbiosStructure, readSmbios } from "../kit/smbios.ts";

const TYPES: ReadonlyMap<number, string> = new Map([[0, "BIOS Information"], [1, "System Information"], [2, "Base Board Information"], [3, "Chassis Information"], [4, "Processor Information"], [16, "Physical Memory Array"], [17, "Memory Device"], [19, "Memory Array Mapped Address"], [32, "System Boot Information"], [127, "End Of Table"]]);
const KEYWORD_TYPES: ReadonlyMap<string, readonly number[]> = new Map([["bios", [0, 13]], ["system", [1, 12, 15, 23, 32]], ["baseboard", [2, 10, 41]], ["chassis", [3]], ["processor", [4]], ["memory", [5, 6, 16, 17]], ["cache", [7]], ["connector", [8]], ["slot", [9]]]);
const CHASSIS = ["", "Other", "Unknown", "Desktop", "Low Profile Desktop", "Pizza Box", "Mini Tower", "Tower", "Portable", "Laptop", "Notebook", "Hand Held", "Docking Station", "All In One", "Sub Notebook", "Space-saving", "Lunch Box", "Main Server Chassis", "Expansion Chassis", "Sub Chassis", "Bus Expansion Chassis", "Peripheral Chassis", "RAID Chassis", "Rack Mount Chassis"];
const STATES = ["", "Other", "Unknown", "Safe", "Warning", "Critical", "Non-recoverable"];
const WAKE_UP = ["Reserved", "Other", "Unknown", "APM Timer", "Modem Ring", "LAN Remote", "Power Switch", "PCI PME#", "AC Power Restored"];

const given = (value: string | undefined): string => (value === undefined || value.trim() === "" ? "Not Specified" : value);

function uuid(bytes: Uint8Array): string {
  const part = bytes.subarray(8, 24);
  if (part.every((byte) => byte === 0)) return "Not Settable";
  if (part.every((byte) => byte === 0xff)) return "Not Present";
  const hex = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((index) => (part[index] ?? 0).toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const size = (megabytes: number): string => (megabytes >= 1024 && megabytes % 1024 === 0 ? `${megabytes / 1024} GB` : `${megabytes} MB`);
const kilobytes = (count: number): string => (count % 1024 === 0 ? size(count / 1024) : `${count} kB`);
const handle = (number: number): string => `0x${number.toString(16).toUpperCase().padStart(4, "0")}`;

/** Lines below the head of a structure, without their first tab. */
function details(one: SmbiosStructure): readonly string[] {
  switch (one.type) {
    case 0: return [
      `Vendor: ${given(one.text(4))}`, `Version: ${given(one.text(5))}`, `Release Date: ${given(one.text(8))}`, `Address: 0x${one.word(6).toString(16).toUpperCase().padStart(4, "0")}0`, `Runtime Size: ${kilobytes(Math.floor(((0x10000 - one.word(6)) << 4) / 1024))}`, `ROM Size: ${64 * (one.byte(9) + 1)} kB`, "Characteristics:",
      "\tBIOS characteristics not supported", ...((one.byte(19) & 4) !== 0 ? ["\tTargeted content distribution is supported"] : []), ...((one.byte(19) & 16) !== 0 ? ["\tSystem is a virtual machine"] : []), ...(one.byte(20) === 0xff ? [] : [`BIOS Revision: ${one.byte(20)}.${one.byte(21)}`]),
    ];
    case 1: return [`Manufacturer: ${given(one.text(4))}`, `Product Name: ${given(one.text(5))}`, `Version: ${given(one.text(6))}`, `Serial Number: ${given(one.text(7))}`, `UUID: ${uuid(one.bytes)}`, `Wake-up Type: ${WAKE_UP[one.byte(24)] ?? "<OUT OF SPEC>"}`, `SKU Number: ${given(one.text(25))}`, `Family: ${given(one.text(26))}`];
    case 2: return [`Manufacturer: ${given(one.text(4))}`, `Product Name: ${given(one.text(5))}`, `Version: ${given(one.text(6))}`, `Serial Number: ${given(one.text(7))}`, `Asset Tag: ${given(one.text(8))}`, "Features:", "\tBoard is a hosting board", "\tBoard is replaceable", `Location In Chassis: ${given(one.text(10))}`, `Chassis Handle: ${handle(one.word(11))}`, "Type: Motherboard", "Contained Object Handles: 0"];
    case 3: return [
      `Manufacturer: ${given(one.text(4))}`, `Type: ${CHASSIS[one.byte(5) & 0x7f] ?? "<OUT OF SPEC>"}`, `Lock: ${(one.byte(5) & 0x80) !== 0 ? "Present" : "Not Present"}`, `Version: ${given(one.text(6))}`, `Serial Number: ${given(one.text(7))}`, `Asset Tag: ${given(one.text(8))}`, `Boot-up State: ${STATES[one.byte(9)] ?? ""}`,
      `Power Supply State: ${STATES[one.byte(10)] ?? ""}`, `Thermal State: ${STATES[one.byte(11)] ?? ""}`, `Security Status: ${["", "Other", "Unknown", "None"][one.byte(12)] ?? ""}`, `OEM Information: 0x${one.double(13).toString(16).toUpperCase().padStart(8, "0")}`, `Height: ${one.byte(17) === 0 ? "Unspecified" : `${one.byte(17)} U`}`,
      `Number Of Power Cords: ${one.byte(18) === 0 ? "Unspecified" : one.byte(18)}`, `Contained Elements: ${one.byte(19)}`, `SKU Number: ${given(one.text(21))}`,
    ];
    case 4: return [
      `Socket Designation: ${given(one.text(4))}`, `Type: ${["", "Other", "Unknown", "Central Processor"][one.byte(5)] ?? ""}`, `Family: ${one.byte(6) === 1 ? "Other" : "Unknown"}`, `Manufacturer: ${given(one.text(7))}`, `ID: ${[...one.bytes.subarray(8, 16)].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ")}`, `Version: ${given(one.text(16))}`, "Voltage: Unknown", "External Clock: Unknown",
      `Max Speed: ${one.word(20)} MHz`, `Current Speed: ${one.word(22)} MHz`, "Status: Populated, Enabled", "Upgrade: Other", "L1 Cache Handle: Not Provided", "L2 Cache Handle: Not Provided", "L3 Cache Handle: Not Provided", `Serial Number: ${given(one.text(32))}`, `Asset Tag: ${given(one.text(33))}`, `Part Number: ${given(one.text(34))}`,
      `Core Count: ${one.byte(35)}`, `Core Enabled: ${one.byte(36)}`, `Thread Count: ${one.byte(37)}`, "Characteristics: None",
    ];
    case 16: return ["Location: Other", "Use: System Memory", "Error Correction Type: Multi-bit ECC", `Maximum Capacity: ${kilobytes(one.double(7))}`, "Error Information Handle: Not Provided", `Number Of Devices: ${one.word(13)}`];
    case 17: return [
      `Array Handle: ${handle(one.word(4))}`, "Error Information Handle: Not Provided", "Total Width: Unknown", "Data Width: Unknown", `Size: ${size(one.word(12) === 0x7fff ? one.double(28) : one.word(12))}`, "Form Factor: DIMM", "Set: None", `Locator: ${given(one.text(16))}`, `Bank Locator: ${given(one.text(17))}`, "Type: RAM", "Type Detail: Other", "Speed: Unknown",
      `Manufacturer: ${given(one.text(23))}`, `Serial Number: ${given(one.text(24))}`, `Asset Tag: ${given(one.text(25))}`, `Part Number: ${given(one.text(26))}`, "Rank: Unknown", "Configured Memory Speed: Unknown", "Minimum Voltage: Unknown", "Maximum Voltage: Unknown", "Configured Voltage: Unknown",
    ];
    case 19: return [`Starting Address: 0x${(one.double(4) * 1024).toString(16).toUpperCase().padStart(11, "0")}`, `Ending Address: 0x${(one.double(8) * 1024 + 1023).toString(16).toUpperCase().padStart(11, "0")}`, `Range Size: ${kilobytes(one.double(8) - one.double(4) + 1)}`, `Physical Array Handle: ${handle(one.word(12))}`, `Partition Width: ${one.byte(14)}`];
    case 32: return ["Status: No errors detected"];
    default: return [];
  }
}

const KEYWORDS: ReadonlyMap<string, readonly [type: number, field: string]> = new Map([
  ["bios-vendor", [0, "Vendor"]], ["bios-version", [0, "Version"]], ["bios-release-date", [0, "Release Date"]], ["bios-revision", [0, "BIOS Revision"]], ["firmware-revision", [0, "Firmware Revision"]], ["system-manufacturer", [1, "Manufacturer"]], ["system-product-name", [1, "Product Name"]], ["system-version", [1, "Version"]], ["system-serial-number", [1, "Serial Number"]], ["system-uuid", [1, "UUID"]],
  ["system-sku-number", [1, "SKU Number"]], ["system-family", [1, "Family"]], ["baseboard-manufacturer", [2, "Manufacturer"]], ["baseboard-product-name", [2, "Product Name"]], ["baseboard-version", [2, "Version"]], ["baseboard-serial-number", [2, "Serial Number"]], ["baseboard-asset-tag", [2, "Asset Tag"]], ["chassis-manufacturer", [3, "Manufacturer"]], ["chassis-type", [3, "Type"]], ["chassis-version", [3, "Version"]],
  ["chassis-serial-number", [3, "Serial Number"]], ["chassis-asset-tag", [3, "Asset Tag"]], ["processor-family", [4, "Family"]], ["processor-manufacturer", [4, "Manufacturer"]], ["processor-version", [4, "Version"]], ["processor-frequency", [4, "Current Speed"]],
]);

export default gnu({
  name: "dmidecode", path: "/usr/sbin/dmidecode", manSection: 8, versionText: "3.4\n", tryLine: () => "", usageStatus: 2, summary: "decode the hardware tables of the firmware (DMI, SMBIOS)", synopsis: ["[OPTIONS]"],
  options: { device: text(["-d", "--dev-mem"], "FILE", "the tables are in FILE"), quiet: flag(["-q", "--quiet"], "leave out what is not there or unknown"), string: text(["-s", "--string"], "KEYWORD", "just one value, by its keyword"), type: texts(["-t", "--type"], "TYPE", "just structures of this type (a number or a keyword)"), handle: text(["-H", "--handle"], "HANDLE", "just the structure with this handle"), dump: flag(["-u", "--dump"], "the structures as hexadecimal bytes and strings"), noSysfs: flag(["--no-sysfs"], "read the memory, not the files of sysfs"), version: flag(["-V", "--version"], "show the version") },
  *run({ options, sys }, io: Io) {
    if (options.version) {
      io.out.put("3.4\n");
      return 0;
    }
    const keyword = options.string === undefined ? undefined : KEYWORDS.get(options.string);
    if (options.string !== undefined && keyword === undefined) {
      yield* io.stderr(`Invalid string keyword: ${options.string}\nValid string keywords are:\n${[...KEYWORDS.keys()].map((one) => `  ${one}\n`).join("")}`);
      return 2;
    }
    const wanted = new Set<number>();
    for (const word of options.type.flatMap((list) => list.split(/[, ]+/))) {
      const numbers = KEYWORD_TYPES.get(word) ?? (/^\d+$/.test(word) && Number(word) < 256 ? [Number(word)] : undefined);
      if (numbers === undefined) {
        yield* io.stderr(`Invalid type keyword: ${word}\nValid type keywords are:\n${[...KEYWORD_TYPES.keys()].map((one) => `  ${one}\n`).join("")}`);
        return 2;
      }
      for (const number of numbers) wanted.add(number);
    }
    let structures: readonly SmbiosStructure[];
    const shown = (line: string): void => {
      if (!options.quiet && options.string === undefined) io.out.put(line);
    };
    shown("# dmidecode 3.4\n");
    try {
      structures = yield* readSmbios(sys);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EACCES") {
        yield* io.stderr("/sys/firmware/dmi/tables/smbios_entry_point: Permission denied\n");
        shown("Scanning /dev/mem for entry point.\n");
        yield* io.stderr("/dev/mem: Permission denied\n");
        return 1;
      }
      shown("Scanning /dev/mem for entry point.\n");
      yield* io.stderr("/dev/mem: No such file or directory\n");
      return 1;
    }
    if (keyword !== undefined) {
      for (const one of structures) {
        if (one.type !== keyword[0]) continue;
        const line = details(one).find((each) => each.startsWith(`${keyword[1]}: `));
        if (line !== undefined) io.out.put(`${line.slice(keyword[1].length + 2)}\n`);
      }
      return 0;
    }
    const total = structures.reduce((sum, one) => sum + one.bytes.length + Math.max(2, one.strings.reduce((length, each) => length + each.length + 1, 1)), 0);
    shown("Getting SMBIOS data from sysfs.\nSMBIOS 2.8 present.\n");
    if (wanted.size === 0 && options.handle === undefined) shown(`${structures.length} structures occupying ${total} bytes.\nTable at 0x000F5AE0.\n`);
    shown("\n");
    for (const one of structures) {
      if (wanted.size > 0 && !wanted.has(one.type)) continue;
      if (options.handle !== undefined && one.handle !== Number(options.handle)) continue;
      if (options.quiet && one.type === 127) continue;
      if (!options.quiet) io.out.put(`Handle ${handle(one.handle)}, DMI type ${one.type}, ${one.bytes.length} bytes\n`);
      if (options.dump) {
        io.out.put("\tHeader and Data:\n");
        for (let at = 0; at < one.bytes.length; at += 16) io.out.put(`\t\t${[...one.bytes.subarray(at, at + 16)].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ")}\n`);
        if (one.strings.length > 0) io.out.put(`\tStrings:\n${one.strings.map((each) => `\t\t${each}\n`).join("")}`);
      } else io.out.put(`${TYPES.get(one.type) ?? (one.type >= 128 ? "OEM-specific Type" : "Unknown Type")}\n${details(one).map((line) => `\t${line}\n`).join("")}`);
      io.out.put("\n");
    }
    return 0;
  },
});
