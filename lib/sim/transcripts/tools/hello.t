hello, judged by hello 2.10 and cowsay 3.03 of Debian 12: the answers are the real program's.
host: debian-12
cwd: /root

  $ apt-get install -y -qq hello cowsay > /dev/null 2>&1; PATH=$PATH:/usr/games
  $ hello
  Hello, world!
  $ hello -t
  hello, world
  $ hello -g 'Bonjour tout le monde'
  Bonjour tout le monde
  $ hello --greeting=x -t
  hello, world
  $ hello -t -g y
  y
  $ hello --version | head -n 1 | cut -c1-17
  hello (GNU Hello)
  $ hello x 2>&1 | head -n 1
  hello: extra operand: x
  $ hello -z 2>&1 | head -n 2
  hello: invalid option -- 'z'
  hello: extra operand: (null)
  $ hello --nosuch 2>&1 | head -n 2
  hello: unrecognized option '--nosuch'
  hello: extra operand: (null)
  $ hello -g 2>&1 | head -n 2; hello -z > /dev/null 2>&1
  hello: option requires an argument -- 'g'
  hello: extra operand: (null)
  $ LC_ALL=C hello
  Hello, world!
  $ cowsay moo
   _____
  < moo >
   -----
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowsay < /dev/null
   __
  <  >
   --
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ echo 'from a pipe' | cowsay
   _____________
  < from a pipe >
   -------------
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowsay -b moo; cowsay -d moo; cowsay -g moo; cowsay -p moo; cowsay -s moo; cowsay -t moo; cowsay -w moo; cowsay -y moo
   _____
  < moo >
   -----
          \   ^__^
           \  (==)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
   _____
  < moo >
   -----
          \   ^__^
           \  (xx)\_______
              (__)\       )\/\
               U  ||----w |
                  ||     ||
   _____
  < moo >
   -----
          \   ^__^
           \  ($$)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
   _____
  < moo >
   -----
          \   ^__^
           \  (@@)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
   _____
  < moo >
   -----
          \   ^__^
           \  (**)\_______
              (__)\       )\/\
               U  ||----w |
                  ||     ||
   _____
  < moo >
   -----
          \   ^__^
           \  (--)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
   _____
  < moo >
   -----
          \   ^__^
           \  (OO)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
   _____
  < moo >
   -----
          \   ^__^
           \  (..)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowsay -e '^^' -T U moo
   _____
  < moo >
   -----
          \   ^__^
           \  (^^)\_______
              (__)\       )\/\
               U ||----w |
                  ||     ||
  $ cowsay -e '^^' -T 'U ' hello there
   _____________
  < hello there >
   -------------
          \   ^__^
           \  (^^)\_______
              (__)\       )\/\
               U  ||----w |
                  ||     ||
  $ cowsay The quick brown fox jumps over the lazy dog and then sleeps under the old oak tree for hours
   _________________________________________
  / The quick brown fox jumps over the lazy \
  | dog and then sleeps under the old oak   |
  \ tree for hours                          /
   -----------------------------------------
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowsay -W 20 The quick brown fox jumps over the lazy dog
   _____________________
  / The quick brown fox \
  | jumps over the lazy |
  \ dog                 /
   ---------------------
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowthink moo
   _____
  ( moo )
   -----
          o   ^__^
           o  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowthink -W 20 The quick brown fox jumps over the lazy dog
   _____________________
  ( The quick brown fox )
  ( jumps over the lazy )
  ( dog                 )
   ---------------------
          o   ^__^
           o  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ printf 'a  b\n  c\nlonger line\n' | cowsay -n
   _____________
  / a  b        \
  |   c         |
  \ longer line /
   -------------
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ printf 'a  b\n  c\n\nsecond paragraph\n' | cowsay
   __________________
  / a b              \
  |                  |
  | c                |
  |                  |
  \ second paragraph /
   ------------------
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ printf 'tab\there\n' | cowsay -n
   ______________
  < tab     here >
   --------------
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowsay -n x
  cow{say,think} version 3.03, (c) 1999 Tony Monroe
  Usage: cowsay [-bdgpstwy] [-h] [-e eyes] [-f cowfile] 
            [-l] [-n] [-T tongue] [-W wrapcolumn] [message]
  [2]
  $ cowsay -f tux moo
   _____
  < moo >
   -----
     \
      \
          .--.
         |o_o |
         |:_/ |
        //   \ \
       (|     | )
      /'\_   _/`\
      \___)=(___/
  
  $ cowsay -f moose moo
   _____
  < moo >
   -----
    \
     \   \_\_    _/_/
      \      \__/
             (oo)\_______
             (__)\       )\/\
                 ||----w |
                 ||     ||
  $ cowsay -f nosuch moo
  cowsay: Could not find nosuch cowfile!
  [2]
  $ cowsay -f /nodir/x.cow moo
   _____
  < moo >
   -----
  $ cowsay -z moo
  Unknown option: z
   _____
  < moo >
   -----
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowsay averyveryveryveryveryveryverylongwordwithoutanyspacesinsideofit
   _________________________________________
  / averyveryveryveryveryveryverylongwordwi \
  \ thoutanyspacesinsideofit                /
   -----------------------------------------
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowsay '' < /dev/null
   __
  <  >
   --
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowsay 'é à ü'
   _______
  < é à ü >
   -------
          \   ^__^
           \  (oo)\_______
              (__)\       )\/\
                  ||----w |
                  ||     ||
  $ cowsay -h 2>&1 | head -n 1
  cow{say,think} version 3.03, (c) 1999 Tony Monroe
  $ cowsay -l > list; wc -w < list; cowsay -f three-eyes moo
  9
   _____
  < moo >
   -----
          \  ^___^
           \ (ooo)\_______
             (___)\       )\/\
                  ||----w |
                  ||     ||
  $ printf '$the_cow = <<"EOC";\n  $thoughts\n   [$eyes] $tongue\nEOC\n' > own.cow; cowsay -f ./own.cow hi; COWPATH=. cowsay -f own -e XX hi
   ____
  < hi >
   ----
    \
     [oo]   
   ____
  < hi >
   ----
    \
     [XX]   
  $ COWPATH=/nodir cowsay hi
  cowsay: Could not find default.cow cowfile!
  [2]
  $ COWPATH=.:/nodir cowsay -l 2> /dev/null
  Cow files in .:
  own
  Cow files in /nodir:
  [2]
  $ cowsay -h > /dev/null
  cow{say,think} version 3.03, (c) 1999 Tony Monroe
  Usage: cowsay [-bdgpstwy] [-h] [-e eyes] [-f cowfile] 
            [-l] [-n] [-T tongue] [-W wrapcolumn] [message]
  [2]
