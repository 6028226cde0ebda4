socat: files, programs, TCP, UDP, UNIX sockets, terminals; messages as socat 1.7.4.4 of Debian 12 wrote them.
host: debian-12

  $ apt-get update -qq; apt-get install -qq -y socat >/dev/null 2>&1; socat 2>&1 | sed 's/^.* E /E /'; socat - FOO:1 2>&1 | sed 's/^.* E /E /'; socat - TCP4:127.0.0.1 2>&1 | sed 's/^.* E /E /'; socat TCP-LISTEN:9004,foo - 2>&1 | sed 's/^.* E /E /'; socat -q - - 2>&1 | sed 's/^.* E /E /'
  E exactly 2 addresses required (there are 0); use option "-h" for help
  E unknown device/address "FOO"
  E TCP4: wrong number of parameters (1 instead of 2)
  E parseopts_table(): unknown option "foo"
  E unknown option "-q"; use option "-h" for help
  $ socat - TCP:127.0.0.1:99 2>&1 | sed 's/^.* E /E /'; socat - UNIX-CONNECT:/nonexistent 2>&1 | sed 's/^.* E /E /'; socat - OPEN:/nonexistent 2>&1 | sed 's/^.* E /E /'; socat - TCP:nohost.invalid:80 2>&1 | sed 's/^.* E /E /'; socat - TCP:127.0.0.1:nosvc 2>&1 | sed 's/^.* E /E /'; socat TCP-LISTEN:22 - 2>&1 | sed 's/^.* E /E /'; su nobody -s /bin/sh -c 'socat TCP-LISTEN:81 -' 2>&1 | sed 's/^.* E /E /'
  E connect(5, AF=2 127.0.0.1:99, 16): Connection refused
  E connect(, AF=1 "/nonexistent", 14): No such file or directory
  E open("/nonexistent", 02, 0666): No such file or directory
  E getaddrinfo("nohost.invalid", "NULL", {1,0,1,6}, {}): Name or service not known
  E getaddrinfo"127.0.0.1", "nosvc", {1,0,1,0}, {}): Servname not supported for ai_socktype
  E bind(5, {AF=2 0.0.0.0:22}, 16): Address already in use
  E bind(5, {AF=2 0.0.0.0:81}, 16): Permission denied
  $ echo hi | socat - EXEC:cat; echo hi | socat - SYSTEM:'tr a-z A-Z'; echo one | socat -u - OPEN:f,creat,append; echo two | socat -u - OPEN:f,append; cat f; socat -u OPEN:/etc/hostname STDOUT; printf 'a\nb\n' | socat -u STDIN EXEC:'wc -l'; socat -u EXEC:'echo a' CREATE:c; cat c
  hi
  HI
  one
  two
  debian
  2
  a
  $ socat TCP-LISTEN:9001,reuseaddr,fork EXEC:cat & sleep 1; echo hello | socat - TCP:127.0.0.1:9001; echo again | socat -t 2 STDIO TCP:localhost:9001; ss -tlnH sport = :9001 | cut -c1-60; kill $!; wait 2>/dev/null; true
  [1] 681
  hello
  again
  LISTEN 0 5 0.0.0.0:9001 0.0.0.0:*
  $ socat -d -d TCP-LISTEN:9002,reuseaddr SYSTEM:'echo served; cat' 2>log & sleep 1; echo q | socat STDIO TCP4:127.0.0.1:9002; wait; sed 's/^.* N /N /; s/:[0-9]* on/:PORT on/; s/\[[0-9],[0-9]\]/[N,N]/g; s/(fd [0-9]*)/(fd N)/; /forked/d; /childdied/d' log
  [1] 693
  served
  q
  [1]+  Done                    socat -d -d TCP-LISTEN:9002,reuseaddr SYSTEM:'echo served; cat' 2> log
  N listening on AF=2 0.0.0.0:9002
  N accepting connection from AF=2 127.0.0.1:PORT on AF=2 127.0.0.1:9002
  N starting data transfer loop with FDs [N,N] and [N,N]
  N socket 1 (fd N) is at EOF
  N socket 2 (fd N) is at EOF
  N exiting with status 0
  $ socat UNIX-LISTEN:s.sock,fork SYSTEM:'echo from unix' & sleep 1; socat - UNIX-CONNECT:s.sock; ls -l s.sock | cut -c1-10; kill $!; wait 2>/dev/null; true
  [1] 700
  from unix
  srwxr-xr-x
  $ socat -u UDP-RECV:9003 CREATE:u & sleep 1; echo udp | socat -u - UDP:127.0.0.1:9003; sleep 1; cat u; kill $!; wait 2>/dev/null; true
  [1] 707
  udp
  $ socat TCP-LISTEN:8088,fork,reuseaddr TCP:mirror.lan:80 & sleep 1; curl -sI http://127.0.0.1:8088/debian/ | head -1; kill $!; wait 2>/dev/null; true
  [1] 713
  HTTP/1.1 404 Not Found
  $ socat PTY,link=vt,raw,echo=0 EXEC:cat & sleep 1; readlink vt; (echo over the line; sleep 1) > vt & timeout 2 head -1 vt; kill $(jobs -p); wait 2>/dev/null; true
  [1] 718
  /dev/pts/1
  [2] 722
  over the line
