// logging, in Python.

import { registerModule } from "../registry.ts";

registerModule("logging", { isPackage: true, source: String.raw`
import sys as _sys, time as _time, os as _os
CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
_names = {50: 'CRITICAL', 40: 'ERROR', 30: 'WARNING', 20: 'INFO', 10: 'DEBUG', 0: 'NOTSET'}
def getLevelName(level):
    if isinstance(level, str):
        return {v: k for k, v in _names.items()}.get(level, 'Level %s' % level)
    return _names.get(level, 'Level %s' % level)
def addLevelName(level, name): _names[level] = name
def _level(level):
    if isinstance(level, str):
        found = {v: k for k, v in _names.items()}
        if level not in found:
            raise ValueError('Unknown level: %r' % level)
        return found[level]
    return level
_started = _time.time()
def _thread_name():
    threading = _sys.modules.get('threading')
    return threading.current_thread().name if threading else 'MainThread'
# The nearest frame that is not logging's.
def _caller(more):
    frame = _sys._getframe(1)
    while frame is not None and frame.f_globals.get('__name__') == 'logging':
        frame = frame.f_back
    for _ in range(more):
        frame = getattr(frame, 'f_back', None) or frame
    return frame
class LogRecord:
    def __init__(self, name, level, msg, args, exc_info, frame=None):
        self.name, self.levelno, self.levelname, self.msg, self.args, self.exc_info = name, level, getLevelName(level), msg, args, exc_info
        if args and len(args) == 1 and isinstance(args[0], dict) and args[0]:
            self.args = args[0]
        self.created = _time.time()
        self.msecs = int(self.created % 1 * 1000)
        self.process = _os.getpid()
        self.processName, self.threadName, self.thread, self.taskName = 'MainProcess', _thread_name(), 0, None
        self.relativeCreated, self.exc_text, self.stack_info = (self.created - _started) * 1000, None, None
        self.pathname, self.lineno, self.funcName = ('(unknown file)', 0, '(unknown function)') if frame is None else (frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)
        self.filename = _os.path.basename(self.pathname)
        self.module = _os.path.splitext(self.filename)[0]
    def getMessage(self):
        text = str(self.msg)
        return text % self.args if self.args else text
class Formatter:
    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        self._fmt = fmt or {'%': '%(message)s', '{': '{message}', '$': '$message'}[style]
        self.datefmt = datefmt
        self._style = style
    def formatTime(self, record, *form):
        datefmt, t = [*form, None][0], _time.localtime(record.created)
        return _time.strftime(datefmt, t) if datefmt else '%s,%03d' % (_time.strftime('%Y-%m-%d %H:%M:%S', t), record.msecs)
    def formatException(self, exc_info):
        import traceback
        return ''.join(traceback.format_exception(exc_info[1])).rstrip('\n')
    def format(self, record):
        vars(record).update(message=record.getMessage(), asctime=self.formatTime(record, self.datefmt) if 'asctime' in self._fmt else '')
        if self._style == '{':
            text = self._fmt.format(**vars(record))
        elif self._style == '$':
            import string
            text = string.Template(self._fmt).substitute(vars(record))
        else:
            text = self._fmt % vars(record)
        if record.exc_info:
            text += '\n' + self.formatException(record.exc_info)
        return text
class Handler:
    terminator = '\n'
    def __init__(self, level=NOTSET):
        self.level = _level(level)
        self.formatter = None
        self.filters = []
    def setLevel(self, level): self.level = _level(level)
    def setFormatter(self, fmt): self.formatter = fmt
    def addFilter(self, f): self.filters.append(f)
    def format(self, record): return (self.formatter or _default).format(record)
    def handle(self, record):
        for f in self.filters:
            if not (f(record) if callable(f) else f.filter(record)):
                return
        self.emit(record)
    def emit(self, record): raise NotImplementedError('emit must be implemented by Handler subclasses')
    def flush(self): pass
    def close(self): pass
_default = Formatter()
class StreamHandler(Handler):
    def __init__(self, *stream):
        super().__init__()
        self.stream = [*stream, None][0]
    def setStream(self, stream):
        former, self.stream = self.stream, stream
        return former
    def emit(self, record):
        stream = self.stream or _sys.stderr
        stream.write(self.format(record) + self.terminator)
        stream.flush()
class FileHandler(StreamHandler):
    def __init__(self, filename, mode='a', encoding=None, *more, **named):
        super().__init__(open(filename, mode, encoding=encoding))
        self.baseFilename, self.mode, self.encoding = _os.path.abspath(filename), mode, encoding
    def close(self):
        if self.stream is not None:
            self.stream.close()
        self.stream = None
    # Once closed, what is appended to is opened again; what was begun anew is not.
    def emit(self, record):
        if self.stream is None and self.mode != 'w':
            self.stream = open(self.baseFilename, self.mode, encoding=self.encoding)
        if self.stream is not None:
            StreamHandler.emit(self, record)
class NullHandler(Handler):
    def handle(self, record): pass
    def emit(self, record): pass
class _LastResort(StreamHandler):
    pass
lastResort = _LastResort()
lastResort.setLevel(WARNING)
class Filter:
    def __init__(self, name=''): self.name = name
    def filter(self, record): return not self.name or record.name == self.name or record.name.startswith(self.name + '.')
class Logger:
    def __init__(self, name, level=NOTSET, parent=None):
        self.name = name
        self.level = _level(level)
        self.parent = parent
        self.handlers = []
        self.filters = []
        self.propagate = True
        self.disabled = False
    def setLevel(self, level): self.level = _level(level)
    def getEffectiveLevel(self): return self.level or (NOTSET if self.parent is None else self.parent.getEffectiveLevel())
    def getChild(self, suffix): return getLogger(suffix if self is root else self.name + '.' + suffix)
    def removeFilter(self, f): self.filters.remove(f)
    def isEnabledFor(self, level): return not self.disabled and level > _disabled and level >= self.getEffectiveLevel()
    def addHandler(self, h):
        if h not in self.handlers:
            self.handlers.append(h)
    def removeHandler(self, h):
        if h in self.handlers:
            self.handlers.remove(h)
    def hasHandlers(self): return bool(self.handlers) or bool(self.parent and self.propagate and self.parent.hasHandlers())
    def addFilter(self, f): self.filters.append(f)
    def log(self, level, msg, *args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        if not self.isEnabledFor(level):
            return
        if exc_info:
            exc_info = (type(exc_info), exc_info, None) if isinstance(exc_info, BaseException) else _sys.exc_info()
        record = LogRecord(self.name, level, msg, args, exc_info, _caller(stacklevel - 1))
        for key, value in (extra or {}).items():
            setattr(record, key, value)
        for f in self.filters:
            if not (f(record) if callable(f) else f.filter(record)):
                return
        at = self
        found = False
        while at:
            for h in at.handlers:
                found = True
                if level >= h.level:
                    h.handle(record)
            if not at.propagate:
                break
            at = at.parent
        if not found and level >= lastResort.level:
            lastResort.handle(record)
    def debug(self, msg, *args, **kw): self.log(DEBUG, msg, *args, **kw)
    def info(self, msg, *args, **kw): self.log(INFO, msg, *args, **kw)
    def warning(self, msg, *args, **kw): self.log(WARNING, msg, *args, **kw)
    warn = warning
    def error(self, msg, *args, **kw): self.log(ERROR, msg, *args, **kw)
    def critical(self, msg, *args, **kw): self.log(CRITICAL, msg, *args, **kw)
    fatal = critical
    def exception(self, msg, *args, exc_info=True, **kw): self.log(ERROR, msg, *args, exc_info=exc_info, **kw)
    def __repr__(self): return '<%s %s (%s)>' % ('RootLogger' if self.name == 'root' else 'Logger', self.name, getLevelName(self.getEffectiveLevel()))
root = Logger('root', WARNING)
_loggers = {}
_disabled = -1
def disable(level=CRITICAL):
    global _disabled
    _disabled = _level(level)
def getLogger(name=None):
    if not name or name == 'root':
        return root
    if name not in _loggers:
        head = name.rpartition('.')[0]
        _loggers[name] = Logger(name, NOTSET, getLogger(head) if head else root)
    return _loggers[name]
def basicConfig(*, filename=None, filemode='a', format=None, datefmt=None, style='%', level=None, stream=None, handlers=None, force=False, encoding=None, errors=None):
    if force:
        root.handlers.clear()
    if root.handlers:
        return
    if handlers is None:
        handlers = [FileHandler(filename, filemode) if filename else StreamHandler(stream)]
    formatter = Formatter(format or {'%': '%(levelname)s:%(name)s:%(message)s', '{': '{levelname}:{name}:{message}', '$': '$levelname:$name:$message'}[style], datefmt, style)
    for h in handlers:
        if h.formatter is None:
            h.setFormatter(formatter)
        root.addHandler(h)
    if level is not None:
        root.setLevel(level)
def _forward(name):
    def run(msg, *args, **kw):
        if not root.handlers:
            basicConfig()
        getattr(root, name)(msg, *args, **kw)
    return run
debug, info, warning, error, critical, exception = map(_forward, ('debug', 'info', 'warning', 'error', 'critical', 'exception'))
def log(level, msg, *args, **kw):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **kw)
def shutdown(): pass
def captureWarnings(capture): pass
def getLevelNamesMapping(): return {name: level for level, name in _names.items()}
def makeLogRecord(values):
    record = LogRecord('', 0, '', (), None)
    vars(record).update(values)
    return record
` });
