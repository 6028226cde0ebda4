// configparser, in Python.

import { registerModule } from "../registry.ts";

registerModule("configparser", { source: String.raw`
import collections.abc as _abc, re as _re, sys as _sys
DEFAULTSECT, MAX_INTERPOLATION_DEPTH = 'DEFAULT', 10

class Error(Exception):
    def __init__(self, msg=''):
        self.message = msg
        super().__init__(msg)
    def __str__(self): return self.message
    __repr__ = __str__

# Errors remember what they are about under the names of their arguments.
def _error(name, words, base=Error, message=None):
    words = words.split()
    def __init__(self, *given):
        facts = dict(zip(words, [*given, *[None] * (len(words) - len(given))]))
        vars(self).update(facts)
        Error.__init__(self, message(**facts))
        self.args = tuple(given)
    return type(name, (base,), {'__init__': __init__, '__module__': 'configparser'})

def _already(source, lineno, what):
    if source is None:
        return what[0].upper() + what[1:]
    return f'While reading from {source!r}' + (f' [line {lineno:2d}]' if lineno is not None else '') + f': {what}'

NoSectionError = _error('NoSectionError', 'section', message=lambda section: f'No section: {section!r}')
NoOptionError = _error('NoOptionError', 'option section', message=lambda option, section: f'No option {option!r} in section: {section!r}')
DuplicateSectionError = _error('DuplicateSectionError', 'section source lineno', message=lambda section, source, lineno: _already(source, lineno, f'section {section!r} already exists'))
DuplicateOptionError = _error('DuplicateOptionError', 'section option source lineno', message=lambda section, option, source, lineno: _already(source, lineno, f'option {option!r} in section {section!r} already exists'))
InterpolationError = _error('InterpolationError', 'option section msg', message=lambda option, section, msg: msg)
InterpolationSyntaxError = _error('InterpolationSyntaxError', 'option section msg', InterpolationError, lambda option, section, msg: msg)
InterpolationMissingOptionError = _error('InterpolationMissingOptionError', 'option section rawval reference', InterpolationError,
    lambda option, section, rawval, reference: f'Bad value substitution: option {option!r} in section {section!r} contains an interpolation key {reference!r} which is not a valid option name. Raw value: {rawval!r}')
InterpolationDepthError = _error('InterpolationDepthError', 'option section rawval', InterpolationError,
    lambda option, section, rawval: f'Recursion limit exceeded in value substitution: option {option!r} in section {section!r} contains an interpolation key which cannot be substituted in {MAX_INTERPOLATION_DEPTH} steps. Raw value: {rawval!r}')

class ParsingError(Error):
    def __init__(self, source):
        super().__init__(f'Source contains parsing errors: {source!r}')
        self.source, self.errors, self.args = source, [], (source,)
    def append(self, lineno, line):
        self.errors = [*self.errors, (lineno, line)]
        self.message += f'\n\t[line {lineno:2d}]: {line}'
class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        Error.__init__(self, f'File contains no section headers.\nfile: {filename!r}, line: {lineno}\n{line!r}')
        self.source, self.lineno, self.line, self.args = filename, lineno, line, (filename, lineno, line)

class Interpolation:
    def before_get(self, parser, section, option, value, defaults): return value
    def before_set(self, parser, section, option, value): return value

# %(name)s stands for the value of another option; %% for a percent sign.
class BasicInterpolation(Interpolation):
    _sign, _reference = '%', _re.compile(r'%(?:(%)|\(([^)]+)\)s)?')
    def _look(self, parser, section, path, values): return values[parser.optionxform(path)], section
    def before_get(self, parser, section, option, value, defaults): return self._expand(parser, section, option, value, defaults, value, 1) if value is not None else None
    def _expand(self, parser, section, option, text, values, raw, depth):
        if MAX_INTERPOLATION_DEPTH < depth:
            raise InterpolationDepthError(option, section, raw)
        def replace(found):
            if found[1]:
                return self._sign
            if not found[2]:
                self._refuse(option, section, text[found.start():])
            try:
                value, where = self._look(parser, section, found[2], values)
            except (NoOptionError, NoSectionError, KeyError):
                raise InterpolationMissingOptionError(option, section, raw, found[2]) from None
            if self._sign not in (value or ''):
                return value or ''
            return self._expand(parser, where, option, value, values if where == section else dict(parser.items(where, raw=True)), raw, depth + 1)
        return self._reference.sub(replace, text)
    def _refuse(self, option, section, rest):
        if rest[1:2] == '(':
            raise InterpolationSyntaxError(option, section, f'bad interpolation variable reference {rest!r}')
        raise InterpolationSyntaxError(option, section, f"'%' must be followed by '%' or '(', found: {rest!r}")
    def before_set(self, parser, section, option, value):
        left = self._reference.sub(lambda found: '' if found[1] or found[2] else self._sign, value)
        if self._sign in left:
            raise ValueError(f'invalid interpolation syntax in {value!r} at position {value.find(self._sign)}')
        return value

# ${'$'}{name} and ${'$'}{section:name}; ${'$'}${'$'} for a dollar sign.
class ExtendedInterpolation(BasicInterpolation):
    _sign, _reference = '$', _re.compile(r'\$(?:(\$)|\{([^}]+)\})?')
    def _look(self, parser, section, path, values):
        parts = path.split(':')
        if len(parts) == 1:
            return values[parser.optionxform(path)], section
        return parser.get(parts[0], parser.optionxform(parts[1]), raw=True), parts[0]
    def _refuse(self, option, section, rest):
        if rest[1:2] == '{':
            raise InterpolationSyntaxError(option, section, f'bad interpolation variable reference {rest!r}')
        raise InterpolationSyntaxError(option, section, f"'$' must be followed by '$' or '{{', found: {rest!r}")

_ABSENT = object()

class SectionProxy(_abc.MutableMapping):
    def __init__(self, parser, name): self._parser, self._name = parser, name
    name, parser = property(lambda self: self._name), property(lambda self: self._parser)
    def __repr__(self): return f'<Section: {self._name}>'
    def _options(self): return self._parser.options(self._name) if self._name != self._parser.default_section else [*self._parser.defaults()]
    def __getitem__(self, key):
        if key not in self:
            raise KeyError(key)
        return self.get(key)
    def __setitem__(self, key, value):
        self._parser._check_text(option=key, value=value)
        self._parser.set(self._name, key, value)
    def __delitem__(self, key):
        if key not in self or not self._parser.remove_option(self._name, key):
            raise KeyError(key)
    def __contains__(self, key): return self._parser.has_option(self._name, key)
    def __iter__(self): return iter(self._options())
    def __len__(self): return len(self._options())
    def get(self, option, fallback=None, *, raw=False, vars=None, **more): return self._parser.get(self._name, option, raw=raw, vars=vars, fallback=fallback)
    def getint(self, option, fallback=None, **how): return self._parser.getint(self._name, option, fallback=fallback, **how)
    def getfloat(self, option, fallback=None, **how): return self._parser.getfloat(self._name, option, fallback=fallback, **how)
    def getboolean(self, option, fallback=None, **how): return self._parser.getboolean(self._name, option, fallback=fallback, **how)

class RawConfigParser(_abc.MutableMapping):
    _usual_interpolation = Interpolation()
    BOOLEAN_STATES = {**dict.fromkeys(('1', 'yes', 'true', 'on'), True), **dict.fromkeys(('0', 'no', 'false', 'off'), False)}
    SECTCRE = _re.compile(r'\[(?P<header>.+)\]')
    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=('=', ':'), comment_prefixes=('#', ';'), inline_comment_prefixes=None, strict=True, empty_lines_in_values=True, default_section=DEFAULTSECT, interpolation=_ABSENT, converters={}):
        self._sections, self._defaults, self.default_section = {}, {}, default_section
        self._valueless, self._delimiters, self._comments, self._inline, self._strict, self._blank_lines = allow_no_value, tuple(delimiters), tuple(comment_prefixes), tuple(inline_comment_prefixes or ()), strict, empty_lines_in_values
        self._interpolation = self._usual_interpolation if interpolation is _ABSENT else Interpolation() if interpolation is None else interpolation
        for name, convert in converters.items():
            setattr(self, 'get' + name, lambda section, option, _convert=convert, **how: self._get_as(_convert, section, option, **how))
        if defaults:
            self.read_dict({default_section: defaults})
    def optionxform(self, option): return option.lower()
    def defaults(self): return self._defaults
    def sections(self): return [*self._sections]
    def has_section(self, section): return section in self._sections
    def _usual(self, section): return section == self.default_section
    def _own(self, section):
        try:
            return self._sections[section]
        except KeyError:
            raise NoSectionError(section) from None
    def _of(self, section): return self._defaults if self._usual(section) else self._own(section)
    def add_section(self, section):
        if self._usual(section):
            raise ValueError(f'Invalid section name: {section!r}')
        if self._sections.setdefault(section, fresh := {}) is not fresh:
            raise DuplicateSectionError(section)
    def options(self, section): return [*{**self._own(section), **self._defaults}]
    def has_option(self, section, option):
        if not section or self._usual(section):
            return self.optionxform(option) in self._defaults
        return section in self._sections and self.optionxform(option) in {**self._defaults, **self._sections[section]}
    def remove_section(self, section): return self._sections.pop(section, None) is not None
    def remove_option(self, section, option): return self._of(section).pop(self.optionxform(option), _ABSENT) is not _ABSENT
    def set(self, section, option, value=None):
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        self._of(section)[self.optionxform(option)] = value
    def _check_text(self, *, section='', option='', value=''):
        for word, what in ((section, 'section names'), (option, 'option keys')):
            if not isinstance(word, str):
                raise TypeError(what + ' must be strings')
        if not isinstance(value, str) and (value is not None or not self._valueless):
            raise TypeError('option values must be strings')
    def _values(self, section, vars=None):
        own = None if self._usual(section) else self._own(section)
        given = {self.optionxform(key): None if value is None else str(value) for key, value in (vars or {}).items()}
        return {**self._defaults, **(own or {}), **given}
    def get(self, section, option, *, raw=False, vars=None, fallback=_ABSENT):
        try:
            values = self._values(section, vars)
        except NoSectionError:
            if fallback is _ABSENT:
                raise
            return fallback
        name = self.optionxform(option)
        if name not in values:
            if fallback is _ABSENT:
                raise NoOptionError(name, section)
            return fallback
        return values[name] if raw or values[name] is None else self._interpolation.before_get(self, section, name, values[name], values)
    def _get_as(self, convert, section, option, *, fallback=_ABSENT, **how):
        if fallback is not _ABSENT and not self.has_option(section, option) and not how.get('vars'):
            return fallback
        return convert(self.get(section, option, **how))
    def getint(self, section, option, **how): return self._get_as(int, section, option, **how)
    def getfloat(self, section, option, **how): return self._get_as(float, section, option, **how)
    def getboolean(self, section, option, **how): return self._get_as(self._truth, section, option, **how)
    def _truth(self, text):
        if text.lower() not in self.BOOLEAN_STATES:
            raise ValueError('Not a boolean: ' + text)
        return self.BOOLEAN_STATES[text.lower()]
    def items(self, section=_ABSENT, raw=False, vars=None):
        if section is _ABSENT:
            return _abc.MutableMapping.items(self)
        values = self._values(section, vars)
        return [(name, value if raw or value is None else self._interpolation.before_get(self, section, name, value, values)) for name, value in values.items()]
    def __getitem__(self, key):
        if key != self.default_section and key not in self._sections:
            raise KeyError(key)
        return SectionProxy(self, key)
    def __setitem__(self, key, value):
        if isinstance(value, SectionProxy) and value._parser is self and value._name == key:
            return
        (self._defaults if self._usual(key) else self._sections.get(key, {})).clear()
        self.read_dict(dict([(key, value)]))
    def __delitem__(self, key):
        if self._usual(key):
            raise ValueError('Cannot remove the default section.')
        if not self.remove_section(key):
            raise KeyError(key)
    def popitem(self):
        for name in self._sections:
            return name, (self[name], self.remove_section(name))[0]
        raise KeyError
    def __contains__(self, key): return key == self.default_section or key in self._sections
    def __iter__(self): return iter([self.default_section, *self._sections])
    def __len__(self): return len(self._sections) + 1
    def __bool__(self): return True

    def read(self, filenames, encoding=None):
        names = [filenames] if isinstance(filenames, (str, bytes)) or hasattr(filenames, '__fspath__') else filenames
        done = []
        for name in names:
            try:
                with open(name, encoding=encoding) as file:
                    self._take(file, name if isinstance(name, str) else getattr(name, '__fspath__', lambda: name)())
            except OSError:
                continue
            done.append(name if isinstance(name, str) else getattr(name, '__fspath__', lambda: name)())
        return done
    def read_file(self, f, source=None): self._take(f, getattr(f, 'name', '<???>') if source is None else source)
    def read_string(self, string, source='<string>'): self._take(string.splitlines(True), source)
    def read_dict(self, dictionary, source='<dict>'):
        met = set()
        for section, options in dictionary.items():
            section = str(section)
            if self._strict and section in met:
                raise DuplicateSectionError(section, source)
            if not self._usual(section):
                self._sections.setdefault(section, {})
            met.add(section)
            for key, value in options.items():
                name = self.optionxform(str(key))
                if self._strict and (section, name) in met:
                    raise DuplicateOptionError(section, name, source)
                met.add((section, name))
                self.set(section, name, None if value is None else str(value))
    # Without a comment: a whole line, or what follows a sign of the inline kind behind a blank.
    def _uncommented(self, line):
        if line.strip().startswith(self._comments):
            return ''
        starts = [at for sign in self._inline for at in range(len(line)) if line.startswith(sign, at) and (at == 0 or line[at - 1].isspace())]
        return line[:min(starts)] if starts else line
    def _split(self, line):
        places = [(line.find(sign), sign) for sign in self._delimiters if sign in line]
        if places:
            at, sign = min(places)
            return line[:at].rstrip(), line[at + len(sign):].strip()
        return (line.rstrip(), None) if self._valueless else (None, None)
    def _take(self, lines, source):
        values, section, name, indent, problem, met = None, None, None, 0, None, set()
        for lineno, line in enumerate([*lines], start=1):
            text = self._uncommented(line).strip()
            if not text:
                # A blank line belongs to a value that goes on below it; a comment does not.
                if self._blank_lines and not line.strip() and name is not None and values is not None and values[name] is not None:
                    values[name].append('')
                elif not self._blank_lines:
                    indent = _sys.maxsize
                continue
            depth = len(line) - len(line.lstrip())
            if values is not None and name is not None and depth > indent and values[name] is not None:
                values[name].append(text)
                continue
            indent = depth
            header = self.SECTCRE.match(text)
            if header:
                section, name = header['header'], None
                if self._usual(section):
                    values = self._defaults
                else:
                    if section in self._sections and self._strict and section in met:
                        raise DuplicateSectionError(section, source, lineno)
                    values = self._sections.setdefault(section, {})
                met.add(section)
                continue
            if values is None:
                raise MissingSectionHeaderError(source, lineno, line)
            key, value = self._split(text)
            if not key:
                problem = problem or ParsingError(source)
                problem.append(lineno, repr(line))
                continue
            name = self.optionxform(key)
            if self._strict and (section, name) in met:
                raise DuplicateOptionError(section, name, source, lineno)
            met.add((section, name))
            values[name] = None if value is None else [value]
        for options in (self._defaults, *self._sections.values()):
            for name, value in options.items():
                if isinstance(value, list):
                    options[name] = '\n'.join(value).rstrip()
        if problem:
            raise problem
    def write(self, fp, space_around_delimiters=True):
        sign = f' {self._delimiters[0]} ' if space_around_delimiters else self._delimiters[0]
        for section, options in ([(self.default_section, self._defaults)] if self._defaults else []) + [*self._sections.items()]:
            fp.write(f'[{section}]\n')
            for name, value in options.items():
                fp.write(name + (sign + str(value).replace('\n', '\n\t') if value is not None or not self._valueless else '') + '\n')
            fp.write('\n')

class ConfigParser(RawConfigParser):
    _usual_interpolation = BasicInterpolation()
    def set(self, section, option, value=None):
        self._check_text(option=option, value=value)
        RawConfigParser.set(self, section, option, value)
    def add_section(self, section):
        self._check_text(section=section)
        RawConfigParser.add_section(self, section)
SafeConfigParser = ConfigParser
` });
