diff3 and sdiff, as recorded from diffutils 3.8 of Debian 12.
host: debian-12

  $ cd /tmp
  $ printf 'a\nb\nc\nd\ne\n' > o; printf 'a\nB\nc\nd\ne\nf\n' > m; printf 'a\nb\nc\nD\ne\n' > y; printf 'a\nX\nc\nd\ne\nf\n' > z
  $ diff3 m o y
  ====1
  1:2c
    B
  2:2c
  3:2c
    b
  ====3
  1:4c
  2:4c
    d
  3:4c
    D
  ====1
  1:6c
    f
  2:5a
  3:5a
  $ diff3 -m m o y
  a
  B
  c
  D
  e
  f
  $ diff3 m o z
  ====
  1:2c
    B
  2:2c
    b
  3:2c
    X
  ====2
  1:6c
  3:6c
    f
  2:5a
  $ diff3 -m m o z
  a
  <<<<<<< m
  B
  ||||||| o
  b
  =======
  X
  >>>>>>> z
  c
  d
  e
  <<<<<<< o
  =======
  f
  >>>>>>> z
  [1]
  $ diff3 -T m o z
  ====
  1:2c
  	B
  2:2c
  	b
  3:2c
  	X
  ====2
  1:6c
  3:6c
  	f
  2:5a
  $ diff3 -m -E m o z
  a
  <<<<<<< m
  B
  =======
  X
  >>>>>>> z
  c
  d
  e
  f
  [1]
  $ diff3 -m -e m o z
  a
  X
  c
  d
  e
  f
  $ diff3 -m -3 m o z
  a
  B
  c
  d
  e
  f
  $ diff3 -m -x m o z
  a
  X
  c
  d
  e
  f
  $ diff3 -m -L A -L B -L C m o z
  a
  <<<<<<< A
  B
  ||||||| B
  b
  =======
  X
  >>>>>>> C
  c
  d
  e
  <<<<<<< B
  =======
  f
  >>>>>>> C
  [1]
  $ diff3 m m o
  ====3
  1:2c
  2:2c
    B
  3:2c
    b
  ====3
  1:6c
  2:6c
    f
  3:5a
  $ diff3 m o
  diff3: missing operand after 'o'
  diff3: Try 'diff3 --help' for more information.
  [2]
  $ diff3 m o m z
  diff3: extra operand 'z'
  diff3: Try 'diff3 --help' for more information.
  [2]
  $ diff3 -m o m /dev/null
  <<<<<<< o
  a
  b
  c
  d
  e
  ||||||| m
  a
  B
  c
  d
  e
  f
  =======
  >>>>>>> /dev/null
  [1]
  $ diff3 /dev/null o m
  ====
  1:0a
  2:1,5c
    a
    b
    c
    d
    e
  3:1,6c
    a
    B
    c
    d
    e
    f
  $ sdiff m z
  a								a
  B							      |	X
  c								c
  d								d
  e								e
  f								f
  [1]
  $ sdiff -s m z
  B							      |	X
  [1]
  $ sdiff -w 40 -l m z
  a		   (
  B		   |	X
  c		   (
  d		   (
  e		   (
  f		   (
  [1]
  $ sdiff m nope
  diff: nope: No such file or directory
  [2]
  $ sdiff m
  sdiff: missing operand after 'm'
  sdiff: Try 'sdiff --help' for more information.
  [2]
  $ sdiff m m > /dev/null
