mount -v, -f, -l and -av, umount -v; partitions by PARTUUID and PARTLABEL; what fuser and tune2fs say of the mount point.
host: debian-12

  $ truncate -s 50M /root/d; losetup -fP /root/d; printf 'label: gpt\nlabel-id: 11111111-2222-3333-4444-555555555555\nsize=20M,name=data,uuid=AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE\n' | sfdisk -q /dev/loop0; mkfs.ext4 -q -L D -U 01234567-89ab-cdef-0123-456789abcdef /dev/loop0p1; mkdir /data
  $ blkid /dev/loop0p1
  /dev/loop0p1: LABEL="D" UUID="01234567-89ab-cdef-0123-456789abcdef" BLOCK_SIZE="1024" TYPE="ext4" PARTLABEL="data" PARTUUID="aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
  $ echo "PARTUUID=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee /data ext4 defaults 0 2" >> /etc/fstab
  $ mount -fav; findmnt /data
  /                        : ignored
  mount: (hint) your fstab has been modified, but systemd still uses
         the old version; use 'systemctl daemon-reload' to reload.
  /data                    : successfully mounted
  [1]
  $ mount -av; mount -av
  /                        : ignored
  mount: (hint) your fstab has been modified, but systemd still uses
         the old version; use 'systemctl daemon-reload' to reload.
  /data                    : successfully mounted
  /                        : ignored
  /data                    : already mounted
  $ tune2fs -l /dev/loop0p1 | grep mounted
  Last mounted on:          /data
  $ fuser -vm /data
                       USER        PID ACCESS COMMAND
  /data:               root     kernel mount /data
  $ mount -l | grep data
  /dev/loop0p1 on /data type ext4 (rw,relatime) [D]
  $ umount -v /data; mount -v PARTLABEL=data /data; mount -v --bind /data /mnt; umount -v /mnt
  umount: /data unmounted
  mount: (hint) your fstab has been modified, but systemd still uses
         the old version; use 'systemctl daemon-reload' to reload.
  mount: /dev/loop0p1 mounted on /data.
  mount: (hint) your fstab has been modified, but systemd still uses
         the old version; use 'systemctl daemon-reload' to reload.
  mount: /data bound on /mnt.
  umount: /mnt unmounted
  $ mount PARTUUID=nope /media
  mount: /media: can't find PARTUUID=nope.
  [1]
