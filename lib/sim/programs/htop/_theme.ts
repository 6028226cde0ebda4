// htop's colour schemes: the default one's styles, changed on their way to the screen.
import { CellScreen } from "../kit/cell-screen.ts";

const BARS = /^30;4[0-7]$/;

/** In the order of the setup screen. */
const SCHEMES: readonly ((style: string) => string)[] = [
  (style) => style,
  // Monochromatic
  (style) => (BARS.test(style) ? "7" : style.startsWith("1") ? "1" : ""),
  // Black on White
  (style) => (BARS.test(style) ? style : style === "" || style === "1" ? "30;47" : `${style};47`),
  // Light Terminal
  (style) => (BARS.test(style) ? style.replace("46", "44") : style.replace("36", "34")),
  // MC
  (style) => (BARS.test(style) ? "30;46" : style === "" || style === "1" ? "37;44" : `${style};44`),
  // Black Night
  (style) => (BARS.test(style) ? style.replace("46", "42") : style === "" ? "36" : style.replace("36", "32")),
  // Broken Gray
  (style) => (style === "1;30" ? "37" : style),
];

export class ThemedScreen extends CellScreen {
  scheme = 0;

  #styled(style: string): string {
    return (SCHEMES[this.scheme] ?? ((same: string) => same))(style);
  }

  override fill(row: number, style = "", text = " "): void {
    super.fill(row, this.#styled(style), text);
  }

  override put(row: number, column: number, text: string, style = ""): number {
    return super.put(row, column, text, this.#styled(style));
  }
}
