// collections.abc, in Python: what a class must have to count as iterable, a sequence and so on, and what it gets for it.

import { registerModule } from "../registry.ts";

registerModule("_collections_abc", { source: String.raw`
import abc as _abc
__name__ = 'collections.abc'

# A shape that lists _needs makes them abstract methods; a shape of _duck accepts every class that has them, others only the _kinds told to them.
class _Shape(_abc.ABCMeta):
    def __new__(meta, name, bases, space):
        for need in space.get('_needs', '').split():
            space[need] = _missing(need)
        cls = _abc.ABCMeta.__new__(meta, name, bases, space)
        for kind in space.get('_kinds', ()):
            cls.register(kind)
        return cls
    def __subclasshook__(cls, other):
        names = cls.__dict__.get('_duck')
        return True if names is not None and all(_has(other, name) for name in names.split()) else NotImplemented

def _has(cls, name):
    for one in cls.__mro__:
        if name in one.__dict__:
            return one.__dict__[name] is not None
    return False

def _missing(name):
    def method(self, *args): raise NotImplementedError(name)
    return _abc.abstractmethod(method)

def _of(cls, items):
    return cls._from_iterable(items)

class Hashable(metaclass=_Shape):
    _needs = _duck = '__hash__'
class Awaitable(metaclass=_Shape):
    _needs = _duck = '__await__'
class Coroutine(Awaitable):
    _needs, _duck = 'send throw', 'send throw close __await__'
class AsyncIterable(metaclass=_Shape):
    _needs = _duck = '__aiter__'
class AsyncIterator(AsyncIterable):
    _needs, _duck = '__anext__', '__anext__ __aiter__'
    def __aiter__(self): return self
class Iterable(metaclass=_Shape):
    _needs = _duck = '__iter__'
class Iterator(Iterable):
    _needs, _duck = '__next__', '__next__ __iter__'
    def __iter__(self): return self
class Reversible(Iterable):
    _needs, _duck = '__reversed__', '__reversed__ __iter__'
class Generator(Iterator):
    _needs, _duck = 'send throw', 'send throw close __iter__ __next__'
    def __next__(self): return self.send(None)
    def close(self):
        ended = False
        try:
            self.throw(GeneratorExit)
        except (StopIteration, GeneratorExit):
            ended = True
        if not ended:
            raise RuntimeError('generator ignored GeneratorExit')
class Sized(metaclass=_Shape):
    _needs = _duck = '__len__'
class Container(metaclass=_Shape):
    _needs = _duck = '__contains__'
class Callable(metaclass=_Shape):
    _needs = _duck = '__call__'
class Collection(Sized, Iterable, Container):
    _duck = '__len__ __iter__ __contains__'

def _place(items, places, value):
    for place in places:
        if items[place] is value or items[place] == value:
            return place
    raise ValueError

class Sequence(Reversible, Collection):
    _needs, _kinds = '__getitem__', (tuple, str, range, bytes, memoryview, list, bytearray)
    def __iter__(self):
        place = 0
        while True:
            try:
                item = self[place]
            except IndexError:
                break
            yield item
            place += 1
    def __reversed__(self): return map(self.__getitem__, range(len(self) - 1, -1, -1))
    def __contains__(self, value): return next((True for item in self if item is value or item == value), False)
    def count(self, value): return [item is value or item == value for item in self].count(True)
    def index(self, value, start=0, stop=None): return _place(self, range(len(self))[start:stop], value)
class MutableSequence(Sequence):
    _needs, _kinds = '__setitem__ __delitem__ insert', (list, bytearray)
    def append(self, value): self.insert(len(self), value)
    def extend(self, values):
        for value in list(values):
            self.append(value)
    def __iadd__(self, values):
        self.extend(values)
        return self
    def clear(self):
        while len(self):
            self.pop()
    def pop(self, index=-1):
        taken = self[index]
        del self[index]
        return taken
    def remove(self, value): del self[self.index(value)]
    def reverse(self):
        turned = [*self][::-1]
        for place, value in enumerate(turned):
            self[place] = value
class ByteString(Sequence):
    _kinds = (bytes, bytearray)

class Set(Collection):
    _kinds = (set, frozenset)
    @classmethod
    def _from_iterable(cls, it): return cls(it)
    def __le__(self, other): return len(self) <= len(other) and all(item in other for item in self) if isinstance(other, Set) else NotImplemented
    def __ge__(self, other): return len(self) >= len(other) and all(item in self for item in other) if isinstance(other, Set) else NotImplemented
    def __lt__(self, other): return len(self) < len(other) and self <= other if isinstance(other, Set) else NotImplemented
    def __gt__(self, other): return len(self) > len(other) and self >= other if isinstance(other, Set) else NotImplemented
    def __eq__(self, other): return len(self) == len(other) and self <= other if isinstance(other, Set) else NotImplemented
    def __and__(self, other): return _of(self, [item for item in other if item in self]) if isinstance(other, Iterable) else NotImplemented
    def __or__(self, other): return _of(self, [*self, *other]) if isinstance(other, Iterable) else NotImplemented
    def __sub__(self, other): return _of(self, [item for item in self if item not in other]) if isinstance(other, Iterable) else NotImplemented
    def __rsub__(self, other): return _of(self, [item for item in other if item not in self]) if isinstance(other, Iterable) else NotImplemented
    def __xor__(self, other): return (self - _of(self, other)) | (_of(self, other) - self) if isinstance(other, Iterable) else NotImplemented
    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__
    def isdisjoint(self, other): return not any(item in self for item in other)
class MutableSet(Set):
    _needs, _kinds = 'add discard', (set,)
    def remove(self, value):
        if value in self:
            return self.discard(value)
        raise KeyError(value)
    def pop(self):
        for value in self:
            self.discard(value)
            return value
        raise KeyError
    def clear(self):
        for value in [*self]:
            self.discard(value)
    def __ior__(self, other):
        for value in other:
            self.add(value)
        return self
    def __isub__(self, other):
        for value in [*other]:
            self.discard(value)
        return self
    def __iand__(self, other):
        self -= self - other
        return self

_ABSENT = object()

def _look(mapping, key, default):
    try:
        return mapping[key]
    except KeyError:
        return default

def _fill(mapping, other, named):
    for key, value in [(key, other[key]) for key in other.keys()] if hasattr(other, 'keys') else other:
        mapping[key] = value
    for name, value in named.items():
        mapping[name] = value

class Mapping(Collection):
    _needs, _kinds = '__getitem__', (dict, type(type.__dict__))
    def __contains__(self, key): return _look(self, key, _ABSENT) is not _ABSENT
    def get(self, key, default=None): return _look(self, key, default)
    def keys(self): return KeysView(self)
    def values(self): return ValuesView(self)
    def items(self): return ItemsView(self)
    def __eq__(self, other): return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented
    __reversed__ = None
class MutableMapping(Mapping):
    _needs, _kinds = '__setitem__ __delitem__', (dict,)
    def pop(self, key, default=_ABSENT):
        if default is not _ABSENT and key not in self:
            return default
        taken = self[key]
        del self[key]
        return taken
    def popitem(self):
        for key in self:
            return key, self.pop(key)
        raise KeyError
    def clear(self):
        for key in [*self]:
            del self[key]
    def setdefault(self, key, default=None):
        if key in self:
            return self[key]
        self[key] = default
        return default
    def update(self, other=(), /, **kwds): _fill(self, other, kwds)

class MappingView(Sized):
    def __init__(self, mapping): self._mapping = mapping
    def __len__(self): return len(self._mapping)
    def __repr__(self): return '%s(%r)' % (type(self).__name__, self._mapping)
class KeysView(MappingView, Set):
    _kinds = (type({}.keys()),)
    @classmethod
    def _from_iterable(cls, it): return {*it}
    def __contains__(self, key): return key in self._mapping
    def __iter__(self): return iter(self._mapping)
class ItemsView(MappingView, Set):
    _kinds = (type({}.items()),)
    @classmethod
    def _from_iterable(cls, it): return {*it}
    def __contains__(self, pair): return pair[0] in self._mapping and self._mapping[pair[0]] == pair[1]
    def __iter__(self): return ((key, self._mapping[key]) for key in self._mapping)
class ValuesView(MappingView, Collection):
    _kinds = (type({}.values()),)
    def __contains__(self, value): return any(value == self._mapping[key] for key in self._mapping)
    def __iter__(self): return (self._mapping[key] for key in self._mapping)
` });

registerModule("collections.abc", { source: "from _collections_abc import *\n" });
