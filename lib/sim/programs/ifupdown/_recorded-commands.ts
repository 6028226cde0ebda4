// What ifupdown 0.8.41 of Debian 12 wrote for these files: run with -n where nothing may be changed. Each command, what it wrote (both streams), its status in brackets.
// (More than 400 lines: recordings.)

export const general = {
  interfaces: `auto /d*=tmpl
no-scripts d9
no-auto-down d1
iface tmpl inet static
   address 9.9.9.9
iface tmpl2 inherits tmpl
   mtu 1200
rename dX=dY
iface d0:1 inet static
  address 10.0.0.6/24
iface d0:2 inet manual
iface a1 inet static
  address 10.0.0.6
iface a2 inet static
  address 192.168.3.7
iface a3 inet static
  address 10.0.0.6/24
  broadcast -
iface a4 inet static
  address 10.0.0.6/24
  broadcast +
  hwaddress random
iface a5 inet static
  address 10.0.0.6
  netmask 24
iface a6 inet static
  address 10.0.0.6
  netmask 255.255.255.255
iface a7 inet static
  address 10.0.0.6/31
iface a8 inet static
  address nonsense/24
iface b1 inet6 static
  address fd00::1
iface b2 inet6 static
  address fd00::1
  netmask 48
  mtu 1300
  metric 3
  gateway fe80::1
  privext 2
  accept_ra 1
  autoconf 1
  scope link
iface b3 inet6 auto
  privext 2
  dhcp 1
iface b4 inet6 manual
  mtu 1280
  hwaddress 02:00:00:00:00:01
iface b5 inet6 loopback
iface b6 inet6 dhcp
  accept_ra 0
iface b7 inet6 v4tunnel
  address fd00::1
  netmask 64
  endpoint 1.2.3.4
iface b8 inet tunnel
  address 10.0.0.1
  mode GRE
  endpoint 1.2.3.4
iface b9 inet6 6to4
  local 1.2.3.4
iface c1 inet dhcp
  client no
  hostname me
iface c2 inet bootp
iface c3 inet wvdial
iface c4 inet ipv4ll
iface c5 can static
 bitrate 500
iface c6 inet manual
iface c6 inet static
  address 10.0.1.2/24
iface c7 inet6 static
  address fd00::7/64
  dad-attempts 3
iface c8 inet tunnel
  address 10.0.0.1
iface d9 inet manual
iface c9 inet static
   address 10.0.0.6/24
   pre-up false
iface e1 inet static
   address 10.0.0.6/24
   post-up echo one
   up echo two
   pre-down echo three
   down echo four
   post-down echo five
mapping m1
  script /root/m-false
mapping m2
  script /root/m-none
mapping m3
  script /nonexistent
mapping m4
mapping q*
  script /root/m-a1
iface lo inet loopback
iface lo inet static
  address 10.9.9.9/32
`,
  session: `$ ifup -n --force -v a2

ifup: configuring interface a2=a2 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip addr add 192.168.3.7/255.255.255.0 broadcast 192.168.3.255 	  dev a2 label a2
ip link set dev a2   up

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v a2
ifdown: configuring interface a2=a2 (inet)
run-parts --verbose /etc/network/if-down.d

ip addr del 192.168.3.7/255.255.255.0 broadcast 192.168.3.255 	  dev a2 label a2
ip -4 addr flush dev a2
ip link set dev a2 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery a2
address: 192.168.3.7
broadcast: 192.168.3.255
netmask: 255.255.255.0
[0]
$ ifup -n --force -v a3

ifup: configuring interface a3=a3 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip addr add 10.0.0.6/255.255.255.0 broadcast 10.0.0.0 	  dev a3 label a3
ip link set dev a3   up

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v a3
ifdown: configuring interface a3=a3 (inet)
run-parts --verbose /etc/network/if-down.d

ip addr del 10.0.0.6/255.255.255.0 broadcast 10.0.0.0 	  dev a3 label a3
ip -4 addr flush dev a3
ip link set dev a3 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery a3
address: 10.0.0.6
broadcast: 10.0.0.0
netmask: 255.255.255.0
[0]
$ ifup -n --force -v a5

ifup: configuring interface a5=a5 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip addr add 10.0.0.6/24 broadcast + 	  dev a5 label a5
ip link set dev a5   up

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v a5
ifdown: configuring interface a5=a5 (inet)
run-parts --verbose /etc/network/if-down.d

ip addr del 10.0.0.6/24 broadcast + 	  dev a5 label a5
ip -4 addr flush dev a5
ip link set dev a5 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery a5
address: 10.0.0.6
netmask: 24
broadcast: +
[0]
$ ifup -n --force -v a7

ifup: configuring interface a7=a7 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip addr add 10.0.0.6/255.255.255.254 broadcast 255.255.255.255 	  dev a7 label a7
ip link set dev a7   up

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v a7
ifdown: configuring interface a7=a7 (inet)
run-parts --verbose /etc/network/if-down.d

ip addr del 10.0.0.6/255.255.255.254 broadcast 255.255.255.255 	  dev a7 label a7
ip -4 addr flush dev a7
ip link set dev a7 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery a7
address: 10.0.0.6
broadcast: 255.255.255.255
netmask: 255.255.255.254
[0]
$ ifup -n --force -v b2

ifup: configuring interface b2=b2 (inet6)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
modprobe -q net-pf-10 > /dev/null 2>&1 || true # ignore failure.
sysctl -q -e -w net.ipv6.conf.b2.use_tempaddr=2
sysctl -q -e -w net.ipv6.conf.b2.accept_ra=1
sysctl -q -e -w net.ipv6.conf.b2.autoconf=1
if [ "$(cat /sys/class/net/b2/mtu)" -lt 1300 ]; then ip link set dev b2 mtu 1300; else sysctl -q -e -w net.ipv6.conf.b2.mtu=1300; fi
ip link set dev b2  up
ip -6 addr add fd00::1/48 scope link dev b2 
 ip -6 route replace default via fe80::1 metric 3 dev b2 onlink 
run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v b2
ifdown: configuring interface b2=b2 (inet6)
run-parts --verbose /etc/network/if-down.d
 ip -6 route del default via fe80::1 metric 3 dev b2 
ip -6 addr del fd00::1/48 scope link dev b2
ip -6 addr flush dev b2
ip link set dev b2 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery b2
address: fd00::1
netmask: 48
mtu: 1300
metric: 3
gateway: fe80::1
privext: 2
accept_ra: 1
autoconf: 1
scope: link
preferred-lifetime: 
dad-attempts: 60
dad-interval: 0.1
[0]
$ ifup -n --force -v b4

ifup: configuring interface b4=b4 (inet6)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
if [ "$(cat /sys/class/net/b4/mtu)" -lt 1280 ]; then ip link set dev b4 mtu 1280; else sysctl -q -e -w net.ipv6.conf.b4.mtu=1280; fi
ip link set dev b4 address 02:00:00:00:00:01
ip link set dev b4 up 2>/dev/null || true
run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v b4
ifdown: configuring interface b4=b4 (inet6)
run-parts --verbose /etc/network/if-down.d
ip -6 addr flush dev b4 2>/dev/null || true
ip link set dev b4 down 2>/dev/null || true
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery b4
mtu: 1280
hwaddress: 02:00:00:00:00:01
[0]
$ ifup -n --force -v b7

ifup: configuring interface b7=b7 (inet6)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
modprobe -q net-pf-10 > /dev/null 2>&1 || true # ignore failure.
ip tunnel add b7 mode sit remote 1.2.3.4         
ip link set b7 up 
 ip addr add fd00::1/64 dev b7  


run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v b7
ifdown: configuring interface b7=b7 (inet6)
run-parts --verbose /etc/network/if-down.d
ip tunnel del b7
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery b7
address: fd00::1
netmask: 64
endpoint: 1.2.3.4
preferred-lifetime: 
[0]
$ ifup -n --force -v c1

ifup: configuring interface c1=c1 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d

CLIENT="-i"; [ "no" = no ] && CLIENT=""; dhclient -4 -v $CLIENT -pf /run/dhclient.c1.pid -lf /var/lib/dhcp/dhclient.c1.leases -I -df /var/lib/dhcp/dhclient6.c1.leases c1 	
run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v c1
ifdown: configuring interface c1=c1 (inet)
run-parts --verbose /etc/network/if-down.d
CLIENT="-i"; [ "no" = no ] && CLIENT=""; dhclient -4 -v $CLIENT -r -pf /run/dhclient.c1.pid -lf /var/lib/dhcp/dhclient.c1.leases -I -df /var/lib/dhcp/dhclient6.c1.leases c1
ip link set dev c1 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery c1
client: no
hostname: me
[0]
$ ifup -n --force -v c5

ifup: configuring interface c5=c5 (can)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip link set c5 type can bitrate 500






ip link set c5 up
run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v c5
ifdown: configuring interface c5=c5 (can)
run-parts --verbose /etc/network/if-down.d
ip link set c5 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery c5
bitrate: 500
[0]
$ ifup -n --force -v c6

ifup: configuring interface c6=c6 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d


ip link set dev c6 up 2>/dev/null || true
run-parts --exit-on-error --verbose /etc/network/if-up.d
ifup: configuring interface c6=c6 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip addr add 10.0.1.2/255.255.255.0 broadcast 10.0.1.255 	  dev c6 label c6
ip link set dev c6   up

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v c6
ifdown: configuring interface c6=c6 (inet)
run-parts --verbose /etc/network/if-down.d
ip -4 addr flush dev c6 2>/dev/null || true
ip link set dev c6 down 2>/dev/null || true
run-parts --verbose /etc/network/if-post-down.d
ifdown: configuring interface c6=c6 (inet)
run-parts --verbose /etc/network/if-down.d

ip addr del 10.0.1.2/255.255.255.0 broadcast 10.0.1.255 	  dev c6 label c6
ip -4 addr flush dev c6
ip link set dev c6 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery c6
address: 10.0.1.2
broadcast: 10.0.1.255
netmask: 255.255.255.0
[0]
$ ifup -n --force -v c8

ifup: configuring interface c8=c8 (inet)
ifup: missing required variable: mode
ifup: missing required variable: endpoint
ifup: missing required configuration variables for interface c8/inet
ifup: failed to bring up c8
[1]
$ ifdown -n --force -v c8
ifdown: configuring interface c8=c8 (inet)
run-parts --verbose /etc/network/if-down.d
ip tunnel del c8
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery c8
address: 10.0.0.1
[0]
$ ifup -n --force -v d9

ifup: configuring interface d9=d9 (inet)


ip link set dev d9 up 2>/dev/null || true
[0]
$ ifdown -n --force -v d9
ifdown: configuring interface d9=d9 (inet)
ip -4 addr flush dev d9 2>/dev/null || true
ip link set dev d9 down 2>/dev/null || true

[0]
$ ifquery d9
[0]
$ ifup -n --force -v tmpl2

ifup: configuring interface tmpl2=tmpl2 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip addr add 9.9.9.9/255.0.0.0 broadcast 9.255.255.255 	  dev tmpl2 label tmpl2
ip link set dev tmpl2 mtu 1200  up

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v tmpl2
ifdown: configuring interface tmpl2=tmpl2 (inet)
run-parts --verbose /etc/network/if-down.d

ip addr del 9.9.9.9/255.0.0.0 broadcast 9.255.255.255 	  dev tmpl2 label tmpl2
ip -4 addr flush dev tmpl2
ip link set dev tmpl2 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery tmpl2
address: 9.9.9.9
mtu: 1200
broadcast: 9.255.255.255
netmask: 255.0.0.0
[0]
$ ifup -n --force -v m1
ifup: running mapping script /root/m-false on m1
ifup: error trying to executing mapping script /root/m-false on m1
[1]
$ ifdown -n --force -v m1
[0]
$ ifquery m1
ifquery: error trying to executing mapping script /root/m-false on m1
[1]
$ ifup -n --force -v m2
ifup: running mapping script /root/m-none on m2
ifup: no output from mapping script /root/m-none on m2
[1]
$ ifdown -n --force -v m2
[0]
$ ifquery m2
ifquery: no output from mapping script /root/m-none on m2
[1]
$ ifup -n --force -v m4
ifup: running mapping script (null) on m4
ifup: error trying to executing mapping script (null) on m4
[1]
$ ifdown -n --force -v m4
[0]
$ ifquery m4
ifquery: error trying to executing mapping script (null) on m4
[1]
$ ifup -n --force -v qq
ifup: running mapping script /root/m-a1 on qq

ifup: configuring interface qq=a1 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip addr add 10.0.0.6/255.0.0.0 broadcast 10.255.255.255 	  dev qq label qq
ip link set dev qq   up

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v qq
[0]
$ ifquery qq
address: 10.0.0.6
broadcast: 10.255.255.255
netmask: 255.0.0.0
[0]
$ ifup -n --force -v lo

ifup: configuring interface lo=lo (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip link set dev lo up
run-parts --exit-on-error --verbose /etc/network/if-up.d
ifup: configuring interface lo=lo (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip addr add 10.9.9.9/255.255.255.255 broadcast 10.9.9.9 	  dev lo label lo
ip link set dev lo   up

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v lo
ifdown: configuring interface lo=lo (inet)
run-parts --verbose /etc/network/if-down.d
ip link set dev lo down
run-parts --verbose /etc/network/if-post-down.d
ifdown: configuring interface lo=lo (inet)
run-parts --verbose /etc/network/if-down.d

ip addr del 10.9.9.9/255.255.255.255 broadcast 10.9.9.9 	  dev lo label lo
ip -4 addr flush dev lo
ip link set dev lo down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery lo
address: 10.9.9.9
broadcast: 10.9.9.9
netmask: 255.255.255.255
[0]
$ ifup -n --force -v nosuch
ifup: unknown interface nosuch
[1]
$ ifdown -n --force -v nosuch
ifdown: unknown interface nosuch
[1]
$ ifquery nosuch
ifquery: unknown interface nosuch
[1]
$ ifup -n --force -v d0=tmpl2

ifup: configuring interface d0=tmpl2 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip addr add 9.9.9.9/255.0.0.0 broadcast 9.255.255.255 	  dev d0 label d0
ip link set dev d0 mtu 1200  up

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v d0=tmpl2
ifdown: configuring interface d0=tmpl2 (inet)
run-parts --verbose /etc/network/if-down.d

ip addr del 9.9.9.9/255.0.0.0 broadcast 9.255.255.255 	  dev d0 label d0
ip -4 addr flush dev d0
ip link set dev d0 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifquery d0=tmpl2
address: 9.9.9.9
mtu: 1200
broadcast: 9.255.255.255
netmask: 255.0.0.0
[0]
$ ifup --no-mappings -n qq
ifup: ignoring unknown interface qq=qq
[0]
$ ifup -n --no-scripts a1

ip addr add 10.0.0.6/255.0.0.0 broadcast 10.255.255.255 	  dev a1 label a1
ip link set dev a1   up

[0]
$ ifup -n --no-loopback -a
run-parts --exit-on-error /etc/network/if-pre-up.d

run-parts --exit-on-error /etc/network/if-pre-up.d
ip addr add 9.9.9.9/255.0.0.0 broadcast 9.255.255.255 	  dev d0 label d0
ip link set dev d0   up

run-parts --exit-on-error /etc/network/if-up.d

run-parts --exit-on-error /etc/network/if-pre-up.d
ip addr add 9.9.9.9/255.0.0.0 broadcast 9.255.255.255 	  dev d1 label d1
ip link set dev d1   up

run-parts --exit-on-error /etc/network/if-up.d

run-parts --exit-on-error /etc/network/if-pre-up.d
ip addr add 9.9.9.9/255.0.0.0 broadcast 9.255.255.255 	  dev d2 label d2
ip link set dev d2   up

run-parts --exit-on-error /etc/network/if-up.d
run-parts --exit-on-error /etc/network/if-up.d
[0]
$ ifquery -l
lo
d0
d1
d2
[0]
$ ifup -n a1 -X a*
[0]
$ ifup -n /d*
ifup: unknown interface d0
ifup: unknown interface d1
ifup: unknown interface d2
[1]
$ ifup -n /d*/1=a1

run-parts --exit-on-error /etc/network/if-pre-up.d
ip addr add 10.0.0.6/255.0.0.0 broadcast 10.255.255.255 	  dev d0 label d0
ip link set dev d0   up

run-parts --exit-on-error /etc/network/if-up.d
[0]
$ ifup -n -i /tmp a1
ifup: /tmp: Is a directory
ifup: couldn't read interfaces file "/tmp"
[1]
`,
};

export const linksAndIpv6 = {
  interfaces: `iface b1 inet6 static
  address fd00::1/64
iface b2 inet6 static
  address fd00::1/64
  gateway fd00::2
  dad-attempts 0
  hwaddress 02:00:00:00:00:09
iface b3 inet6 static
  address fd00::1/64
  accept_ra 2
  autoconf 0
  preferred-lifetime 0
iface b4 inet6 auto
iface b5 inet6 auto
  accept_ra 0
  dhcp 1
  request_prefix 1
  ll-attempts 10
iface b6 inet6 dhcp
iface b7 inet6 dhcp
  request_prefix 1
iface b8 inet6 manual
iface d0.7 inet static
  address 1.1.1.1/24
iface d1 inet manual
iface d1.8 inet manual
iface d1.8 inet6 auto
iface d0:1 inet6 static
  address fd00::9/64
iface b9 inet tunnel
  address 10.0.0.1
  netmask 24
  mode GRE
  endpoint 1.2.3.4
iface c1 inet tunnel
  address 10.0.0.1/24
  mode GRE
  endpoint 1.2.3.4
iface c2 inet static
   address 10.0.0.6/24
   dns-search a b
   dns_x 1
   x.y 2
   pre-up env | grep IF_
   hwaddress ether 02:00:00:00:00:09
`,
  session: `$ ifup -n --force -v b2

ifup: configuring interface b2=b2 (inet6)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
modprobe -q net-pf-10 > /dev/null 2>&1 || true # ignore failure.

sysctl -q -e -w net.ipv6.conf.b2.accept_ra=0
sysctl -q -e -w net.ipv6.conf.b2.autoconf=0

ip addr flush dev b2 mngtmpaddr
ip link set dev b2 address 02:00:00:00:00:09 up
ip -6 addr add fd00::1/64  dev b2  nodad
 ip -6 route replace default via fd00::2  dev b2 onlink 
run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v b2
ifdown: configuring interface b2=b2 (inet6)
run-parts --verbose /etc/network/if-down.d
 ip -6 route del default via fd00::2  dev b2 
ip -6 addr del fd00::1/64  dev b2
ip -6 addr flush dev b2
ip link set dev b2 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifup -n --force -v b3

ifup: configuring interface b3=b3 (inet6)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
modprobe -q net-pf-10 > /dev/null 2>&1 || true # ignore failure.

sysctl -q -e -w net.ipv6.conf.b3.accept_ra=2
sysctl -q -e -w net.ipv6.conf.b3.autoconf=0

ip link set dev b3  up
ip -6 addr add fd00::1/64  dev b3 preferred_lft 0

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v b3
ifdown: configuring interface b3=b3 (inet6)
run-parts --verbose /etc/network/if-down.d

ip -6 addr del fd00::1/64  dev b3
ip -6 addr flush dev b3
ip link set dev b3 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifup -n --force -v b5

ifup: configuring interface b5=b5 (inet6)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
modprobe -q net-pf-10 > /dev/null 2>&1 || true # ignore failure.

sysctl -q -e -w net.ipv6.conf.b5.accept_ra=0
sysctl -q -e -w net.ipv6.conf.b5.autoconf=1
ip addr flush dev b5 mngtmpaddr
ip link set dev b5 up
/lib/ifupdown/wait-for-ll6.sh
dhclient -6 -v -P -pf /run/dhclient6.b5.pid -lf /var/lib/dhcp/dhclient6.b5.leases -I -df /var/lib/dhcp/dhclient.b5.leases b5
run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v b5
ifdown: configuring interface b5=b5 (inet6)
run-parts --verbose /etc/network/if-down.d
dhclient -6 -v -r -pf /run/dhclient6.b5.pid -lf /var/lib/dhcp/dhclient6.b5.leases -I -df /var/lib/dhcp/dhclient.b5.leases b5
ip -6 addr flush dev b5 scope global
ip link set dev b5 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifup -n --force -v b7

ifup: configuring interface b7=b7 (inet6)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
modprobe -q net-pf-10 > /dev/null 2>&1 || true # ignore failure.
sysctl -q -e -w net.ipv6.conf.b7.accept_ra=1

ip link set dev b7  up
/lib/ifupdown/wait-for-ll6.sh
dhclient -6 -v -pf /run/dhclient6.b7.pid -lf /var/lib/dhcp/dhclient6.b7.leases -I -P -N -df /var/lib/dhcp/dhclient.b7.leases b7
run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v b7
ifdown: configuring interface b7=b7 (inet6)
run-parts --verbose /etc/network/if-down.d
dhclient -6 -v -r -pf /run/dhclient6.b7.pid -lf /var/lib/dhcp/dhclient6.b7.leases -I -df /var/lib/dhcp/dhclient.b7.leases b7
ip link set dev b7 down
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifup -n --force -v c1

ifup: configuring interface c1=c1 (inet)
ifup: missing required variable: netmask
ifup: missing required configuration variables for interface c1/inet
ifup: failed to bring up c1
[1]
$ ifdown -n --force -v c1
ifdown: configuring interface c1=c1 (inet)
run-parts --verbose /etc/network/if-down.d
ip tunnel del c1
run-parts --verbose /etc/network/if-post-down.d

[0]
$ ifup -n --force -v d0.7
if test -d /sys/class/net/d0 &&         ! ip link show d0.7 >/dev/null 2>&1;     then         if test \`cat /sys/class/net/d0/type\` -eq 32; then             echo 0x7 > /sys/class/net/d0/create_child;         else             ip link set up dev d0;             ip link add link d0 name d0.7 type vlan id 7; 	fi;     fi

ifup: configuring interface d0.7=d0.7 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
ip addr add 1.1.1.1/255.255.255.0 broadcast 1.1.1.255 	  dev d0.7 label d0.7
ip link set dev d0.7   up

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v d0.7
ifdown: configuring interface d0.7=d0.7 (inet)
run-parts --verbose /etc/network/if-down.d

ip addr del 1.1.1.1/255.255.255.0 broadcast 1.1.1.255 	  dev d0.7 label d0.7
run-parts --verbose /etc/network/if-post-down.d
if test -d /sys/class/net/d0/device/infiniband; then         if test \`cat /sys/class/net/d0/type\` -eq 32; then             echo 0x7 > /sys/class/net/d0/delete_child;         fi     else         ip link del d0.7;     fi

[0]
$ ifup -n --force -v d1.8

ifup: configuring interface d1=d1 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d


ip link set dev d1 up 2>/dev/null || true
run-parts --exit-on-error --verbose /etc/network/if-up.d
if test -d /sys/class/net/d1 &&         ! ip link show d1.8 >/dev/null 2>&1;     then         if test \`cat /sys/class/net/d1/type\` -eq 32; then             echo 0x8 > /sys/class/net/d1/create_child;         else             ip link set up dev d1;             ip link add link d1 name d1.8 type vlan id 8; 	fi;     fi

ifup: configuring interface d1.8=d1.8 (inet)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d


ip link set dev d1.8 up 2>/dev/null || true
run-parts --exit-on-error --verbose /etc/network/if-up.d
ifup: configuring interface d1.8=d1.8 (inet6)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
modprobe -q net-pf-10 > /dev/null 2>&1 || true # ignore failure.

sysctl -q -e -w net.ipv6.conf.d1/8.accept_ra=2
sysctl -q -e -w net.ipv6.conf.d1/8.autoconf=1
ip link set dev d1.8 up
run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v d1.8
ifdown: configuring interface d1.8=d1.8 (inet)
run-parts --verbose /etc/network/if-down.d
run-parts --verbose /etc/network/if-post-down.d
ifdown: configuring interface d1.8=d1.8 (inet6)
run-parts --verbose /etc/network/if-down.d
ip -6 addr flush dev d1.8 scope global
run-parts --verbose /etc/network/if-post-down.d
if test -d /sys/class/net/d1/device/infiniband; then         if test \`cat /sys/class/net/d1/type\` -eq 32; then             echo 0x8 > /sys/class/net/d1/delete_child;         fi     else         ip link del d1.8;     fi

[0]
$ ifup -n --force -v d0:1

ifup: configuring interface d0:1=d0:1 (inet6)
run-parts --exit-on-error --verbose /etc/network/if-pre-up.d
modprobe -q net-pf-10 > /dev/null 2>&1 || true # ignore failure.


sysctl -q -e -w net.ipv6.conf.d0:1.autoconf=0

ip link set dev d0:1  up
ip -6 addr add fd00::9/64  dev d0:1 preferred_lft 0

run-parts --exit-on-error --verbose /etc/network/if-up.d
[0]
$ ifdown -n --force -v d0:1
ifdown: configuring interface d0:1=d0:1 (inet6)
run-parts --verbose /etc/network/if-down.d

ip -6 addr del fd00::9/64  dev d0:1
run-parts --verbose /etc/network/if-post-down.d

[0]
`,
};
