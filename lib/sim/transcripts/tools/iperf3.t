iperf3, judged by iperf 3.12 of Debian 12: the answers are the real program's, without ports, rates and amounts where they are the machine's.
host: debian-12
cwd: /root

  $ apt-get install -y -qq iperf3 > /dev/null 2>&1
  $ plain() { sed -E 's/-[0-9]+[.][0-9]+ +sec/-T sec/; s/port [0-9]{5}/port N/; s/ +[0-9.]+ [KMG]?Bytes/ A/g; s/ +[0-9.]+ [KMG]?bits/ R/g; s/[0-9.]+ ms/J ms/; s/(sec)( +)[0-9]+( +)([A-Z]|sender)/\1 N \4/; s/(\/sec) +[0-9]+ +(A|sender|$)/\1 N \2/'; }
  $ iperf3 -s -1 -D; sleep 0.2; iperf3 -c 127.0.0.1 -t 2 | plain
  Connecting to host 127.0.0.1, port 5201
  [  5] local 127.0.0.1 port N connected to 127.0.0.1 port 5201
  [ ID] Interval           Transfer     Bitrate         Retr  Cwnd
  [  5]   0.00-T sec A R/sec N A       
  [  5]   1.00-T sec A R/sec N A       
  - - - - - - - - - - - - - - - - - - - - - - - - -
  [ ID] Interval           Transfer     Bitrate         Retr
  [  5]   0.00-T sec A R/sec N sender
  [  5]   0.00-T sec A R/sec                  receiver
  
  iperf Done.
  $ t() { iperf3 -s -1 > srv 2>&1 & sleep 0.2; iperf3 -c 127.0.0.1 "$@"; wait; cat srv; }; t -u -t 2 -b 4M -P 2 2>&1 | plain
  Connecting to host 127.0.0.1, port 5201
  [  5] local 127.0.0.1 port N connected to 127.0.0.1 port 5201
  [  7] local 127.0.0.1 port N connected to 127.0.0.1 port 5201
  [ ID] Interval           Transfer     Bitrate         Total Datagrams
  [  5]   0.00-T sec A R/sec N 
  [  7]   0.00-T sec A R/sec N 
  [SUM]   0.00-T sec A R/sec N 
  - - - - - - - - - - - - - - - - - - - - - - - - -
  [  5]   1.00-T sec A R/sec N 
  [  7]   1.00-T sec A R/sec N 
  [SUM]   1.00-T sec A R/sec N 
  - - - - - - - - - - - - - - - - - - - - - - - - -
  [ ID] Interval           Transfer     Bitrate         Jitter    Lost/Total Datagrams
  [  5]   0.00-T sec A R/sec  J ms  0/31 (0%)  sender
  [  5]   0.00-T sec A R/sec  J ms  0/31 (0%)  receiver
  [  7]   0.00-T sec A R/sec  J ms  0/31 (0%)  sender
  [  7]   0.00-T sec A R/sec  J ms  0/31 (0%)  receiver
  [SUM]   0.00-T sec A R/sec  J ms  0/62 (0%)  sender
  [SUM]   0.00-T sec A R/sec  J ms  0/62 (0%)  receiver
  
  iperf Done.
  -----------------------------------------------------------
  Server listening on 5201 (test #1)
  -----------------------------------------------------------
  Accepted connection from 127.0.0.1, port N
  [  5] local 127.0.0.1 port 5201 connected to 127.0.0.1 port N
  [  6] local 127.0.0.1 port 5201 connected to 127.0.0.1 port N
  [ ID] Interval           Transfer     Bitrate         Jitter    Lost/Total Datagrams
  [  5]   0.00-T sec A R/sec  J ms  0/16 (0%)  
  [  6]   0.00-T sec A R/sec  J ms  0/16 (0%)  
  [SUM]   0.00-T sec A R/sec  J ms  0/32 (0%)  
  - - - - - - - - - - - - - - - - - - - - - - - - -
  [  5]   1.00-T sec A R/sec  J ms  0/15 (0%)  
  [  6]   1.00-T sec A R/sec  J ms  0/15 (0%)  
  [SUM]   1.00-T sec A R/sec  J ms  0/30 (0%)  
  - - - - - - - - - - - - - - - - - - - - - - - - -
  [ ID] Interval           Transfer     Bitrate         Jitter    Lost/Total Datagrams
  [  5]   0.00-T sec A R/sec  J ms  0/31 (0%)  receiver
  [  6]   0.00-T sec A R/sec  J ms  0/31 (0%)  receiver
  [SUM]   0.00-T sec A R/sec  J ms  0/62 (0%)  receiver
  $ t -R -t 2 -b 10M -P 2 2>&1 | plain | grep -v '2.00-2.0'
  Connecting to host 127.0.0.1, port 5201
  Reverse mode, remote host 127.0.0.1 is sending
  [  5] local 127.0.0.1 port N connected to 127.0.0.1 port 5201
  [  7] local 127.0.0.1 port N connected to 127.0.0.1 port 5201
  [ ID] Interval           Transfer     Bitrate
  [  5]   0.00-T sec A R/sec                  
  [  7]   0.00-T sec A R/sec                  
  [SUM]   0.00-T sec A R/sec                  
  - - - - - - - - - - - - - - - - - - - - - - - - -
  [  5]   1.00-T sec A R/sec                  
  [  7]   1.00-T sec A R/sec                  
  [SUM]   1.00-T sec A R/sec                  
  - - - - - - - - - - - - - - - - - - - - - - - - -
  [ ID] Interval           Transfer     Bitrate         Retr
  [  5]   0.00-T sec A R/sec N sender
  [  5]   0.00-T sec A R/sec                  receiver
  [  7]   0.00-T sec A R/sec N sender
  [  7]   0.00-T sec A R/sec                  receiver
  [SUM]   0.00-T sec A R/sec N sender
  [SUM]   0.00-T sec A R/sec                  receiver
  
  iperf Done.
  -----------------------------------------------------------
  Server listening on 5201 (test #1)
  -----------------------------------------------------------
  Accepted connection from 127.0.0.1, port N
  [  5] local 127.0.0.1 port 5201 connected to 127.0.0.1 port N
  [  8] local 127.0.0.1 port 5201 connected to 127.0.0.1 port N
  [ ID] Interval           Transfer     Bitrate         Retr  Cwnd
  [  5]   0.00-T sec A R/sec N A       
  [  8]   0.00-T sec A R/sec N A       
  [SUM]   0.00-T sec A R/sec N 
  - - - - - - - - - - - - - - - - - - - - - - - - -
  [  5]   1.00-T sec A R/sec N A       
  [  8]   1.00-T sec A R/sec N A       
  [SUM]   1.00-T sec A R/sec N 
  - - - - - - - - - - - - - - - - - - - - - - - - -
  [ ID] Interval           Transfer     Bitrate         Retr
  [  5]   0.00-T sec A R/sec N sender
  [  8]   0.00-T sec A R/sec N sender
  [SUM]   0.00-T sec A R/sec N sender
  $ t -t 1 --bidir -b 10M 2>&1 | plain | grep ']\['
  [ ID][Role] Interval           Transfer     Bitrate         Retr  Cwnd
  [  5][TX-C]   0.00-T sec A R/sec N A       
  [  7][RX-C]   0.00-T sec A R/sec                  
  [ ID][Role] Interval           Transfer     Bitrate         Retr
  [  5][TX-C]   0.00-T sec A R/sec N sender
  [  5][TX-C]   0.00-T sec A R/sec                  receiver
  [  7][RX-C]   0.00-T sec A R/sec N sender
  [  7][RX-C]   0.00-T sec A R/sec                  receiver
  [ ID][Role] Interval           Transfer     Bitrate         Retr  Cwnd
  [  5][RX-S]   0.00-T sec A R/sec                  
  [  8][TX-S]   0.00-T sec A R/sec N A       
  [ ID][Role] Interval           Transfer     Bitrate         Retr
  [  5][RX-S]   0.00-T sec A R/sec                  receiver
  [  8][TX-S]   0.00-T sec A R/sec N sender
  $ t -t 1 -O 1 -b 8M -l 1K -f K -T name 2>&1 | grep name.*omitted | sed -E 's/ +[0-9.]+ [KM]Bytes/ N Bytes/g'
  name:  [  5]   0.00-1.00   sec N Bytes N Bytes/sec    0 N Bytes       (omitted)
  $ t -t 2 -i 0.5 -b 8M -l 1K 2>&1 | grep -m3 -o '.*-.* sec'
  [  5]   0.00-0.50   sec
  [  5]   0.50-1.00   sec
  [  5]   1.00-1.50   sec
  $ (iperf3 -s > srv 2>&1 & S=$!; sleep 0.2; iperf3 -s; iperf3 -c 127.0.0.1 -b 1M -t 2 > /dev/null & P=$!; sleep 0.5; iperf3 -c 127.0.0.1; echo $?; wait $P; sleep 0.2; kill $S; wait $S; grep -e '#' -e 'the server' srv)
  iperf3: error - unable to start listener for connections: Address already in use
  iperf3: exiting
  iperf3: error - the server is busy running a test. try again later
  1
  Server listening on 5201 (test #1)
  iperf3: interrupt - the server has terminated
  Server listening on 5201 (test #2)
  $ (iperf3 -s -1 > srv 2>&1 & sleep 0.2; iperf3 -c 127.0.0.1 -t 5 -b 1M > cl 2>&1 & sleep 1.5; kill -INT $!; wait $!; echo $?; wait; grep -h terminated cl srv)
  1
  iperf3: interrupt - the client has terminated
  iperf3: the client has terminated
  $ for c in '' '-c' '-c 127.0.0.1 -p 5999' '-c nowhere.invalid' '-s -c x' '-s -t 5' '-s -u' '-s -R' '-s -P 2' '-c x -t 100000' '-c x -P 500' '-c x -f x' '-c x -t 2 -n 5' '--nope' '-1 -c x' '-c x -D' '-c x -R --bidir' '-c x -i 99' '-c x -l 10M' '-c x -p 70000' 'extra'; do iperf3 $c > out 2>&1; echo "$? $(head -1 out)"; done
  1 iperf3: parameter error - must either be a client (-c) or server (-s)
  1 iperf3: option requires an argument -- 'c'
  1 iperf3: error - unable to connect to server: Connection refused
  1 iperf3: error - unable to connect to server: Name or service not known
  1 iperf3: parameter error - cannot be both server and client
  1 iperf3: parameter error - some option you are trying to set is client only
  1 iperf3: parameter error - some option you are trying to set is client only
  1 iperf3: parameter error - some option you are trying to set is client only
  1 iperf3: parameter error - some option you are trying to set is client only
  1 iperf3: parameter error - test duration too long (maximum = 86400 seconds)
  1 iperf3: parameter error - number of parallel streams too large (maximum = 128)
  1 iperf3: parameter error - bad format specifier (valid formats are in the set [kmgtKMGT])
  1 iperf3: parameter error - only one test end condition (-t, -n, -k) may be specified
  1 iperf3: unrecognized option '--nope'
  1 iperf3: parameter error - some option you are trying to set is server only
  1 iperf3: parameter error - some option you are trying to set is server only
  1 iperf3: parameter error - cannot be both reverse and bidirectional
  1 iperf3: parameter error - invalid report interval (min = 0.1, max = 60 seconds)
  1 iperf3: parameter error - block size too large (maximum = 1048576 bytes)
  1 iperf3: parameter error - port number must be between 1 and 65535 inclusive
  1 iperf3: parameter error - must either be a client (-c) or server (-s)
  $ iperf3 -v | head -1; iperf3 -s -1 -D -I $PWD/pid --logfile $PWD/log; sleep 0.2; wc -c < pid | grep -c .; cat log; kill $(tr -d '\0' < pid); sleep 0.2; cat log
  iperf 3.12 (cJSON 1.7.15)
  1
  -----------------------------------------------------------
  Server listening on 5201 (test #1)
  -----------------------------------------------------------
  iperf3: interrupt - the server has terminated
