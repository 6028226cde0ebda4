genisoimage and isoinfo 1.1.11, judged by those of Debian 12: images made of the same files were the same bytes but for the times; the answers are the real program's.
host: debian-12
cwd: /root

  $ printf '#cloud-config\nhostname: web\n' > user-data; echo 'instance-id: i-1' > meta-data
  $ genisoimage -output seed.iso -volid cidata -joliet -rock user-data meta-data
  I: -input-charset not specified, using utf-8 (detected in locale settings)
  Total translation table size: 0
  Total rockridge attributes bytes: 331
  Total directory bytes: 0
  Path table size(bytes): 10
  Max brk space used 0
  183 extents written (0 MB)
  $ isoinfo -d -i seed.iso
  CD-ROM is in ISO 9660 format
  System id: LINUX
  Volume id: cidata
  Volume set id: 
  Publisher id: 
  Data preparer id: 
  Application id: GENISOIMAGE ISO 9660/HFS FILESYSTEM CREATOR (C) 1993 E.YOUNGDALE (C) 1997-2006 J.PEARSON/J.SCHILLING (C) 2006-2007 CDRKIT TEAM
  Copyright File id: 
  Abstract File id: 
  Bibliographic File id: 
  Volume set size is: 1
  Volume set sequence number is: 1
  Logical block size is: 2048
  Volume size is: 183
  Joliet with UCS level 3 found
  Rock Ridge signatures version 1 found
  $ isoinfo -lR -i seed.iso | sed 's/[A-Z][a-z][a-z] .. 20../DATE/'
  
  Directory listing of /
  dr-xr-xr-x   2    0    0            2048 DATE [     28 02]  . 
  dr-xr-xr-x   2    0    0            2048 DATE [     28 02]  .. 
  -rw-r--r--   1    0    0              17 DATE [     31 00]  meta-data 
  -rw-r--r--   1    0    0              28 DATE [     32 00]  user-data 
  $ isoinfo -f -i seed.iso; isoinfo -J -f -i seed.iso; isoinfo -R -x /user-data -i seed.iso; isoinfo -p -i seed.iso; isovfy seed.iso
  /META_DAT.;1
  /USER_DAT.;1
  /meta-data
  /user-data
  #cloud-config
  hostname: web
  Path table starts at block 20, size 10
     1:    1 1c 
  Root at extent 1c, 2048 bytes
  [0 0]
  No errors found
  $ file seed.iso; blkid -s LABEL -s TYPE seed.iso; isosize seed.iso
  seed.iso: ISO 9660 CD-ROM filesystem data 'cidata'
  seed.iso: LABEL="cidata" TYPE="iso9660"
  374784
  $ mount -o loop,ro seed.iso /mnt; cat /mnt/user-data; findmnt -no FSTYPE,OPTIONS /mnt; umount /mnt
  #cloud-config
  hostname: web
  iso9660 ro,relatime,nojoliet,check=s,map=n,blocksize=2048
  $ mkdir -p d/sub/deep; echo hi > d/a.txt; echo x > 'd/a name with spaces.tar.gz'; ln d/a.txt d/hard; ln -s ../a.txt d/sub/link; echo 1 > d/sub/deep/longname1.txt; echo 2 > d/sub/deep/longname2.txt; chmod 640 d/sub/deep/longname1.txt
  $ genisoimage -quiet -o d.iso d; isoinfo -f -i d.iso
  genisoimage: Symlink d/sub/link ignored - continuing.
  /A.TXT;1
  /A_NAME_W.TGZ;1
  /HARD.;1
  /SUB
  /SUB/DEEP
  /SUB/DEEP/LONGN000.TXT;1
  /SUB/DEEP/LONGNAME.TXT;1
  $ genisoimage -quiet -R -o d.iso d; mount -o loop,ro d.iso /mnt; cd /mnt; find . -printf '%P %m %n %l\n' | sort; cat sub/link; cd; umount /mnt
   755 3 
  a name with spaces.tar.gz 644 1 
  a.txt 644 1 
  hard 644 1 
  sub 755 3 
  sub/deep 755 2 
  sub/deep/longname1.txt 640 1 
  sub/deep/longname2.txt 644 1 
  sub/link 777 1 ../a.txt
  hi
  $ genisoimage -quiet -r -J -V BOOT -b boot.img -no-emul-boot -boot-load-size 4 -boot-info-table -o b.iso -graft-points boot.img=user-data /conf/meta=meta-data; isoinfo -d -i b.iso | tail -n 15; isoinfo -R -f -i b.iso; file b.iso; od -An -tx4 -j8 -N8 user-data
  El Torito VD version 1 found, boot catalog is in sector 34
  Joliet with UCS level 3 found
  Rock Ridge signatures version 1 found
  Eltorito validation header:
      Hid 1
      Arch 0 (x86)
      ID ''
      Key 55 AA
      Eltorito defaultboot header:
          Bootid 88 (bootable)
          Boot media 0 (No Emulation Boot)
          Load segment 0
          Sys type 0
          Nsect 4
          Bootoff 23 35
  /boot.catalog
  /boot.img
  /conf
  /conf/meta
  b.iso: ISO 9660 CD-ROM filesystem data 'BOOT' (bootable)
   00000010 00000023
  $ genisoimage -o x.iso nofile; echo $?
  I: -input-charset not specified, using utf-8 (detected in locale settings)
  genisoimage: No such file or directory. Invalid node - 'nofile'.
  2
  $ genisoimage -o x.iso -V 123456789012345678901234567890123 d; echo $?
  genisoimage: Volume ID string too long
  255
  $ genisoimage -quiet -o x.iso -r d/a.txt d/a.txt; echo $?
  genisoimage: Error: 'd/a.txt' and 'd/a.txt' have the same Rock Ridge name 'a.txt'.
  Unable to sort directory 
  NOTE: multiple source directories have been specified and merged into the root
  of the filesystem. Check your program arguments. genisoimage is not tar.
  1
  $ genisoimage -Q 2>&1 | head -n 2
  genisoimage: unrecognized option '-Q'
  Usage: genisoimage [options] -o file directory ...
  $ isoinfo -l -i nof; isoinfo -d -i user-data; echo $?
  isoinfo: No such file or directory. Cannot open 'nof'. Cannot open SCSI driver.
  isoinfo: No such file or directory. Unable to open nof
  isoinfo: Short read on old image
  255
  $ genisoimage -quiet d/a.txt | head -c 32774 | tail -c 5; echo; mkisofs -version | tail -n 1; genisoimage -print-size -quiet d/a.txt
  CD001
  genisoimage 1.1.11 (Linux)
  175
