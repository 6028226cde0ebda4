// concurrent.futures, in Python: of the executors the one of threads.

import { registerModule } from "../registry.ts";

registerModule("concurrent", { isPackage: true, source: "" });
registerModule("concurrent.futures", { source: String.raw`
import threading as _threading, queue as _queue, time as _time, itertools as _itertools, collections as _collections
FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'
class Error(Exception): pass
class CancelledError(Error): pass
class InvalidStateError(Error): pass
class BrokenExecutor(RuntimeError): pass
TimeoutError = TimeoutError

class Future:
    def __init__(self): self._state, self._result, self._failure, self._changed, self._after = 'PENDING', None, None, _threading.Condition(), []
    def __repr__(self):
        shown = self._state.lower()
        if self._state == 'FINISHED':
            shown += f' {"raised" if self._failure else "returned"} {type(self._failure or self._result).__name__}'
        return f'<Future at {hex(id(self))} state={shown}>'
    def _become(self, state, **facts):
        with self._changed:
            vars(self).update(facts, _state=state)
            self._changed.notify_all()
        if self.done():
            for function in self._after:
                function(self)
    def cancel(self):
        if self._state == 'PENDING':
            self._become('CANCELLED')
        return self.cancelled()
    def cancelled(self): return self._state == 'CANCELLED'
    def running(self): return self._state == 'RUNNING'
    def done(self): return self._state in ('CANCELLED', 'FINISHED')
    def _settled(self, timeout):
        with self._changed:
            if not self._changed.wait_for(self.done, timeout):
                raise TimeoutError()
        if self.cancelled():
            raise CancelledError()
        return self
    def result(self, timeout=None): return self._settled(timeout)._outcome()
    def exception(self, timeout=None): return self._settled(timeout)._failure
    def _outcome(self):
        if self._failure is not None:
            raise self._failure
        return self._result
    def add_done_callback(self, function):
        if self.done():
            function(self)
        else:
            self._after.append(function)
    def set_result(self, result): self._become('FINISHED', _result=result)
    def set_exception(self, failure): self._become('FINISHED', _failure=failure)
    def _work(self, function, args, named):
        if self.cancelled():
            return
        self._become('RUNNING')
        try:
            result = function(*args, **named)
        except BaseException as failure:
            self.set_exception(failure)
        else:
            self.set_result(result)

class Executor:
    def __enter__(self): return self
    def __exit__(self, *failure):
        self.shutdown(wait=True)
        return False
    def map(self, function, *iterables, timeout=None, chunksize=1):
        futures = [self.submit(function, *args) for args in zip(*iterables)]
        last = None if timeout is None else _time.monotonic() + timeout
        return (one.result(None if last is None else last - _time.monotonic()) for one in futures)

_pools = _itertools.count()

class ThreadPoolExecutor(Executor):
    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        import os
        self._most = min(32, (os.cpu_count() or 1) + 4) if max_workers is None else max_workers
        if self._most <= 0:
            raise ValueError('max_workers must be greater than 0')
        self._prefix = thread_name_prefix or f'ThreadPoolExecutor-{next(_pools)}'
        self._tasks, self._workers, self._idle, self._closed, self._begin = _queue.SimpleQueue(), [], 0, False, (initializer, initargs)
    def submit(self, function, /, *args, **named):
        if self._closed:
            raise RuntimeError('cannot schedule new futures after shutdown')
        future = Future()
        self._tasks.put((future, function, args, named))
        if self._idle < self._tasks.qsize() and len(self._workers) < self._most:
            worker = _threading.Thread(target=self._serve, name=f'{self._prefix}_{len(self._workers)}')
            self._workers.append(worker)
            worker.start()
        return future
    def _serve(self):
        initializer, args = self._begin
        if initializer is not None:
            initializer(*args)
        while True:
            self._idle += 1
            task = self._tasks.get()
            self._idle -= 1
            if task is None:
                return
            task[0]._work(*task[1:])
    def shutdown(self, wait=True, *, cancel_futures=False):
        if not self._closed:
            self._closed = True
            while cancel_futures and not self._tasks.empty():
                self._tasks.get()[0].cancel()
            for _ in self._workers:
                self._tasks.put(None)
        for worker in self._workers if wait else ():
            worker.join()

# Of a set of futures in the order in which they end.
def as_completed(futures, timeout=None):
    ended = _queue.SimpleQueue()
    waited = set(futures)
    for one in waited:
        one.add_done_callback(ended.put)
    for left in range(len(waited), 0, -1):
        try:
            yield ended.get(timeout=timeout)
        except _queue.Empty:
            raise TimeoutError('%d (of %d) futures unfinished' % (left, len(waited))) from None

DoneAndNotDoneFutures = _collections.namedtuple('DoneAndNotDoneFutures', 'done not_done')

def wait(futures, timeout=None, return_when=ALL_COMPLETED):
    waited, done = set(futures), set()
    try:
        for one in as_completed(waited, timeout):
            done.add(one)
            if return_when == FIRST_COMPLETED or return_when == FIRST_EXCEPTION and one.exception() is not None:
                break
    except TimeoutError:
        pass
    return DoneAndNotDoneFutures(done, waited - done)
` });
