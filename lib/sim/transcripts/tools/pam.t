PAM: the stacks of /etc/pam.d decide. What faillock, update-passwd and mkhomedir_helper print is recorded from libpam-modules-bin 1.5.2 and base-passwd 3.6.1; what sudo and su say of PAM's answers is theirs.
host: debian-12
user: root

  $ echo student:secret1 | chpasswd; gpasswd -d student sudo > /dev/null; echo 'student ALL=(ALL) ALL' > /etc/sudoers.d/student; unset LC_ALL
  $ faillock
  faillock: Error reading tally directory: No such file or directory
  [2]
  $ faillock --user student; echo $?
  0
  $ faillock -x
  faillock: Unknown option: -x
  Usage: faillock [--dir /path/to/tally-directory] [--user username] [--reset]
  [1]
  $ pam-auth-update --enable mkhomedir
  $ tail -3 /etc/pam.d/common-session
  session	required	pam_unix.so
  session	optional			pam_mkhomedir.so
  # end of pam-auth-update config
  $ useradd toto
  $ su - toto -c pwd
  Creating directory '/home/toto'.
  /home/toto
  $ pam-auth-update --disable mkhomedir; grep -c mkhomedir /etc/pam.d/common-session
  0
  [1]
  $ sed -i 's/^auth.*pam_unix.so.*/auth required pam_faillock.so preauth\nauth [success=1 default=ignore] pam_unix.so nullok\nauth [default=die] pam_faillock.so authfail/; s/^auth\trequisite.*//' /etc/pam.d/common-auth
  $ DEBIAN_FRONTEND=noninteractive pam-auth-update --package 2>&1 | grep .
  pam-auth-update: Local modifications to /etc/pam.d/common-*, not updating.
  pam-auth-update: Run pam-auth-update --force to override.
  $ echo 'account required pam_faillock.so' >> /etc/pam.d/common-account
  $ su student -c "printf 'bad\nbad\nbad\n' | sudo -S id 2> /dev/null; echo secret1 | sudo -S id 2>&1 | grep -v password; faillock --user student | sed 's/20[0-9-]* [0-9:]*/WHEN/'"
  The account is locked due to 3 failed logins.
  (10 minutes left to unlock)
  The account is locked due to 3 failed logins.
  (10 minutes left to unlock)
  student:
  When                Type  Source                                           Valid
  WHEN SVC   sudo                                                 V
  WHEN SVC   sudo                                                 V
  WHEN SVC   sudo                                                 V
  $ faillock --user student --reset
  $ su student -c "echo secret1 | sudo -S id"; echo
  [sudo] password for student: uid=0(root) gid=0(root) groups=0(root)
  $ ls -l /run/faillock/student | cut -d' ' -f1-5
  -rw-rw---- 1 student student 0
  $ stat -c '%a %U %s' /run/faillock/student
  660 student 0
  $ echo 'account required pam_access.so' > /etc/pam.d/chfn; echo 'auth required pam_permit.so' >> /etc/pam.d/chfn; echo '-:student:ALL' >> /etc/security/access.conf
  $ su student -c 'chfn -r 12'
  chfn: PAM: Permission denied
  [1]
  $ echo '+:(sudo):ALL' > /etc/security/access.conf; gpasswd -a student sudo > /dev/null; echo '-:ALL:ALL' >> /etc/security/access.conf
  $ su student -c 'chfn -r 12'; getent passwd student
  student:x:1000:1000:,12,,:/home/student:/bin/bash
  $ gpasswd -d student sudo > /dev/null; su student -c 'chfn -r 13'
  chfn: PAM: Permission denied
  [1]
  $ printf 'account required pam_time.so\nauth required pam_permit.so\n' > /etc/pam.d/chfn
  $ echo 'chfn;*;!root;!Al0000-2400' > /etc/security/time.conf; su student -c 'chfn -r 13'
  chfn: PAM: Permission denied
  [1]
  $ echo 'chfn;*;!root;Al0000-2400' > /etc/security/time.conf; su student -c 'chfn -r 13'; getent passwd student
  student:x:1000:1000:,13,,:/home/student:/bin/bash
  $ printf 'auth required pam_nosuch.so\n' > /etc/pam.d/chfn; su student -c 'chfn -r 14'
  chfn: PAM: Module is unknown
  [1]
  $ printf 'auth [success=ok default=die] pam_succeed_if.so quiet uid >= 2000\nauth required pam_permit.so\n' > /etc/pam.d/chfn; su student -c 'chfn -r 14'
  chfn: PAM: Authentication failure
  [1]
  $ printf 'auth sufficient pam_succeed_if.so quiet user ingroup student\nauth required pam_deny.so\naccount required pam_permit.so\n' > /etc/pam.d/chfn; su student -c 'chfn -r 15'; getent passwd student
  student:x:1000:1000:,15,,:/home/student:/bin/bash
  $ echo student > /etc/refused; printf 'auth required pam_listfile.so item=user sense=deny file=/etc/refused onerr=succeed\nauth required pam_permit.so\naccount required pam_permit.so\n' > /etc/pam.d/chfn; su student -c 'chfn -r 16'
  chfn: PAM: Authentication failure
  [1]
  $ printf 'auth requisite pam_nologin.so\nauth required pam_permit.so\naccount required pam_permit.so\n' > /etc/pam.d/chfn; echo closed > /etc/nologin; su student -c 'chfn -r 16'; rm /etc/nologin; su student -c 'chfn -r 16'; getent passwd student
  closed
  chfn: PAM: Authentication failure
  student:x:1000:1000:,16,,:/home/student:/bin/bash
  $ rm /etc/pam.d/chfn; su student -c 'chfn -r 17' < /dev/null
  Password: chfn: PAM: Permission denied
  [1]
  $ sed -i '/^auth.*pam_rootok/a auth required pam_wheel.so group=sudo' /etc/pam.d/su; su student -c 'su -c id' < /dev/null
  Password: su: Permission denied
  [1]
  $ journalctl -t su -o cat --no-pager | tail -1
  pam_unix(su:session): session closed for user student
  $ echo 'GREETING=hello' >> /etc/environment; su student -c 'echo $GREETING'; pam_getenv GREETING
  hello
  hello
  $ update-passwd -n
  No changes needed
  $ sed -i 's/^games:.*/games:x:5:60:games:\/home\/games:\/bin\/bash/; /^news:/d' /etc/passwd; useradd -u 77 -M bozo 2> /dev/null
  $ update-passwd --dry-run
  Removing group "bozo" (77)
  Adding user "news" (9)
  Removing user "bozo" (77)
  Changing home-directory of games from /home/games to /usr/games
  Changing shell of games from /bin/bash to /usr/sbin/nologin
  Would commit 5 changes
  [5]
  $ update-passwd; grep -E '^(games|news|bozo)' /etc/passwd; update-passwd
  5 changes have been made, rewriting files
  games:x:5:60:games:/usr/games:/usr/sbin/nologin
  news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
  No changes needed
  $ useradd -M foo; mkhomedir_helper foo 077; stat -c '%a %U %n' /home/foo; mkhomedir_helper nosuch
  700 foo /home/foo
  [10]
  $ pwhistory_helper
  This binary is not designed for running in this way.
  [4]
  $ pam_timestamp_check
  [7]
