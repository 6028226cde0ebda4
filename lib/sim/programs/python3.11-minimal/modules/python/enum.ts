// enum, in Python. A class body is kept as it was written until it has ended; so what auto() gives is combined (A | B) before it has a value.

import { registerModule } from "../registry.ts";

registerModule("enum", { source: String.raw`
import operator as _op, sys as _sys, types as _types
_property, _bin = property, bin

class auto:
    def __init__(self, value=None): self._made = [] if value is None else [value]
    def __repr__(self): return 'auto(%s)' % ', '.join(map(repr, self._made))
    def _resolve(self, generate):
        if not self._made:
            self._made.append(generate())
        return self._made[0]
    def __or__(self, other): return _Combined(_op.or_, self, other)
    def __and__(self, other): return _Combined(_op.and_, self, other)
    def __xor__(self, other): return _Combined(_op.xor, self, other)
    def __invert__(self): return _Combined(lambda value, _: ~value, self, None)
    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

class _Combined(auto):
    def __init__(self, operation, *operands):
        self._operation, self._operands = operation, operands
    def _resolve(self, generate):
        return self._operation(*[one._resolve(generate) if isinstance(one, auto) else one for one in self._operands])

class member:
    def __init__(self, value): self.value = value
class nonmember(member): pass

# An attribute of the members that is none of the class: what has this name there may be a member.
class property:
    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget, self.fset = fget, fset
        self.__doc__ = doc or getattr(fget, '__doc__', None)
    def __set_name__(self, owner, name): self.clsname, self.name = owner.__name__, name
    def __get__(self, one, cls=None):
        if one is None:
            if self.name in cls._member_map_:
                return cls._member_map_[self.name]
            raise AttributeError('%r has no attribute %r' % (cls, self.name))
        return self.fget(one)
    def __set__(self, one, value):
        if self.fset is None:
            raise AttributeError('<enum %r> cannot set attribute %r' % (self.clsname, self.name))
        self.fset(one, value)
DynamicClassAttribute = property

def _wanted(name, value, ignored):
    if isinstance(value, member):
        return not isinstance(value, nonmember)
    if name in ignored or name[:1] == '_' and (name[:2] == '__' == name[-2:] or name[-1:] == '_'):
        return False
    return not hasattr(value, '__get__') and not name.startswith('__')

_CONCRETE = {int, str, float, bytes, tuple, complex}

# The type whose instances the members are besides, and the class that makes them.
def _data_type(bases):
    for base in bases:
        for cls in base.__mro__:
            if cls in _CONCRETE:
                return cls
            if cls is not object and not isinstance(cls, EnumType) and ('__new__' in vars(cls) or '__dataclass_fields__' in vars(cls)):
                return cls
    return object

class EnumType(type):
    def __new__(meta, name, bases, body, *, boundary=None, **more):
        parents = [base for base in bases if isinstance(base, EnumType)]
        for parent in parents:
            if parent._member_names_:
                raise TypeError('<enum %r> cannot extend %r' % (name, parent))
        ignored = body.get('_ignore_', ())
        ignored = {'_ignore_', *(ignored.replace(',', ' ').split() if isinstance(ignored, str) else ignored)}
        raw = {key: value for key, value in body.items() if parents and _wanted(key, value, ignored)}
        kept = {key: value.value if isinstance(value, nonmember) else value for key, value in body.items() if key not in raw and key not in ignored}
        kept |= dict(_member_map_={}, _value2member_map_={}, _member_names_=[], _boundary_=boundary or next((parent._boundary_ for parent in parents if parent._boundary_), None))
        cls = type.__new__(meta, name, bases, kept)
        if parents:
            data = _data_type(bases)
            type.__setattr__(cls, '_member_type_', data)
            _keep_enum_texts(cls, kept, data, parents[-1])
            # Members are made with the __new__ of the body or of a parent; from then on calling the class looks them up.
            _add_members(cls, raw, data)
        return cls
    def __init__(cls, *args, **kwds): pass
    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is None:
            return _look_up(cls, value)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        if hasattr(names, 'items'):
            names = names.items()
        values, body = [], {'__module__': module or _sys._getframe(1).f_globals.get('__name__'), '__qualname__': qualname or value}
        for one in names:
            if isinstance(one, str):
                values.append(cls._generate_next_value_(one, start, len(values), values[:]))
                body[one] = values[-1]
            else:
                body[one[0]] = member(one[1])
        return EnumType(value, (cls,) if type is None else (type, cls), body, boundary=boundary)
    def __getattr__(cls, name): raise AttributeError(name)
    def __getitem__(cls, name): return cls._member_map_[name]
    def __iter__(cls): return map(cls._member_map_.__getitem__, cls._member_names_)
    def __reversed__(cls): return map(cls._member_map_.__getitem__, cls._member_names_[::-1])
    def __len__(cls): return len(cls._member_names_)
    def __bool__(cls): return True
    def __contains__(cls, one):
        if isinstance(one, Enum):
            return isinstance(one, cls)
        import warnings
        warnings.warn('in 3.12 __contains__ will no longer raise TypeError, but will return True or\nFalse depending on whether the value is a member or the value of a member', DeprecationWarning, 2)
        raise TypeError("unsupported operand type(s) for 'in': %r and %r" % (type(one).__qualname__, type(cls).__qualname__))
    __members__ = _property(lambda cls: _types.MappingProxyType(cls._member_map_))
    def __setattr__(cls, name, value):
        if name in cls.__dict__['_member_map_']:
            raise AttributeError('cannot reassign member %r' % (name,))
        type.__setattr__(cls, name, value)
    def __delattr__(cls, name):
        if name in cls.__dict__['_member_map_']:
            raise AttributeError('%r cannot delete member %r.' % (cls.__name__, name))
        type.__delattr__(cls, name)
    def __dir__(cls): return ['__class__', '__contains__', '__doc__', '__getitem__', '__init_subclass__', '__iter__', '__len__', '__members__', '__module__', '__name__', '__qualname__', *cls._member_names_]
    def __repr__(cls): return '<%s %r>' % ('flag' if issubclass(cls, Flag) else 'enum', cls.__name__)
EnumMeta = EnumType

# Mixed-in types come first among the bases, but do not decide how a member looks: only in a ReprEnum are str() and format() theirs.
def _keep_enum_texts(cls, kept, data, parent):
    as_data = issubclass(cls, ReprEnum)
    for name in ('__repr__', '__str__', '__format__'):
        if name in kept or as_data and name != '__repr__':
            continue
        for one in cls.__mro__:
            if name in vars(one):
                if one in _CONCRETE or not isinstance(one, EnumType) and name != '__repr__':
                    type.__setattr__(cls, name, getattr(parent, name))
                break

def _add_members(cls, raw, data):
    values = []
    for name, given in raw.items():
        if isinstance(given, member):
            given = given.value
        generate = lambda: cls._generate_next_value_(name, 1, len(values), values[:])
        if isinstance(given, auto):
            given = given._resolve(generate)
        elif type(given) is tuple:
            given = tuple([part._resolve(generate) if isinstance(part, auto) else part for part in given])
        made = _make_member(cls, data, given)
        values.append(made._value_)
        vars(made).update(_name_=name, __objclass__=cls, _sort_order_=len(values) - 1)
        init = next((vars(one)['__init__'] for one in cls.__mro__ if '__init__' in vars(one) and one is not object and one not in _CONCRETE and one is not Enum), None)
        if init is not None:
            init(made, *(given if isinstance(given, tuple) else (given,)))
        first = next((one for one in cls._member_map_.values() if one._value_ == made._value_), None)
        if first is None and (not issubclass(cls, Flag) or _is_single(made._value_)):
            cls._member_names_.append(name)
        first = made if first is None else first
        type.__setattr__(cls, name, first)
        cls._member_map_[name] = first
        try:
            cls._value2member_map_.setdefault(first._value_, first)
        except TypeError:
            continue    # not to be hashed: it is found by comparing

def _make_member(cls, data, given):
    args = given if isinstance(given, tuple) and data is not tuple else (given,)
    own = next((vars(one)['__new__'] for one in cls.__mro__ if '__new__' in vars(one) and one not in _CONCRETE and one is not object and not isinstance(one, EnumType) or isinstance(one, EnumType) and '__new__' in vars(one)), None)
    if own is not None:
        made = getattr(own, '__func__', own)(cls, *args)
    elif data in _CONCRETE:
        made = data.__new__(cls, *args)
    else:
        made = object.__new__(cls)
    if '_value_' not in vars(made):
        made.__dict__['_value_'] = given if data not in _CONCRETE or data is tuple and own is None else data(*args)
    return made

def _look_up(cls, value):
    if type(value) is cls:
        return value
    try:
        if value in cls._value2member_map_:
            return cls._value2member_map_[value]
    except TypeError:
        pass
    for one in cls._member_map_.values():
        if one._value_ == value:
            return one
    found = cls._missing_(value)
    if isinstance(found, cls) or found is not None and isinstance(found, int) and cls._boundary_ is EJECT:
        return found
    if found is None:
        raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
    raise TypeError('error in %s._missing_: returned %r instead of None or a valid member' % (cls.__name__, found))

class _NotYet: pass
ReprEnum = Flag = EJECT = _NotYet
class Enum(metaclass=EnumType):
    @property
    def name(self): return self._name_
    @property
    def value(self): return self._value_
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [value for value in last_values if isinstance(value, int)]
        return max(numbers) + 1 if numbers else start
    @classmethod
    def _missing_(cls, value): return None
    def __repr__(self): return '<%s.%s: %r>' % (type(self).__name__, self._name_, self._value_)
    def __str__(self): return type(self).__name__ + '.%s' % self._name_
    def __format__(self, spec, /): return format(str(self), spec)
    def __hash__(self): return hash(self._name_)
    def __copy__(self): return self
    def __deepcopy__(self, memo, /): return self
    def __dir__(self): return ['__class__', '__doc__', '__eq__', '__hash__', '__module__', 'name', 'value']

class ReprEnum(Enum): pass
class IntEnum(int, ReprEnum):
    def __str__(self): return '%d' % self._value_
    def __format__(self, spec, /): return format(self._value_, spec)
class StrEnum(str, ReprEnum):
    @staticmethod
    def _generate_next_value_(name, *rest): return name.lower()
    def __str__(self): return self._value_
    def __format__(self, spec, /): return format(self._value_, spec)

class FlagBoundary(StrEnum):
    STRICT, CONFORM, EJECT, KEEP = 'strict', 'conform', 'eject', 'keep'
STRICT, CONFORM, EJECT, KEEP = FlagBoundary

def _is_single(value): return value > 0 and not value & value - 1

def _mask(cls):
    every = 0
    for one in cls._member_map_.values():
        every |= one._value_
    return every

# The bits of a number with the one of its sign apart: 0b0 101.
def bin(num, max_bits=None):
    width = max(max_bits or 0, num.bit_length())
    digits = format(num if num >= 0 else num + (1 << width), '0%db' % width) if width else ''
    return '0b%d %s' % (num < 0, digits)

def _with_flags(operation):
    def method(self, other):
        if isinstance(other, type(self)):
            return type(self)(operation(self._value_, other._value_))
        if issubclass(type(self), int) and isinstance(other, int):
            return type(self)(operation(self._value_, int(other)))
        return NotImplemented
    return method

class Flag(Enum, boundary=STRICT):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return 1 << max(last_values).bit_length() if last_values else start
    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
        every, boundary, given = _mask(cls), cls._boundary_, value
        all_bits = (1 << every.bit_length()) - 1
        if not -all_bits - 1 <= value <= all_bits or value & (all_bits ^ every) and value > 0:
            if boundary is EJECT:
                return value
            if boundary is STRICT:
                width = max(value.bit_length(), every.bit_length())
                raise ValueError('%r invalid value %r\n    given %s\n  allowed %s' % (cls, value, bin(value, width), bin(every, width)))
        if value < 0:
            value = value + max(all_bits + 1, 1 << value.bit_length())
        if boundary is not KEEP:
            value &= every
        if value != given and value in cls._value2member_map_:
            return cls._value2member_map_[value]
        made = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
        parts = [one._name_ for one in _parts(cls, value)]
        unknown = value & ~every
        vars(made).update(_value_=value, _name_='|'.join(parts + ([str(unknown)] if unknown else [])) if parts else None)
        cls._value2member_map_[value] = made
        return made
    def __repr__(self):
        return '<%s%s: %r>' % (type(self).__name__, '' if self._name_ is None else '.' + self._name_, self._value_)
    def __str__(self): return type(self).__name__ + ('(%r)' % self._value_ if self._name_ is None else '.' + self._name_)
    def __contains__(self, other):
        if not isinstance(other, type(self)):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r" % (type(other).__qualname__, type(self).__qualname__))
        return self._value_ | other._value_ == self._value_
    def __iter__(self): return _parts(type(self), self._value_)
    def __len__(self): return self._value_.bit_count()
    def __bool__(self): return self._value_ != 0
    __or__ = __ror__ = _with_flags(_op.or_)
    __and__ = __rand__ = _with_flags(_op.and_)
    __xor__ = __rxor__ = _with_flags(_op.xor)
    def __invert__(self):
        cls = type(self)
        return cls(~self._value_ if cls._boundary_ in (KEEP, EJECT) else _mask(cls) & ~self._value_)

# The members of one bit each.
def _parts(cls, value):
    return (one for one in cls if one._value_ & value)

class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    __repr__ = Flag.__repr__
    __or__ = __ror__ = Flag.__or__
    __and__ = __rand__ = Flag.__and__
    __xor__ = __rxor__ = Flag.__xor__
    __invert__ = Flag.__invert__
    def __str__(self): return '%d' % self._value_
    def __format__(self, spec, /): return format(self._value_, spec)
    def __bool__(self): return self._value_ != 0

def unique(enumeration):
    aliases = ', '.join('%s -> %s' % (alias, one._name_) for alias, one in enumeration._member_map_.items() if alias != one._name_)
    if aliases:
        raise ValueError('duplicate values found in %r: %s' % (enumeration, aliases))
    return enumeration

class EnumCheck(StrEnum):
    CONTINUOUS, NAMED_FLAGS, UNIQUE = 'no skipped integer values', 'multi-flag aliases may not contain unnamed flags', 'one name per value'
CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck

class verify:
    def __init__(self, *checks): self.checks = checks
    def __call__(self, enumeration):
        if UNIQUE in self.checks:
            try:
                unique(enumeration)
            except ValueError as failure:
                raise ValueError(str(failure).replace('duplicate values', 'aliases')) from None
        if CONTINUOUS in self.checks:
            values = [one.value for one in enumeration]
            missing = sorted({*range(min(values), max(values) + 1)} - {*values}) if values else []
            if missing:
                raise ValueError('invalid %s %r: missing values %s' % ('flag' if issubclass(enumeration, Flag) else 'enum', enumeration.__name__, ', '.join(map(str, missing))))
        return enumeration

def global_enum(cls):
    _sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls
` });
