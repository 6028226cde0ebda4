Options and mistakes of tr, expand, printf, expr, test, tee, date, env, nice, factor, numfmt, seq, dircolors and others: recorded from coreutils 9.1 of Debian 12.
host: debian-12
user: root

  $ unset LC_ALL; export LANG=C.UTF-8; umask 022
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'Hello World 123\n' > f
  $ tr
  tr: missing operand
  Try 'tr --help' for more information.
  [1]
  $ tr -s l < f
  Helo World 123
  $ tr '[:upper:]' '[:lower:]' < f
  hello world 123
  $ tr z-a x < f
  tr: range-endpoints of 'z-a' are in reverse collating sequence order
  [1]
  $ tr -c 'a-z\n' '*' < f
  *ello**orld****
  $ tr abcdefgh xy < f
  Hyllo Worly 123
  $ tr lo '[x*9z]' < f
  tr: invalid repeat count ‘9z’ in [c*n] construct
  [1]
  $ tr l '[=x=]' < f
  tr: [=c=] expressions may not appear in string2 when translating
  [1]
  $ tr 'l\' 'x\' < f
  tr: warning: an unescaped backslash at end of string is not portable
  tr: warning: an unescaped backslash at end of string is not portable
  Hexxo Worxd 123
  $ tr '[:alpha:]' x < f
  xxxxx xxxxx 123
  $ tr -x
  tr: invalid option -- 'x'
  Try 'tr --help' for more information.
  [1]
  $ tr -- -l x < f
  Hexxo Worxd 123
  $ tr -u x < f
  tr: invalid option -- 'u'
  Try 'tr --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'a\tb\tc\n\tx\n  \ty\n' > f; printf 'a       b       c\n        x\n                y\n' > s
  $ expand f
  a       b       c
          x
          y
  $ expand -t 2,+4 f
  a b   c
    x
        y
  $ expand -t x f
  expand: tab size contains invalid character(s): ‘x’
  [1]
  $ expand -t / f
  a       b       c
          x
          y
  $ expand - < f
  a       b       c
          x
          y
  $ expand -t 4 -t 10 f
  a   b     c
      x
      y
  $ unexpand -a s
  a	b	c
  	x
  		y
  $ unexpand -t 4,8 s
  a		b       c
  		x
  		        y
  $ unexpand -4 s
  a       b       c
  		x
  				y
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ /bin/echo
  
  $ /bin/echo -E 'a\tb'
  a\tb
  $ /bin/echo --foo
  --foo
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ /usr/bin/printf
  /usr/bin/printf: missing operand
  Try '/usr/bin/printf --help' for more information.
  [1]
  $ /usr/bin/printf '%d\n' x
  /usr/bin/printf: ‘x’: expected a numeric value
  0
  [1]
  $ /usr/bin/printf '%d\n' 12x
  /usr/bin/printf: ‘12x’: value not completely converted
  12
  [1]
  $ /usr/bin/printf '%d\n' ''
  0
  $ /usr/bin/printf '%d\n' 99999999999999999999
  /usr/bin/printf: ‘99999999999999999999’: Numerical result out of range
  9223372036854775807
  [1]
  $ /usr/bin/printf '%e %f %g %E %G %a\n' 1.5 1.5 1.5 1e10 1e-10 1
  1.500000e+00 1.500000 1.5 1.000000E+10 1E-10 0x8p-3
  $ /usr/bin/printf '%f\n' x
  /usr/bin/printf: ‘x’: expected a numeric value
  0.000000
  [1]
  $ /usr/bin/printf '%f\n' 1,5
  /usr/bin/printf: ‘1,5’: value not completely converted
  1.000000
  [1]
  $ /usr/bin/printf '%y\n' a
  /usr/bin/printf: %y: invalid conversion specification
  [1]
  $ /usr/bin/printf '\xg'
  /usr/bin/printf: missing hexadecimal number in escape
  [1]
  $ /usr/bin/printf -- '-%s\n' x
  -x
  $ /usr/bin/printf '%*d\n' x 5
  /usr/bin/printf: ‘x’: expected a numeric value
  5
  [1]
  $ /usr/bin/printf '%.*s\n' -1 abc
  abc
  $ /usr/bin/printf '%.5d\n' 3
  00003
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ expr
  expr: missing operand
  Try 'expr --help' for more information.
  [2]
  $ expr 7 / 2
  3
  $ expr a + 1
  expr: non-integer argument
  [2]
  $ expr 1 = 1
  1
  $ expr 10 '>' 9
  1
  $ expr a '|' b
  a
  $ expr 0 '&' b
  0
  [1]
  $ expr abc : '\(x\)*abc'
  
  [1]
  $ expr substr abcdef 2 x
  
  [1]
  $ expr + length
  length
  $ expr '(' 1 + 2
  expr: syntax error: expecting ')' after ‘2’
  [2]
  $ expr ')' 
  expr: syntax error: unexpected ')'
  [2]
  $ expr '(' ')'
  expr: syntax error: unexpected ')'
  [2]
  $ expr 9223372036854775807 + 1
  9223372036854775808
  $ expr abc : 'a\{1'
  expr: Unmatched \{
  [2]
  $ expr --foo
  --foo
  $ expr abc : '^a'
  1
  $ expr ' 1' + 1
  expr: non-integer argument
  [2]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; touch f; mkdir d; ln -s f l; ln -s no br; chmod 0 f; sleep 0.01; touch n
  $ /usr/bin/test; echo $?
  1
  $ /usr/bin/test a = b; echo $?
  1
  $ /usr/bin/test a b
  /usr/bin/test: missing argument after ‘b’
  [2]
  $ /usr/bin/test ! a = b; echo $?
  0
  $ /usr/bin/test -f; echo $?
  0
  $ /usr/bin/test -e br; echo $?
  1
  $ /usr/bin/test -s f; echo $?
  1
  $ /usr/bin/test -u /usr/bin/passwd; echo $?
  0
  $ /usr/bin/test f -ef f; echo $?
  0
  $ /usr/bin/test -N n; echo $?
  1
  $ /usr/bin/[ a ]; echo $?
  0
  $ /usr/bin/test a '<' b; echo $?
  /usr/bin/test: ‘<’: binary operator expected
  2
  $ /usr/bin/test a '>' b; echo $?
  /usr/bin/test: ‘>’: binary operator expected
  2
  $ /usr/bin/test -n = -n; echo $?
  0
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'old\n' > o; mkdir d
  $ echo x | tee a b; cat a b
  x
  x
  x
  $ echo x | tee -p z
  x
  $ echo x | tee
  x
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; mkdir a; ln -s a l
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ link a
  link: missing operand after ‘a’
  Try 'link --help' for more information.
  [1]
  $ unlink
  unlink: missing operand
  Try 'unlink --help' for more information.
  [1]
  $ unlink ''
  unlink: cannot unlink '': No such file or directory
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; touch -d '2020-01-02 03:04:05.678' f; printf '2020-01-01\n2021-02-02 03:04\nfoo\n' > ds; mkdir d
  $ date -d @0
  Thu Jan  1 00:00:00 UTC 1970
  $ date -d 2020-01-02 '+%-d %_d %0e %^a %#p %^B %+4Y %10Y %-10Y|%_10Y'
  2  2 02 THU am JANUARY 2020 0000002020 2020|      2020
  $ date -d 2020-01-02 -I
  2020-01-02
  $ date -d 2020-01-02 -Ifoo
  date: invalid argument ‘foo’ for ‘--iso-8601’
  Valid arguments are:
    - ‘hours’
    - ‘minutes’
    - ‘date’
    - ‘seconds’
    - ‘ns’
  Try 'date --help' for more information.
  [1]
  $ date -d 2020-01-02 --rfc-3339=ns
  2020-01-02 00:00:00.000000000+00:00
  $ date -d '' +%T
  00:00:00
  $ date -f ds +%F
  2020-01-01
  2021-02-02
  date: invalid date ‘foo’
  [1]
  $ date -f d
  $ date 13010000
  date: invalid date ‘13010000’
  [1]
  $ date -d '2020-02-30' +%F
  date: invalid date ‘2020-02-30’
  [1]
  $ TZ=America/New_York date -d '2020-07-01' +%z
  -0400
  $ date -d '25/12/2020' +%F
  date: invalid date ‘25/12/2020’
  [1]
  $ date -d 'yesterday' +%F > /dev/null; echo $?
  0
  $ date -d '25:00 2020-01-01'
  date: invalid date ‘25:00 2020-01-01’
  [1]
  $ date -d 2020-01-02 +%020Y%+5d
  0000000000000000202000002
  $ date --date='2020-01-02' --utc --rfc-822
  Thu, 02 Jan 2020 00:00:00 +0000
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ env -i
  $ env -u '' true
  env: cannot unset ‘’: Invalid argument
  [125]
  $ env /tmp
  env: ‘/tmp’: Permission denied
  [126]
  $ env -S 'echo "abc'
  env: no terminating quote in -S string
  [125]
  $ env -S 'echo \q'
  env: invalid sequence '\q' in -S
  [125]
  $ env -S 'echo ${1x}'
  env: only ${VARNAME} expansion is supported, error at: ${1x}
  [125]
  $ env -S "echo 'a b' \\c d"
  a b
  $ env -v -C / true
  chdir:    '/'
  executing: true
     arg[0]= ‘true’
  $ env - A=1 printenv
  A=1
  $ env A=1 -i
  env: ‘-i’: No such file or directory
  [127]
  $ env --ignore-signal=KILL true
  env: failed to set signal action for signal 9: Invalid argument
  [125]
  $ env --list-signal-handling --ignore-signal=INT true
  INT        ( 2): IGNORE
  $ env --list-signal-handling --block-signal=TERM true
  TERM       (15): BLOCK
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ nice
  0
  $ nice -n
  nice: option requires an argument -- 'n'
  Try 'nice --help' for more information.
  [125]
  $ nice -x
  nice: invalid option -- 'x'
  Try 'nice --help' for more information.
  [125]
  $ nice -+5 nice
  5
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ factor 12 97 1 0
  12: 2 2 3
  97: 97
  1:
  0:
  $ factor x
  factor: ‘x’ is not a valid positive integer
  [1]
  $ factor +12
  12: 2 2 3
  $ printf '' | factor; echo $?
  0
  $ factor --exponents 12
  factor: unrecognized option '--exponents'
  Try 'factor --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ numfmt 1000
  1000
  $ numfmt --from=iec 1K 1.5M
  1024
  1572864
  $ numfmt --from=foo 1
  numfmt: invalid argument ‘foo’ for ‘--from’
  Valid arguments are:
    - ‘none’
    - ‘auto’
    - ‘si’
    - ‘iec’
    - ‘iec-i’
  Try 'numfmt --help' for more information.
  [1]
  $ numfmt x
  numfmt: invalid number: ‘x’
  [2]
  $ numfmt ''
  numfmt: invalid number: ‘’
  [2]
  $ numfmt --padding=0 1
  numfmt: invalid padding value ‘0’
  [1]
  $ numfmt --round=from-zero --to=si 1501
  1.6K
  $ numfmt --grouping --format=%f 1
  numfmt: --grouping cannot be combined with --format
  [1]
  $ numfmt --format='%.2f' --to=si 1500
  1.50K
  $ numfmt --format='%' 1
  numfmt: format ‘%’ ends in %
  [1]
  $ numfmt --format='%.xf' 1
  numfmt: invalid format ‘%.xf’, directive must be %[0]['][-][N][.][N]f
  [1]
  $ numfmt --to-unit=1000 5000
  5
  $ numfmt --to-unit=Ki 5000
  5
  $ echo 'a 1000 2000' | numfmt --field 2- --to=si
  a 1.0K 2.0K
  $ echo a | numfmt --field x
  numfmt: invalid field value ‘x’
  Try 'numfmt --help' for more information.
  [1]
  $ numfmt --header=0 1
  numfmt: invalid header value ‘0’
  [1]
  $ numfmt --invalid=ignore x 1
  x
  1
  $ numfmt --debug --format=%10f --grouping 1
  numfmt: --grouping cannot be combined with --format
  [1]
  $ numfmt --to=si 99999999999999999999999
  100Z
  $ numfmt --to=si 999500 999499
  1.0M
  1.0M
  $ numfmt -d : --field 1 --from=si 1K:x
  1000:x
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ seq
  seq: missing operand
  Try 'seq --help' for more information.
  [1]
  $ seq 3 -1 1
  3
  2
  1
  $ seq -3
  $ seq -w -5 5 10
  -5
  00
  05
  10
  $ seq -f '%d' 3
  seq: format ‘%d’ has unknown %d directive
  [1]
  $ seq -f %g -w 3
  seq: format string may not be specified when printing equal width strings
  Try 'seq --help' for more information.
  [1]
  $ seq inf | head -2
  1
  2
  $ seq 1.0 3
  1.0
  2.0
  3.0
  $ seq -s
  seq: option requires an argument -- 's'
  Try 'seq --help' for more information.
  [1]
  $ seq --separator=/ --equal-width 9 10
  09/10
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ dircolors -p x
  dircolors: extra operand ‘x’
  file operands cannot be combined with --print-database (-p)
  Try 'dircolors --help' for more information.
  [1]
  $ dircolors --print-ls-colors | head -2 | cat -A
  ^[[0mrs^I0^[[0m$
  ^[[01;34mdi^I01;34^[[0m$
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
