// fnmatch, glob and shlex, in Python: what the shell makes of words.

import { registerModule } from "../registry.ts";

registerModule("fnmatch", { source: String.raw`
import re as _re

def translate(pat):
    out = ''
    i = 0
    while i < len(pat):
        c = pat[i]
        i += 1
        if c == '*':
            out += '.*'
        elif c == '?':
            out += '.'
        elif c == '[':
            j = i
            if j < len(pat) and pat[j] == '!':
                j += 1
            if j < len(pat) and pat[j] == ']':
                j += 1
            while j < len(pat) and pat[j] != ']':
                j += 1
            if j >= len(pat):
                out += '\\['
            else:
                stuff = pat[i:j].replace('\\', '\\\\').replace('[', '\\[')
                i = j + 1
                if stuff[0] == '!':
                    stuff = '^' + stuff[1:]
                elif stuff[:1] in '^[':
                    stuff = '\\' + stuff
                out += '[' + stuff + ']'
        else:
            out += _re.escape(c)
    return '(?s:' + out + ')\\Z'

def fnmatchcase(name, pat): return _re.match(translate(pat), name) is not None
fnmatch = fnmatchcase
def filter(names, pat):
    match = _re.compile(translate(pat)).match
    return [name for name in names if match(name)]
` });

registerModule("glob", { source: String.raw`
import os as _os, fnmatch as _fnmatch

def has_magic(s): return any(c in s for c in '*?[')
def escape(pathname): return ''.join('[' + c + ']' if c in '*?[' else c for c in pathname)

def _names(folder, only_dirs=False):
    try:
        with _os.scandir(folder or '.') as entries:
            return [e.name for e in entries if not only_dirs or e.is_dir()]
    except OSError:
        return []

def _expand(base, parts, recursive, hidden):
    if not parts:
        yield base
        return
    part, rest = parts[0], parts[1:]
    if part == '**' and recursive:
        yield from _expand(base, rest, recursive, hidden) if rest else ([base] if base else [])
        for name in _names(base, bool(rest)):
            if name.startswith('.') and not hidden:
                continue
            path = _os.path.join(base, name)
            if _os.path.isdir(path) and not _os.path.islink(path):
                yield from _expand(path, parts, recursive, hidden)
            elif not rest:
                yield path
        return
    if not has_magic(part):
        path = _os.path.join(base, part)
        if part == '':
            if _os.path.isdir(base):
                yield path
        elif _os.path.lexists(path):
            yield from _expand(path, rest, recursive, hidden)
        return
    names = _names(base, bool(rest))
    if not part.startswith('.') and not hidden:
        names = [n for n in names if not n.startswith('.')]
    for name in _fnmatch.filter(names, part):
        yield from _expand(_os.path.join(base, name), rest, recursive, hidden)

def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    absolute = pathname.startswith('/')
    parts = pathname.lstrip('/').split('/') if absolute else pathname.split('/')
    if root_dir is not None and not absolute:
        prefix = _os.path.join(root_dir, '')
        return (p[len(prefix):] for p in _expand(root_dir, parts, recursive, include_hidden) if p != root_dir)
    return _expand('/' if absolute else '', parts, recursive, include_hidden)

def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))
` });

registerModule("shlex", { source: String.raw`
import re as _re

def split(s, comments=False, posix=True):
    if s is None:
        raise ValueError("s argument must not be None")
    out = []
    word = None
    i = 0
    while i < len(s):
        c = s[i]
        i += 1
        if c in ' \t\r\n':
            if word is not None:
                out.append(word)
                word = None
        elif comments and c == '#':
            while i < len(s) and s[i] != '\n':
                i += 1
        elif c == "'":
            end = s.find("'", i)
            if end < 0:
                raise ValueError('No closing quotation')
            word = (word or '') + s[i:end]
            i = end + 1
        elif c == '"':
            word = word or ''
            while True:
                if i >= len(s):
                    raise ValueError('No closing quotation')
                d = s[i]
                i += 1
                if d == '"':
                    break
                if d == '\\':
                    if i >= len(s):
                        raise ValueError('No escaped character')
                    if s[i] in '"\\':
                        d = s[i]
                        i += 1
                word += d
        elif c == '\\':
            if i >= len(s):
                raise ValueError('No escaped character')
            word = (word or '') + s[i]
            i += 1
        else:
            word = (word or '') + c
    if word is not None:
        out.append(word)
    return out

_unsafe = _re.compile(r'[^\w@%+=:,./-]', _re.ASCII)

def quote(s):
    if not s:
        return "''"
    if _unsafe.search(s) is None:
        return s
    return "'%s'" % '\'"\'"\''.join(s.split("'"))

def join(split_command): return ' '.join(map(quote, split_command))
` });
