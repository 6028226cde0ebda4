Mounted when somebody goes there: x-systemd.automount in /etc/fstab, .automount units (systemd.automount(5), systemd-fstab-generator of systemd 252).
host: debian-12

  $ dd if=/dev/zero of=/disk.img bs=1M count=16 status=none; mkfs.ext4 -q /disk.img; mkdir -p /mnt/data; mount -o loop /disk.img /mnt/data; echo hello > /mnt/data/f; umount /mnt/data
  $ echo '/disk.img /mnt/data ext4 loop,x-systemd.automount,noauto 0 0' >> /etc/fstab; systemctl daemon-reload; systemctl start mnt-data.automount
  $ systemctl show -P SubState mnt-data.automount mnt-data.mount | tr -s '\n'; systemctl list-units --no-legend --plain 'mnt-*' | cat
  waiting
  dead
  mnt-data.automount loaded active waiting /mnt/data
  $ findmnt -no FSTYPE,SOURCE /mnt/data; stat -c '%F' /mnt/data; findmnt -no FSTYPE /mnt/data
  autofs systemd-1
  directory
  autofs
  $ cat /mnt/data/f; grep ' /mnt/data ' /proc/mounts | cut -d' ' -f3; systemctl show -P SubState mnt-data.automount mnt-data.mount | tr -s '\n'
  hello
  autofs
  ext4
  running
  mounted
  $ journalctl -o cat --no-pager -u mnt-data.automount -u mnt-data.mount | sed 's/by [0-9]*/by N/'
  Set up automount mnt-data.automount - /mnt/data.
  mnt-data.automount: Got automount request for /mnt/data, triggered by N (cat)
  Mounting mnt-data.mount - /mnt/data...
  Mounted mnt-data.mount - /mnt/data.
  $ umount /mnt/data; systemctl is-active mnt-data.mount; systemctl show -P SubState mnt-data.automount; cd /mnt/data && ls; cd /
  inactive
  waiting
  f  lost+found
  $ systemctl stop mnt-data.automount; findmnt /mnt/data; ls /mnt/data
  $ printf '/dev/vdz /mnt/none ext4 x-systemd.automount,nofail 0 0\n' >> /etc/fstab; systemctl daemon-reload; systemctl start mnt-none.automount; ls /mnt/none
  ls: cannot open directory '/mnt/none': No such device
  [2]
