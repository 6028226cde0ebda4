// How a window is cut into panes: splits side by side (h) or one above the other (v), with a line between.

export interface Place {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

interface Split<P> {
  readonly direction: "h" | "v";
  children: { layout: Layout<P>; share: number }[];
}

export type Layout<P> = { readonly pane: P } | Split<P>;

/** Puts `added` behind `pane`, which gives up half of its room. */
export function split<P>(layout: Layout<P>, pane: P, added: P, direction: "h" | "v", before = false): Layout<P> {
  if ("pane" in layout) {
    if (layout.pane !== pane) return layout;
    const both = [{ layout, share: 1 }, { layout: { pane: added }, share: 1 }];
    return { direction, children: before ? both.reverse() : both };
  }
  const at = layout.children.findIndex((child) => "pane" in child.layout && child.layout.pane === pane);
  const child = layout.children[at];
  if (child && layout.direction === direction) {
    const half = child.share / 2;
    const children = [...layout.children];
    children.splice(at, 1, ...(before ? [{ layout: { pane: added }, share: half }, { ...child, share: half }] : [{ ...child, share: half }, { layout: { pane: added }, share: half }]));
    return { ...layout, children };
  }
  return { ...layout, children: layout.children.map((one) => ({ ...one, layout: split(one.layout, pane, added, direction, before) })) };
}

export function without<P>(layout: Layout<P>, pane: P): Layout<P> | undefined {
  if ("pane" in layout) return layout.pane === pane ? undefined : layout;
  const children = layout.children.flatMap((child) => {
    const left = without(child.layout, pane);
    return left ? [{ ...child, layout: left }] : [];
  });
  const [only] = children;
  return children.length === 0 ? undefined : children.length === 1 && only ? only.layout : { ...layout, children };
}

export function panesOf<P>(layout: Layout<P>): P[] {
  return "pane" in layout ? [layout.pane] : layout.children.flatMap((child) => panesOf(child.layout));
}

/** The rooms of a split's children. */
export function divided<P>(layout: Split<P>, room: Place): readonly { readonly layout: Layout<P>; readonly place: Place }[] {
  const side = layout.direction === "h";
  const total = Math.max(layout.children.length, (side ? room.columns : room.rows) - (layout.children.length - 1));
  const shares = layout.children.reduce((sum, child) => sum + child.share, 0);
  let at = 0, given = 0, sharesGiven = 0;
  return layout.children.map((child, index) => {
    sharesGiven += child.share;
    const until = index === layout.children.length - 1 ? total : Math.ceil((total * sharesGiven) / shares);
    const size = Math.max(1, until - given);
    given = until;
    const place = side ? { ...room, column: room.column + at, columns: size } : { ...room, row: room.row + at, rows: size };
    at += size + 1;
    return { layout: child.layout, place };
  });
}

export function places<P>(layout: Layout<P>, room: Place): readonly { readonly pane: P; readonly place: Place }[] {
  if ("pane" in layout) return [{ pane: layout.pane, place: room }];
  return divided(layout, room).flatMap((child) => places(child.layout, child.place));
}

/** Two panes change places. */
export function swapped<P>(layout: Layout<P>, one: P, other: P): Layout<P> {
  if ("pane" in layout) return layout.pane === one ? { pane: other } : layout.pane === other ? { pane: one } : layout;
  return { ...layout, children: layout.children.map((child) => ({ ...child, layout: swapped(child.layout, one, other) })) };
}

export const LAYOUTS = ["even-horizontal", "even-vertical", "main-horizontal", "main-vertical", "tiled"] as const;

/** The layouts that Space goes through (tmux(1), "select-layout"): the main pane has its size, as far as the others keep room. */
export function arranged<P>(panes: readonly P[], name: (typeof LAYOUTS)[number], room: { readonly rows: number; readonly columns: number }, main: { readonly rows: number; readonly columns: number }): Layout<P> {
  // what is left over goes to the last one (layout_spread_cell)
  const even = (some: readonly P[], direction: "h" | "v"): Layout<P> => {
    const [only] = some;
    if (some.length === 1 && only !== undefined) return { pane: only };
    const size = direction === "h" ? room.columns : room.rows;
    const each = Math.max(1, Math.floor((size - (some.length - 1)) / some.length));
    return { direction, children: some.map((pane, at) => ({ layout: { pane }, share: at === some.length - 1 ? Math.max(1, size - (each + 1) * (some.length - 1)) : each })) };
  };
  const [first, ...rest] = panes;
  if (first === undefined || rest.length === 0 || name === "even-horizontal") return even(panes, "h");
  if (name === "even-vertical") return even(panes, "v");
  if (name !== "tiled") {
    const side = name === "main-horizontal";
    // the others get at least a line (layout_set_main_h)
    const whole = (side ? room.rows : room.columns) - 1;
    const wanted = side ? main.rows : main.columns;
    const size = wanted + 1 >= whole ? Math.max(1, whole - 1) : wanted;
    return { direction: side ? "v" : "h", children: [{ layout: { pane: first }, share: size }, { layout: even(rest, side ? "h" : "v"), share: Math.max(1, whole - size) }] };
  }
  const down = Math.ceil(panes.length / Math.ceil(Math.sqrt(panes.length)));
  const columns = Math.ceil(panes.length / down);
  const rows = Array.from({ length: down }, (_, row) => panes.slice(row * columns, (row + 1) * columns));
  // the last ones take what is left over (layout_set_tiled)
  const shares = (count: number, whole: number, at: number): number => {
    const each = Math.max(1, Math.floor((whole - (count - 1)) / count));
    return at === count - 1 ? Math.max(1, whole - (each + 1) * (count - 1)) : each;
  };
  const row = (some: readonly P[]): Layout<P> => {
    const [only] = some;
    if (some.length === 1 && only !== undefined) return { pane: only };
    const each = Math.max(1, Math.floor((room.columns - (columns - 1)) / columns));
    return { direction: "h", children: some.map((pane, at) => ({ layout: { pane }, share: at === some.length - 1 ? Math.max(1, room.columns - (each + 1) * (some.length - 1)) : each })) };
  };
  const [alone] = rows;
  return rows.length === 1 && alone ? row(alone) : { direction: "v", children: rows.map((some, at) => ({ layout: row(some), share: shares(rows.length, room.rows, at) })) };
}

/** A pane's border moves: the children of the nearest split in that direction get sizes in cells (layout_resize_pane). */
export function resized<P>(layout: Layout<P>, pane: P, direction: "h" | "v", by: number, room: Place): Layout<P> {
  if ("pane" in layout) return layout;
  const parts = divided(layout, room);
  const at = layout.children.findIndex((child) => panesOf(child.layout).includes(pane));
  const part = parts[at];
  if (!part) return layout;
  const inner = resized(part.layout, pane, direction, by, part.place);
  if (inner !== part.layout || layout.direction !== direction || layout.children.length < 2) {
    return inner === part.layout ? layout : { ...layout, children: layout.children.map((child, i) => (i === at ? { ...child, layout: inner } : child)) };
  }
  const sizes = parts.map(({ place }) => (direction === "h" ? place.columns : place.rows));
  const first = at === sizes.length - 1 ? at - 1 : at;
  // what one gains the next ones lose, each down to a single cell
  const [gains, losers] = by > 0 ? [first, sizes.map((_, i) => i).filter((i) => i > first)] : [first + 1, sizes.map((_, i) => i).filter((i) => i <= first).reverse()];
  let left = Math.abs(by);
  for (const loser of losers) {
    const given = Math.min(left, (sizes[loser] ?? 1) - 1);
    sizes[loser] = (sizes[loser] ?? 1) - given;
    sizes[gains] = (sizes[gains] ?? 1) + given;
    left -= given;
  }
  return { ...layout, children: layout.children.map((child, i) => ({ ...child, share: sizes[i] ?? 1 })) };
}

/** The panes of a split are as large as each other, the last one takes what is left over (select-layout -E). */
export function spread<P>(layout: Layout<P>, pane: P, room: Place): Layout<P> {
  if ("pane" in layout) return layout;
  const own = layout.children.some((child) => "pane" in child.layout && child.layout.pane === pane);
  const count = layout.children.length;
  const size = layout.direction === "h" ? room.columns : room.rows;
  const each = Math.max(1, Math.floor((size - (count - 1)) / count));
  const parts = divided(layout, room);
  return { ...layout, children: layout.children.map((child, at) => ({ layout: own ? child.layout : spread(child.layout, pane, parts[at]?.place ?? room), share: own ? (at === count - 1 ? Math.max(1, size - (each + 1) * (count - 1)) : each) : child.share })) };
}

/** The same rooms with other panes, in their order. */
export function refilled<P>(layout: Layout<P>, panes: readonly P[]): Layout<P> {
  let next = 0;
  const fill = (one: Layout<P>): Layout<P> => ("pane" in one ? { pane: panes[next++] ?? one.pane } : { ...one, children: one.children.map((child) => ({ ...child, layout: fill(child.layout) })) });
  return fill(layout);
}
