// ssh-add: gives keys to the agent (ssh-add(1)).
import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { askAgent } from "./_agent.ts";
import { homeOf } from "./_configuration.ts";
import { fingerprintLine, parsePublicLine, publicLine, shownKind } from "./_key.ts";
import { parsePrivateFile, privateFile, unlockPrivateFile } from "./_private-file.ts";

/** "90", "10m", "1h30m", "2d", "1w" (convtime of OpenSSH) */
function timeSpan(text: string): number | undefined {
  if (!/^(?:\d+[smhdwSMHDW]?)+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, count = "0", unit = ""] of text.matchAll(/(\d+)([a-z]?)/gi)) seconds += Number(count) * ({ m: 60, h: 3600, d: 86_400, w: 604_800 }[unit.toLowerCase()] ?? 1);
  return seconds;
}

export default program(
  {
    name: "ssh-add", summary: "hand private keys over to the agent of OpenSSH", synopsis: ["[-cDdKkLlqvXx] [-t life] [file ...]"],
    options: [flag(["-l"], "list fingerprints"), flag(["-L"], "list public keys"), flag(["-d"], "remove the keys of these files"), flag(["-D"], "remove all keys"), flag(["-q"], "say nothing when it worked"), text(["-t"], "life", "how long the agent keeps the keys, in seconds")],
    operands: "files",
  },
  function* (sys, argv, io: Io) {
    const flags = new Set<string>();
    const files: string[] = [];
    let lifetimeSeconds: number | undefined;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-t") {
        lifetimeSeconds = timeSpan(argv[++at] ?? "");
        if (lifetimeSeconds === undefined) {
          yield* io.stderr("Invalid lifetime\n");
          return 1;
        }
      }
      else if (/^-[cDdKkLlqvXx]+$/.test(word)) for (const letter of word.slice(1)) flags.add(letter);
      else if (word.startsWith("-") && word !== "-") {
        yield* io.stderr(`${argv[0]}: invalid option -- '${word.slice(1, 2)}'\nusage: ssh-add [-cDdKkLlqvXx] [-E fingerprint_hash] [-H hostkey_file]\n               [-h destination_constraint] [-S provider] [-t life]\n               [file ...]\n       ssh-add -s pkcs11\n       ssh-add -e pkcs11\n       ssh-add -T pubkey ...\n`);
        return 1;
      } else files.push(word);
    }
    const held = yield* askAgent(sys, { op: "list" });
    if (held === undefined) {
      yield* io.stderr("Could not open a connection to your authentication agent.\n");
      return 2;
    }
    if (flags.has("l") || flags.has("L")) {
      if (held.keys.length === 0) {
        io.out.put("The agent has no identities.\n");
        return 1;
      }
      for (const { line } of held.keys) {
        const key = parsePublicLine(line);
        if (flags.has("L")) io.out.put(`${line}\n`);
        else if (key) io.out.put(`${fingerprintLine(key, "sha256", key.comment)}\n`);
      }
      return 0;
    }
    if (flags.has("D")) {
      yield* askAgent(sys, { op: "remove-all" });
      if (!flags.has("q")) yield* io.stderr("All identities removed.\n");
      return 0;
    }
    const named = files.length > 0 ? files : ["id_rsa", "id_ecdsa", "id_ed25519"].map((name) => `${homeOf(sys)}/.ssh/${name}`);
    let worked = false;
    let failed = false;
    for (const file of named) {
      const content = yield* readTextFile(sys, flags.has("d") && !file.endsWith(".pub") ? `${file}.pub` : file);
      if (content === undefined) {
        if (files.length === 0) continue;
        failed = true;
        try {
          sys.stat(file);
          yield* io.stderr(`${file}: Permission denied\n`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`${file}: ${error.message}\n`);
        }
        continue;
      }
      if (flags.has("d")) {
        const key = parsePublicLine(content.split("\n")[0] ?? "");
        const line = held.keys.find((one) => key !== undefined && parsePublicLine(one.line)?.blob.join() === key.blob.join())?.line;
        if (line === undefined) {
          yield* io.stderr(`Could not remove identity "${file}": agent refused operation\n`);
          failed = true;
          continue;
        }
        yield* askAgent(sys, { op: "remove", line });
        if (!flags.has("q")) yield* io.stderr(`Identity removed: ${file} ${key === undefined ? "" : shownKind(key.kind)} (${key?.comment ?? ""})\n`);
        worked = true;
        continue;
      }
      let parsed = parsePrivateFile(content);
      let prompt = `Enter passphrase for ${file}: `;
      while (parsed.kind === "locked" || parsed.kind === "wrong-passphrase") {
        const answer = yield* askPassword(sys, prompt);
        if (answer.kind !== "text" || answer.text === "") break;
        parsed = yield* unlockPrivateFile(sys, content, answer.text);
        prompt = `Bad passphrase, try again for ${file}: `;
      }
      if (parsed.kind !== "key") {
        if (parsed.kind === "invalid") yield* io.stderr(`Error loading key "${file}": error in libcrypto\n`);
        failed = true;
        continue;
      }
      yield* askAgent(sys, { op: "add", line: publicLine(parsed.key), file: privateFile(parsed.key, (length) => sys.random(length)), ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }) });
      worked = true;
      if (!flags.has("q")) {
        yield* io.stderr(`Identity added: ${file} (${parsed.key.comment})\n`);
        if (lifetimeSeconds !== undefined) yield* io.stderr(`Lifetime set to ${lifetimeSeconds} seconds\n`);
        if (flags.has("c")) yield* io.stderr("The user must confirm each use of the key\n");
      }
    }
    return worked && !failed ? 0 : 1;
  },
);
