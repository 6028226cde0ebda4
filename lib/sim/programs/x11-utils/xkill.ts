// xkill of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xkill", summary: "close the X client that a window belongs to", synopsis: "[-display displayname] [-id resource] [-all]",
  complaint: (argv0, display) => `${argv0}:  unable to open display "${display}"`,
});
