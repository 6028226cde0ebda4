Arrays that grow: a third mirror, a mirror of two that becomes RAID 5 and then RAID 6, an internal bitmap. Messages of mdadm 4.2 (Grow.c), /proc/mdstat as md.c writes it.
host: debian-12

  $ apt-get install -y -qq mdadm >/dev/null 2>&1; for i in 1 2 3 4; do truncate -s 100M d$i; losetup /dev/loop$i d$i; done
  $ mdadm --create /dev/md0 --level=1 --raid-devices=2 --bitmap=internal --run /dev/loop1 /dev/loop2; sleep 2; cat /proc/mdstat
  mdadm: Defaulting to version 1.2 metadata
  mdadm: array /dev/md0 started.
  Personalities : [raid1] 
  md0 : active raid1 loop2[1] loop1[0]
        101376 blocks super 1.2 [2/2] [UU]
        bitmap: 0/1 pages [0KB], 65536KB chunk
  
  unused devices: <none>
  $ mdadm --detail /dev/md0 | grep -E "Bitmap|Policy"; mdadm -E /dev/loop1 | grep -i map
       Intent Bitmap : Internal
  Consistency Policy : bitmap
      Feature Map : 0x1
  Internal Bitmap : 8 sectors from superblock
  $ mdadm --grow /dev/md0 --bitmap=internal
  mdadm: bitmap already present on /dev/md0
  [1]
  $ mdadm --grow /dev/md0 --bitmap=none; mdadm --grow /dev/md0 --bitmap=none
  mdadm: no bitmap found on /dev/md0
  [1]
  $ mkfs.ext4 -q /dev/md0; mkdir m; mount /dev/md0 m; cp /etc/passwd m; mdadm --grow /dev/md0 --raid-devices=3 --add /dev/loop3; sed -n 2,4p /proc/mdstat
  mdadm: added /dev/loop3
  raid_disks for /dev/md0 set to 3
  md0 : active raid1 loop3[2] loop2[1] loop1[0]
        101376 blocks super 1.2 [3/2] [UU_]
        [>....................]  recovery =  0.1% (64/101376) finish=0.0min speed=101376K/sec
  $ sleep 2; mdadm --grow /dev/md0 --raid-devices=2
  mdadm: failed to set raid disks
  [1]
  $ mdadm /dev/md0 --fail /dev/loop3 --remove /dev/loop3; mdadm --grow /dev/md0 --raid-devices=2; mdadm --zero-superblock /dev/loop3
  mdadm: set /dev/loop3 faulty in /dev/md0
  mdadm: hot removed /dev/loop3 from /dev/md0
  raid_disks for /dev/md0 set to 2
  $ mdadm --grow /dev/md0 --level=5; sed -n 2,3p /proc/mdstat; mdadm --grow /dev/md0 --raid-devices=3
  mdadm: level of /dev/md0 changed to raid5
  md0 : active raid5 loop2[1] loop1[0]
        101376 blocks super 1.2 level 5, 64k chunk, algorithm 2 [2/2] [UU]
  mdadm: Need 1 spare to avoid degraded array, and only have 0.
         Use --force to over-ride this check.
  [1]
  $ mdadm /dev/md0 --add /dev/loop3; mdadm --grow /dev/md0 --raid-devices=3; sed -n 2,4p /proc/mdstat; cmp /etc/passwd m/passwd
  mdadm: added /dev/loop3
  md0 : active raid5 loop3[2] loop2[1] loop1[0]
        101376 blocks super 1.2 level 5, 64k chunk, algorithm 2 [3/3] [UUU]
        [>....................]  reshape =  0.1% (64/101376) finish=0.0min speed=101376K/sec
  $ mdadm --wait /dev/md0; sed -n 3p /proc/mdstat; resize2fs /dev/md0 2>/dev/null | tail -2; cmp /etc/passwd m/passwd
        202752 blocks super 1.2 level 5, 64k chunk, algorithm 2 [3/3] [UUU]
  The filesystem on /dev/md0 is now 202752 (1k) blocks long.
  
  $ mdadm /dev/md0 --add /dev/loop4; mdadm --grow /dev/md0 --level=6
  mdadm: added /dev/loop4
  mdadm: /dev/md0: Cannot grow - need backup-file
  mdadm:  Please provide one with "--backup=..."
  [1]
  $ mdadm --grow /dev/md0 --level=6 --raid-devices=4 --backup-file=b; mdadm --wait /dev/md0; mdadm /dev/md0 --fail /dev/loop1 --fail /dev/loop2; cmp /etc/passwd m/passwd
  mdadm: level of /dev/md0 changed to raid6
  mdadm: Need to backup 384K of critical section..
  mdadm: set /dev/loop1 faulty in /dev/md0
  mdadm: set /dev/loop2 faulty in /dev/md0
  $ umount m; mdadm -S /dev/md0; mdadm -A --run /dev/md0 /dev/loop3 /dev/loop4; mount /dev/md0 m; cmp /etc/passwd m/passwd; mdadm --grow /dev/md0 --size=max
  mdadm: stopped /dev/md0
  mdadm: /dev/md0 has been started with 2 drives (out of 4).
  mdadm: component size of /dev/md0 unchanged at 101376K
