awk as Debian installs it, judged by mawk 1.3.4 20200120: the answers are the real program's.
host: debian-12
cwd: /tmp

  $ mawk 'BEGIN { srand(42); print rand(), rand(), int(rand() * 100); srand(7); srand(8); print srand(9); srand(-1); print rand() }'
  0.0334699 0.329964 69
  8
  0.118709
  $ mawk 'BEGIN { print length("a", "b") }'; mawk 'BEGIN { print substr("hello") }'; mawk 'BEGIN { print sub(/a/) }'
  mawk: line 1: wrong number of arguments in call to length
  mawk: line 1: wrong number of arguments in call to substr
  mawk: line 1: syntax error at or near )
  [2]
  $ mawk 'BEGIN { if (1) { print "a" } ; else print "b" }'; mawk 'BEGIN { if (0) print "a"; else print "b" }'
  mawk: line 1: syntax error at or near else
  b
  $ mawk 'BEGIN { print 1 < 2 < 3, 2 ^ 3 ^ 2, -2 ^ 2, !1 + 1; if (1 && b = 2) print b; if ("x" in a == 0) print "none" }'
  1 512 -4 1
  2
  none
  $ mawk 'BEGIN { (x) = 5 }'; mawk 'BEGIN { a[] = 1 }'; mawk 'BEGIN { delete(a["x"]) }'; mawk 'BEGIN { func = 1; print func }'
  mawk: line 1: syntax error at or near =
  mawk: line 1: syntax error at or near ]
  mawk: line 1: syntax error at or near (
  1
  $ mawk 'BEGIN { print (1; }'; mawk 'BEGIN { print (1 } '; mawk 'BEGIN { print a[1 } '; mawk 'BEGIN { while (1 { }'
  mawk: line 1: missing ) near ;
  mawk: line 1: missing ) near }
  mawk: line 1: syntax error at or near }
  mawk: line 1: syntax error at or near {
  [2]
  $ mawk 'BEGIN { "echo a b" | getline; print $2, NF, NR; "echo c" | getline x; print x, NR }'
  b 2 0
  c 0
  $ mawk 'BEGIN { $3 = "c"; print NF ":" $0; NF = 2; $0 = "x y z"; print $2 }'
  3:  c
  y
  $ mawk 'function f(y) { y[1] = 1; print length(y) } BEGIN { f(x) }'
  1
  $ mawk 'BEGIN { s = "hello"; gsub(/l/, "[&]", s); print s; print gsub(/x*/, "-", s), s; print "\101\x42\q" }'
  he[l][l]o
  10 -h-e-[-l-]-[-l-]-o-
  AB\q
