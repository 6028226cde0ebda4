ed and red, judged by GNU ed 1.19.
host: debian-12

  $ ed; apt-get install -y -qq ed > /dev/null 2>&1; seq -f 'line %g' 1 6 > f; printf '2,3d\n,n\n$a\nnew\n.\nw\nq\n' | ed f; cat f
  bash: ed: command not found
  42
  1	line 1
  2	line 4
  3	line 5
  4	line 6
  32
  line 1
  line 4
  line 5
  line 6
  new
  $ printf '1,3s/l\\(.\\)/[\\1]/gp\ng/e/m0\n,p\nu\n1p\nQ\n' | ed -s f
  [i]ne 5
  new
  line 6
  [i]ne 5
  [i]ne 4
  [i]ne 1
  [i]ne 1
  $ printf 'H\nzz\n99p\n/nope/\n2d\nq\nq\n' | ed f; echo $?
  32
  ?
  Invalid address
  ?
  Invalid address
  ?
  No match
  ?
  Warning: buffer modified
  1
  $ printf 'g/[45]/s/line/L/\\\nt.\\\ns/L/M/\nw !cat -n\nr !echo hi\n$p\nQ\n' | ed -s f
       1	line 1
       2	L 4
       3	M 4
       4	L 5
       5	M 5
       6	line 6
       7	new
  hi
  $ printf '1ka\n2,$j\n'"'"'a,$p\nu\n1y\n$x\n$n\n1l\n=\nf\n!echo %%\nQ\n' | ed f
  32
  line 1
  line 4line 5line 6new
  6	line 1
  line 1$
  6
  f
  echo f
  f
  !
  $ printf '!ls\nH\nr /etc/passwd\nq\n' | red -s f; printf '2d\n' > script; ed -s f < script; echo $?; ed -p: -v nofile < /dev/null; echo $?
  ?
  Shell access restricted
  ?
  Directory access restricted
  ?
  2
  nofile: No such file or directory
  Cannot open input file
  :0
  $ printf ',s/([a-z]+) (.)/\\2 \\1/\nw\nq\n' | ed -sE f; cat f; printf 'a\nx' | ed -s; echo $?; ed -z
  1 line
  4 line
  5 line
  6 line
  new
  ?
  2
  ed: invalid option -- 'z'
  Try 'ed --help' for more information.
  [1]
  $ man ed | head -12
  ED(1)                                     User Commands                                     ED(1)
  
  NAME
         ed - line-oriented text editor
  
  SYNOPSIS
         ed [OPTIONS] [FILE]
  
  DESCRIPTION
         Line-oriented text editor.
  
         Reads  commands from standard input, a line each: an address or two, a letter, and what it
