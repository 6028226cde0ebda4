// pathlib, shutil and tempfile, in Python.

import { registerModule } from "../registry.ts";

registerModule("pathlib", { source: String.raw`
import os, io, fnmatch as _fnmatch, stat as _stat

def _parse(parts):
    text = ''
    for part in parts:
        part = os.fspath(part)
        if not isinstance(part, str):
            raise TypeError('argument should be a str or an os.PathLike object where __fspath__ returns a str, not %r' % type(part).__name__)
        if part.startswith('/'):
            text = part
        elif part:
            text = text + '/' + part if text else part
    root = ''
    if text.startswith('/'):
        root = '//' if text.startswith('//') and not text.startswith('///') else '/'
    return root, [p for p in text.split('/') if p and p != '.']

class PurePath:
    def __new__(cls, *args):
        if cls is PurePath:
            cls = PurePosixPath
        elif cls is Path:
            cls = PosixPath
        self = object.__new__(cls)
        self._root, self._tail = _parse(args)
        return self
    def __init__(self, *args): pass
    def _make(self, root, tail):
        made = object.__new__(type(self))
        made._root, made._tail = root, list(tail)
        return made
    def __str__(self):
        return self._root + '/'.join(self._tail) or '.'
    def __fspath__(self): return str(self)
    def __repr__(self): return '%s(%r)' % (type(self).__name__, str(self))
    def __bytes__(self): return str(self).encode()
    def __hash__(self): return hash(str(self))
    def __eq__(self, other): return str(self) == str(other) if isinstance(other, PurePath) else NotImplemented
    def _key(self): return [self._root] + self._tail if self._root else self._tail
    def __lt__(self, other): return self._key() < other._key() if isinstance(other, PurePath) else NotImplemented
    def __le__(self, other): return self._key() <= other._key() if isinstance(other, PurePath) else NotImplemented
    def __gt__(self, other): return self._key() > other._key() if isinstance(other, PurePath) else NotImplemented
    def __ge__(self, other): return self._key() >= other._key() if isinstance(other, PurePath) else NotImplemented
    def __truediv__(self, other):
        try:
            return type(self)(self, other)
        except TypeError:
            return NotImplemented
    def __rtruediv__(self, other):
        try:
            return type(self)(other, self)
        except TypeError:
            return NotImplemented
    def joinpath(self, *others): return type(self)(self, *others)
    @property
    def parts(self): return tuple(([self._root] if self._root else []) + self._tail)
    @property
    def drive(self): return ''
    @property
    def root(self): return self._root
    @property
    def anchor(self): return self._root
    @property
    def name(self): return self._tail[-1] if self._tail else ''
    @property
    def suffix(self):
        name = self.name
        i = name.rfind('.')
        return name[i:] if 0 < i < len(name) - 1 else ''
    @property
    def suffixes(self):
        name = self.name
        if name.endswith('.'):
            return []
        return ['.' + s for s in name.lstrip('.').split('.')[1:]]
    @property
    def stem(self):
        name = self.name
        i = name.rfind('.')
        return name[:i] if 0 < i < len(name) - 1 else name
    @property
    def parent(self): return self._make(self._root, self._tail[:-1]) if self._tail else self
    @property
    def parents(self):
        out = []
        p = self
        while p._tail:
            p = p.parent
            out.append(p)
        return _Parents(out)
    def is_absolute(self): return bool(self._root)
    def as_posix(self): return str(self)
    def as_uri(self):
        if not self._root:
            raise ValueError("relative path can't be expressed as a file URI")
        return 'file://' + str(self)
    def with_name(self, name):
        if not self.name:
            raise ValueError('%r has an empty name' % (self,))
        if not name or '/' in name or name == '.':
            raise ValueError('Invalid name %r' % name)
        return self._make(self._root, self._tail[:-1] + [name])
    def with_stem(self, stem): return self.with_name(stem + self.suffix)
    def with_suffix(self, suffix):
        if suffix and not suffix.startswith('.') or suffix == '.':
            raise ValueError('Invalid suffix %r' % suffix)
        return self.with_name(self.stem + suffix)
    def relative_to(self, *other):
        base = type(self)(*other)
        n = len(base._tail)
        if base._root != self._root or self._tail[:n] != base._tail:
            raise ValueError('%r is not in the subpath of %r OR one path is relative and the other is absolute.' % (str(self), str(base)))
        return self._make('', self._tail[n:])
    def is_relative_to(self, *other):
        try:
            self.relative_to(*other)
            return True
        except ValueError:
            return False
    def match(self, pattern):
        root, tail = _parse([pattern])
        if root and (not self._root or len(tail) != len(self._tail)) or len(tail) > len(self._tail):
            return False
        return all(_fnmatch.fnmatchcase(a, b) for a, b in zip(reversed(self._tail), reversed(tail)))

class _Parents:
    def __init__(self, items): self._items = items
    def __len__(self): return len(self._items)
    def __getitem__(self, i): return tuple(self._items[i]) if isinstance(i, slice) else self._items[i]
    def __iter__(self): return iter(self._items)
    def __repr__(self): return '<%s.parents>' % (type(self._items[0]).__name__ if self._items else 'PosixPath')

class PurePosixPath(PurePath): pass

class Path(PurePath):
    @classmethod
    def cwd(cls): return cls(os.getcwd())
    @classmethod
    def home(cls): return cls(os.path.expanduser('~'))
    def stat(self, *, follow_symlinks=True): return os.stat(self, follow_symlinks=follow_symlinks)
    def lstat(self): return os.lstat(self)
    def exists(self): return os.path.exists(self)
    def is_file(self): return os.path.isfile(self)
    def is_dir(self): return os.path.isdir(self)
    def is_symlink(self): return os.path.islink(self)
    def is_mount(self): return os.path.ismount(self)
    def _is(self, test):
        try:
            return test(self.stat().st_mode)
        except OSError:
            return False
    def is_fifo(self): return self._is(_stat.S_ISFIFO)
    def is_socket(self): return self._is(_stat.S_ISSOCK)
    def is_block_device(self): return self._is(_stat.S_ISBLK)
    def is_char_device(self): return self._is(_stat.S_ISCHR)
    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        return io.open(self, mode, buffering, encoding, errors, newline)
    def read_text(self, encoding=None, errors=None):
        with self.open('r', encoding=encoding, errors=errors) as f:
            return f.read()
    def read_bytes(self):
        with self.open('rb') as f:
            return f.read()
    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError('data must be str, not %s' % type(data).__name__)
        with self.open('w', encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)
    def write_bytes(self, data):
        with self.open('wb') as f:
            return f.write(data)
    def iterdir(self):
        for name in os.listdir(self):
            yield self._make(self._root, self._tail + [name])
    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise
    def rmdir(self): os.rmdir(self)
    def unlink(self, missing_ok=False):
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise
    def touch(self, mode=0o666, exist_ok=True):
        if exist_ok and self.exists():
            os.utime(self, None)
            return
        flags = os.O_CREAT | os.O_WRONLY | (0 if exist_ok else os.O_EXCL)
        os.close(os.open(self, flags, mode))
    def rename(self, target):
        os.rename(self, target)
        return type(self)(target)
    def replace(self, target):
        os.replace(self, target)
        return type(self)(target)
    def symlink_to(self, target, target_is_directory=False): os.symlink(target, self)
    def hardlink_to(self, target): os.link(target, self)
    def readlink(self): return type(self)(os.readlink(self))
    def chmod(self, mode, *, follow_symlinks=True): os.chmod(self, mode)
    def absolute(self): return self if self._root else type(self)(os.getcwd(), self)
    def resolve(self, strict=False):
        if strict:
            os.stat(self)
        return type(self)(os.path.realpath(self))
    def expanduser(self): return type(self)(os.path.expanduser(str(self)))
    def samefile(self, other): return os.path.samefile(self, other)
    def owner(self):
        import pwd
        return pwd.getpwuid(self.stat().st_uid).pw_name
    def group(self):
        import grp
        return grp.getgrgid(self.stat().st_gid).gr_name
    def _walk(self, parts):
        if not parts:
            yield self
            return
        part, rest = parts[0], parts[1:]
        if part == '**':
            yield from self._walk(rest)
            for child in self._entries():
                if child.is_dir() and not child.is_symlink():
                    yield from child._walk(parts)
            return
        if not any(c in part for c in '*?['):
            child = self / part
            if os.path.lexists(child):
                yield from child._walk(rest)
            return
        for child in self._entries():
            if _fnmatch.fnmatchcase(child.name, part):
                if not rest or child.is_dir():
                    yield from child._walk(rest)
    def _entries(self):
        try:
            return list(self.iterdir())
        except OSError:
            return []
    def glob(self, pattern):
        if not pattern:
            raise ValueError('Unacceptable pattern: %r' % pattern)
        root, tail = _parse([pattern])
        if root:
            raise NotImplementedError('Non-relative patterns are unsupported')
        seen = set()
        for p in self._walk(tail):
            if str(p) not in seen and (tail[-1:] != ['**'] or p.is_dir()):
                seen.add(str(p))
                yield p
    def rglob(self, pattern): return self.glob('**/' + str(pattern))
    def __enter__(self): return self
    def __exit__(self, *args): pass

class PosixPath(Path, PurePosixPath): pass
class PureWindowsPath(PurePath): pass
` });

registerModule("shutil", { source: String.raw`
import os, stat as _stat, collections as _collections, fnmatch as _fnmatch

class Error(OSError): pass
class SameFileError(Error): pass
class SpecialFileError(OSError): pass
class ReadError(OSError): pass

_Usage = _collections.namedtuple('usage', 'total used free')

def copyfileobj(fsrc, fdst, length=0):
    while True:
        data = fsrc.read(length or 65536)
        if not data:
            break
        fdst.write(data)

def copyfile(src, dst, *, follow_symlinks=True):
    if os.path.exists(dst) and os.path.exists(src) and os.path.samefile(src, dst):
        raise SameFileError('{!r} and {!r} are the same file'.format(src, dst))
    if not follow_symlinks and os.path.islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, 'rb') as a:
        with open(dst, 'wb') as b:
            copyfileobj(a, b)
    return dst

def copymode(src, dst, *, follow_symlinks=True): os.chmod(dst, _stat.S_IMODE(os.stat(src).st_mode))
def copystat(src, dst, *, follow_symlinks=True):
    s = os.stat(src)
    os.utime(dst, (s.st_atime, s.st_mtime))
    os.chmod(dst, _stat.S_IMODE(s.st_mode))

def _into(src, dst):
    return os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst

def copy(src, dst, *, follow_symlinks=True):
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst)
    return dst

def copy2(src, dst, *, follow_symlinks=True):
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst)
    return dst

def ignore_patterns(*patterns):
    def chosen(path, names):
        return {n for p in patterns for n in _fnmatch.filter(names, p)}
    return chosen

def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    names = os.listdir(src)
    skipped = ignore(os.fspath(src), names) if ignore else set()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    errors = []
    for name in names:
        if name in skipped:
            continue
        a = os.path.join(src, name)
        b = os.path.join(dst, name)
        try:
            if os.path.islink(a) and symlinks:
                os.symlink(os.readlink(a), b)
            elif os.path.isdir(a):
                copytree(a, b, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            else:
                copy_function(a, b)
        except Error as e:
            errors.extend(e.args[0])
        except OSError as e:
            errors.append((a, b, str(e)))
    copystat(src, dst)
    if errors:
        raise Error(errors)
    return dst

def rmtree(path, ignore_errors=False, onerror=None, *, dir_fd=None):
    try:
        if os.path.islink(path):
            raise OSError('Cannot call rmtree on a symbolic link')
        for name in os.listdir(path):
            full = os.path.join(path, name)
            if os.path.isdir(full) and not os.path.islink(full):
                rmtree(full, ignore_errors, onerror)
            else:
                os.unlink(full)
        os.rmdir(path)
    except OSError:
        if ignore_errors:
            return
        if onerror is None:
            raise
        import sys
        onerror(os.rmdir, path, sys.exc_info())

def move(src, dst, copy_function=copy2):
    real = dst
    if os.path.isdir(dst):
        if os.path.exists(src) and os.path.samefile(src, dst):
            os.rename(src, dst)
            return dst
        real = os.path.join(dst, os.path.basename(os.fspath(src).rstrip('/')))
        if os.path.exists(real):
            raise Error("Destination path '%s' already exists" % real)
    try:
        os.rename(src, real)
    except OSError as e:
        if e.errno != 18:
            raise
        if os.path.isdir(src):
            copytree(src, real, copy_function=copy_function, symlinks=True)
            rmtree(src)
        else:
            copy_function(src, real)
            os.unlink(src)
    return real

def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    cmd = os.fspath(cmd)
    def fits(p):
        return os.path.exists(p) and os.access(p, mode) and not os.path.isdir(p)
    if os.path.dirname(cmd):
        return cmd if fits(cmd) else None
    for folder in (path if path is not None else os.environ.get('PATH', os.defpath)).split(':'):
        full = os.path.join(folder, cmd)
        if fits(full):
            return full
    return None

def disk_usage(path):
    import subprocess
    line = subprocess.run(['df', '-B1', '--output=size,used,avail', os.fspath(path)], capture_output=True, text=True, check=True).stdout.splitlines()[1]
    return _Usage(*map(int, line.split()))

def get_terminal_size(fallback=(80, 24)):
    try:
        columns = int(os.environ['COLUMNS'])
    except (KeyError, ValueError):
        columns = 0
    try:
        lines = int(os.environ['LINES'])
    except (KeyError, ValueError):
        lines = 0
    if columns <= 0 or lines <= 0:
        try:
            size = os.get_terminal_size(1)
        except OSError:
            size = os.terminal_size(fallback)
        columns = columns or size.columns or fallback[0]
        lines = lines or size.lines or fallback[1]
    return os.terminal_size((columns, lines))

def make_archive(base_name, format, root_dir=None, base_dir=None, **kw):
    import subprocess
    letter = {'tar': '', 'gztar': 'z', 'bztar': 'j', 'xztar': 'J'}
    suffix = {'tar': '.tar', 'gztar': '.tar.gz', 'bztar': '.tar.bz2', 'xztar': '.tar.xz'}
    if format not in letter:
        raise ValueError("unknown archive format '%s'" % format)
    name = os.path.abspath(base_name) + suffix[format]
    subprocess.run(['tar', 'c' + letter[format] + 'f', name, '-C', root_dir or '.', base_dir or '.'], check=True)
    return name

def unpack_archive(filename, extract_dir=None, format=None):
    import subprocess
    subprocess.run(['tar', 'xf', filename, '-C', extract_dir or '.'], check=True)
` });

registerModule("tempfile", { source: String.raw`
import os, io, shutil as _shutil, random as _random

tempdir = None
template = 'tmp'

def gettempdir():
    for name in ('TMPDIR', 'TEMP', 'TMP'):
        if os.environ.get(name):
            return os.path.abspath(os.environ[name])
    return '/tmp'

def _name():
    letters = 'abcdefghijklmnopqrstuvwxyz0123456789_'
    return ''.join(letters[b % 37] for b in os.urandom(8))

def _make(make, suffix, prefix, folder):
    folder = gettempdir() if folder is None else os.fspath(folder)
    while True:
        path = os.path.abspath(os.path.join(folder, (template if prefix is None else prefix) + _name() + (suffix or '')))
        try:
            return make(path), path
        except FileExistsError:
            continue

def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    return _make(lambda p: os.open(p, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), suffix, prefix, dir)

def mkdtemp(suffix=None, prefix=None, dir=None):
    return _make(lambda p: os.mkdir(p, 0o700), suffix, prefix, dir)[1]

def mktemp(suffix='', prefix=template, dir=None):
    return os.path.join(dir or gettempdir(), prefix + _name() + suffix)

class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)
    def __repr__(self): return '<TemporaryDirectory %r>' % self.name
    def __enter__(self): return self.name
    def __exit__(self, *args): self.cleanup()
    def cleanup(self):
        if os.path.exists(self.name):
            _shutil.rmtree(self.name)

class _TemporaryFileWrapper:
    def __init__(self, file, name, delete):
        self.file = file
        self.name = name
        self.delete = delete
    def __getattr__(self, name): return getattr(self.__dict__['file'], name)
    def __enter__(self): return self
    def __exit__(self, *args): self.close()
    def __iter__(self): return iter(self.file)
    def close(self):
        self.file.close()
        if self.delete and os.path.exists(self.name):
            os.unlink(self.name)

def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *, errors=None):
    fd, name = mkstemp(suffix, prefix, dir)
    return _TemporaryFileWrapper(open(fd, mode, buffering, encoding, errors, newline), name, delete)

def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    fd, name = mkstemp(suffix, prefix, dir)
    os.unlink(name)
    return open(fd, mode, buffering, encoding, errors, newline)

class SpooledTemporaryFile:
    def __new__(cls, max_size=0, mode='w+b', *args, **kw): return TemporaryFile(mode, *args, **kw)
` });
