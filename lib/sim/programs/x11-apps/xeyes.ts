// xeyes of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xeyes", summary: "a follow the mouse X demo", synopsis: "[-options ...]",
  complaint: (_, display) => `Error: Can't open display: ${display}`,
});
