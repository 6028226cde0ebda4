visudo's checks and its question, sudo -l, Defaults for one user, files that sudo does not trust: compared with sudo 1.9.13p3 of Debian 12.
host: debian-12
user: root

  $ unset LC_ALL; export LANG=C.UTF-8; echo student:student | chpasswd
  $ printf 'Defaults foo\nDefaults !bar,lecture=baz, passwd_tries=x\nDefaults insults=3\n' > h; visudo -cf h
  h:1:13: unknown defaults entry "foo"
  h:2:11: unknown defaults entry "bar"
  h:2:23: value "baz" is invalid for option "lecture"
  h:2:41: value "x" is invalid for option "passwd_tries"
  h:3:18: option "insults" does not take a value
  [1]
  $ printf 'User_Alias ADMINS = a, b\nADMINS ALL = ALL\nCmnd_Alias UNUSED = /bin/ls\nX ALL = FOO\n' > i; visudo -cf i; visudo -c -s -f i
  i:4:12: User_Alias "X" referenced but not defined
  i:4:12: Cmnd_Alias "FOO" referenced but not defined
  Warning: i:3:12: unused Cmnd_Alias "UNUSED"
  i: parsed OK
  i:4:12: User_Alias "X" referenced but not defined
  i:4:12: Cmnd_Alias "FOO" referenced but not defined
  Warning: i:3:12: unused Cmnd_Alias "UNUSED"
  [1]
  $ printf 'User_Alias ADMINS = a, b\nUser_Alias ADMINS = c\n' > j; visudo -cf j
  j:2:22: Alias "ADMINS" already defined
  User_Alias ADMINS = c
                       ^
  [1]
  $ visudo -z; visudo -V
  visudo: invalid option -- 'z'
  usage: visudo [-chqsV] [[-f] sudoers ]
  visudo version 1.9.13p3
  visudo grammar version 50
  $ echo oops > q; printf '?\nx\n' | EDITOR=true visudo -f q 2>&1 | grep .
  q:1:5: syntax error
  oops
      ^
  visudo: q.tmp unchanged
  q:1:5: syntax error
  oops
      ^
  What now? Options are:
    (e)dit sudoers file again
    e(x)it without saving changes to sudoers file
    (Q)uit and save changes to sudoers file (DANGER!)
  What now?
  $ EDITOR=/nosuch visudo -f i
  visudo: specified editor (/nosuch) doesn't exist
  [1]
  $ EDITOR=true visudo
  visudo: /etc/sudoers.tmp unchanged
  $ echo 'student ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/st; visudo -c 2>&1 | tail -1; chmod 440 /etc/sudoers.d/st; sudo -ll -U student | grep .
  /etc/sudoers.d/st: bad permissions, should be mode 0440
  Matching Defaults entries for student on debian:
      env_reset, mail_badpass, secure_path=/usr/local/sbin\:/usr/local/bin\:/usr/sbin\:/usr/bin\:/sbin\:/bin, use_pty
  User student may run the following commands on debian:
  Sudoers entry:
      RunAsUsers: ALL
      RunAsGroups: ALL
      Commands:
  	ALL
  Sudoers entry:
      RunAsUsers: ALL
      Options: !authenticate
      Commands:
  	ALL
  $ su student -c 'sudo -D /tmp pwd'
  sudo: you are not permitted to use the -D option with /usr/bin/pwd
  [1]
  $ gpasswd -d student sudo > /dev/null; echo 'student ALL=(ALL) NOPASSWD: /usr/bin/id, PASSWD: /bin/ls' > /etc/sudoers.d/st; su student -c 'sudo -l' | tail -1
      (ALL) NOPASSWD: /usr/bin/id, PASSWD: /bin/ls
  $ printf 'Defaults:student !authenticate\nstudent ALL=/usr/bin/id\n' > /etc/sudoers.d/st; su student -c 'sudo id -u; sudo -l' | grep .
  0
  Matching Defaults entries for student on debian:
      env_reset, mail_badpass, secure_path=/usr/local/sbin\:/usr/local/bin\:/usr/sbin\:/usr/bin\:/sbin\:/bin, use_pty, !authenticate
  User student may run the following commands on debian:
      (root) /usr/bin/id
  $ sudo -l | head -2
  Matching Defaults entries for root on debian:
      env_reset, mail_badpass, secure_path=/usr/local/sbin\:/usr/local/bin\:/usr/sbin\:/usr/bin\:/sbin\:/bin, use_pty
  $ chmod 777 /etc/sudoers.d/st; su student -c 'sudo -n id -u'; chmod 440 /etc/sudoers.d/st
  sudo: /etc/sudoers.d/st is world writable
  sudo: a password is required
  $ chown student /etc/sudoers.d/st; su student -c 'sudo -n id -u'; rm /etc/sudoers.d/st
  sudo: /etc/sudoers.d/st is owned by uid 1000, should be 0
  sudo: a password is required
  $ chmod 666 /etc/sudoers; sudo id -u; chmod 440 /etc/sudoers
  sudo: /etc/sudoers is world writable
  sudo: no valid sudoers sources found, quitting
  sudo: error initializing audit plugin sudoers_audit
  $ su -g users student -c id; su -G users student -c 'id -Gn'
  uid=1000(student) gid=100(users) groups=100(users)
  users
  $ su student -c 'su -g users root -c id'
  su: only root can specify alternative groups
  [1]
