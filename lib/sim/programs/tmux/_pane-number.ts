// What C-b q shows on each pane: its number in large cells when there is room, its size in the upper right corner.
import type { CellScreen } from "../kit/cell-screen.ts";
import type { Place } from "./_layout.ts";

/** Five rows of five cells for each digit. */
const DIGITS = ["01110 10001 10001 10001 01110", "00100 01100 00100 00100 01110", "11110 00001 01110 10000 11111", "11110 00001 01110 00001 11110", "10010 10010 11111 00010 00010", "11111 10000 11110 00001 11110", "01111 10000 11110 10001 01110", "11111 00001 00010 00100 00100", "01110 10001 01110 10001 01110", "01110 10001 01111 00001 11110"];

export function drawPaneNumber(screen: CellScreen, place: Place, number: number, active: boolean): void {
  const text = String(number);
  const [colour, ground] = active ? ["31", "41"] : ["34", "44"];
  const width = text.length * 6;
  if (place.columns < width || place.rows < 5) screen.put(place.row + Math.floor(place.rows / 2), place.column + Math.floor((place.columns - text.length) / 2), text, colour);
  else {
    let column = place.column + Math.floor((place.columns - width) / 2);
    const top = place.row + Math.floor((place.rows - 5) / 2);
    for (const digit of text) {
      (DIGITS[Number(digit)] ?? "").split(" ").forEach((line, row) => [...line].forEach((cell, at) => {
        if (cell === "1") screen.put(top + row, column + at, " ", ground);
      }));
      column += 6;
    }
  }
  const size = `${place.columns}x${place.rows}`;
  if (place.rows > 6 && place.columns >= size.length) screen.put(place.row, place.column + place.columns - size.length, size, colour);
}
