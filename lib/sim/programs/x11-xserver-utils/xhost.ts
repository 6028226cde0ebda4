// xhost of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xhost", summary: "who may open windows on the X server", synopsis: "[[+-]hostname ...]", description: ["Shows and changes which hosts and users may use the X server: xhost +NAME lets in, xhost -NAME keeps out, xhost + opens it to all. Cookies (xauth) are safer."],
  complaint: (argv0, display) => `${argv0}:  unable to open display "${display}"`,
});
