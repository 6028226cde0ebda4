// Steps through a line: characters with their combining marks, and the three kinds of words of readline (letters and digits;
// blanks; vi's). Positions are UTF-16 offsets that always stand before a base character.

import { characterWidth } from "../kernel/sys.ts";

function isMark(text: string, index: number): boolean {
  const code = text.codePointAt(index) ?? 0;
  return code >= 0x300 && characterWidth(code) === 0;
}

export function nextCharacter(text: string, index: number): number {
  if (index >= text.length) return text.length;
  index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  while (index < text.length && isMark(text, index)) index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  return index;
}

function previousCodePoint(text: string, index: number): number {
  if (index <= 0) return 0;
  index -= 1;
  const low = text.charCodeAt(index);
  const high = index > 0 ? text.charCodeAt(index - 1) : 0;
  return low >= 0xdc00 && low < 0xe000 && high >= 0xd800 && high < 0xdc00 ? index - 1 : index;
}

export function previousCharacter(text: string, index: number): number {
  do index = previousCodePoint(text, index);
  while (index > 0 && isMark(text, index));
  return index;
}

const LETTER_OR_DIGIT = /^[\p{L}\p{N}]$/u;

function characterAt(text: string, index: number): string {
  return text.slice(index, nextCharacter(text, index));
}

/** readline's word constituents for Alt-B, Alt-F, Alt-D...: alphabetic characters and digits. */
export function isWordCharacter(character: string): boolean {
  return LETTER_OR_DIGIT.test(String.fromCodePoint(character.codePointAt(0) ?? 0));
}

export function isBlank(character: string): boolean {
  return character === " " || character === "\t" || character === "\n";
}

export function forwardWhile(text: string, index: number, holds: (character: string) => boolean): number {
  while (index < text.length && holds(characterAt(text, index))) index = nextCharacter(text, index);
  return index;
}

export function backwardWhile(text: string, index: number, holds: (character: string) => boolean): number {
  while (index > 0) {
    const before = previousCharacter(text, index);
    if (!holds(text.slice(before, index))) return index;
    index = before;
  }
  return index;
}

const not = (holds: (character: string) => boolean) => (character: string): boolean => !holds(character);

export function forwardWord(text: string, index: number, inWord = isWordCharacter): number {
  return forwardWhile(text, forwardWhile(text, index, not(inWord)), inWord);
}

export function backwardWord(text: string, index: number, inWord = isWordCharacter): number {
  return backwardWhile(text, backwardWhile(text, index, not(inWord)), inWord);
}

/** Start of the blank-delimited word before the position (unix-word-rubout). */
export function backwardBlankWord(text: string, index: number): number {
  return backwardWhile(text, backwardWhile(text, index, isBlank), not(isBlank));
}
