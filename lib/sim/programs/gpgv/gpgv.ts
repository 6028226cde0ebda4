// gpgv: checks signatures; every key of its keyrings is trusted (gpgv(1)).
import { SysError } from "../../kernel/sys.ts";
import { type Io, program, flag, text } from "../kit/program.ts";
import { gnupgHelp, gnupgVersion } from "../gpgconf/_gnupg-help.ts";
import type { Command } from "../kit/command.ts";
import { Context, GpgFailure, readBytes, Settings } from "../gpg/_context.ts";
import { parseKeybox } from "../gpg/_keybox.ts";
import { verifyFiles } from "../gpg/_read-message.ts";
import { dearmor } from "../kit/openpgp/armor.ts";
import type { KeyBlock } from "../kit/openpgp/key-block.ts";
import { BadPacket } from "../kit/openpgp/packet.ts";
import { fingerprintText, keyIdText } from "../kit/openpgp/public-key.ts";

const command: Command = program(
  {
    name: "gpgv", summary: "verify OpenPGP signatures", synopsis: ["[options] signed_files"], operands: "files", failureStatus: 2,
    options: [text(["--keyring"], "FILE", "take the keys from this keyring"), text(["-o", "--output"], "FILE", "write the text there"), flag(["-q", "--quiet"], "say less"), flag(["-v", "--verbose"], "say more"), text(["--status-fd"], "N", "write status lines there"), text(["--homedir"], "DIR", "the home directory"), flag(["--version"], "the version"), flag(["-h", "--help"], "this help")],
  },
  function* (sys, argv, io: Io) {
    const settings = new Settings();
    const files: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      const [name = "", value] = word.split(/=(.*)/s);
      if (["--keyring", "--status-fd", "--homedir", "--logger-fd", "--weak-digest"].includes(name)) settings.add(name.slice(2), value ?? argv[++at] ?? "");
      else if (name === "-o" || name === "--output") settings.add("output", value ?? argv[++at] ?? "");
      else if (word === "-q" || word === "--quiet") settings.add("quiet", "");
      else if (word === "-v" || word === "--verbose" || word === "--ignore-time-conflict") settings.add("verbose", "");
      else if (word === "--version") {
        io.out.put(gnupgVersion("gpgv"));
        return 0;
      } else if (word === "--help" || word === "-h") {
        io.out.put(gnupgHelp(command.declaration));
        return 0;
      } else if (word.startsWith("-") && word !== "-") {
        yield* io.stderr(`invalid option "${word}"\n`);
        return 2;
      } else files.push(word);
    }
    const context = yield* Context.open(sys, io, settings, "gpgv");
    const rings = settings.all("keyring");
    const blocks: KeyBlock[] = [];
    for (const ring of rings.length === 0 ? ["trustedkeys.kbx"] : rings) {
      const path = ring.includes("/") ? ring : context.path(ring);
      try {
        const bytes = yield* readBytes(sys, path);
        const armor = dearmor(bytes);
        blocks.push(...parseKeybox(armor.kind === "armor" ? armor.bytes : bytes));
      } catch (error) {
        if (error instanceof SysError) {
          if (rings.length === 0) yield* context.log(`unknown type of key resource 'trustedkeys.kbx'`);
          yield* context.log(`keyblock resource '${path}': ${rings.length === 0 ? "General error" : error.message}`);
        } else if (!(error instanceof BadPacket)) throw error;
        else yield* context.log(`keyblock resource '${path}': Invalid keyring`);
      }
    }
    const keys = {
      byKeyId(id: string) {
        for (const block of blocks) {
          const key = [block.key, ...block.subkeys.map((subkey) => subkey.key)].find((one) => keyIdText(one) === id || fingerprintText(one) === id);
          if (key !== undefined) return { block, key };
        }
        return undefined;
      },
    };
    try {
      return yield* verifyFiles(context, keys, undefined, files);
    } catch (error) {
      if (!(error instanceof GpgFailure)) throw error;
      yield* io.stderr(error.message);
      return error.status;
    }
  },
);

export default command;
