// typing, in Python: what annotations are written with. Nothing of it checks a value; it has to show itself, to be subscripted and to be base of classes.

import { registerModule } from "../registry.ts";

registerModule("typing", { source: String.raw`
import collections as _collections, collections.abc as _abc, contextlib as _contextlib, re as _re, sys as _sys, types as _types
TYPE_CHECKING = False
_NONE = type(None)

def _tuple(words): return words if isinstance(words, tuple) else (words,)

def _shown(one):
    if one is ...:
        return '...'
    if isinstance(one, list):
        return '[%s]' % ', '.join(map(_shown, one))
    if isinstance(one, type) and not isinstance(one, _types.GenericAlias):
        return one.__qualname__ if one.__module__ == 'builtins' else one.__module__ + '.' + one.__qualname__
    return getattr(one, '__name__', repr(one)) if isinstance(one, _types.FunctionType) else repr(one)

# What all forms can do: X | Y.
class _Form:
    def __or__(self, other): return Union[self, other]
    def __ror__(self, other): return Union[other, self]

class _Special(_Form):
    def __init__(self, name, runtime=None, make=None):
        self._name, self._runtime, self._make = name, runtime, make
        self.__origin__ = runtime
        if runtime is not None:
            self.__name__ = name
    def __repr__(self): return f'typing.{self._name}'
    def __getitem__(self, words): return self._make(self, words) if self._make else _Alias(self, _tuple(words))
    def __call__(self, *args, **kwds):
        if self._runtime is not None:
            raise TypeError(f'Type {self._name} cannot be instantiated; use {self._runtime.__name__}() instead')
        raise TypeError('Cannot instantiate %r' % self)
    def __mro_entries__(self, bases):
        if self._runtime is None:
            raise TypeError('Cannot subclass %r' % self)
        return (self._runtime,)
    def __instancecheck__(self, one): return self.__subclasscheck__(type(one))
    def __subclasscheck__(self, cls):
        if self._runtime is None:
            raise TypeError('%r cannot be used with isinstance()' % self)
        return issubclass(cls, self._runtime)

class _Alias(_Form):
    def __init__(self, form, args, name=None, **facts):
        self._form, self._name, self.__args__ = form, name, args
        vars(self).update(facts)
        self.__origin__ = getattr(form, '_runtime', None) or form
        self.__parameters__ = tuple(dict.fromkeys(_variables(args)))
    def __repr__(self):
        words = self.__args__
        if self._form is Callable and words[0] is not ...:
            words = ([*words[:-1]], words[-1])
        elif self._name == 'typing.Optional':
            words = [one for one in words if one is not _NONE]
        elif self._form in (Literal, Annotated):
            return '%r[%s]' % (self._form, ', '.join([_shown(words[0]), *map(repr, self.__metadata__)] if self._form is Annotated else map(repr, words)))
        return f"{self._name or _shown(self._form)}[{', '.join(map(_shown, words))}]"
    def _same(self): return (self._form, frozenset(self.__args__) if self._form is Union else self.__args__)
    def __eq__(self, other): return self._same() == other._same() if isinstance(other, _Alias) else NotImplemented
    def __hash__(self): return hash(repr(self))
    def __getitem__(self, words):
        if not self.__parameters__:
            raise TypeError('%r is not a generic class' % self)
        given = dict(zip(self.__parameters__, _tuple(words)))
        return self._form[tuple([_replaced(one, given) for one in self.__args__])]
    def __call__(self, *args, **kwds):
        if not isinstance(self.__origin__, type):
            raise TypeError('Cannot instantiate %r' % self)
        made = self.__origin__(*args, **kwds)
        try:
            made.__orig_class__ = self
        except AttributeError:
            return made
        return made
    def __mro_entries__(self, bases):
        origin = self.__origin__
        return (origin,) if isinstance(origin, type) else (Generic,)
    def __instancecheck__(self, one):
        if self._form is Union:
            return any(isinstance(one, kind) for kind in self.__args__)
        raise TypeError('Subscripted generics cannot be used with class and instance checks')
    def __subclasscheck__(self, cls):
        if self._form is Union:
            return any(issubclass(cls, kind) for kind in self.__args__)
        raise TypeError('Subscripted generics cannot be used with class and instance checks')
    def __getattr__(self, name):
        if name[:2] == '__':
            raise AttributeError(name)
        return getattr(self.__origin__, name)

def _variables(args):
    for one in args:
        if isinstance(one, TypeVar):
            yield one
        elif isinstance(one, list):
            yield from _variables(one)
        else:
            yield from getattr(one, '__parameters__', ()) if not isinstance(one, type) else ()

def _replaced(one, given):
    if isinstance(one, TypeVar):
        return given.get(one, one)
    if isinstance(one, list):
        return [_replaced(part, given) for part in one]
    return one[tuple([given.get(name, name) for name in one.__parameters__])] if isinstance(one, _Alias) and one.__parameters__ else one

def _union(form, words):
    if words == ():
        raise TypeError('Cannot take a Union of no types.')
    kinds = []
    for word in _tuple(words):
        parts = word.__args__ if isinstance(word, _types.UnionType) or isinstance(word, _Alias) and word._form is Union else [word]
        kinds += [_checked(_NONE if part is None else part, 'Union[arg, ...]: each arg must be a type.') for part in parts]
    kinds = [kind for at, kind in enumerate(kinds) if kind not in kinds[:at]]
    if len(kinds) == 1:
        return kinds[0]
    return _Alias(Union, tuple(kinds), 'typing.Optional' if len(kinds) == 2 and _NONE in kinds else None)

def _checked(kind, message):
    if isinstance(kind, str):
        return ForwardRef(kind)
    if callable(kind) or isinstance(kind, (_Form, _types.UnionType)):
        return kind
    raise TypeError(f'{message} Got {kind!r}.')

def _optional(form, words):
    if isinstance(words, tuple):
        raise TypeError(f'{form!r} requires a single type. Got {words!r}.')
    return Union[words, None]

def _callable(form, words):
    if not isinstance(words, tuple) or len(words) != 2:
        raise TypeError('Callable must be used as Callable[[arg, ...], result].')
    given, result = words
    return _Alias(form, (*(given if isinstance(given, list) else [given]), _NONE if result is None else result))

def _annotated(form, words):
    if not isinstance(words, tuple) or len(words) < 2:
        raise TypeError('Annotated[...] should be used with at least two arguments (a type and an annotation).')
    return _Alias(form, words[:1], __metadata__=words[1:])

def _plain(form, words): return _Alias(form, tuple([_NONE if word is None else ForwardRef(word) if isinstance(word, str) else word for word in _tuple(words)]))

class ForwardRef(_Form):
    def __init__(self, arg): self.__forward_arg__ = arg
    def __repr__(self): return 'ForwardRef(%r)' % self.__forward_arg__
    def __eq__(self, other): return isinstance(other, ForwardRef) and other.__forward_arg__ == self.__forward_arg__
    def __hash__(self): return hash(self.__forward_arg__)

for _name in 'Any NoReturn Never Self LiteralString TypeAlias Literal ClassVar Final Concatenate TypeGuard Required NotRequired Unpack'.split():
    globals()[_name] = _Special(_name)
for _name, _make in (('Union', _union), ('Optional', _optional), ('Annotated', _annotated)):
    globals()[_name] = _Special(_name, None, _make)
Callable = _Special('Callable', _abc.Callable, _callable)
for _runtime in (list, dict, set, frozenset, tuple, type):
    _name = 'FrozenSet' if _runtime is frozenset else _runtime.__name__.title()
    globals()[_name] = _Special(_name, _runtime, _plain)
for _name in 'Hashable Sized Iterable Iterator Reversible Container Collection Sequence MutableSequence ByteString MutableSet Mapping MutableMapping MappingView KeysView ItemsView ValuesView Generator Awaitable Coroutine AsyncIterable AsyncIterator'.split():
    globals()[_name] = _Special(_name, getattr(_abc, _name), _plain)
AbstractSet = _Special('AbstractSet', _abc.Set, _plain)
DefaultDict, Deque = _Special('DefaultDict', _collections.defaultdict, _plain), _Special('Deque', _collections.deque, _plain)
OrderedDict, Counter, ChainMap = [_Special(kind.__name__, kind, _plain) for kind in (_collections.OrderedDict, _collections.Counter, _collections.ChainMap)]
ContextManager = _Special('ContextManager', _contextlib.AbstractContextManager, _plain)
Pattern, Match = _Special('Pattern', _re.Pattern, _plain), _Special('Match', _re.Match, _plain)
Text = str

class TypeVar(_Form):
    _sign = '~'
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        self.__name__, self.__bound__, self.__constraints__ = name, bound, constraints
        self.__covariant__, self.__contravariant__ = covariant, contravariant
        self._sign = '+' if covariant else '-' if contravariant else self._sign
    def __repr__(self): return self._sign + self.__name__
class ParamSpec(TypeVar):
    args = property(lambda self: _Special(self.__name__ + '.args'))
    kwargs = property(lambda self: _Special(self.__name__ + '.kwargs'))
class TypeVarTuple(TypeVar):
    _sign = ''
    def __iter__(self): yield Unpack[self]
AnyStr = TypeVar('AnyStr', *(bytes, str))

class Generic:
    def __class_getitem__(cls, words):
        words = _tuple(words)
        if cls is Generic and not all(isinstance(word, TypeVar) for word in words):
            raise TypeError('Parameters to Generic[...] must all be type variables or parameter specification variables.')
        return _Alias(cls, words)

# A protocol that is runtime_checkable asks an object for the names that it lists.
class _ProtocolMeta(type(_abc.Sized).__mro__[1]):
    def __instancecheck__(cls, one):
        if not vars(cls).get('_is_protocol'):
            return super().__instancecheck__(one)
        if not vars(cls).get('_checkable'):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        return all(hasattr(one, name) for name in _protocol_names(cls))
    def __subclasscheck__(cls, other):
        if vars(cls).get('_checkable'):
            return all(hasattr(other, name) for name in _protocol_names(cls))
        return super().__subclasscheck__(other)

def _protocol_names(cls):
    every = {name for one in cls.__mro__ if vars(one).get('_is_protocol') and one is not Protocol for name in (*vars(one), *vars(one).get('__annotations__', ()))}
    return [name for name in every if name[:1] != '_' or name in ('__call__', '__len__', '__iter__', '__getitem__', '__enter__', '__exit__', '__int__', '__float__', '__index__', '__abs__', '__round__', '__bytes__', '__complex__')]

def _no_protocol_instances(self, *args, **kwds):
    if vars(type(self)).get('_is_protocol'):
        raise TypeError('Protocols cannot be instantiated')

class Protocol(Generic, metaclass=_ProtocolMeta):
    _is_protocol = True
    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls._is_protocol = Protocol in cls.__bases__
        if cls._is_protocol and '__init__' not in vars(cls):
            cls.__init__ = _no_protocol_instances

def runtime_checkable(cls):
    cls._checkable = True
    return cls

def _supporting(name, special):
    made = _ProtocolMeta(name, (Protocol,), {special: lambda self: None, '__module__': 'typing'})
    return runtime_checkable(made)
SupportsInt, SupportsFloat, SupportsComplex, SupportsBytes, SupportsIndex, SupportsAbs, SupportsRound = [_supporting('Supports' + word.title(), '__%s__' % word) for word in 'int float complex bytes index abs round'.split()]

# A class whose annotations are a named tuple's fields.
class _RowMeta(type):
    def __new__(meta, name, bases, body):
        kinds = body.get('__annotations__', {})
        optional = [field for field in kinds if field in body]
        for before, after in zip(kinds, [*kinds][1:]):
            if before in optional and after not in optional:
                raise TypeError(f"Non-default namedtuple field {after} cannot follow default field {', '.join(optional[:optional.index(before) + 1])}")
        made = _row_class(name, kinds.items(), [body[field] for field in optional], body['__module__'])
        for word, value in body.items():
            if word not in kinds and word not in ('__module__', '__qualname__', '__annotations__', '__slots__'):
                setattr(made, word, value)
        return made

def _row_class(name, pairs, defaults, module):
    made = _collections.namedtuple(name, [field for field, _ in pairs], defaults=defaults, module=module)
    made.__annotations__ = dict(pairs)
    return made

def NamedTuple(typename, fields=(), /, **kwds):
    return _row_class(typename, [*(fields or kwds.items())], (), _sys._getframe(1).f_globals.get('__name__'))
NamedTuple.__mro_entries__ = lambda bases: (_Row,)

_Row = type.__new__(_RowMeta, '_Row', (), {})

class _DictMeta(type):
    def __new__(meta, name, bases, body, total=True):
        made = type.__new__(meta, name, (dict,), body)
        every = {}
        for base in bases:
            every.update(getattr(base, '__annotations__', {}))
        made.__annotations__ = every | body.get('__annotations__', {})
        made.__total__ = total
        return made
    def __call__(cls, *args, **kwds): return dict(*args, **kwds)
    def __instancecheck__(cls, one): raise TypeError('TypedDict does not support instance and class checks')
    __subclasscheck__ = __instancecheck__

def TypedDict(typename, fields=(), /, *, total=True, **kwds):
    return _DictMeta(typename, (), {'__annotations__': dict(fields or kwds), '__module__': _sys._getframe(1).f_globals.get('__name__')}, total=total)
TypedDict.__mro_entries__ = lambda bases: (_Dict,)
_Dict = type.__new__(_DictMeta, 'TypedDict', (), {})

class NewType(_Form):
    def __init__(self, name, tp): self.__name__, self.__supertype__, self.__module__ = name, tp, _sys._getframe(1).f_globals.get('__name__')
    def __call__(self, value): return value
    def __repr__(self): return f'{self.__module__}.{self.__name__}'

def cast(typ, val): return val

def assert_type(val, typ, /): return val

def no_type_check(arg): return arg

def overload(func): return func

def override(method, /): return _flagged(method, '__override__')

def final(f): return _flagged(f, '__final__')

def dataclass_transform(**options): return lambda cls: cls

def _flagged(target, name):
    try:
        setattr(target, name, True)
    except AttributeError:
        return target
    return target

def reveal_type(obj, /):
    print(f'Runtime type is {type(obj).__name__!r}', file=_sys.stderr)
    return obj

def assert_never(arg, /):
    shown = repr(arg)
    raise AssertionError('Expected code to be unreachable, but got: ' + (shown if len(shown) <= 100 else shown[:100] + '...'))

def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    sources = [one for one in obj.__mro__[::-1]] if isinstance(obj, type) else [obj]
    hints = {}
    for source in sources:
        space = globalns
        if space is None:
            module = _sys.modules.get(getattr(source, '__module__', None))
            space = getattr(source, '__globals__', None) or (vars(module) if module else {})
        own = vars(source).get('__annotations__', {}) if isinstance(source, type) else getattr(source, '__annotations__', {})
        for name, kind in own.items():
            if isinstance(kind, ForwardRef):
                kind = kind.__forward_arg__
            if isinstance(kind, str):
                kind = eval(kind, space, localns)
            hints[name] = _NONE if kind is None else kind.__args__[0] if isinstance(kind, _Alias) and kind._form is Annotated and not include_extras else kind
    return hints

def get_origin(tp):
    if isinstance(tp, _Alias):
        return Annotated if tp._form is Annotated else tp.__origin__
    return tp if tp is Generic else _types.UnionType if isinstance(tp, _types.UnionType) else getattr(tp, '__origin__', None)

def get_args(tp):
    if isinstance(tp, _Alias):
        if tp._form is Annotated:
            return (*tp.__args__, *tp.__metadata__)
        if tp._form is Callable and tp.__args__[0] is not ...:
            return [*tp.__args__[:-1]], tp.__args__[-1]
    return () if isinstance(tp, _Special) else getattr(tp, '__args__', ())

def is_typeddict(tp): return isinstance(tp, _DictMeta)

class IO(Generic[AnyStr]): pass
class TextIO(IO[str]): pass
class BinaryIO(IO[bytes]): pass
` });
