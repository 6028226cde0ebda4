lsof: mistakes, selections and columns as lsof 4.95.0 tells them (93 command lines compared with the real one).
host: debian-12

  $ for o in "-p" "-p foo" "-p 1,^1" "-u root,^root" "-u" "-g foo" "-c" "-c /nosuch" "-c /nosuch/z" "-c sl -c ^sl" "-d" "-d 5-3" "-d ^1,2" "-i :foo" "-i foo:bar" "-i @nosuch.invalid" "-i tcp:22-21" "-i tcp@" "-i :22,80,x" "-sTCP:FOO -iTCP" "-Fpcq" "-t -Fp" "+D" "-a" "+c foo" "+fx" "-Z" "-x" "-T x" "-K x" "-D i" "-m x" "-e x" "--bad"; do lsof $o 2>&1 | head -1; done
  lsof: no process ID specified
  lsof: illegal process ID: foo
  lsof: PID 1 has been included and excluded.
  lsof: UID 0 has been included and excluded.
  lsof: no UIDs specified
  lsof: illegal process group ID: foo
  lsof: missing -c option value
  lsof: regexp doesn't end with '/': /nosuch
  lsof: invalid regexp modifier: z
  lsof: -c^sl and -csl conflict.
  lsof: no file descriptor specified
  lsof: -d FD range's low >= its high: 5-3
  lsof: include in an exclude -d list: 2
  lsof: unknown service foo in: -i :foo
  lsof: unknown protocol name (foo) in: -i foo:bar
  lsof: unknown host name (nosuch.invalid) in: -i @nosuch.invalid
  lsof: unacceptable port specification in: -i tcp:22-21
  lsof: unacceptable Internet address in: -i tcp@
  lsof: unknown service x in: -i :22,80,x
  lsof: unknown TCP state name: FOO
  lsof: unknown field: q
  lsof: -F and -t are mutually exclusive
  lsof: +d not followed by a directory path
  lsof: no select options to AND via -a
  lsof: +c not followed by width number
  lsof: unknown file struct option: x
  lsof: -Z limited to SELinux
  lsof: -x must accompany +d or +D
  lsof: unsupported TCP/TPI info selection: x
  lsof: -K not followed by i (but by x)
  lsof: unsupported option: -D
  lsof: -m not supported
  lsof: -e not followed by a file system path: "x"
  lsof: illegal option character: -
  $ lsof +d /nonexist 2>&1 | head -1; lsof +d /etc/passwd 2>&1 | head -1; lsof /nonexist; lsof -V -p 99999 -c nosuch -i :1 /etc/passwd; lsof -Q -p 99999; echo $?
  lsof: WARNING: can't stat(/nonexist): No such file or directory
  lsof: WARNING: not a directory: /etc/passwd
  lsof: status error on /nonexist: No such file or directory
  lsof: no file use located: /etc/passwd
  lsof: command not located: nosuch
  lsof: Internet address not located: :1
  lsof: process ID not located: 99999
  0
  $ sleep 90 & exec 5>/tmp/f1 6</etc/hostname; echo hi >&5; lsof -a -p $$ -d 5,6 -FfatGskn; lsof -a -p $$ -d 5-6 +L -o | sed 's/ [0-9]* \//  INODE \//'; lsof -a -p $$ -d 5,6 +fg -R -g | sed 's/ [0-9]* \//  INODE \//'; lsof -a -c sleep -d cwd -F0pcn | tr '\0' '|'
  [1] 699
  p623
  f5
  aw
  tREG
  G0x8001;0x0
  s3
  k1
  n/tmp/f1
  f6
  ar
  tREG
  G0x8000;0x0
  s7
  k1
  n/etc/hostname
  COMMAND PID USER   FD   TYPE DEVICE OFFSET NLINK NODE NAME
  bash    623 root    5w   REG  254,1    0t3     1  INODE /tmp/f1
  bash    623 root    6r   REG  254,1    0t0     1  INODE /etc/hostname
  COMMAND PID PPID PGID USER   FD   TYPE FILE-FLAG DEVICE SIZE/OFF NODE NAME
  bash    623  622  623 root    5w   REG      W,LG  254,1        3  INODE /tmp/f1
  bash    623  622  623 root    6r   REG        LG  254,1        7  INODE /etc/hostname
  p699|csleep|
  n/root|
  $ rm /tmp/f1; lsof +L1 -a -p $$ -s | sed 's/ [0-9]* \//  INODE \//'; lsof -i4TCP:22 -nP -sTCP:LISTEN | sed 's/ 1[0-9]\{4\} / NUMBER /'; lsof -nP -iTCP -sTCP:^LISTEN -F pPnT | head -6; lsof -i6 | sed 's/ 1[0-9]\{4\} / NUMBER /'; lsof -a -u ^root -c ^dbus -d cwd -t | wc -l
  COMMAND PID USER   FD   TYPE DEVICE SIZE NLINK NODE NAME
  bash    623 root    5w   REG  254,1    3     0  INODE /tmp/f1 (deleted)
  COMMAND PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
  sshd    621 root    3u  IPv4  NUMBER      0t0  TCP *:22 (LISTEN)
  COMMAND PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
  sshd    621 root    4u  IPv6  NUMBER      0t0  TCP *:ssh (LISTEN)
  0
