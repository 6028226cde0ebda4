systemd-resolved and resolvectl: layouts of 252 (resolvectl(1)).
host: debian-12

  $ apt-get -qq update; apt-get -qq install -y systemd-resolved > /dev/null 2>&1; readlink /etc/resolv.conf; grep -v '^#' /etc/resolv.conf; ss -lntuH | grep ':53 ' | awk '{print $1, $5}'
  ../run/systemd/resolve/stub-resolv.conf
  
  nameserver 127.0.0.53
  options edns0 trust-ad
  search .
  udp 127.0.0.53:53
  udp 127.0.0.54:53
  tcp 127.0.0.53:53
  tcp 127.0.0.54:53

  $ resolvectl; resolvectl dns
  Global
         Protocols: +LLMNR +mDNS -DNSOverTLS DNSSEC=no/unsupported
  resolv.conf mode: stub
  
  Link 2 (enp1s0)
      Current Scopes: DNS LLMNR/IPv4
           Protocols: +DefaultRoute +LLMNR -mDNS -DNSOverTLS DNSSEC=no/unsupported
  Current DNS Server: 10.0.2.3
         DNS Servers: 10.0.2.3
  Global:
  Link 2 (enp1s0): 10.0.2.3

  $ resolvectl query mirror.lan | sed 's/in .*/in T./'; resolvectl query mirror.lan | tail -1; resolvectl query nope.lan; resolvectl --legend=no query localhost; getent hosts mirror.lan
  mirror.lan: 198.51.100.4                                    -- link: enp1s0
  
  -- Information acquired via protocol DNS in T.
  -- Data is authenticated: no; Data was acquired via local or encrypted transport: no
  -- Data from: network
  -- Data from: cache
  nope.lan: resolve call failed: 'nope.lan' not found
  localhost: 127.0.0.1
  198.51.100.4    mirror.lan

  $ resolvectl statistics | sed 's/ *$//'; resolvectl flush-caches; resolvectl statistics | grep Size
  DNSSEC supported by current servers: no
  
  Transactions
  Current Transactions: 0
    Total Transactions: 2
  
  Cache
    Current Cache Size: 2
            Cache Hits: 2
          Cache Misses: 2
  
  DNSSEC Verdicts
                Secure: 0
              Insecure: 0
                 Bogus: 0
         Indeterminate: 0
    Current Cache Size: 0

  $ su student -c 'resolvectl dns enp1s0 9.9.9.9'; resolvectl dns enp1s0 nonsense; resolvectl dns nope0; resolvectl foo; resolvectl query
  Failed to set DNS configuration: Access denied
  Failed to parse DNS server address: nonsense
  Failed to resolve interface "nope0": No such device
  Unknown command verb foo.
  Too few arguments.
  [1]

  $ systemctl stop systemd-resolved; getent hosts mirror.lan; resolvectl query mirror.lan | head -1; printf '[Resolve]\nDNS=10.0.2.3\nDomains=lan\n' > /etc/systemd/resolved.conf; systemctl restart systemd-resolved; resolvectl | sed -n 2,5p; tail -1 /etc/resolv.conf
  mirror.lan: 198.51.100.4                                    -- link: enp1s0
         Protocols: +LLMNR +mDNS -DNSOverTLS DNSSEC=no/unsupported
  resolv.conf mode: stub
       DNS Servers: 10.0.2.3
        DNS Domain: lan
  search lan
