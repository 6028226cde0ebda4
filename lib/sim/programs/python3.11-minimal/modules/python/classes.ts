// abc, enum, dataclasses, typing, types, contextlib: in Python of our own.

import { registerModule } from "../registry.ts";

registerModule("abc", { source: String.raw`
def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj

class abstractclassmethod(classmethod):
    def __init__(self, callable):
        callable.__isabstractmethod__ = True

class abstractstaticmethod(staticmethod):
    def __init__(self, callable):
        callable.__isabstractmethod__ = True

class abstractproperty(property):
    __isabstractmethod__ = True

class ABCMeta(type):
    def register(cls, subclass):
        cls.__dict__.get('_abc_registered') or type.__setattr__(cls, '_abc_registered', [])
        cls._abc_registered.append(subclass)
        return subclass
    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))
    def __subclasscheck__(cls, subclass):
        if type.__subclasscheck__(cls, subclass):
            return True
        hook = getattr(cls, '__subclasshook__', None)
        if hook is not None:
            answer = hook(subclass)
            if answer is not NotImplemented:
                return answer
        return any(issubclass(subclass, c) for c in cls.__dict__.get('_abc_registered', ()))

class ABC(metaclass=ABCMeta):
    __slots__ = ()

def get_cache_token():
    return 0
` });

registerModule("enum", { source: String.raw`
class auto:
    value = None

class _Members(dict):
    pass

class nonmember:
    def __init__(self, value):
        self.value = value

class member:
    def __init__(self, value):
        self.value = value

def _is_descriptor(value):
    return hasattr(value, '__get__') or isinstance(value, (property, staticmethod, classmethod))

class EnumType(type):
    def __new__(meta, name, bases, namespace, **kwds):
        members = []
        kept = {}
        ignore = namespace.get('_ignore_', ())
        if isinstance(ignore, str):
            ignore = ignore.replace(',', ' ').split()
        has_enum_base = any(isinstance(b, EnumType) for b in bases)
        for key, value in namespace.items():
            if isinstance(value, nonmember):
                kept[key] = value.value
            elif key in ignore or key == '_ignore_':
                continue
            elif not has_enum_base or key.startswith('_') or (_is_descriptor(value) and not isinstance(value, (auto, member))):
                kept[key] = value
            else:
                members.append((key, value.value if isinstance(value, member) else value))
        for base in bases:
            if isinstance(base, EnumType) and base.__dict__.get('_member_names_'):
                raise TypeError(f"{name}: cannot extend {base!r}")
        cls = super().__new__(meta, name, bases, kept)
        type.__setattr__(cls, '_member_map_', {})
        type.__setattr__(cls, '_value2member_map_', {})
        type.__setattr__(cls, '_member_names_', [])
        mixin = next((b for c in bases for b in c.__mro__ if b in (int, str, float, bytes, tuple) or (not isinstance(b, EnumType) and b is not object and b.__module__ != 'enum')), None)
        values = []
        for key, value in members:
            if isinstance(value, auto):
                value = cls._generate_next_value_(key, 1, len(values), list(values))
            values.append(value)
            args = value if isinstance(value, tuple) else (value,)
            if '__new__' in kept:
                obj = kept['__new__'](cls, *args) if not isinstance(kept['__new__'], staticmethod) else kept['__new__'].__func__(cls, *args)
                if not hasattr(obj, '_value_'):
                    object.__setattr__(obj, '_value_', value)
            elif mixin in (int, str, float, bytes):
                obj = mixin.__new__(cls, *args)
                object.__setattr__(obj, '_value_', mixin(*args))
            elif mixin is tuple:
                obj = tuple.__new__(cls, args)
                object.__setattr__(obj, '_value_', value)
            else:
                obj = object.__new__(cls)
                object.__setattr__(obj, '_value_', value)
            object.__setattr__(obj, '_name_', key)
            object.__setattr__(obj, '_sort_order_', len(cls._member_names_))
            init = getattr(cls, '__init__', None)
            if init is not object.__init__ and '__init__' in {k for c in cls.__mro__ for k in c.__dict__ if c not in (object, int, str, float, bytes, tuple)}:
                init(obj, *args)
            canonical = None
            for known in cls._member_map_.values():
                if known._value_ == obj._value_:
                    canonical = known
                    break
            if canonical is None:
                cls._member_names_.append(key)
                canonical = obj
            cls._member_map_[key] = canonical
            try:
                cls._value2member_map_.setdefault(obj._value_, canonical)
            except TypeError:
                pass
            type.__setattr__(cls, key, canonical)
        return cls
    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1):
        if names is None:
            return cls._lookup(value)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        pairs = list(names.items()) if isinstance(names, dict) else [n if isinstance(n, (tuple, list)) else (n, i) for i, n in enumerate(names, start)]
        bases = (cls,) if type is None else (type, cls)
        made = EnumType(value, bases, dict([tuple(p) for p in pairs]))
        import sys
        made.__module__ = module or sys._getframe(1).f_globals.get('__name__')
        return made
    def _lookup(cls, value):
        if __builtins__.type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except (KeyError, TypeError):
            for m in cls._member_map_.values():
                if m._value_ == value:
                    return m
        found = cls._missing_(value)
        if isinstance(found, cls):
            return found
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
    def __iter__(cls):
        return (cls._member_map_[n] for n in cls._member_names_)
    def __reversed__(cls):
        return (cls._member_map_[n] for n in reversed(cls._member_names_))
    def __len__(cls):
        return len(cls._member_names_)
    def __bool__(cls):
        return True
    def __contains__(cls, value):
        if not isinstance(value, Enum):
            raise TypeError(f"unsupported operand type(s) for 'in': '{type(value).__qualname__}' and '{cls.__class__.__qualname__}'")
        return isinstance(value, cls) and value._name_ in cls._member_map_
    def __getitem__(cls, name):
        return cls._member_map_[name]
    @property
    def __members__(cls):
        return dict(cls._member_map_)
    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)
    def __delattr__(cls, name):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError(f"{cls.__name__!r} cannot delete member {name!r}.")
        super().__delattr__(name)
    def __repr__(cls):
        return f"<flag {cls.__name__!r}>" if Flag is not None and issubclass(cls, Flag) else f"<enum {cls.__name__!r}>"

EnumMeta = EnumType
Flag = None

class Enum(metaclass=EnumType):
    @property
    def name(self):
        return self._name_
    @property
    def value(self):
        return self._value_
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        return max(v for v in last_values if isinstance(v, int)) + 1
    @classmethod
    def _missing_(cls, value):
        return None
    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"
    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"
    def __format__(self, spec):
        return format(str(self), spec)
    def __hash__(self):
        return hash(self._name_)
    def __dir__(self):
        return ['__class__', '__doc__', '__module__', 'name', 'value']
    def __copy__(self):
        return self
    def __deepcopy__(self, memo):
        return self
    def __eq__(self, other):
        return self is other
    def __setattr__(self, name, value):
        if name in ('name', 'value'):
            raise AttributeError(f"<enum '{self.__class__.__name__}'> cannot set attribute '{name}'")
        object.__setattr__(self, name, value)

class ReprEnum(Enum):
    pass

class IntEnum(int, ReprEnum):
    __repr__ = Enum.__repr__
    __str__ = lambda self: int.__repr__(self._value_)
    __format__ = lambda self, spec: int.__format__(self._value_, spec)
    __hash__ = lambda self: hash(self._value_)
    __eq__ = lambda self, other: self._value_ == (other._value_ if isinstance(other, Enum) else other)

class StrEnum(str, ReprEnum):
    __repr__ = Enum.__repr__
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()
    __str__ = lambda self: self._value_
    __format__ = lambda self, spec: str.__format__(self._value_, spec)
    __hash__ = lambda self: hash(self._value_)
    __eq__ = lambda self, other: self._value_ == (other._value_ if isinstance(other, Enum) else other)

class Flag(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return 1 << max([v.bit_length() for v in last_values if isinstance(v, int)], default=0)
    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            return None
        every = 0
        for m in cls._member_map_.values():
            every |= m._value_
        if value < 0:
            value &= every
        if value & ~every:
            raise ValueError(f"{cls!r} invalid value {value!r}\n    given {bin(value)}\n  allowed {bin(every)}")
        obj = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
        names = [m._name_ for m in cls._member_map_.values() if m._value_ and m._value_ & value == m._value_ and m._value_.bit_count() == 1]
        object.__setattr__(obj, '_value_', value)
        object.__setattr__(obj, '_name_', '|'.join(names) or None)
        cls._value2member_map_[value] = obj
        return obj
    def __or__(self, other):
        return self.__class__(self._value_ | getattr(other, '_value_', other)) if isinstance(other, (self.__class__, int)) else NotImplemented
    def __and__(self, other):
        return self.__class__(self._value_ & getattr(other, '_value_', other)) if isinstance(other, (self.__class__, int)) else NotImplemented
    def __xor__(self, other):
        return self.__class__(self._value_ ^ getattr(other, '_value_', other)) if isinstance(other, (self.__class__, int)) else NotImplemented
    def __invert__(self):
        every = 0
        for m in self.__class__._member_map_.values():
            every |= m._value_
        return self.__class__(every & ~self._value_)
    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_
    def __iter__(self):
        return (m for m in self.__class__ if m._value_ and m._value_ & self._value_ == m._value_)
    def __bool__(self):
        return bool(self._value_)
    def __eq__(self, other):
        return self.__class__ is other.__class__ and self._value_ == other._value_
    def __hash__(self):
        return hash(self._value_)
    def __repr__(self):
        return f"<{self.__class__.__name__}{'.' + self._name_ if self._name_ else ''}: {self._value_!r}>"
    def __str__(self):
        return f"{self.__class__.__name__}{'.' + self._name_ if self._name_ else f'({self._value_})'}"

class IntFlag(int, Flag):
    __repr__ = Flag.__repr__
    __eq__ = lambda self, other: self._value_ == getattr(other, '_value_', other)
    __hash__ = lambda self: hash(self._value_)
    __str__ = lambda self: int.__repr__(self._value_)
    __format__ = lambda self, spec: int.__format__(self._value_, spec)

def unique(enumeration):
    duplicates = [(n, m.name) for n, m in enumeration._member_map_.items() if n != m.name]
    if duplicates:
        raise ValueError(f"duplicate values found in {enumeration!r}: {', '.join(f'{a} -> {n}' for a, n in duplicates)}")
    return enumeration

property = property
` });

registerModule("dataclasses", { source: String.raw`
import sys as _sys

class FrozenInstanceError(AttributeError):
    pass

class _MissingType:
    def __repr__(self):
        return '<dataclasses._MISSING_TYPE object>'
MISSING = _MissingType()

class _KwOnlyType:
    pass
KW_ONLY = _KwOnlyType()

class InitVar:
    def __class_getitem__(cls, kind):
        made = cls()
        made.type = kind
        return made

class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self.default, self.default_factory, self.init, self.repr, self.hash, self.compare, self.metadata, self.kw_only = default, default_factory, init, repr, hash, compare, metadata or {}, kw_only
    def __repr__(self):
        return f'Field(name={self.name!r},type={self.type!r},default={self.default!r},default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},hash={self.hash!r},compare={self.compare!r},metadata={self.metadata!r},kw_only={self.kw_only!r})'

def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)

def _is_class_var(kind):
    if isinstance(kind, str):
        return kind.startswith('ClassVar') or kind.startswith('typing.ClassVar')
    return getattr(kind, '_is_class_var', False) or repr(kind).startswith('typing.ClassVar')

def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only)
    return wrap if cls is None else wrap(cls)

def _process(cls, init, repr_, eq, order, unsafe_hash, frozen, match_args, kw_only):
    fields = {}
    for base in cls.__mro__[-1:0:-1]:
        for f in base.__dict__.get('__dataclass_fields__', {}).values():
            fields[f.name] = f
        if '__dataclass_params__' in base.__dict__:
            base_frozen = base.__dict__['__dataclass_params__']['frozen']
            if base_frozen and not frozen:
                raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
            if frozen and not base_frozen:
                raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    init_vars = {}
    keyword_only = kw_only
    for name, kind in cls.__dict__.get('__annotations__', {}).items():
        if kind is KW_ONLY or kind == 'KW_ONLY':
            keyword_only = True
            continue
        if _is_class_var(kind):
            continue
        default = cls.__dict__.get(name, MISSING)
        f = default if isinstance(default, Field) else field(default=default)
        f.name, f.type = name, kind
        if f.kw_only is MISSING:
            f.kw_only = keyword_only
        if isinstance(f.default, (list, dict, set)):
            raise ValueError(f'mutable default {type(f.default)} for field {name} is not allowed: use default_factory')
        if isinstance(default, Field):
            if f.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, f.default)
        if isinstance(kind, InitVar) or kind is InitVar:
            init_vars[name] = f
            continue
        fields[name] = f
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Field) and name not in cls.__dict__.get('__annotations__', {}):
            raise TypeError(f'{name!r} is a field but has no type annotation')
    cls.__dataclass_fields__ = fields
    cls.__dataclass_params__ = {'frozen': frozen, 'order': order, 'eq': eq}
    listed = list(fields.values())
    if init:
        _add_init(cls, list(fields.values()) + list(init_vars.values()), init_vars, frozen)
    if repr_ and '__repr__' not in cls.__dict__:
        shown = [f.name for f in listed if f.repr]
        active = set()
        def __repr__(self):
            if id(self) in active:
                return '...'
            active.add(id(self))
            try:
                return self.__class__.__qualname__ + '(' + ', '.join(f'{n}={getattr(self, n)!r}' for n in shown) + ')'
            finally:
                active.discard(id(self))
        cls.__repr__ = __repr__
    compared = [f.name for f in listed if f.compare]
    values = lambda self: tuple(getattr(self, n) for n in compared)
    if eq and '__eq__' not in cls.__dict__:
        def __eq__(self, other):
            if other.__class__ is self.__class__:
                return values(self) == values(other)
            return NotImplemented
        cls.__eq__ = __eq__
    if order:
        if not eq:
            raise ValueError('eq must be true if order is true')
        for name, test in (('__lt__', lambda a, b: a < b), ('__le__', lambda a, b: a <= b), ('__gt__', lambda a, b: a > b), ('__ge__', lambda a, b: a >= b)):
            if name in cls.__dict__:
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering')
            setattr(cls, name, _ordering(test, values))
    if frozen:
        names = tuple(fields)
        def __setattr__(self, name, value):
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f'cannot assign to field {name!r}')
            super(cls, self).__setattr__(name, value)
        def __delattr__(self, name):
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f'cannot delete field {name!r}')
            super(cls, self).__delattr__(name)
        cls.__setattr__ = __setattr__
        cls.__delattr__ = __delattr__
    hashed = [f.name for f in listed if (f.compare if f.hash is None else f.hash)]
    own_hash = cls.__dict__.get('__hash__')
    if unsafe_hash or (eq and frozen and (own_hash is None)):
        cls.__hash__ = lambda self: hash(tuple(getattr(self, n) for n in hashed))
    elif eq and '__hash__' not in cls.__dict__:
        cls.__hash__ = None
    if match_args and '__match_args__' not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in listed if f.init and not f.kw_only)
    if cls.__dict__.get('__doc__') is None:
        cls.__doc__ = cls.__name__ + '(' + ', '.join(f'{f.name}: {getattr(f.type, "__name__", f.type)}' for f in listed if f.init) + ')'
    return cls

def _ordering(test, values):
    def method(self, other):
        if other.__class__ is self.__class__:
            return test(values(self), values(other))
        return NotImplemented
    return method

def _add_init(cls, listed, init_vars, frozen):
    space = {'MISSING': MISSING, '_set': object.__setattr__}
    positional, keywords, body = [], [], []
    seen_default = False
    for f in listed:
        has_default = f.default is not MISSING or f.default_factory is not MISSING
        if f.init:
            if f.default is not MISSING:
                space['_d_' + f.name] = f.default
                text = f'{f.name}=_d_{f.name}'
            elif f.default_factory is not MISSING:
                space['_f_' + f.name] = f.default_factory
                text = f'{f.name}=MISSING'
            else:
                text = f.name
            if f.kw_only:
                keywords.append(text)
            else:
                if seen_default and not has_default:
                    raise TypeError(f'non-default argument {f.name!r} follows default argument')
                seen_default = seen_default or has_default
                positional.append(text)
        if f.name in init_vars:
            continue
        if f.default_factory is not MISSING:
            space['_f_' + f.name] = f.default_factory
            value = f'_f_{f.name}() if {f.name} is MISSING else {f.name}' if f.init else f'_f_{f.name}()'
        elif f.init:
            value = f.name
        else:
            continue
        body.append(f'_set(self, {f.name!r}, {value})' if frozen else f'self.{f.name} = {value}')
    if hasattr(cls, '__post_init__'):
        body.append(f"self.__post_init__({', '.join(init_vars)})")
    parameters = ', '.join(['self'] + positional + (['*'] + keywords if keywords else []))
    exec(f"def __init__({parameters}):\n " + '\n '.join(body or ['pass']), space)
    init = space['__init__']
    init.__qualname__ = f'{cls.__qualname__}.__init__'
    init.__annotations__ = {f.name: f.type for f in listed if f.init}
    cls.__init__ = init

def fields(class_or_instance):
    try:
        found = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple(found.values())

def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), '__dataclass_fields__')

def asdict(obj, *, dict_factory=dict):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError("asdict() should be called on dataclass instances")
    return _deep(obj, lambda o, each: dict_factory([(f.name, each(getattr(o, f.name))) for f in fields(o)]))

def astuple(obj, *, tuple_factory=tuple):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError("astuple() should be called on dataclass instances")
    return _deep(obj, lambda o, each: tuple_factory([each(getattr(o, f.name)) for f in fields(o)]))

def _deep(obj, convert):
    import copy
    def each(o):
        if is_dataclass(o) and not isinstance(o, type):
            return convert(o, each)
        if isinstance(o, tuple) and hasattr(o, '_fields'):
            return type(o)(*[each(v) for v in o])
        if isinstance(o, (list, tuple)):
            return type(o)(each(v) for v in o)
        if isinstance(o, dict):
            return type(o)((each(k), each(v)) for k, v in o.items())
        return copy.deepcopy(o)
    return each(obj)

def replace(obj, /, **changes):
    for f in fields(obj):
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
            continue
        if f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)

def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **kwargs):
    space = dict(namespace or {})
    annotations = {}
    for item in fields:
        name, kind, *default = (item, object) if isinstance(item, str) else item
        annotations[name] = kind
        if default:
            space[name] = default[0]
    space['__annotations__'] = annotations
    return dataclass(type(cls_name, bases, space), **kwargs)
` });

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

registerModule("types", { source: String.raw`
import sys
FunctionType = LambdaType = type(lambda: None)
GeneratorType = type((lambda: (yield))())
BuiltinFunctionType = BuiltinMethodType = type(len)
CodeType = type((lambda: 0).__code__)
ModuleType = type(sys)
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
class _C:
    def m(self): pass
MethodType = type(_C().m)
MappingProxyType = dict
GenericAlias = type(list[int])
UnionType = type(int | str)
try:
    raise TypeError
except TypeError as e:
    TracebackType = type(e.__traceback__)
FrameType = type(sys._getframe())
CellType = type((lambda x: (lambda: x))(1).__closure__[0])

class SimpleNamespace:
    def __init__(self, /, **kwargs):
        self.__dict__.update(kwargs)
    def __repr__(self):
        return 'namespace(' + ', '.join(f'{k}={v!r}' for k, v in self.__dict__.items()) + ')'
    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, SimpleNamespace) else NotImplemented

def new_class(name, bases=(), kwds=None, exec_body=None):
    space = {}
    if exec_body:
        exec_body(space)
    return (kwds or {}).get('metaclass', type)(name, bases, space)

DynamicClassAttribute = property
def coroutine(func):
    return func
` });

registerModule("contextlib", { source: String.raw`
from functools import wraps
import sys

class AbstractContextManager:
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return None

class ContextDecorator:
    def _recreate_cm(self):
        return self
    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inner

class _GeneratorContextManager(ContextDecorator):
    def __init__(self, func, args, kwds):
        self._made = (func, args, kwds)
        self.gen = func(*args, **kwds)
    def _recreate_cm(self):
        return self.__class__(*self._made)
    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None
    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.gen.throw(value)
        except StopIteration as exc:
            return exc is not value
        except RuntimeError as exc:
            if exc is value:
                return False
            if isinstance(value, StopIteration) and exc.__cause__ is value:
                return False
            raise
        except BaseException as exc:
            if exc is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")

def contextmanager(func):
    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper

class closing:
    def __init__(self, thing):
        self.thing = thing
    def __enter__(self):
        return self.thing
    def __exit__(self, *exc):
        self.thing.close()

class suppress:
    def __init__(self, *exceptions):
        self._exceptions = exceptions
    def __enter__(self):
        pass
    def __exit__(self, exctype, excinst, exctb):
        return exctype is not None and issubclass(exctype, self._exceptions)

class _redirect:
    def __init__(self, new_target):
        self._new = new_target
        self._old = []
    def __enter__(self):
        self._old.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new)
        return self._new
    def __exit__(self, *exc):
        setattr(sys, self._stream, self._old.pop())

class redirect_stdout(_redirect):
    _stream = 'stdout'

class redirect_stderr(_redirect):
    _stream = 'stderr'

class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result
    def __enter__(self):
        return self.enter_result
    def __exit__(self, *exc):
        pass

class chdir:
    def __init__(self, path):
        self.path = path
        self._old = []
    def __enter__(self):
        import os
        self._old.append(os.getcwd())
        os.chdir(self.path)
    def __exit__(self, *exc):
        import os
        os.chdir(self._old.pop())

class ExitStack:
    def __init__(self):
        self._callbacks = []
    def enter_context(self, cm):
        result = cm.__enter__()
        self._callbacks.append(cm.__exit__)
        return result
    def push(self, exit):
        self._callbacks.append(getattr(exit, '__exit__', exit))
        return exit
    def callback(self, callback, /, *args, **kwds):
        self._callbacks.append(lambda *exc: callback(*args, **kwds) and None)
        return callback
    def pop_all(self):
        new = type(self)()
        new._callbacks, self._callbacks = self._callbacks, []
        return new
    def close(self):
        self.__exit__(None, None, None)
    def __enter__(self):
        return self
    def __exit__(self, *exc):
        swallowed = False
        while self._callbacks:
            callback = self._callbacks.pop()
            try:
                if callback(*exc):
                    swallowed = True
                    exc = (None, None, None)
            except BaseException as e:
                exc = (type(e), e, e.__traceback__)
                swallowed = False
        if exc[1] is not None and not swallowed:
            raise exc[1]
        return swallowed
` });
