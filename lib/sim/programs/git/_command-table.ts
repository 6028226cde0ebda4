// Every subcommand by its name.
import type { GitCommand } from "./base/git-command.ts";
import { add } from "./command/add.ts";
import { catFile } from "./command/cat-file.ts";
import { config } from "./command/config.ts";
import { hashObject } from "./command/hash-object.ts";
import { init } from "./command/init.ts";
import { status } from "./command/status.ts";
import { version } from "./command/version.ts";

const all: readonly GitCommand[] = [add, catFile, config, hashObject, init, status, version];

export const COMMANDS: ReadonlyMap<string, GitCommand> = new Map([...all.map((command) => [command.name, command] as const), ["stage", add], ["init-db", init]]);
