// subprocess, in Python on _process (modules/process.ts).

import { registerModule } from "../registry.ts";

registerModule("subprocess", { source: String.raw`
import os as _os, sys as _sys, time as _time, signal as _signal_module
import _process

PIPE = -1
STDOUT = -2
DEVNULL = -3

class SubprocessError(Exception): pass

class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr
    def __str__(self):
        if self.returncode and self.returncode < 0:
            try:
                return "Command '%s' died with %r." % (self.cmd, _signal_module.Signals(-self.returncode))
            except ValueError:
                return "Command '%s' died with unknown signal %d." % (self.cmd, -self.returncode)
        return "Command '%s' returned non-zero exit status %d." % (self.cmd, self.returncode)
    @property
    def stdout(self): return self.output
    @stdout.setter
    def stdout(self, value): self.output = value

class TimeoutExpired(SubprocessError):
    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr
    def __str__(self):
        return "Command '%s' timed out after %s seconds" % (self.cmd, self.timeout)
    @property
    def stdout(self): return self.output

class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr
    def __repr__(self):
        parts = ['args={!r}'.format(self.args), 'returncode={!r}'.format(self.returncode)]
        if self.stdout is not None:
            parts.append('stdout={!r}'.format(self.stdout))
        if self.stderr is not None:
            parts.append('stderr={!r}'.format(self.stderr))
        return '{}({})'.format(type(self).__name__, ', '.join(parts))
    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)

def _fd(stream):
    return stream if isinstance(stream, int) else stream.fileno()

class Popen:
    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=True, shell=False, cwd=None, env=None, universal_newlines=None, startupinfo=None, creationflags=0, restore_signals=True, start_new_session=False, pass_fds=(), *, user=None, group=None, extra_groups=None, encoding=None, errors=None, text=None, umask=-1, pipesize=-1, process_group=None):
        self.args = args
        self.returncode = None
        self.stdin = self.stdout = self.stderr = None
        self.text_mode = bool(encoding or errors or text or universal_newlines)
        if isinstance(args, (str, bytes)):
            words = [args]
        elif hasattr(args, '__fspath__'):
            words = [_os.fspath(args)]
        else:
            words = [_os.fspath(a) for a in args]
        if shell:
            words = ['/bin/sh', '-c'] + words
            if executable:
                words[0] = executable
        program = _os.fspath(executable) if executable else words[0]
        environment = dict(_os.environ) if env is None else {k: v for k, v in env.items()}
        if '/' in program:
            candidates = [program]
        else:
            candidates = [_os.path.join(d, program) for d in (environment.get('PATH') or _os.defpath).split(':')]
        _sys.stdout.flush()
        close_in_parent = []
        mine = {}
        fds = []
        for number, given in enumerate((stdin, stdout, stderr)):
            if given is None:
                fds.append(-1)
            elif given is PIPE or given == PIPE:
                r, w = _os.pipe()
                fds.append(r if number == 0 else w)
                close_in_parent.append(fds[-1])
                mine[number] = w if number == 0 else r
            elif isinstance(given, int) and given == STDOUT:
                fds.append(fds[1] if fds[1] >= 0 else 1)
            elif isinstance(given, int) and given == DEVNULL:
                fd = _os.open('/dev/null', _os.O_RDWR)
                close_in_parent.append(fd)
                fds.append(fd)
            else:
                if not isinstance(given, int):
                    given.flush()
                fds.append(_fd(given))
        try:
            self.pid = _process.spawn(candidates, words, None if cwd is None else _os.fspath(cwd), environment, fds[0], fds[1], fds[2], start_new_session)
        except BaseException:
            for fd in list(mine.values()):
                _os.close(fd)
            raise
        finally:
            for fd in close_in_parent:
                _os.close(fd)
        if 0 in mine:
            self.stdin = open(mine[0], 'w' if self.text_mode else 'wb')
        if 1 in mine:
            self.stdout = open(mine[1], 'r' if self.text_mode else 'rb')
        if 2 in mine:
            self.stderr = open(mine[2], 'r' if self.text_mode else 'rb')
    @property
    def universal_newlines(self): return self.text_mode
    def __repr__(self):
        text = '<%s: returncode: %s args: %r>' % (type(self).__name__, self.returncode, self.args)
        return text[:76] + '...>' if len(text) > 80 else text
    def __enter__(self): return self
    def __exit__(self, exc_type, value, traceback):
        for stream in (self.stdout, self.stderr, self.stdin):
            if stream:
                stream.close()
        self.wait()
    def _set(self, status):
        self.returncode = -(status & 127) if status & 127 else status >> 8
    def poll(self):
        if self.returncode is None:
            pid, status = _os.waitpid(self.pid, _os.WNOHANG)
            if pid == self.pid:
                self._set(status)
        return self.returncode
    def wait(self, timeout=None):
        if self.returncode is None:
            if timeout is None:
                self._set(_os.waitpid(self.pid, 0)[1])
            else:
                end = _time.monotonic() + timeout
                while self.poll() is None:
                    if _time.monotonic() > end:
                        raise TimeoutExpired(self.args, timeout)
                    _time.sleep(0.01)
        return self.returncode
    def communicate(self, input=None, timeout=None):
        if timeout is not None:
            return self._communicate_until(input, timeout)
        if self.stdin:
            try:
                if input:
                    self.stdin.write(input)
                self.stdin.close()
            except BrokenPipeError:
                pass
        out = self.stdout.read() if self.stdout else None
        err = self.stderr.read() if self.stderr else None
        for stream in (self.stdout, self.stderr):
            if stream:
                stream.close()
        self.wait()
        return out, err
    def _communicate_until(self, input, timeout):
        end = _time.monotonic() + timeout
        if self.stdin:
            try:
                if input:
                    self.stdin.write(input)
                self.stdin.close()
            except BrokenPipeError:
                pass
        while self.poll() is None:
            if _time.monotonic() > end:
                raise TimeoutExpired(self.args, timeout)
            _time.sleep(0.01)
        out = self.stdout.read() if self.stdout else None
        err = self.stderr.read() if self.stderr else None
        return out, err
    def send_signal(self, sig):
        if self.poll() is None:
            _os.kill(self.pid, int(sig))
    def terminate(self): self.send_signal(15)
    def kill(self): self.send_signal(9)

def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    if input is not None:
        if kwargs.get('stdin') is not None:
            raise ValueError('stdin and input arguments may not both be used.')
        kwargs['stdin'] = PIPE
    if capture_output:
        if kwargs.get('stdout') is not None or kwargs.get('stderr') is not None:
            raise ValueError('stdout and stderr arguments may not be used with capture_output.')
        kwargs['stdout'] = PIPE
        kwargs['stderr'] = PIPE
    process = Popen(*popenargs, **kwargs)
    try:
        stdout, stderr = process.communicate(input, timeout=timeout)
    except BaseException:
        process.kill()
        process.wait()
        raise
    retcode = process.poll()
    if check and retcode:
        raise CalledProcessError(retcode, process.args, output=stdout, stderr=stderr)
    return CompletedProcess(process.args, retcode, stdout, stderr)

def call(*popenargs, timeout=None, **kwargs):
    p = Popen(*popenargs, **kwargs)
    try:
        return p.wait(timeout=timeout)
    except BaseException:
        p.kill()
        p.wait()
        raise

def check_call(*popenargs, **kwargs):
    retcode = call(*popenargs, **kwargs)
    if retcode:
        cmd = kwargs.get('args')
        raise CalledProcessError(retcode, popenargs[0] if cmd is None else cmd)
    return 0

def check_output(*popenargs, timeout=None, **kwargs):
    if 'stdout' in kwargs:
        raise ValueError('stdout argument not allowed, it will be overridden.')
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout

def getstatusoutput(cmd, *, encoding=None, errors=None):
    p = run(cmd, shell=True, text=True, stdout=PIPE, stderr=STDOUT)
    return p.returncode, p.stdout[:-1] if p.stdout[-1:] == '\n' else p.stdout

def getoutput(cmd, *, encoding=None, errors=None):
    return getstatusoutput(cmd)[1]

def list2cmdline(seq):
    return ' '.join(seq)
` });
