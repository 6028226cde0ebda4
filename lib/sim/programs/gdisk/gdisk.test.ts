// Recorded from gdisk 1.0.9 of Debian 12 on an image of the same size (GUIDs left out); prompts have no line ends because the answers come from a pipe.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 50_000_000 }).stdout).replace(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, "GUID");
const gdisk = (answers: readonly string[]): string => output(`printf '${answers.join("\\n")}\\n' | gdisk d.img`).replace(/^[^]*?\n\nCommand/, "Command");

test("a table is made, shown, changed, written and found again", () => {
  output("truncate -s 1G d.img");
  const head = "Disk d.img: 2097152 sectors, 1024.0 MiB\nSector size (logical): 512 bytes\nDisk identifier (GUID): GUID\nPartition table holds up to 128 entries\nMain partition table begins at sector 2 and ends at sector 33\nFirst usable sector is 34, last usable sector is 2097118\nPartitions will be aligned on 2048-sector boundaries\n";
  const columns = "\nNumber  Start (sector)    End (sector)  Size       Code  Name\n";
  expect(gdisk(["n", "", "", "+100M", "", "n", "2", "", "+200M", "8200", "p", "i", "2", "c", "1", "data", "w", "y"])).toBe(
    `Command (? for help): Partition number (1-128, default 1): First sector (34-2097118, default = 2048) or {+-}size{KMGTP}: Last sector (2048-2097118, default = 2095103) or {+-}size{KMGTP}: Current type is 8300 (Linux filesystem)
Hex code or GUID (L to show codes, Enter = 8300): Changed type of partition to 'Linux filesystem'

Command (? for help): Partition number (2-128, default 2): First sector (34-2097118, default = 206848) or {+-}size{KMGTP}: Last sector (206848-2097118, default = 2095103) or {+-}size{KMGTP}: Current type is 8300 (Linux filesystem)
Hex code or GUID (L to show codes, Enter = 8300): Changed type of partition to 'Linux swap'

Command (? for help): ${head}Total free space is 1482685 sectors (724.0 MiB)
${columns}   1            2048          206847   100.0 MiB   8300  Linux filesystem
   2          206848          616447   200.0 MiB   8200  Linux swap

Command (? for help): Partition number (1-2): Partition GUID code: GUID (Linux swap)
Partition unique GUID: GUID
First sector: 206848 (at 101.0 MiB)
Last sector: 616447 (at 301.0 MiB)
Partition size: 409600 sectors (200.0 MiB)
Attribute flags: 0000000000000000
Partition name: 'Linux swap'

Command (? for help): Partition number (1-2): Enter name: 
Command (? for help): 
Final checks complete. About to write GPT data. THIS WILL OVERWRITE EXISTING
PARTITIONS!!

Do you want to proceed? (Y/N): OK; writing new GUID partition table (GPT) to d.img.
Warning: The kernel is still using the old partition table.
The new table will be used at the next reboot or after you
run partprobe(8) or kpartx(8)
The operation has completed successfully.
`);
  expect(output("gdisk -l d.img; sfdisk -d d.img | tail -2 | sed 's/ uuid=[^,]*,//'")).toBe(`GPT fdisk (gdisk) version 1.0.9

Partition table scan:
  MBR: protective
  BSD: not present
  APM: not present
  GPT: present

Found valid GPT with protective MBR; using GPT.
${head}Total free space is 1482685 sectors (724.0 MiB)
${columns}   1            2048          206847   100.0 MiB   8300  data
   2          206848          616447   200.0 MiB   8200  Linux swap
d.img1 : start=        2048, size=      204800, type=GUID, name="data"
d.img2 : start=      206848, size=      409600, type=GUID, name="Linux swap"
`);
});

test("menus of experts and of recovery: attributes, a lost header, a backup file", () => {
  expect(gdisk(["x", "a", "1", "2", "60", "", "m", "b", "bk", "w", "y"]).split("\n").slice(1, 24).join("\n")).toBe(`Expert command (? for help): Partition number (1-2): Known attributes are:
0: system partition
1: hide from EFI
2: legacy BIOS bootable
60: read-only
62: hidden
63: do not automount

Attribute value is 0000000000000000. Set fields are:
  No fields set

Toggle which attribute field (0-63, 64 or <Enter> to exit): Have enabled the 'legacy BIOS bootable' attribute.
Attribute value is 0000000000000004. Set fields are:
2 (legacy BIOS bootable)

Toggle which attribute field (0-63, 64 or <Enter> to exit): Have enabled the 'read-only' attribute.
Attribute value is 1000000000000004. Set fields are:
2 (legacy BIOS bootable)
60 (read-only)

Toggle which attribute field (0-63, 64 or <Enter> to exit): 
Expert command (? for help): 
Command (? for help): Enter backup filename to save: The operation has completed successfully.`);
  expect(output("stat -c %s bk; sgdisk -A 1:show d.img; dd if=/dev/zero of=d.img bs=512 seek=1 count=1 conv=notrunc status=none; printf 'q\\n' | gdisk d.img | sed -n '3,7p'; printf 'w\\ny\\n' | gdisk d.img 2>&1 | tail -1; sgdisk -Z d.img | tail -2; printf 'r\\nl\\nbk\\nw\\ny\\n' | gdisk d.img | tail -1; gdisk -l d.img | tail -2; sgdisk -A 1:get:60 d.img")).toBe(`17920
1:2:1 (legacy BIOS bootable)
1:60:1 (read-only)
\u0007Caution: invalid main GPT header, but valid backup; regenerating main header
from backup!

\u0007Warning: Invalid CRC on main header data; loaded backup partition table.
Warning! One or more CRCs don't match. You should repair the disk!
Main header: ERROR
Backup header: OK
Main partition table: OK
Backup partition table: OK

Partition table scan:
  MBR: protective
  BSD: not present
  APM: not present
  GPT: damaged
The operation has completed successfully.
GPT data structures destroyed! You may now partition the disk using fdisk or
other utilities.
The operation has completed successfully.
   1            2048          206847   100.0 MiB   8300  data
   2          206848          616447   200.0 MiB   8200  Linux swap
1:60:1
`);
});
