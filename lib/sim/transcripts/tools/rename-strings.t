rename (File::Rename 2.01) and strings (binutils 2.40) of Debian 12
host: debian-12

  $ apt-get install -y -qq rename binutils >/dev/null 2>&1; readlink -f $(which rename); touch a.txt b.txt x.txt x.md; rename -n 's/txt/md/' a.txt b.txt; rename -v 's/txt/md/' *.txt; ls; rename 'y/a-z/A-Z/' a.md; rename -v 's/x/y/' nosuchx; rename -z; ls | rename -v 's/md$/text/'; ls; rename 's/(/' x.txt; echo $?
  /usr/bin/file-rename
  rename(a.txt, a.md)
  rename(b.txt, b.md)
  a.txt renamed as a.md
  b.txt renamed as b.md
  x.txt not renamed: x.md already exists
  a.md  b.md  x.md  x.txt
  Can't rename nosuchx nosuchy: No such file or directory
  Unknown option: z
  Usage:
      file-rename [ -h|-m|-V ] [ -v ] [ -0 ] [ -n ] [ -f ] [ -d ] [ -u [enc]]
      [ -e|-E perlexpr]*|perlexpr [ files ]
  
  Reading filenames from STDIN
  b.md renamed as b.text
  x.md renamed as x.text
  A.MD  b.text  x.text  x.txt
  Substitution replacement not terminated at line 1, in:
  s/(/
  2
  $ printf 'abc\0hello\tx\0wor' > b; strings b; strings -n 3 b; strings -t x -f b; strings /nonexistent; strings /tmp; strings -n 0 b; strings -n abc b; printf 'a\0b\0c\0d\0' | strings -e l; strings -5 b; strings --version | head -1
  hello	x
  abc
  hello	x
  wor
  b:       4 hello	x
  strings: '/nonexistent': No such file
  strings: Warning: '/tmp' is a directory
  strings: invalid minimum string length 0
  strings: invalid integer argument abc
  abcd
  hello	x
  GNU strings (GNU Binutils for Debian) 2.40
