ip, bridge: links, addresses, routes, neighbours, namespaces, mistakes and grammar, as iproute2 6.1 answers.
host: debian-12

# link basics
  $ cat > s <<'END'
  > ip link
  > ip link show lo
  > ip link show dev lo
  > ip l
  > ip -br link
  > ip -o link
  > ip -j link
  > ip -j -p link
  > ip -p link
  > ip -s link show lo
  > ip -s -s link show lo
  > ip -d link show lo
  > ip -0 a
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
  lo               DOWN           00:00:00:00:00:00 <LOOPBACK> 
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
  [{"ifindex":1,"ifname":"lo","flags":["LOOPBACK"],"mtu":65536,"qdisc":"noop","operstate":"DOWN","linkmode":"DEFAULT","group":"default","txqlen":1000,"link_type":"loopback","address":"00:00:00:00:00:00","broadcast":"00:00:00:00:00:00"}]
  [ {
          "ifindex": 1,
          "ifname": "lo",
          "flags": [ "LOOPBACK" ],
          "mtu": 65536,
          "qdisc": "noop",
          "operstate": "DOWN",
          "linkmode": "DEFAULT",
          "group": "default",
          "txqlen": 1000,
          "link_type": "loopback",
          "address": "00:00:00:00:00:00",
          "broadcast": "00:00:00:00:00:00"
      } ]
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
      RX:  bytes packets errors dropped  missed   mcast           
               0       0      0       0       0       0 
      TX:  bytes packets errors dropped carrier collsns           
               0       0      0       0       0       0 
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
      RX:  bytes packets errors dropped  missed   mcast           
               0       0      0       0       0       0 
      RX errors:  length    crc   frame    fifo overrun
                       0      0       0       0       0 
      TX:  bytes packets errors dropped carrier collsns           
               0       0      0       0       0       0 
      TX errors: aborted   fifo  window heartbt transns
                       0      0       0       0       0 
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0  allmulti 0 minmtu 0 maxmtu 0 addrgenmode eui64 numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535 tso_max_size 524280 tso_max_segs 65535 gro_max_size 65536 
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
# addr lo up
  $ cat > s <<'END'
  > ip link set lo up
  > ip a
  > ip -4 a
  > ip -6 a
  > ip -br a
  > ip -o a
  > ip -j a
  > ip -j -p a
  > ip -4 -o a
  > ip -4 -br a
  > ip -s a show lo
  > ip -h -s a show lo
  > ip -d a show lo
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
      inet 127.0.0.1/8 scope host lo
         valid_lft forever preferred_lft forever
      inet6 ::1/128 scope host 
         valid_lft forever preferred_lft forever
  1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
      inet 127.0.0.1/8 scope host lo
         valid_lft forever preferred_lft forever
  1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN qlen 1000
      inet6 ::1/128 scope host 
         valid_lft forever preferred_lft forever
  lo               UNKNOWN        127.0.0.1/8 ::1/128 
  1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever
  1: lo    inet6 ::1/128 scope host \       valid_lft forever preferred_lft forever
  [{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,"qdisc":"noqueue","operstate":"UNKNOWN","group":"default","txqlen":1000,"link_type":"loopback","address":"00:00:00:00:00:00","broadcast":"00:00:00:00:00:00","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host","label":"lo","valid_life_time":4294967295,"preferred_life_time":4294967295},{"family":"inet6","local":"::1","prefixlen":128,"scope":"host","valid_life_time":4294967295,"preferred_life_time":4294967295}]}]
  [ {
          "ifindex": 1,
          "ifname": "lo",
          "flags": [ "LOOPBACK","UP","LOWER_UP" ],
          "mtu": 65536,
          "qdisc": "noqueue",
          "operstate": "UNKNOWN",
          "group": "default",
          "txqlen": 1000,
          "link_type": "loopback",
          "address": "00:00:00:00:00:00",
          "broadcast": "00:00:00:00:00:00",
          "addr_info": [ {
                  "family": "inet",
                  "local": "127.0.0.1",
                  "prefixlen": 8,
                  "scope": "host",
                  "label": "lo",
                  "valid_life_time": 4294967295,
                  "preferred_life_time": 4294967295
              },{
                  "family": "inet6",
                  "local": "::1",
                  "prefixlen": 128,
                  "scope": "host",
                  "valid_life_time": 4294967295,
                  "preferred_life_time": 4294967295
              } ]
      } ]
  1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever
  lo               UNKNOWN        127.0.0.1/8 
  1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
      inet 127.0.0.1/8 scope host lo
         valid_lft forever preferred_lft forever
      inet6 ::1/128 scope host 
         valid_lft forever preferred_lft forever
      RX:  bytes packets errors dropped  missed   mcast           
               0       0      0       0       0       0 
      TX:  bytes packets errors dropped carrier collsns           
               0       0      0       0       0       0 
  1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
      inet 127.0.0.1/8 scope host lo
         valid_lft forever preferred_lft forever
      inet6 ::1/128 scope host 
         valid_lft forever preferred_lft forever
      RX:  bytes packets errors dropped  missed   mcast           
               0       0      0       0       0       0 
      TX:  bytes packets errors dropped carrier collsns           
               0       0      0       0       0       0 
  1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0  allmulti 0 minmtu 0 maxmtu 0 numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535 tso_max_size 524280 tso_max_segs 65535 gro_max_size 65536 
      inet 127.0.0.1/8 scope host lo
         valid_lft forever preferred_lft forever
      inet6 ::1/128 scope host 
         valid_lft forever preferred_lft forever
# link errors
  $ cat > s <<'END'
  > ip link show nosuch; echo $?
  > ip link set nosuch up; echo $?
  > ip link del nosuch; echo $?
  > ip link add; echo $?
  > ip link add foo; echo $?
  > ip link add foo type; echo $?
  > ip link add foo type nosuch; echo $?
  > ip link add aaaaaaaaaaaaaaaaaaaa type bridge; echo $?
  > ip link del lo; echo $?
  > ip link set lo; echo $?
  > ip link set; echo $?
  > ip link set lo mtu; echo $?
  > ip link set lo mtu abc; echo $?
  > ip link set lo foo; echo $?
  > ip link set dev lo dev lo up; echo $?
  > ip link foo; echo $?
  > ip link set lo name lo0; echo $?
  > ip link set lo address zz; echo $?
  > ip link set lo txqueuelen abc; echo $?
  > ip link set lo arp; echo $?
  > ip link set lo arp maybe; echo $?
  > ip link set lo promisc maybe; echo $?
  > ip link add link nosuch name x type vlan id 5; echo $?
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  Device "nosuch" does not exist.
  1
  Cannot find device "nosuch"
  1
  Cannot find device "nosuch"
  1
  Not enough information: "type" argument is required
  1
  Not enough information: "type" argument is required
  1
  Command line is not complete. Try option "help"
  255
  Error: Unknown device type.
  2
  Error: Attribute failed policy validation.
  2
  RTNETLINK answers: Operation not supported
  2
  0
  Not enough information: "dev" argument is required.
  255
  Command line is not complete. Try option "help"
  255
  Error: argument "abc" is wrong: Invalid "mtu" value
  
  255
  Error: either "dev" is duplicate, or "foo" is a garbage.
  255
  Error: either "dev" is duplicate, or "lo" is a garbage.
  255
  Command "foo" is unknown, try "ip link help".
  255
  0
  "zz" is invalid lladdr.
  1
  Error: argument "abc" is wrong: Invalid "txqueuelen" value
  
  255
  Command line is not complete. Try option "help"
  255
  Error: argument of "arp" must be "on" or "off", not "maybe"
  1
  Error: argument of "promisc" must be "on" or "off", not "maybe"
  1
  Cannot find device "nosuch"
  1
# addr errors
  $ cat > s <<'END'
  > ip addr add; echo $?
  > ip addr add 10.0.0.1/24; echo $?
  > ip addr add 10.0.0.1/24 dev nosuch; echo $?
  > ip addr add 10.0.0.300/24 dev lo; echo $?
  > ip addr add 10.0.0.1/33 dev lo; echo $?
  > ip addr add foo dev lo; echo $?
  > { ip addr del 10.0.0.1/24 dev lo; echo $?; } >/dev/null 2>&1
  > ip addr add 10.0.0.1/24 dev lo; echo $?
  > { ip addr add 10.0.0.1/24 dev lo; echo $?; } >/dev/null 2>&1
  > ip addr del 10.0.0.1 dev lo; echo $?
  > ip addr add dev lo; echo $?
  > ip addr foo; echo $?
  > ip addr show nosuch; echo $?
  > ip addr show dev; echo $?
  > ip addr flush; echo $?
  > ip addr flush dev nosuch; echo $?
  > ip addr add 10.0.0.1/24 dev lo label toto; echo $?
  > ip addr add 10.0.0.1/24 brd; echo $?
  > ip addr add 10.0.0.1/24 brd foo dev lo; echo $?
  > ip addr add 10.0.0.1/24 dev lo scope foo; echo $?
  > ip addr add 10.0.0.1/24 dev lo valid_lft 0; echo $?
  > ip addr add 10.0.0.1/24 foo bar; echo $?
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  Not enough information: "dev" argument is required.
  1
  Not enough information: "dev" argument is required.
  1
  Cannot find device "nosuch"
  1
  Error: any valid prefix is expected rather than "10.0.0.300/24".
  1
  Error: any valid prefix is expected rather than "10.0.0.1/33".
  1
  Error: any valid prefix is expected rather than "foo".
  1
  0
  Warning: Executing wildcard deletion to stay compatible with old scripts.
           Explicitly specify the prefix length (10.0.0.1/32) to avoid this warning.
           This special behaviour is likely to disappear in further releases,
           fix your scripts!
  0
  RTNETLINK answers: Operation not supported
  2
  Command "foo" is unknown, try "ip address help".
  255
  Device "nosuch" does not exist.
  1
  Command line is not complete. Try option "help"
  255
  Flush requires arguments.
  1
  Device "nosuch" does not exist.
  1
  0
  Command line is not complete. Try option "help"
  255
  Error: inet address is expected rather than "foo".
  1
  Error: argument "foo" is wrong: invalid scope value.
  255
  valid_lft is zero
  1
  Error: either "local" is duplicate, or "foo" is a garbage.
  255
# addr kinds
  $ cat > s <<'END'
  > ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
  > ip link set v0 up; ip link set v1 up
  > ip addr add 10.0.0.1/24 dev v0
  > ip addr add 10.0.0.2/24 brd + dev v0
  > ip addr add 10.0.0.3/32 dev v0 scope link
  > { ip addr add 10.1.0.1 peer 10.1.0.2 dev v0; } >/dev/null 2>&1
  > { ip addr add 10.2.0.1 peer 10.2.0.2/24 dev v0; } >/dev/null 2>&1
  > ip addr add 10.0.1.1/24 dev v0 label v0:0
  > ip addr add 10.0.2.1/24 dev v0 noprefixroute
  > ip addr add 10.0.3.1/24 dev v0 metric 50
  > ip addr add 2001:db8::1/64 dev v0 nodad
  > ip addr add 2001:db8:1::1/64 dev v0 nodad preferred_lft 0
  > ip a show v0 label v0:0
  > ip a show v0 secondary
  > { ip a show up; } >/dev/null 2>&1
  > ip -6 r | grep -v fe80
  > ip addr del 10.0.0.1/24 dev v0
  > ip addr flush dev v0
  > ip a show v0
  > ip r
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
      inet 10.0.1.1/24 scope global v0:0
         valid_lft forever preferred_lft forever
  3: v0@v1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
      inet 10.0.0.2/24 brd 10.0.0.255 scope global secondary v0
         valid_lft forever preferred_lft forever
  2001:db8::/64 dev v0 proto kernel metric 256 pref medium
  2001:db8:1::/64 dev v0 proto kernel metric 256 pref medium
  3: v0@v1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
# link set attributes
  $ cat > s <<'END'
  > ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
  > ip link set v0 mtu 1400; ip link show v0
  > ip link set v0 txqueuelen 500; ip link show v0
  > ip link set v0 alias "my link"; ip link show v0
  > ip link set v0 arp off; ip link show v0
  > ip link set v0 multicast off; ip link show v0
  > ip link set v0 allmulticast on; ip link show v0
  > ip link set v0 promisc on; ip link show v0
  > ip link set v0 group 5; ip link show v0
  > ip link set v0 address 02:00:00:00:00:11; ip link show v0
  > ip link set v0 name vx; ip link show vx
  > { ip link set vx up; ip link set vx name vy; echo $?; ip -br link; } >/dev/null 2>&1
  > { ip link set vy mode dormant; ip link show vy; } >/dev/null 2>&1
  > { ip link set vx mtu 70000; ip link set vy mtu 70000; echo $?; } >/dev/null 2>&1
  > { ip link set vy mtu 20; echo $?; } >/dev/null 2>&1
  > { ip link set vy alias ""; ip link property add dev vy altname longname; ip link show vy; } >/dev/null 2>&1
  > { ip link show up; } >/dev/null 2>&1
  > ip link show type bridge
  > { ip link set group 5 down; ip -br link; } >/dev/null 2>&1
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  3: v0@v1: <BROADCAST,MULTICAST,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
  3: v0@v1: <BROADCAST,MULTICAST,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group default qlen 500
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
  3: v0@v1: <BROADCAST,MULTICAST,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group default qlen 500
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
      alias my link
  3: v0@v1: <BROADCAST,MULTICAST,NOARP,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group default qlen 500
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
      alias my link
  3: v0@v1: <BROADCAST,NOARP,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group default qlen 500
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
      alias my link
  3: v0@v1: <BROADCAST,NOARP,ALLMULTI,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group default qlen 500
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
      alias my link
  3: v0@v1: <BROADCAST,NOARP,ALLMULTI,PROMISC,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group default qlen 500
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
      alias my link
  3: v0@v1: <BROADCAST,NOARP,ALLMULTI,PROMISC,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group 5 qlen 500
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
      alias my link
  3: v0@v1: <BROADCAST,NOARP,ALLMULTI,PROMISC,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group 5 qlen 500
      link/ether 02:00:00:00:00:11 brd ff:ff:ff:ff:ff:ff
      alias my link
  3: vx@v1: <BROADCAST,NOARP,ALLMULTI,PROMISC,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group 5 qlen 500
      link/ether 02:00:00:00:00:11 brd ff:ff:ff:ff:ff:ff
      alias my link
# bridge
  $ cat > s <<'END'
  > ip link add br0 address 02:00:00:00:00:10 type bridge
  > ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
  > ip link set v0 master br0
  > ip link set br0 up; ip link set v0 up; ip link set v1 up
  > ip -j link show v0
  > bridge link
  > ip link set v0 nomaster
  > ip link show v0
  > bridge link
  > { ip link set br0 type bridge stp_state 1; ip -d link show br0 | tail -1 | cut -c1-100; } >/dev/null 2>&1
  > { ip link set br0 type bridge vlan_filtering 1; echo $?; } >/dev/null 2>&1
  > ip link set lo master br0; echo $?
  > ip link set br0 master br0; echo $?
  > ip link set v1 master v0; echo $?
  > ip link set v0 master nosuch; echo $?
  > ip link del br0; ip -br link
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  [{"ifindex":4,"link":"v1","ifname":"v0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,"qdisc":"noqueue","master":"br0","operstate":"UP","linkmode":"DEFAULT","group":"default","txqlen":1000,"link_type":"ether","address":"02:00:00:00:00:01","broadcast":"ff:ff:ff:ff:ff:ff"}]
  4: v0@v1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state forwarding priority 32 cost 2 
  4: v0@v1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
  RTNETLINK answers: Invalid argument
  2
  Error: Can not enslave a bridge to a bridge.
  2
  RTNETLINK answers: Operation not supported
  2
  Error: argument "nosuch" is wrong: Device does not exist
  
  255
  lo               DOWN           00:00:00:00:00:00 <LOOPBACK> 
  v1@v0            UP             02:00:00:00:00:02 <BROADCAST,MULTICAST,UP,LOWER_UP> 
  v0@v1            UP             02:00:00:00:00:01 <BROADCAST,MULTICAST,UP,LOWER_UP> 
# bridge errors
  $ cat > s <<'END'
  > bridge; echo $?
  > bridge foo; echo $?
  > bridge link foo; echo $?
  > bridge fdb foo; echo $?
  > bridge vlan foo; echo $?
  > bridge link show dev nosuch; echo $?
  > { bridge link set dev lo cost 10; echo $?; } >/dev/null 2>&1
  > bridge -V
  > bridge link help; echo $?
  > bridge fdb help; echo $?
  > bridge vlan help; echo $?
  > bridge mdb help; echo $?
  > bridge help; echo $?
  > bridge mdb; echo $?
  > { bridge monitor foo; echo $?; } >/dev/null 2>&1
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }
         bridge [ -force ] -batch filename
  where  OBJECT := { link | fdb | mdb | vlan | monitor }
         OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] |
                      -o[neline] | -t[imestamp] | -n[etns] name |
                      -c[ompressvlans] -color -p[retty] -j[son] }
  255
  Object "foo" is unknown, try "bridge help".
  255
  Command "foo" is unknown, try "bridge link help".
  255
  Command "foo" is unknown, try "bridge fdb help".
  255
  Command "foo" is unknown, try "bridge vlan help".
  255
  Cannot find device "nosuch"
  255
  bridge utility, 6.1.0
  Usage: bridge link set dev DEV [ cost COST ] [ priority PRIO ] [ state STATE ]
                                 [ guard {on | off} ]
                                 [ hairpin {on | off} ]
                                 [ fastleave {on | off} ]
                                 [ root_block {on | off} ]
                                 [ learning {on | off} ]
                                 [ learning_sync {on | off} ]
                                 [ flood {on | off} ]
                                 [ mcast_router MULTICAST_ROUTER ]
                                 [ mcast_flood {on | off} ]
                                 [ bcast_flood {on | off} ]
                                 [ mcast_to_unicast {on | off} ]
                                 [ neigh_suppress {on | off} ]
                                 [ vlan_tunnel {on | off} ]
                                 [ isolated {on | off} ]
                                 [ locked {on | off} ]
                                 [ hwmode {vepa | veb} ]
                                 [ backup_port DEVICE ] [ nobackup_port ]
                                 [ self ] [ master ]
         bridge link show [dev DEV]
  255
  Usage: bridge fdb { add | append | del | replace } ADDR dev DEV
                [ self ] [ master ] [ use ] [ router ] [ extern_learn ]
                [ sticky ] [ local | static | dynamic ] [ vlan VID ]
                { [ dst IPADDR ] [ port PORT] [ vni VNI ] | [ nhid NHID ] }
  	       [ via DEV ] [ src_vni VNI ]
         bridge fdb [ show [ br BRDEV ] [ brport DEV ] [ vlan VID ]
                [ state STATE ] [ dynamic ] ]
         bridge fdb get [ to ] LLADDR [ br BRDEV ] { brport | dev } DEV
                [ vlan VID ] [ vni VNI ] [ self ] [ master ] [ dynamic ]
         bridge fdb flush dev DEV [ brport DEV ] [ vlan VID ]
                [ self ] [ master ] [ [no]permanent | [no]static | [no]dynamic ]
                [ [no]added_by_user ] [ [no]extern_learn ] [ [no]sticky ]
                [ [no]offloaded ]
  255
  Usage: bridge vlan { add | del } vid VLAN_ID dev DEV [ tunnel_info id TUNNEL_ID ]
                                                       [ pvid ] [ untagged ]
                                                       [ self ] [ master ]
         bridge vlan { set } vid VLAN_ID dev DEV [ state STP_STATE ]
                                                 [ mcast_router MULTICAST_ROUTER ]
         bridge vlan { show } [ dev DEV ] [ vid VLAN_ID ]
         bridge vlan { tunnelshow } [ dev DEV ] [ vid VLAN_ID ]
         bridge vlan global { set } vid VLAN_ID dev DEV
                        [ mcast_snooping MULTICAST_SNOOPING ]
                        [ mcast_querier MULTICAST_QUERIER ]
                        [ mcast_igmp_version IGMP_VERSION ]
                        [ mcast_mld_version MLD_VERSION ]
                        [ mcast_last_member_count LAST_MEMBER_COUNT ]
                        [ mcast_last_member_interval LAST_MEMBER_INTERVAL ]
                        [ mcast_startup_query_count STARTUP_QUERY_COUNT ]
                        [ mcast_startup_query_interval STARTUP_QUERY_INTERVAL ]
                        [ mcast_membership_interval MEMBERSHIP_INTERVAL ]
                        [ mcast_querier_interval QUERIER_INTERVAL ]
                        [ mcast_query_interval QUERY_INTERVAL ]
                        [ mcast_query_response_interval QUERY_RESPONSE_INTERVAL ]
         bridge vlan global { show } [ dev DEV ] [ vid VLAN_ID ]
  255
  Usage: bridge mdb { add | del } dev DEV port PORT grp GROUP [src SOURCE] [permanent | temp] [vid VID]
         bridge mdb {show} [ dev DEV ] [ vid VID ]
  255
  Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }
         bridge [ -force ] -batch filename
  where  OBJECT := { link | fdb | mdb | vlan | monitor }
         OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] |
                      -o[neline] | -t[imestamp] | -n[etns] name |
                      -c[ompressvlans] -color -p[retty] -j[son] }
  255
  0
# route basic
  $ cat > s <<'END'
  > ip link set lo up
  > ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
  > ip addr add 10.0.0.1/24 dev v0; ip link set v0 up; ip link set v1 up
  > ip r
  > ip route add default via 10.0.0.254
  > ip route add 192.168.0.0/24 via 10.0.0.2
  > ip route add 192.168.1.0/24 dev v0
  > ip route add 192.168.2.0/24 via 10.0.0.2 metric 100
  > ip route add 192.168.2.0/24 via 10.0.0.3 metric 200
  > ip route add 192.168.3.0/24 via 10.0.0.2 dev v0 src 10.0.0.1 proto static
  > ip route add 192.168.4.7 via 10.0.0.2
  > ip route add blackhole 192.168.5.0/24
  > ip route add unreachable 192.168.6.0/24
  > ip route add prohibit 192.168.7.0/24
  > ip route add throw 192.168.8.0/24
  > ip route add 192.168.9.0/24 via 10.0.0.2 mtu 1400 advmss 1300
  > { ip route add 192.168.10.0/24 nexthop via 10.0.0.2 weight 1 nexthop via 10.0.0.3 weight 2; } >/dev/null 2>&1
  > { ip route add 192.168.11.0/24 via 10.0.0.2 table 100; } >/dev/null 2>&1
  > ip route add 192.168.12.0/24 dev v0 scope link proto 42
  > ip route add 192.168.13.0/24 via 172.16.0.1 dev v0 onlink
  > ip route add 192.168.14.0/24 tos 0x10 via 10.0.0.2
  > ip r get 192.168.0.5
  > ip r get 192.168.5.5; echo $?
  > ip r get 192.168.6.5; echo $?
  > ip r get 192.168.7.5; echo $?
  > ip r get 192.168.8.5; echo $?
  > ip r get 127.0.0.1
  > ip r get 10.0.0.1
  > ip r get 10.0.0.255
  > ip r get 8.8.8.8
  > ip -j r get 8.8.8.8
  > ip r get fibmatch 8.8.8.8
  > ip r get 8.8.8.8 dev v0
  > ip r del 192.168.0.0/24; echo $?
  > ip r del 192.168.0.0/24; echo $?
  > ip r del default; ip r show default
  > ip r replace default via 10.0.0.253; ip r show default
  > ip r change default via 10.0.0.252; ip r show default
  > ip r change 1.2.3.0/24 via 10.0.0.252; echo $?
  > { ip r append default via 10.0.0.251; ip r show default; } >/dev/null 2>&1
  > ip r flush 192.168.2.0/24; echo $?
  > ip r flush root 192.168.0.0/16; echo $?
  > { ip r flush table 100; ip r show table 100; } >/dev/null 2>&1
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
  192.168.0.5 via 10.0.0.2 dev v0 src 10.0.0.1 uid 0 
      cache 
  RTNETLINK answers: Invalid argument
  2
  RTNETLINK answers: No route to host
  2
  RTNETLINK answers: Permission denied
  2
  RTNETLINK answers: Network is unreachable
  2
  local 127.0.0.1 dev lo src 127.0.0.1 uid 0 
      cache <local> 
  local 10.0.0.1 dev lo src 10.0.0.1 uid 0 
      cache <local> 
  broadcast 10.0.0.255 dev v0 src 10.0.0.1 uid 0 
      cache <local,brd> 
  8.8.8.8 via 10.0.0.254 dev v0 src 10.0.0.1 uid 0 
      cache 
  [{"dst":"8.8.8.8","gateway":"10.0.0.254","dev":"v0","prefsrc":"10.0.0.1","flags":[],"uid":0,"cache":[]}]
  default via 10.0.0.254 dev v0 
  8.8.8.8 via 10.0.0.254 dev v0 src 10.0.0.1 uid 0 
      cache 
  0
  RTNETLINK answers: No such process
  2
  default via 10.0.0.253 dev v0 
  default via 10.0.0.252 dev v0 
  RTNETLINK answers: No such file or directory
  2
  0
  0
# route errors
  $ cat > s <<'END'
  > ip link set lo up
  > ip link add v0 type veth peer name v1
  > ip addr add 10.0.0.1/24 dev v0
  > ip r add default via 10.0.0.254; echo $?
  > ip r add default via 10.0.0.254 dev v0; echo $?
  > ip link set v0 up; ip link set v1 up
  > ip r add default via 192.168.5.5; echo $?
  > ip r add default via; echo $?
  > ip r add default; echo $?
  > { ip r add; echo $?; } >/dev/null 2>&1
  > ip r add 10.5.0.1/24 dev v0; echo $?
  > ip r add 10.5.0.0/24 dev nosuch; echo $?
  > ip r add foo dev v0; echo $?
  > ip r add 10.5.0.0/24 via foo; echo $?
  > ip r add 10.5.0.0/24 via 10.0.0.5/24; echo $?
  > ip r add 10.5.0.0/24 dev v0 metric foo; echo $?
  > ip r add 10.5.0.0/24 dev v0 src 9.9.9.9; echo $?
  > ip r add 10.5.0.0/24 dev v0; ip r add 10.5.0.0/24 dev v0; echo $?
  > ip r del 10.9.0.0/24; echo $?
  > { ip r del; echo $?; } >/dev/null 2>&1
  > ip r get; echo $?
  > ip r get foo; echo $?
  > ip r get 99.9.9.9; echo $?
  > ip r foo; echo $?
  > ip r show table foo; echo $?
  > ip r show table 77; echo $?
  > ip r add 10.6.0.0/24 dev v0 table foo; echo $?
  > ip r add 10.6.0.0/24 dev v0 proto foo; echo $?
  > ip r add 10.6.0.0/24 dev v0 scope foo; echo $?
  > ip r add 10.6.0.0/24 dev v0 tos foo; echo $?
  > ip r add 10.6.0.0/24 dev v0 bar; echo $?
  > ip r flush; echo $?
  > { ip r add 10.6.0.0/24 via 10.0.0.1; echo $?; } >/dev/null 2>&1
  > ip r add 10.6.0.0/33 via 10.0.0.1; echo $?
  > ip r show foo; echo $?
  > ip r show dev nosuch; echo $?
  > { ip -6 r add default via fe80::1; echo $?; } >/dev/null 2>&1
  > { ip -6 r add default via 2001:db8::1; echo $?; } >/dev/null 2>&1
  > ip r add default dev v0 via 10.0.0.9 via 10.0.0.8; echo $?
  > ip r add 224.0.0.0/4 dev lo; echo $?
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  Error: Nexthop has invalid gateway.
  2
  Error: Nexthop has invalid gateway.
  2
  Error: Nexthop has invalid gateway.
  2
  Command line is not complete. Try option "help"
  255
  RTNETLINK answers: No such device
  2
  Error: Invalid prefix for given prefix length.
  2
  Cannot find device "nosuch"
  1
  Error: any valid prefix is expected rather than "foo".
  1
  Error: inet address is expected rather than "foo".
  1
  Error: inet address is expected rather than "10.0.0.5/24".
  1
  Error: argument "foo" is wrong: "metric" value is invalid
  
  255
  Error: Invalid prefsrc address.
  2
  RTNETLINK answers: File exists
  2
  RTNETLINK answers: No such process
  2
  need at least a destination address
  1
  Error: any valid prefix is expected rather than "foo".
  1
  RTNETLINK answers: Network is unreachable
  2
  Command "foo" is unknown, try "ip route help".
  255
  Error: argument "foo" is wrong: table id value is invalid
  
  255
  Error: ipv4: FIB table does not exist.
  Dump terminated
  2
  Error: argument "foo" is wrong: "table" value is invalid
  
  255
  Error: argument "foo" is wrong: "protocol" value is invalid
  
  255
  Error: argument "foo" is wrong: invalid "scope" value
  
  255
  Error: argument "foo" is wrong: "tos" value is invalid
  
  255
  Error: either "to" is duplicate, or "bar" is a garbage.
  255
  "ip route flush" requires arguments.
  1
  Error: any valid prefix is expected rather than "10.6.0.0/33".
  1
  Error: any valid prefix is expected rather than "foo".
  1
  Cannot find device "nosuch"
  1
  Error: argument "via" is wrong: use nexthop syntax to specify multiple via
  
  255
  0
# rules
  $ cat > s <<'END'
  > ip rule
  > { ip rule add from 10.0.0.0/24 table 100; } >/dev/null 2>&1
  > { ip rule add from 10.0.1.0/24 lookup 101 prio 500; } >/dev/null 2>&1
  > { ip rule add to 10.0.2.0/24 table main; } >/dev/null 2>&1
  > { ip rule add iif lo table 102; } >/dev/null 2>&1
  > { ip rule add fwmark 1 table 103; } >/dev/null 2>&1
  > { ip rule add fwmark 0x1/0xff table 104 priority 7; } >/dev/null 2>&1
  > { ip rule add from all blackhole; } >/dev/null 2>&1
  > { ip rule add from 10.3.0.0/24 unreachable; } >/dev/null 2>&1
  > { ip rule add from 10.4.0.0/24 prohibit; } >/dev/null 2>&1
  > { ip rule add not from 10.5.0.0/24 table 105; } >/dev/null 2>&1
  > { ip rule add ipproto tcp dport 80 table 106; } >/dev/null 2>&1
  > { ip rule add tos 0x10 table 107; } >/dev/null 2>&1
  > { ip rule add uidrange 0-1000 table 108; } >/dev/null 2>&1
  > { ip rule add oif lo table 109; } >/dev/null 2>&1
  > ip -6 rule
  > { ip rule del table 100; echo $?; } >/dev/null 2>&1
  > { ip rule del prio 500; echo $?; } >/dev/null 2>&1
  > { ip rule del from 9.9.9.9 table 100; echo $?; } >/dev/null 2>&1
  > { ip rule add from 10.0.1.0/24 lookup 101 prio 500; } >/dev/null 2>&1
  > { ip rule add from 10.0.1.0/24 lookup 101 prio 500; echo $?; } >/dev/null 2>&1
  > { ip rule add foo; echo $?; } >/dev/null 2>&1
  > { ip rule add from foo; echo $?; } >/dev/null 2>&1
  > { ip rule add table foo; echo $?; } >/dev/null 2>&1
  > ip rule foo; echo $?
  > { ip rule del; echo $?; } >/dev/null 2>&1
  > { ip rule add; echo $?; } >/dev/null 2>&1
  > { ip rule flush; ip rule; } >/dev/null 2>&1
  > ip rule help; echo $?
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  0:	from all lookup local
  32766:	from all lookup main
  32767:	from all lookup default
  0:	from all lookup local
  32766:	from all lookup main
  Command "foo" is unknown, try "ip rule help".
  255
  Usage: ip rule { add | del } SELECTOR ACTION
         ip rule { flush | save | restore }
         ip rule [ list [ SELECTOR ]]
  SELECTOR := [ not ] [ from PREFIX ] [ to PREFIX ] [ tos TOS ]
              [ fwmark FWMARK[/MASK] ]
              [ iif STRING ] [ oif STRING ] [ pref NUMBER ] [ l3mdev ]
              [ uidrange NUMBER-NUMBER ]
              [ ipproto PROTOCOL ]
              [ sport [ NUMBER | NUMBER-NUMBER ]
              [ dport [ NUMBER | NUMBER-NUMBER ] ]
  ACTION := [ table TABLE_ID ]
            [ protocol PROTO ]
            [ nat ADDRESS ]
            [ realms [SRCREALM/]DSTREALM ]
            [ goto NUMBER ]
            SUPPRESSOR
  SUPPRESSOR := [ suppress_prefixlength NUMBER ]
                [ suppress_ifgroup DEVGROUP ]
  TABLE_ID := [ local | main | default | NUMBER ]
  255
# neigh
  $ cat > s <<'END'
  > ip link add v0 type veth peer name v1
  > ip addr add 10.0.0.1/24 dev v0; ip link set v0 up; ip link set v1 up
  > ip neigh
  > ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:22 dev v0
  > ip neigh add 10.0.0.3 lladdr 02:00:00:00:00:23 dev v0 nud reachable
  > ip neigh add 10.0.0.4 lladdr 02:00:00:00:00:24 dev v0 nud stale
  > ip -s neigh show 10.0.0.2
  > ip neigh show 10.0.0.2
  > ip neigh show nud permanent
  > ip neigh show to 10.0.0.2
  > ip neigh get 10.0.0.2 dev v0
  > ip neigh get 10.0.0.9 dev v0; echo $?
  > ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:22 dev v0; echo $?
  > ip neigh change 10.0.0.2 lladdr 02:00:00:00:00:33 dev v0; ip neigh show 10.0.0.2
  > ip neigh replace 10.0.0.5 lladdr 02:00:00:00:00:35 dev v0; ip neigh show 10.0.0.5
  > { ip neigh add proxy 10.0.0.77 dev v0; ip neigh show proxy; } >/dev/null 2>&1
  > ip neigh del 10.0.0.2 dev v0; echo $?
  > ip neigh del 10.0.0.2 dev v0; echo $?
  > ip neigh add 10.0.0.6 dev v0; echo $?
  > ip neigh add 10.0.0.6 lladdr zz dev v0; echo $?
  > ip neigh add lladdr 02:00:00:00:00:22 dev v0; echo $?
  > ip neigh add 10.0.0.6 lladdr 02:00:00:00:00:22; echo $?
  > ip neigh add 10.0.0.6 lladdr 02:00:00:00:00:22 dev nosuch; echo $?
  > ip neigh flush dev v0; ip neigh
  > ip neigh flush all; ip neigh
  > ip neigh flush; echo $?
  > ip neigh foo; echo $?
  > ip neigh show dev nosuch; echo $?
  > ip -s neigh flush all
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  10.0.0.2 dev v0 lladdr 02:00:00:00:00:22  used 0/0/0probes 0 PERMANENT 
  10.0.0.2 dev v0 lladdr 02:00:00:00:00:22 PERMANENT 
  10.0.0.2 dev v0 lladdr 02:00:00:00:00:22 PERMANENT 
  10.0.0.2 dev v0 lladdr 02:00:00:00:00:22 PERMANENT 
  10.0.0.2 dev v0 lladdr 02:00:00:00:00:22 PERMANENT 
  Error: Neighbour entry not found.
  2
  RTNETLINK answers: File exists
  2
  10.0.0.2 dev v0 lladdr 02:00:00:00:00:33 PERMANENT 
  10.0.0.5 dev v0 lladdr 02:00:00:00:00:35 PERMANENT 
  0
  RTNETLINK answers: No such file or directory
  2
  Error: No link layer address given.
  2
  "zz" is invalid lladdr.
  1
  Device and destination are required arguments.
  255
  Device and destination are required arguments.
  255
  Cannot find device "nosuch"
  1
  10.0.0.5 dev v0 lladdr 02:00:00:00:00:35 PERMANENT 
  10.0.0.5 dev v0 lladdr 02:00:00:00:00:35 PERMANENT 
  Flush requires arguments.
  1
  Command "foo" is unknown, try "ip neigh help".
  255
  Cannot find device "nosuch"
  1
  Nothing to flush.
# netns
  $ cat > s <<'END'
  > ip netns; echo $?
  > ip netns add a; ip netns add b; ip netns
  > ip netns list
  > ip netns add a; echo $?
  > ip netns exec a ip link
  > ip -n a link
  > ip -n a -br a
  > ip netns exec a ip link set lo up; ip -n a -br a
  > ip link add v0 type veth peer name v1
  > ip link set v1 netns a
  > ip link add x0 type veth peer name x1 netns b
  > ip netns del b; ip netns
  > ip netns del b; echo $?
  > ip netns exec nosuch ls; echo $?
  > ip -n nosuch link; echo $?
  > ip netns exec a nosuchcmd; echo $?
  > ip netns exec a; echo $?
  > ip netns exec; echo $?
  > ip netns add; echo $?
  > ip netns del; echo $?
  > ip netns add a/b; echo $?
  > ip netns add ..; echo $?
  > ip netns identify; echo $?
  > ip netns identify $$; echo $?
  > { ip netns identify 999999; echo $?; } >/dev/null 2>&1
  > ip netns pids a; echo $?
  > ip netns pids nosuch; echo $?
  > ip netns foo; echo $?
  > { ip netns set a 5; ip netns; } >/dev/null 2>&1
  > { ip link set v0 netns nosuch; echo $?; } >/dev/null 2>&1
  > ip -n a link set v1 netns 1; echo $?
  > ip netns help; echo $?
  > ip -all netns del; ip netns
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  0
  b
  a
  b
  a
  Cannot create namespace file "/run/netns/a": File exists
  1
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
  1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000
      link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
  lo               DOWN           
  lo               UNKNOWN        127.0.0.1/8 ::1/128 
  a (id: 0)
  Cannot remove namespace file "/run/netns/b": No such file or directory
  1
  Cannot open network namespace "nosuch": No such file or directory
  255
  Cannot open network namespace "nosuch": No such file or directory
  255
  exec of "nosuchcmd" failed: No such file or directory
  1
  No command specified
  1
  No netns name specified
  1
  No netns name specified
  1
  No netns name specified
  1
  Invalid netns name "a/b"
  255
  Invalid netns name ".."
  255
  
  0
  
  0
  0
  Cannot open network namespace: No such file or directory
  1
  Command "foo" is unknown, try "ip netns help".
  255
  0
  Usage:	ip netns list
  	ip netns add NAME
  	ip netns attach NAME PID
  	ip netns set NAME NETNSID
  	ip [-all] netns delete [NAME]
  	ip netns identify [PID]
  	ip netns pids NAME
  	ip [-all] netns exec [NAME] cmd ...
  	ip netns monitor
  	ip netns list-id [target-nsid POSITIVE-INT] [nsid POSITIVE-INT]
  NETNSID := auto | POSITIVE-INT
  255
# maddr
  $ cat > s <<'END'
  > ip link add v0 type veth peer name v1
  > ip link set v0 up; ip link set v1 up
  > { ip maddr add 33:33:00:00:00:99 dev v0; ip -0 maddr show dev v0; } >/dev/null 2>&1
  > { ip maddr foo; echo $?; } >/dev/null 2>&1
  > ip maddr help; echo $?
  > { ip maddr add; echo $?; } >/dev/null 2>&1
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  Usage: ip maddr [ add | del ] MULTIADDR dev STRING
         ip maddr show [ dev STRING ]
  255
# tuntap
  $ cat > s <<'END'
  > ip tuntap; echo $?
  > ip tuntap add; echo $?
  > ip tuntap foo; echo $?
  > ip tuntap help; echo $?
  > ip tuntap add dev t0 mode foo; echo $?
  > ip tuntap add dev t0; echo $?
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  0
  You failed to specify a tunnel mode
  1
  Command "foo" is unknown, try "ip tuntap help".
  255
  Usage: ip tuntap { add | del | show | list | lst | help } [ dev PHYS_DEV ]
         [ mode { tun | tap } ] [ user USER ] [ group GROUP ]
         [ one_queue ] [ pi ] [ vnet_hdr ] [ multi_queue ] [ name NAME ]
  
  Where: USER  := { STRING | NUMBER }
         GROUP := { STRING | NUMBER }
  255
  Unknown tunnel mode "foo"
  255
  You failed to specify a tunnel mode
  1
# tunnel
  $ cat > s <<'END'
  > ip tunnel; echo $?
  > ip tunnel foo; echo $?
  > ip tunnel help; echo $?
  > { ip tunnel add; echo $?; } >/dev/null 2>&1
  > { ip tunnel add t mode foo; echo $?; } >/dev/null 2>&1
  > { ip tunnel del nosuch; echo $?; } >/dev/null 2>&1
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  0
  Command "foo" is unknown, try "ip tunnel help"
  255
  Usage: ip tunnel { add | change | del | show | prl | 6rd } [ NAME ]
          [ mode { gre | ipip | isatap | sit | vti } ]
          [ remote ADDR ] [ local ADDR ]
          [ [i|o]seq ] [ [i|o]key KEY ] [ [i|o]csum ]
          [ prl-default ADDR ] [ prl-nodefault ADDR ] [ prl-delete ADDR ]
          [ 6rd-prefix ADDR ] [ 6rd-relay_prefix ADDR ] [ 6rd-reset ]
          [ ttl TTL ] [ tos TOS ] [ [no]pmtudisc ] [ dev PHYS_DEV ]
  
  Where: NAME := STRING
         ADDR := { IP_ADDRESS | any }
         TOS  := { STRING | 00..ff | inherit | inherit/STRING | inherit/00..ff }
         TTL  := { 1..255 | inherit }
         KEY  := { DOTTED_QUAD | NUMBER }
  255
# objects help2
  $ cat > s <<'END'
  > for o in monitor vrf xfrm nexthop addrlabel token tcp_metrics netconf mroute mrule l2tp ntable macsec fou sr ila ioam mptcp stats; do echo "== $o"; ip $o help; echo $?; done 2>&1
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  == monitor
  Usage: ip monitor [ all | OBJECTS ] [ FILE ] [ label ] [ all-nsid ]
                    [ dev DEVICE ]
  OBJECTS :=  address | link | mroute | neigh | netconf |
              nexthop | nsid | prefix | route | rule | stats
  FILE := file FILENAME
  255
  == vrf
  Usage:	ip vrf show [NAME] ...
  	ip vrf exec [NAME] cmd ...
  	ip vrf identify [PID]
  	ip vrf pids [NAME]
  255
  == xfrm
  Usage: ip xfrm XFRM-OBJECT { COMMAND | help }
  where  XFRM-OBJECT := state | policy | monitor
  255
  == nexthop
  Usage: ip nexthop { list | flush } [ protocol ID ] SELECTOR
         ip nexthop { add | replace } id ID NH [ protocol ID ]
         ip nexthop { get | del } id ID
         ip nexthop bucket list BUCKET_SELECTOR
         ip nexthop bucket get id ID index INDEX
  SELECTOR := [ id ID ] [ dev DEV ] [ vrf NAME ] [ master DEV ]
              [ groups ] [ fdb ]
  BUCKET_SELECTOR := SELECTOR | [ nhid ID ]
  NH := { blackhole | [ via ADDRESS ] [ dev DEV ] [ onlink ]
          [ encap ENCAPTYPE ENCAPHDR ] |
          group GROUP [ fdb ] [ type TYPE [ TYPE_ARGS ] ] }
  GROUP := [ <id[,weight]>/<id[,weight]>/... ]
  TYPE := { mpath | resilient }
  TYPE_ARGS := [ RESILIENT_ARGS ]
  RESILIENT_ARGS := [ buckets BUCKETS ] [ idle_timer IDLE ]
                    [ unbalanced_timer UNBALANCED ]
  ENCAPTYPE := [ mpls ]
  ENCAPHDR := [ MPLSLABEL ]
  255
  == addrlabel
  Usage: ip addrlabel { add | del } prefix PREFIX [ dev DEV ] [ label LABEL ]
         ip addrlabel [ list | flush | help ]
  255
  == token
  Usage: ip token [ list | set | del | get ] [ TOKEN ] [ dev DEV ]
  255
  == tcp_metrics
  Usage:	ip tcp_metrics/tcpmetrics { COMMAND | help }
  	ip tcp_metrics { show | flush } SELECTOR
  	ip tcp_metrics delete [ address ] ADDRESS
  SELECTOR := [ [ address ] PREFIX ]
  255
  == netconf
  Usage: ip netconf show [ dev STRING ]
  255
  == mroute
  Usage: ip mroute show [ [ to ] PREFIX ] [ from PREFIX ] [ iif DEVICE ]
                        [ table TABLE_ID ]
  TABLE_ID := [ local | main | default | all | NUMBER ]
  255
  == mrule
  Usage: ip rule { add | del } SELECTOR ACTION
         ip rule { flush | save | restore }
         ip rule [ list [ SELECTOR ]]
  SELECTOR := [ not ] [ from PREFIX ] [ to PREFIX ] [ tos TOS ]
              [ fwmark FWMARK[/MASK] ]
              [ iif STRING ] [ oif STRING ] [ pref NUMBER ] [ l3mdev ]
              [ uidrange NUMBER-NUMBER ]
              [ ipproto PROTOCOL ]
              [ sport [ NUMBER | NUMBER-NUMBER ]
              [ dport [ NUMBER | NUMBER-NUMBER ] ]
  ACTION := [ table TABLE_ID ]
            [ protocol PROTO ]
            [ nat ADDRESS ]
            [ realms [SRCREALM/]DSTREALM ]
            [ goto NUMBER ]
            SUPPRESSOR
  SUPPRESSOR := [ suppress_prefixlength NUMBER ]
                [ suppress_ifgroup DEVGROUP ]
  TABLE_ID := [ local | main | default | NUMBER ]
  255
  == l2tp
  Usage: ip l2tp add tunnel
            remote ADDR local ADDR
            tunnel_id ID peer_tunnel_id ID
            [ encap { ip | udp } ]
            [ udp_sport PORT ] [ udp_dport PORT ]
            [ udp_csum { on | off } ]
            [ udp6_csum_tx { on | off } ]
            [ udp6_csum_rx { on | off } ]
  Usage: ip l2tp add session [ name NAME ]
            tunnel_id ID
            session_id ID peer_session_id ID
            [ cookie HEXSTR ] [ peer_cookie HEXSTR ]
            [ seq { none | send | recv | both } ]
            [ l2spec_type L2SPEC ]
         ip l2tp del tunnel tunnel_id ID
         ip l2tp del session tunnel_id ID session_id ID
         ip l2tp show tunnel [ tunnel_id ID ]
         ip l2tp show session [ tunnel_id ID ] [ session_id ID ]
  
  Where: NAME   := STRING
         ADDR   := { IP_ADDRESS | any }
         PORT   := { 0..65535 }
         ID     := { 1..4294967295 }
         HEXSTR := { 8 or 16 hex digits (4 / 8 bytes) }
         L2SPEC := { none | default }
  255
  == ntable
  Usage: ip ntable change name NAME [ dev DEV ]
          [ thresh1 VAL ] [ thresh2 VAL ] [ thresh3 VAL ] [ gc_int MSEC ]
          [ PARMS ]
  Usage: ip ntable show [ dev DEV ] [ name NAME ]
  PARMS := [ base_reachable MSEC ] [ retrans MSEC ] [ gc_stale MSEC ]
           [ delay_probe MSEC ] [ queue LEN ]
           [ app_probes VAL ] [ ucast_probes VAL ] [ mcast_probes VAL ]
           [ anycast_delay MSEC ] [ proxy_delay MSEC ] [ proxy_queue LEN ]
           [ locktime MSEC ]
  255
  == macsec
  Usage: ip macsec add DEV tx sa { 0..3 } [ OPTS ] key ID KEY
         ip macsec set DEV tx sa { 0..3 } [ OPTS ]
         ip macsec del DEV tx sa { 0..3 }
         ip macsec add DEV rx SCI [ on | off ]
         ip macsec set DEV rx SCI [ on | off ]
         ip macsec del DEV rx SCI
         ip macsec add DEV rx SCI sa { 0..3 } [ OPTS ] key ID KEY
         ip macsec set DEV rx SCI sa { 0..3 } [ OPTS ]
         ip macsec del DEV rx SCI sa { 0..3 }
         ip macsec show
         ip macsec show DEV
         ip macsec offload DEV [ off | phy | mac ]
  where  OPTS := [ pn <u32> | xpn <u64> ] [ salt SALT ] [ ssci <u32> ] [ on | off ]
         ID   := 128-bit hex string
         KEY  := 128-bit or 256-bit hex string
         SCI  := { sci <u64> | port { 1..2^16-1 } address <lladdr> }
         SALT := 96-bit hex string
  255
  == fou
  Usage: ip fou add port PORT { ipproto PROTO  | gue }
  		   [ local IFADDR ] [ peer IFADDR ]
  		   [ peer_port PORT ] [ dev IFNAME ]
         ip fou del port PORT [ local IFADDR ]
  		   [ peer IFADDR ] [ peer_port PORT ]
  		   [ dev IFNAME ]
         ip fou show
  
  Where: PROTO { ipproto-name | 1..255 }
         PORT { 1..65535 }
         IFADDR { addr }
  255
  == sr
  Usage: ip sr { COMMAND | help }
            ip sr hmac show
            ip sr hmac set KEYID ALGO
            ip sr tunsrc show
            ip sr tunsrc set ADDRESS
  where  ALGO := { sha1 | sha256 }
  255
  == ila
  Usage: ip ila add loc_match LOCATOR_MATCH loc LOCATOR [ dev DEV ] OPTIONS
         ip ila del loc_match LOCATOR_MATCH [ loc LOCATOR ] [ dev DEV ]
         ip ila list
  OPTIONS := [ csum-mode { adj-transport | neutral-map |
                           neutral-map-auto | no-action } ]
             [ ident-type { luid | use-format } ]
  255
  == ioam
  Usage:	ip ioam { COMMAND | help }
  	ip ioam namespace show
  	ip ioam namespace add ID [ data DATA32 ] [ wide DATA64 ]
  	ip ioam namespace del ID
  	ip ioam schema show
  	ip ioam schema add ID DATA
  	ip ioam schema del ID
  	ip ioam namespace set ID schema { ID | none }
  255
  == mptcp
  Usage:	ip mptcp endpoint add ADDRESS [ dev NAME ] [ id ID ]
  				      [ port NR ] [ FLAG-LIST ]
  	ip mptcp endpoint delete id ID [ ADDRESS ]
  	ip mptcp endpoint change [ id ID ] [ ADDRESS ] [ port NR ] CHANGE-OPT
  	ip mptcp endpoint show [ id ID ]
  	ip mptcp endpoint flush
  	ip mptcp limits set [ subflows NR ] [ add_addr_accepted NR ]
  	ip mptcp limits show
  	ip mptcp monitor
  FLAG-LIST := [ FLAG-LIST ] FLAG
  FLAG  := [ signal | subflow | backup | fullmesh ]
  CHANGE-OPT := [ backup | nobackup | fullmesh | nofullmesh ]
  255
  == stats
  Usage: ip stats help
         ip stats show [ dev DEV ] [ group GROUP [ subgroup SUBGROUP [ suite SUITE ] ... ] ... ] ...
         ip stats set dev DEV l3_stats { on | off }
  GROUP := { link | xstats | xstats_slave | offload | afstats }
  xstats SUBGROUP := { bridge [ suite stp ] [ suite mcast ] | bond [ suite 802.3ad ] }
  xstats_slave SUBGROUP := { bridge [ suite stp ] [ suite mcast ] | bond [ suite 802.3ad ] }
  offload SUBGROUP := { cpu_hit | hw_stats_info | l3_stats }
  afstats SUBGROUP := { mpls }
  0
# misc show
  $ cat > s <<'END'
  > ip addrlabel
  > ip vrf; echo $?
  > ip nexthop
  > ip mroute
  > { ip nexthop add id 1 dev lo; echo $?; } >/dev/null 2>&1
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  prefix ::1/128 label 0 
  prefix ::/96 label 3 
  prefix ::ffff:0.0.0.0/96 label 4 
  prefix 2001::/32 label 6 
  prefix 2001:10::/28 label 7 
  prefix 3ffe::/16 label 12 
  prefix 2002::/16 label 2 
  prefix fec0::/10 label 11 
  prefix fc00::/7 label 5 
  prefix ::/0 label 1 
  Name              Table
  -----------------------
  No VRF has been configured
  0
# col
  $ cat > s <<'END'
  > ip link set lo up
  > ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
  > ip addr add 10.0.0.1/24 brd + dev v0; ip link set v0 up; ip link set v1 up; sleep 2
  > ip r add default via 10.0.0.5
  > ip neigh add 10.0.0.7 lladdr 02:00:00:00:00:22 dev v0
  > ip -d link show v0
  > ip -d a show v0
  > ip link add br0 address 02:00:00:00:00:10 type bridge
  > { ip link set v0 master br0; ip -d link show v0; } >/dev/null 2>&1
  > ip addr add 10.0.0.2/24 dev v0; ip a show v0; ip -j a show v0 ; ip -6 -o a
  > ip addr del 10.0.0.2/24 dev v0
  > { ip addr add 10.7.0.1/24 dev v0 scope host; ip addr add 10.8.0.1/24 dev v0 valid_lft 100 preferred_lft 50; ip -4 a show v0; } >/dev/null 2>&1
  > { ip addr change 10.7.0.1/24 dev v0 valid_lft 1000;  ip addr replace 10.7.0.1/24 dev v0; ip -4 a show v0 scope host; } >/dev/null 2>&1
  > { ip link show type bridge; ip link show nomaster; ip link show dev v0 up; ip link add type veth; ip -br l; } >/dev/null 2>&1
  > { ip link set v0 down; ip link show v0; ip link set v1 down; ip link show v1; } >/dev/null 2>&1
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  3: v0@v1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff promiscuity 0  allmulti 0 minmtu 68 maxmtu 65535 
      veth addrgenmode eui64 numtxqueues 2 numrxqueues 2 gso_max_size 65536 gso_max_segs 65535 tso_max_size 524280 tso_max_segs 65535 gro_max_size 65536 
  3: v0@v1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff promiscuity 0  allmulti 0 minmtu 68 maxmtu 65535 
      veth numtxqueues 2 numrxqueues 2 gso_max_size 65536 gso_max_segs 65535 tso_max_size 524280 tso_max_segs 65535 gro_max_size 65536 
      inet 10.0.0.1/24 brd 10.0.0.255 scope global v0
         valid_lft forever preferred_lft forever
      inet6 fe80::ff:fe00:1/64 scope link 
         valid_lft forever preferred_lft forever
  3: v0@v1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master br0 state UP group default qlen 1000
      link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
      inet 10.0.0.1/24 brd 10.0.0.255 scope global v0
         valid_lft forever preferred_lft forever
      inet 10.0.0.2/24 scope global secondary v0
         valid_lft forever preferred_lft forever
      inet6 fe80::ff:fe00:1/64 scope link 
         valid_lft forever preferred_lft forever
  [{"ifindex":3,"link":"v1","ifname":"v0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,"qdisc":"noqueue","master":"br0","operstate":"UP","group":"default","txqlen":1000,"link_type":"ether","address":"02:00:00:00:00:01","broadcast":"ff:ff:ff:ff:ff:ff","addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":24,"broadcast":"10.0.0.255","scope":"global","label":"v0","valid_life_time":4294967295,"preferred_life_time":4294967295},{"family":"inet","local":"10.0.0.2","prefixlen":24,"scope":"global","secondary":true,"label":"v0","valid_life_time":4294967295,"preferred_life_time":4294967295},{"family":"inet6","local":"fe80::ff:fe00:1","prefixlen":64,"scope":"link","valid_life_time":4294967295,"preferred_life_time":4294967295}]}]
  1: lo    inet6 ::1/128 scope host \       valid_lft forever preferred_lft forever
  2: v1    inet6 fe80::ff:fe00:2/64 scope link \       valid_lft forever preferred_lft forever
  3: v0    inet6 fe80::ff:fe00:1/64 scope link \       valid_lft forever preferred_lft forever
