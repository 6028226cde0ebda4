import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { type ModuleInfo, ModuleTree, moduleName, readModuleFile } from "./_module-tree.ts";

const pairs = (hex: string): readonly string[] => hex.match(/../g) ?? [];

/** Every field in the order of the file; parameters come last, with the type behind the help. */
function fieldsOf(info: ModuleInfo): readonly (readonly [key: string, value: string])[] {
  const fields = info.strings.filter(([key]) => key !== "parm" && key !== "parmtype");
  if (info.signature === undefined) return fields;
  const { id, signer, key, hash, bytes } = info.signature;
  const rows = [];
  const all = pairs(bytes);
  for (let at = 0; at < all.length; at += 20) rows.push(all.slice(at, at + 20).join(":"));
  return [...fields, ["sig_id", id], ["signer", signer], ["sig_key", pairs(key).join(":")], ["sig_hashalgo", hash], ["signature", rows.join(":\n\t\t")]];
}

function parametersOf(info: ModuleInfo): readonly string[] {
  const types = new Map<string, string>();
  const helps = new Map<string, string>();
  for (const [key, value] of info.strings) {
    const colon = value.indexOf(":");
    if (key === "parmtype") types.set(value.slice(0, colon), value.slice(colon + 1));
    else if (key === "parm") helps.set(value.slice(0, colon), value.slice(colon + 1));
  }
  return [...new Set([...helps.keys(), ...types.keys()])].map((name) => `${name}:${helps.get(name) ?? ""}${types.has(name) ? `${helps.has(name) ? " " : ""}(${types.get(name)})` : ""}`);
}

export default gnu({
  name: "modinfo", path: "/sbin/modinfo", links: ["/bin/modinfo"], manSection: 8, project: "kmod", tryLine: () => "", versionLetter: "V", helpLetter: "h", versionText: "kmod version 30\n+ZSTD +XZ -ZLIB +LIBCRYPTO -EXPERIMENTAL\n", summary: "show the description, parameters and dependencies of a kernel module", synopsis: ["[options] filename [args]"],
  options: {
    author: flag(["-a", "--author"], "print only 'author'"), description: flag(["-d", "--description"], "print only 'description'"), license: flag(["-l", "--license"], "print only 'license'"), parameters: flag(["-p", "--parameters"], "print only 'parm'"), filename: flag(["-n", "--filename"], "print only 'filename'"),
    nul: flag(["-0", "--null"], "NUL after every field"), modname: flag(["-m", "--modname"], "the operand is a module's name, no alias and no file"), field: text(["-F", "--field"], "FIELD", "FIELD alone: author, description, license, parm, depends..."), kernel: text(["-k", "--set-version"], "VERSION", "for kernel VERSION, not the running one"), base: text(["-b", "--basedir"], "DIR", "/lib/modules is the one below DIR"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr("modinfo: ERROR: missing module or filename.\n");
      return 1;
    }
    const field = options.field ?? (options.author ? "author" : options.description ? "description" : options.license ? "license" : options.parameters ? "parm" : options.filename ? "filename" : undefined);
    const end = options.nul ? "\0" : "\n";
    const tree = yield* ModuleTree.read(sys, options.kernel, options.base);
    for (const given of operands) {
      const isFile = given.includes("/") || given.endsWith(".ko");
      const paths = isFile ? [given] : tree.resolve(given).map((module) => module.path);
      if (paths.length === 0) {
        const builtIn = given.replaceAll("-", "_");
        if (tree.builtIn.has(builtIn)) {
          const rows = [["name", builtIn], ["filename", "(builtin)"], ["license", "GPL"]] as const;
          for (const [key, value] of rows) if (field === undefined || field === key) io.out.put(field === undefined ? `${`${key}:`.padEnd(16)}${value}${end}` : `${value}${end}`);
          continue;
        }
        yield* io.fail(`ERROR: Module ${given} not found.`);
        continue;
      }
      for (const path of paths) {
        try {
          const info = yield* readModuleFile(sys, path);
          if (info === undefined) {
            yield* io.fail(`ERROR: could not get modinfo from '${moduleName(given)}': Invalid argument`);
            io.out.put(`${"filename:".padEnd(16)}${path.startsWith("/") ? path : `${sys.getcwd().replace(/\/$/, "")}/${path}`}${end}`);
            continue;
          }
          const full = path.startsWith("/") ? path : `${sys.getcwd().replace(/\/$/, "")}/${path}`;
          if (field === "filename") io.out.put(full + end);
          else if (field === "parm") for (const one of parametersOf(info)) io.out.put(one + end);
          else if (field !== undefined) {
            for (const [key, value] of fieldsOf(info)) if (key === field) io.out.put(value + end);
          } else {
            const row = (key: string, value: string): void => io.out.put(`${`${key}:`.padEnd(16)}${value}${end}`);
            row("filename", full);
            for (const [key, value] of fieldsOf(info)) row(key, value);
            for (const one of parametersOf(info)) row("parm", one);
          }
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.fail(`ERROR: Module ${given} not found.`);
        }
      }
    }
    return undefined;
  },
});
