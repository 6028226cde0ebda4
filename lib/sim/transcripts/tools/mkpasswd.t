mkpasswd: hashes and refusals as whois 5.5.17 of Debian 12 wrote them; /proc/net/tcp of listeners.
host: debian-12

  $ apt-get update -qq; apt-get install -qq -y whois >/dev/null 2>&1; mkpasswd -m sha-512 secret saltsalt; mkpasswd -m md5 -S saltsalt secret; echo secret | mkpasswd -s -m sha-256 -S saltsalt; mkpasswd -m sha512crypt -S saltsalt -R 5000 secret; mkpasswd -m foo x; mkpasswd -m sha-512 -S abc x; mkpasswd -S saltsalt secret; mkpasswd -m help | head -3; mkpasswd x | cut -c1-7; sed -n 2p /proc/net/tcp | cut -c1-56
  $6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1
  $1$saltsalt$9xy1btjgzLYfb7hivXtC//
  $5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA
  $6$rounds=5000$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1
  Invalid method 'foo'.
  Wrong salt length: 3 bytes when 8 <= n <= 16 expected.
  Wrong salt length: 8 bytes when 0 expected.
  Available methods:
  yescrypt        Yescrypt
  gost-yescrypt   GOST Yescrypt
  $y$j9T$
     0: 00000000:0016 00000000:0000 0A 00000000:00000000 0
