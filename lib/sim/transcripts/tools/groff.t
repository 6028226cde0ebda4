nroff and groff, judged by groff 1.22.4 of Debian 12: the answers are the real program's.
host: debian-12
cwd: /root

  $ printf '.TH FOO 1 "2024-01-01" "foo 1.0" "User Commands"\n.SH NAME\nfoo \\- do things\n.SH SYNOPSIS\n.B foo\n[\\fIOPTION\\fR]...\n.SH DESCRIPTION\nSome text that is long enough to be broken over several lines when it is set by the formatter, as it should.\n.TP\n.B \\-a\nshow all\n' > foo.1; printf 'Hello world, this is a plain\ntext which is filled.\n.sp\n.ce\nTitle\n.br\n\\fBbold\\fR and \\fIitalic\\fR\n.in 5\nindented\n' > p.roff
  $ nroff -man foo.1 | cat -A
  FOO(1)                           User Commands                          FOO(1)$
  $
  $
  $
  N^HNA^HAM^HME^HE$
         foo - do things$
  $
  S^HSY^HYN^HNO^HOP^HPS^HSI^HIS^HS$
         f^Hfo^Hoo^Ho [_^HO_^HP_^HT_^HI_^HO_^HN]...$
  $
  D^HDE^HES^HSC^HCR^HRI^HIP^HPT^HTI^HIO^HON^HN$
         Some  text  that is long enough to be broken over several lines when it$
         is set by the formatter, as it should.$
  $
         -^H-a^Ha     show all$
  $
  $
  $
  foo 1.0                           2024-01-01                            FOO(1)$
  $ nroff -man foo.1 | col -b | head -12
  FOO(1)				 User Commands				FOO(1)
  
  
  
  NAME
         foo - do things
  
  SYNOPSIS
         foo [OPTION]...
  
  DESCRIPTION
         Some  text  that is long enough to be broken over several lines when it
  $ groff -man -Tascii foo.1 | col -bx | head -12 | tail -2
  DESCRIPTION
         Some  text  that is long enough to be broken over several lines when it
  $ groff -mandoc -Tutf8 foo.1 | tail -3
  
  
  foo 1.0                           2024-01-01                            FOO(1)
  $ groff -Tascii -man -rLL=60n foo.1 | cat -A | head -14
  FOO(1)                  User Commands                 FOO(1)$
  $
  $
  $
  N^HNA^HAM^HME^HE$
         foo - do things$
  $
  S^HSY^HYN^HNO^HOP^HPS^HSI^HIS^HS$
         f^Hfo^Hoo^Ho [_^HO_^HP_^HT_^HI_^HO_^HN]...$
  $
  D^HDE^HES^HSC^HCR^HRI^HIP^HPT^HTI^HIO^HON^HN$
         Some  text that is long enough to be broken over sev-$
         eral lines when it is set by  the  formatter,  as  it$
         should.$
  $ nroff p.roff | cat -A | head -7; nroff p.roff | wc -l
  Hello world, this is a plain text which is filled.$
  $
                                Title$
  ^[[1mbold ^[[22mand ^[[4mitalic^[[0m$
       indented$
  $
  $
  66
  $ nroff -c p.roff | cat -A | head -6
  Hello world, this is a plain text which is filled.$
  $
                                Title$
  b^Hbo^Hol^Hld^Hd and _^Hi_^Ht_^Ha_^Hl_^Hi_^Hc$
       indented$
  $
  $ groff -Tascii -P-c p.roff | sed -n 4p | cat -A; groff -Tutf8 p.roff | sed -n 4p | cat -A
  b^Hbo^Hol^Hld^Hd and _^Hi_^Ht_^Ha_^Hl_^Hi_^Hc$
  ^[[1mbold ^[[22mand ^[[4mitalic^[[0m$
  $ cat p.roff | nroff | head -3; nroff - < p.roff | head -1
  Hello world, this is a plain text which is filled.
  
                                Title
  Hello world, this is a plain text which is filled.
  $ for i in 1 2 3 4 5 6; do echo "A line number $i of a paragraph that goes on and on for a while."; done | nroff | head -7
  A  line  number 1 of a paragraph that goes on and on for a while.
  A line number 2 of a paragraph that goes on and on for  a  while.
  A  line  number 3 of a paragraph that goes on and on for a while.
  A line number 4 of a paragraph that goes on and on for  a  while.
  A  line  number 5 of a paragraph that goes on and on for a while.
  A line number 6 of a paragraph that goes on and on for a while.
  
  $ printf '.nf\nas it\n  stands\n.fi\nfilled again\nhere\n.ti 4\none\n.br\ntwo\n' | nroff | head -6
  as it
    stands
  filled again here
      one
  two
  
  $ nroff -man nofile; echo $?; groff -Tascii nofile; echo $?
  troff: fatal error: can't open 'nofile': No such file or directory
  1
  troff: fatal error: can't open 'nofile': No such file or directory
  1
  $ groff -Tfoo p.roff; echo $?
  groff: can't find 'DESC' file
  groff: fatal error: invalid device 'foo'
  3
  $ nroff -Z p.roff; echo $?; nroff -x
  /usr/bin/nroff: invalid option -Z
  1
  /usr/bin/nroff: invalid option -x
  [1]
  $ groff -ms -Tascii p.roff; echo $?; nroff -mfoo p.roff
  troff: fatal error: can't find macro file s
  1
  troff: fatal error: can't find macro file foo
  [1]
  $ nroff --version; nroff -v; groff -v | head -1
  GNU nroff (groff) version 1.22.4
  GNU nroff (groff) version 1.22.4
  GNU groff version 1.22.4
  $ groff -V -man -Tascii foo.1; groff -V -t -man -Tutf8 -rLL=70n foo.1; groff -V -k -e -Tutf8 -P-c p.roff
  troff -man -Tascii foo.1 | grotty
  tbl foo.1 | troff -man -rLL=70n -Tutf8 | grotty
  preconv p.roff | eqn -Tutf8 | troff -Tutf8 | grotty -c
  $ groff -z -Tascii p.roff; echo $?
  0
  $ printf '.TH T 1\n.SH X\n.TS\nl l.\na\tb\n.TE\n' > t.1; nroff -t -man t.1 | sed -n 6,7p; nroff -man t.1 | sed -n 6,7p
         a   b
  
         l l.  a    b
  
