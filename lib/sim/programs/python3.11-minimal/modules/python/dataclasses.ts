// dataclasses, in Python.

import { registerModule } from "../registry.ts";

registerModule("dataclasses", { source: String.raw`
import abc as _abc, copy as _copy, sys as _sys, types as _types

class FrozenInstanceError(AttributeError): pass

def _mark(name, shown):
    cls = type(name, (), {'__repr__': lambda self: shown})
    return cls()
MISSING = _mark('_MISSING_TYPE', '<dataclasses._MISSING_TYPE object>')
KW_ONLY = _mark('_KW_ONLY_TYPE', '<dataclasses._KW_ONLY_TYPE object>')
_FACTORY = _mark('_HAS_DEFAULT_FACTORY_CLASS', '<factory>')

class InitVar:
    def __init__(self, type): self.type = type
    def __class_getitem__(cls, type): return cls(type)
    def __repr__(self): return 'dataclasses.InitVar[%s]' % getattr(self.type, '__name__', repr(self.type))

_FIELD_FACTS = ('name', 'type', 'default', 'default_factory', 'init', 'repr', 'hash', 'compare', 'metadata', 'kw_only')

class Field:
    __slots__ = (*_FIELD_FACTS, '_kind')
    def __init__(self, **facts):
        self.name = self.type = self._kind = None
        for fact, value in facts.items():
            setattr(self, fact, value)
        self.metadata = _types.MappingProxyType(self.metadata or {})
    def __repr__(self):
        facts = ['%s=%r' % (fact, getattr(self, fact)) for fact in _FIELD_FACTS]
        return 'Field(%s,_field_type=%s)' % (','.join(facts), self._kind)
    @property
    def _optional(self): return self.default is not MISSING or self.default_factory is not MISSING

def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if MISSING not in (default, default_factory):
        raise ValueError('cannot specify both default and default_factory')
    return Field(default=default, default_factory=default_factory, init=init, repr=repr, hash=hash, compare=compare, metadata=metadata, kw_only=kw_only)

def dataclass(cls=None, /, **options):
    strange = [word for word in options if word not in _OPTIONS]
    if strange:
        raise TypeError("dataclass() got an unexpected keyword argument '%s'" % strange[0])
    how = _types.SimpleNamespace(**{**_OPTIONS, **options})
    return (lambda cls: _finish(cls, how)) if cls is None else _finish(cls, how)

_OPTIONS = dict(init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False)

# What an annotation means: a field, a parameter of __init__ only, or nothing of ours.
def _kind_of(annotation):
    if isinstance(annotation, str):
        word = annotation.split('[')[0].rpartition('.')[2]
        return {'ClassVar': None, 'InitVar': '_FIELD_INITVAR'}.get(word, '_FIELD')
    if isinstance(annotation, InitVar) or annotation is InitVar:
        return '_FIELD_INITVAR'
    return None if str(annotation).split('[')[0] == 'typing.ClassVar' else '_FIELD'

def _inherited(cls, how):
    fields = {}
    for base in reversed(cls.__mro__[1:]):
        theirs = vars(base).get('__dataclass_params__')
        if theirs is None:
            continue
        if theirs.frozen != how.frozen:
            raise TypeError('cannot inherit %s dataclass from a %s one' % (('frozen', 'non-frozen') if how.frozen else ('non-frozen', 'frozen')))
        fields.update(vars(base)['__dataclass_fields__'])
    return fields

def _own_fields(cls, how):
    only_named, annotations = how.kw_only, vars(cls).get('__annotations__', {})
    for name, annotation in annotations.items():
        if annotation is KW_ONLY or isinstance(annotation, str) and annotation.rpartition('.')[2] == 'KW_ONLY':
            only_named = True
            continue
        kind = _kind_of(annotation)
        if kind is None:
            continue
        given = vars(cls).get(name, MISSING)
        # With __slots__ of its own the class shows a descriptor where no default was given.
        if type(given).__name__ == 'member_descriptor':
            given = MISSING
        one = given if isinstance(given, Field) else field(default=given)
        one.name, one.type, one._kind = name, annotation, kind
        if one.kw_only is MISSING:
            one.kw_only = only_named
        if kind == '_FIELD_INITVAR' and one.default_factory is not MISSING:
            raise TypeError(f'field {name} cannot have a default factory')
        if type(one.default).__hash__ is None:
            raise ValueError(f'mutable default {type(one.default)} for field {name} is not allowed: use default_factory')
        if one is given and one.default is not MISSING:
            setattr(cls, name, one.default)
        elif one is given:
            delattr(cls, name)
        yield one
    for name, value in vars(cls).items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError('%r is a field but has no type annotation' % (name,))

def _finish(cls, how):
    every = _inherited(cls, how)
    every.update((one.name, one) for one in _own_fields(cls, how))
    cls.__dataclass_fields__, cls.__dataclass_params__ = every, how
    shown = [one for one in every.values() if one._kind == '_FIELD']
    own = {*vars(cls)}
    if how.init:
        _add_init(cls, [*every.values()], how.frozen)
    if how.repr and '__repr__' not in own:
        _add(cls, '__repr__', _shower([one.name for one in shown if one.repr]))
    compared = _getter([one.name for one in shown if one.compare])
    if how.eq and '__eq__' not in own:
        _add(cls, '__eq__', _comparison(compared, lambda a, b: a == b))
    if how.order:
        if not how.eq:
            raise ValueError('eq must be true if order is true')
        for name, test in (('__lt__', lambda a, b: a < b), ('__le__', lambda a, b: a <= b), ('__gt__', lambda a, b: a > b), ('__ge__', lambda a, b: a >= b)):
            if name in own:
                raise TypeError('Cannot overwrite attribute %s in class %s. Consider using functools.total_ordering' % (name, cls.__name__))
            _add(cls, name, _comparison(compared, test))
    if how.frozen:
        _freeze(cls, {*every}, own)
    own_hash = '__hash__' in own and not (vars(cls)['__hash__'] is None and '__eq__' in own)
    if how.unsafe_hash and own_hash:
        raise TypeError('Cannot overwrite attribute __hash__ in class ' + cls.__name__)
    if how.unsafe_hash or how.eq and how.frozen and not own_hash:
        hashed = _getter([one.name for one in shown if (one.compare if one.hash is None else one.hash)])
        _add(cls, '__hash__', lambda self: hash(hashed(self)))
    elif how.eq and not own_hash:
        cls.__hash__ = None
    if how.match_args and '__match_args__' not in own:
        cls.__match_args__ = tuple([one.name for one in every.values() if one.init and not one.kw_only])
    if not cls.__doc__:
        cls.__doc__ = cls.__name__ + _signature([one for one in every.values() if one.init])
    return _with_slots(cls, [one.name for one in shown], own) if how.slots else cls

def _add(cls, name, method):
    method.__name__, method.__qualname__ = name, cls.__qualname__ + '.' + name
    setattr(cls, name, method)

def _getter(names):
    return lambda self: tuple([getattr(self, name) for name in names])

def _comparison(values, test):
    return lambda self, other: test(values(self), values(other)) if type(self) is type(other) else NotImplemented

# An object that holds itself is shown as three dots inside.
def _shower(names):
    open_now = []
    def show(self):
        if any(one is self for one in open_now):
            return '...'
        open_now.append(self)
        try:
            return '%s(%s)' % (type(self).__qualname__, ', '.join([f'{name}={getattr(self, name)!r}' for name in names]))
        finally:
            open_now.pop()
    return show

def _freeze(cls, names, own):
    def refusing(plain, verb):
        def method(self, name, *value):
            if type(self) is cls or name in names:
                raise FrozenInstanceError('cannot %s field %r' % (verb, name))
            getattr(super(cls, self), plain)(name, *value)
        return method
    for plain, verb in (('__setattr__', 'assign to'), ('__delattr__', 'delete')):
        if plain in own:
            raise TypeError('Cannot overwrite attribute %s in class %s' % (plain, cls.__name__))
        _add(cls, plain, refusing(plain, verb))

def _type_name(annotation):
    return annotation.__name__ if isinstance(annotation, type) and type(annotation) is not type(list[int]) else repr(annotation)

def _signature(fields):
    named = [one for one in fields if one.kw_only]
    words = []
    for one in [one for one in fields if not one.kw_only] + ['*'] * bool(named) + named:
        word = one if one == '*' else f'{one.name}: {_type_name(one.type)}'
        if one != '*' and one._optional:
            word += ' = ' + (repr(one.default) if one.default is not MISSING else repr(_FACTORY))
        words.append(word)
    return '(%s)' % ', '.join(words)

# __init__ is made of text: Python itself is to say what is wrong with the arguments.
def _add_init(cls, fields, frozen):
    space = {'_factory': _FACTORY, '_set': object.__setattr__}
    plain, named, body, optional_before = [], [], [], False
    for one in fields:
        word = name = one.name
        if one.default is not MISSING:
            space['_default_' + name] = one.default
            word += '=_default_' + name
        elif one.default_factory is not MISSING:
            space['_make_' + name] = one.default_factory
            word += '=_factory'
        if one.init and one.kw_only:
            named.append(word)
        elif one.init:
            if optional_before and not one._optional:
                raise TypeError(f'non-default argument {name!r} follows default argument')
            optional_before = one._optional
            plain.append(word)
        if one._kind != '_FIELD':
            continue
        if one.default_factory is not MISSING:
            value = f'_make_{name}()' + (f' if {name} is _factory else {name}' if one.init else '')
        elif one.init or one.default is not MISSING and '__slots__' in vars(cls):
            value = name if one.init else '_default_' + name
        else:
            continue
        body.append(f'_set(self, {name!r}, {value})' if frozen else f'self.{name} = {value}')
    if hasattr(cls, '__post_init__'):
        body.append('self.__post_init__(%s)' % ', '.join([one.name for one in fields if one._kind == '_FIELD_INITVAR']))
    parameters = ', '.join(['self', *plain, *(['*', *named] if named else [])])
    exec('def __init__(%s):\n    %s\n' % (parameters, '\n    '.join(body) or 'pass'), space)
    _add(cls, '__init__', space['__init__'])
    cls.__init__.__annotations__ = {one.name: one.type for one in fields if one.init} | {'return': None}

# __slots__ must stand in the class from the beginning, so another one is made.
def _with_slots(cls, names, own):
    if '__slots__' in own:
        raise TypeError(cls.__name__ + ' already specifies __slots__')
    inherited = {name for base in cls.__mro__[1:] for name in vars(base).get('__slots__', ())}
    body = {key: value for key, value in vars(cls).items() if key not in names and key not in ('__dict__', '__weakref__')}
    body['__slots__'] = tuple([name for name in names if name not in inherited])
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made

def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), '__dataclass_fields__')

def _is_instance(obj):
    return hasattr(type(obj), '__dataclass_fields__')

def fields(class_or_instance):
    every = getattr(class_or_instance, '__dataclass_fields__', None)
    if every is None:
        raise TypeError('must be called with a dataclass type or instance')
    return tuple([one for one in every.values() if one._kind == '_FIELD'])

# Dataclasses inside lists, tuples and dicts are taken apart, too.
def _taken_apart(value, build):
    inner = lambda part: _taken_apart(part, build)
    if _is_instance(value):
        return build([(one.name, inner(getattr(value, one.name))) for one in fields(value)])
    if isinstance(value, tuple) and hasattr(value, '_fields'):
        return type(value)(*map(inner, value))
    if isinstance(value, (list, tuple)):
        return type(value)(map(inner, value))
    if isinstance(value, dict):
        pairs = [(inner(key), inner(part)) for key, part in value.items()]
        return type(value)(value.default_factory, pairs) if hasattr(value, 'default_factory') else type(value)(pairs)
    return _copy.deepcopy(value)

def asdict(obj, *, dict_factory=dict):
    if _is_instance(obj):
        return _taken_apart(obj, dict_factory)
    raise TypeError('asdict() should be called on dataclass instances')

def astuple(obj, *, tuple_factory=tuple):
    if _is_instance(obj):
        return _taken_apart(obj, lambda pairs: tuple_factory([value for _, value in pairs]))
    raise TypeError('astuple() should be called on dataclass instances')

def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for one in type(obj).__dataclass_fields__.values():
        name, given = one.name, one.name in changes
        if given and not one.init:
            raise ValueError(f'field {name} is declared with init=False, it cannot be specified with replace()')
        if one.init and not given:
            if one._kind == '_FIELD_INITVAR' and one.default is MISSING:
                raise ValueError(f"InitVar {name!r} must be specified with replace()")
            if one._kind == '_FIELD':
                changes[name] = getattr(obj, name)
    return type(obj)(**changes)

def make_dataclass(cls_name, fields, *, bases=(), namespace=None, module=None, **options):
    body = dict(namespace or {}, __annotations__={})
    for given in fields:
        name, annotation, *default = (given, 'typing.Any') if isinstance(given, str) else (*given, *(['typing.Any'] if len(given) == 1 else []))
        if not name.isidentifier():
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if name in body['__annotations__']:
            raise TypeError(f'Field name duplicated: {name!r}')
        body['__annotations__'][name] = annotation
        if default:
            body[name] = default[0]
    cls = _types.new_class(cls_name, bases, {}, lambda space: space.update(body))
    cls.__module__ = module or _sys._getframe(1).f_globals.get('__name__', 'types')
    return dataclass(cls, **options)
` });
