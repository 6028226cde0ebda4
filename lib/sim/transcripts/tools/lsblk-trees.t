lsblk turned round, sorted, without repeats, its columns for zones; blkid -o list. Forms recorded from util-linux 2.38.1.
host: debian-12

  $ apt-get install -y -qq lvm2 >/dev/null 2>&1; for i in 1 2 3; do truncate -s ${i}00M d$i; losetup /dev/loop$i d$i; done; vgcreate -q vg0 /dev/loop1 /dev/loop2 >/dev/null; lvcreate -q -n a -l 60 vg0
    Logical volume "a" created.
  $ lsblk -s
  NAME    MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS
  loop3     7:3    0  300M  0 loop 
  vg0-a   253:0    0  240M  0 lvm  
  ├─loop1   7:1    0  100M  0 loop 
  └─loop2   7:2    0  200M  0 loop 
  vda1    254:1    0    8G  0 part /
  └─vda   254:0    0    8G  0 disk 
  $ lsblk -s /dev/vda1
  NAME  MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS
  vda1  254:1    0   8G  0 part /
  └─vda 254:0    0   8G  0 disk 
  $ lsblk -x SIZE -o NAME,SIZE,TYPE
  NAME   SIZE TYPE
  loop1  100M loop
  loop2  200M loop
  vg0-a  240M lvm
  loop3  300M loop
  vda1     8G part
  vda      8G disk
  $ lsblk -l -o NAME
  NAME
  loop1
  vg0-a
  loop2
  loop3
  vda
  vda1
  $ lsblk -x FOO
  lsblk: unknown column: FOO
  Try 'lsblk --help' for more information.
  [1]
  $ lsblk -N
  lsblk: invalid option -- 'N'
  Try 'lsblk --help' for more information.
  [1]
  $ lsblk -S
  $ lsblk -d -z /dev/loop3
  NAME  ZONED ZONE-SZ ZONE-NR ZONE-AMAX ZONE-OMAX ZONE-APP ZONE-WGRAN
  loop3 none       0B       0         0         0       0B         0B
  $ mkfs.ext4 -q -L data -U 11111111-2222-3333-4444-555555555555 /dev/loop3; COLUMNS=120 blkid -o list /dev/loop3
  device                     fs_type     label        mount point                    UUID
  -----------------------------------------------------------------------------------------------------------------------
  /dev/loop3                 ext4        data         (not mounted)                  11111111-2222-3333-4444-555555555555
  $ mount /dev/loop3 /mnt; COLUMNS=80 blkid -o list /dev/loop3
  device     fs_type label    mount point    UUID
  -------------------------------------------------------------------------------
  /dev/loop3 ext4    data     /mnt           11111111-2222-3333-4444-555555555555
