// What LVM 2.03.16 says of the same disks: a table of outputs, each on a machine of its own.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

/** Runs scripts one after the other on a machine with lvm2 and two disks of 300 MiB in the group vg0. */
function machine(): (script: string) => string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 300_000_000, maxSteps: 200_000_000 }).stdout);
  expect(output("apt-get install -y lvm2 > log 2>&1; echo $?; truncate -s 300M d1 d2; losetup -f d1; losetup -f d2; vgcreate vg0 /dev/loop0 /dev/loop1; mkdir -p /mnt/a /mnt/b")).toBe(
    '0\n  Physical volume "/dev/loop0" successfully created.\n  Physical volume "/dev/loop1" successfully created.\n  Volume group "vg0" successfully created\n',
  );
  return output;
}

test("a snapshot keeps what the origin had, fills up with what changes there, and gives it back", () => {
  const output = machine();
  output("lvcreate -L 100M -n data vg0; mkfs.ext4 -q /dev/vg0/data; mount /dev/vg0/data /mnt/a; echo old > /mnt/a/f");
  expect(output("lvcreate -s -n snap vg0/data; lvcreate -s -L 20M -n snap vg0/data; lvs; echo new > /mnt/a/f; dd if=/dev/zero of=/mnt/a/big bs=1M count=10 status=none; lvs -o lv_name,lv_attr,data_percent vg0/snap | tr -d 0-9; mount -o ro /dev/vg0/snap /mnt/b; cat /mnt/a/f /mnt/b/f; ls /mnt/b; lsblk -o NAME,SIZE,TYPE,MOUNTPOINTS /dev/loop0; umount /mnt/b")).toBe(
    `  Please specify either size or extents with snapshots.
  Logical volume "snap" created.
  LV   VG  Attr       LSize   Pool Origin Data%  Meta%  Move Log Cpy%Sync Convert
  data vg0 owi-aos--- 100.00m                                                    
  snap vg0 swi-a-s---  20.00m      data   0.00                                   
  LV   Attr       Data% 
  snap swi-a-s--- . 
new
old
f
lost+found
NAME             SIZE TYPE MOUNTPOINTS
loop0            300M loop 
├─vg0-data-real  100M lvm  
│ ├─vg0-data     100M lvm  /mnt/a
│ └─vg0-snap     100M lvm  /mnt/b
└─vg0-snap-cow    20M lvm  
  └─vg0-snap     100M lvm  /mnt/b
`,
  );
  expect(output("lvconvert --merge vg0/snap; lvs -o lv_name,lv_attr; umount /mnt/a; lvchange -an vg0/data; lvchange -ay vg0/data; lvs -o lv_name,lv_attr; mount /dev/vg0/data /mnt/a; cat /mnt/a/f; ls /mnt/a; dmsetup ls")).toBe(
    "  Delaying merge since origin is open.\n  Merging of snapshot vg0/snap will occur on next activation of vg0/data.\n  LV   Attr      \n  data Owi-aos---\n  snap Swi-a-s---\n  LV   Attr      \n  data -wi-a-----\nold\nf\nlost+found\nvg0-data\t(253:2)\n",
  );
  expect(output("lvcreate -s -L 8M -n small vg0/data; dd if=/dev/zero of=/mnt/a/big bs=1M count=12 status=none; lvs -o lv_name,lv_attr,data_percent; mount /dev/vg0/small /mnt/b; dmesg | grep -o 'device-mapper: snap.*'; lvremove -f vg0/small; umount /mnt/a; lvremove vg0/data <<< n; lvremove -y vg0/data")).toBe(
    `  Logical volume "small" created.
  LV    Attr       Data% 
  data  owi-aos---       
  small swi-I-s--- 100.00
mount: /mnt/b: can't read superblock on /dev/mapper/vg0-small.
       dmesg(1) may have more information after failed mount system call.
device-mapper: snapshots: Invalidating snapshot: Unable to allocate exception.
  Logical volume "small" successfully removed.
Do you really want to remove active logical volume vg0/data? [y/n]:   Logical volume vg0/data not removed.
  Logical volume "data" successfully removed.
`,
  );
});

test("thin pools give blocks when they are written, and thin snapshots share them", () => {
  const output = machine();
  expect(output("lvcreate -L 100M -T vg0/pool; lvcreate -V 300M -T vg0/pool -n t1; lvs -a -o lv_name,lv_attr,lv_size,pool_lv,data_percent; mkfs.ext4 -q /dev/vg0/t1; mount /dev/vg0/t1 /mnt/a; dd if=/dev/zero of=/mnt/a/x bs=1M count=20 status=none; echo one > /mnt/a/f; lvcreate -s -n ts vg0/t1; echo two > /mnt/a/f; mount /dev/vg0/ts /mnt/b; lvchange -ay -K vg0/ts; mount /dev/vg0/ts /mnt/b; cat /mnt/b/f; lvs --noheadings -o lv_name,lv_attr,origin")).toBe(
    `  Thin pool volume with chunk size 64.00 KiB can address at most <15.88 TiB of data.
  Logical volume "pool" created.
  WARNING: Sum of all thin volume sizes (300.00 MiB) exceeds the size of thin pool vg0/pool (100.00 MiB).
  WARNING: You have not turned on protection against thin pools running out of space.
  WARNING: Set activation/thin_pool_autoextend_threshold below 100 to trigger automatic extension of thin pools before they get full.
  Logical volume "t1" created.
  LV              Attr       LSize   Pool Data% 
  [lvol0_pmspare] ewi-------   4.00m            
  pool            twi-aotz-- 100.00m      0.00  
  [pool_tdata]    Twi-ao---- 100.00m            
  [pool_tmeta]    ewi-ao----   4.00m            
  t1              Vwi-a-tz-- 300.00m pool 0.00  
  WARNING: Sum of all thin volume sizes (600.00 MiB) exceeds the size of thin pool vg0/pool and the size of whole volume group (592.00 MiB).
  WARNING: You have not turned on protection against thin pools running out of space.
  WARNING: Set activation/thin_pool_autoextend_threshold below 100 to trigger automatic extension of thin pools before they get full.
  Logical volume "ts" created.
mount: /mnt/b: special device /dev/vg0/ts does not exist.
       dmesg(1) may have more information after failed mount system call.
one
  pool twi-aotz--       
  t1   Vwi-aotz--       
  ts   Vwi-aotz-k t1    
`,
  );
  expect(output("lvs --noheadings -o data_percent vg0/t1 vg0/pool | tr -d '0-9. '; sync; rm /mnt/a/x; umount /mnt/b; lvremove -f vg0/ts; lvs --noheadings -o data_percent vg0/pool | cut -d. -f1; fstrim /mnt/a; lvs --noheadings -o data_percent vg0/pool | cut -d. -f1; umount /mnt/a; vgchange -an vg0; vgchange -ay vg0; mount /dev/vg0/t1 /mnt/a; cat /mnt/a/f; umount /mnt/a; lvremove vg0/pool <<< y; lvremove -f vg0/pool; lvs -a")).toBe(
    `

  Logical volume "ts" successfully removed.
  20
  0
  0 logical volume(s) in volume group "vg0" now active
  2 logical volume(s) in volume group "vg0" now active
two
Removing pool vg0/pool will remove 1 dependent volume(s). Proceed? [y/n]: Do you really want to remove active logical volume vg0/t1? [y/n]:   Logical volume vg0/t1 not removed.
  Logical volume "t1" successfully removed.
  Logical volume "pool" successfully removed.
`,
  );
});

test("moving, resizing, splitting, merging, saving and restoring", () => {
  const output = machine();
  expect(output("lvcreate -i 2 -L 50M -n s vg0; lvcreate -l 10 -n d vg0 /dev/loop0; mkfs.ext4 -q /dev/vg0/d; mount /dev/vg0/d /mnt/a; echo x > /mnt/a/f; lvs -o+devices,segtype,stripes; lvextend -r -L +10M vg0/d; df --output=size /mnt/a; lvrename vg0 d e; df --output=source /mnt/a; pvmove -n e /dev/loop0 /dev/loop1; lvs -o lv_name,devices --separator ,; cat /mnt/a/f; umount /mnt/a; mount /dev/vg0/e /mnt/a; cat /mnt/a/f; umount /mnt/a; lvremove -f vg0/s")).toBe(
    `  Using default stripesize 64.00 KiB.
  Rounding up size to full physical extent 52.00 MiB
  Rounding size 52.00 MiB (13 extents) up to stripe boundary size 56.00 MiB (14 extents).
  Logical volume "s" created.
  Logical volume "d" created.
  LV   VG  Attr       LSize  Pool Origin Data%  Meta%  Move Log Cpy%Sync Convert Devices                     Type    #Str
  d    vg0 -wi-ao---- 40.00m                                                     /dev/loop0(7)               linear     1
  s    vg0 -wi-a----- 56.00m                                                     /dev/loop0(0),/dev/loop1(0) striped    2
  Rounding size to boundary between physical extents: 12.00 MiB.
  Size of logical volume vg0/d changed from 40.00 MiB (10 extents) to 52.00 MiB (13 extents).
  Logical volume vg0/d successfully resized.
resize2fs 1.47.0 (5-Feb-2023)
Filesystem at /dev/mapper/vg0-d is mounted on /mnt/a; on-line resizing required
old_desc_blocks = 1, new_desc_blocks = 1
The filesystem on /dev/mapper/vg0-d is now 53248 (1k) blocks long.

1K-blocks
    44524
  Renamed "d" to "e" in volume group "vg0"
Filesystem
/dev/mapper/vg0-d
  /dev/loop0: Moved: 0.00%
  /dev/loop0: Moved: 100.00%
  LV,Devices
  e,/dev/loop1(7)
  s,/dev/loop0(0),/dev/loop1(0)
x
x
  Logical volume "s" successfully removed.
`,
  );
  expect(output("vgsplit vg0 vg1 /dev/loop1; lvchange -an vg0/e; vgsplit vg0 vg1 /dev/loop1; vgs --noheadings; vgrename vg1 vg2; vgmerge vg0 vg2; vgs --units s --nosuffix; vgcfgbackup -f /root/save vg0; lvremove -f vg0/e; vgcfgrestore -f /root/save vg0; vgchange -ay vg0; mount /dev/vg0/e /mnt/a; cat /mnt/a/f; umount /mnt/a; ls /etc/lvm/backup; truncate -s 400M d2; losetup -c /dev/loop1; pvresize /dev/loop1; pvs; vgexport vg0; vgchange -an vg0; vgexport vg0; pvs --noheadings; vgimport vg0; vgremove -f vg0")).toBe(
    `  Logical volume vg0/e must be inactive.
  New volume group "vg1" successfully split from "vg0"
  vg0   1   0   0 wz--n- 296.00m 296.00m
  vg1   1   1   0 wz--n- 296.00m 244.00m
  Volume group "vg1" successfully renamed to "vg2"
  Volume group "vg2" successfully merged into "vg0"
  VG  #PV #LV #SN Attr   VSize   VFree  
  vg0   2   1   0 wz--n- 1212416 1105920
  Volume group "vg0" successfully backed up.
  Logical volume "e" successfully removed.
  Restored volume group vg0.
  1 logical volume(s) in volume group "vg0" now active
x
vg0
vg1
vg2
  Physical volume "/dev/loop1" changed
  1 physical volume(s) resized or updated / 0 physical volume(s) not resized
  PV         VG  Fmt  Attr PSize   PFree  
  /dev/loop0 vg0 lvm2 a--  296.00m 296.00m
  /dev/loop1 vg0 lvm2 a--  396.00m 344.00m
  Volume group "vg0" has active logical volumes
  0 logical volume(s) in volume group "vg0" now active
  Volume group "vg0" successfully exported
  /dev/loop0 vg0 lvm2 ax-  296.00m 296.00m
  /dev/loop1 vg0 lvm2 ax-  396.00m 344.00m
  Volume group "vg0" successfully imported
  Logical volume "e" successfully removed.
  Volume group "vg0" successfully removed
`,
  );
});
