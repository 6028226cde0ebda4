// tempfile, in Python.

import { registerModule } from "../registry.ts";

registerModule("tempfile", { source: String.raw`
import os, shutil as _shutil
template, tempdir, TMP_MAX = 'tmp', None, 10000

def gettempdir():
    for name in ('TMPDIR', 'TEMP', 'TMP'):
        folder = os.environ.get(name)
        if folder and os.access(folder, os.W_OK):
            return os.path.abspath(folder)
    return tempdir or '/tmp'

def gettempprefix(): return template

def _random_name():
    letters = 'abcdefghijklmnopqrstuvwxyz0123456789_'
    return ''.join([letters[octet % len(letters)] for octet in os.urandom(8)])

# Names are tried until one is free.
def _new(make, suffix, prefix, folder):
    prefix, folder = template if prefix is None else prefix, gettempdir() if folder is None else folder
    for _ in range(TMP_MAX):
        place = os.path.abspath(os.path.join(folder, f"{prefix}{_random_name()}{suffix or ''}"))
        try:
            return make(place), place
        except FileExistsError:
            continue
    raise FileExistsError(17, 'No usable temporary file name found')

def mkstemp(suffix=None, prefix=None, dir=None, *text): return _new(lambda place: os.open(place, os.O_EXCL | os.O_CREAT | os.O_RDWR, 0o600), suffix, prefix, dir)

def mkdtemp(*names, **named):
    suffix, prefix, folder = [*names, None, None, None][:3]
    return _new(lambda place: os.mkdir(place, 0o700), named.get('suffix', suffix), named.get('prefix', prefix), named.get('dir', folder))[1]

def mktemp(suffix='', prefix=None, dir=None): return _new(lambda place: None, suffix, prefix, dir)[1]

class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self._lenient, self.name = ignore_cleanup_errors, mkdtemp(suffix=suffix, prefix=prefix, dir=dir)
    def __repr__(self): return f'<TemporaryDirectory {self.name!r}>'
    def __enter__(self): return self.name
    def __exit__(self, *failure): self.cleanup()
    def cleanup(self):
        if os.path.lexists(self.name):
            _shutil.rmtree(self.name, ignore_errors=self._lenient)

# A file that goes when it is closed.
class _Named:
    def __init__(self, file, name, delete): self.file, self.name, self.delete = file, name, delete
    def __getattr__(self, word): return getattr(vars(self)['file'], word)
    def __enter__(self): return self
    def __exit__(self, *failure): self.close()
    def __iter__(self): return iter(self.file)
    def close(self):
        self.file.close()
        if self.delete and os.path.lexists(self.name):
            os.unlink(self.name)

def _open(mode, buffering, encoding, newline, suffix, prefix, dir, errors):
    fd, name = mkstemp(suffix, prefix, dir)
    return open(fd, mode, buffering, encoding, errors, newline), name

def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *, errors=None):
    return _Named(*_open(mode, buffering, encoding, newline, suffix, prefix, dir, errors), delete)

# Has no name from the beginning.
def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    file, name = _open(mode, buffering, encoding, newline, suffix, prefix, dir, errors)
    os.unlink(name)
    return file

def SpooledTemporaryFile(max_size=0, *how, **named): return TemporaryFile(*how, **named)
` });
