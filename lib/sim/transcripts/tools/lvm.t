LVM on loop devices: physical volumes, groups, volumes, sizes with their file systems, lsblk, dmsetup.
host: debian-12

  $ apt-get install -y -qq lvm2 >/dev/null 2>&1; truncate -s 100M /root/a /root/b; losetup -f /root/a; losetup -f /root/b; losetup -a | cut -d: -f1
  /dev/loop0
  /dev/loop1
  $ pvcreate /dev/loop0
    Physical volume "/dev/loop0" successfully created.
  $ pvs; vgs; lvs
    PV         VG Fmt  Attr PSize   PFree  
    /dev/loop0    lvm2 ---  100.00m 100.00m
  $ vgcreate vg0 /dev/loop0; vgs
    Volume group "vg0" successfully created
    VG  #PV #LV #SN Attr   VSize  VFree 
    vg0   1   0   0 wz--n- 96.00m 96.00m
  $ lvcreate -L 40M -n data vg0; lvs; ls -l /dev/vg0 /dev/mapper | grep -o '[a-z0-9-]* -> .*'
    Logical volume "data" created.
    LV   VG  Attr       LSize  Pool Origin Data%  Meta%  Move Log Cpy%Sync Convert
    data vg0 -wi-a----- 40.00m                                                    
  vg0-data -> ../dm-0
  data -> ../dm-0
  $ mkfs.ext4 -q /dev/vg0/data; mkdir -p /mnt/d; mount /dev/vg0/data /mnt/d; echo hello > /mnt/d/f; df -h /mnt/d | cut -c1-24; lsblk /dev/loop0
  Filesystem            Si
  /dev/mapper/vg0-data   3
  NAME       MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS
  loop0        7:0    0  100M  0 loop 
  └─vg0-data 253:0    0   40M  0 lvm  /mnt/d
  $ lvs; lvremove vg0/data
    LV   VG  Attr       LSize  Pool Origin Data%  Meta%  Move Log Cpy%Sync Convert
    data vg0 -wi-ao---- 40.00m                                                    
    Logical volume vg0/data contains a filesystem in use.
  [5]
  $ lvextend -L +80M vg0/data
    Insufficient free space: 20 extents needed, but only 14 available
  [5]
  $ vgextend vg0 /dev/loop1; lvextend -r -L +80M vg0/data; df -h /mnt/d | tail -1 | awk '{print $1,$6}'; cat /mnt/d/f; lsblk -o NAME,SIZE,TYPE,MOUNTPOINTS /dev/loop0 /dev/loop1
    Physical volume "/dev/loop1" successfully created.
    Volume group "vg0" successfully extended
    Size of logical volume vg0/data changed from 40.00 MiB (10 extents) to 120.00 MiB (30 extents).
    Logical volume vg0/data successfully resized.
  resize2fs 1.47.0 (5-Feb-2023)
  Filesystem at /dev/mapper/vg0-data is mounted on /mnt/d; on-line resizing required
  old_desc_blocks = 1, new_desc_blocks = 1
  The filesystem on /dev/mapper/vg0-data is now 122880 (1k) blocks long.
  
  /dev/mapper/vg0-data /mnt/d
  hello
  NAME        SIZE TYPE MOUNTPOINTS
  loop0       100M loop 
  └─vg0-data  120M lvm  /mnt/d
  loop1       100M loop 
  └─vg0-data  120M lvm  /mnt/d
  $ pvs; vgs; lvs -o lv_name,lv_size,seg_count,devices
    PV         VG  Fmt  Attr PSize  PFree 
    /dev/loop0 vg0 lvm2 a--  96.00m     0 
    /dev/loop1 vg0 lvm2 a--  96.00m 72.00m
    VG  #PV #LV #SN Attr   VSize   VFree 
    vg0   2   1   0 wz--n- 192.00m 72.00m
    LV   LSize   #Seg Devices      
    data 120.00m    2 /dev/loop0(0)
    data 120.00m    2 /dev/loop1(0)
  $ pvdisplay /dev/loop0 | grep -v UUID; vgdisplay vg0 | grep -v UUID; lvdisplay vg0/data | grep -v 'UUID\|time'
    --- Physical volume ---
    PV Name               /dev/loop0
    VG Name               vg0
    PV Size               100.00 MiB / not usable 4.00 MiB
    Allocatable           yes (but full)
    PE Size               4.00 MiB
    Total PE              24
    Free PE               0
    Allocated PE          24
     
    --- Volume group ---
    VG Name               vg0
    System ID             
    Format                lvm2
    Metadata Areas        2
    Metadata Sequence No  4
    VG Access             read/write
    VG Status             resizable
    MAX LV                0
    Cur LV                1
    Open LV               1
    Max PV                0
    Cur PV                2
    Act PV                2
    VG Size               192.00 MiB
    PE Size               4.00 MiB
    Total PE              48
    Alloc PE / Size       30 / 120.00 MiB
    Free  PE / Size       18 / 72.00 MiB
     
    --- Logical volume ---
    LV Path                /dev/vg0/data
    LV Name                data
    VG Name                vg0
    LV Write Access        read/write
    LV Status              available
    # open                 1
    LV Size                120.00 MiB
    Current LE             30
    Segments               2
    Allocation             inherit
    Read ahead sectors     auto
    - currently set to     256
    Block device           253:0
     
  $ dmsetup ls; dmsetup table vg0-data; dmsetup info -c | cut -c1-40
  vg0-data	(253:0)
  0 196608 linear 7:0 2048
  196608 49152 linear 7:1 2048
  Name             Maj Min Stat Open Targ 
  vg0-data         253   0 L--w    1    2 
  $ umount /mnt/d; echo n | lvreduce -L 60M vg0/data
    WARNING: Reducing active logical volume to 60.00 MiB.
    THIS MAY DESTROY YOUR DATA (filesystem etc.)
  Do you really want to reduce vg0/data? [y/n]:   Logical volume vg0/data NOT reduced.
  [5]
  $ lvreduce -r -y -L 60M vg0/data; mount /dev/mapper/vg0-data /mnt/d; cat /mnt/d/f; umount /mnt/d
  /dev/mapper/vg0-data: 12/30720 files (0.0% non-contiguous), 13373/122880 blocks
  resize2fs 1.47.0 (5-Feb-2023)
  Resizing the filesystem on /dev/mapper/vg0-data to 61440 (1k) blocks.
  The filesystem on /dev/mapper/vg0-data is now 61440 (1k) blocks long.
  
    Size of logical volume vg0/data changed from 120.00 MiB (30 extents) to 60.00 MiB (15 extents).
    Logical volume vg0/data successfully resized.
  hello
  $ vgchange -an vg0; lvs; ls /dev/vg0; vgchange -ay vg0
    0 logical volume(s) in volume group "vg0" now active
    LV   VG  Attr       LSize  Pool Origin Data%  Meta%  Move Log Cpy%Sync Convert
    data vg0 -wi------- 60.00m                                                    
  ls: cannot access '/dev/vg0': No such file or directory
    1 logical volume(s) in volume group "vg0" now active
  $ lvcreate -l 100%FREE -n rest vg0; lvcreate -L 10M -n x vg0; lvcreate -L 4M -n data vg0; lvcreate -s -L 4M -n s vg0/data
    Logical volume "rest" created.
    Rounding up size to full physical extent 12.00 MiB
    Volume group "vg0" has insufficient free space (0 extents): 3 required.
    Logical Volume "data" already exists in volume group "vg0"
    Volume group "vg0" has insufficient free space (0 extents): 1 required.
  [5]
  $ lvremove -y vg0/rest; lvrename vg0 data new; lvscan; blkid -o value -s TYPE /dev/loop0 /dev/mapper/vg0-new; blkid /dev/loop0 | sed 's/UUID="[^"]*/UUID="X/'
    Logical volume "rest" successfully removed.
    Renamed "data" to "new" in volume group "vg0"
    ACTIVE            '/dev/vg0/new' [60.00 MiB] inherit
  LVM2_member
  ext4
  /dev/loop0: UUID="X" TYPE="LVM2_member"
  $ vgremove -y vg0; pvremove /dev/loop0 /dev/loop1; pvs; dmsetup ls
    Logical volume "new" successfully removed.
    Volume group "vg0" successfully removed
    Labels on physical volume "/dev/loop0" successfully wiped.
    Labels on physical volume "/dev/loop1" successfully wiped.
  No devices found
  $ pvcreate /dev/vda1; pvcreate /dev/nope; vgcreate x; vgs nope
    Can't open /dev/vda1 exclusively.  Mounted filesystem?
    Can't open /dev/vda1 exclusively.  Mounted filesystem?
    No device found for /dev/nope.
    No command with matching syntax recognised.  Run 'vgcreate --help' for more information.
    Correct command syntax is:
    vgcreate VG_new PV ...
  
    Volume group "nope" not found
    Cannot process volume group nope
  [5]
  $ su student -c /sbin/pvs
    WARNING: Running as a non-root user. Functionality may be unavailable.
    /run/lock/lvm/P_global:aux: open failed: Permission denied
  [5]
