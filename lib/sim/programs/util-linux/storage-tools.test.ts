// What util-linux 2.38.1 says of the same devices and files.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("partitions told to the kernel, signatures, discards, locks", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("truncate -s 40M d; losetup -P /dev/loop0 d; addpart /dev/loop0 1 2048 20480; addpart /dev/loop0 2 22528 20480; addpart /dev/loop0 2 4 5; lsblk -o NAME,SIZE /dev/loop0; resizepart /dev/loop0 2 4096; delpart /dev/loop0 1; delpart /dev/loop0 7; cat /sys/block/loop0/loop0p2/size; ls /dev/loop0p*; addpart /dev/loop0; delpart /dev/loop0 2")).toBe(`addpart: failed to add partition: Device or resource busy
NAME      SIZE
loop0      40M
├─loop0p1  10M
└─loop0p2  10M
delpart: failed to remove partition: No such device or address
4096
/dev/loop0p2
addpart: not enough arguments
Try 'addpart --help' for more information.
`);
  expect(output("mkswap -q -L foo -U 8cff8c08-af98-43b7-a142-3f956e30005c /dev/loop0; swaplabel /dev/loop0; swaplabel -L bar /dev/loop0; swaplabel /dev/loop0; swaplabel; blkdiscard /dev/loop0; blkdiscard -fv /dev/loop0; swaplabel /dev/loop0; blkid /dev/loop0; mkfs.ext4 -q /dev/loop0; mkdir m; mount /dev/loop0 m; fsfreeze m; fsfreeze -f m; fsfreeze -f m; fsfreeze -u m; fsfreeze -u m; umount m; isosize d; switch_root; switch_root /tmp /bin/sh")).toBe(`LABEL: foo
UUID:  8cff8c08-af98-43b7-a142-3f956e30005c
LABEL: bar
UUID:  8cff8c08-af98-43b7-a142-3f956e30005c
swaplabel: no device specified
Try 'swaplabel --help' for more information.
blkdiscard: /dev/loop0 contains existing file system (swap).
blkdiscard: This is destructive operation, data will be lost! Use the -f option to override.
/dev/loop0: Discarded 41943040 bytes from the offset 0
swaplabel: /dev/loop0: not a valid swap partition
fsfreeze: neither --freeze or --unfreeze specified
fsfreeze: m: freeze failed: Device or resource busy
fsfreeze: m: unfreeze failed: Invalid argument
isosize: d: might not be an ISO filesystem
switch_root: not enough arguments
Try 'switch_root --help' for more information.
switch_root: /tmp is not a mountpoint or is on the root file system
switch_root: failed. Sorry.
`);
  expect(output("touch lock; flock lock sleep 5 & sleep 1; lslocks -o COMMAND,TYPE,SIZE,MODE,M,START,END,PATH; kill %1; lsipc -g -q; ipcmk -M 4096 > /dev/null; lsipc -m --noheadings | tr -s ' ' | cut -d' ' -f3-6")).toBe(`COMMAND TYPE  SIZE MODE  M START END PATH
flock   FLOCK   0B WRITE 0     0   0 /root/lock
RESOURCE DESCRIPTION                       LIMIT USED  USE%
MSGMNI   Number of message queues          32000    0 0.00%
MSGMAX   Max size of message (bytes)          8K    -     -
MSGMNB   Default max size of queue (bytes)   16K    -     -
rw-r--r-- root 4K 0
`);
});
