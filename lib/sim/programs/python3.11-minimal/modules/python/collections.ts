// collections, in Python.

import { registerModule } from "../registry.ts";

registerModule("collections", { isPackage: true, source: String.raw`
import sys as _sys, keyword as _keyword, _collections_abc as _abc

class OrderedDict(dict):
    __hash__ = None
    def __repr__(self):
        return type(self).__name__ + ('([%s])' % ', '.join(map(repr, self.items())) if self else '()')
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if not last:
            behind = dict(self)
            self.clear()
        self[key] = value
        if not last:
            self |= behind
    def popitem(self, last=True):
        for key in reversed(self) if last else self:
            return key, self.pop(key)
        raise KeyError('dictionary is empty')
    def copy(self): return type(self)(self)
    def __eq__(self, other):
        same = dict.__eq__(self, other)
        return same is True and [*self] == [*other] if isinstance(other, OrderedDict) else same
    def __ne__(self, other): return not self == other
    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        joined = type(self)(self)
        joined.update(other)
        return joined
    def __ror__(self, other):
        return type(self)(other) | self if isinstance(other, dict) else NotImplemented
    def __ior__(self, other):
        self.update(other)
        return self
    @classmethod
    def fromkeys(cls, iterable, value=None): return cls((key, value) for key in iterable)

class defaultdict(dict):
    def __init__(self, default_factory=None, /, *contents, **named):
        if not (default_factory is None or callable(default_factory)):
            raise TypeError('first argument must be callable or None')
        self.default_factory = default_factory
        dict.__init__(self, *contents, **named)
    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        self[key] = made = self.default_factory()
        return made
    def __repr__(self): return '%s(%r, %s)' % (type(self).__name__, self.default_factory, dict.__repr__(self))
    def copy(self): return type(self)(self.default_factory, self)
    def __copy__(self): return self.copy()
    def __getnewargs__(self): return (self.default_factory,)
    def __or__(self, other): return type(self)(self.default_factory, dict(self) | dict(other)) if isinstance(other, dict) else NotImplemented

def _counted(things, named):
    if things is not None and hasattr(things, 'items'):
        yield from things.items()
    elif things is not None:
        for thing in things:
            yield thing, 1
    yield from named.items()

class Counter(dict):
    __hash__ = None
    def __init__(self, iterable=None, /, **kwds):
        dict.__init__(self)
        self.update(iterable, **kwds)
    def __missing__(self, element): return 0
    def __delitem__(self, element): self.pop(element, None)
    def __repr__(self):
        try:
            shown = dict(self.most_common())
        except TypeError:
            shown = dict(self)
        return '%s(%s)' % (type(self).__name__, shown or '')
    def update(self, iterable=None, /, **kwds):
        for element, times in _counted(iterable, kwds):
            self[element] = times + self[element] if element in self else times
    def subtract(self, iterable=None, /, **kwds):
        for element, times in _counted(iterable, kwds):
            self[element] -= times
    def copy(self): return type(self)(self)
    def total(self): return sum(self.values())
    def most_common(self, n=None):
        if n is not None:
            import heapq
            return heapq.nlargest(n, self.items(), key=lambda pair: pair[1])
        return sorted(self.items(), key=lambda pair: pair[1], reverse=True)
    def elements(self): return (element for element, times in self.items() for _ in range(times))
    @classmethod
    def fromkeys(cls, iterable, v=None): raise NotImplementedError('Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')
    # Of every element of both, in the order of their first sight, what is left above nothing.
    def _combined(self, other, combine):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for element in {**self, **other}:
            times = combine(self[element], other[element])
            if times > 0:
                result[element] = times
        return result
    def _every(self, other, test):
        return all(test(self[element], other[element]) for element in {**self, **other}) if isinstance(other, Counter) else NotImplemented
    def __add__(self, other): return self._combined(other, lambda a, b: a + b)
    def __sub__(self, other): return self._combined(other, lambda a, b: a - b)
    def __or__(self, other): return self._combined(other, max)
    def __and__(self, other): return self._combined(other, min)
    def __pos__(self): return self._combined(Counter(), lambda a, b: a)
    def __neg__(self): return self._combined(Counter(), lambda a, b: -a)
    def __eq__(self, other): return self._every(other, lambda a, b: a == b)
    def __ne__(self, other): return not self == other
    def __le__(self, other): return self._every(other, lambda a, b: a <= b)
    def __ge__(self, other): return self._every(other, lambda a, b: a >= b)
    def __lt__(self, other): return self <= other and self != other if isinstance(other, Counter) else NotImplemented
    def __gt__(self, other): return self >= other and self != other if isinstance(other, Counter) else NotImplemented
    def _become(self, result):
        self.clear()
        dict.update(self, result)
        return self
    def __iadd__(self, other): return self._become(self + other)
    def __isub__(self, other): return self._become(self - other)
    def __ior__(self, other): return self._become(self | other)
    def __iand__(self, other): return self._become(self & other)

def _in_range(method):
    def checked(self, place, *value):
        if isinstance(place, slice):
            raise TypeError("sequence index must be integer, not 'slice'")
        if not -len(self._items) <= place < len(self._items):
            raise IndexError('deque index out of range')
        return method(self._items, place, *value)
    checked.__name__ = method.__name__
    return checked

def _like_list(method):
    return lambda self, other: method(self._items, other._items) if isinstance(other, deque) else NotImplemented

# The items lie in a list; _changes counts what moved them, for iterators to notice.
class deque:
    __hash__ = None
    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None and maxlen < 0:
            raise ValueError('maxlen must be non-negative')
        self._items, self._most, self._changes = [], maxlen, 0
        self.extend(iterable)
    maxlen = property(lambda self: self._most)
    def append(self, x):
        self._changes += 1
        self._items.append(x)
        if self._most is not None and len(self._items) > self._most:
            del self._items[0]
    def appendleft(self, x):
        self._changes += 1
        self._items.insert(0, x)
        if self._most is not None and len(self._items) > self._most:
            del self._items[-1]
    def extend(self, iterable):
        for x in [*iterable] if iterable is self else iterable:
            self.append(x)
    def extendleft(self, iterable):
        for x in [*iterable] if iterable is self else iterable:
            self.appendleft(x)
    def _take(self, place):
        if not self._items:
            raise IndexError('pop from an empty deque')
        self._changes += 1
        return self._items.pop(place)
    def pop(self): return self._take(-1)
    def popleft(self): return self._take(0)
    def clear(self):
        self._changes += 1
        self._items.clear()
    def copy(self): return type(self)(self._items, self._most)
    def __copy__(self): return self.copy()
    def __deepcopy__(self, memo):
        import copy
        return type(self)(copy.deepcopy(self._items, memo), self._most)
    def count(self, x): return self._items.count(x)
    def index(self, x, *bounds):
        if x in self._items:
            try:
                return self._items.index(x, *bounds)
            except ValueError:
                pass
        raise ValueError('%r is not in deque' % (x,))
    def insert(self, i, x):
        if len(self._items) == self._most:
            raise IndexError('deque already at its maximum size')
        self._changes += 1
        self._items.insert(i, x)
    def remove(self, value):
        if value not in self._items:
            raise ValueError('%r is not in deque' % (value,))
        self._changes += 1
        self._items.remove(value)
    def reverse(self): self._items.reverse()
    def rotate(self, n=1):
        if self._items:
            cut = -n % len(self._items)
            self._items = self._items[cut:] + self._items[:cut]
            self._changes += 1
    def __len__(self): return len(self._items)
    def __iter__(self):
        seen = self._changes
        for x in self._items[:]:
            if self._changes != seen:
                raise RuntimeError('deque mutated during iteration')
            yield x
    def __reversed__(self): return reversed(self._items)
    def __contains__(self, x): return x in self._items
    __getitem__ = _in_range(list.__getitem__)
    __setitem__ = _in_range(list.__setitem__)
    __delitem__ = _in_range(list.__delitem__)
    def __add__(self, other):
        if isinstance(other, deque):
            return type(self)(self._items + other._items, self._most)
        raise TypeError('can only concatenate deque (not "%s") to deque' % type(other).__name__)
    def __iadd__(self, other):
        self.extend(other)
        return self
    def __mul__(self, n): return type(self)(self._items * n, self._most)
    __rmul__ = __mul__
    def __imul__(self, n):
        self._items = (self * n)._items
        return self
    __eq__, __lt__, __le__ = _like_list(list.__eq__), _like_list(list.__lt__), _like_list(list.__le__)
    __gt__, __ge__ = _like_list(list.__gt__), _like_list(list.__ge__)
    def __repr__(self):
        return type(self).__name__ + ('(%r)' % self._items if self._most is None else '(%r, maxlen=%d)' % (self._items, self._most))

def _usable(name, position, earlier):
    return name.isidentifier() and not _keyword.iskeyword(name) and not name.startswith('_') and name not in earlier

def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    names = field_names.replace(',', ' ').split() if isinstance(field_names, str) else [str(name) for name in field_names]
    if rename:
        names = [name if _usable(name, at, names[:at]) else '_%d' % at for at, name in enumerate(names)]
    for name in (typename, *names):
        if not name.isidentifier():
            raise ValueError('Type names and field names must be valid identifiers: %r' % name)
        if _keyword.iskeyword(name):
            raise ValueError('Type names and field names cannot be a keyword: %r' % name)
    for at, name in enumerate(names):
        if name[0] == '_' and not rename:
            raise ValueError('Field names cannot start with an underscore: %r' % name)
        if name in names[:at]:
            raise ValueError('Encountered duplicate field name: %r' % name)
    values = () if defaults is None else tuple(defaults)
    without = len(names) - len(values)
    if without < 0:
        raise TypeError('Got more default values than field names')
    # Python itself is to say what is wrong with the arguments, so the constructor is made of text.
    space = {}
    exec('def __new__(_cls, %s): return _tuple_new(_cls, (%s))' % (', '.join(names), ''.join(name + ', ' for name in names)), {'_tuple_new': tuple.__new__}, space)
    make = space['__new__']
    make.__qualname__ = typename + '.__new__'
    make.__defaults__ = values
    def _make(cls, iterable):
        items = [*iterable]
        if len(items) == len(names):
            return tuple.__new__(cls, items)
        raise TypeError('Expected %d arguments, got %d' % (len(names), len(items)))
    def _replace(self, /, **kwds):
        strange = [word for word in kwds if word not in names]
        if strange:
            raise ValueError('Got unexpected field names: %r' % strange)
        return _make(type(self), map(kwds.get, names, self))
    members = {
        '__doc__': '%s(%s)' % (typename, ', '.join(names)), '__slots__': (), '_fields': tuple(names), '__match_args__': tuple(names), '_field_defaults': dict(zip(names[without:], values)),
        '__new__': make, '_make': classmethod(_make), '_replace': _replace, '_asdict': lambda self: dict(zip(names, self)), '__getnewargs__': tuple,
        '__repr__': lambda self: '%s(%s)' % (type(self).__name__, ', '.join(map('%s=%r'.__mod__, zip(names, self)))),
    }
    members |= {name: _Column(at) for at, name in enumerate(names)}
    made = type(typename, (tuple,), members)
    made.__module__ = _sys._getframe(1).f_globals.get('__name__', '__main__') if module is None else module
    return made

class _Column:
    def __init__(self, place):
        self._place, self.__doc__ = place, 'Alias for field number %d' % place
    def __get__(self, row, cls=None): return self if row is None else tuple.__getitem__(row, self._place)
    def __set__(self, row, value): raise AttributeError("can't set attribute")
    __delete__ = __set__

class ChainMap(_abc.MutableMapping):
    def __init__(self, *maps): self.maps = [*maps] or [{}]
    def __missing__(self, key): raise KeyError(key)
    def _first(self, key): return next((one for one in self.maps if key in one), None)
    def __getitem__(self, key):
        holder = self._first(key)
        return self.__missing__(key) if holder is None else holder[key]
    def __contains__(self, key): return self._first(key) is not None
    def get(self, key, default=None):
        holder = self._first(key)
        return default if holder is None else holder[key]
    def _flat(self):
        flat = {}
        for one in self.maps[::-1]:
            flat.update(one)
        return flat
    def __iter__(self): return iter(self._flat())
    def __len__(self): return len(self._flat())
    def __bool__(self): return any(map(len, self.maps))
    def __setitem__(self, key, value): self.maps[0][key] = value
    def _in_first(self, key):
        if key not in self.maps[0]:
            raise KeyError('Key not found in the first mapping: %r' % (key,))
        return self.maps[0]
    def __delitem__(self, key): del self._in_first(key)[key]
    def pop(self, key, *default): return self.maps[0].pop(key, *default) if default else self._in_first(key).pop(key)
    def popitem(self):
        if not self.maps[0]:
            raise KeyError('No keys found in the first mapping.')
        return self.maps[0].popitem()
    def clear(self): self.maps[0].clear()
    def new_child(self, m=None, **kwargs):
        child = {} if m is None else m
        child.update(kwargs)
        return type(self)(child, *self.maps)
    parents = property(lambda self: type(self)(*self.maps[1:]))
    def copy(self): return type(self)(dict(self.maps[0]), *self.maps[1:])
    def __or__(self, other): return type(self)({**self.maps[0], **other}, *self.maps[1:])
    def __ior__(self, other):
        self.maps[0].update(other)
        return self
    def __repr__(self): return type(self).__name__ + '(%s)' % ', '.join(map(repr, self.maps))

class UserDict(_abc.MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        for source in (dict, kwargs):
            if source:
                self.update(source)
    def __len__(self): return len(self.data)
    def __iter__(self): return iter(self.data)
    def __contains__(self, key): return key in self.data
    def __getitem__(self, key):
        missing = getattr(type(self), '__missing__', None)
        return missing(self, key) if missing is not None and key not in self.data else self.data[key]
    def get(self, key, default=None): return self[key] if key in self else default
    def __setitem__(self, key, item): self.data[key] = item
    def __delitem__(self, key): del self.data[key]
    def __repr__(self): return repr(self.data)
    def copy(self): return type(self)(self.data)
    def __or__(self, other): return type(self)(self.data | dict(other))

def _plain(value):
    return value.data if isinstance(value, (UserList, UserString)) else value

class UserList(_abc.MutableSequence):
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else [*initlist]
    def __len__(self): return len(self.data)
    def __getitem__(self, i): return type(self)(self.data[i]) if isinstance(i, slice) else self.data[i]
    def __setitem__(self, i, item): self.data[i] = item
    def __delitem__(self, i): del self.data[i]
    def insert(self, i, item): self.data.insert(i, item)
    def sort(self, /, *args, **kwds): self.data.sort(*args, **kwds)
    def copy(self): return type(self)(self.data)
    def __repr__(self): return repr(self.data)
    def __eq__(self, other): return self.data == _plain(other)
    def __lt__(self, other): return self.data < _plain(other)
    def __add__(self, other): return type(self)(self.data + [*other])
    def __radd__(self, other): return type(self)([*other] + self.data)
    def __mul__(self, n): return type(self)(self.data * n)

class UserString(_abc.Sequence):
    def __init__(self, seq): self.data = str(seq)
    def __str__(self): return self.data
    def __repr__(self): return repr(self.data)
    def __hash__(self): return hash(self.data)
    def __len__(self): return len(self.data)
    def __getitem__(self, index): return type(self)(self.data[index])
    def __contains__(self, part): return _plain(part) in self.data
    def __eq__(self, other): return self.data == _plain(other)
    def __lt__(self, other): return self.data < _plain(other)
    def __add__(self, other): return type(self)(self.data + str(other))
    def __radd__(self, other): return type(self)(str(other) + self.data)
    def __mul__(self, n): return type(self)(self.data * n)
    # Every method of str, its text answers wrapped again.
    def __getattr__(self, name):
        method = getattr(self.data, name)
        def call(*args, **kwds):
            answer = method(*map(_plain, args), **kwds)
            return type(self)(answer) if isinstance(answer, str) else answer
        return call

for _cls, _shape in ((deque, _abc.MutableSequence), (UserString, _abc.Sequence)):
    _shape.register(_cls)
_abc.Sequence.register(deque)
` });
