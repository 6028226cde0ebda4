swapon -v and -a, areas that are left out and why; words of util-linux 2.38.1.
host: debian-12

  $ for i in 1 2 3; do truncate -s 64M d$i; losetup /dev/loop$i d$i; done; mkswap -L sw /dev/loop1 >/dev/null; mkswap /dev/loop2 >/dev/null
  $ swapon -v -p 7 /dev/loop1
  swapon /dev/loop1
  swapon: /dev/loop1: found signature [pagesize=4096, signature=swap]
  swapon: /dev/loop1: pagesize=4096, swapsize=67108864, devsize=67108864
  $ printf '/dev/loop1 none swap sw 0 0\n/dev/loop2 none swap sw,noauto 0 0\n/dev/nope none swap nofail 0 0\n/dev/gone none swap sw 0 0\n' >> /etc/fstab; swapon -a -v
  swapon: /dev/loop1: already active -- ignored
  swapon: /dev/loop2: noauto option -- ignored
  swapon: /dev/nope: inaccessible -- ignored
  swapon /dev/gone
  swapon: cannot open /dev/gone: No such file or directory
  [255]
  $ swapon --show=NAME,PRIO,LABEL
  NAME       PRIO LABEL
  /dev/loop1    7 sw
  $ swapon /dev/loop3
  swapon: /dev/loop3: read swap header failed
  [255]
  $ swapoff -L sw; swapon --show
