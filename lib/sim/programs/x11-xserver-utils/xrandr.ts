// xrandr of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xrandr", summary: "size, orientation and reflection of screens", synopsis: "[options]",
  complaint: (_, display) => `Can't open display ${display}`,
});
