// xset of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xset", summary: "settings of X: key repeat, bell, screen saver...", synopsis: "[-display host:dpy] option ...", usageAlone: true,
  complaint: (argv0, display) => `${argv0}:  unable to open display "${display}"`,
});
