// Recorded from sgdisk 1.0.9 on an image of the same size (GUIDs left out).
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("making, showing, deleting, destroying", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("truncate -s 100M s; sgdisk -o -n 1:0:+20M -t 1:8300 -c 1:data -n 2:0:0 -t 2:8e00 s; sgdisk -p s | sed 's/): [0-9A-F].*-.*/): X/'; sgdisk -i 1 s | sed 's/GUID: .*/GUID: X/'; sgdisk -d 1 s; sgdisk -v s; sgdisk -d 9 s; echo $?; sgdisk -n 2:0:+20M s; echo $?; sgdisk -Z s; sgdisk nosuch; echo $?; losetup -P /dev/loop0 s; sgdisk -n 0:0:+10M -n 0:0:+10M -t 2:fd00 /dev/loop0; lsblk -no NAME,SIZE /dev/loop0; sgdisk -E /dev/loop0")).toBe(`Creating new GPT entries in memory.
Warning: The kernel is still using the old partition table.
The new table will be used at the next reboot or after you
run partprobe(8) or kpartx(8)
The operation has completed successfully.
Disk s: 204800 sectors, 100.0 MiB
Sector size (logical): 512 bytes
Disk identifier (GUID): X
Partition table holds up to 128 entries
Main partition table begins at sector 2 and ends at sector 33
First usable sector is 34, last usable sector is 204766
Partitions will be aligned on 2048-sector boundaries
Total free space is 2014 sectors (1007.0 KiB)

Number  Start (sector)    End (sector)  Size       Code  Name
   1            2048           43007   20.0 MiB    8300  data
   2           43008          204766   79.0 MiB    8E00  
Partition GUID code: 0FC63DAF-8483-4772-8E79-3D69D8477DE4 (Linux filesystem)
Partition unique GUID: X
First sector: 2048 (at 1024.0 KiB)
Last sector: 43007 (at 21.0 MiB)
Partition size: 40960 sectors (20.0 MiB)
Attribute flags: 0000000000000000
Partition name: 'data'
Warning: The kernel is still using the old partition table.
The new table will be used at the next reboot or after you
run partprobe(8) or kpartx(8)
The operation has completed successfully.

Caution: Partition 2 doesn't end on a 2048-sector boundary. This may
result in problems with some disk encryption tools.

No problems found. 42974 free sectors (21.0 MiB) available in 1
segments, the largest of which is 42974 (21.0 MiB) in size.
Partition number 9 out of range!
Error 25 deleting partition!
Error encountered; not saving changes.
4
Could not create partition 2 from 2048 to 43007
Error encountered; not saving changes.
4
Warning: The kernel is still using the old partition table.
The new table will be used at the next reboot or after you
run partprobe(8) or kpartx(8)
GPT data structures destroyed! You may now partition the disk using fdisk or
other utilities.
Problem opening nosuch for reading! Error is 2.
The specified file does not exist!
2
Creating new GPT entries in memory.
The operation has completed successfully.
loop0      100M
├─loop0p1   10M
└─loop0p2   10M
204766
`);
});
