// Models, layouts, variants and options of keyboards: XKB's names with words for them, in English and in French (keyboard-configuration asks for them).

export interface KeyboardChoice {
  readonly name: string;
  readonly english: string;
  readonly french: string;
}

const choice = (name: string, english: string, french: string): KeyboardChoice => ({ name, english, french });

export const MODELS: readonly KeyboardChoice[] = [
  choice("pc101", "Generic 101-key PC", "PC générique 101 touches"), choice("pc102", "Generic 102-key PC", "PC générique 102 touches"), choice("pc104", "Generic 104-key PC", "PC générique 104 touches"), choice("pc105", "Generic 105-key PC", "PC générique 105 touches"),
  choice("pc86", "Generic 86-key PC", "PC générique 86 touches"), choice("chromebook", "Chromebook", "Chromebook"), choice("applealu_iso", "Apple Aluminium (ISO)", "Apple aluminium (ISO)"), choice("latitude", "Dell Latitude laptop", "Dell Latitude, portable"), choice("thinkpad", "IBM ThinkPad 560Z/600/600E/A22E", "IBM ThinkPad 560Z/600/600E/A22E"),
  choice("logitech_base", "Logitech", "Logitech"), choice("microsoftpro", "Microsoft Natural Keyboard Pro", "Microsoft Natural Keyboard Pro"), choice("sun_type6_usb", "Sun Type 6 (USB)", "Sun Type 6 (USB)"),
];

export const LAYOUTS: readonly KeyboardChoice[] = [
  choice("us", "English (US)", "Anglais (É.-U.)"), choice("gb", "English (UK)", "Anglais (Royaume-Uni)"), choice("fr", "French", "Français"), choice("be", "Belgian", "Belge"), choice("ca", "French (Canada)", "Français (Canada)"), choice("ch", "German (Switzerland)", "Suisse"), choice("de", "German", "Allemand"),
  choice("es", "Spanish", "Espagnol"), choice("it", "Italian", "Italien"), choice("pt", "Portuguese", "Portugais"), choice("br", "Portuguese (Brazil)", "Portugais (Brésil)"), choice("nl", "Dutch", "Néerlandais"), choice("se", "Swedish", "Suédois"), choice("fi", "Finnish", "Finnois"), choice("no", "Norwegian", "Norvégien"),
  choice("dk", "Danish", "Danois"), choice("pl", "Polish", "Polonais"), choice("cz", "Czech", "Tchèque"), choice("tr", "Turkish", "Turc"), choice("gr", "Greek", "Grec"), choice("ru", "Russian", "Russe"), choice("jp", "Japanese", "Japonais"),
];

export const VARIANTS: ReadonlyMap<string, readonly KeyboardChoice[]> = new Map([
  ["us", [choice("", "English (US)", "Anglais (É.-U.)"), choice("intl", "English (US) - English (US, intl., with dead keys)", "Anglais (É.-U.) - Anglais (É.-U., intern., touches mortes)"), choice("altgr-intl", "English (US) - English (intl., with AltGr dead keys)", "Anglais (É.-U.) - Anglais (intern., touches mortes par AltGr)"), choice("dvorak", "English (US) - English (Dvorak)", "Anglais (É.-U.) - Anglais (Dvorak)"), choice("colemak", "English (US) - English (Colemak)", "Anglais (É.-U.) - Anglais (Colemak)")]],
  ["gb", [choice("", "English (UK)", "Anglais (Royaume-Uni)"), choice("extd", "English (UK) - English (UK, extended, Windows)", "Anglais (Royaume-Uni) - Anglais (R.-U., étendu, Windows)"), choice("dvorak", "English (UK) - English (UK, Dvorak)", "Anglais (Royaume-Uni) - Anglais (R.-U., Dvorak)")]],
  ["fr", [choice("", "French", "Français"), choice("nodeadkeys", "French - French (no dead keys)", "Français - Français (sans touches mortes)"), choice("oss", "French - French (alt.)", "Français - Français (variante)"), choice("latin9", "French - French (legacy, alt.)", "Français - Français (obsolète, variante)"), choice("azerty", "French - French (AZERTY)", "Français - Français (AZERTY)"), choice("bepo", "French - French (BEPO)", "Français - Français (BÉPO)"), choice("dvorak", "French - French (Dvorak)", "Français - Français (Dvorak)")]],
  ["be", [choice("", "Belgian", "Belge"), choice("oss", "Belgian - Belgian (alt.)", "Belge - Belge (variante)"), choice("nodeadkeys", "Belgian - Belgian (no dead keys)", "Belge - Belge (sans touches mortes)")]],
  ["ch", [choice("", "German (Switzerland)", "Suisse"), choice("fr", "German (Switzerland) - French (Switzerland)", "Suisse - Français (Suisse)"), choice("de_nodeadkeys", "German (Switzerland) - German (Switzerland, no dead keys)", "Suisse - Allemand (Suisse, sans touches mortes)")]],
  ["de", [choice("", "German", "Allemand"), choice("nodeadkeys", "German - German (no dead keys)", "Allemand - Allemand (sans touches mortes)"), choice("neo", "German - German (Neo 2)", "Allemand - Allemand (Neo 2)")]],
]);

/** A layout without variants of its own has itself. */
export function variantsOf(layout: string): readonly KeyboardChoice[] {
  return VARIANTS.get(layout) ?? LAYOUTS.filter(({ name }) => name === layout).map(({ english, french }) => choice("", english, french));
}

export const ALTGR: readonly KeyboardChoice[] = [
  choice("", "The default for the keyboard layout", "Disposition par défaut du clavier"), choice("lv3:switch", "Right Control", "Control droite"), choice("lv3:ralt_switch", "Right Alt (AltGr)", "Alt droite (AltGr)"), choice("lv3:alt_switch", "Both Alt keys", "Les deux touches Alt"), choice("lv3:lwin_switch", "Left Logo key", "Touche Logo de gauche"), choice("lv3:ralt_switch_for_alts_toggle", "No AltGr key", "Pas de touche AltGr"),
];

export const COMPOSES: readonly KeyboardChoice[] = [
  choice("", "No compose key", "Pas de touche «\u00a0compose\u00a0»"), choice("compose:ralt", "Right Alt (AltGr)", "Alt droite (AltGr)"), choice("compose:rctrl", "Right Control", "Control droite"), choice("compose:rwin", "Right Logo key", "Touche Logo de droite"), choice("compose:menu", "Menu key", "Touche Menu"), choice("compose:caps", "Caps Lock", "Verrouillage majuscules"),
];
