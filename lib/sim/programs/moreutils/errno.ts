// errno: names, numbers and texts of errors.

import { flag, gnu, type Io } from "../kit/gnu.ts";
import { ERROR_NAMES, type ErrorName } from "./_error-names.ts";

export default gnu({
  name: "errno", summary: "look up the names, numbers and texts of errors", synopsis: ["NAME|NUMBER...", "-l", "-s WORD...", "-S WORD..."], withoutVersion: true,
  options: { list: flag(["-l", "--list"], "every error"), search: flag(["-s", "--search"], "those whose text has all the words"), searchAll: flag(["-S", "--search-all-locales"], "the same in the texts of every language that is installed") },
  operands: "none", usageStatus: 0, tryLine: () => "",
  *run({ options, operands }, io: Io) {
    const translated = (text: string): string => io.messages?.text(text) ?? text;
    const show = ({ name, number, text }: ErrorName): void => io.out.put(`${name} ${number} ${translated(text)}\n`);
    if (options.list) for (const one of ERROR_NAMES) show(one);
    else if (options.search || options.searchAll) {
      const words = operands.map((word) => word.toLowerCase());
      for (const one of ERROR_NAMES) {
        const texts = options.searchAll ? [one.text, translated(one.text)] : [translated(one.text)];
        if (texts.some((text) => words.every((word) => text.toLowerCase().includes(word)))) show(one);
      }
    } else for (const operand of operands) {
      const found = /^\d+$/.test(operand) ? ERROR_NAMES.find(({ number }) => number === Number(operand)) : ERROR_NAMES.find(({ name }) => name === operand.toUpperCase());
      if (found === undefined) io.status = 1;
      else show(found);
    }
    yield* io.out.flush();
  },
});
