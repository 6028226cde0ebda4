// string and textwrap, in Python.

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
