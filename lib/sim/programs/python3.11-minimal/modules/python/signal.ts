// signal, in Python on what modules/process.ts gives.

export const source = String.raw`
import enum as _enum

SIG_DFL = 0
SIG_IGN = 1
Signals = _enum.IntEnum('Signals', [(name, number) for name, number in _numbers])
Signals.__module__ = 'signal'
for _name, _number in _numbers:
    globals()[_name] = Signals(_number)
NSIG = 65
SIGRTMIN = 34
SIGRTMAX = 64

class Handlers(_enum.IntEnum):
    SIG_DFL = 0
    SIG_IGN = 1
SIG_DFL = Handlers.SIG_DFL
SIG_IGN = Handlers.SIG_IGN

def default_int_handler(signum, frame):
    raise KeyboardInterrupt

def _shown(handler):
    return SIG_DFL if handler == 0 else SIG_IGN if handler == 1 else default_int_handler if handler == 2 else handler

def signal(signalnum, handler):
    if handler is default_int_handler:
        handler = 2
    elif isinstance(handler, int):
        handler = int(handler)
    elif not callable(handler):
        raise TypeError('signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object')
    before = _signal(int(signalnum), handler)
    return _shown(before) if isinstance(before, int) else before

def getsignal(signalnum):
    known = _getsignal(int(signalnum))
    return _shown(known) if isinstance(known, int) else known

def valid_signals():
    return {Signals(n) for _, n in _numbers}
`;
