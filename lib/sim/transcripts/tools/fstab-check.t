findmnt --verify, wipefs and mkswap on images, the hint about an fstab that systemd has not read. Words and order recorded from util-linux 2.38.1.
host: debian-12

  $ for i in 1 2 3; do truncate -s 400M /root/d$i; losetup /dev/loop$i /root/d$i; done
  $ printf '/dev/nope /mnt/n ext4 defaults 0 2\nUUID=1234 /mnt/u ext4 defaults,nofail 0 2\nnone none swap sw 0 0\nFOO=bar /srv ext4 noauto 0 0\nfoo bar\n' > t
  $ findmnt --verify -F t
  findmnt: t: parse error at line 5 -- ignored
  /mnt/n
     [E] unreachable on boot required target: No such file or directory
     [W] unreachable source: /dev/nope: No such file or directory
     [W] cannot detect on-disk filesystem type (No such file or directory)
  /mnt/u
     [E] unreachable on boot required target: No such file or directory
     [E] unreachable on boot required source: UUID=1234
  none
     [W] unreachable source: none: No such file or directory
     [W] cannot detect on-disk filesystem type (No such file or directory)
  /srv
     [E] unsupported source tag: FOO=bar
     [W] cannot detect on-disk filesystem type (No such file or directory)
  
  1 parse error, 4 errors, 5 warnings
  [1]
  $ findmnt --verify --verbose
  /
     [ ] target exists
     [ ] FS options: errors=remount-ro
     [ ] source /dev/vda1 exists
     [ ] FS type is ext4
  Success, no errors or warnings detected
  $ mkfs.ext4 -q /dev/loop1; echo '/dev/loop1 /media xfs defaults 0 0' >> /etc/fstab; systemctl daemon-reload; findmnt --verify
  /media
     [E] xfs does not match with on-disk ext4
  
  0 parse errors, 1 error, 0 warnings
  [1]
  $ sed -i 's/xfs/ext4/; $a /dev/nope /srv ext4 nofail 0 0' /etc/fstab; mount -a; echo $?
  mount: (hint) your fstab has been modified, but systemd still uses
         the old version; use 'systemctl daemon-reload' to reload.
  0
  $ systemctl daemon-reload; umount /media; mount /media; mount --make-private /srv
  mount: /srv: not mount point or bad option.
         dmesg(1) may have more information after failed mount system call.
  [32]
  $ findmnt -s -o +FREQ,PASSNO
  TARGET SOURCE     FSTYPE OPTIONS           FREQ PASSNO
  /      /dev/vda1  ext4   errors=remount-ro    0      1
  /media /dev/loop1 ext4   defaults             0      0
  /srv   /dev/nope  ext4   nofail               0      0
  $ echo 'label: gpt' | sfdisk -q /dev/loop2; wipefs /dev/loop2
  DEVICE OFFSET     TYPE UUID LABEL
  loop2  0x200      gpt       
  loop2  0x18fffe00 gpt       
  loop2  0x1fe      PMBR      
  $ mkswap /dev/loop2 | head -1
  mkswap: /dev/loop2: warning: don't erase bootbits sectors
          (gpt partition table detected). Use -f to force.
  Setting up swapspace version 1, size = 400 MiB (419426304 bytes)
  $ wipefs -a /root/d2
  /root/d2: 10 bytes were erased at offset 0x00000ff6 (swap): 53 57 41 50 53 50 41 43 45 32
  wipefs: /root/d2: ignoring nested "gpt" partition table on non-whole disk device
  wipefs: /root/d2: ignoring nested "gpt" partition table on non-whole disk device
  wipefs: /root/d2: ignoring nested "PMBR" partition table on non-whole disk device
  wipefs: Use the --force option to force erase.
  $ wipefs -a /dev/loop2
  /dev/loop2: 8 bytes were erased at offset 0x00000200 (gpt): 45 46 49 20 50 41 52 54
  /dev/loop2: 8 bytes were erased at offset 0x18fffe00 (gpt): 45 46 49 20 50 41 52 54
  /dev/loop2: 2 bytes were erased at offset 0x000001fe (PMBR): 55 aa
  /dev/loop2: calling ioctl to re-read partition table: Success
  $ truncate -s 20M sw; chmod 600 sw; mkswap -U clear -L averyveryverylonglabel sw
  
  mkswap: sw contains holes or other unsupported extents.
          This swap file can be rejected by kernel on swap activation!
          Use --verbose for more details.
  
  mkswap: Label was truncated.
  Setting up swapspace version 1, size = 20 MiB (20967424 bytes)
  LABEL=averyveryverylo, UUID=00000000-0000-0000-0000-000000000000
  $ mkswap -p 100 sw
  mkswap: Bad user-specified page size 100
  [1]
