// contextlib, in Python.

import { registerModule } from "../registry.ts";

registerModule("contextlib", { source: String.raw`
import abc as _abc, functools as _functools, os as _os, sys as _sys

class AbstractContextManager(_abc.ABC):
    def __enter__(self): return self
    @_abc.abstractmethod
    def __exit__(self, kind, failure, trace): return None
    @classmethod
    def __subclasshook__(cls, other):
        return cls is AbstractContextManager and hasattr(other, '__enter__') and hasattr(other, '__exit__') or NotImplemented

class AbstractAsyncContextManager(_abc.ABC):
    async def __aenter__(self): return self
    @_abc.abstractmethod
    async def __aexit__(self, kind, failure, trace): return None

# As a decorator, a manager is entered anew for every call.
class ContextDecorator:
    def _recreate_cm(self): return self
    def __call__(self, func):
        @_functools.wraps(func)
        def inside(*args, **kwds):
            with self._recreate_cm():
                result = func(*args, **kwds)
                return result
        return inside

class _FromGenerator(ContextDecorator, AbstractContextManager):
    def __init__(self, start):
        self._start, self.gen = start, start()
    def _recreate_cm(self): return type(self)(self._start)
    def __enter__(self):
        for value in self.gen:
            return value
        raise RuntimeError("generator didn't yield")
    def __exit__(self, kind, failure, trace):
        if kind is None:
            for _ in self.gen:
                raise RuntimeError("generator didn't stop")
            return False
        failure = kind() if failure is None else failure
        try:
            self.gen.throw(failure)
        except BaseException as left:
            if left is failure or isinstance(left, RuntimeError) and isinstance(failure, (StopIteration, StopAsyncIteration)) and left.__cause__ is failure:
                return False
            if isinstance(left, StopIteration):
                return True
            raise
        try:
            raise RuntimeError("generator didn't stop after throw()")
        finally:
            self.gen.close()

def contextmanager(func):
    @_functools.wraps(func)
    def manager(*args, **kwds): return _FromGenerator(lambda: func(*args, **kwds))
    return manager

class closing(AbstractContextManager):
    def __init__(self, thing): self.thing = thing
    def __enter__(self): return self.thing
    def __exit__(self, *failure): self.thing.close()

class nullcontext(AbstractContextManager):
    def __init__(self, enter_result=None): self.enter_result = enter_result
    def __enter__(self): return self.enter_result
    def __exit__(self, *failure): return None

class suppress(AbstractContextManager):
    def __init__(self, *exceptions): self._expected = exceptions
    def __enter__(self): return None
    def __exit__(self, kind, failure, trace): return kind is not None and issubclass(kind, self._expected)

# Managers that put something in the place of another and may be entered more than once.
class _Exchange(AbstractContextManager):
    def __init__(self, new): self._new, self._former = new, []
    def __enter__(self):
        self._former.append(self._exchange(self._new))
        return self._result()
    def __exit__(self, *failure): self._exchange(self._former.pop())
    def _result(self): return self._new

class redirect_stdout(_Exchange):
    _name = 'stdout'
    def _exchange(self, stream):
        former = getattr(_sys, self._name)
        setattr(_sys, self._name, stream)
        return former
class redirect_stderr(redirect_stdout):
    _name = 'stderr'

class chdir(_Exchange):
    def _exchange(self, folder):
        former = _os.getcwd()
        _os.chdir(folder)
        return former
    def _result(self): return None

# What is to be done at the end, last things first; each entry takes what __exit__ takes.
class ExitStack(AbstractContextManager):
    def __init__(self): self._ends = []
    def enter_context(self, cm):
        cls = type(cm)
        if not (hasattr(cls, '__enter__') and hasattr(cls, '__exit__')):
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the context manager protocol")
        result = cm.__enter__()
        self._ends.append(cm.__exit__)
        return result
    def push(self, exit):
        self._ends.append(exit.__exit__ if hasattr(type(exit), '__exit__') else exit)
        return exit
    def callback(self, callback, /, *args, **kwds):
        def end(*failure): callback(*args, **kwds)
        self._ends.append(end)
        return callback
    def pop_all(self):
        heir = type(self)()
        heir._ends, self._ends = self._ends, []
        return heir
    def close(self): self.__exit__(*[None] * 3)
    def __exit__(self, kind, failure, trace):
        came = failure
        while self._ends:
            end = self._ends.pop()
            try:
                if end(None if failure is None else type(failure), failure, getattr(failure, '__traceback__', None)):
                    failure = None
            except BaseException as newer:
                failure = newer
        if failure is not None and failure is not came:
            raise failure
        return came is not None and failure is None
` });
