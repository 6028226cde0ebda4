Locales by hand, libraries of a process, names of manual pages.
host: debian-12
user: root

  $ validlocale fr_FR.UTF-8
  locale 'fr_FR.UTF-8' not available
  fr_FR.UTF-8 UTF-8
  [1]
  $ validlocale de_DE
  locale 'de_DE' not available
  de_DE UTF-8
  [1]
  $ localedef -i fr_FR -f UTF-8 fr_FR.UTF-8 && localedef --list-archive && validlocale fr_FR.UTF-8
  fr_FR.utf8
  locale 'fr_FR.UTF-8' valid and available
  $ LANG=fr_FR.UTF-8 LC_ALL= ls /nosuch
  ls: impossible d'accéder à '/nosuch': Aucun fichier ou dossier de ce type
  [2]
  $ localedef -i xx -f UTF-8 xx
  [error] cannot open locale definition file `xx': No such file or directory
  [4]
  $ localedef
  Try `localedef --help' or `localedef --usage' for more information.
  [4]
  $ localedef --delete-from-archive fr_FR.utf8; locale -a
  C
  C.utf8
  POSIX
  $ localedef --delete-from-archive xx
  locale "xx" not in archive
  [1]
  $ su student -c 'localedef -i fr_FR -f UTF-8 fr_FR.UTF-8'
  cannot create temporary file: /usr/lib/locale/locale-archive.XXXXXX: Permission denied
  [4]
  $ pldd
  Exactly one parameter with process ID required.
  Try `pldd --help' or `pldd --usage' for more information.
  [1]
  $ pldd 999999
  pldd: cannot open /proc/999999/task: No such file or directory
  [1]
  $ pldd $$ | tail -n +2
  linux-vdso.so.1
  /lib/x86_64-linux-gnu/libtinfo.so.6
  /lib/x86_64-linux-gnu/libc.so.6
  /lib64/ld-linux-x86-64.so.2
  $ lexgrog /usr/share/man/man1/ls.1.gz /etc/passwd
  /usr/share/man/man1/ls.1.gz: "ls - list directory contents"
  /etc/passwd: parse failed
  [2]
  $ lexgrog -w /usr/share/man/man8/mount.8.gz
  /usr/share/man/man8/mount.8.gz: "mount - mount a filesystem"
  $ lexgrog
  Usage: lexgrog [OPTION...] FILE...
  Try 'lexgrog --help' or 'lexgrog --usage' for more information.
  [1]
  $ catman
  $ accessdb | grep '^ls '
  ls -> "- 1 1 0 0 A - - gz list directory contents"
  $ accessdb /nosuch
  accessdb: can't open /nosuch for reading: No such file or directory
  [2]
  $ cp /usr/share/man/man1/ls.1.gz . && man-recode -t ISO-8859-1 --suffix .l1 ls.1.gz && ls
  ls.1.gz  ls.1.l1
  $ man-recode
  Usage: man-recode [OPTION...] -t CODE {--suffix SUFFIX | --in-place} FILENAME...
  Try 'man-recode --help' or 'man-recode --usage' for more information.
  [1]
  $ printf "Rule EU 1981 max - Mar lastSun 1:00u 1:00 S\nRule EU 1996 max - Oct lastSun 1:00u 0 -\nZone Test/Paris 0:09:21 - LMT 1911\n 1:00 EU CE%%sT\nLink Test/Paris Test/Copy\n" > zones; zic -d zo zones && tail -1 zo/Test/Copy
  CET-1CEST,M3.5.0,M10.5.0/3
  $ TZ=:$PWD/zo/Test/Paris date -d @1790000000
  Mon Sep 21 16:13:20 CEST 2026
  $ printf 'Rule x\n' > bad; zic bad
  "bad", line 1: wrong number of fields on Rule line
  [1]
  $ printf 'Zone Bad 1:00\nFoo\n' | zic -
  "standard input", line 1: wrong number of fields on Zone line
  "standard input", line 2: input line of unknown type
  [1]
  $ zic nosuch
  zic: Can't open nosuch: No such file or directory
  [1]
