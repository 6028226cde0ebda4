dpkg, apt: versions compared, formats, refused and mistaken command lines (recorded from dpkg 1.21.22 and apt 2.6.1 of Debian 12 as nobody).
host: debian-12
user: student

  $ { dpkg -i; echo $?; } 2>&1 | grep .
  dpkg: error: requested operation requires superuser privilege
  2
  $ { dpkg -l nosuch; echo $?; } 2>&1 | grep .
  dpkg-query: no packages found matching nosuch
  1
  $ { dpkg -l nosuch1 nosuch2; echo $?; } 2>&1 | grep .
  dpkg-query: no packages found matching nosuch1
  dpkg-query: no packages found matching nosuch2
  1
  $ { dpkg -L; echo $?; } 2>&1 | grep .
  dpkg-query: error: --listfiles needs at least one package name argument
  Use --help for help about querying packages.
  2
  $ { dpkg -s nosuch; echo $?; } 2>&1 | grep .
  dpkg-query: package 'nosuch' is not installed and no information is available
  Use dpkg --info (= dpkg-deb --info) to examine archive files.
  1
  $ { dpkg -S nosuch; echo $?; } 2>&1 | grep .
  dpkg-query: no path found matching pattern *nosuch*
  1
  $ { dpkg -S; echo $?; } 2>&1 | grep .
  dpkg-query: error: --search needs at least one file name pattern argument
  Use --help for help about querying packages.
  2
  $ { dpkg -S /bin/bash /nope; echo $?; } 2>&1 | grep .
  bash: /bin/bash
  dpkg-query: no path found matching pattern /nope
  1
  $ { dpkg-deb; echo $?; } 2>&1 | grep .
  dpkg-deb: error: need an action option
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  2
  $ { dpkg-deb -I; echo $?; } 2>&1 | grep .
  dpkg-deb: error: --info needs a .deb filename argument
  Type dpkg-deb --help for help about manipulating *.deb files;
  Type dpkg --help for help about installing and deinstalling packages.
  2
  $ { dpkg-query; echo $?; } 2>&1 | grep .
  dpkg-query: error: need an action option
  Use --help for help about querying packages.
  2
  $ { dpkg-query --bogus; echo $?; } 2>&1 | grep .
  dpkg-query: error: unknown option --bogus
  Use --help for help about querying packages.
  2
  $ { dpkg-query -W -f '${db:Status-Abbrev}|${db:Status-Want}|${db:Status-Status}|${db:Status-Eflag}\n' bash; } 2>&1 | grep .
  ii |install|installed|ok
  $ { dpkg-query -W -f '${Package;10}|${Package;-10}|\n' bash; } 2>&1 | grep .
        bash|bash      |
  $ { dpkg-query -W -f '${Package\n' bash; echo $?; } 2>&1 | grep .
  dpkg-query: error in show format: missing closing brace
  1
  $ { dpkg-query -W -f '$${Package} $x \\ \n' bash; } 2>&1 | grep .
  $bash $x \ 
  $ { dpkg-query -c nosuch; echo $?; } 2>&1 | grep .
  dpkg-query: error: package 'nosuch' is not installed
  2
  $ { dpkg --compare-versions 1 lt 2; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --compare-versions 1.0-1 gt 1.0-2; echo $?; } 2>&1 | grep .
  1
  $ { dpkg --compare-versions 1:1 gt 2; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --compare-versions 1~rc1 lt 1; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --compare-versions 1 bogus 2; echo $?; } 2>&1 | grep .
  dpkg: error: --compare-versions bad relation
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  2
  $ { dpkg --compare-versions 1 lt; echo $?; } 2>&1 | grep .
  dpkg: error: --compare-versions takes three arguments: <version> <relation> <version>
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  2
  $ { dpkg --compare-versions '' lt 1; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --compare-versions '' lt-nl 1; echo $?; } 2>&1 | grep .
  1
  $ { dpkg --compare-versions 1 '<<' 2; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --compare-versions 1 '<' 2; echo $?; } 2>&1 | grep .
  dpkg: warning: --compare-versions used with obsolete relation operator '<'
  0
  $ { dpkg --compare-versions abc lt 2; echo $?; } 2>&1 | grep .
  dpkg: warning: version 'abc' has bad syntax: version number does not start with digit
  1
  $ { dpkg --compare-versions 1_2 lt 2; echo $?; } 2>&1 | grep .
  dpkg: warning: version '1_2' has bad syntax: invalid character in version number
  0
  $ { dpkg --compare-versions a:1 lt 2; echo $?; } 2>&1 | grep .
  dpkg: error: version 'a:1' has bad syntax: epoch in version is empty
  2
  $ { dpkg --compare-versions 1: lt 2; echo $?; } 2>&1 | grep .
  dpkg: error: version '1:' has bad syntax: nothing after colon in version number
  2
  $ { dpkg --compare-versions -- 1 le 2; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --print-architecture extra; echo $?; } 2>&1 | grep .
  dpkg: error: --print-architecture takes no arguments
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  2
  $ { dpkg --get-selections nosuch; echo $?; } 2>&1 | grep .
  dpkg: no packages found matching nosuch
  0
  $ { dpkg -l -s bash; echo $?; } 2>&1 | grep .
  dpkg: error: conflicting actions -s (--status) and -l (--list)
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  2
  $ { dpkg -i -r x; echo $?; } 2>&1 | grep .
  dpkg: error: conflicting actions -r (--remove) and -i (--install)
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  2
  $ { dpkg --assert-multi-arch; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --assert-bogus; echo $?; } 2>&1 | grep .
  dpkg: error: unknown --assert-<feature>
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  2
  $ { dpkg --validate-pkgname bash; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --validate-pkgname 'B!'; echo $?; } 2>&1 | grep .
  dpkg: error: package name 'B!' is invalid: character '!' not allowed (only letters, digits and characters '-+._')
  2
  $ { dpkg --validate-pkgname ''; echo $?; } 2>&1 | grep .
  dpkg: error: package name '' is invalid: may not be empty string
  2
  $ { dpkg --validate-trigname a/b; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --validate-trigname 'a b'; echo $?; } 2>&1 | grep .
  dpkg: error: trigger name 'a b' is invalid: trigger name contains invalid character
  2
  $ { dpkg --validate-archname amd64; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --validate-archname 'a_b!'; echo $?; } 2>&1 | grep .
  dpkg: error: architecture name 'a_b!' is invalid: character '_' not allowed (only letters, digits and characters '-')
  2
  $ { dpkg --validate-version 1:2-3; echo $?; } 2>&1 | grep .
  0
  $ { dpkg --validate-version a; echo $?; } 2>&1 | grep .
  dpkg: warning: version 'a' has bad syntax: version number does not start with digit
  1
  $ { dpkg --validate-version 1 2; echo $?; } 2>&1 | grep .
  dpkg: error: --validate-version takes one <version> argument
  Type dpkg --help for help about installing and deinstalling packages [*];
  Use 'apt' or 'aptitude' for user-friendly package management;
  Type dpkg -Dhelp for a list of dpkg debug flag values;
  Type dpkg --force-help for a list of forcing options;
  Type dpkg-deb --help for help about manipulating *.deb files;
  Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
  2
  $ { apt bogus; echo $?; } 2>&1 | grep .
  WARNING: apt does not have a stable CLI interface. Use with caution in scripts.
  E: Invalid operation bogus
  100
  $ { apt-get bogus; echo $?; } 2>&1 | grep .
  E: Invalid operation bogus
  100
  $ { apt-get --bogus; echo $?; } 2>&1 | grep .
  E: Command line option --bogus is not understood in combination with the other options
  100
  $ { apt-get -Z; echo $?; } 2>&1 | grep .
  E: Command line option 'Z' [from -Z] is not understood in combination with the other options.
  100
  $ { apt-get install -o bogus; echo $?; } 2>&1 | grep .
  E: Option bogus: Configuration item specification must have an =<val>.
  100
  $ { apt-get -s install nosuchpkg; echo $?; } 2>&1 | grep .
  NOTE: This is only a simulation!
        apt-get needs root privileges for real execution.
        Keep also in mind that locking is deactivated,
        so don't depend on the relevance to the real current situation!
  Reading package lists...
  Building dependency tree...
  Reading state information...
  E: Unable to locate package nosuchpkg
  100
  $ { apt-get -s install nosuch:i386; echo $?; } 2>&1 | grep .
  NOTE: This is only a simulation!
        apt-get needs root privileges for real execution.
        Keep also in mind that locking is deactivated,
        so don't depend on the relevance to the real current situation!
  Reading package lists...
  Building dependency tree...
  Reading state information...
  E: Unable to locate package nosuch:i386
  100
  $ { apt-get -s install bash:foo; echo $?; } 2>&1 | grep .
  NOTE: This is only a simulation!
        apt-get needs root privileges for real execution.
        Keep also in mind that locking is deactivated,
        so don't depend on the relevance to the real current situation!
  Reading package lists...
  Building dependency tree...
  Reading state information...
  E: Unable to locate package bash:foo
  100
  $ { apt-get -s remove nosuchpkg; echo $?; } 2>&1 | grep .
  NOTE: This is only a simulation!
        apt-get needs root privileges for real execution.
        Keep also in mind that locking is deactivated,
        so don't depend on the relevance to the real current situation!
  Reading package lists...
  Building dependency tree...
  Reading state information...
  E: Unable to locate package nosuchpkg
  100
  $ { apt show nosuchpkg; echo $?; } 2>&1 | grep .
  WARNING: apt does not have a stable CLI interface. Use with caution in scripts.
  E: No packages found
  100
  $ { apt changelog; echo $?; } 2>&1 | grep .
  WARNING: apt does not have a stable CLI interface. Use with caution in scripts.
  E: No packages found
  100
  $ { apt-get download; echo $?; } 2>&1 | grep .
  E: Handler silently failed
  100
  $ { apt-get changelog; echo $?; } 2>&1 | grep .
  E: No packages found
  100
  $ { apt update extra; echo $?; } 2>&1 | grep .
  WARNING: apt does not have a stable CLI interface. Use with caution in scripts.
  E: The update command takes no arguments
  100
  $ { apt-get -t nosuch -s install bash; echo $?; } 2>&1 | grep .
  NOTE: This is only a simulation!
        apt-get needs root privileges for real execution.
        Keep also in mind that locking is deactivated,
        so don't depend on the relevance to the real current situation!
  Reading package lists...
  E: The value 'nosuch' is invalid for APT::Default-Release as such a release is not available in the sources
  100
  $ { apt-cache show nosuchpkg; echo $?; } 2>&1 | grep .
  E: No packages found
  100
  $ { apt-cache showpkg nosuchpkg; echo $?; } 2>&1 | grep .
  0
  $ { apt-cache depends; echo $?; } 2>&1 | grep .
  E: No packages found
  100
  $ { apt-cache madison nosuchpkg; echo $?; } 2>&1 | grep .
  0
  $ { apt-cache search '['; echo $?; } 2>&1 | grep .
  E: Regex compilation error
  100
  $ { apt-cache stats extra | head -3; echo $?; } 2>&1 | grep .
  E: apt-cache stats does not take any arguments
  0
  $ { apt-mark bogus; echo $?; } 2>&1 | grep .
  E: Invalid operation bogus
  100
  $ { apt-mark hold nosuchpkg; echo $?; } 2>&1 | grep .
  E: Unable to locate package nosuchpkg
  E: No packages found
  100
  $ { apt-mark hold; echo $?; } 2>&1 | grep .
  E: No packages found
  100
  $ { apt-config shell; echo $?; } 2>&1 | grep .
  0
  $ { apt-config shell A; echo $?; } 2>&1 | grep .
  E: Arguments not in pairs
  100
  $ { apt-config shell A Dir::Etc B APT::Architecture C nosuch; echo $?; } 2>&1 | grep .
  A='etc/apt'
  B='amd64'
  0
  $ { apt-config shell A Dir::Etc/f B Dir::Cache/d C APT::Install-Recommends/b; echo $?; } 2>&1 | grep .
  A='/etc/apt'
  B='/var/cache/apt/'
  C='true'
  0
  $ { apt-config -o Foo::Bar=baz dump Foo; echo $?; } 2>&1 | grep .
  Foo "";
  Foo::Bar "baz";
  0
  $ { apt-config -o Foo::=a -o Foo::=b dump Foo; echo $?; } 2>&1 | grep .
  Foo "";
  Foo:: "a";
  Foo:: "b";
  0
  $ { apt-config -o Foo=a -o Foo=b dump Foo; echo $?; } 2>&1 | grep .
  Foo "b";
  0
  $ { apt --version | head -1; } 2>&1 | grep .
  apt 2.6.1 (amd64)
  $ { apt full-upgrade bogus -s; echo $?; } 2>&1 | grep .
  WARNING: apt does not have a stable CLI interface. Use with caution in scripts.
  NOTE: This is only a simulation!
        apt needs root privileges for real execution.
        Keep also in mind that locking is deactivated,
        so don't depend on the relevance to the real current situation!
  Reading package lists...
  Building dependency tree...
  Reading state information...
  E: Unable to locate package bogus
  100
  $ { apt-get -q=bogus -s install bash; echo $?; } 2>&1 | grep .
  E: Option -q=bogus requires an integer argument, not 'bogus'
  100
  $ { apt-get -s install nosuch-; echo $?; } 2>&1 | grep .
  NOTE: This is only a simulation!
        apt-get needs root privileges for real execution.
        Keep also in mind that locking is deactivated,
        so don't depend on the relevance to the real current situation!
  Reading package lists...
  Building dependency tree...
  Reading state information...
  E: Unable to locate package nosuch
  100
  $ { apt-get -o APT::Get::Simulate=1 install nosuch; echo $?; } 2>&1 | grep .
  NOTE: This is only a simulation!
        apt-get needs root privileges for real execution.
        Keep also in mind that locking is deactivated,
        so don't depend on the relevance to the real current situation!
  Reading package lists...
  Building dependency tree...
  Reading state information...
  E: Unable to locate package nosuch
  100
