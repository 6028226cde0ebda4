// threading and queue, in Python on _thread (modules/thread.ts).

import { registerModule } from "../registry.ts";

registerModule("threading", { source: String.raw`
import _thread, sys as _sys, time as _time, traceback as _traceback, itertools as _itertools
Lock = _thread.allocate_lock
get_ident, get_native_id, TIMEOUT_MAX, ThreadError = _thread.get_ident, _thread.get_native_id, _thread.TIMEOUT_MAX, RuntimeError

def _until(timeout): return None if timeout is None else _time.monotonic() + timeout

# Its owner may take it again.
class _RLock:
    def __init__(self): self._inner, self._owner, self._count = Lock(), None, 0
    def acquire(self, blocking=True, timeout=-1): return self._take(blocking, timeout)
    def _take(self, blocking, timeout):
        if self._is_owned():
            self._count += 1
            return True
        got = self._inner.acquire(blocking, timeout)
        if got:
            self._owner, self._count = get_ident(), 1
        return got
    def release(self):
        if not self._is_owned():
            raise RuntimeError('cannot release un-acquired ' + 'lock')
        self._count -= 1
        if self._count == 0:
            self._owner = None
            self._inner.release()
    def __enter__(self): return self.acquire()
    def __exit__(self, *failure): self.release()
    def _is_owned(self): return self._owner == get_ident()
    def __repr__(self): return '<%s _thread.RLock object owner=%r count=%d at 0x%x>' % ('locked' if self._count else 'unlocked', self._owner or 0, self._count, id(self))
def RLock(): return _RLock()

# Whoever waits stands in the line with a lock of its own, which whoever notifies opens.
class Condition:
    def __init__(self, lock=None):
        self._lock, self._line = RLock() if lock is None else lock, []
        self.acquire, self.release = self._lock.acquire, self._lock.release
    def __enter__(self): return self._lock.__enter__()
    def __exit__(self, *failure): return self._lock.__exit__(*failure)
    def __repr__(self): return '<Condition(%s, %d)>' % (self._lock, len(self._line))
    def _check(self, verb):
        if not (self._lock._is_owned() if isinstance(self._lock, _RLock) else self._lock.locked()):
            raise RuntimeError(f'cannot {verb} on un-acquired lock')
    def wait(self, timeout=None): return self._wait(timeout)
    def _wait(self, timeout):
        self._check('wait')
        gate = Lock()
        gate.acquire()
        self._line.append(gate)
        depth = self._lock._count if isinstance(self._lock, _RLock) else 1
        for _ in range(depth):
            self.release()
        try:
            opened = gate.acquire(True, -1 if timeout is None else max(timeout, 0))
            if not opened and gate in self._line:
                self._line.remove(gate)
            return opened
        finally:
            for _ in range(depth):
                self.acquire()
    def wait_for(self, predicate, timeout=None): return self._wait_for(predicate, timeout)
    def _wait_for(self, predicate, timeout):
        last, result = _until(timeout), predicate()
        while not result and (last is None or _time.monotonic() < last):
            self.wait(None if last is None else last - _time.monotonic())
            result = predicate()
        return result
    def notify(self, n=1):
        self._check('notify')
        called, self._line = self._line[:n], self._line[n:]
        for gate in called:
            gate.release()
    def notify_all(self): self.notify(len(self._line))

class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError('semaphore initial value must be >= 0')
        self._free, self._changed = value, Condition(Lock())
    def acquire(self, blocking=True, timeout=None): return self._take(blocking, timeout)
    def _take(self, blocking, timeout):
        if timeout is not None and not blocking:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._changed:
            got = self._changed.wait_for(lambda: self._free > 0, timeout if blocking else 0)
            self._free -= got
            return bool(got)
    def release(self, n=1):
        if n < 1:
            raise ValueError('n must be one or more')
        with self._changed:
            self._check(n)
            self._free += n
            self._changed.notify(n)
    def _check(self, n): return None
    def __enter__(self): return self.acquire()
    def __exit__(self, *failure): self.release()

class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._most = value
    def _check(self, n):
        if self._free + n > self._most:
            raise ValueError('Semaphore released too many times')

class Event:
    def __init__(self): self._set, self._changed = False, Condition(Lock())
    def is_set(self): return self._set
    def set(self):
        with self._changed:
            self._set = True
            self._changed.notify_all()
    def clear(self): self._set = False
    def wait(self, timeout=None): return self._when_set(timeout)
    def _when_set(self, timeout):
        with self._changed:
            return self._changed.wait_for(self.is_set, timeout)
    def __repr__(self): return '<%s.%s at 0x%x: %s>' % (type(self).__module__, type(self).__qualname__, id(self), 'set' if self._set else 'unset')

class BrokenBarrierError(RuntimeError): pass

class Barrier:
    def __init__(self, parties, action=None, timeout=None):
        self.parties, self._action, self._timeout, self._changed = parties, action, timeout, Condition(Lock())
        self.n_waiting, self._round, self.broken = 0, 0, False
    def wait(self, timeout=None): return self._arrive(timeout)
    def _arrive(self, timeout):
        with self._changed:
            if self.broken:
                raise BrokenBarrierError
            place, mine = self.n_waiting, self._round
            self.n_waiting += 1
            if self.n_waiting == self.parties:
                if self._action:
                    self._action()
                self._round, self.n_waiting = mine + 1, 0
                self._changed.notify_all()
                return place
            in_time = self._changed.wait_for(lambda: self._round != mine or self.broken, self._timeout if timeout is None else timeout)
            if not in_time or self.broken:
                self._break()
                raise BrokenBarrierError
            return place
    def _break(self):
        self.broken, self.n_waiting = True, 0
        self._changed.notify_all()
    def abort(self):
        with self._changed:
            self._break()
    def reset(self):
        with self._changed:
            self._round, self.n_waiting, self.broken = self._round + 1, 0, False

# Attributes of each thread by itself.
class _local:
    def __init__(self): object.__setattr__(self, '_of', {})
    def __getattribute__(self, name):
        own = object.__getattribute__(self, '_of').setdefault(get_ident(), {})
        if name == '__dict__':
            return own
        return own[name] if name in own else object.__getattribute__(self, name)
    def __setattr__(self, name, value): self.__dict__[name] = value
    def __delattr__(self, name):
        if name not in self.__dict__:
            raise AttributeError(name)
        del self.__dict__[name]

_local.__module__ = '_thread'
local = _local

_numbers, _alive = _itertools.count(1), {}

class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self._target, self._args, self._kwargs = target, args, kwargs or {}
        if name is None:
            name = f'Thread-{next(_numbers)}' + (f' ({target.__name__})' if hasattr(target, '__name__') else '')
        self.name, self.ident, self.native_id, self._state, self._ended = str(name), None, None, 'initial', Event()
        self._daemonic = current_thread().daemon if daemon is None else daemon
    @property
    def daemon(self): return self._daemonic
    @daemon.setter
    def daemon(self, value):
        if self._state != 'initial':
            raise RuntimeError('cannot set daemon status of active thread')
        self._daemonic = value
    def getName(self): return self.name
    def setName(self, name): self.name = name
    def isDaemon(self): return self._daemonic
    def setDaemon(self, value): self.daemon = value
    def __repr__(self):
        shown = self._state + ' daemon' * self._daemonic + (f' {self.ident}' if self.ident is not None else '')
        return f'<{type(self).__name__}({self.name}, {shown})>'
    def start(self):
        if self._state != 'initial':
            raise RuntimeError('threads can only be started once')
        self._state = 'started'
        self.native_id = get_native_id()
        self.ident = _thread.start_new_thread(self._live, ())
        _alive[self.ident] = self
    def run(self):
        if self._target:
            return self._target(*self._args, **self._kwargs) and None
    def _live(self):
        try:
            self.run()
        except SystemExit:
            pass
        except BaseException as failure:
            excepthook(ExceptHookArgs((type(failure), failure, failure.__traceback__, self)))
        finally:
            self._state = 'stopped'
            _alive.pop(self.ident, None)
            self._ended.set()
    def is_alive(self): return self._state == 'started'
    def join(self, timeout=None): return self._join(timeout)
    def _join(self, timeout):
        if self._state == 'initial':
            raise RuntimeError('cannot join thread before it is started')
        if current_thread() is self:
            raise RuntimeError('cannot join current thread')
        self._ended.wait(timeout)

class ExceptHookArgs(tuple):
    exc_type, exc_value, exc_traceback, thread = [property(lambda self, place=place: self[place]) for place in range(4)]

# The frames of the library that stand above those of the program.
def excepthook(args):
    if args.exc_type is SystemExit:
        return
    thread = args.thread
    above = '  File "/usr/lib/python3.11/threading.py", line 1038, in _bootstrap_inner\n    self.run()\n'
    if type(thread).run is Thread.run:
        above += '  File "/usr/lib/python3.11/threading.py", line 975, in run\n    self._target(*self._args, **self._kwargs)\n'
    head, line, report = ''.join(_traceback.format_exception(args.exc_value)).rpartition('Traceback (most recent call last):\n')
    print(f'Exception in thread {thread.name}:\n{head}{line}{above if line else ""}{report}', end='', file=_sys.stderr, flush=True)
__excepthook__ = excepthook

class _MainThread(Thread):
    def __init__(self):
        self.name, self.ident, self.native_id, self._state, self._ended, self._daemonic = 'MainThread', get_ident(), get_native_id(), 'started', Event(), False
        self._target = self._args = self._kwargs = None
_main = _alive[get_ident()] = _MainThread()

class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval, self.function, self.args, self.kwargs, self.finished = interval, function, args or [], kwargs or {}, Event()
    def cancel(self): self.finished.set()
    def run(self):
        if not self.finished.wait(self.interval):
            self.function(*self.args, **{**self.kwargs})
        self.finished.set()

def current_thread(): return _alive.get(get_ident(), _main)
def main_thread(): return _main
def enumerate(): return [*_alive.values()]
def active_count(): return len(_alive)
currentThread, activeCount = current_thread, active_count
def settrace(function): return None
setprofile = settrace
def stack_size(size=0): return 0

def _wait_for_all():
    while others := [one for one in enumerate() if not one.daemon and one is not _main]:
        others[0].join()
_thread._at_end(_wait_for_all)
` });

registerModule("queue", { source: String.raw`
import heapq as _heapq, threading as _threading, time as _time
class Empty(Exception): pass
class Full(Exception): pass

class Queue:
    def __init__(self, maxsize=0):
        self.maxsize, self.unfinished_tasks = maxsize, 0
        self.mutex = _threading.Lock()
        self.not_empty, self.not_full, self.all_tasks_done = [_threading.Condition(self.mutex) for _ in range(3)]
        self._init(maxsize)
    def _init(self, maxsize): self.queue = []
    def _qsize(self): return len(self.queue)
    def _put(self, item): self.queue.append(item)
    def _get(self): return self.queue.pop(0)
    def qsize(self): return self._qsize()
    def empty(self): return self._qsize() == 0
    def full(self): return 0 < self.maxsize <= self._qsize()
    # Holding the lock: waits until there is what the caller needs.
    def _await(self, changed, fits, block, timeout, error):
        if (timeout or 0) < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not changed.wait_for(fits, timeout if block else 0):
            raise error
    def put(self, item, block=True, timeout=None):
        with self.mutex:
            self._await(self.not_full, lambda: not self.full(), block, timeout, Full)
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()
    def get(self, block=True, timeout=None):
        with self.mutex:
            self._await(self.not_empty, self._qsize, block, timeout, Empty)
            item = self._get()
            self.not_full.notify()
            return item
    def put_nowait(self, item): return self.put(item, block=False)
    def get_nowait(self): return self.get(block=False)
    def task_done(self):
        with self.mutex:
            if not self.unfinished_tasks:
                raise ValueError('task_done() called too many times')
            self.unfinished_tasks -= 1
            if not self.unfinished_tasks:
                return self.all_tasks_done.notify_all()
    def join(self):
        with self.mutex:
            self.all_tasks_done.wait_for(lambda: not self.unfinished_tasks)

class LifoQueue(Queue):
    def _get(self): return self.queue.pop()
class PriorityQueue(Queue):
    def _put(self, item): _heapq.heappush(self.queue, item)
    def _get(self): return _heapq.heappop(self.queue)
class SimpleQueue(Queue):
    def __init__(self): super().__init__()
` });
