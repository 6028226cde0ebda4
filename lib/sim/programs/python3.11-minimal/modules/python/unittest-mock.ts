// unittest.mock, in Python: Mock, MagicMock, call, patch and mock_open.

import { registerModule } from "../registry.ts";

registerModule("unittest.mock", { source: String.raw`
import contextlib as _contextlib, functools as _functools, importlib as _importlib

class _Sentinel:
    def __getattr__(self, name):
        made = type('_Named', (), {'__repr__': lambda self: f'sentinel.{name}'})()
        setattr(self, name, made)
        return made
sentinel = _Sentinel()
DEFAULT = sentinel.DEFAULT
class _Any:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __repr__(self): return '<ANY>'
ANY = _Any()

class _Call(tuple):
    def __new__(cls, args=(), kwargs=None, name=''):
        self = tuple.__new__(cls, (tuple(args), kwargs or {}))
        self._name = name
        return self
    args, kwargs = property(lambda self: self[0]), property(lambda self: self[1])
    def __call__(self, *args, **kwargs): return _Call(args, kwargs, self._name)
    def __getattr__(self, name): return _Call(name=f'{self._name}.{name}'.lstrip('.'))
    def __eq__(self, other):
        if isinstance(other, tuple) and len(other) == 2:
            return self[0] == tuple(other[0]) and self[1] == other[1] and getattr(other, '_name', self._name) == self._name
        return False
    def _shown(self, name): return '%s(%s)' % (name, ', '.join([*map(repr, self[0]), *map('%s=%r'.__mod__, self[1].items())]))
    def __repr__(self): return self._shown('call' + (f'.{self._name}' if self._name else ''))
call = _Call()

class Mock:
    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, **attributes):
        vars(self).update(_spec=dir(spec) if spec is not None and not isinstance(spec, list) else spec, side_effect=side_effect, _result=return_value, _wraps=wraps, _name=name, _parent=None, _children={})
        self.reset_mock()
        for word, value in attributes.items():
            setattr(self, word, value)
    def reset_mock(self, **what): vars(self).update(called=False, call_count=0, call_args=None, call_args_list=[], mock_calls=[], method_calls=[])
    def _path(self): return self._name or 'mock'
    def __repr__(self): return f"<{type(self).__name__}{f' name={self._name!r}' if self._name else ''} id='{id(self)}'>"
    def _child(self, word, name):
        made = type(self)(name=name)
        vars(made).update(_parent=(self, word))
        return made
    @property
    def return_value(self):
        if self._result is DEFAULT:
            vars(self)['_result'] = self._child('()', self._path() + '()')
        return self._result
    @return_value.setter
    def return_value(self, value): vars(self)['_result'] = value
    def __getattr__(self, word):
        if word[:2] == '__' == word[-2:] or self._spec is not None and word not in self._spec:
            raise AttributeError(f'Mock object has no attribute {word!r}' if self._spec is not None else word)
        if word[:6] in ('assert', 'assret', 'asert_', 'aseert'):
            raise AttributeError(f'{word!r} is not a valid assertion. Use a spec for the mock if {word!r} is meant to be an attribute.')
        if word not in self._children:
            self._children[word] = self._child(word, f'{self._path()}.{word}')
        return self._children[word]
    def configure_mock(self, **attributes):
        for word, value in attributes.items():
            at, *rest = word.split('.')
            setattr(self if not rest else getattr(self, at), rest[0] if rest else at, value)
    def __call__(self, *args, **kwargs):
        one = _Call(args, kwargs)
        vars(self).update(called=True, call_count=self.call_count + 1, call_args=one)
        self.call_args_list.append(one)
        self.mock_calls.append(one)
        above, path = self._parent, ''
        while above is not None:
            mock, word = above
            path = f'{word}.{path}'.rstrip('.')
            mock.mock_calls.append(_Call(args, kwargs, path))
            above = mock._parent
        effect = self.side_effect
        if isinstance(effect, BaseException) or isinstance(effect, type) and issubclass(effect, BaseException):
            raise effect
        if effect is not None and not callable(effect):
            vars(self)['side_effect'] = effect = iter(effect)
            answer = next(effect)
            if isinstance(answer, BaseException) or isinstance(answer, type) and issubclass(answer, BaseException):
                raise answer
            return answer
        answer = DEFAULT if effect is None else effect(*args, **kwargs)
        if answer is not DEFAULT:
            return answer
        return self._wraps(*args, **kwargs) if self._wraps is not None and self._result is DEFAULT else self.return_value
    def assert_called(self):
        if not self.call_count:
            raise AssertionError(f"Expected '{self._path()}' to have been called.")
    def assert_not_called(self):
        if self.call_count:
            raise AssertionError(f"Expected '{self._path()}' to not have been called. Called {_times(self.call_count)}.\nCalls: {self.mock_calls}.")
    def assert_called_once(self):
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._path()}' to have been called once. Called {_times(self.call_count)}." + (f'\nCalls: {self.mock_calls}.' if self.call_count else ''))
    def assert_called_with(self, /, *args, **kwargs):
        wanted = _Call(args, kwargs)._shown(self._path())
        if self.call_args is None:
            raise AssertionError(f'expected call not found.\nExpected: {wanted}\n  Actual: not called.')
        if self.call_args != _Call(args, kwargs):
            raise AssertionError(f'expected call not found.\nExpected: {wanted}\n  Actual: {self.call_args._shown(self._path())}')
    def assert_called_once_with(self, /, *args, **kwargs):
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._path()}' to be called once. Called {_times(self.call_count)}." + (f'\nCalls: {self.mock_calls}.' if self.call_count else ''))
        self.assert_called_with(*args, **kwargs)
    def assert_any_call(self, /, *args, **kwargs):
        if _Call(args, kwargs) not in self.call_args_list:
            raise AssertionError(f'{_Call(args, kwargs)._shown(self._path())} call not found')
    def assert_has_calls(self, calls, any_order=False):
        wanted, made = [*calls], self.mock_calls
        if any_order and all(one in made for one in wanted) or not any_order and any(made[at:at + len(wanted)] == wanted for at in range(len(made) + 1)):
            return
        raise AssertionError(f'Calls not found.\nExpected: {wanted}\n  Actual: {made}')

def _times(count): return {1: 'once', 2: 'twice'}.get(count, f'{count} times') if count else '0 times'

_SPECIAL = frozenset(('__len__', '__getitem__', '__enter__', '__exit__', '__iter__', '__contains__'))

# Answers the special methods, too.
class MagicMock(Mock):
    def _special(self, name, usual):
        chosen = vars(self).get('_specials', {}).get(name)
        return chosen if chosen is not None else usual
    def __setattr__(self, name, value):
        if name[:2] == '__' == name[-2:]:
            vars(self).setdefault('_specials', {})[name] = value
        else:
            object.__setattr__(self, name, value)
    def __getattribute__(self, name):
        # Asked for by name they are mocks, too.
        return self.__getattr__(name) if name in _SPECIAL else object.__getattribute__(self, name)
    def __getattr__(self, name):
        if name in _SPECIAL:
            specials = vars(self).setdefault('_specials', {})
            return specials.setdefault(name, MagicMock(name=f'{self._path()}.{name}'))
        return Mock.__getattr__(self, name)
    def __len__(self): return self._special('__len__', lambda: 0)()
    def __iter__(self): return iter(self._special('__iter__', lambda: [])())
    def __contains__(self, item): return self._special('__contains__', lambda item: False)(item)
    def __getitem__(self, key): return self._special('__getitem__', self._child('__getitem__()', None))(key)
    def __setitem__(self, key, value): return None
    def __bool__(self): return True
    def __int__(self): return 1
    def __float__(self): return 1.0
    def __enter__(self): return self.__getattr__('__enter__')()
    def __exit__(self, *failure): return bool(vars(self).get('_specials', {}).get('__exit__', lambda *f: False)(*failure) is True)
NonCallableMock = NonCallableMagicMock = AsyncMock = MagicMock

class PropertyMock(Mock):
    def __get__(self, one, cls=None): return self()
    def __set__(self, one, value): self(value)

# Something else in the place of an attribute, as a context manager or a decorator.
class _Patch(_contextlib.ContextDecorator):
    def __init__(self, holder, name, new, options): self._holder, self._name, self._new, self._options, self.attribute_name = holder, name, new, options, None
    def __enter__(self):
        target = self._holder() if callable(self._holder) and not isinstance(self._holder, type) else self._holder
        if not hasattr(target, self._name) and not self._options.get('create'):
            raise AttributeError(f'{target!r} does not have the attribute {self._name!r}')
        options = {word: value for word, value in self._options.items() if word not in ('create', 'autospec', 'new_callable')}
        new = (self._options.get('new_callable') or MagicMock)(**({'name': self._name} if not self._options.get('new_callable') else {}), **options) if self._new is DEFAULT else self._new
        self._target, self._had = target, self._name in vars(target)
        self._former = vars(target).get(self._name)
        setattr(target, self._name, new)
        return new
    def __exit__(self, *failure):
        if self._had:
            setattr(self._target, self._name, self._former)
        else:
            delattr(self._target, self._name)
    start = __enter__
    def stop(self): self.__exit__(None, None, None)
    def __call__(self, item):
        if isinstance(item, type):
            for name in [name for name in vars(item) if name.startswith('test')]:
                setattr(item, name, self(getattr(item, name)))
            return item
        @_functools.wraps(item)
        def inside(*args, **kwargs):
            with self as new:
                return item(*args, *([new] if self._new is DEFAULT else []), **kwargs)
        return inside

def patch(target, new=DEFAULT, **options):
    holder, _, name = target.rpartition('.')
    def find():
        parts = holder.split('.')
        at, rest = None, []
        while at is None:
            try:
                at = _importlib.import_module('.'.join(parts))
            except ImportError:
                rest.insert(0, parts.pop())
                if not parts:
                    raise
        for part in rest:
            at = getattr(at, part)
        return at
    return _Patch(find, name, new, options)
def _patch_object(target, attribute, new=DEFAULT, **options): return _Patch(target if isinstance(target, type) else lambda: target, attribute, new, options)
class _PatchDict(_contextlib.ContextDecorator):
    def __init__(self, table, values=(), clear=False, **more): self._table, self._values, self._clear = table, {**dict(values), **more}, clear
    def __enter__(self):
        self._former = self._table.copy()
        if self._clear:
            self._table.clear()
        self._table.update(self._values)
        return self._table
    def __exit__(self, *failure):
        self._table.clear()
        self._table.update(self._former)
    start = __enter__
    def stop(self): self.__exit__()
patch.object, patch.dict = _patch_object, _PatchDict

def mock_open(mock=None, read_data=''):
    import io
    opened = MagicMock(name='open')
    def handle(*args, **kwargs):
        stream, file = io.StringIO(read_data), MagicMock()
        file.read, file.readline, file.readlines, file.write = stream.read, stream.readline, stream.readlines, opened.return_value.write
        file.__enter__, file.__iter__ = (lambda: file), (lambda: iter(stream.readlines()))
        return file
    opened.side_effect = handle
    return opened

def create_autospec(spec, **options): return MagicMock(spec=spec)
` });
