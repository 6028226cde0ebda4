netstat -s and nstat: what the kernel counted, in a network of its own, worded as net-tools 2.10 and iproute2 6.1 do.
host: debian-12

  $ apt-get install -y -qq net-tools > /dev/null 2>&1; cat > s <<'END'
  > ip link set lo up
  > ping -c 3 -i 0.2 127.0.0.1 > /dev/null
  > curl -s http://127.0.0.1:81/
  > netstat -s
  > netstat -st
  > netstat -s6
  > nstat
  > nstat
  > nstat -z 'IpIn*'
  > ping -c 1 127.0.0.1 > /dev/null
  > nstat -s 'Icmp*'
  > nstat -j 'Icmp*s'
  > nstat -asjp 'Tcp*Opens'
  > cat .nstat | head -2
  > netstat -sx
  > netstat -s46
  > nstat -t x
  > sed -n 1,2p /proc/net/snmp
  > cat /proc/net/sockstat6
  > END
  $ NSTAT_HISTORY=.nstat unshare -n bash s 2>&1 | cat
  Ip:
      Forwarding: 2
      8 total packets received
      0 forwarded
      0 incoming packets discarded
      8 incoming packets delivered
      8 requests sent out
  Icmp:
      6 ICMP messages received
      0 input ICMP message failed
      ICMP input histogram:
          echo requests: 3
          echo replies: 3
      6 ICMP messages sent
      0 ICMP messages failed
      ICMP output histogram:
          echo requests: 3
          echo replies: 3
  IcmpMsg:
          InType0: 3
          InType8: 3
          OutType0: 3
          OutType8: 3
  Tcp:
      1 active connection openings
      0 passive connection openings
      1 failed connection attempts
      0 connection resets received
      0 connections established
      2 segments received
      2 segments sent out
      0 segments retransmitted
      0 bad segments received
      1 resets sent
  Udp:
      0 packets received
      0 packets to unknown port received
      0 packet receive errors
      0 packets sent
      0 receive buffer errors
      0 send buffer errors
  UdpLite:
  TcpExt:
      0 packet headers predicted
  IpExt:
      InOctets: 608
      OutOctets: 608
      InNoECTPkts: 8
  MPTcpExt:
  IcmpMsg:
      InType0: 3
      InType8: 3
      OutType0: 3
      OutType8: 3
  Tcp:
      1 active connection openings
      0 passive connection openings
      1 failed connection attempts
      0 connection resets received
      0 connections established
      2 segments received
      2 segments sent out
      0 segments retransmitted
      0 bad segments received
      1 resets sent
  UdpLite:
  TcpExt:
      0 packet headers predicted
  IpExt:
      InOctets: 608
      OutOctets: 608
      InNoECTPkts: 8
  MPTcpExt:
  Ip6:
      0 total packets received
      0 incoming packets discarded
      0 incoming packets delivered
      0 forwarded
      0 requests sent out
  Icmp6:
      0 ICMP messages received
      0 input ICMP message failed
      0 ICMP messages sent
      ICMP input histogram:
          ICMP output histogram:
  Udp6:
      0 packets received
      0 packets to unknown port received
      0 packet receive errors
      0 packets sent
  UdpLite6:
  Tcp:
      1 active connection openings
      0 passive connection openings
      1 failed connection attempts
      0 connection resets received
      0 connections established
      2 segments received
      2 segments sent out
      0 segments retransmitted
      0 bad segments received
      1 resets sent
  #kernel
  IpInReceives                    8                  0.0
  IpInDelivers                    8                  0.0
  IpOutRequests                   8                  0.0
  IcmpInMsgs                      6                  0.0
  IcmpInEchos                     3                  0.0
  IcmpInEchoReps                  3                  0.0
  IcmpOutMsgs                     6                  0.0
  IcmpOutEchos                    3                  0.0
  IcmpOutEchoReps                 3                  0.0
  IcmpMsgInType0                  3                  0.0
  IcmpMsgInType8                  3                  0.0
  IcmpMsgOutType0                 3                  0.0
  IcmpMsgOutType8                 3                  0.0
  TcpActiveOpens                  1                  0.0
  TcpAttemptFails                 1                  0.0
  TcpInSegs                       2                  0.0
  TcpOutSegs                      2                  0.0
  TcpOutRsts                      1                  0.0
  IpExtInOctets                   608                0.0
  IpExtOutOctets                  608                0.0
  IpExtInNoECTPkts                8                  0.0
  #kernel
  #kernel
  IpInReceives                    0                  0.0
  IpInHdrErrors                   0                  0.0
  IpInAddrErrors                  0                  0.0
  IpInUnknownProtos               0                  0.0
  IpInDiscards                    0                  0.0
  IpInDelivers                    0                  0.0
  #kernel
  IcmpInMsgs                      2                  0.0
  IcmpInEchos                     1                  0.0
  IcmpInEchoReps                  1                  0.0
  IcmpOutMsgs                     2                  0.0
  IcmpOutEchos                    1                  0.0
  IcmpOutEchoReps                 1                  0.0
  IcmpMsgInType0                  1                  0.0
  IcmpMsgInType8                  1                  0.0
  IcmpMsgOutType0                 1                  0.0
  IcmpMsgOutType8                 1                  0.0
  {"kernel":{"IcmpInMsgs":2,"IcmpInEchos":1,"IcmpInEchoReps":1,"IcmpOutMsgs":2,"IcmpOutEchos":1,"IcmpOutEchoReps":1}}
  {
      "kernel": {
          "TcpActiveOpens": 1
      }
  }
  #kernel
  IpInReceives                    8                  0.0
  netstat: No statistics support for specified address family: unix
  netstat: No statistics support for specified address family: inet,inet6
  nstat: invalid time constant divisor
  Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates
  Ip: 2 64 10 0 0 0 0 0 10 10 0 0 0 0 0 0 0 0 0
  TCP6: inuse 0
  UDP6: inuse 0
  UDPLITE6: inuse 0
  RAW6: inuse 0
  FRAG6: inuse 0 memory 0
