// xwininfo of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xwininfo", summary: "tell size, place and kind of an X window", synopsis: "[-display host:dpy] [-options ...]",
  complaint: (argv0, display) => `${argv0}: error: unable to ${display === "" ? "parse display name" : "open display"} "${display}"`,
});
