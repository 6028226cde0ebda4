// pwd, grp, getpass, platform and keyword, in Python.

import { registerModule } from "../registry.ts";

registerModule("pwd", { source: String.raw`
import collections as _c
struct_passwd = _c.namedtuple('struct_passwd', 'pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell')
struct_passwd.__module__ = 'pwd'
struct_passwd.__repr__ = lambda self: 'pwd.struct_passwd(' + ', '.join('%s=%r' % (n, v) for n, v in zip(self._fields, self)) + ')'
def getpwall():
    out = []
    with open('/etc/passwd') as f:
        for line in f:
            parts = line.rstrip('\n').split(':')
            if len(parts) == 7:
                out.append(struct_passwd(parts[0], parts[1], int(parts[2]), int(parts[3]), parts[4], parts[5], parts[6]))
    return out
def getpwnam(name):
    for p in getpwall():
        if p.pw_name == name:
            return p
    raise KeyError("getpwnam(): name not found: %r" % name)
def getpwuid(uid):
    for p in getpwall():
        if p.pw_uid == uid:
            return p
    raise KeyError("getpwuid(): uid not found: %d" % uid)
` });

registerModule("grp", { source: String.raw`
import collections as _c
struct_group = _c.namedtuple('struct_group', 'gr_name gr_passwd gr_gid gr_mem')
struct_group.__repr__ = lambda self: 'grp.struct_group(' + ', '.join('%s=%r' % (n, v) for n, v in zip(self._fields, self)) + ')'
def getgrall():
    out = []
    with open('/etc/group') as f:
        for line in f:
            parts = line.rstrip('\n').split(':')
            if len(parts) == 4:
                out.append(struct_group(parts[0], parts[1], int(parts[2]), parts[3].split(',') if parts[3] else []))
    return out
def getgrnam(name):
    for g in getgrall():
        if g.gr_name == name:
            return g
    raise KeyError("getgrnam(): name not found: %r" % name)
def getgrgid(gid):
    for g in getgrall():
        if g.gr_gid == gid:
            return g
    raise KeyError("getgrgid(): gid not found: %d" % gid)
` });

registerModule("getpass", { source: String.raw`
import sys as _sys, os as _os
def getuser():
    named = [_os.environ[name] for name in 'LOGNAME USER LNAME USERNAME'.split() if _os.environ.get(name)]
    if named:
        return named[0]
    import pwd
    return pwd.getpwuid(_os.getuid())[0]
def getpass(prompt='Password: ', stream=None):
    _sys.stderr.write(prompt)
    _sys.stderr.flush()
    return _sys.stdin.readline().rstrip('\n')
` });

registerModule("platform", { source: String.raw`
import os as _os, sys as _sys
def _u(): return _os.uname()
def system(): return _u()[0]
def node(): return _u()[1]
def release(): return _u()[2]
def version(): return _u()[3]
def machine(): return _u()[4]
def processor(): return ''
def python_version(): return '.'.join(map(str, _sys.version_info[:3]))
def python_version_tuple(): return tuple(python_version().split('.'))
def python_implementation(): return 'CPython'
def python_compiler(): return 'GCC 12.2.0'
def architecture(executable='', bits='', linkage=''): return ('64bit', 'ELF')
def libc_ver(*args): return ('glibc', '2.36')
def platform(aliased=False, terse=False):
    return '%s-%s-%s-with-glibc2.36' % (system(), release(), machine())
def freedesktop_os_release():
    out = {}
    with open('/etc/os-release') as f:
        for line in f:
            name, sign, value = line.strip().partition('=')
            if sign:
                out[name] = value.strip('"')
    return out
` });

registerModule("keyword", { source: String.raw`
kwlist = ['False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield']
softkwlist = ['_', 'case', 'match']
iskeyword, issoftkeyword = (frozenset(words).__contains__ for words in (kwlist, softkwlist))
` });
