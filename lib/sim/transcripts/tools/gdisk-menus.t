The menus of gdisk 1.0.9 and options of sgdisk beside them: moved, resized and damaged tables, hybrid MBRs, a GPT made an MBR (recorded from the real programs on image files).
host: debian-12

  $ g() { printf '%s\n' "$@" | gdisk d 2>&1 | sed -E 's/[0-9A-F]{8}-[0-9A-F-]{27}/GUID/g; 1,/^Command/s/^Command[^:]*: //' | cat -v; }; s() { truncate -s 0 d; truncate -s 100M d; sgdisk "$@" d > /dev/null; }
  $ s -n 1:0:+20M; g x j 100 p s 64 p s 5 v d l 8 d m q | sed 1,10d
  
  Expert command (? for help): Currently, main partition table begins at sector 2 and ends at sector 33
  Enter new starting location (2 to 2016; default is 2; 1 to abort): 
  Expert command (? for help): Disk d: 204800 sectors, 100.0 MiB
  Sector size (logical): 512 bytes
  Disk identifier (GUID): GUID
  Partition table holds up to 128 entries
  Main partition table begins at sector 100 and ends at sector 131
  First usable sector is 132, last usable sector is 204766
  Partitions will be aligned on 2048-sector boundaries
  Total free space is 163675 sectors (79.9 MiB)
  
  Number  Start (sector)    End (sector)  Size       Code  Name
     1            2048           43007   20.0 MiB    8300  
  
  Expert command (? for help): Current partition table size is 128.
  Enter new size (4 up, default 128): Caution: The partition table size should officially be 16KB or larger,
  which works out to 128 entries. In practice, smaller tables seem to
  work with most OSes, but this practice is risky. I'm proceeding with
  the resize, but you may want to reconsider this action and undo it.
  
  
  Expert command (? for help): Disk d: 204800 sectors, 100.0 MiB
  Sector size (logical): 512 bytes
  Disk identifier (GUID): GUID
  Partition table holds up to 64 entries
  Main partition table begins at sector 100 and ends at sector 115
  First usable sector is 116, last usable sector is 204684
  Partitions will be aligned on 2048-sector boundaries
  Total free space is 163609 sectors (79.9 MiB)
  
  Number  Start (sector)    End (sector)  Size       Code  Name
     1            2048           43007   20.0 MiB    8300  
  
  Expert command (? for help): Current partition table size is 64.
  Enter new size (4 up, default 128): Caution: The partition table size should officially be 16KB or larger,
  which works out to 128 entries. In practice, smaller tables seem to
  work with most OSes, but this practice is risky. I'm proceeding with
  the resize, but you may want to reconsider this action and undo it.
  
  Adjusting GPT size from 5 to 8 to fill the sector
  
  Expert command (? for help): 
  Warning: There is a gap between the main metadata (sector 1) and the main
  partition table (sector 100). This is helpful in some exotic configurations,
  but is generally ill-advised. Using 'j' on the experts' menu can adjust this
  gap.
  
  Warning: The size of the partition table (1024 bytes) is less than the minimum
  required by the GPT specification. Most OSes and tools seem to work fine on
  such disks, but this is a violation of the GPT specification and so may cause
  problems.
  
  No problems found. 163637 free sectors (79.9 MiB) available in 2
  segments, the largest of which is 161691 (79.0 MiB) in size.
  
  Expert command (? for help): Partitions will begin on 2048-sector boundaries.
  
  Expert command (? for help): Enter the sector alignment value (1-65536, default = 2048): 
  Expert command (? for help): Partitions will begin on 8-sector boundaries.
  
  Expert command (? for help): 
  Command (? for help): 
  $ s -n 1:0:+10M -n 2:0:+20M; g r h '1 2 9' y '' n 82 y n o h '' v w y | sed 1,10d; gdisk -l d | head -9; sgdisk -O d; sgdisk -d 1 d; sgdisk -O d
  
  Recovery/transformation command (? for help): 
  WARNING! Hybrid MBRs are flaky and dangerous! If you decide not to use one,
  just hit the Enter key at the below prompt and your MBR partition table will
  be untouched.
  
  ^GType from one to three GPT partition numbers, separated by spaces, to be
  added to the hybrid MBR, in sequence: Place EFI GPT (0xEE) partition first in MBR (good for GRUB)? (Y/N): 
  Creating entry for GPT partition #1 (MBR partition #2)
  Enter an MBR hex code (default 83): Set the bootable flag? (Y/N): 
  Creating entry for GPT partition #2 (MBR partition #3)
  Enter an MBR hex code (default 83): Set the bootable flag? (Y/N): 
  GPT partition #9 does not exist or is too big; skipping.
  
  Unused partition space(s) found. Use one to protect more partitions? (Y/N): 
  Recovery/transformation command (? for help): 
  Disk size is 204800 sectors (100.0 MiB)
  MBR disk identifier: 0x00000000
  MBR partitions:
  
  Number  Boot  Start Sector   End Sector   Status      Code
     1                     1         2047   primary     0xEE
     2                  2048        22527   primary     0x83
     3      *          22528        63487   primary     0x82
  
  Recovery/transformation command (? for help): 
  WARNING! Hybrid MBRs are flaky and dangerous! If you decide not to use one,
  just hit the Enter key at the below prompt and your MBR partition table will
  be untouched.
  
  ^GType from one to three GPT partition numbers, separated by spaces, to be
  added to the hybrid MBR, in sequence: 
  No partitions converted; original protective/hybrid MBR is unmodified!
  
  Recovery/transformation command (? for help): 
  No problems found. 143293 free sectors (70.0 MiB) available in 2
  segments, the largest of which is 141279 (69.0 MiB) in size.
  
  Recovery/transformation command (? for help): 
  Final checks complete. About to write GPT data. THIS WILL OVERWRITE EXISTING
  PARTITIONS!!
  
  Do you want to proceed? (Y/N): OK; writing new GUID partition table (GPT) to d.
  Warning: The kernel is still using the old partition table.
  The new table will be used at the next reboot or after you
  run partprobe(8) or kpartx(8)
  The operation has completed successfully.
  GPT fdisk (gdisk) version 1.0.9
  
  Partition table scan:
    MBR: hybrid
    BSD: not present
    APM: not present
    GPT: present
  
  Found valid GPT with hybrid MBR; using GPT.
  
  Disk size is 204800 sectors (100.0 MiB)
  MBR disk identifier: 0x00000000
  MBR partitions:
  
  Number  Boot  Start Sector   End Sector   Status      Code
     1                     1         2047   primary     0xEE
     2                  2048        22527   primary     0x83
     3      *          22528        63487   primary     0x82
  Warning: The kernel is still using the old partition table.
  The new table will be used at the next reboot or after you
  run partprobe(8) or kpartx(8)
  The operation has completed successfully.
  
  Disk size is 204800 sectors (100.0 MiB)
  MBR disk identifier: 0x00000000
  MBR partitions:
  
  Number  Boot  Start Sector   End Sector   Status      Code
     1                     1        22527   primary     0xEE
     3      *          22528        63487   primary     0x82
  $ s -n 1:0:+10M -n 2:0:+20M; sgdisk -h 2:EE d > /dev/null; sgdisk -O d; g r h 1 y 7 y y 83 o q | sed 1,10d; dd if=d bs=1 skip=440 count=72 status=none | xxd
  
  Disk size is 204800 sectors (100.0 MiB)
  MBR disk identifier: 0x00000000
  MBR partitions:
  
  Number  Boot  Start Sector   End Sector   Status      Code
     1                 22528        63487   primary     0x83
     2                     1        22527   primary     0xEE
  
  Recovery/transformation command (? for help): 
  WARNING! Hybrid MBRs are flaky and dangerous! If you decide not to use one,
  just hit the Enter key at the below prompt and your MBR partition table will
  be untouched.
  
  ^GType from one to three GPT partition numbers, separated by spaces, to be
  added to the hybrid MBR, in sequence: Place EFI GPT (0xEE) partition first in MBR (good for GRUB)? (Y/N): 
  Creating entry for GPT partition #1 (MBR partition #2)
  Enter an MBR hex code (default 83): Set the bootable flag? (Y/N): 
  Unused partition space(s) found. Use one to protect more partitions? (Y/N): Note: Default is 0xEE, but this may confuse Mac OS X.
  Enter an MBR hex code (default EE): 
  Recovery/transformation command (? for help): 
  Disk size is 204800 sectors (100.0 MiB)
  MBR disk identifier: 0x00000000
  MBR partitions:
  
  Number  Boot  Start Sector   End Sector   Status      Code
     1                     1         2047   primary     0xEE
     2      *           2048        22527   primary     0x07
     4                 22528       204799   primary     0x83
  
  Recovery/transformation command (? for help): 00000000: 0000 0000 0000 0066 2601 83f2 2f03 0058  .......f&.../..X
  00000010: 0000 00a0 0000 0000 0200 ee66 2501 0100  ...........f%...
  00000020: 0000 ff57 0000 0000 0000 0000 0000 0000  ...W............
  00000030: 0000 0000 0000 0000 0000 0000 0000 0000  ................
  00000040: 0000 0000 0000 55aa                      ......U.
  $ s -n 1:0:+10M -n 2:40960:+20M -n 3:0:+1M -n 4:0:+1M -n 5:0:+1M; g r g p o 3 l 2 t 1 82 p q y q | sed 1,10d
  
  Recovery/transformation command (? for help): 
  MBR command (? for help): 
  ** NOTE: Partition numbers do NOT indicate final primary/logical status,
  ** unlike in most MBR partitioning tools!
  ^G
  ** Extended partitions are not displayed, but will be generated as required.
  
  Disk size is 204800 sectors (100.0 MiB)
  MBR disk identifier: 0x00000000
  MBR partitions:
  
                                                     Can Be   Can Be
  Number  Boot  Start Sector   End Sector   Status   Logical  Primary   Code
     1                  2048        22527   primary     Y        Y      0x83
     2                 40960        81919   logical     Y        Y      0x83
     3                 81920        83967   primary              Y      0x83
     4                 83968        86015   primary              Y      0x83
     5                 86016        88063   omitted                     0x83
  
  MBR command (? for help): Partition to omit: 
  MBR command (? for help): Partition to set as logical: 
  MBR command (? for help): Partition to change type code: Enter an MBR hex code: 
  MBR command (? for help): 
  Disk size is 204800 sectors (100.0 MiB)
  MBR disk identifier: 0x00000000
  MBR partitions:
  
                                                     Can Be   Can Be
  Number  Boot  Start Sector   End Sector   Status   Logical  Primary   Code
     1                  2048        22527   primary     Y        Y      0x82
     2                 40960        81919   logical     Y        Y      0x83
     3                 81920        83967   omitted              Y      0x83
     4                 83968        86015   primary     Y        Y      0x83
     5                 86016        88063   omitted              Y      0x83
  
  MBR command (? for help): This will abandon your changes. Are you sure? (Y/N): Note: New protective MBR created
  
  
  Recovery/transformation command (? for help): 
  $ for i in 1 2 3 4 5 6; do [ $i = 1 ] && s -n 1:8192:+1M || sgdisk -n $i:$((i*8192)):+1M d > /dev/null; done; g r g p w y | sed 1,10d; fdisk -l d | tail -8
  
  Recovery/transformation command (? for help): 
  MBR command (? for help): 
  ** NOTE: Partition numbers do NOT indicate final primary/logical status,
  ** unlike in most MBR partitioning tools!
  ^G
  ** Extended partitions are not displayed, but will be generated as required.
  
  Disk size is 204800 sectors (100.0 MiB)
  MBR disk identifier: 0x00000000
  MBR partitions:
  
                                                     Can Be   Can Be
  Number  Boot  Start Sector   End Sector   Status   Logical  Primary   Code
     1                  8192        10239   primary     Y        Y      0x83
     2                 16384        18431   logical     Y        Y      0x83
     3                 24576        26623   logical     Y               0x83
     4                 32768        34815   logical     Y               0x83
     5                 40960        43007   logical     Y               0x83
     6                 49152        51199   logical     Y        Y      0x83
  
  MBR command (? for help): 
  Converted 6 partitions. Finalize and exit? (Y/N): Warning: The kernel is still using the old partition table.
  The new table will be used at the next reboot or after you
  run partprobe(8) or kpartx(8)
  GPT data structures destroyed! You may now partition the disk using fdisk or
  other utilities.
  Device Boot Start   End Sectors Size Id Type
  d1           8192 10239    2048   1M 83 Linux
  d2          16383 51199   34817  17M  f W95 Ext'd (LBA)
  d5          16384 18431    2048   1M 83 Linux
  d6          24576 26623    2048   1M 83 Linux
  d7          32768 34815    2048   1M 83 Linux
  d8          40960 43007    2048   1M 83 Linux
  d9          49152 51199    2048   1M 83 Linux
  $ s -n 1:0:+10M; dd if=/dev/zero of=d bs=512 seek=1 count=1 conv=notrunc status=none; g p v q
  GPT fdisk (gdisk) version 1.0.9
  
  ^GCaution: invalid main GPT header, but valid backup; regenerating main header
  from backup!
  
  ^GWarning: Invalid CRC on main header data; loaded backup partition table.
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
  
  ^G^G****************************************************************************
  Caution: Found protective or hybrid MBR and corrupt GPT. Using GPT, but disk
  verification and recovery are STRONGLY recommended.
  ****************************************************************************
  
  Disk d: 204800 sectors, 100.0 MiB
  Sector size (logical): 512 bytes
  Disk identifier (GUID): GUID
  Partition table holds up to 128 entries
  Main partition table begins at sector 2 and ends at sector 33
  First usable sector is 34, last usable sector is 204766
  Partitions will be aligned on 2048-sector boundaries
  Total free space is 184253 sectors (90.0 MiB)
  
  Number  Start (sector)    End (sector)  Size       Code  Name
     1            2048           22527   10.0 MiB    8300  
  
  Command (? for help): 
  No problems found. 184253 free sectors (90.0 MiB) available in 2
  segments, the largest of which is 182239 (89.0 MiB) in size.
  
  Command (? for help): 
  $ s -n 1:0:+10M; printf x | dd of=d bs=1 seek=$(((204799-32)*512+70)) conv=notrunc status=none; g v r c y e y v q | sed 1,25d; dd if=/dev/zero of=d bs=512 seek=2 count=1 conv=notrunc status=none; g r i q
  table when you save your partitions.
  
  Identified 1 problems!
  
  Command (? for help): 
  Recovery/transformation command (? for help): Warning! This will probably do weird things if you've converted an MBR to
  GPT form and haven't yet saved the GPT! Proceed? (Y/N): Caution! After loading partitions, the CRC doesn't check out!
  
  Recovery/transformation command (? for help): Warning! This will probably do weird things if you've converted an MBR to
  GPT form and haven't yet saved the GPT! Proceed? (Y/N): 
  Recovery/transformation command (? for help): 
  No problems found. 184253 free sectors (90.0 MiB) available in 2
  segments, the largest of which is 182239 (89.0 MiB) in size.
  
  Recovery/transformation command (? for help): GPT fdisk (gdisk) version 1.0.9
  
  Caution! After loading partitions, the CRC doesn't check out!
  Warning! Main and backup partition tables differ! Use the 'c' and 'e' options
  on the recovery & transformation menu to examine the two tables.
  
  Warning! One or more CRCs don't match. You should repair the disk!
  Main header: OK
  Backup header: OK
  Main partition table: ERROR
  Backup partition table: ERROR
  
  Partition table scan:
    MBR: protective
    BSD: not present
    APM: not present
    GPT: damaged
  
  ^G^G****************************************************************************
  Caution: Found protective or hybrid MBR and corrupt GPT. Using GPT, but disk
  verification and recovery are STRONGLY recommended.
  ****************************************************************************
  
  
  Recovery/transformation command (? for help): No partitions
  
  Recovery/transformation command (? for help): 
  $ s -n 1:0:+10M -n 2:0:0; truncate -s 90M d; g v w q | tail -n +12; truncate -s 120M d; g v w n y | sed 1,10d; sgdisk -v d
  Main header: OK
  Backup header: ERROR
  Main partition table: OK
  Backup partition table: ERROR
  
  Partition table scan:
    MBR: protective
    BSD: not present
    APM: not present
    GPT: damaged
  
  ^G^G****************************************************************************
  Caution: Found protective or hybrid MBR and corrupt GPT. Using GPT, but disk
  verification and recovery are STRONGLY recommended.
  ****************************************************************************
  
  
  Caution: The CRC for the backup partition table is invalid. This table may
  be corrupt. This program will automatically create a new backup partition
  table when you save your partitions.
  
  Problem: The secondary header's self-pointer indicates that it doesn't reside
  at the end of the disk. If you've added a disk to a RAID array, use the 'e'
  option on the experts' menu to adjust the secondary header's and partition
  table's locations.
  
  Problem: Disk is too small to hold all the data!
  (Disk size is 184320 sectors, needs to be 204800 sectors.)
  The 'e' option on the experts' menu may fix this problem.
  
  Problem: GPT claims the disk is larger than it is! (Claimed last usable
  sector is 204766, but backup header is at
  204799 and disk size is 184320 sectors.
  The 'e' option on the experts' menu will probably fix this problem
  
  Problem: partition 2 is too big for the disk.
  
  Partition(s) in the protective MBR are too big for the disk! Creating a
  fresh protective or hybrid MBR is recommended.
  
  Caution: Partition 2 doesn't end on a 2048-sector boundary. This may
  result in problems with some disk encryption tools.
  
  Identified 6 problems!
  
  Command (? for help): Caution! Secondary header was placed beyond the disk's limits! Moving the
  header, but other problems may occur!
  
  Warning! Secondary partition table overlaps the last partition by
  20480 blocks!
  You will need to delete this partition or resize it in another utility.
  
  Problem: partition 2 is too big for the disk.
  Aborting write operation!
  Aborting write of new partition table.
  
  Command (? for help): Backup header: ERROR
  Main partition table: OK
  Backup partition table: ERROR
  
  Partition table scan:
    MBR: protective
    BSD: not present
    APM: not present
    GPT: damaged
  
  ^G^G****************************************************************************
  Caution: Found protective or hybrid MBR and corrupt GPT. Using GPT, but disk
  verification and recovery are STRONGLY recommended.
  ****************************************************************************
  
  
  Caution: The CRC for the backup partition table is invalid. This table may
  be corrupt. This program will automatically create a new backup partition
  table when you save your partitions.
  
  Problem: The secondary header's self-pointer indicates that it doesn't reside
  at the end of the disk. If you've added a disk to a RAID array, use the 'e'
  option on the experts' menu to adjust the secondary header's and partition
  table's locations.
  
  Caution: Partition 2 doesn't end on a 2048-sector boundary. This may
  result in problems with some disk encryption tools.
  
  Identified 2 problems!
  
  Command (? for help): Warning! Secondary header is placed too early on the disk! Do you want to
  correct this problem? (Y/N): Have not corrected the problem. Strange problems may occur in the future!
  
  Final checks complete. About to write GPT data. THIS WILL OVERWRITE EXISTING
  PARTITIONS!!
  
  Do you want to proceed? (Y/N): OK; writing new GUID partition table (GPT) to d.
  Warning: The kernel is still using the old partition table.
  The new table will be used at the next reboot or after you
  run partprobe(8) or kpartx(8)
  The operation has completed successfully.
  
  Problem: The secondary header's self-pointer indicates that it doesn't reside
  at the end of the disk. If you've added a disk to a RAID array, use the 'e'
  option on the experts' menu to adjust the secondary header's and partition
  table's locations.
  
  Caution: Partition 2 doesn't end on a 2048-sector boundary. This may
  result in problems with some disk encryption tools.
  
  Identified 1 problems!
  $ s -n 1:0:+10M; truncate -s 100M e; echo size=10M | sfdisk -q e; dd if=e of=d bs=512 count=1 conv=notrunc status=none; sgdisk -p d; g 1 p q | tail -n +8; g 2 q | tail -n +8
  Invalid partition data!
  
  Found valid MBR and GPT. Which do you want to use?
   1 - MBR
   2 - GPT
   3 - Create blank GPT
  
  Your answer: 
  Disk d: 204800 sectors, 100.0 MiB
  Sector size (logical): 512 bytes
  Disk identifier (GUID): GUID
  Partition table holds up to 128 entries
  Main partition table begins at sector 2 and ends at sector 33
  First usable sector is 34, last usable sector is 204766
  Partitions will be aligned on 2048-sector boundaries
  Total free space is 184253 sectors (90.0 MiB)
  
  Number  Start (sector)    End (sector)  Size       Code  Name
     1            2048           22527   10.0 MiB    8300  Linux filesystem
  
  Command (? for help): 
  Found valid MBR and GPT. Which do you want to use?
   1 - MBR
   2 - GPT
   3 - Create blank GPT
  
  Your answer: Using GPT and creating fresh protective MBR.
  
  $ truncate -s 10K f; printf 'p\nq\n' | gdisk f | tail -n +3; gdisk -x d; gdisk nofile; gdisk a b c; printf 'n\n' | gdisk d > /dev/null
  Partition table scan:
    MBR: not present
    BSD: not present
    APM: not present
    GPT: not present
  
  Creating new GPT entries in memory.
  Disk is too small to hold GPT data (20 sectors)! Aborting!
  GPT fdisk (gdisk) version 1.0.9
  
  Usage: gdisk [-l] device_file
  GPT fdisk (gdisk) version 1.0.9
  
  Problem opening nofile for reading! Error is 2.
  The specified file does not exist!
  GPT fdisk (gdisk) version 1.0.9
  
  Usage: gdisk [-l] device_file
  [5]
  $ s -S 4 -n 1:0:+5M; sgdisk -n 5:0:+1M d; sgdisk -j 3000 d; sgdisk -j 50 d; sgdisk -v d; sgdisk -T 1 -c 1:ab -B 1 d
  Could not create partition 5 from 12288 to 14335
  Error encountered; not saving changes.
  Unable to set the main partition table's location to 3000!
  Error encountered; not saving changes.
  Warning: The kernel is still using the old partition table.
  The new table will be used at the next reboot or after you
  run partprobe(8) or kpartx(8)
  The operation has completed successfully.
  
  Warning: There is a gap between the main metadata (sector 1) and the main
  partition table (sector 50). This is helpful in some exotic configurations,
  but is generally ill-advised. Using 'j' on the experts' menu can adjust this
  gap.
  
  Warning: The size of the partition table (512 bytes) is less than the minimum
  required by the GPT specification. Most OSes and tools seem to work fine on
  such disks, but this is a violation of the GPT specification and so may cause
  problems.
  
  No problems found. 194507 free sectors (95.0 MiB) available in 2
  segments, the largest of which is 192510 (94.0 MiB) in size.
  Unable to convert partitions! Unrecognized BSD disklabel.
  Changed partition 1's name to 愀戀
  Warning: The kernel is still using the old partition table.
  The new table will be used at the next reboot or after you
  run partprobe(8) or kpartx(8)
  The operation has completed successfully.
