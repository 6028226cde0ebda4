// calendar and _strptime, in Python.

import { registerModule } from "../registry.ts";

registerModule("_strptime", { source: String.raw`
_MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
_DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

def _bad(text, format):
    raise ValueError('time data %r does not match format %r' % (text, format))

def full(text, format):
    if not isinstance(text, str):
        raise TypeError('strptime() argument 0 must be str, not %s' % type(text))
    found = {}
    at = 0
    i = 0
    format0 = format
    for short, long in (('%T', '%H:%M:%S'), ('%D', '%m/%d/%y'), ('%F', '%Y-%m-%d'), ('%R', '%H:%M'), ('%c', '%a %b %d %H:%M:%S %Y'), ('%x', '%m/%d/%y'), ('%X', '%H:%M:%S')):
        format = format.replace(short, long)
    widths = {'Y': (4, 4), 'm': (1, 2), 'd': (1, 2), 'H': (1, 2), 'I': (1, 2), 'M': (1, 2), 'S': (1, 2), 'y': (2, 2), 'j': (1, 3), 'f': (1, 6), 'w': (1, 1), 'u': (1, 1), 'U': (1, 2), 'W': (1, 2), 'G': (4, 4), 'V': (1, 2)}
    limits = {'m': (1, 12), 'd': (1, 31), 'H': (0, 23), 'I': (1, 12), 'M': (0, 59), 'S': (0, 61), 'j': (1, 366), 'w': (0, 6), 'u': (1, 7)}
    while i < len(format):
        c = format[i]
        if c.isspace():
            while i < len(format) and format[i].isspace():
                i += 1
            start = at
            while at < len(text) and text[at].isspace():
                at += 1
            if at == start:
                _bad(text, format0)
            continue
        if c != '%':
            if at >= len(text) or text[at].lower() != c.lower():
                _bad(text, format0)
            at += 1
            i += 1
            continue
        if i + 1 >= len(format):
            raise ValueError("stray %% in format '%s'" % format0)
        d = format[i + 1]
        i += 2
        if d in widths:
            least, most = widths[d]
            end = at
            while end < len(text) and end - at < most and text[end].isdigit():
                end += 1
            if d in limits:
                low, high = limits[d]
                while end - at > 1 and not low <= int(text[at:end]) <= high:
                    end -= 1
            if end - at < least or (d in limits and not limits[d][0] <= int(text[at:end]) <= limits[d][1]):
                _bad(text, format0)
            found[d] = text[at:end]
            at = end
        elif d in 'aAbBh':
            names = _DAYS if d in 'aA' else _MONTHS
            rest = text[at:].lower()
            for number, name in enumerate(names):
                form = name if d in 'AB' else name[:3]
                if rest.startswith(form):
                    found['b' if d in 'bBh' else 'a'] = number
                    at += len(form)
                    break
            else:
                _bad(text, format0)
        elif d == 'p':
            half = text[at:at + 2].lower()
            if half not in ('am', 'pm'):
                _bad(text, format0)
            found['p'] = half
            at += 2
        elif d == 'z':
            if text[at:at + 1] == 'Z':
                found['z'] = 0
                at += 1
            else:
                sign = text[at:at + 1]
                digits = text[at + 1:at + 3]
                if sign not in ('+', '-') or not sign or not digits.isdigit() or len(digits) < 2:
                    _bad(text, format0)
                at += 3
                seconds = int(digits) * 3600
                if text[at:at + 1] == ':':
                    at += 1
                minutes = text[at:at + 2]
                if not minutes.isdigit() or len(minutes) < 2:
                    _bad(text, format0)
                seconds += int(minutes) * 60
                at += 2
                if text[at:at + 1] == ':':
                    seconds += int(text[at + 1:at + 3])
                    at += 3
                found['z'] = -seconds if sign == '-' else seconds
        elif d == 'Z':
            for name in ('utc', 'gmt'):
                if text[at:at + 3].lower() == name:
                    found['Z'] = text[at:at + 3]
                    at += 3
                    break
        elif d == '%':
            if text[at:at + 1] != '%':
                _bad(text, format0)
            at += 1
        else:
            raise ValueError("'%s' is a bad directive in format '%s'" % (d, format0))
    if at < len(text):
        raise ValueError('unconverted data remains: ' + text[at:])
    year = 1900
    if 'Y' in found:
        year = int(found['Y'])
    elif 'y' in found:
        year = int(found['y'])
        year += 2000 if year <= 68 else 1900
    hour = int(found.get('H', 0))
    if 'I' in found:
        hour = int(found['I']) % 12 + (12 if found.get('p') == 'pm' else 0)
    month = found['b'] + 1 if 'b' in found else int(found.get('m', 1))
    day = int(found.get('d', 1))
    if 'j' in found:
        import datetime
        made = datetime.date(year, 1, 1) + datetime.timedelta(int(found['j']) - 1)
        month, day = made.month, made.day
    micro = int(found['f'].ljust(6, '0')) if 'f' in found else 0
    return (year, month, day, hour, int(found.get('M', 0)), int(found.get('S', 0)), micro, found.get('z'))

def parse(text, format):
    made = full(text, format)
    import datetime
    datetime.date(made[0], made[1], made[2])
    return made[:6]
` });

registerModule("calendar", { source: String.raw`
import datetime

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
day_name = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
day_abbr = [name[:3] for name in day_name]
month_name = ['', 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
month_abbr = [name[:3] for name in month_name]

def isleap(year): return datetime._leap(year)
def leapdays(y1, y2):
    y1 -= 1
    y2 -= 1
    return (y2 // 4 - y1 // 4) - (y2 // 100 - y1 // 100) + (y2 // 400 - y1 // 400)
def weekday(year, month, day): return datetime.date(year, month, day).weekday()
def monthrange(year, month):
    if not 1 <= month <= 12:
        raise ValueError('bad month number %d; must be 1-12' % month)
    return weekday(year, month, 1), [0, 31, 28 + isleap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month]
def timegm(t):
    return (datetime.date(t[0], t[1], 1).toordinal() - 719163 + t[2] - 1) * 86400 + t[3] * 3600 + t[4] * 60 + t[5]

class Calendar:
    def __init__(self, firstweekday=0): self.firstweekday = firstweekday
    def iterweekdays(self):
        yield from ((self.firstweekday + day) % 7 for day in range(7))
    def itermonthdays(self, year, month):
        first, days = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        yield from [0] * before
        yield from range(1, days + 1)
        yield from [0] * ((self.firstweekday - first - days) % 7)
    def monthdayscalendar(self, year, month):
        days = list(self.itermonthdays(year, month))
        return [days[i:i + 7] for i in range(0, len(days), 7)]

class TextCalendar(Calendar):
    def formatweekheader(self, width):
        return ' '.join(day_name[d][:width].center(width) if width < 9 else day_name[d].center(width) for d in self.iterweekdays())
    def formatmonth(self, year, month, w=0, l=0):
        w = max(2, w)
        l = max(1, l)
        s = ('%s %r' % (month_name[month], year)).center(7 * (w + 1) - 1).rstrip() + '\n' * l
        s += self.formatweekheader(w).rstrip() + '\n' * l
        for week in self.monthdayscalendar(year, month):
            s += ' '.join(('' if d == 0 else '%2i' % d).center(w) for d in week).rstrip() + '\n' * l
        return s
    def prmonth(self, year, month, w=0, l=0):
        print(self.formatmonth(year, month, w, l), end='')

_text = TextCalendar()
def month(year, month, w=0, l=0): return _text.formatmonth(year, month, w, l)
def monthcalendar(year, month): return _text.monthdayscalendar(year, month)
def prmonth(year, month, w=0, l=0): _text.prmonth(year, month, w, l)
def setfirstweekday(day): _text.firstweekday = day
def firstweekday(): return _text.firstweekday
` });
