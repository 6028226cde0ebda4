// typing, in Python.

import { registerModule } from "../registry.ts";

registerModule("typing", { source: String.raw`
import collections.abc as _abc
TYPE_CHECKING = False

class _Special:
    def __init__(self, name):
        self._name = name
    def __repr__(self):
        return 'typing.' + self._name
    def __getitem__(self, args):
        return _Alias(self, args if isinstance(args, tuple) else (args,))
    def __call__(self, *args, **kwargs):
        raise TypeError(f"Cannot instantiate {self!r}")
    def __or__(self, other):
        return Union[self, other]
    def __ror__(self, other):
        return Union[other, self]

class _Alias:
    def __init__(self, origin, args):
        self._base = origin
        self.__args__ = args
        self._is_class_var = isinstance(origin, _Special) and origin._name == 'ClassVar'
    @property
    def __origin__(self):
        return getattr(self._base, '_runtime', self._base)
    def __repr__(self):
        name = getattr(self._base, '_name', None)
        if name == 'Optional':
            return f'typing.Optional[{_show(self.__args__[0])}]'
        return f"{self._base!r}[{', '.join(_show(a) for a in self.__args__)}]"
    def __eq__(self, other):
        return isinstance(other, _Alias) and (self._base, self.__args__) == (other._base, other.__args__)
    def __hash__(self):
        return hash((repr(self._base), repr(self.__args__)))
    def __or__(self, other):
        return Union[self, other]
    def __ror__(self, other):
        return Union[other, self]
    def __getitem__(self, args):
        return _Alias(self._base, args if isinstance(args, tuple) else (args,))
    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)
    def __mro_entries__(self, bases):
        origin = self.__origin__
        return (origin,) if isinstance(origin, type) else (Generic,)

def _show(a):
    if a is type(None):
        return 'None'
    if a is ...:
        return '...'
    if isinstance(a, type):
        return a.__qualname__ if a.__module__ == 'builtins' else f'{a.__module__}.{a.__qualname__}'
    if isinstance(a, list):
        return '[' + ', '.join(_show(x) for x in a) + ']'
    return repr(a)

def _special(name, runtime=None):
    made = _Special(name)
    if runtime is not None:
        made._runtime = runtime
    return made

class _UnionForm(_Special):
    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        flat = []
        for a in args:
            a = type(None) if a is None else a
            for x in a.__args__ if isinstance(a, _Alias) and a._base is self else (a,):
                if x not in flat:
                    flat.append(x)
        if len(flat) == 1:
            return flat[0]
        if len(flat) == 2 and type(None) in flat:
            made = _Alias(Optional, tuple(x for x in flat if x is not type(None)))
            return made
        return _Alias(self, tuple(flat))

class _OptionalForm(_Special):
    def __getitem__(self, arg):
        return Union[arg, None]

Any = _special('Any')
Union = _UnionForm('Union')
Optional = _OptionalForm('Optional')
ClassVar = _special('ClassVar')
Final = _special('Final')
Literal = _special('Literal')
Annotated = _special('Annotated')
NoReturn = _special('NoReturn')
Never = _special('Never')
Self = _special('Self')
LiteralString = _special('LiteralString')
Concatenate = _special('Concatenate')
TypeAlias = _special('TypeAlias')
TypeGuard = _special('TypeGuard')
Required = _special('Required')
NotRequired = _special('NotRequired')
Unpack = _special('Unpack')
List, Dict, Set, FrozenSet, Tuple, Type = (_special(n, t) for n, t in (('List', list), ('Dict', dict), ('Set', set), ('FrozenSet', frozenset), ('Tuple', tuple), ('Type', type)))
Callable = _special('Callable', _abc.Callable)
Iterable, Iterator, Sequence, Mapping, MutableMapping, MutableSequence, Generator, Hashable, Sized, Collection, Container, Awaitable, Coroutine, Reversible = (
    _special(n, getattr(_abc, n)) for n in ('Iterable', 'Iterator', 'Sequence', 'Mapping', 'MutableMapping', 'MutableSequence', 'Generator', 'Hashable', 'Sized', 'Collection', 'Container', 'Awaitable', 'Coroutine', 'Reversible'))
AbstractSet = _special('AbstractSet', _abc.Set)
DefaultDict = _special('DefaultDict')
OrderedDict = _special('OrderedDict')
Counter = _special('Counter')
Deque = _special('Deque')
Text = str
AnyStr = None

class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__bound__ = bound
        self.__constraints__ = constraints
    def __repr__(self):
        return '~' + self.__name__
    def __or__(self, other):
        return Union[self, other]
    def __ror__(self, other):
        return Union[other, self]

class ParamSpec(TypeVar):
    pass
class TypeVarTuple(TypeVar):
    pass
AnyStr = TypeVar('AnyStr', bytes, str)

class Generic:
    def __class_getitem__(cls, args):
        return _Alias(cls, args if isinstance(args, tuple) else (args,))

class Protocol:
    def __class_getitem__(cls, args):
        return _Alias(cls, args if isinstance(args, tuple) else (args,))

def runtime_checkable(cls):
    return cls

class _NamedTupleMeta(type):
    def __new__(meta, name, bases, namespace):
        if not any(getattr(b, '_is_named_tuple_root', False) for b in bases):
            return super().__new__(meta, name, bases, namespace)
        from collections import namedtuple
        kinds = namespace.get('__annotations__', {})
        made = namedtuple(name, list(kinds), defaults=[namespace[k] for k in kinds if k in namespace], module=namespace['__module__'])
        for key, value in namespace.items():
            if key not in kinds and key not in ('__module__', '__qualname__', '__slots__'):
                setattr(made, key, value)
        made.__annotations__ = dict(kinds)
        return made

class NamedTuple(metaclass=_NamedTupleMeta):
    _is_named_tuple_root = True
    def __new__(cls, typename, fields=None, /, **kwargs):
        from collections import namedtuple
        fields = list(fields.items() if isinstance(fields, dict) else fields or kwargs.items())
        made = namedtuple(typename, [n for n, _ in fields], module='__main__')
        made.__annotations__ = dict(fields)
        return made

class _TypedDictMeta(type):
    def __new__(meta, name, bases, namespace, total=True):
        made = type.__new__(meta, name, (dict,), namespace)
        made.__total__ = total
        return made

def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    return _TypedDictMeta(typename, (), {'__annotations__': dict(fields or kwargs)}, total=total)
TypedDict.__mro_entries__ = lambda bases: (_TypedDictRoot,)

class _TypedDictRoot(dict, metaclass=_TypedDictMeta):
    pass

def NewType(name, tp):
    def new_type(x):
        return x
    new_type.__name__ = name
    new_type.__supertype__ = tp
    return new_type

def cast(typ, val):
    return val

def overload(func):
    return func

def final(f):
    return f

def no_type_check(arg):
    return arg

def override(f):
    return f

def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            hints.update(base.__dict__.get('__annotations__', {}))
    else:
        hints.update(getattr(obj, '__annotations__', {}))
    space = globalns if globalns is not None else getattr(obj, '__globals__', {})
    return {k: eval(v, space) if isinstance(v, str) else type(None) if v is None else v for k, v in hints.items()}

def get_origin(tp):
    if isinstance(tp, _Alias):
        return Union if tp._base is Optional else tp.__origin__
    return getattr(tp, '__origin__', None)

def get_args(tp):
    if isinstance(tp, _Alias) and tp._base is Optional:
        return tp.__args__ + (type(None),)
    return getattr(tp, '__args__', ())

def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")

def assert_type(val, typ, /):
    return val

def reveal_type(obj, /):
    return obj
class IO: pass
class TextIO(IO): pass
class BinaryIO(IO): pass
Pattern = _special('Pattern')
Match = _special('Match')
SupportsInt = _special('SupportsInt')
SupportsFloat = _special('SupportsFloat')
` });
