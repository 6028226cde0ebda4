// argparse, in Python.

import { registerModule } from "../registry.ts";

registerModule("argparse", { source: String.raw`
import os as _os, sys as _sys, re as _re, textwrap as _textwrap

SUPPRESS = '==SUPPRESS=='
OPTIONAL = '?'
ZERO_OR_MORE = '*'
ONE_OR_MORE = '+'
PARSER = 'A...'
REMAINDER = '...'

class ArgumentError(Exception):
    def __init__(self, argument, message):
        self.argument_name = _name_of(argument)
        self.message = message
    def __str__(self):
        if self.argument_name is None:
            return self.message
        return 'argument %s: %s' % (self.argument_name, self.message)

class ArgumentTypeError(Exception): pass

def _name_of(a):
    if a is None:
        return None
    if a.option_strings:
        return '/'.join(a.option_strings)
    if a.metavar not in (None, SUPPRESS):
        return a.metavar if not isinstance(a.metavar, tuple) else '/'.join(a.metavar)
    if a.dest not in (None, SUPPRESS):
        return a.dest
    if a.choices:
        return '{' + ','.join(a.choices) + '}'
    return None

class Namespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])
    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented
    def __contains__(self, key): return key in self.__dict__
    def __repr__(self):
        parts = []
        star = {}
        for name, value in self.__dict__.items():
            if name.isidentifier():
                parts.append('%s=%r' % (name, value))
            else:
                star[name] = value
        if star:
            parts.append('**%s' % repr(star))
        return '%s(%s)' % (type(self).__name__, ', '.join(parts))

class Action:
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        self.option_strings = option_strings
        self.dest = dest
        self.nargs = nargs
        self.const = const
        self.default = default
        self.type = type
        self.choices = choices
        self.required = required
        self.help = help
        self.metavar = metavar
        self.container = None
    def format_usage(self): return self.option_strings[0]
    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError('.__call__() not defined')

class _StoreAction(Action):
    def __init__(self, option_strings, dest, nargs=None, **kw):
        if nargs == 0:
            raise ValueError('nargs for store actions must be != 0; if you have nothing to store, actions such as store true or store const may be more appropriate')
        super().__init__(option_strings, dest, nargs, **kw)
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)

class _StoreConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, None, None, required, help)
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self.const)

class _StoreTrueAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=False, required=False, help=None):
        super().__init__(option_strings, dest, True, default, required, help)

class _StoreFalseAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=True, required=False, help=None):
        super().__init__(option_strings, dest, False, default, required, help)

class BooleanOptionalAction(Action):
    def __init__(self, option_strings, dest, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        names = []
        for s in option_strings:
            names.append(s)
            if s.startswith('--'):
                names.append('--no-' + s[2:])
        super().__init__(names, dest, 0, None, default, type, choices, required, help, metavar)
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, not option_string.startswith('--no-'))
    def format_usage(self): return ' | '.join(self.option_strings)

def _copy(items):
    return [] if items is None else list(items)

class _AppendAction(Action):
    def __call__(self, parser, namespace, values, option_string=None):
        items = _copy(getattr(namespace, self.dest, None))
        items.append(values)
        setattr(namespace, self.dest, items)

class _AppendConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, None, None, required, help, metavar)
    def __call__(self, parser, namespace, values, option_string=None):
        items = _copy(getattr(namespace, self.dest, None))
        items.append(self.const)
        setattr(namespace, self.dest, items)

class _ExtendAction(_AppendAction):
    def __call__(self, parser, namespace, values, option_string=None):
        items = _copy(getattr(namespace, self.dest, None))
        items.extend(values)
        setattr(namespace, self.dest, items)

class _CountAction(Action):
    def __init__(self, option_strings, dest, default=None, required=False, help=None):
        super().__init__(option_strings, dest, 0, None, default, None, None, required, help)
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (getattr(namespace, self.dest, None) or 0) + 1)

class _HelpAction(Action):
    def __init__(self, option_strings, dest=SUPPRESS, default=SUPPRESS, help=None):
        super().__init__(option_strings, dest, 0, None, default, help=help)
    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()

class _VersionAction(Action):
    def __init__(self, option_strings, version=None, dest=SUPPRESS, default=SUPPRESS, help="show program's version number and exit"):
        super().__init__(option_strings, dest, 0, None, default, help=help)
        self.version = version
    def __call__(self, parser, namespace, values, option_string=None):
        text = self.version if self.version is not None else parser.version
        parser._print_message(text % {'prog': parser.prog} + '\n', _sys.stdout)
        parser.exit()

class _SubParsersAction(Action):
    def __init__(self, option_strings, prog, parser_class, dest=SUPPRESS, required=False, help=None, metavar=None):
        self._prog_prefix = prog
        self._parser_class = parser_class
        self._name_parser_map = {}
        self._choices_actions = []
        super().__init__(option_strings, dest, PARSER, None, None, None, self._name_parser_map, required, help, metavar)
    def add_parser(self, name, **kwargs):
        if kwargs.get('prog') is None:
            kwargs['prog'] = '%s %s' % (self._prog_prefix, name)
        aliases = kwargs.pop('aliases', ())
        if 'help' in kwargs:
            help = kwargs.pop('help')
            shown = name + (' (%s)' % ', '.join(aliases) if aliases else '')
            self._choices_actions.append(Action([], shown, help=help, metavar=shown))
        parser = self._parser_class(**kwargs)
        self._name_parser_map[name] = parser
        for alias in aliases:
            self._name_parser_map[alias] = parser
        return parser
    def __call__(self, parser, namespace, values, option_string=None):
        name, rest = values[0], values[1:]
        if self.dest is not SUPPRESS:
            setattr(namespace, self.dest, name)
        if name not in self._name_parser_map:
            raise ArgumentError(self, 'unknown parser %r (choices: %s)' % (name, ', '.join(self._name_parser_map)))
        made, extras = self._name_parser_map[name].parse_known_args(rest, None)
        for key, value in vars(made).items():
            setattr(namespace, key, value)
        if extras:
            vars(namespace).setdefault('_unrecognized_args', []).extend(extras)

_ACTIONS = {None: _StoreAction, 'store': _StoreAction, 'store_const': _StoreConstAction, 'store_true': _StoreTrueAction, 'store_false': _StoreFalseAction, 'append': _AppendAction, 'append_const': _AppendConstAction, 'count': _CountAction, 'help': _HelpAction, 'version': _VersionAction, 'extend': _ExtendAction}

class HelpFormatter:
    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            try:
                width = int(_os.environ['COLUMNS'])
            except (KeyError, ValueError):
                try:
                    width = _os.get_terminal_size(1).columns
                except OSError:
                    width = 80
            width -= 2
        self._prog = prog
        self._width = width
        self._max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
    def _fill_text(self, text, width, indent):
        return _textwrap.fill(_re.sub(r'\s+', ' ', text).strip(), width, initial_indent=indent, subsequent_indent=indent)
    def _split_lines(self, text, width):
        return _textwrap.wrap(_re.sub(r'\s+', ' ', text).strip(), width)
    def _get_help_string(self, action): return action.help
    def _get_default_metavar_for_optional(self, action): return action.dest.upper()
    def _get_default_metavar_for_positional(self, action): return action.dest
    def metavar(self, action, default, size=1):
        if action.metavar is not None:
            result = action.metavar
        elif action.choices is not None:
            result = '{%s}' % ','.join(str(c) for c in action.choices)
        else:
            result = default
        return result if isinstance(result, tuple) else (result,) * size
    def args(self, action, default):
        m = lambda n: self.metavar(action, default, n)
        n = action.nargs
        if n is None: return '%s' % m(1)
        if n == OPTIONAL: return '[%s]' % m(1)
        if n == ZERO_OR_MORE:
            names = m(1)
            return '[%s [%s ...]]' % names if len(names) == 2 else '[%s ...]' % names
        if n == ONE_OR_MORE: return '%s [%s ...]' % m(2)
        if n == REMAINDER: return '...'
        if n == PARSER: return '%s ...' % m(1)
        if n == SUPPRESS: return ''
        return ' '.join(m(n))
    def invocation(self, action):
        if not action.option_strings:
            return ' '.join(self.metavar(action, self._get_default_metavar_for_positional(action)))
        if action.nargs == 0:
            return ', '.join(action.option_strings)
        default = self._get_default_metavar_for_optional(action)
        return ', '.join('%s %s' % (s, self.args(action, default)) for s in action.option_strings)
    def expand(self, action):
        params = dict(vars(action), prog=self._prog)
        for name in list(params):
            if params[name] is SUPPRESS:
                del params[name]
            elif hasattr(params[name], '__name__'):
                params[name] = params[name].__name__
        if params.get('choices') is not None:
            params['choices'] = ', '.join([str(c) for c in params['choices']])
        return self._get_help_string(action) % params
    def usage_parts(self, actions, groups):
        inserts = {}
        covered = set()
        for group in groups:
            members = [a for a in group._group_actions if a in actions and a.help is not SUPPRESS]
            if len(members) > 1:
                inserts[id(members[0])] = ('(' if group.required else '[', members)
                covered.update(id(a) for a in members)
        def one(a, bare=False):
            if not a.option_strings:
                part = self.args(a, self._get_default_metavar_for_positional(a))
                return part[1:-1] if bare and part.startswith('[') and part.endswith(']') else part
            s = a.option_strings[0]
            part = a.format_usage() if a.nargs == 0 else '%s %s' % (s, self.args(a, self._get_default_metavar_for_optional(a)))
            return part if a.required or bare else '[%s]' % part
        parts = []
        for a in actions:
            if a.help is SUPPRESS:
                continue
            if id(a) in inserts:
                opening, members = inserts[id(a)]
                parts.append(opening + ' | '.join(one(m, True) for m in members) + (')' if opening == '(' else ']'))
            elif id(a) not in covered:
                parts.append(one(a))
        return parts
    def usage(self, usage, actions, groups, prefix='usage: '):
        if usage is not None:
            return prefix + usage % dict(prog=self._prog) + '\n\n'
        optionals = [a for a in actions if a.option_strings]
        positionals = [a for a in actions if not a.option_strings]
        opt_parts = self.usage_parts(optionals, groups)
        pos_parts = self.usage_parts(positionals, groups)
        text = ' '.join([self._prog] + opt_parts + pos_parts)
        width = self._width
        if len(prefix) + len(text) > width:
            def lines_of(parts, indent, first=None):
                lines = []
                line = []
                length = (len(first) if first is not None else len(indent)) - 1
                for part in parts:
                    if length + 1 + len(part) > width and line:
                        lines.append(indent + ' '.join(line))
                        line = []
                        length = len(indent) - 1
                    line.append(part)
                    length += len(part) + 1
                if line:
                    lines.append(indent + ' '.join(line))
                if first is not None:
                    lines[0] = lines[0][len(indent):]
                return lines
            if len(prefix) + len(self._prog) <= 0.75 * width:
                indent = ' ' * (len(prefix) + len(self._prog) + 1)
                if opt_parts:
                    lines = lines_of([self._prog] + opt_parts, indent, prefix)
                    if pos_parts:
                        lines.extend(lines_of(pos_parts, indent))
                elif pos_parts:
                    lines = lines_of([self._prog] + pos_parts, indent, prefix)
                else:
                    lines = [self._prog]
            else:
                indent = ' ' * len(prefix)
                lines = lines_of(opt_parts + pos_parts, indent)
                if len(lines) > 1:
                    lines = lines_of(opt_parts, indent) + lines_of(pos_parts, indent)
                lines = [self._prog] + lines
            text = '\n'.join(lines)
        return prefix + text + '\n\n'
    def format(self, parser):
        out = self.usage(parser.usage, parser._actions, parser._mutually_exclusive_groups)
        if parser.description:
            out += self.paragraph(parser.description) + '\n\n'
        longest = 0
        for group in parser._action_groups:
            for a in group._group_actions:
                if a.help is not SUPPRESS:
                    longest = max(longest, len(self.invocation(a)) + 2)
                    for sub in getattr(a, '_choices_actions', ()):
                        longest = max(longest, len(self.invocation(sub)) + 4)
        position = min(longest + 2, self._max_help_position)
        for group in parser._action_groups:
            body = ''.join(self.action(a, position, 2) for a in group._group_actions if a.help is not SUPPRESS)
            if not body and not group.description:
                continue
            out += group.title + ':\n' if group.title is not None else ''
            if group.description:
                out += self._fill_text(self._expand_prog(group.description), max(self._width - 2, 11), '  ') + '\n\n'
            out += body + '\n'
        if parser.epilog:
            out += self.paragraph(parser.epilog) + '\n'
        return _re.sub('\n\n\n+', '\n\n', out).strip('\n') + '\n'
    def _expand_prog(self, text): return text % dict(prog=self._prog) if '%(prog)' in text else text
    def paragraph(self, text):
        return self._fill_text(self._expand_prog(text), max(self._width, 11), '')
    def action(self, action, position, indent):
        help_width = max(self._width - position, 11)
        action_width = position - indent - 2
        header = self.invocation(action)
        lead = ' ' * indent
        if not action.help:
            out = lead + header + '\n'
            first = 0
        elif len(header) <= action_width:
            out = lead + header.ljust(action_width) + '  '
            first = 0
        else:
            out = lead + header + '\n'
            first = position
        if action.help and action.help.strip():
            text = self.expand(action)
            if text:
                lines = self._split_lines(text, help_width)
                out += ' ' * first + lines[0] + '\n'
                for line in lines[1:]:
                    out += ' ' * position + line + '\n'
        elif not out.endswith('\n'):
            out += '\n'
        for sub in getattr(action, '_choices_actions', ()):
            out += self.action(sub, position, indent + 2)
        return out

class RawDescriptionHelpFormatter(HelpFormatter):
    def _fill_text(self, text, width, indent):
        return ''.join(indent + line for line in text.splitlines(keepends=True))

class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    def _split_lines(self, text, width): return text.splitlines()

class ArgumentDefaultsHelpFormatter(HelpFormatter):
    def _get_help_string(self, action):
        help = action.help or ''
        if '%(default)' not in help and action.default is not SUPPRESS and (action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE)):
            help += ' (default: %(default)s)'
        return help

class MetavarTypeHelpFormatter(HelpFormatter):
    def _get_default_metavar_for_optional(self, action): return action.type.__name__
    def _get_default_metavar_for_positional(self, action): return action.type.__name__

class _Group:
    required = False
    def __init__(self, container, title=None, description=None):
        self._container = container
        self.title = title
        self.description = description
        self._group_actions = []
    def add_argument(self, *args, **kwargs):
        action = self._container._make_action(*args, **kwargs)
        self._container._register(action)
        self._group_actions.append(action)
        return action
    def add_mutually_exclusive_group(self, required=False):
        group = self._container.add_mutually_exclusive_group(required=required)
        group._shown_in = self
        return group
    def add_argument_group(self, *args, **kwargs): return self._container.add_argument_group(*args, **kwargs)

class _Exclusive:
    def __init__(self, container, required):
        self._container = container
        self.required = required
        self._group_actions = []
        self._shown_in = None
    def add_argument(self, *args, **kwargs):
        action = (self._shown_in or self._container).add_argument(*args, **kwargs)
        if action.required:
            raise ValueError('mutually exclusive arguments must be optional')
        self._group_actions.append(action)
        return action

class FileType:
    def __init__(self, mode='r', bufsize=-1, encoding=None, errors=None):
        self._mode = mode
    def __call__(self, string):
        if string == '-':
            return _sys.stdin if 'r' in self._mode else _sys.stdout
        try:
            return open(string, self._mode)
        except OSError as e:
            raise ArgumentTypeError("can't open '%s': %s" % (string, e))

class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter, prefix_chars='-', fromfile_prefix_chars=None, argument_default=None, conflict_handler='error', add_help=True, allow_abbrev=True, exit_on_error=True):
        self.prog = _os.path.basename(_sys.argv[0]) if prog is None else prog
        self.usage = usage
        self.description = description
        self.epilog = epilog
        self.formatter_class = formatter_class
        self.prefix_chars = prefix_chars
        self.argument_default = argument_default
        self.add_help = add_help
        self.allow_abbrev = allow_abbrev
        self.exit_on_error = exit_on_error
        self.conflict_handler = conflict_handler
        self._actions = []
        self._by_option = {}
        self._defaults = {}
        self._mutually_exclusive_groups = []
        self._subparsers = None
        self._positionals = _Group(self, 'positional arguments')
        self._optionals = _Group(self, 'options')
        self._action_groups = [self._positionals, self._optionals]
        if add_help:
            self.add_argument('-h', '--help', action='help', default=SUPPRESS, help='show this help message and exit')
        for parent in parents:
            for a in parent._actions:
                if not isinstance(a, _HelpAction):
                    self._register(a)
                    (self._optionals if a.option_strings else self._positionals)._group_actions.append(a)
            self._defaults.update(parent._defaults)
    def _make_action(self, *args, **kwargs):
        if not args or (len(args) == 1 and args[0][0] not in self.prefix_chars):
            if args and 'dest' in kwargs:
                raise ValueError('dest supplied twice for positional argument')
            dest = args[0] if args else kwargs.pop('dest')
            kwargs.pop('dest', None)
            options = []
            if 'required' in kwargs:
                raise TypeError("'required' is an invalid argument for positionals")
            required = kwargs.get('nargs') not in (OPTIONAL, ZERO_OR_MORE, REMAINDER, SUPPRESS, 0)
            if kwargs.get('nargs') == ZERO_OR_MORE and 'default' not in kwargs:
                required = True
        else:
            options = list(args)
            for o in options:
                if o[0] not in self.prefix_chars:
                    raise ValueError('invalid option string %r: must start with a character %r' % (o, self.prefix_chars))
            dest = kwargs.pop('dest', None)
            if dest is None:
                long = [o for o in options if len(o) > 1 and o[1] in self.prefix_chars]
                dest = (long[0] if long else options[0]).lstrip(self.prefix_chars).replace('-', '_')
                if not dest:
                    raise ValueError('dest= is required for options like %r' % options[0])
            required = kwargs.pop('required', False)
        kind = kwargs.pop('action', None)
        cls = _ACTIONS.get(kind, kind) if isinstance(kind, str) or kind is None else kind
        if isinstance(cls, str):
            raise ValueError('unknown action "%s"' % cls)
        if 'default' not in kwargs:
            if dest in self._defaults:
                kwargs['default'] = self._defaults[dest]
            elif self.argument_default is not None:
                kwargs['default'] = self.argument_default
        if cls in (_HelpAction, _VersionAction):
            action = cls(options, dest=SUPPRESS if cls is _VersionAction and 'dest' not in kwargs else dest, **kwargs)
            action.dest = SUPPRESS
        elif options:
            action = cls(options, dest, required=required, **kwargs)
        else:
            action = cls([], dest, **kwargs)
            action.required = required
        if action.type is not None and not callable(action.type):
            raise ValueError('%r is not callable' % (action.type,))
        return action
    def _register(self, action):
        clash = [o for o in action.option_strings if o in self._by_option]
        if clash:
            if self.conflict_handler == 'resolve':
                for o in clash:
                    self._by_option[o].option_strings.remove(o)
            else:
                raise ArgumentError(action, 'conflicting option string%s: %s' % ('s' if len(clash) > 1 else '', ', '.join(clash)))
        for o in action.option_strings:
            self._by_option[o] = action
        self._actions.append(action)
    def add_argument(self, *args, **kwargs):
        action = self._make_action(*args, **kwargs)
        self._register(action)
        (self._optionals if action.option_strings else self._positionals)._group_actions.append(action)
        return action
    def add_argument_group(self, title=None, description=None, **kw):
        group = _Group(self, title, description)
        self._action_groups.append(group)
        return group
    def add_mutually_exclusive_group(self, *, required=False):
        group = _Exclusive(self, required)
        self._mutually_exclusive_groups.append(group)
        return group
    def add_subparsers(self, *, title=None, description=None, prog=None, parser_class=None, action=None, dest=SUPPRESS, required=False, help=None, metavar=None, option_string=None):
        if self._subparsers is not None:
            self.error('cannot have multiple subparser arguments')
        group = self.add_argument_group(title or 'subcommands', description) if title or description else self._positionals
        if prog is None:
            formatter = self.formatter_class(self.prog)
            positionals = [a for a in self._actions if not a.option_strings]
            prog = ' '.join([self.prog] + formatter.usage_parts(positionals, self._mutually_exclusive_groups))
        made = _SubParsersAction([], prog, parser_class or type(self), dest, required, help, metavar)
        self._register(made)
        group._group_actions.append(made)
        self._subparsers = made
        return made
    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)
        for a in self._actions:
            if a.dest in kwargs:
                a.default = kwargs[a.dest]
    def get_default(self, dest):
        for a in self._actions:
            if a.dest == dest and a.default is not None:
                return a.default
        return self._defaults.get(dest)
    def parse_args(self, args=None, namespace=None):
        made, extras = self.parse_known_args(args, namespace)
        if extras:
            self.error('unrecognized arguments: %s' % ' '.join(extras))
        return made
    def parse_known_args(self, args=None, namespace=None):
        args = list(_sys.argv[1:] if args is None else args)
        if namespace is None:
            namespace = Namespace()
        for a in self._actions:
            if a.dest is not SUPPRESS and not hasattr(namespace, a.dest) and a.default is not SUPPRESS:
                setattr(namespace, a.dest, a.default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        if self.exit_on_error:
            try:
                extras = self._parse(args, namespace)
            except ArgumentError as e:
                self.error(str(e))
        else:
            extras = self._parse(args, namespace)
        if hasattr(namespace, '_unrecognized_args'):
            extras.extend(namespace._unrecognized_args)
            del namespace._unrecognized_args
        return namespace, extras
    def _option(self, word):
        if not word or word[0] not in self.prefix_chars or len(word) == 1:
            return None
        if word in self._by_option:
            return self._by_option[word], word, None
        if '=' in word:
            name, _, value = word.partition('=')
            if name in self._by_option:
                return self._by_option[name], name, value
        found = []
        if word[:2] == '--' or (len(word) > 1 and word[1] in self.prefix_chars):
            if self.allow_abbrev:
                name, sign, value = word.partition('=')
                found = [(self._by_option[o], o, value if sign else None) for o in self._by_option if o.startswith(name)]
        else:
            short, rest = word[:2], word[2:]
            for o in self._by_option:
                if o == short:
                    found.append((self._by_option[o], o, rest))
                elif o.startswith(word):
                    found.append((self._by_option[o], o, None))
        if len(found) > 1:
            self.error('ambiguous option: %s could match %s' % (word, ', '.join(o for _, o, _ in found)))
        if found:
            return found[0]
        if _re.match(r'^-\d+$|^-\d*\.\d+$', word) and not any(_re.match(r'^-\d+$|^-\d*\.\d+$', o) for o in self._by_option):
            return None
        if ' ' in word:
            return None
        return None, word, None
    def _parse(self, words, namespace):
        seen = set()
        conflicts_seen = {}
        extras = []
        kinds = []
        options = {}
        dashes = False
        for i, word in enumerate(words):
            if dashes:
                kinds.append('A')
            elif word == '--':
                kinds.append('-')
                dashes = True
            else:
                o = self._option(word)
                kinds.append('A' if o is None else 'O')
                if o is not None:
                    options[i] = o
        pattern = ''.join(kinds)
        positionals = [a for a in self._actions if not a.option_strings]
        def take(action, values, option=None):
            seen.add(id(action))
            value = self._values(action, values)
            if value is not action.default or option is not None or values:
                for group in self._mutually_exclusive_groups:
                    if action in group._group_actions:
                        for other in group._group_actions:
                            if other is not action and id(other) in conflicts_seen:
                                raise ArgumentError(action, 'not allowed with argument %s' % _name_of(other))
                if value is not action.default or values or action.nargs == 0:
                    conflicts_seen[id(action)] = True
            if value is not SUPPRESS:
                action(self, namespace, value, option)
        def count(action, text):
            m = _re.match(_pattern(action), text)
            return None if m is None else len(m.group(1))
        def consume_positionals(start):
            for size in range(len(positionals), 0, -1):
                m = _re.match(''.join(_pattern(a) for a in positionals[:size]), pattern[start:])
                if m is not None:
                    at = start
                    counts = [len(g) for g in m.groups()]
                    for a, n in zip(positionals[:size], counts):
                        values = words[at:at + n]
                        if a.nargs not in (PARSER, REMAINDER) and '--' in values:
                            values.remove('--')
                        at += n
                        take(a, values)
                    del positionals[:size]
                    return at
            return start
        at = 0
        last_option = max(options) if options else -1
        while at <= last_option:
            next_option = min(i for i in options if i >= at)
            if at != next_option:
                after = consume_positionals(at)
                if after > at:
                    at = after
                    continue
            if at not in options:
                extras.extend(words[at:next_option])
                at = next_option
            action, name, value = options[at]
            if action is None:
                extras.append(words[at])
                at += 1
                continue
            at += 1
            while True:
                if value is not None:
                    n = count(action, 'A')
                    if n == 0 and name[1:2] not in self.prefix_chars and value != '':
                        take(action, [], name)
                        name = name[0] + value[0]
                        value = value[1:] or None
                        if name not in self._by_option:
                            raise ArgumentError(action, 'ignored explicit argument %r' % (name[1:] + (value or '')))
                        action = self._by_option[name]
                        continue
                    if n != 1:
                        raise ArgumentError(action, 'ignored explicit argument %r' % value)
                    take(action, [value], name)
                    break
                n = count(action, pattern[at:])
                if n is None:
                    raise ArgumentError(action, {None: 'expected one argument', OPTIONAL: 'expected at most one argument', ONE_OR_MORE: 'expected at least one argument'}.get(action.nargs, 'expected %s argument%s' % (action.nargs, '' if action.nargs == 1 else 's')))
                values = words[at:at + n]
                at += n
                take(action, values, name)
                break
        stop = consume_positionals(at)
        extras.extend(words[stop:])
        missing = []
        for a in self._actions:
            if id(a) not in seen:
                if a.required:
                    missing.append(_name_of(a))
                elif isinstance(a.default, str) and a.dest is not SUPPRESS and hasattr(namespace, a.dest) and a.default is getattr(namespace, a.dest):
                    setattr(namespace, a.dest, self._value(a, a.default))
        if missing:
            self.error('the following arguments are required: %s' % ', '.join(missing))
        for group in self._mutually_exclusive_groups:
            if group.required and not any(id(a) in conflicts_seen for a in group._group_actions):
                self.error('one of the arguments %s is required' % ' '.join(_name_of(a) for a in group._group_actions if a.help is not SUPPRESS))
        return extras
    def _values(self, action, values):
        n = action.nargs
        if not values and n == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str):
                value = self._value(action, value)
                self._check(action, value)
            return value
        if not values and n == ZERO_OR_MORE and not action.option_strings:
            if action.default is not None:
                return action.default
            return values
        if len(values) == 1 and n in (None, OPTIONAL):
            value = self._value(action, values[0])
            self._check(action, value)
            return value
        if n == REMAINDER:
            return [self._value(action, v) for v in values]
        if n == PARSER:
            made = [self._value(action, v) for v in values]
            self._check(action, made[0])
            return made
        made = [self._value(action, v) for v in values]
        for v in made:
            self._check(action, v)
        return made
    def _value(self, action, text):
        convert = action.type
        if convert is None:
            return text
        try:
            return convert(text)
        except ArgumentTypeError as e:
            raise ArgumentError(action, str(e))
        except (TypeError, ValueError):
            name = getattr(convert, '__name__', repr(convert))
            raise ArgumentError(action, 'invalid %s value: %r' % (name, text))
    def _check(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise ArgumentError(action, 'invalid choice: %r (choose from %s)' % (value, ', '.join(map(repr, action.choices))))
    def format_usage(self):
        return self.formatter_class(self.prog).usage(self.usage, self._actions, self._mutually_exclusive_groups).strip('\n') + '\n'
    def format_help(self): return self.formatter_class(self.prog).format(self)
    def print_usage(self, file=None): self._print_message(self.format_usage(), file or _sys.stdout)
    def print_help(self, file=None): self._print_message(self.format_help(), file or _sys.stdout)
    def _print_message(self, message, file=None):
        if message:
            (file or _sys.stderr).write(message)
    def exit(self, status=0, message=None):
        if message:
            self._print_message(message, _sys.stderr)
        _sys.exit(status)
    def error(self, message):
        self.print_usage(_sys.stderr)
        self.exit(2, '%s: error: %s\n' % (self.prog, message))

def _pattern(action):
    n = action.nargs
    if n is None: p = '(-*A-*)'
    elif n == OPTIONAL: p = '(-*A?-*)'
    elif n == ZERO_OR_MORE: p = '(-*[A-]*)'
    elif n == ONE_OR_MORE: p = '(-*A[A-]*)'
    elif n == REMAINDER: p = '([AO-]*)'
    elif n == PARSER: p = '(-*A[AO-]*)'
    elif n == SUPPRESS: p = '(-*-*)'
    else: p = '(-*%s-*)' % '-*'.join('A' * n)
    if action.option_strings:
        p = p.replace('-*', '').replace('-', '')
    return p
` });
