quotasync, quotastats, repquota -v and words that are wrong; messages recorded from quota 4.06.
host: debian-12

  $ apt-get install -y -qq quota >/dev/null 2>&1; truncate -s 100M d1; losetup /dev/loop1 d1; mkfs.ext4 -q /dev/loop1; mkdir m; mount -o usrquota,grpquota /dev/loop1 m; quotacheck -cugm m; quotaon m
  $ repquota -v m
  *** Report for user quotas on device /dev/loop1
  Block grace time: 7days; Inode grace time: 7days
                          Block limits                File limits
  User            used    soft    hard  grace    used  soft  hard  grace
  ----------------------------------------------------------------------
  root      --      16       0       0              4     0     0       
  
  Statistics:
  Total blocks: 7
  Data blocks: 1
  Entries: 1
  Used average: 1.000000
  
  $ quotastats | head -1; quotasync -a
  Kernel quota version: 6.5.1
  $ quotaon /nothere
  quotaon: Cannot stat() given mountpoint /nothere: No such file or directory
  Skipping...
  quotaon: No correct mountpoint specified.
  [1]
  $ repquota 2>&1 | head -2
  Bad number of arguments.
  repquota: Utility for reporting quotas.
  $ repquota /tmp
  repquota: Mountpoint (or device) /tmp not found or has no quota enabled.
  repquota: Not all specified mountpoints are using quota.
  [1]
