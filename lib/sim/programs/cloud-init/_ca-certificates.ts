// cc_ca_certs.py of cloud-init 22.4: certificates of the configuration become one file that update-ca-certificates installs.
import { type Blocking, S, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { nameExists } from "../kit/presence.ts";
import { writeFile, runProgram } from "./_files.ts";
import { isList, isMap } from "./_json.ts";
import { isTrue, ModuleError, type Run } from "./_run.ts";

const SHIPPED = "/usr/share/ca-certificates";
const FILE = "cloud-init-ca-certs.crt";
const LIST = "/etc/ca-certificates.conf";

function removeContents(run: Run, directory: string): void {
  const { sys } = run;
  if (!nameExists(sys, directory)) return;
  for (const { name } of sys.readdir(directory)) {
    const path = `${directory}/${name}`;
    if ((sys.lstat(path).mode & S.IFMT) === S.IFDIR) {
      removeContents(run, path);
      sys.rmdir(path);
    } else sys.unlink(path);
  }
}

export function* caCertificates(run: Run): Blocking<void> {
  const [older, current] = [run.map("ca-certs"), run.map("ca_certs")];
  if (older !== undefined) yield* run.warn("cc_ca_certs.py", "DEPRECATION: key 'ca-certs' is now deprecated. Use 'ca_certs' instead.");
  if (older !== undefined && current !== undefined) yield* run.warn("cc_ca_certs.py", "Found both ca-certs (deprecated) and ca_certs config keys. Ignoring ca-certs.");
  const settings = current ?? older;
  if (!isMap(settings ?? null) || settings === undefined) return;
  if (settings.has("remove-defaults")) yield* run.warn("cc_ca_certs.py", "DEPRECATION: key 'ca-certs.remove-defaults' is now deprecated. Use 'ca_certs.remove_defaults' instead.");
  try {
    if (isTrue(settings.get("remove-defaults") ?? settings.get("remove_defaults"))) {
      run.debug("cc_ca_certs.py", "Removing default certificates");
      for (const directory of [SHIPPED, "/etc/ssl/certs"]) removeContents(run, directory);
      yield* writeFile(run.sys, LIST, "", 0o644);
      yield* runProgram(run.sys, ["/bin/sh", "-c", "echo 'ca-certificates ca-certificates/trust_new_crts select no' | debconf-set-selections"], { quiet: true });
    }
    const given = settings.get("trusted");
    const trusted = isList(given) ? given.map(String) : typeof given === "string" ? [given] : [];
    if (trusted.length > 0) {
      run.debug("cc_ca_certs.py", `Adding ${trusted.length} certificates`);
      yield* writeFile(run.sys, `${SHIPPED}/${FILE}`, trusted.join("\n"), 0o644);
      const before = ((yield* readTextFile(run.sys, LIST)) ?? "").split("\n").filter((line) => line !== FILE).join("\n").trimEnd();
      yield* writeFile(run.sys, LIST, `${before === "" ? "" : `${before}\n`}${FILE}\n`, 0o644);
    }
  } catch (error) {
    if (error instanceof SysError) throw new ModuleError(error.message, "OSError");
    throw error;
  }
  run.debug("cc_ca_certs.py", "Updating certificates");
  const status = yield* runProgram(run.sys, ["update-ca-certificates"]);
  if (status !== 0) throw new ModuleError(`Unexpected error while running command.\nCommand: ['update-ca-certificates']\nExit code: ${status}\nReason: -\nStdout: -\nStderr: -`, "ProcessExecutionError");
}
