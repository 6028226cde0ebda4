Rarer options of text tools and file tools, as coreutils 9.1, findutils 4.9, sed 4.9, diffutils 3.8 and util-linux 2.38 answer.
host: debian-12

  $ printf '  1e3   -3\nAlpha\nx y\n' > a; printf 'é b\n\n  z\n' > b; : > e; printf 'b a\n' > u; printf '1\t2\n' > t
  $ pr -t -m -o3 -w40 a b | cat -A
       1e3   -3^I       M-CM-) b$
     Alpha^I       $
     x y^I^I       ^I z$
  $ pr -t -m -o9 -w60 a a | cat -A
  ^I   1e3^I -3^I^I       ^I 1e3   -3$
  ^I Alpha^I^I^I       Alpha$
  ^I x y^I^I^I       x y$
  $ pr -h H -D D -o3 -m -l12 a b | cat -A
     $
  $
     D                                H                                Page 1$
  $
  $
       1e3   -3^I^I^I       M-CM-) b$
     Alpha^I^I^I       $
  $
  $
  $
  $
  $
     $
  $
     D                                H                                Page 2$
  $
  $
     x y^I^I^I^I       ^I z$
  $
  $
  $
  $
  $
  $
  $ pr -t -m -W20 a | cat -A
    1e3   -3$
  Alpha$
  x y$
  $ join a e; join e a; echo $?
  0
  $ join -j1 -1 2 a b
  join: incompatible join fields 2, 1
  [1]
  $ printf 'abc\n' | colrm 0; printf 'abc\n' | colrm 2 2
  abc
  ac
  $ column -N A,B a; column -n tab a; column -H 1 a
  column: option --table required for all --table-*
  column: option --table required for all --table-*
  column: option --table required for all --table-*
  [1]
  $ numfmt -5; numfmt -- -5; numfmt --field=1 --field=2 1; numfmt --grouping --to=si 1000
  numfmt: invalid option -- '5'
  Try 'numfmt --help' for more information.
  -5
  numfmt: multiple field specifications
  numfmt: grouping cannot be combined with --to
  [1]
  $ dd if=a of=o oflag=append status=none; install -C -p a o; install -d a
  dd: you probably want conv=notrunc with oflag=append
  install: options --compare (-C) and --preserve-timestamps are mutually exclusive
  Try 'install --help' for more information.
  install: cannot create directory ‘a’: File exists
  [1]
  $ printf 'é a*b\n' | xargs -t printf '%s\n'
  printf '%s\n' é 'a*b'
  é
  a*b
  $ %k | cat; echo x | %k; echo $?
  bash: %k: command not found
  bash: %k: command not found
  127
  $ expand -t/5 -t2,6 t | od -c; expand -t+3 -t4 t | od -c; expand -t/3,6 t
  0000000   1       2  \n
  0000004
  0000000   1               2  \n
  0000006
  expand: '/' specifier only allowed with the last value
  [1]
  $ diff -y -W 30 a a; echo $?; diff -y --suppress-common-lines a a; echo $?
    1e3   -3	  1e3   -3
  Alpha		Alpha
  x y		x y
  0
  0
  $ cp -n -S .bak a c; cp -u a a; echo $?
  cp: options --backup and --no-clobber are mutually exclusive
  Try 'cp --help' for more information.
  cp: 'a' and 'a' are the same file
  1
  $ sed --posix 's/(1)/[\1]/' a; sed --posix '$a end' a; sed --posix 'R b' a; sed --posix v a
    1e3   -3
  Alpha
  x y
  sed: -e expression #1, char 4: expected \ after `a', `c' or `i'
  sed: -e expression #1, char 1: unknown command: `R'
  sed: -e expression #1, char 1: unknown command: `v'
  [1]
  $ fmt a t; fmt -p '>' a
    1e3   -3
  Alpha x y
  1	2
    1e3   -3
  Alpha
  x y
  $ shuf -i 1-9 -n 4 --random-source=/etc/debian_version; shuf -i 1-300 -n 2 --random-source=/etc/debian_version; shuf -r -n 4 -e p q r --random-source=/etc/debian_version
  5
  7
  4
  1
  295
  79
  q
  q
  r
  q
  $ rm -f 'é b' o; touch 'é b' 'q"r'; find . -name '*b' -ls | sed 's/.* //'; find . -name 'q*' -ls | sed 's/.* //'
  ./b
  b
  ./q\"r
  $ tr -c a-z '[:upper:]' < a
  tr: when translating with string1 longer than string2,
  the latter string must not end with a character class
  [1]
  $ sort -M -i -k2,2r a; sort -M -n a
  x y
    1e3   -3
  Alpha
  sort: options '-Mn' are incompatible
  [2]
  $ echo a | cpio -o -H newc 2>/dev/null | head -c 22 | tail -c 8; echo
  000081A4
  $ cmp -i1 a b 2; cmp -i3:1 a b 1 2
  a b differ: byte 1, line 1
  a b differ: byte 1, line 1
  [1]
