What programs take on the disk: du, ls -s, find -ls and stat agree with their sizes, and a copy takes as much.
host: debian-12

  $ stat -c '%n %s %b' /usr/bin/chfn; du -k /usr/bin/chfn; find /usr/bin -name chfn -printf '%k %s\n'; ls -s /usr/bin/chfn
  /usr/bin/chfn 62672 128
  64	/usr/bin/chfn
  64 62672
  64 /usr/bin/chfn
  $ cp /usr/bin/chfn c; du -k c; stat -c %s c
  64	c
  62672
  $ du -sm /usr | awk '{ print ($1 > 100 ? "programs take more than 100 MiB" : $0) }'
  programs take more than 100 MiB
