// warnings, in Python: which are shown, once a place, and how they look.

import { registerModule } from "../registry.ts";

registerModule("warnings", { source: String.raw`
import re as _re, sys as _sys

# What is asked first: later rules stand before earlier ones. Of those that are there from the beginning only the program itself sees a DeprecationWarning.
_BEGINNING = [('default', None, DeprecationWarning, '__main__$', 0), *[('ignore', None, kind, None, 0) for kind in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)]]
filters, _shown = [*_BEGINNING], set()

class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.filename, self.lineno, self.file, self.line, self.source = message, category, filename, lineno, file, line, source
    def __str__(self): return f'{{message : {self.message!r}, category : {self.category.__name__!r}, filename : {self.filename!r}, lineno : {self.lineno}, line : {self.line!r}}}'

def formatwarning(message, category, filename, lineno, line=None):
    if line is None:
        try:
            with open(filename) as file:
                line = file.read().splitlines()[lineno - 1]
        except (OSError, IndexError):
            line = ''
    return f'{filename}:{lineno}: {category.__name__}: {message}\n' + (f'  {line.strip()}\n' if line.strip() else '')

def showwarning(message, category, filename, lineno, file=None, line=None):
    (file or _sys.stderr).write(formatwarning(message, category, filename, lineno, line))

def _rule(text, category, module, lineno):
    for action, pattern, kind, place, line in filters:
        if issubclass(category, kind) and line in (0, lineno) and (pattern is None or _re.match(pattern, text, _re.I)) and (place is None or _re.match(place, module)):
            return action
    return 'default'

def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    text = str(message)
    if not isinstance(message, Warning):
        message = category(text)
    category = type(message)
    module = module or filename.removesuffix('.py')
    action = _rule(text, category, module, lineno)
    if action == 'ignore':
        return
    if action == 'error':
        raise message
    place = {'once': (text, category), 'always': None, 'module': (text, category, module)}.get(action, (text, category, module, lineno))
    if place is None or place not in _shown:
        if place is not None:
            _shown.add(place)
        if _records:
            _records[-1].append(WarningMessage(message, category, filename, lineno, source=source))
        else:
            showwarning(message, category, filename, lineno)

def warn(message, category=None, stacklevel=1, source=None):
    category = type(message) if isinstance(message, Warning) else category or UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    try:
        frame = _sys._getframe(stacklevel)
    except ValueError:
        return warn_explicit(message, category, 'sys', 1, 'sys')
    warn_explicit(message, category, frame.f_code.co_filename, frame.f_lineno, frame.f_globals.get('__name__', '<string>'))

def _add(rule, last):
    if rule[0] not in ('default', 'error', 'ignore', 'always', 'module', 'once'):
        raise AssertionError(f'invalid action: {rule[0]!r}')
    if rule in filters:
        filters.remove(rule)
    filters.insert(len(filters) if last else 0, rule)
    _shown.clear()

def simplefilter(action, category=Warning, *rest, lineno=0, append=False): _add((action, None, category, None, lineno), append)

def filterwarnings(action, message='', category=Warning, module='', *rest, lineno=0, append=False): _add((action, message or None, category, module or None, lineno), append)

def resetwarnings():
    filters.clear()
    _shown.clear()

_records = []

class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, **rule): self._record, self._action, self._rule = record, action, rule
    def __enter__(self):
        self._former = [*filters]
        _shown.clear()
        if self._record:
            _records.append([])
        if self._action is not None:
            simplefilter(self._action, **self._rule)
        return _records[-1] if self._record else None
    def __exit__(self, *failure):
        filters[:] = self._former
        _shown.clear()
        if self._record:
            _records.pop()
` });
