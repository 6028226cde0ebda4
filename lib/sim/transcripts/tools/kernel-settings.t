sysctl: files in their order, patterns, a minus before a name, numbers in base 16 and 8.
host: debian-12

  $ sysctl --system
  * Applying /usr/lib/sysctl.d/50-pid-max.conf ...
  * Applying /usr/lib/sysctl.d/99-protect-links.conf ...
  * Applying /etc/sysctl.d/99-sysctl.conf ...
  * Applying /etc/sysctl.conf ...
  kernel.pid_max = 4194304
  fs.protected_fifos = 1
  fs.protected_hardlinks = 1
  fs.protected_regular = 2
  fs.protected_symlinks = 1
  $ printf 'net.ipv4.conf.*.rp_filter=2\nnet.ipv4.conf.lo.rp_filter=1\n-foo.bar=1\nfoo.baz=1\nkernel.sysrq=0x10\n' > s.conf; sysctl -p s.conf
  net.ipv4.conf.all.rp_filter = 2
  net.ipv4.conf.default.rp_filter = 2
  net.ipv4.conf.enp1s0.rp_filter = 2
  net.ipv4.conf.lo.rp_filter = 1
  sysctl: cannot stat /proc/sys/foo/baz: No such file or directory
  kernel.sysrq = 0x10
  [1]
  $ cat /proc/sys/kernel/sysrq; echo 020 > /proc/sys/kernel/sysrq; cat /proc/sys/kernel/sysrq; echo 0x > /proc/sys/kernel/sysrq
  16
  16
  bash: echo: write error: Invalid argument
  [1]
