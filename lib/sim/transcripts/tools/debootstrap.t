debootstrap, judged by 1.0.128 of Debian 12: its lists of packages (--print-debs with and without --variant=minbase) are the real ones, messages those of the script.
host: debian-12
cwd: /root

  $ apt-get install -y -qq debootstrap > /dev/null 2>&1; debootstrap --version
  debootstrap 1.0.128+nmu2+deb12u2
  $ debootstrap --variant=minbase --include=hello bookworm /srv/c http://mirror.lan/debian > o; echo $?; grep -c 'I: Retrieving' o; grep -vE 'I: (Retrieving|Validating|Extracting|Unpacking|Configuring) [^t]' o | head -n 8; grep bash o; tail -n 7 o
  0
  91
  I: Checking Release signature
  I: Valid Release signature (key id 4D64FEC119C2029067D6E791F8D2585B8783D481)
  I: Resolving dependencies of required packages...
  I: Resolving dependencies of base packages...
  I: Checking component main on http://mirror.lan/debian...
  I: Retrieving tar 1.34+dfsg-1.2+deb12u1
  I: Validating tar 1.34+dfsg-1.2+deb12u1
  I: Retrieving tzdata 2026b-0+deb12u1
  I: Retrieving bash 5.2.15-2+b13
  I: Validating bash 5.2.15-2+b13
  I: Extracting bash...
  I: Unpacking bash...
  I: Configuring bash...
  I: Configuring zlib1g:amd64...
  I: Configuring util-linux...
  I: Unpacking the base system...
  I: Unpacking hello...
  I: Configuring the base system...
  I: Configuring hello...
  I: Base system installed successfully.
  $ chroot /srv/c sh -c 'id; getent passwd _apt; ls -ld /bin /etc/shadow | cut -c1-10; cat /etc/apt/sources.list; head -n 1 /etc/os-release; hello; dpkg --audit; dpkg-query -W bash'; mount | grep /srv | wc -l
  uid=0(root) gid=0(root) groups=0(root)
  _apt:x:42:65534::/nonexistent:/usr/sbin/nologin
  lrwxrwxrwx
  -rw-r-----
  deb http://mirror.lan/debian bookworm main
  PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
  Hello, world!
  bash	5.2.15-2+b13
  0
  $ debootstrap --print-debs bookworm /srv/p http://mirror.lan/debian 2> e | tail -n 1 | cut -c1-60; cat e; ls /srv
  zlib1g apt-utils cpio cron cron-daemon-common debconf-i18n d
  I: Retrieving InRelease 
  I: Checking Release signature
  I: Valid Release signature (key id 4D64FEC119C2029067D6E791F8D2585B8783D481)
  I: Retrieving Packages 
  I: Validating Packages 
  I: Resolving dependencies of required packages...
  I: Resolving dependencies of base packages...
  I: Deleting target directory
  c
  $ debootstrap bookworm; echo $?
  I: usage: [OPTION]... <suite> <target> [<mirror> [<script>]]
  I: Try `debootstrap --help' for more information.
  E: You must specify a suite and a target.
  1
  $ debootstrap nosuch /srv/x; debootstrap --foo; debootstrap --arch; debootstrap --variant=foo bookworm /srv/x; echo $?
  E: No such script: /usr/share/debootstrap/scripts/nosuch
  E: unrecognized or invalid option --foo
  E: option requires an argument --arch
  E: unsupported variant
  1
  $ su -s /bin/sh nobody -c 'debootstrap bookworm /tmp/x'; debootstrap --foreign --download-only bookworm /srv/x | cat
  E: debootstrap can only run as root
  E: --foreign is specified with --download-only, please use only one of those options.
  $ debootstrap sid /srv/x http://mirror.lan/debian; debootstrap --variant=minbase --include=nosuchpkg bookworm /srv/x http://mirror.lan/debian | tail -n 1
  I: Retrieving InRelease 
  I: Retrieving Release 
  E: Failed getting release file http://mirror.lan/debian/dists/sid/Release
  E: Couldn't find these debs: nosuchpkg
