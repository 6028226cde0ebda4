// string, textwrap, fnmatch, glob, shlex, csv, pprint and other modules about texts, in Python.

import { registerModule } from "../registry.ts";

registerModule("string", { source: String.raw`
import re as _re
whitespace = ' \t\n\r\v\f'
ascii_lowercase, ascii_uppercase = [''.join(map(chr, range(first, first + 26))) for first in b'aA']
ascii_letters, digits, octdigits = ascii_lowercase + ascii_uppercase, ''.join(map(str, range(10))), ''.join(map(str, range(8)))
hexdigits = digits + ascii_lowercase[:6] + ascii_uppercase[:6]
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_` + "`" + String.raw`{|}~"""
printable = ''.join([digits, ascii_letters, punctuation, whitespace])

def capwords(s, sep=None): return (sep or ' ').join([word.capitalize() for word in s.split(sep)])

class Template:
    delimiter = '$'
    idpattern = '[_a-zA-Z][_a-zA-Z0-9]*'
    def __init__(self, template): self.template = template
    def _fill(self, mapping, safe):
        d = _re.escape(self.delimiter)
        pattern = _re.compile(d + '(?:(?P<escaped>' + d + ')|(?P<named>' + self.idpattern + ')|{(?P<braced>' + self.idpattern + ')}|(?P<invalid>))')
        def convert(m):
            name = m.group('named') or m.group('braced')
            if name is not None:
                if safe and name not in mapping:
                    return m.group()
                return str(mapping[name])
            if m.group('escaped') is not None:
                return self.delimiter
            if safe:
                return m.group()
            at = m.start('invalid')
            lines = self.template[:at].splitlines(keepends=True)
            raise ValueError('Invalid placeholder in string: line %d, col %d' % (len(lines) or 1, at - len(''.join(lines[:-1]))))
        return pattern.sub(convert, self.template)
    def substitute(self, mapping={}, /, **kws):
        return self._fill({**mapping, **kws}, False)
    def safe_substitute(self, mapping={}, /, **kws):
        return self._fill({**mapping, **kws}, True)

class Formatter:
    def format(self, format_string, /, *args, **kwargs): return format_string.format(*args, **kwargs)
    def vformat(self, format_string, args, kwargs): return format_string.format(*args, **kwargs)
` });

registerModule("textwrap", { source: String.raw`
import re as _re

_CHUNKS = _re.compile(r'(\s+|[^\s\w]*\w+[^0-9\W]-(?=\w+[^0-9\W])|(?<=[\w!"\'&.,?])-{2,}(?=\w))')

_BLANKS = _re.compile(r'(\s+)')

class TextWrapper:
    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True, fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None, placeholder=' [...]'):
        given = dict(locals())
        del given['self']
        vars(self).update(given)
    def _pieces(self, text):
        text = text.expandtabs(self.tabsize) if self.expand_tabs else text
        if self.replace_whitespace:
            text = _re.sub('[\t\n\v\f\r]', ' ', text)
        pieces = [piece for piece in (_CHUNKS if self.break_on_hyphens else _BLANKS).split(text) if piece]
        for at in range(len(pieces) - 1) if self.fix_sentence_endings else ():
            if pieces[at + 1] == ' ' and _re.search(r'[a-z][.!?]["\']?$', pieces[at]):
                pieces[at + 1] = '  '
        return pieces
    # Takes what goes on one line out of the pieces; a word that is longer than a whole line is broken, or stands alone.
    def _take(self, pieces, room, later):
        if later and self.drop_whitespace and not pieces[0].strip():
            pieces.pop(0)
        line, used = [], 0
        while pieces and used + len(pieces[0]) <= room:
            used += len(pieces[0])
            line.append(pieces.pop(0))
        if pieces and len(pieces[0]) > room:
            free = max(room - used, 0) if room > 0 else 1
            if self.break_long_words:
                line.append(pieces[0][:free])
                pieces[0] = pieces[0][free:]
            elif not line:
                line.append(pieces.pop(0))
        if line and self.drop_whitespace and not line[-1].strip():
            line.pop()
        return line
    # The last line that is allowed: as much of it as leaves room for the placeholder.
    def _cut(self, lines, line, indent, room):
        while line:
            if line[-1].strip() and len(''.join(line)) + len(self.placeholder) <= room:
                return lines.append(''.join([indent, *line, self.placeholder]))
            line.pop()
        last = lines[-1].rstrip() if lines else None
        if last is not None and len(last) + len(self.placeholder) <= self.width:
            lines[-1] = last + self.placeholder
        else:
            lines.append(indent + self.placeholder.lstrip())
    def wrap(self, text):
        if self.width <= 0:
            raise ValueError(f'invalid width {self.width!r} (must be > 0)')
        first = self.subsequent_indent if self.max_lines is not None and self.max_lines > 1 else self.initial_indent
        if self.max_lines is not None and len(first) + len(self.placeholder.lstrip()) > self.width:
            raise ValueError('placeholder too large for max width')
        lines, pieces = [], self._pieces(text)
        while pieces:
            indent = (self.subsequent_indent if lines else self.initial_indent)
            room = self.width - len(indent)
            line = self._take(pieces, room, bool(lines))
            if not line:
                continue
            at_end = not pieces or self.drop_whitespace and len(pieces) == 1 and not pieces[0].strip()
            if self.max_lines is None or len(lines) + 1 < self.max_lines or at_end and len(''.join(line)) <= room:
                lines.append(indent + ''.join(line))
            else:
                self._cut(lines, line, indent, room)
                break
        return lines
    def fill(self, text): return '\n'.join(self.wrap(text))

def wrap(text, width=70, **kwargs): return TextWrapper(width=width, **kwargs).wrap(text)
def fill(text, width=70, **kwargs): return TextWrapper(width=width, **kwargs).fill(text)
def shorten(text, width, **kwargs): return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))

def dedent(text):
    lines = [line if line.strip() else '' for line in text.split('\n')]
    margin = None
    for line in lines:
        if not line:
            continue
        indent = line[:len(line) - len(line.lstrip(' \t'))]
        if margin is None:
            margin = indent
        else:
            n = 0
            while n < len(margin) and n < len(indent) and margin[n] == indent[n]:
                n += 1
            margin = margin[:n]
    margin = margin or ''
    return '\n'.join(line[len(margin):] if line else line for line in lines)

def indent(text, prefix, predicate=str.strip): return ''.join([(prefix if (predicate or str.strip)(line) else '') + line for line in text.splitlines(True)])
` });

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

registerModule("csv", { source: String.raw`
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)

class Error(Exception):
    __module__ = '_csv'

class Dialect:
    delimiter = ','
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = '\r\n'
    quoting = QUOTE_MINIMAL
    strict = False

class excel(Dialect): pass
class excel_tab(excel): delimiter = '\t'
class unix_dialect(Dialect): quoting, lineterminator = QUOTE_ALL, '\n'

_dialects = {'excel': excel, 'excel-tab': excel_tab, 'unix': unix_dialect}
def register_dialect(name, dialect=None, **kw): _dialects[name] = _make(dialect or excel, kw)
def get_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    return _dialects[name]
def list_dialects(): return list(_dialects)
def field_size_limit(limit=None): return 131072

def _make(dialect, kw):
    base = get_dialect(dialect) if isinstance(dialect, str) else dialect
    d = Dialect()
    for name in ('delimiter', 'quotechar', 'escapechar', 'doublequote', 'skipinitialspace', 'lineterminator', 'quoting', 'strict'):
        setattr(d, name, getattr(base, name, getattr(Dialect, name)))
    for name, value in kw.items():
        if not hasattr(Dialect, name):
            raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        setattr(d, name, value)
    if not isinstance(d.delimiter, str) or len(d.delimiter) != 1:
        raise TypeError('"delimiter" must be a 1-character string')
    return d

class _Reader:
    def __init__(self, lines, dialect, kw):
        self._lines = iter(lines)
        self.dialect = _make(dialect, kw)
        self.line_num = 0
    def __iter__(self): return self
    def __next__(self):
        d = self.dialect
        fields = []
        field = ''
        state = 'start'
        quoted = False
        while True:
            line = next(self._lines) if state != 'quoted' else next(self._lines, None)
            if line is None:
                break
            if not isinstance(line, str):
                raise Error('iterator should return strings, not %s (the file should be opened in text mode)' % type(line).__name__)
            self.line_num += 1
            i = 0
            ended = False
            while i < len(line):
                c = line[i]
                i += 1
                if state == 'quoted':
                    if d.escapechar and c == d.escapechar:
                        field += line[i:i + 1]
                        i += 1
                    elif c == d.quotechar:
                        if d.doublequote and line[i:i + 1] == d.quotechar:
                            field += c
                            i += 1
                        else:
                            state = 'field'
                    else:
                        field += c
                elif c in '\r\n':
                    ended = True
                    break
                elif c == d.delimiter:
                    fields.append(self._convert(field, quoted))
                    field = ''
                    quoted = False
                    state = 'start2'
                elif d.escapechar and c == d.escapechar:
                    field += line[i:i + 1]
                    i += 1
                    state = 'field'
                elif c == d.quotechar and d.quoting != QUOTE_NONE and state in ('start', 'start2') and field == '':
                    state = 'quoted'
                    quoted = True
                elif c == ' ' and d.skipinitialspace and state in ('start', 'start2'):
                    pass
                else:
                    field += c
                    state = 'field'
            if state != 'quoted':
                break
        if state == 'start' and not fields and field == '' and not quoted:
            return []
        fields.append(self._convert(field, quoted))
        return fields
    def _convert(self, field, quoted):
        return float(field) if self.dialect.quoting == QUOTE_NONNUMERIC and not quoted else field

def reader(csvfile, dialect='excel', **kw): return _Reader(csvfile, dialect, kw)

class _Writer:
    def __init__(self, file, dialect, kw):
        self._file = file
        self.dialect = _make(dialect, kw)
    def writerow(self, row):
        d = self.dialect
        try:
            row = list(row)
        except TypeError:
            raise Error('iterable expected, not ' + type(row).__name__) from None
        out = []
        for value in row:
            text = '' if value is None else value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value)
            special = any(c in text for c in (d.delimiter, d.quotechar or '', '\r', '\n') if c) or (d.escapechar and d.escapechar in text)
            if d.quoting == QUOTE_NONE:
                if special:
                    if not d.escapechar:
                        raise Error('need to escape, but no escapechar set')
                    text = ''.join(d.escapechar + c if c in (d.delimiter, d.quotechar, d.escapechar, '\r', '\n') else c for c in text)
            elif d.quoting == QUOTE_ALL or special or (d.quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float))) or (text == '' and len(row) == 1):
                text = d.quotechar + (text.replace(d.quotechar, d.quotechar * 2) if d.doublequote else text.replace(d.quotechar, (d.escapechar or '') + d.quotechar)) + d.quotechar
            out.append(text)
        return self._file.write(d.delimiter.join(out) + d.lineterminator)
    def writerows(self, rows):
        for row in rows:
            self.writerow(row)

def writer(csvfile, dialect='excel', **kw): return _Writer(csvfile, dialect, kw)

class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args, **kwds):
        self._fieldnames = list(fieldnames) if fieldnames is not None else None
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, **kwds)
    def __iter__(self): return self
    @property
    def line_num(self): return self.reader.line_num
    @property
    def fieldnames(self):
        self._fieldnames = next(self.reader, None) if self._fieldnames is None else self._fieldnames
        return self._fieldnames
    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        d = dict(zip(names, row))
        if len(row) > len(names):
            d[self.restkey] = row[len(names):]
        for key in names[len(row):]:
            d[key] = self.restval
        return d

class DictWriter:
    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', *args, **kwds):
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction
        self.writer = writer(f, dialect, **kwds)
    def writeheader(self): return self.writer.writerow(self.fieldnames)
    def _row(self, rowdict):
        if self.extrasaction == 'raise':
            wrong = [k for k in rowdict if k not in self.fieldnames]
            if wrong:
                raise ValueError('dict contains fields not in fieldnames: ' + ', '.join([repr(x) for x in wrong]))
        return [rowdict.get(key, self.restval) for key in self.fieldnames]
    def writerow(self, rowdict): return self.writer.writerow(self._row(rowdict))
    def writerows(self, rowdicts): self.writer.writerows(map(self._row, rowdicts))
` });

registerModule("pprint", { source: String.raw`
import sys as _sys

def _format(o, indent, width, level, allowance, sort_dicts, depth):
    text = repr(o) if not (isinstance(o, dict) and sort_dicts and type(o) is dict) else None
    if isinstance(o, dict) and type(o).__repr__ is dict.__repr__:
        try:
            items = sorted(o.items()) if sort_dicts else list(o.items())
        except TypeError:
            items = sorted(o.items(), key=lambda kv: (str(type(kv[0])), str(kv[0])))
        flat = '{' + ', '.join('%s: %s' % (repr(k), _flat(v, sort_dicts)) for k, v in items) + '}'
        if len(flat) <= width - level - allowance or not items:
            return flat
        parts = []
        for i, (k, v) in enumerate(items):
            key = repr(k) + ': '
            last = i == len(items) - 1
            parts.append(key + _format(v, indent, width, level + indent + len(key), allowance + 1 if last else 1, sort_dicts, depth))
        return '{' + ' ' * (indent - 1) + (',\n' + ' ' * (level + indent)).join(parts) + '}'
    if isinstance(o, (list, tuple, set, frozenset)) and type(o) in (list, tuple, set, frozenset):
        flat = _flat(o, sort_dicts)
        if len(flat) <= width - level - allowance or not o:
            return flat
        opening, closing = ('[', ']') if isinstance(o, list) else ('(', ')') if isinstance(o, tuple) else ('{', '}')
        items = list(o)
        if isinstance(o, (set, frozenset)):
            items = sorted(items, key=repr) if not all(isinstance(x, (int, float)) for x in items) and not all(isinstance(x, str) for x in items) else sorted(items)
        parts = []
        for i, v in enumerate(items):
            last = i == len(items) - 1
            parts.append(_format(v, indent, width, level + indent, allowance + 1 if last else 1, sort_dicts, depth))
        comma = ',' if isinstance(o, tuple) and len(items) == 1 else ''
        return opening + ' ' * (indent - 1) + (',\n' + ' ' * (level + indent)).join(parts) + comma + closing
    return text if text is not None else repr(o)

def _flat(o, sort_dicts):
    if type(o) is dict:
        try:
            items = sorted(o.items()) if sort_dicts else o.items()
        except TypeError:
            items = o.items()
        return '{' + ', '.join('%s: %s' % (_flat(k, sort_dicts), _flat(v, sort_dicts)) for k, v in items) + '}'
    if type(o) is list:
        return '[' + ', '.join(_flat(v, sort_dicts) for v in o) + ']'
    if type(o) is tuple:
        return '(' + ', '.join(_flat(v, sort_dicts) for v in o) + (',' if len(o) == 1 else '') + ')'
    return repr(o)

class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        self._indent = indent
        self._width = width
        self._stream = stream
        self._sort = sort_dicts
    def pformat(self, object): return _format(object, self._indent, self._width, 0, 0, self._sort, None)
    def pprint(self, object): (self._stream or _sys.stdout).write(self.pformat(object) + '\n')

def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, sort_dicts=sort_dicts).pformat(object)
def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, sort_dicts=sort_dicts).pprint(object)
def pp(object, *args, sort_dicts=False, **kwargs): pprint(object, *args, sort_dicts=sort_dicts, **kwargs)
def saferepr(object): return repr(object)
` });

registerModule("keyword", { source: String.raw`
kwlist = ['False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield']
softkwlist = ['_', 'case', 'match']
iskeyword, issoftkeyword = (frozenset(words).__contains__ for words in (kwlist, softkwlist))
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
