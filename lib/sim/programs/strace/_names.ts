// Which system calls there are (x86-64, asm/unistd_64.h) and the classes of -e trace=%CLASS (strace(1)).
import { compileRegex, type Regex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";

const NAMES: ReadonlySet<string> = new Set(`
read write open close stat fstat lstat poll lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn ioctl pread64 pwrite64 readv writev
access pipe select sched_yield mremap msync mincore madvise shmget shmat shmctl dup dup2 pause nanosleep getitimer alarm setitimer getpid sendfile
socket connect accept sendto recvfrom sendmsg recvmsg shutdown bind listen getsockname getpeername socketpair setsockopt getsockopt clone fork vfork
execve exit wait4 kill uname semget semop semctl shmdt msgget msgsnd msgrcv msgctl fcntl flock fsync fdatasync truncate ftruncate getdents getcwd chdir
fchdir rename mkdir rmdir creat link unlink symlink readlink chmod fchmod chown fchown lchown umask gettimeofday getrlimit getrusage sysinfo times
ptrace getuid syslog getgid setuid setgid geteuid getegid setpgid getppid getpgrp setsid setreuid setregid getgroups setgroups setresuid getresuid
setresgid getresgid getpgid setfsuid setfsgid getsid capget capset rt_sigpending rt_sigtimedwait rt_sigqueueinfo rt_sigsuspend sigaltstack utime mknod
uselib personality ustat statfs fstatfs sysfs getpriority setpriority sched_setparam sched_getparam sched_setscheduler sched_getscheduler
sched_get_priority_max sched_get_priority_min sched_rr_get_interval mlock munlock mlockall munlockall vhangup modify_ldt pivot_root _sysctl prctl
arch_prctl adjtimex setrlimit chroot sync acct settimeofday mount umount2 swapon swapoff reboot sethostname setdomainname iopl ioperm create_module
init_module delete_module get_kernel_syms query_module quotactl nfsservctl getpmsg putpmsg afs_syscall tuxcall security gettid readahead setxattr
lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr tkill time futex
sched_setaffinity sched_getaffinity set_thread_area io_setup io_destroy io_getevents io_submit io_cancel get_thread_area lookup_dcookie epoll_create
epoll_ctl_old epoll_wait_old remap_file_pages getdents64 set_tid_address restart_syscall semtimedop fadvise64 timer_create timer_settime timer_gettime
timer_getoverrun timer_delete clock_settime clock_gettime clock_getres clock_nanosleep exit_group epoll_wait epoll_ctl tgkill utimes vserver mbind
set_mempolicy get_mempolicy mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr kexec_load waitid add_key request_key keyctl
ioprio_set ioprio_get inotify_init inotify_add_watch inotify_rm_watch migrate_pages openat mkdirat mknodat fchownat futimesat newfstatat unlinkat
renameat linkat symlinkat readlinkat fchmodat faccessat pselect6 ppoll unshare set_robust_list get_robust_list splice tee sync_file_range vmsplice
move_pages utimensat epoll_pwait signalfd timerfd_create eventfd fallocate timerfd_settime timerfd_gettime accept4 signalfd4 eventfd2 epoll_create1
dup3 pipe2 inotify_init1 preadv pwritev rt_tgsigqueueinfo perf_event_open recvmmsg fanotify_init fanotify_mark prlimit64 name_to_handle_at
open_by_handle_at clock_adjtime syncfs sendmmsg setns getcpu process_vm_readv process_vm_writev kcmp finit_module sched_setattr sched_getattr renameat2
seccomp getrandom memfd_create kexec_file_load bpf execveat userfaultfd membarrier mlock2 copy_file_range preadv2 pwritev2 pkey_mprotect pkey_alloc
pkey_free statx io_pgetevents rseq pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount fsopen fsconfig fsmount
fspick pidfd_open clone3 close_range openat2 pidfd_getfd faccessat2 process_madvise epoll_pwait2 mount_setattr quotactl_fd landlock_create_ruleset
landlock_add_rule landlock_restrict_self memfd_secret process_mrelease futex_waitv set_mempolicy_home_node
`.trim().split(/\s+/));

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const CLASSES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["file", words("open openat openat2 creat stat lstat newfstatat statx access faccessat faccessat2 execve execveat chdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat readlink readlinkat chmod fchmodat chown lchown fchownat utime utimes utimensat futimesat truncate mknod mknodat statfs getxattr lgetxattr setxattr lsetxattr removexattr lremovexattr listxattr llistxattr chroot pivot_root mount umount2 swapon swapoff acct quotactl uselib inotify_add_watch name_to_handle_at fanotify_mark getcwd open_tree move_mount fspick mount_setattr")],
  ["process", words("fork vfork clone clone3 execve execveat exit exit_group wait4 waitid kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open pidfd_send_signal unshare")],
  ["network", words("socket bind listen accept accept4 connect sendto sendmsg sendmmsg recvfrom recvmsg recvmmsg socketpair shutdown getsockname getpeername getsockopt setsockopt getpmsg putpmsg")],
  ["signal", words("kill tkill tgkill pause rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait rt_sigqueueinfo rt_tgsigqueueinfo sigaltstack signalfd signalfd4 io_pgetevents pidfd_send_signal")],
  ["ipc", words("msgget msgctl msgsnd msgrcv semget semctl semop semtimedop shmget shmctl shmat shmdt")],
  ["desc", words("open openat openat2 creat close close_range read readv pread64 preadv preadv2 write writev pwrite64 pwritev pwritev2 lseek dup dup2 dup3 fcntl flock fsync fdatasync ftruncate fallocate fchmod fchown fchdir fstat fstatfs getdents getdents64 ioctl poll ppoll select pselect6 pipe pipe2 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2 signalfd signalfd4 timerfd_create timerfd_settime timerfd_gettime inotify_init inotify_init1 inotify_add_watch inotify_rm_watch sendfile splice tee vmsplice copy_file_range readahead fadvise64 mmap openat linkat mkdirat mknodat newfstatat statx unlinkat renameat renameat2 readlinkat symlinkat faccessat faccessat2 fchmodat fchownat utimensat futimesat execveat fgetxattr fsetxattr flistxattr fremovexattr setns pidfd_open pidfd_getfd memfd_create memfd_secret userfaultfd bpf perf_event_open dup2 finit_module")],
  ["memory", words("brk mmap munmap mremap mprotect pkey_mprotect msync mincore madvise process_madvise mlock mlock2 munlock mlockall munlockall mbind migrate_pages move_pages get_mempolicy set_mempolicy set_mempolicy_home_node remap_file_pages shmat shmdt io_setup io_destroy io_uring_register")],
  ["creds", words("capget capset getuid geteuid getgid getegid getgroups getresuid getresgid setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid prctl")],
  ["stat", words("stat")], ["lstat", words("lstat")], ["fstat", words("fstat newfstatat")], ["%stat", words("stat lstat fstat newfstatat statx")],
  ["statfs", words("statfs")], ["fstatfs", words("fstatfs")], ["%statfs", words("statfs fstatfs ustat")],
  ["clock", words("time gettimeofday settimeofday adjtimex clock_gettime clock_settime clock_getres clock_adjtime")],
  ["pure", words("getpid getppid gettid getuid geteuid getgid getegid getpgrp getpgid getsid get_robust_list get_thread_area")],
]);
/** Names of before strace 4.17, still taken without "%". */
const OLD_CLASSES: ReadonlySet<string> = words("file process network signal ipc desc memory");

export class InvalidCall extends Error {}

/** The argument of -e trace=: which calls it lets through. Throws InvalidCall with the word that is none. */
export function callSet(text: string): (name: string) => boolean {
  const negated = text.startsWith("!");
  const names = new Set<string>();
  let all = false;
  for (const word of (negated ? text.slice(1) : text).split(",")) {
    const optional = word.startsWith("?");
    const bare = (optional ? word.slice(1) : word).replace(/@(64|32|x32)$/, "");
    const klass = bare.startsWith("%") ? CLASSES.get(bare === "%net" ? "network" : bare === "%signals" ? "signal" : bare.slice(1)) : OLD_CLASSES.has(bare) ? CLASSES.get(bare) : undefined;
    if (bare === "all") all = true;
    else if (bare === "none") continue;
    else if (klass) for (const name of klass) names.add(name);
    else if (bare.startsWith("/")) {
      let pattern: Regex;
      try {
        pattern = compileRegex(bare.slice(1), { syntax: "ere" });
      } catch (error) {
        if (error instanceof RegexSyntaxError) throw new InvalidCall(word);
        throw error;
      }
      for (const name of NAMES) if (pattern.test(name)) names.add(name);
    } else if (NAMES.has(bare)) names.add(bare);
    else if (!optional) throw new InvalidCall(word);
  }
  return negated ? (name) => !(all || names.has(name)) : (name) => all || names.has(name);
}
