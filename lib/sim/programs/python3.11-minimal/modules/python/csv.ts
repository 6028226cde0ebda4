// csv and pprint, in Python.

import { registerModule } from "../registry.ts";

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
