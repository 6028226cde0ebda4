Mistaken command lines of util-linux, procps, psmisc and udev.
host: debian-12
recorded: util-linux 2.38.1, procps 4.0.2, psmisc 23.6, systemd 252 of Debian 12, 2026-11-23

  $ cd /tmp
  $ lsblk -o NAME,FOO,SIZE
  lsblk: unknown column: FOO,SIZE
  [1]
  $ lsblk -o +foo,b
  lsblk: unknown column: foo,b
  [1]
  $ lsblk -x foo
  lsblk: unknown column: foo
  Try 'lsblk --help' for more information.
  [1]
  $ findmnt -o foo,bar
  findmnt: unknown column: foo,bar
  [1]
  $ findmnt -o TARGET,bar,x
  findmnt: unknown column: bar,x
  [1]
  $ prlimit -o SOFT,x,y
  prlimit: unknown column: x,y
  [1]
  $ lscpu -e=CPU,foo,bar
  lscpu: unknown column: foo,bar
  [1]
  $ lsmem -o RANGE,foo,b
  lsmem: unknown column: foo,b
  [1]
  $ lsns -o NS,foo,b
  lsns: unknown column: foo,b
  [1]
  $ losetup -O NAME,foo,b
  losetup: unknown column: foo,b
  [1]
  $ swapon --show=NAME,foo,b
  swapon: unknown column: foo,b
  [1]
  $ lslocks -o PID,foo,b
  lslocks: unknown column: foo,b
  [1]
  $ lslogins -o UID,foo,b
  lslogins: unknown column: foo,b
  [1]
  $ lsirq -o IRQ,foo,b
  lsirq: unknown column: foo,b
  [1]
  $ losetup -d
  losetup: option requires an argument -- 'd'
  Try 'losetup --help' for more information.
  [1]
  $ killall -l
  HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT
  CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH POLL PWR SYS
  $ killall -u nosuch x
  Cannot find user nosuch
  [1]
  $ fuser -Z x
  Z: unknown signal; fuser -l lists signals.
  [1]
  $ sysctl -b kernel.ostype; echo
  Linux
  $ sysctl -ar '^kernel.ostyp'
  kernel.ostype = Linux
  $ sysctl -X -r kernel.ostype$
  kernel.ostype = Linux
  $ sysctl =3
  sysctl: Path is not under /proc/sys/: /proc/sys/
  [1]
  $ sysctl -w
  sysctl: no variables specified
  Try `sysctl --help' for more information.
  [1]
  $ sysctl ''
  sysctl: "" is an unknown key
  [255]
  $ printf 'kernel.nosuch=1\n' | sysctl -p -
  sysctl: cannot stat /proc/sys/kernel/nosuch: No such file or directory
  [1]
  $ udevadm info nothere
  Bad argument "nothere", expected an absolute path in /dev/ or /sys/ or a unit name: Invalid argument
  [1]
  $ udevadm info -n nosuch
  Unknown device "/dev/nosuch": No such device
  [1]
  $ udevadm info /dev/nosuch
  Unknown device "/dev/nosuch": No such device
  [1]
  $ udevadm trigger -c foo
  Unknown action 'foo'
  [1]
  $ udevadm trigger --foo
  trigger: unrecognized option '--foo'
  [1]
  $ udevadm control
  This command expects one or more options.
  [1]
  $ udevadm control --foo
  control: unrecognized option '--foo'
  [1]
  $ udevadm monitor --foo
  monitor: unrecognized option '--foo'
  [1]
  $ udevadm settle -t foo
  Failed to parse timeout value 'foo': Invalid argument
  [1]
  $ udevadm test
  syspath parameter missing.
  [1]
  $ udevadm test-builtin
  Expected two arguments: command string and device path.
  [1]
  $ udevadm lock
  Too few arguments, command to execute.
  [1]
