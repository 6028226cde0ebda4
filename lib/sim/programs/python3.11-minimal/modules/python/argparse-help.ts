// argparse, second part: usage and help texts.

export const help = String.raw`
def _terminal_width():
    try:
        columns = int(_os.environ.get('COLUMNS', 0))
    except ValueError:
        columns = 0
    if columns <= 0:
        try:
            columns = _os.get_terminal_size(1).columns
        except OSError:
            columns = 80
    return columns or 80

# The words of a usage line between which it may be broken: not inside of brackets.
def _breakable(parts):
    for part in parts:
        depth, word = 0, ''
        for c in part:
            depth += (c in '[(') - (c in '])')
            if c == ' ' and depth == 0:
                yield word
                word = ''
            else:
                word += c
        yield word

# Lines of words, each line behind the indent; the first line is behind what stands there already.
def _filled(words, width, indent, before=None):
    lines, line, used = [], [], indent if before is None else before
    for word in words:
        if line and used + len(word) > width:
            lines.append(' '.join(line))
            line, used = [], indent
        line.append(word)
        used += len(word) + 1
    if line:
        lines.append(' '.join(line))
    return [line if at == 0 and before is not None else ' ' * indent + line for at, line in enumerate(lines)]

class HelpFormatter:
    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        self._prog, self._step = prog, indent_increment
        self._width = _terminal_width() - 2 if width is None else width
        self._farthest = min(max_help_position, max(self._width - 20, 2 * indent_increment))
    # The methods that a subclass may want to change keep the names under which programs know them.
    def _one_line(self, text): return ' '.join(text.split()) if text.strip() else ''
    def _fill_text(self, text, width, indent): return _textwrap.fill(self._one_line(text), width, initial_indent=indent, subsequent_indent=indent)
    def _split_lines(self, text, width): return _textwrap.wrap(self._one_line(text), width)
    def _get_help_string(self, action): return action.help
    def _get_default_metavar_for_optional(self, action): return action.dest.upper()
    def _get_default_metavar_for_positional(self, action): return action.dest
    def _names(self, action, default, count):
        name = action.metavar
        if name is None:
            name = default if action.choices is None else '{%s}' % ','.join(map(str, action.choices))
        return name if isinstance(name, tuple) else (name,) * count
    def _metavar_formatter(self, action, default): return lambda count: self._names(action, default, count)
    def _format_args(self, action, default):
        count, names = action.nargs, self._metavar_formatter(action, default)
        if isinstance(count, int):
            return ' '.join(['%s'] * count) % names(count)
        if count == ZERO_OR_MORE and len(names(1)) == 2:
            return '[%s [%s ...]]' % names(1)
        shape = {None: '%s', OPTIONAL: '[%s]', ZERO_OR_MORE: '[%s ...]', ONE_OR_MORE: '%s [%s ...]', REMAINDER: '...', PARSER: '%s ...', SUPPRESS: ''}[count]
        return shape % names(2 if count == ONE_OR_MORE else 1) if '%s' in shape else shape
    def _format_action_invocation(self, action):
        if not action.option_strings:
            return ' '.join(self._names(action, self._get_default_metavar_for_positional(action), 1))
        tail = '' if action.nargs == 0 else ' ' + self._format_args(action, self._get_default_metavar_for_optional(action))
        return ', '.join([option + tail for option in action.option_strings])
    def _expand_help(self, action):
        facts = {'prog': self._prog}
        for name, value in vars(action).items():
            if value is not SUPPRESS:
                facts[name] = getattr(value, '__name__', value)
        if facts.get('choices') is not None:
            facts['choices'] = ', '.join(map(str, facts['choices']))
        return self._get_help_string(action) % facts
    def _named(self, text): return text % {'prog': self._prog} if '%(prog)' in text else text
    def text(self, text, indent=0): return self._fill_text(self._named(text), max(self._width - indent, 11), ' ' * indent) + '\n'

    def _usage_word(self, action, inside_group):
        if not action.option_strings:
            word = self._format_args(action, self._get_default_metavar_for_positional(action))
            return word[1:-1] if inside_group and word[:1] + word[-1:] == '[]' else word
        word = action.format_usage() if action.nargs == 0 else action.option_strings[0] + ' ' + self._format_args(action, self._get_default_metavar_for_optional(action))
        return word if inside_group or action.required else f'[{word}]'
    # Alternatives are shown as such where they stand side by side.
    def _usage_words(self, actions, groups):
        at, words = 0, []
        starts = {id(group._group_actions[0]): group for group in groups if group._group_actions}
        while at < len(actions):
            group = starts.get(id(actions[at]))
            members = [] if group is None else group._group_actions
            if group is not None and [*actions[at:at + len(members)]] == members:
                shown = [self._usage_word(one, True) for one in members if one.help is not SUPPRESS]
                frame = '[%s]' if not group.required else '(%s)' if len(shown) > 1 else '%s'
                words += [frame % ' | '.join(shown)] * bool(shown)
                at += len(members)
                continue
            if actions[at].help is not SUPPRESS:
                words.append(self._usage_word(actions[at], False))
            at += 1
        return words
    def usage(self, usage, actions, groups, prefix='usage: '):
        if usage is not None:
            return prefix + usage % {'prog': self._prog} + '\n\n'
        options = self._usage_words([one for one in actions if one.option_strings], groups)
        positionals = self._usage_words([one for one in actions if not one.option_strings], groups)
        line = ' '.join([self._prog, *options, *positionals])
        if len(prefix + line) <= self._width:
            return prefix + line + '\n\n'
        options, positionals = [*_breakable(options)], [*_breakable(positionals)]
        if 4 * len(prefix + self._prog) <= 3 * self._width:
            indent, head = len(prefix + self._prog) + 1, [self._prog]
            if options:
                lines = _filled(head + options, self._width, indent, len(prefix)) + _filled(positionals, self._width, indent)
            else:
                lines = _filled(head + positionals, self._width, indent, len(prefix))
        else:
            together = _filled(options + positionals, self._width, len(prefix))
            lines = [self._prog] + (together if len(together) < 2 else _filled(options, self._width, len(prefix)) + _filled(positionals, self._width, len(prefix)))
        return prefix + '\n'.join(lines) + '\n\n'

    def _rows(self, group):
        for action in group._group_actions:
            if action.help is not SUPPRESS:
                yield action, self._step
                for below in getattr(action, '_listed', ()):
                    yield below, 2 * self._step
    def _row(self, action, indent, column):
        head, help = ' ' * indent + self._format_action_invocation(action), action.help
        lines = self._split_lines(self._expand_help(action), max(self._width - column, 11)) if help and help.strip() else []
        if not lines:
            return head + '\n'
        if len(head) <= column - 2:
            lines[0], first = head.ljust(column) + lines[0], ''
        else:
            lines[0], first = ' ' * column + lines[0], head + '\n'
        return first + '\n'.join([lines[0], *[' ' * column + line for line in lines[1:]]]) + '\n'
    def help(self, parser):
        groups = parser._action_groups
        longest = max([self._step + len(self._format_action_invocation(action)) for group in groups for action, _ in self._rows(group)], default=0)
        column = min(longest + 2, self._farthest)
        parts = [self.usage(parser.usage, parser._actions, parser._mutually_exclusive_groups)]
        if parser.description:
            parts.append(self.text(parser.description) + '\n')
        for group in groups:
            rows = ''.join([self._row(action, indent, column) for action, indent in self._rows(group)])
            about = self.text(group.description, self._step) + '\n' if group.description else ''
            if rows or about:
                parts.append((f'{self._named(group.title)}:\n' if group.title is not None else '') + about + rows + '\n')
        if parser.epilog:
            parts.append(self.text(parser.epilog))
        return _re.sub(r'\n{3,}', '\n\n', ''.join(parts)).strip('\n') + '\n'

class RawDescriptionHelpFormatter(HelpFormatter):
    def _fill_text(self, text, width, indent): return indent + text.replace('\n', '\n' + indent) if not text.endswith('\n') else indent + text[:-1].replace('\n', '\n' + indent) + '\n'

class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    def _split_lines(self, text, width): return text.splitlines()

class ArgumentDefaultsHelpFormatter(HelpFormatter):
    def _get_help_string(self, action):
        text = action.help or ''
        has_one = action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE)
        return text if '%(default)' in text or action.default is SUPPRESS or not has_one else text + ' (default: %(default)s)'

class MetavarTypeHelpFormatter(HelpFormatter):
    def _get_default_metavar_for_optional(self, action): return action.type.__name__
    _get_default_metavar_for_positional = _get_default_metavar_for_optional
`;
