// xset of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xset", summary: "user preference utility for X", synopsis: "[-display host:dpy] option ...", usageAlone: true,
  complaint: (argv0, display) => `${argv0}:  unable to open display "${display}"`,
});
