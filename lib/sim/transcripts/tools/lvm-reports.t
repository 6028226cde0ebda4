LVM: words that no form of a command takes, selections, tags, a copied disk, the shell of lvm. Messages and statuses recorded from lvm2 2.03.16.
host: debian-12

  $ apt-get install -y -qq lvm2 >/dev/null 2>&1; for i in 1 2 3; do truncate -s 100M d$i; losetup /dev/loop$i d$i; done
  $ pvcreate
    No command with matching syntax recognised.  Run 'pvcreate --help' for more information.
    Correct command syntax is:
    pvcreate PV ...
  
  [3]
  $ vgextend vg0
    No command with matching syntax recognised.  Run 'vgextend --help' for more information.
    Correct command syntax is:
    vgextend VG PV ...
  
  [3]
  $ lvcreate -L 10X -n a vg0
    Can't parse size argument.
    Invalid argument for --size: 10X
    Error during parsing of command line.
  [3]
  $ lvcreate -L 10M
    No command with matching syntax recognised.  Run 'lvcreate --help' for more information.
    Nearest similar command has syntax:
    lvcreate --type error -L|--size Size[m|UNIT] VG
    Create an LV that returns errors when used.
  
  [3]
  $ lvextend
    No command with matching syntax recognised.  Run 'lvextend --help' for more information.
  [3]
  $ lvs --foo
  lvs: unrecognized option '--foo'
    Error during parsing of command line.
  [3]
  $ pvs /dev/nope
    Cannot use /dev/nope: device not found
  [5]
  $ vgcreate -q vg0 /dev/loop1 /dev/loop2; lvcreate -n a -L 60M vg0; lvcreate -n b -L 20M vg0; pvs --segments
    Physical volume "/dev/loop1" successfully created.
    Physical volume "/dev/loop2" successfully created.
    Volume group "vg0" successfully created
    Logical volume "a" created.
    Logical volume "b" created.
    PV         VG  Fmt  Attr PSize  PFree  Start SSize
    /dev/loop1 vg0 lvm2 a--  96.00m 16.00m     0    15
    /dev/loop1 vg0 lvm2 a--  96.00m 16.00m    15     5
    /dev/loop1 vg0 lvm2 a--  96.00m 16.00m    20     4
    /dev/loop2 vg0 lvm2 a--  96.00m 96.00m     0    24
  $ lvs --noheadings -o name -S 'lv_size>50m'; lvs --noheadings -o name -S 'lv_name=~^b || lv_size>=60m'; lvs --noheadings -o name -S '!(name=a)'
    a   
    a   
    b   
    b   
  $ lvs -S 'lv_size>'
    Failed to parse numeric value for selection field lv_size.
    Selection syntax error at 'lv_size>'.
    Use 'help' for selection to get more help.
  [5]
  $ lvs --units x
    Invalid units specification
    Run `lvs --help' for more information.
  [3]
  $ vgchange --addtag prod vg0; lvchange --addtag db vg0/a; vgs -o name,tags; lvs -o name,tags
    Volume group "vg0" successfully changed
    Logical volume vg0/a changed.
    VG  VG Tags
    vg0 prod   
    LV   LV Tags
    a    db     
    b           
  $ mkfs.ext4 -q /dev/vg0/a; vgchange -an vg0; cp d1 c1; cp d2 c2; losetup /dev/loop5 c1; losetup /dev/loop6 c2; pvs 2>&1 | sed 's/PV [^ ]*-[^ ]*-[^ .]*/PV ID/'
    0 logical volume(s) in volume group "vg0" now active
    WARNING: Not using device /dev/loop5 for PV ID.
    WARNING: Not using device /dev/loop6 for PV ID.
    WARNING: PV ID prefers device /dev/loop1 because device was seen first.
    WARNING: PV ID prefers device /dev/loop2 because device was seen first.
    PV         VG  Fmt  Attr PSize  PFree 
    /dev/loop1 vg0 lvm2 a--  96.00m 16.00m
    /dev/loop2 vg0 lvm2 a--  96.00m 96.00m
  $ vgimportclone -n copy /dev/loop5 2>/dev/null
  [5]
  $ vgimportclone -n copy /dev/loop5 /dev/loop6 2>/dev/null; vgs; vgchange -ay copy; blkid -s TYPE /dev/copy/a
    VG   #PV #LV #SN Attr   VSize   VFree  
    copy   2   2   0 wz--n- 192.00m 112.00m
    vg0    2   2   0 wz--n- 192.00m 112.00m
    2 logical volume(s) in volume group "copy" now active
  /dev/copy/a: TYPE="ext4"
  $ printf 'lvs -o name vg0\nfoo\nquit\n' | lvm
    LV  
    a   
    b   
    No such command 'foo'.  Try 'help'.
  $ lvm foo
    No such command.  Try 'lvm help'.
  [2]
  $ pvck --dump headers /dev/loop1 | grep -E "id|size|offset" | grep -vE 'uuid|raw_locn'
    label_header.id LABELONE
    label_header.offset 32
    pv_header.device_size 104857600
    pv_header.disk_locn[0].offset 1048576
    pv_header.disk_locn[0].size 0
    pv_header.disk_locn[1].offset 0
    pv_header.disk_locn[1].size 0
    pv_header.disk_locn[2].offset 4096
    pv_header.disk_locn[2].size 1044480
    mda_header_1.size 1044480
  $ lvmconfig --type default activation/thin_pool_autoextend_threshold backup/retain_days; lvmconfig foo/bar
  # thin_pool_autoextend_threshold=100
  # retain_days=30
    Configuration node foo/bar not found
  [5]
