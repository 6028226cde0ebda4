nft: maps of verdicts, and JSON, as nftables 1.0.6 of Debian 12 wrote them.
host: debian-12

  $ nft add table ip t; nft add chain ip t c '{ type filter hook input priority 0; policy accept; }'; nft add map ip t m '{ type ipv4_addr : verdict; }'; nft add element ip t m '{ 127.0.0.9 : drop, 10.0.0.1 : accept }'; nft add rule ip t c ip saddr vmap @m; nft add rule ip t c ip daddr vmap '{ 1.2.3.4 : drop }'; nft add rule ip t c tcp dport vmap '{ 22 : accept, 23 : drop }'; nft add rule ip t c tcp dport '{ 80, 443 }' ct state new,established counter accept comment '"web"'; nft add rule ip t c ip saddr 10.0.0.0/8 iifname eth0 log prefix '"x "' drop; nft add rule ip t c ip saddr != 10.0.0.1 limit rate 5/minute reject; nft add rule ip t c icmp type echo-request accept; nft add rule ip t c tcp dport 1000-2000 drop; nft add rule ip t c meta l4proto udp accept; nft add set ip t s '{ type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 1.2.3.4 } }'; nft add rule ip t c ip saddr @s drop; nft add chain ip t n '{ type nat hook postrouting priority 100; }'; nft add rule ip t n oifname eth0 masquerade; nft add chain ip t d '{ type nat hook prerouting priority dstnat; }'; nft add rule ip t d tcp dport 80 dnat to 10.0.0.2:8080; nft add rule ip t n snat to 1.2.3.4; nft add chain ip t x; nft add rule ip t c jump x; nft add rule ip t x return
  $ nft list ruleset
  table ip t {
  	map m {
  		type ipv4_addr : verdict
  		elements = { 10.0.0.1 : accept, 127.0.0.9 : drop }
  	}
  
  	set s {
  		type ipv4_addr
  		flags interval
  		elements = { 1.2.3.4, 10.0.0.0/8 }
  	}
  
  	chain c {
  		type filter hook input priority filter; policy accept;
  		ip saddr vmap @m
  		ip daddr vmap { 1.2.3.4 : drop }
  		tcp dport vmap { 22 : accept, 23 : drop }
  		tcp dport { 80, 443 } ct state established,new counter packets 0 bytes 0 accept comment "web"
  		ip saddr 10.0.0.0/8 iifname "eth0" log prefix "x " drop
  		ip saddr != 10.0.0.1 limit rate 5/minute reject
  		icmp type echo-request accept
  		tcp dport 1000-2000 drop
  		meta l4proto udp accept
  		ip saddr @s drop
  		jump x
  	}
  
  	chain n {
  		type nat hook postrouting priority srcnat; policy accept;
  		oifname "eth0" masquerade
  		snat to 1.2.3.4
  	}
  
  	chain d {
  		type nat hook prerouting priority dstnat; policy accept;
  		tcp dport 80 dnat to 10.0.0.2:8080
  	}
  
  	chain x {
  		return
  	}
  }
  $ nft -j list ruleset | sed -E 's/"handle": [0-9]+/"handle": H/g'
  {"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, {"table": {"family": "ip", "name": "t", "handle": H}}, {"map": {"family": "ip", "name": "m", "table": "t", "type": "ipv4_addr", "handle": H, "map": "verdict", "elem": [["10.0.0.1", {"accept": null}], ["127.0.0.9", {"drop": null}]]}}, {"set": {"family": "ip", "name": "s", "table": "t", "type": "ipv4_addr", "handle": H, "flags": ["interval"], "elem": ["1.2.3.4", {"prefix": {"addr": "10.0.0.0", "len": 8}}]}}, {"chain": {"family": "ip", "table": "t", "name": "c", "handle": H, "type": "filter", "hook": "input", "prio": 0, "policy": "accept"}}, {"chain": {"family": "ip", "table": "t", "name": "n", "handle": H, "type": "nat", "hook": "postrouting", "prio": 100, "policy": "accept"}}, {"chain": {"family": "ip", "table": "t", "name": "d", "handle": H, "type": "nat", "hook": "prerouting", "prio": -100, "policy": "accept"}}, {"chain": {"family": "ip", "table": "t", "name": "x", "handle": H}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "expr": [{"vmap": {"key": {"payload": {"protocol": "ip", "field": "saddr"}}, "data": "@m"}}]}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "expr": [{"vmap": {"key": {"payload": {"protocol": "ip", "field": "daddr"}}, "data": {"set": [["1.2.3.4", {"drop": null}]]}}}]}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "expr": [{"vmap": {"key": {"payload": {"protocol": "tcp", "field": "dport"}}, "data": {"set": [[22, {"accept": null}], [23, {"drop": null}]]}}}]}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "comment": "web", "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"set": [80, 443]}}}, {"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "new"]}}, {"counter": {"packets": 0, "bytes": 0}}, {"accept": null}]}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": {"prefix": {"addr": "10.0.0.0", "len": 8}}}}, {"match": {"op": "==", "left": {"meta": {"key": "iifname"}}, "right": "eth0"}}, {"log": {"prefix": "x "}}, {"drop": null}]}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "expr": [{"match": {"op": "!=", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "10.0.0.1"}}, {"limit": {"rate": 5, "burst": 5, "per": "minute"}}, {"reject": {"type": "icmp", "expr": "port-unreachable"}}]}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "icmp", "field": "type"}}, "right": "echo-request"}}, {"accept": null}]}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"range": [1000, 2000]}}}, {"drop": null}]}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "l4proto"}}, "right": "udp"}}, {"accept": null}]}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "@s"}}, {"drop": null}]}}, {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": H, "expr": [{"jump": {"target": "x"}}]}}, {"rule": {"family": "ip", "table": "t", "chain": "n", "handle": H, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "oifname"}}, "right": "eth0"}}, {"masquerade": null}]}}, {"rule": {"family": "ip", "table": "t", "chain": "n", "handle": H, "expr": [{"snat": {"addr": "1.2.3.4"}}]}}, {"rule": {"family": "ip", "table": "t", "chain": "d", "handle": H, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 80}}, {"dnat": {"addr": "10.0.0.2", "port": 8080}}]}}, {"rule": {"family": "ip", "table": "t", "chain": "x", "handle": H, "expr": [{"return": null}]}}]}
  $ nft list maps; nft delete element ip t m '{ 10.0.0.1 }'; nft list map ip t m; nft delete map ip t m; nft add element ip t m '{ 1.1.1.1 : jump nosuch }'; nft add map ip t p '{ type inet_service : ipv4_addr; elements = { 80 : 10.0.0.1 }; }'; nft list map ip t p; nft add element ip t m '{ 300.1.1.1 : drop }'; nft add element ip t m '{ 1.1.1.1 }'; nft add rule ip t c ip saddr vmap @nosuch; nft -j list tables; nft -j list chain ip t x
  table ip t {
  	map m {
  		type ipv4_addr : verdict
  		elements = { 10.0.0.1 : accept, 127.0.0.9 : drop }
  	}
  }
  table ip t {
  	map m {
  		type ipv4_addr : verdict
  		elements = { 127.0.0.9 : drop }
  	}
  }
  Error: Could not process rule: Device or resource busy
  delete map ip t m
                  ^
  Error: Could not process rule: No such file or directory
  add element ip t m { 1.1.1.1 : jump nosuch }
                       ^^^^^^^
  table ip t {
  	map p {
  		type inet_service : ipv4_addr
  		elements = { 80 : 10.0.0.1 }
  	}
  }
  Error: Could not resolve hostname: Name or service not known
  add element ip t m { 300.1.1.1 : drop }
                       ^^^^^^^^^
  Error: Could not process rule: Invalid argument
  add element ip t m { 1.1.1.1 }
                       ^^^^^^^
  Error: No such file or directory
  add rule ip t c ip saddr vmap @nosuch
                                ^^^^^^^
  {"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, {"table": {"family": "ip", "name": "t", "handle": 1}}]}
  {"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, {"chain": {"family": "ip", "table": "t", "name": "x", "handle": 19}}, {"rule": {"family": "ip", "table": "t", "chain": "x", "handle": 21, "expr": [{"return": null}]}}]}
  $ nft flush ruleset; nft -f - <<< 'table ip f { map v { type ipv4_addr : verdict; elements = { 127.0.0.2 : drop }; }; chain o { type filter hook output priority 0; ip daddr vmap @v; }; }'; ping -qc1 -W1 127.0.0.2 | grep -c '100% packet loss'; ping -qc1 -W1 127.0.0.3 | grep -c ' 0% packet loss'; nft add element ip f v '{ 127.0.0.3 : drop }'; ping -qc1 -W1 127.0.0.3 | grep -c '100% packet loss'; nft delete element ip f v '{ 127.0.0.2 }'; ping -qc1 -W1 127.0.0.2 | grep -c ' 0% packet loss'; nft flush map ip f v; nft list ruleset
  ping: sendmsg: Operation not permitted
  1
  1
  ping: sendmsg: Operation not permitted
  1
  1
  table ip f {
  	map v {
  		type ipv4_addr : verdict
  	}
  
  	chain o {
  		type filter hook output priority filter; policy accept;
  		ip daddr vmap @v
  	}
  }
