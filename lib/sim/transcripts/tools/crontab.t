What crontab says of wrong tables: compared with cron 3.0pl1-162 of Debian 12.
host: debian-12
user: root

  $ echo '61 * * * * true' | crontab -
  "-":0: bad minute
  errors in crontab file, can't install.
  [1]
  $ printf '# a\n\n* 24 * * * true\n' > f; crontab f
  "f":2: bad hour
  errors in crontab file, can't install.
  [1]
  $ echo '* * * *' | crontab -
  "-":1: bad day-of-week
  errors in crontab file, can't install.
  [1]
  $ echo '* * * * 8 true' | crontab -; echo '@foo true' | crontab -
  "-":0: bad day-of-week
  errors in crontab file, can't install.
  "-":0: bad time specifier
  errors in crontab file, can't install.
  [1]
  $ printf 'a * * * * x\n1 2 3 4\n' | crontab -
  "-":0: bad minute
  errors in crontab file, can't install.
  [1]
  $ echo '5-1 * * * * true' | crontab -; crontab -l; echo '* * * * *' | crontab -; crontab -l
  5-1 * * * * true
  * * * * *
  $ printf '*/5 * * * * true' | crontab -
  new crontab file is missing newline before EOF, can't install.
  [1]
  $ crontab -n f; echo '@daily true' > g; crontab -n g
  "f":2: bad hour
  errors in crontab file, can't install.
  The syntax of the crontab file was successfully checked.
  $ EDITOR=/nosuch crontab -e
  /bin/sh: 1: /nosuch: not found
  crontab: "/nosuch" exited with status 127
  [1]
  $ echo y | crontab -ir; crontab -l
  crontab: really delete root's crontab? (y/n) no crontab for root
  [1]
