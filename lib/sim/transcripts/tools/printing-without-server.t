The print commands where no server answers: recorded from cups-client and cups-bsd 2.4.2 of Debian 12.
host: debian-12
user: root

  $ unset LC_ALL; export LANG=C.UTF-8; apt-get install -y -qq cups-client cups-bsd > /dev/null 2>&1
  $ lpstat; echo $?
  lpstat: Scheduler is not running.
  1
  $ lpstat -t; echo $?
  scheduler is not running
  0
  $ lpstat -d; echo $?
  no system default destination
  0
  $ lpstat -e; echo $?
  0
  $ lpstat -p -d 2>&1; echo $?
  lpstat: Scheduler is not running.
  no system default destination
  1
  $ lpstat -a; echo $?
  lpstat: Scheduler is not running.
  1
  $ lp /etc/passwd; echo $?
  lp: Error - No default destination.
  1
  $ lp /nofile; echo $?
  lp: Error - unable to access "/nofile" - No such file or directory
  1
  $ lpr /nofile; echo $?
  lpr: Error - unable to access "/nofile" - No such file or directory
  1
  $ lpq; echo $?
  lpq: Unable to connect to server.
  1
  $ lprm; echo $?
  0
  $ lprm 5; echo $?
  lprm: Bad file descriptor
  1
  $ lprm -; echo $?
  lprm: Bad file descriptor
  1
  $ lprm -P x; echo $?
  lprm: Error - unknown destination "x".
  1
  $ lprm abc; echo $?
  lprm: Error - unknown destination "abc".
  1
  $ cancel; echo $?
  0
  $ cancel x; echo $?
  cancel: Error - unknown destination "x".
  1
  $ cancel 5; echo $?
  cancel: Unable to connect to server.
  1
  $ cancel x-5; echo $?
  cancel: Unable to connect to server.
  1
  $ cancel -a; echo $?
  cancel: Unable to contact server.
  1
  $ lpoptions; echo $?
  0
  $ lpoptions -l; echo $?
  lpoptions: No printers.
  0
  $ lpoptions -o a=b; echo $?
  lpoptions: No printers.
  1
  $ lpoptions -d x; echo $?
  lpoptions: Unknown printer or class.
  1
