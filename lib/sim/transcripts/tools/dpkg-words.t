dpkg, dpkg-query, dpkg-deb, dpkg-divert, dpkg-statoverride and update-alternatives: options and words that they take or refuse, and what dpkg-deb says of a control file: recorded from dpkg 1.21.22 of Debian 12.
host: debian-12
user: student

  $ export DPKG_COLORS=never PATH=$PATH:/usr/sbin:/sbin; mkdir /tmp/words; cd /tmp/words

  $ dpkg
  dpkg: error: need an action option
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --nosuch
  dpkg: error: unknown option --nosuch
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg -i
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg -i nosuch.deb
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg -i /etc/passwd
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg -r
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg -r nosuch
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg -P nosuch
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg -l nosuch
  dpkg-query: no packages found matching nosuch
  [1]
  $ dpkg -l nosuch*
  dpkg-query: no packages found matching nosuch*
  [1]
  $ dpkg -s nosuch
  dpkg-query: package 'nosuch' is not installed and no information is available
  Use dpkg --info (= dpkg-deb --info) to examine archive files.
  [1]
  $ dpkg -L nosuch
  dpkg-query: package 'nosuch' is not installed
  Use dpkg --contents (= dpkg-deb --contents) to list archive files contents.
  [1]
  $ dpkg -L
  dpkg-query: error: --listfiles needs at least one package name argument
  
  Use --help for help about querying packages.
  [2]
  $ dpkg -p nosuch
  dpkg-query: package 'nosuch' is not available
  [1]
  $ dpkg -I
  dpkg-deb: error: --info needs a .deb filename argument
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg -I nosuch.deb
  dpkg-deb: error: failed to read archive 'nosuch.deb': No such file or directory
  [2]
  $ dpkg -c nosuch.deb
  dpkg-deb: error: failed to read archive 'nosuch.deb': No such file or directory
  [2]
  $ dpkg -x nosuch.deb
  dpkg-deb: error: --extract needs a target directory.
  Perhaps you should be using dpkg --install ?
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg -x nosuch.deb d
  dpkg-deb: error: failed to read archive 'nosuch.deb': No such file or directory
  [2]
  $ dpkg -e nosuch.deb
  dpkg-deb: error: failed to read archive 'nosuch.deb': No such file or directory
  [2]
  $ dpkg --compare-versions 1 lt 2; echo $?
  0
  $ dpkg --compare-versions 1 foo 2
  dpkg: error: --compare-versions bad relation
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --compare-versions 1
  dpkg: error: --compare-versions takes three arguments: <version> <relation> <version>
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --compare-versions 1:2-3 gt 2-4; echo $?
  0
  $ dpkg --compare-versions '' lt 1; echo $?
  0
  $ dpkg --compare-versions a lt b; echo $?
  dpkg: warning: version 'a' has bad syntax: version number does not start with digit
  dpkg: warning: version 'b' has bad syntax: version number does not start with digit
  0
  $ dpkg --print-architecture extra
  dpkg: error: --print-architecture takes no arguments
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --add-architecture
  dpkg: error: --add-architecture takes exactly one argument
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --configure
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg --configure nosuch
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg --force-nosuch -i x
  dpkg: error: unknown force/refuse option 'nosuch'
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --refuse-nosuch -i x
  dpkg: error: unknown force/refuse option 'nosuch'
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --no-act
  dpkg: error: need an action option
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg -D nosuch -i
  dpkg: error: --debug requires a positive octal argument
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --get-selections bash
  bash						install
  $ dpkg --get-selections nosuch
  dpkg: no packages found matching nosuch
  $ dpkg --admindir
  dpkg: error: --admindir option takes a value
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --unpack
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg --yet-to-unpack
  $ dpkg --predep-package
  [1]
  $ dpkg --validate-pkgname foo; echo $?
  0
  $ dpkg --validate-pkgname Foo
  $ dpkg --validate-pkgname f
  $ dpkg --validate-version 1.0-1; echo $?
  0
  $ dpkg --validate-version a1
  dpkg: warning: version 'a1' has bad syntax: version number does not start with digit
  [1]
  $ dpkg --validate-version 1:
  dpkg: error: version '1:' has bad syntax: nothing after colon in version number
  [2]
  $ dpkg --validate-archname amd64; echo $?
  0
  $ dpkg --validate-archname A_
  dpkg: error: architecture name 'A_' is invalid: character '_' not allowed (only letters, digits and characters '-')
  [2]
  $ dpkg --validate-trigname foo
  $ dpkg --validate-trigname 'a b'
  dpkg: error: trigger name 'a b' is invalid: trigger name contains invalid character
  [2]
  $ dpkg --assert-support-predepends; echo $?
  0
  $ dpkg --assert-multi-arch; echo $?
  0
  $ dpkg --assert-foo
  dpkg: error: unknown --assert-<feature>
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --triggers-only
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg --triggers-only nosuch
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg -i -r x
  dpkg: error: conflicting actions -r (--remove) and -i (--install)
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --abort-after=x -i y
  dpkg: error: invalid integer for --abort-after: 'x'
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --status-fd=x -l
  dpkg: error: invalid integer for --status-fd: 'x'
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --log
  dpkg: error: --log option takes a value
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg --ignore-depends=x_y -i z
  dpkg: error: requested operation requires superuser privilege
  [2]
  $ dpkg --path-exclude
  dpkg: error: --path-exclude option takes a value
  
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  [2]
  $ dpkg-query
  dpkg-query: error: need an action option
  
  Use --help for help about querying packages.
  [2]
  $ dpkg-query --nosuch
  dpkg-query: error: unknown option --nosuch
  
  Use --help for help about querying packages.
  [2]
  $ dpkg-query -W nosuch
  dpkg-query: no packages found matching nosuch
  [1]
  $ dpkg-query -W -f '${Package}\n' bash
  bash
  $ dpkg-query -W -f '${Package;20}|${Package;-20}|\n' bash
                  bash|bash                |
  $ dpkg-query -W -f '${Nosuch}x\n' bash
  x
  $ dpkg-query -W -f '${db:Status-Abbrev} ${db:Status-Want} ${db:Status-Status} ${db:Status-Eflag}\n' bash
  ii  install installed ok
  $ dpkg-query -W -f '${binary:Package} ${source:Package} ${source:Version}\n' bash
  bash bash 5.2.15-2
  $ dpkg-query -W -f '${Package' bash
  dpkg-query: error in show format: missing closing brace
  [1]
  $ dpkg-query -W -f '$Package ${Package}\t\\\n' bash
  $Package bash	\
  $ dpkg-query -f
  dpkg-query: error: -f option takes a value
  
  Use --help for help about querying packages.
  [2]
  $ dpkg-query -s nosuch
  dpkg-query: package 'nosuch' is not installed and no information is available
  Use dpkg --info (= dpkg-deb --info) to examine archive files.
  [1]
  $ dpkg-query -c nosuch
  dpkg-query: error: package 'nosuch' is not installed
  [2]
  $ dpkg-query --control-path bash nosuch
  $ dpkg-query --control-show bash nosuch
  dpkg-query: error: control file 'nosuch' does not exist
  [2]
  $ dpkg-query -S bin/nosuch1 nosuch2
  dpkg-query: no path found matching pattern *bin/nosuch1*
  dpkg-query: no path found matching pattern *nosuch2*
  [1]
  $ dpkg-query -l 'bas[h'
  dpkg-query: no packages found matching bas[h
  [1]
  $ dpkg-query --load-avail -p nosuch
  dpkg-query: package 'nosuch' is not available
  [1]
  $ dpkg-deb
  dpkg-deb: error: need an action option
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg-deb --nosuch
  dpkg-deb: error: unknown option --nosuch
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg-deb -b
  dpkg-deb: error: --build needs a <directory> argument
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg-deb -b nosuchdir
  dpkg-deb: error: failed to open package info file 'nosuchdir/DEBIAN/control' for reading: No such file or directory
  [2]
  $ dpkg-deb -b . x
  dpkg-deb: error: failed to open package info file './DEBIAN/control' for reading: No such file or directory
  [2]
  $ rm -rf d *.deb; mkdir d; dpkg-deb -b d
  dpkg-deb: error: failed to open package info file 'd/DEBIAN/control' for reading: No such file or directory
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; dpkg-deb -b d
  dpkg-deb: error: failed to open package info file 'd/DEBIAN/control' for reading: No such file or directory
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; touch d/DEBIAN/control; dpkg-deb -b d
  dpkg-deb: error: no package information in 'd/DEBIAN/control'
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: foo\n' > d/DEBIAN/control; dpkg-deb -b d
  dpkg-deb: warning: parsing file 'd/DEBIAN/control' near line 2 package 'foo':
   missing 'Description' field
  dpkg-deb: warning: parsing file 'd/DEBIAN/control' near line 2 package 'foo':
   missing 'Maintainer' field
  dpkg-deb: error: parsing file 'd/DEBIAN/control' near line 2 package 'foo':
   missing 'Version' field
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: foo\nVersion: 1\n' > d/DEBIAN/control; dpkg-deb -b d
  dpkg-deb: warning: parsing file 'd/DEBIAN/control' near line 3 package 'foo':
   missing 'Description' field
  dpkg-deb: warning: parsing file 'd/DEBIAN/control' near line 3 package 'foo':
   missing 'Maintainer' field
  dpkg-deb: warning: parsing file 'd/DEBIAN/control' near line 3 package 'foo':
   missing 'Architecture' field
  dpkg-deb: error: package architecture is missing or empty
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: foo\nVersion: 1\nArchitecture: all\n' > d/DEBIAN/control; dpkg-deb -b d
  dpkg-deb: warning: parsing file 'd/DEBIAN/control' near line 4 package 'foo':
   missing 'Description' field
  dpkg-deb: warning: parsing file 'd/DEBIAN/control' near line 4 package 'foo':
   missing 'Maintainer' field
  dpkg-deb: warning: ignoring 2 warnings about the control file(s)
  dpkg-deb: building package 'foo' in 'd.deb'.
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: Foo_x\nVersion: a b\nArchitecture: all\nMaintainer: x <x@y>\nDescription: d\n' > d/DEBIAN/control; dpkg-deb -b d
  dpkg-deb: error: parsing file 'd/DEBIAN/control' near line 2 package 'foo_x':
   'Version' field value 'a b': version string has embedded spaces
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: foo\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: d\nDepends: a (1)\n' > d/DEBIAN/control; dpkg-deb -b d
  dpkg-deb: warning: parsing file 'd/DEBIAN/control' near line 6 package 'foo':
   'Depends' field, reference to 'a':
   implicit exact match on version number, suggest using '=' instead
  dpkg-deb: warning: ignoring 1 warning about the control file(s)
  dpkg-deb: building package 'foo' in 'd.deb'.
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: foo\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: d\nFoo: bar\nEssential: maybe\nPriority: x\n' > d/DEBIAN/control; dpkg-deb -b d
  dpkg-deb: error: parsing file 'd/DEBIAN/control' near line 7 package 'foo':
   boolean (yes/no) 'Essential' field: has invalid value 'maybe'
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: foo\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: d\n' > d/DEBIAN/control; touch d/DEBIAN/postinst; dpkg-deb -b d
  dpkg-deb: error: maintainer script 'postinst' has bad permissions 644 (must be >=0555 and <=0775)
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: foo\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: d\n' > d/DEBIAN/control; echo /etc/foo > d/DEBIAN/conffiles; dpkg-deb -b d
  dpkg-deb: error: conffile '/etc/foo' does not appear in package
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: foo\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: d\n' > d/DEBIAN/control; echo etc/foo > d/DEBIAN/conffiles; dpkg-deb -b d
  dpkg-deb: error: conffile name 'etc/foo' is not an absolute pathname
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; chmod 777 d/DEBIAN; printf 'Package: foo\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: d\n' > d/DEBIAN/control; dpkg-deb -b d
  dpkg-deb: error: control directory has bad permissions 777 (must be >=0755 and <=0775)
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; chmod 2755 d/DEBIAN; printf 'Package: foo\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: d\n' > d/DEBIAN/control; dpkg-deb -b d
  dpkg-deb: error: control directory has bad permissions 2755 (must be >=0755 and <=0775)
  [2]
  $ dpkg-deb -x
  dpkg-deb: error: --extract needs .deb filename and directory arguments
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg-deb -x nosuch.deb d
  dpkg-deb: error: failed to read archive 'nosuch.deb': No such file or directory
  [2]
  $ dpkg-deb -c /etc/passwd
  dpkg-deb: error: '/etc/passwd' is not a Debian format archive
  [2]
  $ dpkg-deb -I /etc/passwd
  dpkg-deb: error: '/etc/passwd' is not a Debian format archive
  [2]
  $ dpkg-deb -f nosuch.deb
  dpkg-deb: error: failed to read archive 'nosuch.deb': No such file or directory
  [2]
  $ dpkg-deb -Zfoo -b d
  dpkg-deb: error: unknown compression type 'foo'!
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg-deb -z99 -b d
  dpkg-deb: error: invalid compressor parameters: invalid compression level 99
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg-deb -R
  dpkg-deb: error: --raw-extract needs .deb filename and directory arguments
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg-deb --fsys-tarfile nosuch
  dpkg-deb: error: failed to read archive 'nosuch': No such file or directory
  [2]
  $ dpkg-deb -Snosuch -b d
  dpkg-deb: error: unknown compression strategy 'nosuch'!
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg-deb -b -x a
  dpkg-deb: error: conflicting actions -x (--extract) and -b (--build)
  
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  [2]
  $ dpkg-divert
  dpkg-divert: warning: please specify --no-rename explicitly, the default will change to --rename in 1.20.x
  dpkg-divert: error: --add needs a single argument
  
  Use --help for help about diverting files.
  [2]
  $ dpkg-divert --nosuch
  dpkg-divert: error: unknown option --nosuch
  
  Use --help for help about diverting files.
  [2]
  $ dpkg-divert --add
  dpkg-divert: warning: please specify --no-rename explicitly, the default will change to --rename in 1.20.x
  dpkg-divert: error: --add needs a single argument
  
  Use --help for help about diverting files.
  [2]
  $ dpkg-divert --add rel
  dpkg-divert: warning: please specify --no-rename explicitly, the default will change to --rename in 1.20.x
  dpkg-divert: error: filename "rel" is not absolute
  
  Use --help for help about diverting files.
  [2]
  $ dpkg-divert --truename /nosuch
  /nosuch
  $ dpkg-divert --listpackage /bin/nosuch
  $ dpkg-divert --listpackage
  dpkg-divert: error: --listpackage needs a single argument
  
  Use --help for help about diverting files.
  [2]
  $ dpkg-divert --remove /nosuch
  dpkg-divert: warning: please specify --no-rename explicitly, the default will change to --rename in 1.20.x
  No diversion 'any diversion of /nosuch', none removed.
  $ dpkg-divert --package --add x
  dpkg-divert: warning: please specify --no-rename explicitly, the default will change to --rename in 1.20.x
  dpkg-divert: error: filename "x" is not absolute
  
  Use --help for help about diverting files.
  [2]
  $ dpkg-statoverride
  dpkg-statoverride: error: need an action option
  
  Use --help for help about overriding file stat information.
  [2]
  $ dpkg-statoverride --nosuch
  dpkg-statoverride: error: unknown option --nosuch
  
  Use --help for help about overriding file stat information.
  [2]
  $ dpkg-statoverride --add
  dpkg-statoverride: error: --add needs four arguments
  
  Use --help for help about overriding file stat information.
  [2]
  $ dpkg-statoverride --add root root 755
  dpkg-statoverride: error: --add needs four arguments
  
  Use --help for help about overriding file stat information.
  [2]
  $ dpkg-statoverride --add nosuch root 755 /x
  dpkg-statoverride: error: user 'nosuch' does not exist
  [2]
  $ dpkg-statoverride --add root nosuch 755 /x
  dpkg-statoverride: error: group 'nosuch' does not exist
  [2]
  $ dpkg-statoverride --add root root bad /x
  dpkg-statoverride: error: invalid statoverride mode bad
  [2]
  $ dpkg-statoverride --add root root 755 rel
  dpkg-statoverride: error: unable to create new file '/var/lib/dpkg/statoverride-new': Permission denied
  [2]
  $ dpkg-statoverride --add root root 755 /x
  dpkg-statoverride: error: unable to create new file '/var/lib/dpkg/statoverride-new': Permission denied
  [2]
  $ dpkg-statoverride --remove /nosuch
  dpkg-statoverride: warning: no override present
  [2]
  $ dpkg-statoverride --remove
  dpkg-statoverride: error: --remove needs a single argument
  
  Use --help for help about overriding file stat information.
  [2]
  $ dpkg-trigger
  dpkg-trigger: error: takes one argument, the trigger name
  
  Type dpkg-trigger --help for help about this utility.
  [2]
  $ dpkg-trigger nosuch
  dpkg-trigger: error: must be called from a maintainer script (or with a --by-package option)
  
  Type dpkg-trigger --help for help about this utility.
  [2]
  $ dpkg-trigger --nosuch
  dpkg-trigger: error: unknown option --nosuch
  
  Type dpkg-trigger --help for help about this utility.
  [2]
  $ dpkg-trigger --check-supported; echo $?
  0
  $ update-alternatives
  update-alternatives: need --display, --query, --list, --get-selections, --config, --set, --set-selections, --install, --remove, --all, --remove-all or --auto
  
  Use 'update-alternatives --help' for program usage information.
  [2]
  $ update-alternatives --nosuch
  update-alternatives: unknown option '--nosuch'
  
  Use 'update-alternatives --help' for program usage information.
  [2]
  $ update-alternatives --config nosuch
  update-alternatives: error: no alternatives for nosuch
  [2]
  $ update-alternatives --set nosuch /x
  update-alternatives: error: no alternatives for nosuch
  [2]
  $ update-alternatives --set pager /nosuch
  update-alternatives: error: alternative /nosuch for pager not registered; not setting
  [2]
  $ update-alternatives --set pager
  update-alternatives: --set needs <name> <path>
  
  Use 'update-alternatives --help' for program usage information.
  [2]
  $ update-alternatives --auto nosuch
  update-alternatives: error: no alternatives for nosuch
  [2]
  $ update-alternatives --auto
  update-alternatives: --auto needs <name>
  
  Use 'update-alternatives --help' for program usage information.
  [2]
  $ update-alternatives --install
  update-alternatives: --install needs <link> <name> <path> <priority>
  
  Use 'update-alternatives --help' for program usage information.
  [2]
  $ update-alternatives --install /a b /c
  update-alternatives: --install needs <link> <name> <path> <priority>
  
  Use 'update-alternatives --help' for program usage information.
  [2]
  $ update-alternatives --install a b /c 10
  update-alternatives: error: alternative link is not absolute as it should be: a
  [2]
  $ update-alternatives --install /a b/x /c 10
  update-alternatives: error: alternative name (b/x) must not contain '/' and spaces
  [2]
  $ update-alternatives --install /a b c 10
  update-alternatives: error: alternative path is not absolute as it should be: c
  [2]
  $ update-alternatives --install /a b /c ten
  update-alternatives: priority 'ten' must be an integer
  
  Use 'update-alternatives --help' for program usage information.
  [2]
  $ update-alternatives --install /a b /nosuch 10
  update-alternatives: error: alternative path /nosuch doesn't exist
  [2]
  $ update-alternatives --slave /a b /c
  update-alternatives: --slave only allowed with --install
  
  Use 'update-alternatives --help' for program usage information.
  [2]
  $ update-alternatives --remove nosuch /x
  $ update-alternatives --remove-all nosuch
  update-alternatives: error: no alternatives for nosuch
  [2]
  $ update-alternatives --remove
  update-alternatives: --remove needs <name> <path>
  
  Use 'update-alternatives --help' for program usage information.
  [2]
  $ dpkg-deb -I nosuch.deb control
  dpkg-deb: error: failed to read archive 'nosuch.deb': No such file or directory
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: foo\nVersion: 1\nArchitecture: all\nMaintainer x\nDescription: d\n' > d/DEBIAN/control; dpkg-deb -b d
  dpkg-deb: error: parsing file 'd/DEBIAN/control' near line 3 package 'foo':
   field name 'Maintainer' must be followed by colon
  [2]
  $ rm -rf d *.deb; mkdir -p d/DEBIAN; printf 'Package: foo\nVersion: 1\nArchitecture: all\nMaintainer: x <x@y>\nDescription: d\n' > d/DEBIAN/control; dpkg-deb --root-owner-group -b d .; dpkg-deb -I foo_1_all.deb nosuch; dpkg-deb -I foo_1_all.deb control; dpkg-deb -f foo_1_all.deb Package Version; rm -rf d *.deb
  dpkg-deb: building package 'foo' in './foo_1_all.deb'.
  dpkg-deb: 'foo_1_all.deb' contains no control component 'nosuch'
  dpkg-deb: error: 1 requested control component is missing
  Package: foo
  Version: 1
  Architecture: all
  Maintainer: x <x@y>
  Description: d
  Package: foo
  Version: 1
