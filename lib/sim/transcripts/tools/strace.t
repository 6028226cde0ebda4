strace: what a container is made of, filters, counts, several processes. Layout as strace 6.1 of Debian 12.
host: debian-12

  $ apt-get install -y -qq strace >/dev/null; strace -V | head -1
  strace -- version 6.1
  $ strace -f -e trace=unshare,clone,mount,sethostname unshare -muipf --mount-proc true 2>&1 | sed -E 's/(pid +|_pid=|Process |\) = )[0-9]{3,}/\1N/g'
  unshare(CLONE_NEWNS|CLONE_NEWUTS|CLONE_NEWIPC|CLONE_NEWPID) = 0
  clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f3c5c857990) = N
  strace: Process N attached
  [pid   N] mount("none", "/", NULL, MS_REC|MS_PRIVATE, NULL) = 0
  [pid   N] mount("proc", "/proc", "proc", MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL) = 0
  [pid   N] +++ exited with 0 +++
  --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=N, si_uid=0, si_status=0, si_utime=0, si_stime=0} ---
  +++ exited with 0 +++
  $ strace -e trace=write,exit_group echo hi
  write(1, "hi\n", 3hi
  )                     = 3
  exit_group(0)                           = ?
  +++ exited with 0 +++
  $ strace -f -e trace=unshare,sethostname,execve unshare -u hostname box
  execve("/usr/bin/unshare", ["unshare", "-u", "hostname", "box"], 0x7ffe5c857990 /* 19 vars */) = 0
  unshare(CLONE_NEWUTS)                   = 0
  execve("/usr/local/sbin/hostname", ["hostname", "box"], 0x7ffe5c857990 /* 19 vars */) = -1 ENOENT (No such file or directory)
  execve("/usr/local/bin/hostname", ["hostname", "box"], 0x7ffe5c857990 /* 19 vars */) = -1 ENOENT (No such file or directory)
  execve("/usr/sbin/hostname", ["hostname", "box"], 0x7ffe5c857990 /* 19 vars */) = -1 ENOENT (No such file or directory)
  execve("/usr/bin/hostname", ["hostname", "box"], 0x7ffe5c857990 /* 19 vars */) = 0
  sethostname("box", 3)                   = 0
  +++ exited with 0 +++
  $ strace -f -e trace=chroot,chdir,execve chroot /srv /bin/sh
  execve("/usr/sbin/chroot", ["chroot", "/srv", "/bin/sh"], 0x7ffe5c857990 /* 19 vars */) = 0
  chroot("/srv")                          = 0
  chdir("/")                              = 0
  execve("/bin/sh", ["/bin/sh"], 0x7ffe5c857990 /* 19 vars */) = -1 ENOENT (No such file or directory)
  chroot: failed to run command ‘/bin/sh’: No such file or directory
  +++ exited with 127 +++
  [127]
  $ strace -f -qq -e signal=none -e trace=pipe2,dup2,wait4 bash -c 'echo a | cat' 2>&1 | sed -E 's/(pid +|\) = )[0-9]{3,}/\1N/g'
  pipe2([3, 4], 0)                        = 0
  [pid   N] wait4(-1,  <unfinished ...>
  [pid   N] dup2(4, 1)                  = 1
  [pid   N] dup2(3, 0)                  = 0
  a
  <... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = N
  wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = N
  $ strace -e trace=%net nosuch
  strace: Can't stat 'nosuch': No such file or directory
  [1]
  $ strace -e trace=foo true
  strace: invalid system call 'foo'
  [1]
  $ strace
  strace: must have PROG [ARGS] or -p PID
  Try 'strace -h' for more information.
  [1]
  $ strace -p 99999
  strace: attach: ptrace(PTRACE_SEIZE, 99999): No such process
  [1]
  $ strace -qq -e trace=openat -P /etc/hostname cat /etc/hostname
  openat(AT_FDCWD, "/etc/hostname", O_RDONLY) = 3
  debian
  $ strace -y -qq -e trace=read -P /etc/hostname cat /etc/hostname
  read(3</etc/hostname>, "debian\n", 65536) = 7
  debian
  read(3</etc/hostname>, "", 65536)       = 0
  $ strace -Z -e trace=%file ls /nonesuch
  access("/etc/ld.so.preload", R_OK)      = -1 ENOENT (No such file or directory)
  newfstatat(AT_FDCWD, "/nonesuch", 0x7ffe5c857990, 0) = -1 ENOENT (No such file or directory)
  newfstatat(AT_FDCWD, "/nonesuch", 0x7ffe5c857990, AT_SYMLINK_NOFOLLOW) = -1 ENOENT (No such file or directory)
  ls: cannot access '/nonesuch': No such file or directory
  +++ exited with 2 +++
  [2]
  $ strace -qq -o /tmp/o -s 8 -e write echo abcdefghijkl; cat /tmp/o
  abcdefghijkl
  write(1, "abcdefgh"..., 13)             = 13
  $ strace -c -e trace=openat,write -S name echo x 2>&1 | cut -c32-
  
      calls    errors syscall
  --------- --------- ----------------
          2           openat
          1           write
  --------- --------- ----------------
          3           total
  $ sleep 3 & strace -p $! 2>&1 | sed -E 's/Process [0-9]+/Process N/'
  [1] 660
  strace: Process N attached
  restart_syscall(<... resuming interrupted clock_nanosleep ...>) = 0
  exit_group(0)                           = ?
  +++ exited with 0 +++
  [1]+  Done                    sleep 3
  $ su student -c 'strace -p 1'
  strace: attach: ptrace(PTRACE_SEIZE, 1): Operation not permitted
  [1]
  $ unshare -Ur id -u
  0
  $ strace -f -qq -e trace=unshare,openat -P /proc/self/uid_map -P /proc/self/gid_map unshare -Ur id -u
  openat(AT_FDCWD, "/proc/self/uid_map", O_WRONLY) = 3
  openat(AT_FDCWD, "/proc/self/gid_map", O_WRONLY) = 3
  0
