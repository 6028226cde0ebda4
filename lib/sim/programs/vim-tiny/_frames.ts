// How windows share the screen: a tree of frames, rows of windows side by side and columns of windows one above another. The sizes follow Vim
// (window.txt: opening, closing, resizing windows; 'equalalways', 'winwidth'): new windows take half, closed ones leave their room to a neighbour.

import type { VimWindow } from "./_window.ts";

export type Direction = "row" | "column";

export interface Frame {
  parent: Frame | undefined;
  /** a window, or frames that share its room */
  content: VimWindow | { direction: Direction; frames: Frame[] };
  width: number;
  height: number;
}

/** Rows and columns that a window has at least, and columns that the one with the cursor gets. */
export const LEAST = 1;
export const WANTED_WIDTH = 20;

function windowOf(frame: Frame): VimWindow | undefined {
  return "direction" in frame.content ? undefined : frame.content;
}

export function framesOf(frame: Frame): readonly Frame[] {
  return "direction" in frame.content ? frame.content.frames : [];
}

export function directionOf(frame: Frame): Direction | undefined {
  return "direction" in frame.content ? frame.content.direction : undefined;
}

export function windowsOf(frame: Frame): VimWindow[] {
  const window = windowOf(frame);
  return window ? [window] : framesOf(frame).flatMap(windowsOf);
}

export function firstWindow(frame: Frame): VimWindow {
  if (!("direction" in frame.content)) return frame.content;
  const [first] = frame.content.frames;
  if (!first) throw new Error("a frame without frames");
  return firstWindow(first);
}

/** The neighbour in the same row or column. */
export function sibling(frame: Frame, by: 1 | -1): Frame | undefined {
  const all = frame.parent ? framesOf(frame.parent) : [];
  return all[all.indexOf(frame) + by];
}

function holds(frame: Frame, window: VimWindow | undefined): boolean {
  return window !== undefined && windowsOf(frame).includes(window);
}

/** Rows or columns that the frame needs; the window named gets what the cursor's window is to have. */
export function least(frame: Frame, direction: Direction, wanted: VimWindow | undefined): number {
  const window = windowOf(frame);
  if (window) return direction === "row" ? (window === wanted ? WANTED_WIDTH : LEAST) + window.separator : LEAST + window.statusRows;
  const needs = framesOf(frame).map((one) => least(one, direction, wanted));
  return directionOf(frame) === direction ? needs.reduce((sum, need) => sum + need, 0) : Math.max(...needs);
}

export function sizeOf(frame: Frame, direction: Direction): number {
  return direction === "row" ? frame.width : frame.height;
}

/** Gives the frame another size along a direction; its last frames (or the first) take or give first. */
export function resizeFrame(frame: Frame, direction: Direction, size: number, fromFirst = false): void {
  const window = windowOf(frame);
  if (window) {
    if (direction === "row") {
      window.separator = hasNeighbourRight(frame) ? 1 : 0;
      window.columns = size - window.separator;
    } else window.setHeight(size - window.statusRows);
  } else if (directionOf(frame) !== direction) {
    for (const one of framesOf(frame)) resizeFrame(one, direction, size, fromFirst);
  } else {
    let extra = size - sizeOf(frame, direction);
    const order = fromFirst ? framesOf(frame) : framesOf(frame).toReversed();
    for (const one of order) {
      const need = least(one, direction, undefined);
      const now = sizeOf(one, direction);
      const next = Math.max(need, now + extra);
      extra -= next - now;
      resizeFrame(one, direction, next, fromFirst);
      if (extra === 0) break;
    }
  }
  if (direction === "row") frame.width = size;
  else frame.height = size;
}

function hasNeighbourRight(frame: Frame): boolean {
  for (let at = frame; at.parent; at = at.parent) if (directionOf(at.parent) === "row" && sibling(at, 1)) return true;
  return false;
}

/** Whether the status line goes on at the right, in that of the next window. */
export function statusGoesOn(frame: Frame): boolean {
  for (let at = frame; at.parent; at = at.parent) {
    if (!sibling(at, 1)) continue;
    return directionOf(at.parent) === "row";
  }
  return false;
}

/** Where each window begins. */
export function placeFrames(frame: Frame, row: number, column: number): void {
  const window = windowOf(frame);
  if (window) {
    window.row = row;
    window.column = column;
    return;
  }
  let at = 0;
  for (const one of framesOf(frame)) {
    if (directionOf(frame) === "row") placeFrames(one, row, column + at);
    else placeFrames(one, row + at, column);
    at += sizeOf(one, directionOf(frame) ?? "row");
  }
}

/** Puts a frame beside another one, in a row or column of frames that is made when there is none yet. */
export function insertBeside(frame: Frame, created: Frame, direction: Direction, after: boolean): void {
  if (!frame.parent || directionOf(frame.parent) !== direction) {
    const inner: Frame = { parent: frame, content: frame.content, width: frame.width, height: frame.height };
    if ("direction" in inner.content) for (const one of inner.content.frames) one.parent = inner;
    else inner.content.frame = inner;
    frame.content = { direction, frames: [inner] };
    frame = inner;
  }
  const { parent } = frame;
  if (!parent || !("direction" in parent.content)) return;
  created.parent = parent;
  parent.content.frames.splice(parent.content.frames.indexOf(frame) + (after ? 1 : 0), 0, created);
}

/** The frame that gets the room when this one goes: the next, or the one before; with 'splitbelow' and 'splitright' the one before. */
export function heirOf(frame: Frame, before: boolean): Frame | undefined {
  const next = sibling(frame, 1);
  const previous = sibling(frame, -1);
  return before ? (previous ?? next) : (next ?? previous);
}

/** Takes a frame out of the tree and gives its room away. The direction that was shared. */
export function removeFrame(frame: Frame, heir: Frame): Direction {
  const { parent } = frame;
  if (!parent || !("direction" in parent.content)) throw new Error("the last frame");
  const { direction, frames } = parent.content;
  const fromFirst = heir === sibling(frame, 1);
  const size = sizeOf(heir, direction) + sizeOf(frame, direction);
  frames.splice(frames.indexOf(frame), 1);
  resizeFrame(heir, direction, size, fromFirst);
  const [only] = frames;
  if (only && frames.length === 1) {
    parent.content = only.content;
    if ("direction" in parent.content) for (const one of parent.content.frames) one.parent = parent;
    else parent.content.frame = parent;
    flatten(parent);
  }
  return direction;
}

/** A row within a row is one row. */
function flatten(frame: Frame): void {
  const { parent } = frame;
  if (!parent || !("direction" in parent.content) || directionOf(frame) !== parent.content.direction) return;
  const { frames } = parent.content;
  const inner = framesOf(frame);
  for (const one of inner) one.parent = parent;
  frames.splice(frames.indexOf(frame), 1, ...inner);
}

interface Equalizing {
  readonly wanted: VimWindow | undefined;
  /** only this direction; undefined: both */
  readonly only: Direction | undefined;
  readonly columns: number;
}

/** Makes all windows the same size, where there are several: the rounding is that of Vim's 'equalalways'. */
export function equalize(frame: Frame, wanted: VimWindow | undefined, only: Direction | undefined): void {
  for (const window of windowsOf(frame)) window.separator = hasNeighbourRight(window.frame) ? 1 : 0;
  share(frame, { wanted, only, columns: frame.width }, 0, frame.width, frame.height);
}

function share(frame: Frame, how: Equalizing, column: number, width: number, height: number): void {
  const direction = directionOf(frame);
  if (direction === undefined) {
    resizeFrame(frame, "column", height);
    resizeFrame(frame, "row", width);
    return;
  }
  frame.width = width;
  frame.height = height;
  const total = direction === "row" ? width : height;
  const wantedSize = direction === "row" ? WANTED_WIDTH : LEAST;
  const equal = how.only === undefined || how.only === direction;
  // the rightmost window has no separator
  const extra = direction === "row" && column + width === how.columns ? 1 : 0;
  let count = 0;
  let room = 0;
  let wantedExtra = 0;
  const hasWanted = holds(frame, how.wanted);
  if (equal) {
    count = Math.floor((least(frame, direction, undefined) + extra) / (LEAST + 1));
    room = total - least(frame, direction, how.wanted);
    if (room < 0) {
      wantedExtra = wantedSize + room;
      room = 0;
    } else if (!hasWanted) wantedExtra = 0;
    else if (count > 1 && Math.floor((room + count - 2) / (count - 1)) > wantedSize) {
      wantedExtra = Math.floor((room + wantedSize + (count - 1) * LEAST + (count >> 1)) / count);
      room -= wantedExtra - wantedSize;
    } else wantedExtra = wantedSize;
    if (hasWanted) count--;
  }
  let left = total;
  let at = column;
  const frames = framesOf(frame);
  frames.forEach((one, i) => {
    let size: number;
    let windows = 1;
    if (i === frames.length - 1) size = left;
    else if (!equal) size = sizeOf(one, direction);
    else {
      const need = least(one, direction, undefined);
      windows = Math.floor(need / (LEAST + 1));
      const mine = hasWanted && holds(one, how.wanted);
      if (mine) windows--;
      size = count === 0 ? room : Math.floor((windows * room + (count >> 1)) / count);
      room -= size;
      if (mine) {
        wantedExtra -= wantedSize - (least(one, direction, how.wanted) - need);
        size += wantedExtra;
      }
      size += need;
    }
    if (direction === "row") share(one, how, at, size, height);
    else share(one, how, column, width, size);
    at += size;
    left -= size;
    count -= windows;
  });
}

/** Gives a frame another size at the cost of the next ones, then of those before it. */
export function setFrameSize(frame: Frame, direction: Direction, wanted: number): void {
  const { parent } = frame;
  if (!parent) return;
  if (directionOf(parent) !== direction) {
    setFrameSize(parent, direction, Math.max(wanted, least(parent, direction, undefined)));
    return;
  }
  let size = wanted;
  for (let round = 0; round < 2; round++) {
    const room = framesOf(parent).reduce((sum, one) => sum + sizeOf(one, direction) - (one === frame ? 0 : least(one, direction, undefined)), 0);
    if (size <= room) break;
    if (round === 1 || !parent.parent) {
      size = room;
      break;
    }
    setFrameSize(parent, direction, size + least(parent, direction, undefined) - LEAST - 1);
  }
  let take = size - sizeOf(frame, direction);
  resizeFrame(frame, direction, size);
  for (const by of [1, -1] as const) {
    for (let one = sibling(frame, by); one && take !== 0; one = sibling(one, by)) {
      const now = sizeOf(one, direction);
      const next = Math.max(now - take, least(one, direction, undefined));
      take -= now - next;
      resizeFrame(one, direction, next);
    }
  }
}

/** The window above or below, left or right of one, as many steps away; by where the cursor is. */
export function neighbour(window: VimWindow, direction: Direction, by: 1 | -1, steps: number, cursor: { readonly row: number; readonly column: number }): VimWindow {
  let found = window.frame;
  for (let i = 0; i < steps; i++) {
    let at: Frame | undefined = found;
    while (at && !(at.parent && directionOf(at.parent) === direction && sibling(at, by))) at = at.parent;
    let next = at && sibling(at, by);
    if (!next) break;
    while (directionOf(next) !== undefined) next = childAt(next, direction, by, cursor);
    found = next;
  }
  return firstWindow(found);
}

function childAt(frame: Frame, direction: Direction, by: 1 | -1, cursor: { readonly row: number; readonly column: number }): Frame {
  const frames = framesOf(frame);
  const last = frames.at(-1) ?? frame;
  if (directionOf(frame) === direction) return by > 0 ? (frames[0] ?? frame) : last;
  return frames.find((one) => {
    const window = firstWindow(one);
    return direction === "column" ? window.column + one.width > cursor.column : window.row + one.height > cursor.row;
  }) ?? last;
}

/** Windows of one row or column in another order: each keeps its size. */
export function reorder(parent: Frame, frames: Frame[]): void {
  if (!("direction" in parent.content)) return;
  parent.content.frames = frames;
  for (const frame of frames) {
    const window = windowOf(frame);
    if (!window) continue;
    window.separator = hasNeighbourRight(frame) ? 1 : 0;
    frame.width = window.columns + window.separator;
  }
}
