// All zones at a start and at a reload, in named's words.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { Named } from "./_server.ts";
import { refresh, sendNotifies, thread } from "./_transfer.ts";

export function* loadAll(sys: Sys, named: Named, again: boolean): Blocking<void> {
  yield* load(sys, named, again);
  yield* named.say(sys, "all zones loaded");
  yield* named.say(sys, "running", "general", "notice");
}

/** Only those that are not served yet. */
export function* loadChanged(sys: Sys, named: Named): Blocking<void> {
  yield* load(sys, named, true, true);
  yield* named.say(sys, "any newly configured zones are now loaded");
  yield* named.say(sys, "running", "general", "notice");
}

function* load(sys: Sys, named: Named, again: boolean, onlyNew = false): Blocking<void> {
  for (const served of named.zones.values()) {
    if (served.kind === "automatic" || served.kind === "forward") continue;
    if (onlyNew && served.zone !== undefined) continue;
    if (served.kind === "primary") {
      // what dynamic updates have changed is not read again
      if (named.isDynamic(served) && served.zone !== undefined) continue;
      if ((yield* named.load(sys, served, again ? "unchanged" : "never")) === "loaded") yield* sendNotifies(sys, named, served);
    } else {
      if (served.zone === undefined) yield* named.load(sys, served);
      sys.fork((own) => thread(own, () => refresh(own, named, served, false)), { thread: true });
    }
  }
}
