// argparse, first part: arguments, and what each does when it is met.

export const actions = String.raw`
import os as _os, re as _re, sys as _sys, textwrap as _textwrap

SUPPRESS, OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, PARSER, REMAINDER = '==SUPPRESS==', '?', '*', '+', 'A...', '...'

# How an argument is called in messages.
def _called(argument):
    if argument is None:
        return None
    if argument.option_strings:
        return '/'.join(argument.option_strings)
    for name in (argument.metavar, argument.dest):
        if name not in (None, SUPPRESS):
            return '/'.join(name) if isinstance(name, tuple) else name
    return '{%s}' % ','.join(argument.choices) if argument.choices else None

class ArgumentTypeError(Exception): pass

class ArgumentError(Exception):
    def __init__(self, argument, message): self.argument_name, self.message = _called(argument), message
    def __str__(self): return self.message if self.argument_name is None else f'argument {self.argument_name}: {self.message}'

# Shows itself by what it holds; names that are none stand in a dict.
class _Facts:
    def _facts(self): return vars(self).items()
    def __repr__(self):
        named = [(name, value) for name, value in self._facts()]
        words = ['%s=%r' % pair for pair in named if pair[0].isidentifier()]
        rest = {name: value for name, value in named if not name.isidentifier()}
        return type(self).__name__ + '(%s)' % ', '.join(words + ['**%r' % rest] * bool(rest))

class Namespace(_Facts):
    def __init__(self, **kwargs): vars(self).update(kwargs)
    def __contains__(self, key): return key in vars(self)
    def __eq__(self, other): return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented

class Action(_Facts):
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        self.option_strings, self.dest, self.nargs, self.const, self.default = option_strings, dest, nargs, const, default
        self.type, self.choices, self.required, self.help, self.metavar = type, choices, required, help, metavar
    def _facts(self): return [(name, getattr(self, name)) for name in 'option_strings dest nargs const default type choices required help metavar'.split()]
    def format_usage(self): return self.option_strings[0]
    def __call__(self, *call): raise NotImplementedError('.__call__() not defined')

# A built-in action: which keywords it takes, what of it is settled, what it does to the namespace.
def _builtin(name, keywords, settled, act, check=None):
    allowed = keywords.split()
    def __init__(self, option_strings, dest, **given):
        for word in given:
            if word not in allowed:
                raise TypeError(f"{name}.__init__() got an unexpected keyword argument {word!r}")
        if check is not None:
            check(given)
        Action.__init__(self, option_strings, dest, **{**settled, **{word: value for word, value in given.items() if word != 'version'}})
        if 'version' in allowed:
            self.version = given.get('version')
    def __call__(self, parser, namespace, values, option=None): act(self, parser, namespace, values)
    return type(name, (Action,), {'__init__': __init__, '__call__': __call__, '__module__': __name__})

def _not_empty(message):
    def check(given):
        if given.get('nargs') == 0:
            raise ValueError(message)
        if given.get('const') is not None and given.get('nargs') != OPTIONAL:
            raise ValueError('nargs must be %r to supply const' % OPTIONAL)
    return check

def _set(value_of):
    return lambda action, parser, namespace, values: setattr(namespace, action.dest, value_of(action, values))

# The list is a new one each time: a default is nobody's to change.
def _grow(more):
    def act(action, parser, namespace, values):
        setattr(namespace, action.dest, [*(getattr(namespace, action.dest, None) or ()), *more(action, values)])
    return act

def _count(action, parser, namespace, values):
    setattr(namespace, action.dest, 1 + (getattr(namespace, action.dest, None) or 0))

def _show_help(action, parser, namespace, values):
    parser.print_help()
    parser.exit()

def _show_version(action, parser, namespace, values):
    formatter = parser._get_formatter()
    text = parser.version if action.version is None else action.version
    parser._print_message(formatter.text(text), _sys.stdout)
    parser.exit()

_EVERY = 'nargs const default type choices required help metavar'
_more_than_one = _not_empty('nargs for append actions must be != 0; if arg strings are not supplying the value to append, the append const action may be more appropriate')
_StoreAction = _builtin('_StoreAction', _EVERY, {}, _set(lambda action, values: values), _not_empty('nargs for store actions must be != 0; if you have nothing to store, actions such as store true or store const may be more appropriate'))
_StoreConstAction = _builtin('_StoreConstAction', 'const default required help metavar', {'nargs': 0}, _set(lambda action, values: action.const))
_StoreTrueAction = _builtin('_StoreTrueAction', 'default required help', {'nargs': 0, 'const': True, 'default': False}, _set(lambda action, values: True))
_StoreFalseAction = _builtin('_StoreFalseAction', 'default required help', {'nargs': 0, 'const': False, 'default': True}, _set(lambda action, values: False))
_AppendAction = _builtin('_AppendAction', _EVERY, {}, _grow(lambda action, values: [values]), _more_than_one)
_ExtendAction = _builtin('_ExtendAction', _EVERY, {}, _grow(lambda action, values: values), _more_than_one)
_AppendConstAction = _builtin('_AppendConstAction', 'const default required help metavar', {'nargs': 0}, _grow(lambda action, values: [action.const]))
_CountAction = _builtin('_CountAction', 'default required help', {'nargs': 0}, _count)
_HelpAction = _builtin('_HelpAction', 'default help', {'nargs': 0, 'default': SUPPRESS}, _show_help)
_VersionAction = _builtin('_VersionAction', 'version default help', {'nargs': 0, 'default': SUPPRESS, 'help': "show program's version number and exit"}, _show_version)
_ACTIONS = {'store': _StoreAction, 'store_const': _StoreConstAction, 'store_true': _StoreTrueAction, 'store_false': _StoreFalseAction, 'append': _AppendAction, 'append_const': _AppendConstAction, 'count': _CountAction, 'help': _HelpAction, 'version': _VersionAction, 'extend': _ExtendAction}

class BooleanOptionalAction(Action):
    def __init__(self, option_strings, dest, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        names = [name for option in option_strings for name in ([option, '--no-' + option[2:]] if option[:2] == '--' else [option])]
        if help is not None and default not in (None, SUPPRESS):
            help += ' (default: %(default)s)'
        super().__init__(names, dest, 0, None, default, type, choices, required, help, metavar)
    def format_usage(self): return ' | '.join(self.option_strings)
    def __call__(self, parser, namespace, values, option=None): setattr(namespace, self.dest, option[:5] != '--no-')

class _SubParsersAction(Action):
    def __init__(self, prog, parser_class, **facts):
        self._prog, self._class, self._listed = prog, parser_class, []
        super().__init__([], nargs=PARSER, choices={}, **facts)
    def add_parser(self, name, *, aliases=(), **kwargs):
        if kwargs.get('prog') is None:
            kwargs['prog'] = self._prog + ' ' + name
        if 'help' in kwargs:
            shown = f"{name} ({', '.join(aliases)})" if aliases else name
            self._listed.append(Action([], shown, help=kwargs.pop('help'), metavar=shown))
        made = self._class(**kwargs)
        self.choices.update(dict.fromkeys([name, *aliases], made))
        return made
    # What the chosen parser cannot place is its parent's to complain of.
    def __call__(self, parser, namespace, values, option=None):
        name, *words = values
        if self.dest is not SUPPRESS:
            setattr(namespace, self.dest, name)
        if name not in self.choices:
            raise ArgumentError(self, f"unknown parser {name!r} (choices: {', '.join(self.choices)})")
        found, left = self.choices[name].parse_known_args(words)
        vars(namespace).update(vars(found))
        if left:
            vars(namespace).setdefault('_unrecognized_args', []).extend(left)

class FileType:
    def __init__(self, mode='r', bufsize=-1, encoding=None, errors=None): self._how = mode, bufsize, encoding, errors
    def __call__(self, name):
        mode = self._how[0]
        if name == '-':
            stream = _sys.stdin if 'r' in mode else _sys.stdout
            return stream.buffer if 'b' in mode else stream
        try:
            return open(name, *self._how)
        except OSError as failure:
            raise ArgumentTypeError(f"can't open '{name}': {failure}")
    def __repr__(self): return 'FileType(%s)' % ', '.join([repr(one) for one in self._how if one not in (None, -1)])
`;
