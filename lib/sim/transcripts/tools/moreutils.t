moreutils, judged by moreutils 0.67 of Debian 12: the answers are the real program's.
host: debian-12
cwd: /root

  $ apt-get install -y -qq moreutils > /dev/null 2>&1
  $ printf 'b\na\nc\n' > f; sort f | sponge f; cat f
  a
  b
  c
  $ echo more | sponge -a f; cat f; echo out | sponge
  a
  b
  c
  more
  out
  $ chmod 640 f; ln -s f link; echo new | sponge link; stat -c '%a %F' f link; cat f
  640 regular file
  777 symbolic link
  new
  $ echo x | sponge -z z; cat z; rm z
  sponge: invalid option -- 'z'
  x
  $ echo x | sponge /nodir/f
  error opening output file: No such file or directory
  [1]
  $ sponge -h
  sponge [-a] <file>: soak up all input from stdin and write it to <file>
  $ echo x | sponge a b; ls | cat
  a
  f
  link
  $ printf 'one\ntwo\n' | TZ=UTC ts '%Y' | sed 's/20[0-9][0-9]/YEAR/'
  YEAR one
  YEAR two
  $ printf 'one\ntwo\n' | ts -s
  00:00:00 one
  00:00:00 two
  $ printf 'one\n' | ts -i '%H:%M:%.S' | sed 's/[0-9]\{6\}/MICRO/'
  00:00:00.MICRO one
  $ printf 'one' | ts x; echo
  x one
  $ echo 'a 2020-01-01T00:00:00.00Z b' | TZ=UTC ts -r '%Y.%m.%d'
  a 2020.01.01 b
  $ echo '21 dec 2003 17:05; 16 Jun 94 07:29:35; Nov 21 10:00:00' | TZ=UTC ts -r '%m-%d %T'
  21 dec 2003 17:05; 06-16 07:29:35; 11-21 10:00:00
  $ date -d '-75 seconds' '+%d %b %Y %T %z x' | TZ=UTC ts -r | sed 's/m1[5-9]s/m15s/'
  1m15s ago x
  $ ts -z
  Unknown option: z
  usage: ts [-r] [-i | -s] [-m] [format]
  [255]
  $ chronic true; chronic sh -c 'echo out; echo err >&2'; echo $?
  0
  $ chronic sh -c 'echo out; echo err >&2; exit 3'
  out
  err
  [3]
  $ chronic -e sh -c 'echo out; echo err >&2'
  out
  err
  [2]
  $ chronic -v sh -c 'echo out; echo err >&2; exit 4'
  STDOUT:
  out
  
  STDERR:
  err
  
  RETVAL: 4
  [4]
  $ chronic sh -c 'kill -9 $$'
  [1]
  $ chronic; chronic -e true
  usage: chronic COMMAND...
  $ echo a | ifne cat; : | ifne echo full; echo $?
  a
  0
  $ : | ifne -n echo empty; echo data | ifne -n echo empty
  empty
  data
  $ ifne
  Usage: ifne [-n] command [args]
  [1]
  $ echo a | ifne nosuchcommand
  nosuchcommand: No such file or directory
  [1]
  $ echo hello | pee 'tr a-z A-Z' 'wc -c' | sort
  6
  HELLO
  $ echo x | pee 'cat > /dev/null; exit 3' cat; echo $?
  x
  3
  $ echo x | pee
  $ pee --nosuch < /dev/null
  sh: 0: Illegal option --
  [2]
  $ printf '1\n2\n3\n2\n' > a; printf '2\n4\n4\n' > b
  $ for o in and not or xor AND; do combine a $o b | tr '\n' ' '; done
  2 2 1 3 1 2 3 2 2 4 4 1 3 4 4 2 2 
  $ combine a nand b
  unknown operation, nand
  [255]
  $ combine a and
  Usage: combine file1 OP file2
  [255]
  $ combine a and nofile
  nofile: No such file or directory
  [2]
  $ combine - not b < a
  1
  3
  $ combine a and b _
  2
  2
  $ errno ENOENT; errno 13; errno enoent
  ENOENT 2 No such file or directory
  EACCES 13 Permission denied
  ENOENT 2 No such file or directory
  $ errno 99999
  [1]
  $ errno -l | head -n 5; errno -l | wc -l
  EPERM 1 Operation not permitted
  ENOENT 2 No such file or directory
  ESRCH 3 No such process
  EINTR 4 Interrupted system call
  EIO 5 Input/output error
  134
  $ errno -s directory
  ENOENT 2 No such file or directory
  ENOTDIR 20 Not a directory
  EISDIR 21 Is a directory
  ENOTEMPTY 39 Directory not empty
  $ errno --search not permitted
  EPERM 1 Operation not permitted
  $ errno
  $ errno -z
  errno: invalid option -- 'z'
  $ errno EWOULDBLOCK 11 EFOO
  EWOULDBLOCK 11 Resource temporarily unavailable
  EAGAIN 11 Resource temporarily unavailable
  [1]
  $ printf 'ok\n' | isutf8; printf 'caf\xe9\nx\n' > bad; printf 'd\xc3\xa9j\xc3\xa0\n' > good; isutf8 good bad
  bad: line 1, char 4, byte 3: After a first byte between E1 and EC, expecting the 2nd byte between 80 and BF.
  [1]
  $ isutf8 -q bad
  [1]
  $ isutf8 -l good bad
  bad
  [1]
  $ isutf8 -i good bad
  good
  [1]
  $ isutf8 -v bad
  bad: line 1, char 4, byte 3: After a first byte between E1 and EC, expecting the 2nd byte between 80 and BF.
  63 61 66 E9 0A 78 0A                             | caf..x.
           ^^^^^                                   |    ^^
  
  [1]
  $ isutf8 < bad
  (standard input): line 1, char 3, byte 3: After a first byte between E1 and EC, expecting two following bytes.
  [1]
  $ printf 'a\nbcd\xff\nefg' > c; isutf8 -v c; isutf8 -v < c; isutf8 -l < c
  c: line 2, char 4, byte 5: Expecting bytes in the following ranges: 00..7F C2..F4.
  61 0A 62 63 64 FF 0A 65 66 67                    | a.bcd..efg
                 ^^                                |      ^
  
  (standard input): line 2, char 3, byte 5: Expecting bytes in the following ranges: 00..7F C2..F4.
  62 63 64 FF 0A                                   | bcd..
           ^^                                      |    ^
  
  (standard input)
  [1]
  $ isutf8 nofile
  open: No such file or directory
  [1]
  $ printf '\xc0\x80\n' | isutf8; printf '\xed\xa0\x80' | isutf8; printf 'a\nb\xe2\x82' | isutf8; printf '\xf5\x80\x80\x80' | isutf8; printf 'x\xf0\x80\x80\x80' | isutf8; printf '\x80' | isutf8; printf '\xf4\x90\x80\x80' | isutf8; printf '\xe2x\x82' | isutf8
  (standard input): line 1, char 0, byte 0: Expecting bytes in the following ranges: 00..7F C2..F4.
  (standard input): line 1, char 0, byte 0: After a first byte of ED, expecting 2nd byte between 80 and 9F.
  (standard input): line 2, char 1, byte 3: After a first byte between E1 and EC, expecting two following bytes.
  (standard input): line 1, char 0, byte 0: Expecting bytes in the following ranges: 00..7F C2..F4.
  (standard input): line 1, char 1, byte 1: After a first byte of F0, expecting 2nd byte between 90 and BF.
  (standard input): line 1, char 0, byte 0: Expecting bytes in the following ranges: 00..7F C2..F4.
  (standard input): line 1, char 0, byte 0: After a first byte of F4, expecting 2nd byte between 80 and 8F.
  (standard input): line 1, char 0, byte 0: After a first byte between E1 and EC, expecting the 2nd byte between 80 and BF.
  [1]
  $ printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xffbbbbbbbbbbbbbbbbbbbbb\n' | isutf8 -v
  (standard input): line 1, char 38, byte 38: Expecting bytes in the following ranges: 00..7F C2..F4.
  61 61 61 61 61 61 61 61 FF 62 62 62 62 62 62 62  | aaaaaaaa.bbbbbbb
                          ^^                       |         ^
  
  [1]
  $ lckdo lock echo locked; ls lock
  locked
  lock
  $ (lckdo lock sleep 1 & sleep 0.3; lckdo lock echo no; echo $?; lckdo -q lock echo no; echo $?; lckdo -w lock echo waited; echo $?; wait)
  lckdo: lockfile `lock' is already locked
  75
  75
  waited
  0
  $ (lckdo lock sleep 2 & sleep 0.3; lckdo -W 0 lock echo no; echo $?; lckdo -W 1 lock echo no; lckdo -t lock | sed 's/[0-9]*$/PID/'; wait)
  lckdo: invalid wait time `0'
  64
  lckdo: lock file `lock' is already locked (timeout waiting)
  lockfile `lock' is locked by process PID
  $ lckdo -t lock; echo $?
  lockfile `lock' is not locked
  0
  $ lckdo -s lock true; lckdo -e lock sh -c 'echo in; exit 5'
  in
  [5]
  $ lckdo -n nolock true
  lckdo: unable to open `nolock': No such file or directory
  [73]
  $ lckdo /nodir/lock true
  lckdo: unable to open `/nodir/lock': No such file or directory
  [73]
  $ lckdo lock nosuchcommand
  lckdo: unable to execute nosuchcommand: No such file or directory
  [71]
  $ lckdo | head -n 2
  lckdo: execute a program with a lock set.
  Usage: lckdo [options] lockfile program [arguments]
  $ lckdo lock; lckdo -t nolock
  lckdo: too few arguments given
  lockfile `nolock' is not locked
  $ lckdo -W x lock true
  lckdo: invalid wait time `x'
  [64]
  $ lckdo -z
  lckdo: invalid option -- 'z'
  [64]
  $ lckdo lock sh -c 'kill -9 $$'
  lckdo: sh: Killed
  [70]
  $ mispipe 'echo a; exit 3' cat
  a
  [3]
  $ mispipe true false; echo $?
  0
  $ mispipe 'kill -9 $$' cat
  [137]
  $ mispipe
  mispipe: Wrong number of args, aborting
  [1]
  $ mispipe one
  mispipe: Wrong number of args, aborting
  [1]
  $ zrun 2>&1 | head -n 2
  Usage: zrun <command> <args>
  $ echo text > t; gzip -k t; bzip2 -k t; xz -k t; zrun cat t.gz t.bz2 t.xz t
  text
  text
  text
  text
  $ zrun grep -c text t.gz
  1
  $ zrun cat nofile.gz
  gzip: nofile.gz: No such file or directory
  zrun: preprocessing for nofile.gz terminated with code 1
  [25]
  $ parallel -j 2 echo -- a b c | sort
  a
  b
  c
  $ parallel -j 1 -i sh -c 'echo x{}x' -- 1 2
  x1x
  x2x
  $ parallel -j 1 -n 2 echo -- 1 2 3 4
  1 2
  3 4
  $ parallel -j 1 -- 'echo one' 'echo two; exit 2' 'exit 5'
  one
  two
  [7]
  $ parallel false -- 1 2
  [1]
  $ parallel
  $ parallel -j 0 echo -- 1
  1
  $ parallel -i -n 2 echo -- 1 2
  options -i and -n are incompatible
  [2]
  $ parallel -j x echo -- 1
  option 'x' is not a number
  [2]
  $ parallel echo
  $ ifdata -pa lo; ifdata -pn lo; ifdata -pN lo; ifdata -pb lo; ifdata -pm lo; ifdata -pe lo; ifdata -pe nosuch; ifdata -e lo; echo $?; ifdata -e nosuch
  127.0.0.1
  255.0.0.0
  127.0.0.0
  0.0.0.0
  65536
  yes
  no
  0
  [1]
  $ ifdata -ph lo
  Error: lo: no hardware address
  [1]
  $ ifdata -p lo
  127.0.0.1 255.0.0.0 0.0.0.0 65536
  $ ifdata -pf lo
  On  Up
  Off Broadcast
  Off Debugging
  On  Loopback
  Off Ppp
  Off No-trailers
  On  Running
  Off No-arp
  Off Promiscuous
  Off All-multicast
  Off Load-master
  Off Load-slave
  Off Multicast
  Off Port-select
  Off Auto-detect
  Off Dynaddr
  Off Unknown-flags
  $ ifdata -pa nosuch
  No such network interface: nosuch
  [1]
  $ ifdata -si lo | wc -w; ifdata -so lo | wc -w
  8
  8
  $ ifdata -si nosuch
  Error getting statistics for nosuch
  [1]
  $ printf 'x\ny\n' > names; touch vx vy; EDITOR='sed -i s/vx/vz/' vidir vx vy; ls v* | cat
  vy
  vz
  $ EDITOR='sed -i 1d' vidir -v vz vy; ls v* | cat
  removed 'vz'
  vy
  $ mkdir d; touch d/1 d/2; EDITOR='sed -i -e s,d/1,d/sub/one,' vidir -v d; find d | sort
  mkdir d/sub
  'd/1' => 'd/sub/one'
  d
  d/2
  d/sub
  d/sub/one
  $ touch s1 s2; echo A > s1; echo B > s2; EDITOR="sed -i -e s/^1/x/ -e s/^2/1/ -e s/^x/2/" vidir -v s1 s2; cat s1 s2
  's1' -> 's1~'
  's2' => 's1'
  's1~' => 's2'
  B
  A
  $ EDITOR='sed -i s/^1/9/' vidir s1
  /usr/bin/vidir: unknown item number 9
  [25]
  $ EDITOR=false vidir s1
  false exited nonzero, aborting
  [25]
  $ EDITOR='sed -i s/.*/junk/' vidir s1
  /usr/bin/vidir: unable to parse line "junk", aborting
  [25]
  $ vidir --nosuch
  Unknown option: nosuch
  Usage: /usr/bin/vidir [--verbose] [directory|file|-]
  [255]
  $ vipe --nosuch
  Unknown option: nosuch
  Usage: /usr/bin/vipe [--suffix=extension]
  [255]
