// heapq's functions over iterables, in Python; the heap itself is modules/heapq.ts.

export const source = String.raw`
def _best(n, items, key, reverse):
    return sorted(items, key=key, reverse=reverse)[:n if n > 0 else 0]

def nlargest(n, iterable, key=None): return _best(n, iterable, key, True)

def nsmallest(n, iterable, key=None): return _best(n, iterable, key, False)

# The waiting items, each with the iterator that it came from; the earlier iterator wins a tie.
class _Waiting:
    def __init__(self, place, rest, key, reverse):
        self.place, self.rest, self.key, self.reverse = place, rest, key, reverse
    def advance(self):
        for self.item in self.rest:
            self.rank = self.item if self.key is None else self.key(self.item)
            return True
        return False
    def __lt__(self, other):
        mine, theirs = (other.rank, self.rank) if self.reverse else (self.rank, other.rank)
        return mine < theirs or not theirs < mine and self.place < other.place

def merge(*iterables, key=None, reverse=False):
    every = [_Waiting(place, iter(one), key, reverse) for place, one in enumerate(iterables)]
    heap = [one for one in every if one.advance()]
    heapify(heap)
    while heap:
        first = heap[0]
        yield first.item
        if first.advance():
            heapreplace(heap, first)
        else:
            heappop(heap)
`;
