iptables 1.8.9 (nf_tables): rules written back, listings, commands on chains, mistakes.
host: debian-12

  $ apt-get -qq install -y iptables nftables >/dev/null 2>&1
# ipt empty
  $ cat > s <<'END'
  > iptables -L
  > iptables -L -n
  > iptables -L -n -v
  > iptables -L -v
  > iptables -L --line-numbers
  > iptables -S
  > iptables -t nat -L -n
  > iptables -t nat -S
  > iptables -t mangle -S
  > iptables -t raw -S
  > iptables -t security -S
  > iptables-save
  > ip6tables -L -n
  > ip6tables -S
  > ip6tables-save
  > iptables -V
  > ip6tables -V
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  Chain INPUT (policy ACCEPT)
  target     prot opt source               destination         
  
  Chain FORWARD (policy ACCEPT)
  target     prot opt source               destination         
  
  Chain OUTPUT (policy ACCEPT)
  target     prot opt source               destination         
  Chain INPUT (policy ACCEPT)
  target     prot opt source               destination         
  
  Chain FORWARD (policy ACCEPT)
  target     prot opt source               destination         
  
  Chain OUTPUT (policy ACCEPT)
  target     prot opt source               destination         
  Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
  
  Chain FORWARD (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
  
  Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
  Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
  
  Chain FORWARD (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
  
  Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
  Chain INPUT (policy ACCEPT)
  num  target     prot opt source               destination         
  
  Chain FORWARD (policy ACCEPT)
  num  target     prot opt source               destination         
  
  Chain OUTPUT (policy ACCEPT)
  num  target     prot opt source               destination         
  -P INPUT ACCEPT
  -P FORWARD ACCEPT
  -P OUTPUT ACCEPT
  Chain PREROUTING (policy ACCEPT)
  target     prot opt source               destination         
  
  Chain INPUT (policy ACCEPT)
  target     prot opt source               destination         
  
  Chain OUTPUT (policy ACCEPT)
  target     prot opt source               destination         
  
  Chain POSTROUTING (policy ACCEPT)
  target     prot opt source               destination         
  -P PREROUTING ACCEPT
  -P INPUT ACCEPT
  -P OUTPUT ACCEPT
  -P POSTROUTING ACCEPT
  -P PREROUTING ACCEPT
  -P INPUT ACCEPT
  -P FORWARD ACCEPT
  -P OUTPUT ACCEPT
  -P POSTROUTING ACCEPT
  -P PREROUTING ACCEPT
  -P OUTPUT ACCEPT
  -P INPUT ACCEPT
  -P FORWARD ACCEPT
  -P OUTPUT ACCEPT
  Chain INPUT (policy ACCEPT)
  target     prot opt source               destination         
  
  Chain FORWARD (policy ACCEPT)
  target     prot opt source               destination         
  
  Chain OUTPUT (policy ACCEPT)
  target     prot opt source               destination         
  -P INPUT ACCEPT
  -P FORWARD ACCEPT
  -P OUTPUT ACCEPT
  iptables v1.8.9 (nf_tables)
  ip6tables v1.8.9 (nf_tables)
# ipt nat
  $ cat > s <<'END'
  > iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE
  > iptables -t nat -A POSTROUTING -s 10.0.0.0/24 -o eth0 -j SNAT --to-source 1.2.3.4
  > iptables -t nat -A POSTROUTING -s 10.0.0.0/24 -j SNAT --to 1.2.3.4-1.2.3.9
  > iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.0.0.2:8080
  > iptables -t nat -A PREROUTING -i eth0 -p tcp --dport 81 -j DNAT --to 10.0.0.2
  > iptables -t nat -A PREROUTING -p tcp --dport 82 -j REDIRECT --to-ports 8082
  > iptables -t nat -A PREROUTING -p tcp --dport 83 -j REDIRECT
  > iptables -t nat -A OUTPUT -p tcp -d 1.1.1.1 -j REDIRECT --to-port 5
  > iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 1024-2048
  > iptables -t nat -A POSTROUTING -j MASQUERADE --random
  > iptables -t nat -L -n -v
  > iptables -t nat -L
  > iptables -t nat -S
  > { iptables -t mangle -A PREROUTING -p tcp --dport 80 -j MARK --set-mark 1; } >/dev/null 2>&1
  > { iptables -t mangle -A OUTPUT -j TOS --set-tos 0x10; } >/dev/null 2>&1
  > { iptables -t mangle -A OUTPUT -j TTL --ttl-set 64; } >/dev/null 2>&1
  > { iptables -t mangle -A OUTPUT -j DSCP --set-dscp 10; } >/dev/null 2>&1
  > { iptables -t mangle -S; iptables -t raw -S; } >/dev/null 2>&1
  > { iptables -t mangle -L -n; iptables -t raw -L -n; } >/dev/null 2>&1
  > iptables -t nat -A INPUT -j MASQUERADE; echo $?
  > iptables -A INPUT -j MASQUERADE; echo $?
  > iptables -A INPUT -j DNAT --to 1.2.3.4; echo $?
  > iptables -t nat -A PREROUTING -j DNAT; echo $?
  > iptables -t nat -A PREROUTING -j DNAT --to 10.0.0.1:80; echo $?
  > iptables -t nat -A POSTROUTING -j SNAT; echo $?
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  Chain PREROUTING (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
      0     0 DNAT       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:80 to:10.0.0.2:8080
      0     0 DNAT       6    --  eth0   *       0.0.0.0/0            0.0.0.0/0            tcp dpt:81 to:10.0.0.2
      0     0 REDIRECT   6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:82 redir ports 8082
      0     0 REDIRECT   6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:83
  
  Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
  
  Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
      0     0 REDIRECT   6    --  *      *       0.0.0.0/0            1.1.1.1              redir ports 5
  
  Chain POSTROUTING (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
      0     0 MASQUERADE  0    --  *      eth0    0.0.0.0/0            0.0.0.0/0           
      0     0 SNAT       0    --  *      eth0    10.0.0.0/24          0.0.0.0/0            to:1.2.3.4
      0     0 SNAT       0    --  *      *       10.0.0.0/24          0.0.0.0/0            to:1.2.3.4-1.2.3.9
      0     0 MASQUERADE  6    --  *      *       0.0.0.0/0            0.0.0.0/0            masq ports: 1024-2048
      0     0 MASQUERADE  0    --  *      *       0.0.0.0/0            0.0.0.0/0            random
  Chain PREROUTING (policy ACCEPT)
  target     prot opt source               destination         
  DNAT       tcp  --  anywhere             anywhere             tcp dpt:http to:10.0.0.2:8080
  DNAT       tcp  --  anywhere             anywhere             tcp dpt:81 to:10.0.0.2
  REDIRECT   tcp  --  anywhere             anywhere             tcp dpt:82 redir ports 8082
  REDIRECT   tcp  --  anywhere             anywhere             tcp dpt:83
  
  Chain INPUT (policy ACCEPT)
  target     prot opt source               destination         
  
  Chain OUTPUT (policy ACCEPT)
  target     prot opt source               destination         
  REDIRECT   tcp  --  anywhere             1.1.1.1              redir ports 5
  
  Chain POSTROUTING (policy ACCEPT)
  target     prot opt source               destination         
  MASQUERADE  all  --  anywhere             anywhere            
  SNAT       all  --  10.0.0.0/24          anywhere             to:1.2.3.4
  SNAT       all  --  10.0.0.0/24          anywhere             to:1.2.3.4-1.2.3.9
  MASQUERADE  tcp  --  anywhere             anywhere             masq ports: 1024-2048
  MASQUERADE  all  --  anywhere             anywhere             random
  -P PREROUTING ACCEPT
  -P INPUT ACCEPT
  -P OUTPUT ACCEPT
  -P POSTROUTING ACCEPT
  -A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.2:8080
  -A PREROUTING -i eth0 -p tcp -m tcp --dport 81 -j DNAT --to-destination 10.0.0.2
  -A PREROUTING -p tcp -m tcp --dport 82 -j REDIRECT --to-ports 8082
  -A PREROUTING -p tcp -m tcp --dport 83 -j REDIRECT
  -A OUTPUT -d 1.1.1.1/32 -p tcp -j REDIRECT --to-ports 5
  -A POSTROUTING -o eth0 -j MASQUERADE
  -A POSTROUTING -s 10.0.0.0/24 -o eth0 -j SNAT --to-source 1.2.3.4
  -A POSTROUTING -s 10.0.0.0/24 -j SNAT --to-source 1.2.3.4-1.2.3.9
  -A POSTROUTING -p tcp -j MASQUERADE --to-ports 1024-2048
  -A POSTROUTING -j MASQUERADE --random
  iptables v1.8.9 (nf_tables):  RULE_APPEND failed (Invalid argument): rule in chain INPUT
  4
  iptables v1.8.9 (nf_tables):  RULE_APPEND failed (Invalid argument): rule in chain INPUT
  4
  iptables v1.8.9 (nf_tables):  RULE_APPEND failed (Invalid argument): rule in chain INPUT
  4
  iptables v1.8.9 (nf_tables): DNAT: option "--to-destination" must be specified
  
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): Need TCP, UDP, SCTP or DCCP with port specification
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): SNAT: option "--to-source" must be specified
  
  Try `iptables -h' or 'iptables --help' for more information.
  2
# ipt commands
  $ cat > s <<'END'
  > iptables -N WEB; echo $?
  > iptables -N WEB; echo $?
  > iptables -A INPUT -p tcp -j WEB
  > iptables -A WEB -p tcp --dport 80 -j ACCEPT
  > iptables -I INPUT -p tcp --dport 1 -j DROP
  > iptables -I INPUT 2 -p tcp --dport 2 -j DROP
  > iptables -I INPUT 99 -p tcp --dport 2 -j DROP; echo $?
  > iptables -R INPUT 1 -p tcp --dport 3 -j DROP
  > iptables -R INPUT 50 -p tcp --dport 3 -j DROP; echo $?
  > iptables -S INPUT
  > iptables -S WEB
  > iptables -S INPUT 1
  > iptables -S NOPE; echo $?
  > iptables -L INPUT 1 -n
  > iptables -L NOPE; echo $?
  > iptables -C INPUT -p tcp --dport 3 -j DROP; echo $?
  > iptables -C INPUT -p tcp --dport 4 -j DROP; echo $?
  > iptables -D INPUT 1; echo $?
  > iptables -D INPUT 77; echo $?
  > iptables -D INPUT -p tcp --dport 9 -j DROP; echo $?
  > iptables -D INPUT 0; echo $?
  > iptables -P INPUT DROP; iptables -P FORWARD REJECT; echo $?
  > iptables -P WEB DROP; echo $?
  > iptables -P NOPE DROP; echo $?
  > iptables -X WEB; echo $?
  > iptables -X INPUT; echo $?
  > iptables -X NOPE; echo $?
  > iptables -E WEB WWW; iptables -S
  > iptables -E NOPE X; echo $?
  > iptables -Z; iptables -Z INPUT; iptables -Z INPUT 1; iptables -Z NOPE; echo $?
  > iptables -L -Z -n -v | head -3
  > iptables -F WWW; iptables -F; iptables -X; iptables -S
  > iptables -F NOPE; echo $?
  > iptables -L -n -v -x
  > iptables -A INPUT -j NOPE; echo $?
  > iptables -A NOPE -j ACCEPT; echo $?
  > iptables -A INPUT -j; echo $?
  > iptables -A INPUT --dport 80 -j ACCEPT; echo $?
  > iptables -A INPUT -p tcp --dport foo -j ACCEPT; echo $?
  > iptables -A INPUT -p tcp --dport 99999 -j ACCEPT; echo $?
  > iptables -A INPUT -p foo -j ACCEPT; echo $?
  > iptables -A INPUT -s foo.invalid -j ACCEPT; echo $?
  > iptables -A INPUT -s 1.2.3.4/99 -j ACCEPT; echo $?
  > iptables -A INPUT -s 1.2.3.400 -j ACCEPT; echo $?
  > iptables -A INPUT -m nope -j ACCEPT; echo $?
  > iptables -A INPUT -m state --state FOO -j ACCEPT; echo $?
  > iptables -A INPUT -m state -j ACCEPT; echo $?
  > iptables -A INPUT -m multiport -p tcp -j ACCEPT; echo $?
  > iptables -A INPUT -m multiport --dports 80 -j ACCEPT; echo $?
  > iptables -A INPUT -o eth0 -j ACCEPT; echo $?
  > iptables -A OUTPUT -i eth0 -j ACCEPT; echo $?
  > iptables -t foo -L; echo $?
  > iptables -Q; echo $?
  > iptables; echo $?
  > iptables -A; echo $?
  > iptables -A INPUT -p tcp --foo; echo $?
  > iptables -A INPUT foo; echo $?
  > iptables -L -A INPUT; echo $?
  > iptables -L --foo; echo $?
  > iptables -N aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; echo $?
  > { iptables -N -x; echo $?; } >/dev/null 2>&1
  > iptables -A INPUT -j REJECT --reject-with foo; echo $?
  > iptables -A INPUT -j LOG --log-level foo; echo $?
  > iptables -A INPUT -m limit --limit foo -j ACCEPT; echo $?
  > iptables -A INPUT -p icmp --icmp-type foo -j ACCEPT; echo $?
  > iptables -A INPUT -p tcp -j REJECT --reject-with icmp-port-unreachable; iptables -S
  > iptables -A INPUT -j REJECT --reject-with tcp-reset; echo $?
  > iptables -A INPUT -i aaaaaaaaaaaaaaaaaaaaaaaaaaa -j DROP; echo $?
  > { iptables -h | head -3; echo $?; } >/dev/null 2>&1
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  0
  iptables: Chain already exists.
  1
  iptables: Index of insertion too big.
  1
  iptables: Index of replacement too big.
  1
  -P INPUT ACCEPT
  -A INPUT -p tcp -m tcp --dport 3 -j DROP
  -A INPUT -p tcp -m tcp --dport 2 -j DROP
  -A INPUT -p tcp -j WEB
  -N WEB
  -A WEB -p tcp -m tcp --dport 80 -j ACCEPT
  -A INPUT -p tcp -m tcp --dport 3 -j DROP
  iptables v1.8.9 (nf_tables): chain `NOPE' in table `filter' is incompatible, use 'nft' tool.
  1
  DROP       6    --  0.0.0.0/0            0.0.0.0/0            tcp dpt:3
  iptables v1.8.9 (nf_tables): chain `NOPE' in table `filter' is incompatible, use 'nft' tool.
  1
  0
  iptables: Bad rule (does a matching rule exist in that chain?).
  1
  0
  iptables: Index of deletion too big.
  1
  iptables: Bad rule (does a matching rule exist in that chain?).
  1
  iptables v1.8.9 (nf_tables): Invalid rule number `0'
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables: Bad policy name. Run `dmesg' for more information.
  1
  iptables: Bad built-in chain name.
  1
  iptables: Bad built-in chain name.
  1
  iptables v1.8.9 (nf_tables):  CHAIN_DEL failed (Device or resource busy): chain WEB
  4
  iptables: Directory not empty.
  1
  iptables: No chain/target/match by that name.
  1
  -P INPUT DROP
  -P FORWARD ACCEPT
  -P OUTPUT ACCEPT
  -N WWW
  -A INPUT -p tcp -m tcp --dport 2 -j DROP
  -A INPUT -p tcp -j WWW
  -A WWW -p tcp -m tcp --dport 80 -j ACCEPT
  iptables: No chain/target/match by that name.
  1
  iptables: No chain/target/match by that name.
  1
  Chain INPUT (policy DROP 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
      0     0 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:2
  -P INPUT DROP
  -P FORWARD ACCEPT
  -P OUTPUT ACCEPT
  iptables: No chain/target/match by that name.
  1
  Chain INPUT (policy DROP 0 packets, 0 bytes)
      pkts      bytes target     prot opt in     out     source               destination         
  
  Chain FORWARD (policy ACCEPT 0 packets, 0 bytes)
      pkts      bytes target     prot opt in     out     source               destination         
  
  Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
      pkts      bytes target     prot opt in     out     source               destination         
  iptables v1.8.9 (nf_tables): Chain 'NOPE' does not exist
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables: No chain/target/match by that name.
  1
  iptables v1.8.9 (nf_tables): option "-j" requires an argument
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): unknown option "--dport"
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): invalid port/service `foo' specified
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): invalid port/service `99999' specified
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): unknown protocol "foo" specified
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): host/network `foo.invalid' not found
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): invalid mask `99' specified
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): host/network `1.2.3.400' not found
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): Couldn't load match `nope':No such file or directory
  
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): Bad state "FOO"
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): state: option "--state" must be specified
  
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): multiport expection an option
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): Can't use -o with INPUT
  
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): Can't use -i with OUTPUT
  
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): table 'foo' does not exist
  Perhaps iptables or your kernel needs to be upgraded.
  3
  iptables v1.8.9 (nf_tables): unknown option "-Q"
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): no command specified
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): option "-A" requires an argument
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): unknown option "--foo"
  Try `iptables -h' or 'iptables --help' for more information.
  2
  Bad argument `foo'
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): Cannot use -A with -L
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): unknown option "--foo"
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): chain name `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' too long (must be under 29 chars)
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): unknown reject type "foo"
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): log level "foo" unknown
  
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): bad rate "foo"'
  Try `iptables -h' or 'iptables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): Unknown ICMP type `foo'
  Try `iptables -h' or 'iptables --help' for more information.
  2
  -P INPUT DROP
  -P FORWARD ACCEPT
  -P OUTPUT ACCEPT
  -A INPUT -p tcp -j REJECT --reject-with icmp-port-unreachable
  iptables v1.8.9 (nf_tables):  RULE_APPEND failed (Invalid argument): rule in chain INPUT
  4
  iptables v1.8.9 (nf_tables): interface name `aaaaaaaaaaaaaaaaaaaaaaaaaaa' must be shorter than IFNAMSIZ (15)
  Try `iptables -h' or 'iptables --help' for more information.
  2
# ip6t
  $ cat > s <<'END'
  > ip6tables -A INPUT -p ipv6-icmp -j ACCEPT
  > ip6tables -A INPUT -p icmpv6 --icmpv6-type echo-request -j ACCEPT
  > ip6tables -A INPUT -s 2001:db8::/32 -p tcp --dport 22 -j ACCEPT
  > ip6tables -A INPUT -j REJECT
  > ip6tables -A INPUT -j REJECT --reject-with icmp6-adm-prohibited
  > ip6tables -A INPUT -s 10.0.0.1 -j DROP; echo $?
  > iptables -A INPUT -s 2001:db8::1 -j DROP; echo $?
  > ip6tables -P FORWARD DROP
  > ip6tables -t nat -A POSTROUTING -o eth0 -j MASQUERADE
  > ip6tables -L; ip6tables -L -n -v; ip6tables -S; ip6tables -t nat -S
  > { ip6tables-save | sed 's/ on .*/ on D/'; } >/dev/null 2>&1
  > :
  > END
  $ unshare -nm bash s </dev/null 2>&1 | cat
  ip6tables v1.8.9 (nf_tables): host/network `10.0.0.1' not found
  Try `ip6tables -h' or 'ip6tables --help' for more information.
  2
  iptables v1.8.9 (nf_tables): host/network `2001:db8::1' not found
  Try `iptables -h' or 'iptables --help' for more information.
  2
  Chain INPUT (policy ACCEPT)
  target     prot opt source               destination         
  ACCEPT     ipv6-icmp --  anywhere             anywhere            
  ACCEPT     ipv6-icmp --  anywhere             anywhere             ipv6-icmp echo-request
  ACCEPT     tcp  --  2001:db8::/32        anywhere             tcp dpt:ssh
  REJECT     all  --  anywhere             anywhere             reject-with icmp6-port-unreachable
  REJECT     all  --  anywhere             anywhere             reject-with icmp6-adm-prohibited
  
  Chain FORWARD (policy DROP)
  target     prot opt source               destination         
  
  Chain OUTPUT (policy ACCEPT)
  target     prot opt source               destination         
  Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
      0     0 ACCEPT     58   --  *      *       ::/0                 ::/0                
      0     0 ACCEPT     58   --  *      *       ::/0                 ::/0                 ipv6-icmptype 128
      0     0 ACCEPT     6    --  *      *       2001:db8::/32        ::/0                 tcp dpt:22
      0     0 REJECT     0    --  *      *       ::/0                 ::/0                 reject-with icmp6-port-unreachable
      0     0 REJECT     0    --  *      *       ::/0                 ::/0                 reject-with icmp6-adm-prohibited
  
  Chain FORWARD (policy DROP 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
  
  Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
   pkts bytes target     prot opt in     out     source               destination         
  -P INPUT ACCEPT
  -P FORWARD DROP
  -P OUTPUT ACCEPT
  -A INPUT -p ipv6-icmp -j ACCEPT
  -A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j ACCEPT
  -A INPUT -s 2001:db8::/32 -p tcp -m tcp --dport 22 -j ACCEPT
  -A INPUT -j REJECT --reject-with icmp6-port-unreachable
  -A INPUT -j REJECT --reject-with icmp6-adm-prohibited
  -P PREROUTING ACCEPT
  -P INPUT ACCEPT
  -P OUTPUT ACCEPT
  -P POSTROUTING ACCEPT
  -A POSTROUTING -o eth0 -j MASQUERADE
