// operator's callables that remember what they are to fetch, in Python; the rest of the module is modules/operator.ts.

export const source = String.raw`
class _Remembering:
    def __repr__(self):
        words = [repr(one) for one in self._wanted] + ['%s=%r' % pair for pair in self._named]
        return 'operator.%s(%s)' % (type(self).__qualname__, ', '.join(words))
    _named = ()

class itemgetter(_Remembering):
    def __init__(self, *items):
        if not items:
            raise TypeError('itemgetter expected 1 argument, got 0')
        self._wanted = items
    def __call__(self, obj, /):
        found = [obj[key] for key in self._wanted]
        return found[0] if len(found) == 1 else tuple(found)

class attrgetter(_Remembering):
    def __init__(self, *attrs):
        if not attrs:
            raise TypeError('attrgetter expected 1 argument, got 0')
        if not all(isinstance(path, str) for path in attrs):
            raise TypeError('attribute name must be a string')
        self._wanted = attrs
    def __call__(self, obj, /):
        found = []
        for path in self._wanted:
            at = obj
            for step in path.split('.'):
                at = getattr(at, step)
            found.append(at)
        return found[0] if len(found) == 1 else tuple(found)

class methodcaller(_Remembering):
    def __init__(self, *words, **named):
        if not words:
            raise TypeError('methodcaller needs at least one argument, the method name')
        if not isinstance(words[0], str):
            raise TypeError('method name must be a string')
        self._wanted = words
        self._named = named.items()
    def __call__(self, obj, /):
        return getattr(obj, self._wanted[0])(*self._wanted[1:], **dict(self._named))
`;
