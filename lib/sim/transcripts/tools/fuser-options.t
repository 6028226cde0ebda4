fuser: names of users, ports by name, mistakes, as PSmisc 23.6 prints them.
host: debian-12

  $ exec 5</etc/hostname; fuser -u /etc/hostname; fuser -uv /etc/hostname; fuser -av 1/tcp; fuser -v 1/tcp; fuser -a 1/tcp
  /etc/hostname:         623(root)   624(root)
                       USER        PID ACCESS COMMAND
  /etc/hostname:       root        623 f.... (root)bash
                       root        625 f.... (root)fuser
                       USER        PID ACCESS COMMAND
  1/tcp:
  1/tcp:
  [1]
  $ fuser ssh/tcp foo/tcp; fuser -4 -6 1/tcp 2>&1 | head -1; fuser -n 2>&1 | head -1; fuser --bad 2>&1 | head -1; fuser -M -m /etc; fuser -l; fuser -n udp 1,2,3
  ssh/tcp:               621
  Cannot resolve local port foo: Servname not supported for ai_socktype
  You cannot search for only IPv4 and only IPv6 sockets at the same time
  Namespace option requires an argument.
  fuser: Invalid option --bad
  Specified filename /etc is not a mountpoint.
  HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT
  CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH POLL PWR SYS
  [1]
