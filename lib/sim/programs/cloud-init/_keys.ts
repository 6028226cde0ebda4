// Modules ssh-authkey-fingerprints and keys-to-console: what the console shows of keys at the end of a first boot.
import { type Blocking, encode, O, SysError } from "../../kernel/sys.ts";
import { Sha256 } from "../kit/digest/sha256.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { fromBase64 } from "./_encoding.ts";
import { runProgram } from "./_files.ts";
import { nameExists } from "../kit/presence.ts";
import type { Run } from "./_run.ts";
import { isTrue } from "./_run.ts";
import { wantedUsers } from "./_users.ts";

/** util.multi_log with console=True: on the console, or where there is none on standard output. */
function* toConsole(run: Run, text: string): Blocking<void> {
  try {
    const fd = yield* run.sys.open("/dev/console", O.WRONLY | O.NOCTTY);
    try {
      yield* run.sys.write(fd, encode(text));
    } finally {
      run.sys.close(fd);
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    run.io.out.put(text);
  }
}

/** PrettyTable's SimpleTable: cells centred, a space on both sides. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)) + 2);
  const rule = `+${widths.map((width) => "-".repeat(width)).join("+")}+`;
  const line = (row: readonly string[]): string => `|${row.map((cell, column) => centred(cell, " ", widths[column] ?? 0)).join("|")}|`;
  return [rule, line(rows[0] ?? []), rule, ...rows.slice(1).map(line), rule];
}

/** str.center: the odd one on the left where the width is odd. */
function centred(text: string, fill: string, width: number): string {
  const room = Math.max(0, width - text.length);
  const left = Math.floor(room / 2) + (room % 2 === 1 && width % 2 === 1 ? 1 : 0);
  return fill.repeat(left) + text + fill.repeat(room - left);
}

function fingerprint(base64: string): string {
  const hasher = new Sha256();
  hasher.update(fromBase64(base64));
  return [...hasher.digest()].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}

const keyKinds = /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+|sk-\S+)$/;

function rowOf(line: string): readonly string[] | undefined {
  const words = line.trim().split(/\s+/);
  const at = words.findIndex((word) => keyKinds.test(word));
  if (line.startsWith("#") || at < 0) return undefined;
  return [words[at] ?? "-", fingerprint(words[at + 1] ?? ""), words.slice(0, at).join(" ") || "-", words.slice(at + 2).join(" ") || "-"];
}

export function* fingerprints(run: Run): Blocking<void> {
  if (run.flag("no_ssh_fingerprints", false)) return run.debug("cc_ssh_authkey_fingerprints.py", "Skipping module named ssh-authkey-fingerprints, logging of SSH fingerprints disabled");
  const accounts = yield* Accounts.read(run.sys);
  for (const { name, settings } of wantedUsers(run)) {
    if (isTrue(settings.get("no_create_home")) || isTrue(settings.get("system"))) continue;
    const path = `${accounts.userByName(name)?.home ?? `/home/${name}`}/.ssh/authorized_keys`;
    const rows = ((yield* readTextFile(run.sys, path)) ?? "").split("\n").flatMap((line) => {
      const row = rowOf(line);
      return row === undefined ? [] : [row];
    });
    if (rows.length === 0) {
      yield* toConsole(run, `ci-info: no authorized SSH keys fingerprints found for user ${name}.\n`);
      continue;
    }
    const lines = table([["Keytype", "Fingerprint (sha256)", "Options", "Comment"], ...rows]);
    const widest = lines[0]?.length ?? 0;
    yield* toConsole(run, [centred(`Authorized keys from ${path} for user ${name}`, "+", widest), ...lines].map((line) => `ci-info: ${line}\n`).join(""));
  }
}

const helper = "/usr/lib/cloud-init/write-ssh-key-fingerprints";

export function* keysToConsole(run: Run): Blocking<void> {
  const settings = run.map("ssh");
  if (settings?.get("emit_keys_to_console") === false) return run.debug("cc_keys_to_console.py", "Skipping module named keys-to-console, logging of SSH host keys disabled");
  if (!nameExists(run.sys, helper)) return yield* run.warn("cc_keys_to_console.py", `Unable to activate module keys-to-console, helper tool not found at ${helper}`);
  const words = (key: string, otherwise: string): string => run.list(key).map(String).join(",") || otherwise;
  yield* runProgram(run.sys, ["/bin/sh", "-c", `"$0" "$1" "$2" > /dev/console`, helper, words("ssh_fp_console_blacklist", ""), words("ssh_key_console_blacklist", "ssh-dss")]);
}
