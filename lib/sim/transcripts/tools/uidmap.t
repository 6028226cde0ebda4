newuidmap, newgidmap and getsubids of shadow 4.13, unshare of util-linux 2.38.1: messages of the real ones.
host: debian-12
cwd: /root

  $ apt-get install -y -qq uidmap > /dev/null 2>&1; stat -c '%A %U' /usr/bin/newuidmap; useradd -m -s /bin/bash eve; getsubids eve; getsubids -g nosuch; echo $?
  -rwsr-xr-x root
  0: eve 165536 65536
  Error fetching ranges
  1
  $ su - eve -c 'unshare -U --map-auto cat /proc/self/uid_map; unshare -r --map-auto sh -c "id; cat /proc/self/gid_map; touch /tmp/f; chown 5:5 /tmp/f"; ls -ln /tmp/f | cut -d" " -f3,4'
           0     165536      65536
  uid=0(root) gid=0(root) groups=0(root)
           0       1001          1
           1     165536      65535
  165540 165540
  $ su - eve -c 'unshare -U --map-users=165540,10,3 --map-groups=auto cat /proc/self/uid_map; unshare -U --map-users=1,0,10 id; unshare -U --map-users=5 id; unshare -U --map-users=1,2,x id'
          10     165540          3
  newuidmap: uid range [0-10) -> [1-11) not allowed
  unshare: mapping '5' contains only 1 elements
  unshare: could not parse ID: 'x'
  [1]
  $ su - eve -c 'unshare -U sleep 9 & sleep 1; newuidmap $! 0 1001 1 1 165536 65535; newuidmap $! 0 1001 1; newgidmap $! 0 1001 1; cat /proc/$!/uid_map /proc/$!/setgroups; kill $!'
  newuidmap: write to uid_map failed: Operation not permitted
           0       1001          1
           1     165536      65535
  deny
  $ su - eve -c 'newuidmap; newuidmap abc 0 0 1; newuidmap 99999 0 0 1; newuidmap $$ 5 7; newgidmap $$ 0 2 4; newuidmap 1 0 0 1' 2>&1 | sed 's/target [0-9]*/target PID/'
  usage: newuidmap <pid> <uid> <loweruid> <count> [ <uid> <loweruid> <count> ] ... 
  usage: newuidmap <pid> <uid> <loweruid> <count> [ <uid> <loweruid> <count> ] ... 
  newuidmap: Could not open proc directory for target PID
  ranges: 1 argc: 2
  newuidmap: Not enough arguments to form 1 mappings
  newgidmap: gid range [0-4) -> [2-6) not allowed
  newuidmap: Target process 1 is owned by a different user: uid:1001 pw_uid:1001 st_uid:0, gid:1001 pw_gid:1001 st_gid:0
  $ apt-get remove -y -qq uidmap > /dev/null 2>&1; su - eve -c 'unshare -U --map-auto id'; su -s /bin/sh nobody -c 'unshare -U --map-auto id'
  unshare: failed to execute newuidmap: No such file or directory
  unshare: no line matching user "nobody" in /etc/subuid: Success
  [1]
