gawk, judged by GNU Awk 5.2.1 of Debian 12: the answers are the real program's.
host: debian-12
cwd: /tmp

  $ export TZ=UTC; gawk; apt-get install -y -qq gawk > /dev/null 2>&1; update-alternatives --query awk | grep -E '^(Value|Status|Best|Alternative|Priority)'; awk --version | head -1; apt-get remove -y -qq gawk > /dev/null 2>&1; readlink -f /usr/bin/awk; apt-get install -y -qq gawk > /dev/null 2>&1
  bash: gawk: command not found
  Status: auto
  Best: /usr/bin/gawk
  Value: /usr/bin/gawk
  Alternative: /usr/bin/gawk
  Priority: 10
  Alternative: /usr/bin/mawk
  Priority: 5
  GNU Awk 5.2.1, API 3.2, PMA Avon 8-g1, (GNU MPFR 4.2.0, GNU MP 6.2.1)
  /usr/bin/mawk
  $ printf 'alice 30 paris\nbob 25 lyon\ncarol 35 paris\ndave 25 nice\n' > /tmp/t1
  $ printf 'a,b,c\n1,2,3\n"x, y",z,w\n' > /tmp/t2
  $ printf 'p1 l1\np1 l2\n\n\np2 l1\n\np3 l1\np3 l2\np3 l3\n' > /tmp/t3
  $ printf 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nsync:x:4:65534:sync:/bin:/bin/sync\nana:x:1000:1000:Ana,,,:/home/ana:/bin/bash\n' > /tmp/pw
  $ cp /tmp/t1 /tmp/i1; cp /tmp/t3 /tmp/i2; gawk -i inplace 'FNR==1{print FILENAME} {print $2}' i1 i2; cat i1 i2; gawk -i inplace -v inplace::suffix=.old '{print NR}' i1; cat i1; head -1 i1.old
  i1
  30
  25
  35
  25
  i2
  l1
  l2
  
  
  l1
  
  l1
  l2
  l3
  1
  2
  3
  4
  5
  i1
  $ gawk 'BEGIN{print typeof(x), typeof(a["q"]), typeof($1), typeof(@/a/), typeof(1==1), typeof(mkbool(1)),typeof(-0),typeof("") ; a[1][2]=3; print typeof(a[1]); print typeof(a[5])}'
  untyped untyped unassigned regexp number number|bool number string
  array
  untyped
  $ gawk 'BEGIN{print -0, 0*-1, 2^1024, -2^1024, 1e30, 0.1, 1e300*1e300, 100000000000000000000, 0x11, 011, 1e6, 123456789012}'
  0 0 +inf -inf 1000000000000000019884624838656 0.1 +inf 100000000000000000000 17 9 1000000 123456789012
  $ gawk 'BEGIN{printf "%d %d %x %c %c %5s|%-5s|%i\n", "0x1A", 3.9, -1, 256, "hello", "é", "é", 1e20}'
  0 3 ffffffffffffffff Ā h     é|é    |100000000000000000000
  $ gawk 'BEGIN{print length("é"), toupper("é"), index("aéb","b"), substr("aéb",2,1)}'
  1 É 3 é
  $ gawk 'BEGIN{print substr("hello",0,2) "|" substr("hello",-1,3) "|" substr("hello",1.5,1) "|" substr("hello",4,100)}'
  he|hel|h|lo
  $ gawk 'BEGIN{print 1 +}'
  gawk: cmd. line:1: BEGIN{print 1 +}
  gawk: cmd. line:1:                ^ syntax error
  [1]
  $ gawk 'BEGIN{x[1]=1; x=2}'
  gawk: cmd. line:1: fatal: attempt to use array `x' in a scalar context
  [2]
  $ gawk 'BEGIN{foo(1)}'
  gawk: cmd. line:1: fatal: function `foo' not defined
  [2]
  $ gawk 'BEGIN{print 1/0}'
  gawk: cmd. line:1: error: division by zero attempted
  [1]
  $ gawk 'BEGIN{print "\q"}'
  gawk: cmd. line:1: warning: escape sequence `\q' treated as plain `q'
  q
  $ gawk 'BEGIN{print "abc}'
  gawk: cmd. line:1: BEGIN{print "abc}
  gawk: cmd. line:1:             ^ unterminated string
  [1]
  $ gawk 'BEGIN{print /a(/}'
  gawk: cmd. line:1: error: Unmatched ( or \(: /a(/
  [1]
  $ gawk 'BEGIN{x="a("; print "b"~x}'
  gawk: cmd. line:1: fatal: invalid regexp: Unmatched ( or \(: /a(/
  [2]
  $ gawk 'BEGIN{getline < "/nonexist"; print ERRNO}'
  No such file or directory
  $ gawk  '{print}' /nonexist
  gawk: fatal: cannot open file `/nonexist' for reading: No such file or directory
  [2]
  $ gawk  '{print}' /tmp
  gawk: warning: command line argument `/tmp' is a directory: skipped
  $ gawk 'BEGIN{print length(x); x[1]; print length(x)}'
  0
  gawk: cmd. line:1: fatal: attempt to use scalar `x' as an array
  [2]
  $ gawk 'BEGIN{f = "nofunc"; @f(1)}'
  gawk: cmd. line:1: fatal: `nofunc' is not a function, so it cannot be called indirectly
  [2]
  $ gawk 'BEGIN{printf "%s %s\n", "a"}'
  gawk: cmd. line:1: fatal: not enough arguments to satisfy format string
  	`%s %s
  '
  	    ^ ran out for this one
  [2]
  $ gawk 'BEGIN{printf "%z\n", "a"}'
  %z
  $ gawk 'BEGIN{exit -1}'
  [255]
  $ gawk 'BEGIN{print substr("x")}'
  gawk: cmd. line:1: BEGIN{print substr("x")}
  gawk: cmd. line:1:                       ^ 1 is invalid as number of arguments for substr
  [1]
  $ gawk 'BEGIN{next}'
  gawk: cmd. line:1: error: `next' used in BEGIN action
  [1]
  $ gawk 'BEGIN{return}'
  gawk: cmd. line:1: BEGIN{return}
  gawk: cmd. line:1:       ^ `return' used outside function context
  [1]
  $ gawk 'function f(x,x){} BEGIN{}'
  gawk: cmd. line:1: error: function `f': parameter #2, `x', duplicates parameter #1
  [1]
  $ gawk 'function f(){} function f(){} BEGIN{}'
  gawk: cmd. line:1: error: function name `f' previously defined
  [1]
  $ gawk 'BEGIN{@include "foo"}'
  gawk: cmd. line:1: BEGIN{@include "foo"}
  gawk: cmd. line:1:        ^ syntax error
  [1]
  $ gawk '@load "nolib"'
  gawk: cmd. line:1: error: cannot open shared library `nolib' for reading: No such file or directory
  [1]
  $ gawk 'BEGIN{"exit 3" | getline; print close("exit 3"); print system("exit 4"), system("kill -9 $$")}'
  3
  4 265
  $ gawk 'BEGIN{a["x"]=1; print a }'
  gawk: cmd. line:1: fatal: attempt to use array `a' in a scalar context
  [2]
  $ gawk 'BEGIN{$(-1)=2}'
  gawk: cmd. line:1: fatal: attempt to access field -1
  [2]
  $ gawk 'BEGIN{NF=-1}'
  gawk: cmd. line:1: fatal: NF set to negative value
  [2]
  $ gawk 'BEGIN{print strtonum("0x1F"), strtonum("017"), strtonum("12abc"), and(12,10), or(12,10), xor(12,10), lshift(1,4), rshift(16,2), compl(0)}'
  31 15 12 8 14 6 16 4 9007199254740991
  $ gawk 'BEGIN{print and(-1,2)}'
  gawk: cmd. line:1: fatal: and: argument 1 negative value -1 is not allowed
  [2]
  $ gawk 'BEGIN{if (1) print "x"}'
  x
  $ gawk 'BEGIN{print 1,, 2}'
  gawk: cmd. line:1: BEGIN{print 1,, 2}
  gawk: cmd. line:1:               ^ syntax error
  [1]
  $ gawk 'BEGIN{print "a" "b" > }'
  gawk: cmd. line:1: BEGIN{print "a" "b" > }
  gawk: cmd. line:1:                       ^ syntax error
  [1]
  $ gawk '{print $1'
  gawk: cmd. line:1: {print $1
  gawk: cmd. line:1:          ^ unexpected newline or end of string
  [1]
  $ gawk 'BEGIN{print (1}'
  gawk: cmd. line:1: BEGIN{print (1}
  gawk: cmd. line:1:               ^ syntax error
  [1]
  $ gawk 'BEGIN{a[1]; print a["1"] b}; }'
  gawk: cmd. line:1: BEGIN{a[1]; print a["1"] b}; }
  gawk: cmd. line:1:                              ^ syntax error
  [1]
  $ gawk 'END'
  gawk: cmd. line:1: END blocks must have an action part
  [1]
  $ gawk 'foo bar {'
  gawk: cmd. line:1: foo bar {
  gawk: cmd. line:1:          ^ unexpected newline or end of string
  [1]
  $ gawk 'BEGIN{getline x < "/tmp/t1"; print NR; "echo a b" | getline; print NR, NF, FNR, $2; "echo q"|getline v; print NR,v}'
  0
  0 2 0 b
  0 q
  $ gawk 'BEGIN{print index("a","")}'
  1
  $ gawk 'BEGIN{print substr("hello",2,1e30), tolower(12), length(12.50)}'
  ello 12 4
  $ gawk 'BEGIN{print "\&", "a\.b"}'
  gawk: cmd. line:1: warning: escape sequence `\&' treated as plain `&'
  gawk: cmd. line:1: warning: escape sequence `\.' treated as plain `.'
  & a.b
  $ gawk 'BEGIN{s="aaa"; print gsub(/x*/,"-",s), s; s="abc"; gsub(/b*/,"X",s); print s; s="hello"; gsub(/l/,"[&\\&\\\\&]",s); print s; print gensub(/(a)(b)?/,"<\\2\\1\\0&>","g","abac"), gensub(/a/,"x",2,"aaa")}'
  4 -a-a-a-
  XaXcX
  he[l&\l][l&\l]o
  <baabab><aaa>c axa
  $ gawk 'BEGIN{print 1==1.0, "a"<"b", "10"<"9", 10<9, "abc"<1, x==0, x==""}'
  1 1 1 0 0 1 1
  $ gawk 'BEGIN{$0="3 4 5"; $5="x"; print; print NF; NF=2; print; $0="a:b"; FS=":"; print $1; $0="a:b"; print $1}'
  3 4 5  x
  5
  3 4
  a:b
  a
  $ gawk 'BEGIN{printf "%s %d %5.2f %e %g %o %X %c|%-10s|%+d|%05d|% d|%#o|%#x\n", "s", 42, 3.14159, 12345.678, 0.0001, 8, 255, 65, "left", 5, 42, 7, 8, 255}'
  s 42  3.14 1.234568e+04 0.0001 10 FF A|left      |+5|00042| 7|010|0xff
  $ gawk 'BEGIN{print match("foobar",/o+/), RSTART, RLENGTH; match("foobar",/(f)(o+)/,m); for(k in m) printf "%s=%s;",k,m[k]; print ""}'
  2 2 2
  0start=1;0length=3;1start=1;2start=2;2length=2;1length=1;0=foo;1=f;2=oo;
  $ gawk 'BEGIN{n=split("a1b22c",p,/[0-9]+/,s); print n,p[1],p[3],s[1],s[2]; print patsplit("a1b22c",q,/[0-9]+/,t), q[2], t[0], t[2]}'
  3 a c 1 22
  2 22 a c
  $ gawk 'BEGIN{print -"3x", +"0x10", !"", !"a", 2**3**2, -2^2, 7%3, -7%3, 1e3, 1/3}'
  -3 0 1 0 512 -4 1 -1 1000 0.333333
  $ gawk 'BEGIN{a["b"];a["c"]; delete a["b"]; print length(a); delete a; print length(a); if (!("c" in a)) print "no"}'
  1
  0
  no
  $ gawk 'BEGIN{x["b"]=2;x["a"]=1;x["c"]="z"; n=asort(x,y); for(i=1;i<=n;i++)printf "%s ",y[i]; n=asorti(x,z); for(i=1;i<=n;i++)printf "%s ",z[i]; print ""}'
  1 2 z a b c 
  $ gawk 'BEGIN{split("a b c d e",x); for(i in x)printf i" "; print ""; for(i=0;i<20;i++)y[i]; for(i in y)printf i" "; print "";  z[5];z[100];z[3000];z[0];z[-1];z["foo"];z["bar"]; z[40]; z[9000]; for(i in z)printf i" ";print ""; n=split("root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc _apt nobody",q); for(i=1;i<=n;i++)s[q[i]]; for(i in s)printf i" ";print "";s2["x"];for(i=1;i<15;i++)s2[i];for(i in s2)printf i" "; print ""}'
  1 2 3 4 5 
  0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 
  foo bar -1 0 5 40 100 3000 9000 
  bin mail sys nobody list _apt backup uucp irc www-data sync proxy man games daemon root news lp 
  4 5 6 7 x 8 9 10 11 12 13 14 1 2 3 
  $ gawk 'BEGIN{for(i=1;i<60;i++) s["k" i*7]; for(k in s) printf k" "; print ""; delete s["k7"]; delete s["k70"]; s["k7"]; for(k in s) printf k" "; print ""}'
  k238 k252 k77 k91 k259 k273 k98 k294 k315 k105 k336 k350 k126 k140 k357 k371 k147 k161 k378 k21 k392 k413 k168 k182 k203 k28 k399 k42 k189 k224 k49 k63 k245 k84 k266 k280 k301 k287 k308 k322 k112 k329 k343 k119 k133 k364 k154 k14 k385 k406 k7 k175 k210 k35 k196 k217 k231 k56 k70 
  k238 k252 k77 k91 k259 k273 k98 k294 k315 k105 k336 k350 k126 k140 k357 k371 k147 k161 k378 k21 k392 k413 k168 k182 k203 k28 k399 k42 k189 k224 k49 k63 k245 k84 k266 k280 k301 k287 k308 k322 k112 k329 k343 k119 k133 k364 k154 k14 k385 k406 k7 k175 k210 k35 k196 k217 k231 k56 
  $ gawk 'BEGIN{for(i=-20;i<3;i++) s[i*3]; for(k in s) printf k" "; print ""; delete s[-60]; delete s[-3]; s[-3]; for(k in s) printf k" "; print ""; for(i=1;i<30;i++) t[i*99991]; for(k in t) printf k" "; print ""}'
  0 -9 -6 -12 -30 -18 -60 -21 3 -3 -51 -45 -54 -48 6 -57 -42 -36 -15 -27 -24 -39 -33 
  0 -9 -6 -12 -30 -18 -21 3 -3 -51 -45 -54 -48 6 -57 -42 -36 -15 -27 -24 -39 -33 
  2399784 2599766 1899829 1999820 1099901 699937 1599856 2799748 499955 899919 1199892 2099811 1399874 2699757 1699847 2199802 999910 1299883 2299793 2899739 799928 2499775 1499865 1799838 99991 199982 299973 399964 599946 
  $ gawk 'BEGIN{a[1]="x";a[2]="y"; delete a[1]; a["q"]; a[10]; a["01"]; a[1.5]; for(k in a) printf k" "; print ""}'
  1.5 01 q 2 10 
  $ gawk  '{c[$3]++} END{for(k in c) print k, c[k]}' /tmp/t1
  lyon 1
  nice 1
  paris 2
  $ gawk  '{s[$3]+=$2} END{PROCINFO["sorted_in"]="@val_num_desc"; for(k in s) print k, s[k]}' /tmp/t1
  paris 65
  nice 25
  lyon 25
  $ gawk  'NR==2{nextfile} {print}' /tmp/t1
  alice 30 paris
  $ gawk  '$2>26' /tmp/t1
  alice 30 paris
  carol 35 paris
  $ gawk  '/paris/,/nice/{print NR": "$0}' /tmp/t1
  1: alice 30 paris
  2: bob 25 lyon
  3: carol 35 paris
  4: dave 25 nice
  $ gawk  'END{print $0, NF, NR}' /tmp/t1
  dave 25 nice 3 4
  $ gawk  '{$2=""; print; print NF}' /tmp/t1
  alice  paris
  3
  bob  lyon
  3
  carol  paris
  3
  dave  nice
  3
  $ gawk  '{NF=2; print}' /tmp/t1
  alice 30
  bob 25
  carol 35
  dave 25
  $ gawk  'BEGIN{OFS="-"}{$1=$1; print}' /tmp/t1
  alice-30-paris
  bob-25-lyon
  carol-35-paris
  dave-25-nice
  $ gawk  '{print $NF, $(NF-1)}' /tmp/t1
  paris 30
  lyon 25
  paris 35
  nice 25
  $ gawk -v 'FPAT=([^,]*)|("[^"]+")' '{print NF; for(i=1;i<=NF;i++) print i, $i}' /tmp/t2
  3
  1 a
  2 b
  3 c
  3
  1 1
  2 2
  3 3
  3
  1 "x, y"
  2 z
  3 w
  $ gawk  'BEGIN{FIELDWIDTHS="3 1:2 *"}{print $1"|"$2"|"$3}' /tmp/t1
  ali|e |30 paris
  bob|25| lyon
  car|l |35 paris
  dav| 2|5 nice
  $ gawk  'BEGIN{RS=""}{print NR": "$1" "NF; print "RT="length(RT)}' /tmp/t3
  1: p1 4
  RT=3
  2: p2 2
  RT=2
  3: p3 6
  RT=1
  $ gawk  'BEGIN{RS="";FS="\n"}{print NR": "$1"/"NF}' /tmp/t3
  1: p1 l1/2
  2: p2 l1/1
  3: p3 l1/3
  $ gawk  'BEGIN{RS="[0-9]+"}{printf "%s<%s>", $0, RT}' /tmp/t1
  alice <30> paris
  bob <25> lyon
  carol <35> paris
  dave <25> nice
  <>
  $ gawk  'BEGIN{RS="a"}{printf "[%s]", $0}END{print ""}' /tmp/t1
  [][lice 30 p][ris
  bob 25 lyon
  c][rol 35 p][ris
  d][ve 25 nice
  ]
  $ gawk  'BEGINFILE{print "start", FILENAME} ENDFILE{print "end", FNR} {n++} END{print n}' /tmp/t1 /tmp/t3
  start /tmp/t1
  end 4
  start /tmp/t3
  end 9
  13
  $ gawk  '{switch($3){case "paris": print "P"; break; case /^l/: print "L"; default: print "D"}}' /tmp/t1
  P
  L
  D
  P
  D
  $ gawk  'BEGIN{IGNORECASE=1} /PARIS/{print $1}' /tmp/t1
  alice
  carol
  $ gawk  'BEGIN{IGNORECASE=1; print ("ABC"=="abc"), match("xABC","b"), index("ABC","b")}' 
  1 3 2
  $ gawk 'BEGIN{a[1][2]=3; a[1]["x"]="y"; a[2]=5; for(i in a) if(isarray(a[i])) for(j in a[i]) print i,j,a[i][j]; else print i,a[i]; print length(a[1]), (2 in a[1]), (3 in a[1]); delete a[1][2]; print length(a[1])}'
  1 x y
  1 2 3
  2 5
  2 1 0
  1
  $ gawk 'function f(a){a[1]=5} BEGIN{f(x); print x[1], length(x)}'
  5 1
  $ gawk 'function f(a,i){if(i>3)return i; return f(a,i+1)} BEGIN{print f(x,0); x=1; print x}'
  4
  1
  $ gawk 'function g(b){b["k"]=1} function f(a){g(a); return a["k"]} BEGIN{print f(z), length(z)}'
  1 1
  $ gawk 'function cmp(i1,v1,i2,v2){return v2-v1} BEGIN{a[1]=5;a[2]=9;a[3]=1; n=asort(a,b,"cmp"); for(i=1;i<=n;i++)printf b[i]" "; PROCINFO["sorted_in"]="cmp"; for(k in a)printf k" "; print ""}'
  9 5 1 2 1 3 
  $ gawk 'BEGIN{PROCINFO["sorted_in"]="@ind_str_asc"; a[10]="b";a[9]="10";a["x"]=2;a["y"]="a";a[1][1]; a[3]=1.5; for(k in a) printf "%s ", k; print ""}'
  1 10 3 9 x y 
  $ gawk 'BEGIN{PROCINFO["sorted_in"]="@ind_str_desc"; a[10]="b";a[9]="10";a["x"]=2;a["y"]="a";a[1][1]; a[3]=1.5; for(k in a) printf "%s ", k; print ""}'
  y x 9 3 10 1 
  $ gawk 'BEGIN{PROCINFO["sorted_in"]="@ind_num_asc"; a[10]="b";a[9]="10";a["x"]=2;a["y"]="a";a[1][1]; a[3]=1.5; for(k in a) printf "%s ", k; print ""}'
  x y 1 3 9 10 
  $ gawk 'BEGIN{PROCINFO["sorted_in"]="@ind_num_desc"; a[10]="b";a[9]="10";a["x"]=2;a["y"]="a";a[1][1]; a[3]=1.5; for(k in a) printf "%s ", k; print ""}'
  10 9 3 1 y x 
  $ gawk 'BEGIN{PROCINFO["sorted_in"]="@val_type_asc"; a[10]="b";a[9]="10";a["x"]=2;a["y"]="a";a[1][1]; a[3]=1.5; for(k in a) printf "%s ", k; print ""}'
  3 x 9 y 10 1 
  $ gawk 'BEGIN{PROCINFO["sorted_in"]="@val_type_desc"; a[10]="b";a[9]="10";a["x"]=2;a["y"]="a";a[1][1]; a[3]=1.5; for(k in a) printf "%s ", k; print ""}'
  1 10 y 9 x 3 
  $ gawk 'BEGIN{PROCINFO["sorted_in"]="@val_str_asc"; a[10]="b";a[9]="10";a["x"]=2;a["y"]="a";a[1][1]; a[3]=1.5; for(k in a) printf "%s ", k; print ""}'
  3 9 x y 10 1 
  $ gawk 'BEGIN{PROCINFO["sorted_in"]="@val_num_asc"; a[10]="b";a[9]="10";a["x"]=2;a["y"]="a";a[1][1]; a[3]=1.5; for(k in a) printf "%s ", k; print ""}'
  y 10 3 x 9 1 
  $ gawk 'BEGIN{PROCINFO["sorted_in"]="@unsorted"; a[10]="b";a[9]="10";a["x"]=2;a["y"]="a";a[1][1]; a[3]=1.5; for(k in a) printf "%s ", k; print ""}'
  x y 1 3 9 10 
  $ gawk 'BEGIN{PROCINFO["sorted_in"]="@bad"; a[10]="b";a[9]="10";a["x"]=2;a["y"]="a";a[1][1]; a[3]=1.5; for(k in a) printf "%s ", k; print ""}'
  gawk: cmd. line:1: fatal: sort comparison function `@bad' is not defined
  [2]
  $ gawk 'BEGIN{cmd="sort"; print "b" |& cmd; print "a" |& cmd; close(cmd,"to"); while((cmd |& getline l)>0) print "got", l; print close(cmd)}'
  got a
  got b
  0
  $ gawk 'BEGIN{f="length"; print @f("abc"); f="toupper"; print @f("x")}'
  3
  X
  $ gawk 'function a(x){return x*2} BEGIN{f="a"; print @f(4)}'
  8
  $ gawk 'BEGIN{r=@/^a+$/; print "aaa"~r, "b"~r, typeof(r); if ("aa" ~ @/a/) print "y"; s="xay"; sub(r=@/a/,"Z",s); print s}'
  1 0 regexp
  y
  xZy
  $ gawk 'BEGIN{print strftime("%Y-%m-%d %H:%M:%S",0,1), strftime("%a %b %d",86400,1), mktime("2024 01 31 12 30 00"), mktime("2024 13 1 0 0 0"), mktime("bad")}'
  1970-01-01 00:00:00 Fri Jan 02 1706704200 1735689600 -1
  $ gawk 'BEGIN{print toupper("straße"), tolower("ÀB")}'
  STRAßE àb
  $ gawk 'BEGIN{printf "%'"'"'d\n", 1234567}'
  1234567
  $ gawk 'BEGIN{print length("日本"), substr("日本語",2,1), index("日本語","語")}'
  2 本 3
  $ gawk 'BEGIN{printf "%2$s %1$s\n", "a", "b"}'
  b a
  $ gawk 'BEGIN{printf "%*d|%-*d|%.*f\n", 5, 42, 5, 42, 2, 3.14159}'
     42|42   |3.14
  $ gawk 'BEGIN{printf "%i %d\n", 2147483648, -9007199254740993}'
  2147483648 -9007199254740992
  $ gawk 'BEGIN{print 1e15, 1e16, 123456789.123, 1e-5, 100000, 1000000.5, 3.0}'
  1000000000000000 10000000000000000 1.23457e+08 1e-05 100000 1e+06 3
  $ gawk 'BEGIN{OFMT="%.2f"; x=3.14159; print x, x ""; CONVFMT="%.3f"; print x ""}'
  3.14 3.14159
  3.142
  $ gawk  '{print > "/dev/stderr"}' /tmp/t1
  alice 30 paris
  bob 25 lyon
  carol 35 paris
  dave 25 nice
  $ gawk 'BEGIN{print "x" > "/tmp/go1"; close("/tmp/go1"); while((getline l < "/tmp/go1")>0) print "r", l; print "y" >> "/tmp/go1"; close("/tmp/go1"); system("cat /tmp/go1")}'
  r x
  x
  y
  $ gawk 'BEGIN{print "b\na" | "sort"; close("sort"); print "done"}'
  a
  b
  done
  $ gawk 'BEGIN{print "to cat" | "cat 1>&2"}'
  to cat
  $ gawk  '{a[NR]=$0} END{for(i=NR;i>0;i--) print a[i]}' /tmp/t1
  dave 25 nice
  carol 35 paris
  bob 25 lyon
  alice 30 paris
  $ gawk  '!seen[$3]++' /tmp/t1
  alice 30 paris
  bob 25 lyon
  dave 25 nice
  $ gawk  '{print length, length($1)}' /tmp/t1
  14 5
  11 3
  14 5
  12 4
  $ gawk  '$1 ~ /^[ab]/ && $2 < 30 {print $1; next} {print "no", $1}' /tmp/t1
  no alice
  bob
  no carol
  no dave
  $ gawk  'NR%2' /tmp/t1
  alice 30 paris
  carol 35 paris
  $ gawk  '{print (NR==1)?"first":"rest"}' /tmp/t1
  first
  rest
  rest
  rest
  $ gawk  '{sum+=$2} END{printf "%.2f\n", sum/NR}' /tmp/t1
  28.75
  $ gawk  '{$3=toupper($3)}1' /tmp/t1
  alice 30 PARIS
  bob 25 LYON
  carol 35 PARIS
  dave 25 NICE
  $ gawk  'BEGIN{while((getline l < ARGV[1])>0) n++; print n}' /tmp/t1
  4
  $ gawk  '{getline nxt; print $1, nxt}' /tmp/t1
  alice bob 25 lyon
  carol dave 25 nice
  $ gawk  'NR==1{getline; print} END{print NR}' /tmp/t1
  bob 25 lyon
  4
  $ gawk -F: '{print $1}' /tmp/pw
  root
  daemon
  bin
  sync
  ana
  $ gawk -F: '$3>=1000{print $1,$6}' /tmp/pw
  ana /home/ana
  $ gawk  '{print FILENAME, FNR, NR, ARGIND}' /tmp/t1 x=1 /tmp/t1
  /tmp/t1 1 1 1
  /tmp/t1 2 2 1
  /tmp/t1 3 3 1
  /tmp/t1 4 4 1
  /tmp/t1 1 5 3
  /tmp/t1 2 6 3
  /tmp/t1 3 7 3
  /tmp/t1 4 8 3
  $ gawk  '{print x}' x=1 /tmp/t1 x=2 /tmp/t3
  1
  1
  1
  1
  2
  2
  2
  2
  2
  2
  2
  2
  2
  $ gawk -v v=a\\tb '{print v}' /tmp/t1
  a	b
  a	b
  a	b
  a	b
  $ gawk -F '[ia]' '{print $1}' /tmp/t1
  
  bob 25 lyon
  c
  d
  $ gawk -F ' +' '{print $2}' /tmp/t1
  30
  25
  35
  25
  $ gawk  '{print $1;exit 3} END{print "end"}' /tmp/t1
  alice
  end
  [3]
  $ gawk  'END{exit 5}' /tmp/t1
  [5]
  $ gawk 'BEGIN{exit; print "no"} END{print "end"}'
  end
  $ gawk  '{ if ($2>28) {print $1} else if ($3=="lyon") print "L"; else print "-" }' /tmp/t1
  alice
  L
  carol
  -
  $ gawk  '{ i=0; while(i<2) {i++; if(i==1) continue; printf "%s ", i}; do {i--} while(i>0); print i }' /tmp/t1
  2 0
  2 0
  2 0
  2 0
  $ gawk  '{ for(;;) {if(++n>2) break}; print n }' /tmp/t1
  3
  4
  5
  6
  $ gawk --lint 'BEGIN{x=y; print z}'
  gawk: cmd. line:1: warning: reference to uninitialized variable `y'
  gawk: cmd. line:1: warning: reference to uninitialized variable `z'
  $ gawk -P 'BEGIN{x**=2; print x}'
  gawk: cmd. line:1: BEGIN{x**=2; print x}
  gawk: cmd. line:1:         ^ syntax error
  [1]
  $ gawk -S 'BEGIN{system("ls")}'
  gawk: cmd. line:1: fatal: 'system' function not allowed in sandbox mode
  [2]
  $ gawk -S 'BEGIN{print "x" > "/tmp/zz"}'
  gawk: cmd. line:1: fatal: redirection not allowed in sandbox mode
  [2]
  $ gawk -n 'BEGIN{print "0x11"+0}'
  17
  $ gawk -b 'BEGIN{print length("é")}'
  2
  $ gawk -v 1x=3 'BEGIN{}'
  gawk: fatal: `1x' is not a legal variable name
  [2]
  $ gawk -e 'BEGIN{printf "a"}' -e 'BEGIN{print "b"}'
  ab
  $ gawk -l ordchr 'BEGIN{print ord("A"), chr(66)}'
  65 B
  $ gawk -l nolib 'BEGIN{}'
  gawk: fatal: cannot open shared library `nolib' for reading: No such file or directory
  [2]
  $ gawk -i nolib 'BEGIN{}'
  gawk: fatal: cannot open source file `nolib' for reading: No such file or directory
  [2]
  $ gawk -E /nonexist
  gawk: fatal: cannot open source file `/nonexist' for reading: No such file or directory
  [2]
  $ gawk -f /nonexist
  gawk: fatal: cannot open source file `/nonexist' for reading: No such file or directory
  [2]
  $ gawk --lint=fatal 'BEGIN{print x}'
  gawk: cmd. line:1: fatal: reference to uninitialized variable `x'
  [2]
  $ gawk 'BEGIN{print ENVIRON["TZ"], ARGC, ARGV[0], ARGV[1]}' a b
  UTC 3 gawk a
  $ gawk 'END{print FILENAME ":" NR}' </dev/null
  -:0
  $ echo a | gawk '{print FILENAME; x=1; x/=0}'
  -
  gawk: cmd. line:1: (FILENAME=- FNR=1) fatal: division by zero attempted in `/='
  [2]
  $ gawk '{x=0; y=$2/x}' /tmp/t1
  gawk: cmd. line:1: (FILENAME=/tmp/t1 FNR=1) fatal: division by zero attempted
  [2]
  $ gawk '{y=5%0}' /tmp/t1
  gawk: cmd. line:1: error: division by zero attempted in `%'
  [1]
  $ gawk 'BEGIN{x=0;print 5%x}'
  gawk: cmd. line:1: fatal: division by zero attempted in `%'
  [2]
  $ echo 'a b c' | gawk '{$5="e"; print NF; print; $0="q r"; print $2; print NF}'
  5
  a b c  e
  r
  2
  $ echo ' lead  trail ' | gawk '{$1=$1; print "[" $0 "]"}'
  [lead trail]
  $ printf 'a\tb c\td\n' | gawk -F'\t' '{print $2; print NF}'
  b c
  3
  $ echo 'a|b|c' | gawk -F'|' '{print $2}'
  b
  $ echo 'a.b.c' | gawk -F. '{print $3}'
  c
  $ echo abc | gawk -F '' '{print NF, $2}'
  3 b
  $ echo 'aXXbXc' | gawk -F 'X+' '{print $2,$3}'
  b c
  $ printf 'a b\nc d\n' | gawk 'BEGIN{ORS=";";OFS=","}{print $1,$2}'
  a,b;c,d;
  $ printf '1\n2\n3' | gawk '{s+=$1} END{print s, RT==""}'
  6 1
  $ printf 'x 10\ny 9\n' | gawk '$2>m{m=$2;k=$1} END{print k,m}'
  x 10
  $ printf 'é à\n' | gawk '{print length($1), toupper($0)}'
  1 É À
  $ gawk 'BEGIN{x["a"]=1; print x["a"]++ + ++x["a"], x["a"]--, x["a"]}'
  4 3 2
  $ gawk 'BEGIN{$0="1 2 3"; print $1+$2*$3, $NF-1, $(1+1)}'
  7 2 2
  $ gawk 'BEGIN{print 1>2 ? "y" : "n"; print (1>2) ? "y" : "n"; system("cat 2; rm -f 2")}'
  gawk: cmd. line:1: BEGIN{print 1>2 ? "y" : "n"; print (1>2) ? "y" : "n"; system("cat 2; rm -f 2")}
  gawk: cmd. line:1:                 ^ syntax error
  [1]
  $ gawk 'BEGIN{print 1 " " -1, 1 -1, "a" "b" == "ab"}'
  1-1 0 1
  $ gawk 'BEGIN{print !x + 1, !1, - - 3, 2 ^ 3 ^ 0, -2 ^ 2, 2 ^ -1}'
  2 0 3 2 -4 0.5
  $ gawk 'BEGIN{a = b = 3; a += b -= 1; print a, b; a ^= 2; a %= 7; print a; print a++ + ++a}'
  5 2
  4
  10
  $ gawk 'BEGIN{print 10 % 3 * 2, 7 / 2, int(-3.7), int("3abc")}'
  2 3.5 -3 3
  $ gawk 'BEGIN{print substr("hello", 2, 3), index("hello", "l"), length("hello"), split("a b c", arr), arr[3]}'
  ell 3 5 3 c
  $ gawk 'BEGIN{print sprintf("%03d-%s", 7, "x"); print toupper("abc") tolower("DEF")}'
  007-x
  ABCdef
  $ gawk 'BEGIN{print sin(0), cos(0), atan2(0,-1), exp(1), log(10), sqrt(16), exp(0)}'
  0 1 3.14159 2.71828 2.30259 4 1
  $ gawk 'BEGIN{print log(-1), sqrt(-1), exp(1000)}'
  gawk: cmd. line:1: warning: log: received negative argument -1
  gawk: cmd. line:1: warning: sqrt: received negative argument -1
  gawk: cmd. line:1: warning: exp: argument 1000 is out of range
  -nan -nan +inf
  $ gawk 'BEGIN{print substr("hello", length("hello")), "A" < "a", "abc" < "abd", 2 < 10, "2" < "10"}'
  o 1 1 1 0
  $ gawk 'BEGIN{if (!(3 in a)) print "no"; a[3]; if (3 in a) print "yes"; if ((1,2) in a) print "x"; a[1,2]=5; for (k in a) {split(k, p, SUBSEP); print p[1], p[2]}}'
  no
  yes
  1 2
  3 
  $ gawk 'BEGIN{while (i < 3) { i++; if (i == 2) continue; print i } do print i--; while (i > 1)}'
  1
  3
  3
  2
  $ gawk 'BEGIN{for (i = 0; i < 3; i++) { for (j = 0; j < 3; j++) { if (j == 1) break; print i, j } }}'
  0 0
  1 0
  2 0
  $ gawk 'BEGIN{printf "%s\n"; print "z"}'
  gawk: cmd. line:1: fatal: not enough arguments to satisfy format string
  	`%s
  '
  	 ^ ran out for this one
  [2]
  $ gawk 'BEGIN{printf("%s %s\n", "a", "b") > "/dev/stdout"}'
  a b
  $ gawk 'BEGIN{print length("a\tb\n"), "\x41\102\/"}'
  gawk: cmd. line:1: warning: escape sequence `\/' treated as plain `/'
  4 AB/
  $ gawk 'BEGIN{print "a" > "/nonexist/x"}'
  gawk: cmd. line:1: fatal: cannot redirect to `/nonexist/x': No such file or directory
  [2]
  $ gawk 'BEGIN{getline x < "/tmp"; print ERRNO}'
  Is a directory
  $ gawk 'BEGIN{print toupper(x) "|" x+0 "|" x ""}'
  |0|
  $ gawk 'BEGIN{print index("foo","o") index("foo","x")}'
  20
  $ gawk 'BEGIN{x = "A"; y = x++; print x, y; z = "3x" + 4; print z}'
  1 0
  7
  $ gawk 'BEGIN{print 1e3 == 1000, "1e3" == 1000, 0.1+0.2 == 0.3, 1/3*3 == 1}'
  1 0 0 1
  $ gawk 'BEGIN{$3 = "c"; print NF, $0; $0 = ""; print NF}'
  3   c
  0
  $ gawk 'BEGIN{SYMTAB["foo"]=1}'
  gawk: cmd. line:1: fatal: cannot assign to arbitrary elements of SYMTAB
  [2]
  $ gawk 'BEGIN{foo=3; print SYMTAB["foo"]; SYMTAB["foo"]=4; print foo; print ("bar" in SYMTAB)}'
  3
  4
  0
  $ gawk 'BEGIN{switch (3) { case 1: print 1; case 3: print 3; case 4: print 4; break; default: print "d" }}'
  3
  4
  $ gawk 'BEGIN{switch ("abc") { case /b/: print "re"; break; case "abc": print "str" }}'
  re
  $ gawk 'BEGIN{switch (x) { default: print "d"; case 1: print 1 }}'
  d
  1
  $ gawk 'BEGIN{print gensub(/([a-z]+) ([a-z]+)/, "\\2 \\1", 1, "hello world"), gensub("l", "L", 2, "hello"), gensub("x","y","g","abc")}'
  world hello helLo abc
  $ gawk 'BEGIN{print substr("x", 2) "|" substr("", 1) "|"}'
  ||
  $ gawk 'BEGIN{print length(12345), length(1e10), 017, "017"+0, 1==01}'
  5 11 15 17 1
  $ gawk 'BEGIN{print systime() > 1000000, strftime("%H:%M", 3600, 1), strftime("%j %u %U", 0, 1)}'
  gawk: cmd. line:1: BEGIN{print systime() > 1000000, strftime("%H:%M", 3600, 1), strftime("%j %u %U", 0, 1)}
  gawk: cmd. line:1:                                ^ syntax error
  [1]
  $ gawk 'BEGIN{s = "a.b.c"; n = gsub(/\./, "-", s); print n, s; t = "path/to"; gsub("/", "\\", t); print t}'
  2 a-b-c
  path\to
  $ gawk 'BEGIN{print "ab" ~ "a.", "a.b" ~ /a\.b/, "x" ~ "[", 1}'
  gawk: cmd. line:1: fatal: invalid regexp: Invalid regular expression: /[/
  [2]
  $ gawk 'BEGIN{print "foo bar" ~ /\<bar\>/, "foobar" ~ /\ybar/, "a b" ~ /a\sb/, "a_b" ~ /^\w+$/, "é" ~ /^\w$/}'
  1 0 1 1 1
  $ gawk 'BEGIN{print "aaa" ~ /^a{3}$/, "a{3}" ~ /a\{3\}/, "ab" ~ /a|b/, "" ~ /x*/, "+" ~ /[+]/, "]" ~ /[]]/, "-" ~ /[a-]/}'
  1 1 1 1 1 1 1
  $ gawk 'function f(n){return n<2?n:f(n-1)+f(n-2)} BEGIN{print f(12)}'
  144
  $ gawk 'function f(a,b){b=a+1; a=9; return b} BEGIN{x=1; print f(x), x; print f()}'
  2 1
  1
  $ gawk 'function f(){return} BEGIN{x=f(); print x=="", typeof(f())}'
  1 unassigned
  $ gawk 'function f(a){delete a} BEGIN{x[1]; f(x); print length(x)}'
  0
  $ gawk 'function f(x){x[1]=1} BEGIN{y=3; f(y)}'
  gawk: cmd. line:1: fatal: attempt to use scalar parameter `x' as an array
  [2]
  $ gawk 'function f(a){return a+1} BEGIN{print f(1,2)}'
  gawk: cmd. line:1: warning: function `f' called with more arguments than declared
  2
  $ gawk 'BEGIN { printf "%s" , "no newline" }'
  no newline
  $ gawk 'BEGIN { x = "a" "b"; print x > "/dev/fd/1" }'
  ab
  $ seq 5 | gawk 'NR==2,NR==4'
  2
  3
  4
  $ seq 10 | gawk 'NR%3==0{s=s $0 ","} END{print s}'
  3,6,9,
  $ seq 3 | gawk '{a[$1]=$1^2} END{for(k in a) print k, a[k]}'
  1 1
  2 4
  3 9
  $ printf 'k=v\nx=y=z\n' | gawk -F= '{print $1; sub(/^[^=]*=/, ""); print}'
  k
  v
  x
  y=z
  $ ls /nonexist 2>/dev/null | gawk 'END{print NR}'
  0
  $ gawk 'BEGIN{printf "%5s|%-5s|%05.1f|%x|%c\n", "ab", "cd", 3.14159, 255, "xyz"}'
     ab|cd   |003.1|ff|x
  $ gawk 'BEGIN { "date +%Y" | getline y; print (y > 2000) }'
  1
  $ gawk 'BEGIN { while (("printf \"a\\nb\\n\"" | getline l) > 0) print "l:" l }'
  l:a
  l:b
  $ gawk BEGIN
  gawk: cmd. line:1: BEGIN blocks must have an action part
  [1]
  $ gawk '}'
  gawk: cmd. line:1: }
  gawk: cmd. line:1: ^ syntax error
  [1]
  $ gawk '{ print }}' /tmp/t1
  gawk: cmd. line:1: { print }}
  gawk: cmd. line:1:          ^ syntax error
  [1]
  $ gawk 'BEGIN { print length(a, b) }'
  gawk: cmd. line:1: BEGIN { print length(a, b) }
  gawk: cmd. line:1:                          ^ 2 is invalid as number of arguments for length
  [1]
  $ gawk 'BEGIN { break }'
  gawk: cmd. line:1: error: `break' is not allowed outside a loop or switch
  gawk: cmd. line:1: error: `break' is not allowed outside a loop or switch
  [1]
  $ gawk 'BEGIN { continue }'
  gawk: cmd. line:1: error: `continue' is not allowed outside a loop
  gawk: cmd. line:1: error: `continue' is not allowed outside a loop
  [1]
  $ gawk 'BEGIN { getline line < }'
  gawk: cmd. line:1: BEGIN { getline line < }
  gawk: cmd. line:1:                        ^ syntax error
  [1]
  $ gawk 'function length(){}'
  gawk: cmd. line:1: function length(){}
  gawk: cmd. line:1:          ^ `length' is a built-in function, it cannot be redefined
  [1]
  $ gawk 'function f(NR){}'
  gawk: cmd. line:1: error: function `f': cannot use special variable `NR' as a function parameter
  [1]
  $ gawk 'function f(f){}'
  gawk: cmd. line:1: error: function `f': cannot use function name as parameter name
  [1]
  $ gawk 'BEGIN { f (1) } function f(x) { print x }'
  gawk: cmd. line:1: error: function name `f' previously defined
  [1]
  $ gawk 'BEGIN { x = 1; x(2) }'
  gawk: cmd. line:1: error: attempt to use non-function `x' in function call
  [1]
  $ gawk 'BEGIN { 1 = 2 }'
  gawk: cmd. line:1: BEGIN { 1 = 2 }
  gawk: cmd. line:1:           ^ syntax error
  [1]
  $ gawk 'BEGIN { print 1; }; ; END { print 2 }' /dev/null
  gawk: cmd. line:1: each rule must have a pattern or an action part
  [1]
  $ gawk 'BEGIN { print "a"; } # c' 
  a
  $ gawk 'BEGIN { $0 = "a b"; print NF } ; BEGIN { print $2 }'
  2
  b
  $ gawk 'BEGIN { if (1) ; else print 2; print 3 }'
  3
  $ gawk 'BEGIN{if(1){print 1}else{print 2}}'
  1
  $ gawk 'BEGIN {print substr("hello",2)}; /x/' /tmp/t1
  ello
  $ gawk 'BEGIN{print x; x[1]}'
  
  gawk: cmd. line:1: fatal: attempt to use scalar `x' as an array
  [2]
  $ gawk 'BEGIN{y=a[1]; print typeof(a[1])}'
  untyped
  $ gawk 'BEGIN{a[5];a[0];a[-1];a[-2];a[-3]; for(k in a) printf k" "; print ""}'
  -1 -3 -2 0 5 
  $ gawk 'BEGIN{"echo a b" | getline; print NR, NF; x = "A" ; printf "%s %s %s\n", x, x x, x "" x}'
  0 2
  A AA AA
  $ gawk 'BEGIN{print 0 == "", 0 == "0", "" == x, x == 0 && x == ""}'
  0 1 1 1
  $ printf '1e2\n100\n0x64\n +100 \n' | gawk '{print ($1==100), ($1""==100)}'
  1 0
  1 1
  0 0
  1 0
  $ printf 'a b c\n' | gawk '{$2=""; print; print NF; $0=$0; print NF}'
  a  c
  3
  2
  $ printf 'a b c\n' | gawk '{NF=5; print; $7="x"; print NF}' OFS=-
  a-b-c--
  7
  $ printf 'a:b\nc:d\n' | gawk '{FS=":"} {print $1}'
  a:b
  c
  $ printf 'one two\nthree\n' | gawk 'NF==2{print $2} NF!=2{print "odd", NR}'
  two
  odd 2
  $ printf 'a\n\nb\n' | gawk 'NF'
  a
  b
  $ printf 'b 2\na 1\n' | gawk '{print | "sort"} END{close("sort"); print "end"}'
  a 1
  b 2
  end
  $ printf 'x\ny\n' | gawk '{print NR, $0 > ("/tmp/out" NR)} END{close("/tmp/out1"); getline l < "/tmp/out1"; print l}'
  1 x
  $ gawk 'BEGIN{n = split("2024-01-15", d, "-"); print d[1]+0, d[2]+0, n; n = split("", e); print n, length(e); n = split("abc", f, ""); print n, f[2]; n=split(" a  b ", g); print n, g[1]; n=split(" a  b ", h, / /); print n; n = split("a.b", i, "."); print n}'
  2024 1 3
  0 0
  3 b
  2 a
  5
  2
  $ gawk 'BEGIN{print substr("hello", 0), substr("hello", -1), substr("hello", 2, -1) "|"}'
  hello hello |
  $ gawk 'BEGIN{print length(sprintf("%10s", "x")), sprintf("%c%c%c", 72, "i", 33), sprintf("%5%|")}'
  10 Hi! %|
  $ gawk 'BEGIN{printf "%d %s\n", "12abc", 1e6; printf "%s %s\n", 1e100, 0.1+0.2; print 1e-300*1e-300}'
  12 1000000
  10000000000000000159028911097599180468360808563945281389781327557747838772170381060813469985856815104 0.3
  0
  $ gawk 'BEGIN{print 3 " " 4, 3 4, 3-4, 3 -4, "a" > "/dev/stdout"}'
  3 4 34 -1 -1 a
  $ gawk 'BEGIN{print -3 % 2, 3 % -2, 5.5 % 2, 2 ** 0.5}'
  -1 1 1.5 1.41421
  $ gawk 'BEGIN{a["x"]; if ("x" in a) delete a["x"]; print length(a); print ("x" in a)}'
  0
  0
  $ gawk 'BEGIN{x[1]=1; x["1"]=2; x[01]=3; x["01"]=4; x[1.0]=5; x[0.1+0.2]=6; n=0; for (k in x) n++; print n, x[1], x["01"]}'
  3 5 4
  $ gawk 'BEGIN{CONVFMT="%d"; a[12.7]=1; for(k in a) print k; print 12.7 ""}'
  12
  12
  $ gawk 'BEGIN{print index("abc", ""), match("abc", ""), RSTART, RLENGTH; print match("abc", /z/), RSTART, RLENGTH}'
  1 1 1 0
  0 0 -1
  $ gawk 'BEGIN{s="hello world"; sub(/o/, "0", s); print s; gsub(/[aeiou]/, "<&>", s); print s; gsub(/^/, ">", s); print s; gsub(/$/, "<", s); print s; gsub(//, "-", s); print s}'
  hell0 world
  h<e>ll0 w<o>rld
  >h<e>ll0 w<o>rld
  >h<e>ll0 w<o>rld<
  ->-h-<-e->-l-l-0- -w-<-o->-r-l-d-<-
  $ gawk 'BEGIN{s="aaa"; print sub(/a/,"\\&",s), s; s="abc"; sub("b","[&&]",s); print s; sub(/c/,"\\\\",s); print s}'
  1 &aa
  a[bb]c
  a[bb]\\
  $ gawk 'BEGIN{print toupper(1e3) tolower("É"), length(""), length(x)}'
  1000é 0 0
  $ gawk 'BEGIN{printf "[%5d][%-5d][%05d][%+d][%x][%o][%e][%G]\n", 42,42,42,42,42,42,42.5,0.00001}'
  [   42][42   ][00042][+42][2a][52][4.250000e+01][1E-05]
  $ gawk 'BEGIN{printf "[%.3s][%10.2s][%-10s][%c]\n","abcdef","abcdef","abc",65}'
  [abc][        ab][abc       ][A]
  $ gawk 'BEGIN{printf "%s\n", 017; printf "%d%%\n", 50; printf "%5.2f|%.0f|%g|%g\n", 3.14159, 2.5, 1e10, 123456789}'
  15
  50%
   3.14|2|1e+10|1.23457e+08
  $ gawk 'BEGIN{exit 1; } END { print "end"; exit}'
  end
  [1]
  $ gawk 'BEGIN{print ENVIRON["HOME"]; "pwd" | getline d; print d; print system("true"), system("false"), system("exit 7")}'
  /root
  /tmp
  0 1 7
  $ gawk 'BEGIN{print rand() < 1, int(rand()*10) < 10; srand(1); a=rand(); srand(1); b=rand(); print a==b, srand(5), srand()}'
  1 1
  1 1 5
  $ gawk 'BEGIN{OFS="-"; print 1,2; $0="a b c"; $1=$1; print; print $0; ORS="!\n"; print "x"}'
  1-2
  a-b-c
  a-b-c
  x!
  $ gawk 'BEGIN{SUBSEP=":"; a[1,2]=3; for(k in a) print k; print ((1,2) in a)}'
  1:2
  1
  $ gawk 'BEGIN{NR=5; print NR; NF=3; print $0 "|"; $0="x y"; print NF, $2}'
  5
    |
  2 y
  $ gawk 'BEGIN{FS=","; $0="a,b c,d"; print $2; FS="[,;]"; $0="1,2;3"; print $3, NF; FS="|"; $0="a|b"; print $2; FS="\\|"; $0="a|b"; print $2; FS="\t"; $0="a\tb c"; print $2}'
  b c
  3 3
  b
  b
  b c
  $ gawk 'BEGIN{i=5; do { i--; if (i==3) continue; if (i==1) break; print i } while (i>0)}'
  4
  2
  $ gawk 'BEGIN{for (;;) { if (++n > 3) break }; print n; for (i=0; i<2; i++); print i; while (i-- > 0); print i}'
  4
  2
  -1
  $ gawk 'BEGIN{print length("x" 1 2), 1 2 + 3, (1 2) + 3, 2 * 3 4}'
  3 15 15 64
  $ gawk 'BEGIN{print 1 < 2, 2 < 1, "a" ~ "b", !("a" ~ "b"), 1 && 0, 1 || 0}'
  1 0 0 1 0 1
  $ gawk 'BEGIN{print a = 5, a + 1; print (a == 5) ? "five" : "other"; print a++ a; print a}'
  5 6
  five
  56
  6
  $ gawk 'BEGIN{printf "a\tb\\n\"q\"\n"; print "a\nb"; print "\x41\x42", "\101"}'
  a	b\n"q"
  a
  b
  AB A
  $ gawk 'BEGIN{"nonexistcmd 2>/dev/null" | getline x; print x "|"; print close("nonexistcmd 2>/dev/null")}'
  |
  127
  $ gawk 'BEGIN{print "abc" | "cat"; close("cat"); print "x" | "cat 1>&2"; close("cat 1>&2"); print "end"}'
  abc
  x
  end
  $ gawk 'BEGIN{print isarray(a), isarray(b); b[1]; print isarray(b), typeof(b), typeof(b[1])}'
  0 0
  1 array untyped
  $ gawk 'BEGIN { x = 1; print (x) "a"; y = (x) "b"; print y; if ("x" in a == 0) print "none"; print !(x) + 1 }'
  1a
  1b
  none
  1
  $ gawk 'BEGIN { print rand(), rand(); print srand(42), srand(); srand(42); print rand(), rand(), int(rand() * 100); srand(2.9); print srand(-1), rand() }'
  0.924046 0.593909
  1 42
  0.24632 0.396143 95
  2 0.796873
  $ gawk 'BEGIN { if (1) { print "a" } ; else print "b" }'; gawk 'BEGIN { delete(a["x"]) }'; gawk 'BEGIN { if (x ~ /abc'; gawk 'function f(x) { return x } BEGIN { print f (1) }'
  gawk: cmd. line:1: BEGIN { if (1) { print "a" } ; else print "b" }
  gawk: cmd. line:1:                                ^ syntax error
  gawk: cmd. line:1: BEGIN { delete(a["x"]) }
  gawk: cmd. line:1:                 ^ syntax error
  gawk: cmd. line:1: BEGIN { if (x ~ /abc
  gawk: cmd. line:1:                  ^ unterminated regexp
  gawk: cmd. line:1: error: function `f' called with space between name and `(',
  or used as a variable or an array
  [1]
  $ gawk 'BEGIN { delete(a); print 1 ? "y" : "n"; for (f in a); print length(a) }'
  y
  0
  $ gawk -i bits2str -i cliff_rand -i intdiv0 -i isnumeric -i strtonum -i have_mpfr 'BEGIN { print bits2str(0), bits2str(5), bits2str(1000); print cliff_rand(), cliff_rand(), cliff_rand(); intdiv0(17, 5, r); print r["quotient"], r["remainder"]; print isnumeric("12"), isnumeric("x"), isnumeric(3), isnumeric(u), isnumeric(" 1 2"); print mystrtonum("017"), mystrtonum("0x1f"), mystrtonum("-1.5e3"), mystrtonum("abc"), mystrtonum("0"); print adequate_math_precision(53), adequate_math_precision(60) }'
  0 00000101 0000001111101000
  0.258509 0.282361 0.456846
  3 2
  1 0 1 0 0
  15 31 -1500 NOT-A-NUMBER 0
  1 0
  $ gawk -i gettime 'BEGIN { s = getlocaltime(t); print length(t), (s == strftime("%a %b %e %H:%M:%S %Z %Y")), t["timezone"], t["year"] == t["fullyear"] % 100; PROCINFO["sorted_in"] = "@ind_str_asc"; for (k in t) printf "%s ", k; print "" }'
  19 1 UTC 1
  althour altweekday altweeknum ampm dayname fullyear hour minute month monthday monthname second shortdayname shortmonth timezone weekday weeknum year yearday 
  $ printf 'a\nb\n' > f1; : > f2; printf 'c\n' > f3; gawk -i ftrans 'function beginfile(f) { print "begin", f } function endfile(f) { print "end", f } { print }' f1 f2 f3
  begin f1
  a
  b
  end f1
  begin f3
  c
  end f3
  $ gawk -i zerofile 'function zerofile(name, i) { print "empty", name, i } { print }' f2 f1 f2 f3 f2
  empty f2 1
  a
  b
  empty f2 3
  c
  empty f2 5
  $ gawk -i readable '{ print FILENAME, $0 }' x=1 nothere f3; gawk -i noassign -v No_command_assign=1 '{ print FILENAME, x }' f3 x=1 2>&1
  f3 c
  f3 
  gawk: fatal: cannot open file `./x=1' for reading: No such file or directory
  [2]
  $ gawk -i rewind '{ print NR, FNR, $0 } FNR == 2 && !done { done = 1; rewind() }' f1
  1 1 a
  2 2 b
  3 1 a
  4 2 b
  $ gawk -i passwd '{ print $0; print getpwnam("root"); print getpwuid(1); print getpwent(); print getpwent(); endpwent(); print getpwent(); print $0, FS }' f3; gawk -i group '{ print getgrnam("root"); print getgrgid(1); print getgrent(), $0, FS; print getgruser("nobody") "." }' f3
  c
  root:x:0:0:root:/root:/bin/bash
  daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
  root:x:0:0:root:/root:/bin/bash
  daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
  root:x:0:0:root:/root:/bin/bash
  c  
  root:x:0:
  daemon:x:1:
  root:x:0: c  
  .
  $ gawk -i ns_passwd '{ print getpwnam("bin"); print getpwent(); print $0 }' f3
  bin:x:2:2:bin:/bin:/usr/sbin/nologin
  root:x:0:0:root:/root:/bin/bash
  c
  $ gawk 'BEGIN { ENVIRON["QQ"] = "v"; delete ENVIRON["HOME"]; system("echo [$QQ] [${HOME-none}]"); "echo $QQ" | getline x; print x; print "echo $QQ" | "sh"; close("sh"); c = "echo =$QQ"; c |& getline y; print y }'; gawk -P 'BEGIN { ENVIRON["QQ"] = "v"; system("echo [$QQ]") }'
  [v] [none]
  v
  v
  =v
  []
  $ printf '# head\nBEGIN { n = 0 } # none yet\n/a/ || $1 == "b", NR > 3 { n++; if (n > 1) print n, (x) "y" > "/dev/stderr"; else { print -x ^ 2; next } # why\n  # last\n}\nEND { for (k in a) delete a[k]; while (i < 2) i++; do i--; while (i); printf("%%s\\n", n) | "cat"; exit n + 1 }\nfunction f(a, b) { return a + b }\n' > p.awk; gawk -o- -f p.awk; gawk -o 'BEGIN { print 1 }'; cat awkprof.out
  # head
  BEGIN {
  	n = 0
  }
  
  # none yet
  /a/ || $1 == "b", NR > 3 {
  	n++
  	if (n > 1) {
  		print(n, (x) "y") > "/dev/stderr"
  	} else {
  		print -(x ^ 2)
  		next
  	}	# why
  	# last
  }
  
  END {
  	for (k in a) {
  		delete a[k]
  	}
  	while (i < 2) {
  		i++
  	}
  	do {
  		i--
  	} while (i)
  	printf("%s\n", n) | "cat"
  	exit (n + 1)
  }
  
  
  function f(a, b)
  {
  	return (a + b)
  }
  BEGIN {
  	print 1
  }
  $ gawk --profile=- 'function f(x) { return x * 2 } BEGIN { for (i = 0; i < 3; i++) s += f(i); print s } /o/ { n++ } NR == 1; END { if (n > 1) print n; else print "none"; switch (n) { case 0: print "z"; break; default: print "d" } }' <<< $'one\ntwo\nsix' | grep -v created
  6
  one
  2
  d
  
  	# BEGIN rule(s)
  
  	BEGIN {
       3  	for (i = 0; i < 3; i++) {
       3  		s += f(i)
  		}
       1  	print s
  	}
  
  	# Rule(s)
  
       3  /o/ { # 2
       2  	n++
  	}
  
       3  NR == 1 { # 1
       1  	print
  	}
  
  	# END rule(s)
  
  	END {
       1  	if (n > 1) { # 1
       1  		print n
  		} else {
  			print "none"
  		}
       1  	switch (n) {
  		case 0:
  			print "z"
  			break
       1  	default:
       1  		print "d"
  		}
  	}
  
  
  	# Functions, listed alphabetically
  
       3  function f(x)
  	{
       3  	return (x * 2)
  	}
