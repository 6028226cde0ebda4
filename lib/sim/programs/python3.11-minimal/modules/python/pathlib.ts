// pathlib, in Python.

import { registerModule } from "../registry.ts";

registerModule("pathlib", { source: String.raw`
import os, io, fnmatch as _fnmatch, stat as _stat

def _parse(parts):
    text = ''
    for part in parts:
        part = os.fspath(part)
        if not isinstance(part, str):
            raise TypeError('argument should be a str object or an os.PathLike object returning str, not %r' % type(part))
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
    def __truediv__(self, key): return type(self)(self, key) if isinstance(key, (str, PurePath)) or hasattr(key, '__fspath__') else NotImplemented
    def __rtruediv__(self, key): return type(self)(key, self) if isinstance(key, str) or hasattr(key, '__fspath__') else NotImplemented
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
        if self._root == '':
            raise ValueError('relative path can\'t be expressed as a file URI')
        import urllib.parse
        return 'file://' + urllib.parse.quote_from_bytes(bytes(self))
    def with_name(self, name):
        if not self.name:
            raise ValueError('%r has an empty name' % (self,))
        if not name or '/' in name or name == '.':
            raise ValueError('Invalid name %r' % name)
        return self._make(self._root, self._tail[:-1] + [name])
    def with_stem(self, stem): return self.with_name(stem + self.suffix)
    def with_suffix(self, suffix):
        if suffix == '.' or suffix[:1] not in ('', '.') or '/' in suffix:
            raise ValueError('Invalid suffix %r' % suffix)
        return self.with_name(self.stem + suffix)
    def _below(self, base): return base._root == self._root and self._tail[:len(base._tail)] == base._tail
    def relative_to(self, *other):
        base = type(self)(*other)
        if not self._below(base):
            raise ValueError('%r is not in the subpath of %r OR one path is relative and the other is absolute.' % (str(self), str(base)))
        return self._make('', self._tail[len(base._tail):])
    def is_relative_to(self, *other): return self._below(type(self)(*other))
    def match(self, pattern):
        root, tail = _parse([pattern])
        if not root and not tail:
            raise ValueError('empty pattern')
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
    def open(self, mode='r', *how, **named): return io.open(self, mode, *how, **named)
    def _with(self, use, mode, **how):
        with self.open(mode, **how) as file:
            return use(file)
    def read_text(self, encoding=None, errors=None): return self._with(lambda file: file.read(), 'r', encoding=encoding, errors=errors)
    def read_bytes(self): return self._with(lambda file: file.read(), 'rb')
    def write_text(self, data, encoding=None, errors=None, newline=None):
        if isinstance(data, str):
            return self._with(lambda file: file.write(data), 'w', encoding=encoding, errors=errors, newline=newline)
        raise TypeError('data must be str, not ' + type(data).__name__)
    def write_bytes(self, data): return self._with(lambda file: file.write(data), 'wb')
    def _child(self, name): return self._make(self._root, [*self._tail, name])
    def iterdir(self): return (self._child(name) for name in os.listdir(self))
    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        above = self.parent
        if parents and above != self and not above.exists():
            above.mkdir(parents=True, exist_ok=True)
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            raise
        except OSError:
            if not (exist_ok and self.is_dir()):
                raise
    def rmdir(self): os.rmdir(self)
    def unlink(self, missing_ok=False):
        try:
            os.unlink(self)
        except FileNotFoundError:
            if missing_ok:
                return
            raise
    def touch(self, mode=0o666, exist_ok=True):
        if not (exist_ok and self.exists()):
            os.close(os.open(self, os.O_WRONLY | os.O_CREAT | os.O_EXCL * (not exist_ok), mode))
        else:
            os.utime(self, None)
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
        return pwd.getpwuid(self.stat().st_uid)[0]
    def group(self):
        import grp
        return grp.getgrgid(self.stat().st_gid)[0]
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
            raise ValueError('Unacceptable pattern: ' + repr(pattern))
        root, tail = _parse([pattern])
        if root:
            raise NotImplementedError('Non-relative patterns are unsupported')
        seen, only_folders = set(), tail[-1:] == ['**'] or pattern[-1] == '/'
        for p in self._walk(tail):
            if str(p) not in seen and (not only_folders or p.is_dir()):
                seen.add(str(p))
                yield p
    def rglob(self, pattern): return self.glob('**/' + str(pattern))
    def __enter__(self): return self
    def __exit__(self, *args): pass

class PosixPath(Path, PurePosixPath): pass
class PureWindowsPath(PurePath): pass
` });
