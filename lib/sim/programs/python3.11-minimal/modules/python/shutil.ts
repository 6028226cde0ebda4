// shutil, in Python.

import { registerModule } from "../registry.ts";

registerModule("shutil", { source: String.raw`
import collections as _collections, fnmatch as _fnmatch, os, stat as _stat, sys as _sys

class Error(OSError): pass
for _name, _base in (('SameFileError', Error), ('SpecialFileError', OSError), ('ReadError', OSError), ('ExecError', OSError), ('RegistryError', Exception)):
    globals()[_name] = type(_name, (_base,), {'__module__': 'shutil'})

def copyfileobj(source, target, length=0):
    for block in iter(lambda: source.read(length or 65536), None):
        if len(block) == 0:
            break
        target.write(block)

def _same(a, b):
    try:
        return os.path.samefile(a, b)
    except OSError:
        return False

def copyfile(src, dst, *, follow_symlinks=True):
    if _same(src, dst):
        raise SameFileError(f'{src!r} and {dst!r} are the same file')
    for one in (src, dst):
        if os.path.exists(one) and _stat.S_ISFIFO(os.stat(one).st_mode):
            raise SpecialFileError(f'${'`'}{os.fspath(one)}${'`'} is a named pipe')
    if os.path.islink(src) and not follow_symlinks:
        os.symlink(os.readlink(src), dst)
    else:
        with open(src, 'rb') as source, open(dst, 'wb') as target:
            copyfileobj(source, target)
    return dst

def copymode(src, dst, **how): os.chmod(dst, _stat.S_IMODE(os.stat(src).st_mode))

def copystat(src, dst, **how):
    facts = os.stat(src)
    os.utime(dst, (facts.st_atime, facts.st_mtime))
    copymode(src, dst)

# Into a directory under the same name, to anything else as it is called.
def _copy(src, dst, follow_symlinks, facts):
    target = os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst
    copyfile(src, target, follow_symlinks=follow_symlinks)
    if follow_symlinks or not os.path.islink(target):
        facts(src, target)
    return target

def copy(src, dst, *, follow_symlinks=True): return _copy(src, dst, follow_symlinks, copymode)

def copy2(src, dst, *, follow_symlinks=True): return _copy(src, dst, follow_symlinks, copystat)

def ignore_patterns(*patterns): return lambda folder, names: {name for pattern in patterns for name in _fnmatch.filter(names, pattern)}

# What fails is noted and told at the end, with all that could be copied in place.
def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    names = os.listdir(src)
    left_out = ignore(os.fspath(src), names) if ignore is not None else ()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    failed = []
    for name in names:
        if name in left_out:
            continue
        here, there = (os.path.join(folder, name) for folder in (src, dst))
        try:
            if os.path.islink(here) and (symlinks or ignore_dangling_symlinks and not os.path.exists(here)):
                if symlinks:
                    os.symlink(os.readlink(here), there)
            elif os.path.isdir(here):
                copytree(here, there, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            else:
                copy_function(here, there)
        except Error as below:
            failed += below.args[0]
        except OSError as failure:
            failed.append((here, there, str(failure)))
    copystat(src, dst)
    if failed:
        raise Error(failed)
    return dst

def rmtree(path, ignore_errors=False, onerror=None, *, dir_fd=None):
    def complain(function, place, failure):
        if ignore_errors:
            return
        if onerror is None:
            raise failure
        onerror(function, place, (type(failure), failure, failure.__traceback__))
    def attempt(function, place):
        try:
            return function(place)
        except OSError as failure:
            complain(function, place, failure)
    def empty(folder):
        for name in attempt(os.listdir, folder) or ():
            inner = os.path.join(folder, name)
            if os.path.isdir(inner) and not os.path.islink(inner):
                empty(inner)
            else:
                attempt(os.unlink, inner)
        attempt(os.rmdir, folder)
    try:
        facts = os.lstat(path)
        if _stat.S_ISLNK(facts.st_mode):
            raise OSError('Cannot call rmtree on a symbolic link')
    except OSError as failure:
        return complain(os.lstat if failure.errno else os.path.islink, path, failure)
    if _stat.S_ISDIR(facts.st_mode):
        return empty(path)
    attempt(os.scandir, path)

def move(src, dst, copy_function=copy2):
    target = dst
    if os.path.isdir(dst) and not _same(src, dst):
        target = os.path.join(dst, os.path.basename(os.fspath(src).rstrip('/')))
        if os.path.exists(target):
            raise Error(f"Destination path '{target}' already exists")
    try:
        os.rename(src, target)
        return target
    except OSError:
        link = os.path.islink(src)
    # On another file system, or not at all.
    if link:
        os.symlink(os.readlink(src), target)
        os.unlink(src)
    elif os.path.isdir(src):
        if os.path.abspath(target).startswith(os.path.abspath(src) + os.sep):
            raise Error(f"Cannot move a directory '{src}' into itself '{target}'.")
        copytree(src, target, symlinks=True, copy_function=copy_function)
        rmtree(src)
    else:
        copy_function(src, target)
        os.unlink(src)
    return target

def which(cmd, mode=1, path=None):
    name = os.fspath(cmd)
    folders = os.environ.get('PATH', os.defpath) if path is None else path
    places = [name] if os.path.dirname(name) else [os.path.join(folder, name) for folder in folders.split(os.pathsep)]
    return next((place for place in places if os.path.exists(place) and not os.path.isdir(place) and os.access(place, mode)), None)

_Usage = _collections.namedtuple('usage', 'total used free')

def disk_usage(path):
    import subprocess
    table = subprocess.check_output(['df', '-B1', '--output=size,used,avail', os.fspath(path)], text=True)
    return _Usage(*map(int, table.splitlines()[1].split()))

def chown(path, user=None, group=None):
    import grp, pwd
    if user is group is None:
        raise ValueError('user and/or group must be set')
    try:
        uid = -1 if user is None else pwd.getpwnam(user).pw_uid if isinstance(user, str) else user
    except KeyError:
        raise LookupError(f'no such user: {user!r}') from None
    try:
        gid = -1 if group is None else grp.getgrnam(group).gr_gid if isinstance(group, str) else group
    except KeyError:
        raise LookupError(f'no such group: {group!r}') from None
    os.chown(path, uid, gid)

def _number(name):
    word = os.environ.get(name, '')
    return int(word) if word.lstrip('-').isdigit() else 0

# What the environment says counts more than the terminal, and that more than the fallback.
def get_terminal_size(fallback=(80, 24)):
    size = [_number('COLUMNS'), _number('LINES')]
    if min(size) <= 0:
        try:
            measured = os.get_terminal_size(_sys.__stdout__.fileno())
        except (AttributeError, ValueError, OSError):
            measured = fallback
        size = [asked if asked > 0 else found or other for asked, found, other in zip(size, measured, fallback)]
    return os.terminal_size(tuple(size))

# The letter of tar, the ending, what it is called.
_FORMATS = {'bztar': ('j', '.tar.bz2', "bzip2'ed tar-file"), 'gztar': ('z', '.tar.gz', "gzip'ed tar-file"), 'tar': ('', '.tar', 'uncompressed tar file'), 'xztar': ('J', '.tar.xz', "xz'ed tar-file")}

def get_archive_formats(): return [(name, facts[2]) for name, facts in _FORMATS.items()]

def make_archive(base_name, format, root_dir=None, base_dir=None, *more, **options):
    import subprocess
    if format not in _FORMATS:
        raise ValueError(f"unknown archive format '{format}'")
    letter, ending, _ = _FORMATS[format]
    archive = os.path.abspath(os.fspath(base_name) + ending)
    subprocess.check_call(['tar', f'-c{letter}f', archive, '-C', root_dir or os.curdir, base_dir or os.curdir])
    return archive if root_dir is not None or os.path.isabs(base_name) else os.fspath(base_name) + ending

def unpack_archive(filename, extract_dir=None, format=None, **options):
    import subprocess
    name = os.fspath(filename)
    if format is None and not name.endswith(('.tar', '.tar.gz', '.tgz', '.tar.bz2', '.tbz2', '.tar.xz', '.txz')):
        raise ReadError(f"Unknown archive format '{name}'")
    target = os.curdir if extract_dir is None else os.fspath(extract_dir)
    os.makedirs(target, exist_ok=True)
    subprocess.check_call(['tar', '-xf', name, '-C', target])
` });
