nmap: states, layouts and refusals as nmap 7.93 of Debian 12 wrote them.
host: debian-12

  $ apt-get update -qq; apt-get install -qq -y nmap redis-server nginx >/dev/null 2>&1; systemctl start redis-server nginx; nmap -sT -p 22,80,6379,8000 127.0.0.1
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for localhost (127.0.0.1)
  Host is up (0.000050s latency).
  
  PORT     STATE  SERVICE
  22/tcp   open   ssh
  80/tcp   open   http
  6379/tcp open   redis
  8000/tcp closed http-alt
  
  Nmap done: 1 IP address (1 host up) scanned in 0.00 seconds
  $ nmap 127.0.0.1 | sed 's/scanned in.*//'
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for localhost (127.0.0.1)
  Host is up (0.000050s latency).
  Not shown: 998 closed tcp ports (reset)
  PORT   STATE SERVICE
  22/tcp open  ssh
  80/tcp open  http
  
  Nmap done: 1 IP address (1 host up) 
  $ nmap -F localhost | sed 's/scanned in.*//'
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for localhost (127.0.0.1)
  Host is up (0.000050s latency).
  Not shown: 98 closed tcp ports (reset)
  PORT   STATE SERVICE
  22/tcp open  ssh
  80/tcp open  http
  
  Nmap done: 1 IP address (1 host up) 
  $ nmap -sV -p 22,23,80,6379 localhost | sed 's/scanned in.*//'
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for localhost (127.0.0.1)
  Host is up (0.000050s latency).
  
  PORT     STATE  SERVICE VERSION
  22/tcp   open   ssh     OpenSSH 9.2p1 Debian 2+deb12u10 (protocol 2.0)
  23/tcp   closed telnet
  80/tcp   open   http    nginx 1.22.1
  6379/tcp open   redis   Redis key-value store 7.0.15
  Service Info: OS: Linux; CPE: cpe:/o:linux:linux_kernel
  
  Service detection performed. Please report any incorrect results at https://nmap.org/submit/ .
  Nmap done: 1 IP address (1 host up) 
  $ nmap -sn 10.0.2.0/29 | sed 's/scanned in.*//; s/(0.*s lat/(Ts lat/'
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for gateway.lan (10.0.2.2)
  Host is up (Ts latency).
  MAC Address: 52:55:0A:00:02:02 (Unknown)
  Nmap scan report for 10.0.2.3
  Host is up (Ts latency).
  MAC Address: 52:55:0A:00:02:02 (Unknown)
  Nmap done: 8 IP addresses (2 hosts up) 
  $ nmap -p 80,443,22 10.0.2.2 | sed 's/scanned in.*//; s/(0.*s lat/(Ts lat/'
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for gateway.lan (10.0.2.2)
  Host is up (Ts latency).
  
  PORT    STATE  SERVICE
  22/tcp  closed ssh
  80/tcp  open   http
  443/tcp open   https
  MAC Address: 52:55:0A:00:02:02 (Unknown)
  
  Nmap done: 1 IP address (1 host up) 
  $ nmap -p 1-100 --open 127.0.0.2 | sed 's/scanned in.*//'; nmap -p 1-50 --reason -sT 127.0.0.1 | sed 's/scanned in.*//'; nmap -p 100-150 127.0.0.1 | sed 's/scanned in.*//'
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for 127.0.0.2
  Host is up (0.000050s latency).
  Not shown: 98 closed tcp ports (reset)
  PORT   STATE SERVICE
  22/tcp open  ssh
  80/tcp open  http
  
  Nmap done: 1 IP address (1 host up) 
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for localhost (127.0.0.1)
  Host is up, received localhost-response (0.000050s latency).
  Not shown: 49 closed tcp ports (conn-refused)
  PORT   STATE SERVICE REASON
  22/tcp open  ssh     syn-ack
  
  Nmap done: 1 IP address (1 host up) 
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for localhost (127.0.0.1)
  Host is up (0.000050s latency).
  All 51 scanned ports on localhost (127.0.0.1) are in ignored states.
  Not shown: 51 closed tcp ports (reset)
  
  Nmap done: 1 IP address (1 host up) 
  $ nmap -sn 10.0.2.99 | sed 's/scanned in.*//'; nmap -sL 10.0.2.0/30 | sed 's/scanned in.*//'; nmap nohost.invalid | sed 's/scanned in.*//'; nmap -p 22-20 127.0.0.1; nmap -p foo 127.0.0.1; nmap -x; nmap -iL /nonexistent; nmap -O 127.0.0.1
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Note: Host seems down. If it is really up, but blocking our ping probes, try -Pn
  Nmap done: 1 IP address (0 hosts up) 
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for 10.0.2.0
  Nmap scan report for 10.0.2.1
  Nmap scan report for gateway.lan (10.0.2.2)
  Nmap scan report for 10.0.2.3
  Nmap done: 4 IP addresses (0 hosts up) 
  Failed to resolve "nohost.invalid".
  WARNING: No targets were specified, so 0 hosts scanned.
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap done: 0 IP addresses (0 hosts up) 
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Your port range 22-20 is backwards. Did you mean 20-22?
  QUITTING!
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Found no matches for the service mask 'foo' and your specified protocols
  QUITTING!
  nmap: unrecognized option '-x'
  See the output of nmap -h for a summary of options.
  Failed to open input file /nonexistent for reading: No such file or directory (2)
  nmap: -O is not simulated here
  QUITTING!
  [1]
  $ nmap -oG - -p 22,81 127.0.0.1 | sed 's/scanned in.*//'; nmap -oN out -p ssh 127.0.0.1 | tail -3 | sed 's/scanned in.*//'; tail -5 out | sed 's/scanned in.*//'
  # Nmap 7.93 scan initiated Sat Nov 21 21:09:53 2026 as: nmap -oG - -p 22,81 127.0.0.1
  Host: 127.0.0.1 (localhost)	Status: Up
  Host: 127.0.0.1 (localhost)	Ports: 22/open/tcp//ssh///, 81/closed/tcp//hosts2-ns///
  # Nmap done at Sat Nov 21 21:09:53 2026 -- 1 IP address (1 host up) 
  22/tcp open  ssh
  
  Nmap done: 1 IP address (1 host up) 
  
  PORT   STATE SERVICE
  22/tcp open  ssh
  
  # Nmap done at Sat Nov 21 21:09:53 2026 -- 1 IP address (1 host up) 
  $ nmap -sU -p 53,68 127.0.0.1 | sed 's/scanned in.*//'; su nobody -s /bin/sh -c 'nmap -p 22,23 127.0.0.1 | tail -5; nmap -sS 127.0.0.1; nmap -O 127.0.0.1' | sed 's/scanned in.*//'
  Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 21:09 UTC
  Nmap scan report for localhost (127.0.0.1)
  Host is up (0.000050s latency).
  
  PORT   STATE  SERVICE
  53/udp closed domain
  68/udp closed bootpc
  
  Nmap done: 1 IP address (1 host up) 
  PORT   STATE  SERVICE
  22/tcp open   ssh
  23/tcp closed telnet
  
  Nmap done: 1 IP address (1 host up) 
  You requested a scan type which requires root privileges.
  QUITTING!
  TCP/IP fingerprinting (for OS scan) requires root privileges.
  QUITTING!
