useradd -D, pwck, grpck, passwd from a pipe and the checks of options: recorded from shadow 4.13 and adduser 3.134 of Debian 12.
host: debian-12
user: root

  $ unset LC_ALL; export LANG=C.UTF-8; cd /root
  $ useradd -D -s /bin/zsh
  useradd: Warning: missing or non-executable shell '/bin/zsh'
  $ useradd -D -s /bin/sh; useradd -D -e 2030-01-01 -f 10; useradd -D
  GROUP=100
  HOME=/home
  INACTIVE=10
  EXPIRE=2030-01-01
  SHELL=/bin/sh
  SKEL=/etc/skel
  CREATE_MAIL_SPOOL=no
  LOG_INIT=yes
  $ useradd -D -e '' -f -1; useradd -D -g nosuch
  useradd: group 'nosuch' does not exist
  [6]
  $ useradd -D -b relative
  useradd: invalid base directory 'relative'
  [3]
  $ useradd -f abc x
  useradd: invalid numeric argument 'abc'
  [3]
  $ useradd 1bad; id -un 1bad; userdel 1bad
  1bad
  $ useradd exp; passwd -x abc exp 2>&1 | head -2
  passwd: invalid numeric argument 'abc'
  Usage: passwd [options] [LOGIN]
  $ usermod -m exp 2>&1 | head -1
  usermod: -m flag is only allowed with the -d flag
  $ usermod -L -U exp 2>&1 | head -1
  usermod: the -L, -p, and -U flags are exclusive
  $ usermod -c 'a:b' exp
  usermod: invalid field 'a:b'
  [3]
  $ usermod -d /home/new -m exp
  usermod: The previous home directory (/home/exp) does not exist or is inaccessible. Move cannot be completed.
  $ chage -E nodate exp 2>&1 | head -2
  chage: invalid date 'nodate'
  Usage: chage [options] LOGIN
  $ groupadd -U exp,nosuch gg
  Invalid member username nosuch
  [2]
  $ printf 'abc\nabc\n' | passwd exp
  New password: Retype new password: passwd: password updated successfully
  $ printf 'abc\nabd\n' | passwd exp
  New password: Retype new password: Sorry, passwords do not match.
  passwd: Authentication token manipulation error
  passwd: password unchanged
  [10]
  $ chfn -r 'a=b' exp
  chfn: invalid room number: 'a=b'
  [1]
  $ su student -s /bin/bash -c 'chsh -s /bin/sh root'
  You may not change the shell for 'root'.
  [1]
  $ addgroup exp users
  addgroup: addgroup with two arguments is an unspecified operation.
  [1]
  $ adduser --uid 0 --gecos '' --disabled-password dup
  adduser: The UID 0 is already in use.
  [1]
  $ deluser --system exp
  deluser: The user `exp' is not a system user. Exiting.
  [1]
  $ delgroup exp
  Removing group `exp' ...
  groupdel: cannot remove the primary group of user 'exp'
  delgroup: `/sbin/groupdel exp' returned error code 8. Exiting.
  [1]
  $ usermod -d /root exp; echo 'dup:x:77:7777::/root:/bin/sh' > p; echo 'dup:x:77:7777::/root:/bin/sh' >> p; echo broken >> p; echo 'old:!:20000:0:99999:7:::' > s; pwck -r p s
  duplicate password entry
  delete line 'dup:x:77:7777::/root:/bin/sh'? No
  user 'dup': no group 7777
  no matching password file entry in s
  add user 'dup' in s? No
  duplicate password entry
  delete line 'dup:x:77:7777::/root:/bin/sh'? No
  user 'dup': no group 7777
  no matching password file entry in s
  add user 'dup' in s? No
  invalid password file entry
  delete line 'broken'? No
  no matching password file entry in p
  delete line 'old:!:20000:0:99999:7:::'? No
  pwck: no changes
  [2]
  $ yes | pwck p s; cat p s | cut -d: -f1,2; pwck /nosuch
  duplicate password entry
  delete line 'dup:x:77:7777::/root:/bin/sh'? user 'dup': no group 7777
  no matching password file entry in s
  add user 'dup' in s? invalid password file entry
  delete line 'broken'? no matching password file entry in p
  delete line 'old:!:20000:0:99999:7:::'? pwck: the files have been updated
  dup:x
  dup:x
  pwck: cannot open /nosuch
  [3]
  $ printf 'ga:x:7001:nosuchuser\nbad:x\n' > g; echo 'gone:!::' > gs; grpck -r g gs
  group ga: no user nosuchuser
  delete member 'nosuchuser'? No
  no matching group file entry in gs
  add group 'ga' in gs? No
  invalid group file entry
  delete line 'bad:x'? No
  no matching group file entry in g
  delete line 'gone:!::'? No
  grpck: no changes
  [2]
  $ EDITOR=/nosuch vipw
  sh: 1: /nosuch: not found
  vipw: /nosuch returned with status 127
  vipw: /etc/passwd is unchanged
  [127]
