// xeyes of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xeyes", summary: "two eyes that look at the mouse", synopsis: "[-options ...]",
  complaint: (_, display) => `Error: Can't open display: ${display}`,
});
