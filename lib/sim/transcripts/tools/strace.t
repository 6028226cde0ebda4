strace: what a container is made of, filters, counts, several processes. Layout as strace 6.1 of Debian 12; the last one's answer is that of the real program.
host: debian-12

  $ apt-get install -y -qq strace >/dev/null; strace -V | head -1
  strace -- version 6.1
  $ strace -f -e trace=unshare,clone,mount,sethostname unshare -muipf --mount-proc true 2>&1 | sed -E 's/(pid +|_pid=|Process |\) = )[0-9]{3,}/\1N/g'
  unshare(CLONE_NEWNS|CLONE_NEWUTS|CLONE_NEWIPC|CLONE_NEWPID) = 0
  clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f3c5c85da10) = N
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
  read(3</etc/hostname>, "debian\n", 131072) = 7
  debian
  read(3</etc/hostname>, "", 131072)      = 0
  $ LC_ALL=C strace -Z -e trace=%file ls /nonesuch
  access("/etc/ld.so.preload", R_OK)      = -1 ENOENT (No such file or directory)
  statfs("/sys/fs/selinux", 0x7ffe5c8579d0) = -1 ENOENT (No such file or directory)
  statfs("/selinux", 0x7ffe5c8579d0)      = -1 ENOENT (No such file or directory)
  access("/etc/selinux/config", F_OK)     = -1 ENOENT (No such file or directory)
  statx(AT_FDCWD, "/nonesuch", AT_STATX_SYNC_AS_STAT|AT_NO_AUTOMOUNT, STATX_MODE, 0x7ffe5c857990) = -1 ENOENT (No such file or directory)
  statx(AT_FDCWD, "/nonesuch", AT_STATX_SYNC_AS_STAT|AT_SYMLINK_NOFOLLOW|AT_NO_AUTOMOUNT, STATX_MODE, 0x7ffe5c857990) = -1 ENOENT (No such file or directory)
  ls: cannot access '/nonesuch': No such file or directory
  +++ exited with 2 +++
  [2]
  $ strace -qq -o /tmp/o -s 8 -e write echo abcdefghijkl; cat /tmp/o
  abcdefghijkl
  write(1, "abcdefgh"..., 13)             = 13
  $ LC_ALL=C strace -c -e trace=openat,write -S name echo x 2>&1 | cut -c32-
  
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
  $ strace -f -qq -e trace=unshare,openat -P /proc/self/uid_map -P /proc/self/gid_map unshare -Ur id -u 2>&1 | grep -v resolved
  openat(AT_FDCWD, "/proc/self/uid_map", O_WRONLY) = 3
  openat(AT_FDCWD, "/proc/self/gid_map", O_WRONLY) = 3
  0
  $ LC_ALL=C strace -o /tmp/o cat /etc/hostname; sed -E 's/0x[0-9a-f]{5,}/0xN/g; s/= [0-9]{3,4}$/= N/; s/\(1, "", \{[^}]*\}/(1, "", {N}/; s/\(NULL, 9[0-9]{3},/(NULL, N,/; s/\(0xN, 9[0-9]{3}\)/(0xN, N)/; s/st_size=9[0-9]{3}/st_size=N/; s/"(\\x..){8}"/"RANDOM"/; s/[0-9]+ vars/N vars/; s/ +=/ =/' /tmp/o
  debian
  execve("/usr/bin/cat", ["cat", "/etc/hostname"], 0xN /* N vars */) = 0
  brk(NULL) = 0xN
  mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0xN
  access("/etc/ld.so.preload", R_OK) = -1 ENOENT (No such file or directory)
  openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 3
  newfstatat(3, "", {st_mode=S_IFREG|0644, st_size=N, ...}, AT_EMPTY_PATH) = 0
  mmap(NULL, N, PROT_READ, MAP_PRIVATE, 3, 0) = 0xN
  close(3) = 0
  openat(AT_FDCWD, "/lib/x86_64-linux-gnu/libc.so.6", O_RDONLY|O_CLOEXEC) = 3
  read(3, "\177ELF\2\1\1\3\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0\20t\2\0\0\0\0\0"..., 832) = N
  pread64(3, "\6\0\0\0\4\0\0\0@\0\0\0\0\0\0\0@\0\0\0\0\0\0\0@\0\0\0\0\0\0\0"..., 784, 64) = N
  newfstatat(3, "", {st_mode=S_IFREG|0755, st_size=1926232, ...}, AT_EMPTY_PATH) = 0
  pread64(3, "\6\0\0\0\4\0\0\0@\0\0\0\0\0\0\0@\0\0\0\0\0\0\0@\0\0\0\0\0\0\0"..., 784, 64) = N
  mmap(NULL, 1974096, PROT_READ, MAP_PRIVATE|MAP_DENYWRITE, 3, 0) = 0xN
  mmap(0xN, 1400832, PROT_READ|PROT_EXEC, MAP_PRIVATE|MAP_FIXED|MAP_DENYWRITE, 3, 0xN) = 0xN
  mmap(0xN, 339968, PROT_READ, MAP_PRIVATE|MAP_FIXED|MAP_DENYWRITE, 3, 0xN) = 0xN
  mmap(0xN, 24576, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_FIXED|MAP_DENYWRITE, 3, 0xN) = 0xN
  mmap(0xN, 53072, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_FIXED|MAP_ANONYMOUS, -1, 0) = 0xN
  close(3) = 0
  mmap(NULL, 12288, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0xN
  arch_prctl(ARCH_SET_FS, 0xN) = 0
  set_tid_address(0xN) = N
  set_robust_list(0xN, 24) = 0
  rseq(0xN, 0x20, 0, 0xN) = 0
  mprotect(0xN, 16384, PROT_READ) = 0
  mprotect(0xN, 4096, PROT_READ) = 0
  mprotect(0xN, 8192, PROT_READ) = 0
  prlimit64(0, RLIMIT_STACK, NULL, {rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY}) = 0
  munmap(0xN, N) = 0
  getrandom("RANDOM", 8, GRND_NONBLOCK) = 8
  brk(NULL) = 0xN
  brk(0xN) = 0xN
  newfstatat(1, "", {N}, AT_EMPTY_PATH) = 0
  openat(AT_FDCWD, "/etc/hostname", O_RDONLY) = 3
  newfstatat(3, "", {st_mode=S_IFREG|0644, st_size=7, ...}, AT_EMPTY_PATH) = 0
  fadvise64(3, 0, 0, POSIX_FADV_SEQUENTIAL) = 0
  mmap(NULL, 139264, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0xN
  read(3, "debian\n", 131072) = 7
  write(1, "debian\n", 7) = 7
  read(3, "", 131072) = 0
  munmap(0xN, 139264) = 0
  close(3) = 0
  close(1) = 0
  close(2) = 0
  exit_group(0) = ?
  +++ exited with 0 +++
