// ncat 7.93: connects to a port or waits for connections, by TCP, UDP or a Unix socket (ncat(1)).

import { type Blocking, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, text, unsimulated } from "../kit/gnu.ts";
import { addressesOf } from "./_peers.ts";
import { runClient } from "./_client.ts";
import { runServer } from "./_server.ts";
import { commandWords, DEFAULT_PORT, durationUs, NcatQuit, portNumber, quitting, type Setting } from "./_setting.ts";
import { Copies } from "./_traffic.ts";

const BANNER = "Ncat: Version 7.93 ( https://nmap.org/ncat )\n";
const CONNECT_TIMEOUT_US = 10_000_000;
const MOST_CONNECTIONS = 100;

export default gnu({
  name: "ncat", summary: "send and receive bytes over the network", synopsis: ["[OPTION]... HOST [PORT]", "-l [OPTION]... [HOST] [PORT]"],
  description: ["Connects standard input and output with a port of a host or, with -l, with whoever comes to a port here. Without PORT it is 31337."],
  versionText: "Ncat: Version 7.93 ( https://nmap.org/ncat )\n", usageStatus: 2, failureStatus: 1,
  tryLine: () => "Ncat: Try `--help' or man(1) ncat for more information, usage options and help. QUITTING.\n",
  options: {
    ipv4: flag(["-4"], "only IPv4"),
    ipv6: flag(["-6"], "only IPv6"),
    unix: flag(["-U", "--unixsock"], "the operand is the path of a Unix socket"),
    vsock: unsimulated(["--vsock"], "sockets between a machine and its guests", "there are none of that kind"),
    crlf: flag(["-C", "--crlf"], "send line ends as CR LF"),
    shell: text(["-c", "--sh-exec"], "COMMAND", "the shell runs COMMAND with the connection as its input and output"),
    exec: text(["-e", "--exec"], "COMMAND", "as -c, without a shell; COMMAND has its whole path"),
    lua: unsimulated(["--lua-exec"], "run a script of Lua on the connection", "there is no Lua", "FILE"),
    sourceRoute: unsimulated(["-g"], "hops of loose source routing", "the simulated network does no source routing", "HOP,..."),
    pointer: unsimulated(["-G"], "where the list of hops begins", "the simulated network does no source routing", "N"),
    most: text(["-m", "--max-conns"], "N", "no more than N connections at a time (100)"),
    delay: text(["-d", "--delay"], "TIME", "pause between what is sent"),
    output: text(["-o", "--output"], "FILE", "copy what passes into FILE"),
    hex: text(["-x", "--hex-dump"], "FILE", "copy what passes into FILE as hexadecimal numbers"),
    idle: text(["-i", "--idle-timeout"], "TIME", "give up when nothing passes for TIME"),
    sourcePort: text(["-p", "--source-port"], "PORT", "the port on this side"),
    source: text(["-s", "--source"], "ADDRESS", "the address on this side"),
    listen: flag(["-l", "--listen"], "wait for connections"),
    keep: flag(["-k", "--keep-open"], "with -l: stay for more than one connection"),
    numeric: flag(["-n", "--nodns"], "names are not looked up"),
    telnet: flag(["-t", "--telnet"], "answer the negotiations of TELNET"),
    udp: flag(["-u", "--udp"], "datagrams instead of a connection"),
    sctp: unsimulated(["--sctp"], "SCTP instead of TCP", "the simulated network has TCP and UDP"),
    verbose: flag(["-v", "--verbose"], "say what happens"),
    wait: text(["-w", "--wait"], "TIME", "give up when the connection is not there after TIME"),
    zero: flag(["-z"], "only try whether somebody listens"),
    quit: text(["-q"], "TIME", "at the end of standard input wait TIME, then end"),
    append: flag(["--append-output"], "add to the files of -o and -x"),
    sendOnly: flag(["--send-only"], "only send; the end of standard input is the end"),
    receiveOnly: flag(["--recv-only"], "only receive"),
    noShutdown: flag(["--no-shutdown"], "keep the sending half open at the end of standard input"),
    allow: text(["--allow"], "HOST,...", "only these hosts and networks may come"),
    allowFile: text(["--allowfile"], "FILE", "the hosts of --allow, from FILE"),
    deny: text(["--deny"], "HOST,...", "these hosts and networks may not come"),
    denyFile: text(["--denyfile"], "FILE", "the hosts of --deny, from FILE"),
    broker: flag(["--broker"], "what one client sends goes to all others"),
    chat: flag(["--chat"], "as --broker, with the name of who sends"),
    proxy: unsimulated(["--proxy"], "go through a proxy", "there are no proxies on the simulated network", "HOST:PORT"),
    proxyType: unsimulated(["--proxy-type"], "which protocol the proxy speaks", "there are no proxies on the simulated network", "TYPE"),
    proxyAuth: unsimulated(["--proxy-auth"], "user and password for the proxy", "there are no proxies on the simulated network", "USER:PASSWORD"),
    proxyDns: unsimulated(["--proxy-dns"], "who looks names up behind a proxy", "there are no proxies on the simulated network", "TYPE"),
    ssl: unsimulated(["--ssl"], "encrypt with TLS", "use openssl s_client or s_server"),
    sslCert: unsimulated(["--ssl-cert"], "the certificate to show", "use openssl s_client or s_server", "FILE"),
    sslKey: unsimulated(["--ssl-key"], "the certificate's private key", "use openssl s_client or s_server", "FILE"),
    sslVerify: unsimulated(["--ssl-verify"], "check the other side's certificate", "use openssl s_client or s_server"),
    sslTrust: unsimulated(["--ssl-trustfile"], "certificates to trust", "use openssl s_client or s_server", "FILE"),
    sslCiphers: unsimulated(["--ssl-ciphers"], "which ciphers may be used", "use openssl s_client or s_server", "LIST"),
    sslName: unsimulated(["--ssl-servername"], "the server's name to ask for", "use openssl s_client or s_server", "NAME"),
    sslAlpn: unsimulated(["--ssl-alpn"], "the protocols to offer", "use openssl s_client or s_server", "LIST"),
  },
  operands: "hosts",
  *run({ options, operands, sys }, io: Io) {
    return yield* quitting(io, function* () {
      const listFrom = function* (given: string | undefined, file: string | undefined): Blocking<string[]> {
        const listed = given?.split(",") ?? [];
        if (file === undefined) return listed;
        const content = yield* readTextFile(sys, file);
        if (content === undefined) throw new NcatQuit(`can't open ${file} for reading.`);
        return [...listed, ...content.split(/\s+/).filter((one) => one !== "")];
      };
      if ([options.exec, options.shell].every((one) => one !== undefined)) throw new NcatQuit("Only one of --exec, --sh-exec, and --lua-exec is allowed.");
      const command = options.exec !== undefined ? commandWords(options.exec) : options.shell !== undefined ? ["/bin/sh", "-c", options.shell] : undefined;
      if ((options.broker || options.chat) && command) throw new NcatQuit(`Invalid option combination: --broker and ${options.exec === undefined ? "-c" : "-e"}.`);
      if (options.listen && options.zero) {
        yield* io.stderr("Ncat: Services designed for LISTENING can't be used with -z QUITTING.\n");
        return 2;
      }
      const times = {
        connectTimeoutUs: options.wait === undefined ? CONNECT_TIMEOUT_US : durationUs(options.wait, "-w timeout"), idleTimeoutUs: options.idle === undefined ? undefined : durationUs(options.idle, "-i timeout"),
        delayUs: options.delay === undefined ? 0 : durationUs(options.delay, "-d delay"), quitUs: options.quit === undefined ? undefined : Math.max(0, Number(options.quit)) * 1e6,
      };
      if (options.sourcePort !== undefined && !(/^\d+$/.test(options.sourcePort) && Number(options.sourcePort) <= 65535)) throw new NcatQuit(`Invalid source port ${options.sourcePort}.`);
      const words = [...operands];
      // ncat -l PORT, ncat -l -p PORT, ncat -l HOST PORT
      const onlyPort = options.listen && !options.unix && words.length === 1 && /^\d+$/.test(words[0] ?? "");
      const host = onlyPort ? undefined : words.shift();
      if (host === undefined && !options.listen) throw new NcatQuit("You must specify a host to connect to.");
      if (words.length > 1) {
        if (!options.listen && !options.unix) yield* addressesOf(sys, host ?? "", undefined, options.numeric);
        throw new NcatQuit(`Got more than one port specification: ${words.join(" ")}.`);
      }
      const port = words[0] === undefined ? (options.listen && options.sourcePort !== undefined ? Number(options.sourcePort) : DEFAULT_PORT) : portNumber(words[0]);
      const setting: Setting = {
        listen: options.listen, keep: options.keep || options.broker || options.chat, udp: options.udp, unix: options.unix, family: options.ipv6 ? "inet6" : options.ipv4 ? "inet" : undefined, numeric: options.numeric,
        verbose: options.verbose, zero: options.zero, crlf: options.crlf, telnet: options.telnet, sendOnly: options.sendOnly, receiveOnly: options.receiveOnly, noShutdown: options.noShutdown, broker: options.broker, chat: options.chat,
        host, port, sourceAddress: options.source, sourcePort: options.listen || options.sourcePort === undefined ? undefined : Number(options.sourcePort), command, mostConnections: options.most === undefined ? MOST_CONNECTIONS : Number(options.most) || MOST_CONNECTIONS,
        ...times, allowed: yield* listFrom(options.allow, options.allowFile), denied: yield* listFrom(options.deny, options.denyFile),
      };
      if (options.verbose) yield* io.stderr(BANNER);
      let copies: Copies;
      try {
        copies = yield* Copies.open(sys, options.output, options.hex, options.append);
      } catch (error) {
        if (error instanceof SysError) throw new NcatQuit(`Failed to open file for writing: ${error.message}.`);
        throw error;
      }
      return options.listen ? yield* runServer(sys, io, setting, copies) : yield* runClient(sys, io, setting, copies);
    });
  },
});
