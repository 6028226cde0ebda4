// ntpdate of NTPsec 1.2.2: the old command's options for ntpdig (ntpdate(8)).
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";

const help = "Usage: ntpdate [OPTIONS] HOST...\n\nOptions:\n\t-4\tForce IPv4 DNS name resolution\n\t-6\tForce IPv6 DNS name resolution\n\t-a N\tSpecify key number for authentication\n\t-b\tForce time step\n\t-B\tForce time slew\n\t-k FILE\tSpecify key file\n\t-q\tQuery only\n\t-s\tLog to syslog\n\t-t N.N\tSpecify timeout\n\t-h \tPrint help\n";

export default program(
  { name: "ntpdate", path: "/usr/sbin/ntpdate", manSection: 8, summary: "set the clock by NTP servers", synopsis: ["[OPTIONS] HOST..."], operands: "hosts", options: [flag(["-4"], "ask on IPv4"), flag(["-6"], "ask on IPv6"), text(["-a"], "N", "number of a key"), flag(["-b"], "step the clock"), flag(["-B"], "slew the clock"), text(["-k"], "FILE", "file of keys"), flag(["-n"], "only show the command of ntpdig"), flag(["-q"], "only ask"), text(["-t"], "N.N", "wait so long"), flag(["-h"], "show the usage")], description: ["Asks time servers once and sets the clock: by slewing when it is wrong by less than half a second, else by a step. A daemon (chronyd, ntpd, systemd-timesyncd) keeps a clock right all the time."], seeAlso: ["ntpdig(1)", "chronyd(8)", "timedatectl(1)"] },
  function* (sys, argv, io: Io) {
    const pass: string[] = [];
    const adjust: string[] = [];
    const hosts: string[] = [];
    let [set, echo] = [true, false];
    let timeout = ["-t", "1"];
    const args = argv.slice(1);
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? "";
      if (!word.startsWith("-") || hosts.length > 0) {
        hosts.push(word);
        continue;
      }
      for (let letter = 1; letter < word.length; letter++) {
        const option = word.charAt(letter);
        const value = "aekopt".includes(option) ? word.slice(letter + 1) || (args[++at] ?? "") : "";
        if (option === "h") {
          io.out.put(help);
          return 0;
        }
        if ("46d".includes(option)) pass.push(`-${option}`);
        else if (option === "a" || option === "k") pass.push(`-${option}`, value);
        else if (option === "t") {
          pass.push("-t", value);
          timeout = [];
        } else if (option === "b") adjust.push("-S");
        else if (option === "B") adjust.push("-s");
        else if (option === "n") echo = true;
        else if (option === "q") set = false;
        else if ("eop".includes(option)) yield* io.stderr(`ntpdate: -${option} is no longer supported.\n`);
        else if (!"suv".includes(option)) {
          yield* io.stderr(`/usr/sbin/ntpdate: Illegal option -${option}\n`);
          if (option === "-") return 1;
        }
        if (value !== "" || "aekopt".includes(option)) break;
      }
    }
    if (set && adjust.length === 0) adjust.push("-s", "-S", "-M", "500");
    const words = ["ntpdig", ...adjust, ...timeout, ...pass, ...hosts];
    if (echo) {
      io.out.put(`${words.join(" ")}\n`);
      return 0;
    }
    return yield* sys.exec("/usr/bin/ntpdig", words, sys.environment);
  },
);
