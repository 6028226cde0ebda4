// The part of `os` that is made of its system calls (modules/os.ts), in Python.

export const source = String.raw`
import sys
sys.modules['os'] = sys.modules[__name__]
import abc as _abc, stat as st, posixpath as path
sys.modules['os.path'] = path
from posixpath import curdir, pardir, sep, altsep, extsep, pathsep, defpath, devnull
name, linesep, error = 'posix', '\n', OSError
SEEK_SET, SEEK_CUR, SEEK_END = range(3)
P_WAIT, P_NOWAIT = range(2)

def _str_only(value):
    if isinstance(value, str):
        return value
    raise TypeError('str expected, not ' + type(value).__name__)

# The environment as the process was given it; what is written here reaches the programs started from here.
class _Environ:
    def __init__(self, data): self._data = data
    def __getitem__(self, key):
        if _str_only(key) in self._data:
            return self._data[key]
        raise KeyError(key)
    def __setitem__(self, key, value): self._data[_str_only(key)] = _str_only(value)
    def __delitem__(self, key):
        if self._data.pop(_str_only(key), None) is None:
            raise KeyError(key)
    def __contains__(self, key): return _str_only(key) in self._data
    def __iter__(self): return iter([*self._data])
    def __len__(self): return len(self._data)
    def __repr__(self): return 'environ(%r)' % self._data
    def __eq__(self, other): return self._data == (other._data if isinstance(other, _Environ) else other)
    def __or__(self, other): return self._data | dict(other)
    def __ior__(self, other):
        self.update(other)
        return self
    def get(self, key, default=None): return self._data.get(key, default)
    def keys(self): return self._data.keys()
    def values(self): return self._data.values()
    def items(self): return self._data.items()
    def copy(self): return {**self._data}
    def setdefault(self, key, value): return self[key] if key in self else (self.__setitem__(key, value), value)[1]
    def pop(self, key, *default):
        if key in self or default:
            return self._data.pop(key, *default)
        raise KeyError(key)
    def popitem(self): return self._data.popitem()
    def clear(self): self._data.clear()
    def update(self, other=(), /, **kwds):
        for key, value in dict(other, **kwds).items():
            self[key] = value

environ = _Environ(_environ)

def getenv(key, default=None): return environ.get(key, default)

def putenv(name, value, /): environ[name] = value

def unsetenv(name, /): environ.pop(name, None)

def get_exec_path(env=None): return (environ if env is None else env).get('PATH', defpath).split(pathsep)

class PathLike(_abc.ABC):
    @_abc.abstractmethod
    def __fspath__(self): raise NotImplementedError
    @classmethod
    def __subclasshook__(cls, other): return hasattr(other, '__fspath__') if cls is PathLike else NotImplemented

def fspath(path):
    if isinstance(path, (bytes, str)):
        return path
    kind = type(path)
    if not hasattr(kind, '__fspath__'):
        raise TypeError('expected str, bytes or os.PathLike object, not ' + kind.__name__)
    text = kind.__fspath__(path)
    if isinstance(text, (bytes, str)):
        return text
    raise TypeError(f'expected {kind.__name__}.__fspath__() to return str or bytes, not {type(text).__name__}')

def fsencode(filename):
    given = fspath(filename)
    return given if isinstance(given, bytes) else given.encode(errors='surrogateescape')

def fsdecode(filename):
    given = fspath(filename)
    return given if isinstance(given, str) else given.decode(errors='surrogateescape')

# The folders on the way are made with the usual mode, only the last one with that asked for.
def makedirs(name, mode=0o777, exist_ok=False):
    above, last = path.split(fspath(name).rstrip(sep) or sep)
    if above and last and not path.exists(above):
        try:
            makedirs(above, exist_ok=exist_ok)
        except FileExistsError:
            pass    # another process was faster
    if last != curdir or not path.isdir(name):
        try:
            mkdir(name, mode)
        except OSError:
            if not (exist_ok and path.isdir(name)):
                raise

def removedirs(name):
    rmdir(name)
    above = path.dirname(fspath(name).rstrip(sep))
    try:
        while above:
            rmdir(above)
            above = path.dirname(above)
    except OSError:
        return

def renames(old, new):
    folder = path.dirname(new)
    if folder and not path.exists(folder):
        makedirs(folder)
    rename(old, new)
    emptied = path.dirname(old)
    if emptied:
        try:
            removedirs(emptied)
        except OSError:
            return

class DirEntry:
    def __init__(self, folder, name, kind):
        self.name, self.path, self._kind = name, path.join(folder, name), kind
    def _has(self, kind, test, follow): return test(self.path) if follow and self.is_symlink() else self._kind == kind
    def is_symlink(self): return self._kind == st.S_IFLNK
    def is_dir(self, *, follow_symlinks=True): return self._has(st.S_IFDIR, path.isdir, follow_symlinks)
    def is_file(self, *, follow_symlinks=True): return self._has(st.S_IFREG, path.isfile, follow_symlinks)
    def stat(self, *, follow_symlinks=True): return (stat if follow_symlinks else lstat)(self.path)
    def inode(self): return lstat(self.path).st_ino
    def __fspath__(self): return self.path
    def __repr__(self): return '<DirEntry %r>' % self.name

class _Entries:
    def __init__(self, entries): self._rest = iter(entries)
    def __iter__(self): return self
    def __next__(self): return next(self._rest)
    def __enter__(self): return self
    def __exit__(self, *failure): self.close()
    def close(self): self._rest = iter(())

def scandir(path='.'):
    folder = fspath(path)
    return _Entries(DirEntry(folder, *entry) for entry in _entries(folder))

def walk(top, topdown=True, onerror=None, followlinks=False):
    top = fspath(top)
    folders, others = [], []
    try:
        with scandir(top) as entries:
            for entry in entries:
                (folders if entry.is_dir() else others).append(entry.name)
    except OSError as failure:
        if onerror is not None:
            onerror(failure)
        return
    if topdown:
        yield top, folders, others
    for below in [path.join(top, folder) for folder in folders]:
        if followlinks or not path.islink(below):
            yield from walk(below, topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, others

# What wait(2) makes of an end: the status in the upper byte, the signal in the lower seven bits.
def _wait_status(code): return -code if code < 0 else code << 8

def WIFEXITED(status): return not status & 127

def WEXITSTATUS(status): return status >> 8 & 255

def WTERMSIG(status): return status & 127

def WSTOPSIG(status): return status >> 8 & 255

def WIFSTOPPED(status): return status & 255 == 127

def WIFSIGNALED(status): return 0 < status & 127 < 127

def waitstatus_to_exitcode(status): return -WTERMSIG(status) or WEXITSTATUS(status)

def wait(): return waitpid(-1, 0)

def system(command):
    import subprocess
    return _wait_status(subprocess.call(command, shell=True))

# The pipe's file, whose close() waits for the program and tells how it ended.
class _PipeFile:
    def __init__(self, program, file): self._program, self._file = program, file
    def close(self):
        self._file.close()
        return _wait_status(self._program.wait()) or None
    def __enter__(self): return self
    def __exit__(self, *failure): self.close()
    def __iter__(self): return iter(self._file)
    def __getattr__(self, word): return getattr(self._file, word)

def popen(cmd, mode='r', buffering=-1):
    import subprocess
    if not isinstance(cmd, str):
        raise TypeError(f'invalid cmd type ({type(cmd)}, expected string)')
    if mode not in ('r', 'w'):
        raise ValueError(f'invalid mode {mode!r}')
    end = 'stdout' if mode == 'r' else 'stdin'
    program = subprocess.Popen(cmd, shell=True, text=True, **{end: subprocess.PIPE})
    return _PipeFile(program, getattr(program, end))

def execv(path, argv, /):
    try:
        execve(path, argv, environ.copy())
    except OSError as failure:
        failure.filename = None
        raise

def execvpe(file, args, env):
    import errno
    if sep in fspath(file):
        execve(file, args, env)
    refused = None
    for folder in get_exec_path(env):
        try:
            execve(path.join(folder, file), args, env)
        except OSError as failure:
            if refused is None or failure.errno not in (errno.ENOENT, errno.ENOTDIR):
                refused = failure
    raise type(refused)(refused.errno, refused.strerror)

def execvp(file, args): execvpe(file, args, environ.copy())

def execl(file, *args): execv(file, args)

def execlp(file, *args): execvp(file, args)

def execle(file, *args): execve(file, args[:-1], args[-1])

def _spawn(mode, argv, program):
    import subprocess
    child = subprocess.Popen([*argv], executable=program)
    return child.wait() if mode == P_WAIT else child.pid

def spawnv(mode, file, args): return _spawn(mode, args, path.join(curdir, file) if sep not in file else file)

def spawnvp(mode, file, args): return _spawn(mode, args, file)

def spawnl(mode, file, *args): return spawnv(mode, file, args)

def spawnlp(mode, file, *args): return spawnvp(mode, file, args)

def fdopen(fd, mode='r', buffering=-1, encoding=None, *args, **kwargs): return __builtins__.open(fd, mode, buffering, encoding, *args, **kwargs)
`;
