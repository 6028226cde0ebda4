ip rule, routing tables, routes of every kind and what ip says of wrong words (recorded: iproute2 6.1 of Debian 12 in a network namespace, 2026-11-23).
host: debian-12

# rule
  $ unshare -nm bash -s <<'END'
  > ip rule
  > ip rule list
  > ip rule show
  > ip -4 rule
  > ip -6 rule
  > ip rule add from 10.0.0.0/24 table 100
  > ip rule add from 10.1.0.0/24 lookup 100 prio 500
  > ip rule add to 8.8.8.8 table main pref 600
  > ip rule add fwmark 1 table 200
  > ip rule add fwmark 0x10/0xff lookup 200 priority 700
  > ip rule add iif lo table 5
  > ip rule add oif lo lookup 6
  > ip rule add tos 0x10 table 7
  > ip rule add from 1.2.3.4 blackhole
  > ip rule add from 1.2.3.5 prohibit
  > ip rule add from 1.2.3.6 unreachable
  > ip rule add not from 10.9.0.0/16 table 9
  > ip rule add ipproto tcp dport 80 table 10
  > ip rule add uidrange 0-0 table 11
  > ip rule add sport 1000-2000 table 12
  > ip rule add from all goto 32766 pref 800
  > ip rule
  > ip rule list table 100
  > ip rule list from 10.0.0.0/24
  > ip rule list fwmark 1
  > ip -j rule
  > ip -j -p rule | head -40
  > ip -d rule | head -5
  > ip -o rule | head -3
  > ip rule del from 10.0.0.0/24
  > ip rule del prio 500
  > ip rule del table 200
  > ip rule del from 99.9.9.9; echo $?
  > ip rule add from 10.0.0.0/24 table 100
  > ip rule add from 10.0.0.0/24 table 100; echo $?
  > ip rule add from 10.0.0.0/24 table 100 pref 900
  > ip rule add from 10.0.0.0/24 table 100 pref 900; echo $?
  > ip rule
  > ip rule flush
  > ip rule
  > :
  > END
  0:	from all lookup local
  32766:	from all lookup main
  32767:	from all lookup default
  0:	from all lookup local
  32766:	from all lookup main
  32767:	from all lookup default
  0:	from all lookup local
  32766:	from all lookup main
  32767:	from all lookup default
  0:	from all lookup local
  32766:	from all lookup main
  32767:	from all lookup default
  0:	from all lookup local
  32766:	from all lookup main
  0:	from all lookup local
  489:	from all sport 1000-2000 lookup 12
  490:	from all uidrange 0-0 lookup 11
  491:	from all ipproto tcp dport 80 lookup 10
  492:	not from 10.9.0.0/16 lookup 9
  493:	from 1.2.3.6 unreachable
  494:	from 1.2.3.5 prohibit
  495:	from 1.2.3.4 blackhole
  496:	from all tos 0x10 lookup 7
  497:	from all oif lo lookup 6
  498:	from all iif lo lookup 5
  499:	from all fwmark 0x1 lookup 200
  500:	from 10.1.0.0/24 lookup 100
  600:	from all to 8.8.8.8 lookup main
  700:	from all fwmark 0x10/0xff lookup 200
  800:	from all goto 32766
  32765:	from 10.0.0.0/24 lookup 100
  32766:	from all lookup main
  32767:	from all lookup default
  500:	from 10.1.0.0/24 lookup 100
  32765:	from 10.0.0.0/24 lookup 100
  32765:	from 10.0.0.0/24 lookup 100
  499:	from all fwmark 0x1 lookup 200
  [{"priority":0,"src":"all","table":"local"},{"priority":489,"src":"all","sport_start":1000,"sport_end":2000,"table":"12"},{"priority":490,"src":"all","uid_start":0,"uid_end":0,"table":"11"},{"priority":491,"src":"all","ipproto":"tcp","dport":80,"table":"10"},{"priority":492,"not":null,"src":"10.9.0.0","srclen":16,"table":"9"},{"priority":493,"src":"1.2.3.6","action":"unreachable"},{"priority":494,"src":"1.2.3.5","action":"prohibit"},{"priority":495,"src":"1.2.3.4","action":"blackhole"},{"priority":496,"src":"all","tos":"0x10","table":"7"},{"priority":497,"src":"all","oif":"lo","table":"6"},{"priority":498,"src":"all","iif":"lo","table":"5"},{"priority":499,"src":"all","fwmark":"0x1","table":"200"},{"priority":500,"src":"10.1.0.0","srclen":24,"table":"100"},{"priority":600,"src":"all","dst":"8.8.8.8","table":"main"},{"priority":700,"src":"all","fwmark":"0x10","fwmask":"0xff","table":"200"},{"priority":800,"src":"all","goto":32766},{"priority":32765,"src":"10.0.0.0","srclen":24,"table":"100"},{"priority":32766,"src":"all","table":"main"},{"priority":32767,"src":"all","table":"default"}]
  [ {
          "priority": 0,
          "src": "all",
          "table": "local"
      },{
          "priority": 489,
          "src": "all",
          "sport_start": 1000,
          "sport_end": 2000,
          "table": "12"
      },{
          "priority": 490,
          "src": "all",
          "uid_start": 0,
          "uid_end": 0,
          "table": "11"
      },{
          "priority": 491,
          "src": "all",
          "ipproto": "tcp",
          "dport": 80,
          "table": "10"
      },{
          "priority": 492,
          "not": null,
          "src": "10.9.0.0",
          "srclen": 16,
          "table": "9"
      },{
          "priority": 493,
          "src": "1.2.3.6",
          "action": "unreachable"
      },{
          "priority": 494,
          "src": "1.2.3.5",
          "action": "prohibit"
      },{
          "priority": 495,
          "src": "1.2.3.4",
          "action": "blackhole"
  0:	from all lookup local proto kernel
  489:	from all sport 1000-2000 lookup 12 proto unspec
  490:	from all uidrange 0-0 lookup 11 proto unspec
  491:	from all ipproto tcp dport 80 lookup 10 proto unspec
  492:	not from 10.9.0.0/16 lookup 9 proto unspec
  0:	from all lookup local
  489:	from all sport 1000-2000 lookup 12
  490:	from all uidrange 0-0 lookup 11
  RTNETLINK answers: No such file or directory
  2
  0
  RTNETLINK answers: File exists
  2
  0:	from all lookup local
  487:	from 10.0.0.0/24 lookup 100
  488:	from 10.0.0.0/24 lookup 100
  489:	from all sport 1000-2000 lookup 12
  490:	from all uidrange 0-0 lookup 11
  491:	from all ipproto tcp dport 80 lookup 10
  492:	not from 10.9.0.0/16 lookup 9
  493:	from 1.2.3.6 unreachable
  494:	from 1.2.3.5 prohibit
  495:	from 1.2.3.4 blackhole
  496:	from all tos 0x10 lookup 7
  497:	from all oif lo lookup 6
  498:	from all iif lo lookup 5
  600:	from all to 8.8.8.8 lookup main
  700:	from all fwmark 0x10/0xff lookup 200
  800:	from all goto 32766
  900:	from 10.0.0.0/24 lookup 100
  32766:	from all lookup main
  32767:	from all lookup default
  0:	from all lookup local
# rule errors
  $ unshare -nm bash -s <<'END'
  > ip rule add; echo $?
  > ip rule add from; echo $?
  > ip rule add from foo table 1; echo $?
  > ip rule add table foo; echo $?
  > ip rule add prio foo; echo $?
  > ip rule add fwmark zz table 1; echo $?
  > ip rule del; echo $?
  > ip rule foo; echo $?
  > ip rule add foo bar; echo $?
  > ip rule list foo; echo $?
  > ip rule add from 10.0.0.0/40 table 1; echo $?
  > ip rule del prio 0
  > ip rule
  > ip rule add pref 0 lookup local
  > ip rule
  > ip -6 rule add from 2001:db8::/32 table 100
  > ip -6 rule
  > ip -6 rule add from 10.0.0.1 table 3; echo $?
  > ip rule add from 10.0.0.1 table 4294967296; echo $?
  > ip rule add from 10.0.0.1 dev nosuch table 1; echo $?
  > ip rule
  > ip rule add from 10.0.0.1 lookup; echo $?
  > ip rule add type foo; echo $?
  > ip ru
  > ip rul list | head -1
  > :
  > END
  "ip rule add" requires arguments.
  1
  Command line is not complete. Try option "help"
  255
  Error: any valid prefix is expected rather than "foo".
  1
  Error: argument "foo" is wrong: invalid table ID
  
  255
  Error: argument "foo" is wrong: preference value is invalid
  
  255
  Error: argument "zz" is wrong: fwmark value is invalid
  
  255
  "ip rule del" requires arguments.
  1
  Command "foo" is unknown, try "ip rule help".
  255
  Error: argument "foo" is wrong: Failed to parse rule type
  255
  Error: inet prefix is expected rather than "foo".
  1
  Error: any valid prefix is expected rather than "10.0.0.0/40".
  1
  32766:	from all lookup main
  32767:	from all lookup default
  0:	from all lookup local
  32766:	from all lookup main
  32767:	from all lookup default
  0:	from all lookup local
  32765:	from 2001:db8::/32 lookup 100
  32766:	from all lookup main
  Error: inet6 prefix is expected rather than "10.0.0.1".
  1
  Error: argument "4294967296" is wrong: invalid table ID
  
  255
  0
  0:	from all lookup local
  32765:	from 10.0.0.1 iif nosuch [detached] lookup 1
  32766:	from all lookup main
  32767:	from all lookup default
  Command line is not complete. Try option "help"
  255
  Error: argument "foo" is wrong: Failed to parse rule type
  255
  0:	from all lookup local
  32765:	from 10.0.0.1 iif nosuch [detached] lookup 1
  32766:	from all lookup main
  32767:	from all lookup default
  0:	from all lookup local
# tables
  $ unshare -nm bash -s <<'END'
  > ip link set lo up
  > ip link add v0 type veth peer name v1
  > ip link set v0 up
  > ip link set v1 up
  > ip addr add 10.0.0.1/24 dev v0
  > ip route show table main
  > ip route show table local
  > ip route list table default; echo $?
  > ip route add default via 10.0.0.254 table 100
  > ip route add 192.168.5.0/24 via 10.0.0.3 dev v0 table 100
  > ip route add blackhole 10.7.0.0/16 table 101
  > ip route show table 100
  > ip route show table 101
  > ip route show table 999; echo $?
  > ip route show table foo; echo $?
  > ip route show table all | grep -v 'fe80\|ff00\|::1'
  > ip -j route show table 100
  > ip -j -p route show table 100
  > ip -d route show table 100
  > ip route del default table 100
  > ip route flush table 100
  > ip route show table 100
  > ip route flush table 100; echo $?
  > ip route del default table 100; echo $?
  > ip rule add from 10.0.0.1 table 102
  > ip route add default via 10.0.0.9 table 102
  > ip route get 8.8.8.8; echo $?
  > ip route get 8.8.8.8 from 10.0.0.1
  > ip route get 10.0.0.77
  > ip route get 10.0.0.1
  > ip rule add fwmark 5 table 103
  > ip route add default via 10.0.0.55 table 103
  > ip route get 8.8.8.8 mark 5
  > ip route get 9.9.9.9 mark 6; echo $?
  > ip route add table 5 10.5.0.0/16 dev v0 scope link
  > ip route ls table 5
  > ip route show table 0 | grep 10.5
  > ip r s t 5
  > ip route show table unspec | grep 10.5
  > ip route show cache
  > ip route show proto kernel
  > ip route show scope link
  > ip route show type local table all | grep -v :
  > ip route show dev v0
  > ip route show via 10.0.0.9 table all
  > ip route show root 10.0.0.0/8
  > ip route show match 10.0.0.5
  > ip route show exact 10.0.0.0/24
  > head -8 /etc/iproute2/rt_tables
  > grep -v '^#' /etc/iproute2/rt_tables
  > :
  > END
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  local 10.0.0.1 dev v0 proto kernel scope host src 10.0.0.1 
  broadcast 10.0.0.255 dev v0 proto kernel scope link src 10.0.0.1 
  local 127.0.0.0/8 dev lo proto kernel scope host src 127.0.0.1 
  local 127.0.0.1 dev lo proto kernel scope host src 127.0.0.1 
  broadcast 127.255.255.255 dev lo proto kernel scope link src 127.0.0.1 
  Error: ipv4: FIB table does not exist.
  Dump terminated
  2
  default via 10.0.0.254 dev v0 
  192.168.5.0/24 via 10.0.0.3 dev v0 
  blackhole 10.7.0.0/16 
  Error: ipv4: FIB table does not exist.
  Dump terminated
  2
  Error: argument "foo" is wrong: table id value is invalid
  
  255
  default via 10.0.0.254 dev v0 table 100 
  192.168.5.0/24 via 10.0.0.3 dev v0 table 100 
  blackhole 10.7.0.0/16 table 101 
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  local 10.0.0.1 dev v0 table local proto kernel scope host src 10.0.0.1 
  broadcast 10.0.0.255 dev v0 table local proto kernel scope link src 10.0.0.1 
  local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1 
  local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1 
  broadcast 127.255.255.255 dev lo table local proto kernel scope link src 127.0.0.1 
  [{"dst":"default","gateway":"10.0.0.254","dev":"v0","flags":[]},{"dst":"192.168.5.0/24","gateway":"10.0.0.3","dev":"v0","flags":[]}]
  [ {
          "dst": "default",
          "gateway": "10.0.0.254",
          "dev": "v0",
          "flags": [ ]
      },{
          "dst": "192.168.5.0/24",
          "gateway": "10.0.0.3",
          "dev": "v0",
          "flags": [ ]
      } ]
  unicast default via 10.0.0.254 dev v0 proto boot scope global 
  unicast 192.168.5.0/24 via 10.0.0.3 dev v0 proto boot scope global 
  0
  RTNETLINK answers: No such process
  2
  RTNETLINK answers: Network is unreachable
  2
  8.8.8.8 from 10.0.0.1 via 10.0.0.9 dev v0 table 102 uid 0 
      cache 
  10.0.0.77 dev v0 src 10.0.0.1 uid 0 
      cache 
  local 10.0.0.1 dev lo table local src 10.0.0.1 uid 0 
      cache <local> 
  8.8.8.8 via 10.0.0.55 dev v0 table 103 src 10.0.0.1 mark 5 uid 0 
      cache 
  RTNETLINK answers: Network is unreachable
  2
  10.5.0.0/16 dev v0 scope link 
  10.5.0.0/16 dev v0 table 5 scope link 
  10.5.0.0/16 dev v0 scope link 
  10.5.0.0/16 dev v0 table 5 scope link 
  10.0.0.0/24 dev v0 scope link src 10.0.0.1 
  10.0.0.0/24 dev v0 proto kernel src 10.0.0.1 
  local 10.0.0.1 dev v0 table local proto kernel scope host src 10.0.0.1 
  local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1 
  local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1 
  10.0.0.0/24 proto kernel scope link src 10.0.0.1 
  default dev v0 table 102 
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  #
  # reserved values
  #
  255	local
  254	main
  253	default
  0	unspec
  #
  255	local
  254	main
  253	default
  0	unspec
# route types
  $ unshare -nm bash -s <<'END'
  > ip link set lo up
  > ip link add v0 type veth peer name v1
  > ip link set v0 up
  > ip link set v1 up
  > ip addr add 10.0.0.1/24 dev v0
  > ip route add blackhole 10.1.0.0/16
  > ip route add unreachable 10.2.0.0/16
  > ip route add prohibit 10.3.0.0/16
  > ip route add throw 10.4.0.0/16
  > ip route add 10.5.0.0/16 via 10.0.0.2 metric 100
  > ip route add 10.5.0.0/16 via 10.0.0.3 metric 50
  > ip route add 10.6.0.0/16 via 10.0.0.2 src 10.0.0.1 mtu 1400 advmss 1360
  > ip route add 10.7.0.0/16 nexthop via 10.0.0.2 weight 1 nexthop via 10.0.0.3 weight 2
  > ip route add 10.8.0.0/16 dev v0 proto static
  > ip route add 10.9.0.0/16 via 10.0.0.2 proto bird
  > ip route add 10.10.0.0/16 via 10.99.0.1 dev v0 onlink
  > ip route add 10.11.0.0/16 via 10.0.0.2 initcwnd 20 rto_min 100ms
  > ip route add 10.12.0.0/16 dev v0 mtu lock 1300 window 1000
  > ip route
  > ip -d route
  > ip -j route
  > ip -o route | head -3
  > ip -s route | head -2
  > ip -br route | head -2
  > ip -N route | head -3
  > ip route get 10.1.0.1; echo $?
  > ip route get 10.2.0.1; echo $?
  > ip route get 10.3.0.1; echo $?
  > ip route get 10.5.0.1
  > ip route get 10.6.0.1
  > ip -j route get 10.6.0.1
  > ip route get 127.0.0.1
  > ip route get 10.0.0.255
  > ip route get 224.0.0.1; echo $?
  > ip route get fibmatch 10.5.0.1
  > ip route replace 10.5.0.0/16 via 10.0.0.4 metric 50
  > ip route change 10.6.0.0/16 via 10.0.0.5
  > ip route append 10.5.0.0/16 via 10.0.0.6 metric 50
  > ip route prepend 10.5.0.0/16 via 10.0.0.7 metric 50
  > ip route show 10.5.0.0/16
  > ip route del 10.5.0.0/16
  > ip route show 10.5.0.0/16
  > ip route del 10.5.0.0/16 metric 100
  > ip route del 10.5.0.0/16 via 10.0.0.99; echo $?
  > ip route flush 10.7.0.0/16
  > ip route flush proto static
  > ip route show | head -20
  > ip route flush; echo $?
  > ip -s route flush 10.8.0.0/16
  > ip -s -s route flush proto bird; echo $?
  > ip route flush cache
  > :
  > END
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  blackhole 10.1.0.0/16 
  unreachable 10.2.0.0/16 
  prohibit 10.3.0.0/16 
  throw 10.4.0.0/16 
  10.5.0.0/16 via 10.0.0.3 dev v0 metric 50 
  10.5.0.0/16 via 10.0.0.2 dev v0 metric 100 
  10.6.0.0/16 via 10.0.0.2 dev v0 src 10.0.0.1 mtu 1400 advmss 1360 
  10.7.0.0/16 
  	nexthop via 10.0.0.2 dev v0 weight 1 
  	nexthop via 10.0.0.3 dev v0 weight 2 
  10.8.0.0/16 dev v0 proto static scope link 
  10.9.0.0/16 via 10.0.0.2 dev v0 proto bird 
  10.10.0.0/16 via 10.99.0.1 dev v0 onlink 
  10.11.0.0/16 via 10.0.0.2 dev v0 initcwnd 20 rto_min lock 100ms 
  10.12.0.0/16 dev v0 scope link mtu lock 1300 window 1000 
  unicast 10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  blackhole 10.1.0.0/16 proto boot scope global 
  unreachable 10.2.0.0/16 proto boot scope global 
  prohibit 10.3.0.0/16 proto boot scope global 
  throw 10.4.0.0/16 proto boot scope global 
  unicast 10.5.0.0/16 via 10.0.0.3 dev v0 proto boot scope global metric 50 
  unicast 10.5.0.0/16 via 10.0.0.2 dev v0 proto boot scope global metric 100 
  unicast 10.6.0.0/16 via 10.0.0.2 dev v0 proto boot scope global src 10.0.0.1 mtu 1400 advmss 1360 
  unicast 10.7.0.0/16 proto boot scope global 
  	nexthop via 10.0.0.2 dev v0 weight 1 
  	nexthop via 10.0.0.3 dev v0 weight 2 
  unicast 10.8.0.0/16 dev v0 proto static scope link 
  unicast 10.9.0.0/16 via 10.0.0.2 dev v0 proto bird scope global 
  unicast 10.10.0.0/16 via 10.99.0.1 dev v0 proto boot scope global onlink 
  unicast 10.11.0.0/16 via 10.0.0.2 dev v0 proto boot scope global initcwnd 20 rto_min lock 100ms 
  unicast 10.12.0.0/16 dev v0 proto boot scope link mtu lock 1300 window 1000 
  [{"dst":"10.0.0.0/24","dev":"v0","protocol":"kernel","scope":"link","prefsrc":"10.0.0.1","flags":[]},{"type":"blackhole","dst":"10.1.0.0/16","flags":[]},{"type":"unreachable","dst":"10.2.0.0/16","flags":[]},{"type":"prohibit","dst":"10.3.0.0/16","flags":[]},{"type":"throw","dst":"10.4.0.0/16","flags":[]},{"dst":"10.5.0.0/16","gateway":"10.0.0.3","dev":"v0","metric":50,"flags":[]},{"dst":"10.5.0.0/16","gateway":"10.0.0.2","dev":"v0","metric":100,"flags":[]},{"dst":"10.6.0.0/16","gateway":"10.0.0.2","dev":"v0","prefsrc":"10.0.0.1","flags":[],"metrics":[{"mtu":1400,"advmss":1360}]},{"dst":"10.7.0.0/16","flags":[],"nexthops":[{"gateway":"10.0.0.2","dev":"v0","weight":1,"flags":[]},{"gateway":"10.0.0.3","dev":"v0","weight":2,"flags":[]}]},{"dst":"10.8.0.0/16","dev":"v0","protocol":"static","scope":"link","flags":[]},{"dst":"10.9.0.0/16","gateway":"10.0.0.2","dev":"v0","protocol":"bird","flags":[]},{"dst":"10.10.0.0/16","gateway":"10.99.0.1","dev":"v0","flags":["onlink"]},{"dst":"10.11.0.0/16","gateway":"10.0.0.2","dev":"v0","flags":[],"metrics":[{"initcwnd":20,"rto_min":100}]},{"dst":"10.12.0.0/16","dev":"v0","scope":"link","flags":[],"metrics":[{"mtu":1300,"window":1000}]}]
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  blackhole 10.1.0.0/16 
  unreachable 10.2.0.0/16 
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  blackhole 10.1.0.0/16 
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  blackhole 10.1.0.0/16 
  10.0.0.0/24 dev v0 proto 2 scope 253 src 10.0.0.1 
  6 10.1.0.0/16 
  7 10.2.0.0/16 
  RTNETLINK answers: Invalid argument
  2
  RTNETLINK answers: No route to host
  2
  RTNETLINK answers: Permission denied
  2
  10.5.0.1 via 10.0.0.3 dev v0 src 10.0.0.1 uid 0 
      cache 
  10.6.0.1 via 10.0.0.2 dev v0 src 10.0.0.1 uid 0 
      cache mtu 1400 advmss 1360 
  [{"dst":"10.6.0.1","gateway":"10.0.0.2","dev":"v0","prefsrc":"10.0.0.1","flags":[],"uid":0,"cache":[],"metrics":[{"mtu":1400,"advmss":1360}]}]
  local 127.0.0.1 dev lo src 127.0.0.1 uid 0 
      cache <local> 
  broadcast 10.0.0.255 dev v0 src 10.0.0.1 uid 0 
      cache <local,brd> 
  RTNETLINK answers: Network is unreachable
  2
  10.5.0.0/16 via 10.0.0.3 dev v0 metric 50 
  10.5.0.0/16 via 10.0.0.7 dev v0 metric 50 
  10.5.0.0/16 via 10.0.0.4 dev v0 metric 50 
  10.5.0.0/16 via 10.0.0.6 dev v0 metric 50 
  10.5.0.0/16 via 10.0.0.2 dev v0 metric 100 
  10.5.0.0/16 via 10.0.0.4 dev v0 metric 50 
  10.5.0.0/16 via 10.0.0.6 dev v0 metric 50 
  10.5.0.0/16 via 10.0.0.2 dev v0 metric 100 
  RTNETLINK answers: No such process
  2
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  blackhole 10.1.0.0/16 
  unreachable 10.2.0.0/16 
  prohibit 10.3.0.0/16 
  throw 10.4.0.0/16 
  10.5.0.0/16 via 10.0.0.4 dev v0 metric 50 
  10.5.0.0/16 via 10.0.0.6 dev v0 metric 50 
  10.6.0.0/16 via 10.0.0.5 dev v0 
  10.9.0.0/16 via 10.0.0.2 dev v0 proto bird 
  10.10.0.0/16 via 10.99.0.1 dev v0 onlink 
  10.11.0.0/16 via 10.0.0.2 dev v0 initcwnd 20 rto_min lock 100ms 
  10.12.0.0/16 dev v0 scope link mtu lock 1300 window 1000 
  "ip route flush" requires arguments.
  1
  Nothing to flush.
  10.9.0.0/16 via 10.0.0.2 dev v0 
  
  *** Round 1, deleting 1 entries ***
  *** Flush is complete after 1 round ***
  0
# route errors
  $ unshare -nm bash -s <<'END'
  > ip link set lo up
  > ip link add v0 type veth peer name v1
  > ip link set v0 up
  > ip link set v1 up
  > ip addr add 10.0.0.1/24 dev v0
  > { ip route add; echo $?; } >/dev/null 2>&1
  > ip route add default; echo $?
  > ip route add default via; echo $?
  > ip route add default via 10.9.9.9; echo $?
  > ip route add default via foo; echo $?
  > ip route add default dev nosuch; echo $?
  > ip route add 10.0.0.0/24 dev v0; echo $?
  > ip route add 10.0.0.5/24 dev v0; echo $?
  > ip route add foo dev v0; echo $?
  > ip route add 10.5.0.0/99 dev v0; echo $?
  > ip route add 10.5.0.0/16 foo; echo $?
  > ip route add 10.5.0.0/16 dev v0 metric abc; echo $?
  > ip route add 10.5.0.0/16 dev v0 table abc; echo $?
  > ip route add 10.5.0.0/16 dev v0 proto abc; echo $?
  > ip route add 10.5.0.0/16 dev v0 scope abc; echo $?
  > ip route add 10.5.0.0/16 dev v0 src 1.2.3.4; echo $?
  > ip route del 10.77.0.0/16; echo $?
  > ip route del default; echo $?
  > ip route change 10.77.0.0/16 dev v0; echo $?
  > ip route get; echo $?
  > { ip route get foo; echo $?; } >/dev/null 2>&1
  > ip route get 8.8.8.8; echo $?
  > ip route get 8.8.8.8 foo; echo $?
  > ip route foo; echo $?
  > ip route show foo; echo $?
  > ip route show dev nosuch; echo $?
  > ip route show proto foo; echo $?
  > ip route show scope foo; echo $?
  > { ip route add nexthop via 10.0.0.2; echo $?; } >/dev/null 2>&1
  > ip route add 10.5.0.0/16 nexthop via 10.9.0.2; echo $?
  > ip route add multicast 224.0.0.0/4 dev v0
  > ip route show table all type multicast | grep -v :
  > ip route add local 10.44.0.0/16 dev lo
  > ip route show table local type local | grep 44
  > ip route add 10.5.0.0/16 via inet6 fe80::1 dev v0
  > ip route show 10.5.0.0/16
  > { ip route add 10.0.0.0/24 via 10.0.0.1; echo $?; } >/dev/null 2>&1
  > ip link set v0 down
  > ip route
  > ip route add 10.5.0.0/16 dev v0; echo $?
  > ip route add default via 10.0.0.2; echo $?
  > :
  > END
  RTNETLINK answers: No such device
  2
  Command line is not complete. Try option "help"
  255
  Error: Nexthop has invalid gateway.
  2
  Error: any valid address is expected rather than "foo".
  1
  Cannot find device "nosuch"
  1
  RTNETLINK answers: File exists
  2
  Error: Invalid prefix for given prefix length.
  2
  Error: any valid prefix is expected rather than "foo".
  1
  Error: any valid prefix is expected rather than "10.5.0.0/99".
  1
  Error: either "to" is duplicate, or "foo" is a garbage.
  255
  Error: argument "abc" is wrong: "metric" value is invalid
  
  255
  Error: argument "abc" is wrong: "table" value is invalid
  
  255
  Error: argument "abc" is wrong: "protocol" value is invalid
  
  255
  Error: argument "abc" is wrong: invalid "scope" value
  
  255
  Error: Invalid prefsrc address.
  2
  RTNETLINK answers: No such process
  2
  RTNETLINK answers: No such process
  2
  RTNETLINK answers: No such file or directory
  2
  need at least a destination address
  1
  RTNETLINK answers: Network is unreachable
  2
  Error: inet prefix is expected rather than "foo".
  1
  Command "foo" is unknown, try "ip route help".
  255
  Error: any valid prefix is expected rather than "foo".
  1
  Cannot find device "nosuch"
  1
  Error: argument "foo" is wrong: invalid "protocol"
  
  255
  Error: argument "foo" is wrong: invalid "scope"
  
  255
  Error: Nexthop has invalid gateway.
  2
  multicast 224.0.0.0/4 dev v0 scope link 
  local 10.44.0.0/16 dev lo scope host 
  10.5.0.0/16 via inet6 fe80::1 dev v0 
  Error: Device for nexthop is not up.
  2
  Error: Nexthop has invalid gateway.
  2
