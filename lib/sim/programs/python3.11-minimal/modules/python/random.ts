// The part of `random` above the generator, in Python: which numbers a seed gives is decided by how many bits each function takes and what it makes of
// them. That is public: the library's documentation, and for the distributions the papers named below.

export const source = String.raw`
import math as _m, _random, bisect as _search, itertools as _it, operator as _op

def _refuse(wrong, error, message):
    if wrong:
        raise error(message)

class Random(_random.Random):
    VERSION = 3
    gauss_next = None
    def __init__(self, x=None):
        self.seed(x)
    def seed(self, a=None, version=2):
        self.gauss_next = None
        _random.Random.seed(self, a)
    def getstate(self):
        return self.VERSION, _random.Random.getstate(self), self.gauss_next
    def setstate(self, state):
        version, words, spare = state
        if version != 3:
            raise ValueError('state with version %s passed to Random.setstate() of version %s' % (version, self.VERSION))
        _random.Random.setstate(self, words)
        self.gauss_next = spare
    # Fewest bits that can hold the limit, thrown away until they lie below it.
    def _below(self, limit):
        bits, drawn = limit.bit_length(), limit
        while drawn >= limit > 0:
            drawn = self.getrandbits(bits)
        return drawn
    def _item(self, items):
        return items[self._below(len(items))]
    def randbytes(self, n):
        return int.to_bytes(self.getrandbits(8 * n), n, 'little')
    def randrange(self, start, stop=None, step=1):
        first = _whole(start, 1)
        if stop is None:
            if step != 1:
                raise TypeError('Missing a non-None stop argument')
            if first <= 0:
                raise ValueError('empty range for randrange()')
            return self._below(first)
        behind, stride = _whole(stop, 2), _whole(step, 3)
        if not stride:
            raise ValueError('zero step for randrange()')
        count = len(range(first, behind, stride)) if abs(behind - first) < 1 << 62 else -((first - behind) // stride)
        if count > 0:
            return first + stride * self._below(count)
        raise ValueError('empty range for randrange() (%d, %d, %d)' % (first, behind, behind - first) if stride == 1 else 'empty range for randrange()')
    def randint(self, a, b): return self.randrange(a, b + 1)
    def choice(self, seq):
        if len(seq):
            return self._item(seq)
        raise IndexError('Cannot choose from an empty sequence')
    # Fisher and Yates, from the end.
    def shuffle(self, x):
        last = len(x) - 1
        while last > 0:
            other = self._below(last + 1)
            x[last], x[other] = x[other], x[last]
            last -= 1
    def sample(self, population, k, *, counts=None):
        if not hasattr(population, '__getitem__') or isinstance(population, dict):
            raise TypeError('Population must be a sequence.  For dicts or sets, use sorted(d).')
        size = len(population)
        if counts is not None:
            ends = [*_it.accumulate(counts)]
            _refuse(len(ends) != size, ValueError, 'The number of counts does not match the population')
            total = ends.pop() if ends else 0
            _refuse(not isinstance(total, int), TypeError, 'Counts must be integers')
            _refuse(total <= 0, ValueError, 'Total of counts must be greater than zero')
            return [population[_search.bisect_right(ends, place)] for place in self.sample(range(total), k)]
        if k < 0 or k > size:
            raise ValueError('Sample larger than population or is negative')
        # A set of places where that takes less room than a list of all: that much is known of a set of k.
        roomy = 21 + (4 ** _m.ceil(_m.log(3 * k, 4)) if k > 5 else 0)
        if size > roomy:
            taken = {}
            while len(taken) < k:
                place = self._below(size)
                taken.setdefault(place, population[place])
            return [*taken.values()]
        left, drawn = [*population], []
        for remaining in range(size, size - k, -1):
            place = self._below(remaining)
            drawn.append(left[place])
            left[place] = left[remaining - 1]
        return drawn
    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        size, draw = len(population), self.random
        if weights is None is cum_weights:
            return [population[int(draw() * float(size))] for _ in range(k)]
        _refuse(weights is not None and cum_weights is not None, TypeError, 'Cannot specify both weights and cumulative weights')
        if isinstance(weights, int):
            raise TypeError(f'The number of choices must be a keyword argument: k={weights!r}')
        sums = cum_weights if weights is None else [*_it.accumulate(weights)]
        _refuse(len(sums) != size, ValueError, 'The number of weights does not match the population')
        most = float(sums[-1])
        _refuse(most <= 0, ValueError, 'Total of weights must be greater than zero')
        _refuse(not _m.isfinite(most), ValueError, 'Total of weights must be finite')
        return [population[_search.bisect(sums, draw() * most, 0, size - 1)] for _ in range(k)]
    def uniform(self, a, b): return a + self.random() * (b - a)
    def triangular(self, low=0.0, high=1.0, mode=None): return _triangle(self.random(), low, high, mode)
    def normalvariate(self, mu=0.0, sigma=1.0): return mu + sigma * _normal(self.random)
    def lognormvariate(self, mu=0.0, sigma=1.0): return _m.exp(self.normalvariate(mu, sigma))
    def expovariate(self, lambd=1.0): return _m.log(1.0 - self.random()) / -lambd
    def paretovariate(self, alpha): return (1.0 - self.random()) ** (-1.0 / alpha)
    def weibullvariate(self, alpha, beta): return (-_m.log(1.0 - self.random())) ** (1.0 / beta) * alpha
    def vonmisesvariate(self, mu, kappa): return _turn(self.random, mu, kappa)
    def gammavariate(self, alpha, beta): return _gamma(self.random, alpha, beta)
    def betavariate(self, alpha, beta): return _share(self.gammavariate(alpha, 1.0), lambda: self.gammavariate(beta, 1.0))
    # Box and Muller: two at a time, the second is kept for the next call.
    def gauss(self, mu=0.0, sigma=1.0): return mu + sigma * self._spare_or_pair()
    def _spare_or_pair(self):
        spare, self.gauss_next = self.gauss_next, None
        if spare is not None:
            return spare
        angle, radius = self.random() * _m.tau, _m.sqrt(-2.0 * _m.log(1.0 - self.random()))
        self.gauss_next = _m.sin(angle) * radius
        return _m.cos(angle) * radius

NV_MAGICCONST = 4 * _m.exp(-0.5) / _m.sqrt(2.0)

def _triangle(share, low, high, mode):
    peak = 0.5
    if mode is not None:
        if high == low:
            return low
        peak = (mode - low) / (high - low)
    if share <= peak:
        return low + (high - low) * _m.sqrt(share * peak)
    return high + (low - high) * _m.sqrt((1.0 - share) * (1.0 - peak))

# Kinderman and Monahan 1977: a ratio of two uniform deviates.
def _normal(draw):
    while True:
        across, down = draw() - 0.5, 1.0 - draw()
        deviate = NV_MAGICCONST * across / down
        if deviate * deviate / 4.0 <= -_m.log(down):
            return deviate

# Fisher, "Statistical Analysis of Circular Data", 1993.
def _turn(draw, mu, kappa):
    if kappa <= 1e-6:
        return _m.tau * draw()
    s = 0.5 / kappa
    r = s + _m.sqrt(1.0 + s * s)
    accepted = False
    while not accepted:
        z, u = _m.cos(_m.pi * draw()), draw()
        d = z / (r + z)
        accepted = u < 1.0 - d * d or u <= _m.exp(d) * (1.0 - d)
    inverse = 1.0 / r
    angle = _m.acos((z + inverse) / (1.0 + z * inverse))
    return (mu + angle if draw() > 0.5 else mu - angle) % _m.tau

# Above 1 Cheng 1977 (GB), below it Kennedy and Gentle (GS).
def _gamma(draw, alpha, beta):
    if min(alpha, beta) <= 0.0:
        raise ValueError('gammavariate: alpha and beta must be > 0.0')
    if alpha == 1.0:
        return beta * -_m.log(1.0 - draw())
    if alpha > 1.0:
        a = _m.sqrt(2.0 * alpha - 1.0)
        while True:
            first = draw()
            if first <= 1e-7 or first >= 0.9999999:
                continue
            second = 1.0 - draw()
            v = _m.log(first / (1.0 - first)) / a
            x = _m.exp(v) * alpha
            z = first * first * second
            rest = alpha - _m.log(4.0) + (alpha + a) * v - x
            if rest + (1.0 + _m.log(4.5)) - 4.5 * z >= 0.0 or rest >= _m.log(z):
                return beta * x
    b = (_m.e + alpha) / _m.e
    while True:
        p = draw() * b
        x = p ** (1.0 / alpha) if p <= 1.0 else -_m.log((b - p) / alpha)
        if draw() <= (x ** (alpha - 1.0) if p > 1.0 else _m.exp(-x)):
            return beta * x

def _share(first, second):
    return first and first / (first + second())

def _whole(value, position):
    try:
        return _op.index(value)
    except TypeError:
        whole = int(value)
    import warnings
    if whole == value:
        warnings.warn('non-integer arguments to randrange() have been deprecated since Python 3.10 and will be removed in a subsequent version', DeprecationWarning, 3)
        return whole
    warnings.warn('randrange() will raise TypeError in the future', DeprecationWarning, 3)
    raise ValueError('non-integer %s for randrange()' % ('arg 1', 'stop', 'step')[position - 1])

class SystemRandom(Random):
    def random(self): return (int.from_bytes(_urandom(7), 'big') >> 3) * 2 ** -53
    def getrandbits(self, k): return int.from_bytes(_urandom(-(-k // 8)), 'big') >> -k % 8
    def randbytes(self, n): return _urandom(n)
    def seed(self, *args, **kwds): pass
    def getstate(self, *args, **kwds):
        raise NotImplementedError('System entropy source does not have state.')
    setstate = getstate

_shared = Random()
for _name in 'seed random uniform triangular randint choice randrange sample shuffle choices normalvariate lognormvariate expovariate vonmisesvariate gammavariate gauss betavariate paretovariate weibullvariate getstate setstate getrandbits randbytes'.split():
    globals()[_name] = getattr(_shared, _name)
`;
