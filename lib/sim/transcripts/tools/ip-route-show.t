ip route show and get, rules, -batch: filters, details, JSON and mistakes as iproute2 6.1 (145 command lines compared).
host: debian-12

  $ ip route get 127.0.0.1; ip -j route get 127.0.0.1; ip -d route get 8.8.8.8; ip -j -p route get 8.8.8.8; ip route get fibmatch 8.8.8.8; ip route get
  local 127.0.0.1 dev lo src 127.0.0.1 uid 0 
      cache <local> 
  [{"type":"local","dst":"127.0.0.1","dev":"lo","prefsrc":"127.0.0.1","flags":[],"uid":0,"cache":["local"]}]
  unicast 8.8.8.8 via 10.0.2.2 dev enp1s0 table main src 10.0.2.15 uid 0 
      cache 
  [ {
          "dst": "8.8.8.8",
          "gateway": "10.0.2.2",
          "dev": "enp1s0",
          "prefsrc": "10.0.2.15",
          "flags": [ ],
          "uid": 0,
          "cache": [ ]
      } ]
  default via 10.0.2.2 dev enp1s0 
  need at least a destination address
  [1]
  $ ip -d route; ip -j -d route; ip -4 route show table all; ip route show dev enp1s0 proto kernel; ip route show root 10.0.0.0/8; ip route show match 10.0.2.7; ip route show exact 0/0; ip -j route show via 1.2.3.4
  unicast default via 10.0.2.2 dev enp1s0 proto boot scope global 
  unicast 10.0.2.0/24 dev enp1s0 proto kernel scope link src 10.0.2.15 
  [{"type":"unicast","dst":"default","gateway":"10.0.2.2","dev":"enp1s0","protocol":"boot","scope":"global","flags":[]},{"type":"unicast","dst":"10.0.2.0/24","dev":"enp1s0","protocol":"kernel","scope":"link","prefsrc":"10.0.2.15","flags":[]}]
  default via 10.0.2.2 dev enp1s0 
  10.0.2.0/24 dev enp1s0 proto kernel scope link src 10.0.2.15 
  local 10.0.2.15 dev enp1s0 table local proto kernel scope host src 10.0.2.15 
  broadcast 10.0.2.255 dev enp1s0 table local proto kernel scope link src 10.0.2.15 
  local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1 
  local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1 
  broadcast 127.255.255.255 dev lo table local proto kernel scope link src 127.0.0.1 
  10.0.2.0/24 scope link src 10.0.2.15 
  10.0.2.0/24 dev enp1s0 proto kernel scope link src 10.0.2.15 
  default via 10.0.2.2 dev enp1s0 
  10.0.2.0/24 dev enp1s0 proto kernel scope link src 10.0.2.15 
  default via 10.0.2.2 dev enp1s0 
  []
  $ for o in "table foo" "table 99" "scope foo" "type foo" "proto foo" "1.2.3.4/99" "dev foo" "root x"; do ip route show $o; echo $?; done
  Error: argument "foo" is wrong: table id value is invalid
  
  255
  Error: ipv4: FIB table does not exist.
  Dump terminated
  2
  Error: argument "foo" is wrong: invalid "scope"
  
  255
  Error: argument "foo" is wrong: node type value is invalid
  
  255
  Error: argument "foo" is wrong: invalid "protocol"
  
  255
  Error: any valid prefix is expected rather than "1.2.3.4/99".
  1
  Cannot find device "foo"
  1
  Error: any valid prefix is expected rather than "x".
  1
  $ ip -j rule; ip -d rule; ip -6 rule; ip addrlabel | tail -2; ip vrf; ip tunnel; ip rule foo; ip tunnel foo
  [{"priority":0,"src":"all","table":"local"},{"priority":32766,"src":"all","table":"main"},{"priority":32767,"src":"all","table":"default"}]
  0:	from all lookup local proto kernel
  32766:	from all lookup main proto kernel
  32767:	from all lookup default proto kernel
  0:	from all lookup local
  32766:	from all lookup main
  prefix fc00::/7 label 5 
  prefix ::/0 label 1 
  Name              Table
  -----------------------
  No VRF has been configured
  Command "foo" is unknown, try "ip rule help".
  Command "foo" is unknown, try "ip tunnel help"
  [255]
  $ ip addr show scope foo; ip addr show to foo; ip addr show up lo foo; ip -f foo a; ip -c=foo a; ip r g 127.0.0.1
  Error: argument "foo" is wrong: invalid "scope"
  
  Error: any valid prefix is expected rather than "foo".
  Error: either "dev" is duplicate, or "foo" is a garbage.
  Error: argument "foo" is wrong: invalid protocol family
  
  Option "-c=foo" is unknown, try "ip -help".
  local 127.0.0.1 dev lo src 127.0.0.1 uid 0 
      cache <local> 
  $ printf '# two\n\nroute show default\nlink show foo\nrule\n' > /tmp/b; ip -b /tmp/b; echo $?; ip -force -b /tmp/b; ip -b /nosuch
  default via 10.0.2.2 dev enp1s0 
  Device "foo" does not exist.
  Command failed /tmp/b:4
  1
  default via 10.0.2.2 dev enp1s0 
  Device "foo" does not exist.
  Command failed /tmp/b:4
  0:	from all lookup local
  32766:	from all lookup main
  32767:	from all lookup default
  Cannot open file "/nosuch" for reading: No such file or directory
  [1]
