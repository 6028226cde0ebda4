rsync: backups with hard links, paths, lists, logs. Judged by rsync 3.5.0 of Debian 12.
host: debian-12

  $ mkdir -p s/a/b s/c; echo 1 > s/f1; echo 2 > s/a/f2; echo 3 > s/a/b/f3; echo 4 > s/c/f4; ln -s f1 s/ln; touch -d 2024-01-01 s/f1 s/a/f2 s/a/b/f3 s/c/f4; rsync -a s/ d1; echo 22 > s/a/f2
  $ rsync -av --link-dest=../d1 s/ d2 | sed '/^sent/,$d'; stat -c %h d2/f1 d2/a/f2; rsync -aii --link-dest=../d1 s/ d4
  sending incremental file list
  created directory d2
  a/f2
  
  2
  1
  created directory d4
  cd          ./
  hf          f1
  hL          ln -> f1
  cd          a/
  >f.st...... a/f2
  cd          a/b/
  hf          a/b/f3
  cd          c/
  hf          c/f4
  $ chmod 600 s/f1; rsync -ai --link-dest=../d1 s/ d7; rsync -ai --compare-dest=../d1 s/ d8; find d8 | sort; rsync -a --link-dest=../nope s/ d5
  created directory d7
  cf...p..... f1
  >f.st...... a/f2
  created directory d8
  cf...p..... f1
  >f.st...... a/f2
  d8
  d8/a
  d8/a/b
  d8/a/f2
  d8/c
  d8/f1
  --link-dest arg does not exist: /root/d5/../nope
  $ rsync -avR s/a/b/f3 r1/ | sed '/^sent/,$d'; rsync -aiR /root/s/./a/b r2; find r2 | sort
  sending incremental file list
  created directory r1
  s/
  s/a/
  s/a/b/
  s/a/b/f3
  
  created directory r2
  cd+++++++++ a/
  cd+++++++++ a/b/
  >f+++++++++ a/b/f3
  r2
  r2/a
  r2/a/b
  r2/a/b/f3
  $ printf 'a/f2\n# c\nc\n/f1\nnope\n' > list; rsync -ai --files-from=list s r5; find r5 | sort
  rsync: [sender] link_stat "/root/s/nope" failed: No such file or directory (2)
  created directory r5
  >f+++++++++ f1
  cd+++++++++ a/
  >f+++++++++ a/f2
  cd+++++++++ c/
  rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1394) [sender=3.5.0]
  r5
  r5/a
  r5/a/f2
  r5/c
  r5/f1
  $ echo x > d1/f1; touch d1/extra; rsync -avb --backup-dir=../bak --delete s/ d1 | sed '/^sent/,$d'; find bak | sort
  sending incremental file list
  deleting extra
  f1
  a/f2
  
  bak
  bak/a
  bak/a/f2
  bak/extra
  bak/f1
  $ rsync -a --log-file=log s/ l1; sed 's/^[^ ]* [^ ]* \[[0-9]*\]/D T [P]/; s/[0-9]* bytes/N bytes/g' log; rsync -a --out-format='%i %n %l%L' s/ o1
  D T [P] building file list
  D T [P] cd+++++++++ ./
  D T [P] >f+++++++++ f1
  D T [P] cL+++++++++ ln -> f1
  D T [P] cd+++++++++ a/
  D T [P] >f+++++++++ a/f2
  D T [P] cd+++++++++ a/b/
  D T [P] >f+++++++++ a/b/f3
  D T [P] cd+++++++++ c/
  D T [P] >f+++++++++ c/f4
  D T [P] sent N bytes  received N bytes  total size 11
  created directory o1
  cd+++++++++ ./ 4096
  >f+++++++++ f1 2
  cL+++++++++ ln 2 -> f1
  cd+++++++++ a/ 4096
  >f+++++++++ a/f2 3
  cd+++++++++ a/b/ 4096
  >f+++++++++ a/b/f3 2
  cd+++++++++ c/ 4096
  >f+++++++++ c/f4 2
  $ rsync -a --chmod=D700,F600 s/ c1; stat -c '%a %n' c1 c1/a c1/f1; rsync -a --chmod=zz s/ c3
  700 c1
  700 c1/a
  600 c1/f1
  rsync: Invalid argument passed to --chmod (zz)
  rsync error: syntax or usage error (code 1) at main.c(1886) [client=3.5.0]
  [1]
  $ touch c1/1 c1/2 c1/3; rsync -a --delete --max-delete=1 s/ c1
  Deletions stopped due to --max-delete limit (2 skipped)
  rsync error: the --max-delete limit stopped deletions (code 25) at main.c(1394) [sender=3.5.0]
  [25]
