finger, judged by bsd-finger 0.17 of Debian 12 in a root directory of its own.
host: debian-12
cwd: /root

  $ finger; apt-get install -y -qq finger > /dev/null 2>&1; : > /run/utmp; : > /var/log/lastlog; mkdir -p /home/ana /home/bob /home/cleo /home/dora
  bash: finger: command not found
  $ echo 'ana:x:1100:1100:Ana Sol,B12,5551234,5559876:/home/ana:/bin/bash' >> /etc/passwd
  $ echo 'bob:x:1101:1101:Bob & Co,Bureau 123456,5551234567,:/home/bob:/bin/sh' >> /etc/passwd
  $ echo 'cleo:x:1102:1102:,,123456,:/home/cleo:' >> /etc/passwd
  $ echo 'dora:x:1103:1103:Dora With A Very Long Name Indeed,A very long office somewhere,12345678901,1234:/home/dora:/bin/bash' >> /etc/passwd
  $ echo 'longusername:x:1104:1104:x:/home/none:/bin/bash' >> /etc/passwd
  $ printf 'Go fishing.\nEvery day.\n' > /home/ana/.plan; printf Book > /home/ana/.project; echo KEY > /home/ana/.pgpkey; echo root@x > /home/bob/.forward; touch /home/bob/.nofinger; printf 'tab\there \001 \033[31m\n' > /home/dora/.plan
  $ finger
  No one logged on.
  $ finger -l
  No one logged on.
  $ finger ana
  Login: ana            			Name: Ana Sol
  Directory: /home/ana                	Shell: /bin/bash
  Office: B12, 555-1234			Home Phone: 555-9876
  Never logged in.
  No mail.
  PGP key:
  KEY
  Project:
  Book
  Plan:
  Go fishing.
  Every day.
  $ finger bob
  Login: bob            			Name: Bob Bob Co
  Directory: /home/bob                	Shell: /bin/sh
  Office: Bureau 123456, 555-123-4567
  Never logged in.
  Mail forwarded to root@x
  No mail.
  No Plan.
  $ finger cleo
  Login: cleo           			Name: 
  Directory: /home/cleo               	Shell: /bin/sh
  Office Phone: 123456
  Never logged in.
  No mail.
  No Plan.
  $ finger dora
  Login: dora           			Name: Dora With A Very Long Name Indeed
  Directory: /home/dora               	Shell: /bin/bash
  Office: A very long office somewhere	Office Phone: +1-234-567-8901
  Home Phone: x1234
  Never logged in.
  No mail.
  Plan:
  tab	here ^A ^[[31m
  $ finger -s dora cleo
  Login    Name                    Tty      Idle  Login Time   Office     Office Phone
  cleo                              *     *  No logins               123456
  dora     Dora With A Very Long    *     *  No logins    A very lon +1-234-567-890
  $ finger -s cleo
  Login     Name       Tty      Idle  Login Time   Office     Office Phone
  cleo                  *     *  No logins               123456
  $ finger -s ana bob
  Login     Name         Tty      Idle  Login Time   Office     Office Phone
  ana       Ana Sol       *     *  No logins    B12        555-1234
  bob       Bob Bob Co    *     *  No logins    Bureau 123 555-123-4567
  $ finger longusername
  Login: longusername   			Name: x
  Directory: /home/none               	Shell: /bin/bash
  Never logged in.
  No mail.
  No Plan.
  $ finger co
  Login: bob            			Name: Bob Bob Co
  Directory: /home/bob                	Shell: /bin/sh
  Office: Bureau 123456, 555-123-4567
  Never logged in.
  Mail forwarded to root@x
  No mail.
  No Plan.
  $ finger -m co
  finger: co: no such user.
  $ finger Sol
  Login: ana            			Name: Ana Sol
  Directory: /home/ana                	Shell: /bin/bash
  Office: B12, 555-1234			Home Phone: 555-9876
  Never logged in.
  No mail.
  PGP key:
  KEY
  Project:
  Book
  Plan:
  Go fishing.
  Every day.
  $ finger SOL nouser
  finger: nouser: no such user.
  Login: ana            			Name: Ana Sol
  Directory: /home/ana                	Shell: /bin/bash
  Office: B12, 555-1234			Home Phone: 555-9876
  Never logged in.
  No mail.
  PGP key:
  KEY
  Project:
  Book
  Plan:
  Go fishing.
  Every day.
  $ finger -p ana
  Login: ana            			Name: Ana Sol
  Directory: /home/ana                	Shell: /bin/bash
  Office: B12, 555-1234			Home Phone: 555-9876
  Never logged in.
  No mail.
  $ finger -lp bob
  Login: bob            			Name: Bob Bob Co
  Directory: /home/bob                	Shell: /bin/sh
  Office: Bureau 123456, 555-123-4567
  Never logged in.
  Mail forwarded to root@x
  No mail.
  $ finger -s nouser
  finger: nouser: no such user.
  $ finger bob dora
  Login: bob            			Name: Bob Bob Co
  Directory: /home/bob                	Shell: /bin/sh
  Office: Bureau 123456, 555-123-4567
  Never logged in.
  Mail forwarded to root@x
  No mail.
  No Plan.
  
  Login: dora           			Name: Dora With A Very Long Name Indeed
  Directory: /home/dora               	Shell: /bin/bash
  Office: A very long office somewhere	Office Phone: +1-234-567-8901
  Home Phone: x1234
  Never logged in.
  No mail.
  Plan:
  tab	here ^A ^[[31m
  $ finger -sl bob
  Login: bob            			Name: Bob Bob Co
  Directory: /home/bob                	Shell: /bin/sh
  Office: Bureau 123456, 555-123-4567
  Never logged in.
  Mail forwarded to root@x
  No mail.
  No Plan.
  $ finger -s longusername dora
  Login        Name                Tty      Idle  Login Time   Office     Office Phone
  dora         Dora With A Very L   *     *  No logins    A very lon +1-234-567-890
  longusername x                    *     *  No logins   
  $ finger root
  Login: root           			Name: root
  Directory: /root                    	Shell: /bin/bash
  Never logged in.
  No mail.
  No Plan.
  $ apt-get install -y -qq openbsd-inetd fingerd > /dev/null 2>&1; grep ^finger /etc/inetd.conf; finger @localhost; finger -l cleo@localhost; finger bob@localhost; finger x@y@localhost; finger x@nosuchhost
  finger		stream	tcp	nowait	nobody	/usr/sbin/tcpd	/usr/sbin/in.fingerd
  No one logged on.
  Login: cleo           			Name: 
  Directory: /home/cleo               	Shell: /bin/sh
  Office Phone: 123456
  Never logged in.
  No mail.
  No Plan.
  finger: bob: no such user.
  fingerd: forwarding not allowed
  finger: unknown host: nosuchhost
  getaddrinfo: Name or service not known
