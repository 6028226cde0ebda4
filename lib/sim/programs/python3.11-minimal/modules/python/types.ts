// types, in Python.

import { registerModule } from "../registry.ts";

registerModule("types", { source: String.raw`
import sys
FunctionType = LambdaType = type(lambda: None)
GeneratorType = type((lambda: (yield))())
BuiltinFunctionType = BuiltinMethodType = type(len)
CodeType = type((lambda: 0).__code__)
ModuleType = type(sys)
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
class _C:
    def m(self): pass
MethodType = type(_C().m)
MappingProxyType = dict
GenericAlias = type(list[int])
UnionType = type(int | str)
try:
    raise TypeError
except TypeError as e:
    TracebackType = type(e.__traceback__)
FrameType = type(sys._getframe())
CellType = type((lambda x: (lambda: x))(1).__closure__[0])

class SimpleNamespace:
    def __init__(self, /, **kwargs):
        self.__dict__.update(kwargs)
    def __repr__(self):
        return 'namespace(' + ', '.join(f'{k}={v!r}' for k, v in self.__dict__.items()) + ')'
    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, SimpleNamespace) else NotImplemented

def new_class(name, bases=(), kwds=None, exec_body=None):
    space = {}
    if exec_body:
        exec_body(space)
    return (kwds or {}).get('metaclass', type)(name, bases, space)

DynamicClassAttribute = property
def coroutine(func):
    return func
` });
