// functools, in Python.

import { registerModule } from "../registry.ts";

registerModule("functools", { source: String.raw`
WRAPPER_ASSIGNMENTS = tuple('__%s__' % word for word in ('module', 'name', 'qualname', 'doc', 'annotations'))
WRAPPER_UPDATES = '__dict__',
_NOTHING = object()

def reduce(*given):
    if not 2 <= len(given) <= 3:
        raise TypeError('reduce expected at %s, got %d' % ('least 2 arguments' if len(given) < 2 else 'most 3 arguments', len(given)))
    combine, source, result = (*given, _NOTHING)[:3]
    try:
        rest = iter(source)
    except TypeError:
        raise TypeError('reduce() arg 2 must support iteration') from None
    if result is _NOTHING:
        for result in rest:
            break
        else:
            raise TypeError('reduce() of empty iterable with no initial value')
    for item in rest:
        result = combine(result, item)
    return result

def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    copied = {name: getattr(wrapped, name) for name in assigned if hasattr(wrapped, name)}
    for name in copied:
        setattr(wrapper, name, copied[name])
    for name in updated:
        vars_of = getattr(wrapper, name)
        vars_of.update(getattr(wrapped, name, ()))
    wrapper.__wrapped__ = wrapped
    return wrapper

def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorator(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)
    return decorator

class partial:
    def __new__(cls, *given, **keywords):
        if not given:
            raise TypeError("type 'partial' takes at least one argument")
        callee, *args = given
        if not callable(callee):
            raise TypeError('the first argument must be callable')
        self = object.__new__(cls)
        if type(callee) is partial:
            args, keywords, callee = [*callee.args, *args], callee.keywords | keywords, callee.func
        self.func, self.args, self.keywords = callee, tuple(args), keywords
        return self
    def __call__(self, *more, **named):
        return self.func(*self.args, *more, **(self.keywords | named))
    def __repr__(self):
        words = map(repr, (self.func, *self.args))
        named = ('%s=%r' % pair for pair in self.keywords.items())
        return 'functools.partial(%s)' % ', '.join((*words, *named))

class partialmethod:
    def __init__(self, *given, **keywords):
        self.func, *self.args = given
        self.keywords = keywords
    def __get__(self, instance, owner=None):
        bound = self.func.__get__(instance, owner)
        return partial(bound, *self.args, **self.keywords)

class _Statistics(tuple):
    _names = 'hits', 'misses', 'maxsize', 'currsize'
    def __getattr__(self, name):
        if name in self._names:
            return self[self._names.index(name)]
        raise AttributeError(name)
    def __repr__(self):
        return 'CacheInfo(%s)' % ', '.join(map('%s=%r'.__mod__, zip(self._names, self)))

def lru_cache(maxsize=128, typed=False):
    if callable(maxsize) and isinstance(typed, bool):
        return _remember(maxsize, 128, typed)
    if maxsize is None or isinstance(maxsize, int):
        return lambda function: _remember(function, maxsize, typed)
    raise TypeError('Expected first argument to be an integer, a callable, or None')

def cache(function, /):
    return _remember(function, None, False)

# What was asked last stands last in the dict, so the first is the one to forget.
def _remember(function, most, typed):
    if most is not None and most < 0:
        most = 0
    answers, hits, misses = {}, 0, 0
    def wrapper(*args, **named):
        nonlocal hits, misses
        question = (args, *named.items()) if named or typed else args
        if typed:
            question += tuple(map(type, args)) + tuple(map(type, named.values()))
        answer = answers.get(question, _NOTHING)
        if answer is not _NOTHING:
            hits += 1
            if most is not None:
                answers[question] = answers.pop(question)
            return answer
        misses += 1
        answer = function(*args, **named)
        if most is None or most > 0:
            answers[question] = answer
            if most is not None and len(answers) > most:
                answers.pop(next(iter(answers)))
        return answer
    def forget():
        nonlocal hits, misses
        answers.clear()
        hits = misses = 0
    wrapper.cache_clear = forget
    wrapper.cache_info = lambda: _Statistics((hits, misses, most, len(answers)))
    wrapper.cache_parameters = lambda: dict(maxsize=most, typed=typed)
    return update_wrapper(wrapper, function)

class cached_property:
    attrname = None
    def __init__(self, func):
        self.func, self.__doc__ = func, func.__doc__
    def __set_name__(self, cls, name):
        self.attrname = name
    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        return instance.__dict__.setdefault(self.attrname, self.func(instance))

def cmp_to_key(mycmp):
    class Ranked:
        __slots__ = 'obj',
        __hash__ = None
        def __init__(self, obj): self.obj = obj
        def __lt__(self, with_): return mycmp(self.obj, with_.obj) < 0
        def __gt__(self, with_): return mycmp(self.obj, with_.obj) > 0
        def __le__(self, with_): return not self > with_
        def __ge__(self, with_): return not self < with_
        def __eq__(self, with_): return mycmp(self.obj, with_.obj) == 0
    return Ranked

# Each ordering made of another: "less" and "equal" say what the answer is for a smaller and for an equal one, once the known one has told which it is.
_ORDERINGS = {'__lt__': (True, False), '__le__': (True, True), '__gt__': (False, False), '__ge__': (False, True)}

def _ordering(name, root):
    for_less, for_equal = _ORDERINGS[name]
    root_less, root_equal = _ORDERINGS[root]
    def method(self, other):
        answer = getattr(type(self), root)(self, other)
        if answer is NotImplemented:
            return answer
        if (for_less != root_less) == (for_equal != root_equal):
            return not answer
        if bool(answer) == root_equal and self == other:
            return for_equal
        return bool(answer) == root_less if for_less else bool(answer) != root_less
    method.__name__ = method.__qualname__ = name
    return method

def total_ordering(cls):
    known = [name for name in _ORDERINGS if any(name in one.__dict__ for one in cls.__mro__ if one is not object)]
    if not known:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    for name in _ORDERINGS.keys() - known:
        setattr(cls, name, _ordering(name, known[0]))
    return cls

def _annotated_class(function):
    import typing
    hints = typing.get_type_hints(function)
    hints.pop('return', None)
    if not hints:
        raise TypeError(f'Invalid first argument to ${'`'}register()${'`'}: {function!r}. Use either ${'`'}@register(some_class)${'`'} or plain ${'`'}@register${'`'} on an annotated function.')
    return next(iter(hints.values()))

def _chooser(func):
    registry = {object: func}
    def dispatch(cls):
        fitting = [known for known in cls.__mro__ if known in registry]
        if fitting == [object]:
            fitting = [known for known in registry if known is not object and issubclass(cls, known)] or fitting
        return registry[fitting[0]]
    def register(cls, function=None):
        if isinstance(cls, type) and function is None:
            return lambda later: register(cls, later)
        kinds = cls if function is not None else _annotated_class(cls)
        function = cls if function is None else function
        for kind in getattr(kinds, '__args__', (kinds,)):
            registry[kind] = function
        return function
    return registry, dispatch, register

def singledispatch(func):
    registry, dispatch, register = _chooser(func)
    def wrapper(*args, **named):
        if not args:
            raise TypeError('%s requires at least 1 positional argument' % getattr(func, '__name__', 'singledispatch function'))
        return dispatch(type(args[0]))(*args, **named)
    wrapper.registry, wrapper.dispatch, wrapper.register = registry, dispatch, register
    return update_wrapper(wrapper, func)

class singledispatchmethod:
    def __init__(self, func):
        self.func = func
        _, self.dispatch, self.register = _chooser(func)
    def __get__(self, instance, cls=None):
        def method(*args, **named):
            return self.dispatch(type(args[0])).__get__(instance, cls)(*args, **named)
        method.register = self.register
        return update_wrapper(method, self.func)
` });
