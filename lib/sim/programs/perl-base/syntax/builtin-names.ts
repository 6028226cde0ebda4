// How the words of perlfunc(1) take their arguments.

/** No argument. */
export const NULLARY = new Set(["time", "times", "wait", "wantarray", "fork", "getppid", "__FILE__", "__LINE__", "__PACKAGE__", "__SUB__", "getlogin"]);

/** One argument or none: they bind tighter than comparisons. */
export const UNARY = new Set([
  "defined", "ref", "scalar", "lc", "uc", "lcfirst", "ucfirst", "fc", "length", "chr", "ord", "int", "hex", "oct", "abs", "sqrt", "log", "exp", "sin", "cos", "rand", "srand",
  "quotemeta", "delete", "exists", "each", "keys", "values", "shift", "pop", "caller", "undef", "study", "pos", "lock", "exit", "umask", "sleep", "localtime", "gmtime", "alarm",
  "require", "chdir", "rmdir", "readlink", "stat", "lstat", "chroot", "readdir", "closedir", "rewinddir", "close", "fileno", "eof", "getc", "tell", "chomp", "chop", "getpwnam", "getpwuid", "getgrnam", "getgrgid", "gethostbyname", "local", "lcfirst", "readline", "evalbytes", "getpgrp", "do", "eval", "return", "untie", "tied", "reset",
]);

/** A list of arguments. */
export const LISTARY = new Set([
  "push", "unshift", "splice", "join", "split", "sprintf", "reverse", "die", "warn", "index", "rindex", "substr", "pack", "unpack", "atan2", "bless", "open", "binmode", "seek", "read", "sysread", "syswrite", "sysopen", "sysseek",
  "opendir", "unlink", "mkdir", "rename", "link", "symlink", "chmod", "chown", "utime", "system", "exec", "kill", "waitpid", "crypt", "vec", "select", "truncate", "flock", "fcntl", "ioctl", "pipe", "socket", "bind", "listen", "accept", "connect", "shutdown", "send", "recv", "setsockopt", "getsockopt", "socketpair",
  "formline", "tie", "setpgrp", "getpriority", "setpriority", "glob", "getpwent", "setpwent", "endpwent", "getgrent", "dump", "seekdir", "telldir", "sockatmark", "getsockname", "getpeername",
]);

export const isBuiltin = (name: string): boolean => NULLARY.has(name) || UNARY.has(name) || LISTARY.has(name)
  || ["print", "printf", "say", "sort", "map", "grep", "my", "our", "local", "sub", "qw", "q", "qq", "qr", "m", "s", "y", "tr", "qx", "not", "and", "or", "x", "if", "unless"].includes(name);

/** Without an argument they take $_. */
export const TAKES_TOPIC = new Set([
  "lc", "uc", "lcfirst", "ucfirst", "fc", "length", "chr", "ord", "int", "hex", "oct", "abs", "sqrt", "log", "exp", "sin", "cos", "quotemeta", "defined", "ref", "chomp", "chop", "pos", "rmdir", "readlink", "stat", "lstat", "unlink", "mkdir", "require", "evalbytes", "study", "chroot", "glob", "eval", "alarm",
]);

export const NEEDS_HANDLE_WORD = new Set(["close", "fileno", "eof", "tell", "binmode", "open", "opendir", "readdir", "closedir", "rewinddir", "seek", "read", "sysread", "syswrite", "flock", "truncate", "getc", "select", "sysopen", "readline", "stat", "lstat", "pipe", "socket", "bind", "listen", "accept", "connect", "shutdown", "send", "recv", "setsockopt", "getsockopt", "sysseek", "fcntl", "chdir", "telldir", "seekdir", "getsockname", "getpeername", "socketpair"]);
