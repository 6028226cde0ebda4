// difflib, in Python: the longest common runs first, then what lies left and right of them (Ratcliff and Obershelp).

import { registerModule } from "../registry.ts";

registerModule("difflib", { source: String.raw`
import collections as _collections, heapq as _heapq
Match = _collections.namedtuple('Match', 'a b size')

class SequenceMatcher:
    def __init__(self, isjunk=None, a='', b='', autojunk=True):
        self.isjunk, self.autojunk = isjunk, autojunk
        self.set_seqs(a, b)
    def set_seqs(self, a, b):
        self.set_seq2(b)
        self.set_seq1(a)
    def set_seq1(self, a): self.a, self._blocks = a, None
    def set_seq2(self, b):
        self.b, self._blocks, places = b, None, {}
        for at, item in enumerate(b):
            places.setdefault(item, []).append(at)
        self.bjunk = {item for item in places if self.isjunk and self.isjunk(item)}
        for item in self.bjunk:
            del places[item]
        # In long sequences what stands everywhere tells nothing.
        self.bpopular = {item for item, where in places.items() if len(where) > len(b) // 100 + 1} if self.autojunk and len(b) >= 200 else set()
        for item in self.bpopular:
            del places[item]
        self.b2j = places
    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        a, b = self.a, self.b
        ahi, bhi = len(a) if ahi is None else ahi, len(b) if bhi is None else bhi
        best, runs = (alo, blo, 0), {}
        for i in range(alo, ahi):
            longer = {}
            for j in self.b2j.get(a[i], ()):
                if blo <= j < bhi:
                    longer[j] = size = runs.get(j - 1, 0) + 1
                    if size > best[2]:
                        best = (i - size + 1, j - size + 1, size)
            runs = longer
        i, j, size = best
        # Grown over what was left out of the table: first over the popular, then over junk.
        for junk in (False, True):
            while i > alo and j > blo and a[i - 1] == b[j - 1] and (b[j - 1] in self.bjunk) == junk:
                i, j, size = i - 1, j - 1, size + 1
            while i + size < ahi and j + size < bhi and a[i + size] == b[j + size] and (b[j + size] in self.bjunk) == junk:
                size += 1
        return Match(i, j, size)
    def get_matching_blocks(self):
        if self._blocks is None:
            found, areas = [], [(0, len(self.a), 0, len(self.b))]
            while areas:
                alo, ahi, blo, bhi = areas.pop()
                i, j, size = match = self.find_longest_match(alo, ahi, blo, bhi)
                if size:
                    found.append(match)
                    areas += [(alo, i, blo, j), (i + size, ahi, j + size, bhi)]
            joined = []
            for i, j, size in sorted(found):
                if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
                    size += joined[-1][2]
                    i, j, _ = joined.pop()
                joined.append(Match(i, j, size))
            self._blocks = [*joined, Match(len(self.a), len(self.b), 0)]
        return self._blocks
    def get_opcodes(self):
        codes, i, j = [], 0, 0
        for a, b, size in self.get_matching_blocks():
            if i < a or j < b:
                codes.append(('replace' if i < a and j < b else 'delete' if i < a else 'insert', i, a, j, b))
            i, j = a + size, b + size
            if size:
                codes.append(('equal', a, i, b, j))
        return codes
    def get_grouped_opcodes(self, n=3):
        codes = self.get_opcodes() or [('equal', 0, 1, 0, 1)]
        group = []
        for at, (tag, i1, i2, j1, j2) in enumerate(codes):
            first, last = at == 0, at == len(codes) - 1
            if tag == 'equal':
                if not first and not last and i2 - i1 > 2 * n:
                    yield [*group, (tag, i1, i1 + n, j1, j1 + n)]
                    group = [(tag, i2 - n, i2, j2 - n, j2)]
                    continue
                if first:
                    i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
                if last:
                    i2, j2 = min(i2, i1 + n), min(j2, j1 + n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == 'equal'):
            yield group
    def ratio(self): return self._share(sum([size for _, _, size in self.get_matching_blocks()]))
    def _share(self, common): return 2.0 * common / (len(self.a) + len(self.b)) if len(self.a) + len(self.b) else 1.0
    def quick_ratio(self):
        left = _collections.Counter(self.b)
        return self._share(sum((_collections.Counter(self.a) & left).values()))
    def real_quick_ratio(self): return self._share(min(len(self.a), len(self.b)))

def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    if n <= 0:
        raise ValueError('n must be > 0: %r' % (n,))
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError('cutoff must be in [0.0, 1.0]: %r' % (cutoff,))
    rated = [(SequenceMatcher(None, one, word).ratio(), one) for one in possibilities]
    return [one for _, one in _heapq.nlargest(n, [pair for pair in rated if pair[0] >= cutoff])]

def _range(start, stop):
    length = stop - start
    return f'{start + 1}' if length == 1 else f'{start + (length > 0)},{length}'

def unified_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    groups = [*SequenceMatcher(None, a, b).get_grouped_opcodes(n)]
    if groups:
        for sign, name, date in (('---', fromfile, fromfiledate), ('+++', tofile, tofiledate)):
            yield f'{sign} {name}' + (f'\t{date}' if date else '') + lineterm
    for group in groups:
        yield f'@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@{lineterm}'
        for tag, i1, i2, j1, j2 in group:
            if tag == 'equal':
                yield from (' ' + line for line in a[i1:i2])
            else:
                yield from ('-' + line for line in a[i1:i2])
                yield from ('+' + line for line in b[j1:j2])

class Differ:
    def __init__(self, linejunk=None, charjunk=None): self.linejunk, self.charjunk = linejunk, charjunk
    def compare(self, a, b):
        for tag, i1, i2, j1, j2 in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == 'replace':
                yield from self._changed(a, i1, i2, b, j1, j2)
            elif tag == 'equal':
                yield from ('  ' + line for line in a[i1:i2])
            else:
                yield from ('- ' + line for line in a[i1:i2])
                yield from ('+ ' + line for line in b[j1:j2])
    def _plain(self, a, i1, i2, b, j1, j2):
        gone, new = ['- ' + line for line in a[i1:i2]], ['+ ' + line for line in b[j1:j2]]
        yield from new + gone if len(new) < len(gone) else gone + new
    # The two lines that are most alike are shown as one changed line; above and below it the same again.
    def _changed(self, a, i1, i2, b, j1, j2):
        best, place, same = 0.74, None, None
        matcher = SequenceMatcher(self.charjunk)
        for j in range(j1, j2):
            matcher.set_seq2(b[j])
            for i in range(i1, i2):
                if a[i] == b[j]:
                    same = (i, j) if same is None else same
                    continue
                matcher.set_seq1(a[i])
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
                    best, place = ratio, (i, j)
        if best < 0.75:
            place = same
        if place is None:
            yield from self._plain(a, i1, i2, b, j1, j2)
            return
        i, j = place
        yield from self._part(a, i1, i, b, j1, j)
        if a[i] == b[j] or best < 0.75:
            yield '  ' + a[i]
        else:
            yield from self._guided(a[i], b[j])
        yield from self._part(a, i + 1, i2, b, j + 1, j2)
    def _part(self, a, i1, i2, b, j1, j2):
        if i1 < i2 and j1 < j2:
            yield from self._changed(a, i1, i2, b, j1, j2)
        else:
            yield from ('- ' + line for line in a[i1:i2])
            yield from ('+ ' + line for line in b[j1:j2])
    def _guided(self, first, second):
        marks = ['', '']
        for tag, i1, i2, j1, j2 in SequenceMatcher(self.charjunk, first, second).get_opcodes():
            signs = {'replace': '^^', 'delete': '-+', 'insert': '-+', 'equal': '  '}[tag]
            marks[0] += signs[0] * (i2 - i1)
            marks[1] += signs[1] * (j2 - j1)
        for sign, line, mark in (('- ', first, marks[0]), ('+ ', second, marks[1])):
            yield sign + line
            mark = ''.join([c if m == ' ' and c.isspace() else m for c, m in zip(line, mark)]).rstrip()
            if mark:
                yield '? ' + mark + '\n'

def IS_CHARACTER_JUNK(ch, ws=' \t'): return ch in ws
def IS_LINE_JUNK(line, pat=None): return line.strip() in ('', '#')
def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK): return Differ(linejunk, charjunk).compare(a, b)
def restore(delta, which):
    return (line[2:] for line in delta if line[:2] in ('  ', {1: '- ', 2: '+ '}[int(which)]))
` });
