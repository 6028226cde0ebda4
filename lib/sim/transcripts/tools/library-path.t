A program without its library: LD_LIBRARY_PATH of this one command helps, and a directory in ld.so.conf after ldconfig.
host: debian-12

  $ cp /lib/x86_64-linux-gnu/libtinfo.so.6.4 /root/; rm /lib/x86_64-linux-gnu/libtinfo.so.6*; mkdir /opt/lib; mv /root/libtinfo.so.6.4 /opt/lib/libtinfo.so.6
  $ bash -c 'echo hi'
  bash: error while loading shared libraries: libtinfo.so.6: cannot open shared object file: No such file or directory
  [127]
  $ LD_LIBRARY_PATH=/opt/lib bash -c 'echo hi'
  hi
  $ LD_LIBRARY_PATH=/opt/lib ldd /bin/bash | grep tinfo | cut -d'(' -f1
  	libtinfo.so.6 => /opt/lib/libtinfo.so.6 
  $ export LD_LIBRARY_PATH=/opt/lib; bash -c 'echo hi'; unset LD_LIBRARY_PATH
  hi
  $ echo /opt/lib > /etc/ld.so.conf.d/opt.conf; bash -c 'echo hi'
  bash: error while loading shared libraries: libtinfo.so.6: cannot open shared object file: No such file or directory
  [127]
  $ ldconfig; bash -c 'echo hi'
  hi
  $ ldd /bin/bash | grep tinfo | cut -d'(' -f1; ldconfig -p | grep tinfo
  	libtinfo.so.6 => /opt/lib/libtinfo.so.6 
  	libtinfo.so.6 (libc6,x86-64) => /opt/lib/libtinfo.so.6
