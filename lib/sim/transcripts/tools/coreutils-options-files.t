Options and mistakes of the coreutils that handle files (ls, cp, mv, rm, ln, install, mkdir, chmod, touch, stat, dd, truncate, realpath…): recorded from coreutils 9.1 of Debian 12.
host: debian-12
user: root

  $ unset LC_ALL; export LANG=C.UTF-8; umask 022
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; mkdir d d/e empty; echo hi > f; printf 'abcdef' > 'a b'; touch -- "it's" 'dq"x' 'dol$x' '~tilde' '-dash' 'semi;x' 'star*' "both'\"x" 'back\slash' $'nl\nnl' $'tab\tx' $'esc\033x' 'é' $'bad\377x' '#hash' 'a=b' 'c,d' '{x}' '[y]' 'bang!' 'q?m' '(p)'; ln -s f lnk; ln -s nowhere broken; chmod 755 f; touch -d 2020-01-02T03:04:05.123456789 f d lnk 'a b'; touch -d 2021-05-06 -- *; truncate -s 123456789 big; touch -d 2021-05-06 big; touch .hid x~ y.tar.gz z.jpg; touch -h -d 2021-05-06 lnk broken; chmod 1777 d; chmod 700 empty; touch -d 2021-05-06 .hid x~ y.tar.gz z.jpg
  $ ls
  '#hash'  'a=b'		  'both'\''"x'	'dq"x'		  lnk		'star*'         {x}
  '(p)'	 'back\slash'	   broken	 empty		 'nl'$'\n''nl'	'tab'$'\t''x'  '~tilde'
   -dash	 'bad'$'\377''x'   c,d		'esc'$'\033''x'   nowhere	 x~	        é
  '[y]'	 'bang!'	   d		 f		 'q?m'		 y.tar.gz
  'a b'	  big		  'dol$x'	"it's"		 'semi;x'	 z.jpg
  $ ls -Q
  "#hash"  "a b"		"bang!"     "c,d"    "empty"	 "lnk"	    "semi;x"  "y.tar.gz"  "é"
  "(p)"	 "a=b"		"big"	    "d"      "esc\033x"  "nl\nnl"   "star*"   "z.jpg"
  "-dash"  "back\\slash"	"both'\"x"  "dol$x"  "f"	 "nowhere"  "tab\tx"  "{x}"
  "[y]"	 "bad\377x"	"broken"    "dq\"x"  "it's"	 "q?m"	    "x~"      "~tilde"
  $ ls --quoting-style=shell
  '#hash'  'a b'	       'bang!'	      c,d      empty   lnk	'semi;x'   y.tar.gz   é
  '(p)'	 'a=b'	        big	      d        esc?x  'nl?nl'	'star*'    z.jpg
   -dash	 'back\slash'  'both'\''"x'  'dol$x'   f       nowhere	'tab?x'    {x}
  '[y]'	  bad?x         broken	     'dq"x'   "it's"  'q?m'	 x~	  '~tilde'
  $ ls --quoting-style=shell-escape
  '#hash'  'a=b'		  'both'\''"x'	'dq"x'		  lnk		'star*'         {x}
  '(p)'	 'back\slash'	   broken	 empty		 'nl'$'\n''nl'	'tab'$'\t''x'  '~tilde'
   -dash	 'bad'$'\377''x'   c,d		'esc'$'\033''x'   nowhere	 x~	        é
  '[y]'	 'bang!'	   d		 f		 'q?m'		 y.tar.gz
  'a b'	  big		  'dol$x'	"it's"		 'semi;x'	 z.jpg
  $ ls --quoting-style=c-maybe
   #hash	 a b	      bang!	  c,d	   empty       lnk	 semi;x    y.tar.gz   é
   (p)	 a=b	      big	  d	  "esc\033x"  "nl\nnl"	 star*	   z.jpg
   -dash	 back\slash  "both'\"x"   dol$x    f	       nowhere	"tab\tx"   {x}
   [y]	"bad\377x"    broken	 "dq\"x"   it's        q?m	 x~	   ~tilde
  $ ls --quoting-style=clocale
  ‘#hash’  ‘a b’		‘bang!’    ‘c,d’    ‘empty’	‘lnk’	   ‘semi;x’  ‘y.tar.gz’  ‘é’
  ‘(p)’	 ‘a=b’		‘big’	   ‘d’	    ‘esc\033x’	‘nl\nnl’   ‘star*’   ‘z.jpg’
  ‘-dash’  ‘back\\slash’	‘both'"x’  ‘dol$x’  ‘f’		‘nowhere’  ‘tab\tx’  ‘{x}’
  ‘[y]’	 ‘bad\377x’	‘broken’   ‘dq"x’   ‘it's’	‘q?m’	   ‘x~’      ‘~tilde’
  $ ls -B
  '#hash'  'a=b'		  'both'\''"x'	'dq"x'		  lnk		'star*'        '~tilde'
  '(p)'	 'back\slash'	   broken	 empty		 'nl'$'\n''nl'	'tab'$'\t''x'   é
   -dash	 'bad'$'\377''x'   c,d		'esc'$'\033''x'   nowhere	 y.tar.gz
  '[y]'	 'bang!'	   d		 f		 'q?m'		 z.jpg
  'a b'	  big		  'dol$x'	"it's"		 'semi;x'	 {x}
  $ ls -C -w 40
  '#hash'		 'esc'$'\033''x'
  '(p)'		  f
   -dash		 "it's"
  '[y]'		  lnk
  'a b'		 'nl'$'\n''nl'
  'a=b'		  nowhere
  'back\slash'	 'q?m'
  'bad'$'\377''x'  'semi;x'
  'bang!'		 'star*'
   big		 'tab'$'\t''x'
  'both'\''"x'	  x~
   broken		  y.tar.gz
   c,d		  z.jpg
   d		  {x}
  'dol$x'		 '~tilde'
  'dq"x'		  é
   empty
  $ ls -m
  '#hash', '(p)', -dash, '[y]', 'a b', 'a=b', 'back\slash', 'bad'$'\377''x', 'bang!', big,
  'both'\''"x', broken, c,d, d, 'dol$x', 'dq"x', empty, 'esc'$'\033''x', f, "it's", lnk,
  'nl'$'\n''nl', nowhere, 'q?m', 'semi;x', 'star*', 'tab'$'\t''x', x~, y.tar.gz, z.jpg, {x}, '~tilde',
  é
  $ ls -w 0 -C
  '#hash'  '(p)'  -dash  '[y]'  'a b'  'a=b'  'back\slash'  'bad'$'\377''x'  'bang!'  big  'both'\''"x'  broken  c,d  d  'dol$x'  'dq"x'  empty  'esc'$'\033''x'  f  "it's"  lnk  'nl'$'\n''nl'  nowhere  'q?m'  'semi;x'  'star*'  'tab'$'\t''x'  x~  y.tar.gz  z.jpg  {x}  '~tilde'  é
  $ ls -w foo
  ls: invalid line width: ‘foo’
  [2]
  $ ls -T 0 -C -w 60
  '#hash'           big              f              x~
  '(p)'            'both'\''"x'     "it's"          y.tar.gz
   -dash            broken           lnk            z.jpg
  '[y]'             c,d             'nl'$'\n''nl'   {x}
  'a b'             d                nowhere       '~tilde'
  'a=b'            'dol$x'          'q?m'           é
  'back\slash'     'dq"x'           'semi;x'
  'bad'$'\377''x'   empty           'star*'
  'bang!'          'esc'$'\033''x'  'tab'$'\t''x'
  $ ls -1 --format=commas
  '#hash', '(p)', -dash, '[y]', 'a b', 'a=b', 'back\slash', 'bad'$'\377''x', 'bang!', big,
  'both'\''"x', broken, c,d, d, 'dol$x', 'dq"x', empty, 'esc'$'\033''x', f, "it's", lnk,
  'nl'$'\n''nl', nowhere, 'q?m', 'semi;x', 'star*', 'tab'$'\t''x', x~, y.tar.gz, z.jpg, {x}, '~tilde',
  é
  $ ls --format=across -w 50
  '#hash'        '(p)'		 -dash
  '[y]'	       'a b'		'a=b'
  'back\slash'   'bad'$'\377''x'	'bang!'
   big	       'both'\''"x'	 broken
   c,d	        d		'dol$x'
  'dq"x'	        empty		'esc'$'\033''x'
   f	       "it's"		 lnk
  'nl'$'\n''nl'   nowhere		'q?m'
  'semi;x'       'star*'		'tab'$'\t''x'
   x~	        y.tar.gz	 z.jpg
   {x}	       '~tilde'		 é
  $ ls --format=foo
  ls: invalid argument ‘foo’ for ‘--format’
  Valid arguments are:
    - ‘verbose’, ‘long’
    - ‘commas’
    - ‘horizontal’, ‘across’
    - ‘vertical’
    - ‘single-column’
  Try 'ls --help' for more information.
  [1]
  $ ls --sort=width
   d    big  '(p)'  'q?m'   "it's"    broken   'semi;x'	   'both'\''"x'     'esc'$'\033''x'
   f    c,d  '[y]'   -dash   z.jpg   'dol$x'   '~tilde'	   'nl'$'\n''nl'
   é    lnk  'a b'  'dq"x'  '#hash'  'star*'    y.tar.gz	   'tab'$'\t''x'
   x~   {x}  'a=b'   empty  'bang!'   nowhere  'back\slash'  'bad'$'\377''x'
  $ ls -U f d big
  f  big
  
  d:
  e
  $ ls --time-style=foo -l f
  ls: invalid argument ‘foo’ for ‘time style’
  Valid arguments are:
    - [posix-]full-iso
    - [posix-]long-iso
    - [posix-]iso
    - [posix-]locale
    - +FORMAT (e.g., +%H:%M) for a 'date'-style format
  Try 'ls --help' for more information.
  [2]
  $ ls -a --hide='*a*'
  '#hash'   .hid	       'bad'$'\377''x'	 c,d	 'esc'$'\033''x'   nowhere	  x~	     é
  '(p)'	 '[y]'	       'bang!'		 d	  f		  'q?m'		  y.tar.gz
   -dash	 'a b'	        big		'dol$x'  "it's"		  'semi;x'	  z.jpg
   .	 'a=b'	       'both'\''"x'	'dq"x'	  lnk		  'star*'	  {x}
   ..	 'back\slash'   broken		 empty	 'nl'$'\n''nl'	  'tab'$'\t''x'  '~tilde'
  $ ls nonexist nonexist2
  ls: cannot access 'nonexist': No such file or directory
  ls: cannot access 'nonexist2': No such file or directory
  [2]
  $ ls --color=foo
  ls: invalid argument ‘foo’ for ‘--color’
  Valid arguments are:
    - ‘always’, ‘yes’, ‘force’
    - ‘never’, ‘no’, ‘none’
    - ‘auto’, ‘tty’, ‘if-tty’
  Try 'ls --help' for more information.
  [1]
  $ ls --indicator-style=slash lnk d ff f
  ls: cannot access 'ff': No such file or directory
  f  lnk
  
  d:
  e/
  [2]
  $ ls -F=always f
  ls: invalid option -- '='
  Try 'ls --help' for more information.
  [2]
  $ ls --classify=foo f d
  ls: invalid argument ‘foo’ for ‘--classify’
  Valid arguments are:
    - ‘always’, ‘yes’, ‘force’
    - ‘never’, ‘no’, ‘none’
    - ‘auto’, ‘tty’, ‘if-tty’
  Try 'ls --help' for more information.
  [1]
  $ ls -s --block-size=1 empty/..  | tail -1 | wc -l
  1
  $ ls --s
  ls: option '--s' is ambiguous; possibilities: '--size' '--si' '--show-control-chars' '--sort'
  Try 'ls --help' for more information.
  [2]
  $ ls --h
  ls: option '--h' is ambiguous; possibilities: '--human-readable' '--hide-control-chars' '--hide' '--hyperlink' '--help'
  Try 'ls --help' for more information.
  [2]
  $ ls -D f
  f
  $ ls -Q --quoting-style=literal 'a b'
  a b
  $ TIME_STYLE=foo ls -l f
  ls: invalid argument ‘foo’ for ‘time style’
  Valid arguments are:
    - [posix-]full-iso
    - [posix-]long-iso
    - [posix-]iso
    - [posix-]locale
    - +FORMAT (e.g., +%H:%M) for a 'date'-style format
  Try 'ls --help' for more information.
  [2]
  $ LS_COLORS='xx=1' ls --color=always d
  ls: unrecognized prefix: ‘xx’
  ls: unparsable value for LS_COLORS environment variable
  e
  $ COLUMNS=foo ls -C f
  f
  $ TABSIZE=foo ls f
  ls: ignoring invalid tab size in environment variable TABSIZE: ‘foo’
  f
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; mkdir d; touch 'a b' $'x\ty' f; touch -d 2021-05-06 * 
  $ dir
  a\ b  d  f  x\ty
  $ dir nonexist
  dir: cannot access 'nonexist': No such file or directory
  [2]
  $ vdir --foo
  vdir: unrecognized option '--foo'
  Try 'vdir --help' for more information.
  [2]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; echo one > a; echo two > b; mkdir d d2; ln -s a l; ln -s nowhere br; echo x > d/x; chmod 640 a; touch -d 2020-01-01 a; mkdir -p t/u/v; echo y > t/u/v/y; ln a hard
  $ cp
  cp: missing file operand
  Try 'cp --help' for more information.
  [1]
  $ cp nonexist x
  cp: cannot stat 'nonexist': No such file or directory
  [1]
  $ cp -T a d
  cp: cannot overwrite directory 'd' with non-directory
  [1]
  $ cp -t a b
  cp: target directory 'a': Not a directory
  [1]
  $ cp a ./a
  cp: 'a' and './a' are the same file
  [1]
  $ cp -P br br2; readlink br2
  nowhere
  $ cp --preserve=mode a am; stat -c '%a' am
  640
  $ cp --preserve=context a x
  cp: cannot preserve security context without an SELinux-enabled kernel
  [1]
  $ cp --preserve=xattr a x
  $ cp --context=foo a x
  cp: warning: ignoring --context; it requires an SELinux-enabled kernel
  $ cp -l a hl; stat -c %h hl
  3
  $ cp --sparse=always a rf; cat rf
  one
  $ cp --backup=t a b; ls b*
  b  b.~1~  br  br2
  $ VERSION_CONTROL=foo cp -b a b
  cp: invalid argument ‘foo’ for ‘$VERSION_CONTROL’
  Valid arguments are:
    - ‘none’, ‘off’
    - ‘simple’, ‘never’
    - ‘existing’, ‘nil’
    - ‘numbered’, ‘t’
  Try 'cp --help' for more information.
  [1]
  $ cp -r --parents t/u d; find d | sort
  d
  d/t
  d/t/u
  d/t/u/v
  d/t/u/v/y
  d/x
  $ cp --attributes-only a emptyc; stat -c %s emptyc
  0
  $ cp -r a d e2 nodir
  cp: target 'nodir': No such file or directory
  [1]
  $ cp a a d
  cp: warning: source file 'a' specified more than once
  $ cp a d/a a d
  cp: 'd/a' and 'd/a' are the same file
  cp: warning: source file 'a' specified more than once
  [1]
  $ cp --foo
  cp: unrecognized option '--foo'
  Try 'cp --help' for more information.
  [1]
  $ cp --p a b
  cp: option '--p' is ambiguous; possibilities: '--parents' '--preserve'
  Try 'cp --help' for more information.
  [1]
  $ cp --update a b
  $ cp --suffix
  cp: option '--suffix' requires an argument
  Try 'cp --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; echo one > a; echo two > b; mkdir d e ne; echo x > ne/a; ln -s a l; echo r > readonly; chmod 444 readonly
  $ mv
  mv: missing file operand
  Try 'mv --help' for more information.
  [1]
  $ mv d d/x
  mv: cannot move 'd' to a subdirectory of itself, 'd/x'
  [1]
  $ mv -T a d
  mv: cannot overwrite directory 'd' with non-directory
  [1]
  $ mv -n a b; cat a b
  one
  two
  $ echo new > a; mv a readonly </dev/null; cat readonly
  new
  $ mv -t nodir d/b
  mv: target directory 'nodir': No such file or directory
  [1]
  $ mv a b readonly
  mv: target 'readonly': Not a directory
  [1]
  $ mv b/ c
  mv: cannot stat 'b/': Not a directory
  [1]
  $ mv -x
  mv: invalid option -- 'x'
  Try 'mv --help' for more information.
  [1]
  $ mv .. x
  mv: cannot move '..' to 'x': Device or resource busy
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; touch a b c ro w; chmod 444 ro; mkdir d e full full/s pd pd/q; touch full/x full/s/y; chmod 555 pd; ln -s a l; ln -s d ld; touch -- -x; touch 'sp ace' "q'q"
  $ rm
  rm: missing operand
  Try 'rm --help' for more information.
  [1]
  $ rm -d d
  $ rm -rf --preserve-root=all /
  rm: it is dangerous to operate recursively on '/'
  rm: use --no-preserve-root to override this failsafe
  [1]
  $ rm -r . ..
  rm: refusing to remove '.' or '..' directory: skipping '.'
  rm: refusing to remove '.' or '..' directory: skipping '..'
  [1]
  $ rm -x
  rm: invalid option -- 'x'
  Try 'rm ./-x' to remove the file '-x'.
  Try 'rm --help' for more information.
  [1]
  $ rm -v l
  removed 'l'
  $ rm -r nonexist e -v
  rm: cannot remove 'nonexist': No such file or directory
  removed directory 'e'
  [1]
  $ rm -rf t/x; rm -v t
  rm: cannot remove 't': No such file or directory
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; echo a > a; mkdir d; touch b; ln -s a s
  $ ln
  ln: missing file operand
  Try 'ln --help' for more information.
  [1]
  $ ln -fv a h
  'h' => 'a'
  $ ln -s a; echo $?
  ln: failed to create symbolic link './a': File exists
  1
  $ ln d d2
  ln: d: hard link not allowed for directory
  [1]
  $ ln -s -T a d
  ln: failed to create symbolic link 'd': File exists
  [1]
  $ ln -t a b
  ln: target 'a' is not a directory
  [1]
  $ ln -s a nodir/x
  ln: failed to create symbolic link 'nodir/x': No such file or directory
  [1]
  $ ln '' e
  ln: failed to access '': No such file or directory
  [1]
  $ ln -s a b d x 2>&1
  ln: target 'x': No such file or directory
  [1]
  $ ln a a d
  ln: failed to create hard link 'd/a': File exists
  [1]
  $ ln --backup=foo a b
  ln: invalid argument ‘foo’ for ‘backup type’
  Valid arguments are:
    - ‘none’, ‘off’
    - ‘simple’, ‘never’
    - ‘existing’, ‘nil’
    - ‘numbered’, ‘t’
  Try 'ln --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; echo a > a; echo b > b; mkdir d; ln -s a l
  $ install
  install: missing file operand
  Try 'install --help' for more information.
  [1]
  $ install -m foo a c
  install: invalid mode ‘foo’
  [1]
  $ install -v a c
  'a' -> 'c'
  $ install -D a x/y/z; find x
  x
  x/y
  x/y/z
  $ install -d a
  install: cannot create directory ‘a’: File exists
  [1]
  $ install -t nodir a
  install: failed to access 'nodir': No such file or directory
  [1]
  $ install -T a d
  install: cannot overwrite directory 'd' with non-directory
  [1]
  $ install nonexist c
  install: cannot stat 'nonexist': No such file or directory
  [1]
  $ install --strip-program=false a c
  install: WARNING: ignoring --strip-program option as -s option was not specified
  $ install --strip-program=true a c
  install: WARNING: ignoring --strip-program option as -s option was not specified
  $ install -p a c; echo $?
  0
  $ install --preserve-context a c
  install: WARNING: ignoring --preserve-context; this kernel is not SELinux-enabled
  $ install --context=foo a c
  install: warning: ignoring --context; it requires an SELinux-enabled kernel
  $ install -C -m 4755 a c
  install: the --compare (-C) option is ignored when you specify a mode with non-permission bits
  $ install -C -s a c
  install: options --compare (-C) and --strip are mutually exclusive
  Try 'install --help' for more information.
  [1]
  $ install -C -p a c
  install: options --compare (-C) and --preserve-timestamps are mutually exclusive
  Try 'install --help' for more information.
  [1]
  $ install -D
  install: missing file operand
  Try 'install --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; touch f; ln -s nowhere br
  $ mkdir
  mkdir: missing operand
  Try 'mkdir --help' for more information.
  [1]
  $ mkdir -pv a/x v/w
  mkdir: created directory 'a'
  mkdir: created directory 'a/x'
  mkdir: created directory 'v'
  mkdir: created directory 'v/w'
  $ mkdir n/o
  mkdir: cannot create directory ‘n/o’: No such file or directory
  [1]
  $ mkdir -m =rx,u+w m7; stat -c %a m7
  755
  $ mkdir -p -m 711 q/r; stat -c %a q q/r
  755
  711
  $ mkdir -p br
  mkdir: cannot create directory ‘br’: File exists
  [1]
  $ mkdir -p br/x
  mkdir: cannot create directory ‘br’: File exists
  [1]
  $ mkdir --context=foo z2
  mkdir: warning: ignoring --context; it requires an SELinux/SMACK-enabled kernel
  $ mkdir -v 'a b' "it's"
  mkdir: created directory 'a b'
  mkdir: created directory "it's"
  $ mkdir .
  mkdir: cannot create directory ‘.’: File exists
  [1]
  $ mkdir -vp nn//oo///pp
  mkdir: created directory 'nn'
  mkdir: created directory 'nn//oo'
  mkdir: created directory 'nn//oo///pp'
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; mkdir -p a/b/c full e ro/x; touch full/f f; ln -s e l
  $ rmdir
  rmdir: missing operand
  Try 'rmdir --help' for more information.
  [1]
  $ rmdir f
  rmdir: failed to remove 'f': Not a directory
  [1]
  $ mkdir -p a/b/c; rmdir -pv --ignore-fail-on-non-empty a/b/c; echo $?
  rmdir: removing directory, 'a/b/c'
  rmdir: removing directory, 'a/b'
  rmdir: removing directory, 'a'
  0
  $ rmdir -v e
  rmdir: removing directory, 'e'
  $ rmdir -x
  rmdir: invalid option -- 'x'
  Try 'rmdir --help' for more information.
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; touch f
  $ mknod
  mknod: missing operand
  Try 'mknod --help' for more information.
  [1]
  $ mknod -m 600 c p; stat -c %a c
  600
  $ mknod --context=x e2 p
  mknod: warning: ignoring --context; it requires an SELinux/SMACK-enabled kernel
  $ mknod f p
  mknod: f: File exists
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; touch f g 'a b'; mkdir -p d/e; touch d/x d/e/y; ln -s f l; ln -s nowhere br; chmod 644 f; ln -s ../f d/l
  $ chmod
  chmod: missing operand
  Try 'chmod --help' for more information.
  [1]
  $ chmod -c 644 f
  $ chmod -v +t d
  mode of 'd' changed from 0755 (rwxr-xr-x) to 1755 (rwxr-xr-t)
  $ chmod -v =755 d
  mode of 'd' changed from 1755 (rwxr-xr-t) to 0755 (rwxr-xr-x)
  $ chmod -v -6000 d
  mode of 'd' retained as 0755 (rwxr-xr-x)
  $ chmod -v +111 f
  mode of 'f' changed from 0644 (rw-r--r--) to 0755 (rwxr-xr-x)
  $ chmod -v u=g f
  mode of 'f' changed from 0755 (rwxr-xr-x) to 0555 (r-xr-xr-x)
  $ chmod -v o=u f
  mode of 'f' retained as 0555 (r-xr-xr-x)
  $ chmod -v g=o,u+X f
  mode of 'f' retained as 0555 (r-xr-xr-x)
  $ chmod -v a+X d
  mode of 'd' retained as 0755 (rwxr-xr-x)
  $ chmod -v +w f
  mode of 'f' changed from 0555 (r-xr-xr-x) to 0755 (rwxr-xr-x)
  $ chmod -v -w f
  mode of 'f' changed from 0755 (rwxr-xr-x) to 0555 (r-xr-xr-x)
  $ chmod -v -r f
  mode of 'f' changed from 0555 (r-xr-xr-x) to 0111 (--x--x--x)
  $ chmod -rwx f; stat -c %A f
  ----------
  $ chmod u+ f; echo $?
  0
  $ chmod u+rw-x f; stat -c %A f
  -rw-------
  $ chmod u+t d; stat -c %A d
  drwxr-xr-x
  $ chmod nonexist
  chmod: missing operand after ‘nonexist’
  Try 'chmod --help' for more information.
  [1]
  $ chmod -v 644 nonexist
  chmod: cannot access 'nonexist': No such file or directory
  'nonexist' could not be accessed
  [1]
  $ chmod 644 br
  chmod: cannot operate on dangling symlink 'br'
  [1]
  $ chmod -v 644 br
  chmod: cannot operate on dangling symlink 'br'
  'br' could not be accessed
  [1]
  $ chmod -R -v 755 d | sort
  mode of 'd' retained as 0755 (rwxr-xr-x)
  mode of 'd/e' retained as 0755 (rwxr-xr-x)
  mode of 'd/e/y' changed from 0644 (rw-r--r--) to 0755 (rwxr-xr-x)
  mode of 'd/x' changed from 0644 (rw-r--r--) to 0755 (rwxr-xr-x)
  neither symbolic link 'd/l' nor referent has been changed
  $ chmod -R 755 br
  chmod: cannot operate on dangling symlink 'br'
  [1]
  $ chmod --reference=nonexist g
  chmod: failed to get attributes of 'nonexist': No such file or directory
  [1]
  $ chmod -x
  chmod: missing operand
  Try 'chmod --help' for more information.
  [1]
  $ chmod 644 -- f
  $ umask 022; chmod -v -rwx f
  mode of 'f' changed from 0644 (rw-r--r--) to 0000 (---------)
  $ chmod a+s,u-s f; stat -c %A f
  ------S---
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; touch f 'a b'; mkdir d; touch d/x; ln -s f l; ln -s nowhere br
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; touch ref; touch -d '2020-01-02 03:04:05.678901234' ref; mkdir d; ln -s nowhere br; ln -s ref l
  $ touch
  touch: missing file operand
  Try 'touch --help' for more information.
  [1]
  $ touch nn/
  touch: setting times of 'nn/': No such file or directory
  [1]
  $ touch d; echo $?
  0
  $ touch a/b
  touch: cannot touch 'a/b': No such file or directory
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf abc > f; ln -s f l; mkdir d; touch 'a b' "it's" $'n\nl'; touch -d '2020-01-02 03:04:05.678901234' f; chmod 4751 f; ln -s nowhere br
  $ stat
  stat: missing operand
  Try 'stat --help' for more information.
  [1]
  $ stat -L br
  stat: cannot statx 'br': No such file or directory
  [1]
  $ stat -c '%#f %08a %#o' f
  0x89e9 00004751 4096
  $ stat -c '%-q' f
  ?
  $ stat --format=%s f
  3
  $ stat -c '%b %B %o' f | wc -w
  3
  $ stat -c '%Hd %Ld' f | wc -w
  2
  $ stat --cached=always -c %s f
  3
  $ stat -L -c %N l
  'l'
  $ stat -t -c %s f
  3
  $ QUOTING_STYLE=foo stat -c %N f
  stat: ignoring invalid value of environment variable QUOTING_STYLE: ‘foo’
  'f'
  $ stat -c '%i %i' f | wc -w
  2
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; seq 1 100 > in; printf 'hello world' > s
  $ printf abc | dd conv=ebcdic status=none | od -c
  0000000 201 202 203
  0000003
  $ printf abc | dd conv=ibm status=none | od -An -tx1
   81 82 83
  $ dd if=s conv=ascii,ebcdic
  dd: cannot combine any two of {ascii,ebcdic,ibm}
  [1]
  $ dd if=s conv=nocreat of=newx
  dd: failed to open 'newx': No such file or directory
  [1]
  $ dd foo
  dd: unrecognized operand ‘foo’
  Try 'dd --help' for more information.
  [1]
  $ dd bs=x
  dd: invalid number: ‘x’
  [1]
  $ dd count=1 bs=1K if=in status=none | wc -c
  292
  $ dd count=1 bs=1KiB if=in status=none | wc -c
  292
  $ dd skip=0x2 bs=2 count=1 if=in status=none
  dd: warning: ‘0x’ is a zero multiplier; use ‘00x’ if that is intended
  1
  $ dd skip=0x bs=2 if=in
  dd: invalid number: ‘0x’
  [1]
  $ dd if=s oflag=fullblock
  dd: invalid output flag: ‘fullblock’
  Try 'dd --help' for more information.
  [1]
  $ dd if=s status=foo
  dd: invalid status level: ‘foo’
  Try 'dd --help' for more information.
  [1]
  $ dd seek=1 count=0 bs=100 of=o5 status=none; stat -c %s o5
  100
  $ dd if=/dev/zero bs=1500000 count=1 of=/dev/null 2>&1 | sed 's/, [0-9.e-]* s,.*//'
  1+0 records in
  1+0 records out
  1500000 bytes (1.5 MB, 1.4 MiB) copied
  $ dd ibs=3 obs=5 if=s 2>&1 | sed 's/, [0-9.e-]* s,.*//'
  hello world3+1 records in
  2+1 records out
  11 bytes copied
  $ dd if=s -- of=o6 status=none; ls o6
  o6
  $ dd if=s conv=sparse of=o7 status=none; cmp s o7
  $ dd if=s if=in bs=2 count=1 status=none
  1
  $ dd bs=1M count=0 if=s 2>&1 | sed 's/, [0-9.e-]* s,.*//'
  0+0 records in
  0+0 records out
  0 bytes copied
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; mkdir -p a/b/c 'x y'; head -c 10000 /dev/zero > a/f; head -c 5000 /dev/zero > a/b/g; touch a/b/c/e; ln a/f a/hard; ln -s f a/l; ln -s a la; head -c 1 /dev/zero > one; touch -d 2020-01-01 one
  $ du ''
  du: invalid zero-length file name
  [1]
  $ BLOCK_SIZE=1 du one
  4096	one
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf hello > f; printf 'longer text' > r; mkdir d
  $ truncate
  truncate: you must specify either ‘--size’ or ‘--reference’
  Try 'truncate --help' for more information.
  [1]
  $ truncate -s '<2' f; stat -c %s f
  2
  $ truncate -s %0 f
  truncate: division by zero
  [1]
  $ truncate -s 1k f; stat -c %s f
  1024
  $ truncate -s +-5 f
  truncate: Invalid number: ‘+-5’
  [1]
  $ truncate -s
  truncate: option requires an argument -- 's'
  Try 'truncate --help' for more information.
  [1]
  $ truncate -o -s 1 f; stat -c %s f | grep -c .
  1
  $ truncate -s 1 d
  truncate: cannot open 'd' for writing: Is a directory
  [1]
  $ truncate -s 8E f
  truncate: Invalid number: ‘8E’: Value too large for defined data type
  [1]
  $ truncate --size=+1K f; stat -c %s f
  5120
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; touch f
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; printf hello > f; printf hello > g; mkdir d; touch e
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; mkdir -p a/b/c; touch a/f; ln -s a/b l; ln -s nowhere br; ln -s loop loop; ln -s ../f a/b/up; cd a/b && cd ../..
  $ realpath
  realpath: missing operand
  Try 'realpath --help' for more information.
  [1]
  $ realpath -P l/.. | sed "s|$PWD|P|"
  P/a
  $ realpath x | sed "s|$PWD||"
  /x
  $ realpath ''
  realpath: '': No such file or directory
  [1]
  $ realpath --relative-base=a a/b a/f l / | sed "s|$PWD|P|"
  b
  f
  b
  /
  $ realpath -z a l | tr '\0' '\n' | sed "s|$PWD||"
  /a
  /a/b
  $ realpath --foo
  realpath: unrecognized option '--foo'
  Try 'realpath --help' for more information.
  [1]
  $ readlink a; echo $?
  1
  $ readlink -f x | sed "s|$PWD||"
  /x
  $ readlink -m x/y | sed "s|$PWD||"
  /x/y
  $ readlink -f loop
  [1]
  $ readlink -m ''
  [1]
  $ POSIXLY_CORRECT=1 readlink a
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t
  $ basename
  basename: missing operand
  Try 'basename --help' for more information.
  [1]
  $ basename //
  /
  $ basename -s .c a.c b.c/x.c
  a
  x
  $ basename -s
  basename: option requires an argument -- 's'
  Try 'basename --help' for more information.
  [1]
  $ basename abc c
  ab
  $ dirname /a
  /
  $ dirname a//b
  a
  $ dirname a/.
  a
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; touch f
  $ pathchk
  pathchk: missing operand
  Try 'pathchk --help' for more information.
  [1]
  $ pathchk -P -- -a
  pathchk: leading '-' in a component of file name '-a'
  [1]
  $ pathchk f/x
  pathchk: f/x: Not a directory
  [1]
  $ rm -rf /srv/t; mkdir /srv/t; cd /srv/t; mkdir d; touch f -- -x; ln -s f l; chmod 755 f; echo one > a; echo two > b
  $ ls -Fl --time-style=+ -go
  total 12
  -rw-r--r-- 1    0  -x
  -rw-r--r-- 1    4  a
  -rw-r--r-- 1    4  b
  drwxr-xr-x 2 4096  d/
  -rwxr-xr-x 1    0  f*
  lrwxrwxrwx 1    1  l -> f*
  $ ls -Fa
  -x  ./	../  a	b  d/  f*  l@
  $ ls -xF --width=20
  -x  a  b  d/  f*
  l@
  $ rm -x
  rm: invalid option -- 'x'
  Try 'rm ./-x' to remove the file '-x'.
  Try 'rm --help' for more information.
  [1]
  $ rm -rf -z
  rm: invalid option -- 'z'
  Try 'rm --help' for more information.
  [1]
  $ rm -- -x; ls
  a  b  d  f  l
  $ cp a a d; ls d
  cp: warning: source file 'a' specified more than once
  a
  $ cp a d/a b d
  cp: 'd/a' and 'd/a' are the same file
  [1]
  $ mkdir e; cp -r d d e; ls e
  cp: warning: source directory 'd' specified more than once
  d
  $ dd if=/dev/zero of=z bs=4M count=2 status=noxfer; stat -c %s z
  2+0 records in
  2+0 records out
  8388608
  $ dd if=z of=z2 bs=3M status=noxfer; stat -c %s z2
  2+1 records in
  2+1 records out
  8388608
  $ dd if=z of=z2 bs=5M count=1 conv=sync status=noxfer; stat -c %s z2
  1+0 records in
  1+0 records out
  5242880
  $ dd if=z ibs=3M obs=2M status=noxfer of=z2; stat -c %s z2
  2+1 records in
  4+0 records out
  8388608
  $ dd if=/dev/urandom bs=3M count=1 status=noxfer of=z2; stat -c %s z2
  1+0 records in
  1+0 records out
  3145728
  $ cat z | dd bs=4M iflag=fullblock status=noxfer of=z2; stat -c %s z2
  2+0 records in
  2+0 records out
  8388608
  $ printf 'ab\n' | dd conv=ebcdic status=none | od -An -tx1
   81 82 25
  $ timeout 5 tail -f a | head -1
  one
  $ chmod =640 f; stat -c %a f; chmod -v =755 f; chmod +111,u-100 f; stat -c %a f
  640
  mode of 'f' changed from 0640 (rw-r-----) to 0755 (rwxr-xr-x)
  chmod: invalid mode: ‘+111,u-100’
  Try 'chmod --help' for more information.
  755
  $ printf '3 c\n1 a\n2 b\n' | sort +1
  1 a
  2 b
  3 c
  $ cut -d $'\n' -f2,3 /etc/passwd | wc -l
  2
  $ printf 'p 1\np 2\n' | uniq -w 1 -c
        2 p 1
  $ seq 10 | split -n 2
  split: -: cannot determine file size
  [1]
  $ env -S 'printf "%s-" a${NOSUCH}b "c d"'; echo
  ab-c d-
