// unittest, in Python: cases, suites, the loader and the runner that writes to the terminal. One module, so one text.

import { registerModule } from "../registry.ts";

registerModule("unittest", { isPackage: true, source: String.raw`
import contextlib as _contextlib, difflib as _difflib, fnmatch as _fnmatch, os as _os, pprint as _pprint, re as _re, sys as _sys, time as _time, traceback as _traceback

class SkipTest(Exception): pass
class _ExpectedFailure(Exception): pass

def _skipped(reason):
    def decorate(item):
        item.__unittest_skip__, item.__unittest_skip_why__ = True, reason
        return item
    return decorate
def skip(reason): return _skipped('')(reason) if callable(reason) else _skipped(reason)
def skipIf(condition, reason): return _skipped(reason) if condition else lambda item: item
def skipUnless(condition, reason): return skipIf(not condition, reason)
def expectedFailure(item):
    item.__unittest_expecting_failure__ = True
    return item

def _path(cls): return f'{cls.__module__}.{cls.__qualname__}'

class TestResult:
    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failures, self.errors, self.skipped, self.expectedFailures, self.unexpectedSuccesses = [], [], [], [], []
        self.testsRun, self.shouldStop, self.failfast, self.buffer = 0, False, False, False
    def stop(self): self.shouldStop = True
    def startTest(self, test): self.testsRun += 1
    def stopTest(self, test): return None
    def startTestRun(self): return None
    def stopTestRun(self): return None
    def _note(self, table, entry):
        table.append(entry)
        if self.failfast and table is not self.skipped and table is not self.expectedFailures:
            self.stop()
    def _text(self, failure): return ''.join(_traceback.format_exception(failure[1]))
    def addSuccess(self, test): return None
    def addFailure(self, test, err): self._note(self.failures, (test, self._text(err)))
    def addError(self, test, err): self._note(self.errors, (test, self._text(err)))
    def addSkip(self, test, reason): self._note(self.skipped, (test, reason))
    def addExpectedFailure(self, test, err): self._note(self.expectedFailures, (test, self._text(err)))
    def addUnexpectedSuccess(self, test): self._note(self.unexpectedSuccesses, test)
    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._note(self.failures if issubclass(err[0], test.failureException) else self.errors, (subtest, self._text(err)))
    def wasSuccessful(self): return not (self.failures or self.errors or self.unexpectedSuccesses)
    def __repr__(self): return f'<{_path(type(self))} run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}>'

# Each outcome as a letter, or with -v as a word behind the test's name.
class TextTestResult(TestResult):
    separator1, separator2 = '=' * 70, '-' * 70
    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream, self.descriptions, self.showAll, self.dots = stream, descriptions, verbosity > 1, verbosity == 1
        self._fresh = True
    def getDescription(self, test):
        first = test.shortDescription()
        return f'{test}\n{first}' if self.descriptions and first else str(test)
    def _write(self, text):
        self.stream.write(text)
        self.stream.flush()
    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self._write(self.getDescription(test) + ' ... ')
            self._fresh = False
    def _outcome(self, test, word, letter):
        if self.showAll:
            if self._fresh:
                if isinstance(test, _SubTest):
                    self._write('  ')
                self._write(self.getDescription(test) + ' ... ')
            self._write(word + '\n')
            self._fresh = True
        elif self.dots:
            self._write(letter)
    def addSuccess(self, test): self._outcome(test, 'ok', '.')
    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._outcome(test, 'FAIL', 'F')
    def addError(self, test, err):
        super().addError(test, err)
        self._outcome(test, 'ERROR', 'E')
    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._outcome(test, f'skipped {reason!r}', 's')
    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._outcome(test, 'expected failure', 'x')
    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._outcome(test, 'unexpected success', 'u')
    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            failed = issubclass(err[0], test.failureException)
            if self.showAll and not self._fresh:
                self._write('\n')
                self._fresh = True
            self._outcome(subtest, 'FAIL' if failed else 'ERROR', 'F' if failed else 'E')
    def printErrors(self):
        if self.dots or self.showAll:
            self._write('\n')
        for kind, entries in (('ERROR', self.errors), ('FAIL', self.failures)):
            for test, text in entries:
                self._write(f'{self.separator1}\n{kind}: {self.getDescription(test)}\n{self.separator2}\n{text}\n')
        if self.unexpectedSuccesses:
            self._write(self.separator1 + '\n')
            for test in self.unexpectedSuccesses:
                self._write(f'UNEXPECTED SUCCESS: {self.getDescription(test)}\n')

# with self.assertRaises(...) as context: afterwards context.exception is what was raised.
class _Raises:
    def __init__(self, case, expected, pattern=None, msg=None):
        self._case, self._expected, self._pattern, self._msg = case, expected, pattern and _re.compile(pattern), msg
    def __enter__(self): return self
    def __exit__(self, kind, failure, trace):
        if kind is None:
            name = getattr(self._expected, '__name__', str(self._expected))
            self._case._fail(self._msg, f'{name} not raised' + (f' by {self._by}' if getattr(self, '_by', None) else ''))
        if not issubclass(kind, self._expected):
            return False
        self.exception = failure
        if self._pattern and not self._pattern.search(str(failure)):
            self._case._fail(self._msg, f'"{self._pattern.pattern}" does not match "{failure}"')
        return True
    def call(self, function, args, kwargs):
        self._by = getattr(function, '__name__', str(function))
        with self:
            function(*args, **kwargs)

class _Warns:
    def __init__(self, case, expected, pattern=None): self._case, self._expected, self._pattern = case, expected, pattern
    def __enter__(self):
        import warnings
        self._catching = warnings.catch_warnings(record=True)
        self.warnings = self._catching.__enter__()
        warnings.simplefilter('always')
        return self
    def __exit__(self, kind, *failure):
        self._catching.__exit__(kind, *failure)
        if kind is not None:
            return
        fitting = [one for one in self.warnings if issubclass(one.category, self._expected)]
        if not fitting:
            self._case._fail(None, getattr(self._expected, '__name__', str(self._expected)) + ' not triggered')
        self.warning = fitting[0].message
        if self._pattern and not any(_re.search(self._pattern, str(one.message)) for one in fitting):
            self._case._fail(None, f'"{self._pattern}" does not match "{self.warning}"')

class _Logs:
    def __init__(self, case, logger, level):
        import logging
        self._case, self._logging = case, logging
        self._logger = logger if isinstance(logger, logging.Logger) else logging.getLogger(logger)
        self._level = logging.INFO if level is None else logging._level(level)
    def __enter__(self):
        self.records, self.output = [], []
        watching, formatter = self._logging.Handler(), self._logging.Formatter('%(levelname)s:%(name)s:%(message)s')
        watching.setLevel(self._level)
        watching.emit = lambda record: (self.records.append(record), self.output.append(formatter.format(record)))
        log = self._logger
        self._former = log.handlers[:], log.level, log.propagate
        log.handlers[:], log.propagate = [watching], False
        log.setLevel(self._level)
        return self
    def __exit__(self, kind, *failure):
        self._logger.handlers[:], self._logger.level, self._logger.propagate = self._former
        if kind is None and not self.records:
            self._case._fail(None, f'no logs of level {self._logging.getLevelName(self._level)} or higher triggered on {self._logger.name}')

def _safe(value, short=False):
    text = repr(value)
    return text if not short or len(text) < 80 else text[:80] + ' [truncated]...'

# Where two texts are alike at both ends, only what lies between is shown whole.
def _shortened(*values):
    texts = [_safe(value) for value in values]
    if max(map(len, texts)) <= 80:
        return texts
    prefix = _os.path.commonprefix(texts)
    if len(prefix) > 10:
        prefix_shown = prefix[:5] + f'[{len(prefix) - 10} chars]' + prefix[-5:] if len(prefix) > 31 else prefix
        texts = [prefix_shown + text[len(prefix):] for text in texts]
    return [text if len(text) <= 80 else text[:45] + f'[{len(text) - 75} chars]' + text[-30:] for text in texts]

class TestCase:
    failureException, longMessage, maxDiff = AssertionError, True, 640
    def __init__(self, methodName='runTest'):
        self._testMethodName, self._cleanups, self._subtest, self._equalities = methodName, [], None, {}
        method = getattr(self, methodName, None)
        if method is None and methodName != 'runTest':
            raise ValueError(f'no such test method in {type(self)}: {methodName}')
        self._testMethodDoc = getattr(method, '__doc__', None)
    def setUp(self): return None
    def tearDown(self): return None
    @classmethod
    def setUpClass(cls): return None
    @classmethod
    def tearDownClass(cls): return None
    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs): cls.__dict__.get('_class_cleanups') or setattr(cls, '_class_cleanups', []); cls._class_cleanups.append((function, args, kwargs))
    @classmethod
    def doClassCleanups(cls):
        while cls.__dict__.get('_class_cleanups'):
            function, args, kwargs = cls._class_cleanups.pop()
            function(*args, **kwargs)
    def countTestCases(self): return 1
    def defaultTestResult(self): return TestResult()
    def id(self): return f'{_path(type(self))}.{self._testMethodName}'
    def shortDescription(self): return self._testMethodDoc.strip().split('\n')[0].strip() if self._testMethodDoc else None
    def __str__(self): return f'{self._testMethodName} ({_path(type(self))}.{self._testMethodName})'
    def __repr__(self): return f'<{_path(type(self))} testMethod={self._testMethodName}>'
    def __eq__(self, other): return type(self) is type(other) and self._testMethodName == other._testMethodName
    def __hash__(self): return hash((type(self), self._testMethodName))
    def addCleanup(self, function, /, *args, **kwargs): self._cleanups.append((function, args, kwargs))
    def doCleanups(self):
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            function(*args, **kwargs)
    def enterContext(self, cm):
        value = cm.__enter__()
        self.addCleanup(cm.__exit__, None, None, None)
        return value
    def skipTest(self, reason): raise SkipTest(reason)
    def debug(self):
        self.setUp()
        getattr(self, self._testMethodName)()
        self.tearDown()
        self.doCleanups()
    def __call__(self, *args): return self.run(*args)
    def run(self, result=None):
        result = self.defaultTestResult() if result is None else result
        method = getattr(self, self._testMethodName)
        result.startTest(self)
        try:
            skipped = next((one for one in (type(self), method) if getattr(one, '__unittest_skip__', False)), None)
            if skipped is not None:
                result.addSkip(self, getattr(skipped, '__unittest_skip_why__', ''))
                return result
            self._outcome = _Outcome(self, result)
            expecting = getattr(method, '__unittest_expecting_failure__', False) or getattr(type(self), '__unittest_expecting_failure__', False)
            with self._outcome.stage():
                self.setUp()
            if self._outcome.good:
                with self._outcome.stage(expecting):
                    method()
                with self._outcome.stage():
                    self.tearDown()
            while self._cleanups:
                function, args, kwargs = self._cleanups.pop()
                with self._outcome.stage():
                    function(*args, **kwargs)
            self._outcome.tell(expecting)
            return result
        finally:
            result.stopTest(self)
    @_contextlib.contextmanager
    def subTest(self, msg=None, **params):
        former = self._subtest
        self._subtest = _SubTest(self, msg, {**(former._params if former else {}), **params})
        try:
            with self._outcome.stage(subtest=self._subtest):
                yield
        finally:
            self._subtest = former
        if self._outcome.result.failfast and not self._outcome.good:
            raise _Stop

    def _fail(self, msg, standard):
        raise self.failureException(self._formatMessage(msg, standard))
    def _formatMessage(self, msg, standard): return standard if msg is None else f'{standard} : {msg}' if self.longMessage else msg
    def fail(self, msg=None): raise self.failureException(msg)
    def _check(self, good, msg, standard):
        if not good:
            self._fail(msg, standard() if callable(standard) else standard)
    def assertTrue(self, expr, msg=None): self._check(expr, msg, lambda: f'{_safe(expr)} is not true')
    def assertFalse(self, expr, msg=None): self._check(not expr, msg, lambda: f'{_safe(expr)} is not false')
    def assertIs(self, expr1, expr2, msg=None): self._check(expr1 is expr2, msg, lambda: f'{_safe(expr1)} is not {_safe(expr2)}')
    def assertIsNot(self, expr1, expr2, msg=None): self._check(expr1 is not expr2, msg, lambda: f'unexpectedly identical: {_safe(expr1)}')
    def assertIsNone(self, obj, msg=None): self._check(obj is None, msg, lambda: f'{_safe(obj)} is not None')
    def assertIsNotNone(self, obj, msg=None): self._check(obj is not None, msg, 'unexpectedly None')
    def assertIn(self, member, container, msg=None): self._check(member in container, msg, lambda: f'{_safe(member)} not found in {_safe(container)}')
    def assertNotIn(self, member, container, msg=None): self._check(member not in container, msg, lambda: f'{_safe(member)} unexpectedly found in {_safe(container)}')
    def assertIsInstance(self, obj, cls, msg=None): self._check(isinstance(obj, cls), msg, lambda: f'{_safe(obj)} is not an instance of {cls!r}')
    def assertNotIsInstance(self, obj, cls, msg=None): self._check(not isinstance(obj, cls), msg, lambda: f'{_safe(obj)} is an instance of {cls!r}')
    def assertLess(self, a, b, msg=None): self._check(a < b, msg, lambda: f'{_safe(a)} not less than {_safe(b)}')
    def assertLessEqual(self, a, b, msg=None): self._check(a <= b, msg, lambda: f'{_safe(a)} not less than or equal to {_safe(b)}')
    def assertGreater(self, a, b, msg=None): self._check(a > b, msg, lambda: f'{_safe(a)} not greater than {_safe(b)}')
    def assertGreaterEqual(self, a, b, msg=None): self._check(a >= b, msg, lambda: f'{_safe(a)} not greater than or equal to {_safe(b)}')
    def assertRegex(self, text, expected_regex, msg=None): self._check(_re.search(expected_regex, text), msg, lambda: f"Regex didn't match: {_re.compile(expected_regex).pattern!r} not found in {text!r}")
    def assertNotRegex(self, text, unexpected_regex, msg=None):
        found = _re.search(unexpected_regex, text)
        self._check(not found, msg, lambda: f'Regex matched: {found.group()!r} matches {_re.compile(unexpected_regex).pattern!r} in {text!r}')
    def addTypeEqualityFunc(self, typeobj, function): self._equalities[typeobj] = function
    def assertEqual(self, first, second, msg=None):
        if type(first) is type(second):
            own = self._equalities.get(type(first)) or {dict: self.assertDictEqual, list: self.assertListEqual, tuple: self.assertTupleEqual, set: self.assertSetEqual, frozenset: self.assertSetEqual, str: self.assertMultiLineEqual}.get(type(first))
            if own is not None:
                return getattr(self, own)(first, second, msg=msg) if isinstance(own, str) else own(first, second, msg=msg)
        self._check(first == second, msg, lambda: '%s != %s' % tuple(_shortened(first, second)))
    assertEquals = assertEqual
    def assertNotEqual(self, first, second, msg=None): self._check(first != second, msg, lambda: f'{_safe(first)} == {_safe(second)}')
    def _near(self, first, second, places, delta):
        if delta is not None and places is not None:
            raise TypeError('specify delta or places not both')
        difference = abs(first - second)
        return (difference <= delta if delta is not None else round(difference, 7 if places is None else places) == 0), difference
    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first != second:
            near, difference = self._near(first, second, places, delta)
            within = f'{_safe(delta)} delta' if delta is not None else f'{7 if places is None else places!r} places'
            self._check(near, msg, lambda: f'{_safe(first)} != {_safe(second)} within {within} ({_safe(difference)} difference)')
    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        near, difference = self._near(first, second, places, delta)
        within = f'{_safe(delta)} delta ({_safe(difference)} difference)' if delta is not None else f'{7 if places is None else places!r} places'
        self._check(first != second and not near, msg, lambda: f'{_safe(first)} == {_safe(second)} within {within}')
    def _diff(self, first, second):
        lines = '\n' + '\n'.join(_difflib.ndiff(first, second))
        return lines if self.maxDiff is None or len(lines) <= self.maxDiff else f'\nDiff is {len(lines)} characters long. Set self.maxDiff to None to see it.'
    def assertMultiLineEqual(self, first, second, msg=None):
        if first == second:
            return
        self.assertIsInstance(first, str, 'First argument is not a string')
        a, b = [text.splitlines(keepends=True) for text in (first, second)]
        if len(a) == len(b) == 1 and first.strip('\r\n') == first:
            a, b = [first + '\n'], [second + '\n']
        lines = '\n' + ''.join(_difflib.ndiff(a, b))
        self._fail(msg, '%s != %s' % tuple(_shortened(first, second)) + (lines if self.maxDiff is None or len(lines) <= self.maxDiff else f'\nDiff is {len(lines)} characters long. Set self.maxDiff to None to see it.'))
    def assertSequenceEqual(self, first, second, msg=None, seq_type=None):
        name = seq_type.__name__ if seq_type else 'sequence'
        if first == second:
            return
        texts = '%ss differ: %s != %s\n' % (name.capitalize(), *_shortened(first, second))
        for at in range(min(len(first), len(second))):
            if first[at] != second[at]:
                texts += f'\nFirst differing element {at}:\n{_safe(first[at], True)}\n{_safe(second[at], True)}\n'
                break
        if len(first) != len(second):
            longer, order = (first, 'First') if len(first) > len(second) else (second, 'Second')
            extra = min(len(first), len(second))
            texts += f'\n{order} {name} contains {abs(len(first) - len(second))} additional elements.\nFirst extra element {extra}:\n{_safe(longer[extra], True)}\n'
        self._fail(msg, texts + self._diff(_pprint.pformat(first).splitlines(), _pprint.pformat(second).splitlines()))
    def assertListEqual(self, first, second, msg=None): self.assertSequenceEqual(first, second, msg, list)
    def assertTupleEqual(self, first, second, msg=None): self.assertSequenceEqual(first, second, msg, tuple)
    def assertSetEqual(self, first, second, msg=None):
        lines = []
        for where, items in (('first', first - second), ('second', second - first)):
            if items:
                lines += [f'Items in the {where} set but not the {"second" if where == "first" else "first"}:', *map(repr, items)]
        self._check(not lines, msg, '\n'.join(lines))
    def assertDictEqual(self, first, second, msg=None):
        self.assertIsInstance(first, dict, 'First argument is not a dictionary')
        self.assertIsInstance(second, dict, 'Second argument is not a dictionary')
        self._check(first == second, msg, lambda: '%s != %s' % tuple(_shortened(first, second)) + self._diff(_pprint.pformat(first).splitlines(), _pprint.pformat(second).splitlines()))
    def assertCountEqual(self, first, second, msg=None):
        left, missing = [*second], []
        for item in first:
            if item in left:
                left.remove(item)
            else:
                missing.append(item)
        counts = [(([*first].count(item), [*second].count(item)), item) for at, item in enumerate([*first, *second]) if item not in [*first, *second][:at]]
        self._check(not (missing or left), msg, lambda: 'Element counts were not equal:\n' + '\n'.join([f'First has {a}, Second has {b}:  {item!r}' for (a, b), item in counts if a != b]))
    def assertRaises(self, expected_exception, *args, **kwargs): return self._raising(_Raises(self, expected_exception, None, kwargs.pop('msg', None) if not args else None), args, kwargs)
    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs): return self._raising(_Raises(self, expected_exception, expected_regex), args, kwargs)
    def _raising(self, context, args, kwargs): return context.call(args[0], args[1:], kwargs) if args else context
    def assertWarns(self, expected_warning, *args, **kwargs): return self._warning(_Warns(self, expected_warning), args, kwargs)
    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs): return self._warning(_Warns(self, expected_warning, expected_regex), args, kwargs)
    def _warning(self, context, args, kwargs):
        if not args:
            return context
        with context:
            args[0](*args[1:], **kwargs)
    def assertLogs(self, logger=None, level=None): return _Logs(self, logger, level)

class _Stop(Exception): pass

class _SubTest:
    def __init__(self, case, message, params): self.test_case, self._message, self._params = case, message, params
    failureException = property(lambda self: self.test_case.failureException)
    def _words(self):
        words = [f'[{self._message}]'] if self._message is not None else []
        words += ['(%s)' % ', '.join(map('%s=%r'.__mod__, self._params.items()))] if self._params else []
        return ' '.join(words) or '(<subtest>)'
    def id(self): return f'{self.test_case.id()} {self._words()}'
    def shortDescription(self): return self.test_case.shortDescription()
    def __str__(self): return f'{self.test_case} {self._words()}'

# What became of the stages of one test.
class _Outcome:
    def __init__(self, case, result): self.case, self.result, self.good, self.expected, self.skipped = case, result, True, None, False
    @_contextlib.contextmanager
    def stage(self, expecting=False, subtest=None):
        try:
            yield
        except KeyboardInterrupt:
            raise
        except _Stop:
            self.good = False
        except SkipTest as skip:
            self.skipped = True
            self.good = self.good and subtest is not None
            self.result.addSkip(subtest or self.case, str(skip))
        except BaseException as failure:
            facts = (type(failure), failure, failure.__traceback__)
            if expecting:
                self.expected = facts
                return
            self.good = False
            if subtest is not None:
                self.result.addSubTest(self.case, subtest, facts)
            elif isinstance(failure, self.case.failureException):
                self.result.addFailure(self.case, facts)
            else:
                self.result.addError(self.case, facts)
    def tell(self, expecting):
        if not self.good or self.skipped:
            return
        if expecting:
            self.result.addExpectedFailure(self.case, self.expected) if self.expected else self.result.addUnexpectedSuccess(self.case)
        else:
            self.result.addSuccess(self.case)

class FunctionTestCase(TestCase):
    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._function, self._before, self._after, self._description = testFunc, setUp, tearDown, description
    def setUp(self): return self._before() if self._before else None
    def tearDown(self): return self._after() if self._after else None
    def runTest(self): self._function()

class _Whole:
    def __init__(self, name): self.name = name
    failureException = AssertionError
    def shortDescription(self): return None
    def id(self): return self.name
    def __str__(self): return self.name

class TestSuite:
    def __init__(self, tests=()): self._tests = [*tests]
    def __iter__(self): return iter(self._tests)
    def __repr__(self): return f'<{_path(type(self))} tests={self._tests}>'
    def addTest(self, test): self._tests.append(test)
    def addTests(self, tests): self._tests += tests
    def countTestCases(self): return sum([test.countTestCases() for test in self])
    def __call__(self, *args): return self.run(*args)
    def _cases(self):
        for test in self:
            if isinstance(test, TestSuite):
                yield from test._cases()
            else:
                yield test
    # Around the cases of a class its own set-up, around those of a module the module's.
    def run(self, result, debug=False):
        self._cls = self._module = None
        self._class_failed = self._module_failed = False
        for case in [*self._cases()]:
            if result.shouldStop:
                break
            self._move(result, type(case))
            if not (self._class_failed or self._module_failed):
                case(result)
        self._move(result, None)
        return result
    def _around(self, result, name, owner, *functions):
        for function in functions:
            try:
                if function is not None:
                    function()
            except SkipTest as skip:
                result.addSkip(_Whole(f'{name} ({owner})'), str(skip))
                return False
            except Exception as failure:
                result.addError(_Whole(f'{name} ({owner})'), (type(failure), failure, failure.__traceback__))
                return False
        return True
    def _move(self, result, cls):
        if cls is self._cls:
            return
        before, module = self._cls, cls.__module__ if cls else None
        if before is not None and not self._class_failed and not getattr(before, '__unittest_skip__', False):
            self._around(result, 'tearDownClass', _path(before), before.tearDownClass, before.doClassCleanups)
        if module != self._module:
            if self._module is not None and not self._module_failed:
                self._around(result, 'tearDownModule', self._module, getattr(_sys.modules.get(self._module), 'tearDownModule', None))
            self._module = module
            self._module_failed = module is not None and not self._around(result, 'setUpModule', module, getattr(_sys.modules.get(module), 'setUpModule', None))
        self._cls, self._class_failed = cls, False
        if cls is not None and not self._module_failed and not getattr(cls, '__unittest_skip__', False):
            self._class_failed = not self._around(result, 'setUpClass', _path(cls), getattr(cls, 'setUpClass', None))

class TestLoader:
    testMethodPrefix, suiteClass, testNamePatterns = 'test', TestSuite, None
    def __init__(self): self.errors = []
    def getTestCaseNames(self, testCaseClass):
        names = sorted([name for name in dir(testCaseClass) if name.startswith(self.testMethodPrefix) and callable(getattr(testCaseClass, name))])
        return [name for name in names if self.testNamePatterns is None or any(_fnmatch.fnmatchcase(f'{_path(testCaseClass)}.{name}', pattern) for pattern in self.testNamePatterns)]
    def loadTestsFromTestCase(self, testCaseClass):
        names = self.getTestCaseNames(testCaseClass)
        return self.suiteClass([testCaseClass(name) for name in names or (['runTest'] if hasattr(testCaseClass, 'runTest') else [])])
    def loadTestsFromModule(self, module, *, pattern=None):
        found = [value for _, value in sorted(vars(module).items()) if isinstance(value, type) and issubclass(value, TestCase) and value not in (TestCase, FunctionTestCase)]
        suite = self.suiteClass([self.loadTestsFromTestCase(one) for one in found])
        own = getattr(module, 'load_tests', None)
        return own(self, suite, pattern) if own else suite
    def loadTestsFromName(self, name, module=None):
        at, parts = module, name.split('.')
        while at is None:
            try:
                __import__('.'.join(parts))
                at = _sys.modules['.'.join(parts)]
            except ImportError as failure:
                parts.pop()
                if not parts:
                    return self._failed(name, failure)
        for part in name.split('.')[0 if module else len(parts):]:
            parent = at
            try:
                at = getattr(at, part)
            except AttributeError as failure:
                return self._failed(part, failure)
        if isinstance(at, type) and issubclass(at, TestCase):
            return self.loadTestsFromTestCase(at)
        if hasattr(at, '__path__') or type(at) is type(_sys):
            return self.loadTestsFromModule(at)
        return self.suiteClass([parent(part)])
    def loadTestsFromNames(self, names, module=None): return self.suiteClass([self.loadTestsFromName(name, module) for name in names])
    # A test that fails with what stood in the way of loading.
    def _failed(self, name, failure):
        def method(case): raise ImportError(f'Failed to import test module: {name}\n' + ''.join(_traceback.format_exception(failure))) if isinstance(failure, ImportError) else failure
        made = type('_FailedTest', (TestCase,), {name: method, '__module__': 'unittest.loader'})
        return self.suiteClass([made(name)])
    def discover(self, start_dir='.', pattern='test*.py', top_level_dir=None):
        top = _os.path.abspath(top_level_dir or start_dir)
        if top not in _sys.path:
            _sys.path.insert(0, top)
        return self.suiteClass([*self._found(_os.path.abspath(start_dir), top, pattern)])
    def _found(self, folder, top, pattern):
        for name in sorted(_os.listdir(folder)):
            full = _os.path.join(folder, name)
            if name.endswith('.py') and name[:-3].isidentifier() and _fnmatch.fnmatch(name, pattern):
                yield self.loadTestsFromName(_os.path.relpath(full, top)[:-3].replace('/', '.'))
            elif _os.path.exists(_os.path.join(full, '__init__.py')):
                yield self.suiteClass([*self._found(full, top, pattern)])
defaultTestLoader = TestLoader()

class TextTestRunner:
    resultclass = TextTestResult
    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None, warnings=None, *, tb_locals=False):
        self.stream, self.descriptions, self.verbosity, self.failfast = stream or _sys.stderr, descriptions, verbosity, failfast
        self.resultclass = resultclass or self.resultclass
    def _makeResult(self): return self.resultclass(self.stream, self.descriptions, self.verbosity)
    def run(self, test):
        result = self._makeResult()
        result.failfast = self.failfast
        begun = _time.perf_counter()
        result.startTestRun()
        test(result)
        result.stopTestRun()
        taken = _time.perf_counter() - begun
        result.printErrors()
        print(result.separator2, f"Ran {result.testsRun} test{'' if result.testsRun == 1 else 's'} in {taken:.3f}s", '', sep='\n', file=self.stream)
        counts = [('failures', result.failures), ('errors', result.errors)] if not result.wasSuccessful() else []
        counts += [('skipped', result.skipped), ('expected failures', result.expectedFailures), ('unexpected successes', result.unexpectedSuccesses)]
        notes = ', '.join([f'{what}={len(entries)}' for what, entries in counts if entries])
        print(('OK' if result.wasSuccessful() else 'FAILED') + (f' ({notes})' if notes else ''), file=self.stream, flush=True)
        return result

class TestProgram:
    def __init__(self, module='__main__', defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader, exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False):
        import argparse
        words = (argv or _sys.argv)[1:]
        command = argparse.ArgumentParser(prog='python -m unittest' if module is None else _os.path.basename((argv or _sys.argv)[0]))
        command.add_argument('-v', '--verbose', dest='verbosity', action='store_const', const=2, default=verbosity, help='Verbose output')
        command.add_argument('-q', '--quiet', dest='verbosity', action='store_const', const=0, help='Quiet output')
        command.add_argument('-f', '--failfast', action='store_true', default=bool(failfast), help='Stop on first fail or error')
        command.add_argument('-b', '--buffer', action='store_true', help='Buffer stdout and stderr during tests')
        command.add_argument('-c', '--catch', action='store_true', help='Catch Ctrl-C and display results so far')
        command.add_argument('-k', dest='patterns', action='append', help='Only run tests which match the given substring')
        looking = module is None and (not [word for word in words if word[:1] != '-'] or words[:1] == ['discover'])
        if looking:
            words = words[words[:1] == ['discover']:]
            command.add_argument('-s', '--start-directory', dest='start', default='.', help="Directory to start discovery ('.' default)")
            command.add_argument('-p', '--pattern', default='test*.py', help="Pattern to match tests ('test*.py' default)")
            command.add_argument('-t', '--top-level-directory', dest='top', help='Top level directory of project (defaults to start directory)')
        command.add_argument('tests', nargs='*', help='a list of any number of test modules, classes and test methods.')
        wish = command.parse_args(words)
        testLoader.testNamePatterns = [pattern if '*' in pattern else f'*{pattern}*' for pattern in wish.patterns] if wish.patterns else None
        holder = _sys.modules[module] if isinstance(module, str) else module
        names = wish.tests or ([defaultTest] if isinstance(defaultTest, str) else defaultTest)
        if looking:
            suite = testLoader.discover((wish.tests or [wish.start])[0], wish.pattern, wish.top)
        elif names:
            suite = testLoader.loadTestsFromNames([name[:-3].replace('/', '.') if name.endswith('.py') and holder is None else name for name in names], holder)
        else:
            suite = testLoader.loadTestsFromModule(holder)
        runner = testRunner or TextTestRunner
        self.result = (runner(verbosity=wish.verbosity, failfast=wish.failfast) if isinstance(runner, type) else runner).run(suite)
        if exit:
            _sys.exit(not self.result.wasSuccessful())
main = TestProgram

def makeSuite(cls, prefix='test'): return defaultTestLoader.loadTestsFromTestCase(cls)
def __main_function__():
    if '' not in _sys.path:
        _sys.path.insert(0, _os.getcwd())
    main(module=None)
` });
registerModule("unittest.case", { source: "from unittest import TestCase, SkipTest, skip, skipIf, skipUnless, expectedFailure\n" });
