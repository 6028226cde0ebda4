// copy, in Python.

import { registerModule } from "../registry.ts";

registerModule("copy", { source: String.raw`
class Error(Exception): pass
error = Error

_NOTHING = object()
_WHOLE = {int, float, bool, complex, str, bytes, range, slice, property, type, type(None), type(...), type(NotImplemented), type(len), type([].append), type(lambda: 0), type(super)}

def _stays(x):
    return type(x) in _WHOLE or isinstance(x, type) or type(x).__name__ in ('module', 'method_descriptor', 'wrapper_descriptor')

def copy(x):
    own = getattr(type(x), '__copy__', None)
    if own is not None and not isinstance(x, type):
        return own(x)
    return x if _stays(x) or type(x) in (tuple, frozenset) else _Copier().of(x)

def deepcopy(x, memo=None, _nil=[]):
    return _DeepCopier({} if memo is None else memo).value(x)

# Makes an object like another, its parts as they are.
class _Copier:
    def value(self, part):
        return part
    def note(self, x, made):
        pass
    def of(self, x):
        cls = type(x)
        if isinstance(x, BaseException):
            made = cls(*map(self.value, x.args))
        elif isinstance(x, (tuple, frozenset)):
            parts = [self.value(part) for part in x]
            if cls is tuple and all(a is b for a, b in zip(parts, x)):
                return x
            made = cls._make(parts) if hasattr(cls, '_make') else cls.__new__(cls, parts)
        elif isinstance(x, (int, float, complex, str, bytes, bytearray)):
            made = cls.__new__(cls, x)
            if cls is bytearray:
                made[:] = x
        elif hasattr(cls, '__getnewargs__'):
            made = cls.__new__(cls, *map(self.value, x.__getnewargs__()))
        else:
            made = cls.__new__(cls)
        self.note(x, made)
        self.fill(x, made)
        return made
    def fill(self, x, made):
        state = x.__getstate__() if '__getstate__' in {name for cls in type(x).__mro__[:-1] for name in vars(cls)} else _NOTHING
        if hasattr(type(x), '__setstate__') and state is not _NOTHING:
            made.__setstate__(self.value(state))
        else:
            for name, part in (state if isinstance(state, dict) else getattr(x, '__dict__', {})).items():
                made.__dict__[name] = self.value(part)
            for cls in type(x).__mro__:
                names = vars(cls).get('__slots__', ())
                for name in names.split() if isinstance(names, str) else names:
                    if hasattr(x, name) and not name.startswith('__'):
                        object.__setattr__(made, name, self.value(getattr(x, name)))
        if isinstance(x, list):
            for part in x:
                list.append(made, self.value(part))
        elif isinstance(x, dict):
            for key in x:
                dict.__setitem__(made, self.value(key), self.value(dict.__getitem__(x, key)))
        elif isinstance(x, set):
            for part in x:
                set.add(made, self.value(part))

# ... and its parts likewise, each once.
class _DeepCopier(_Copier):
    def __init__(self, memo):
        self.memo = memo
    def note(self, x, made):
        self.memo[id(x)] = made
    def value(self, part):
        known = self.memo.get(id(part), _NOTHING)
        if known is not _NOTHING:
            return known
        if _stays(part):
            return part
        own = getattr(type(part), '__deepcopy__', None)
        made = self.of(part) if own is None else own(part, self.memo)
        self.note(part, made)
        return made
` });
