The system's clock and the hardware's: hwclock, timedatectl, date -s; dmesg's options (recorded from util-linux 2.38.1 and systemd 252 where a program can be run by itself).
host: debian-12

  $ hwclock -w; head -c 9 /etc/adjtime; sed -n 3p /etc/adjtime
  0.000000 UTC
  $ date -s '2027-01-01 10:00'
  Fri Jan  1 10:00:00 UTC 2027
  $ hwclock | cut -c1-10
  2026-11-21
  $ hwclock -s; date +%F
  2026-11-21
  $ hwclock --set --date '2026-12-25 08:30:00'; hwclock | cut -c1-16
  2026-12-25 08:30
  $ hwclock -w --test | sed 's/[0-9]\{10\}/N/g; s/[0-9][0-9]:[0-9:]*/T/; s/[.][0-9]\{6\}/.F/g' | sed '1,3d'
  Using the rtc interface to the clock.
  Last drift adjustment done at N seconds after 1969
  Last calibration done at N seconds after 1969
  Hardware clock is on UTC time
  Assuming hardware clock is kept in UTC time.
  Using delay: 0.F seconds
  N.F is close enough to N.F (0.F < 0.F)
  Set RTC to N (N + 0; refsystime = N.F)
  Setting Hardware Clock to T = N seconds since 1969
  Not adjusting drift factor because the --update-drift option was not used.
  New /etc/adjtime data:
  0.F N 0.F
  N
  UTC
  Test mode: nothing was changed.
  $ hwclock -r -w
  hwclock: mutually exclusive arguments: --adjust --show --hctosys --systohc --get --predict --set --systz
  [1]
  $ hwclock --set
  hwclock: --date is required for --set or --predict
  [1]
  $ hwclock --set --date foo
  hwclock: invalid date 'foo'
  [1]
  $ hwclock --noadjfile -r
  hwclock: With --noadjfile, you must specify either --utc or --localtime
  [1]
  $ hwclock --update-drift -r
  hwclock: --update-drift requires --set or --systohc
  [1]
  $ hwclock foo
  hwclock: 1 too many arguments given
  Try 'hwclock --help' for more information.
  [1]
  $ su nobody -s /bin/sh -c hwclock
  hwclock: Cannot access the Hardware Clock via any known method.
  hwclock: Use the --verbose option to see the details of our search for an access method.
  [1]
  $ LANG=fr_FR.UTF-8 true; timedatectl set-timezone Europe/Paris; timedatectl set-local-rtc 1; timedatectl | tail -n +5
  System clock synchronized: no
                NTP service: n/a
            RTC in local TZ: yes
  
  Warning: The system is configured to read the RTC time in the local time zone.
           This mode cannot be fully supported. It will create various problems
           with time zone changes and daylight saving time adjustments. The RTC
           time is never updated, it relies on external facilities to maintain it.
           If at all possible, use RTC in UTC by calling
           'timedatectl set-local-rtc 0'.
  $ sed -n 3p /etc/adjtime; timedatectl set-local-rtc 0; sed -n 3p /etc/adjtime
  LOCAL
  UTC
  $ timedatectl set-time '2027-02-03 04:05:06'; date; journalctl -n 2 -o cat
  Wed Feb  3 04:05:06 CET 2027
  RTC configured to UTC.
  Changed local time to Wed 2027-02-03 04:05:06 CET
  $ timedatectl set-local-rtc maybe
  Failed to parse local RTC setting 'maybe': Invalid argument
  [1]
  $ timedatectl set-ntp x
  Failed to parse NTP setting 'x': Invalid argument
  [1]
  $ printf '<6>[    0.123456] ACPI: PM: Registering\n<4>[    1.500000] warn: something\n<3>[    1.600000] foo[1]: error\n<30>[    2.000000] foo[1]: text\n<6>[90000.000100] hello: segfault at 0\n' > k.txt
  $ dmesg -F k.txt -x | cat
  kern  :info  : [    0.123456] ACPI: PM: Registering
  kern  :warn  : [    1.500000] warn: something
  kern  :err   : [    1.600000] foo[1]: error
  daemon:info  : [    2.000000] foo[1]: text
  kern  :info  : [90000.000100] hello: segfault at 0
  $ dmesg -F k.txt -d -l err,warn | cat
  [    1.500000 <    0.000000>] warn: something
  [    1.600000 <    0.100000>] foo[1]: error
  $ dmesg -F k.txt -d -t -u | cat
  [<    0.000000>] foo[1]: text
  $ dmesg -F k.txt -L=always -l err | tr '\033' E
  E[32m[    1.600000] E[0mE[33mfoo[1]: E[0mE[31merrorE[0m
  $ dmesg -F k.txt -r | sed -n 4p
  <30>[    2.000000] foo[1]: text
  $ dmesg -l foo,err
  dmesg: unknown level 'foo,err'
  [1]
  $ dmesg -r -x
  dmesg: mutually exclusive arguments: --raw --decode
  [1]
  $ dmesg --time-format x
  dmesg: unknown time format: x
  [1]
  $ dmesg -C; dmesg; echo '<3>disk failed' > /dev/kmsg; dmesg -t -l err | cat
  disk failed
  $ dmesg -n 1; cut -f1 /proc/sys/kernel/printk; dmesg -E; dmesg -D; cut -f1 /proc/sys/kernel/printk
  1
  1
  $ su nobody -s /bin/sh -c 'dmesg -C; dmesg -n 1'
  dmesg: clear kernel buffer failed: Operation not permitted
  dmesg: klogctl failed: Operation not permitted
  [1]
  $ ln -sf /usr/share/zoneinfo/Asia/Tokyo /etc/localtime; DEBIAN_FRONTEND=noninteractive dpkg-reconfigure tzdata | sed -n 2p; cat /etc/timezone
  Current default time zone: 'Asia/Tokyo'
  Asia/Tokyo
  $ timedatectl set-timezone UTC; hwclock --set --date '2020-01-01'; apt-get install -y chrony >/dev/null 2>&1; sleep 20; hwclock | cut -c1-10
  2026-11-21
  $ sed -i /rtcsync/d /etc/chrony/chrony.conf; systemctl restart chrony; hwclock --set --date '2020-01-01'; sleep 20; hwclock | cut -c1-10; timedatectl | grep synchronized
  2020-01-01
  System clock synchronized: yes
  $ timedatectl status foo
  Too many arguments.
  [1]
