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

/** The layouts that Space goes through (tmux(1), "select-layout"). */
export function arranged<P>(panes: readonly P[], name: (typeof LAYOUTS)[number]): Layout<P> {
  const even = (some: readonly P[], direction: "h" | "v"): Layout<P> => {
    const [only] = some;
    return some.length === 1 && only !== undefined ? { pane: only } : { direction, children: some.map((pane) => ({ layout: { pane }, share: 1 })) };
  };
  const [main, ...rest] = panes;
  if (main === undefined || rest.length === 0 || name === "even-horizontal") return even(panes, "h");
  if (name === "even-vertical") return even(panes, "v");
  if (name === "main-horizontal") return { direction: "v", children: [{ layout: { pane: main }, share: 2 }, { layout: even(rest, "h"), share: 1 }] };
  if (name === "main-vertical") return { direction: "h", children: [{ layout: { pane: main }, share: 2 }, { layout: even(rest, "v"), share: 1 }] };
  const columns = Math.ceil(Math.sqrt(panes.length));
  const rows = Array.from({ length: Math.ceil(panes.length / columns) }, (_, row) => panes.slice(row * columns, (row + 1) * columns));
  return rows.length === 1 ? even(panes, "h") : { direction: "v", children: rows.map((row) => ({ layout: even(row, "h"), share: 1 })) };
}
