// The font that the kernel shows: what setfont gave it, or its own of 256 characters in 8x16.

import type { Sys } from "../../kernel/sys.ts";
import { ask } from "./_console.ts";
import type { ScreenFont } from "./_psf.ts";

/** Boxes whose rows show the character's number: nobody sees this console. */
export function plainGlyphs(count: number, width: number, height: number): Uint8Array {
  const row = Math.ceil(width / 8);
  return Uint8Array.from({ length: count * row * height }, (_, at) => {
    const line = Math.trunc(at / row) % height;
    return line === 0 || line === height - 1 ? 0x7e : line % 2 === 0 ? 0x42 : Math.trunc(at / (row * height)) & 0x7e;
  });
}

/** Code page 437 from 0x80 on, as the kernel's own font has it. */
const CP437 = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

export function consoleFontOf(sys: Sys, fd: number): ScreenFont {
  const set = ask(sys, fd, "KDFONTGET") as ScreenFont | undefined;
  if (set !== undefined) return set;
  return { version: 1, count: 256, width: 8, height: 16, glyphs: plainGlyphs(256, 8, 16), table: Array.from({ length: 256 }, (_, glyph) => (glyph < 32 ? [] : [glyph < 128 ? String.fromCharCode(glyph) : (CP437[glyph - 128] ?? "")])) };
}
