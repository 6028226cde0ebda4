e2fsprogs 1.47.0 of Debian 12 on image files: layout, settings, damage and its repair, bad blocks; recorded from the real programs
host: debian-12

  $ { truncate -s 20M a.img; mke2fs -q -t ext4 -L data -U 11111111-2222-3333-4444-555555555555 a.img; head -c 5000 /dev/zero | tr '\0' x > big; echo hello > f; for c in "write f f" "mkdir dir" "symlink l f" "write big dir/big"; do debugfs -w -R "$c" a.img 2>/dev/null; done; cp a.img s.img; } 2>&1
  Allocated inode: 12
  Allocated inode: 15
  $ { truncate -s 20M n.img; mke2fs -q -t ext4 -U 11111111-2222-3333-4444-555555555555 n.img; dumpe2fs n.img 2>/dev/null | sed -n '/^Group 0/,$p'; } 2>&1
  Group 0: (Blocks 1-8192) csum 0x1085 [ITABLE_ZEROED]
    Primary superblock at 1, Group descriptors at 2-2
    Reserved GDT blocks at 3-161
    Block bitmap at 162 (+161), csum 0x07af899e
    Inode bitmap at 165 (+164), csum 0xc9f0dfaf
    Inode table at 168-593 (+167)
    6733 free blocks, 1693 free inodes, 2 directories, 1693 unused inodes
    Free blocks: 1460-8192
    Free inodes: 12-1704
  Group 1: (Blocks 8193-16384) csum 0xb37c [INODE_UNINIT, ITABLE_ZEROED]
    Backup superblock at 8193, Group descriptors at 8194-8194
    Reserved GDT blocks at 8195-8353
    Block bitmap at 163 (bg #0 + 162), csum 0xbcd71913
    Inode bitmap at 166 (bg #0 + 165), csum 0x00000000
    Inode table at 594-1019 (bg #0 + 593)
    7007 free blocks, 1704 free inodes, 0 directories, 1704 unused inodes
    Free blocks: 9378-16384
    Free inodes: 1705-3408
  Group 2: (Blocks 16385-20479) csum 0x43e1 [INODE_UNINIT, ITABLE_ZEROED]
    Block bitmap at 164 (bg #0 + 163), csum 0x45b37ef4
    Inode bitmap at 167 (bg #0 + 166), csum 0x00000000
    Inode table at 1020-1445 (bg #0 + 1019)
    4095 free blocks, 1704 free inodes, 0 directories, 1704 unused inodes
    Free blocks: 16385-20479
    Free inodes: 3409-5112
  $ { truncate -s 30M m.img; mke2fs -q -t ext3 -b 2048 m.img; dumpe2fs m.img 2>/dev/null | sed -n '/^Group 0/,$p'; dumpe2fs -g m.img 2>/dev/null; } 2>&1
  Group 0: (Blocks 0-15359)
    Primary superblock at 0, Group descriptors at 1-1
    Reserved GDT blocks at 2-15
    Block bitmap at 16 (+16)
    Inode bitmap at 17 (+17)
    Inode table at 18-977 (+18)
    13345 free blocks, 7669 free inodes, 2 directories
    Free blocks: 2015-15359
    Free inodes: 12-7680
  
  group:block:super:gdt:bbitmap:ibitmap:itable
  0:0:0:1-1:16:17:18
  $ { mke2fs -b 512 a.img; mke2fs -i 100 a.img; mke2fs -F -I 100 a.img 3000; mke2fs -N x a.img; mke2fs -m 60 a.img; mke2fs -t ext4 -J size=8 -F a.img 3000; mke2fs -O nosuch -F a.img; mke2fs -g 100 a.img; mke2fs -G 3 a.img; mke2fs -n nosuch 3000; } 2>&1
  mke2fs: invalid block size - 512
  mke2fs: invalid inode ratio 100 (min 1024/max 67108864)
  mke2fs 1.47.0 (5-Feb-2023)
  mke2fs: invalid inode size 100 (min 128/max 1024)
  mke2fs: bad num inodes - x
  mke2fs: invalid reserved blocks percent - 60
  mke2fs 1.47.0 (5-Feb-2023)
  
  Total journal size too big for filesystem.
  mke2fs 1.47.0 (5-Feb-2023)
  Invalid filesystem option set: nosuch
  mke2fs: blocks per group must be multiple of 8
  mke2fs: flex_bg size must be a power of 2
  mke2fs 1.47.0 (5-Feb-2023)
  mke2fs: No such file or directory while trying to determine hardware sector size
  [1]
  $ { tune2fs -c 100000 a.img 2>&1 >/dev/null | head -1; tune2fs -i x a.img 2>&1 >/dev/null | head -1; tune2fs -m 60 a.img 2>&1 >/dev/null | head -1; tune2fs -r 60000 a.img 2>&1 >/dev/null | head -1; tune2fs -O foo a.img 2>&1 >/dev/null; tune2fs -O ^extents a.img 2>&1 >/dev/null; tune2fs -O ^flex_bg a.img 2>&1 >/dev/null; tune2fs -j a.img 2>&1 >/dev/null; tune2fs -o foo a.img 2>&1 >/dev/null; tune2fs -U foo a.img 2>&1 >/dev/null; } 2>&1
  tune2fs: bad mounts count - 100000
  tune2fs: bad interval - x
  tune2fs: bad reserved block ratio - 60
  tune2fs: reserved blocks count is too big (60000)
  Invalid filesystem option set: foo
  Clearing filesystem feature 'extent' not supported.
  Clearing the flex_bg flag would cause the the filesystem to be
  inconsistent.
  The filesystem already has a journal.
  Invalid mount option set: foo
  tune2fs: Invalid UUID format
  
  [1]
  $ { tune2fs -c 5 -i 2w -e remount-ro -m 1 -g daemon -u root -E stride=4,stripe_width=8,mount_opts=noatime -o journal_data a.img; tune2fs -l a.img | grep -E 'options|mount count|interval|behavior|Reserved|RAID'; } 2>&1
  tune2fs 1.47.0 (5-Feb-2023)
  Setting maximal mount count to 5
  Setting error behavior to 2
  Setting reserved blocks gid to 1
  Setting interval between checks to 1209600 seconds
  Setting reserved blocks percentage to 1% (204 blocks)
  Setting reserved blocks uid to 0
  Setting stride size to 4
  Setting stripe width to 8
  Setting extended default mount options to 'noatime'
  Default mount options:    journal_data user_xattr acl
  Mount options:            noatime
  Errors behavior:          Remount read-only
  Reserved block count:     204
  Reserved GDT blocks:      159
  RAID stride:              4
  RAID stripe width:        8
  Maximum mount count:      5
  Check interval:           1209600 (2 weeks)
  Reserved blocks uid:      0 (user root)
  Reserved blocks gid:      1 (group daemon)
  $ { tune2fs -T 20200101 a.img >/dev/null; e2fsck -p a.img | sed 's/[0-9]* days/N days/' | head -1; tune2fs -l a.img | grep -c 'Last checked:.* 2026'; tune2fs -C 5 a.img; e2fsck -p a.img | head -1; } 2>&1
  data has gone N days without being checked, check forced.
  1
  tune2fs 1.47.0 (5-Feb-2023)
  Setting current mount count to 5
  data has been mounted 5 times without being checked, check forced.
  $ { cp s.img a.img; debugfs -w -R "sif f links_count 7" a.img; e2fsck -p a.img | cut -d, -f1; e2fsck -fp a.img | head -1; e2fsck -fp a.img | grep -c links; } 2>&1
  debugfs 1.47.0 (5-Feb-2023)
  data: clean
  data: Inode 12 ref count is 7, should be 1.  FIXED.
  0
  [1]
  $ { cp s.img a.img; debugfs -w -R "unlink dir/big" a.img; e2fsck -fp a.img; e2fsck -fy a.img | grep -v blocks$; debugfs -R 'cat lost+found/#15' a.img 2>/dev/null | wc -c; } 2>&1
  debugfs 1.47.0 (5-Feb-2023)
  data: Unattached inode 15
  
  
  data: UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY.
  	(i.e., without -a or -p options)
  e2fsck 1.47.0 (5-Feb-2023)
  Pass 1: Checking inodes, blocks, and sizes
  Pass 2: Checking directory structure
  Pass 3: Checking directory connectivity
  Pass 4: Checking reference counts
  Unattached inode 15
  Connect to /lost+found? yes
  
  Inode 15 ref count is 2, should be 1.  Fix? yes
  
  Pass 5: Checking group summary information
  
  data: ***** FILE SYSTEM WAS MODIFIED *****
  5000
  $ { cp s.img a.img; debugfs -w -R "clri <12>" a.img; debugfs -w -R "setb 5000 4" a.img; e2fsck -fy a.img | grep -v -e blocks$ -e ^Free; debugfs -R 'cat f' a.img; } 2>&1
  debugfs 1.47.0 (5-Feb-2023)
  debugfs 1.47.0 (5-Feb-2023)
  e2fsck 1.47.0 (5-Feb-2023)
  Pass 1: Checking inodes, blocks, and sizes
  Pass 2: Checking directory structure
  Entry 'f' in / (2) has deleted/unused inode 12.  Clear? yes
  
  Pass 3: Checking directory connectivity
  Pass 4: Checking reference counts
  Pass 5: Checking group summary information
  Block bitmap differences:  -1460 -(5000--5003)
  Fix? yes
  
  Fix? yes
  
  Fix? yes
  
  Inode bitmap differences:  -12
  Fix? yes
  
  Fix? yes
  
  Fix? yes
  
  
  data: ***** FILE SYSTEM WAS MODIFIED *****
  debugfs 1.47.0 (5-Feb-2023)
  f: File not found by ext2_lookup
  $ { cp s.img a.img; debugfs -w -R "ssv state 0" a.img; e2fsck -p a.img | grep -v blocks$; debugfs -w -R "ssv state 3" a.img; e2fsck -p a.img | grep -v blocks$; debugfs -w -R "feature needs_recovery" a.img 2>/dev/null >/dev/null; e2fsck -p a.img | cut -d, -f1; } 2>&1
  debugfs 1.47.0 (5-Feb-2023)
  data was not cleanly unmounted, check forced.
  debugfs 1.47.0 (5-Feb-2023)
  data contains a file system with errors, check forced.
  data: recovering journal
  data: clean
  $ { cp s.img a.img; dd if=/dev/zero of=a.img bs=1k count=2 conv=notrunc 2>/dev/null; e2fsck -p a.img; debugfs -R 'cat f' a.img; dumpe2fs -h -o superblock=8193 a.img | head -3; e2fsck -fy -b 8193 a.img | grep -c ^Pass; debugfs -R 'cat f' a.img; debugfs -R 'cat dir/big' a.img 2>/dev/null | wc -c; } 2>&1
  e2fsck: Bad magic number in super-block while trying to open a.img
  a.img:
  The superblock could not be read or does not describe a valid ext2/ext3/ext4
  filesystem.  If the device is valid and it really contains an ext2/ext3/ext4
  filesystem (and not swap or ufs or something else), then the superblock
  is corrupt, and you might try running e2fsck with an alternate superblock:
      e2fsck -b 8193 <device>
   or
      e2fsck -b 32768 <device>
  
  debugfs 1.47.0 (5-Feb-2023)
  debugfs: Bad magic number in super-block while trying to open a.img
  cat: Filesystem not open
  dumpe2fs 1.47.0 (5-Feb-2023)
  Filesystem volume name:   data
  Last mounted on:          <not available>
  Filesystem UUID:          11111111-2222-3333-4444-555555555555
  e2fsck 1.47.0 (5-Feb-2023)
  5
  debugfs 1.47.0 (5-Feb-2023)
  hello
  5000
  $ { e2fsck a.img </dev/null; e2fsck -pn a.img; e2fsck -nD a.img; e2fsck -y nosuch; e2fsck -p nosuch; e2fsck -p f; } 2>&1
  e2fsck 1.47.0 (5-Feb-2023)
  e2fsck: need terminal for interactive repairs
  e2fsck: Only one of the options -p/-a, -n or -y may be specified.
  e2fsck: The -n and -D options are incompatible.
  e2fsck 1.47.0 (5-Feb-2023)
  e2fsck: No such file or directory while trying to open nosuch
  Possibly non-existent device?
  e2fsck: No such file or directory while trying to open nosuch
  Possibly non-existent device?
  e2fsck: Attempt to read block from filesystem resulted in short read while trying to open f
  Could this be a zero-length partition?
  [8]
  $ { truncate -s 8M q.img; badblocks -v q.img; badblocks -v -b 4096 q.img 100 10; badblocks -v -w -t 0xff q.img; badblocks -nv q.img; badblocks -w -n q.img; badblocks -b x q.img; badblocks -t foo -w q.img; badblocks q.img 10 100; badblocks q.img 8193 8190; } 2>&1
  Checking blocks 0 to 8191
  Checking for bad blocks (read-only test): done
  Pass completed, 0 bad blocks found. (0/0/0 errors)
  Checking blocks 10 to 100
  Checking for bad blocks (read-only test): done
  Pass completed, 0 bad blocks found. (0/0/0 errors)
  Checking for bad blocks in read-write mode
  From block 0 to 8191
  Testing with pattern 0xff: done
  Reading and comparing: done
  Pass completed, 0 bad blocks found. (0/0/0 errors)
  Checking for bad blocks in non-destructive read-write mode
  From block 0 to 8191
  Testing with random pattern: Pass completed, 0 bad blocks found. (0/0/0 errors)
  badblocks: The -n and -w options are mutually exclusive.
  
  badblocks: invalid block size - x
  badblocks: invalid test pattern - foo
  badblocks: invalid starting block (100): must be less than 11
  8192
  8193
  $ { mke2fs -q -F q.img; e2freefrag -c 1024 q.img; e2freefrag; tune2fs -z u.e2undo -L foo q.img; e2label q.img; e2undo u.e2undo q.img; e2undo u.e2undo q.img; e2label q.img; e2undo nosuch q.img; } 2>&1
  Device: q.img
  Blocksize: 1024 bytes
  Total blocks: 8192
  Free blocks: 7630 (93.1%)
  
  Chunksize: 1048576 bytes (1024 blocks)
  Total chunks: 9
  Free chunks: 7 (77.8%)
  
  Min. free extent: 7630 KB
  Max. free extent: 7630 KB
  Avg. free extent: 7630 KB
  Num. free extent: 1
  
  HISTOGRAM OF FREE EXTENT SIZES:
  Extent Size Range :  Free extents   Free Blocks  Percent
      4M...    8M-  :             1          7630  100.00%
  e2freefrag: missing device name.
  usage: e2freefrag [-c chunksize in kb] [-h] device_name
  tune2fs 1.47.0 (5-Feb-2023)
  Overwriting existing filesystem; this can be undone using the command:
      e2undo u.e2undo q.img
  
  foo
  The file system superblock doesn't match the undo file.
  
  e2undo: No such file or directory while opening undo file `nosuch'
  
  [1]
  $ { logsave lg sh -c 'echo a; exit 3'; sed -E 's/^[A-Z][a-z]{2} .*/DATE/' lg; logsave lg nosuch; mkdir ml; cd ml; mklost+found; mklost+found; stat -c '%A %n' lost+found; } 2>&1
  a
  sh exited with status code 3
  DATE
  DATE
  
  a
  sh exited with status code 3
  
  DATE
  ----------------
  nosuch: No such file or directory
  nosuch exited with status code 1
  mklost+found 1.47.0 (5-Feb-2023)
  mklost+found 1.47.0 (5-Feb-2023)
  mkdir: File exists
  drwx------ lost+found
  $ { truncate -s 1M ho; filefrag -v ho; filefrag; filefrag -V; mkdir e; e4defrag -c e 2>/dev/null; } 2>&1
  Filesystem type is: ef53
  File size of ho is 1048576 (256 blocks of 4096 bytes)
  ho: 0 extents found
  Usage: filefrag [-b{blocksize}[KMG]] [-BeEksvxX] file ...
  filefrag 1.47.0 (5-Feb-2023)
  e4defrag 1.47.0 (5-Feb-2023)
   In this directory(e), none can be defragmented.
   Done.
  [1]
