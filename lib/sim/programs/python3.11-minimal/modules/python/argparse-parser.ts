// argparse, third part: the parser and the reading of a command line.

export const parser = String.raw`
# What arguments can be added to: a parser, or a group that a parser shows apart.
class _Container:
    def add_argument(self, *names, **facts):
        action = self._parser._make(names, facts)
        self._parser._check_metavar(action)
        return self._accept(action)
    def add_argument_group(self, title=None, description=None, **options):
        group = _Group(self._parser, title, description)
        self._parser._action_groups.append(group)
        return group
    def add_mutually_exclusive_group(self, *, required=False):
        group = _Alternatives(self, required)
        self._parser._mutually_exclusive_groups.append(group)
        return group
    def set_defaults(self, **values): self._parser._set_defaults(values)
    def get_default(self, dest):
        for action in self._parser._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._parser._defaults.get(dest)

class _Group(_Container):
    def __init__(self, parser, title, description):
        self._parser, self.title, self.description, self._group_actions = parser, title, description, []
    def _accept(self, action):
        self._parser._enter(action)
        self._group_actions.append(action)
        return action

class _Alternatives(_Container):
    def __init__(self, container, required):
        self._container, self._parser, self.required, self._group_actions = container, container._parser, required, []
    def _accept(self, action):
        if action.required:
            raise ValueError('mutually exclusive arguments must be optional')
        self._group_actions.append(self._container._accept(action))
        return action

class ArgumentParser(_Facts, _Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter, prefix_chars='-', fromfile_prefix_chars=None, argument_default=None, conflict_handler='error', add_help=True, allow_abbrev=True, exit_on_error=True):
        self.prog = _os.path.basename(_sys.argv[0]) if prog is None else prog
        self.usage, self.description, self.epilog, self.formatter_class = usage, description, epilog, formatter_class
        self.prefix_chars, self.fromfile_prefix_chars, self.argument_default = prefix_chars, fromfile_prefix_chars, argument_default
        self.conflict_handler, self.add_help, self.allow_abbrev, self.exit_on_error = conflict_handler, add_help, allow_abbrev, exit_on_error
        self._parser, self._actions, self._option_string_actions, self._defaults, self._subparsers = self, [], {}, {}, None
        self._mutually_exclusive_groups, self._action_groups = [], []
        self._positionals, self._optionals = [self.add_argument_group(title) for title in ('positional arguments', 'options')]
        if add_help:
            sign = '-' if '-' in prefix_chars else prefix_chars[0]
            self.add_argument(f'{sign}h', f'{sign * 2}help', action='help', default=SUPPRESS, help='show this help message and exit')
        for parent in parents:
            self._inherit(parent)
    def _facts(self): return [(name, getattr(self, name)) for name in 'prog usage description formatter_class conflict_handler add_help'.split()]
    def _inherit(self, parent):
        for group in parent._action_groups:
            mine = {'positional arguments': self._positionals, 'options': self._optionals}.get(group.title) or self.add_argument_group(group.title, group.description)
            for action in group._group_actions:
                mine._accept(action)
        self._mutually_exclusive_groups += parent._mutually_exclusive_groups
        self._defaults |= parent._defaults
    def _accept(self, action): return (self._optionals if action.option_strings else self._positionals)._accept(action)
    def _set_defaults(self, values):
        self._defaults |= values
        for action in self._actions:
            action.default = values.get(action.dest, action.default)

    # From the words of add_argument: a positional's one name, or the strings of an option.
    def _make(self, names, facts):
        signs = self.prefix_chars
        if not names or len(names) == 1 and names[0][0] not in signs:
            if names and 'dest' in facts:
                raise ValueError('dest supplied twice for positional argument')
            if 'required' in facts:
                raise TypeError("'required' is an invalid argument for positionals")
            options, dest = [], names[0] if names else facts.pop('dest')
            count = facts.get('nargs')
            required = count == ZERO_OR_MORE and 'default' not in facts or count not in (OPTIONAL, ZERO_OR_MORE, REMAINDER, SUPPRESS, 0)
        else:
            for name in names:
                if name[0] not in signs:
                    raise ValueError(f'invalid option string {name!r}: must start with a character {signs!r}')
            long = [name for name in names if len(name) > 1 and name[1] in signs]
            dest = facts.pop('dest', None) or (long or names)[0].lstrip(signs).replace('-', '_')
            if not dest:
                raise ValueError(f'dest= is required for options like {names[0]!r}')
            options, required = [*names], facts.pop('required', None)
        if 'default' not in facts:
            inherited = self._defaults.get(dest, self.argument_default)
            if inherited is not None:
                facts['default'] = inherited
        wanted = facts.pop('action', 'store') or 'store'
        kind = _ACTIONS.get(wanted, wanted) if isinstance(wanted, str) else wanted
        if not callable(kind):
            raise ValueError(f'unknown action "{kind}"')
        if options and required is not None:
            facts['required'] = required
        action = kind(option_strings=options, dest=dest, **facts)
        if not options:
            action.required = required
        elif kind in (_HelpAction, _VersionAction):
            action.dest = SUPPRESS
        if action.type is FileType:
            raise ValueError(f'{FileType!r} is a FileType class object, instance of it must be passed')
        if action.type is not None and not callable(action.type):
            raise ValueError(f'{action.type!r} is not callable')
        return action
    def _check_metavar(self, action):
        try:
            self._get_formatter()._format_args(action, '')
        except TypeError:
            raise ValueError('length of metavar tuple does not match nargs') from None
    def _enter(self, action):
        taken = [option for option in action.option_strings if option in self._option_string_actions]
        if taken and self.conflict_handler != 'resolve':
            raise ArgumentError(action, 'conflicting option string%s: %s' % ('s' * (len(taken) > 1), ', '.join(taken)))
        for option in taken:
            loser = self._option_string_actions.pop(option)
            loser.option_strings.remove(option)
            if not loser.option_strings:
                for holder in [self, *self._action_groups]:
                    holding = holder._actions if holder is self else holder._group_actions
                    holding[:] = [one for one in holding if one is not loser]
        self._actions.append(action)
        self._option_string_actions.update(dict.fromkeys(action.option_strings, action))
    def add_subparsers(self, *, title=None, description=None, prog=None, parser_class=None, action=None, dest=SUPPRESS, required=False, help=None, metavar=None, option_string=None):
        if self._subparsers is not None:
            self.error('cannot have multiple subparser arguments')
        place = self._positionals if title is description is None else self.add_argument_group(title or 'subcommands', description)
        if prog is None:
            before = [one for one in self._actions if not one.option_strings]
            prog = self._get_formatter().usage(self.usage, before, self._mutually_exclusive_groups, '').strip()
        self._subparsers = _SubParsersAction(prog, parser_class or type(self), dest=dest, required=required, help=help, metavar=metavar)
        return place._accept(self._subparsers)

    def parse_args(self, args=None, namespace=None):
        found, left = self.parse_known_args(args, namespace)
        if left:
            self.error('unrecognized arguments: ' + ' '.join(left))
        return found
    def parse_known_args(self, args=None, namespace=None):
        words = [*(_sys.argv[1:] if args is None else args)]
        found = Namespace() if namespace is None else namespace
        defaults = {action.dest: action.default for action in reversed(self._actions) if SUPPRESS not in (action.dest, action.default)}
        order = [action.dest for action in self._actions if action.dest in defaults]
        for dest in [*order, *self._defaults]:
            if not hasattr(found, dest):
                setattr(found, dest, defaults[dest] if dest in defaults else self._defaults[dest])
        try:
            left = _Reading(self, self._with_files(words), found).run()
        except ArgumentError as failure:
            if not self.exit_on_error:
                raise
            self.error(str(failure))
        return found, left + vars(found).pop('_unrecognized_args', [])
    parse_intermixed_args, parse_known_intermixed_args = parse_args, parse_known_args
    def convert_arg_line_to_args(self, arg_line): return [arg_line]
    # @FILE stands for the lines of the file.
    def _with_files(self, words):
        for at, word in enumerate(words):
            if word and self.fromfile_prefix_chars and word[0] in self.fromfile_prefix_chars:
                try:
                    with open(word[1:]) as file:
                        lines = file.read().splitlines()
                except OSError as failure:
                    self.error(str(failure))
                inner = [one for line in lines for one in self.convert_arg_line_to_args(line)]
                return words[:at] + self._with_files(inner) + self._with_files(words[at + 1:])
        return words
    def _converted(self, action, text):
        try:
            return text if action.type is None else action.type(text)
        except ArgumentTypeError as failure:
            raise ArgumentError(action, str(failure))
        except (ValueError, TypeError):
            raise ArgumentError(action, f"invalid {getattr(action.type, '__name__', repr(action.type))} value: {text!r}")
    def _check_value(self, action, value):
        if action.choices is None or value in action.choices:
            return value
        raise ArgumentError(action, f"invalid choice: {value!r} (choose from {', '.join(map(repr, action.choices))})")

    def _get_formatter(self): return self.formatter_class(prog=self.prog)
    def format_usage(self): return self._get_formatter().usage(self.usage, self._actions, self._mutually_exclusive_groups).strip('\n') + '\n'
    def format_help(self): return self._get_formatter().help(self)
    def print_usage(self, file=None): self._print_message(self.format_usage(), file or _sys.stdout)
    def print_help(self, file=None): self._print_message(self.format_help(), file or _sys.stdout)
    def _print_message(self, text, file=None): (file or _sys.stderr).write(text or '')
    def exit(self, status=0, message=None):
        self._print_message(message)
        _sys.exit(status)
    def error(self, message):
        self.print_usage(file=_sys.stderr)
        self.exit(2, f'{self.prog}: error: {message}\n')

# How many words an argument takes at least and at most.
def _limits(count):
    if isinstance(count, int):
        return count, count
    return {None: (1, 1), OPTIONAL: (0, 1), ONE_OR_MORE: (1, None), PARSER: (1, None), SUPPRESS: (0, 0)}.get(count, (0, None))

_COUNT_WORDS = {None: 'one argument', OPTIONAL: 'at most one argument', ONE_OR_MORE: 'at least one argument'}

# One command line being read: which words are options is settled first, then they are used up from the left.
class _Reading:
    def __init__(self, parser, words, found):
        self.parser, self.words, self.found, self.at = parser, words, found, 0
        self.waiting = [action for action in parser._actions if not action.option_strings]
        self.met, self.given, self.left = [], [], []
        self.dashes = words.index('--') if '--' in words else len(words)
        self.options = {at: option for at, word in enumerate(words[:self.dashes]) if (option := self.option_of(word)) is not None}

    # (action, its string, an argument attached to it), for a word that looks like an option; the action is None where there is none.
    def option_of(self, word):
        known, signs = self.parser._option_string_actions, self.parser.prefix_chars
        if word[:1] == '' or word[0] not in signs:
            return None
        if word in known:
            return known[word], word, None
        if len(word) == 1:
            return None
        name, equals, value = word.partition('=')
        if equals and name in known:
            return known[name], name, value
        fitting = [*self.fitting(word, known, signs)]
        if len(fitting) > 1:
            self.parser.error(f"ambiguous option: {word} could match {', '.join([option for _, option, _ in fitting])}")
        if fitting:
            return fitting[0]
        like_number = _re.compile(r'-(\d+|\d*\.\d+)')
        if like_number.fullmatch(word) and not any(map(like_number.fullmatch, known)) or ' ' in word:
            return None
        return None, word, None
    def fitting(self, word, known, signs):
        if word[1] in signs:
            name, equals, value = word.partition('=')
            if self.parser.allow_abbrev:
                yield from ((known[option], option, value if equals else None) for option in known if option.startswith(name))
            return
        for option in known:
            if option == word[:2]:
                yield known[option], option, word[2:]
            elif option.startswith(word):
                yield known[option], option, None

    def run(self):
        last = max(self.options, default=-1)
        while self.at <= last:
            upcoming = min(at for at in self.options if at >= self.at)
            if self.at < upcoming:
                before = self.at
                self.take_positionals()
                if self.at > before:
                    continue
                self.left += self.words[self.at:upcoming]
                self.at = upcoming
            self.take_option()
        self.take_positionals()
        self.left += self.words[self.at:]
        self.finish()
        return self.left

    # Words from a place that are neither options nor the two dashes.
    def plain_from(self, start, over_dashes):
        count = 0
        for at in range(start, len(self.words)):
            if at in self.options or at == self.dashes and not over_dashes:
                break
            count += at != self.dashes
        return count

    def take_option(self):
        action, option, value = self.options[self.at]
        self.at += 1
        if action is None:
            self.left.append(self.words[self.at - 1])
            return
        # -abc: letters that take nothing, in one word.
        cluster = []
        while value is not None:
            least, most = _limits(action.nargs)
            if most == 0 and value != '' and option[1:2] not in (*self.parser.prefix_chars,):
                cluster.append((action, [], option))
                whole, option = value, option[0] + value[0]
                action, value = self.parser._option_string_actions.get(option), value[1:] or None
                if action is None:
                    raise ArgumentError(cluster[-1][0], f'ignored explicit argument {whole!r}')
                continue
            if least > 1:
                self.refuse_count(action)
            if most == 0:
                raise ArgumentError(action, f'ignored explicit argument {value!r}')
            cluster.append((action, [value], option))
            break
        else:
            least, most = _limits(action.nargs)
            if action.nargs in (PARSER, REMAINDER):
                count = len(self.words) - self.at if action.nargs == REMAINDER or self.at not in self.options else 0
            else:
                count = self.plain_from(self.at, False)
            if count < least:
                self.refuse_count(action)
            count = count if most is None else min(count, most)
            cluster.append((action, self.words[self.at:self.at + count], option))
            self.at += count
        for one in cluster:
            self.take(*one)
    def refuse_count(self, action):
        expected = _COUNT_WORDS.get(action.nargs) or f"{action.nargs} argument{'s' * (action.nargs != 1)}"
        raise ArgumentError(action, f'expected {expected}')

    # As many of the waiting ones as the words suffice for; of those the first takes what it can and leaves the others their least.
    def take_positionals(self):
        available, shares = self.plain_from(self.at, True), []
        for action in self.waiting:
            if action.nargs in (PARSER, REMAINDER):
                used = sum(least for _, least, _ in shares)
                if action.nargs == PARSER and available <= used:
                    break
                shares.append((action, _limits(action.nargs)[0], None))
                continue
            least, most = _limits(action.nargs)
            if sum(share[1] for share in shares) + least > available:
                break
            shares.append((action, least, most))
        needed = sum(share[1] for share in shares)
        for action, least, most in shares:
            needed -= least
            if action.nargs in (PARSER, REMAINDER):
                end = len(self.words)
            else:
                free = available - needed
                count = free if most is None else min(free, most)
                available -= count
                end = self.after(count)
            words = self.words[self.at:end]
            if self.at <= self.dashes < end and action.nargs not in (PARSER, REMAINDER):
                words.remove('--')
            self.at = end
            self.take(action, words)
        del self.waiting[:len(shares)]
    # The place behind so many plain words, and behind the dashes that follow them.
    def after(self, count):
        end = self.at
        while count > 0 or end == self.dashes < len(self.words):
            count -= end != self.dashes
            end += 1
        return end

    def take(self, action, words, option=None):
        self.met.append(action)
        value = self.value_of(action, words)
        if value is not action.default:
            self.given.append(action)
            for group in self.parser._mutually_exclusive_groups:
                if action in group._group_actions:
                    for other in group._group_actions:
                        if other is not action and other in self.given:
                            raise ArgumentError(action, f'not allowed with argument {_called(other)}')
        if value is not SUPPRESS:
            action(self.parser, self.found, value, option)
    def value_of(self, action, words):
        count, parser = action.nargs, self.parser
        if not words and count == OPTIONAL:
            value = action.const if action.option_strings else action.default
            return parser._check_value(action, parser._converted(action, value)) if isinstance(value, str) else value
        if not words and count == ZERO_OR_MORE and not action.option_strings and action.default is not None:
            return parser._check_value(action, action.default)
        if count == SUPPRESS:
            return SUPPRESS
        values = [parser._converted(action, word) for word in words]
        for value in {PARSER: values[:1], REMAINDER: []}.get(count, values):
            parser._check_value(action, value)
        return values[0] if count in (None, OPTIONAL) else values

    def finish(self):
        absent = [action for action in self.parser._actions if action not in self.met]
        for action in absent:
            # A default that is text is read like an argument, once nothing else was given.
            if not action.required and isinstance(action.default, str) and getattr(self.found, action.dest, None) is action.default:
                setattr(self.found, action.dest, self.parser._converted(action, action.default))
        required = [_called(action) for action in absent if action.required]
        if required:
            self.parser.error('the following arguments are required: ' + ', '.join(required))
        for group in self.parser._mutually_exclusive_groups:
            if group.required and not any(action in self.given for action in group._group_actions):
                names = [_called(action) for action in group._group_actions if action.help is not SUPPRESS]
                self.parser.error(f"one of the arguments {' '.join(names)} is required")
`;
