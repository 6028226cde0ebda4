// The part of `os` that is made of its system calls, in Python.

export const source = String.raw`
import sys
sys.modules['os'] = sys.modules[__name__]
import stat as st
import posixpath as path
sys.modules['os.path'] = path
from posixpath import curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull
name = 'posix'
linesep = '\n'
error = OSError
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
P_WAIT, P_NOWAIT = 0, 1

class _Environ:
    def __init__(self, data):
        self._data = data
    def __getitem__(self, key):
        if not isinstance(key, str):
            raise TypeError("str expected, not %s" % type(key).__name__)
        try:
            return self._data[key]
        except KeyError:
            raise KeyError(key) from None
    def __setitem__(self, key, value):
        if not isinstance(key, str):
            raise TypeError("str expected, not %s" % type(key).__name__)
        if not isinstance(value, str):
            raise TypeError("str expected, not %s" % type(value).__name__)
        self._data[key] = value
    def __delitem__(self, key):
        try:
            del self._data[key]
        except KeyError:
            raise KeyError(key) from None
    def __iter__(self):
        return iter(list(self._data))
    def __len__(self):
        return len(self._data)
    def __contains__(self, key):
        return key in self._data
    def __repr__(self):
        return 'environ({%s})' % ', '.join(f'{k!r}: {v!r}' for k, v in self._data.items())
    def __eq__(self, other):
        return dict(self._data) == (dict(other._data) if isinstance(other, _Environ) else other)
    def get(self, key, default=None):
        return self._data.get(key, default)
    def keys(self):
        return self._data.keys()
    def values(self):
        return self._data.values()
    def items(self):
        return self._data.items()
    def copy(self):
        return dict(self._data)
    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]
    def pop(self, key, *default):
        return self._data.pop(key, *default)
    def update(self, *args, **kwds):
        for k, v in dict(*args, **kwds).items():
            self[k] = v

environ = _Environ(_environ)

def getenv(key, default=None):
    return environ.get(key, default)

def putenv(key, value):
    environ[key] = value

def unsetenv(key):
    environ.pop(key, None)

def fspath(p):
    if isinstance(p, (str, bytes)):
        return p
    try:
        f = type(p).__fspath__
    except AttributeError:
        raise TypeError("expected str, bytes or os.PathLike object, not " + type(p).__name__) from None
    return f(p)

def fsencode(p):
    p = fspath(p)
    return p.encode('utf-8', 'surrogateescape') if isinstance(p, str) else p

def fsdecode(p):
    p = fspath(p)
    return p.decode('utf-8', 'surrogateescape') if isinstance(p, bytes) else p

class PathLike:
    pass

def makedirs(name, mode=0o777, exist_ok=False):
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == '.':
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise

def removedirs(name):
    rmdir(name)
    head, tail = path.split(name)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)

def renames(old, new):
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)

class DirEntry:
    def __init__(self, folder, name, kind):
        self.name = name
        self.path = path.join(folder, name)
        self._kind = kind
    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path) if self._kind == 0o120000 and follow_symlinks else self._kind == 0o040000
    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path) if self._kind == 0o120000 and follow_symlinks else self._kind == 0o100000
    def is_symlink(self):
        return self._kind == 0o120000
    def stat(self, *, follow_symlinks=True):
        return stat(self.path) if follow_symlinks else lstat(self.path)
    def inode(self):
        return lstat(self.path).st_ino
    def __fspath__(self):
        return self.path
    def __repr__(self):
        return f'<DirEntry {self.name!r}>'

class _ScandirIterator:
    def __init__(self, entries):
        self._entries = iter(entries)
    def __iter__(self):
        return self
    def __next__(self):
        return next(self._entries)
    def __enter__(self):
        return self
    def __exit__(self, *args):
        pass
    def close(self):
        pass

def scandir(path='.'):
    folder = fspath(path)
    return _ScandirIterator([DirEntry(folder, name, kind) for name, kind in _entries(folder)])

def walk(top, topdown=True, onerror=None, followlinks=False):
    top = fspath(top)
    dirs, nondirs = [], []
    try:
        entries = list(scandir(top))
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    for entry in entries:
        (dirs if entry.is_dir() else nondirs).append(entry.name)
    if topdown:
        yield top, dirs, nondirs
    for name in dirs:
        new = path.join(top, name)
        if followlinks or not path.islink(new):
            yield from walk(new, topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, nondirs

def system(command):
    import subprocess
    code = subprocess.call(command, shell=True)
    return -code if code < 0 else code << 8

def popen(cmd, mode='r', buffering=-1):
    import subprocess
    if mode == 'r':
        proc = subprocess.Popen(cmd, shell=True, text=True, stdout=subprocess.PIPE)
        return _wrap_close(proc.stdout, proc)
    proc = subprocess.Popen(cmd, shell=True, text=True, stdin=subprocess.PIPE)
    return _wrap_close(proc.stdin, proc)

class _wrap_close:
    def __init__(self, stream, proc):
        self._stream = stream
        self._proc = proc
    def close(self):
        self._stream.close()
        code = self._proc.wait()
        return None if code == 0 else -code if code < 0 else code << 8
    def __enter__(self):
        return self
    def __exit__(self, *args):
        self.close()
    def __getattr__(self, name):
        return getattr(self._stream, name)
    def __iter__(self):
        return iter(self._stream)

def execv(path, args):
    execve(path, args, dict(environ._data))

def execvp(file, args):
    if '/' in file:
        execv(file, args)
    for folder in environ.get('PATH', defpath).split(':'):
        full = path.join(folder, file)
        if path.exists(full):
            execv(full, args)
    raise FileNotFoundError(2, 'No such file or directory')

def execl(file, *args):
    execv(file, args)

def execlp(file, *args):
    execvp(file, args)

def get_exec_path(env=None):
    return (env or environ).get('PATH', defpath).split(':')

def fdopen(fd, mode='r', *args, **kwargs):
    return open_file(fd, mode, *args, **kwargs)

open_file = __builtins__.open

def WIFEXITED(status): return status & 0x7f == 0
def WEXITSTATUS(status): return (status >> 8) & 0xff
def WIFSIGNALED(status): return 0 < (status & 0x7f) < 0x7f
def WTERMSIG(status): return status & 0x7f
def waitstatus_to_exitcode(status):
    return -(status & 0x7f) if status & 0x7f else status >> 8
def wait():
    return waitpid(-1, 0)
`;
