ssh: ports forwarded to and from the other machine, a SOCKS proxy, jump hosts.
host: debian-12

  $ ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519; cat ~/.ssh/id_ed25519.pub >> ~/.ssh/authorized_keys; ssh -o StrictHostKeyChecking=accept-new localhost true
  Warning: Permanently added 'localhost' (ED25519) to the list of known hosts.
  $ ssh -f -N -L 8080:mirror.lan:80 localhost; ss -tlnH | grep 8080 | awk '{print $4}'; curl -sI http://localhost:8080/debian/ | head -1
  127.0.0.1:8080
  [::1]:8080
  HTTP/1.1 404 Not Found
  $ ssh -L 8080:mirror.lan:80 localhost echo in
  bind [127.0.0.1]:8080: Address already in use
  channel_setup_fwd_listener_tcpip: cannot listen to port: 8080
  Could not request local forwarding.
  in
  $ ssh -f -N -L 8081:localhost:9 localhost; curl -s http://localhost:8081/; echo $?
  channel 2: open failed: connect failed: Connection refused
  56
  $ ssh -f -N -R 9090:mirror.lan:80 localhost; sleep 1; curl -sI http://127.0.0.1:9090/debian/ | head -1
  HTTP/1.1 404 Not Found
  $ ssh -f -N -D 1080 localhost; exec 3<>/dev/tcp/localhost/1080; printf '\5\1\0\5\1\0\3\11localhost\0\26' >&3; head -c 12 <&3 | od -An -tu1; head -1 <&3; exec 3>&-
     5   0   5   0   0   1   0   0   0   0   0   0
  SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
  $ ssh -W localhost:22 localhost < /dev/null | head -1
  SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
  $ ssh -J localhost root@127.0.0.1 -o StrictHostKeyChecking=no 'echo via $SSH_CONNECTION' | cut -d' ' -f1,2
  Warning: Permanently added '127.0.0.1' (ED25519) to the list of known hosts.
  via 127.0.0.1
  $ ssh -L 80:x localhost
  Bad local forwarding specification '80:x'
  [255]
  $ ssh -L 7000:localhost:22 -f localhost sleep 5; ssh -p 7000 -o StrictHostKeyChecking=no localhost echo twice 2>/dev/null
  twice
