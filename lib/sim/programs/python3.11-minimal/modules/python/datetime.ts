// datetime, in Python; the proleptic Gregorian calendar. Longer than most: date, time and datetime lean on each other
// from both sides, and a module is one text.

import { registerModule } from "../registry.ts";

registerModule("datetime", { source: String.raw`
import time as _time
import math as _math

MINYEAR = 1
MAXYEAR = 9999

_IN_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH_NAMES = ('', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')
_DAY_NAMES = ('', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')

def _leap(year):
    return year % (400 if year % 100 == 0 else 4) == 0

def _month_days(year, month):
    return 29 if month == 2 and _leap(year) else _IN_MONTH[month]

def _before_month(year, month):
    return sum(_IN_MONTH[1:month]) + (month > 2 and _leap(year))

def _before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400

def _ordinal(year, month, day):
    return _before_year(year) + _before_month(year, month) + day

def _from_ordinal(n):
    n -= 1
    n400, n = divmod(n, 146097)
    n100, n = divmod(n, 36524)
    n4, n = divmod(n, 1461)
    n1, n = divmod(n, 365)
    year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    if n1 == 4 or n100 == 4:
        return year - 1, 12, 31
    month = 1
    while n >= _month_days(year, month):
        n -= _month_days(year, month)
        month += 1
    return year, month, n + 1

def _check_int(value):
    if isinstance(value, float) or not hasattr(value, '__index__'):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(value).__name__)
    return value.__index__()

def _check_date(year, month, day):
    year, month, day = _check_int(year), _check_int(month), _check_int(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError('year %d is out of range' % year)
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= day <= _month_days(year, month):
        raise ValueError('day is out of range for month')
    return year, month, day

def _check_time(hour, minute, second, micro, fold):
    if not 0 <= _check_int(hour) <= 23:
        raise ValueError('hour must be in 0..23')
    if not 0 <= _check_int(minute) <= 59:
        raise ValueError('minute must be in 0..59')
    if not 0 <= _check_int(second) <= 59:
        raise ValueError('second must be in 0..59')
    if not 0 <= _check_int(micro) <= 999999:
        raise ValueError('microsecond must be in 0..999999')

def _half_even(x):
    low = _math.floor(x)
    rest = x - low
    if rest < 0.5:
        return low
    if rest > 0.5:
        return low + 1
    return low if low % 2 == 0 else low + 1

class timedelta:
    __module__ = 'datetime'
    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = 0
        fraction = 0.0
        for value, unit in ((days, 86400000000), (seconds, 1000000), (microseconds, 1), (milliseconds, 1000), (minutes, 60000000), (hours, 3600000000), (weeks, 604800000000)):
            if isinstance(value, int):
                total += value * unit
            elif isinstance(value, float):
                whole = int(value)
                total += whole * unit
                fraction += (value - whole) * unit
            else:
                raise TypeError('unsupported type for timedelta days component: ' + type(value).__name__ if value is days else 'unsupported type for timedelta component: ' + type(value).__name__)
        total += _half_even(fraction) if fraction else 0
        return cls._make(total)
    @classmethod
    def _make(cls, us):
        self = object.__new__(cls)
        self._us = us
        if abs(self.days) > 999999999:
            raise OverflowError('days=%d; must have magnitude <= 999999999' % self.days)
        return self
    @property
    def days(self): return self._us // 86400000000
    @property
    def seconds(self): return self._us % 86400000000 // 1000000
    @property
    def microseconds(self): return self._us % 1000000
    def total_seconds(self): return self._us / 1000000
    def __repr__(self):
        parts = []
        if self.days: parts.append('days=%d' % self.days)
        if self.seconds: parts.append('seconds=%d' % self.seconds)
        if self.microseconds: parts.append('microseconds=%d' % self.microseconds)
        return 'datetime.%s(%s)' % (type(self).__qualname__, ', '.join(parts) or '0')
    def __str__(self):
        mm, ss = divmod(self.seconds, 60)
        hh, mm = divmod(mm, 60)
        s = '%d:%02d:%02d' % (hh, mm, ss)
        if self.days:
            s = '%d day%s, ' % (self.days, 's' if abs(self.days) != 1 else '') + s
        if self.microseconds:
            s += '.%06d' % self.microseconds
        return s
    def __add__(self, other):
        return timedelta._make(self._us + other._us) if isinstance(other, timedelta) else NotImplemented
    __radd__ = __add__
    def __sub__(self, other):
        return timedelta._make(self._us - other._us) if isinstance(other, timedelta) else NotImplemented
    def __neg__(self): return timedelta._make(-self._us)
    def __pos__(self): return self
    def __abs__(self): return timedelta._make(abs(self._us))
    def __mul__(self, other):
        if isinstance(other, int): return timedelta._make(self._us * other)
        if isinstance(other, float): return timedelta._make(_half_even(self._us * other))
        return NotImplemented
    __rmul__ = __mul__
    def __floordiv__(self, other):
        if isinstance(other, timedelta): return self._us // other._us
        if isinstance(other, int): return timedelta._make(self._us // other)
        return NotImplemented
    def __truediv__(self, other):
        if isinstance(other, timedelta): return self._us / other._us
        if isinstance(other, (int, float)): return timedelta._make(_half_even(self._us / other))
        return NotImplemented
    def __mod__(self, other):
        return timedelta._make(self._us % other._us) if isinstance(other, timedelta) else NotImplemented
    def __divmod__(self, other):
        if not isinstance(other, timedelta): return NotImplemented
        q, r = divmod(self._us, other._us)
        return q, timedelta._make(r)
    def __eq__(self, other): return self._us == other._us if isinstance(other, timedelta) else NotImplemented
    def __lt__(self, other): return self._us < other._us if isinstance(other, timedelta) else NotImplemented
    def __le__(self, other): return self._us <= other._us if isinstance(other, timedelta) else NotImplemented
    def __gt__(self, other): return self._us > other._us if isinstance(other, timedelta) else NotImplemented
    def __ge__(self, other): return self._us >= other._us if isinstance(other, timedelta) else NotImplemented
    def __hash__(self): return hash(self._us)
    def __bool__(self): return self._us != 0

timedelta.min = timedelta._make(-999999999 * 86400000000)
timedelta.max = timedelta._make(999999999 * 86400000000 + 86399999999)
timedelta.resolution = timedelta._make(1)

def _offset_text(offset, colon=True):
    if offset is None:
        return ''
    us = offset._us
    sign = '-' if us < 0 else '+'
    seconds = abs(us) // 1000000
    text = '%s%02d%s%02d' % (sign, seconds // 3600, ':' if colon else '', seconds % 3600 // 60)
    if seconds % 60:
        text += (':' if colon else '') + '%02d' % (seconds % 60)
    return text

def _strftime(object, format, tuple_, micro, tz):
    out = []
    i = 0
    while i < len(format):
        c = format[i]
        if c == '%' and i + 1 < len(format):
            d = format[i + 1]
            i += 2
            if d == 'f':
                out.append('%06d' % micro)
            elif d == 'z':
                out.append(_offset_text(tz.utcoffset() if tz is not None else None, False))
            elif d == 'Z':
                name = tz.tzname() if tz is not None else None
                out.append((name or '').replace('%', '%%'))
            else:
                out.append('%' + d)
        else:
            out.append(c)
            i += 1
    return _time.strftime(''.join(out), tuple_)

class date:
    __module__ = 'datetime'
    def __new__(cls, year, month=None, day=None):
        if month is None or day is None:
            raise TypeError("function missing required argument '%s' (pos %d)" % (('month', 2) if month is None else ('day', 3)))
        self = object.__new__(cls)
        self._year, self._month, self._day = _check_date(year, month, day)
        return self
    @classmethod
    def fromtimestamp(cls, t):
        parts = _time.localtime(t)
        return cls(parts[0], parts[1], parts[2])
    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())
    @classmethod
    def fromordinal(cls, n):
        y, m, d = _from_ordinal(n)
        return cls(y, m, d)
    @classmethod
    def fromisoformat(cls, text):
        if not isinstance(text, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            y, m, d = _iso_date(text)
        except Exception:
            raise ValueError('Invalid isoformat string: %r' % text) from None
        return cls(y, m, d)
    @classmethod
    def fromisocalendar(cls, year, week, day):
        first = _ordinal(year, 1, 4)
        monday = first - (first + 6) % 7
        return cls.fromordinal(monday + (week - 1) * 7 + day - 1)
    @property
    def year(self): return self._year
    @property
    def month(self): return self._month
    @property
    def day(self): return self._day
    def toordinal(self): return _ordinal(self._year, self._month, self._day)
    def weekday(self): return (self.toordinal() + 6) % 7
    def isoweekday(self): return self.weekday() + 1
    def isocalendar(self):
        n = self.toordinal()
        thursday = n - self.weekday() + 3
        year = _from_ordinal(thursday)[0]
        first = _ordinal(year, 1, 1)
        return IsoCalendarDate((year, (thursday - first) // 7 + 1, self.isoweekday()))
    def isoformat(self): return '%04d-%02d-%02d' % (self._year, self._month, self._day)
    __str__ = isoformat
    def __repr__(self): return 'datetime.%s(%d, %d, %d)' % (type(self).__qualname__, self._year, self._month, self._day)
    def ctime(self): return '%s %s %2d 00:00:00 %04d' % (_DAY_NAMES[self.isoweekday()], _MONTH_NAMES[self._month], self._day, self._year)
    def timetuple(self):
        return _time.struct_time((self._year, self._month, self._day, 0, 0, 0, self.weekday(), _before_month(self._year, self._month) + self._day, -1))
    def strftime(self, format): return _strftime(self, format, self.timetuple(), 0, None)
    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)
    def replace(self, year=None, month=None, day=None):
        return type(self)(self._year if year is None else year, self._month if month is None else month, self._day if day is None else day)
    def __add__(self, other):
        if isinstance(other, timedelta):
            n = self.toordinal() + other.days
            if not 0 < n <= 3652059:
                raise OverflowError('date value out of range')
            return type(self).fromordinal(n)
        return NotImplemented
    __radd__ = __add__
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented
    def _key(self): return (self._year, self._month, self._day)
    def _same(self, other): return isinstance(other, date) and not isinstance(other, datetime)
    def __eq__(self, other): return self._key() == other._key() if self._same(other) else NotImplemented
    def __lt__(self, other): return self._key() < other._key() if self._same(other) else NotImplemented
    def __le__(self, other): return self._key() <= other._key() if self._same(other) else NotImplemented
    def __gt__(self, other): return self._key() > other._key() if self._same(other) else NotImplemented
    def __ge__(self, other): return self._key() >= other._key() if self._same(other) else NotImplemented
    def __hash__(self): return hash(self._key())

class IsoCalendarDate(tuple):
    __module__ = 'datetime'
    @property
    def year(self): return self[0]
    @property
    def week(self): return self[1]
    @property
    def weekday(self): return self[2]
    def __repr__(self): return 'datetime.IsoCalendarDate(year=%s, week=%s, weekday=%s)' % tuple(self)

class tzinfo:
    __module__ = 'datetime'
    def utcoffset(self, dt): raise NotImplementedError('tzinfo subclass must override utcoffset()')
    def tzname(self, dt): raise NotImplementedError('tzinfo subclass must override tzname()')
    def dst(self, dt): raise NotImplementedError('tzinfo subclass must override dst()')
    def fromutc(self, dt):
        return dt + self.utcoffset(dt)

class timezone(tzinfo):
    def __init__(self, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError('timezone() argument 1 must be datetime.timedelta, not ' + type(offset).__name__)
        if not abs(offset._us) < 86400000000:
            raise ValueError('offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not %r.' % offset)
        self._offset = offset
        self._name = name
    def utcoffset(self, dt): return self._offset
    def dst(self, dt): return None
    def tzname(self, dt):
        if self._name is not None:
            return self._name
        return 'UTC' + (_offset_text(self._offset) if self._offset else '')
    def fromutc(self, dt): return dt + self._offset
    def __repr__(self):
        if self is timezone.utc:
            return 'datetime.timezone.utc'
        if self._name is None:
            return 'datetime.timezone(%r)' % self._offset
        return 'datetime.timezone(%r, %r)' % (self._offset, self._name)
    def __str__(self): return self.tzname(None)
    def __eq__(self, other): return self._offset == other._offset if isinstance(other, timezone) else NotImplemented
    def __hash__(self): return hash(self._offset)

timezone.utc = timezone(timedelta(0))
timezone.min = timezone(-timedelta(hours=23, minutes=59))
timezone.max = timezone(timedelta(hours=23, minutes=59))
UTC = timezone.utc

def _iso_date(text):
    if len(text) == 10 and text[4] == text[7] == '-':
        return int(text[:4]), int(text[5:7]), int(text[8:])
    if len(text) == 8 and text.isdigit():
        return int(text[:4]), int(text[4:6]), int(text[6:])
    if len(text) in (8, 10) and 'W' in text:
        compact = text.replace('-', '')
        d = date.fromisocalendar(int(compact[:4]), int(compact[5:7]), int(compact[7:8] or 1))
        return d._year, d._month, d._day
    raise ValueError

def _iso_time(text):
    tz = None
    for i, c in enumerate(text):
        if c in '+-Z' and i > 0:
            rest = text[i + 1:]
            if c == 'Z':
                if rest:
                    raise ValueError
                tz = timezone.utc
            else:
                h, m, s, us = _clock(rest)
                delta = timedelta(hours=h, minutes=m, seconds=s, microseconds=us)
                tz = timezone.utc if not delta else timezone(delta if c == '+' else -delta)
            text = text[:i]
            break
    return _clock(text) + (tz,)

def _clock(text):
    main, dot, fraction = text.replace(',', '.').partition('.')
    if ':' in main:
        parts = main.split(':')
    else:
        parts = [main[i:i + 2] for i in range(0, len(main), 2)]
    if not 1 <= len(parts) <= 3 or any(len(p) != 2 or not p.isdigit() for p in parts) or (dot and (len(parts) < 3 or not fraction.isdigit())):
        raise ValueError
    h, m, s = ([int(p) for p in parts] + [0, 0])[:3]
    return h, m, s, int(fraction[:6].ljust(6, '0')) if dot else 0

class _Zoned:
    def __init__(self, owner, tz, at): self.owner, self.tz, self.at = owner, tz, at
    def utcoffset(self): return self.tz.utcoffset(self.at)
    def tzname(self): return self.tz.tzname(self.at)

class time:
    __module__ = 'datetime'
    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_time(hour, minute, second, microsecond, fold)
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond, self._tzinfo, self._fold = hour, minute, second, microsecond, tzinfo, fold
        return self
    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)
    @classmethod
    def fromisoformat(cls, text):
        try:
            return cls(*_iso_time(text.removeprefix('T')))
        except Exception:
            raise ValueError('Invalid isoformat string: %r' % text) from None
    def isoformat(self, timespec='auto'): return _clock_text(self, timespec) + _offset_text(self.utcoffset())
    def __str__(self): return self.isoformat()
    def __repr__(self):
        s = ', %d' % self._second if self._second or self._microsecond else ''
        s += ', %d' % self._microsecond if self._microsecond else ''
        s += ', tzinfo=%r' % self._tzinfo if self._tzinfo is not None else ''
        return 'datetime.%s(%d, %d%s)' % (type(self).__qualname__, self._hour, self._minute, s)
    def utcoffset(self): return None if self._tzinfo is None else self._tzinfo.utcoffset(None)
    def tzname(self): return None if self._tzinfo is None else self._tzinfo.tzname(None)
    def dst(self): return None if self._tzinfo is None else self._tzinfo.dst(None)
    def strftime(self, format):
        return _strftime(self, format, (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1), self._microsecond, self if self._tzinfo is not None else None)
    def __format__(self, spec): return self.strftime(spec) if spec else str(self)
    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(self._hour if hour is None else hour, self._minute if minute is None else minute, self._second if second is None else second, self._microsecond if microsecond is None else microsecond, self._tzinfo if tzinfo is True else tzinfo)
    def _key(self):
        offset = self.utcoffset()
        us = ((self._hour * 60 + self._minute) * 60 + self._second) * 1000000 + self._microsecond
        return us - (offset._us if offset is not None else 0)
    def __eq__(self, other): return self._key() == other._key() if isinstance(other, time) else NotImplemented
    def __lt__(self, other): return self._key() < other._key() if isinstance(other, time) else NotImplemented
    def __le__(self, other): return self._key() <= other._key() if isinstance(other, time) else NotImplemented
    def __gt__(self, other): return self._key() > other._key() if isinstance(other, time) else NotImplemented
    def __ge__(self, other): return self._key() >= other._key() if isinstance(other, time) else NotImplemented
    def __hash__(self): return hash(self._key())

def _clock_text(t, timespec):
    h, m, s, us = t._hour, t._minute, t._second, t._microsecond
    if timespec == 'auto':
        timespec = 'microseconds' if us else 'seconds'
    if timespec == 'hours': return '%02d' % h
    if timespec == 'minutes': return '%02d:%02d' % (h, m)
    if timespec == 'seconds': return '%02d:%02d:%02d' % (h, m, s)
    if timespec == 'milliseconds': return '%02d:%02d:%02d.%03d' % (h, m, s, us // 1000)
    if timespec == 'microseconds': return '%02d:%02d:%02d.%06d' % (h, m, s, us)
    raise ValueError('Unknown timespec value')

class datetime(date):
    __module__ = 'datetime'
    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if month is None or day is None:
            raise TypeError("function missing required argument '%s' (pos %d)" % (('month', 2) if month is None else ('day', 3)))
        self = object.__new__(cls)
        self._year, self._month, self._day = _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond, fold)
        self._hour, self._minute, self._second, self._microsecond, self._tzinfo, self._fold = hour, minute, second, microsecond, tzinfo, fold
        return self
    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)
    @classmethod
    def _from_us(cls, us, tz=None):
        days, us = divmod(us, 86400000000)
        y, m, d = _from_ordinal(days + 719163)
        s, us = divmod(us, 1000000)
        return cls(y, m, d, s // 3600, s % 3600 // 60, s % 60, us, tz)
    def _naive_us(self):
        return (self.toordinal() - 719163) * 86400000000 + ((self._hour * 60 + self._minute) * 60 + self._second) * 1000000 + self._microsecond
    @classmethod
    def fromtimestamp(cls, t, tz=None):
        us = _half_even(t * 1000000) if isinstance(t, float) else t * 1000000
        if tz is None:
            return cls._from_us(us + _time._offset(us // 1000000, False)[0] * 1000000)
        return tz.fromutc(cls._from_us(us, tz))
    @classmethod
    def utcfromtimestamp(cls, t):
        return cls._from_us(_half_even(t * 1000000) if isinstance(t, float) else t * 1000000)
    @classmethod
    def now(cls, tz=None):
        us = _time.time_ns() // 1000
        if tz is None:
            return cls._from_us(us + _time._offset(us // 1000000, False)[0] * 1000000)
        return tz.fromutc(cls._from_us(us, tz))
    @classmethod
    def today(cls): return cls.now()
    @classmethod
    def utcnow(cls): return cls._from_us(_time.time_ns() // 1000)
    @classmethod
    def fromordinal(cls, n):
        y, m, d = _from_ordinal(n)
        return cls(y, m, d)
    @classmethod
    def combine(cls, date, time, tzinfo=True):
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, time.tzinfo if tzinfo is True else tzinfo)
    @classmethod
    def fromisoformat(cls, text):
        if not isinstance(text, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            if len(text) > 10 and text[4] == '-' and text[5] != 'W' or len(text) <= 10 and text[4:5] == '-':
                head, rest = text[:10], text[11:]
            elif len(text) > 8:
                head, rest = text[:8], text[9:]
            else:
                head, rest = text, ''
            if len(text) > len(head) and not rest:
                raise ValueError
            y, m, d = _iso_date(head)
            made = _iso_time(rest) if rest else (0, 0, 0, 0, None)
        except Exception:
            raise ValueError('Invalid isoformat string: %r' % text) from None
        return cls(y, m, d, *made)
    @classmethod
    def strptime(cls, text, format):
        import _strptime
        y, m, d, h, mi, s, us, z = _strptime.full(text, format)
        return cls(y, m, d, h, mi, s, us, None if z is None else timezone.utc if z == 0 else timezone(timedelta(seconds=z)))
    def date(self): return date(self._year, self._month, self._day)
    def time(self): return time(self._hour, self._minute, self._second, self._microsecond)
    def timetz(self): return time(self._hour, self._minute, self._second, self._microsecond, self._tzinfo)
    def utcoffset(self): return None if self._tzinfo is None else self._tzinfo.utcoffset(self)
    def tzname(self): return None if self._tzinfo is None else self._tzinfo.tzname(self)
    def dst(self): return None if self._tzinfo is None else self._tzinfo.dst(self)
    def timestamp(self):
        offset = self.utcoffset()
        us = self._naive_us()
        if offset is None:
            return (us - _time._offset(us // 1000000, True)[0] * 1000000) / 1000000
        return (us - offset._us) / 1000000
    def astimezone(self, tz=None):
        offset = self.utcoffset()
        us = self._naive_us()
        us -= offset._us if offset is not None else _time._offset(us // 1000000, True)[0] * 1000000
        if tz is None:
            seconds, name = _time._offset(us // 1000000, False)
            tz = timezone(timedelta(seconds=seconds), name)
        return tz.fromutc(type(self)._from_us(us, tz))
    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        pick = lambda given, own: own if given is None else given
        return type(self)(pick(year, self._year), pick(month, self._month), pick(day, self._day), pick(hour, self._hour), pick(minute, self._minute), pick(second, self._second), pick(microsecond, self._microsecond), self._tzinfo if tzinfo is True else tzinfo)
    def isoformat(self, sep='T', timespec='auto'):
        return date.isoformat(self) + sep + _clock_text(self, timespec) + _offset_text(self.utcoffset())
    def __str__(self): return self.isoformat(' ')
    def __repr__(self):
        parts = [self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond]
        if parts[-1] == 0:
            del parts[-1]
            if parts[-1] == 0:
                del parts[-1]
        s = 'datetime.%s(%s' % (type(self).__qualname__, ', '.join(map(str, parts)))
        if self._tzinfo is not None:
            s += ', tzinfo=%r' % self._tzinfo
        return s + ')'
    def ctime(self):
        return '%s %s %2d %02d:%02d:%02d %04d' % (_DAY_NAMES[self.isoweekday()], _MONTH_NAMES[self._month], self._day, self._hour, self._minute, self._second, self._year)
    def timetuple(self):
        dst = self.dst()
        return _time.struct_time((self._year, self._month, self._day, self._hour, self._minute, self._second, self.weekday(), _before_month(self._year, self._month) + self._day, -1 if dst is None else int(bool(dst))))
    def utctimetuple(self):
        offset = self.utcoffset()
        return (self - offset if offset else self).timetuple()
    def strftime(self, format):
        return _strftime(self, format, self.timetuple(), self._microsecond, self if self._tzinfo is not None else None)
    def __add__(self, other):
        if not isinstance(other, timedelta): return NotImplemented
        us = self._naive_us() + other._us
        if not -62135596800000000 <= us < 253402300800000000:
            raise OverflowError('date value out of range')
        return type(self)._from_us(us, self._tzinfo)
    __radd__ = __add__
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if isinstance(other, datetime):
            return timedelta._make(self._absolute(other, "can't subtract offset-naive and offset-aware datetimes"))
        return NotImplemented
    def _absolute(self, other, message):
        a, b = self.utcoffset(), other.utcoffset()
        if (a is None) != (b is None):
            raise TypeError(message)
        if a is None:
            return self._naive_us() - other._naive_us()
        return self._naive_us() - a._us - other._naive_us() + b._us
    def _order(self, other): return self._absolute(other, "can't compare offset-naive and offset-aware datetimes")
    def __eq__(self, other):
        if not isinstance(other, datetime): return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None): return False
        return self._order(other) == 0
    def __lt__(self, other): return self._order(other) < 0 if isinstance(other, datetime) else NotImplemented
    def __le__(self, other): return self._order(other) <= 0 if isinstance(other, datetime) else NotImplemented
    def __gt__(self, other): return self._order(other) > 0 if isinstance(other, datetime) else NotImplemented
    def __ge__(self, other): return self._order(other) >= 0 if isinstance(other, datetime) else NotImplemented
    def __hash__(self):
        offset = self.utcoffset()
        return hash(self._naive_us() - (offset._us if offset is not None else 0))

_LAST = (23, 59, 59, 999999)
for _kind, _first, _last, _step in ((date, (MINYEAR, 1, 1), (MAXYEAR, 12, 31), timedelta(1)), (time, (), _LAST, timedelta.resolution), (datetime, (MINYEAR, 1, 1), (MAXYEAR, 12, 31, *_LAST), timedelta.resolution)):
    _kind.min, _kind.max, _kind.resolution = _kind(*_first), _kind(*_last), _step
` });
