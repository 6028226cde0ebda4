ss: listening sockets, columns, filters and their mistakes.
host: debian-12

  $ apt-get -qq install -y netcat-openbsd >/dev/null 2>&1
# ss listening
  $ cat > s <<'END'
  > ip link set lo up
  > nc -l -p 8000 & nc -l 127.0.0.1 8001 & nc -u -l 8002 & nc -6 -l 8003 & sleep 0.5
  > ss -tln
  > ss -tulna
  > ss -tl
  > ss -ltn4
  > ss -ltn6
  > ss -H -ltn
  > ss -Htln sport = :8000
  > ss -ltn 'sport = :8000'
  > ss -ltn sport eq 8001
  > ss -ltn 'sport > :8000'
  > ss -ltn '( sport = :8000 or sport = :8001 )'
  > ss -ltn src 127.0.0.1
  > ss -ltn src 127.0.0.1:8001
  > ss -ltn sport = :http
  > ss -ltn not sport = :8000
  > ss -ltn state listening
  > ss -tn state established
  > ss -ltn 'sport = :8000 and src 0.0.0.0'
  > ss -ltn foo; echo $?
  > ss -ltn state foo; echo $?
  > ss -ltn sport = :foo; echo $?
  > ss -ltnO
  > ss -ltnm | sed 's/\([rtfwob]*\)[0-9][0-9]*,/N,/g'
  > { ss -ltne | sed 's/ino:[0-9]*/ino:N/;s/sk:[0-9a-f]*/sk:N/'; } >/dev/null 2>&1
  > ss -A tcp -ln
  > ss -A udp -a -n
  > { ss -A foo; echo $?; } >/dev/null 2>&1
  > { ss -f foo; echo $?; } >/dev/null 2>&1
  > ss -f inet -ltn
  > { ss -Z 2>&1 | head -2; echo $?; } >/dev/null 2>&1
  > { ss -F nosuch; echo $?; } >/dev/null 2>&1
  > ss --foo 2>&1 | head -2; echo $?
  > ss -N nosuch; echo $?
  > ss -V
  > ss -ul
  > ss -lu
  > ss -tan state all
  > ss -tan exclude listening
  > { ss -M; ss -S; ss -d; ss -0; } >/dev/null 2>&1
  > ss -xl | head -1
  > kill $(jobs -p)
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  LISTEN 0      1                  *:8003            *:*          
  Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  udp   UNCONN 0      0            0.0.0.0:8002      0.0.0.0:*          
  tcp   LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  tcp   LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  tcp   LISTEN 0      1                  *:8003            *:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  LISTEN 0      1                  *:8003            *:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1                  *:8003            *:*          
  LISTEN 0      1        0.0.0.0:8000 0.0.0.0:*
  LISTEN 0      1      127.0.0.1:8001 0.0.0.0:*
  LISTEN 0      1              *:8003       *:*
  LISTEN 0      1      0.0.0.0:8000 0.0.0.0:*
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  LISTEN 0      1                  *:8003            *:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  LISTEN 0      1                  *:8003            *:*          
  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  0      1            0.0.0.0:8000      0.0.0.0:*          
  0      1          127.0.0.1:8001      0.0.0.0:*          
  0      1                  *:8003            *:*          
  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  Error: an inet prefix is expected rather than "foo".
  Cannot parse dst/src address.
  1
  ss: wrong state name: foo
  255
  Error: "foo" does not look like a port.
  Cannot parse dst/src address.
  1
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  LISTEN 0      1                  *:8003            *:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess                                          
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*   
  	 skmem:(N,N,N,N,N,N,N,blN,d0)
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*   
  	 skmem:(N,N,N,N,N,N,N,blN,d0)
  LISTEN 0      1                  *:8003            *:*   
  	 skmem:(N,N,N,N,N,N,N,blN,d0)
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  LISTEN 0      1                  *:8003            *:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  UNCONN 0      0            0.0.0.0:8002      0.0.0.0:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  ss: unrecognized option '--foo'
  Usage: ss [ OPTIONS ]
  0
  Cannot open network namespace "nosuch": No such file or directory
  1
  ss utility, iproute2-6.1.0
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  UNCONN 0      0            0.0.0.0:8002      0.0.0.0:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  UNCONN 0      0            0.0.0.0:8002      0.0.0.0:*          
  State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  LISTEN 0      1            0.0.0.0:8000      0.0.0.0:*          
  LISTEN 0      1          127.0.0.1:8001      0.0.0.0:*          
  LISTEN 0      1                  *:8003            *:*          
  State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
  Netid State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
