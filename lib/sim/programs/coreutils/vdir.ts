import { listingCommand } from "./_listing.ts";

export default listingCommand("vdir", { format: "long", quoting: "escape" });
