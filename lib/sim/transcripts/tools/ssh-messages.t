ssh-copy-id, ssh_config and known_hosts: what OpenSSH 9.2 says, as recorded from Debian 12 (the client as an ordinary user, a server on port 2222).
host: debian-12
cwd: /tmp

  $ mkdir -p ~/.ssh /tmp/s; cd /tmp/s; ssh-keygen -q -t ed25519 -N '' -f k -C me@x; printf 'Port 2222\nSubsystem sftp internal-sftp\n' > c; /usr/sbin/sshd -f c; cat k.pub >> ~/.ssh/authorized_keys
  $ ssh-copy-id -i k.pub -p 2223 127.0.0.1
  /usr/bin/ssh-copy-id: INFO: Source of key(s) to be installed: "k.pub"
  /usr/bin/ssh-copy-id: INFO: attempting to log in with the new key(s), to filter out any that are already installed
  
  /usr/bin/ssh-copy-id: ERROR: ssh: connect to host 127.0.0.1 port 2223: Connection refused
  
  [1]
  $ ssh-copy-id -i none 127.0.0.1
  
  /usr/bin/ssh-copy-id: ERROR: failed to open ID file 'none.pub': No such file
  [1]
  $ echo "[127.0.0.1]:2222 $(cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub)" > ~/.ssh/known_hosts; ssh -o UpdateHostKeys=no -i k -p 2222 127.0.0.1 echo in
  in
  $ echo "[127.0.0.1]:2222 $(cut -d' ' -f1,2 k.pub)" > ~/.ssh/known_hosts; ssh -o StrictHostKeyChecking=no -i k -p 2222 127.0.0.1 'echo in' 2>&1 | grep -v SHA256
  @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
  @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
  @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
  IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
  Someone could be eavesdropping on you right now (man-in-the-middle attack)!
  It is also possible that a host key has just been changed.
  The fingerprint for the ED25519 key sent by the remote host is
  Please contact your system administrator.
  Add correct host key in /root/.ssh/known_hosts to get rid of this message.
  Offending ED25519 key in /root/.ssh/known_hosts:1
    remove with:
    ssh-keygen -f "/root/.ssh/known_hosts" -R "[127.0.0.1]:2222"
  Password authentication is disabled to avoid man-in-the-middle attacks.
  Keyboard-interactive authentication is disabled to avoid man-in-the-middle attacks.
  UpdateHostkeys is disabled because the host key is not trusted.
  in
  $ wc -l < ~/.ssh/known_hosts; ssh-keygen -R '[127.0.0.1]:2222'
  1
  # Host [127.0.0.1]:2222 found: line 1
  /root/.ssh/known_hosts updated.
  Original contents retained as /root/.ssh/known_hosts.old
  $ ssh -o StrictHostKeyChecking=accept-new -o PreferredAuthentications=publickey -o IdentityFile=/none -p 2222 nobody@127.0.0.1 true
  Warning: Permanently added '[127.0.0.1]:2222' (ED25519) to the list of known hosts.
  nobody@127.0.0.1: Permission denied (publickey,password,keyboard-interactive).
  [255]
  $ mkdir d; scp -P 2222 -i k d 127.0.0.1:/tmp/s/e; scp -P 2222 -i k none 127.0.0.1:/tmp/s/
  scp: local "d" is not a regular file
  scp: failed to upload file d to /tmp/s/e
  scp: stat local "none": No such file or directory
  [255]
  $ scp -P 2223 k 127.0.0.1:
  ssh: connect to host 127.0.0.1 port 2223: Connection refused
  scp: Connection closed
  [255]
  $ printf 'Match host web user bob\n  Port 2223\nMatch originalhost web\n  HostName 127.0.0.1\n  Port 2224\n' > ~/.ssh/config; ssh -T bob@web; ssh -T al@web
  ssh: connect to host 127.0.0.1 port 2223: Connection refused
  ssh: connect to host 127.0.0.1 port 2224: Connection refused
  [255]
  $ chmod 666 ~/.ssh/config; ssh h
  Bad owner or permissions on /root/.ssh/config
  [255]
  $ rm ~/.ssh/config; printf 'put k\n@put k k2\nget nofile\n' | sftp -b - -P 2222 -i k 127.0.0.1
  sftp> put k
  sftp> get nofile
  File "/root/nofile" not found.
  [1]
  $ sftp -P 2222 -i k 127.0.0.1:/root/k2 got; cmp k got
  Connected to 127.0.0.1.
  Fetching /root/k2 to got
