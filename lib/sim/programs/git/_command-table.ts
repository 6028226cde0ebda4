// Every subcommand by its name.
import type { GitCommand } from "./base/git-command.ts";
import { add } from "./command/add.ts";
import { branch } from "./command/branch.ts";
import { catFile } from "./command/cat-file.ts";
import { checkout } from "./command/checkout.ts";
import { commit } from "./command/commit.ts";
import { config } from "./command/config.ts";
import { diff } from "./command/diff.ts";
import { hashObject } from "./command/hash-object.ts";
import { init } from "./command/init.ts";
import { log, whatchanged } from "./command/log.ts";
import { merge } from "./command/merge.ts";
import { mv } from "./command/mv.ts";
import { reset } from "./command/reset.ts";
import { restore } from "./command/restore.ts";
import { revParse } from "./command/rev-parse.ts";
import { rm } from "./command/rm.ts";
import { show } from "./command/show.ts";
import { stash } from "./command/stash.ts";
import { status } from "./command/status.ts";
import { switchCommand } from "./command/switch.ts";
import { tag } from "./command/tag.ts";
import { version } from "./command/version.ts";

const all: readonly GitCommand[] = [add, branch, catFile, checkout, commit, config, diff, hashObject, init, log, merge, mv, reset, restore, revParse, rm, show, stash, status, switchCommand, tag, version, whatchanged];

export const COMMANDS: ReadonlyMap<string, GitCommand> = new Map([...all.map((command) => [command.name, command] as const), ["stage", add], ["init-db", init]]);
