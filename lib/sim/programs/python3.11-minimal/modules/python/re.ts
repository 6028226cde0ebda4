// re, in Python on _regex (modules/regex.ts): the parser of patterns and what matches give. One module, so one text.

import { registerModule } from "../registry.ts";

registerModule("re", { source: String.raw`
import _regex
import enum as _enum

class RegexFlag(_enum.IntFlag):
    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    DEBUG = 128
    def __repr__(self):
        value = int(self)
        names = ['re.' + f.name for f in RegexFlag if f.name != 'NOFLAG' and value & int(f)]
        return '|'.join(names) or 're.NOFLAG'
    __str__ = __repr__

NOFLAG = RegexFlag.NOFLAG
A = ASCII = RegexFlag.ASCII
I = IGNORECASE = RegexFlag.IGNORECASE
L = LOCALE = RegexFlag.LOCALE
U = UNICODE = RegexFlag.UNICODE
M = MULTILINE = RegexFlag.MULTILINE
S = DOTALL = RegexFlag.DOTALL
X = VERBOSE = RegexFlag.VERBOSE
DEBUG = RegexFlag.DEBUG

class error(Exception):
    __module__ = 're'
    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        if pattern is not None and pos is not None:
            newline = '\n' if isinstance(pattern, str) else b'\n'
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            text = '%s at position %d' % (msg, pos)
            if newline in pattern:
                text = '%s (line %d, column %d)' % (text, self.lineno, self.colno)
            super().__init__(text)
        else:
            self.lineno = self.colno = None
            super().__init__(msg)

def _check(p):
    depth = []
    i = 0
    n = len(p)
    repeatable = False
    last_repeat = -1
    while i < n:
        c = p[i]
        if c == '\\':
            if i + 1 >= n:
                raise error('bad escape (end of pattern)', p, i)
            d = p[i + 1]
            if d.isalpha() and d.isascii() and d not in 'AbBdDsSwWZabfnrtvxuUN':
                raise error('bad escape \\' + d, p, i)
            i += 2
            repeatable = True
            continue
        if c == '[':
            start = i
            i += 1
            if i < n and p[i] == '^':
                i += 1
            first = True
            while True:
                if i >= n:
                    raise error('unterminated character set', p, start)
                if p[i] == ']' and not first:
                    break
                first = False
                lo_at = i
                if p[i] == '\\':
                    i += 1
                lo = p[i] if i < n else ''
                i += 1
                if i + 1 < n and p[i] == '-' and p[i + 1] != ']' and p[i + 1] != '\\' and p[lo_at] != '\\' and lo > p[i + 1]:
                    raise error('bad character range %s-%s' % (lo, p[i + 1]), p, lo_at)
            repeatable = True
        elif c == '(':
            depth.append(i)
            repeatable = False
            if p.startswith('(?', i):
                rest = p[i + 2:i + 3]
                if rest == '#':
                    end = p.find(')', i)
                    if end < 0:
                        raise error('missing ), unterminated comment', p, i)
                    depth.pop()
                    i = end
                elif rest == 'P':
                    kind = p[i + 3:i + 4]
                    if kind not in ('<', '=', '>'):
                        raise error('unknown extension ?P' + kind, p, i + 1)
                    if kind == '<':
                        end = p.find('>', i)
                        name = p[i + 4:end] if end >= 0 else ''
                        if end < 0:
                            raise error('missing >, unterminated name', p, i + 4)
                        if not name.isidentifier():
                            raise error('bad character in group name %r' % name if name else 'missing group name', p, i + 4)
                        i = end
                elif rest == '<':
                    if p[i + 3:i + 4] not in ('=', '!'):
                        raise error('unknown extension ?<' + p[i + 3:i + 4], p, i + 1)
                    i += 3
                elif rest in (':', '=', '!', '>', '(') and rest:
                    i += 2
                    if rest == '(':
                        end = p.find(')', i)
                        i = end if end >= 0 else n
                elif rest and rest in 'aiLmsux-':
                    end = i + 2
                    while end < n and p[end] not in ':)':
                        end += 1
                    if end < n and p[end] == ')':
                        depth.pop()
                    i = end
                else:
                    raise error('unknown extension ?' + rest, p, i + 1)
        elif c == ')':
            if not depth:
                raise error('unbalanced parenthesis', p, i)
            depth.pop()
            repeatable = True
        elif c in '*+?':
            if last_repeat >= 0 and last_repeat == i - 1:
                if c != '?' and c != '+':
                    raise error('multiple repeat', p, i)
                if last_repeat > 0 and p[i - 1] in '?+' and repeatable == 'done':
                    raise error('multiple repeat', p, i)
                repeatable = 'done'
                last_repeat = i
            else:
                if not repeatable:
                    raise error('nothing to repeat', p, i)
                last_repeat = i
        elif c == '|':
            repeatable = False
        elif c == '{':
            end = p.find('}', i)
            body = p[i + 1:end] if end > 0 else ''
            if body and body != ',' and all(x.isdigit() or x == '' for x in body.split(',')) and body.count(',') <= 1:
                lo, _, hi = body.partition(',')
                if lo and hi and int(lo) > int(hi):
                    raise error('min repeat greater than max repeat', p, i + 1)
                if not repeatable:
                    raise error('nothing to repeat', p, i)
                i = end
                last_repeat = i
            else:
                repeatable = True
        elif c != '^':
            repeatable = True
        i += 1
    if depth:
        raise error('missing ), unterminated subpattern', p, depth[-1])

class Match:
    __module__ = 're'
    def __init__(self, pattern, string, text, spans, pos, endpos):
        self.re = pattern
        self.string = string
        self._text = text
        self._spans = spans
        self.pos = pos
        self.endpos = endpos
    def _index(self, group):
        if isinstance(group, str):
            if group not in self.re.groupindex:
                raise IndexError('no such group')
            return self.re.groupindex[group]
        try:
            number = group.__index__()
        except AttributeError:
            raise IndexError('no such group') from None
        if number < 0 or number > self.re.groups:
            raise IndexError('no such group')
        return number
    def span(self, group=0, /):
        n = self._index(group)
        return (self._spans[2 * n], self._spans[2 * n + 1])
    def start(self, group=0, /):
        return self.span(group)[0]
    def end(self, group=0, /):
        return self.span(group)[1]
    def _one(self, group, default=None):
        a, b = self.span(group)
        return default if a < 0 else self.string[a:b]
    def group(self, *groups):
        if not groups:
            return self._one(0)
        if len(groups) == 1:
            return self._one(groups[0])
        return tuple([self._one(g) for g in groups])
    def __getitem__(self, group):
        return self._one(group)
    def groups(self, default=None):
        return tuple([self._one(g, default) for g in range(1, self.re.groups + 1)])
    def groupdict(self, default=None):
        return {name: self._one(number, default) for name, number in self.re.groupindex.items()}
    @property
    def lastindex(self):
        best = None
        end = -1
        for g in range(1, self.re.groups + 1):
            a, b = self.span(g)
            if a >= 0 and b > end:
                best = g
                end = b
        return best
    @property
    def lastgroup(self):
        last = self.lastindex
        for name, number in self.re.groupindex.items():
            if number == last:
                return name
        return None
    @property
    def regs(self):
        return tuple([self.span(g) for g in range(self.re.groups + 1)])
    def expand(self, template):
        return _expand(_template(self.re, template), self)
    def __repr__(self):
        return '<re.Match object; span=%r, match=%s>' % (self.span(), repr(self.group())[:50])
    def __copy__(self):
        return self
    def __deepcopy__(self, memo):
        return self

def _template(pattern, template):
    is_bytes = isinstance(template, (bytes, bytearray))
    t = template.decode('latin-1') if is_bytes else template
    parts = []
    literal = ''
    i = 0
    escapes = {'n': '\n', 't': '\t', 'r': '\r', 'f': '\f', 'v': '\v', 'a': '\a', 'b': '\b', '\\': '\\'}
    while i < len(t):
        c = t[i]
        if c != '\\':
            literal += c
            i += 1
            continue
        if i + 1 >= len(t):
            raise error('bad escape (end of pattern)', t, i)
        d = t[i + 1]
        if d == 'g':
            if t[i + 2:i + 3] != '<':
                raise error('missing <', t, i + 2)
            end = t.find('>', i)
            if end < 0:
                raise error('missing >, unterminated name', t, i + 3)
            name = t[i + 3:end]
            if not name:
                raise error('missing group name', t, i + 3)
            if name.isdigit():
                number = int(name)
                if number > pattern.groups:
                    raise error('invalid group reference %d' % number, t, i + 3)
            elif name.isidentifier():
                if name not in pattern.groupindex:
                    raise IndexError('unknown group name %r' % name)
                number = pattern.groupindex[name]
            else:
                raise error('bad character in group name %r' % name, t, i + 3)
            parts.append(literal)
            literal = ''
            parts.append(number)
            i = end + 1
        elif d.isdigit():
            digits = d
            if d == '0':
                digits = ''
                j = i + 1
                while j < len(t) and len(digits) < 3 and t[j] in '01234567':
                    digits += t[j]
                    j += 1
                literal += chr(int(digits, 8) & 255)
                i = j
                continue
            j = i + 2
            if j < len(t) and t[j].isdigit():
                digits += t[j]
                j += 1
            number = int(digits)
            if number > pattern.groups:
                raise error('invalid group reference %d' % number, t, i + 1)
            parts.append(literal)
            literal = ''
            parts.append(number)
            i = j
        elif d in escapes:
            literal += escapes[d]
            i += 2
        elif d.isalpha() and d.isascii():
            raise error('bad escape \\' + d, t, i)
        else:
            literal += '\\' + d
            i += 2
    parts.append(literal)
    if is_bytes:
        parts = [p.encode('latin-1') if isinstance(p, str) else p for p in parts]
    return parts

def _expand(parts, match):
    out = []
    for p in parts:
        if isinstance(p, int):
            g = match._one(p)
            if g is not None:
                out.append(g)
        elif p:
            out.append(p)
    return (b'' if isinstance(match.string, (bytes, bytearray)) else '').join(out)

class Pattern:
    __module__ = 're'
    def __init__(self, pattern, flags):
        self.pattern = pattern
        self._bytes = isinstance(pattern, (bytes, bytearray))
        self._source = pattern.decode('latin-1') if self._bytes else pattern
        flags = int(flags)
        source = self._source
        if source.startswith('(?') and source[2:3].isalpha() and source[2] != 'P':
            end = source.find(')')
            letters = source[2:end]
            if letters and all(c in 'aiLmsux' for c in letters):
                for c in letters:
                    flags |= {'a': 256, 'i': 2, 'L': 4, 'm': 8, 's': 16, 'u': 32, 'x': 64}[c]
                source = source[end + 1:]
        self._body = source
        self._letters = ('i' if flags & 2 else '') + ('m' if flags & 8 else '') + ('s' if flags & 16 else '') + ('x' if flags & 64 else '')
        if not flags & 64:
            _check(self._source)
        try:
            self.groups, self.groupindex = _regex.facts(source, self._letters)
        except ValueError as e:
            raise error(str(e), pattern, 0) from None
        self.flags = flags if self._bytes or flags & 256 else flags | 32
    def _text(self, string):
        if self._bytes:
            if isinstance(string, str):
                raise TypeError('cannot use a bytes pattern on a string-like object')
            return bytes(string).decode('latin-1')
        if not isinstance(string, str):
            if isinstance(string, (bytes, bytearray)):
                raise TypeError('cannot use a string pattern on a bytes-like object')
            raise TypeError("expected string or bytes-like object, got %r" % type(string).__name__)
        return string
    def _at(self, string, text, pos, endpos, mode):
        n = len(text)
        endpos = n if endpos is None else max(0, min(n, endpos))
        pos = max(0, min(n, pos))
        if pos > endpos:
            return None
        spans = _regex.search(self._body, self._letters, text, pos, endpos, mode)
        if spans is None:
            return None
        return Match(self, string, text, spans, pos, endpos)
    def search(self, string, pos=0, endpos=None):
        return self._at(string, self._text(string), pos, endpos, 'search')
    def match(self, string, pos=0, endpos=None):
        return self._at(string, self._text(string), pos, endpos, 'match')
    def fullmatch(self, string, pos=0, endpos=None):
        return self._at(string, self._text(string), pos, endpos, 'full')
    def finditer(self, string, pos=0, endpos=None):
        text = self._text(string)
        return self._finditer(string, text, pos, endpos)
    def _finditer(self, string, text, pos=0, endpos=None):
        end = len(text) if endpos is None else min(len(text), endpos)
        barred = -1
        while pos <= end:
            m = self._at(string, text, pos, endpos, 'search')
            if m is None:
                return
            a, b = m.span()
            if a == b == barred:
                # Where nothing was matched, nothing is not matched again.
                pos += 1
                continue
            yield m
            pos = b
            barred = b if a == b else -1
    def findall(self, string, pos=0, endpos=None):
        out = []
        empty = b'' if self._bytes else ''
        for m in self.finditer(string, pos, endpos):
            if self.groups == 0:
                out.append(m.group())
            elif self.groups == 1:
                out.append(m._one(1, empty))
            else:
                out.append(m.groups(empty))
        return out
    def split(self, string, maxsplit=0):
        text = self._text(string)
        out = []
        last = 0
        for m in self._finditer(string, text):
            if maxsplit and len(out) >= maxsplit * (1 + self.groups):
                break
            a, b = m.span()
            out.append(string[last:a])
            out.extend(m.groups())
            last = b
        out.append(string[last:])
        return out
    def subn(self, repl, string, count=0):
        text = self._text(string)
        if not callable(repl):
            parts = _template(self, repl)
        out = []
        last = 0
        n = 0
        for m in self._finditer(string, text):
            if count and n >= count:
                break
            a, b = m.span()
            out.append(string[last:a])
            out.append(repl(m) if callable(repl) else _expand(parts, m))
            last = b
            n += 1
        out.append(string[last:])
        return ((b'' if self._bytes else '').join(out), n)
    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]
    def scanner(self, string, pos=0, endpos=None):
        return self.finditer(string, pos, endpos)
    def __repr__(self):
        names = []
        flags = self.flags & ~32
        for bit, name in ((2, 're.IGNORECASE'), (4, 're.LOCALE'), (8, 're.MULTILINE'), (16, 're.DOTALL'), (64, 're.VERBOSE'), (128, 're.DEBUG'), (256, 're.ASCII')):
            if flags & bit:
                names.append(name)
        text = repr(self.pattern)[:200]
        return 're.compile(%s%s)' % (text, ', ' + '|'.join(names) if names else '')
    def __eq__(self, other):
        return isinstance(other, Pattern) and self.pattern == other.pattern and self.flags == other.flags
    def __hash__(self):
        return hash((self.pattern, self.flags))
    def __copy__(self):
        return self
    def __deepcopy__(self, memo):
        return self

_cache = {}

def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError('cannot process flags argument with a compiled pattern')
        return pattern
    if not isinstance(pattern, (str, bytes, bytearray)):
        raise TypeError('first argument must be string or compiled pattern')
    key = (pattern, int(flags), type(pattern))
    found = _cache.get(key)
    if found is None:
        found = Pattern(pattern, flags)
        if len(_cache) > 256:
            _cache.clear()
        _cache[key] = found
    return found

def match(pattern, string, flags=0): return compile(pattern, flags).match(string)
def fullmatch(pattern, string, flags=0): return compile(pattern, flags).fullmatch(string)
def search(pattern, string, flags=0): return compile(pattern, flags).search(string)
def sub(pattern, repl, string, count=0, flags=0): return compile(pattern, flags).sub(repl, string, count)
def subn(pattern, repl, string, count=0, flags=0): return compile(pattern, flags).subn(repl, string, count)
def split(pattern, string, maxsplit=0, flags=0): return compile(pattern, flags).split(string, maxsplit)
def findall(pattern, string, flags=0): return compile(pattern, flags).findall(string)
def finditer(pattern, string, flags=0): return compile(pattern, flags).finditer(string)
def purge(): _cache.clear()
template = compile

_special = {i: '\\' + chr(i) for i in b'()[]{}?*+-|^$\\.&~# \t\n\r\v\f'}

def escape(pattern):
    if isinstance(pattern, str):
        return pattern.translate(_special)
    return str(pattern, 'latin1').translate(_special).encode('latin1')
` });
