// French typography: a narrow no-break space before ; ! ? and », after «, a no-break space before a colon, an apostrophe that curves.
// Authors type ordinary spaces.

const narrow = "\u{202f}";
const wide = "\u{a0}";

export function frenchSpaces(text: string): string {
  return text
    .replace(/ ([;!?»])/g, `${narrow}$1`)
    .replace(/« /g, `«${narrow}`)
    .replace(/ :/g, `${wide}:`)
    .replace(/([\d}]) %/g, `$1${narrow}%`)
    .replace(/(\p{L})'(\p{L})/gu, "$1’$2");
}
