The order of "hosts" in nsswitch.conf decides what a name stands for; ping shows the name that was found.
host: debian-12

  $ echo "10.0.2.2 gw.lab gw" >> /etc/hosts; ping -qc1 gw | head -1; getent hosts gw
  PING gw.lab (10.0.2.2) 56(84) bytes of data.
  10.0.2.2        gw.lab gw
  $ sed -i 's/^hosts:.*/hosts: dns/' /etc/nsswitch.conf; getent hosts gw; ping -c1 gw
  ping: gw: Name or service not known
  [2]
  $ echo '10.9.9.9 mirror.lan' >> /etc/hosts; getent hosts mirror.lan
  198.51.100.4    mirror.lan
  $ sed -i 's/^hosts:.*/hosts: dns files/' /etc/nsswitch.conf; getent hosts gw mirror.lan
  10.0.2.2        gw.lab gw
  198.51.100.4    mirror.lan
  $ sed -i 's/^hosts:.*/hosts: files [NOTFOUND=return] dns/' /etc/nsswitch.conf; getent hosts gateway.lan
  [2]
  $ sed -i 's/^hosts:.*/hosts: files dns/' /etc/nsswitch.conf; getent hosts gateway.lan; getent hosts mirror.lan
  10.0.2.2        gateway.lan
  10.9.9.9        mirror.lan
  $ echo search lan >> /etc/resolv.conf; ping -qc1 gateway | head -1
  PING gateway.lan (10.0.2.2) 56(84) bytes of data.
