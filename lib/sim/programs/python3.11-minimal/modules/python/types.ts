// types, in Python: the types that have no name of their own, each taken from one of its values.

import { registerModule } from "../registry.ts";

registerModule("types", { source: String.raw`
import functools as _functools, sys as _sys

def _samples():
    def function(value):
        yield lambda: value
    async def coroutine(): pass
    class Owner:
        def method(self): pass
    started, pending = function(0), coroutine()
    pending.close()
    closure = next(started)
    try:
        raise Exception
    except Exception as failure:
        trace = failure.__traceback__
    return {
        'FunctionType LambdaType': function, 'CodeType': function.__code__, 'GeneratorType': started, 'CoroutineType': pending, 'CellType': closure.__closure__[0], 'MethodType': Owner().method,
        'BuiltinFunctionType BuiltinMethodType': len, 'MethodDescriptorType': str.join, 'WrapperDescriptorType': object.__init__, 'TracebackType': trace, 'FrameType': _sys._getframe(),
        'ModuleType': _sys, 'NoneType': None, 'EllipsisType': ..., 'NotImplementedType': NotImplemented, 'GenericAlias': list[int], 'UnionType': int | str,
    }

for _words, _sample in _samples().items():
    for _word in _words.split():
        globals()[_word] = type(_sample)

class MappingProxyType:
    def __init__(self, mapping): self._shown = mapping
    def __getitem__(self, key): return self._shown[key]
    def __contains__(self, key): return key in self._shown
    def __iter__(self): return iter(self._shown)
    def __reversed__(self): return reversed(self._shown)
    def __len__(self): return len(self._shown)
    def __eq__(self, other): return self._shown == (other._shown if isinstance(other, MappingProxyType) else other)
    def __or__(self, other): return dict(self._shown) | dict(other)
    def __repr__(self): return 'mappingproxy(%r)' % (self._shown,)
    def __str__(self): return str(self._shown)
    def get(self, key, default=None, /): return self._shown.get(key, default)
    def keys(self): return self._shown.keys()
    def values(self): return self._shown.values()
    def items(self): return self._shown.items()
    def copy(self): return self._shown.copy()
MappingProxyType.__name__ = MappingProxyType.__qualname__ = 'mappingproxy'

class SimpleNamespace:
    def __init__(self, /, **kwargs): vars(self).update(kwargs)
    def __eq__(self, other): return vars(self) == vars(other) if isinstance(other, SimpleNamespace) else NotImplemented
    def __repr__(self):
        name = 'namespace' if type(self) is SimpleNamespace else type(self).__name__
        return '%s(%s)' % (name, ', '.join(map('%s=%r'.__mod__, vars(self).items())))

def new_class(name, bases=(), kwds=None, exec_body=None):
    options = dict(kwds or {})
    meta = options.pop('metaclass', None) or (type(bases[0]) if bases else type)
    body = meta.__prepare__(name, bases, **options)
    if exec_body is not None:
        exec_body(body)
    body.setdefault('__module__', 'types')
    return meta(name, bases, body, **options)

def get_original_bases(cls, /): return vars(cls).get('__orig_bases__', cls.__bases__)

def coroutine(func): return func

class DynamicClassAttribute(property): pass
` });
