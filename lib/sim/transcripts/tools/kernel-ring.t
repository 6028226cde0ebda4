/dev/kmsg: a record a read, escapes, a reader who waits for the next line (Documentation/ABI/testing/dev-kmsg; dmesg of util-linux 2.38.1).
host: debian-12

  $ dmesg -C
  $ printf 'caf\303\251 \\\n' > /dev/kmsg; echo '<3>disk on fire' > /dev/kmsg; dmesg -t -x | cat
  user  :warn  : café \
  user  :err   : disk on fire
  $ timeout 1 cat /dev/kmsg > ring; echo $?; tail -n 2 ring | sed 's/,[0-9]*,[0-9]*,/,N,T,/'
  124
  12,N,T,-;caf\xc3\xa9 \x5c
  11,N,T,-;disk on fire
  $ dd if=/dev/kmsg bs=8 count=1 status=none
  dd: error reading '/dev/kmsg': Invalid argument
  [1]
  $ (sleep 1; echo third > /dev/kmsg) & timeout 2 dmesg -t -w > followed; cat followed
  [1] 631
  café \
  disk on fire
  third
  [1]+  Done                    ( sleep 1; echo third > /dev/kmsg )
  $ (sleep 1; echo fourth > /dev/kmsg) & timeout 2 dmesg -t -W > new; cat new
  [1] 634
  fourth
  [1]+  Done                    ( sleep 1; echo fourth > /dev/kmsg )
  $ journalctl -k -o cat --no-pager | tail -n 4
  café \
  disk on fire
  third
  fourth
  $ head -c 992 /dev/zero | tr '\0' x > /dev/kmsg; head -c 993 /dev/zero | tr '\0' x > /dev/kmsg
  tr: write error: Invalid argument
  [1]
  $ for i in $(seq 2100); do echo $i > /dev/kmsg; done; dmesg -t | tail -n 1
  2100
