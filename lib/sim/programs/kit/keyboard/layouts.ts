// What the keys of common keyboards mean, by the names that XKB gives the layouts (xkeyboard-config(7)). Four rows of keys, three levels: alone, with Shift,
// with AltGr. A word is the character itself, a dead key's name, or "." for nothing.

/** Keycodes of the kernel in the order of the rows below. */
export const KEY_ROWS: readonly (readonly number[])[] = [
  [41, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
  [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27],
  [30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 43],
  [86, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53],
];

export interface KeyboardLayout {
  /** the four rows of each level */
  readonly plain: readonly string[];
  readonly shift: readonly string[];
  readonly altgr: readonly string[];
}

const NONE = [". . . . . . . . . . . . .", ". . . . . . . . . . . .", ". . . . . . . . . . . .", ". . . . . . . . . . ."];

const US: KeyboardLayout = {
  plain: ["` 1 2 3 4 5 6 7 8 9 0 - =", "q w e r t y u i o p [ ]", "a s d f g h j k l ; ' \\", "< z x c v b n m , . /"],
  shift: ["~ ! @ # $ % ^ & * ( ) _ +", "Q W E R T Y U I O P { }", "A S D F G H J K L : \" |", "> Z X C V B N M < > ?"],
  altgr: NONE,
};
const FR: KeyboardLayout = {
  plain: ["² & é \" ' ( - è _ ç à ) =", "a z e r t y u i o p dead_circumflex $", "q s d f g h j k l m ù *", "< w x c v b n , ; : !"],
  shift: ["~ 1 2 3 4 5 6 7 8 9 0 ° +", "A Z E R T Y U I O P dead_diaeresis £", "Q S D F G H J K L M % µ", "> W X C V B N ? . / §"],
  altgr: ["¬ ¹ ~ # { [ | ` \\ ^ @ ] }", "æ « € ¶ ŧ ← ↓ → ø þ dead_diaeresis ¤", "@ ß ð đ ŋ ħ . ĸ ł µ dead_circumflex dead_grave", "| ł » ¢ “ ” n dead_acute ─ · ."],
};
const BE: KeyboardLayout = {
  plain: ["² & é \" ' ( § è ! ç à ) -", FR.plain[1] ?? "", "q s d f g h j k l m ù µ", "< w x c v b n , ; : ="],
  shift: ["³ 1 2 3 4 5 6 7 8 9 0 ° _", "A Z E R T Y U I O P dead_diaeresis *", "Q S D F G H J K L M % £", "> W X C V B N ? . / +"],
  altgr: ["¬ | @ # { [ ^ } [ { } \\ .", ". . € . . . . . . . [ ]", ". . . . . . . . . . ´ `", "\\ . . . . . . . . . ~"],
};
const DE: KeyboardLayout = {
  plain: ["dead_circumflex 1 2 3 4 5 6 7 8 9 0 ß dead_acute", "q w e r t z u i o p ü +", "a s d f g h j k l ö ä #", "< y x c v b n m , . -"],
  shift: ["° ! \" § $ % & / ( ) = ? dead_grave", "Q W E R T Z U I O P Ü *", "A S D F G H J K L Ö Ä '", "> Y X C V B N M ; : _"],
  altgr: [". . ² ³ ¼ ½ ¬ { [ ] } \\ dead_cedilla", "@ . € . . . . . . . dead_diaeresis ~", ". . . . . . . . . . . .", "| . . . . . . µ . . ."],
};
const DE_NODEADKEYS: KeyboardLayout = {
  plain: ["^ 1 2 3 4 5 6 7 8 9 0 ß ´", ...DE.plain.slice(1)],
  shift: ["° ! \" § $ % & / ( ) = ? `", ...DE.shift.slice(1)],
  altgr: DE.altgr,
};
const GB: KeyboardLayout = {
  plain: ["` 1 2 3 4 5 6 7 8 9 0 - =", US.plain[1] ?? "", "a s d f g h j k l ; ' #", "\\ z x c v b n m , . /"],
  shift: ["¬ ! \" £ $ % ^ & * ( ) _ +", US.shift[1] ?? "", "A S D F G H J K L : @ ~", "| Z X C V B N M < > ?"],
  altgr: ["| . . . € . . . . . . . .", ". . é . . . ú í ó . . .", "á . . . . . . . . . . .", ". . . . . . . . . . ."],
};
const ES: KeyboardLayout = {
  plain: ["º 1 2 3 4 5 6 7 8 9 0 ' ¡", "q w e r t y u i o p dead_grave +", "a s d f g h j k l ñ dead_acute ç", "< z x c v b n m , . -"],
  shift: ["ª ! \" · $ % & / ( ) = ? ¿", "Q W E R T Y U I O P dead_circumflex *", "A S D F G H J K L Ñ dead_diaeresis Ç", "> Z X C V B N M ; : _"],
  altgr: ["\\ | @ # ~ . ¬ . . . . . .", ". . € . . . . . . . [ ]", ". . . . . . . . . ~ { }", ". . . . . . . . . . ."],
};
const IT: KeyboardLayout = {
  plain: ["\\ 1 2 3 4 5 6 7 8 9 0 ' ì", "q w e r t y u i o p è +", "a s d f g h j k l ò à ù", "< z x c v b n m , . -"],
  shift: ["| ! \" £ $ % & / ( ) = ? ^", "Q W E R T Y U I O P é *", "A S D F G H J K L ç ° §", "> Z X C V B N M ; : _"],
  altgr: [". . . . . . . . . . . ` ~", "@ . € . . . . . . . [ ]", ". . . . . . . . . @ # .", ". . . . . . . . . . ."],
};
const PT: KeyboardLayout = {
  plain: ["\\ 1 2 3 4 5 6 7 8 9 0 ' «", "q w e r t y u i o p + dead_acute", "a s d f g h j k l ç º dead_tilde", "< z x c v b n m , . -"],
  shift: ["| ! \" # $ % & / ( ) = ? »", "Q W E R T Y U I O P * dead_grave", "A S D F G H J K L Ç ª dead_circumflex", "> Z X C V B N M ; : _"],
  altgr: [". . @ £ § € . { [ ] } . .", ". . € . . . . . . . dead_diaeresis .", ". . . . . . . . . . . .", ". . . . . . . . . . ."],
};
const CH_FR: KeyboardLayout = {
  plain: ["§ 1 2 3 4 5 6 7 8 9 0 ' dead_circumflex", "q w e r t z u i o p è dead_diaeresis", "a s d f g h j k l é à $", "< y x c v b n m , . -"],
  shift: ["° + \" * ç % & / ( ) = ? dead_grave", "Q W E R T Z U I O P ü !", "A S D F G H J K L ö ä £", "> Y X C V B N M ; : _"],
  altgr: [". | @ # . . ¬ | ¢ . . dead_acute dead_tilde", ". . € . . . . . . . [ ]", ". . . . . . . . . . { }", "\\ . . . . . . . . . ."],
};
const CH_DE: KeyboardLayout = {
  plain: [CH_FR.plain[0] ?? "", "q w e r t z u i o p ü dead_diaeresis", "a s d f g h j k l ö ä $", CH_FR.plain[3] ?? ""],
  shift: [CH_FR.shift[0] ?? "", "Q W E R T Z U I O P è !", "A S D F G H J K L é à £", CH_FR.shift[3] ?? ""],
  altgr: CH_FR.altgr,
};
const SE: KeyboardLayout = {
  plain: ["§ 1 2 3 4 5 6 7 8 9 0 + dead_acute", "q w e r t y u i o p å dead_diaeresis", "a s d f g h j k l ö ä '", "< z x c v b n m , . -"],
  shift: ["½ ! \" # ¤ % & / ( ) = ? dead_grave", "Q W E R T Y U I O P Å dead_circumflex", "A S D F G H J K L Ö Ä *", "> Z X C V B N M ; : _"],
  altgr: [". . @ £ $ . . { [ ] } \\ .", ". . € . . . . . . . . ~", ". . . . . . . . . . . .", "| . . . . . . µ . . ."],
};
const DVORAK: KeyboardLayout = {
  plain: ["` 1 2 3 4 5 6 7 8 9 0 [ ]", "' , . p y f g c r l / =", "a o e u i d h t n s - \\", "< ; q j k x b m w v z"],
  shift: ["~ ! @ # $ % ^ & * ( ) { }", "\" < > P Y F G C R L ? +", "A O E U I D H T N S _ |", "> : Q J K X B M W V Z"],
  altgr: NONE,
};

/** By XKB's layout, or "layout(variant)". */
const LAYOUTS: ReadonlyMap<string, KeyboardLayout> = new Map([
  ["us", US], ["us(dvorak)", DVORAK], ["fr", FR], ["fr(oss)", FR], ["fr(latin9)", FR], ["be", BE], ["de", DE], ["de(nodeadkeys)", DE_NODEADKEYS], ["gb", GB], ["es", ES], ["it", IT], ["pt", PT], ["ch", CH_DE], ["ch(fr)", CH_FR], ["se", SE], ["fi", SE],
]);

/** A variant that is not known here has the keys of its layout. */
export function keyboardLayout(layout: string, variant = ""): KeyboardLayout | undefined {
  return LAYOUTS.get(`${layout}(${variant})`) ?? LAYOUTS.get(layout);
}

export function layoutKeys(rows: readonly string[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [row, keys] of KEY_ROWS.entries()) {
    const words = (rows[row] ?? "").split(" ");
    for (const [column, keycode] of keys.entries()) {
      const word = words[column] ?? ".";
      // the key with a full stop on it, of the last row, is no "nothing"
      if (word !== "." || (row === 3 && /[A-Za-z,;:<>]/.test(words[column - 1] ?? "") && [51, 52].includes(keycode))) found.set(keycode, word);
    }
  }
  return found;
}
