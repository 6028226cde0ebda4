// os.path, in Python.

import { registerModule } from "../registry.ts";

registerModule("posixpath", { source: String.raw`
import os, stat as _stat
curdir = '.'
pardir = '..'
extsep = '.'
sep = '/'
pathsep = ':'
defpath = '/bin:/usr/bin'
altsep = None
devnull = '/dev/null'

def normcase(s):
    return os.fspath(s)

def isabs(s):
    return os.fspath(s).startswith('/')

def join(a, *p):
    path = os.fspath(a)
    for b in p:
        b = os.fspath(b)
        if not isinstance(b, type(path)):
            raise TypeError("Can't mix strings and bytes in path components")
        if b.startswith('/'):
            path = b
        elif not path or path.endswith('/'):
            path += b
        else:
            path += '/' + b
    return path

def split(p):
    p = os.fspath(p)
    i = p.rfind('/') + 1
    head, tail = p[:i], p[i:]
    if head and head != '/' * len(head):
        head = head.rstrip('/')
    return head, tail

def splitext(p):
    p = os.fspath(p)
    start = p.rfind('/') + 1
    dot = p.rfind('.')
    if dot > start and p[start:dot].strip('.'):
        return p[:dot], p[dot:]
    return p, ''

def splitdrive(p):
    return '', os.fspath(p)

def basename(p):
    return split(p)[1]

def dirname(p):
    return split(p)[0]

def exists(path):
    try:
        os.stat(path)
    except (OSError, ValueError):
        return False
    return True

def lexists(path):
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True

def _mode(path, follow=True):
    try:
        return (os.stat if follow else os.lstat)(path).st_mode
    except (OSError, ValueError):
        return 0

def isfile(path):
    return _stat.S_ISREG(_mode(path))

def isdir(path):
    return _stat.S_ISDIR(_mode(path))

def islink(path):
    return _stat.S_ISLNK(_mode(path, False))

def ismount(path):
    try:
        s1 = os.lstat(path)
        s2 = os.lstat(join(path, '..'))
    except (OSError, ValueError):
        return False
    return s1.st_dev != s2.st_dev or s1.st_ino == s2.st_ino

def getsize(filename):
    return os.stat(filename).st_size

def getmtime(filename):
    return os.stat(filename).st_mtime

def getatime(filename):
    return os.stat(filename).st_atime

def getctime(filename):
    return os.stat(filename).st_ctime

def samefile(f1, f2):
    s1, s2 = os.stat(f1), os.stat(f2)
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev

def normpath(path):
    path = os.fspath(path)
    if not path:
        return '.'
    slashes = 2 if path.startswith('//') and not path.startswith('///') else 1 if path.startswith('/') else 0
    parts = []
    for part in path.split('/'):
        if part in ('', '.'):
            continue
        if part != '..' or (not slashes and not parts) or (parts and parts[-1] == '..'):
            parts.append(part)
        elif parts:
            parts.pop()
    return '/' * slashes + '/'.join(parts) or '.'

def abspath(path):
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwd(), path)
    return normpath(path)

def realpath(filename, *, strict=False):
    path = abspath(filename)
    done = '/'
    rest = [p for p in path.split('/') if p]
    followed = 0
    while rest:
        name = rest.pop(0)
        here = join(done, name)
        if islink(here) and followed < 40:
            followed += 1
            target = os.readlink(here)
            if target.startswith('/'):
                done = '/'
            rest = [p for p in target.split('/') if p and p != '.'] + rest
            continue
        if name == '..':
            done = dirname(done)
        else:
            if strict:
                os.lstat(here)
            done = here
    return done

def relpath(path, start=None):
    if not path:
        raise ValueError("no path specified")
    a = [x for x in abspath(start if start is not None else '.').split('/') if x]
    b = [x for x in abspath(path).split('/') if x]
    i = 0
    while i < len(a) and i < len(b) and a[i] == b[i]:
        i += 1
    return '/'.join(['..'] * (len(a) - i) + b[i:]) or '.'

def commonprefix(m):
    if not m:
        return ''
    s1, s2 = min(m), max(m)
    for i, c in enumerate(s1):
        if i >= len(s2) or c != s2[i]:
            return s1[:i]
    return s1

def commonpath(paths):
    paths = [os.fspath(p) for p in paths]
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    if len({p.startswith('/') for p in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[c for c in p.split('/') if c and c != '.'] for p in paths]
    common = commonprefix(split_paths)
    return ('/' if paths[0].startswith('/') else '') + '/'.join(common)

def expanduser(path):
    path = os.fspath(path)
    if not path.startswith('~'):
        return path
    i = path.find('/', 1)
    if i < 0:
        i = len(path)
    if i == 1:
        home = os.environ.get('HOME')
        if home is None:
            import pwd
            home = pwd.getpwuid(os.getuid()).pw_dir
    else:
        import pwd
        try:
            home = pwd.getpwnam(path[1:i]).pw_dir
        except KeyError:
            return path
    return (home.rstrip('/') + path[i:]) or '/'

def expandvars(path):
    import re
    return re.sub(r'\$(\w+|\{[^}]*\})', lambda m: os.environ.get(m[1].strip('{}'), m[0]), os.fspath(path))
` });
