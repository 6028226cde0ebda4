// FAT, XFS and btrfs: what their makers print (recorded from dosfstools 4.2, xfsprogs 6.1.0 and btrfs-progs 6.2 on images of these sizes), what blkid and file see, what mounts do.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

function machine(packages: readonly string[]): (script: string) => string {
  const world = createWorld({ host: "debian-12", packages, seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  return (script) => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 300_000_000, maxSteps: 200_000_000 }).stdout);
}

test("FAT", () => {
  const output = machine(["dosfstools"]);
  expect(output("truncate -s 300M f.img; truncate -s 10M g.img; mkfs.fat -v -F 32 -n DATA -i c83af1e1 f.img; mkfs.vfat -v -i c83c2cc6 g.img; file f.img g.img; blkid f.img g.img; fsck.fat g.img; fatlabel f.img NEW; fatlabel f.img; fatlabel -i f.img; mkfs.vfat nosuch")).toBe(`mkfs.fat 4.2 (2021-01-31)
f.img has 16 heads and 63 sectors per track,
hidden sectors 0x0000;
logical sector size is 512,
using 0xf8 media descriptor, with 614376 sectors;
drive number 0x80;
filesystem has 2 32-bit FATs and 8 sectors per cluster.
FAT size is 600 sectors, and provides 76643 clusters.
There are 32 reserved sectors.
Volume ID is c83af1e1, volume label DATA.
mkfs.fat 4.2 (2021-01-31)
g.img has 2 heads and 32 sectors per track,
hidden sectors 0x0000;
logical sector size is 512,
using 0xf8 media descriptor, with 20480 sectors;
drive number 0x80;
filesystem has 2 16-bit FATs and 4 sectors per cluster.
FAT size is 20 sectors, and provides 5101 clusters.
There are 4 reserved sectors.
Root directory contains 512 slots and uses 32 sectors.
Volume ID is c83c2cc6, no volume label.
f.img: DOS/MBR boot sector, code offset 0x58+2, OEM-ID "mkfs.fat", sectors/cluster 8, Media descriptor 0xf8, sectors/track 63, heads 16, sectors 614376 (volumes > 32 MB), FAT (32 bit), sectors/FAT 600, serial number 0xc83af1e1, label: "DATA       "
g.img: DOS/MBR boot sector, code offset 0x3c+2, OEM-ID "mkfs.fat", sectors/cluster 4, reserved sectors 4, root entries 512, sectors 20480 (volumes <=32 MB), Media descriptor 0xf8, sectors/FAT 20, sectors/track 32, serial number 0xc83c2cc6, unlabeled, FAT (16 bit)
f.img: LABEL_FATBOOT="DATA" LABEL="DATA" UUID="C83A-F1E1" BLOCK_SIZE="512" TYPE="vfat"
g.img: SEC_TYPE="msdos" UUID="C83C-2CC6" BLOCK_SIZE="512" TYPE="vfat"
fsck.fat 4.2 (2021-01-31)
g.img: 0 files, 0/5101 clusters
NEW
c83af1e1
mkfs.fat 4.2 (2021-01-31)
mkfs.vfat: unable to open nosuch: No such file or directory
`);
  expect(output("mkdir m; mount -o loop f.img m; echo hi > m/Readme.TXT; cat m/readme.txt; stat -c '%A %U %n' m/*; chmod 600 m/Readme.TXT; ln -s a m/b; grep vfat /proc/mounts; umount m; mount -o loop,uid=student,umask=077 f.img m; mount -o loop,uid=1000,umask=077 f.img m; stat -c '%A %U %n' m m/*; umount m")).toBe(`hi
-rwxr-xr-x root m/Readme.TXT
chmod: changing permissions of 'm/Readme.TXT': Operation not permitted
ln: failed to create symbolic link 'm/b': Operation not permitted
/dev/loop0 /root/m vfat rw,relatime,fmask=0022,dmask=0022,codepage=437,iocharset=ascii,shortname=mixed,utf8,errors=remount-ro 0 0
mount: /root/m: wrong fs type, bad option, bad superblock on /dev/loop0, missing codepage or helper program, or other error.
       dmesg(1) may have more information after failed mount system call.
drwx------ student m
-rwx------ student m/Readme.TXT
`);
});

test("XFS", () => {
  const output = machine(["xfsprogs"]);
  const geometry = (device: string, blocks: number, groups = 4): string => `meta-data=${device.padEnd(22)} isize=512    agcount=${groups}, agsize=25600 blks
         =                       sectsz=512   attr=2, projid32bit=1
         =                       crc=1        finobt=1, sparse=1, rmapbt=0
         =                       reflink=1    bigtime=1 inobtcount=1 nrext64=0
data     =                       bsize=4096   blocks=${blocks}, imaxpct=25
         =                       sunit=0      swidth=0 blks
naming   =version 2              bsize=4096   ascii-ci=0, ftype=1
log      =internal log           bsize=4096   blocks=16384, version=2
         =                       sectsz=512   sunit=0 blks, lazy-count=1
realtime =none                   extsz=4096   blocks=0, rtextents=0
`;
  expect(output("truncate -s 200M s.img; mkfs.xfs s.img | head -1; truncate -s 400M x.img; mkfs.xfs -L data -m uuid=b946f1cb-81ed-4f06-837a-52f96b486d1e x.img; mkfs.xfs x.img; blkid x.img; file x.img; mkdir m; mount -o loop x.img m; grep xfs /proc/mounts; echo hi > m/f; truncate -s 500M x.img; losetup -c /dev/loop0; xfs_growfs m; umount m; xfs_growfs m; mount -o loop x.img m; cat m/f; xfs_info m; umount m; xfs_admin -L new x.img; xfs_admin -lu x.img; grep xfs /proc/filesystems")).toBe(`Filesystem must be larger than 300MB.
Usage: mkfs.xfs
/* blocksize */		[-b size=num]
/* data subvol */	[-d agcount=n,size=num]
/* force overwrite */	[-f]
/* log subvol */	[-l size=num]
/* label */		[-L label (maximum 12 characters)]
/* no-op info only */	[-N]
/* quiet */		[-q]
/* version */		[-V]
			devicename
<devicename> is required unless -d name=xxx is given.
${geometry("x.img", 102_400)}mkfs.xfs: x.img appears to contain an existing filesystem (xfs).
mkfs.xfs: Use the -f option to force overwrite.
x.img: LABEL="data" UUID="b946f1cb-81ed-4f06-837a-52f96b486d1e" BLOCK_SIZE="512" TYPE="xfs"
x.img: SGI XFS filesystem data (blksz 4096, inosz 512, v2 dirs)
/dev/loop0 /root/m xfs rw,relatime,attr2,inode64,logbufs=8,logbsize=32k,noquota 0 0
${geometry("/dev/loop0", 102_400)}data blocks changed from 102400 to 128000
xfs_growfs: m is not a mounted XFS filesystem
hi
${geometry("/dev/loop0", 128_000, 5)}writing all SBs
new label = "new"
label = "new"
UUID = b946f1cb-81ed-4f06-837a-52f96b486d1e
	xfs
`);
});

test("btrfs", () => {
  const output = machine(["btrfs-progs"]);
  expect(output("truncate -s 100M h.img; mkfs.btrfs -q h.img; truncate -s 400M b.img; mkfs.btrfs -L data -U 72f31bf7-b3a1-442c-8e9c-49e07d0677a0 b.img; mkfs.btrfs -q b.img; file b.img; btrfs filesystem show b.img")).toBe(`ERROR: 'h.img' is too small to make a usable filesystem
ERROR: minimum size for each btrfs device is 114294784
btrfs-progs v6.2
See http://btrfs.wiki.kernel.org for more information.

NOTE: several default settings have changed in version 5.15, please make sure
      this does not affect your deployments:
      - DUP for metadata (-m dup)
      - enabled no-holes (-O no-holes)
      - enabled free-space-tree (-R free-space-tree)

Label:              data
UUID:               72f31bf7-b3a1-442c-8e9c-49e07d0677a0
Node size:          16384
Sector size:        4096
Filesystem size:    400.00MiB
Block group profiles:
  Data:             single            8.00MiB
  Metadata:         DUP              32.00MiB
  System:           DUP               8.00MiB
SSD detected:       no
Zoned device:       no
Incompat features:  extref, skinny-metadata, no-holes
Runtime features:   free-space-tree
Checksum:           crc32c
Number of devices:  1
Devices:
   ID        SIZE  PATH
    1   400.00MiB  b.img

ERROR: b.img appears to contain an existing filesystem (btrfs)
ERROR: use the -f option to force overwrite of b.img
b.img: BTRFS Filesystem label "data", sectorsize 4096, nodesize 16384, leafsize 16384, UUID=72f31bf7-b3a1-442c-8e9c-49e07d0677a0, 147456/419430400 bytes used, 1 devices
Label: 'data'  uuid: 72f31bf7-b3a1-442c-8e9c-49e07d0677a0
	Total devices 1 FS bytes used 144.00KiB
	devid    1 size 400.00MiB used 88.00MiB path /root/b.img

`);
  expect(output("mkdir m; mount -o loop b.img m; cd m; btrfs subvolume create a; echo one > a/f; btrfs subvolume snapshot a s; btrfs sub snap -r a r; echo two > a/f; cat s/f r/f; touch r/x; ln a/f g; btrfs sub list .; btrfs property get r ro; btrfs sub del s r; btrfs sub create a; btrfs subvolume list .; btrfs sub set-default 256 .; cd ..; umount m; mount -o loop b.img m; cat m/f; grep btrfs /proc/mounts; umount m; mount -o loop,subvolid=5 b.img m; ls m; umount m; btrfs subvolume create /tmp/x; btrfs foo | head -1; grep -c . /tmp/x; lsmod | grep -c '^btrfs'")).toBe(`Create subvolume './a'
Create a snapshot of 'a' in './s'
Create a readonly snapshot of 'a' in './r'
one
one
touch: cannot touch 'r/x': Read-only file system
ln: failed to create hard link 'g' => 'a/f': Invalid cross-device link
ID 256 gen 7 top level 5 path a
ID 257 gen 8 top level 5 path s
ID 258 gen 9 top level 5 path r
ro=true
Delete subvolume (no-commit): './s'
Delete subvolume (no-commit): './r'
ERROR: target path already exists: a
ID 256 gen 7 top level 5 path a
two
/dev/loop0 /root/m btrfs rw,relatime,ssd,space_cache=v2,subvolid=256,subvol=/a 0 0
a
ERROR: not a btrfs filesystem: /tmp
btrfs: unknown token 'foo'
usage: btrfs [global] <group> [<group>...] <command> [<args>]
grep: /tmp/x: No such file or directory
1
`);
});
