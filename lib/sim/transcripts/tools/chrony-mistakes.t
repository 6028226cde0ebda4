chronyd's configuration and chronyc's commands with mistakes in them (recorded from chrony 4.3: chronyd -p, chronyc without a daemon).
host: debian-12

  $ apt-get install -y chrony >/dev/null 2>&1; systemctl stop chrony; mkdir c; cd c
  $ chronyd -p | head -n 2
  pool 2.debian.pool.ntp.org iburst
  sourcedir /run/chrony-dhcp
  $ printf 'foo bar\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  foo bar
  Fatal error : Invalid directive at line 1 in file cc
  $ printf 'server\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  server
  Fatal error : Could not parse server directive at line 1 in file cc
  $ printf 'server a iburst minpoll x\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  server a iburst minpoll x
  Fatal error : Could not parse server directive at line 1 in file cc
  $ printf 'makestep 1\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  makestep 1
  Fatal error : Missing arguments for makestep directive at line 1 in file cc
  $ printf 'makestep x 3\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  makestep x 3
  Fatal error : Could not parse makestep directive at line 1 in file cc
  $ printf 'allow 300.0.0.1\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  allow 300.0.0.1
  Fatal error : Could not parse allow directive at line 1 in file cc
  $ printf 'local stratum 20\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  local stratum 20
  Fatal error : Could not parse local directive at line 1 in file cc
  $ printf 'rtcsync x\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  rtcsync x
  Fatal error : Too many arguments for rtcsync directive at line 1 in file cc
  $ printf 'include /nosuch\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  Fatal error : Could not open /nosuch : No such file or directory
  $ printf 'log foo\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  log foo
  Fatal error : Invalid log parameter at line 1 in file cc
  $ printf 'bindaddress x\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  bindaddress x
  Fatal error : Could not parse bindaddress directive at line 1 in file cc
  $ printf 'leapsecmode foo\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  leapsecmode foo
  Fatal error : Could not parse leapsecmode directive at line 1 in file cc
  $ printf 'tempcomp a b\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  tempcomp a b
  Fatal error : Missing arguments for tempcomp directive at line 1 in file cc
  $ printf 'commandkey 1\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  commandkey 1
  commandkey directive is no longer supported
  $ printf '# c\nserver a\tiburst  \n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  server a iburst
  $ printf 'driftfile\n' > cc; chronyd -f cc -p 2>&1 | sed 's/^[0-9TZ:-]* Fatal/Fatal/; s/^[0-9-]*T[0-9:]*Z //'
  driftfile
  Fatal error : Missing arguments for driftfile directive at line 1 in file cc
  $ chronyc tracking
  506 Cannot talk to daemon
  [1]
  $ chronyc foo
  Unrecognized command
  [1]
  $ chronyc add server
  Invalid syntax for add command
  [1]
  $ chronyc burst
  Invalid syntax for burst command
  [1]
  $ chronyc delete
  Invalid syntax for address
  [1]
  $ chronyc offline foo
  Could not get address for hostname
  [1]
  $ chronyc maxdelay x
  Invalid syntax for address value
  [1]
  $ chronyc allow 300.1.1.1
  Could not read address
  [1]
  $ chronyc local stratum
  Invalid syntax for local command
  [1]
  $ chronyc retries x
  $ chronyc timeout 5
  Timeout 5 is too short
  [1]
  $ chronyc makestep x
  Bad syntax for makestep command
  [1]
  $ chronyc dfreq x
  Invalid value
  [1]
  $ chronyc sourcename x
  Could not read address
  [1]
  $ chronyc keygen x
  Invalid syntax for keygen command
  [1]
  $ chronyc reload x
  Invalid syntax for reload command
  [1]
  $ chronyc manual x
  Invalid syntax for manual command
  [1]
  $ systemctl start chrony; sleep 30; chronyc tracking | sed -n '1,2p;13p'
  Reference ID    : CB007179 (ntp1.example.net)
  Stratum         : 2
  Leap status     : Normal
  $ chronyc activity | head -n 2
  200 OK
  4 sources online
  $ su nobody -s /bin/sh -c 'chronyc makestep'
  501 Not authorised
  [1]
