What the clients of the network say of wrong words and of servers that do not answer (recorded: dig, host, nslookup 9.18.49, nc 1.219, traceroute 2.1.2, getent 2.36 of Debian 12, in a network namespace, 2026-11-23).
host: debian-12

  $ for p in bind9-dnsutils bind9-host netcat-openbsd traceroute; do apt-get -qq install -y $p >/dev/null 2>&1; done
# dig
  $ unshare -nm bash -s <<'END'
  > ip link set lo up
  > dig @127.0.0.1 +tries=1 +time=1 example.com +tries=x; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com +retry=x; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com +time=x; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com +timeout=5000000000; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com +bufsize=99999999; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com +ndots=x; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com +nosuch; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com +trys=1; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -c; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -b; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -b 1.2; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -b 1.2.3.4; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -4 -6; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -C; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -p; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -p x; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -p 70000; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -q; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -x; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -t; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com -z; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com +tcp; echo $?
  > dig @127.0.0.1 +tries=1 +time=1 example.com axfr; echo $?
  > dig @127.0.0.1 example.com; echo $?
  > dig @127.0.0.1 example.com +short; echo $?
  > dig a..b @127.0.0.1; echo $?
  > dig '' @127.0.0.1; echo $?
  > dig @127.0.0.1 -f /nosuch; echo $?
  > printf 'a.b\nc.d mx\n' > f; dig @127.0.0.1 -f f +tries=1; echo $?
  > dig -v
  > :
  > END
  invalid tries 'x': not a valid number
  dig: Couldn't parse tries
  10
  invalid retries 'x': not a valid number
  dig: Couldn't parse retries
  10
  invalid timeout 'x': not a valid number
  dig: Couldn't parse timeout
  10
  invalid timeout '5000000000': out of range
  dig: Couldn't parse timeout
  10
  invalid buffer size '99999999': out of range
  dig: Couldn't parse buffer size
  10
  invalid ndots 'x': not a valid number
  dig: Couldn't parse ndots
  10
  Invalid option: +nosuch
  Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
              {global-d-opt} host [@local-server] {local-d-opt}
              [ host [@local-server] {local-d-opt} [...]]
  
  Use "dig -h" (or "dig -h | more") for complete list of options
  1
  Invalid option: +trys
  Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
              {global-d-opt} host [@local-server] {local-d-opt}
              [ host [@local-server] {local-d-opt} [...]]
  
  Use "dig -h" (or "dig -h | more") for complete list of options
  1
  Invalid option: -c
  Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
              {global-d-opt} host [@local-server] {local-d-opt}
              [ host [@local-server] {local-d-opt} [...]]
  
  Use "dig -h" (or "dig -h | more") for complete list of options
  1
  Invalid option: -b
  Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
              {global-d-opt} host [@local-server] {local-d-opt}
              [ host [@local-server] {local-d-opt} [...]]
  
  Use "dig -h" (or "dig -h | more") for complete list of options
  1
  dig: invalid address 1.2
  1
  ;; UDP setup with 127.0.0.1#53(127.0.0.1) for example.com failed: address not available.
  ;; no servers could be reached
  9
  dig: only one of -4 and -6 allowed
  1
  Invalid option: -C
  Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
              {global-d-opt} host [@local-server] {local-d-opt}
              [ host [@local-server] {local-d-opt} [...]]
  
  Use "dig -h" (or "dig -h | more") for complete list of options
  1
  Invalid option: -p
  Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
              {global-d-opt} host [@local-server] {local-d-opt}
              [ host [@local-server] {local-d-opt} [...]]
  
  Use "dig -h" (or "dig -h | more") for complete list of options
  1
  invalid port number 'x': not a valid number
  dig: Couldn't parse port number
  1
  invalid port number '70000': out of range
  dig: Couldn't parse port number
  1
  Invalid option: -q
  Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
              {global-d-opt} host [@local-server] {local-d-opt}
              [ host [@local-server] {local-d-opt} [...]]
  
  Use "dig -h" (or "dig -h | more") for complete list of options
  1
  Invalid option: -x
  Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
              {global-d-opt} host [@local-server] {local-d-opt}
              [ host [@local-server] {local-d-opt} [...]]
  
  Use "dig -h" (or "dig -h | more") for complete list of options
  1
  Invalid option: -t
  Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
              {global-d-opt} host [@local-server] {local-d-opt}
              [ host [@local-server] {local-d-opt} [...]]
  
  Use "dig -h" (or "dig -h | more") for complete list of options
  1
  Invalid option: -z
  Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
              {global-d-opt} host [@local-server] {local-d-opt}
              [ host [@local-server] {local-d-opt} [...]]
  
  Use "dig -h" (or "dig -h | more") for complete list of options
  1
  ;; Connection to 127.0.0.1#53(127.0.0.1) for example.com failed: connection refused.
  ;; no servers could be reached
  9
  ;; Connection to 127.0.0.1#53(127.0.0.1) for example.com failed: connection refused.
  ;; no servers could be reached
  9
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  
  ; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> @127.0.0.1 example.com
  ; (1 server found)
  ;; global options: +cmd
  ;; no servers could be reached
  9
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  
  ; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> @127.0.0.1 example.com +short
  ; (1 server found)
  ;; global options: +cmd
  ;; no servers could be reached
  9
  dig: 'a..b' is not a legal name (empty label)
  10
  dig: '' is not a legal name (unexpected end of input)
  10
  /nosuch: No such file or directory
  dig: couldn't open specified batch file
  8
  ;; communications error to 127.0.0.1#53: connection refused
  
  ; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> a.b
  ; (1 server found)
  ;; global options: +cmd
  ;; no servers could be reached
  ;; communications error to 127.0.0.1#53: connection refused
  ; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> c.d mx
  ;; no servers could be reached
  9
  DiG 9.18.49-1~deb12u3-Debian
# host
  $ unshare -nm bash -s <<'END'
  > ip link set lo up
  > host -t foo example.com 127.0.0.1; echo $?
  > host -c foo example.com 127.0.0.1; echo $?
  > host -c ch example.com 127.0.0.1; echo $?
  > host -W x example.com 127.0.0.1; echo $?
  > host -R 3 example.com 127.0.0.1; echo $?
  > host -R x example.com 127.0.0.1; echo $?
  > host -p 5300 example.com 127.0.0.1; echo $?
  > host -a example.com 127.0.0.1; echo $?
  > host -v example.com 127.0.0.1; echo $?
  > host -d example.com 127.0.0.1; echo $?
  > host -l example.com 127.0.0.1; echo $?
  > host -T example.com 127.0.0.1; echo $?
  > host -t any example.com 127.0.0.1; echo $?
  > host -4 example.com 127.0.0.1; echo $?
  > host -r example.com 127.0.0.1; echo $?
  > host -C example.com 127.0.0.1; echo $?
  > host -V example.com 127.0.0.1; echo $?
  > host 1.2.3.4 127.0.0.1; echo $?
  > :
  > END
  host: invalid type: foo
  
  2
  host: invalid class: foo
  
  2
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
  ;; communications error to 127.0.0.1#5300: connection refused
  ;; communications error to 127.0.0.1#5300: connection refused
  ;; no servers could be reached
  1
  Trying "example.com"
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
  Trying "example.com"
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
  Trying "example.com"
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
  ;; Connection to 127.0.0.1#53(127.0.0.1) for example.com failed: connection refused.
  ;; no servers could be reached
  ;; Connection to 127.0.0.1#53(127.0.0.1) for example.com failed: connection refused.
  ;; no servers could be reached
  1
  ;; Connection to 127.0.0.1#53(127.0.0.1) for example.com failed: connection refused.
  ;; no servers could be reached
  ;; Connection to 127.0.0.1#53(127.0.0.1) for example.com failed: connection refused.
  ;; no servers could be reached
  1
  ;; Connection to 127.0.0.1#53(127.0.0.1) for example.com failed: connection refused.
  ;; no servers could be reached
  ;; Connection to 127.0.0.1#53(127.0.0.1) for example.com failed: connection refused.
  ;; no servers could be reached
  1
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
  host 9.18.49-1~deb12u3-Debian
  0
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  1
# nslookup
  $ unshare -nm bash -s <<'END'
  > ip link set lo up
  > nslookup -type=mx a 127.0.0.1; echo $?
  > nslookup -type= a 127.0.0.1; echo $?
  > nslookup -x a 127.0.0.1; echo $?
  > nslookup -port=x a 127.0.0.1; echo $?
  > nslookup -vc a 127.0.0.1
  > nslookup a b c; echo $?
  > nslookup -timeout=1 -retry=1 a 127.0.0.1; echo $?
  > nslookup -version
  > printf 'set all\nset all\n' | nslookup - 127.0.0.1
  > printf 'set type=mx\nset all\n' | nslookup - 127.0.0.1
  > printf 'set type=foo\nset all\n' | nslookup - 127.0.0.1
  > printf 'set class=ch\nset all\n' | nslookup - 127.0.0.1
  > printf 'set class=foo\nset all\n' | nslookup - 127.0.0.1
  > printf 'set foo\nset all\n' | nslookup - 127.0.0.1
  > printf 'set port=53\nset all\n' | nslookup - 127.0.0.1
  > printf 'set port=x\nset all\n' | nslookup - 127.0.0.1
  > printf 'set timeout=3\nset all\n' | nslookup - 127.0.0.1
  > printf 'set retry=2\nset all\n' | nslookup - 127.0.0.1
  > printf 'set domain=x.y\nset all\n' | nslookup - 127.0.0.1
  > printf 'set srchlist=a/b\nset all\n' | nslookup - 127.0.0.1
  > printf 'set nosearch\nset all\n' | nslookup - 127.0.0.1
  > printf 'set debug\nset all\n' | nslookup - 127.0.0.1
  > printf 'set norecurse\nset all\n' | nslookup - 127.0.0.1
  > printf 'set vc\nset all\n' | nslookup - 127.0.0.1
  > printf 'set ndots=2\nset all\n' | nslookup - 127.0.0.1
  > printf 'server\nset all\n' | nslookup - 127.0.0.1
  > printf 'server 127.0.0.1\nset all\n' | nslookup - 127.0.0.1
  > printf 'root\nset all\n' | nslookup - 127.0.0.1
  > printf 'ls x\nset all\n' | nslookup - 127.0.0.1
  > printf 'help\nset all\n' | nslookup - 127.0.0.1
  > printf '?\nset all\n' | nslookup - 127.0.0.1
  > printf 'set q=ns\nset all\n' | nslookup - 127.0.0.1
  > printf 'set po=54\nset all\n' | nslookup - 127.0.0.1
  > printf 'set al\nset all\n' | nslookup - 127.0.0.1
  > printf 'set re\nset all\n' | nslookup - 127.0.0.1
  > printf 'set deb\nset all\n' | nslookup - 127.0.0.1
  > printf 'set timeo=2\nset all\n' | nslookup - 127.0.0.1
  > printf 'set ret=1\nset all\n' | nslookup - 127.0.0.1
  > :
  > END
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  
  1
  unknown query type: 
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  
  1
  *** Invalid option: x
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  
  1
  invalid port 'x': not a valid number
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  
  1
  ;; Connection to 127.0.0.1#53(127.0.0.1) for a failed: connection refused.
  ;; no servers could be reached
  ;; Connection to 127.0.0.1#53(127.0.0.1) for a failed: connection refused.
  ;; no servers could be reached
  ;; Connection to 127.0.0.1#53(127.0.0.1) for a failed: connection refused.
  ;; no servers could be reached
  
  Usage:
     nslookup [-opt ...]             # interactive mode using default server
     nslookup [-opt ...] - server    # interactive mode using 'server'
     nslookup [-opt ...] host        # just look up 'host' using default server
     nslookup [-opt ...] host server # just look up 'host' using 'server'
  1
  ;; communications error to 127.0.0.1#53: connection refused
  ;; no servers could be reached
  
  1
  nslookup 9.18.49-1~deb12u3-Debian
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = mx      	class = IN
    srchlist = 
  
  unknown query type: foo
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = ch
    srchlist = 
  
  unknown query class: foo
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  *** Invalid option: foo
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  invalid port 'x': not a valid number
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 3		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 2	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = x.y
  
  *** Invalid option: srchlist=a/b
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    nosearch		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			debug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		norecurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    vc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 2
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  The 'root' command is not implemented.
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  The 'ls' command is not implemented.
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  The 'help' command is not yet implemented.
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  The '?' command is not yet implemented.
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = ns      	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#54
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 54	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  *** Invalid option: al
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  *** Invalid option: re
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			debug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  *** Invalid option: timeo=2
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 3	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
  Default server: 127.0.0.1
  Address: 127.0.0.1#53
  
  Set options:
    novc			nodebug		nod2
    search		recurse
    timeout = 0		retry = 1	port = 53	ndots = 1
    querytype = A       	class = IN
    srchlist = 
  
# nc
  $ unshare -nm bash -s <<'END'
  > ip link set lo up
  > nc -w x 127.0.0.1 9; echo $?
  > nc -i x 127.0.0.1 9; echo $?
  > nc -X 9 a 1; echo $?
  > nc -l -z 5; echo $?
  > nc -U /nosuch; echo $?
  > nc -lU /nosuch/x; echo $?
  > nc -l 127.0.0.1 x; echo $?
  > nc 127.0.0.1; echo $?
  > nc -l; echo $?
  > nc 127.0.0.1 99999; echo $?
  > nc -zv 127.0.0.1 9; echo $?
  > nc -zv 127.0.0.1 20-23; echo $?
  > nc -k 127.0.0.1 9; echo $?
  > nc -q x 127.0.0.1 9; echo $?
  > nc -zvu 127.0.0.1 5999; echo $?
  > nc -nzv 127.0.0.1 22
  > :
  > END
  nc: timeout invalid: x
  1
  nc: interval invalid: x
  1
  nc: unsupported proxy protocol
  1
  nc: cannot use -z and -l
  1
  nc: /nosuch: No such file or directory
  1
  nc: No such file or directory
  1
  nc: getaddrinfo: Servname not supported for ai_socktype
  1
  nc: missing port number
  1
  nc: missing port number
  1
  nc: port number too large: 99999
  1
  nc: connect to 127.0.0.1 port 9 (tcp) failed: Connection refused
  1
  nc: connect to 127.0.0.1 port 20 (tcp) failed: Connection refused
  nc: connect to 127.0.0.1 port 21 (tcp) failed: Connection refused
  nc: connect to 127.0.0.1 port 22 (tcp) failed: Connection refused
  nc: connect to 127.0.0.1 port 23 (tcp) failed: Connection refused
  1
  nc: must use -l with -k
  1
  nc: quit timer invalid: x
  1
  1
  nc: connect to 127.0.0.1 port 22 (tcp) failed: Connection refused
# traceroute
  $ unshare -nm bash -s <<'END'
  > ip link set lo up
  > traceroute -m x 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -m 0 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -m 256 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -f 0 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -f 31 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -q 0 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -q 11 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -q x 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -w x 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -N 0 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -p x 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute --foo 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -Z 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -4 -6 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -l x 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -M x 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -n -m 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute --max-hops=3 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute --max-hops 3 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute --max=3 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute -m3 127.0.0.1 | sed 's/[0-9.]* ms/N/g'; echo ${PIPESTATUS[0]}
  > traceroute 127.0.0.1 65001; echo $?
  > traceroute 127.0.0.1 abc; echo $?
  > traceroute 127.0.0.1 40 extra; echo $?
  > traceroute -V
  > traceroute 10.9.9.9; echo $?
  > traceroute -m; echo $?
  > :
  > END
  Cannot handle `-m' option with arg `x' (argc 2)
  2
  first hop out of range
  2
  max hops cannot be more than 255
  2
  first hop out of range
  2
  first hop out of range
  2
  no more than 10 probes per hop
  2
  no more than 10 probes per hop
  2
  Cannot handle `-q' option with arg `x' (argc 2)
  2
  Cannot handle `-w' option with arg `x' (argc 2)
  2
  traceroute to 127.0.0.1 (127.0.0.1), 30 hops max, 60 byte packets
   1  localhost (127.0.0.1)  N  N  N
  0
  Cannot handle `-p' option with arg `x' (argc 2)
  2
  Bad option `--foo' (argc 1)
  2
  Bad option `-Z' (argc 1)
  2
  127.0.0.1: Address family for hostname not supported
  Cannot handle "host" cmdline arg `127.0.0.1' on position 1 (argc 3)
  2
  Cannot handle `-l' option with arg `x' (argc 2)
  2
  Unknown traceroute module x
  2
  Cannot handle `-m' option with arg `127.0.0.1' (argc 3)
  2
  traceroute to 127.0.0.1 (127.0.0.1), 3 hops max, 60 byte packets
   1  localhost (127.0.0.1)  N  N  N
  0
  Option `--max-hops' (argc 1) requires an argument: `--max-hops=max_ttl'
  2
  Bad option `--max=3' (with arg `3') (argc 1)
  2
  traceroute to 127.0.0.1 (127.0.0.1), 3 hops max, 60 byte packets
   1  localhost (127.0.0.1)  N  N  N
  0
  too big packetlen 65001 specified
  2
  Cannot handle "packetlen" cmdline arg `abc' on position 2 (argc 2)
  2
  Extra arg `extra' (position 3, argc 3)
  2
  Modern traceroute for Linux, version 2.1.2
  Copyright (c) 2016  Dmitry Butskoy,   License: GPL v2 or any later
  traceroute to 10.9.9.9 (10.9.9.9), 30 hops max, 60 byte packets
  connect: Network is unreachable
  1
  Option `-m' (argc 1) requires an argument: `-m max_ttl'
  2
# getent
  $ unshare -nm bash -s <<'END'
  > getent passwd root; echo $?
  > getent group 0; echo $?
  > getent; echo $?
  > getent foo; echo $?
  > getent passwd -x; echo $?
  > getent ethers; echo $?
  > getent initgroups; echo $?
  > getent netgroup; echo $?
  > getent initgroups root
  > getent services 22/tcp
  > getent services ssh/udp; echo $?
  > getent protocols 17
  > getent rpc nfs
  > getent networks loopback
  > getent --foo; echo $?
  > getent passwd root nosuch daemon; echo $?
  > getent hosts nosuch.invalid; echo $?
  > :
  > END
  root:x:0:0:root:/root:/bin/bash
  0
  root:x:0:
  0
  getent: wrong number of arguments
  Try `getent --help' or `getent --usage' for more information.
  1
  Unknown database: foo
  Try `getent --help' or `getent --usage' for more information.
  1
  getent: invalid option -- 'x'
  Try `getent --help' or `getent --usage' for more information.
  64
  Enumeration not supported on ethers
  3
  Enumeration not supported on initgroups
  3
  Enumeration not supported on netgroup
  3
  root                 
  ssh                   22/tcp
  2
  udp                   17 UDP
  nfs             100003  nfsprog
  loopback              127.0.0.0
  getent: unrecognized option '--foo'
  Try `getent --help' or `getent --usage' for more information.
  64
  root:x:0:0:root:/root:/bin/bash
  daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
  2
  2
