blockdev --setro, --setrw, --setra: writes and mounts of what is protected.
host: debian-12

  $ truncate -s 20M /root/i; losetup /dev/loop0 /root/i; mkfs.ext4 -q /dev/loop0; blockdev --getro --setro --getro /dev/loop0; cat /sys/class/block/loop0/ro; blockdev --report /dev/loop0
  0
  1
  1
  RO    RA   SSZ   BSZ        StartSec            Size   Device
  ro   256   512  4096               0        20971520   /dev/loop0
  $ dd if=/dev/zero of=/dev/loop0 bs=512 count=1 status=none; mount /dev/loop0 /mnt; touch /mnt/x; grep /mnt /proc/mounts; umount /mnt; mount -w /dev/loop0 /mnt
  dd: error writing '/dev/loop0': Operation not permitted
  mount: /mnt: WARNING: source write-protected, mounted read-only.
  touch: cannot touch '/mnt/x': Read-only file system
  /dev/loop0 /mnt ext4 ro,relatime 0 0
  mount: /mnt: /dev/loop0 is write-protected but explicit read-write mode requested.
         dmesg(1) may have more information after failed mount system call.
  [32]
  $ blockdev --setrw --getro /dev/loop0; mount /dev/loop0 /mnt; touch /mnt/x; umount /mnt
  0
  $ blockdev --setra 512 --getra --setbsz 3 /dev/loop0; blockdev --setra /dev/loop0; blockdev --setra x /dev/loop0; blockdev --getra /dev/loop0; cat /sys/class/block/loop0/queue/read_ahead_kb
  512
  blockdev: ioctl error on BLKBSZSET: Invalid argument
  blockdev: no device specified
  Try 'blockdev --help' for more information.
  blockdev: failed to parse command argument: 'x'
  512
  256
  $ hdparm -r1 /dev/vda; su student -c '/sbin/blockdev --setro /dev/vda'; blockdev --setrw /dev/vda1; blockdev --getro /dev/vda
  bash: hdparm: command not found
  blockdev: cannot open /dev/vda: Permission denied
  0
