dmsetup of libdevmapper 1.02.185: columns as wide as its report makes them, messages of the library.
host: debian-12
cwd: /root

  $ truncate -s 8M a; losetup /dev/loop0 a; dmsetup create x --table '0 8192 linear /dev/loop0 0'; printf '0 4096 linear /dev/loop0 8192\n4096 4096 zero\n' | dmsetup create longer-name-of-device -u MY-1; dmsetup create top --table '0 4096 linear /dev/mapper/x 0'; dmsetup ls; dmsetup table; dmsetup table x
  longer-name-of-device	(253:1)
  top	(253:2)
  x	(253:0)
  longer-name-of-device: 0 4096 linear 7:0 8192
  longer-name-of-device: 4096 4096 zero 
  top: 0 4096 linear 253:0 0
  x: 0 8192 linear 7:0 0
  0 8192 linear 7:0 0
  $ dmsetup info -c | sed 's/ *$/$/'; dmsetup info -c x -o name,devno,devnos_used,blkdevs_used,names_using_dev | cat; dmsetup info -c --noheadings -o name,open -O -name; dmsetup ls --target zero
  Name                  Maj Min Stat Open Targ Event  UUID$
  longer-name-of-device 253   1 L--w    0    2      0 MY-1$
  top                   253   2 L--w    0    1      0$
  x                     253   0 L--w    1    1      0$
  Name             DevNo DevNosUsed       BlkDevNamesUsed  RefNames
  x                253:0 7:0              loop0            top     
  x:1
  top:0
  longer-name-of-device:0
  longer-name-of-device	(253:1)
  $ dmsetup ls --tree; dmsetup deps top; dmsetup remove x
  longer-name-of-device (253:1)
   └─ (7:0)
  top (253:2)
   └─x (253:0)
      └─ (7:0)
  1 dependencies	: (253, 0)
  device-mapper: remove ioctl on x  failed: Device or resource busy
  Command failed.
  [1]
  $ echo live > /dev/mapper/top; dmsetup reload top --table '0 4096 zero'; head -c 4 /dev/mapper/top; echo; dmsetup info top | grep Tables; dmsetup resume top; dmsetup table top; head -c 4 /dev/mapper/top | od -An -tx1; head -c 4 /dev/mapper/x; echo
  live
  Tables present:    LIVE & INACTIVE
  0 4096 zero 
   00 00 00 00
  live
  $ dmsetup create y --notable; dmsetup info -c --noheadings -o attr,tables_loaded y; dmsetup info nosuch; dmsetup table nosuch; dmsetup remove nosuch /dev/mapper/nosuch; dmsetup create x --table '0 8 zero'; dmsetup create z --table '0 8 nosuch'; echo $?
  ---w:None
  Device does not exist.
  Command failed.
  device-mapper: table ioctl on nosuch  failed: No such device or address
  Command failed.
  device-mapper: remove ioctl on nosuch  failed: No such device or address
  Command failed.
  Device /dev/mapper/nosuch not found
  Command failed.
  device-mapper: create ioctl on x  failed: Device or resource busy
  Command failed.
  device-mapper: reload ioctl on z  failed: Invalid argument
  Command failed.
  1
  $ dmsetup splitname vg--0-lv0-tmeta; dmsetup foo 2>&1 | head -n 1; dmsetup rename top best; dmsetup remove best x y longer-name-of-device; dmsetup ls; ls /dev/mapper
  VG   LV   LVLayer
  vg-0 lv0  tmeta  
  Unknown command.
  No devices found
  control
