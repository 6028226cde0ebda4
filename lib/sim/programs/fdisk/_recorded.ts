// The answers of fdisk and sfdisk of util-linux 2.38.1 (Debian 12), recorded on image files with the same input; [script, what it prints]. Identifiers are random: see dialogue.test.ts. (More than 400 lines: recorded answers.)
export const RECORDED: readonly (readonly [name: string, script: string, output: string])[] = [
  [
    `menu dos`,
    `truncate -s 1G d.img
printf 'm\\np\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0xc449f50c.

Command (m for help): 
Help:

  DOS (MBR)
   a   toggle a bootable flag
   b   edit nested BSD disklabel
   c   toggle the dos compatibility flag

  Generic
   d   delete a partition
   F   list free unpartitioned space
   l   list known partition types
   n   add a new partition
   p   print the partition table
   t   change a partition type
   v   verify the partition table
   i   print information about a partition

  Misc
   m   print this menu
   u   change display/entry units
   x   extra functionality (experts only)

  Script
   I   load disk layout from sfdisk script file
   O   dump disk layout to sfdisk script file

  Save & Exit
   w   write table to disk and exit
   q   quit without saving changes

  Create a new label
   g   create a new empty GPT partition table
   G   create a new empty SGI (IRIX) partition table
   o   create a new empty MBR (DOS) partition table
   s   create a new empty Sun partition table


Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0xc449f50c

Command (m for help): 
`,
  ],
  [
    `menu expert dos`,
    `truncate -s 1G d.img
printf 'x\\nm\\np\\nd\\nr\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x55a581b5.

Command (m for help): 
Expert command (m for help): 
Help (expert commands):

  DOS (MBR)
   b   move beginning of data in a partition
   F   fix partitions C/H/S values
   i   change the disk identifier

  Geometry (for the current label)
   c   change number of cylinders
   h   change number of heads
   s   change number of sectors/track

  Generic
   p   print the partition table
   v   verify the partition table
   d   print the raw data of the first sector from the device
   D   print the raw data of the disklabel from the device
   f   fix partitions order
   m   print this menu

  Save & Exit
   q   quit without saving changes
   r   return to main menu


Expert command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x55a581b5

Expert command (m for help): 
First sector: offset = 0, size = 512 bytes.
00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
*

Expert command (m for help): 
Command (m for help): 
`,
  ],
  [
    `menu expert gpt`,
    `truncate -s 1G d.img
printf 'g\\nx\\nm\\np\\nr\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x8ad14ec0.

Command (m for help): Created a new GPT disklabel (GUID: E3D52454-87F2-5947-B5E7-B9E936BB4092).

Command (m for help): 
Expert command (m for help): 
Help (expert commands):

  GPT
   i   change disk GUID
   n   change partition name
   u   change partition UUID
   l   change table length
   M   enter protective/hybrid MBR

   A   toggle the legacy BIOS bootable flag
   B   toggle the no block IO protocol flag
   R   toggle the required partition flag
   S   toggle the GUID specific bits

  Generic
   p   print the partition table
   v   verify the partition table
   d   print the raw data of the first sector from the device
   D   print the raw data of the disklabel from the device
   f   fix partitions order
   m   print this menu

  Save & Exit
   q   quit without saving changes
   r   return to main menu


Expert command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: gpt
Disk identifier: E3D52454-87F2-5947-B5E7-B9E936BB4092
First usable LBA: 2048
Last usable LBA: 2097118
Alternative LBA: 2097151
Partition entries starting LBA: 2
Allocated partition entries: 128
Partition entries ending LBA: 33

Expert command (m for help): 
Command (m for help): 
`,
  ],
  [
    `eof`,
    `truncate -s 1G d.img
printf 'n\\n' | fdisk d.img; echo $?
fdisk d.img </dev/null; echo $?
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0xf7a0eff1.

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): 
Command (m for help): 
0

Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0xc6926c8f.

Command (m for help): 
0
`,
  ],
  [
    `n defaults`,
    `truncate -s 1G d.img
printf 'n\\n\\n\\n\\n+100M\\nn\\n\\n\\n\\n+200MB\\nn\\ne\\n\\n\\n+300M\\nn\\n\\n\\n\\nn\\nl\\n\\n+50M\\nn\\nl\\n\\n\\np\\nF\\nv\\ni\\n5\\ni\\n3\\nw\\n' | fdisk d.img; fdisk -l d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x9b296e42.

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (1-4, default 1): First sector (2048-2097151, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097151, default 2097151): 
Created a new partition 1 of type 'Linux' and of size 100 MiB.

Command (m for help): Partition type
   p   primary (1 primary, 0 extended, 3 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (2-4, default 2): First sector (206848-2097151, default 206848): Last sector, +/-sectors or +/-size{K,M,G,T,P} (206848-2097151, default 2097151): 
Created a new partition 2 of type 'Linux' and of size 191 MiB.

Command (m for help): Partition type
   p   primary (2 primary, 0 extended, 2 free)
   e   extended (container for logical partitions)
Select (default p): Partition number (3,4, default 3): First sector (598016-2097151, default 598016): Last sector, +/-sectors or +/-size{K,M,G,T,P} (598016-2097151, default 2097151): 
Created a new partition 3 of type 'Extended' and of size 300 MiB.

Command (m for help): Partition type
   p   primary (2 primary, 1 extended, 1 free)
   l   logical (numbered from 5)
Select (default p): 
Using default response p.
Selected partition 4
First sector (1212416-2097151, default 1212416): Last sector, +/-sectors or +/-size{K,M,G,T,P} (1212416-2097151, default 2097151): 
Created a new partition 4 of type 'Linux' and of size 432 MiB.

Command (m for help): All primary partitions are in use.
Adding logical partition 5
First sector (600064-1212415, default 600064): Value out of range.
First sector (600064-1212415, default 600064): Last sector, +/-sectors or +/-size{K,M,G,T,P} (600064-1212415, default 1212415): 
Created a new partition 5 of type 'Linux' and of size 50 MiB.

Command (m for help): All primary partitions are in use.
Adding logical partition 6
First sector (704512-1212415, default 704512): Value out of range.
First sector (704512-1212415, default 704512): Last sector, +/-sectors or +/-size{K,M,G,T,P} (704512-1212415, default 1212415): 
Created a new partition 6 of type 'Linux' and of size 248 MiB.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x9b296e42

Device     Boot   Start     End Sectors  Size Id Type
d.img1             2048  206847  204800  100M 83 Linux
d.img2           206848  598015  391168  191M 83 Linux
d.img3           598016 1212415  614400  300M  5 Extended
d.img4          1212416 2097151  884736  432M 83 Linux
d.img5           600064  702463  102400   50M 83 Linux
d.img6           704512 1212415  507904  248M 83 Linux

Partition table entries are not in disk order.

Command (m for help): Unpartitioned space d.img: 0 B, 0 bytes, 0 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes

Command (m for help): No errors detected.
Remaining 4094 unallocated 512-byte sectors.

Command (m for help): Partition number (1-6, default 6): 
         Device: d.img5
          Start: 600064
            End: 702463
        Sectors: 102400
      Cylinders: 7
           Size: 50M
             Id: 83
           Type: Linux
    Start-C/H/S: 37/89/53
      End-C/H/S: 43/185/14

Command (m for help): Partition number (1-6, default 6): 
         Device: d.img3
          Start: 598016
            End: 1212415
        Sectors: 614400
      Cylinders: 39
           Size: 300M
             Id: 5
           Type: Extended
    Start-C/H/S: 37/57/21
      End-C/H/S: 75/119/44

Command (m for help): The partition table has been altered.
Syncing disks.

Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x9b296e42

Device     Boot   Start     End Sectors  Size Id Type
d.img1             2048  206847  204800  100M 83 Linux
d.img2           206848  598015  391168  191M 83 Linux
d.img3           598016 1212415  614400  300M  5 Extended
d.img4          1212416 2097151  884736  432M 83 Linux
d.img5           600064  702463  102400   50M 83 Linux
d.img6           704512 1212415  507904  248M 83 Linux

Partition table entries are not in disk order.
`,
  ],
  [
    `n three primary then e`,
    `truncate -s 1G d.img
printf 'n\\np\\n1\\n\\n+10M\\nn\\np\\n2\\n\\n+10M\\nn\\np\\n3\\n\\n+10M\\nn\\n\\n\\n\\nn\\n\\n+20M\\nn\\n\\n+20M\\np\\nd\\n5\\np\\nd\\n4\\np\\nn\\np\\n\\n\\nn\\np\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x52647804.

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): Partition number (1-4, default 1): First sector (2048-2097151, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097151, default 2097151): 
Created a new partition 1 of type 'Linux' and of size 10 MiB.

Command (m for help): Partition type
   p   primary (1 primary, 0 extended, 3 free)
   e   extended (container for logical partitions)
Select (default p): Partition number (2-4, default 2): First sector (22528-2097151, default 22528): Last sector, +/-sectors or +/-size{K,M,G,T,P} (22528-2097151, default 2097151): 
Created a new partition 2 of type 'Linux' and of size 10 MiB.

Command (m for help): Partition type
   p   primary (2 primary, 0 extended, 2 free)
   e   extended (container for logical partitions)
Select (default p): Partition number (3,4, default 3): First sector (43008-2097151, default 43008): Last sector, +/-sectors or +/-size{K,M,G,T,P} (43008-2097151, default 2097151): 
Created a new partition 3 of type 'Linux' and of size 10 MiB.

Command (m for help): Partition type
   p   primary (3 primary, 0 extended, 1 free)
   e   extended (container for logical partitions)
Select (default e): 
Using default response e.
Selected partition 4
First sector (63488-2097151, default 63488): Last sector, +/-sectors or +/-size{K,M,G,T,P} (63488-2097151, default 2097151): 
Created a new partition 4 of type 'Extended' and of size 993 MiB.

Command (m for help): All primary partitions are in use.
Adding logical partition 5
First sector (65536-2097151, default 65536): Last sector, +/-sectors or +/-size{K,M,G,T,P} (65536-2097151, default 2097151): 
Created a new partition 5 of type 'Linux' and of size 20 MiB.

Command (m for help): All primary partitions are in use.
Adding logical partition 6
First sector (108544-2097151, default 108544): Last sector, +/-sectors or +/-size{K,M,G,T,P} (108544-2097151, default 2097151): 
Created a new partition 6 of type 'Linux' and of size 20 MiB.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x52647804

Device     Boot  Start     End Sectors  Size Id Type
d.img1            2048   22527   20480   10M 83 Linux
d.img2           22528   43007   20480   10M 83 Linux
d.img3           43008   63487   20480   10M 83 Linux
d.img4           63488 2097151 2033664  993M  5 Extended
d.img5           65536  106495   40960   20M 83 Linux
d.img6          108544  149503   40960   20M 83 Linux

Command (m for help): Partition number (1-6, default 6): 
Partition 5 has been deleted.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x52647804

Device     Boot  Start     End Sectors  Size Id Type
d.img1            2048   22527   20480   10M 83 Linux
d.img2           22528   43007   20480   10M 83 Linux
d.img3           43008   63487   20480   10M 83 Linux
d.img4           63488 2097151 2033664  993M  5 Extended
d.img5          108544  149503   40960   20M 83 Linux

Command (m for help): Partition number (1-5, default 5): 
Partition 4 has been deleted.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x52647804

Device     Boot Start   End Sectors Size Id Type
d.img1           2048 22527   20480  10M 83 Linux
d.img2          22528 43007   20480  10M 83 Linux
d.img3          43008 63487   20480  10M 83 Linux

Command (m for help): Partition type
   p   primary (3 primary, 0 extended, 1 free)
   e   extended (container for logical partitions)
Select (default e): 
Selected partition 4
First sector (63488-2097151, default 63488): Last sector, +/-sectors or +/-size{K,M,G,T,P} (63488-2097151, default 2097151): 
Created a new partition 4 of type 'Linux' and of size 993 MiB.

Command (m for help): To create more partitions, first replace a primary with an extended partition.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x52647804

Device     Boot Start     End Sectors  Size Id Type
d.img1           2048   22527   20480   10M 83 Linux
d.img2          22528   43007   20480   10M 83 Linux
d.img3          43008   63487   20480   10M 83 Linux
d.img4          63488 2097151 2033664  993M 83 Linux

Command (m for help): 
`,
  ],
  [
    `full`,
    `truncate -s 1G d.img
printf 'n\\n\\n\\n\\n\\nn\\n\\n\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x958c1eaa.

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (1-4, default 1): First sector (2048-2097151, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097151, default 2097151): 
Created a new partition 1 of type 'Linux' and of size 1023 MiB.

Command (m for help): All space for primary partitions is in use.

Command (m for help): 

Command (m for help): 

Command (m for help): 
`,
  ],
  [
    `t dos`,
    `truncate -s 1G d.img
printf 't\\nn\\n\\n\\n\\n+100M\\nt\\nL\\n82\\nt\\nswap\\nt\\nzz\\n\\nt\\nlvm\\nt\\nfd\\nt\\n0\\nt\\n83\\nt\\nextended\\nt\\n5\\nt\\nuefi\\nt\\n1ff\\np\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0xf9f9fde2.

Command (m for help): No partition is defined yet!

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (1-4, default 1): First sector (2048-2097151, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097151, default 2097151): 
Created a new partition 1 of type 'Linux' and of size 100 MiB.

Command (m for help): Selected partition 1
Hex code or alias (type L to list all): 
00 Empty            27 Hidden NTFS Win  82 Linux swap / So  c1 DRDOS/sec (FAT-
01 FAT12            39 Plan 9           83 Linux            c4 DRDOS/sec (FAT-
02 XENIX root       3c PartitionMagic   84 OS/2 hidden or   c6 DRDOS/sec (FAT-
03 XENIX usr        40 Venix 80286      85 Linux extended   c7 Syrinx         
04 FAT16 <32M       41 PPC PReP Boot    86 NTFS volume set  da Non-FS data    
05 Extended         42 SFS              87 NTFS volume set  db CP/M / CTOS / .
06 FAT16            4d QNX4.x           88 Linux plaintext  de Dell Utility   
07 HPFS/NTFS/exFAT  4e QNX4.x 2nd part  8e Linux LVM        df BootIt         
08 AIX              4f QNX4.x 3rd part  93 Amoeba           e1 DOS access     
09 AIX bootable     50 OnTrack DM       94 Amoeba BBT       e3 DOS R/O        
0a OS/2 Boot Manag  51 OnTrack DM6 Aux  9f BSD/OS           e4 SpeedStor      
0b W95 FAT32        52 CP/M             a0 IBM Thinkpad hi  ea Linux extended 
0c W95 FAT32 (LBA)  53 OnTrack DM6 Aux  a5 FreeBSD          eb BeOS fs        
0e W95 FAT16 (LBA)  54 OnTrackDM6       a6 OpenBSD          ee GPT            
0f W95 Ext'd (LBA)  55 EZ-Drive         a7 NeXTSTEP         ef EFI (FAT-12/16/
10 OPUS             56 Golden Bow       a8 Darwin UFS       f0 Linux/PA-RISC b
11 Hidden FAT12     5c Priam Edisk      a9 NetBSD           f1 SpeedStor      
12 Compaq diagnost  61 SpeedStor        ab Darwin boot      f4 SpeedStor      
14 Hidden FAT16 <3  63 GNU HURD or Sys  af HFS / HFS+       f2 DOS secondary  
16 Hidden FAT16     64 Novell Netware   b7 BSDI fs          f8 EBBR protective
17 Hidden HPFS/NTF  65 Novell Netware   b8 BSDI swap        fb VMware VMFS    
18 AST SmartSleep   70 DiskSecure Mult  bb Boot Wizard hid  fc VMware VMKCORE 
1b Hidden W95 FAT3  75 PC/IX            bc Acronis FAT32 L  fd Linux raid auto
1c Hidden W95 FAT3  80 Old Minix        be Solaris boot     fe LANstep        
1e Hidden W95 FAT1  81 Minix / old Lin  bf Solaris          ff BBT            
24 NEC DOS        

Aliases:
   linux          - 83
   swap           - 82
   extended       - 05
   uefi           - EF
   raid           - FD
   lvm            - 8E
   linuxex        - 85
Hex code or alias (type L to list all): Changed type of partition 'Linux' to 'Linux swap / Solaris'.

Command (m for help): Selected partition 1
Hex code or alias (type L to list all): Changed type of partition 'Linux swap / Solaris' to 'Linux swap / Solaris'.

Command (m for help): Selected partition 1
Hex code or alias (type L to list all): Type 0 means free space to many systems. Having partitions of type 0 is probably unwise.

Changed type of partition 'Linux swap / Solaris' to 'unknown'.

Command (m for help): 

Command (m for help): 
Selected partition 1
Hex code or alias (type L to list all): Changed type of partition 'Empty' to 'Linux LVM'.

Command (m for help): Selected partition 1
Hex code or alias (type L to list all): Changed type of partition 'Linux LVM' to 'Linux raid autodetect'.

Command (m for help): Selected partition 1
Hex code or alias (type L to list all): Type 0 means free space to many systems. Having partitions of type 0 is probably unwise.

Changed type of partition 'Linux raid autodetect' to 'Empty'.

Command (m for help): Selected partition 1
Hex code or alias (type L to list all): Changed type of partition 'Empty' to 'Linux'.

Command (m for help): Selected partition 1
Hex code or alias (type L to list all): Changed type of partition 'Linux' to 'Extended'.

Command (m for help): Selected partition 1
Hex code or alias (type L to list all): Changed type of partition 'Extended' to 'Extended'.

Command (m for help): Selected partition 1
Hex code or alias (type L to list all): Changed type of partition 'Extended' to 'EFI (FAT-12/16/32)'.

Command (m for help): Selected partition 1
Hex code or alias (type L to list all): Changed type of partition 'EFI (FAT-12/16/32)' to 'unknown'.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0xf9f9fde2

Device     Boot Start    End Sectors  Size Id Type
d.img1           2048 206847  204800  100M ff BBT

Command (m for help): 
`,
  ],
  [
    `t with two`,
    `truncate -s 1G d.img
printf 'n\\n\\n\\n\\n+100M\\nn\\n\\n\\n\\n+100M\\nt\\n3\\n1\\n82\\nt\\n\\nfd\\np\\nt\\nq\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x1d567927.

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (1-4, default 1): First sector (2048-2097151, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097151, default 2097151): 
Created a new partition 1 of type 'Linux' and of size 100 MiB.

Command (m for help): Partition type
   p   primary (1 primary, 0 extended, 3 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (2-4, default 2): First sector (206848-2097151, default 206848): Last sector, +/-sectors or +/-size{K,M,G,T,P} (206848-2097151, default 2097151): 
Created a new partition 2 of type 'Linux' and of size 100 MiB.

Command (m for help): Partition number (1,2, default 2): Value out of range.
Partition number (1,2, default 2): Hex code or alias (type L to list all): 
Changed type of partition 'Linux' to 'Linux swap / Solaris'.

Command (m for help): Partition number (1,2, default 2): Hex code or alias (type L to list all): 
Changed type of partition 'Linux' to 'Linux raid autodetect'.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x1d567927

Device     Boot  Start    End Sectors  Size Id Type
d.img1            2048 206847  204800  100M 82 Linux swap / Solaris
d.img2          206848 411647  204800  100M fd Linux raid autodetect

Command (m for help): Partition number (1,2, default 2): Value out of range.
Partition number (1,2, default 2): Value out of range.
Partition number (1,2, default 2): 
Command (m for help): 
`,
  ],
  [
    `gpt n`,
    `truncate -s 1G d.img
printf 'g\\nn\\n200\\n0\\n5\\n2047\\n2048\\n+1\\nn\\n\\n\\n\\nn\\n1\\n\\n\\np\\nF\\nv\\nd\\n5\\nd\\nd\\nd\\np\\nF\\nv\\nw\\n' | fdisk d.img; echo $?; fdisk -l d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x77293269.

Command (m for help): Created a new GPT disklabel (GUID: 1DC24CDB-B40A-7D43-8826-636EC3BD03E9).

Command (m for help): Partition number (1-128, default 1): Value out of range.
Partition number (1-128, default 1): Value out of range.
Partition number (1-128, default 1): First sector (2048-2097118, default 2048): Value out of range.
First sector (2048-2097118, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097118, default 2095103): 
Created a new partition 5 of type 'Linux filesystem' and of size 1 KiB.

Command (m for help): Partition number (1-4,6-128, default 1): First sector (2050-2097118, default 4096): Last sector, +/-sectors or +/-size{K,M,G,T,P} (4096-2097118, default 2095103): 
Created a new partition 1 of type 'Linux filesystem' and of size 1021 MiB.

Command (m for help): Partition number (2-4,6-128, default 2): Value out of range.
Partition number (2-4,6-128, default 2): No enough free sectors available.

Command (m for help): 

Command (m for help): 
Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: gpt
Disk identifier: 1DC24CDB-B40A-7D43-8826-636EC3BD03E9

Device     Start     End Sectors  Size Type
d.img1      4096 2095103 2091008 1021M Linux filesystem
d.img5      2048    2049       2    1K Linux filesystem

Partition table entries are not in disk order.

Command (m for help): Unpartitioned space d.img: 0 B, 0 bytes, 0 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes

Command (m for help): No errors detected.
Header version: 1.0
Using 2 out of 128 partitions.
A total of 4061 free sectors is available in 2 segments (the largest is 1023 KiB).

Command (m for help): Partition number (1,5, default 5): 
Partition 5 has been deleted.

Command (m for help): Selected partition 1
Partition 1 has been deleted.

Command (m for help): No partition is defined yet!

Command (m for help): No partition is defined yet!

Command (m for help): 
Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: gpt
Disk identifier: 1DC24CDB-B40A-7D43-8826-636EC3BD03E9

Command (m for help): Unpartitioned space d.img: 1022.98 MiB, 1072676352 bytes, 2095071 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes

Start     End Sectors  Size
 2048 2097118 2095071 1023M

Command (m for help): No errors detected.
Header version: 1.0
Using 0 out of 128 partitions.
A total of 2095071 free sectors is available in 1 segment.

Command (m for help): The partition table has been altered.
Syncing disks.

0
Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: gpt
Disk identifier: 1DC24CDB-B40A-7D43-8826-636EC3BD03E9
`,
  ],
  [
    `a`,
    `truncate -s 1G d.img
printf 'a\\nn\\n\\n\\n\\n+100M\\na\\np\\na\\nn\\n\\n\\n\\n+100M\\na\\n2\\np\\ni\\n2\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x501190e2.

Command (m for help): No partition is defined yet!

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (1-4, default 1): First sector (2048-2097151, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097151, default 2097151): 
Created a new partition 1 of type 'Linux' and of size 100 MiB.

Command (m for help): Selected partition 1
The bootable flag on partition 1 is enabled now.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x501190e2

Device     Boot Start    End Sectors  Size Id Type
d.img1     *     2048 206847  204800  100M 83 Linux

Command (m for help): Selected partition 1
The bootable flag on partition 1 is disabled now.

Command (m for help): Partition type
   p   primary (1 primary, 0 extended, 3 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (2-4, default 2): First sector (206848-2097151, default 206848): Last sector, +/-sectors or +/-size{K,M,G,T,P} (206848-2097151, default 2097151): 
Created a new partition 2 of type 'Linux' and of size 100 MiB.

Command (m for help): Partition number (1,2, default 2): 
The bootable flag on partition 2 is enabled now.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x501190e2

Device     Boot  Start    End Sectors  Size Id Type
d.img1            2048 206847  204800  100M 83 Linux
d.img2     *    206848 411647  204800  100M 83 Linux

Command (m for help): Partition number (1,2, default 2): 
         Device: d.img2
           Boot: *
          Start: 206848
            End: 411647
        Sectors: 204800
      Cylinders: 13
           Size: 100M
             Id: 83
           Type: Linux
    Start-C/H/S: 12/223/20
      End-C/H/S: 25/159/6
          Attrs: 80

Command (m for help): 
`,
  ],
  [
    `a gpt`,
    `truncate -s 1G d.img
printf 'g\\na\\nc\\nb\\nn\\n\\n\\n\\nx\\nA\\np\\nr\\na\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x712e941f.

Command (m for help): Created a new GPT disklabel (GUID: 0182F0DF-64D3-194D-B903-C0C2F123B0B2).

Command (m for help): a: unknown command

Command (m for help): c: unknown command

Command (m for help): b: unknown command

Command (m for help): Partition number (1-128, default 1): First sector (2048-2097118, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097118, default 2095103): 
Created a new partition 1 of type 'Linux filesystem' and of size 1022 MiB.

Command (m for help): 
Expert command (m for help): Selected partition 1
The LegacyBIOSBootable flag on partition 1 is enabled now.

Expert command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: gpt
Disk identifier: 0182F0DF-64D3-194D-B903-C0C2F123B0B2
First usable LBA: 2048
Last usable LBA: 2097118
Alternative LBA: 2097151
Partition entries starting LBA: 2
Allocated partition entries: 128
Partition entries ending LBA: 33

Device     Start     End Sectors Type-UUID                            UUID                                 Name Attrs
d.img1      2048 2095103 2093056 0FC63DAF-8483-4772-8E79-3D69D8477DE4 9DA9CAD9-97F3-674C-A1B8-AD2B13BD20AF      LegacyBIOSBootable

Expert command (m for help): 
Command (m for help): a: unknown command

Command (m for help): 
`,
  ],
  [
    `c u b`,
    `truncate -s 1G d.img
printf 'c\\np\\nc\\nu\\np\\nF\\nu\\nb\\nn\\nq\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x945ae175.

Command (m for help): DOS Compatibility flag is set (DEPRECATED!)

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Geometry: 255 heads, 63 sectors/track, 130 cylinders
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x945ae175

Command (m for help): DOS Compatibility flag is not set

Command (m for help): Changing display/entry units to cylinders (DEPRECATED!).

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Geometry: 255 heads, 63 sectors/track, 130 cylinders
Units: cylinders of 16065 * 512 = 8225280 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x945ae175

Command (m for help): Unpartitioned space d.img: 1023 MiB, 1072693248 bytes, 2095104 sectors
Units: cylinders of 16065 * 512 = 8225280 bytes
Sector size (logical/physical): 512 bytes / 512 bytes

Start   End Sectors  Size
    1   131 2095104 1023M

Command (m for help): Changing display/entry units to sectors.

Command (m for help): There is no *BSD partition on d.img.

The device (null) does not contain BSD disklabel.

Do you want to create a BSD disklabel? [Y]es/[N]o: 
Command (m for help): 
`,
  ],
  [
    `y`,
    `truncate -s 1G d.img
printf 'y\\nM\\nr\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0xc0c50a57.

Command (m for help): y: unknown command

Command (m for help): M: unknown command

Command (m for help): r: unknown command

Command (m for help): 
`,
  ],
  [
    `d v i empty`,
    `truncate -s 1G d.img
printf 'd\\nv\\ni\\nF\\nO\\nI\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0xed5f424f.

Command (m for help): No partition is defined yet!

Command (m for help): 
No errors detected.
Remaining 2097151 unallocated 512-byte sectors.

Command (m for help): No partition is defined yet!

Command (m for help): 
Unpartitioned space d.img: 1023 MiB, 1072693248 bytes, 2095104 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes

Start     End Sectors  Size
 2048 2097151 2095104 1023M

Command (m for help): 
Enter script file name: 
Script successfully saved.

Command (m for help): 
`,
  ],
  [
    `O I`,
    `truncate -s 1G d.img
printf 'n\\n\\n\\n\\n+100M\\nO\\nout.txt\\nO\\n\\nq\\n' | fdisk d.img
grep -v id out.txt
printf 'I\\nnosuch\\nI\\nout.txt\\np\\nw\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x38cfb7a8.

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (1-4, default 1): First sector (2048-2097151, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097151, default 2097151): 
Created a new partition 1 of type 'Linux' and of size 100 MiB.

Command (m for help): 
Enter script file name: 
Script successfully saved.

Command (m for help): 
Enter script file name: Cannot open : No such file or directory

Command (m for help): 
label: dos
device: d.img
unit: sectors
sector-size: 512

d.img1 : start=        2048, size=      204800, type=83

Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0xe3b3363d.

Command (m for help): 
Enter script file name: Cannot open nosuch: No such file or directory

Command (m for help): 
Enter script file name: 
Created a new DOS (MBR) disklabel with disk identifier 0x38cfb7a8.
Created a new partition 1 of type 'Linux' and of size 100 MiB.
Script successfully applied.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x38cfb7a8

Device     Boot Start    End Sectors  Size Id Type
d.img1           2048 206847  204800  100M 83 Linux

Command (m for help): The partition table has been altered.
Syncing disks.

`,
  ],
  [
    `w`,
    `truncate -s 1G d.img
printf 'w\\n' | fdisk d.img; echo $?
printf 'p\\nw\\n' | fdisk d.img; echo $?
printf 'g\\nw\\n' | fdisk d.img; echo $?
printf 'o\\nw\\n' | fdisk d.img; echo $?
printf 'q\\n' | fdisk d.img; echo $?
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x2ecef7e0.

Command (m for help): The partition table has been altered.
Syncing disks.

0

Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.


Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x2ecef7e0

Command (m for help): The partition table has been altered.
Syncing disks.

0

Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.


Command (m for help): Created a new GPT disklabel (GUID: B3D39CA0-C816-8040-9226-61C2075B5E0C).
The device contains 'dos' signature and it will be removed by a write command. See fdisk(8) man page and --wipe option for more details.

Command (m for help): 
The partition table has been altered.
Syncing disks.

0

Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.


Command (m for help): Created a new DOS (MBR) disklabel with disk identifier 0xabe32927.
The device contains 'gpt' signature and it will be removed by a write command. See fdisk(8) man page and --wipe option for more details.

Command (m for help): 
The partition table has been altered.
Syncing disks.

0

Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.


Command (m for help): 
0
`,
  ],
  [
    `x dos`,
    `truncate -s 1G d.img
printf 'n\\n\\n\\n\\n+100M\\nx\\ni\\n0x1234\\nb\\n1\\n100\\nf\\nv\\np\\nd\\nr\\np\\nx\\nb\\n\\nf\\nc\\n3000\\nh\\n16\\ns\\n32\\np\\nM\\nG\\nu\\nn\\nz\\nr\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x7fcd9dcc.

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (1-4, default 1): First sector (2048-2097151, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097151, default 2097151): 
Created a new partition 1 of type 'Linux' and of size 100 MiB.

Command (m for help): 
Expert command (m for help): 
Enter the new disk identifier: 
Disk identifier changed from 0x7fcd9dcc to 0x00001234.

Expert command (m for help): Selected partition 1
New beginning of data (0-206847, default 2048): 
Expert command (m for help): 1: unknown command

Expert command (m for help): 
Nothing to do. Ordering is correct already.

Expert command (m for help): No errors detected.
Remaining 1890304 unallocated 512-byte sectors.

Expert command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x00001234

Device     Boot Start    End Sectors Id Type  Start-C/H/S End-C/H/S Attrs
d.img1              1 206847  206847 83 Linux       0/0/2 12/223/19 

Expert command (m for help): 
First sector: offset = 0, size = 512 bytes.
00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
*

Expert command (m for help): 
Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x00001234

Device     Boot Start    End Sectors  Size Id Type
d.img1              1 206847  206847  101M 83 Linux

Command (m for help): 
Expert command (m for help): Selected partition 1
New beginning of data (0-206847, default 1): 
Expert command (m for help): 
Nothing to do. Ordering is correct already.

Expert command (m for help): Number of cylinders (1-1048576, default 130): 
Expert command (m for help): Number of heads (1-255, default 255): 
Expert command (m for help): Number of sectors (1-63, default 63): 
Expert command (m for help): 
Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x00001234

Device     Boot Start    End Sectors Id Type  Start-C/H/S End-C/H/S Attrs
d.img1              1 206847  206847 83 Linux       0/0/2 12/223/19 

Expert command (m for help): M: unknown command

Expert command (m for help): G: unknown command

Expert command (m for help): u: unknown command

Expert command (m for help): n: unknown command

Expert command (m for help): z: unknown command

Expert command (m for help): 
Command (m for help): 
`,
  ],
  [
    `x gpt`,
    `truncate -s 1G d.img
printf 'g\\nn\\n\\n\\n+100M\\nn\\n3\\n\\n+10M\\nx\\nn\\n1\\nmyname\\nu\\n1\\nu\\n1\\nD2C3A1B4-1111-4222-8333-444455556666\\np\\nA\\n1\\nA\\n1\\nB\\n\\nC\\n\\nS\\n1\\n50\\nS\\n1\\n64\\nl\\n64\\nl\\n1\\ni\\nfoo\\ni\\nD2C3A1B4-1111-4222-8333-444455556667\\nf\\np\\nv\\nM\\nm\\np\\nr\\np\\nq\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0xa81f8e0f.

Command (m for help): Created a new GPT disklabel (GUID: 426C2E6F-33EE-6041-B33E-8AC41CFBED40).

Command (m for help): Partition number (1-128, default 1): First sector (2048-2097118, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097118, default 2095103): 
Created a new partition 1 of type 'Linux filesystem' and of size 100 MiB.

Command (m for help): Partition number (2-128, default 2): First sector (206848-2097118, default 206848): Last sector, +/-sectors or +/-size{K,M,G,T,P} (206848-2097118, default 2095103): 
Created a new partition 3 of type 'Linux filesystem' and of size 10 MiB.

Command (m for help): 
Expert command (m for help): Partition number (1,3, default 3): 
New name: 
Partition name changed from '' to 'myname'.

Expert command (m for help): Partition number (1,3, default 3): 
New UUID (in 8-4-4-4-12 format): 
Expert command (m for help): 1: unknown command

Expert command (m for help): 

PMBR: offset = 0, size = 512 bytes.
00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
*

GPT Header: offset = 512, size = 512 bytes.
00000200  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
*

GPT Entries: offset = 1024, size = 16384 bytes.
00000400  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
*

GPT Backup Entries: offset = 1073724928, size = 16384 bytes.
3fffbe00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
*

GPT Backup Header: offset = 1073741312, size = 512 bytes.
3ffffe00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
*

Expert command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: gpt
Disk identifier: 426C2E6F-33EE-6041-B33E-8AC41CFBED40
First usable LBA: 2048
Last usable LBA: 2097118
Alternative LBA: 2097151
Partition entries starting LBA: 2
Allocated partition entries: 128
Partition entries ending LBA: 33

Device      Start    End Sectors Type-UUID                            UUID                                 Name   Attrs
d.img1       2048 206847  204800 0FC63DAF-8483-4772-8E79-3D69D8477DE4 C9A61F35-169D-9D49-AC9C-5FED0490C0EC myname 
d.img3     206848 227327   20480 0FC63DAF-8483-4772-8E79-3D69D8477DE4 E2E53C49-DD7B-A94E-B72E-28B53970737F        

Expert command (m for help): Partition number (1,3, default 3): 
The LegacyBIOSBootable flag on partition 1 is enabled now.

Expert command (m for help): Partition number (1,3, default 3): 
The LegacyBIOSBootable flag on partition 1 is disabled now.

Expert command (m for help): Partition number (1,3, default 3): 
The NoBlockIOProtocol flag on partition 3 is enabled now.

Expert command (m for help): C: unknown command

Expert command (m for help): 

Expert command (m for help): Partition number (1,3, default 3): Enter GUID specific bit (48-63, default 48): 
The GUID specific bit 50 on partition 1 is enabled now.

Expert command (m for help): Partition number (1,3, default 3): Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): Value out of range.
Enter GUID specific bit (48-63, default 48): 
Expert command (m for help): 
`,
  ],
  [
    `order`,
    `truncate -s 1G d.img
printf 'n\\np\\n2\\n\\n+100M\\nn\\np\\n1\\n\\n+100M\\np\\nx\\nf\\nr\\np\\nw\\n' | fdisk d.img
`,
    `
Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x0d740494.

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): Partition number (1-4, default 1): First sector (2048-2097151, default 2048): Last sector, +/-sectors or +/-size{K,M,G,T,P} (2048-2097151, default 2097151): 
Created a new partition 2 of type 'Linux' and of size 100 MiB.

Command (m for help): Partition type
   p   primary (1 primary, 0 extended, 3 free)
   e   extended (container for logical partitions)
Select (default p): Partition number (1,3,4, default 1): First sector (206848-2097151, default 206848): Last sector, +/-sectors or +/-size{K,M,G,T,P} (206848-2097151, default 2097151): 
Created a new partition 1 of type 'Linux' and of size 100 MiB.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x0d740494

Device     Boot  Start    End Sectors  Size Id Type
d.img1          206848 411647  204800  100M 83 Linux
d.img2            2048 206847  204800  100M 83 Linux

Partition table entries are not in disk order.

Command (m for help): 
Expert command (m for help): Partitions order fixed.

Expert command (m for help): 
Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x0d740494

Device     Boot  Start    End Sectors  Size Id Type
d.img1            2048 206847  204800  100M 83 Linux
d.img2          206848 411647  204800  100M 83 Linux

Command (m for help): The partition table has been altered.
Syncing disks.

`,
  ],
  [
    `overlap`,
    `truncate -s 100M d.img
printf '2048,4096\\n4096,4096\\n' | sfdisk -f -q d.img
fdisk -l d.img
printf 'v\\nq\\n' | fdisk d.img
`,
    `Start sector 4096 out of range.
Failed to add #2 partition: Numerical result out of range
Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
Created a new DOS (MBR) disklabel with disk identifier 0x345e647d.

Command (m for help): No errors detected.
Remaining 204799 unallocated 512-byte sectors.

Command (m for help): 
`,
  ],
  [
    `u c long`,
    `truncate -s 1G d.img
fdisk -u=cylinders -l d.img; fdisk -c=dos -l d.img; printf 'n\\n\\n\\n\\n+100M\\np\\nF\\nu\\nn\\n\\n\\n\\n+1\\np\\nq\\n' | fdisk -c=dos -u=cylinders d.img
`,
    `Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: cylinders of 16065 * 512 = 8225280 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

Welcome to fdisk (util-linux 2.38.1).
Changes will remain in memory only, until you decide to write them.
Be careful before using the write command.

Device does not contain a recognized partition table.
DOS-compatible mode is deprecated.
Cylinders as display units are deprecated.

Created a new DOS (MBR) disklabel with disk identifier 0x5a3b7720.

Command (m for help): Partition type
   p   primary (0 primary, 0 extended, 4 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (1-4, default 1): First cylinder (1-130, default 1): Last cylinder, +/-cylinders or +/-size{K,M,G,T,P} (1-130, default 130): 
Created a new partition 1 of type 'Linux' and of size 109.8 MiB.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Geometry: 255 heads, 63 sectors/track, 130 cylinders
Units: cylinders of 16065 * 512 = 8225280 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5a3b7720

Device     Boot Start End Cylinders   Size Id Type
d.img1              1  14        14 109.8M 83 Linux

Command (m for help): Unpartitioned space d.img: 914.18 MiB, 958587904 bytes, 1872242 sectors
Units: cylinders of 16065 * 512 = 8225280 bytes
Sector size (logical/physical): 512 bytes / 512 bytes

Start   End Sectors   Size
   15   131 1872242 914.2M

Command (m for help): Changing display/entry units to sectors.

Command (m for help): Partition type
   p   primary (1 primary, 0 extended, 3 free)
   e   extended (container for logical partitions)
Select (default p): 
Using default response p.
Partition number (2-4, default 2): First sector (224910-2097151, default 224910): Last sector, +/-sectors or +/-size{K,M,G,T,P} (224910-2097151, default 2097151): 
Created a new partition 2 of type 'Linux' and of size 1 KiB.

Command (m for help): Disk d.img: 1 GiB, 1073741824 bytes, 2097152 sectors
Geometry: 255 heads, 63 sectors/track, 130 cylinders
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5a3b7720

Device     Boot  Start    End Sectors   Size Id Type
d.img1              63 224909  224847 109.8M 83 Linux
d.img2          224910 224911       2     1K 83 Linux

Command (m for help): 
`,
  ],
  [
    `basic`,
    `truncate -s 100M d.img
echo ',40M' | sfdisk d.img; echo $?
echo ',+' | sfdisk -a d.img; echo $?
sfdisk -d d.img | grep -v id; sfdisk -J d.img | grep -v id; sfdisk -l d.img; sfdisk -F d.img; sfdisk -V d.img; echo $?
`,
    `Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

>>> Created a new DOS (MBR) disklabel with disk identifier 0x11884b8b.
d.img1: Created a new partition 1 of type 'Linux' and of size 40 MiB.
d.img2: Done.

New situation:
Disklabel type: dos
Disk identifier: 0x11884b8b

Device     Boot Start   End Sectors Size Id Type
d.img1           2048 83967   81920  40M 83 Linux

The partition table has been altered.
Syncing disks.
0
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x11884b8b

Old situation:

Device     Boot Start   End Sectors Size Id Type
d.img1           2048 83967   81920  40M 83 Linux

d.img2: Created a new partition 2 of type 'Linux' and of size 59 MiB.
d.img3: Done.

New situation:
Disklabel type: dos
Disk identifier: 0x11884b8b

Device     Boot Start    End Sectors Size Id Type
d.img1           2048  83967   81920  40M 83 Linux
d.img2          83968 204799  120832  59M 83 Linux

The partition table has been altered.
Syncing disks.
0
label: dos
device: d.img
unit: sectors
sector-size: 512

d.img1 : start=        2048, size=       81920, type=83
d.img2 : start=       83968, size=      120832, type=83
{
   "partitiontable": {
      "label": "dos",
      "device": "d.img",
      "unit": "sectors",
      "sectorsize": 512,
      "partitions": [
         {
            "node": "d.img1",
            "start": 2048,
            "size": 81920,
            "type": "83"
         },{
            "node": "d.img2",
            "start": 83968,
            "size": 120832,
            "type": "83"
         }
      ]
   }
}
Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x11884b8b

Device     Boot Start    End Sectors Size Id Type
d.img1           2048  83967   81920  40M 83 Linux
d.img2          83968 204799  120832  59M 83 Linux
Unpartitioned space d.img: 0 B, 0 bytes, 0 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
d.img:
No errors detected.
0
`,
  ],
  [
    `gpt`,
    `truncate -s 100M d.img
printf 'label: gpt\\n,40M,L\\n,20M,S,\\n,,U\\n' | sfdisk d.img; echo $?
sfdisk -d d.img | sed 's/uuid=[^,]*//;/id/d'; sfdisk -l d.img; sfdisk -F d.img; sfdisk -V d.img; echo $?
sfdisk --part-type d.img 1; sfdisk --part-type d.img 1 lvm; sfdisk --part-type d.img 9; echo $?; sfdisk --part-label d.img 2 foo; sfdisk --part-label d.img 2;sfdisk --part-attrs d.img 2 LegacyBIOSBootable,GUID:50; sfdisk --part-attrs d.img 2; sfdisk --part-attrs d.img 2 foo; echo $?; sfdisk --part-uuid d.img 2 zz; echo $?;  sfdisk --part-uuid d.img 2 D2C3A1B4-1111-4222-8333-444455556666; sfdisk --part-uuid d.img 2
sfdisk --delete d.img 2; echo $?; sfdisk --delete d.img 2; echo $?; sfdisk -l d.img; sfdisk --delete d.img; sfdisk -l d.img
sfdisk --disk-id d.img >/dev/null; sfdisk --disk-id d.img D2C3A1B4-1111-4222-8333-444455556667;  sfdisk --disk-id d.img foo; echo $?
`,
    `Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

>>> Script header accepted.
>>> Created a new GPT disklabel (GUID: 662F8C12-B6D6-734B-BE76-A464EEFFD48B).
d.img1: Created a new partition 1 of type 'Linux filesystem' and of size 40 MiB.
d.img2: Created a new partition 2 of type 'Linux swap' and of size 20 MiB.
d.img3: Created a new partition 3 of type 'EFI System' and of size 38 MiB.
d.img4: Done.

New situation:
Disklabel type: gpt
Disk identifier: 662F8C12-B6D6-734B-BE76-A464EEFFD48B

Device      Start    End Sectors Size Type
d.img1       2048  83967   81920  40M Linux filesystem
d.img2      83968 124927   40960  20M Linux swap
d.img3     124928 202751   77824  38M EFI System

The partition table has been altered.
Syncing disks.
0
label: gpt
device: d.img
unit: sectors
first-lba: 2048
last-lba: 204766
sector-size: 512

d.img1 : start=        2048, size=       81920, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, 
d.img2 : start=       83968, size=       40960, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F, 
d.img3 : start=      124928, size=       77824, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, 
Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: gpt
Disk identifier: 662F8C12-B6D6-734B-BE76-A464EEFFD48B

Device      Start    End Sectors Size Type
d.img1       2048  83967   81920  40M Linux filesystem
d.img2      83968 124927   40960  20M Linux swap
d.img3     124928 202751   77824  38M EFI System
Unpartitioned space d.img: 0 B, 0 bytes, 0 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
d.img:
No errors detected.
Header version: 1.0
Using 3 out of 128 partitions.
A total of 2015 free sectors is available in 1 segment.
0
0FC63DAF-8483-4772-8E79-3D69D8477DE4

The partition table has been altered.
Syncing disks.
sfdisk: d.img: partition 9: partition is unused
1
Partition name changed from '' to 'foo'.

The partition table has been altered.
Syncing disks.
foo

The partition table has been altered.
Syncing disks.
LegacyBIOSBootable GUID:50
unsupported GPT attribute bit 'foo'
sfdisk: d.img: partition 2: failed to set partition attributes
1
sfdisk: d.img: partition 2: failed to set partition UUID
1
Partition UUID changed from 280DC3CB-F990-0C4A-BED1-F31BB215BB3D to D2C3A1B4-1111-4222-8333-444455556666.

The partition table has been altered.
Syncing disks.
D2C3A1B4-1111-4222-8333-444455556666

The partition table has been altered.
Syncing disks.
0
sfdisk: d.img: partition 2: failed to delete
1
Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: gpt
Disk identifier: 662F8C12-B6D6-734B-BE76-A464EEFFD48B

Device      Start    End Sectors Size Type
d.img1       2048  83967   81920  40M Linux LVM
d.img3     124928 202751   77824  38M EFI System

The partition table has been altered.
Syncing disks.
Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: gpt
Disk identifier: 662F8C12-B6D6-734B-BE76-A464EEFFD48B
Disk identifier changed from 662F8C12-B6D6-734B-BE76-A464EEFFD48B to D2C3A1B4-1111-4222-8333-444455556667.

The partition table has been altered.
Syncing disks.
Failed to parse your UUID.
sfdisk: d.img: failed to set disklabel ID
1
`,
  ],
  [
    `X gpt`,
    `truncate -s 100M d.img
printf 'size=10M, type=swap, name="my part"\\nstart=50M, size=2048, bootable\\n' | sfdisk -X gpt d.img; echo $?
sfdisk -q -X dos d.img <<< ',,8e,*'; echo $?; sfdisk -l d.img; sfdisk -A d.img; sfdisk -A d.img 1; sfdisk -A d.img -; sfdisk -A d.img 7; echo $?
`,
    `Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

>>> Created a new GPT disklabel (GUID: DE7C752A-77EF-A54B-9C44-7A346DB189F9).
d.img1: Created a new partition 1 of type 'Linux swap' and of size 10 MiB.
d.img2: Created a new partition 2 of type 'Linux filesystem' and of size 1 MiB.
d.img3: Done.

New situation:
Disklabel type: gpt
Disk identifier: DE7C752A-77EF-A54B-9C44-7A346DB189F9

Device      Start    End Sectors Size Type
d.img1       2048  22527   20480  10M Linux swap
d.img2     102400 104447    2048   1M Linux filesystem

The partition table has been altered.
Syncing disks.
0
0
Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x2dcdc7d0

Device     Boot Start    End Sectors Size Id Type
d.img1     *     2048 204799  202752  99M 8e Linux LVM
d.img1
The bootable flag on partition 1 is disabled now.
The bootable flag on partition 1 is enabled now.

The partition table has been altered.
Syncing disks.
The bootable flag on partition 1 is disabled now.

The partition table has been altered.
Syncing disks.
sfdisk: d.img: partition 2: failed to toggle bootable flag
1
`,
  ],
  [
    `bad`,
    `truncate -s 100M d.img
printf 'hello\\n' | sfdisk d.img; echo $?
printf 'label: foo\\n,1M\\n' | sfdisk d.img; echo $?
printf 'foo: bar\\n,1M\\n' | sfdisk d.img; echo $?
printf ',900M\\n' | sfdisk d.img; echo $?
printf '1,2\\n1,2\\n' | sfdisk d.img; echo $?
printf '2048,4096\\n2050,2\\n' | sfdisk d.img; echo $?
printf ',1M\\n,1M\\n,1M\\n,1M\\n,1M\\n' | sfdisk d.img; echo $?
printf ',1M,foo\\n,1M,L,x\\n' | sfdisk d.img; echo $?
sfdisk d.img </dev/null; echo $?
`,
    `Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

>>> line 1: unsupported command

New situation:
Leaving.

1
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

>>> line 1: unsupported command

New situation:
Leaving.

1
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

>>> Unknown script header 'foo' -- ignore.
>>> Created a new DOS (MBR) disklabel with disk identifier 0x7fc05b98.
d.img1: Created a new partition 1 of type 'Linux' and of size 1 MiB.
d.img2: Done.

New situation:
Disklabel type: dos
Disk identifier: 0x7fc05b98

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux

The partition table has been altered.
Syncing disks.
0
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x7fc05b98

Old situation:

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux

>>> Created a new DOS (MBR) disklabel with disk identifier 0xb282adc7.
d.img1: Created a new partition 1 of type 'Linux' and of size 0 B.
d.img2: Done.

New situation:
Disklabel type: dos
Disk identifier: 0xb282adc7

Device     Boot  Start    End Sectors Size Id Type
d.img1          204800 204800       0   0B 83 Linux

The partition table has been altered.
Syncing disks.
0
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0xb282adc7

Old situation:

Device     Boot  Start    End Sectors Size Id Type
d.img1          204800 204800       0   0B 83 Linux

>>> Created a new DOS (MBR) disklabel with disk identifier 0x8750a4b4.
d.img1: Created a new partition 1 of type 'Linux' and of size 1 KiB.
d.img2: Start sector 1 out of range.
Failed to add #2 partition: Numerical result out of range
Leaving.

1
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0xb282adc7

Old situation:

Device     Boot  Start    End Sectors Size Id Type
d.img1          204800 204800       0   0B 83 Linux

>>> Created a new DOS (MBR) disklabel with disk identifier 0xc30cfa50.
d.img1: Created a new partition 1 of type 'Linux' and of size 2 MiB.
d.img2: Start sector 2050 out of range.
Failed to add #2 partition: Numerical result out of range
Leaving.

1
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0xb282adc7

Old situation:

Device     Boot  Start    End Sectors Size Id Type
d.img1          204800 204800       0   0B 83 Linux

>>> Created a new DOS (MBR) disklabel with disk identifier 0xfa226953.
d.img1: Created a new partition 1 of type 'Linux' and of size 1 MiB.
d.img2: Created a new partition 2 of type 'Linux' and of size 1 MiB.
d.img3: Created a new partition 3 of type 'Linux' and of size 1 MiB.
d.img4: Created a new partition 4 of type 'Linux' and of size 1 MiB.
All partitions used.

New situation:
Disklabel type: dos
Disk identifier: 0xfa226953

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux
d.img2           4096  6143    2048   1M 83 Linux
d.img3           6144  8191    2048   1M 83 Linux
d.img4           8192 10239    2048   1M 83 Linux

The partition table has been altered.
Syncing disks.
0
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0xfa226953

Old situation:

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux
d.img2           4096  6143    2048   1M 83 Linux
d.img3           6144  8191    2048   1M 83 Linux
d.img4           8192 10239    2048   1M 83 Linux

>>> Created a new DOS (MBR) disklabel with disk identifier 0xe99f94b2.
d.img1: Created a new partition 1 of type 'Empty' and of size 1 MiB.
d.img2: line 2: unsupported command

New situation:
Disklabel type: dos
Disk identifier: 0xe99f94b2

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M  0 Empty
Leaving.

1
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0xfa226953

Old situation:

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux
d.img2           4096  6143    2048   1M 83 Linux
d.img3           6144  8191    2048   1M 83 Linux
d.img4           8192 10239    2048   1M 83 Linux

>>> Done.

New situation:
Disklabel type: dos
Disk identifier: 0xfa226953

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux
d.img2           4096  6143    2048   1M 83 Linux
d.img3           6144  8191    2048   1M 83 Linux
d.img4           8192 10239    2048   1M 83 Linux

The partition table has been altered.
Syncing disks.
0
`,
  ],
  [
    `extended`,
    `truncate -s 100M d.img
printf ',10M\\n,50M,Ex\\n,10M\\n,10M\\n,+\\n' | sfdisk d.img; echo $?
sfdisk -d d.img | grep -v id > dump; cat dump; sfdisk -F d.img; truncate -s 100M e.img; sfdisk e.img < dump; cmp d.img e.img | head -1
printf 'start=70M,size=5M\\n' | sfdisk -a d.img; sfdisk -r d.img; echo $?; sfdisk -V d.img
`,
    `Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

>>> Created a new DOS (MBR) disklabel with disk identifier 0xa43fc59a.
d.img1: Created a new partition 1 of type 'Linux' and of size 10 MiB.
d.img2: Created a new partition 2 of type 'Extended' and of size 50 MiB.
d.img3: Created a new partition 3 of type 'Linux' and of size 10 MiB.
d.img4: Created a new partition 4 of type 'Linux' and of size 10 MiB.
d.img5: Created a new partition 5 of type 'Linux' and of size 49 MiB.
d.img6: Done.

New situation:
Disklabel type: dos
Disk identifier: 0xa43fc59a

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  22527   20480  10M 83 Linux
d.img2           22528 124927  102400  50M  5 Extended
d.img3          124928 145407   20480  10M 83 Linux
d.img4          145408 165887   20480  10M 83 Linux
d.img5           24576 124927  100352  49M 83 Linux

Partition table entries are not in disk order.

The partition table has been altered.
Syncing disks.
0
label: dos
device: d.img
unit: sectors
sector-size: 512

d.img1 : start=        2048, size=       20480, type=83
d.img2 : start=       22528, size=      102400, type=5
d.img3 : start=      124928, size=       20480, type=83
d.img4 : start=      145408, size=       20480, type=83
d.img5 : start=       24576, size=      100352, type=83
Unpartitioned space d.img: 19 MiB, 19922944 bytes, 38912 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes

 Start    End Sectors Size
165888 204799   38912  19M
Checking that no-one is using this disk right now ... OK

Disk e.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

>>> Script header accepted.
>>> Script header accepted.
>>> Script header accepted.
>>> Script header accepted.
>>> Created a new DOS (MBR) disklabel with disk identifier 0x94b4caf8.
e.img1: Created a new partition 1 of type 'Linux' and of size 10 MiB.
e.img2: Created a new partition 2 of type 'Extended' and of size 50 MiB.
e.img3: Created a new partition 3 of type 'Linux' and of size 10 MiB.
e.img4: Created a new partition 4 of type 'Linux' and of size 10 MiB.
e.img5: Created a new partition 5 of type 'Linux' and of size 49 MiB.
e.img6: Done.

New situation:
Disklabel type: dos
Disk identifier: 0x94b4caf8

Device     Boot  Start    End Sectors Size Id Type
e.img1            2048  22527   20480  10M 83 Linux
e.img2           22528 124927  102400  50M  5 Extended
e.img3          124928 145407   20480  10M 83 Linux
e.img4          145408 165887   20480  10M 83 Linux
e.img5           24576 124927  100352  49M 83 Linux

Partition table entries are not in disk order.

The partition table has been altered.
Syncing disks.
d.img e.img differ: byte 441, line 1
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0xa43fc59a

Old situation:

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  22527   20480  10M 83 Linux
d.img2           22528 124927  102400  50M  5 Extended
d.img3          124928 145407   20480  10M 83 Linux
d.img4          145408 165887   20480  10M 83 Linux
d.img5           24576 124927  100352  49M 83 Linux

Partition table entries are not in disk order.

d.img6: Primary partition not available.
Failed to add #6 partition: Numerical result out of range
Leaving.

Nothing to do. Ordering is correct already.
0
d.img:
No errors detected.
Remaining 40959 unallocated 512-byte sectors.
`,
  ],
  [
    `N`,
    `truncate -s 100M d.img
printf ',10M\\n,20M\\n' | sfdisk -q d.img
echo ',15M' | sfdisk -N1 d.img; echo $?
echo ',8M' | sfdisk -N1 d.img; echo $?
echo ',+' | sfdisk -N2 d.img; echo $?
echo '50M,10M' | sfdisk -N2 d.img; echo $?
echo '+10M,' | sfdisk -N2 d.img; echo $?
echo ',-2M' | sfdisk -N2 d.img; echo $?
echo ',1M' | sfdisk -N3 d.img; echo $?
echo ',1M' | sfdisk -N9 d.img; echo $?
echo 'type=82' | sfdisk -N 1 --no-act d.img; echo $?
echo ',1M' | sfdisk d.img 1; echo $?
`,
    `Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5c1ab856

Old situation:

Device     Boot Start   End Sectors Size Id Type
d.img1           2048 22527   20480  10M 83 Linux
d.img2          22528 63487   40960  20M 83 Linux

d.img1: Failed to resize partition #1.
Leaving.

1
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5c1ab856

Old situation:

Device     Boot Start   End Sectors Size Id Type
d.img1           2048 22527   20480  10M 83 Linux
d.img2          22528 63487   40960  20M 83 Linux

d.img1: 
New situation:
Disklabel type: dos
Disk identifier: 0x5c1ab856

Device     Boot Start   End Sectors Size Id Type
d.img1           2048 18431   16384   8M 83 Linux
d.img2          22528 63487   40960  20M 83 Linux

The partition table has been altered.
Syncing disks.
0
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5c1ab856

Old situation:

Device     Boot Start   End Sectors Size Id Type
d.img1           2048 18431   16384   8M 83 Linux
d.img2          22528 63487   40960  20M 83 Linux

d.img2: 
New situation:
Disklabel type: dos
Disk identifier: 0x5c1ab856

Device     Boot Start    End Sectors Size Id Type
d.img1           2048  18431   16384   8M 83 Linux
d.img2          22528 204799  182272  89M 83 Linux

The partition table has been altered.
Syncing disks.
0
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5c1ab856

Old situation:

Device     Boot Start    End Sectors Size Id Type
d.img1           2048  18431   16384   8M 83 Linux
d.img2          22528 204799  182272  89M 83 Linux

d.img2: 
New situation:
Disklabel type: dos
Disk identifier: 0x5c1ab856

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 83 Linux
d.img2          102400 122879   20480  10M 83 Linux

The partition table has been altered.
Syncing disks.
0
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5c1ab856

Old situation:

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 83 Linux
d.img2          102400 122879   20480  10M 83 Linux

d.img2: 
New situation:
Disklabel type: dos
Disk identifier: 0x5c1ab856

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 83 Linux
d.img2          122880 143359   20480  10M 83 Linux

The partition table has been altered.
Syncing disks.
0
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5c1ab856

Old situation:

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 83 Linux
d.img2          122880 143359   20480  10M 83 Linux

d.img2: 
New situation:
Disklabel type: dos
Disk identifier: 0x5c1ab856

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 83 Linux
d.img2          122880 139263   16384   8M 83 Linux

The partition table has been altered.
Syncing disks.
0
warning: d.img: partition 3 is not defined yet
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5c1ab856

Old situation:

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 83 Linux
d.img2          122880 139263   16384   8M 83 Linux

d.img3: Created a new partition 3 of type 'Linux' and of size 1 MiB.

New situation:
Disklabel type: dos
Disk identifier: 0x5c1ab856

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 83 Linux
d.img2          122880 139263   16384   8M 83 Linux
d.img3           18432  20479    2048   1M 83 Linux

Partition table entries are not in disk order.

The partition table has been altered.
Syncing disks.
0
sfdisk: d.img: cannot modify partition 9: partition table contains only 4 partitions
1
Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5c1ab856

Old situation:

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 83 Linux
d.img2          122880 139263   16384   8M 83 Linux
d.img3           18432  20479    2048   1M 83 Linux

Partition table entries are not in disk order.

d.img1: 
New situation:
Disklabel type: dos
Disk identifier: 0x5c1ab856

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 82 Linux swap / Solaris
d.img2          122880 139263   16384   8M 83 Linux
d.img3           18432  20479    2048   1M 83 Linux

Partition table entries are not in disk order.
The partition table is unchanged (--no-act).
0
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x5c1ab856

Old situation:

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 83 Linux
d.img2          122880 139263   16384   8M 83 Linux
d.img3           18432  20479    2048   1M 83 Linux

Partition table entries are not in disk order.

d.img2: 
New situation:
Disklabel type: dos
Disk identifier: 0x5c1ab856

Device     Boot  Start    End Sectors Size Id Type
d.img1            2048  18431   16384   8M 83 Linux
d.img2          122880 124927    2048   1M 83 Linux
d.img3           18432  20479    2048   1M 83 Linux

Partition table entries are not in disk order.

The partition table has been altered.
Syncing disks.
0
`,
  ],
  [
    `verify`,
    `truncate -s 100M d.img; printf '2048,4096\\n4096,4096\\n' | sfdisk -f d.img; sfdisk -V d.img; sfdisk -l -V d.img
`,
    `Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

>>> Created a new DOS (MBR) disklabel with disk identifier 0x61593e89.
d.img1: Created a new partition 1 of type 'Linux' and of size 2 MiB.
d.img2: Start sector 4096 out of range.
Failed to add #2 partition: Numerical result out of range
Leaving.

d.img:
unrecognized partition table type
Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
`,
  ],
  [
    `print`,
    `truncate -s 100M d.img; printf ',1M\\nprint\\n,2M\\nwrite\\n' | sfdisk d.img; printf ',1M\\nabort\\n' | sfdisk d.img; echo $?;  printf ',1M\\nquit\\n' | sfdisk d.img; echo $?
`,
    `Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes

>>> Created a new DOS (MBR) disklabel with disk identifier 0x1a0980f4.
d.img1: Created a new partition 1 of type 'Linux' and of size 1 MiB.
d.img2: 
Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux
d.img2: Created a new partition 2 of type 'Linux' and of size 2 MiB.
d.img3: 
New situation:
Disklabel type: dos
Disk identifier: 0x1a0980f4

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux
d.img2           4096  8191    4096   2M 83 Linux

The partition table has been altered.
Syncing disks.
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x1a0980f4

Old situation:

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux
d.img2           4096  8191    4096   2M 83 Linux

>>> Created a new DOS (MBR) disklabel with disk identifier 0xa020de40.
d.img1: Created a new partition 1 of type 'Linux' and of size 1 MiB.
d.img2: Leaving.

1
Checking that no-one is using this disk right now ... OK

Disk d.img: 100 MiB, 104857600 bytes, 204800 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes
I/O size (minimum/optimal): 512 bytes / 512 bytes
Disklabel type: dos
Disk identifier: 0x1a0980f4

Old situation:

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux
d.img2           4096  8191    4096   2M 83 Linux

>>> Created a new DOS (MBR) disklabel with disk identifier 0xd53d50fc.
d.img1: Created a new partition 1 of type 'Linux' and of size 1 MiB.
d.img2: 
New situation:
Disklabel type: dos
Disk identifier: 0xd53d50fc

Device     Boot Start   End Sectors Size Id Type
d.img1           2048  4095    2048   1M 83 Linux

The partition table has been altered.
Syncing disks.
0
`,
  ],
];
