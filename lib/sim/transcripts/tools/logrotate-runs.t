logrotate's configuration with its mistakes, what it says of each rotation, and its state file: recorded from logrotate 3.21 of Debian 12.
host: debian-12
user: student

  $ PATH=$PATH:/usr/sbin
  $ N() { sed -E 's/20[0-9]{2}-[0-9]+-[0-9]+-?[0-9:]*( [0-9:]+)?/DATE/g; s/-20[0-9]{6}([0-9][0-9])?/-DATE/g; s/ uid = .*//'; }
  $ rm -rf /tmp/lg; mkdir -m 755 /tmp/lg; cd /tmp/lg; seq 100 > a.log; seq 5 > b.log; mkdir d old; touch d/empty d/x.swp d/y.dpkg-old; mkdir d/sub
  $ one() { printf "$1" > conf; chmod 644 conf; logrotate -v -s st conf 2>&1 | N; }; two() { printf "$1" > conf; chmod 644 conf; logrotate -f -v -s st conf 2>&1 | N | sed -n '/^rotating log/,$p'; }
  $ one '/tmp/lg/a.log {\nrotate\n}\n'
  reading config file conf
  error: conf:2 argument expected after rotate count
  error: found error in /tmp/lg/a.log , skipping
  Creating stub state file: st
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/a.log  1048576 bytes (no old logs will be kept)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/a.log
  Creating new state
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log size is below the 'size' threshold)
  $ one '/tmp/lg/a.log {\nsize\n}\n'
  reading config file conf
  error: conf:2 argument expected after size
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/a.log  1048576 bytes (no old logs will be kept)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/a.log
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log size is below the 'size' threshold)
  $ one '/tmp/lg/a.log {\nrotate x\nsize 10\n}\n'
  reading config file conf
  error: conf:2 bad rotation count 'x'
  error: found error in /tmp/lg/a.log , skipping
  removing last 1 log configs
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  
  Handling 0 logs
  $ one '/tmp/lg/a.log { rotate 1 }\n'
  reading config file conf
  error: conf:1 bad rotation count '1 }'
  error: found error in /tmp/lg/a.log , skipping
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/a.log  1048576 bytes (1 rotations)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/a.log
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log size is below the 'size' threshold)
  $ one 'rotate x\n/tmp/lg/a.log {\nrotate 1\n}\n'
  reading config file conf
  error: conf:1 bad rotation count 'x'
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  
  Handling 0 logs
  $ one 'foo\n/tmp/lg/a.log {\nbaz\n}\n'
  reading config file conf
  error: conf:1 unknown option 'foo' -- ignoring line
  error: conf:3 unknown option 'baz' -- ignoring line
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/a.log  1048576 bytes (no old logs will be kept)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/a.log
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log size is below the 'size' threshold)
  $ one '/tmp/lg/a.log {\ndaily 3\n}\n'
  reading config file conf
  error: conf:2 lines must begin with a keyword or a filename (possibly in double quotes)
  error: found error in /tmp/lg/a.log , skipping
  removing last 1 log configs
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  
  Handling 0 logs
  $ one '/tmp/lg/a.log {\nhourly daily\n}\n'
  reading config file conf
  note: 'daily' overrides previously specified 'hourly'
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/a.log  after 1 days (no old logs will be kept)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/a.log
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log has already been rotated)
  $ one 'weekly\n/tmp/lg/a.log\n/tmp/lg/b.log\n{\ndaily\n}\n'
  reading config file conf
  note: 'daily' overrides previously specified 'weekly'
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/a.log
  /tmp/lg/b.log
   after 1 days (no old logs will be kept)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/a.log
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log has already been rotated)
  considering log /tmp/lg/b.log
  Creating new state
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log has already been rotated)
  $ one '/tmp/lg/a.log\nrotate 1\n'
  reading config file conf
  error: conf:1 missing '{' after log files definition
  removing last 1 log configs
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 0 logs
  $ one '}\n'
  reading config file conf
  error: conf:1 unexpected }
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 0 logs
  $ one '/tmp/lg/a.log {\n/tmp/lg/b.log {\n}\n'
  reading config file conf
  error: conf:2 unexpected log filename
  error: found error in /tmp/lg/a.log , skipping
  removing last 1 log configs
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 0 logs
  $ one 'a.log {\nrotate 1\n}\n'
  reading config file conf
  error: conf:1 keyword 'a' not properly separated, found 0x2e
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 0 logs
  $ one '/tmp/lg/a.log {\nrotate 1\n} x\n'
  reading config file conf
  error: conf:3, unexpected text after }
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/a.log  1048576 bytes (1 rotations)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/a.log
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log size is below the 'size' threshold)
  $ one '/tmp/lg/a.log {\nmaxage x\n}\n'
  reading config file conf
  error: conf:2 bad maximum age 'x
  }
  '
  error: found error in /tmp/lg/a.log , skipping
  removing last 1 log configs
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 0 logs
  $ one 'include /tmp/lg/d\ninclude /nosuch\n'
  reading config file conf
  including /tmp/lg/d
  Ignoring x.swp, because of *.swp pattern match
  Ignoring y.dpkg-old, because of *.dpkg-old pattern match
  Ignoring empty because it's empty.
  Ignoring sub because it's not a regular file.
  including /nosuch
  error: cannot stat /nosuch: No such file or directory
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 0 logs
  $ one '/tmp/lg/a.log {\nolddir nosuch\n}\n'
  reading config file conf
  olddir is now nosuch
  error: conf:3 error verifying olddir path /tmp/lg/nosuch: No such file or directory
  removing last 1 log configs
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 0 logs
  $ one '/tmp/lg/*.log {\nminsize 1k\nmaxsize 2M\nminage 3\nmail root\nrotate -1\n}\n/tmp/lg/a.log {\nweekly\n}\n'
  reading config file conf
  error: conf:8 duplicate log entry for /tmp/lg/a.log
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 2 logs
  
  rotating pattern: /tmp/lg/*.log  1048576 bytes empty log files are rotated, only log files >= 1024 bytes are rotated, log files >= 2097152 are rotated earlier, only log files older than 3 days are rotated, old logs mailed to root
  considering log /tmp/lg/a.log
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log size is below the 'size' threshold)
  considering log /tmp/lg/b.log
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log size is below the 'size' threshold)
  
  rotating pattern: /tmp/lg/a.log  weekly (no old logs will be kept)
  empty log files are rotated, old logs are removed
  No logs found. Rotation not needed.
  $ printf '/tmp/lg/b.log {\nmonthly\nyearly\n}\nhourly\n' > d/b; chmod 644 d/b; one 'weekly\ninclude /tmp/lg/d\n/tmp/lg/a.log {\ndaily\n}\n'; rm d/b
  reading config file conf
  including /tmp/lg/d
  Ignoring x.swp, because of *.swp pattern match
  Ignoring y.dpkg-old, because of *.dpkg-old pattern match
  reading config file b
  note: 'yearly' overrides previously specified 'monthly'
  Ignoring empty because it's empty.
  Ignoring sub because it's not a regular file.
  note: 'daily' overrides previously specified 'hourly'
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 2 logs
  
  rotating pattern: /tmp/lg/b.log  yearly (no old logs will be kept)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/b.log
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log has already been rotated)
  
  rotating pattern: /tmp/lg/a.log  after 1 days (no old logs will be kept)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/a.log
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log has already been rotated)
  $ one '/tmp/lg/*.none {\nmissingok\n}\n'
  reading config file conf
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/*.none  1048576 bytes (no old logs will be kept)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/*.none
    log /tmp/lg/*.none does not exist -- skipping
  Creating new state
  $ rm st; two '/tmp/lg/a.log {\nrotate 2\ncompress\ndelaycompress\n}\n'
  rotating log /tmp/lg/a.log, log->rotateCount is 2
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  previous log /tmp/lg/a.log.1 does not exist
  renaming /tmp/lg/a.log.2.gz to /tmp/lg/a.log.3.gz (rotatecount 2, logstart 1, i 2), 
  old log /tmp/lg/a.log.2.gz does not exist
  renaming /tmp/lg/a.log.1.gz to /tmp/lg/a.log.2.gz (rotatecount 2, logstart 1, i 1), 
  old log /tmp/lg/a.log.1.gz does not exist
  log /tmp/lg/a.log.3.gz doesn't exist -- won't try to dispose of it
  renaming /tmp/lg/a.log to /tmp/lg/a.log.1
  $ seq 3 > a.log; two '/tmp/lg/a.log {\nrotate 2\ncompress\ndelaycompress\n}\n'
  rotating log /tmp/lg/a.log, log->rotateCount is 2
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  compressing log with: /bin/gzip
  renaming /tmp/lg/a.log.2.gz to /tmp/lg/a.log.3.gz (rotatecount 2, logstart 1, i 2), 
  old log /tmp/lg/a.log.2.gz does not exist
  renaming /tmp/lg/a.log.1.gz to /tmp/lg/a.log.2.gz (rotatecount 2, logstart 1, i 1), 
  log /tmp/lg/a.log.3.gz doesn't exist -- won't try to dispose of it
  renaming /tmp/lg/a.log to /tmp/lg/a.log.1
  $ seq 3 > a.log; two '/tmp/lg/a.log {\nrotate 2\ncompress\ndelaycompress\n}\n'; ls a* | cat
  rotating log /tmp/lg/a.log, log->rotateCount is 2
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  compressing log with: /bin/gzip
  renaming /tmp/lg/a.log.2.gz to /tmp/lg/a.log.3.gz (rotatecount 2, logstart 1, i 2), 
  renaming /tmp/lg/a.log.1.gz to /tmp/lg/a.log.2.gz (rotatecount 2, logstart 1, i 1), 
  renaming /tmp/lg/a.log to /tmp/lg/a.log.1
  removing old log /tmp/lg/a.log.3.gz
  a.log.1
  a.log.2.gz
  $ rm a.log*; seq 9 > a.log; for n in 20200101 20210101 20220101; do seq 3 > old/a.log-$n; done; two '/tmp/lg/a.log {\nrotate 2\ndateext\nolddir old\n}\n'; ls old | N
  rotating log /tmp/lg/a.log, log->rotateCount is 2
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  removing /tmp/lg/old/a.log-DATE
  removing old log /tmp/lg/old/a.log-DATE
  renaming /tmp/lg/a.log to /tmp/lg/old/a.log-DATE
  removing old log /tmp/lg/old/a.log-DATE
  a.log-DATE
  a.log-DATE
  $ seq 9 > a.log; two '/tmp/lg/a.log {\nrotate 2\ndateext\nolddir old\n}\n'; rm -r old
  rotating log /tmp/lg/a.log, log->rotateCount is 2
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  error: destination /tmp/lg/old/a.log-DATE already exists, skipping rotation
  $ two '/tmp/lg/a.log {\nrotate 1\ncopy\n}\n'
  rotating log /tmp/lg/a.log, log->rotateCount is 1
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  renaming /tmp/lg/a.log.1 to /tmp/lg/a.log.2 (rotatecount 1, logstart 1, i 1), 
  old log /tmp/lg/a.log.1 does not exist
  log /tmp/lg/a.log.2 doesn't exist -- won't try to dispose of it
  copying /tmp/lg/a.log to /tmp/lg/a.log.1
  Not truncating /tmp/lg/a.log
  $ two '/tmp/lg/a.log {\ncopytruncate\n}\n'
  rotating log /tmp/lg/a.log, log->rotateCount is 0
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  renaming /tmp/lg/a.log.1 to /tmp/lg/a.log.2 (rotatecount 1, logstart 1, i 1), 
  skip copying /tmp/lg/a.log to /tmp/lg/a.log.1
  truncating /tmp/lg/a.log
  removing old log /tmp/lg/a.log.2
  $ two '/tmp/lg/a.log {\nrotate 1\nrenamecopy\ncreate 600\n}\n'; ls -l a.log | cut -c1-10
  rotating log /tmp/lg/a.log, log->rotateCount is 1
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  renaming /tmp/lg/a.log.1 to /tmp/lg/a.log.2 (rotatecount 1, logstart 1, i 1), 
  old log /tmp/lg/a.log.1 does not exist
  log /tmp/lg/a.log.2 doesn't exist -- won't try to dispose of it
  renaming /tmp/lg/a.log to /tmp/lg/a.log.tmp
  creating new /tmp/lg/a.log mode = 0600
  copying /tmp/lg/a.log.tmp to /tmp/lg/a.log.1
  Not truncating /tmp/lg/a.log.tmp
  removing tmp log /tmp/lg/a.log.tmp
  -rw-------
  $ two '/tmp/lg/a.log /tmp/lg/b.log {\nrotate 1\nsharedscripts\nprerotate\necho pre:$1:$2\nendscript\npostrotate\nfalse\nendscript\n}\n'
  rotating log /tmp/lg/a.log, log->rotateCount is 1
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  renaming /tmp/lg/a.log.1 to /tmp/lg/a.log.2 (rotatecount 1, logstart 1, i 1), 
  rotating log /tmp/lg/b.log, log->rotateCount is 1
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  renaming /tmp/lg/b.log.1 to /tmp/lg/b.log.2 (rotatecount 1, logstart 1, i 1), 
  old log /tmp/lg/b.log.1 does not exist
  log /tmp/lg/b.log.2 doesn't exist -- won't try to dispose of it
  running prerotate script
  pre:/tmp/lg/a.log /tmp/lg/b.log :
  renaming /tmp/lg/a.log to /tmp/lg/a.log.1
  renaming /tmp/lg/b.log to /tmp/lg/b.log.1
  running postrotate script
  error: error running shared postrotate script for '/tmp/lg/a.log /tmp/lg/b.log '
  $ seq 5 > a.log; two '/tmp/lg/a.log {\nrotate 1\npostrotate\necho post:$1:$2\nendscript\npreremove\necho gone:$1\nendscript\nlastaction\nfalse\nendscript\n}\n'
  rotating log /tmp/lg/a.log, log->rotateCount is 1
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  renaming /tmp/lg/a.log.1 to /tmp/lg/a.log.2 (rotatecount 1, logstart 1, i 1), 
  renaming /tmp/lg/a.log to /tmp/lg/a.log.1
  running postrotate script
  post:/tmp/lg/a.log:/tmp/lg/a.log.1
  removing old log /tmp/lg/a.log.2
  running preremove script
  gone:/tmp/lg/a.log.2
  running last action script
  error: error running last action script for /tmp/lg/a.log 
  $ ln -s a.log.1 l.log; ln a.log.1 h.log; touch e.log; one '/tmp/lg/[ehl].log {\ndaily\nnotifempty\n}\n'
  reading config file conf
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/[ehl].log  after 1 days (no old logs will be kept)
  empty log files are not rotated, old logs are removed
  considering log /tmp/lg/e.log
  Creating new state
    Now: DATE
    Last rotated at DATE
    log does not need rotating (log has already been rotated)
  considering log /tmp/lg/h.log
  Creating new state
    log /tmp/lg/h.log has multiple (2) hard links. Rotation of files with multiple hard links is not allowed for /tmp/lg/[ehl].log  -- skipping.
  considering log /tmp/lg/l.log
  Creating new state
    log /tmp/lg/l.log is symbolic link. Rotation of symbolic links is not allowed to avoid security issues -- skipping.
  $ two '/tmp/lg/h.log {\nmaxage 3\nrotate 3\nallowhardlink\nextension .log\n}\n'; ls h* | cat
  rotating log /tmp/lg/h.log, log->rotateCount is 3
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  old log /tmp/lg/h.3.log does not exist
  old log /tmp/lg/h.2.log does not exist
  old log /tmp/lg/h.1.log does not exist
  log /tmp/lg/h.4.log doesn't exist -- won't try to dispose of it
  renaming /tmp/lg/h.log to /tmp/lg/h.1.log
  h.1.log
  $ two '/tmp/lg/e.log {\ncompress\ncompresscmd /nosuch\n}\n'; ls e* | cat
  rotating log /tmp/lg/e.log, log->rotateCount is 0
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  renaming /tmp/lg/e.log.1.gz to /tmp/lg/e.log.2.gz (rotatecount 1, logstart 1, i 1), 
  old log /tmp/lg/e.log.1.gz does not exist
  log /tmp/lg/e.log.2.gz doesn't exist -- won't try to dispose of it
  renaming /tmp/lg/e.log to /tmp/lg/e.log.1
  disposeName will be /tmp/lg/e.log.1.gz
  compressing log with: /nosuch
  error: Compressing program wrote following message to stderr when compressing log /tmp/lg/e.log.1:
  error: cannot execute compress command '/nosuch': No such file or directory
  error: failed to compress log /tmp/lg/e.log.1
  e.log.1
  $ touch e.log; two '/tmp/lg/e.log {\nshred\nmail root\n}\n'
  rotating log /tmp/lg/e.log, log->rotateCount is 0
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  renaming /tmp/lg/e.log.1 to /tmp/lg/e.log.2 (rotatecount 1, logstart 1, i 1), 
  renaming /tmp/lg/e.log to /tmp/lg/e.log.1
  disposeName will be /tmp/lg/e.log.1
  error: cannot execute mail command: No such file or directory
  error: mail command failed for /tmp/lg/e.log.1
  $ touch e.log; printf '/tmp/lg/e.log {\npostrotate\necho hi\nendscript\n}\n' > conf; logrotate -dfv -s st conf 2>&1 | N
  warning: logrotate in debug mode does nothing except printing debug messages!  Consider using verbose mode (-v) instead if this is not what you want.
  
  reading config file conf
  Reading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  Creating new state
  Creating new state
  Creating new state
  Creating new state
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/e.log  forced from command line (no old logs will be kept)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/e.log
    Now: DATE
    Last rotated at DATE
    log needs rotating
  rotating log /tmp/lg/e.log, log->rotateCount is 0
  dateext suffix '-DATE'
  glob pattern '-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
  renaming /tmp/lg/e.log.1 to /tmp/lg/e.log.2 (rotatecount 1, logstart 1, i 1), 
  renaming /tmp/lg/e.log to /tmp/lg/e.log.1
  disposeName will be /tmp/lg/e.log.1
  running postrotate script
  running script with args /tmp/lg/e.log /tmp/lg/e.log.1: "
  echo hi
  "
  removing old log /tmp/lg/e.log.1
  $ printf 'logrotate state -- version 2\n"/x" 2020-13-1\n' > st; chmod 600 st; logrotate -s st conf; echo $?; echo foo > st; logrotate -s st conf; chmod 644 st; logrotate -v -s st conf 2>&1 | head -3; logrotate --skip-state-lock -v -s st conf 2>&1 | sed -n 2,3p
  error: bad month 13 for file /x in state file st
  1
  error: bad top line in state file st
  reading config file conf
  warning: state file st is world-readable and thus can be locked from other unprivileged users. Skipping lock acquisition...
  Reading state from file: st
  Skip locking state file st
  Reading state from file: st
  $ printf 'logrotate state -- version 2\n"/gone" 2020-1-1\n"/tmp/lg/e.log" 2050-1-1\n' > st; chmod 600 st; printf '/tmp/lg/e.log {\nyearly\nrotate 1\n}\n' > conf; touch e.log; logrotate -v -s st conf 2>&1 | grep 'error\|Removing'; cut -d' ' -f1 st
  error: log /tmp/lg/e.log last rotated in the future -- rotation forced
  Removing /gone from state file, because it does not exist and has not been rotated for one year
  logrotate
  "/tmp/lg/e.log"
  $ logrotate -s; logrotate --state; logrotate --debug=3 conf; logrotate --verb conf; logrotate -z; logrotate -s /nosuch/st conf; echo $?; logrotate --usage; logrotate -vl lg -s st conf; head -2 lg
  logrotate: bad argument -s: unknown error
  logrotate: bad argument --state: unknown error
  logrotate: bad argument --debug=3: unknown error
  logrotate: bad argument --verb: unknown error
  logrotate: bad argument -z: unknown error
  error: error creating stub state file /nosuch/st: No such file or directory
  3
  Usage: logrotate [-dfv?] [-d|--debug] [-f|--force] [-m|--mail=command]
          [-s|--state=statefile] [--skip-state-lock] [--wait-for-state-lock]
          [-v|--verbose] [-l|--log=logfile] [--version] [-?|--help] [--usage]
          [OPTION...] <configfile>
  reading config file conf
  acquired lock on state file stReading state from file: st
  Allocating hash table for state file, size 64 entries
  Creating new state
  
  Handling 1 logs
  
  rotating pattern: /tmp/lg/e.log  yearly (1 rotations)
  empty log files are rotated, old logs are removed
  considering log /tmp/lg/e.log
  error: stat of /tmp/lg/e.log failed: No such file or directory
  reading config file conf
  acquired lock on state file stReading state from file: st
