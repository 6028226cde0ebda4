nft: tables, chains, rules, sets, handles, errors; iptables in nft's eyes. Layout as nftables 1.0.6 of Debian 12.
host: debian-12

  $ nft list ruleset
  $ systemctl start nftables; nft list tables; nft list table inet filter
  table inet filter
  table inet filter {
  	chain input {
  		type filter hook input priority filter; policy accept;
  	}
  
  	chain forward {
  		type filter hook forward priority filter; policy accept;
  	}
  
  	chain output {
  		type filter hook output priority filter; policy accept;
  	}
  }
  $ nft add rule inet filter input tcp dport { 443, 22, http } ct state new counter accept; nft add rule inet filter input ct state related,established accept; nft add rule inet filter input iif lo accept; nft insert rule inet filter input ip saddr 10.0.0.5 drop comment '"bad"'; nft -a list chain inet filter input
  table inet filter {
  	chain input { # handle 1
  		type filter hook input priority filter; policy accept;
  		ip saddr 10.0.0.5 drop comment "bad" # handle 7
  		tcp dport { 22, 80, 443 } ct state new counter packets 0 bytes 0 accept # handle 4
  		ct state established,related accept # handle 5
  		iif "lo" accept # handle 6
  	}
  }
  $ nft add set inet filter black '{ type ipv4_addr; flags interval; elements = { 127.0.0.2, 192.0.2.0/24 } }'; nft add rule inet filter output ip daddr @black counter reject; ping -c1 -W1 127.0.0.2; nft list chain inet filter output
  PING 127.0.0.2 (127.0.0.2) 56(84) bytes of data.
  From 127.0.0.2 icmp_seq=1 Destination Port Unreachable
  
  --- 127.0.0.2 ping statistics ---
  1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
  
  table inet filter {
  	chain output {
  		type filter hook output priority filter; policy accept;
  		ip daddr @black counter packets 1 bytes 84 reject
  	}
  }
  $ nft delete element inet filter black '{ 127.0.0.2 }'; ping -c1 -W1 -q 127.0.0.2 | grep received; nft list set inet filter black
  1 packets transmitted, 1 received, 0% packet loss, time 0ms
  table inet filter {
  	set black {
  		type ipv4_addr
  		flags interval
  		elements = { 192.0.2.0/24 }
  	}
  }
  $ nft delete rule inet filter input handle 4; nft delete rule inet filter input handle 99
  Error: Could not process rule: No such file or directory
  delete rule inet filter input handle 99
                                       ^^
  [1]
  $ nft list table ip foo
  Error: Could not process rule: No such file or directory
  list table ip foo
                ^^^
  [1]
  $ nft add rule inet filter input foo
  Error: syntax error, unexpected string
  add rule inet filter input foo
                             ^^^
  [1]
  $ nft add table
  Error: syntax error, unexpected end of file, expecting string
  add table
           ^
  [1]
  $ iptables -A INPUT -p tcp --dport 80 -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT; iptables -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE; nft list table ip filter; nft list table ip nat
  # Warning: table ip filter is managed by iptables-nft, do not touch!
  table ip filter {
  	chain INPUT {
  		type filter hook input priority filter; policy accept;
  		tcp dport 80 ct state new,established counter packets 0 bytes 0 accept
  	}
  }
  # Warning: table ip nat is managed by iptables-nft, do not touch!
  table ip nat {
  	chain POSTROUTING {
  		type nat hook postrouting priority srcnat; policy accept;
  		ip saddr 172.17.0.0/16 oifname != "docker0" counter packets 0 bytes 0 masquerade
  	}
  }
  $ nft add chain ip t c '{ type filter hook output priority -5; policy drop; }'
  Error: Could not process rule: No such file or directory
  add chain ip t c { type filter hook output priority -5; policy drop; }
               ^
  [1]
  $ nft add table ip t; nft add chain ip t c '{ type filter hook output priority -5; policy drop; }'; ping -c1 -W1 127.0.0.1 | head -2; nft list table t; nft delete table t; ping -c1 -q 127.0.0.1 | grep received
  ping: sendmsg: Operation not permitted
  PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
  
  table ip t {
  	chain c {
  		type filter hook output priority filter - 5; policy drop;
  	}
  }
  1 packets transmitted, 1 received, 0% packet loss, time 0ms
  $ printf 'define lan = 192.168.1.0/24\ntable inet fw {\n  chain in {\n    type filter hook input priority 0; policy drop;\n    ct state vmap { established : accept, related : accept, invalid : drop }\n    iifname "lo" accept\n    ip saddr $lan tcp dport { 22, 80 } accept\n    log prefix "drop: " counter drop\n  }\n}\n' > /tmp/f; nft -c -f /tmp/f && nft -f /tmp/f && nft list table inet fw
  table inet fw {
  	chain in {
  		type filter hook input priority filter; policy drop;
  		ct state vmap { invalid : drop, established : accept, related : accept }
  		iifname "lo" accept
  		ip saddr 192.168.1.0/24 tcp dport { 22, 80 } accept
  		log prefix "drop: " counter packets 0 bytes 0 drop
  	}
  }
  $ nft flush ruleset; iptables -S; nft list ruleset
  -P INPUT ACCEPT
  -P FORWARD ACCEPT
  -P OUTPUT ACCEPT
  $ su student -c '/usr/sbin/nft list ruleset'
  Operation not permitted (you must be root)
  netlink: Error: cache initialization failed: Operation not permitted
  [1]
