// subprocess, in Python on _process (modules/process.ts).

import { registerModule } from "../registry.ts";

registerModule("subprocess", { source: String.raw`
import os as _os, signal as _signals, time as _time, _process
PIPE, STDOUT, DEVNULL = -1, -2, -3

class SubprocessError(Exception): pass

# What was read until then goes by two names.
class _WithOutput(SubprocessError):
    stdout = property(lambda self: self.output, lambda self, value: setattr(self, 'output', value))

class CalledProcessError(_WithOutput):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.cmd, self.returncode, self.output, self.stderr = cmd, returncode, output, stderr
    def __str__(self):
        code = self.returncode
        if not code or code > 0:
            end = 'returned non-zero exit status %d.' % code
        elif any(code == -number for number in _signals.valid_signals()):
            end = 'died with %r.' % _signals.Signals(-code)
        else:
            end = 'died with unknown signal %d.' % -code
        return "Command '%s' %s" % (self.cmd, end)

class TimeoutExpired(_WithOutput):
    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd, self.timeout, self.output, self.stderr = cmd, timeout, output, stderr
    def __str__(self): return f"Command '{self.cmd}' timed out after {self.timeout} seconds"

class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr
    def __repr__(self):
        shown = ['%s=%r' % (word, value) for word, value in vars(self).items() if value is not None or not word.startswith('std')]
        return '%s(%s)' % (type(self).__name__, ', '.join(shown))
    def check_returncode(self):
        if self.returncode != 0:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)

def _words(args):
    return [_os.fspath(args)] if isinstance(args, (str, bytes)) or hasattr(args, '__fspath__') else [_os.fspath(word) for word in args]

# The child's three descriptors: which it gets (-1: as the parent's), which the parent keeps, and which only the child needs.
class _Ends:
    def __init__(self):
        self.given, self.kept, self.childs = [], {}, []
    def add(self, number, wanted):
        if wanted is None:
            end = -1
        elif wanted == PIPE:
            reading, writing = _os.pipe()
            end, self.kept[number] = (reading, writing) if number == 0 else (writing, reading)
            self.childs.append(end)
        elif wanted == DEVNULL:
            end = _os.open(_os.devnull, _os.O_RDWR)
            self.childs.append(end)
        elif wanted == STDOUT:
            end = 1 if self.given[1] < 0 else self.given[1]
        else:
            end = wanted if isinstance(wanted, int) else wanted.fileno()
        self.given.append(end)

class Popen:
    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=True, shell=False, cwd=None, env=None, universal_newlines=None, startupinfo=None, creationflags=0, restore_signals=True, start_new_session=False, pass_fds=(), *, user=None, group=None, extra_groups=None, encoding=None, errors=None, text=None, umask=-1, pipesize=-1, process_group=None):
        self.args, self.returncode, self.pid = args, None, None
        self.stdin, self.stdout, self.stderr = [None] * 3
        self.encoding, self.errors = encoding, errors
        self.text_mode = any((text, universal_newlines, encoding, errors))
        argv = _words(args)
        if shell:
            argv = [executable or '/bin/sh', '-c', *argv]
        variables = _os.environ.copy() if env is None else {**env}
        program = _os.fspath(executable or argv[0])
        places = [program] if '/' in program else [_os.path.join(folder, program) for folder in _os.get_exec_path(variables)]
        ends = _Ends()
        for number, wanted in enumerate((stdin, stdout, stderr)):
            ends.add(number, wanted)
        try:
            self.pid = _process.spawn(places, argv, cwd if cwd is None else _os.fspath(cwd), variables, *ends.given, bool(start_new_session))
        except BaseException:
            for fd in ends.kept.values():
                _os.close(fd)
            raise
        finally:
            for fd in ends.childs:
                _os.close(fd)
        for number, fd in ends.kept.items():
            how = 'w' if number == 0 else 'r'
            file = open(fd, how, encoding=encoding, errors=errors) if self.text_mode else open(fd, how + 'b', bufsize)
            setattr(self, ('stdin', 'stdout', 'stderr')[number], file)
        self._feed, self._unsent, self._read = -1, b'', {1: b'', 2: b''}
    universal_newlines = property(lambda self: self.text_mode)
    def __repr__(self):
        shown = f'<{type(self).__name__}: returncode: {self.returncode} args: {self.args!r}>'
        return shown if len(shown) <= 80 else shown[:76] + '...>'
    def __enter__(self): return self
    def __exit__(self, kind, failure, trace):
        for file in filter(None, (self.stdin, self.stdout, self.stderr)):
            file.close()
        self.wait()
    def poll(self): return self._ended(_os.WNOHANG)
    def _ended(self, how=0):
        if self.returncode is None:
            pid, status = _os.waitpid(self.pid, how)
            if pid:
                self.returncode = _os.waitstatus_to_exitcode(status)
        return self.returncode
    def wait(self, timeout=None):
        if timeout is None:
            return self._ended()
        last = _time.monotonic() + timeout
        while self.poll() is None:
            if _time.monotonic() >= last:
                raise TimeoutExpired(self.args, timeout)
            _time.sleep(0.005)
        return self.returncode
    def communicate(self, input=None, timeout=None):
        last = None if timeout is None else _time.monotonic() + timeout
        if self.stdin is not None and not self.stdin.closed:
            self._take_over(self.stdin, input or b'')
        fds = [-1 if file is None or file.closed else file.fileno() for file in (self.stdout, self.stderr)]
        in_time, sent, out, err = _process.exchange(self._feed, *fds, self._unsent, -1.0 if timeout is None else float(timeout))
        if sent < 0:
            self._feed = -1
        else:
            self._unsent = self._unsent[sent:]
        self._read[1] += out
        self._read[2] += err
        if not in_time:
            raise TimeoutExpired(self.args, timeout, self._read[1] or None, self._read[2] or None)
        for file in filter(None, (self.stdin, self.stdout, self.stderr)):
            file.close()
        self.wait(None if last is None else max(last - _time.monotonic(), 0))
        return self._result(self.stdout, 1), self._result(self.stderr, 2)
    # From here on the pipe is fed by its descriptor, which exchange() closes.
    def _take_over(self, file, input):
        self._unsent = input.encode(self.encoding or 'utf-8', self.errors or 'strict') if isinstance(input, str) else bytes(input)
        self._feed = _os.dup(file.fileno())
        _os.set_inheritable(self._feed, False)
        try:
            file.close()
        except BrokenPipeError:
            return
    def _result(self, file, number):
        if file is None:
            return None
        data = self._read[number]
        return data.decode(self.encoding or 'utf-8', self.errors or 'strict').replace('\r\n', '\n').replace('\r', '\n') if self.text_mode else data
    def send_signal(self, sig):
        if self.poll() is None:
            _os.kill(self.pid, int(sig))
    def terminate(self): self.send_signal(_signals.SIGTERM)
    def kill(self): self.send_signal(_signals.SIGKILL)

# Runs a program to its end; one that is given up is not left behind.
def _to_its_end(process, follow):
    try:
        return follow(process)
    except BaseException:
        process.kill()
        process.wait()
        raise

def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    if input is not None:
        if kwargs.pop('stdin', None) is not None:
            raise ValueError('stdin and input arguments may not both be used.')
        kwargs['stdin'] = PIPE
    if capture_output:
        if any(kwargs.get(word) is not None for word in ('stdout', 'stderr')):
            raise ValueError('stdout and stderr arguments may not be used with capture_output.')
        kwargs |= dict(stdout=PIPE, stderr=PIPE)
    process = Popen(*popenargs, **kwargs)
    output = _to_its_end(process, lambda process: process.communicate(input, timeout))
    done = CompletedProcess(process.args, process.returncode, *output)
    if check and done.returncode:
        raise CalledProcessError(done.returncode, done.args, output=done.stdout, stderr=done.stderr)
    return done

def call(*popenargs, timeout=None, **kwargs): return _to_its_end(Popen(*popenargs, **kwargs), lambda process: process.wait(timeout))

def check_call(*popenargs, **kwargs):
    code = call(*popenargs, **kwargs)
    if code != 0:
        raise CalledProcessError(code, kwargs['args'] if 'args' in kwargs else popenargs[0])
    return code

def check_output(*popenargs, timeout=None, **kwargs):
    for word in ('stdout', 'check'):
        if word in kwargs:
            raise ValueError(f'{word} argument not allowed, it will be overridden.')
    return run(*popenargs, timeout=timeout, check=True, **(kwargs | {'stdout': PIPE})).stdout

def getstatusoutput(cmd, *, encoding=None, errors=None):
    done = run(cmd, shell=True, text=True, encoding=encoding, errors=errors, stdout=PIPE, stderr=STDOUT)
    return done.returncode, done.stdout.removesuffix('\n')

def getoutput(cmd, *, encoding=None, errors=None): return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]

# By the rules of the C runtime of Windows: a backslash counts only before a quotation mark.
def list2cmdline(seq):
    shown = []
    for word in map(_os.fsdecode, seq):
        quoted, slashes = '', 0
        for c in word:
            quoted += '\\' * (slashes + 1) + c if c == '"' else c
            slashes = slashes + 1 if c == '\\' else 0
        shown.append('"' + quoted + '\\' * slashes + '"' if not word or ' ' in word or '\t' in word else quoted)
    return ' '.join(shown)
` });
