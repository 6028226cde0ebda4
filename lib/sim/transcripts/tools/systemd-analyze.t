systemd-analyze: unit files, calendars, times, lists, conditions, refused options (recorded from systemd 252.38 of Debian 12 as nobody, without PID 1).
host: debian-12

  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Unit]\nDescription=x\nBogus=1\nWants=nosuch.service\nAfter=foo\nDocumentation=bogus\n\n[Service]\nExecStart=/bin/nope\nExecStrat=/x\nType=bogus\nRestart=maybe\nRestartSec=bogus\nUser=nosuch\n\n[Bogus]\nX=1\n\n[X-Foo]\na=b\n\n[Install]\nWantedBy=multi-user.target\nFoo=1\n' > a.service; systemd-analyze verify ./a.service 2>&1
  /tmp/w/a.service:3: Unknown key 'Bogus' in section [Unit], ignoring.
  /tmp/w/a.service:5: Failed to add dependency on foo, ignoring: Invalid argument
  /tmp/w/a.service:6: Invalid URL, ignoring: bogus
  /tmp/w/a.service:10: Unknown key 'ExecStrat' in section [Service], ignoring.
  /tmp/w/a.service:11: Failed to parse service type, ignoring: bogus
  /tmp/w/a.service:12: Failed to parse service restart specifier, ignoring: maybe
  /tmp/w/a.service:13: Failed to parse sec value, ignoring: bogus
  /tmp/w/a.service:16: Unknown section 'Bogus'. Ignoring.
  /tmp/w/a.service:24: Unknown key 'Foo' in section [Install], ignoring.
  a.service: Command /bin/nope is not executable: No such file or directory
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Timer]\nOnCalendar=bogus\nOnBootSec=x\nUnit=nosuch\nAccuracySec=y\nPersistent=z\n' > c.timer; systemd-analyze verify ./c.timer 2>&1
  /tmp/w/c.timer:2: Failed to parse calendar specification, ignoring: bogus
  /tmp/w/c.timer:3: Failed to parse timer value, ignoring: x
  /tmp/w/c.timer:4: Unit type not valid, ignoring: nosuch
  /tmp/w/c.timer:5: Failed to parse sec value, ignoring: y
  /tmp/w/c.timer:6: Failed to parse boolean value, ignoring: z
  c.timer: Timer unit lacks value setting. Refusing.
  Unit c.timer has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Unit]\nDescription=x\n' > d.timer; systemd-analyze verify ./d.timer 2>&1
  d.timer: Timer unit lacks value setting. Refusing.
  Unit d.timer has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Socket]\nListenStream=99999\nAccept=maybe\n' > e.socket; systemd-analyze verify ./e.socket 2>&1
  /tmp/w/e.socket:2: Failed to parse address value in '99999', ignoring: Numerical result out of range
  /tmp/w/e.socket:3: Failed to parse boolean value, ignoring: maybe
  e.socket: Unit has no Listen setting (ListenStream=, ListenDatagram=, ListenFIFO=, ...). Refusing.
  Unit e.socket has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Mount]\nWhat=/dev/x\nWhere=/mnt/y\n' > f.mount; systemd-analyze verify ./f.mount 2>&1
  f.mount: Where= setting doesn't match unit name. Refusing.
  Unit f.mount has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Path]\nPathExists=rel\n' > g.path; systemd-analyze verify ./g.path 2>&1
  /tmp/w/g.path:2: PathExists= path is not absolute, ignoring: rel
  g.path: Path unit lacks path setting. Refusing.
  Unit g.path has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Unit]\n[Service]\nType=oneshot\nExecStart=/bin/true\nExecStart=/bin/sh -c '\''a\nRemainAfterExit=yes\n' > h.service; systemd-analyze verify ./h.service 2>&1
  /tmp/w/h.service:5: Unbalanced quoting, ignoring: "/bin/sh -c 'a"
  h.service: Unit configuration has fatal error, unit will not be started.
  Unit h.service has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Service]\nType=simple\nExecStart=/bin/true\nExecStart=/bin/true\n' > i.service; systemd-analyze verify ./i.service 2>&1
  i.service: Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.
  Unit i.service has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Service]\nType=dbus\nExecStart=/bin/true\n[Install]\nWantedBy=multi user.target\nAlias=x.timer\n' > j.service; systemd-analyze verify ./j.service 2>&1
  j.service: Service is of type D-Bus but no D-Bus service name has been specified. Refusing.
  Unit j.service has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Socket]\nListenStream=/run/x\n' > k.socket; systemd-analyze verify ./k.socket 2>&1
  k.socket: service k.service not loaded, socket cannot be started.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Service]\nExecStart=/bin/true\nGroup=9x/\n' > u2.service; systemd-analyze verify ./u2.service 2>&1
  /tmp/w/u2.service:3: Invalid user/group name or numeric ID: 9x/
  u2.service: Unit configuration has fatal error, unit will not be started.
  Unit u2.service has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Service]\nExecStart=/bin/nope/x y\nExecStartPre=x/y\n' > u3.service; systemd-analyze verify ./u3.service 2>&1
  /tmp/w/u3.service:3: Neither a valid executable name nor an absolute path: x/y
  u3.service: Unit configuration has fatal error, unit will not be started.
  Unit u3.service has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Service]\nType=oneshot\nExecStart=\nExecStart=nosuchcmd x\nExecStart=ls -l\nEnvironmentFile=-/nope\nRootDirectory=/nope\n' > u4.service; systemd-analyze verify ./u4.service 2>&1
  u4.service: Command nosuchcmd is not executable: No such file or directory
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Service\nExecStart=/bin/true\n[Service]\nExecStart=/bin/true\n=x\n Type = oneshot\n[]\n[Foo Bar]\n' > u5.service; systemd-analyze verify ./u5.service 2>&1
  /tmp/w/u5.service:1: Invalid section header '[Service'
  Unit u5.service failed to load properly, please adjust/correct and reload service manager: Bad message
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Timer]\nOnCalendar=daily\nOnUnitActiveSec=5\n' > u8.timer; systemd-analyze verify ./u8.timer 2>&1
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Path]\nPathExists=/x\nUnit=y.path\n' > u9.path; systemd-analyze verify ./u9.path 2>&1
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Slice]\nMemoryMax=5G\nFoo=1\n' > u10.slice; systemd-analyze verify ./u10.slice 2>&1
  /tmp/w/u10.slice:3: Unknown key 'Foo' in section [Slice], ignoring.
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Service]\nType=forking\nExecStart=/bin/true\nRestart=always\nType=oneshot\nRestart=on-success\n' > u11.service; systemd-analyze verify ./u11.service 2>&1
  u11.service: Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot services. Refusing.
  Unit u11.service has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Service]\nType=oneshot\nExecStart=/bin/true\nRestart=always\n' > u12.service; systemd-analyze verify ./u12.service 2>&1
  u12.service: Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot services. Refusing.
  Unit u12.service has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Unit]\nDescription=x\n' > u13.service; systemd-analyze verify ./u13.service 2>&1
  u13.service: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.
  Unit u13.service has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Service]\nExecStop=/bin/true\nType=simple\n' > u14.service; systemd-analyze verify ./u14.service 2>&1
  u14.service: Service has no ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.
  Unit u14.service has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Mount]\nWhere=/mnt/y\n' > mnt-y.mount; systemd-analyze verify ./mnt-y.mount 2>&1
  mnt-y.mount: What= setting is missing. Refusing.
  Unit mnt-y.mount has a bad unit file setting.
  [1]
  $ mkdir -p /tmp/w; cd /tmp/w; printf '[Unit]\nAfter=nosuch.service\nRequires=nosuch2.service\nWants=nosuch3.service\n[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=x.target\nAlias=bad\nAlso=q\nDefaultInstance=y\n' > u16.service; systemd-analyze verify ./u16.service 2>&1
  u16.service: Failed to create u16.service/start: Unit nosuch2.service not found.
  [1]
  $ systemd-analyze calendar --base-time="2024-01-01" weekly monthly 2>&1 | grep -v 'From now'
    Original form: weekly
  Normalized form: Mon *-*-* 00:00:00
      Next elapse: Mon 2024-01-08 00:00:00 UTC

    Original form: monthly
  Normalized form: *-*-01 00:00:00
      Next elapse: Thu 2024-02-01 00:00:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "*:0/15" --iterations=4 2>&1 | grep -v 'From now'
    Original form: *:0/15
  Normalized form: *-*-* *:00/15:00
      Next elapse: Mon 2024-01-01 00:15:00 UTC
         Iter. #2: Mon 2024-01-01 00:30:00 UTC
         Iter. #3: Mon 2024-01-01 00:45:00 UTC
         Iter. #4: Mon 2024-01-01 01:00:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "Mon..Fri 22:30" 2>&1 | grep -v 'From now'
    Original form: Mon..Fri 22:30
  Normalized form: Mon..Fri *-*-* 22:30:00
      Next elapse: Mon 2024-01-01 22:30:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "*-02-29" 2>&1 | grep -v 'From now'
    Original form: *-02-29
  Normalized form: *-02-29 00:00:00
      Next elapse: Thu 2024-02-29 00:00:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "Sat,Sun *-*-1..7 12:00:00 UTC" 2>&1 | grep -v 'From now'
    Original form: Sat,Sun *-*-1..7 12:00:00 UTC
  Normalized form: Sat,Sun *-*-01..07 12:00:00 UTC
      Next elapse: Sat 2024-01-06 12:00:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "*-*~1" 2>&1 | grep -v 'From now'
    Original form: *-*~1
  Normalized form: *-*~01 00:00:00
      Next elapse: Wed 2024-01-31 00:00:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "Mon *-05~07/1" 2>&1 | grep -v 'From now'
    Original form: Mon *-05~07/1
  Normalized form: Mon *-05~07/1 00:00:00
      Next elapse: Mon 2024-05-27 00:00:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "2003-03-05" 2>&1 | grep -v 'From now'
    Original form: 2003-03-05
  Normalized form: 2003-03-05 00:00:00
      Next elapse: never
  $ systemd-analyze calendar --base-time="2024-01-01" "quarterly" 2>&1 | grep -v 'From now'
    Original form: quarterly
  Normalized form: *-01,04,07,10-01 00:00:00
      Next elapse: Mon 2024-04-01 00:00:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "semi-annually" "annually" "hourly" "minutely" 2>&1 | grep -v 'From now'
    Original form: semi-annually
  Normalized form: *-01,07-01 00:00:00
      Next elapse: Mon 2024-07-01 00:00:00 UTC

    Original form: annually
  Normalized form: *-01-01 00:00:00
      Next elapse: Wed 2025-01-01 00:00:00 UTC

    Original form: hourly
  Normalized form: *-*-* *:00:00
      Next elapse: Mon 2024-01-01 01:00:00 UTC

    Original form: minutely
  Normalized form: *-*-* *:*:00
      Next elapse: Mon 2024-01-01 00:01:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "*-*-* *:*:00/7.5" 2>&1 | grep -v 'From now'
    Original form: *-*-* *:*:00/7.5
  Normalized form: *-*-* *:*:00/7.500000
      Next elapse: Mon 2024-01-01 00:00:07 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "10-15" 2>&1 | grep -v 'From now'
    Original form: 10-15
  Normalized form: *-10-15 00:00:00
      Next elapse: Tue 2024-10-15 00:00:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "05:40" 2>&1 | grep -v 'From now'
    Original form: 05:40
  Normalized form: *-*-* 05:40:00
      Next elapse: Mon 2024-01-01 05:40:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "Wed, 17:48" 2>&1 | grep -v 'From now'
    Original form: Wed, 17:48
  Normalized form: Wed *-*-* 17:48:00
      Next elapse: Wed 2024-01-03 17:48:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "Wed..Sat,Tue 12-10-15 1:2:3" 2>&1 | grep -v 'From now'
    Original form: Wed..Sat,Tue 12-10-15 1:2:3
  Normalized form: Tue..Sat 2012-10-15 01:02:03
      Next elapse: never
  $ systemd-analyze calendar --base-time="2024-01-01" "12,14,13,12:20,10,30" 2>&1 | grep -v 'From now'
    Original form: 12,14,13,12:20,10,30
  Normalized form: *-*-* 12,13,14:10,20,30:00
      Next elapse: Mon 2024-01-01 12:10:00 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "mon,fri *-1/2-1,3 *:30:45" 2>&1 | grep -v 'From now'
    Original form: mon,fri *-1/2-1,3 *:30:45
  Normalized form: Mon,Fri *-01/2-01,03 *:30:45
      Next elapse: Mon 2024-01-01 00:30:45 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "03-05 08:05:40" 2>&1 | grep -v 'From now'
    Original form: 03-05 08:05:40
  Normalized form: *-03-05 08:05:40
      Next elapse: Tue 2024-03-05 08:05:40 UTC
  $ systemd-analyze calendar --base-time="2024-01-01" "@1700000000" 2>&1 | grep -v 'From now'
    Original form: @1700000000
  Normalized form: 2023-11-14 22:13:20 UTC
      Next elapse: never
  $ systemd-analyze calendar --base-time="2024-01-01" "*-*-* 25:00" 2>&1 | grep -v 'From now'
  Failed to parse calendar specification '*-*-* 25:00': Invalid argument
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*-*-1..10/4' 2>&1 | grep -v 'From now'
    Original form: *-*-1..10/4
  Normalized form: *-*-01..09/4 00:00:00
      Next elapse: Fri 2024-01-05 00:00:00 UTC
         Iter. #2: Tue 2024-01-09 00:00:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*:0/15,7' 2>&1 | grep -v 'From now'
    Original form: *:0/15,7
  Normalized form: *-*-* *:00/15,07:00
      Next elapse: Mon 2024-01-01 00:07:00 UTC
         Iter. #2: Mon 2024-01-01 00:15:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*:0/70' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification '*:0/70': Invalid argument
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*:5..5' 2>&1 | grep -v 'From now'
    Original form: *:5..5
  Normalized form: *-*-* *:05:00
      Next elapse: Mon 2024-01-01 00:05:00 UTC
         Iter. #2: Mon 2024-01-01 01:05:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*:5..4' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification '*:5..4': Invalid argument
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 'Mon..Sun' 2>&1 | grep -v 'From now'
    Original form: Mon..Sun
  Normalized form: *-*-* 00:00:00
      Next elapse: Tue 2024-01-02 00:00:00 UTC
         Iter. #2: Wed 2024-01-03 00:00:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 'Sun..Tue' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification 'Sun..Tue': Invalid argument
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*:*:0.5' 2>&1 | grep -v 'From now'
    Original form: *:*:0.5
  Normalized form: *-*-* *:*:00.500000
      Next elapse: Mon 2024-01-01 00:00:00 UTC
         Iter. #2: Mon 2024-01-01 00:01:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '2024..2026-1-1' 2>&1 | grep -v 'From now'
    Original form: 2024..2026-1-1
  Normalized form: 2024..2026-01-01 00:00:00
      Next elapse: Wed 2025-01-01 00:00:00 UTC
         Iter. #2: Thu 2026-01-01 00:00:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '99-1-1' 2>&1 | grep -v 'From now'
    Original form: 99-1-1
  Normalized form: 1999-01-01 00:00:00
      Next elapse: never
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '12' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification '12': Invalid argument
  Hint: this expression is a valid timespan. Use 'systemd-analyze timespan "12"' instead?
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '1h' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification '1h': Invalid argument
  Hint: this expression is a valid timespan. Use 'systemd-analyze timespan "1h"' instead?
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 'tomorrow' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification 'tomorrow': Invalid argument
  Hint: this expression is a valid timestamp. Use 'systemd-analyze timestamp "tomorrow"' instead?
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '24:00' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification '24:00': Invalid argument
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '10:00 Europe/Paris' 2>&1 | grep -v 'From now'
    Original form: 10:00 Europe/Paris
  Normalized form: *-*-* 10:00:00 Europe/Paris
      Next elapse: Mon 2024-01-01 09:00:00 UTC
         Iter. #2: Tue 2024-01-02 09:00:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '10:00 Bogus/Zone' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification '10:00 Bogus/Zone': Invalid argument
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*-2-30' 2>&1 | grep -v 'From now'
    Original form: *-2-30
  Normalized form: *-02-30 00:00:00
      Next elapse: never
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*-*~03..05' 2>&1 | grep -v 'From now'
    Original form: *-*~03..05
  Normalized form: *-*~03..05 00:00:00
      Next elapse: Sat 2024-01-27 00:00:00 UTC
         Iter. #2: Sun 2024-01-28 00:00:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '0/2:00' 2>&1 | grep -v 'From now'
    Original form: 0/2:00
  Normalized form: *-*-* 00/2:00:00
      Next elapse: Mon 2024-01-01 02:00:00 UTC
         Iter. #2: Mon 2024-01-01 04:00:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*/2:00' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification '*/2:00': Invalid argument
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '8..18/2:30' 2>&1 | grep -v 'From now'
    Original form: 8..18/2:30
  Normalized form: *-*-* 08..18/2:30:00
      Next elapse: Mon 2024-01-01 08:30:00 UTC
         Iter. #2: Mon 2024-01-01 10:30:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 'daily UTC' 2>&1 | grep -v 'From now'
    Original form: daily UTC
  Normalized form: *-*-* 00:00:00 UTC
      Next elapse: Tue 2024-01-02 00:00:00 UTC
         Iter. #2: Wed 2024-01-03 00:00:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 'anually' 2>&1 | grep -v 'From now'
    Original form: anually
  Normalized form: *-01-01 00:00:00
      Next elapse: Wed 2025-01-01 00:00:00 UTC
         Iter. #2: Thu 2026-01-01 00:00:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 'Mo' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification 'Mo': Invalid argument
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*-*' 2>&1 | grep -v 'From now'
    Original form: *-*
  Normalized form: *-*-* 00:00:00
      Next elapse: Tue 2024-01-02 00:00:00 UTC
         Iter. #2: Wed 2024-01-03 00:00:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*:*' 2>&1 | grep -v 'From now'
    Original form: *:*
  Normalized form: *-*-* *:*:00
      Next elapse: Mon 2024-01-01 00:01:00 UTC
         Iter. #2: Mon 2024-01-01 00:02:00 UTC
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '1,2,3' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification '1,2,3': Invalid argument
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '*-*-01,*' 2>&1 | grep -v 'From now'
  Failed to parse calendar specification '*-*-01,*': Invalid argument
  $ systemd-analyze calendar --base-time=2024-01-01 --iterations=2 '@0' 2>&1 | grep -v 'From now'
    Original form: @0
  Normalized form: 1970-01-01 00:00:00 UTC
      Next elapse: never
  $ systemd-analyze timespan 1h
  Original: 1h
        μs: 3600000000
     Human: 1h
  $ systemd-analyze timespan 5 0 infinity 1ms 1us "1.5h" "2h 2h"
  Original: 5
        μs: 5000000
     Human: 5s

  Original: 0
        μs: 0
     Human: 0

  Original: infinity
        μs: 18446744073709551615
     Human: infinity

  Original: 1ms
        μs: 1000
     Human: 1ms

  Original: 1us
        μs: 1
     Human: 1us

  Original: 1.5h
        μs: 5400000000
     Human: 1h 30min

  Original: 2h 2h
        μs: 14400000000
     Human: 4h
  $ systemd-analyze timespan bogus; echo $?
  Failed to parse time span 'bogus': Invalid argument
  1
  $ systemd-analyze timespan ""; echo $?
  Failed to parse time span '': Invalid argument
  1
  $ systemd-analyze timespan; echo $?
  Too few arguments.
  1
  $ systemd-analyze timespan "1 fortnight" "-5s"
  systemd-analyze: invalid option -- '5'
  [1]
  $ systemd-analyze timespan 55s500ms "300ms20s 5day"
  Original: 55s500ms
        μs: 55500000
     Human: 55.500000s

  Original: 300ms20s 5day
        μs: 432020300000
     Human: 5d 20.300000s
  $ systemd-analyze timestamp "2024-01-01 10:00:00" 2>&1 | grep -v 'From now'
    Original form: 2024-01-01 10:00:00
  Normalized form: Mon 2024-01-01 10:00:00 UTC
     UNIX seconds: @1704103200
  $ systemd-analyze timestamp "2024-01-01" 2>&1 | grep -v 'From now'
    Original form: 2024-01-01
  Normalized form: Mon 2024-01-01 00:00:00 UTC
     UNIX seconds: @1704067200
  $ systemd-analyze timestamp "2024-02-30" 2>&1 | grep -v 'From now'
    Original form: 2024-02-30
  Normalized form: Fri 2024-03-01 00:00:00 UTC
     UNIX seconds: @1709251200
  $ systemd-analyze timestamp "@1700000000" 2>&1 | grep -v 'From now'
    Original form: @1700000000
  Normalized form: Tue 2023-11-14 22:13:20 UTC
     UNIX seconds: @1700000000
  $ systemd-analyze timestamp "Fri 2012-11-23 23:02:15" 2>&1 | grep -v 'From now'
    Original form: Fri 2012-11-23 23:02:15
  Normalized form: Fri 2012-11-23 23:02:15 UTC
     UNIX seconds: @1353711735
  $ systemd-analyze timestamp "Mon 2012-11-23 23:02:15" 2>&1 | grep -v 'From now'
  Failed to parse "Mon 2012-11-23 23:02:15": Invalid argument
  Hint: this expression is a valid calendar specification. Use 'systemd-analyze calendar "Mon 2012-11-23 23:02:15"' instead?
  $ systemd-analyze timestamp "2012-11-23 23:02:15 UTC" "12-11-23" 2>&1 | grep -v 'From now'
    Original form: 2012-11-23 23:02:15 UTC
  Normalized form: Fri 2012-11-23 23:02:15 UTC
     UNIX seconds: @1353711735

    Original form: 12-11-23
  Normalized form: Fri 2012-11-23 00:00:00 UTC
     UNIX seconds: @1353628800
  $ systemd-analyze timestamp bogus 2>&1 | grep -v 'From now'
  Failed to parse "bogus": Invalid argument
  $ systemd-analyze timestamp 2>&1 | grep -v 'From now'
  Too few arguments.
  $ systemd-analyze exit-status
  NAME                    STATUS CLASS
  SUCCESS                      0 libc
  FAILURE                      1 libc
  INVALIDARGUMENT              2 LSB
  NOTIMPLEMENTED               3 LSB
  NOPERMISSION                 4 LSB
  NOTINSTALLED                 5 LSB
  NOTCONFIGURED                6 LSB
  NOTRUNNING                   7 LSB
  USAGE                       64 BSD
  DATAERR                     65 BSD
  NOINPUT                     66 BSD
  NOUSER                      67 BSD
  NOHOST                      68 BSD
  UNAVAILABLE                 69 BSD
  SOFTWARE                    70 BSD
  OSERR                       71 BSD
  OSFILE                      72 BSD
  CANTCREAT                   73 BSD
  IOERR                       74 BSD
  TEMPFAIL                    75 BSD
  PROTOCOL                    76 BSD
  NOPERM                      77 BSD
  CONFIG                      78 BSD
  CHDIR                      200 systemd
  NICE                       201 systemd
  FDS                        202 systemd
  EXEC                       203 systemd
  MEMORY                     204 systemd
  LIMITS                     205 systemd
  OOM_ADJUST                 206 systemd
  SIGNAL_MASK                207 systemd
  STDIN                      208 systemd
  STDOUT                     209 systemd
  CHROOT                     210 systemd
  IOPRIO                     211 systemd
  TIMERSLACK                 212 systemd
  SECUREBITS                 213 systemd
  SETSCHEDULER               214 systemd
  CPUAFFINITY                215 systemd
  GROUP                      216 systemd
  USER                       217 systemd
  CAPABILITIES               218 systemd
  CGROUP                     219 systemd
  SETSID                     220 systemd
  CONFIRM                    221 systemd
  STDERR                     222 systemd
  PAM                        224 systemd
  NETWORK                    225 systemd
  NAMESPACE                  226 systemd
  NO_NEW_PRIVILEGES          227 systemd
  SECCOMP                    228 systemd
  SELINUX_CONTEXT            229 systemd
  PERSONALITY                230 systemd
  APPARMOR                   231 systemd
  ADDRESS_FAMILIES           232 systemd
  RUNTIME_DIRECTORY          233 systemd
  CHOWN                      235 systemd
  SMACK_PROCESS_LABEL        236 systemd
  KEYRING                    237 systemd
  STATE_DIRECTORY            238 systemd
  CACHE_DIRECTORY            239 systemd
  LOGS_DIRECTORY             240 systemd
  CONFIGURATION_DIRECTORY    241 systemd
  NUMA_POLICY                242 systemd
  CREDENTIALS                243 systemd
  BPF                        244 systemd
  EXCEPTION                  255 systemd
  $ systemd-analyze exit-status 0 1 203 NOPERMISSION 99; echo $?
  NAME         STATUS CLASS
  SUCCESS           0 libc
  FAILURE           1 libc
  EXEC            203 systemd
  NOPERMISSION      4 LSB
  -                99 -
  0
  $ systemd-analyze exit-status EXEC 300; echo $?
  Invalid exit status "300".
  1
  $ systemd-analyze exit-status BOGUS; echo $?
  Invalid exit status "BOGUS".
  1
  $ systemd-analyze capability
  NAME                   NUMBER
  cap_chown                   0
  cap_dac_override            1
  cap_dac_read_search         2
  cap_fowner                  3
  cap_fsetid                  4
  cap_kill                    5
  cap_setgid                  6
  cap_setuid                  7
  cap_setpcap                 8
  cap_linux_immutable         9
  cap_net_bind_service       10
  cap_net_broadcast          11
  cap_net_admin              12
  cap_net_raw                13
  cap_ipc_lock               14
  cap_ipc_owner              15
  cap_sys_module             16
  cap_sys_rawio              17
  cap_sys_chroot             18
  cap_sys_ptrace             19
  cap_sys_pacct              20
  cap_sys_admin              21
  cap_sys_boot               22
  cap_sys_nice               23
  cap_sys_resource           24
  cap_sys_time               25
  cap_sys_tty_config         26
  cap_mknod                  27
  cap_lease                  28
  cap_audit_write            29
  cap_audit_control          30
  cap_setfcap                31
  cap_mac_override           32
  cap_mac_admin              33
  cap_syslog                 34
  cap_wake_alarm             35
  cap_block_suspend          36
  cap_audit_read             37
  cap_perfmon                38
  cap_bpf                    39
  cap_checkpoint_restore     40
  $ systemd-analyze capability cap_chown 21 cap_sys_admin
  NAME          NUMBER
  cap_chown          0
  cap_sys_admin     21
  cap_sys_admin     21
  $ systemd-analyze capability bogus; echo $?
  Capability "bogus" not known.
  1
  $ systemd-analyze capability 99; echo $?
  Capability "99" not known.
  1
  $ systemd-analyze compare-versions 1 2; echo $?
  1 < 2
  12
  $ systemd-analyze compare-versions 1 lt 2; echo $?
  0
  $ systemd-analyze condition 'ConditionKernelVersion = >1'
  test.service: ConditionKernelVersion=>1 succeeded.
  Conditions succeeded.
  $ systemd-analyze condition 'ConditionUser=nosuch'
  test.service: ConditionUser=nosuch failed.
  Conditions failed.
  [1]
  $ systemd-analyze condition 'ConditionPathExistsGlob=/etc/pass*'
  test.service: ConditionPathExistsGlob=/etc/pass* succeeded.
  Conditions succeeded.
  $ systemd-analyze condition 'ConditionPathExists=|/nope'
  test.service: ConditionPathExists=|/nope failed.
  Conditions failed.
  [1]
  $ systemd-analyze condition 'ConditionPathExists=rel'
  (cmdline): ConditionPathExists= path is not absolute, ignoring: rel
  $ systemd-analyze condition 'AssertPathExists=/nope'
  test.service: AssertPathExists=/nope failed.
  Asserts failed.
  [1]
  $ systemd-analyze condition 'Foo=1'
  Cannot parse "Foo=1".
  [1]
  $ systemd-analyze condition 'ConditionPathExists'
  Cannot parse "ConditionPathExists".
  [1]
  $ systemd-analyze bogus; echo $?
  Unknown command verb bogus.
  1
  $ systemd-analyze --bogus; echo $?
  systemd-analyze: unrecognized option '--bogus'
  1
  $ systemd-analyze time extra; echo $?
  Too many arguments.
  1
  $ systemd-analyze blame extra; echo $?
  Too many arguments.
  1
  $ systemd-analyze security --offline=bogus; echo $?
  Failed to parse boolean argument to --offline: bogus.
  1
  $ systemd-analyze dot --bogus; echo $?
  systemd-analyze: unrecognized option '--bogus'
  1
  $ systemd-analyze log-level a b; echo $?
  Too many arguments.
  1
  $ systemd-analyze --root=/x time; echo $?
  Options --root= and --image= are only supported for cat-config, verify, condition and security when used with --offline= right now.
  1
  $ systemd-analyze --threshold=200 security; echo $?
  Failed to parse threshold: 200
  1
  $ systemd-analyze --fuzz=bogus critical-chain; echo $?
  1
  $ systemd-analyze --json=bogus security; echo $?
  Unknown argument to --json= switch: bogus
  1
