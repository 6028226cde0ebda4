The version of procps' commands by their letter (as the real ones of 4.0.2 say it).
host: debian-12

  $ for c in free w uptime pgrep pkill pidwait sysctl vmstat pmap; do $c -V; done
  free from procps-ng 4.0.2
  w from procps-ng 4.0.2
  uptime from procps-ng 4.0.2
  pgrep from procps-ng 4.0.2
  pkill from procps-ng 4.0.2
  pidwait from procps-ng 4.0.2
  sysctl from procps-ng 4.0.2
  vmstat from procps-ng 4.0.2
  pmap from procps-ng 4.0.2
