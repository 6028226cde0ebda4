What parted 3.5 asks and says of damaged, enlarged and cut off GPTs, --fix, cylinders, flags of disks (recorded from the real program on image files).
host: debian-12

  $ s() { truncate -s 0 d; truncate -s 100M d; sgdisk "$@" d > /dev/null; }; p() { parted "$@" 2>&1 | sed "s#$PWD#/root#g" | grep -v udevadm; }
  $ s -n 1:0:+10M; truncate -s 120M d; p -s d print; p -s d mkpart b 20M 100%; p -sf d unit s mkpart b 40960s 100% print; p -s d unit s print free | tail -6
  Warning: Not all of the space available to /root/d appears to be used, you can fix the GPT to use all of the space (an extra 40960 blocks) or continue with the current setting? 
  Model:  (file)
  Disk /root/d: 126MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags: 
  
  Number  Start   End     Size    File system  Name  Flags
   1      1049kB  11.5MB  10.5MB
  
  Warning: Not all of the space available to /root/d appears to be used, you can fix the GPT to use all of the space (an extra 40960 blocks) or continue with the current setting? 
  Error: You requested a partition from 20.0MB to 126MB (sectors 39062..245759).
  The closest location we can manage is 20.0MB to 105MB (sectors 39062..204766).
  Warning: Not all of the space available to /root/d appears to be used, you can fix the GPT to use all of the space (an extra 40960 blocks) or continue with the current setting? 
  Fixing, due to --fix
  Model:  (file)
  Disk /root/d: 245760s
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags: 
  
  Number  Start   End      Size     File system  Name  Flags
   1      2048s   22527s   20480s
   2      40960s  245726s  204767s               b
  
  Number  Start   End      Size     File system  Name  Flags
          34s     2047s    2014s    Free Space
   1      2048s   22527s   20480s
          22528s  40959s   18432s   Free Space
   2      40960s  245726s  204767s               b
  
  $ s -n 1:0:0; truncate -s 120M d; printf '?\nF\n' | p ---pretend-input-tty d print | tr '\r' '~'; printf 'Yes\n' | p ---pretend-input-tty d resizepart 1 100%; p -s d unit s print | tail -3
  Warning: Not all of the space available to /root/d appears to be used, you can fix the GPT to use all of the space (an extra 40960 blocks) or continue with the current setting? 
  ~                                                                          ~~                                                                          ~Fix/Ignore? ?
  parted: invalid token: ?
  ~                                                                          ~Fix/Ignore? F
  Model:  (file)
  Disk /root/d: 126MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags: 
  
  Number  Start   End    Size   File system  Name  Flags
   1      1049kB  105MB  104MB
  
  Number  Start  End      Size     File system  Name  Flags
   1      2048s  245726s  243679s
  
  $ s -n 1:0:+10M; printf x | dd of=d bs=1 seek=1024 conv=notrunc status=none; p -s d print; printf 'Cancel\n' | p ---pretend-input-tty d print | tr '\r' '~'
  Error: The primary GPT table is corrupt, but the backup appears OK, so that will be used.
  Model:  (file)
  Disk /root/d: 105MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags: 
  
  Number  Start   End     Size    File system  Name  Flags
   1      1049kB  11.5MB  10.5MB
  
  Error: The primary GPT table is corrupt, but the backup appears OK, so that will be used.
  ~                                                                          ~~                                                                          ~OK/Cancel? Cancel
  Model:  (file)
  Disk /root/d: 105MB
  Sector size (logical/physical): 512B/512B
  Partition Table: unknown
  Disk Flags: 
  $ s -n 1:0:+10M; dd if=/dev/zero of=d bs=512 seek=204799 count=1 conv=notrunc status=none; printf 'OK\n' | p ---pretend-input-tty d print | tr '\r' '~'
  Error: The backup GPT table is corrupt, but the primary appears OK, so that will be used.
  ~                                                                          ~~                                                                          ~OK/Cancel? OK
  Model:  (file)
  Disk /root/d: 105MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags: 
  
  Number  Start   End     Size    File system  Name  Flags
   1      1049kB  11.5MB  10.5MB
  
  $ s -n 1:0:+10M; dd if=/dev/zero of=d bs=512 seek=1 count=1 conv=notrunc status=none; p -s d print; s -n 1:0:+10M; truncate -s 90M d; p -s d print
  Error: /root/d: unrecognised disk label
  Model:  (file)
  Disk /root/d: 105MB
  Sector size (logical/physical): 512B/512B
  Partition Table: unknown
  Disk Flags: 
  Error: end of file while reading /root/d
  Model:  (file)
  Disk /root/d: 94.4MB
  Sector size (logical/physical): 512B/512B
  Partition Table: unknown
  Disk Flags: 
  $ truncate -s 0 d; truncate -s 100M d; p -s -a cyl d mklabel msdos mkpart primary 1M 20M mkpart primary 20M 100% unit s print; p -s -a cyl d mklabel gpt mkpart a 0% 20M unit s print; p -a foo d print
  Model:  (file)
  Disk /root/d: 204800s
  Sector size (logical/physical): 512B/512B
  Partition Table: msdos
  Disk Flags: cylinder_alignment
  
  Number  Start   End      Size     Type     File system  Flags
   1      1920s   39039s   37120s   primary               lba
   2      39040s  204799s  165760s  primary               lba
  
  Model:  (file)
  Disk /root/d: 204800s
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags: 
  
  Number  Start  End     Size    File system  Name  Flags
   1      34s    39062s  39029s               a
  
  parted: invalid argument ‘foo’ for ‘--align’
  Valid arguments are:
    - ‘none’
    - ‘cylinder’
    - ‘minimal’
    - ‘optimal’
  $ p -s d disk_set; p -s d disk_set pmbr_boot on print; p -s d disk_toggle pmbr_boot print; p -s d disk_set foo on; p -s d disk_set pmbr_boot maybe
  Model:  (file)
  Disk /root/d: 105MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags: pmbr_boot
  
  Number  Start   End     Size    File system  Name  Flags
   1      17.4kB  20.0MB  20.0MB               a
  
  Model:  (file)
  Disk /root/d: 105MB
  Sector size (logical/physical): 512B/512B
  Partition Table: gpt
  Disk Flags: 
  
  Number  Start   End     Size    File system  Name  Flags
   1      17.4kB  20.0MB  20.0MB               a
  
  parted: invalid token: foo
  parted: invalid token: maybe
