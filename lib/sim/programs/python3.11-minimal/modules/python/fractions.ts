// numbers and fractions, in Python.

import { registerModule } from "../registry.ts";

registerModule("numbers", { source: String.raw`
import abc as _abc
class Number(metaclass=_abc.ABCMeta): __slots__, __hash__ = (), None
class Complex(Number): pass
class Real(Complex): pass
class Rational(Real): pass
class Integral(Rational): pass
for _shape, _kind in ((Integral, int), (Real, float), (Complex, complex)):
    _shape.register(_kind)
` });

registerModule("fractions", { source: String.raw`
import math as _math, numbers as _numbers, operator as _op, re as _re, sys as _sys

_FORM = _re.compile(r'\s*([-+]?)(?=\d|\.\d)(\d*|\d+(?:_\d+)*)(?:(?:/(\d+(?:_\d+)*))?|(?:\.(\d*|\d+(?:_\d+)*))?(?:[eE]([-+]?\d+(?:_\d+)*))?)\s*')

def _ratio(value):
    return (value.numerator, value.denominator) if isinstance(value, (int, Fraction)) else value.as_integer_ratio()

def _from_text(text):
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f'Invalid literal for Fraction: {text!r}')
    sign, whole, below, places, exponent = found.groups()
    top, bottom = int(whole or '0'), int(below or '1')
    if places:
        places = places.replace('_', '')
        top, bottom = top * 10 ** len(places) + int(places), 10 ** len(places)
    power = int(exponent or 0)
    top, bottom = (top * 10 ** power, bottom) if power >= 0 else (top, bottom * 10 ** -power)
    return -top if sign == '-' else top, bottom

# Exact with whole numbers and fractions, in floating point with a float.
def _arithmetic(exact, plain, turned):
    def method(self, other):
        if isinstance(other, (int, Fraction)):
            a, b = (Fraction(other), self) if turned else (self, other)
            return exact(*_ratio(a), *_ratio(b))
        if isinstance(other, (float, complex)):
            return plain(other, float(self)) if turned else plain(float(self), other)
        return NotImplemented
    return method

def _pair(exact, plain): return _arithmetic(exact, plain, False), _arithmetic(exact, plain, True)

def _order(test):
    def method(self, other):
        if isinstance(other, (int, Fraction)):
            top, bottom = _ratio(other)
            return test(self._top * bottom, top * self._bottom)
        if isinstance(other, float):
            return test(0.0, other) if _math.isnan(other) or _math.isinf(other) else method(self, Fraction(other))
        return NotImplemented
    return method

class Fraction(_numbers.Rational):
    __slots__ = ('_top', '_bottom')
    def __new__(cls, numerator=0, denominator=None):
        if denominator is not None:
            if not (isinstance(numerator, (int, Fraction)) and isinstance(denominator, (int, Fraction))):
                raise TypeError('both arguments should be Rational instances')
            (a, b), (c, d) = _ratio(numerator), _ratio(denominator)
            top, bottom = a * d, b * c
        elif isinstance(numerator, str):
            top, bottom = _from_text(numerator)
        elif isinstance(numerator, (int, float, Fraction)) or hasattr(numerator, 'as_integer_ratio'):
            top, bottom = _ratio(numerator)
        else:
            raise TypeError('argument should be a string or a Rational instance')
        return cls._make(top, bottom)
    @classmethod
    def _make(cls, top, bottom):
        if bottom == 0:
            raise ZeroDivisionError(f'Fraction({top}, 0)')
        shared = _math.gcd(top, bottom) * (1 if bottom > 0 else -1)
        self = object.__new__(cls)
        self._top, self._bottom = top // shared, bottom // shared
        return self
    @classmethod
    def from_float(cls, f): return cls(f)
    @classmethod
    def from_decimal(cls, dec): return cls(dec)
    numerator, denominator = property(lambda self: self._top), property(lambda self: self._bottom)
    real, imag = property(lambda self: self), property(lambda self: 0)
    def conjugate(self): return self
    def as_integer_ratio(self): return self._top, self._bottom
    def __repr__(self): return '%s(%s, %s)' % (type(self).__name__, self._top, self._bottom)
    def __str__(self): return str(self._top) if self._bottom == 1 else f'{self._top}/{self._bottom}'
    # Along the continued fraction, then the nearer one of the last two.
    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._bottom <= max_denominator:
            return Fraction(self)
        older, old, rest = (0, 1), (1, 0), (self._top, self._bottom)
        while True:
            step = rest[0] // rest[1]
            if older[1] + step * old[1] > max_denominator:
                break
            older, old, rest = old, (older[0] + step * old[0], older[1] + step * old[1]), (rest[1], rest[0] - step * rest[1])
        times = (max_denominator - older[1]) // old[1]
        near, far = Fraction(*old), Fraction(older[0] + times * old[0], older[1] + times * old[1])
        return near if abs(near - self) <= abs(far - self) else far
    __add__, __radd__ = _pair(lambda a, b, c, d: Fraction._make(a * d + c * b, b * d), _op.add)
    __sub__, __rsub__ = _pair(lambda a, b, c, d: Fraction._make(a * d - c * b, b * d), _op.sub)
    __mul__, __rmul__ = _pair(lambda a, b, c, d: Fraction._make(a * c, b * d), _op.mul)
    __truediv__, __rtruediv__ = _pair(lambda a, b, c, d: Fraction._make(a * d, b * c), _op.truediv)
    __floordiv__, __rfloordiv__ = _pair(lambda a, b, c, d: (a * d) // (b * c), _op.floordiv)
    __mod__, __rmod__ = _pair(lambda a, b, c, d: Fraction._make((a * d) % (c * b), b * d), _op.mod)
    __divmod__, __rdivmod__ = _pair(lambda a, b, c, d: ((a * d) // (b * c), Fraction._make((a * d) % (c * b), b * d)), divmod)
    def __pow__(self, power):
        if isinstance(power, (int, Fraction)) and power.denominator == 1:
            exponent = power.numerator
            if exponent >= 0:
                return Fraction._make(self._top ** exponent, self._bottom ** exponent)
            if self._top == 0:
                raise ZeroDivisionError(f'Fraction({self._bottom ** -exponent}, 0)')
            return Fraction._make(self._bottom ** -exponent, self._top ** -exponent)
        return float(self) ** float(power) if isinstance(power, (int, float, Fraction)) else NotImplemented
    def __rpow__(self, base): return base ** self._top if self._bottom == 1 and self._top >= 0 else Fraction(base) ** self if isinstance(base, int) and self._bottom == 1 else base ** float(self)
    def __pos__(self): return Fraction._make(self._top, self._bottom)
    def __neg__(self): return Fraction._make(-self._top, self._bottom)
    def __abs__(self): return Fraction._make(abs(self._top), self._bottom)
    def __bool__(self): return self._top != 0
    def __trunc__(self): return self._top // self._bottom if self._top >= 0 else -(-self._top // self._bottom)
    __int__ = __trunc__
    def __float__(self): return self._top / self._bottom
    def __floor__(self): return self._top // self._bottom
    def __ceil__(self): return -(-self._top // self._bottom)
    def __round__(self, ndigits=None):
        if ndigits is not None:
            shift = 10 ** abs(ndigits)
            return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)
        low, rest = divmod(self._top, self._bottom)
        return low + (2 * rest > self._bottom or 2 * rest == self._bottom and low % 2 == 1)
    # Equal numbers have equal hashes, whatever their type: top / bottom modulo the prime that hash() uses.
    def __hash__(self):
        prime = _sys.hash_info.modulus if hasattr(_sys, 'hash_info') else 2 ** 61 - 1
        value = hash(abs(self._top)) * pow(self._bottom, -1, prime) % prime if self._bottom % prime else 314159
        return -2 if (value := value if self._top >= 0 else -value) == -1 else value
    def __eq__(self, other):
        if isinstance(other, (int, Fraction)):
            return (self._top, self._bottom) == _ratio(other)
        return float(self) == other if isinstance(other, (float, complex)) and not _math.isfinite(abs(other)) else self == Fraction(other) if isinstance(other, float) else NotImplemented
    __lt__, __le__, __gt__, __ge__ = _order(_op.lt), _order(_op.le), _order(_op.gt), _order(_op.ge)
    def __copy__(self): return self
    def __deepcopy__(self, memo): return self
` });
