ncat, judged by ncat 7.93 of Debian 12: the answers are the real program's.
host: debian-12
cwd: /root

  $ ncat; apt-get install -y -qq ncat > /dev/null 2>&1; readlink -f /bin/nc
  bash: ncat: command not found
  /usr/bin/ncat
  $ ncat < /dev/null
  Ncat: You must specify a host to connect to. QUITTING.
  [2]
  $ ncat 127.0.0.1 1 < /dev/null
  Ncat: Connection refused.
  [1]
  $ ncat -v 127.0.0.1 1 < /dev/null
  Ncat: Version 7.93 ( https://nmap.org/ncat )
  Ncat: Connection refused.
  [1]
  $ ncat nosuchhost.invalid 80 < /dev/null
  Ncat: Could not resolve hostname "nosuchhost.invalid": Name or service not known. QUITTING.
  [2]
  $ ncat 127.0.0.1 99999
  Ncat: Invalid port number "99999". QUITTING.
  [2]
  $ ncat 127.0.0.1 abc
  Ncat: Invalid port number "abc". QUITTING.
  [2]
  $ ncat -l 99999
  Ncat: Invalid port number "99999". QUITTING.
  [2]
  $ ncat -z 127.0.0.1 1
  [1]
  $ ncat -x
  ncat: option requires an argument -- 'x'
  Ncat: Try `--help' or man(1) ncat for more information, usage options and help. QUITTING.
  [2]
  $ ncat --foo
  ncat: unrecognized option '--foo'
  Ncat: Try `--help' or man(1) ncat for more information, usage options and help. QUITTING.
  [2]
  $ ncat -w 1x 127.0.0.1 1
  Ncat: Invalid -w timeout "1x" (must be greater than 0 and less than 2147483s). QUITTING.
  [2]
  $ ncat -l -z 5555
  Ncat: Services designed for LISTENING can't be used with -z QUITTING.
  [2]
  $ ncat -n localhost 80
  Ncat: Could not resolve hostname "localhost": Name or service not known. QUITTING.
  [2]
  $ ncat -p 99999 127.0.0.1 1
  Ncat: Invalid source port 99999. QUITTING.
  [2]
  $ ncat -l 127.0.0.1 5555 6
  Ncat: Got more than one port specification: 5555 6. QUITTING.
  [2]
  $ ncat -U /tmp/nosock < /dev/null
  Ncat: No such file or directory.
  [1]
  $ ncat -e /bin/sh -c ls 127.0.0.1 1
  Ncat: Only one of --exec, --sh-exec, and --lua-exec is allowed. QUITTING.
  [2]
  $ ncat -l --broker -e cat 5555
  Ncat: Invalid option combination: --broker and -e. QUITTING.
  [2]
  $ ncat -i 0 127.0.0.1 1
  Ncat: Invalid -i timeout "0" (must be greater than 0 and less than 2147483s). QUITTING.
  [2]
  $ ncat --version
  Ncat: Version 7.93 ( https://nmap.org/ncat )
  $ ( (timeout 4 ncat -l 127.0.0.1 5701 > n1; echo "srv $?" >> n1) & sleep .4; printf 'hello\n' | timeout 3 ncat 127.0.0.1 5701; wait; cat n1 )
  hello
  srv 0
  $ ( (timeout 2 ncat -lk 127.0.0.1 5702 > n2 2>&1 < /dev/null; echo "srv $?" >> n2) & sleep .4; echo a | ncat 127.0.0.1 5702; echo b | ncat 127.0.0.1 5702; ncat -l 127.0.0.1 5702; wait; cat n2 )
  Ncat: bind to 127.0.0.1:5702: Address already in use. QUITTING.
  a
  b
  srv 124
  $ ( (timeout 3 ncat -l 127.0.0.1 5703 -e /bin/cat; echo "srv $?") & sleep .4; (echo through; sleep .5) | ncat 127.0.0.1 5703; wait )
  through
  srv 0
  $ ( (timeout 3 ncat -l 127.0.0.1 5713 -c 'read x; echo "got $x $NCAT_REMOTE_ADDR $NCAT_PROTO $NCAT_LOCAL_PORT"') & sleep .4; (echo q; sleep .5) | ncat 127.0.0.1 5713; wait )
  got q 127.0.0.1 TCP 5713
  $ ( (timeout 2 ncat -lu 127.0.0.1 5704 > n3; echo "srv $?" >> n3) & sleep .4; echo dgram | timeout 1 ncat -u 127.0.0.1 5704; echo "cli $?"; wait; cat n3 )
  cli 0
  dgram
  srv 124
  $ ( rm -f nsock; (timeout 3 ncat -lUv nsock > n4 2>&1; echo "srv $?" >> n4) & sleep .4; echo u | ncat -U nsock; wait; cat n4; stat -c %A nsock )
  Ncat: Version 7.93 ( https://nmap.org/ncat )
  Ncat: Listening on nsock
  Ncat: Connection from a client on Unix domain socket.
  Ncat: Connection from .
  u
  srv 0
  srwxr-xr-x
  $ ( (timeout 2 ncat -lk 127.0.0.1 5706 < /dev/null) & sleep .3; ncat -z 127.0.0.1 5706; echo $?; ncat -vz 127.0.0.1 5706 2>&1 | head -2; wait )
  0
  Ncat: Version 7.93 ( https://nmap.org/ncat )
  Ncat: Connected to 127.0.0.1:5706.
  $ ( (timeout 2 ncat -lk 127.0.0.1 5707 --deny 10.0.0.0/8,127.0.0.1 > n5 2>&1 < /dev/null) & sleep .4; echo x | ncat 127.0.0.1 5707 > /dev/null 2>&1; wait; cat n5 )
  $ ( (timeout 2 ncat -l 127.0.0.1 5708 -o no -x nx > /dev/null) & sleep .4; printf 'hello\nworld 123456789\n' | ncat -C -o no2 -x nx2 127.0.0.1 5708; wait; cat -A no2; cat nx nx2 )
  hello^M$
  world 123456789^M$
  0000   68 65 6c 6c 6f 0d 0a 77  6f 72 6c 64 20 31 32 33  hello..world.123
  0010   34 35 36 37 38 39 0d 0a                           456789..        
  0000   68 65 6c 6c 6f 0d 0a 77  6f 72 6c 64 20 31 32 33  hello..world.123
  0010   34 35 36 37 38 39 0d 0a                           456789..        
  $ ( (echo vm | timeout 3 ncat -l --send-only 127.0.0.1 5709) & sleep .3; timeout 2 ncat --recv-only 127.0.0.1 5709; echo $?; wait )
  vm
  0
  $ ( (timeout 4 ncat -l --broker 127.0.0.1 5710) & sleep .3; (sleep 2; echo late) | timeout 3 ncat 127.0.0.1 5710 > b1 & sleep .6; (echo early; sleep 1.8) | timeout 3 ncat 127.0.0.1 5710 > b2; wait; cat b1 b2 )
  early
  late
  $ ( (timeout 4 ncat -l --chat 127.0.0.1 5711) & sleep .3; (sleep 1; echo hi; sleep 1) | timeout 3 ncat 127.0.0.1 5711 > b1 & sleep .6; (echo early; sleep 1) | timeout 3 ncat 127.0.0.1 5711 > b2; wait; cat b1; echo; cat b2 )
  <announce> 127.0.0.1 is connected as <user4>.
  <announce> already connected: nobody.
  <announce> 127.0.0.1 is connected as <user5>.
  <announce> already connected: 127.0.0.1 as <user4>.
  <user5> early
  <announce> <user5> is disconnected.
  
  <announce> 127.0.0.1 is connected as <user5>.
  <announce> already connected: 127.0.0.1 as <user4>.
  <user4> hi
