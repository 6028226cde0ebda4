import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, program } from "../kit/program.ts";

const ACTIONS = ["start", "stop", "restart", "graceful", "graceful-stop"];

export default program({ name: "apachectl", path: "/usr/sbin/apachectl", links: ["/usr/sbin/apache2ctl"], manSection: 8, summary: "start, stop and check the Apache web server", synopsis: ["[start|stop|restart|graceful|graceful-stop|configtest|status|fullstatus|help]"], options: [] }, function* (sys, argv, io: Io) {
  const [, action, ...rest] = argv;
  const environment = new Map(sys.environment);
  for (const match of ((yield* readTextFile(sys, "/etc/apache2/envvars")) ?? "").matchAll(/^export (\w+)=(.*)$/gm)) environment.set(match[1] ?? "", match[2] ?? "");
  let args: readonly string[];
  if (action === undefined || action === "help") args = ["-h"];
  else if (ACTIONS.includes(action)) args = ["-k", action, ...rest];
  else if (action === "configtest") args = ["-t"];
  else if (action === "status" || action === "fullstatus") {
    yield* io.stderr(`The '${action}' command needs the server's status page, which is not simulated here; systemctl status apache2 tells whether it runs.\n`);
    return 1;
  } else args = argv.slice(1);
  try {
    yield* sys.exec("/usr/sbin/apache2", ["/usr/sbin/apache2", ...args], environment);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`apachectl: /usr/sbin/apache2: ${error.message}\n`);
  }
  return 127;
});
