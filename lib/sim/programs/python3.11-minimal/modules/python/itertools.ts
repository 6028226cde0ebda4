// itertools, in Python.

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
