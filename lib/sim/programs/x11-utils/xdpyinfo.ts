// xdpyinfo of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xdpyinfo", summary: "tell what an X display can do", synopsis: "[-display displayname]",
  complaint: (argv0, display) => `${argv0}:  unable to open display "${display}".`,
});
