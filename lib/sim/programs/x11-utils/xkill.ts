// xkill of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xkill", summary: "kill a client by its X resource", synopsis: "[-display displayname] [-id resource] [-all]",
  complaint: (argv0, display) => `${argv0}:  unable to open display "${display}"`,
});
