ifup, ifdown, ifquery: states, commands, refusals, DHCP, a bridge; as ifupdown 0.8.41 and dhclient 4.4.3 of Debian 12 wrote them.
host: debian-12

  $ printf 'iface d0 inet static\n  address 10.9.0.5/24\n  up echo up on $IFACE\n  down echo down on $IFACE\n' > /etc/network/interfaces.d/lab; ip link add d0 type dummy; ifquery d0; ifquery --state; ifquery -l; ifquery -l --allow=hotplug
  address: 10.9.0.5
  up: echo up on $IFACE
  down: echo down on $IFACE
  broadcast: 10.9.0.255
  netmask: 255.255.255.0
  enp1s0=enp1s0
  lo=lo
  lo
  enp1s0
  $ ifup d0; ip -4 -br a show d0; ifquery --state d0; ifup d0; cat /run/network/ifstate
  up on d0
  d0               UNKNOWN        10.9.0.5/24 
  d0=d0
  ifup: interface d0 already configured
  lo=lo
  enp1s0=enp1s0
  d0=d0
  $ ifup -n --force -v d0
  ifup: parsing file /etc/network/interfaces.d/lab
  
  ifup: configuring interface d0=d0 (inet)
  run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
  ip addr add 10.9.0.5/255.255.255.0 broadcast 10.9.0.255 	  dev d0 label d0
  ip link set dev d0   up
  
  echo up on $IFACE
  run-parts --exit-on-error --verbose /etc/network/if-up.d
  $ ifdown -v d0; ip -4 -br a show d0; ifdown d0; ifup eth9; ifdown eth9; ifup; ifup -a d0; ifup -x
  ifdown: parsing file /etc/network/interfaces.d/lab
  ifdown: configuring interface d0=d0 (inet)
  run-parts --verbose /etc/network/if-down.d
  echo down on $IFACE
  down on d0
  
  ip addr del 10.9.0.5/255.255.255.0 broadcast 10.9.0.255 	  dev d0 label d0
  ip -4 addr flush dev d0
  ip link set dev d0 down
  run-parts --verbose /etc/network/if-post-down.d
  run-parts: executing /etc/network/if-post-down.d/bridge
  
  ifdown: interface d0 not configured
  ifup: unknown interface eth9
  ifdown: unknown interface eth9
  ifup: no interface(s) specified
  ifup: Use --help for help
  ifup: either use the --all option, or specify interface(s), but not both
  ifup: Use --help for help
  ifup: invalid option -- 'x'
  ifup: Use --help for help
  [1]
  $ sed -i 's/address/adress/' /etc/network/interfaces.d/lab; ifup d0; sed -i '1s/inet/inot/' /etc/network/interfaces.d/lab; ifup d0; rm /etc/network/interfaces.d/lab
  ifup: missing required variable: address
  ifup: missing required configuration variables for interface d0/inet
  ifup: failed to bring up d0
  ifup: /etc/network/interfaces.d/lab:1: unknown or no address type and no inherits keyword specified
  ifup: unknown interface d0
  $ ifdown enp1s0; ifup enp1s0; ip r | head -1; systemctl restart networking; systemctl is-active networking; ifquery --state
  Killed old client process
  Internet Systems Consortium DHCP Client 4.4.3-P1
  Copyright 2004-2022 Internet Systems Consortium.
  All rights reserved.
  For info, please visit https://www.isc.org/software/dhcp/
  
  Listening on LPF/enp1s0/52:54:00:12:34:56
  Sending on   LPF/enp1s0/52:54:00:12:34:56
  Sending on   Socket/fallback
  DHCPRELEASE of 10.0.2.15 on enp1s0 to 10.0.2.2 port 67
  Internet Systems Consortium DHCP Client 4.4.3-P1
  Copyright 2004-2022 Internet Systems Consortium.
  All rights reserved.
  For info, please visit https://www.isc.org/software/dhcp/
  
  Listening on LPF/enp1s0/52:54:00:12:34:56
  Sending on   LPF/enp1s0/52:54:00:12:34:56
  Sending on   Socket/fallback
  DHCPDISCOVER on enp1s0 to 255.255.255.255 port 67 interval 3
  DHCPOFFER of 10.0.2.15 from 10.0.2.2
  DHCPREQUEST for 10.0.2.15 on enp1s0 to 255.255.255.255 port 67
  DHCPACK of 10.0.2.15 from 10.0.2.2
  bound to 10.0.2.15 -- renewal in 43200 seconds.
  default via 10.0.2.2 dev enp1s0 
  active
  enp1s0=enp1s0
  lo=lo
  $ printf '\nauto br0\niface br0 inet dhcp\n  bridge_ports enp1s0\n' >> /etc/network/interfaces; sed -i 's/^allow-hotplug enp1s0//; s/iface enp1s0 inet dhcp/iface enp1s0 inet manual/' /etc/network/interfaces; apt-get update -qq; apt-get install -qq -y bridge-utils >/dev/null 2>&1; ifdown enp1s0 2>/dev/null; ifup br0 2>/dev/null; ip -4 -br a; brctl show | tail -1 | tr -s '\t' ' ' | sed 's/8000[^ ]*/ID/'; ping -qc1 mirror.lan | grep -c ' 0% packet'
  lo               UNKNOWN        127.0.0.1/8 
  br0              UP             10.0.2.16/24 
  br0 ID no enp1s0
  1
