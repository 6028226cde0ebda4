journalctl on its files: rotation, vacuum, header, cursors, errors (forms recorded from journalctl 252.39 on a file of systemd-journal-remote).
host: debian-12

  $ journalctl --disk-usage
  Archived and active journals take up 8.0M in the file system.
  $ logger before; journalctl --rotate
  $ logger after; journalctl -n 2 -o cat
  before
  after
  $ ls /var/log/journal/* | sed 's/[0-9a-f]\{32\}/ID/; s/[0-9a-f]\{16\}.journal/TIME.journal/'
  system.journal
  system@ID-0000000000000001-TIME.journal
  $ journalctl --disk-usage
  Archived and active journals take up 11.6M in the file system.
  $ journalctl --vacuum-files=x
  Failed to parse vacuum files: x
  [1]
  $ journalctl --vacuum-size=10M 2>&1 | sed 's/[0-9a-f]\{32\}/ID/g'
  Vacuuming done, freed 0B of archived journals from /var/log/journal/ID.
  Vacuuming done, freed 0B of archived journals from /var/log/journal.
  Vacuuming done, freed 0B of archived journals from /run/log/journal.
  $ journalctl --vacuum-time=1s 2>&1 | sed 's/[0-9a-f]\{32\}/ID/g; s/[0-9a-f]\{16\}.journal/TIME.journal/'
  Deleted archived journal /var/log/journal/ID/system@ID-0000000000000001-TIME.journal (3.6M).
  Vacuuming done, freed 3.6M of archived journals from /var/log/journal/ID.
  Vacuuming done, freed 0B of archived journals from /var/log/journal.
  Vacuuming done, freed 0B of archived journals from /run/log/journal.
  $ journalctl -n 1 -o cat
  after
  $ journalctl --verify 2>&1 | sed 's/[0-9a-f]\{32\}/ID/'
  PASS: /var/log/journal/ID/system.journal
  $ journalctl --header | sed -n '6,13p;29p'
  State: ONLINE
  Compatible flags:
  Incompatible flags: COMPRESSED-ZSTD KEYED-HASH COMPACT
  Header size: 264
  Arena size: 8388344
  Data hash table size: 233016
  Field hash table size: 333
  Rotate suggested: no
  Disk usage: 8.0M
  $ journalctl --cursor-file=/tmp/seen -o cat | tail -1
  after
  $ logger later; journalctl --cursor-file=/tmp/seen -o cat
  later
  $ journalctl --cursor-file=/tmp/seen
  -- No entries --
  $ journalctl -t root -o cat --after-cursor="$(journalctl -t root -n 2 --show-cursor -r | sed -n 's/^-- cursor: //p')"
  later
  $ journalctl -t root --since today -n 1 -o cat
  after
  $ journalctl -t root --since today -n 1 -r -o cat
  later
  $ journalctl -t root -g LATER
  -- No entries --
  [1]
  $ journalctl -t root -g LATER --case-sensitive=no -o cat
  later
  $ journalctl -p err..foo
  Failed to parse log level range err..foo
  [1]
  $ journalctl -b 5
  Data from the specified boot (+5) is not available: No such boot ID in journal
  [1]
  $ journalctl -c x
  Failed to seek to cursor: Invalid argument
  [1]
  $ journalctl -r -f
  Please specify either --reverse= or --follow=, not both.
  [1]
  $ journalctl -S tomorrow
  -- No entries --
  $ journalctl -S 10:00 -U 09:00
  --since= must be before --until=.
  [1]
  $ journalctl --file /nosuch
  Failed to open files: No such file or directory
  [1]
  $ journalctl /bin/nosuch
  Couldn't canonicalize path: No such file or directory
  [1]
  $ timedatectl set-timezone Asia/Tokyo; logger nippon; journalctl -t root -S "$(date '+%F %H:%M')" -n 1 -r -o cat
  nippon
  $ mkdir -p /etc/systemd/journald.conf.d; printf '[Journal]\nStorage=volatile\n' > /etc/systemd/journald.conf.d/volatile.conf; systemctl restart systemd-journald
  $ logger in memory; ls /run/log/journal/*; journalctl -t root -n 1 -o cat
  system.journal
  in memory
  $ rm /etc/systemd/journald.conf.d/volatile.conf; systemctl restart systemd-journald; journalctl --flush; ls /run/log/journal/*; journalctl -t root -n 1 -o cat
  in memory
  $ su nobody -s /bin/sh -c 'journalctl --rotate'
  Failed to connect to /run/systemd/journal/io.systemd.journal: Permission denied
  [1]
  $ date -s '2027-03-01 10:00' >/dev/null; echo '<4>late' > /dev/kmsg; journalctl -k -n 1 -o cat --since '1 hour ago'; journalctl -k -n 1 --until 2026-12-31 -o short-iso | cut -c1-10
  late
  2026-11-21
