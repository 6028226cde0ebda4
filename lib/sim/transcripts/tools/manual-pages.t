Pages of files and formats, sections, the shells' pages; manpages brings those of the system.
host: debian-12

  $ whatis passwd; man -w 5 passwd; man -w 8 useradd; man -w useradd
  passwd (1)           - change user password
  passwd (5)           - the accounts of the machine
  /usr/share/man/man5/passwd.5.gz
  /usr/share/man/man8/useradd.8.gz
  /usr/share/man/man8/useradd.8.gz
  $ MANWIDTH=80 man 5 gshadow
  GSHADOW(5)                       File Formats                       GSHADOW(5)
  
  NAME
         gshadow - passwords and administrators of the groups
  
  DESCRIPTION
         /etc/gshadow  has  one  line  for  each  group of /etc/group, with four
         fields between colons.
  
                group:hash:administrators:members
  
         administrators
                names between commas: they may add and remove  members  and  set
                the group's password with gpasswd(1).
  
         members
                names between commas, the same as in /etc/group.
  
  SEE ALSO
         gpasswd(1), newgrp(1), group(5), grpconv(8), grpck(8)
  
  passwd 1:4.13+dfsg1-1+deb12u2     2026-11-22                        GSHADOW(5)
  $ man -k crontab
  crontab (1)          - edit, show or remove a user's table of scheduled commands (crontab)
  crontab (5)          - tables of commands for cron
  $ for p in bash sh vi init shutdown reboot telinit systemd zcat egrep; do man -w $p; done
  /usr/share/man/man1/bash.1.gz
  /usr/share/man/man1/sh.1.gz
  /usr/share/man/man1/vi.1.gz
  /usr/share/man/man1/init.1.gz
  /usr/share/man/man8/shutdown.8.gz
  /usr/share/man/man8/reboot.8.gz
  /usr/share/man/man8/telinit.8.gz
  /usr/share/man/man1/systemd.1.gz
  /usr/share/man/man1/zcat.1.gz
  /usr/share/man/man1/egrep.1.gz
  $ man 5 hosts
  No manual entry for hosts in section 5
  [16]
  $ apt-get install -y manpages >/dev/null 2>&1; man -w hosts; man -f resolver signal; MANWIDTH=80 man 5 shells | head -8
  /usr/share/man/man5/hosts.5.gz
  resolver (5)         - name servers
  signal (7)           - signals
  SHELLS(5)                        File Formats                        SHELLS(5)
  
  NAME
         shells - login shells that are allowed
  
  DESCRIPTION
         /etc/shells  has  one  path  on a line. chsh(1) lets people choose only
         these.
