// What C-b q shows on each pane: its number in large cells when there is room, its size in the upper right corner.
import type { CellScreen } from "../kit/cell-screen.ts";
import type { Place } from "./_layout.ts";

/** Five rows of five cells for each digit, and for what else a clock shows. */
const DIGITS = ["01110 10001 10001 10001 01110", "00100 01100 00100 00100 01110", "11110 00001 01110 10000 11111", "11110 00001 01110 00001 11110", "10010 10010 11111 00010 00010", "11111 10000 11110 00001 11110", "01111 10000 11110 10001 01110", "11111 00001 00010 00100 00100", "01110 10001 01110 10001 01110", "01110 10001 01111 00001 11110"];

const SIGNS: ReadonlyMap<string, string> = new Map([[":", "00000 00100 00000 00100 00000"], ["A", "11111 10001 11111 10001 10001"], ["P", "11111 10001 11111 10000 10000"], ["M", "10001 11011 10101 10001 10001"]]);

/** A row of large characters; what has no picture is left out. */
export function drawLargeDigits(screen: CellScreen, row: number, column: number, text: string, style: string): void {
  [...text].forEach((char, index) => {
    const picture = /\d/.test(char) ? DIGITS[Number(char)] : SIGNS.get(char);
    (picture ?? "").split(" ").forEach((line, down) => [...line].forEach((cell, right) => {
      if (cell === "1") screen.put(row + down, column + index * 6 + right, " ", style);
    }));
  });
}

export function drawPaneNumber(screen: CellScreen, place: Place, number: number, active: boolean): void {
  const text = String(number);
  const [colour, ground] = active ? ["31", "41"] : ["34", "44"];
  const width = text.length * 6;
  if (place.columns < width || place.rows < 5) screen.put(place.row + Math.floor(place.rows / 2), place.column + Math.floor((place.columns - text.length) / 2), text, colour);
  else {
    drawLargeDigits(screen, place.row + Math.floor((place.rows - 5) / 2), place.column + Math.floor((place.columns - width) / 2), text, ground);
  }
  const size = `${place.columns}x${place.rows}`;
  if (place.rows > 6 && place.columns >= size.length) screen.put(place.row, place.column + place.columns - size.length, size, colour);
}
