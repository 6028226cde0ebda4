// json, in Python.

import { registerModule } from "../registry.ts";

registerModule("json", { isPackage: true, source: String.raw`
import re as _re

class JSONDecodeError(ValueError):
    __module__ = 'json.decoder'
    def __init__(self, msg, doc, pos):
        before = doc[:pos].split('\n')
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, len(before), len(before[-1]) + 1
        super().__init__(f'{msg}: line {self.lineno} column {self.colno} (char {pos})')

_ESCAPES = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\b': '\\b'}

def _quote(s, ensure_ascii):
    out = ['"']
    for c in s:
        e = _ESCAPES.get(c)
        if e is not None:
            out.append(e)
        elif c < ' ':
            out.append('\\u%04x' % ord(c))
        elif ensure_ascii and c > '~':
            n = ord(c)
            if n < 0x10000:
                out.append('\\u%04x' % n)
            else:
                n -= 0x10000
                out.append('\\u%04x\\u%04x' % (0xd800 | (n >> 10), 0xdc00 | (n & 0x3ff)))
        else:
            out.append(c)
    out.append('"')
    return ''.join(out)

class JSONEncoder:
    item_separator = ', '
    key_separator = ': '
    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None, separators=None, default=None):
        self.skipkeys, self.ensure_ascii, self.check_circular, self.allow_nan, self.sort_keys, self.indent = skipkeys, ensure_ascii, check_circular, allow_nan, sort_keys, indent
        if separators is not None:
            self.item_separator, self.key_separator = tuple(separators)
        elif indent is not None:
            self.item_separator = ','
        if default is not None:
            self.default = default
    def default(self, o):
        raise TypeError(f'Object of type {o.__class__.__name__} is not JSON serializable')
    def encode(self, o):
        return ''.join(self._parts(o, 0, set()))
    def iterencode(self, o, _one_shot=False):
        return iter(self._parts(o, 0, set()))
    def _float(self, o):
        if o != o:
            text = 'NaN'
        elif o == float('inf'):
            text = 'Infinity'
        elif o == -float('inf'):
            text = '-Infinity'
        else:
            return float.__repr__(o)
        if not self.allow_nan:
            raise ValueError('Out of range float values are not JSON compliant')
        return text
    def _key(self, key):
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return self._float(key)
        if key is True:
            return 'true'
        if key is False:
            return 'false'
        if key is None:
            return 'null'
        if isinstance(key, int):
            return int.__repr__(key)
        if self.skipkeys:
            return None
        raise TypeError(f'keys must be str, int, float, bool or None, not {key.__class__.__name__}')
    def _parts(self, o, level, seen):
        if isinstance(o, str):
            return [_quote(o, self.ensure_ascii)]
        if o is None:
            return ['null']
        if o is True:
            return ['true']
        if o is False:
            return ['false']
        if isinstance(o, int):
            return [int.__repr__(o)]
        if isinstance(o, float):
            return [self._float(o)]
        if id(o) in seen:
            raise ValueError('Circular reference detected')
        indent = self.indent
        if indent is not None and not isinstance(indent, str):
            indent = ' ' * indent
        newline = '' if indent is None else '\n' + indent * (level + 1)
        end = '' if indent is None else '\n' + indent * level
        if isinstance(o, (list, tuple)):
            if not o:
                return ['[]']
            seen.add(id(o))
            out = ['[']
            first = True
            for item in o:
                out.append(newline if first else self.item_separator + newline)
                first = False
                out.extend(self._parts(item, level + 1, seen))
            out.append(end + ']')
            seen.discard(id(o))
            return out
        if isinstance(o, dict):
            if not o:
                return ['{}']
            seen.add(id(o))
            out = ['{']
            first = True
            items = sorted(o.items()) if self.sort_keys else o.items()
            for key, value in items:
                name = self._key(key)
                if name is None:
                    continue
                out.append(newline if first else self.item_separator + newline)
                first = False
                out.append(_quote(name, self.ensure_ascii) + self.key_separator)
                out.extend(self._parts(value, level + 1, seen))
            out.append(end + '}')
            seen.discard(id(o))
            return out
        seen.add(id(o))
        out = self._parts(self.default(o), level, seen)
        seen.discard(id(o))
        return out

def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw):
    return (cls or JSONEncoder)(skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular, allow_nan=allow_nan, indent=indent, separators=separators, default=default, sort_keys=sort_keys, **kw).encode(obj)

def dump(obj, fp, **kw):
    fp.write(dumps(obj, **kw))

_NUMBER = _re.compile(r'(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?')
_BLANK = _re.compile(r'[ \t\n\r]*')
_CHUNK = _re.compile(r'[^"\\\x00-\x1f]*')
_BACK = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

class JSONDecoder:
    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None):
        self.object_hook, self.parse_float, self.parse_int = object_hook, parse_float or float, parse_int or int
        self.parse_constant = parse_constant or {'NaN': float('nan'), 'Infinity': float('inf'), '-Infinity': -float('inf')}.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook
    def decode(self, s):
        obj, end = self.raw_decode(s, _BLANK.match(s).end())
        end = _BLANK.match(s, end).end()
        if end != len(s):
            raise JSONDecodeError('Extra data', s, end)
        return obj
    def raw_decode(self, s, idx=0):
        return self._value(s, idx)
    def _string(self, s, at):
        begin = at - 1
        out = []
        while True:
            m = _CHUNK.match(s, at)
            out.append(m.group())
            at = m.end()
            if at >= len(s):
                raise JSONDecodeError('Unterminated string starting at', s, begin)
            c = s[at]
            if c == '"':
                return ''.join(out), at + 1
            if c != '\\':
                if self.strict:
                    raise JSONDecodeError('Invalid control character at', s, at)
                out.append(c)
                at += 1
                continue
            if at + 1 >= len(s):
                raise JSONDecodeError('Unterminated string starting at', s, begin)
            e = s[at + 1]
            if e != 'u':
                if e not in _BACK:
                    raise JSONDecodeError('Invalid \\escape', s, at)
                out.append(_BACK[e])
                at += 2
                continue
            n = self._hex(s, at + 1)
            at += 6
            if 0xd800 <= n <= 0xdbff and s[at:at + 2] == '\\u':
                low = self._hex(s, at + 1)
                if 0xdc00 <= low <= 0xdfff:
                    n = 0x10000 + ((n - 0xd800) << 10 | (low - 0xdc00))
                    at += 6
            out.append(chr(n))
    def _hex(self, s, at):
        digits = s[at + 1:at + 5]
        if len(digits) == 4 and digits[1] not in 'xX':
            try:
                return int(digits, 16)
            except ValueError:
                pass
        raise JSONDecodeError('Invalid \\uXXXX escape', s, at)
    def _value(self, s, at):
        c = s[at:at + 1]
        if c == '"':
            return self._string(s, at + 1)
        if c == '{':
            return self._object(s, at + 1)
        if c == '[':
            return self._array(s, at + 1)
        if c == 'n' and s.startswith('null', at):
            return None, at + 4
        if c == 't' and s.startswith('true', at):
            return True, at + 4
        if c == 'f' and s.startswith('false', at):
            return False, at + 5
        m = _NUMBER.match(s, at) if c else None
        if m is not None:
            whole, fraction, exponent = m.groups()
            if fraction or exponent:
                return self.parse_float(whole + (fraction or '') + (exponent or '')), m.end()
            return self.parse_int(whole), m.end()
        for word in ('NaN', 'Infinity', '-Infinity'):
            if s.startswith(word, at):
                return self.parse_constant(word), at + len(word)
        raise JSONDecodeError('Expecting value', s, at)
    def _array(self, s, at):
        out = []
        at = _BLANK.match(s, at).end()
        if s[at:at + 1] == ']':
            return out, at + 1
        while True:
            value, at = self._value(s, at)
            out.append(value)
            at = _BLANK.match(s, at).end()
            c = s[at:at + 1]
            if c == ']':
                return out, at + 1
            if c != ',':
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            at = _BLANK.match(s, at + 1).end()
    def _object(self, s, at):
        pairs = []
        at = _BLANK.match(s, at).end()
        c = s[at:at + 1]
        if c == '}':
            at += 1
        else:
            if c != '"':
                raise JSONDecodeError('Expecting property name enclosed in double quotes', s, at)
            while True:
                key, at = self._string(s, at + 1)
                at = _BLANK.match(s, at).end()
                if s[at:at + 1] != ':':
                    raise JSONDecodeError("Expecting ':' delimiter", s, at)
                at = _BLANK.match(s, at + 1).end()
                value, at = self._value(s, at)
                pairs.append((key, value))
                at = _BLANK.match(s, at).end()
                c = s[at:at + 1]
                if c == '}':
                    at += 1
                    break
                if c != ',':
                    raise JSONDecodeError("Expecting ',' delimiter", s, at)
                at = _BLANK.match(s, at + 1).end()
                if s[at:at + 1] != '"':
                    raise JSONDecodeError('Expecting property name enclosed in double quotes', s, at)
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs), at
        made = dict(pairs)
        if self.object_hook is not None:
            made = self.object_hook(made)
        return made, at

def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw):
    if isinstance(s, str):
        if s.startswith('\ufeff'):
            raise JSONDecodeError('Unexpected UTF-8 BOM (decode using utf-8-sig)', s, 0)
    elif isinstance(s, (bytes, bytearray)):
        s = s.decode('utf-8')
    else:
        raise TypeError(f'the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}')
    return (cls or JSONDecoder)(object_hook=object_hook, parse_float=parse_float, parse_int=parse_int, parse_constant=parse_constant, object_pairs_hook=object_pairs_hook, **kw).decode(s)

def load(fp, **kw):
    return loads(fp.read(), **kw)
` });

registerModule("json.decoder", { source: "from json import JSONDecodeError, JSONDecoder\n" });
registerModule("json.encoder", { source: "from json import JSONEncoder\n" });
registerModule("json.tool", { source: String.raw`
import json, sys

def __main_function__():
    import argparse
    parser = argparse.ArgumentParser(prog='python -m json.tool', description='Reads JSON and prints it anew.')
    parser.add_argument('infile', nargs='?', default='-')
    parser.add_argument('outfile', nargs='?')
    parser.add_argument('--sort-keys', action='store_true')
    parser.add_argument('--no-ensure-ascii', dest='ensure_ascii', action='store_false')
    parser.add_argument('--json-lines', action='store_true')
    group = parser.add_mutually_exclusive_group()
    group.add_argument('--indent', default=4, type=int)
    group.add_argument('--tab', action='store_const', dest='indent', const='\t')
    group.add_argument('--no-indent', action='store_const', dest='indent', const=None)
    group.add_argument('--compact', action='store_true')
    options = parser.parse_args()
    kw = {'sort_keys': options.sort_keys, 'ensure_ascii': options.ensure_ascii, 'indent': options.indent}
    if options.compact:
        kw['indent'] = None
        kw['separators'] = ',', ':'
    source = sys.stdin if options.infile == '-' else open(options.infile, encoding='utf-8')
    try:
        text = source.read()
        objects = [json.loads(line) for line in text.splitlines()] if options.json_lines else [json.loads(text)]
        out = open(options.outfile, 'w', encoding='utf-8') if options.outfile else sys.stdout
        for o in objects:
            out.write(json.dumps(o, **kw) + '\n')
        if options.outfile:
            out.close()
    except ValueError as e:
        raise SystemExit(e)
` });
