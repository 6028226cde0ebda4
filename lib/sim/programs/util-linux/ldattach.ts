// ldattach(8): another line discipline for a serial line, for as long as it runs.
import { O, SysError } from "../../kernel/sys.ts";
import { flag, type Io, text, texts, utilLinux } from "../kit/util-linux.ts";

const DISCIPLINES = ["TTY", "SLIP", "MOUSE", "PPP", "STRIP", "AX25", "X25", "6PACK", "R3964", "IRDA", "HDLC", "SYNC_PPP", "SYNCPPP", "HCI", "GIGASET_M101", "M101", "GIGASET", "PPS", "GSM0710"];

export default utilLinux({
  name: "ldattach", path: "/usr/sbin/ldattach", manSection: 8, summary: "give a serial line its line discipline", synopsis: ["[options] <ldisc> <device>"], operands: "files",
  lists: [{ heading: "Known <ldisc> names:", width: -1, words: [[DISCIPLINES.join(" "), ""]] }],
  options: {
    debug: flag(["-d", "--debug"], "say on stderr what is done"), speed: text(["-s", "--speed"], "value", "bits per second of the line"), intro: text(["-c", "--intro-command"], "string", "what is sent first"), pause: text(["-p", "--pause"], "seconds", "seconds to wait behind what is sent first"), seven: flag(["-7", "--sevenbits"], "seven bits a character"), eight: flag(["-8", "--eightbits"], "eight bits a character"),
    none: flag(["-n", "--noparity"], "without parity"), even: flag(["-e", "--evenparity"], "with even parity"), odd: flag(["-o", "--oddparity"], "with odd parity"), one: flag(["-1", "--onestopbit"], "one stop bit"), two: flag(["-2", "--twostopbits"], "two stop bits"), inputFlags: texts(["-i", "--iflag"], "[-]iflag", "an input flag of the line (with - in front, off)"),
  },
  *run({ options, operands, sys }, io: Io) {
    const [name, device] = operands;
    if (name === undefined || device === undefined) io.usage("not enough arguments");
    const discipline = DISCIPLINES.find((one) => one === name.toUpperCase()) ?? (/^\d+$/.test(name) ? name : undefined);
    if (discipline === undefined) io.die(`invalid line discipline argument: '${name}'`);
    if (options.speed !== undefined && !/^\d+$/.test(options.speed)) io.die(`invalid speed argument: '${options.speed}'`);
    try {
      const fd = yield* sys.open(device, O.RDWR | O.NOCTTY);
      if (!sys.isatty(fd)) io.die("cannot get terminal attributes for " + `${device}: Inappropriate ioctl for device`);
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${device}: ${error.message}`);
      throw error;
    }
    // the kernel loads a module for each discipline but the first; none of them is there
    return io.die(discipline === "TTY" || discipline === "0" ? "cannot set line discipline: Device or resource busy" : "cannot set line discipline: Invalid argument");
  },
});
