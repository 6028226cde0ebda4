Mounts by ordinary users (fstab's user and users, /run/mount/utab), umount -R, -A, -d, -l, -r, propagation, remounts and refusals as libmount 2.38.1 words them.
host: debian-12

  $ truncate -s 20M /root/i; mkfs.ext4 -q /root/i; mkdir /mnt/u /mnt/v /mnt/w; printf '%s\n' '/root/i /mnt/u ext4 noauto,user,loop 0 0' 't /mnt/v tmpfs noauto,users,exec 0 0' >> /etc/fstab; systemctl daemon-reload
  $ su student -c 'mount /mnt/u; mount /mnt/v; mount /mnt/w'; mount | grep /mnt; grep /mnt /proc/mounts; cat /run/mount/utab
  mount: /mnt/w: can't find in /etc/fstab.
  /root/i on /mnt/u type ext4 (rw,nosuid,nodev,noexec,relatime,loop=/dev/loop0,user=student)
  t on /mnt/v type tmpfs (rw,nosuid,nodev,relatime,gid=1000,inode64)
  /dev/loop0 /mnt/u ext4 rw,nosuid,nodev,noexec,relatime 0 0
  t /mnt/v tmpfs rw,nosuid,nodev,relatime,gid=1000,inode64 0 0
  SRC=/dev/loop0 TARGET=/mnt/u ROOT=/ OPTS=loop=/dev/loop0,user=student
  $ su nobody -s /bin/sh -c 'umount /mnt/u; umount /mnt/v; umount /mnt/w; umount /mnt/nonex'
  umount: /mnt/u: must be superuser to unmount.
  umount: /mnt/w: not mounted.
  umount: /mnt/nonex: No such file or directory
  [1]
  $ su student -c 'umount -v /mnt/u'; cat /run/mount/utab; losetup -a
  umount: /mnt/u (/dev/loop0) unmounted
  $ mount -v /root/i; mount /mnt/u; umount -v /root/i; umount /root/i /mnt/u; umount /mnt/nonex
  mount: /dev/loop0 mounted on /mnt/u.
  mount: /mnt/u: /dev/loop0 already mounted on /mnt/u.
         dmesg(1) may have more information after failed mount system call.
  umount: /mnt/u (/dev/loop0) unmounted
  umount: /root/i: not mounted.
  umount: /mnt/u: not mounted.
  umount: /mnt/nonex: no mount point specified.
  [32]
  $ losetup /dev/loop5 /root/i; mount /dev/loop5 /mnt/w; umount -d -v /mnt/w; losetup -a
  umount: /mnt/w (/dev/loop5) unmounted
  $ mount -t tmpfs -o nosuid,noatime,nodiratime,sync,lazytime,nosymfollow t /mnt/v; mount -o remount,noexec,ro /mnt/v; grep /mnt /proc/self/mountinfo | cut -d' ' -f3-; umount -A t; umount -A /mnt/v
  0:38 / /mnt/v ro,nosuid,nodev,noexec,noatime shared:23 - tmpfs t ro,inode64
  umount: /mnt/v: not mounted
  [1]
  $ mount --make-shared -t tmpfs t /mnt/v; mount --bind /mnt/v /mnt/w; mkdir /mnt/v/x; mount -t tmpfs u /mnt/v/x; cd /mnt/w/x; umount /mnt/v/x; cd; umount -vR /mnt/v; findmnt -n -o TARGET,SOURCE -R /mnt/w; umount -R /mnt/v /mnt/nonex; umount -l /mnt/w; findmnt /mnt/w
  umount: /mnt/v/x: target is busy.
  umount: /mnt/v/x unmounted
  umount: /mnt/v unmounted
  /mnt/w t
  umount: /mnt/v: not mounted
  umount: /mnt/nonex: not found
  [1]
  $ mount --make-rprivate /; mount --bind /mnt/u /mnt/u; mount --make-unbindable /mnt/u; mount --bind /mnt/u /mnt/w; mount -M /mnt/u /mnt/w; findmnt -n -o TARGET,PROPAGATION /mnt/w; mount -M /etc /mnt/u; umount /mnt/w
  mount: /mnt/w: wrong fs type, bad option, bad superblock on /mnt/u, missing codepage or helper program, or other error.
         dmesg(1) may have more information after failed mount system call.
  /mnt/w unbindable
  mount: /mnt/u: wrong fs type, bad option, bad superblock on /etc, missing codepage or helper program, or other error.
         dmesg(1) may have more information after failed mount system call.
  $ mount -o remount,ro /; mount -o remount /etc; mount -o remount /nonex; mount --bind /etc/passwd /mnt/u; mount --bind /etc /etc/passwd; ln -s /nonex /mnt/l; mount -t tmpfs t /mnt/l
  mount: /: mount point is busy.
         dmesg(1) may have more information after failed mount system call.
  mount: /etc: mount point not mounted or bad option.
         dmesg(1) may have more information after failed mount system call.
  mount: /nonex: mount point does not exist.
         dmesg(1) may have more information after failed mount system call.
  mount: /mnt/u: mount(2) system call failed: Not a directory.
         dmesg(1) may have more information after failed mount system call.
  mount: /etc/passwd: mount point is not a directory.
         dmesg(1) may have more information after failed mount system call.
  mount: /mnt/l: mount point is a symbolic link to nowhere.
         dmesg(1) may have more information after failed mount system call.
  [32]
  $ mount /dev/vda /mnt/u; mount host:/dir /mnt/u; mount //host/share /mnt/u; mount --target /mnt/u2; mount --source /dev/vdz
  mount: /mnt/u: /dev/vda already mounted or mount point busy.
         dmesg(1) may have more information after failed mount system call.
  mount: /mnt/u: bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.<type> helper program.
         dmesg(1) may have more information after failed mount system call.
  mount: /mnt/u: bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.<type> helper program.
         dmesg(1) may have more information after failed mount system call.
  mount: /mnt/u2: can't find mount point in /etc/fstab.
  mount: /dev/vdz: can't find mount source in /etc/fstab.
  [1]
  $ mount -o X-mount.mkdir=700 -t tmpfs t /mnt/a/b; stat -c '%a %n' /mnt/a; cd /mnt/a/b; umount -r /mnt/a/b; grep -c '/mnt/a/b tmpfs ro' /proc/mounts; cd; umount -R -r /mnt/a; umount -a /mnt/a; umount -aR
  700 /mnt/a
  1
  umount: mutually exclusive arguments: --recursive --read-only
  umount: unexpected number of arguments
  Try 'umount --help' for more information.
  umount: mutually exclusive arguments: --recursive --all
  [1]
