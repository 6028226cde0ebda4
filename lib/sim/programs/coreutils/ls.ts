import { listingCommand } from "./_listing.ts";

export default listingCommand("ls", { format: "terminal", quoting: "terminal" });
