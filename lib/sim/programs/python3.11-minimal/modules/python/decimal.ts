// decimal, in Python, after the General Decimal Arithmetic Specification: a number is a sign, a whole coefficient and a power of ten; what an operation
// gives is rounded to the context's precision, and what is lost or wrong is signalled. One module, so one text.

import { registerModule } from "../registry.ts";

registerModule("decimal", { source: String.raw`
import collections as _collections, math as _math, numbers as _numbers, re as _re, threading as _threading
ROUND_DOWN, ROUND_UP, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP = ('ROUND_' + word for word in 'DOWN UP CEILING FLOOR HALF_UP HALF_DOWN HALF_EVEN 05UP'.split())
MAX_PREC, MAX_EMAX, MIN_EMIN, MIN_ETINY, HAVE_THREADS, HAVE_CONTEXTVAR = 999999999999999999, 999999999999999999, -999999999999999999, -1999999999999999997, True, True
DecimalTuple = _collections.namedtuple('DecimalTuple', 'sign digits exponent')

class DecimalException(ArithmeticError): pass
class InvalidOperation(DecimalException): pass
class Clamped(DecimalException): pass
class Rounded(DecimalException): pass
class Inexact(DecimalException): pass
class Subnormal(DecimalException): pass
class DivisionByZero(DecimalException, ZeroDivisionError): pass
class FloatOperation(DecimalException, TypeError): pass
class Overflow(Inexact, Rounded): pass
class Underflow(Inexact, Rounded, Subnormal): pass
class ConversionSyntax(InvalidOperation): pass
class DivisionImpossible(InvalidOperation): pass
class DivisionUndefined(InvalidOperation, ZeroDivisionError): pass
class InvalidContext(InvalidOperation): pass
for _one in (DecimalException, InvalidOperation, Clamped, Rounded, Inexact, Subnormal, DivisionByZero, FloatOperation, Overflow, Underflow, ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext):
    _one.__module__ = 'decimal'
_SIGNALS = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped)

def _away(how, sign, kept, last, rest):
    # last: the first digit that goes; rest: whether anything but zeros follows it.
    if how == ROUND_DOWN or not last and not rest:
        return False
    if how in (ROUND_CEILING, ROUND_FLOOR):
        return sign == (how == ROUND_FLOOR)
    if how == ROUND_UP:
        return True
    if how == ROUND_05UP:
        return kept % 5 == 0
    if last != 5 or rest:
        return last >= 5
    return how == ROUND_HALF_UP or how == ROUND_HALF_EVEN and kept % 2 == 1

# coefficient / 10 ** places, rounded; and whether that was exact.
def _cut(sign, coefficient, places, how):
    if places <= 0:
        return coefficient * 10 ** -places, True
    kept, gone = divmod(coefficient, 10 ** places)
    last, rest = divmod(gone, 10 ** (places - 1))
    return kept + _away(how, sign, kept, last, bool(rest)), gone == 0

class Context:
    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        base = globals().get('DefaultContext')
        for name, given, usual in (('prec', prec, 28), ('rounding', rounding, ROUND_HALF_EVEN), ('Emin', Emin, -999999), ('Emax', Emax, 999999), ('capitals', capitals, 1), ('clamp', clamp, 0)):
            setattr(self, name, given if given is not None else getattr(base, name) if base else usual)
        trapped = traps if traps is not None else base.traps if base else (DivisionByZero, Overflow, InvalidOperation)
        self.traps = dict(trapped) if isinstance(trapped, dict) else {signal: signal in trapped for signal in _SIGNALS}
        self.flags = dict(flags) if isinstance(flags, dict) else {signal: signal in (flags or ()) for signal in _SIGNALS}
    def __setattr__(self, name, value):
        if name == 'prec' and (not isinstance(value, int) or value < 1):
            raise (ValueError if isinstance(value, int) else TypeError)('valid range for prec is [1, MAX_PREC]' if isinstance(value, int) else f"'{type(value).__name__}' object cannot be interpreted as an integer")
        if name == 'rounding' and (not isinstance(value, str) or not value.startswith('ROUND_')):
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        object.__setattr__(self, name, value)
    def __repr__(self):
        named = lambda table: '[%s]' % ', '.join([signal.__name__ for signal in table if table[signal]])
        return f'Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, capitals={self.capitals}, clamp={self.clamp}, flags={named(self.flags)}, traps={named(self.traps)})'
    def copy(self): return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, self.flags, self.traps)
    __copy__ = copy
    def clear_flags(self): self.flags = dict.fromkeys(self.flags, False)
    def clear_traps(self): self.traps = dict.fromkeys(self.traps, False)
    def Etiny(self): return self.Emin - self.prec + 1
    def Etop(self): return self.Emax - self.prec + 1
    def create_decimal(self, value='0'): return Decimal(value)._rounded(self)
    # The answer to something wrong, unless the context wants an exception.
    def _signal(self, condition, answer=None):
        general = next(signal for signal in _SIGNALS if issubclass(condition, signal))
        self.flags[general] = True
        if self.traps[general]:
            raise general([condition])
        return _NAN if answer is None else answer
    def __getattr__(self, name):
        operation = {'add': '__add__', 'subtract': '__sub__', 'multiply': '__mul__', 'divide': '__truediv__', 'divide_int': '__floordiv__', 'remainder': '__mod__', 'power': '__pow__', 'plus': '__pos__', 'minus': '__neg__', 'abs': '__abs__'}.get(name, name)
        if not hasattr(Decimal, operation):
            raise AttributeError(f"'decimal.Context' object has no attribute '{name}'")
        def method(first, *rest):
            with localcontext(self):
                return getattr(Decimal(first), operation)(*rest)
        return method

_own = _threading.local()
def getcontext():
    if not hasattr(_own, 'context'):
        _own.context = DefaultContext.copy()
    return _own.context
def setcontext(context): _own.context = context

class localcontext:
    def __init__(self, ctx=None, **changes):
        self._new = (getcontext() if ctx is None else ctx).copy()
        for name, value in changes.items():
            setattr(self._new, name, value)
    def __enter__(self):
        self._former = getcontext()
        setcontext(self._new)
        return self._new
    def __exit__(self, *failure): setcontext(self._former)

_TEXT = _re.compile(r'([-+]?)(?:(?=\d|\.\d)(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?|(inf(?:inity)?)|(s?nan)(\d*))', _re.I)

class Decimal(_numbers.Number):
    __slots__ = ('_sign', '_int', '_exp', '_special')
    def __new__(cls, value='0', context=None):
        if isinstance(value, Decimal):
            return _make(value._sign, value._int, value._exp, value._special, cls)
        if isinstance(value, int):
            return _make(value < 0, abs(value), 0, None, cls)
        if isinstance(value, float):
            getcontext()._signal(FloatOperation, _NAN)
            return cls.from_float(value)
        if isinstance(value, (tuple, list)):
            return cls._from_parts(value)
        if not isinstance(value, str):
            raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')
        found = _TEXT.fullmatch(value.strip().replace('_', ''))
        if found is None:
            return (context or getcontext())._signal(ConversionSyntax)
        sign, whole, places, exponent, infinite, nan, payload = found.groups()
        if infinite or nan:
            return _make(sign == '-', int(payload or 0), 0, 'F' if infinite else 'N' if nan[:1] in 'sS' else 'n', cls)
        return _make(sign == '-', int(whole + (places or '') or '0'), int(exponent or 0) - len(places or ''), None, cls)
    @classmethod
    def _from_parts(cls, parts):
        if len(parts) != 3:
            raise ValueError('argument must be a sequence of length 3')
        sign, digits, exponent = parts
        coefficient = int(''.join(map(str, digits)) or '0')
        return _make(bool(sign), coefficient, 0 if isinstance(exponent, str) else exponent, exponent if isinstance(exponent, str) else None, cls)
    @classmethod
    def from_float(cls, f):
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError('argument must be int or float')
        if not _math.isfinite(f):
            return cls(repr(f))
        top, bottom = abs(f).as_integer_ratio()
        places = bottom.bit_length() - 1
        return _make(_math.copysign(1.0, f) < 0, top * 5 ** places, -places, None, cls)
    def as_tuple(self):
        digits = () if self._special == 'F' else tuple(map(int, str(self._int))) if not self._special or self._int else ()
        return DecimalTuple(int(self._sign), (0,) if self._special == 'F' else digits, self._special or self._exp)
    def as_integer_ratio(self):
        if self._special:
            raise (OverflowError if self._special == 'F' else ValueError)('cannot convert %s to integer ratio' % ('Infinity' if self._special == 'F' else 'NaN'))
        top, bottom = (self._int * 10 ** self._exp, 1) if self._exp >= 0 else (self._int, 10 ** -self._exp)
        shared = _math.gcd(top, bottom)
        return (-top if self._sign else top) // shared, bottom // shared
    def is_nan(self): return self._special in ('n', 'N')
    def is_qnan(self): return self._special == 'n'
    def is_snan(self): return self._special == 'N'
    def is_infinite(self): return self._special == 'F'
    def is_finite(self): return self._special is None
    def is_signed(self): return bool(self._sign)
    def is_zero(self): return self._special is None and self._int == 0
    def is_normal(self, context=None): return self._special is None and self._int != 0 and self.adjusted() >= (context or getcontext()).Emin
    def __bool__(self): return self._special is not None or self._int != 0
    def adjusted(self): return 0 if self._special else self._exp + len(str(self._int)) - 1
    real, imag = property(lambda self: self), property(lambda self: Decimal(0))
    def conjugate(self): return self
    def __repr__(self): return f"Decimal('{self}')"
    def __str__(self, eng=False, context=None):
        minus = '-' if self._sign else ''
        if self._special:
            return minus + {'F': 'Infinity', 'n': 'NaN', 'N': 'sNaN'}[self._special] + (str(self._int) if self._int and self._special != 'F' else '')
        digits = str(self._int)
        point = len(digits) + self._exp
        shown = point
        if self._exp > 0 or point <= -6:
            shown = 1 if not eng else (point + 1) % 3 - 1 if digits == '0' else (point - 1) % 3 + 1
        if shown <= 0:
            text = '0.' + '0' * -shown + digits
        elif shown >= len(digits):
            text = digits + '0' * (shown - len(digits))
        else:
            text = digits[:shown] + '.' + digits[shown:]
        return minus + text + ('' if shown == point else ('E' if getcontext().capitals else 'e') + f'{point - shown:+d}')
    def to_eng_string(self, context=None): return self.__str__(eng=True)
    def __hash__(self):
        if self._special == 'N':
            raise TypeError('Cannot hash a signaling NaN value.')
        if self._special:
            return object.__hash__(self) if self._special == 'n' else -314159 if self._sign else 314159
        prime = 2 ** 61 - 1
        value = self._int * pow(10, self._exp, prime) % prime
        return -2 if (value := -value if self._sign else value) == -1 else value

    def _rounded(self, context=None, how=None):
        context = context or getcontext()
        if self._special:
            return self
        length = len(str(self._int))
        top = self._exp + length - 1
        if self._int and top > context.Emax:
            return context._signal(Overflow, _make(self._sign, 0, 0, 'F'))
        lowest = context.Etiny()
        excess = max(length - context.prec, lowest - self._exp)
        if excess <= 0:
            return self
        kept, exact = _cut(self._sign, self._int, excess, how or context.rounding)
        result = _make(self._sign, kept, self._exp + excess)
        context._signal(Rounded, result)
        if not exact:
            if top < context.Emin:
                context._signal(Underflow, result)
            context._signal(Inexact, result)
        return result._rounded(context) if len(str(kept)) > context.prec else result
    # NaN stays NaN; a signalling one signals.
    def _nan_of(self, *others):
        for one in (self, *others):
            if one._special == 'N':
                return getcontext()._signal(InvalidOperation, _make(one._sign, one._int, 0, 'n'))
        return next((one for one in (self, *others) if one._special == 'n'), None)

    def _plus(self, other):
        if (nan := self._nan_of(other)) is not None:
            return nan
        if self._special or other._special:
            if self._special and other._special and self._sign != other._sign:
                return getcontext()._signal(InvalidOperation)
            return self if self._special else other
        low = min(self._exp, other._exp)
        total = sum([(-one._int if one._sign else one._int) * 10 ** (one._exp - low) for one in (self, other)])
        negative = total < 0 or total == 0 and (self._sign and other._sign or self._sign != other._sign and getcontext().rounding == ROUND_FLOOR)
        return _make(negative, abs(total), low)._rounded()
    def _times(self, other):
        sign = self._sign != other._sign
        if (nan := self._nan_of(other)) is not None:
            return nan
        if self._special or other._special:
            return _make(sign, 0, 0, 'F') if self and other else getcontext()._signal(InvalidOperation)
        return _make(sign, self._int * other._int, self._exp + other._exp)._rounded()
    def _by(self, other):
        context, sign = getcontext(), self._sign != other._sign
        if (nan := self._nan_of(other)) is not None:
            return nan
        if self._special:
            return context._signal(InvalidOperation) if other._special else _make(sign, 0, 0, 'F')
        if other._special:
            context._signal(Clamped, self)
            return _make(sign, 0, context.Etiny())
        if not other._int:
            return context._signal(DivisionByZero, _make(sign, 0, 0, 'F')) if self._int else context._signal(DivisionUndefined)
        exponent = self._exp - other._exp
        if not self._int:
            return _make(sign, 0, exponent)._rounded()
        # One digit more than is wanted, and a last one that tells of a rest; what came out even loses the zeros that were added.
        shift = max(len(str(other._int)) - len(str(self._int)) + context.prec + 1, 0)
        quotient, rest = divmod(self._int * 10 ** shift, other._int)
        if rest:
            return _make(sign, quotient + (quotient % 5 == 0), exponent - shift)._rounded()
        while shift > 0 and quotient % 10 == 0:
            quotient, shift = quotient // 10, shift - 1
        return _make(sign, quotient, exponent - shift)._rounded()
    # Quotient towards zero, and what is left, with the sign of the dividend.
    def _whole(self, other):
        context = getcontext()
        if (nan := self._nan_of(other)) is not None:
            return nan, nan
        if self._special:
            return (context._signal(InvalidOperation), _NAN) if other._special else (_make(self._sign != other._sign, 0, 0, 'F'), context._signal(InvalidOperation))
        if not other:
            if not self:
                return (context._signal(DivisionUndefined),) * 2
            return context._signal(DivisionByZero, _make(self._sign != other._sign, 0, 0, 'F')), context._signal(InvalidOperation)
        if other._special:
            return _make(self._sign != other._sign, 0, 0), self._rounded()
        low = min(self._exp, other._exp)
        quotient, rest = divmod(self._int * 10 ** (self._exp - low), other._int * 10 ** (other._exp - low))
        if len(str(quotient)) > context.prec:
            return (context._signal(DivisionImpossible),) * 2
        return _make(self._sign != other._sign, quotient, 0), _make(self._sign, rest, low)._rounded()
    def _left(self, other):
        return getcontext()._signal(InvalidOperation) if self and not other and self._nan_of(other) is None else self._whole(other)[1]
    def _to_the(self, power):
        context = getcontext()
        if (nan := self._nan_of(power)) is not None:
            return nan
        if not power:
            return Decimal(1) if self else context._signal(InvalidOperation)
        whole = power == power.to_integral_value()
        if self._sign and self and not whole:
            return context._signal(InvalidOperation)
        sign = bool(self._sign and whole and int(power) % 2)
        if not self or self._special or power._special:
            big = (abs(self) > 1) == (not power._sign) if power._special else bool(self) == (not power._sign)
            return _make(sign, 0, 0, 'F') if big else _make(sign, 0, 0)
        if whole and abs(int(power)) * len(str(self._int)) < 20 * context.prec + 2000:
            exponent = int(power)
            if exponent > 0:
                return _make(sign, self._int ** exponent, self._exp * exponent)._rounded()
            return Decimal(1)._by(_make(sign, self._int ** -exponent, self._exp * -exponent))
        with localcontext(prec=context.prec + 10 + len(str(power._int))):
            result = (abs(self).ln() * power).exp()
        return _make(sign, result._int, result._exp)._rounded()

    def __neg__(self, context=None): return _make(not self._sign if self else False, self._int, self._exp, self._special)._rounded(context)
    def __pos__(self, context=None): return (self if self else abs(self))._rounded(context)
    def __abs__(self): return _make(False, self._int, self._exp, self._special)._rounded()
    def copy_abs(self): return _make(False, self._int, self._exp, self._special)
    def copy_negate(self): return _make(not self._sign, self._int, self._exp, self._special)
    def copy_sign(self, other): return _make(_operand(other)._sign, self._int, self._exp, self._special)
    def __pow__(self, power, modulo=None):
        power = _operand(power)
        if power is NotImplemented or modulo is None:
            return power if power is NotImplemented else self._to_the(power)
        return Decimal(pow(int(self), int(power), int(modulo)))
    def __rpow__(self, base): return _operand(base) if _operand(base) is NotImplemented else _operand(base)._to_the(self)
    def __divmod__(self, other): return _operand(other) if _operand(other) is NotImplemented else self._whole(_operand(other))
    def __rdivmod__(self, other): return _operand(other) if _operand(other) is NotImplemented else _operand(other)._whole(self)
    def fma(self, other, third, context=None):
        with localcontext(prec=10 ** 6):
            product = self * other
        return product + third

    def compare(self, other, context=None):
        nan = self._nan_of(_operand(other))
        return nan if nan is not None else Decimal(self._order(_operand(other)))
    def _order(self, other):
        a, b = [(-1 if one._sign else 1) if one._special else 0 for one in (self, other)]
        if a or b:
            return (a > b) - (a < b)
        low = min(self._exp, other._exp)
        first, second = [(-one._int if one._sign else one._int) * 10 ** (one._exp - low) for one in (self, other)]
        return (first > second) - (first < second)
    def max(self, other, context=None): return (self if self._order(_operand(other)) >= 0 else _operand(other))._rounded(context)
    def min(self, other, context=None): return (self if self._order(_operand(other)) <= 0 else _operand(other))._rounded(context)

    def quantize(self, exp, rounding=None, context=None):
        context, model = context or getcontext(), _operand(exp)
        if (nan := self._nan_of(model)) is not None:
            return nan
        if self._special or model._special:
            return self if self._special and model._special else context._signal(InvalidOperation)
        kept, exact = _cut(self._sign, self._int, model._exp - self._exp, rounding or context.rounding)
        if len(str(kept)) > context.prec:
            return context._signal(InvalidOperation)
        result = _make(self._sign, kept, model._exp)
        if model._exp > self._exp:
            context._signal(Rounded, result)
        return result if exact else context._signal(Inexact, result)
    def same_quantum(self, other): return self._exp == _operand(other)._exp and self._special == _operand(other)._special
    def to_integral_value(self, rounding=None, context=None):
        if self._special or self._exp >= 0:
            return self
        return _make(self._sign, _cut(self._sign, self._int, -self._exp, rounding or (context or getcontext()).rounding)[0], 0)
    to_integral = to_integral_exact = to_integral_value
    def normalize(self, context=None):
        result = self._rounded(context)
        if result._special:
            return result
        digits = str(result._int).rstrip('0')
        return _make(result._sign, int(digits), result._exp + len(str(result._int)) - len(digits)) if digits else _make(result._sign, 0, 0)
    def scaleb(self, other, context=None): return _make(self._sign, self._int, self._exp + int(other), self._special)._rounded(context)
    def shift(self, other, context=None): return _make(self._sign, int(str(self._int)[:int(other)] or '0') if int(other) < 0 else self._int * 10 ** int(other), self._exp)
    def logb(self, context=None): return Decimal(self.adjusted())
    def radix(self): return Decimal(10)
    def canonical(self): return self
    def number_class(self, context=None):
        if self._special:
            return {'F': '-Infinity' if self._sign else '+Infinity', 'n': 'NaN', 'N': 'sNaN'}[self._special]
        return '-+'[not self._sign] + ('Zero' if not self._int else 'Normal')
    def sqrt(self, context=None):
        context = context or getcontext()
        if (nan := self._nan_of()) is not None:
            return nan
        if self._special or not self:
            return context._signal(InvalidOperation) if self._special and self._sign else self if self._special else _make(self._sign, 0, self._exp // 2)
        if self._sign:
            return context._signal(InvalidOperation)
        exponent = self._exp & ~1
        coefficient, ideal = self._int * 10 ** (self._exp - exponent), exponent // 2
        shift = max(0, context.prec + 1 - (len(str(coefficient)) + 1) // 2)
        root = _math.isqrt(coefficient * 100 ** shift)
        if root * root != coefficient * 100 ** shift:
            return _make(False, root + (root % 5 == 0), ideal - shift)._rounded(context, ROUND_HALF_EVEN)
        while shift > 0 and root % 10 == 0:
            root, shift = root // 10, shift - 1
        return _make(False, root, ideal - shift)._rounded(context, ROUND_HALF_EVEN)
    # Series on whole numbers, scaled, with guard digits.
    def exp(self, context=None):
        context = context or getcontext()
        if self._special or not self:
            return self if self.is_nan() else Decimal(0) if self._sign and self._special else self if self._special else Decimal(1)
        if self.adjusted() > 7:
            return _make(False, 0, context.Etiny()) if self._sign else context._signal(Overflow, _make(False, 0, 0, 'F'))
        guard = context.prec + 12 + max(self.adjusted(), 0)
        tens = int(float(self) / 2.302585092994046)
        x = _scaled(self, guard) - tens * _ln10(guard)
        halvings = 8
        x >>= halvings
        scale = 10 ** guard
        term = total = scale
        step = 1
        while term:
            term = term * x // (scale * step)
            total, step = total + term, step + 1
            if abs(term) <= 1 and step > 3:
                break
        for _ in range(halvings):
            total = total * total // scale
        return _make(False, total, tens - guard)._rounded(context, ROUND_HALF_EVEN)
    def ln(self, context=None):
        context = context or getcontext()
        if (nan := self._nan_of()) is not None:
            return nan
        if not self or self._sign:
            return _make(True, 0, 0, 'F') if not self else context._signal(InvalidOperation)
        if self._special or self == 1:
            return self if self._special else Decimal(0)
        guard = context.prec + 14
        top = self.adjusted()
        value = _ln_scaled(_scaled(_make(False, self._int, self._exp - top), guard), guard) + top * _ln10(guard)
        return _make(value < 0, abs(value), -guard)._rounded(context, ROUND_HALF_EVEN)
    def log10(self, context=None):
        context = context or getcontext()
        if self and not self._special and not self._sign and str(self._int).strip('0') == '1':
            return Decimal(self.adjusted())
        with localcontext(prec=context.prec + 10):
            value = self.ln()
            if not value._special:
                value = value / _make(False, _ln10(context.prec + 20), -context.prec - 20)
        return value._rounded(context, ROUND_HALF_EVEN)

    def __int__(self):
        if self._special:
            raise (OverflowError if self._special == 'F' else ValueError)('cannot convert %s to integer' % ('Infinity' if self._special == 'F' else 'NaN'))
        size = self._int * 10 ** self._exp if self._exp >= 0 else self._int // 10 ** -self._exp
        return -size if self._sign else size
    __trunc__ = __int__
    def __float__(self): return float(str(self))
    def __complex__(self): return complex(float(self))
    def __floor__(self): return int(self.to_integral_value(ROUND_FLOOR))
    def __ceil__(self): return int(self.to_integral_value(ROUND_CEILING))
    def __round__(self, n=None): return int(self.to_integral_value(ROUND_HALF_EVEN)) if n is None else self.quantize(_make(False, 1, -n), ROUND_HALF_EVEN)
    def __format__(self, spec, context=None):
        found = _re.fullmatch(r'(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?(,)?(?:\.(\d+))?([eEfFgGn%])?', spec, _re.S)
        if found is None:
            raise ValueError('invalid format string')
        fill, align, sign, _, zero, width, comma, places, kind = found.groups()
        how, number = getcontext().rounding, self
        if kind == '%':
            number, kind, tail = _make(self._sign, self._int, self._exp + 2, self._special), 'f', '%'
        else:
            tail = ''
        digits = None if places is None else int(places)
        if not number._special and kind and kind in 'fF' and digits is not None:
            number = _make(number._sign, _cut(number._sign, number._int, -digits - number._exp, how)[0], -digits)
        elif not number._special and kind and kind in 'eE' and digits is not None:
            number = _significant(number, digits + 1, how)
        elif not number._special and digits is not None:
            number = _significant(number, max(digits, 1), how, False)
        if number._special or not kind or kind in 'gGn':
            body = str(number.copy_abs())
            body = body.lower() if kind in ('g', 'n') and not number._special else body
        elif kind in 'fF':
            text = str(number._int).rjust(-number._exp + 1, '0') if number._exp < 0 else str(number._int * 10 ** number._exp)
            body = text[:number._exp] + '.' + text[number._exp:] if number._exp < 0 else text
        else:
            text = str(number._int)
            body = text[:1] + ('.' + text[1:] if len(text) > 1 else '') + kind + f'{number.adjusted() if number._int else number._exp + len(text) - 1:+d}'
        lead = '-' if number._sign else sign if sign in ('+', ' ') else ''
        whole, point, rest = body.partition('.')
        if comma and whole.isdigit():
            whole = f'{int(whole):{comma}}'
        body = whole + point + rest + tail
        room = int(width or 0) - len(lead) - len(body)
        if room <= 0:
            return lead + body
        align = align or ('=' if zero else '>')
        fill = fill or ('0' if zero else ' ')
        if align == '=':
            return lead + fill * room + body
        before = {'<': 0, '>': room, '^': room // 2}[align]
        return fill * before + lead + body + fill * (room - before)
    def __copy__(self): return self
    def __deepcopy__(self, memo): return self

def _significant(number, count, how, pad=True):
    excess = len(str(number._int)) - count
    if excess <= 0 and not pad or not number._int:
        return number if not pad or number._int else _make(number._sign, 0, number._exp - count + 1)
    kept, _ = _cut(number._sign, number._int, excess, how)
    result = _make(number._sign, kept, number._exp + excess)
    return _significant(result, count, how, pad) if len(str(kept)) > count else result

def _make(sign, coefficient, exponent, special=None, cls=Decimal):
    self = object.__new__(cls)
    self._sign, self._int, self._exp, self._special = bool(sign), coefficient, exponent, special
    return self
_NAN = _make(False, 0, 0, 'n')

def _operand(value):
    return value if isinstance(value, Decimal) else Decimal(value) if isinstance(value, int) else NotImplemented

def _install(name, operation):
    def forward(self, other, context=None):
        other = _operand(other)
        return other if other is NotImplemented else operation(self, other)
    def backward(self, other, context=None):
        other = _operand(other)
        return other if other is NotImplemented else operation(other, self)
    setattr(Decimal, f'__{name}__', forward)
    setattr(Decimal, f'__r{name}__', backward)
for _name, _operation in (('add', Decimal._plus), ('sub', lambda a, b: a._plus(b.copy_negate())), ('mul', Decimal._times), ('truediv', Decimal._by), ('floordiv', lambda a, b: a._whole(b)[0]), ('mod', Decimal._left)):
    _install(_name, _operation)
Decimal.remainder_near = lambda self, other: self - other * (self / other).to_integral_value(ROUND_HALF_EVEN)

# Numbers of other types are compared by their exact value; NaN is equal to nothing and has no order.
def _install_order(name, test, ordered):
    def method(self, other):
        if isinstance(other, float):
            if ordered:
                getcontext()._signal(FloatOperation, _NAN)
            else:
                getcontext().flags[FloatOperation] = True
            other = Decimal.from_float(other)
        elif isinstance(other, _numbers.Rational) and not isinstance(other, int):
            top, bottom = self.as_integer_ratio() if not self._special else (0, 1)
            return test(top * other.denominator - other.numerator * bottom)
        other = _operand(other)
        if other is NotImplemented:
            return other
        if self.is_nan() or other.is_nan():
            if ordered or self.is_snan() or other.is_snan():
                getcontext()._signal(InvalidOperation)
            return name == 'ne'
        return test(self._order(other))
    setattr(Decimal, f'__{name}__', method)
for _name, _test, _ordered in (('eq', lambda sign: sign == 0, False), ('ne', lambda sign: sign != 0, False), ('lt', lambda sign: sign < 0, True), ('le', lambda sign: sign <= 0, True), ('gt', lambda sign: sign > 0, True), ('ge', lambda sign: sign >= 0, True)):
    _install_order(_name, _test, _ordered)

def _scaled(number, guard):
    places = number._exp + guard
    size = number._int * 10 ** places if places >= 0 else number._int // 10 ** -places
    return -size if number._sign else size

# ln of a scaled number between 1 and 10: roots bring it near 1, then the series of artanh.
def _ln_scaled(x, guard):
    scale, doubled = 10 ** guard, 0
    while x - scale > scale // 64:
        x, doubled = _math.isqrt(x * scale), doubled + 1
    y = (x - scale) * scale // (x + scale)
    square, term, total, odd = y * y // scale, y, 0, 1
    while term:
        total, odd = total + term // odd, odd + 2
        term = term * square // scale
    return total << doubled + 1
_tens = {}
def _ln10(guard):
    if guard not in _tens:
        _tens[guard] = _ln_scaled(10 * 10 ** (guard + 10), guard + 10) // 10 ** 10
    return _tens[guard]

DefaultContext = Context()
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP, traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(prec=9, traps=[])
` });
