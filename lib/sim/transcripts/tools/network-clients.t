telnet, tracepath, whois, fping: refusals and layouts as inetutils 2.4, iputils 20221126, whois 5.5.17 and fping 5.1 of Debian 12 wrote them.
host: debian-12

  $ apt-get update -qq; apt-get install -qq -y telnet fping whois iputils-tracepath redis-server >/dev/null 2>&1; systemctl start redis-server; ls -l /etc/alternatives/telnet | sed 's/.* \//\//'
  /usr/bin/inetutils-telnet
  $ printf 'PING\r\n' | telnet 127.0.0.1 6379
  Trying 127.0.0.1...
  Connected to 127.0.0.1.
  Escape character is '^]'.
  Connection closed by foreign host.
  $ (sleep 1; echo PING; sleep 1; echo QUIT; sleep 1) | telnet localhost 6379
  Trying ::1...
  Connected to localhost.
  Escape character is '^]'.
  +PONG
  +OK
  Connection closed by foreign host.
  $ telnet 127.0.0.1 26
  Trying 127.0.0.1...
  telnet: Unable to connect to remote host: Connection refused
  [1]
  $ telnet localhost 26
  Trying ::1...
  Trying 127.0.0.1...
  telnet: Unable to connect to remote host: Connection refused
  [1]
  $ telnet nohost.invalid 25; telnet localhost nosuch; telnet a b c; telnet --foo
  Server lookup failure:  nohost.invalid:25, Name or service not known
  Server lookup failure:  localhost:nosuch, Servname not supported for ai_socktype
  telnet: too many arguments
  telnet: unrecognized option '--foo'
  Try 'telnet --help' or 'telnet --usage' for more information.
  [64]
  $ printf 'status\nopen\n\nsend ayt\nfoo\nopen 127.0.0.1 26\ndisplay escape\nset escape ^A\nquit\n' | telnet
  telnet> No connection.
  Escape character is '^]'.
  telnet> (to) usage: open [-4] [-6] [-l user] [-b addr] [-a] host-name [port]
  telnet> ?Need to be connected first.
  'send ?' for help
  telnet> ?Invalid command
  telnet> Trying 127.0.0.1...
  telnet: Unable to connect to remote host: Connection refused
  telnet> escape          [^]]
  telnet> escape character is '^A'.
  telnet> 
  $ (sleep 1; printf 'HEAD /debian/ HTTP/1.0\n\n'; sleep 1) | telnet mirror.lan 80 | grep HTTP
  HTTP/1.1 404 Not Found
  Connection closed by foreign host.
  $ ip link add d0 type dummy; ip link set d0 up; tracepath -n 127.0.0.1 | sed 's/[0-9.]*ms/Xms/'; tracepath -n 10.0.2.2 | sed 's/[0-9.]*ms/Xms/'; tracepath -n -m 0 10.0.2.2; tracepath -l 10 10.0.2.2; tracepath nohost.invalid
   1:  127.0.0.1                                             Xms reached
       Resume: pmtu 65535 hops 1 back 1 
   1?: [LOCALHOST]                      pmtu 1500
   1:  10.0.2.2                                              Xms reached
   1:  10.0.2.2                                              Xms reached
       Resume: pmtu 1500 hops 1 back 1 
       Too many hops: pmtu 65535
       Resume: pmtu 65535 
  tracepath: pktlen must be within: 28 < value <= 2147483647
  tracepath: nohost.invalid: Name or service not known
  [1]
  $ tracepath -b -m 3 mirror.lan | sed 's/[0-9.]*ms/Xms/'
   1?: [LOCALHOST]                      pmtu 1500
   1:  mirror.lan (198.51.100.4)                             Xms reached
   1:  mirror.lan (198.51.100.4)                             Xms reached
       Resume: pmtu 1500 hops 1 back 1 
  $ whois example.com; whois --verbose 193.0.0.1; whois example.es; whois foo
  getaddrinfo(whois.verisign-grs.com): Name or service not known
  Using server whois.ripe.net.
  Query string: "-V Md5.5.17 193.0.0.1"
  
  getaddrinfo(whois.ripe.net): Name or service not known
  This TLD has no whois server, but you can access the whois database at
  https://www.nic.es/
  No whois server is known for this kind of object.
  [1]
  $ fping 10.0.2.2 10.0.2.77; fping -a -g 10.0.2.0/29 2>/dev/null; fping -c 2 -q 10.0.2.2 2>&1 | sed 's/min.*//'; fping -g 10.0.0.0/33; fping nohost.invalid
  10.0.2.2 is alive
  ICMP Host Unreachable from 10.0.2.15 for ICMP Echo sent to 10.0.2.77
  10.0.2.77 is unreachable
  10.0.2.2
  10.0.2.3
  10.0.2.2 : xmt/rcv/%loss = 2/2/0%, 
  fping: netmask must be between 1 and 32 (is: 33)
  nohost.invalid: Name or service not known
  [2]
