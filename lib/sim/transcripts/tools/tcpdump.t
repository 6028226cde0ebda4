tcpdump, traceroute, mtr, ethtool: what passes the simulated interfaces. Layout as tcpdump 4.99.3 of Debian 12.
host: debian-12

  $ apt-get install -y -qq tcpdump mtr-tiny ethtool traceroute >/dev/null 2>&1; tcpdump --version | head -1; getent passwd tcpdump
  tcpdump version 4.99.3
  tcpdump:x:111:110::/nonexistent:/usr/sbin/nologin
  $ tcpdump -D
  1.enp1s0 [Up, Running, Connected]
  2.any (Pseudo-device that captures on all interfaces) [Up, Running]
  3.lo [Up, Running, Loopback]
  $ ip neigh flush dev enp1s0; tcpdump -tni enp1s0 -c 4 icmp or arp > /tmp/o & sleep 1; ping -c 2 10.0.2.2 >/dev/null; wait; sed 's/id [0-9]*/id N/' /tmp/o
  [1] 631
  tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
  listening on enp1s0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
  4 packets captured
  4 packets received by filter
  0 packets dropped by kernel
  [1]+  Done                    tcpdump -tni enp1s0 -c 4 icmp or arp > /tmp/o
  ARP, Request who-has 10.0.2.2 tell 10.0.2.15, length 28
  ARP, Reply 10.0.2.2 is-at 52:55:0a:00:02:02, length 28
  IP 10.0.2.15 > 10.0.2.2: ICMP echo request, id N, seq 1, length 64
  IP 10.0.2.2 > 10.0.2.15: ICMP echo reply, id N, seq 1, length 64
  $ tcpdump -lni enp1s0 -c 2 -v port 53 >/tmp/o 2>/dev/null & sleep 1; getent hosts mirror.lan; wait; sed -E 's/15\.[0-9]+/15.PORT/; s/[0-9]+(\+? [A1])/ID\1/' /tmp/o
  [1] 635
  198.51.100.4    mirror.lan
  [1]+  Done                    tcpdump -lni enp1s0 -c 2 -v port 53 > /tmp/o 2> /dev/null
  21:09:03.780291 IP (tos 0x0, ttl 64, id 8219, offset 0, flags [DF], proto UDP (17), length 56)
      10.0.2.15.PORT > 10.0.2.3.53: [udp sum ok] ID+ A? mirror.lan. (28)
  21:09:03.780791 IP (tos 0x0, ttl 64, id 8226, offset 0, flags [DF], proto UDP (17), length 72)
      10.0.2.3.53 > 10.0.2.15.PORT: [udp sum ok] ID 1/0/0 A 198.51.100.4 (44)
  $ tcpdump -qtni any -c 8 tcp port 80 >/tmp/o 2>/dev/null & sleep 1; curl -sI http://mirror.lan/debian/ | head -1; wait; sed -E 's/\.[0-9]{5}/.PORT/' /tmp/o
  [1] 639
  HTTP/1.1 200 OK
  [1]+  Done                    tcpdump -qtni any -c 8 tcp port 80 > /tmp/o 2> /dev/null
  enp1s0 Out IP 10.0.2.15.PORT > 198.51.100.4.80: tcp 0
  enp1s0 In  IP 198.51.100.4.80 > 10.0.2.15.PORT: tcp 0
  enp1s0 Out IP 10.0.2.15.PORT > 198.51.100.4.80: tcp 0
  enp1s0 Out IP 10.0.2.15.PORT > 198.51.100.4.80: tcp 82
  enp1s0 In  IP 198.51.100.4.80 > 10.0.2.15.PORT: tcp 0
  enp1s0 In  IP 198.51.100.4.80 > 10.0.2.15.PORT: tcp 77
  enp1s0 Out IP 10.0.2.15.PORT > 198.51.100.4.80: tcp 0
  enp1s0 Out IP 10.0.2.15.PORT > 198.51.100.4.80: tcp 0
  $ tcpdump -ti lo -c 2 -e icmp >/tmp/o 2>/dev/null & sleep 1; ping -4 -c 2 localhost >/dev/null; wait; sed 's/id [0-9]*/id N/' /tmp/o
  [1] 644
  [1]+  Done                    tcpdump -ti lo -c 2 -e icmp > /tmp/o 2> /dev/null
  00:00:00:00:00:00 > 00:00:00:00:00:00, ethertype IPv4 (0x0800), length 98: localhost > localhost: ICMP echo request, id N, seq 1, length 64
  00:00:00:00:00:00 > 00:00:00:00:00:00, ethertype IPv4 (0x0800), length 98: localhost > localhost: ICMP echo reply, id N, seq 1, length 64
  $ tcpdump -ni lo -w /tmp/a.pcap icmp & sleep 1; ping -c 1 127.0.0.1 >/dev/null; kill %1; wait; (tcpdump -tnr /tmp/a.pcap; tcpdump -tnr /tmp/a.pcap icmp[icmptype] = 0) | sed 's/id [0-9]*/id N/'; tcpdump -nXtr /tmp/a.pcap -c 1 2>/dev/null | tail -4
  [1] 648
  tcpdump: listening on lo, link-type EN10MB (Ethernet), snapshot length 262144 bytes
  
  2 packets captured
  2 packets received by filter
  0 packets dropped by kernel
  [1]+  Done                    tcpdump -ni lo -w /tmp/a.pcap icmp
  reading from file /tmp/a.pcap, link-type EN10MB (Ethernet), snapshot length 262144
  IP 127.0.0.1 > 127.0.0.1: ICMP echo request, id N, seq 1, length 64
  IP 127.0.0.1 > 127.0.0.1: ICMP echo reply, id N, seq 1, length 64
  reading from file /tmp/a.pcap, link-type EN10MB (Ethernet), snapshot length 262144
  IP 127.0.0.1 > 127.0.0.1: ICMP echo reply, id N, seq 1, length 64
  	0x0020:  0405 0607 0809 0a0b 0c0d 0e0f 1011 1213  ................
  	0x0030:  1415 1617 1819 1a1b 1c1d 1e1f 2021 2223  .............!"#
  	0x0040:  2425 2627 2829 2a2b 2c2d 2e2f 3031 3233  $%&'()*+,-./0123
  	0x0050:  3435 3637                                4567
  $ tcpdump -i nope
  tcpdump: nope: No such device exists
  (No such device exists)
  [1]
  $ su student -c '/usr/bin/tcpdump -i lo'
  tcpdump: lo: You don't have permission to perform this capture on that device
  (socket: Operation not permitted)
  [1]
  $ tcpdump -i lo port foo
  tcpdump: port 'foo' not found
  [1]
  $ tcpdump -i lo 'tcp and (port 22'
  tcpdump: can't parse filter expression: syntax error
  [1]
  $ tcpdump -tni lo 'tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn' -c1 2>/dev/null >/tmp/o & sleep 1; (: </dev/tcp/127.0.0.1/22); wait; sed -E 's/[0-9]{4,}/N/g' /tmp/o
  [1] 662
  [1]+  Done                    tcpdump -tni lo 'tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn' -c1 2> /dev/null > /tmp/o
  IP 127.0.0.1.N > 127.0.0.1.22: Flags [S], seq N, win N, options [mss N,sackOK,TS val N ecr 0,nop,wscale 7], length 0
  $ ip link add v0 type veth peer name v1; ethtool v0 | tail -3; ethtool -S v0 | head -2; ethtool -i enp1s0; ethtool enp1s0; ethtool nope
  	Transceiver: internal
  	MDI-X: Unknown
  	Link detected: no
  NIC statistics:
       peer_ifindex: 3
  driver: virtio_net
  version: 1.0.0
  firmware-version: 
  expansion-rom-version: 
  bus-info: 0000:01:00.0
  supports-statistics: yes
  supports-test: no
  supports-eeprom-access: no
  supports-register-dump: no
  supports-priv-flags: no
  Settings for enp1s0:
  	Supported ports: [  ]
  	Supported link modes:   Not reported
  	Supported pause frame use: No
  	Supports auto-negotiation: No
  	Supported FEC modes: Not reported
  	Advertised link modes:  Not reported
  	Advertised pause frame use: No
  	Advertised auto-negotiation: No
  	Advertised FEC modes: Not reported
  	Speed: Unknown!
  	Duplex: Unknown! (255)
  	Auto-negotiation: off
  	Port: Other
  	PHYAD: 0
  	Transceiver: internal
  	Link detected: yes
  netlink error: no device matches name (offset 24)
  netlink error: No such device
  [75]
  $ mtr -rn -c 2 10.0.2.2 | tail -2
  HOST: debian                      Loss%   Snt   Last   Avg  Best  Wrst StDev
    1.|-- 10.0.2.2                   0.0%     2    0.5   0.5   0.5   0.5   0.0
  $ traceroute -n 10.0.2.2
  traceroute to 10.0.2.2 (10.0.2.2), 30 hops max, 60 byte packets
   1  10.0.2.2  0.500 ms  0.500 ms  0.500 ms
