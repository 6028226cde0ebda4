// cloud-localds: a disk with user data for cloud-init's NoCloud (cloud-localds(1), cloud-utils 0.33).
import { type Blocking, decode, encode, O, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, reason, text } from "../kit/program.ts";
import { waitFor } from "../kit/shell-command.ts";
import { type IsoFile, isoImage } from "../kit/iso9660-image.ts";

const USAGE = `Usage: cloud-localds [ options ] output user-data [meta-data]

   Create a disk for cloud-init to utilize nocloud

   options:
     -h | --help             show this text
     -d | --disk-format D    format of the disk: raw, or what qemu-img makes
                             (default: raw)
     -H | --hostname    H    host name in the meta data (not with a file of them)
     -f | --filesystem  F    file system: iso or vfat (default: iso)

     -i | --interfaces  F    put an interfaces file into the meta data
     -N | --network-config F put a network configuration beside the meta data
     -m | --dsmode      M    local or net: when the data are used (default: net)
     -V | --vendor-data F    vendor data
     -v | --verbose          say more

   user-data is a file, or - for standard input; without meta-data they are made
   from the options.

   Example:
    * cat my-user-data
      #cloud-config
      password: passw0rd
      chpasswd: { expire: False }
      ssh_pwauth: True
    * echo "instance-id: iid-local01" > my-meta-data
    * cloud-localds my-seed.img my-user-data my-meta-data
    * kvm -net nic -net user,hostfwd=tcp::2222-:22 \\
         -drive file=disk1.img,if=virtio -drive file=my-seed.img,if=virtio
    * ssh -p 2222 debian@localhost
`;

const takesValue = new Map([["-d", "disk-format"], ["--disk-format", "disk-format"], ["-H", "hostname"], ["--hostname", "hostname"], ["-f", "filesystem"], ["--filesystem", "filesystem"], ["-i", "interfaces"], ["--interfaces", "interfaces"], ["-N", "network-config"], ["--network-config", "network-config"], ["-m", "dsmode"], ["--dsmode", "dsmode"], ["-V", "vendor-data"], ["--vendor-data", "vendor-data"]]);

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

function* readAll(io: Io, path: string): Blocking<Uint8Array> {
  const fd = path === "-" ? 0 : yield* io.sys.open(path, O.RDONLY);
  try {
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = yield* io.sys.read(fd, 65_536);
      if (bytes.length === 0) return joined(parts);
      parts.push(bytes);
    }
  } finally {
    if (fd !== 0) io.sys.close(fd);
  }
}

const pairs = (settings: readonly (readonly [string, string])[]): string => `{\n${settings.map(([name, value]) => `"${name}": ${JSON.stringify(value)}`).join(",\n")}\n}\n`;

export default program(
  {
    name: "cloud-localds", summary: "make a disk with user data for cloud-init", synopsis: ["[OPTIONS] OUTPUT USER-DATA [META-DATA]"], operands: "files",
    options: [flag(["-h", "--help"], "show help"), flag(["-v", "--verbose"], "say more"), text(["-d", "--disk-format"], "D", "format of the disk"), text(["-H", "--hostname"], "H", "host name"), text(["-f", "--filesystem"], "F", "iso or vfat"), text(["-i", "--interfaces"], "F", "interfaces file"), text(["-N", "--network-config"], "F", "network configuration"), text(["-m", "--dsmode"], "M", "local or net"), text(["-V", "--vendor-data"], "F", "vendor data")],
  },
  function* (sys, argv, io) {
    const refuse = function* (message: string): Blocking<number> {
      yield* io.stderr(`${message}\n`);
      return 1;
    };
    const badUsage = (message: string): Blocking<number> => refuse(`${USAGE}${message}`);
    const given = new Map<string, string>();
    const operands: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      const equals = word.startsWith("--") ? word.indexOf("=") : -1;
      const name = takesValue.get(equals < 0 ? word : word.slice(0, equals)) ?? takesValue.get(word.slice(0, 2));
      if (word === "-h" || word === "--help") {
        io.out.put(USAGE);
        return 0;
      }
      if (word === "-v" || word === "--verbose") continue;
      if (word.startsWith("-") && word !== "-") {
        const value = equals >= 0 ? word.slice(equals + 1) : takesValue.has(word) ? argv[++at] : word.startsWith("--") ? undefined : word.slice(2);
        if (name === undefined || value === undefined) return yield* badUsage(`cloud-localds: unrecognized option '${word}'`);
        given.set(name, value);
      } else operands.push(word);
    }
    const [output, userData, metaData, ...rest] = operands;
    if (output === undefined || userData === undefined) return yield* badUsage("must provide output, userdata");
    if (rest.length > 0) return yield* badUsage("must provide output, userdata");
    if (metaData !== undefined && ["interfaces", "dsmode", "hostname"].some((name) => given.has(name))) return yield* refuse("metadata is incompatible with: --hostname --interfaces --dsmode");
    const fileSystem = given.get("filesystem") ?? "iso";
    if (fileSystem !== "iso" && fileSystem !== "iso9660" && fileSystem !== "vfat") return yield* refuse(`unknown filesystem ${fileSystem}`);
    if (fileSystem === "vfat") return yield* refuse("missing 'mkfs.vfat'. Required for --filesystem=vfat.");
    const files: IsoFile[] = [];
    const add = function* (name: string, path: string): Blocking<boolean> {
      try {
        files.push({ name, content: yield* readAll(io, path) });
        return true;
      } catch (error) {
        yield* io.stderr(error instanceof SysError && error.errno === "ENOENT" ? `cp: cannot stat '${path}': No such file or directory\n${path}: failed to copy\n` : `cp: cannot open '${path}' for reading: ${reason(error)}\n${path}: failed to copy\n`);
        return false;
      }
    };
    if (metaData !== undefined) {
      if (!(yield* add("meta-data", metaData))) return 1;
    } else {
      const host = given.get("hostname");
      const mode = given.get("dsmode");
      const settings: (readonly [string, string])[] = [["instance-id", "iid-local01"]];
      const interfaces = given.get("interfaces");
      if (interfaces !== undefined) {
        try {
          settings.push(["network-interfaces", decode(yield* readAll(io, interfaces))]);
        } catch (error) {
          return yield* refuse(`failed to read ${interfaces}: ${reason(error)}`);
        }
      }
      if (mode !== undefined) settings.push(["dsmode", mode]);
      if (host !== undefined) settings.push(["local-hostname", host]);
      files.push({ name: "meta-data", content: encode(pairs(settings)) });
    }
    if (!(yield* add("user-data", userData))) return 1;
    for (const name of ["network-config", "vendor-data"]) {
      const path = given.get(name);
      if (path !== undefined && !(yield* add(name, path))) return 1;
    }
    const format = given.get("disk-format") ?? "raw";
    const target = format === "raw" ? output : `/tmp/cloud-localds.${sys.getpid()}.raw`;
    try {
      const fd = yield* sys.open(target, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, isoImage("cidata", files, Math.floor(sys.clockUs("realtime") / 1e6)));
      sys.close(fd);
    } catch (error) {
      return yield* refuse(`failed to create ${output}: ${reason(error)}`);
    }
    if (format === "raw") return 0;
    const pid = sys.fork(function* convert(own) {
      return yield* own.exec("/usr/bin/qemu-img", ["qemu-img", "convert", "-f", "raw", "-O", format, target, output], own.environment);
    });
    const status = yield* waitFor(sys, pid);
    sys.unlink(target);
    return status.kind === "exited" && status.status === 0 ? 0 : yield* refuse(`failed to create disk of format ${format}`);
  },
);
