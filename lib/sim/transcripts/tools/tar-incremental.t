tar -g: backups of levels, judged by GNU tar 1.34.
host: debian-12

  $ mkdir -p d/sub d/old; echo a > d/a; echo b > d/sub/b; touch -d 2020-01-01 d/a; tar -cvg snap -f l0.tar d 2>&1; head -1 snap | head -c 15; tr '\0' '\n' < snap | grep '^[YND]'
  tar: d: Directory is new
  tar: d/old: Directory is new
  tar: d/sub: Directory is new
  d/
  d/old/
  d/sub/
  d/a
  d/sub/b
  GNU tar-1.34-2
  Ya
  Dold
  Dsub
  Yb
  $ echo c > d/c; mv d/sub d/moved; rmdir d/old; tar -cvg snap -f l1.tar d 2>&1; tar -tvvg /dev/null -f l1.tar | grep -v ^d
  tar: d/moved: Directory has been renamed from ‘d/sub’
  d/
  d/moved/
  d/c
  N a
  Y c
  D moved
  R d/sub
  T d/moved
  
  N b
  
  -rw-r--r-- root/root         2 2026-11-21 21:09 d/c
  $ mkdir r; cd r; tar -xvg /dev/null -f ../l0.tar; tar -xvg /dev/null -f ../l1.tar; cd ..; diff -r d r/d; echo $?
  d/
  d/old/
  d/sub/
  d/a
  d/sub/b
  d/
  tar: Deleting ‘d/old’
  d/moved/
  d/c
  0
  $ tar -cg snap --level=0 -f l2.tar d; tar -tf l2.tar; echo bad > bad; tar -cg bad -f x.tar d
  d/
  d/moved/
  d/a
  d/c
  d/moved/b
  tar: bad:1: Invalid time stamp: Invalid argument
  tar: Error is not recoverable: exiting now
  [2]
  $ tar -c --level=0 -f x.tar d
  tar: --level is meaningless without --listed-incremental
