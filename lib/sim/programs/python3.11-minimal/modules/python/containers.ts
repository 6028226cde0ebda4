// itertools, functools, operator, collections, heapq, bisect, copy: in Python of our own.

import { registerModule } from "../registry.ts";

registerModule("itertools", { source: String.raw`
def count(start=0, step=1):
    while True:
        yield start
        start += step

def cycle(iterable):
    saved = []
    for item in iterable:
        yield item
        saved.append(item)
    while saved:
        yield from saved

def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object

def accumulate(iterable, func=None, *, initial=None):
    it = iter(iterable)
    total = initial
    if initial is None:
        try:
            total = next(it)
        except StopIteration:
            return
    yield total
    for item in it:
        total = total + item if func is None else func(total, item)
        yield total

class chain:
    def __init__(self, *iterables):
        self._it = self._run(iterables)
    @staticmethod
    def _run(iterables):
        for it in iterables:
            yield from it
    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._it = cls._run(iterables)
        return made
    def __iter__(self):
        return self
    def __next__(self):
        return next(self._it)

def compress(data, selectors):
    return (d for d, s in zip(data, selectors) if s)

def dropwhile(predicate, iterable):
    it = iter(iterable)
    for x in it:
        if not predicate(x):
            yield x
            break
    yield from it

def takewhile(predicate, iterable):
    for x in iterable:
        if not predicate(x):
            return
        yield x

def filterfalse(predicate, iterable):
    for x in iterable:
        if not (bool(x) if predicate is None else predicate(x)):
            yield x

def starmap(function, iterable):
    for args in iterable:
        yield function(*args)

def pairwise(iterable):
    it = iter(iterable)
    try:
        a = next(it)
    except StopIteration:
        return
    for b in it:
        yield a, b
        a = b

def islice(iterable, *args):
    s = slice(*args)
    for name, v in (('start', s.start), ('stop', s.stop), ('step', s.step)):
        if v is not None and (not isinstance(v, int) or v < (1 if name == 'step' else 0)):
            raise ValueError("Step for islice() must be a positive integer or None." if name == 'step' else "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize." if name == 'start' else "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    return _islice(iterable, s.start or 0, s.stop, s.step or 1)

def _islice(iterable, start, stop, step):
    it = iter(iterable)
    i = 0
    wanted = start
    while stop is None or wanted < stop:
        try:
            while i < wanted:
                next(it)
                i += 1
            item = next(it)
        except StopIteration:
            return
        i += 1
        yield item
        wanted += step

def tee(iterable, n=2):
    it = iter(iterable)
    queues = [[] for _ in range(n)]
    def gen(mine):
        while True:
            if not mine:
                try:
                    item = next(it)
                except StopIteration:
                    return
                for q in queues:
                    q.append(item)
            yield mine.pop(0)
    return tuple(gen(q) for q in queues)

def zip_longest(*iterables, fillvalue=None):
    its = [iter(i) for i in iterables]
    active = len(its)
    if not active:
        return
    while True:
        row = []
        for i, it in enumerate(its):
            try:
                row.append(next(it))
            except StopIteration:
                active -= 1
                if not active:
                    return
                its[i] = repeat(fillvalue)
                row.append(fillvalue)
        yield tuple(row)

def product(*iterables, repeat=1):
    pools = [tuple(p) for p in iterables] * repeat
    indices = [0] * len(pools)
    if any(not p for p in pools):
        return
    while True:
        yield tuple(p[i] for p, i in zip(pools, indices))
        for k in reversed(range(len(pools))):
            indices[k] += 1
            if indices[k] < len(pools[k]):
                break
            indices[k] = 0
        else:
            return

def permutations(iterable, r=None):
    pool = tuple(iterable)
    r = len(pool) if r is None else r
    def step(chosen, rest):
        if len(chosen) == r:
            yield tuple(pool[i] for i in chosen)
            return
        for i in rest:
            yield from step(chosen + [i], [j for j in rest if j != i])
    if r <= len(pool):
        yield from step([], list(range(len(pool))))

def _choose(pool, r, again):
    def step(chosen, start):
        if len(chosen) == r:
            yield tuple(pool[i] for i in chosen)
            return
        for i in range(start, len(pool)):
            yield from step(chosen + [i], i if again else i + 1)
    yield from step([], 0)

def combinations(iterable, r):
    return _choose(tuple(iterable), r, False)

def combinations_with_replacement(iterable, r):
    return _choose(tuple(iterable), r, True)

class groupby:
    def __init__(self, iterable, key=None):
        self._it = iter(iterable)
        self._key = key if key is not None else lambda x: x
        self._have = False
        self._ended = False
        self._turn = 0
    def __iter__(self):
        return self
    def _advance(self):
        try:
            self._item = next(self._it)
        except StopIteration:
            self._ended = True
            self._have = False
            return
        self._have = True
        self._itemkey = self._key(self._item)
    def __next__(self):
        if self._turn:
            while self._have and self._itemkey == self._current:
                self._advance()
        elif not self._have:
            self._advance()
        self._turn += 1
        if not self._have:
            raise StopIteration
        self._current = self._itemkey
        return self._current, self._group(self._turn)
    def _group(self, turn):
        while self._have and self._turn == turn and self._itemkey == self._current:
            item = self._item
            self._advance()
            yield item
` });

registerModule("functools", { source: String.raw`
WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)

def reduce(function, sequence, *initial):
    it = iter(sequence)
    if initial:
        value = initial[0]
    else:
        try:
            value = next(it)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    for item in it:
        value = function(value, item)
    return value

def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        if hasattr(wrapped, name):
            try:
                setattr(wrapper, name, getattr(wrapped, name))
            except AttributeError:
                pass
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper

def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)

class partial:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords
    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})
    def __repr__(self):
        parts = [repr(self.func)] + [repr(a) for a in self.args] + [f'{k}={v!r}' for k, v in self.keywords.items()]
        return 'functools.partial(' + ', '.join(parts) + ')'

class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords
    def __get__(self, obj, cls=None):
        return partial(self.func, *([] if obj is None else [obj]), *self.args, **self.keywords)

class _CacheInfo(tuple):
    _fields = ('hits', 'misses', 'maxsize', 'currsize')
    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])
    def __repr__(self):
        return 'CacheInfo(' + ', '.join(f'{n}={v!r}' for n, v in zip(self._fields, self)) + ')'

def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128, typed)
    return lambda function: _cached(function, maxsize, typed)

def cache(function):
    return _cached(function, None, False)

def _cached(function, maxsize, typed):
    saved = {}
    counts = [0, 0]
    def wrapper(*args, **kwds):
        key = args
        if kwds:
            key += ('\0kw',) + tuple(kwds.items())
        if typed:
            key += tuple(type(a) for a in args)
        if key in saved:
            counts[0] += 1
            value = saved[key]
            if maxsize is not None:
                del saved[key]
                saved[key] = value
            return value
        counts[1] += 1
        value = function(*args, **kwds)
        if maxsize is None or maxsize > 0:
            if maxsize is not None and len(saved) >= maxsize:
                del saved[next(iter(saved))]
            saved[key] = value
        return value
    def cache_clear():
        saved.clear()
        counts[:] = [0, 0]
    wrapper.cache_info = lambda: _CacheInfo((counts[0], counts[1], maxsize, len(saved)))
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return update_wrapper(wrapper, function)

class cached_property:
    def __init__(self, func):
        self.func = func
        self.__doc__ = func.__doc__
    def __set_name__(self, owner, name):
        self.attrname = name
    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = self.func(instance)
        instance.__dict__[self.attrname] = value
        return value

def cmp_to_key(mycmp):
    class K:
        def __init__(self, obj):
            self.obj = obj
        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0
        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0
        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0
        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0
        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0
        __hash__ = None
    return K

def total_ordering(cls):
    defined = [n for n in ('__lt__', '__le__', '__gt__', '__ge__') if n in cls.__dict__]
    if not defined:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = defined[0]
    def lt(self, other):
        if root == '__le__':
            r = self.__le__(other)
            return r if r is NotImplemented else r and self != other
        if root == '__gt__':
            r = self.__gt__(other)
            return r if r is NotImplemented else not r and self != other
        r = self.__ge__(other)
        return r if r is NotImplemented else not r
    def less(self, other):
        return self.__lt__(other)
    if root != '__lt__':
        cls.__lt__ = lt
    def combine(test):
        def method(self, other):
            r = type(self).__lt__(self, other)
            return r if r is NotImplemented else test(r, self == other)
        return method
    for name, test in (('__le__', lambda less, equal: less or equal), ('__gt__', lambda less, equal: not less and not equal), ('__ge__', lambda less, equal: not less)):
        if name not in defined:
            setattr(cls, name, combine(test))
    return cls

def singledispatch(func):
    registry = {object: func}
    def dispatch(cls):
        for c in cls.__mro__:
            if c in registry:
                return registry[c]
    def register(cls, f=None):
        if f is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            f = cls
            cls = next(iter(f.__annotations__.values()))
        registry[cls] = f
        return f
    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{func.__name__} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)
` });

registerModule("operator", { source: String.raw`
def lt(a, b): return a < b
def le(a, b): return a <= b
def eq(a, b): return a == b
def ne(a, b): return a != b
def ge(a, b): return a >= b
def gt(a, b): return a > b
def not_(a): return not a
def truth(a): return bool(a)
def is_(a, b): return a is b
def is_not(a, b): return a is not b
def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def truediv(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def pow(a, b): return a ** b
def neg(a): return -a
def pos(a): return +a
def abs(a): return __builtins__.abs(a)
def inv(a): return ~a
invert = inv
def and_(a, b): return a & b
def or_(a, b): return a | b
def xor(a, b): return a ^ b
def lshift(a, b): return a << b
def rshift(a, b): return a >> b
def matmul(a, b): return a @ b
def concat(a, b): return a + b
def contains(a, b): return b in a
def countOf(a, b): return sum(1 for x in a if x == b)
def indexOf(a, b): return list(a).index(b)
def getitem(a, b): return a[b]
def setitem(a, b, c): a[b] = c
def delitem(a, b): del a[b]
def index(a): return a.__index__()
def iadd(a, b):
    a += b
    return a
def isub(a, b):
    a -= b
    return a
def imul(a, b):
    a *= b
    return a
def length_hint(obj, default=0):
    return len(obj) if hasattr(obj, '__len__') else default

class itemgetter:
    def __init__(self, item, *items):
        self._items = (item,) + items
    def __call__(self, obj):
        if len(self._items) == 1:
            return obj[self._items[0]]
        return tuple(obj[i] for i in self._items)
    def __repr__(self):
        return f"operator.itemgetter({', '.join(map(repr, self._items))})"

class attrgetter:
    def __init__(self, attr, *attrs):
        self._attrs = (attr,) + attrs
    def _get(self, obj, attr):
        for name in attr.split('.'):
            obj = getattr(obj, name)
        return obj
    def __call__(self, obj):
        if len(self._attrs) == 1:
            return self._get(obj, self._attrs[0])
        return tuple(self._get(obj, a) for a in self._attrs)

class methodcaller:
    def __init__(self, name, /, *args, **kwargs):
        self._name, self._args, self._kwargs = name, args, kwargs
    def __call__(self, obj):
        return getattr(obj, self._name)(*self._args, **self._kwargs)
` });

registerModule("heapq", { source: String.raw`
def _siftdown(heap, startpos, pos):
    newitem = heap[pos]
    while pos > startpos:
        parent = (pos - 1) >> 1
        if not newitem < heap[parent]:
            break
        heap[pos] = heap[parent]
        pos = parent
    heap[pos] = newitem

def _siftup(heap, pos):
    end = len(heap)
    start = pos
    newitem = heap[pos]
    child = 2 * pos + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = newitem
    _siftdown(heap, start, pos)

def heappush(heap, item):
    heap.append(item)
    _siftdown(heap, 0, len(heap) - 1)

def heappop(heap):
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if heap:
        first = heap[0]
        heap[0] = last
        _siftup(heap, 0)
        return first
    return last

def heapreplace(heap, item):
    if not heap:
        raise IndexError("index out of range")
    first = heap[0]
    heap[0] = item
    _siftup(heap, 0)
    return first

def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _siftup(heap, 0)
    return item

def heapify(x):
    for i in reversed(range(len(x) // 2)):
        _siftup(x, i)

def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]

def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]

def merge(*iterables, key=None, reverse=False):
    yield from sorted((x for it in iterables for x in it), key=key, reverse=reverse)
` });

registerModule("bisect", { source: String.raw`
def bisect_right(a, x, lo=0, hi=None, *, key=None):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    if hi is None:
        hi = len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if x < (a[mid] if key is None else key(a[mid])):
            hi = mid
        else:
            lo = mid + 1
    return lo

def bisect_left(a, x, lo=0, hi=None, *, key=None):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    if hi is None:
        hi = len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if (a[mid] if key is None else key(a[mid])) < x:
            lo = mid + 1
        else:
            hi = mid
    return lo

def insort_right(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)

def insort_left(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)

bisect = bisect_right
insort = insort_right
` });

registerModule("copy", { source: String.raw`
class Error(Exception):
    pass
error = Error

_atomic = (type(None), int, float, bool, complex, str, bytes, type, range, type(Ellipsis), type(lambda: 0), type(len), property)

def copy(x):
    cls = type(x)
    if isinstance(x, _atomic) and cls in _atomic or isinstance(x, type):
        return x
    if hasattr(cls, '__copy__'):
        return cls.__copy__(x)
    if cls in (list, dict, set, bytearray):
        return x.copy()
    if cls in (tuple, frozenset):
        return x
    return _rebuild(x, lambda v: v)

def deepcopy(x, memo=None):
    if memo is None:
        memo = {}
    if id(x) in memo:
        return memo[id(x)]
    cls = type(x)
    if cls in _atomic or isinstance(x, type) or callable(x) and not hasattr(x, '__dict__'):
        return x
    if isinstance(x, type(lambda: 0)):
        return x
    if hasattr(cls, '__deepcopy__'):
        y = cls.__deepcopy__(x, memo)
    elif cls is list:
        y = []
        memo[id(x)] = y
        for item in x:
            y.append(deepcopy(item, memo))
    elif cls is dict:
        y = {}
        memo[id(x)] = y
        for k, v in x.items():
            y[deepcopy(k, memo)] = deepcopy(v, memo)
    elif cls is tuple:
        y = tuple(deepcopy(item, memo) for item in x)
    elif cls in (set, frozenset):
        y = cls(deepcopy(item, memo) for item in x)
    elif cls is bytearray:
        y = bytearray(x)
    else:
        y = _rebuild(x, lambda v: deepcopy(v, memo), memo)
    memo[id(x)] = y
    return y

def _rebuild(x, each, memo=None):
    cls = type(x)
    if isinstance(x, (str, int, float, tuple, frozenset)):
        y = cls.__new__(cls, *(each(v) for v in x)) if hasattr(x, '_fields') else cls.__new__(cls, x)
    elif isinstance(x, BaseException):
        y = cls(*x.args)
    elif isinstance(x, (list, dict, set)):
        y = cls.__new__(cls)
        if isinstance(x, list):
            y.extend(each(v) for v in x)
        elif isinstance(x, dict):
            for k, v in x.items():
                dict.__setitem__(y, each(k), each(v))
        else:
            y.update(each(v) for v in x)
    else:
        y = cls.__new__(cls)
    if memo is not None:
        memo[id(x)] = y
    for k, v in getattr(x, '__dict__', {}).items():
        object.__setattr__(y, k, each(v))
    for c in cls.__mro__:
        slots = c.__dict__.get('__slots__', ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if hasattr(x, name):
                object.__setattr__(y, name, each(getattr(x, name)))
    return y

def replace(obj, /, **changes):
    return obj.__replace__(**changes)
` });

registerModule("collections", { isPackage: true, source: String.raw`
import sys as _sys
from operator import itemgetter as _itemgetter

class OrderedDict(dict):
    def __repr__(self):
        return f"OrderedDict({list(self.items())!r})" if self else 'OrderedDict()'
    def move_to_end(self, key, last=True):
        value = self[key]
        del self[key]
        if last:
            self[key] = value
        else:
            rest = list(self.items())
            self.clear()
            self[key] = value
            for k, v in rest:
                self[k] = v
    def popitem(self, last=True):
        if not self:
            raise KeyError('dictionary is empty')
        key = next(reversed(list(self)) if last else iter(self))
        value = self[key]
        del self[key]
        return key, value
    def copy(self):
        return self.__class__(self)
    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return list(self.items()) == list(other.items())
        return dict(self) == other
    def __ne__(self, other):
        return not self == other
    __hash__ = None
    @classmethod
    def fromkeys(cls, iterable, value=None):
        self = cls()
        for key in iterable:
            self[key] = value
        return self

class defaultdict(dict):
    def __init__(self, default_factory=None, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError('first argument must be callable or None')
        self.default_factory = default_factory
        super().__init__(*args, **kwargs)
    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value
    def __repr__(self):
        return f'defaultdict({self.default_factory!r}, {dict(self)!r})'
    def copy(self):
        return defaultdict(self.default_factory, self)
    __copy__ = copy

class Counter(dict):
    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)
    def __missing__(self, key):
        return 0
    def total(self):
        return sum(self.values())
    def most_common(self, n=None):
        ordered = sorted(self.items(), key=_itemgetter(1), reverse=True)
        return ordered if n is None else ordered[:n]
    def elements(self):
        for key, count in self.items():
            for _ in range(count):
                yield key
    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError('Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')
    def update(self, iterable=None, /, **kwds):
        if iterable is not None:
            if hasattr(iterable, 'items'):
                for key, count in iterable.items():
                    self[key] = self.get(key, 0) + count
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) + 1
        for key, count in kwds.items():
            self[key] = self.get(key, 0) + count
    def subtract(self, iterable=None, /, **kwds):
        if iterable is not None:
            if hasattr(iterable, 'items'):
                for key, count in iterable.items():
                    self[key] = self.get(key, 0) - count
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) - 1
        for key, count in kwds.items():
            self[key] = self.get(key, 0) - count
    def copy(self):
        return self.__class__(self)
    def __delitem__(self, key):
        if key in self:
            super().__delitem__(key)
    def __repr__(self):
        if not self:
            return f'{self.__class__.__name__}()'
        try:
            d = dict(self.most_common())
        except TypeError:
            d = dict(self)
        return f'{self.__class__.__name__}({d!r})'
    def _positive(self):
        result = Counter()
        for key, count in self.items():
            if count > 0:
                result[key] = count
        return result
    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter(self)
        for key, count in other.items():
            result[key] += count
        return result._positive()
    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter(self)
        for key, count in other.items():
            result[key] -= count
        return result._positive()
    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter(self)
        for key, count in other.items():
            result[key] = max(result[key], count)
        return result._positive()
    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for key, count in self.items():
            result[key] = min(count, other[key])
        return result._positive()
    def __pos__(self):
        return self._positive()
    def __neg__(self):
        return Counter({k: -v for k, v in self.items()})._positive()
    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] == other[e] for c in (self, other) for e in c)
    def __ne__(self, other):
        return not self == other
    __hash__ = None

class deque:
    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None and maxlen < 0:
            raise ValueError('maxlen must be non-negative')
        self._maxlen = maxlen
        self._items = []
        self.extend(iterable)
    @property
    def maxlen(self):
        return self._maxlen
    def append(self, x):
        self._items.append(x)
        if self._maxlen is not None and len(self._items) > self._maxlen:
            self._items.pop(0)
    def appendleft(self, x):
        self._items.insert(0, x)
        if self._maxlen is not None and len(self._items) > self._maxlen:
            self._items.pop()
    def extend(self, iterable):
        for x in list(iterable) if iterable is self else iterable:
            self.append(x)
    def extendleft(self, iterable):
        for x in iterable:
            self.appendleft(x)
    def pop(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop()
    def popleft(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop(0)
    def clear(self):
        self._items.clear()
    def copy(self):
        return deque(self._items, self._maxlen)
    __copy__ = copy
    def count(self, x):
        return self._items.count(x)
    def index(self, x, *args):
        try:
            return self._items.index(x, *args)
        except ValueError:
            raise ValueError(f'{x!r} is not in deque') from None
    def insert(self, i, x):
        if self._maxlen is not None and len(self._items) >= self._maxlen:
            raise IndexError('deque already at its maximum size')
        self._items.insert(i, x)
    def remove(self, x):
        try:
            self._items.remove(x)
        except ValueError:
            raise ValueError('deque.remove(x): x not in deque') from None
    def reverse(self):
        self._items.reverse()
    def rotate(self, n=1):
        if self._items:
            n %= len(self._items)
            self._items[:] = self._items[-n:] + self._items[:-n] if n else self._items
    def __len__(self):
        return len(self._items)
    def __bool__(self):
        return bool(self._items)
    def __iter__(self):
        size = len(self._items)
        for x in list(self._items):
            if len(self._items) != size:
                raise RuntimeError('deque mutated during iteration')
            yield x
    def __reversed__(self):
        return reversed(self._items)
    def __contains__(self, x):
        return x in self._items
    def __getitem__(self, i):
        if isinstance(i, slice):
            raise TypeError("sequence index must be integer, not 'slice'")
        try:
            return self._items[i]
        except IndexError:
            raise IndexError('deque index out of range') from None
    def __setitem__(self, i, x):
        try:
            self._items[i] = x
        except IndexError:
            raise IndexError('deque index out of range') from None
    def __delitem__(self, i):
        del self._items[i]
    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError(f'can only concatenate deque (not "{type(other).__name__}") to deque')
        return deque(self._items + other._items, self._maxlen)
    def __iadd__(self, other):
        self.extend(other)
        return self
    def __mul__(self, n):
        return deque(self._items * n, self._maxlen)
    def __eq__(self, other):
        return self._items == other._items if isinstance(other, deque) else NotImplemented
    def __lt__(self, other):
        return self._items < other._items if isinstance(other, deque) else NotImplemented
    __hash__ = None
    def __repr__(self):
        tail = '' if self._maxlen is None else f', maxlen={self._maxlen}'
        return f'{type(self).__name__}({self._items!r}{tail})'

def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    field_names = list(map(str, field_names))
    keywords = {'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield'}
    if rename:
        field_names = [f'_{i}' if not n.isidentifier() or n in keywords or n.startswith('_') or n in field_names[:i] else n for i, n in enumerate(field_names)]
    for name in [typename] + field_names:
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if name in keywords:
            raise ValueError(f'Type names and field names cannot be a keyword: {name!r}')
    seen = set()
    for name in field_names:
        if name.startswith('_') and not rename:
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        if name in seen:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        seen.add(name)
    fields = tuple(field_names)
    defaults = tuple(defaults or ())
    if len(defaults) > len(fields):
        raise TypeError('Got more default values than field names')
    field_defaults = dict(zip(fields[len(fields) - len(defaults):], defaults))
    make = _constructor(typename, fields, defaults)
    def __new__(_cls, *args, **kwargs):
        return tuple.__new__(_cls, make(*args, **kwargs))
    def __repr__(self):
        return self.__class__.__name__ + '(' + ', '.join(f'{n}={v!r}' for n, v in zip(fields, self)) + ')'
    def _make(cls, iterable):
        values = tuple(iterable)
        if len(values) != len(fields):
            raise TypeError(f'Expected {len(fields)} arguments, got {len(values)}')
        return tuple.__new__(cls, values)
    def _replace(self, /, **kwds):
        values = [kwds.pop(n, v) for n, v in zip(fields, self)]
        if kwds:
            raise ValueError(f'Got unexpected field names: {list(kwds)!r}')
        return self._make(values)
    namespace = {
        '__slots__': (), '__doc__': f"{typename}({', '.join(fields)})", '_fields': fields, '_field_defaults': field_defaults, '__match_args__': fields, '__new__': __new__, '__repr__': __repr__, '_make': classmethod(_make),
        '_replace': _replace, '_asdict': lambda self: dict(zip(fields, self)), '__getnewargs__': lambda self: tuple(self),
    }
    for i, name in enumerate(fields):
        namespace[name] = _field(i)
    result = type(typename, (tuple,), namespace)
    result.__module__ = module or _sys._getframe(1).f_globals.get('__name__', '__main__')
    return result

def _field(i):
    return property(lambda self: self[i])

def _constructor(typename, fields, defaults):
    space = {'_d': defaults}
    first = len(fields) - len(defaults)
    parameters = ', '.join(n if i < first else f'{n}=_d[{i - first}]' for i, n in enumerate(fields))
    exec(f"class {typename}:\n    @staticmethod\n    def __new__({'_cls, ' + parameters}): return ({''.join(n + ', ' for n in fields)})", space)
    made = space[typename].__dict__['__new__'].__func__
    made.__qualname__ = f'{typename}.__new__'
    return lambda *args, **kwargs: made(None, *args, **kwargs)

class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]
    def __getitem__(self, key):
        for m in self.maps:
            if key in m:
                return m[key]
        raise KeyError(key)
    def get(self, key, default=None):
        return self[key] if key in self else default
    def __contains__(self, key):
        return any(key in m for m in self.maps)
    def __iter__(self):
        d = {}
        for m in reversed(self.maps):
            d.update(dict.fromkeys(m))
        return iter(d)
    def __len__(self):
        return len(set().union(*self.maps))
    def keys(self): return list(self)
    def values(self): return [self[k] for k in self]
    def items(self): return [(k, self[k]) for k in self]
    def __setitem__(self, key, value):
        self.maps[0][key] = value
    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f'Key not found in the first mapping: {key!r}') from None
    def new_child(self, m=None, **kwargs):
        return ChainMap({**(m or {}), **kwargs}, *self.maps)
    @property
    def parents(self):
        return ChainMap(*self.maps[1:])
    def __repr__(self):
        return f"ChainMap({', '.join(map(repr, self.maps))})"

class UserDict:
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        self.update(kwargs)
    def __len__(self): return len(self.data)
    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(self.__class__, '__missing__'):
            return self.__class__.__missing__(self, key)
        raise KeyError(key)
    def __setitem__(self, key, item): self.data[key] = item
    def __delitem__(self, key): del self.data[key]
    def __iter__(self): return iter(self.data)
    def __contains__(self, key): return key in self.data
    def __repr__(self): return repr(self.data)
    def update(self, other=(), /, **kwds):
        for k, v in dict(other, **kwds).items():
            self[k] = v
    def get(self, key, default=None): return self[key] if key in self else default
    def keys(self): return self.data.keys()
    def values(self): return self.data.values()
    def items(self): return self.data.items()
    def pop(self, *args): return self.data.pop(*args)

class UserList(list):
    @property
    def data(self):
        return self

class UserString(str):
    @property
    def data(self):
        return str(self)
` });

registerModule("collections.abc", { source: String.raw`
from abc import ABCMeta

class _Shape(ABCMeta):
    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))
    def __subclasscheck__(cls, sub):
        if super().__subclasscheck__(sub):
            return True
        wanted = cls.__dict__.get('_methods', ())
        kinds = cls.__dict__.get('_kinds')
        if kinds is not None:
            return any(issubclass(sub, k) for k in kinds)
        return bool(wanted) and all(getattr(sub, m, None) is not None for m in wanted)

class Hashable(metaclass=_Shape): _methods = ('__hash__',)
class Iterable(metaclass=_Shape): _methods = ('__iter__',)
class Iterator(Iterable):
    _methods = ('__next__', '__iter__')
    def __iter__(self):
        return self
class Reversible(Iterable): _methods = ('__reversed__', '__iter__')
class Generator(Iterator): _kinds = (type((lambda: (yield))()),)
class Sized(metaclass=_Shape): _methods = ('__len__',)
class Container(metaclass=_Shape): _methods = ('__contains__',)
class Callable(metaclass=_Shape): _methods = ('__call__',)
class Collection(Sized, Iterable, Container): _methods = ('__len__', '__iter__', '__contains__')
class Sequence(Reversible, Collection):
    _kinds = (tuple, str, range, list, bytes, bytearray)
    def __iter__(self):
        i = 0
        try:
            while True:
                yield self[i]
                i += 1
        except IndexError:
            return
    def __contains__(self, value):
        return any(v is value or v == value for v in self)
    def __reversed__(self):
        for i in reversed(range(len(self))):
            yield self[i]
    def index(self, value):
        for i, v in enumerate(self):
            if v == value:
                return i
        raise ValueError
    def count(self, value):
        return sum(1 for v in self if v == value)
class MutableSequence(Sequence):
    _kinds = (list, bytearray)
    def append(self, value):
        self.insert(len(self), value)
    def extend(self, values):
        for v in values:
            self.append(v)
    def pop(self, index=-1):
        v = self[index]
        del self[index]
        return v
class ByteString(Sequence): _kinds = (bytes, bytearray)
class Set(Collection): _kinds = (set, frozenset)
class MutableSet(Set): _kinds = (set,)
class Mapping(Collection):
    _kinds = (dict,)
    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default
    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True
    def keys(self): return [k for k in self]
    def items(self): return [(k, self[k]) for k in self]
    def values(self): return [self[k] for k in self]
class MutableMapping(Mapping):
    _kinds = (dict,)
    def update(self, other=(), /, **kwds):
        for k, v in dict(other, **kwds).items():
            self[k] = v
    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default
    def pop(self, key, *default):
        try:
            value = self[key]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[key]
        return value
class Awaitable(metaclass=_Shape): _methods = ('__await__',)
class Coroutine(Awaitable): _methods = ('__await__', 'send')
class MappingView(Sized): pass
class KeysView(MappingView, Set): _kinds = (type({}.keys()),)
class ValuesView(MappingView, Collection): _kinds = (type({}.values()),)
class ItemsView(MappingView, Set): _kinds = (type({}.items()),)
` });
