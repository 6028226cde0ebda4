kmod 30's command line: settings, what cannot be found, wrong options.
host: debian-12
recorded: kmod 30 of Debian 12, 2026-11-23 (the kernel's release is written REL)

  $ mkdir -p /tmp/c; cd /tmp; printf 'alias foo-a bar\noptions bar-x a=1 b=2\nblacklist baz-q\ninstall inst /bin/true $CMDLINE_OPTS\nremove inst /bin/false\nsoftdep sd pre: a\noptions bar-x \\\nc=3\n' > /tmp/c/a.conf
  $ modprobe -C /tmp/c -c | sed '/^$/,$d' | grep -v '^options [^b]'
  blacklist baz_q
  install inst /bin/true $CMDLINE_OPTS
  remove inst /bin/false
  alias foo_a bar
  options bar_x a=1 b=2
  options bar_x c=3
  softdep sd pre: a
  $ modprobe -C /tmp/c -D inst p=1
  install /bin/true $CMDLINE_OPTS p=1
  $ modprobe -C /tmp/c -n -v -r inst
  remove /bin/false
  $ modprobe -C /tmp/c -R foo-a
  bar
  $ modprobe -C /tmp/c foo-a
  modprobe: ERROR: ../libkmod/libkmod-module.c:895 kmod_module_insert_module() could not find module by name='bar'
  modprobe: ERROR: could not insert 'bar': Unknown symbol in module, or unknown parameter (see dmesg)
  [1]
  $ modprobe -C /tmp/c -i inst
  modprobe: ERROR: ../libkmod/libkmod-module.c:895 kmod_module_insert_module() could not find module by name='inst'
  modprobe: ERROR: could not insert 'inst': Unknown symbol in module, or unknown parameter (see dmesg)
  [1]
  $ modprobe -d /nothere x 2>&1 | sed s/$(uname -r)/REL/
  modprobe: FATAL: Module x not found in directory /nothere/lib/modules/REL
  $ modprobe --foo
  modprobe: unrecognized option '--foo'
  [1]
  $ modprobe -V
  kmod version 30
  +ZSTD +XZ -ZLIB +LIBCRYPTO -EXPERIMENTAL
  $ modprobe -q nosuch
  [1]
  $ modprobe -s nosuch
  [1]
  $ modprobe -r nosuch
  modprobe: FATAL: Module nosuch not found.
  [1]
  $ modinfo nosuch
  modinfo: ERROR: Module nosuch not found.
  [1]
  $ modinfo -F
  modinfo: option requires an argument -- 'F'
  [1]
  $ modinfo -x
  modinfo: invalid option -- 'x'
  [1]
  $ insmod nothere.ko
  insmod: ERROR: could not load module nothere.ko: No such file or directory
  [1]
  $ insmod -x
  insmod: invalid option -- 'x'
  [1]
  $ rmmod a b
  rmmod: ERROR: Module a is not currently loaded
  rmmod: ERROR: Module b is not currently loaded
  [1]
  $ rmmod --foo
  rmmod: unrecognized option '--foo'
  [1]
  $ depmod nosuch
  depmod: ERROR: Bad version passed nosuch
  [1]
  $ depmod -x
  depmod: invalid option -- 'x'
  [1]
  $ kmod list x
  Usage: list
  [1]
  $ lsmod -V
  Usage: lsmod
  [1]
  $ kmod --foo
  kmod: unrecognized option '--foo'
  [1]
  $ kmod static-nodes --foo
  static-nodes: unrecognized option '--foo'
  [1]
