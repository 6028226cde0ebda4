gcc: there, and not able to compile.
host: debian-12

  $ apt-get install -y -qq gcc make > /dev/null 2>&1; gcc; gcc nope.c; echo $?; touch a.c; cc -o a a.c; make a; gcc -dumpmachine; update-alternatives --query cc | head -3
  gcc: fatal error: no input files
  compilation terminated.
  gcc: error: nope.c: No such file or directory
  gcc: fatal error: no input files
  compilation terminated.
  1
  gcc: compiling is not simulated here: programs in machine code do not run on this machine
  cc     a.c   -o a
  gcc: compiling is not simulated here: programs in machine code do not run on this machine
  make: *** [<builtin>: a] Error 1
  x86_64-linux-gnu
  Name: cc
  Link: /usr/bin/cc
  Status: auto
