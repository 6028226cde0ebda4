// systemd-escape: text as part of a unit's name, and back.
import { isTemplate, escapeName, escapePath, nameParts, unescapeName, unitTypeOf, mangleUnitName, instantiate } from "../../daemons/systemd/api/unit-name.ts";
import { flag, text } from "../kit/gnu.ts";
import { complain, systemdTool } from "./_systemd.ts";

export default systemdTool({
  name: "systemd-escape",
  path: "/bin/systemd-escape",
  summary: "escape text for the names of units",
  synopsis: ["[OPTIONS...] [NAME...]"],
  options: {
    suffix: text(["--suffix"], "SUFFIX", "a unit type to add"),
    template: text(["--template"], "TEMPLATE", "put the text into this template"),
    instance: flag(["--instance"], "with --unescape: the instance only"),
    unescape: flag(["-u", "--unescape"], "back to text"),
    mangle: flag(["-m", "--mangle"], "as systemctl reads a name"),
    path: flag(["-p", "--path"], "the text is a path"),
  },
  *run({ options, operands }, io) {
    if (operands.length === 0) {
      yield* complain(io, "Not enough arguments.");
      return 1;
    }
    if (options.suffix !== undefined && unitTypeOf(`x.${options.suffix}`) === undefined) {
      yield* complain(io, `Invalid unit suffix type "${options.suffix}".`);
      return 1;
    }
    const { template, suffix, unescape: back, instance, path, mangle } = options;
    const wrong = template !== undefined && !isTemplate(template) ? `Template name ${template} is not valid.`
      : template !== undefined && suffix !== undefined ? "--suffix= and --template= may not be combined."
      : (template !== undefined || suffix !== undefined) && mangle ? "--suffix= and --template= are not compatible with --mangle."
      : suffix !== undefined && back ? "--suffix is not compatible with --unescape."
      : path && mangle ? "--path may not be combined with --mangle."
      : instance && !back ? "--instance must be used in conjunction with --unescape."
      : instance && template !== undefined ? "--instance may not be combined with --template." : undefined;
    if (wrong !== undefined) {
      yield* complain(io, wrong);
      return 1;
    }
    const results: string[] = [];
    for (const word of operands) {
      if (path && !back) {
        const isAbsolute = word.startsWith("/");
        const isPlain = !word.split("/").some((part) => part === "." || part === "..");
        if (!isAbsolute || !isPlain) {
          yield* complain(io, `Input '${word}' is not ${isAbsolute ? "a normalized" : "an absolute"} file system path, ${isPlain && word !== "" ? "escaping is likely not going to be reversible." : "failed to escape."}`, isPlain ? "warning" : "error");
          if (!isPlain || word === "") return 1;
        }
      }
      if (back && (template !== undefined || instance)) {
        if (nameParts(word).instance === undefined) {
          yield* complain(io, `Unit ${word} is missing the instance name.`);
          return 1;
        }
        if (template !== undefined && word.replace(/@.*\./, "@.") !== template) {
          yield* complain(io, `Unit ${word} template ${word.replace(/@.*\./, "@.")} does not match specified template ${template}.`);
          return 1;
        }
      }
      if (back && /\\(?!x[0-9a-fA-F]{2})/.test(word)) {
        yield* complain(io, "Failed to unescape string: Invalid argument");
        return 1;
      }
      results.push(transformed(word));
    }
    io.out.put(`${results.join(" ")}\n`);
    return 0;

    function transformed(word: string): string {
      if (options.unescape) {
        const source = options.template !== undefined || options.instance ? (nameParts(word).instance ?? word) : word;
        const plain = unescapeName(source);
        return options.path ? `/${plain.replace(/^\//, "")}` : plain;
      }
      if (options.mangle) return mangleUnitName(word);
      const escaped = options.path ? escapePath(word) : escapeName(word);
      if (options.template !== undefined) return instantiate(options.template, escaped);
      return options.suffix === undefined ? escaped : `${escaped}.${options.suffix}`;
    }
  },
});
