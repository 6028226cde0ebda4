Records of logins, interrupts, open files, processors and terminals: util-linux.
host: debian-12
user: root

  $ utmpdump /var/log/wtmp > wtmp.txt && utmpdump -r < wtmp.txt > again; cmp again /var/log/wtmp && echo same
  Utmp dump of /var/log/wtmp
  Utmp undump of stdin
  same
  $ sed -i s/10.0.2.2/192.0.2.9/g wtmp.txt; utmpdump -r wtmp.txt -o forged; last -f forged | grep -c 192.0.2.9
  Utmp undump of wtmp.txt
  1
  $ utmpdump nosuch
  utmpdump: cannot open nosuch: No such file or directory
  [1]
  $ lsirq -o IRQ,NAME | grep -E 'LOC|i8042'
  LOC Local timer interrupts
    1 IO-APIC 1-edge i8042
  $ lsirq -o FOO
  lsirq: unknown column: FOO
  [1]
  $ fincore
  fincore: no file specified
  Try 'fincore --help' for more information.
  [1]
  $ printf hello > f; fincore -b -o RES,PAGES,SIZE,FILE f nosuch
  fincore: failed to open: nosuch: No such file or directory
   RES PAGES SIZE FILE
  4096     1    5 f
  [1]
  $ chcpu
  chcpu: bad usage
  Try 'chcpu --help' for more information.
  [1]
  $ chcpu -d 0
  chcpu: CPU 0 is not hot pluggable
  [1]
  $ chcpu -d 1; cat /sys/devices/system/cpu/cpu1/online; chcpu -e 1; chcpu -e 1
  CPU 1 disabled
  0
  CPU 1 enabled
  CPU 1 is already enabled
  $ chcpu -e 9-x
  chcpu: failed to parse CPU list: 9-x
  [1]
  $ zramctl; wdctl
  wdctl: No default device is available.: No such file or directory
  [1]
  $ blkzone report f
  blkzone: f: not a block device
  [1]
  $ blkzone foo f
  blkzone: foo is not valid command name
  [1]
  $ readprofile
  readprofile: /proc/profile: No such file or directory
  [1]
  $ ctrlaltdel soft; ctrlaltdel; ctrlaltdel maybe
  soft
  ctrlaltdel: unknown argument: maybe
  [1]
  $ ldattach foo /dev/ttyS0
  ldattach: invalid line discipline argument: 'foo'
  [1]
  $ uclampset -p 1
  systemd (1) util_clamp: min: 0 max: 0
  $ rtcwake
  rtcwake: must provide wake time (see --seconds, --time and --date options)
  [1]
  $ rtcwake -m nosuch -s 5
  rtcwake: unrecognized suspend state 'nosuch'
  [1]
  $ setterm
  setterm: bad usage
  Try 'setterm --help' for more information.
  [1]
  $ setterm --cursor off | od -c; TERM=linux setterm --bold on --blank 5 | od -c
  0000000 033   [   ?   2   5   l
  0000006
  0000000 033   [   1   m 033   [   9   ;   5   ]
  0000012
  $ setterm --blank=5
  setterm: terminal xterm does not support --blank
  $ setterm --foreground pink
  setterm: argument error: 'pink'
  [1]
  $ TERM=linux setterm --msglevel 9
  setterm: argument error: 9
  [1]
  $ sleep 1000 < f & lsfd -p $! -Q 'FD == 0' -o COMMAND,ASSOC,MODE,TYPE,NAME
  [1] 664
  COMMAND ASSOC MODE TYPE NAME
  sleep       0  r-- REG  /root/f
  $ lsfd -Q 'FOO == 1'
  lsfd: no such column: FOO
  [1]
  $ lsfd -o NOPE
  lsfd: unknown column: NOPE
  [1]
  $ lsfd --dump-counters | head -3
  default counter specs:
  	processes:ASSOC == 'cwd'
  	root owned processes:(ASSOC == 'cwd') && (UID == 0)
  $ scriptlive
  scriptlive: timing file not specified
  [1]
  $ su student -c sulogin
  sulogin: only superuser can run this program
  [1]
