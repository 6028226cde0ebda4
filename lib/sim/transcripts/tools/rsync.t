rsync: local copies, deletion, exclusion, itemised changes, over ssh. Layout of rsync 3.
host: debian-12

  $ cd /tmp; mkdir -p s/sub/deep s/e; echo one > s/a; echo two > s/z; echo three > s/sub/b; ln -s a s/l; rsync -av s/ d/ | head -12; ls -R d
  sending incremental file list
  created directory d
  ./
  a
  l -> a
  z
  e/
  sub/
  sub/b
  sub/deep/
  
  sent 346 bytes  received 76 bytes  844.00 bytes/sec
  d:
  a  e  l  sub  z
  
  d/e:
  
  d/sub:
  b  deep
  
  d/sub/deep:
  $ rsync -av s/ d/ | sed -n 1,3p; echo new >> s/a; touch s/z; chmod 600 s/sub/b; rsync -avi s/ d/ | head -6
  sending incremental file list
  
  sent 224 bytes  received 19 bytes  486.00 bytes/sec
  sending incremental file list
  >f.s....... a
  .f...p..... sub/b
  
  sent 268 bytes  received 38 bytes  612.00 bytes/sec
  total size is 19  speedup is 0.06
  $ echo x > d/extra; mkdir d/gone; echo y > d/gone/f; rsync -avn --delete s/ d/ | grep -v bytes; rsync -ai --delete s/ d/; ls d
  sending incremental file list
  deleting gone/f
  deleting gone/
  deleting extra
  
  total size is 19  speedup is 0.08 (DRY RUN)
  *deleting   gone/f
  *deleting   gone/
  *deleting   extra
  a  e  l  sub  z
  $ rsync -r s d2; ls d2; rsync s d3; rsync -a --exclude='*.o' --exclude=/sub/ s/ d4; ls d4
  skipping non-regular file "s/l"
  s
  skipping directory s
  a  e  l  z
  $ rsync -a nope /tmp/x
  rsync: [sender] link_stat "/tmp/nope" failed: No such file or directory (2)
  rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1394) [sender=3.5.0]
  [23]
  $ rsync -av s/a s/z d5
  sending incremental file list
  created directory d5
  a
  z
  
  sent 182 bytes  received 57 bytes  478.00 bytes/sec
  total size is 12  speedup is 0.05
  $ rsync -a --progress s/a d6/ | tr '\r' '\n'
  sending incremental file list
  created directory d6
  a
  
                8 100%    0.00kB/s    0:00:00  
                8 100%    0.00kB/s    0:00:00 (xfr#1, to-chk=0/1)
  $ rsync -a --stats -n s/ d7 | sed -n 2,8p
  Number of files: 8 (reg: 3, dir: 4, link: 1)
  Number of created files: 8 (reg: 3, dir: 4, link: 1)
  Number of deleted files: 0
  Number of regular files transferred: 3
  Total file size: 19 bytes
  Total transferred file size: 18 bytes
  Literal data: 0 bytes
  $ rsync --list-only s/ | cut -c1-25,46-
  drwxr-xr-x          4,096 .
  -rw-r--r--              8 a
  lrwxrwxrwx              1 l
  -rw-r--r--              4 z
  drwxr-xr-x          4,096 e
  drwxr-xr-x          4,096 sub
  $ rsync
  rsync  version 3.5.0  protocol version 32
  Usage: rsync [OPTION]... SRC [SRC]... DEST
    or   rsync [OPTION]... SRC [SRC]... [USER@]HOST:DEST
    or   rsync [OPTION]... [USER@]HOST:SRC [DEST]
  Use "rsync --help" to see the full list of options.
  rsync error: syntax or usage error (code 1) at main.c(1871) [client=3.5.0]
  [1]
  $ ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519; cat ~/.ssh/id_ed25519.pub >> ~/.ssh/authorized_keys; ssh -o StrictHostKeyChecking=accept-new localhost true
  Warning: Permanently added 'localhost' (ED25519) to the list of known hosts.
  $ rsync -ai s/ localhost:/tmp/r/; ls /tmp/r
  created directory /tmp/r
  cd+++++++++ ./
  <f+++++++++ a
  cL+++++++++ l -> a
  <f+++++++++ z
  cd+++++++++ e/
  cd+++++++++ sub/
  <f+++++++++ sub/b
  cd+++++++++ sub/deep/
  a  e  l  sub  z
  $ rsync -ai --delete localhost:/tmp/r/sub/ /tmp/back; cat /tmp/back/b
  created directory /tmp/back
  cd+++++++++ ./
  >f+++++++++ b
  cd+++++++++ deep/
  three
  $ rsync -a s/ localhost:/nope/x/y
  rsync: [Receiver] mkdir "/nope/x/y" failed: No such file or directory (2)
  rsync error: error in file IO (code 11) at main.c(791) [Receiver=3.5.0]
  [11]
  $ rsync -a s/ nohost:/tmp/
  ssh: Could not resolve hostname nohost: Name or service not known
  rsync: connection unexpectedly closed (0 bytes received so far) [sender]
  rsync error: unexplained error (code 255) at io.c(231) [sender=3.5.0]
  [255]
  $ mkdir -p /tmp/rq; cd /tmp/rq; mkdir -p s/d; : > s/empty; echo a > s/f; echo z > s/d/z; ln -s f s/l; find s -exec touch -h -d 2024-01-02 {} +; F='s/^sent .*/SENT/;s/[0-9.]*[kMG]B/RATE/;s/  *RATE/ RATE/;s/main.c.*/V/'
  $ ( rsync -a --progress s/ t | tr '\r' '\n' | sed "$F" )
  sending incremental file list
  created directory t
  ./
  empty
  
                0 100% RATE/s    0:00:00 (xfr#1, to-chk=4/6)
  f
  
                2 100% RATE/s    0:00:00  
                2 100% RATE/s    0:00:00 (xfr#2, to-chk=3/6)
  l -> f
  d/
  d/z
  
                2 100% RATE/s    0:00:00  
                2 100% RATE/s    0:00:00 (xfr#3, to-chk=0/6)
  $ ( mkdir -p x/old; touch x/o1; rsync -av --delete-before s/ x; touch x/o2; rsync -av --delete-after s/ x; touch x/o3; rsync -av --delete-delay s/ x; rsync -avm s/ y ) | sed "$F"
  building file list ... done
  deleting old/
  deleting o1
  ./
  empty
  f
  l -> f
  d/
  d/z
  
  SENT
  total size is 5  speedup is 0.01
  building file list ... done
  ./
  deleting o2
  
  SENT
  total size is 5  speedup is 0.03
  sending incremental file list
  ./
  deleting o3
  
  SENT
  total size is 5  speedup is 0.03
  building file list ... done
  created directory y
  ./
  empty
  f
  l -> f
  d/
  d/z
  
  SENT
  total size is 5  speedup is 0.01
  $ ( rsync -aii s/ x; touch -h -d 2023-01-01 x/l; ln -sf d s/l; rsync -ai s/ x; rsync -rv s/ z; rsync -d s/ w; ls w; rsync -av --max-size=1x s/ q; echo $? ) 2>&1 | sed "$F"
  .d          ./
  .f          empty
  .f          f
  .L          l -> f
  .d          d/
  .f          d/z
  .d..t...... ./
  cLc.t...... l -> d
  sending incremental file list
  created directory z
  skipping non-regular file "l"
  ./
  empty
  f
  d/
  d/z
  
  SENT
  total size is 5  speedup is 0.01
  skipping non-regular file "l"
  d
  empty
  f
  rsync: --max-size=1x is invalid
  rsync error: syntax or usage error (code 1) at V
  1
