eject, judged by eject of util-linux 2.38.1 of Debian 12: the answers are the real program's.
host: debian-12
cwd: /root

  $ apt-get install -y -qq eject > /dev/null 2>&1
  $ eject -d
  eject: default device: `/dev/cdrom'
  $ eject
  eject: /dev/cdrom: not found mountpoint or device with the given name
  [1]
  $ eject -n
  eject: /dev/cdrom: not found mountpoint or device with the given name
  [1]
  $ eject nosuch
  eject: nosuch: not found mountpoint or device with the given name
  [1]
  $ eject -v nosuch 2> /dev/null
  eject: device name is `nosuch'
  eject: nosuch: not mounted
  [1]
  $ eject /dev/null
  eject: /dev/null: not found mountpoint or device with the given name
  [1]
  $ eject -n /dev/null
  eject: /dev/null: not found mountpoint or device with the given name
  [1]
  $ eject /etc/passwd
  eject: /etc/passwd: not found mountpoint or device with the given name
  [1]
  $ eject -n /nosuch
  eject: /nosuch: not found mountpoint or device with the given name
  [1]
  $ eject -n UUID=0000-0000
  eject: unable to find device
  [1]
  $ eject -a maybe
  eject: argument error: 'maybe'
  [1]
  $ eject -i on nosuch
  eject: nosuch: not found mountpoint or device with the given name
  [1]
  $ eject -c x nosuch
  eject: invalid argument to --changerslot/-c option: 'x'
  [1]
  $ eject -x x nosuch
  eject: invalid argument to --cdspeed/-x option: 'x'
  [1]
  $ eject -z
  eject: invalid option -- 'z'
  Try 'eject --help' for more information.
  [1]
  $ eject --zz
  eject: unrecognized option '--zz'
  Try 'eject --help' for more information.
  [1]
  $ eject -V
  eject from util-linux 2.38.1
  $ eject -t nosuch
  eject: nosuch: not found mountpoint or device with the given name
  [1]
  $ eject -T nosuch
  eject: nosuch: not found mountpoint or device with the given name
  [1]
  $ eject -X nosuch
  eject: nosuch: not found mountpoint or device with the given name
  [1]
  $ eject a b
  eject: too many arguments
  [1]
  $ eject -F -n /dev/null
  eject: /dev/null: not found mountpoint or device with the given name
  [1]
  $ eject -n /proc
  eject: proc: not found mountpoint or device with the given name
  [1]
