resize2fs 1.47.0, blkid, wipefs and sfdisk 2.38.1 of Debian 12 on image files; recorded from the real programs
host: debian-12

  $ { truncate -s 64M a.img; mke2fs -q -t ext4 -L data -U 11111111-2222-3333-4444-555555555555 a.img; resize2fs nosuch; resize2fs a.img; truncate -s 100M a.img; resize2fs a.img; resize2fs a.img 150M; resize2fs a.img 30M; e2fsck -fp a.img; resize2fs a.img 30M; stat -c %s a.img; dumpe2fs -h a.img 2>/dev/null | grep -E 'count|Free|Inodes'; debugfs -w -R "ssv state 0" a.img; resize2fs a.img 70M; } 2>&1
  resize2fs 1.47.0 (5-Feb-2023)
  open: No such file or directory while opening nosuch
  resize2fs 1.47.0 (5-Feb-2023)
  The filesystem is already 65536 (1k) blocks long.  Nothing to do!
  
  resize2fs 1.47.0 (5-Feb-2023)
  Resizing the filesystem on a.img to 102400 (1k) blocks.
  The filesystem on a.img is now 102400 (1k) blocks long.
  
  resize2fs 1.47.0 (5-Feb-2023)
  Resizing the filesystem on a.img to 153600 (1k) blocks.
  The filesystem on a.img is now 153600 (1k) blocks long.
  
  resize2fs 1.47.0 (5-Feb-2023)
  Resizing the filesystem on a.img to 30720 (1k) blocks.
  The filesystem on a.img is now 30720 (1k) blocks long.
  
  data: 11/8192 files (0.0% non-contiguous), 6941/30720 blocks
  resize2fs 1.47.0 (5-Feb-2023)
  The filesystem is already 30720 (1k) blocks long.  Nothing to do!
  
  31457280
  Inode count:              8192
  Block count:              30720
  Reserved block count:     1535
  Free blocks:              23779
  Free inodes:              8181
  Inodes per group:         2048
  Mount count:              0
  Maximum mount count:      -1
  debugfs 1.47.0 (5-Feb-2023)
  resize2fs 1.47.0 (5-Feb-2023)
  Please run 'e2fsck -f a.img' first.
  
  [1]
  $ { blkid -p a.img; blkid -p -o udev a.img; blkid -p -o export a.img; blkid -k | head -3; wipefs -p a.img; wipefs -n -a a.img; } 2>&1
  a.img: LABEL="data" UUID="11111111-2222-3333-4444-555555555555" VERSION="1.0" BLOCK_SIZE="1024" TYPE="ext4" USAGE="filesystem"
  ID_FS_LABEL=data
  ID_FS_LABEL_ENC=data
  ID_FS_UUID=11111111-2222-3333-4444-555555555555
  ID_FS_UUID_ENC=11111111-2222-3333-4444-555555555555
  ID_FS_VERSION=1.0
  ID_FS_BLOCK_SIZE=1024
  ID_FS_TYPE=ext4
  ID_FS_USAGE=filesystem
  DEVNAME=a.img
  LABEL=data
  UUID=11111111-2222-3333-4444-555555555555
  VERSION=1.0
  BLOCK_SIZE=1024
  TYPE=ext4
  USAGE=filesystem
  linux_raid_member
  ddf_raid_member
  isw_raid_member
  0x438,11111111-2222-3333-4444-555555555555,data,ext4
  a.img: 2 bytes were erased at offset 0x00000438 (ext4): 53 ef
  $ { truncate -s 50M d.img; printf 'label: dos\nlabel-id: 0x12345678\nsize=20M, type=83, bootable\nsize=10M, type=82\n' | sfdisk d.img | grep Created; sfdisk -A d.img 2; sfdisk --disk-id d.img 0xabcdef01; sfdisk -d d.img; sfdisk --part-type d.img 1 8e; sfdisk -d d.img | grep -c type=8e; } 2>&1
  >>> Created a new DOS (MBR) disklabel with disk identifier 0x12345678.
  d.img1: Created a new partition 1 of type 'Linux' and of size 20 MiB.
  d.img2: Created a new partition 2 of type 'Linux swap / Solaris' and of size 10 MiB.
  The bootable flag on partition 1 is disabled now.
  The bootable flag on partition 2 is enabled now.
  
  The partition table has been altered.
  Syncing disks.
  Disk identifier changed from 0x12345678 to 0xabcdef01.
  
  The partition table has been altered.
  Syncing disks.
  label: dos
  label-id: 0xabcdef01
  device: d.img
  unit: sectors
  sector-size: 512
  
  d.img1 : start=        2048, size=       40960, type=83
  d.img2 : start=       43008, size=       20480, type=82, bootable
  
  The partition table has been altered.
  Syncing disks.
  1
