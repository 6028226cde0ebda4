needrestart 3.6, stress 1.0.7, deborphan 1.7.35 and sensors 3.6.0: words, layouts and exit statuses are the real programs'.
host: debian-12
cwd: /root

  $ apt-get install -y -qq needrestart stress deborphan lm-sensors > /dev/null 2>&1; needrestart -r l
  Scanning processes...
  
  Running kernel seems to be up-to-date.
  
  No services need to be restarted.
  
  No containers need to be restarted.
  
  No user sessions are running outdated binaries.
  
  No VM guests are running outdated hypervisor (qemu) binaries on this host.
  $ needrestart -b; needrestart -p; echo $?
  NEEDRESTART-VER: 3.6
  NEEDRESTART-KCUR: 6.1.0-56-amd64
  NEEDRESTART-KEXP: 6.1.0-56-amd64
  NEEDRESTART-KSTA: 1
  OK - Kernel: 6.1.0-56-amd64, Services: none, Containers: none, Sessions: none|Kernel=0;0;;0;2 Services=0;;0;0 Containers=0;;0;0 Sessions=0;0;;0
  0
  $ DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --reinstall cron dbus 2>&1 | sed -n '/^Scanning/,$p'
  Scanning processes...
  
  Running kernel seems to be up-to-date.
  
  Services to be restarted:
   systemctl restart cron.service
  
  No containers need to be restarted.
  
  No user sessions are running outdated binaries.
  
  No VM guests are running outdated hypervisor (qemu) binaries on this host.
  $ ls -l /proc/$(pidof cron)/exe | grep -o '/usr/sbin.*'; needrestart -b -l; needrestart -m e; needrestart -p -l
  /usr/sbin/cron (deleted)
  NEEDRESTART-VER: 3.6
  NEEDRESTART-SVC: cron.service
  Scanning processes...
  
  This system runs outdated binaries. For more details, run «needrestart -m a».
  
  You should consider rebooting!
  
  WARN - Services: 1 (!), Containers: none, Sessions: none|Services=1;;0;0 Containers=0;;0;0 Sessions=0;0;;0
  Services:
  - cron.service
  [1]
  $ needrestart -r a 2>&1 | grep -A 5 Restarting; needrestart -b -l; systemctl is-active cron
  Restarting services...
   systemctl restart cron.service
  
  No containers need to be restarted.
  
  No user sessions are running outdated binaries.
  NEEDRESTART-VER: 3.6
  active
  $ bash -c 'sleep 20' & sleep 0.2; cp --remove-destination /lib/x86_64-linux-gnu/libtinfo.so.6 /tmp/l && mv /tmp/l /lib/x86_64-linux-gnu/libtinfo.so.6; grep -c deleted /proc/$$/maps; needrestart -r l -l 2> /dev/null | head -n 12 | sed 's/[0-9]\{3,\}/N/g'; kill %1
  [1] 666
  5
  
  No services need to be restarted.
  
  No containers need to be restarted.
  
  No user sessions are running outdated binaries.
  
  No VM guests are running outdated hypervisor (qemu) binaries on this host.
  $ printf '$nrconf{restart} = %sl%s;\n' "'" "'" >> /etc/needrestart/needrestart.conf; apt-get install -y -qq --reinstall cron 2>&1 | sed -n '/^Services/,/^$/p'; apt-get install -y -qq --reinstall cron > /dev/null 2>&1; NEEDRESTART_SUSPEND=1 apt-get install -y -qq --reinstall hello 2>&1 | tail -n 1
  Services to be restarted:
   systemctl restart cron.service
   systemctl restart ssh.service
  
  packages have been installed but needrestart is suspended
  [1]+  Terminated              bash -c 'sleep 20'
  $ runuser -u nobody -- needrestart -r l 2> /dev/null; needrestart -r x; needrestart -c /nosuch; needrestart -z | head -n 3
  ERROR: Unknown restart option 'x'!
  ERROR: Could not read config file '/nosuch'!
  Usage:
  
    needrestart [-vn] [-c <cfg>] [-r <mode>] [-f <fe>] [-u <ui>] [-bkl]
  $ stress -c 1 -t 2 | sed 's/\[[0-9]*\]/[N]/'; stress -v -c 1 -m 1 --vm-bytes 10M -t 1 2>&1 | sed -E 's/\[[0-9]+\]/[N]/g; s/worker [0-9]{3,}/worker N/'
  stress: info: [N] dispatching hogs: 1 cpu, 0 io, 0 vm, 0 hdd
  stress: info: [N] successful run completed in 2s
  stress: info: [N] dispatching hogs: 1 cpu, 0 io, 1 vm, 0 hdd
  stress: dbug: [N] using backoff sleep of 6000us
  stress: dbug: [N] setting timeout to 1s
  stress: dbug: [N] --> hogcpu worker 1 [N] forked
  stress: dbug: [N] --> hogvm worker 1 [N] forked
  stress: dbug: [N] <-- worker N signalled normally
  stress: dbug: [N] <-- worker N signalled normally
  stress: info: [N] successful run completed in 1s
  $ for o in '-c' '-c 0' '-t 0' '-c x' '-x' '--vm-bytes 0' '-c 1 -t 1m -n' '-q -c 1 -t 1'; do stress $o 2>&1 | sed 's/\[[0-9]*\]/[N]/'; done; stress --version
  stress: FAIL: [N] (167) missing argument to option '--cpu'
  stress: FAIL: [N] (171) invalid number of cpu hogs: 0
  stress: FAIL: [N] (161) invalid timeout value: 0s
  stress: FAIL: [N] (665) unrecognized suffix: x
  stress: FAIL: [N] (251) unrecognized option: -x
  stress: FAIL: [N] (201) invalid vm byte value: 0
  stress: info: [N] dispatching hogs: 1 cpu, 0 io, 0 vm, 0 hdd
  stress: info: [N] successful run completed in 0s
  stress 1.0.7
  $ stress -c 2 -t 30 > /dev/null & sleep 2; ps -C stress -o stat= | sort | uniq -c | tr -s ' '; kill %1; wait 2> /dev/null; pkill stress
  [1] 753
   2 R
   1 S
  [1]
  $ stress -v -c 1 > out 2>&1 & sleep 0.5; pkill -TERM -P $! ; wait $!; echo $?; sed -E 's/\[[0-9]+]/[N]/g; s/worker [0-9]{3,}/worker N/' out
  [1] 762
  [1]+  Exit 1                  stress -v -c 1 > out 2>&1
  1
  stress: info: [N] dispatching hogs: 1 cpu, 0 io, 0 vm, 0 hdd
  stress: dbug: [N] using backoff sleep of 3000us
  stress: dbug: [N] --> hogcpu worker 1 [N] forked
  stress: FAIL: [N] (425) <-- worker N got signal 15
  stress: WARN: [N] (427) now reaping child worker processes
  stress: FAIL: [N] (461) failed run completed in 0s
  $ cat > st <<'END'
  > Package: libfoo1
  > Status: install ok installed
  > Section: libs
  > Priority: optional
  > Architecture: amd64
  > Version: 1
  > Description: x
  > 
  > Package: libbar1
  > Status: install ok installed
  > Section: libs
  > Priority: optional
  > Architecture: amd64
  > Multi-Arch: same
  > Version: 1
  > Description: x
  > 
  > Package: app
  > Status: install ok installed
  > Section: admin
  > Priority: optional
  > Architecture: amd64
  > Version: 1
  > Depends: libbaz1 (>= 1), libq | libz
  > Recommends: librec
  > Description: x
  > 
  > Package: libbaz1
  > Status: install ok installed
  > Section: libs
  > Priority: optional
  > Architecture: amd64
  > Version: 1
  > Description: x
  > 
  > Package: librec
  > Status: install ok installed
  > Section: libs
  > Architecture: all
  > Priority: optional
  > Version: 1
  > Description: x
  > 
  > Package: libreq
  > Status: install ok installed
  > Section: libs
  > Architecture: amd64
  > Priority: required
  > Version: 1
  > Description: x
  > 
  > Package: libconf
  > Status: deinstall ok config-files
  > Section: libs
  > Architecture: amd64
  > Priority: optional
  > Version: 1
  > Description: x
  > 
  > Package: olds
  > Status: install ok installed
  > Section: oldlibs
  > Architecture: all
  > Priority: optional
  > Version: 1
  > Description: x
  > 
  > Package: perlish-perl
  > Status: install ok installed
  > Section: perl
  > Architecture: all
  > Priority: extra
  > Installed-Size: 33
  > Version: 1
  > Description: x
  > END
  $ deborphan -f st 
  libfoo1
  libbar1
  olds
  $ deborphan -f st -a
  main/libs                 libfoo1
  main/libs                 libbar1
  main/admin                app
  main/oldlibs              olds
  main/perl                 perlish-perl
  $ deborphan -f st -s -z
           0 main/libs                 libfoo1
           0 main/libs                 libbar1
           0 main/oldlibs              olds
  $ deborphan -f st -a -s -z -P
           0 main/libs                 libfoo1                  optional
           0 main/libs                 libbar1                  optional
           0 main/admin                app                      optional
           0 main/oldlibs              olds                     optional
          33 main/perl                 perlish-perl             extra
  $ deborphan -f st -n
  libfoo1
  libbar1
  librec
  olds
  $ deborphan -f st -p required
  libfoo1
  libbar1
  libreq
  olds
  $ deborphan -f st -e libfoo1
  libbar1
  olds
  $ deborphan -f st --find-config
  libconf
  $ deborphan -f st app
  app
  $ deborphan -x 2>&1; deborphan | head -n 3
  deborphan: invalid option -- 'x'
  Usage: deborphan [OPTIONS] [PACKAGE]...
  $ sensors; sensors -j; sensors nochip-*; sensors -x; sensors -v
  No sensors found!
  Make sure you loaded all the kernel drivers you need.
  Try sensors-detect to find out which these are.
  No sensors found!
  Make sure you loaded all the kernel drivers you need.
  Try sensors-detect to find out which these are.
  {
  
  }
  Specified sensor(s) not found!
  sensors: invalid option -- 'x'
  Try `sensors -h' for more information
  sensors version 3.6.0 with libsensors version 3.6.0
