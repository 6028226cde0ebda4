Options and mistakes of the coreutils that read text (cat, tac, nl, od, base64, fmt, pr, fold, head, tail, split, csplit, wc, sums, sort, uniq, comm, cut, paste, join): recorded from coreutils 9.1 of Debian 12.
host: debian-12
user: root

  $ unset LC_ALL; export LANG=C.UTF-8; umask 022
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'a\n\n\n\nb\tc\n\001\177\200\377é\nno newline' > f; printf 'x\ny\n' > g; mkdir d; touch e; printf 'r\r\ns\r' > cr
  $ cat nonexist g
  cat: nonexist: No such file or directory
  x
  y
  [1]
  $ cat e; echo $?
  0
  $ cat --show -n
  cat: option '--show' is ambiguous; possibilities: '--show-nonprinting' '--show-ends' '--show-tabs' '--show-all'
  Try 'cat --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf '1\n2\n3' > f; printf 'a,b,c,' > s; mkdir d; seq 5 > n
  $ tac f
  32
  1
  $ tac d
  tac: d: read error: Invalid argument
  [1]
  $ tac -s
  tac: option requires an argument -- 's'
  Try 'tac --help' for more information.
  [1]
  $ printf '\n\n' | tac | od -c
  0000000  \n  \n
  0000002
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'a\n\nb\n\n\nc\n\\:\\:\\:\nhead\n\\:\\:\nbody\n\n\\:\nfoot\n' > f; seq 3 > g
  $ nl f
       1	a
         
       2	b
         
         
       3	c
  
         head
  
       1	body
         
  
         foot
  $ nl -b 'p[' f
  nl: Invalid regular expression
  [1]
  $ nl -h x f
  nl: invalid header numbering style: ‘x’
  Try 'nl --help' for more information.
  [1]
  $ nl -d '' f
       1	a
         
       2	b
         
         
       3	c
       4	\:\:\:
       5	head
       6	\:\:
       7	body
         
       8	\:
       9	foot
  $ nl -n rn g
       1	1
       2	2
       3	3
  $ nl -s '' g
       11
       22
       33
  $ nl -w 0 g
  nl: invalid line number field width: ‘0’: Numerical result out of range
  [1]
  $ nl - < g
       1	1
       2	2
       3	3
  $ nl . 
  nl: .: Is a directory
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'hello\nworld\t\0\377\001abc' > f; head -c 40 /dev/zero > z; printf '\1\2\3\4\5\6\7\10\11' > b; printf 'ab' > s
  $ od f
  0000000 062550 066154 005157 067567 066162 004544 177400 060401
  0000020 061542
  0000022
  $ od -f z
  0000000               0               0               0               0
  *
  0000040               0               0
  0000050
  $ od -x b
  0000000 0201 0403 0605 0807 0009
  0000011
  $ od -L b
  0000000   578437695752307201                    9
  0000011
  $ od -h b
  0000000 0201 0403 0605 0807 0009
  0000011
  $ od -t d1 f
  0000000  104  101  108  108  111   10  119  111  114  108  100    9    0   -1    1   97
  0000020   98   99
  0000022
  $ od -t d8 b
  0000000   578437695752307201                    9
  0000011
  $ od -t '' b
  0000000 001001 002003 003005 004007 000011
  0000011
  $ od -t fF z
  0000000               0               0               0               0
  *
  0000040               0               0
  0000050
  $ od -t c1 b
  od: invalid character '1' in type string ‘c1’
  [1]
  $ od -A n f
   062550 066154 005157 067567 066162 004544 177400 060401
   061542
  $ od -j 03 -c f
  0000003   l   o  \n   w   o   r   l   d  \t  \0 377 001   a   b   c
  0000022
  $ od -w -c f
  0000000   h   e   l   l   o  \n   w   o   r   l   d  \t  \0 377 001   a   b   c
  0000022
  $ od --width=4 -tx1 b
  0000000 01 02 03 04
  0000004 05 06 07 08
  0000010 09
  0000011
  $ od --strings f
  $ od --endian=foo -x b
  od: invalid argument ‘foo’ for ‘--endian’
  Valid arguments are:
    - ‘little’
    - ‘big’
  Try 'od --help' for more information.
  [1]
  $ od .
  od: .: Is a directory
  0000000
  [1]
  $ od --traditional f 3
  0000003 067554 073412 071157 062154 000011 000777 061141 000143
  0000022
  $ od --traditional -c f +5.
  od: extra operand ‘+5.’
  od: compatibility mode supports at most one file
  Try 'od --help' for more information.
  [1]
  $ od --traditional f x
  od: extra operand ‘x’
  od: compatibility mode supports at most one file
  Try 'od --help' for more information.
  [1]
  $ od -A d -N 3 -j 1 -t x1z f
  0000001 65 6c 6c                                         >ell<
  0000004
  $ od --read-bytes=3 --skip-bytes=1 --address-radix=x --format=c f
  000001   e   l   l
  000004
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'hello world' > f; printf 'aGVsbG8gd29ybGQ=' > e; head -c 100 /dev/zero > z
  $ base64 f
  aGVsbG8gd29ybGQ=
  $ echo 'aGVsbG8' | base64 -d
  hellobase64: invalid input
  [1]
  $ base64 --foo
  base64: unrecognized option '--foo'
  Try 'base64 --help' for more information.
  [1]
  $ base32 -d <<< 'NBSWY3D'
  base32: invalid input
  [1]
  $ basenc f
  basenc: missing encoding type
  Try 'basenc --help' for more information.
  [1]
  $ basenc --base16 f
  68656C6C6F20776F726C64
  $ basenc --base2lsbf <<< a
  1000011001010000
  $ printf abc | basenc --z85
  basenc: invalid input (length must be multiple of 4 characters)
  [1]
  $ basenc --base64 -w 4 f
  aGVs
  bG8g
  d29y
  bGQ=
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'This is a long line of words that should be wrapped by the program at some column because it is long.\nshort\n\n  indented para one two three four\n  second line of it\n\n\ttab start\n' > f; printf '# a comment line that is rather long and needs wrapping here please\n# more\nnot comment\n' > p; printf 'Tag: first line of tagged para\n   second line indented other than first and long enough to wrap around ok\n' > t
  $ fmt f
  This is a long line of words that should be wrapped by the program at
  some column because it is long.  short
  
    indented para one two three four second line of it
  
  	tab start
  $ fmt -w x f
  fmt: invalid width: ‘x’
  [1]
  $ fmt -g x f
  fmt: invalid width: ‘x’
  [1]
  $ fmt -t -w 40 t
  Tag: first line of tagged para second
     line indented other than first and
     long enough to wrap around ok
  $ fmt -f
  fmt: invalid option -- 'f'
  Try 'fmt --help' for more information.
  [1]
  $ fmt -w 20 -u -s f
  This is a long
  line of words that
  should be wrapped
  by the program at
  some column because
  it is long.
  short
  
    indented para one
    two three four
    second line of it
  
  	tab start
  $ fmt . 
  fmt: read error
  [1]
  $ fmt -10 -w 60 f
  This is a long line of words that should be wrapped by
  the program at some column because it is long.  short
  
    indented para one two three four second line of it
  
  	tab start
  $ fmt f -10
  fmt: invalid option -- 1; -WIDTH is recognized only when it is the first
  option; use -w N instead
  Try 'fmt --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; seq 1 20 > n; printf 'a\tb\nlonger line here\n\fpage2\n' > f; touch -d '2020-01-02 03:04' n f; seq 1 200 > big; touch -d '2020-01-02 03:04' big
  $ pr n | head -12
  
  
  2020-01-02 03:04                        n                         Page 1
  
  
  1
  2
  3
  4
  5
  6
  7
  $ pr +9 n
  pr: starting page number 9 exceeds page count 1
  $ pr +x n
  pr: invalid + argument 'x'
  [1]
  $ pr -D '%Y' -l 15 n | head -5
  
  
  2020                              n                               Page 1
  
  
  $ pr -e0 -t f
  pr: '-e' extra characters or invalid number in the argument: ‘0’
  Try 'pr --help' for more information.
  [1]
  $ pr -J -2 -t n
  1	11
  2	12
  3	13
  4	14
  5	15
  6	16
  7	17
  8	18
  9	19
  10	20
  $ pr -m -a n
  pr: cannot specify both printing across and printing in parallel
  [1]
  $ pr -n:x -t n
  pr: '-n' extra characters or invalid number in the argument: ‘x’
  Try 'pr --help' for more information.
  [1]
  $ pr -N 5 -n -t n | head -3
      5	1
      6	2
      7	3
  $ pr -N x n
  pr: '-N NUMBER' invalid starting line number: ‘x’
  [1]
  $ pr nonexist
  pr: nonexist: No such file or directory
  [1]
  $ pr -T f
  a	b
  longer line here
  page2
  $ printf '\001\200x\n' | pr -vt
  \001\200x
  $ pr -l -5 n
  pr: '-l PAGE_LENGTH' invalid number of lines: ‘-5’: Numerical result out of range
  [1]
  $ pr -0 n
  pr: invalid number of columns: ‘0’: Numerical result out of range
  [1]
  $ pr -99 -t n
  pr: page width too narrow
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'abcdefghij klmno pqrstuvwxyz\ttab\n' > f; printf 'éééééé\n' > u; printf 'a\bb\rc\n' > c
  $ fold -w 10 f
  abcdefghij
   klmno pqr
  stuvwxyz
  	ta
  b
  $ fold -w -1 f
  fold: invalid number of columns: ‘-1’
  [1]
  $ fold -w 2 c | od -c
  0000000   a  \b   b  \r   c  \n
  0000006
  $ fold --foo
  fold: unrecognized option '--foo'
  Try 'fold --help' for more information.
  [1]
  $ fold -w 20 f f
  abcdefghij klmno pqr
  stuvwxyz	tab
  abcdefghij klmno pqr
  stuvwxyz	tab
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; seq 1 20 > n; printf 'a\nb' > s; mkdir d; printf 'a\0b\0c\0' > z
  $ head n
  1
  2
  3
  4
  5
  6
  7
  8
  9
  10
  $ head -n 0 n
  $ head -c 1b n | wc -c
  51
  $ head -n
  head: option requires an argument -- 'n'
  Try 'head --help' for more information.
  [1]
  $ head -v -n 1 n
  ==> n <==
  1
  $ head -3x n
  head: invalid trailing option -- x
  Try 'head --help' for more information.
  [1]
  $ head -1 -2 n
  head: invalid trailing option -- 2
  Try 'head --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; seq 1 20 > n; printf 'a\nb' > s; mkdir d; printf 'a\0b\0c\0' > z
  $ tail n
  11
  12
  13
  14
  15
  16
  17
  18
  19
  20
  $ tail -n -3 n
  18
  19
  20
  $ tail -5c n
  9
  20
  $ tail -n x n
  tail: invalid number of lines: ‘x’
  [1]
  $ tail d n -n 1
  ==> d <==
  tail: error reading 'd': Is a directory
  
  ==> n <==
  20
  [1]
  $ tail -3x n
  tail: option used in invalid context -- 3
  [1]
  $ tail --max-unchanged-stats=5 n -n 1
  20
  $ tail -1 -2 n
  tail: option used in invalid context -- 1
  [1]
  $ seq 5 | tail -n +3
  3
  4
  5
  $ seq 5 | tail -c 4
  4
  5
  $ tail --lines=+19 n
  19
  20
  $ tail --bytes=+48 n
  
  20
  $ tail -l n
  11
  12
  13
  14
  15
  16
  17
  18
  19
  20
  $ tail -1f nonexist
  tail: cannot open 'nonexist' for reading: No such file or directory
  tail: no files remaining
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; seq 1 10 > n; printf 'a\nbb\nccc\ndddd' > s; mkdir d
  $ split n; ls; rm x*
  d  n  s  xaa
  $ split -n 3 n; wc -c x*; rm x*
   7 xaa
   7 xab
   7 xac
  21 total
  $ split -n r/2/3 n
  2
  5
  8
  $ split -n l/x n
  split: invalid number of chunks: ‘x’
  [1]
  $ split -n -1 n
  split: invalid number of chunks: ‘-1’
  [1]
  $ split -a x n
  split: invalid suffix length: ‘x’
  [1]
  $ split --numeric-suffixes=x n
  split: ‘x’: invalid start value for numerical suffix
  Try 'split --help' for more information.
  [1]
  $ split -x -l 1 n; ls x*; rm x*
  x00  x01  x02  x03  x04  x05  x06  x07	x08  x09
  $ split -l 5 n d/p; ls d; rm d/*
  paa  pab
  $ split -l 5 --filter='exit 3' n
  split: with FILE=xaa, exit 3 from command: exit 3
  [3]
  $ split -e -n 20 s; ls x* | wc -l; rm x*
  13
  $ split -t '\0' -l 1 s; ls x*; rm x*
  xaa
  $ split -b x n
  split: invalid number of bytes: ‘x’
  [1]
  $ split nonexist
  split: cannot open 'nonexist' for reading: No such file or directory
  [1]
  $ split d
  split: d: Is a directory
  [1]
  $ split -y
  split: invalid option -- 'y'
  Try 'split --help' for more information.
  [1]
  $ seq 10 | split -n 2; ls x*; rm x*
  split: -: cannot determine file size
  ls: cannot access 'x*': No such file or directory
  rm: cannot remove 'x*': No such file or directory
  [1]
  $ seq 10 | split -n l/2; ls x*; rm x*
  split: -: cannot determine file size
  ls: cannot access 'x*': No such file or directory
  rm: cannot remove 'x*': No such file or directory
  [1]
  $ split --filter=cat -n 1/2 n
  split: --filter does not process a chunk extracted to stdout
  Try 'split --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; seq 1 15 > n; printf 'a\nSEC 1\nb\nSEC 2\nc\nSEC 3\n' > s
  $ csplit
  csplit: missing operand
  Try 'csplit --help' for more information.
  [1]
  $ csplit n 20; ls xx*
  csplit: ‘20’: line number out of range
  36
  ls: cannot access 'xx*': No such file or directory
  [2]
  $ csplit -k n 20; ls xx*; rm xx*
  csplit: ‘20’: line number out of range
  36
  xx00
  $ csplit n 0
  csplit: 0: line number must be greater than zero
  [1]
  $ csplit n 5 5; rm -f xx*
  csplit: warning: line number ‘5’ is the same as preceding line number
  8
  0
  28
  $ csplit s /nope/
  csplit: ‘/nope/’: match not found
  24
  [1]
  $ csplit -k s /nope/; rm xx*
  csplit: ‘/nope/’: match not found
  24
  $ csplit s /SEC/x
  csplit: ‘/SEC/x’: integer expected after delimiter
  [1]
  $ csplit s /SEC/+x
  csplit: ‘/SEC/+x’: integer expected after delimiter
  [1]
  $ csplit s /SEC/ '{1'
  csplit: ‘{1’: '}' is required in repeat count
  [1]
  $ csplit -b '%03x.t' s 2; ls xx*; rm xx*
  2
  22
  xx000.t  xx001.t
  $ csplit -b '%s' s 2
  csplit: invalid conversion specifier in suffix: s
  [1]
  $ csplit -b '%' s 2
  csplit: missing conversion specifier in suffix
  [1]
  $ csplit -b '%5q' s 2
  csplit: invalid conversion specifier in suffix: q
  [1]
  $ csplit s 1; rm xx*
  0
  24
  $ csplit . 1
  csplit: read error: Is a directory
  0
  [1]
  $ csplit --foo
  csplit: unrecognized option '--foo'
  Try 'csplit --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'one two\nthree\n' > f; printf 'é ü\tx\n' > u; printf 'nonl' > s; mkdir d; touch e; printf 'bad\377 \200x\n' > b; printf 'a\n' > 'a b'
  $ wc f
   2  3 14 f
  $ wc -L u f
   9 u
   7 f
   9 total
  $ cat f | wc
        2       3      14
  $ wc d f
  wc: d: Is a directory
        0       0       0 d
        2       3      14 f
        2       3      14 total
  [1]
  $ wc -L b
  5 b
  $ wc --files0-from=e f
  wc: extra operand 'f'
  file operands cannot be combined with --files0-from
  Try 'wc --help' for more information.
  [1]
  $ printf 'f\0-\0' | wc --files0-from=-
  2 3 14 f
  wc: when reading file names from stdin, no file name of '-' allowed
  2 3 14 total
  [1]
  $ wc -x
  wc: invalid option -- 'x'
  Try 'wc --help' for more information.
  [1]
  $ printf 'tab\there\n' | wc -L
  12
  $ wc ''
  wc: invalid zero-length file name
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'hello\n' > f; touch e; mkdir d; head -c 3000 /dev/zero > z
  $ sum f
  36979     1 f
  $ sum < f
  36979     1
  $ sum --sysv z
  0 6 z
  $ cksum d
  4294967295 0 d
  $ cksum -a sha256 f
  SHA256 (f) = 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03
  $ cksum -a sm3 f
  SM3 (f) = f7a87a195b0cc0052b9d598482212ceb07e4ea60e8d139a5dfeff36c24abf2b3
  $ cksum -a foo f
  cksum: invalid argument ‘foo’ for ‘--algorithm’
  Valid arguments are:
    - ‘bsd’
    - ‘sysv’
    - ‘crc’
    - ‘md5’
    - ‘sha1’
    - ‘sha224’
    - ‘sha256’
    - ‘sha384’
    - ‘sha512’
    - ‘blake2b’
    - ‘sm3’
  Try 'cksum --help' for more information.
  [1]
  $ cksum -a sha f
  cksum: invalid argument ‘sha’ for ‘--algorithm’
  Valid arguments are:
    - ‘bsd’
    - ‘sysv’
    - ‘crc’
    - ‘md5’
    - ‘sha1’
    - ‘sha224’
    - ‘sha256’
    - ‘sha384’
    - ‘sha512’
    - ‘blake2b’
    - ‘sm3’
  Try 'cksum --help' for more information.
  [1]
  $ cksum -a blake2b -l 1024 f
  cksum: invalid length: ‘1024’
  cksum: maximum digest length for ‘BLAKE2b’ is 512 bits
  [1]
  $ cksum -a blake2b -l x f
  cksum: invalid length: ‘x’
  [1]
  $ cksum -a crc --untagged f
  3015617425 6 f
  $ cksum -a md5 f > sums; cksum -a sha1 -c sums
  cksum: sums: no properly formatted checksum lines found
  [1]
  $ cksum --check --tag sums
  f: OK
  $ md5sum f | cksum -c
  cksum: 'standard input': no properly formatted checksum lines found
  [1]
  $ cksum --ignore-missing f
  cksum: the --ignore-missing option is meaningful only when verifying checksums
  Try 'cksum --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'hello\n' > f; printf 'x' > 'a b'; printf y > $'n\nl'; printf z > 'b\s'; mkdir d; touch e; md5sum f 'a b' > ok; sed 's/^./0/' ok > bad; echo garbage > g; (cat ok g) > mix; echo 'd41d8cd98f00b204e9800998ecf8427e  missing' > mis; md5sum --tag f > tag; cat ok mis > okmis
  $ md5sum f
  b1946ac92492d2347c6235b4d2611184  f
  $ md5sum -t f
  b1946ac92492d2347c6235b4d2611184  f
  $ md5sum --tag $'n\nl' 'b\s'
  \MD5 (n\nl) = 415290769594460e2e485922904f345d
  \MD5 (b\\s) = fbade9e36a3f36d3d676c1b808451dd7
  $ md5sum -c bad
  f: FAILED
  a b: FAILED
  md5sum: WARNING: 2 computed checksums did NOT match
  [1]
  $ md5sum -c tag
  f: OK
  $ md5sum -c d
  md5sum: d: read error
  [1]
  $ md5sum -c - < ok
  f: OK
  a b: OK
  $ md5sum -c -w mix
  f: OK
  a b: OK
  md5sum: mix: 3: improperly formatted MD5 checksum line
  md5sum: WARNING: 1 line is improperly formatted
  $ md5sum -c --ignore-missing --status mis
  [1]
  $ md5sum -c -t ok
  md5sum: the --binary and --text options are meaningless when verifying checksums
  Try 'md5sum --help' for more information.
  [1]
  $ md5sum --ignore-missing f
  md5sum: the --ignore-missing option is meaningful only when verifying checksums
  Try 'md5sum --help' for more information.
  [1]
  $ md5sum $'n\nl' 'b\s' > esc; md5sum -c esc
  \n\nl: OK
  b\s: OK
  $ sed 's/  / */' ok | md5sum -c
  f: OK
  a b: OK
  $ sha1sum -c ok
  sha1sum: ok: no properly formatted checksum lines found
  [1]
  $ sha256sum f | sha256sum -c
  f: OK
  $ b2sum f
  f60ce482e5cc1229f39d71313171a8d9f4ca3a87d066bf4b205effb528192a75f14f3271e2c1a90e1de53f275b4d4793eef2f5e31ea90d2ce29d2e481c36435f  f
  $ b2sum -l 520 f
  b2sum: invalid length: ‘520’
  b2sum: maximum digest length for ‘BLAKE2b’ is 512 bits
  [1]
  $ b2sum --tag -l 128 f | b2sum -c
  f: OK
  $ sha1sum --length=3 f
  sha1sum: unrecognized option '--length=3'
  Try 'sha1sum --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'b 2\na 10\nc 1\nB 3\n' > f; printf '10\n9\n1.5\n-3\n1e2\n0x1F\ninf\nNaN\n\nabc\n' > n; printf '1K\n2M\n500\n3G\n1k\n-1K\n' > h; printf 'Mar\njan\nDEC\nfoo\n' > m; printf '1.10\n1.9\n1.2a\n' > v; printf 'a,3,x\nb,1,y\nc,2,x\n' > c; printf 'x\nx\ny\n' > d; printf ' b\na\n\tc\n' > bl; printf 'b\0a\0' > z; mkdir dir; printf 'a-b\nab\na.c\n' > dict
  $ sort f
  B 3
  a 10
  b 2
  c 1
  $ sort -h h
  -1K
  500
  1K
  1k
  2M
  3G
  $ sort -k2 f
  c 1
  a 10
  b 2
  B 3
  $ sort -t, -k2n c
  b,1,y
  c,2,x
  a,3,x
  $ sort -t ab f
  sort: multi-character tab ‘ab’
  [2]
  $ sort -k 1.0 f
  sort: character offset is zero: invalid field specification ‘1.0’
  [2]
  $ sort -k 1z f
  sort: stray character in field spec: invalid field specification ‘1z’
  [2]
  $ sort +1 f
  c 1
  a 10
  b 2
  B 3
  $ sort +0n n
  -3
  
  0x1F
  NaN
  abc
  inf
  1e2
  1.5
  9
  10
  $ sort -nh n
  sort: options '-hn' are incompatible
  [2]
  $ sort --sort=human-numeric h
  -1K
  500
  1K
  1k
  2M
  3G
  $ sort --sort=foo n
  sort: invalid argument ‘foo’ for ‘--sort’
  Valid arguments are:
    - ‘general-numeric’
    - ‘human-numeric’
    - ‘month’
    - ‘numeric’
    - ‘random’
    - ‘version’
  Try 'sort --help' for more information.
  [1]
  $ sort -c d
  $ sort --check=diagnose-first f
  sort: f:2: disorder: a 10
  [1]
  $ sort -cC f
  sort: options '-cC' are incompatible
  [2]
  $ sort -m d d
  x
  x
  x
  x
  y
  y
  $ sort -o a -o b f
  sort: multiple output files specified
  [2]
  $ sort -S 10M f
  B 3
  a 10
  b 2
  c 1
  $ sort -S x f
  sort: invalid -S argument 'x'
  [2]
  $ sort -S 10X f
  sort: invalid suffix in -S argument '10X'
  [2]
  $ sort -z z | od -c
  0000000   a  \0   b  \0
  0000004
  $ sort --batch-size=1 f
  sort: invalid --batch-size argument ‘1’
  sort: minimum --batch-size argument is ‘2’
  [2]
  $ sort --batch-size=x f
  sort: invalid --batch-size argument 'x'
  [2]
  $ sort --compress-program=gzip f
  B 3
  a 10
  b 2
  c 1
  $ sort --parallel=0 f
  sort: number in parallel must be nonzero
  [2]
  $ sort --parallel=x f
  sort: invalid --parallel argument 'x'
  [2]
  $ printf 'd\0\0f\0' | sort --files0-from=-
  sort: -:2: invalid zero-length file name
  [2]
  $ printf '' | sort --files0-from=-
  sort: no input from '-'
  [2]
  $ printf -- '-\0' | sort --files0-from=-
  sort: when reading file names from stdin, no file name of '-' allowed
  [2]
  $ sort f - < d
  B 3
  a 10
  b 2
  c 1
  x
  x
  y
  $ sort --reverse --numeric-sort --unique n
  10
  9
  1.5
  1e2
  0x1F
  -3
  $ printf '1\n01\n1.0\n' | sort -nu
  1
  $ printf ' 5\n3\n\t4\n' | sort -n
  3
  	4
   5
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; seq 5 > n; printf 'a\0b\0' > z
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'a\na\nb\nB\nc\nc\nc\n' > f; printf 'x 1\ny 1\nz 2\n' > k; printf 'a\0a\0b\0' > z; printf 'ax\nbx\n' > s
  $ uniq f
  a
  b
  B
  c
  $ uniq -cD f
  uniq: printing all duplicated lines and repeat counts is meaningless
  Try 'uniq --help' for more information.
  [1]
  $ uniq --group f
  a
  a
  
  b
  
  B
  
  c
  c
  c
  $ uniq --group -c f
  uniq: --group is mutually exclusive with -c/-d/-D/-u
  Try 'uniq --help' for more information.
  [1]
  $ uniq +1 s
  ax
  $ uniq -s 1 s
  ax
  $ uniq -w x k
  uniq: x: invalid number of bytes to compare
  [1]
  $ uniq f a b
  uniq: extra operand ‘b’
  Try 'uniq --help' for more information.
  [1]
  $ uniq .
  uniq: error reading '.'
  [1]
  $ uniq --foo
  uniq: unrecognized option '--foo'
  Try 'uniq --help' for more information.
  [1]
  $ uniq -1 -2 k
  x 1
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'a\nb\nd\n' > 1; printf 'b\nc\nd\n' > 2; printf 'z\na\n' > u; printf 'a\0b\0' > z
  $ comm
  comm: missing operand
  Try 'comm --help' for more information.
  [1]
  $ comm -2 1 2
  a
  	b
  	d
  $ comm u 1
  	a
  	b
  	d
  z
  comm: file 1 is not in sorted order
  a
  comm: input is not in sorted order
  [1]
  $ comm --output-delimiter=, 1 2
  a
  ,,b
  ,c
  ,,d
  $ comm --total -123 1 2
  1	1	2	total
  $ comm nonexist 1
  comm: nonexist: No such file or directory
  [1]
  $ comm . 1
  comm: .: Is a directory
  [1]
  $ comm u u
  		z
  		a
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'The quick brown fox\njumps over the lazy dog\n' > f; printf 'quick\nlazy\n' > o; printf 'the\n' > i; printf 'ref1 word one\nref2 word two\n' > r
  $ ptx --foo
  ptx: unrecognized option '--foo'
  Try 'ptx --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'a b\nb c\n' > f; printf 'a b b\n' > odd; printf 'a b\nb a\n' > loop; printf 'a b\nb c\nc a\nd e\n' > loop2
  $ tsort f
  a
  b
  c
  $ tsort f f
  tsort: extra operand ‘f’
  Try 'tsort --help' for more information.
  [1]
  $ tsort .
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf 'a:b:c\nd:e\nf\n' > f; printf 'héllo\nabc\n' > u; printf 'a b  c\n' > s; printf 'a\tb\tc\n' > t
  $ cut
  cut: you must specify a list of bytes, characters, or fields
  Try 'cut --help' for more information.
  [1]
  $ cut -d: -f1,3 f
  a:c
  d
  f
  $ cut -d: -f 0 f
  cut: fields are numbered from 1
  Try 'cut --help' for more information.
  [1]
  $ cut -d: -f 1,,2 f
  cut: fields are numbered from 1
  Try 'cut --help' for more information.
  [1]
  $ cut -nb 2 u | od -c
  0000000 303  \n   b  \n
  0000004
  $ cut -d ab -f1 f
  cut: the delimiter must be a single character
  Try 'cut --help' for more information.
  [1]
  $ cut -d' ' -f3 s
  
  $ cut -x
  cut: invalid option -- 'x'
  Try 'cut --help' for more information.
  [1]
  $ cut -d $'\n' -f1 f
  a:b:c
  $ cut -d $'\n' -f2 f
  d:e
  $ printf 'a:b' | cut -d: -f2 | od -c
  0000000   b  \n
  0000002
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; seq 3 > n; printf 'a\nb\n' > l; printf 'x\0y\0' > z; printf 'nonl' > q
  $ paste n l
  1	a
  2	b
  3	
  $ paste -d '\t\0' n l n | od -c
  0000000   1  \t   a   1  \n   2  \t   b   2  \n   3  \t   3  \n
  0000016
  $ paste -s -d, n
  1,2,3
  $ paste nonexist n
  paste: nonexist: No such file or directory
  [1]
  $ paste .
  paste: .: Is a directory
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf '1 a\n2 b\n3 c\n' > 1; printf '1 x\n3 y\n4 z\n' > 2; printf '2 q\n1 r\n' > u; printf 'K a\nl b\n' > i1; printf 'k x\nL y\n' > i2; printf 'id,n\n1,a\n' > h1; printf 'id,m\n1,b\n' > h2; printf 'a:1\nb:2\n' > c1; printf '1:x\n2:y\n' > c2
  $ join
  join: missing operand
  Try 'join --help' for more information.
  [1]
  $ join -a 2 1 2
  1 a x
  3 c y
  4 z
  $ join -a 1 -e X -o auto 1 2
  1 a x
  2 b X
  3 c y
  $ join -o 1 1 2
  join: invalid field specifier: ‘1’
  [1]
  $ join -1 0 1 2
  join: invalid field number: ‘0’
  [1]
  $ join -j 1 -1 2 1 2
  join: incompatible join fields 1, 2
  [1]
  $ join -t ab 1 2
  join: multi-character tab ‘ab’
  [1]
  $ join --check-order u 1
  join: u:2: is not sorted: 1 r
  [1]
  $ join - - < 1
  join: both files cannot be standard input: No such file or directory
  [1]
  $ join -e X -e Y 1 2
  join: conflicting empty-field replacement strings
  [1]
  $ join . 1
  join: read error: Is a directory
  [1]
  $ join -j1 1 -a1 2
  1 a x
  2 b
  3 c y
