// lpinfo: devices and models that there are (lpinfo(8) of CUPS).
import { CONNECTION, cups, cupsState } from "./_client.ts";

const devices = ["network beh", "network http", "network https", "network ipp", "network ipps", "network lpd", "network socket", "file cups-brf:/", "serial serial:/dev/ttyS0?baud=115200"];
const models = ["drv:///cupsfilters.drv/pwgrast.ppd Generic IPP Everywhere Printer", "drv:///cupsfilters.drv/textonly.ppd Generic Text-Only Printer", "drv:///generic-brf.drv/gen-brf.ppd Generic Braille embosser, 1.0", "raw Raw Queue", "everywhere IPP Everywhere"];

export default cups({
  name: "lpinfo", path: "/usr/sbin/lpinfo", manSection: 8, summary: "list the devices and drivers that printers can use", usage: ["[options] -m", "[options] -v"],
  options: [...CONNECTION, ["-l", "Show more of each"], ["-m", "Show models"], ["-v", "Show devices"], ["--device-id device-id", "Models of this device"], ["--exclude-schemes scheme-list", "Without these kinds of device"], ["--include-schemes scheme-list", "Only these kinds of device"], ["--language locale", "Models in this language"], ["--make-and-model name", "Models of this name"], ["--product name", "Models of this product"], ["--timeout seconds", "How long to look"]],
  unknown: (letter) => `Unknown option "${letter}".`,
  *run({ sys, given, has }, io) {
    if (given.length > 0 && (yield* cupsState(sys)) === undefined) {
      yield* io.stderr("lpinfo: Bad file descriptor\n");
      return 1;
    }
    const long = has("l");
    for (const [key] of given) {
      if (key === "v") io.out.put(devices.map((line) => (long ? `Device: uri = ${line.split(" ")[1] ?? ""}\n        class = ${line.split(" ")[0] ?? ""}\n        info = ${line.split(" ")[1] ?? ""}\n        make-and-model = Unknown\n        device-id = \n        location = \n` : `${line}\n`)).join(""));
      if (key === "m") io.out.put(models.map((line) => (long ? `Model:  name = ${line.split(" ")[0] ?? ""}\n        natural_language = en\n        make-and-model = ${line.slice(line.indexOf(" ") + 1)}\n        device-id = \n` : `${line}\n`)).join(""));
    }
    return 0;
  },
});
