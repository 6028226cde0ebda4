What an ordinary user may not do, in the words of the coreutils: recorded from coreutils 9.1 of Debian 12.
host: debian-12
user: student

  $ unset LC_ALL; export LANG=C.UTF-8; umask 022
  $ rm -rf /tmp/t; mkdir /tmp/t; cd /tmp/t; mkdir w; touch w/f
  $ touch /etc/passwd
  touch: cannot touch '/etc/passwd': Permission denied
  [1]
  $ touch -c /etc/passwd
  touch: setting times of '/etc/passwd': Permission denied
  [1]
  $ touch -d 2020-01-01 /etc/passwd
  touch: cannot touch '/etc/passwd': Permission denied
  [1]
  $ touch /etc/newfile
  touch: cannot touch '/etc/newfile': Permission denied
  [1]
  $ touch /
  touch: setting times of '/': Permission denied
  [1]
  $ chmod 644 /etc/passwd
  chmod: changing permissions of '/etc/passwd': Operation not permitted
  [1]
  $ chmod -v 600 /etc/passwd
  chmod: changing permissions of '/etc/passwd': Operation not permitted
  failed to change mode of '/etc/passwd' from 0644 (rw-r--r--) to 0600 (rw-------)
  [1]
  $ chown root w/f
  chown: changing ownership of 'w/f': Operation not permitted
  [1]
  $ chown -R root w
  chown: changing ownership of 'w/f': Operation not permitted
  chown: changing ownership of 'w': Operation not permitted
  [1]
  $ chgrp root w/f
  chgrp: changing group of 'w/f': Operation not permitted
  [1]
  $ rm -f /etc/passwd
  rm: cannot remove '/etc/passwd': Permission denied
  [1]
  $ mv /etc/passwd w
  mv: cannot move '/etc/passwd' to 'w/passwd': Permission denied
  [1]
  $ mv w/f /etc
  mv: cannot move 'w/f' to '/etc/f': Permission denied
  [1]
  $ cp w/f /etc
  cp: cannot create regular file '/etc/f': Permission denied
  [1]
  $ cp /etc/shadow w
  cp: cannot open '/etc/shadow' for reading: Permission denied
  [1]
  $ ln -s w/f /etc/x
  ln: failed to create symbolic link '/etc/x': Permission denied
  [1]
  $ ln /etc/shadow w/s
  ln: failed to create hard link 'w/s' => '/etc/shadow': Operation not permitted
  [1]
  $ mkdir /etc/new
  mkdir: cannot create directory ‘/etc/new’: Permission denied
  [1]
  $ mkdir -p /etc/new/a
  mkdir: cannot create directory ‘/etc/new’: Permission denied
  [1]
  $ rmdir /etc/apt
  rmdir: failed to remove '/etc/apt': Permission denied
  [1]
  $ rmdir /etc/cron.d
  rmdir: failed to remove '/etc/cron.d': Permission denied
  [1]
  $ mkfifo /etc/p
  mkfifo: cannot create fifo '/etc/p': Permission denied
  [1]
  $ mknod w/d b 8 0
  mknod: w/d: Operation not permitted
  [1]
  $ truncate -s 0 /etc/passwd
  truncate: cannot open '/etc/passwd' for writing: Permission denied
  [1]
  $ shred /etc/passwd
  shred: /etc/passwd: failed to open for writing: Permission denied
  [1]
  $ dd if=/dev/null of=/etc/passwd
  dd: failed to open '/etc/passwd': Permission denied
  [1]
  $ dd if=/etc/shadow
  dd: failed to open '/etc/shadow': Permission denied
  [1]
  $ cat /etc/shadow
  cat: /etc/shadow: Permission denied
  [1]
  $ head -1 /etc/shadow
  head: cannot open '/etc/shadow' for reading: Permission denied
  [1]
  $ tail -1 /etc/shadow
  tail: cannot open '/etc/shadow' for reading: Permission denied
  [1]
  $ wc /etc/shadow
  wc: /etc/shadow: Permission denied
  [1]
  $ sort /etc/shadow
  sort: cannot read: /etc/shadow: Permission denied
  [2]
  $ md5sum /etc/shadow
  md5sum: /etc/shadow: Permission denied
  [1]
  $ tee /etc/new < /dev/null
  tee: /etc/new: Permission denied
  [1]
  $ split -l 1 w/f /etc/xx
  $ ls /root
  ls: cannot open directory '/root': Permission denied
  [2]
  $ ls -l /root
  ls: cannot open directory '/root': Permission denied
  [2]
  $ du -s /root
  du: cannot read directory '/root': Permission denied
  4	/root
  [1]
  $ stat /root/x
  stat: cannot statx '/root/x': Permission denied
  [1]
  $ install w/f /etc/f
  install: cannot create regular file '/etc/f': Permission denied
  [1]
  $ nice -n -5 true
  nice: cannot set niceness: Permission denied
  $ date -s 2020-01-01 +%F
  date: cannot set date: Operation not permitted
  2020-01-01
  [1]
