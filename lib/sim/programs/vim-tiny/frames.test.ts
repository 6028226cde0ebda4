import { expect, test } from "vitest";
import { VimBuffer } from "./_buffer.ts";
import { equalize, heirOf, insertBeside, neighbour, placeFrames, removeFrame, resizeFrame, setFrameSize, windowsOf } from "./_frames.ts";
import { VimWindow } from "./_window.ts";

function window(): VimWindow {
  const made = new VimWindow(new VimBuffer(1, "f"));
  made.statusRows = 1;
  return made;
}

/** Three windows: one at the left, two above each other at the right; 80 columns, 23 rows with status lines. */
function three(): { root: VimWindow["frame"]; left: VimWindow; top: VimWindow; bottom: VimWindow } {
  const [left, top, bottom] = [window(), window(), window()];
  const root = left.frame;
  resizeFrame(root, "row", 80);
  resizeFrame(root, "column", 23);
  insertBeside(left.frame, top.frame, "row", true);
  insertBeside(top.frame, bottom.frame, "column", true);
  equalize(root, left, undefined);
  placeFrames(root, 0, 0);
  return { root, left, top, bottom };
}

const size = ({ row, column, height, columns, separator }: VimWindow) => [row, column, height, columns, separator];

// The sizes are those that vim.tiny 9.0 shows at 80x24.
test("windows of equal size", () => {
  const { left, top, bottom } = three();
  expect([left, top, bottom].map(size)).toEqual([[0, 0, 22, 40, 1], [0, 41, 11, 39, 0], [12, 41, 10, 39, 0]]);
});

test("a closed window leaves its room to the next", () => {
  const { root, left, top, bottom } = three();
  const heir = heirOf(top.frame, false);
  if (heir) expect(removeFrame(top.frame, heir)).toBe("column");
  placeFrames(root, 0, 0);
  expect(windowsOf(root)).toEqual([left, bottom]);
  expect(size(bottom)).toEqual([0, 41, 22, 39, 0]);
});

test("a larger window takes from those behind it, then from those before it", () => {
  const { root, left, top, bottom } = three();
  setFrameSize(top.frame, "column", 99);
  setFrameSize(left.frame, "row", 99);
  placeFrames(root, 0, 0);
  expect([left, top, bottom].map(size)).toEqual([[0, 0, 22, 78, 1], [0, 79, 20, 1, 0], [21, 79, 1, 1, 0]]);
});

test("neighbours are found by the cursor's row", () => {
  const { left, top, bottom } = three();
  expect(neighbour(left, "row", 1, 1, { row: 2, column: 0 })).toBe(top);
  expect(neighbour(left, "row", 1, 1, { row: 15, column: 0 })).toBe(bottom);
  expect(neighbour(bottom, "column", -1, 5, { row: 15, column: 50 })).toBe(top);
  expect(neighbour(left, "column", 1, 1, { row: 0, column: 0 })).toBe(left);
});
