// Colours of the terminal: dark in both themes, as terminals are; every one readable on the background (minimumContrastRatio does the rest).
import type { ITheme } from "@xterm/xterm";

export const terminalTheme: ITheme = {
  background: "#0d1317",
  foreground: "#dfe5e8",
  cursor: "#e8a36b",
  cursorAccent: "#0d1317",
  selectionBackground: "#2f5660",
  black: "#3b474f",
  red: "#f0857a",
  green: "#7fd3a0",
  yellow: "#e3bd6e",
  blue: "#7fb4ec",
  magenta: "#d49be0",
  cyan: "#74cbd4",
  white: "#dfe5e8",
  brightBlack: "#8796a0",
  brightRed: "#ffa69c",
  brightGreen: "#a3e6bd",
  brightYellow: "#f3d597",
  brightBlue: "#a8cdf5",
  brightMagenta: "#e6bdee",
  brightCyan: "#a3e3e9",
  brightWhite: "#ffffff",
};

export const terminalFont = 'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';
