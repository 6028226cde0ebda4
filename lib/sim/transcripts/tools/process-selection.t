pgrep, pkill, killall, fuser, free, pwdx and pstree: selection and mistakes, as procps-ng 4.0.2 and PSmisc 23.6 print them.
host: debian-12

  $ pgrep -P 1,x; pgrep -s x; pgrep -g x
  pgrep: not a number: x
  pgrep: invalid session id: x
  pgrep: invalid process group: x
  [2]
  $ pgrep -F nosuch; pkill -FOO x; pgrep -L x
  pgrep: pidfile not valid
  Try `pgrep --help' for more information.
  pkill: pidfile not valid
  Try `pkill --help' for more information.
  pgrep: -L without -F makes no sense
  Try `pgrep --help' for more information.
  [2]
  $ ONE=1 sleep 100 & sleep 200 & echo $! > /tmp/pf; pgrep -F /tmp/pf | diff - /tmp/pf && pgrep -c --env ONE=1; pgrep -c --env ONE; pgrep -c --env ONE=2; pgrep -F /tmp/pf nomatch
  [1] 630
  [2] 631
  1
  1
  0
  [1]
  $ free -s x; free -c x; free -c 0; pwdx 0; pstree nosuch
  free: seconds argument failed: 'x': Invalid argument
  free: failed to parse count argument: 'x'
  free: failed to parse count argument: '0': Numerical result out of range
  pwdx: invalid process id: 0
  No such user name: nosuch
  [1]
  $ killall -FOO x; killall -s FOO x; fuser -FOO x; fuser -z; fuser -n foo x 2>&1 | head -1
  FOO: unknown signal; killall -l lists signals.
  FOO: unknown signal; killall -l lists signals.
  FOO: unknown signal; fuser -l lists signals.
  fuser: Invalid option z
  Usage: fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE]
               [-k [-i] [-SIGNAL]] NAME...
         fuser -l
         fuser -V
  Invalid namespace name
