// xlsclients of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xlsclients", summary: "list the X clients of a display", synopsis: "[-display displayname] [-a] [-l]",
  complaint: (argv0, display) => `${argv0}:  unable to open display "${display}"`,
});
