// abc, in Python. What is abstract in a class is worked out where classes are made (vm/class-statement.ts).

import { registerModule } from "../registry.ts";

registerModule("abc", { source: String.raw`
def abstractmethod(funcobj, /):
    setattr(funcobj, '__isabstractmethod__', True)
    return funcobj

def _marking(kind, name):
    def __init__(self, callable, /): kind.__init__(self, abstractmethod(callable))
    return type(name, (kind,), {'__init__': __init__, '__isabstractmethod__': True})
abstractclassmethod, abstractstaticmethod = _marking(classmethod, 'abstractclassmethod'), _marking(staticmethod, 'abstractstaticmethod')
abstractproperty = type('abstractproperty', (property,), {'__isabstractmethod__': True})

# Who is registered with a class counts for every wider one, too; so each keeps its own list and none has to be searched for.
class ABCMeta(type):
    def register(cls, other, /):
        if not isinstance(other, type):
            raise TypeError('Can only register classes')
        if issubclass(cls, other) and not issubclass(other, cls):
            raise RuntimeError('Refusing to create an inheritance cycle')
        for wider in cls.__mro__:
            if isinstance(wider, ABCMeta):
                type.__setattr__(wider, '_virtual', (*wider.__dict__.get('_virtual', ()), other))
        return other
    def __subclasscheck__(cls, other):
        verdict = cls.__subclasshook__(other) if hasattr(cls, '__subclasshook__') else NotImplemented
        if verdict is NotImplemented:
            return type.__subclasscheck__(cls, other) or any(issubclass(other, one) for one in cls.__dict__.get('_virtual', ()))
        return bool(verdict)
    def __instancecheck__(cls, value): return cls.__subclasscheck__(type(value))

ABC = ABCMeta('ABC', (), {'__slots__': (), '__module__': 'abc'})

def update_abstractmethods(cls): return cls

def get_cache_token(): return 0
` });
