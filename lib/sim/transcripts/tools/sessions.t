w, who and pmap: as procps-ng 4.0.2 and coreutils 9.1 of Debian 12 print them (their records of sessions compared in 80 cases).
host: debian-12

  $ w
   21:09:00 up 0 min,  1 user,  load average: 0.00, 0.00, 0.00
  USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT
  root     pts/0    10.0.2.2         21:09    0.00s  0.00s   ?    w
  $ w -h nosuch; w -hsf; PROCPS_USERLEN=10 w -h; PROCPS_USERLEN=4 w -hi
  root     pts/0      0.00s w -hsf
  root       pts/0    10.0.2.2         21:09    0.00s  0.00s   ?    w -h
  w: User length environment PROCPS_USERLEN must be between 8 and 32, ignoring.
  
  root     pts/0    10.0.2.2         21:09    0.00s  0.00s   ?    w -hi
  $ printf '%s\n' '[7] [00900] [ts/0] [root    ] [pts/77      ] [192.168.122.1       ] [192.168.122.1  ] [2026-11-19T08:00:00,000000+00:00]' '[5] [00290] [s1  ] [        ] [tty3        ] [                    ] [0.0.0.0        ] [2026-11-20T11:00:05,000000+00:00]' '[1] [00000] [~~  ] [shutdown] [~           ] [6.1.0-47-amd64      ] [0.0.0.0        ] [2026-11-20T10:30:00,000000+00:00]' | utmpdump -r > /tmp/u 2>/dev/null
  $ who -pH /tmp/u; who --ips /tmp/u; who -r /tmp/u | cat -A; who -tH /tmp/u
  NAME     LINE         TIME                    PID COMMENT
           tty3         2026-11-20 11:00        290 id=s1
  root     pts/77       2026-11-19 08:00 192.168.122.1
           run-level    2026-11-20 10:30$
  NAME     LINE         TIME                    PID COMMENT
  $ free -b -k; free x 2>&1 | wc -l
  free: Multiple unit options don't make sense.
  26
  $ pmap -x -d 1; pmap -n 1; pmap 2>&1 | head -1; pmap -A 1,2,3 1
  pmap: options -c, -C, -d, -n, -N, -x, -X are mutually exclusive
  pmap: too many arguments
  pmap: argument missing
  pmap: failed to parse argument: '1,2,3'
  [1]
  $ pmap -q -X -A 0,1 1; pmap -X 1 | sed -n '2p'
  1:   /sbin/init
           Address Perm   Offset Device Inode Size  Rss  Pss Pss_Dirty Referenced Anonymous LazyFree ShmemPmdMapped FilePmdMapped Shared_Hugetlb Private_Hugetlb Swap SwapPss Locked THPeligible Mapping
  $ printf 'Perm\n' > /tmp/rc; pmap -C /tmp/rc 1
  pmap: syntax error found in the config - line 1
  [1]
  $ printf '[Fields Display]\nSize\nPerm\nMapping\n[Mapping]\nShowPath\n' > /tmp/rc; pmap -C /tmp/rc 1 | sed -n '2,3s/^ *[0-9a-f]* /A /p'
  A Address Perm Size Mapping
  A r--p   16 /usr/lib/systemd/systemd
