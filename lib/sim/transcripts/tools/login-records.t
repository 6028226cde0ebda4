last, lastb, lastlog, faillog, savelog: what they show of files made for it (recorded from util-linux 2.38.1, shadow 4.13 and debianutils 5.7).
host: debian-12

  $ echo H4sIAAAAAAACA2NigIA6BvygDqigKDUpP78EtxozPUM9A10Tc93E3BQzE4YRC7R+/8siVi0jEJsSG/6leTmpZak5o+GPH5iQEP7sQPwFGAklJZWG+NSBJIvwpv5RAANC/4kPfw4iw38UEA9+Mf0nKf1HMDEwFJQU6xvgUQeSTixLLarMyc9LLy1OLcpLzE1FU5OoB1KgB1Khl5FfXKKXWpGYW5CTqpecnzuSwt9KCRL+B1YwihBT/hNb/xZnlJak5JfnjZb/+MGpRoZsYtUyUb39Y2o20sP/1griw5/67Z/R8H9CQviDyv89xJb/OZnJqfjaSAZ6BnpGekYjvf59dR4S/lwMTEzEtH+ICf9RQEL75xtp6d/eiR8c/ob4079hUn4SXrOg6d94pIc/lxwjLP0zj9a/9AdSrowkpX87YPoH9r/wltsgyeTEovyc0eKFINDKIT78ARArb2aAEwAA | base64 -d | gzip -d > w; echo H4sIAAAAAAACA2NjYGBoYWZgKC7OsMrLLympZMANivLzS/BIMxga6IGgJcMIB00sTNkgmouBgZOQWjYgbgWGPzDkDfGGLRCH+nn7+Yf7MYwC/OAZNPyJAQCGCR7CAAMAAA== | base64 -d | gzip -d > b; export TZ=UTC
  $ last -f w
  carol    tty2                          Sat Nov 21 10:02    gone - no logout
  reboot   system boot  6.1.0-56-amd64   Sat Nov 21 07:15   still running
  bob      pts/1        10.0.2.3         Sat Nov 21 04:28 - crash  (02:46)
  alice    pts/0        10.0.2.2         Fri Nov 20 22:55 - 01:42  (02:46)
  reboot   system boot  6.1.0-56-amd64   Fri Nov 20 20:08   still running
  averylon pts/0        a.very.long.host Thu Nov 19 16:22 - down  (1+01:00)
  root     tty1                          Thu Nov 19 13:52 - 14:08  (00:16)
  reboot   system boot  6.1.0-47-amd64   Thu Nov 19 13:35 - 17:22 (1+03:46)
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w -x
  carol    tty2                          Sat Nov 21 10:02    gone - no logout
  reboot   system boot  6.1.0-56-amd64   Sat Nov 21 07:15   still running
  bob      pts/1        10.0.2.3         Sat Nov 21 04:28 - crash  (02:46)
  alice    pts/0        10.0.2.2         Fri Nov 20 22:55 - 01:42  (02:46)
  runlevel (to lvl 5)   6.1.0-56-amd64   Fri Nov 20 20:09   still running
  reboot   system boot  6.1.0-56-amd64   Fri Nov 20 20:08   still running
  shutdown system down  6.1.0-47-amd64   Fri Nov 20 17:22 - 20:08  (02:46)
  averylon pts/0        a.very.long.host Thu Nov 19 16:22 - down  (1+01:00)
  root     tty1                          Thu Nov 19 13:52 - 14:08  (00:16)
  runlevel (to lvl 5)   6.1.0-47-amd64   Thu Nov 19 13:35 - 17:22 (1+03:46)
  reboot   system boot  6.1.0-47-amd64   Thu Nov 19 13:35 - 17:22 (1+03:46)
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w -F
  carol    tty2                          Sat Nov 21 10:02:18 2026   gone - no logout
  reboot   system boot  6.1.0-56-amd64   Sat Nov 21 07:15:38 2026   still running
  bob      pts/1        10.0.2.3         Sat Nov 21 04:28:58 2026 - crash                     (02:46)
  alice    pts/0        10.0.2.2         Fri Nov 20 22:55:38 2026 - Sat Nov 21 01:42:18 2026  (02:46)
  reboot   system boot  6.1.0-56-amd64   Fri Nov 20 20:08:58 2026   still running
  averylon pts/0        a.very.long.host Thu Nov 19 16:22:18 2026 - down                     (1+01:00)
  root     tty1                          Thu Nov 19 13:52:18 2026 - Thu Nov 19 14:08:58 2026  (00:16)
  reboot   system boot  6.1.0-47-amd64   Thu Nov 19 13:35:38 2026 - Fri Nov 20 17:22:18 2026 (1+03:46)
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w -a
  carol    tty2         Sat Nov 21 10:02    gone - no logout
  reboot   system boot  Sat Nov 21 07:15   still running      6.1.0-56-amd64
  bob      pts/1        Sat Nov 21 04:28 - crash  (02:46)     10.0.2.3
  alice    pts/0        Fri Nov 20 22:55 - 01:42  (02:46)     10.0.2.2
  reboot   system boot  Fri Nov 20 20:08   still running      6.1.0-56-amd64
  averylon pts/0        Thu Nov 19 16:22 - down  (1+01:00)    a.very.long.host.example.com
  root     tty1         Thu Nov 19 13:52 - 14:08  (00:16)
  reboot   system boot  Thu Nov 19 13:35 - 17:22 (1+03:46)    6.1.0-47-amd64
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w -i
  carol    tty2         0.0.0.0          Sat Nov 21 10:02    gone - no logout
  reboot   system boot  0.0.0.0          Sat Nov 21 07:15   still running
  bob      pts/1        10.0.2.3         Sat Nov 21 04:28 - crash  (02:46)
  alice    pts/0        10.0.2.2         Fri Nov 20 22:55 - 01:42  (02:46)
  reboot   system boot  0.0.0.0          Fri Nov 20 20:08   still running
  averylon pts/0        192.168.1.20     Thu Nov 19 16:22 - down  (1+01:00)
  root     tty1         0.0.0.0          Thu Nov 19 13:52 - 14:08  (00:16)
  reboot   system boot  0.0.0.0          Thu Nov 19 13:35 - 17:22 (1+03:46)
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w -w
  carol    tty2                          Sat Nov 21 10:02    gone - no logout
  reboot   system boot  6.1.0-56-amd64   Sat Nov 21 07:15   still running
  bob      pts/1        10.0.2.3         Sat Nov 21 04:28 - crash  (02:46)
  alice    pts/0        10.0.2.2         Fri Nov 20 22:55 - 01:42  (02:46)
  reboot   system boot  6.1.0-56-amd64   Fri Nov 20 20:08   still running
  averylongusername pts/0        a.very.long.host.example.com Thu Nov 19 16:22 - down  (1+01:00)
  root     tty1                          Thu Nov 19 13:52 - 14:08  (00:16)
  reboot   system boot  6.1.0-47-amd64   Thu Nov 19 13:35 - 17:22 (1+03:46)
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w -R
  carol    tty2         Sat Nov 21 10:02    gone - no logout
  reboot   system boot  Sat Nov 21 07:15   still running
  bob      pts/1        Sat Nov 21 04:28 - crash  (02:46)
  alice    pts/0        Fri Nov 20 22:55 - 01:42  (02:46)
  reboot   system boot  Fri Nov 20 20:08   still running
  averylon pts/0        Thu Nov 19 16:22 - down  (1+01:00)
  root     tty1         Thu Nov 19 13:52 - 14:08  (00:16)
  reboot   system boot  Thu Nov 19 13:35 - 17:22 (1+03:46)
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w -n 2
  carol    tty2                          Sat Nov 21 10:02    gone - no logout
  reboot   system boot  6.1.0-56-amd64   Sat Nov 21 07:15   still running
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w alice
  alice    pts/0        10.0.2.2         Fri Nov 20 22:55 - 01:42  (02:46)
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w 2
  carol    tty2                          Sat Nov 21 10:02    gone - no logout
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w --time-format iso
  carol    tty2                          2026-11-21T10:02:18+00:00   gone - no logout
  reboot   system boot  6.1.0-56-amd64   2026-11-21T07:15:38+00:00   still running
  bob      pts/1        10.0.2.3         2026-11-21T04:28:58+00:00 - crash                      (02:46)
  alice    pts/0        10.0.2.2         2026-11-20T22:55:38+00:00 - 2026-11-21T01:42:18+00:00  (02:46)
  reboot   system boot  6.1.0-56-amd64   2026-11-20T20:08:58+00:00   still running
  averylon pts/0        a.very.long.host 2026-11-19T16:22:18+00:00 - down                      (1+01:00)
  root     tty1                          2026-11-19T13:52:18+00:00 - 2026-11-19T14:08:58+00:00  (00:16)
  reboot   system boot  6.1.0-47-amd64   2026-11-19T13:35:38+00:00 - 2026-11-20T17:22:18+00:00 (1+03:46)
  
  w begins 2026-11-19T13:35:38+00:00
  $ last -f w --time-format notime
  carol    tty2                            no logout
  reboot   system boot  6.1.0-56-amd64     running
  bob      pts/1        10.0.2.3            (02:46)
  alice    pts/0        10.0.2.2            (02:46)
  reboot   system boot  6.1.0-56-amd64     running
  averylon pts/0        a.very.long.host   (1+01:00)
  root     tty1                             (00:16)
  reboot   system boot  6.1.0-47-amd64     (1+03:46)
  $ last -f w --time-format foo
  last: unknown time format: foo
  [1]
  $ last -f w -s '2026-11-21 00:00'
  carol    tty2                          Sat Nov 21 10:02    gone - no logout
  reboot   system boot  6.1.0-56-amd64   Sat Nov 21 07:15   still running
  bob      pts/1        10.0.2.3         Sat Nov 21 04:28 - crash  (02:46)
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w -t '2026-11-20 20:00'
  averylon pts/0        a.very.long.host Thu Nov 19 16:22 - down  (1+01:00)
  root     tty1                          Thu Nov 19 13:52 - 14:08  (00:16)
  reboot   system boot  6.1.0-47-amd64   Thu Nov 19 13:35 - 17:22 (1+03:46)
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w -p '2026-11-20 12:00'
  averylon pts/0        a.very.long.host Thu Nov 19 16:22 - down  (1+01:00)
  reboot   system boot  6.1.0-47-amd64   Thu Nov 19 13:35 - 17:22 (1+03:46)
  
  w begins Thu Nov 19 13:35:38 2026
  $ last -f w -s foo
  last: invalid time value "foo"
  [1]
  $ last -f w -n x
  last: failed to parse number: 'x'
  [1]
  $ last -f w nosuch
  
  w begins Thu Nov 19 13:35:38 2026
  $ lastb -f b
  UNKNOWN  tty1                          Sat Nov 21 20:53 - 20:53  (00:00)
  root     ssh:notty    10.0.0.9         Sat Nov 21 20:52 - 20:52  (00:00)
  
  b begins Sat Nov 21 20:52:18 2026
  $ lastb -f b -a
  UNKNOWN  tty1         Sat Nov 21 20:53 - 20:53  (00:00)
  root     ssh:notty    Sat Nov 21 20:52 - 20:52  (00:00)     10.0.0.9
  
  b begins Sat Nov 21 20:52:18 2026
  $ lastlog -u root
  Username         Port     From                                       Latest
  root                                                                **Never logged in**
  $ lastlog -S -u root; lastlog -u 0 | cut -c1-57
  Username         Port     From                           
  root             lastlog  localhost                      
  $ lastlog -C -u root; lastlog -t 5
  $ lastlog -t x
  lastlog: invalid numeric argument 'x'
  [1]
  $ lastlog -u nosuch
  lastlog: Unknown user or range: nosuch
  [1]
  $ lastlog -u 0-1
  Username         Port     From                                       Latest
  root                                                                **Never logged in**
  daemon                                                              **Never logged in**
  $ lastlog -R foo
  lastlog: invalid chroot path 'foo', only absolute paths are supported.
  [3]
  $ su nobody -s /bin/sh -c 'lastlog -C -u root; faillog -m 5'
  /var/log/lastlog: Permission denied
  faillog: Cannot open /var/log/faillog: Permission denied
  [1]
  $ faillog; faillog -u root
  Login       Failures Maximum Latest                   On
  
  root            0        0   01/01/70 00:00:00 +0000  
  $ faillog -m 5 -u root; faillog -u root | tail -1
  root            0        5   01/01/70 00:00:00 +0000  
  $ faillog -l x
  faillog: invalid numeric argument 'x'
  [3]
  $ mkdir s; cd s; echo a > log; savelog -q log; echo b > log; savelog -q log; ls
  log.0  log.1.gz
  $ echo c > log; savelog -q -c 2 -t log; ls; zcat log.1.gz
  log  log.0  log.1.gz
  b
  $ savelog -c 1 log
  savelog: count must be at least 2
  [2]
  $ savelog -n log; savelog .
  savelog: . is not a regular file
  [3]
  $ echo d > log; savelog -q -l -m 600 -x 'echo $FILE' log; stat -c '%a %n' log*
  .//log.0
  600 log
  600 log.0
  600 log.1
  644 log.2.gz
