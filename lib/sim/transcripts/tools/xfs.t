XFS on a loop device: mkfs.xfs, xfs_db, xfs_fsr, xfs_admin, xfs_repair. xfs_db's and mkfs.xfs's output recorded from xfsprogs 6.1 on an image of that size.
host: debian-12

  $ apt-get install -y -qq xfsprogs >/dev/null 2>&1; truncate -s 400M d1; losetup /dev/loop1 d1; mkfs.xfs -L data /dev/loop1
  meta-data=/dev/loop1             isize=512    agcount=4, agsize=25600 blks
           =                       sectsz=512   attr=2, projid32bit=1
           =                       crc=1        finobt=1, sparse=1, rmapbt=0
           =                       reflink=1    bigtime=1 inobtcount=1 nrext64=0
  data     =                       bsize=4096   blocks=102400, imaxpct=25
           =                       sunit=0      swidth=0 blks
  naming   =version 2              bsize=4096   ascii-ci=0, ftype=1
  log      =internal log           bsize=4096   blocks=16384, version=2
           =                       sectsz=512   sunit=0 blks, lazy-count=1
  realtime =none                   extsz=4096   blocks=0, rtextents=0
  Discarding blocks...Done.
  $ mkfs.xfs /dev/loop1
  mkfs.xfs: /dev/loop1 appears to contain an existing filesystem (xfs).
  mkfs.xfs: Use the -f option to force overwrite.
  [1]
  $ xfs_db -r -c sb -c 'p magicnum dblocks logstart agblocks agcount fname icount ifree fdblocks features2' /dev/loop1
  magicnum = 0x58465342
  dblocks = 102400
  logstart = 65542
  agblocks = 25600
  agcount = 4
  fname = "data\000\000\000\000\000\000\000\000"
  icount = 64
  ifree = 61
  fdblocks = 85984
  features2 = 0x18a
  $ xfs_db -c frag -c 'freesp -s' /dev/loop1
  actual 0, ideal 0, fragmentation factor 0.00%
  Note, this number is largely meaningless.
  Files on this filesystem average -nan extents per file
     from      to extents  blocks    pct
        1       1      16      16   0.02
        4       7       1       6   0.01
     8192   16383       1    9206  10.71
    16384   25600       3   76756  89.27
  total free extents 21
  total free blocks 85984
  average free extent size 4094.48
  $ xfs_db -c p -c 'sb 9' -c foo -c 'label x' /dev/loop1
  no current type
  bad allocation group number 9
  command foo not found
  xfs_db: not in expert mode, writing disabled
  $ printf 'sb\nprint blocksize foo\nquit\n' | xfs_db -x /dev/loop1
  blocksize = 4096
  field foo not found
  $ mkdir m; mount /dev/loop1 m; cp /etc/passwd m; xfs_fsr -v m/passwd; xfs_fsr m /etc/passwd
  m/passwd already fully defragmented.
  xfs_fsr: cannot defragment: /etc/passwd: Not XFS
  $ xfs_db /dev/loop1
  xfs_db: /dev/loop1 contains a mounted filesystem
  
  fatal error -- couldn't initialize XFS library
  [1]
  $ umount m; xfs_db -c frag /dev/loop1; xfs_fsr
  actual 1, ideal 1, fragmentation factor 0.00%
  Note, this number is largely meaningless.
  Files on this filesystem average 1.00 extents per file
  xfs_fsr: no rw xfs file systems in mtab: /proc/mounts
  $ xfs_admin -L averyverylongname /dev/loop1
  writing all SBs
  xfs_admin: truncating label length from 17 to 12
  new label = "averyverylon"
