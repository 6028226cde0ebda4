// os.path, in Python. Paths are handled as text; bytes go in and out through the file system's encoding.

import { registerModule } from "../registry.ts";

registerModule("posixpath", { source: String.raw`
import os, stat as _stat
sep, altsep, pathsep, extsep = '/', None, ':', '.'
curdir, pardir, devnull, defpath = '.', '..', '/dev/null', '/bin:/usr/bin'
supports_unicode_filenames = False

def _same(text): return text

# The path as text, and what makes of text the kind of path that came.
def _open(path):
    path = os.fspath(path)
    return (path, _same) if isinstance(path, str) else (os.fsdecode(path), os.fsencode)

def normcase(s): return os.fspath(s)

def isabs(s): return _open(s)[0][:1] == '/'

def join(a, *p):
    joined, back = _open(a)
    for part in p:
        try:
            more, kind = _open(part)
        except TypeError:
            raise TypeError(f"join() argument must be str, bytes, or os.PathLike object, not {type(part).__name__!r}") from None
        if kind is not back:
            raise TypeError("Can't mix strings and bytes in path components")
        joined = more if more[:1] == '/' else joined + more if joined[-1:] in ('', '/') else f'{joined}/{more}'
    return back(joined)

def split(p):
    text, back = _open(p)
    folder, slash, last = text.rpartition('/')
    return back(folder.rstrip('/') or folder + slash), back(last)

def basename(p): return split(p)[1]

def dirname(p): return split(p)[0]

def splitdrive(p):
    whole = os.fspath(p)
    return whole[:0], whole

def splitext(p):
    text, back = _open(p)
    last = text[text.rfind('/') + 1:]
    stem, dot, extension = last.rpartition('.')
    cut = len(text) - len(extension) - 1 if stem.strip('.') else len(text)
    return back(text[:cut]), back(text[cut:])

# What stat says, None where it finds nothing.
def _found(path, stat):
    try:
        return stat(path)
    except ValueError:
        return None
    except OSError:
        return None

def _is(path, stat, kind):
    found = _found(path, stat)
    return found is not None and kind(found.st_mode)

def exists(path): return _found(path, os.stat) is not None

def lexists(path): return _found(path, os.lstat) is not None

def isfile(path): return _is(path, os.stat, _stat.S_ISREG)

def isdir(s): return _is(s, os.stat, _stat.S_ISDIR)

def islink(path): return _is(path, os.lstat, _stat.S_ISLNK)

def ismount(path):
    here, above = _found(path, os.lstat), _found(join(path, os.fspath(path)[:0] + ('..' if isinstance(os.fspath(path), str) else b'..')), os.lstat)
    if here is None or above is None or _stat.S_ISLNK(here.st_mode):
        return False
    return here.st_dev != above.st_dev or samestat(here, above)

def getsize(filename): return os.stat(filename).st_size

def getmtime(filename): return os.stat(filename).st_mtime

def getatime(filename): return os.stat(filename).st_atime

def getctime(filename): return os.stat(filename).st_ctime

def samestat(s1, s2): return (s1.st_dev, s1.st_ino) == (s2.st_dev, s2.st_ino)

def samefile(f1, f2): return samestat(*map(os.stat, (f1, f2)))

def sameopenfile(fp1, fp2): return samestat(*map(os.fstat, (fp1, fp2)))

# POSIX gives two leading slashes, and only two, a meaning of their own.
def _root(text):
    count = len(text) - len(text.lstrip('/'))
    return '//' if count == 2 else '/' * min(count, 1)

def _steps(text): return [step for step in text.split('/') if step not in ('', '.')]

def normpath(path):
    text, back = _open(path)
    root, kept = _root(text), []
    for step in _steps(text):
        if step == '..' and kept[-1:] not in ([], ['..']):
            del kept[-1]
        elif step != '..' or not root:
            kept.append(step)
    return back(root + '/'.join(kept) or '.')

def abspath(path):
    text, back = _open(path)
    return back(normpath(text if text[:1] == '/' else f'{os.getcwd()}/{text}'))

# Links are followed as the kernel does, each component against the real path so far; a loop stays as it is written.
def realpath(filename, *, strict=False):
    text, back = _open(filename)
    real, ahead, followed = '', _steps(os.getcwd() + '/' + text if text[:1] != '/' else text)[::-1], 0
    while ahead:
        step = ahead.pop()
        if step == '..':
            real = real.rpartition('/')[0]
            continue
        here = f'{real}/{step}'
        found = os.lstat(here) if strict else _found(here, os.lstat)
        if found is None or not _stat.S_ISLNK(found.st_mode) or followed == 40:
            if strict and followed == 40:
                os.stat(here)
            real = here
            continue
        followed += 1
        target = os.readlink(here)
        if target[:1] == '/':
            real = ''
        ahead += _steps(target)[::-1]
    return back(real or '/')

def relpath(path, start=None):
    text, back = _open(path)
    if text == '':
        raise ValueError('no path specified')
    to, origin = _steps(abspath(text)), _steps(abspath('.' if start is None else _open(start)[0]))
    shared = len(commonprefix([to, origin]))
    return back('/'.join(['..'] * (len(origin) - shared) + to[shared:]) or '.')

def commonprefix(m):
    if len(m) == 0:
        return ''
    words = m if isinstance(m[0], (list, tuple)) else [os.fspath(one) for one in m]
    shared = 0
    for column in zip(*words):
        if column.count(column[0]) < len(column):
            break
        shared += 1
    return words[0][:shared]

def commonpath(paths):
    opened = [_open(path) for path in paths]
    if not opened:
        raise ValueError('commonpath() arg is an empty sequence')
    texts, back = [text for text, _ in opened], opened[0][1]
    roots = {text[:1] == '/' for text in texts}
    if len(roots) == 2:
        raise ValueError("Can't mix absolute and relative paths")
    return back(('/' if True in roots else '') + '/'.join(commonprefix([_steps(text) for text in texts])))

def _home(user):
    import pwd
    try:
        if user == '':
            return os.environ['HOME'] if 'HOME' in os.environ else pwd.getpwuid(os.getuid()).pw_dir
        return pwd.getpwnam(user).pw_dir
    except KeyError:
        return None

def expanduser(path):
    text, back = _open(path)
    if text[:1] == '~':
        user, slash, rest = text[1:].partition('/')
        home = _home(user)
        if home is not None:
            text = home.rstrip('/') + slash + rest or '/'
    return back(text)

def expandvars(path):
    import re
    text, back = _open(path)
    return back(re.sub(r'\$(?:(\w+)|\{([^{}]*)\})', lambda found: os.environ.get(found[1] or found[2], found[0]), text))
` });
