// What an empty Vim shows at its start, in the middle of the window (:intro).

const VERSION = ["VIM - Vi IMproved", "", "version 9.0.2142", "by Bram Moolenaar et al.", "Modified by team+vim@tracker.debian.org", "Vim is open source and freely distributable", ""];
const HELP = ["", "type  :q<Enter>               to exit         ", "type  :help<Enter>  or  <F1>  for on-line help", "type  :help version9<Enter>   for version info"];
const SPONSOR = ["Sponsor Vim development!", "type  :help sponsor<Enter>    for information "];
const UGANDA = ["Help poor children in Uganda!", "type  :help iccf<Enter>       for information "];
const COMPATIBLE = ["", "Running in Vi compatible mode", "type  :set nocp<Enter>        for Vim defaults", "type  :help cp-default<Enter> for info on this"];

/** Rows and where they begin; nothing when the window is too small for them. */
export function introRows(rows: number, columns: number, compatible: boolean, sponsor: boolean): readonly { readonly row: number; readonly column: number; readonly text: string }[] {
  const words = [...VERSION, ...(sponsor ? SPONSOR : UGANDA), ...HELP, ...(compatible ? COMPATIBLE : [])];
  if (columns < 50 || rows < words.length) return [];
  const first = Math.floor((rows - words.length) / 2);
  return words.map((text, i) => ({ row: first + i, column: Math.max(0, Math.floor((columns - text.length) / 2)), text: text.trimEnd() })).filter(({ text }) => text !== "");
}
