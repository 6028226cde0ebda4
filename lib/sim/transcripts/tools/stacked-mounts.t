findmnt of two mounts on one place: the list names both, in the order of mountinfo. Form as of findmnt 2.38.1 with two tmpfs on /dev/shm.
host: debian-12

  $ mount -t tmpfs a /mnt; mount -t tmpfs b /mnt
  $ findmnt /mnt
  TARGET SOURCE FSTYPE OPTIONS
  /mnt   a      tmpfs  rw,relatime,inode64
  /mnt   b      tmpfs  rw,relatime,inode64
  $ findmnt -f -n -o SOURCE /mnt
  a
  $ findmnt -R -o TARGET,SOURCE /mnt
  TARGET SOURCE
  /mnt   a
  └─/mnt b
  $ findmnt -n -o SOURCE --mountpoint /mnt
  a
  b
  $ umount /mnt; findmnt -n -o SOURCE /mnt
  a
