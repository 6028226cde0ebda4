parted 3.5 of Debian 12 on image files: tables, places, alignment, flags, machine and JSON output, errors; recorded from the real program
host: debian-12

  $ apt-get install -y -qq parted >/dev/null 2>&1
  $ { truncate -s 100M d.img; } 2>&1
  $ { parted -s d.img print; } 2>&1
  Error: /root/d.img: unrecognised disk label
  Model:  (file)
  Disk /root/d.img: 105MB
  Sector size (logical/physical): 512B/512B
  Partition Table: unknown
  Disk Flags:
  [1]
  $ { parted -s d.img mklabel msdos; } 2>&1
  $ { parted -s d.img print; } 2>&1
  Model:  (file)
  Disk /root/d.img: 105MB
  Sector size (logical/physical): 512B/512B
  Partition Table: msdos
  Disk Flags:
  
  Number  Start  End  Size  Type  File system  Flags
  
  $ { parted -s d.img mkpart primary ext4 1MiB 50%; } 2>&1
  $ { parted -s d.img mkpart primary linux-swap 50% 60%; } 2>&1
  $ { parted -s d.img mkpart extended 60% 100%; } 2>&1
  $ { parted -s d.img mkpart logical fat32 61% 80%; } 2>&1
  $ { parted -s d.img mkpart logical 80% 100%; } 2>&1
  Warning: The resulting partition is not properly aligned for best performance: 163841s % 2048s != 0s
  $ { parted -s d.img print; } 2>&1
  Model:  (file)
  Disk /root/d.img: 105MB
  Sector size (logical/physical): 512B/512B
  Partition Table: msdos
  Disk Flags:
  
  Number  Start   End     Size    Type      File system  Flags
   1      1049kB  52.4MB  51.4MB  primary
   2      52.4MB  62.9MB  10.5MB  primary                swap
   3      62.9MB  105MB   41.9MB  extended               lba
   5      64.0MB  83.9MB  19.9MB  logical                lba
   6      83.9MB  105MB   21.0MB  logical
  
  $ { parted -s d.img print free; } 2>&1
  Model:  (file)
  Disk /root/d.img: 105MB
  Sector size (logical/physical): 512B/512B
  Partition Table: msdos
  Disk Flags:
  
  Number  Start   End     Size    Type      File system  Flags
          16.4kB  1049kB  1032kB            Free Space
   1      1049kB  52.4MB  51.4MB  primary
   2      52.4MB  62.9MB  10.5MB  primary                swap
   3      62.9MB  105MB   41.9MB  extended               lba
          62.9MB  63.9MB  967kB             Free Space
   5      64.0MB  83.9MB  19.9MB  logical                lba
   6      83.9MB  105MB   21.0MB  logical
  
  $ { parted -s d.img unit s print; } 2>&1
  Model:  (file)
  Disk /root/d.img: 204800s
  Sector size (logical/physical): 512B/512B
  Partition Table: msdos
  Disk Flags:
  
  Number  Start    End      Size     Type      File system  Flags
   1      2048s    102399s  100352s  primary
   2      102400s  122879s  20480s   primary                swap
   3      122880s  204799s  81920s   extended               lba
   5      124928s  163839s  38912s   logical                lba
   6      163841s  204799s  40959s   logical
  
  $ { parted -s d.img unit MiB print free; } 2>&1
  Model:  (file)
  Disk /root/d.img: 100MiB
  Sector size (logical/physical): 512B/512B
  Partition Table: msdos
  Disk Flags:
  
  Number  Start    End      Size     Type      File system  Flags
          0.02MiB  1.00MiB  0.98MiB            Free Space
   1      1.00MiB  50.0MiB  49.0MiB  primary
   2      50.0MiB  60.0MiB  10.0MiB  primary                swap
   3      60.0MiB  100MiB   40.0MiB  extended               lba
          60.0MiB  60.9MiB  0.92MiB            Free Space
   5      61.0MiB  80.0MiB  19.0MiB  logical                lba
   6      80.0MiB  100MiB   20.0MiB  logical
  
  $ { parted -s d.img unit % print; } 2>&1
  Model:  (file)
  Disk /root/d.img: 100%
  Sector size (logical/physical): 512B/512B
  Partition Table: msdos
  Disk Flags:
  
  Number  Start  End    Size   Type      File system  Flags
   1      1.00%  50.0%  49.0%  primary
   2      50.0%  60.0%  10.0%  primary                swap
   3      60.0%  100%   40.0%  extended               lba
   5      61.0%  80.0%  19.0%  logical                lba
   6      80.0%  100%   20.0%  logical
  
  $ { parted -s d.img unit chs print; } 2>&1
  Model:  (file)
  Disk /root/d.img: 1599,3,31
  Sector size (logical/physical): 512B/512B
  BIOS cylinder,head,sector geometry: 1600,4,32.  Each cylinder is 65.5kB.
  Partition Table: msdos
  Disk Flags:
  
  Number  Start     End        Type      File system  Flags
   1      16,0,0    799,3,31   primary
   2      800,0,0   959,3,31   primary                swap
   3      960,0,0   1599,3,31  extended               lba
   5      976,0,0   1279,3,31  logical                lba
   6      1280,0,1  1599,3,31  logical
  
  $ { parted -s d.img unit cyl print; } 2>&1
  Model:  (file)
  Disk /root/d.img: 1599cyl
  Sector size (logical/physical): 512B/512B
  BIOS cylinder,head,sector geometry: 1600,4,32.  Each cylinder is 65.5kB.
  Partition Table: msdos
  Disk Flags:
  
  Number  Start    End      Size    Type      File system  Flags
   1      16cyl    799cyl   784cyl  primary
   2      800cyl   959cyl   160cyl  primary                swap
   3      960cyl   1599cyl  640cyl  extended               lba
   5      976cyl   1279cyl  304cyl  logical                lba
   6      1280cyl  1599cyl  319cyl  logical
  
  $ { parted -s d.img unit B print; } 2>&1
  Model:  (file)
  Disk /root/d.img: 104857600B
  Sector size (logical/physical): 512B/512B
  Partition Table: msdos
  Disk Flags:
  
  Number  Start      End         Size       Type      File system  Flags
   1      1048576B   52428799B   51380224B  primary
   2      52428800B  62914559B   10485760B  primary                swap
   3      62914560B  104857599B  41943040B  extended               lba
   5      63963136B  83886079B   19922944B  logical                lba
   6      83886592B  104857599B  20971008B  logical
  
  $ { parted -s -m d.img print; } 2>&1
  BYT;
  /root/d.img:105MB:file:512:512:msdos::;
  1:1049kB:52.4MB:51.4MB:::;
  2:52.4MB:62.9MB:10.5MB:::swap;
  3:62.9MB:105MB:41.9MB:::lba;
  5:64.0MB:83.9MB:19.9MB:::lba;
  6:83.9MB:105MB:21.0MB:::;
  $ { parted -s -m d.img unit s print free; } 2>&1
  BYT;
  /root/d.img:204800s:file:512:512:msdos::;
  1:32s:2047s:2016s:free;
  1:2048s:102399s:100352s:::;
  2:102400s:122879s:20480s:::swap;
  3:122880s:204799s:81920s:::lba;
  1:122912s:124799s:1888s:free;
  5:124928s:163839s:38912s:::lba;
  6:163841s:204799s:40959s:::;
  $ { parted -s d.img set 1 boot on; } 2>&1
  $ { parted -s d.img set 2 lvm on; } 2>&1
  $ { parted -s d.img toggle 1 boot; } 2>&1
  $ { parted -s d.img set 1 foo on; } 2>&1
  parted: invalid token: foo
  [1]
  $ { parted -s d.img print 1; } 2>&1
  $ { parted -s d.img print 9; } 2>&1
  Error: Partition doesn't exist.
  [1]
  $ { parted -s d.img rm 9; } 2>&1
  Error: Partition doesn't exist.
  [1]
  $ { parted -s d.img rm 6; } 2>&1
  $ { parted -s d.img resizepart 5 85%; } 2>&1
  $ { parted -s d.img resizepart 1 40MiB; } 2>&1
  Warning: Shrinking a partition can cause data loss, are you sure you want to continue?
  [1]
  $ { parted -s d.img align-check opt 1; } 2>&1
  $ { parted -s d.img align-check min 1; } 2>&1
  $ { parted -s d.img align-check foo 1; } 2>&1
  parted: invalid token: foo
  [1]
  $ { parted -s d.img name 1 foo; } 2>&1
  Error: msdos disk labels do not support partition name.
  [1]
  $ { parted -s d.img mkpart primary 10MiB 20MiB; } 2>&1
  Error: Can't have overlapping partitions.
  [1]
  $ { parted -s d.img mkpart primary 200MiB 300MiB; } 2>&1
  Error: The location 200MiB is outside of the device /root/d.img.
  [1]
  $ { parted -s d.img mkpart primary foo 45MiB 48MiB; } 2>&1
  parted: invalid token: foo
  Error: Expecting a file system type.
  [1]
  $ { parted -s d.img mkpart; } 2>&1
  Error: Expecting a partition type.
  [1]
  $ { parted -s d.img mkpart primary; } 2>&1
  [1]
  $ { parted -s d.img mkpart primary ext4 45MiB; } 2>&1
  [1]
  $ { parted -s d.img mklabel foo; } 2>&1
  parted: invalid token: foo
  Error: Expecting a disk label type.
  [1]
  $ { parted -s d.img mklabel; } 2>&1
  Error: Expecting a disk label type.
  [1]
  $ { parted -s d.img unit foo; } 2>&1
  parted: invalid token: foo
  [1]
  $ { parted -s d.img set 1; } 2>&1
  [1]
  $ { parted -s d.img print devices | head -3; } 2>&1
  /root/d.img (105MB)
  $ { parted -s g.img print; } 2>&1
  Error: Could not stat device g.img - No such file or directory.
  [1]
  $ { parted -s nosuch mklabel gpt; } 2>&1
  Error: Could not stat device nosuch - No such file or directory.
  [1]
  $ { truncate -s 200M g.img; parted -s g.img mklabel gpt; } 2>&1
  $ { parted -s g.img mkpart boot fat32 1MiB 20MiB; } 2>&1
  $ { parted -s g.img mkpart data ext4 20MB 100MB; } 2>&1
  Error: You requested a partition from 20.0MB to 100MB (sectors 39062..195312).
  The closest location we can manage is 21.0MB to 100MB (sectors 40960..195312).
  [1]
  $ { parted -s g.img mkpart "my data" 100MB 100%; } 2>&1
  parted: invalid token: data
  Error: Expecting a file system type.
  [1]
  $ { parted -s g.img print; } 2>&1
  Model:  (file)
  Disk /root/g.img: 210MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags:
  
  Number  Start   End     Size    File system  Name  Flags
   1      1049kB  21.0MB  19.9MB               boot  msftdata
  
  $ { parted -s g.img set 1 esp on; } 2>&1
  $ { parted -s g.img set 2 lvm on set 3 raid on; } 2>&1
  Error: Partition doesn't exist.
  [1]
  $ { parted -s g.img print free; } 2>&1
  Model:  (file)
  Disk /root/g.img: 210MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags:
  
  Number  Start   End     Size    File system  Name  Flags
          17.4kB  1049kB  1031kB  Free Space
   1      1049kB  21.0MB  19.9MB               boot  boot, esp
          21.0MB  210MB   189MB   Free Space
  
  $ { parted -s -m g.img unit B print; } 2>&1
  BYT;
  /root/g.img:209715200B:file:512:512:gpt::;
  1:1048576B:20971519B:19922944B::boot:boot, esp;
  $ { parted -s g.img name 2 foo; } 2>&1
  Error: Partition doesn't exist.
  [1]
  $ { parted -s g.img name 3 "'a b'"; } 2>&1
  Error: Partition doesn't exist.
  [1]
  $ { parted -s g.img print; } 2>&1
  Model:  (file)
  Disk /root/g.img: 210MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags:
  
  Number  Start   End     Size    File system  Name  Flags
   1      1049kB  21.0MB  19.9MB               boot  boot, esp
  
  $ { parted -s g.img set 1 bios_grub on; } 2>&1
  $ { parted -s g.img set 1 legacy_boot on; } 2>&1
  $ { parted -s g.img set 2 hidden on; } 2>&1
  Error: Partition doesn't exist.
  [1]
  $ { parted -s g.img set 3 msftdata on; } 2>&1
  Error: Partition doesn't exist.
  [1]
  $ { parted -s g.img print; } 2>&1
  Model:  (file)
  Disk /root/g.img: 210MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags:
  
  Number  Start   End     Size    File system  Name  Flags
   1      1049kB  21.0MB  19.9MB               boot  bios_grub, legacy_boot
  
  $ { parted -s g.img disk_set pmbr_boot on; } 2>&1
  $ { parted -s g.img print; } 2>&1
  Model:  (file)
  Disk /root/g.img: 210MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags: pmbr_boot
  
  Number  Start   End     Size    File system  Name  Flags
   1      1049kB  21.0MB  19.9MB               boot  bios_grub, legacy_boot
  
  $ { parted -s g.img disk_toggle pmbr_boot; } 2>&1
  $ { parted -s g.img rm 2; } 2>&1
  Error: Partition doesn't exist.
  [1]
  $ { parted -s g.img mkpart x 20000s 90000s; } 2>&1
  Error: You requested a partition from 10.2MB to 46.1MB (sectors 20000..90000).
  The closest location we can manage is 21.0MB to 46.1MB (sectors 40960..90000).
  [1]
  $ { parted -s g.img mkpart y 20001s 90001s; } 2>&1
  Error: You requested a partition from 10.2MB to 46.1MB (sectors 20001..90001).
  The closest location we can manage is 21.0MB to 46.1MB (sectors 40960..90001).
  [1]
  $ { parted -s g.img mkpart y 19000s 19009s; } 2>&1
  Error: You requested a partition from 9728kB to 9733kB (sectors 19000..19009).
  The closest location we can manage is 21.0MB to 21.0MB (sectors 40960..40960).
  [1]
  $ { parted -s g.img align-check optimal 2; } 2>&1
  Error: Partition doesn't exist.
  [1]
  $ { parted -s g.img print; } 2>&1
  Model:  (file)
  Disk /root/g.img: 210MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags:
  
  Number  Start   End     Size    File system  Name  Flags
   1      1049kB  21.0MB  19.9MB               boot  bios_grub, legacy_boot
  
  $ { parted -a min -s g.img mkpart z 95MB 99MB; } 2>&1
  $ { parted -a none -s g.img rm 2 rm 9; } 2>&1
  Error: Partition doesn't exist.
  [1]
  $ { parted -s g.img print print | head -50; } 2>&1
  Model:  (file)
  Disk /root/g.img: 210MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags:
  
  Number  Start   End     Size    File system  Name  Flags
   1      1049kB  21.0MB  19.9MB               boot  bios_grub, legacy_boot
  
  Model:  (file)
  Disk /root/g.img: 210MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags:
  
  Number  Start   End     Size    File system  Name  Flags
   1      1049kB  21.0MB  19.9MB               boot  bios_grub, legacy_boot
  
  $ { mkfs.ext4 -q -F f.img 50M; parted -s f.img print; } 2>&1
  Creating regular file f.img
  Model:  (file)
  Disk /root/f.img: 52.4MB
  Sector size (logical/physical): 512B/512B
  Partition Table: loop
  Disk Flags:
  
  Number  Start  End     Size    File system  Flags
   1      0.00B  52.4MB  52.4MB  ext4
  
  $ { parted -s f.img unit s print; } 2>&1
  Model:  (file)
  Disk /root/f.img: 102400s
  Sector size (logical/physical): 512B/512B
  Partition Table: loop
  Disk Flags:
  
  Number  Start  End      Size     File system  Flags
   1      0s     102399s  102400s  ext4
  
  $ { truncate -s 50M h.img; for i in '0% 50%' '50% 100%'; do parted -s h.img mklabel gpt; parted -s h.img mkpart a $i; parted -s h.img unit s print | tail -2; done; parted -s h.img mklabel msdos mkpart primary 0 100%; parted -s h.img unit s print | tail -2; } 2>&1
  Warning: The resulting partition is not properly aligned for best performance: 34s % 2048s != 0s
   1      34s    51200s  51167s               a
  
   1      51200s  102366s  51167s               a
  
  Warning: The resulting partition is not properly aligned for best performance: 1s % 2048s != 0s
   1      1s     102399s  102399s  primary
  
  $ { truncate -s 4G i.img; parted -s i.img mklabel gpt mkpart a 0% 30% mkpart b 30% 60% mkpart c 60% 100% unit s print free; parted -s i.img mkpart d 1G 2G; parted -s i.img rm 2 mkpart d 1.5G 2G print free; } 2>&1
  Model:  (file)
  Disk /root/i.img: 8388608s
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags:
  
  Number  Start     End       Size      File system  Name  Flags
          34s       2047s     2014s     Free Space
   1      2048s     2516991s  2514944s               a
   2      2516992s  5033983s  2516992s               b
   3      5033984s  8386559s  3352576s               c
          8386560s  8388574s  2015s     Free Space
  
  Error: You requested a partition from 1000MB to 2000MB (sectors 1953125..3906250).
  The closest location we can manage is 4294MB to 4294MB (sectors 8386560..8386560).
  Model:  (file)
  Disk /root/i.img: 4295MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags:
  
  Number  Start   End     Size    File system  Name  Flags
          17.4kB  1049kB  1031kB  Free Space
   1      1049kB  1289MB  1288MB               a
   2      1289MB  2000MB  711MB                d
          2000MB  2577MB  578MB   Free Space
   3      2577MB  4294MB  1717MB               c
          4294MB  4295MB  1032kB  Free Space
  
  $ { parted -s -j d.img print; parted -s i.img set 1 esp on disk_set pmbr_boot on; parted -s -j i.img print; truncate -s 1M k.img; parted -s -j k.img print; } 2>&1
  {
     "disk": {
        "path": "/root/d.img",
        "size": "105MB",
        "model": "",
        "transport": "file",
        "logical-sector-size": 512,
        "physical-sector-size": 512,
        "label": "msdos",
        "max-partitions": 4,
        "partitions": [
           {
              "number": 1,
              "start": "1049kB",
              "end": "52.4MB",
              "size": "51.4MB",
              "type": "primary"
           },{
              "number": 2,
              "start": "52.4MB",
              "end": "62.9MB",
              "size": "10.5MB",
              "type": "primary",
              "flags": [
                  "lvm"
              ]
           },{
              "number": 3,
              "start": "62.9MB",
              "end": "105MB",
              "size": "41.9MB",
              "type": "extended",
              "flags": [
                  "lba"
              ]
           },{
              "number": 5,
              "start": "64.0MB",
              "end": "89.1MB",
              "size": "25.2MB",
              "type": "logical",
              "flags": [
                  "lba"
              ]
           }
        ]
     }
  }
  {
     "disk": {
        "path": "/root/i.img",
        "size": "4295MB",
        "model": "",
        "transport": "file",
        "logical-sector-size": 512,
        "physical-sector-size": 512,
        "label": "gpt",
        "max-partitions": 128,
        "flags": [
            "pmbr_boot"
        ],
        "partitions": [
           {
              "number": 1,
              "start": "1049kB",
              "end": "1289MB",
              "size": "1288MB",
              "type": "primary",
              "name": "a",
              "flags": [
                  "boot", "esp"
              ]
           },{
              "number": 2,
              "start": "1289MB",
              "end": "2000MB",
              "size": "711MB",
              "type": "primary",
              "name": "d"
           },{
              "number": 3,
              "start": "2577MB",
              "end": "4294MB",
              "size": "1717MB",
              "type": "primary",
              "name": "c"
           }
        ]
     }
  }
  Error: /root/k.img: unrecognised disk label
  {
     "disk": {
        "path": "/root/k.img",
        "size": "1049kB",
        "model": "",
        "transport": "file",
        "logical-sector-size": 512,
        "physical-sector-size": 512,
        "label": "unknown"
     }
  }
  [1]
  $ truncate -s 50M w.img; parted -s w.img mklabel gpt mkpart p 1MiB 20MiB; for a in unit name 'name 1' set 'set 1' 'set 1 boot' resizepart 'resizepart 1' align-check 'align-check opt' toggle 'toggle 1' rescue 'print 9'; do echo "[$a]" $(parted -s w.img $a 2>&1 </dev/null) $?; done
  [unit] 0
  [name] Error: Expecting a partition number. 1
  [name 1] 0
  [set] Error: Expecting a partition number. 1
  [set 1] 1
  [set 1 boot] 0
  [resizepart] Error: Expecting a partition number. 1
  [resizepart 1] 0
  [align-check] Error: Expecting a partition number. 1
  [align-check opt] Error: Expecting a partition number. 1
  [toggle] Error: Expecting a partition number. 1
  [toggle 1] 1
  [rescue] 1
  [print 9] Error: Partition doesn't exist. 1
