// traceback, atexit, timeit, locale, gc, reprlib, importlib and getopt, in Python.

import type { Value } from "../../objects/value.ts";
import { declareFunctions } from "../../objects/declare.ts";
import { typeError } from "../../objects/exception.ts";
import { begin, type Run, settle } from "../../objects/value.ts";
import { PyException } from "../../objects/exception.ts";
import { call } from "../../vm/call.ts";
import { exceptionOnly, exceptionReport } from "../../vm/traceback.ts";
import { registerModule } from "../registry.ts";

const reports = declareFunctions({
  "report(exception, /)": (vm, exception: Value) => begin((function* (): Run<Value> {
    if (!(exception instanceof PyException)) throw typeError("an exception is wanted");
    return yield* exceptionReport(vm, exception);
  })()),
  "only(exception, /)": (vm, exception: Value) => begin((function* (): Run<Value> {
    if (!(exception instanceof PyException)) throw typeError("an exception is wanted");
    return yield* exceptionOnly(vm, exception);
  })()),
  "at_exit(function, /)": (vm, target: Value) => {
    vm.exitHooks.push(function* () {
      yield* settle(call(vm, target, [], undefined));
    });
    return null;
  },
});
registerModule("_reports", { names: () => new Map<string, Value>(reports) });

registerModule("traceback", { source: String.raw`
import sys as _sys, _reports
def _exception(exc, value=None):
    if value is not None:
        return value
    return exc if isinstance(exc, BaseException) else _sys.exc_info()[1]
def format_exception(exc, /, value=None, tb=None, limit=None, chain=True):
    return _reports.report(_exception(exc, value)).splitlines(True)
def format_exception_only(exc, /, value=None):
    return _reports.only(_exception(exc, value)).splitlines(True)
def format_exc(limit=None, chain=True):
    e = _sys.exc_info()[1]
    return 'NoneType: None\n' if e is None else _reports.report(e)
def print_exc(limit=None, file=None, chain=True):
    (file or _sys.stderr).write(format_exc())
def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    (file or _sys.stderr).write(_reports.report(_exception(exc, value)))
def format_tb(tb, limit=None):
    e = _sys.exc_info()[1]
    text = _reports.report(e) if e is not None else ''
    return [line for line in text.splitlines(True) if line.startswith('  ')]
def print_tb(tb, limit=None, file=None):
    (file or _sys.stderr).write(''.join(format_tb(tb)))
def print_stack(f=None, limit=None, file=None): pass
def format_stack(f=None, limit=None): return []
def extract_tb(tb, limit=None): return []
` });

registerModule("atexit", { source: String.raw`
import _reports
_dropped = []
def register(func, /, *args, **kwargs):
    def run():
        if func not in _dropped:
            func(*args, **kwargs)
    _reports.at_exit(run)
    return func
def unregister(func, /): _dropped.append(func)
` });

registerModule("timeit", { source: String.raw`
import time as _time
default_timer = _time.perf_counter
def timeit(stmt='pass', setup='pass', timer=default_timer, number=1000000, globals=None):
    space = {} if globals is None else globals
    if isinstance(setup, str):
        exec(setup, space)
    else:
        setup()
    code = compile(stmt, '<timeit-src>', 'exec') if isinstance(stmt, str) else None
    start = timer()
    for _ in range(number):
        if code is None:
            stmt()
        else:
            exec(code, space)
    return timer() - start
def repeat(stmt='pass', setup='pass', timer=default_timer, repeat=5, number=1000000, globals=None):
    return [timeit(stmt, setup, timer, number, globals) for _ in range(repeat)]
` });

registerModule("locale", { source: String.raw`
LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
class Error(Exception): pass
def setlocale(category, locale=None):
    if locale not in (None, '', 'C', 'POSIX', 'C.UTF-8', 'C.utf8'):
        raise Error('unsupported locale setting')
    return 'C.UTF-8' if locale in (None, '') else locale
def getlocale(category=LC_CTYPE): return ('en_US', 'UTF-8')
def getpreferredencoding(do_setlocale=True): return 'UTF-8'
def getencoding(): return 'UTF-8'
` });

registerModule("gc", { source: "def collect(generation=2): return 0\ndef enable(): pass\ndef disable(): pass\ndef isenabled(): return True\n" });
registerModule("reprlib", { source: "def recursive_repr(fillvalue='...'): return lambda f: f\ndef repr(x): return __builtins__.repr(x)\n" });
registerModule("importlib", { isPackage: true, source: "import sys as _sys\ndef import_module(name, package=None):\n    __import__(name)\n    return _sys.modules[name]\ndef reload(module): return module\n" });
registerModule("getopt", { source: String.raw`
class GetoptError(Exception):
    opt = ''
    msg = ''
    def __init__(self, msg, opt=''):
        self.msg = msg
        self.opt = opt
        Exception.__init__(self, msg, opt)
    def __str__(self): return self.msg
error = GetoptError
def _long(word, longopts, args):
    name, sign, value = word.partition('=')
    found = [o for o in longopts if o.startswith(name)]
    if not found:
        raise GetoptError('option --%s not recognized' % name, name)
    if name in found:
        chosen = name
    elif name + '=' in found:
        chosen = name + '='
    elif len(found) > 1:
        raise GetoptError('option --%s not a unique prefix' % name, name)
    else:
        chosen = found[0]
    if chosen.endswith('='):
        if not sign:
            if not args:
                raise GetoptError('option --%s requires argument' % chosen[:-1], chosen[:-1])
            value = args.pop(0)
    elif sign:
        raise GetoptError('option --%s must not have an argument' % chosen, chosen)
    return '--' + chosen.rstrip('='), value if chosen.endswith('=') else ''
def _parse(args, shortopts, longopts, mixed):
    opts, rest = [], []
    args = list(args)
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    while args:
        word = args[0]
        if word == '--':
            rest += args[1:]
            args = []
            break
        if not word.startswith('-') or word == '-':
            if not mixed:
                break
            rest.append(args.pop(0))
            continue
        args.pop(0)
        if word.startswith('--'):
            opts.append(_long(word[2:], longopts, args))
            continue
        letters = word[1:]
        while letters:
            c, letters = letters[0], letters[1:]
            at = shortopts.find(c)
            if at < 0 or c == ':':
                raise GetoptError('option -%s not recognized' % c, c)
            if shortopts[at + 1:at + 2] == ':':
                if not letters:
                    if not args:
                        raise GetoptError('option -%s requires argument' % c, c)
                    letters = args.pop(0)
                opts.append(('-' + c, letters))
                letters = ''
            else:
                opts.append(('-' + c, ''))
    return opts, rest + args
def getopt(args, shortopts, longopts=[]): return _parse(args, shortopts, longopts, False)
def gnu_getopt(args, shortopts, longopts=[]): return _parse(args, shortopts.lstrip('+'), longopts, not shortopts.startswith('+'))
` });
