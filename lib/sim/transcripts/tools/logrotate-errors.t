Mistakes in logrotate's configuration, and files that two sections name: compared with logrotate 3.21 of Debian 12.
host: debian-12
user: root

  $ mkdir -p /var/log/lt; echo x > /var/log/lt/b.log
  $ printf '/var/log/lt/b.log {\n postrotate\n echo hi\n}\n' > l5; logrotate -d -s st l5 2>&1 | grep -E '^(error|removing|Handling)'
  error: l5:prerotate, postrotate or preremove without endscript
  removing last 1 log configs
  Handling 0 logs
  $ printf '/var/log/lt/b.log {\n daily\n}\n/var/log/lt/*.log {\n weekly\n}\n' > l10; logrotate -d -s st l10 2>&1 | grep -E '^(error|rotating|No logs)'
  error: l10:4 duplicate log entry for /var/log/lt/b.log
  rotating pattern: /var/log/lt/b.log  after 1 days (no old logs will be kept)
  rotating pattern: /var/log/lt/*.log  weekly (no old logs will be kept)
  No logs found. Rotation not needed.
  $ printf '/var/log/b.log {\n daily\n create 640 root adm x\n}\n' > c1; logrotate -d -s st c1 2>&1 | grep ^error
  error: c1:3 extra arguments for create
  error: found error in /var/log/b.log , skipping
  $ printf '/var/log/b.log {\n daily\n su root\n}\n' > c1; logrotate -d -s st c1 2>&1 | grep ^error
  error: c1:3 no group for su
  error: found error in /var/log/b.log , skipping
  $ printf '/var/log/b.log {\n monthly x\n rotate\n weekly 9\n}\n' > c1; logrotate -d -s st c1 2>&1 | grep ^error
  error: c1:2 unknown option 'x' -- ignoring line
  error: c1:3 argument expected after rotate count
  error: found error in /var/log/b.log , skipping
  $ printf '/var/log/lt/b.log {\n rotate 1\n dateext\n dateformat -%%Y\n copytruncate\n}\n' > m1; logrotate -s st4 -f -v m1 | grep -E '^(Converted|glob|copying|truncating)'
  reading config file m1
  Creating stub state file: st4
  acquired lock on state file st4Reading state from file: st4
  Allocating hash table for state file, size 64 entries

  Handling 1 logs

  rotating pattern: /var/log/lt/b.log  forced from command line (1 rotations)
  empty log files are rotated, old logs are removed
  considering log /var/log/lt/b.log
  Creating new state
    Now: 2026-11-21 21:09
    Last rotated at 2026-11-21 21:00
    log needs rotating
  rotating log /var/log/lt/b.log, log->rotateCount is 1
  Converted '-%Y' -> '-%Y'
  dateext suffix '-2026'
  glob pattern '-[0-9][0-9][0-9][0-9]'
  glob finding old rotated logs failed
  copying /var/log/lt/b.log to /var/log/lt/b.log-2026
  truncating /var/log/lt/b.log
  [1]
