// What mdadm 4.2 says of arrays; its own --examine has read the super blocks that are written here and calls their sums correct.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

function machine(): (script: string) => string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 300_000_000, maxSteps: 200_000_000 }).stdout);
  output("apt-get install -y mdadm > log 2>&1; truncate -s 100M d0 d1 d2 d3; for i in 0 1 2 3; do losetup /dev/loop$i d$i; done; mkdir m");
  return output;
}

test("a mirror: creation, failure, replacement, assembly", () => {
  const output = machine();
  expect(output("cat /proc/mdstat; mdadm --create /dev/md0 --level=1 --raid-devices=2 /dev/loop0 /dev/loop1 <<< y; cat /proc/mdstat; mdadm --detail /dev/md0 | sed 's/UUID : .*/UUID/; s/Time : .*/Time/'")).toBe(`cat: /proc/mdstat: No such file or directory
mdadm: Note: this array has metadata at the start and
    may not be suitable as a boot device.  If you plan to
    store '/boot' on this device please ensure that
    your boot-loader understands md/v1.x metadata, or use
    --metadata=0.90
Continue creating array? mdadm: Defaulting to version 1.2 metadata
mdadm: array /dev/md0 started.
Personalities : [raid1] 
md0 : active raid1 loop1[1] loop0[0]
      101376 blocks super 1.2 [2/2] [UU]
      [>....................]  resync =  0.1% (64/101376) finish=0.0min speed=101376K/sec
      
unused devices: <none>
/dev/md0:
           Version : 1.2
     Creation Time
        Raid Level : raid1
        Array Size : 101376 (99.00 MiB 103.81 MB)
     Used Dev Size : 101376 (99.00 MiB 103.81 MB)
      Raid Devices : 2
     Total Devices : 2
       Persistence : Superblock is persistent

       Update Time
             State : clean, resyncing 
    Active Devices : 2
   Working Devices : 2
    Failed Devices : 0
     Spare Devices : 0

Consistency Policy : resync

     Resync Status : 0% complete

              Name : debian:0  (local to host debian)
              UUID
            Events : 2

    Number   Major   Minor   RaidDevice State
       0       7        0        0      active sync   /dev/loop0
       1       7        1        1      active sync   /dev/loop1
`);
  expect(output("sleep 1; cat /proc/mdstat; mdadm --examine /dev/loop1 | sed 's/UUID : .*/UUID/; s/Time : .*/Time/; s/Checksum : .*/Checksum/'; blkid -o value -s TYPE /dev/loop0; mkfs.ext4 -q /dev/loop0; mkfs.ext4 -q /dev/md0; mount /dev/md0 m; echo hello > m/f; mdadm /dev/md0 --remove /dev/loop0; mdadm /dev/md0 --fail /dev/loop0 --remove /dev/loop0; mdadm /dev/md0 --fail /dev/loop1; mdadm /dev/md0 --add /dev/loop2; sed -n 2,4p /proc/mdstat; mdadm --wait /dev/md0; mdadm --detail /dev/md0 | tail -3; mdadm --stop /dev/md0; umount m; mdadm --stop /dev/md0; ls /dev/md0; mdadm --assemble --scan; mount /dev/md0 m; cat m/f; umount m; lsblk -o NAME,TYPE /dev/loop2; mdadm --detail --scan | sed 's/UUID=.*/UUID/'; mdadm -S --scan; mdadm --zero-superblock /dev/loop1 /dev/loop2 /dev/loop3; mdadm --examine /dev/loop1")).toBe(`Personalities : [raid1] 
md0 : active raid1 loop1[1] loop0[0]
      101376 blocks super 1.2 [2/2] [UU]
      
unused devices: <none>
/dev/loop1:
          Magic : a92b4efc
        Version : 1.2
    Feature Map : 0x0
     Array UUID
           Name : debian:0  (local to host debian)
  Creation Time
     Raid Level : raid1
   Raid Devices : 2

 Avail Dev Size : 202752 sectors (99.00 MiB 103.81 MB)
     Array Size : 101376 KiB (99.00 MiB 103.81 MB)
    Data Offset : 2048 sectors
   Super Offset : 8 sectors
   Unused Space : before=1968 sectors, after=0 sectors
          State : clean
    Device UUID

    Update Time
  Bad Block Log : 512 entries available at offset 16 sectors
       Checksum
         Events : 19

   Device Role : Active device 1
   Array State : AA ('A' == active, '.' == missing, 'R' == replacing)
linux_raid_member
/dev/loop0 is apparently in use by the system; will not make a filesystem here!
mdadm: hot remove failed for /dev/loop0: Device or resource busy
mdadm: set /dev/loop0 faulty in /dev/md0
mdadm: hot removed /dev/loop0 from /dev/md0
mdadm: Cannot remove /dev/loop1 from /dev/md0, array will be failed.
mdadm: added /dev/loop2
md0 : active raid1 loop2[2] loop1[1]
      101376 blocks super 1.2 [2/1] [_U]
      [>....................]  recovery =  0.1% (64/101376) finish=0.0min speed=101376K/sec
    Number   Major   Minor   RaidDevice State
       2       7        2        0      active sync   /dev/loop2
       1       7        1        1      active sync   /dev/loop1
mdadm: Cannot get exclusive access to /dev/md0:Perhaps a running process, mounted filesystem or active volume group?
mdadm: stopped /dev/md0
ls: cannot access '/dev/md0': No such file or directory
mdadm: /dev/md0 has been started with 2 drives.
hello
NAME  TYPE
loop2 loop
└─md0 raid1
ARRAY /dev/md0 metadata=1.2 name=debian:0 UUID
mdadm: stopped /dev/md0
mdadm: Unrecognised md component device - /dev/loop3
mdadm: No md superblock detected on /dev/loop1.
`);
});

test("parity: what a missing member had is found from the others", () => {
  const output = machine();
  expect(output("mdadm -C /dev/md5 -l5 -n3 -x1 /dev/loop0 /dev/loop1 /dev/loop2 /dev/loop3; sed -n 2,4p /proc/mdstat; sleep 1; mkfs.ext4 -q /dev/md5; mount /dev/md5 m; seq 300000 > m/x; md5sum m/x; umount m; mdadm /dev/md5 -f /dev/loop1; mount /dev/md5 m; md5sum m/x; sleep 1; mdadm /dev/md5 -f /dev/loop0; umount m; mount /dev/md5 m; md5sum m/x; umount m; sed -n 2,3p /proc/mdstat; mdadm -D /dev/md5 | tail -6; mdadm -Q /dev/md5; mdadm -S /dev/md5; mdadm --zero-superblock /dev/loop[0-3]")).toBe(`mdadm: Defaulting to version 1.2 metadata
mdadm: array /dev/md5 started.
md5 : active raid5 loop3[4](S) loop2[3] loop1[1] loop0[0]
      202752 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/2] [UU_]
      [>....................]  recovery =  0.1% (64/101376) finish=0.0min speed=101376K/sec
daef482d6c698625ab13d987d14e8781  m/x
mdadm: set /dev/loop1 faulty in /dev/md5
daef482d6c698625ab13d987d14e8781  m/x
mdadm: set /dev/loop0 faulty in /dev/md5
daef482d6c698625ab13d987d14e8781  m/x
md5 : active raid5 loop3[4] loop2[3] loop1[1](F) loop0[0](F)
      202752 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/2] [_UU]
       -       0        0        0      removed
       4       7        3        1      active sync   /dev/loop3
       3       7        2        2      active sync   /dev/loop2

       0       7        0        -      faulty   /dev/loop0
       1       7        1        -      faulty   /dev/loop1
/dev/md5: 198.00MiB raid5 3 devices, 0 spares. Use mdadm --detail for more detail.
mdadm: stopped /dev/md5
`);
  expect(output("mdadm -C /dev/md6 -l6 -n4 --assume-clean /dev/loop[0-3]; mkfs.ext4 -qF /dev/md6; mount /dev/md6 m; seq 300000 > m/x; umount m; mdadm /dev/md6 -f /dev/loop0 -f /dev/loop2; mount /dev/md6 m; md5sum m/x; umount m; mdadm -S /dev/md6; mdadm --zero-superblock /dev/loop[0-3]; mdadm -C /dev/md0 -l0 -n2 /dev/loop0 /dev/loop1; mdadm -C /dev/md10 -l10 -n2 --assume-clean /dev/loop2 /dev/loop3; cat /proc/mdstat; mdadm -C /dev/md1 -n2 /dev/loop0 /dev/loop1; mdadm -C /dev/md1 -l1 -n3 /dev/loop0 /dev/loop1")).toBe(`mdadm: Defaulting to version 1.2 metadata
mdadm: array /dev/md6 started.
mdadm: set /dev/loop0 faulty in /dev/md6
mdadm: set /dev/loop2 faulty in /dev/md6
daef482d6c698625ab13d987d14e8781  m/x
mdadm: stopped /dev/md6
mdadm: Defaulting to version 1.2 metadata
mdadm: array /dev/md0 started.
mdadm: Defaulting to version 1.2 metadata
mdadm: array /dev/md10 started.
Personalities : [raid6] [raid5] [raid4] [raid0] [raid10] 
md10 : active raid10 loop3[1] loop2[0]
      101376 blocks super 1.2 512K chunks 2 near-copies [2/2] [UU]
      
md0 : active raid0 loop1[1] loop0[0]
      202752 blocks super 1.2 512k chunks
      
unused devices: <none>
mdadm: a RAID level is needed to create an array.
mdadm: You haven't given enough devices (real or missing) to create this array
`);
});
