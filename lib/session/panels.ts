// What the panels beside the terminal are told while they are open: the picture of the machine, the transcript, the files that are looked
// at. State, compared with what was sent last; worked out at most twice a second, and not at all while nobody watches.

import type { World } from "../sim/world/world.ts";
import type { CommandLog } from "./command-log.ts";
import type { ClientMessage, ServerMessage } from "./protocol.ts";

const LOOK_EVERY_MS = 500;

type Watch = Extract<ClientMessage, { type: "watch" }>;

export class Panels {
  readonly #world: () => World;
  readonly #commands: () => CommandLog;
  readonly #user: string;
  readonly #say: (message: ServerMessage) => void;
  #watch: Watch | undefined;
  #lastPicture = "";
  #stamps = new Map<string, string | null>();
  #allCommands = true;
  /** The machine may have changed since the last look. */
  #stale = false;
  #lookedMs = Number.NEGATIVE_INFINITY;

  constructor(world: () => World, commands: () => CommandLog, user: string, say: (message: ServerMessage) => void) {
    this.#world = world;
    this.#commands = commands;
    this.#user = user;
    this.#say = say;
  }

  close(): void {
    this.#watch = undefined;
  }

  /** Something is to be looked at. */
  get pending(): boolean {
    return this.#watch !== undefined && this.#stale;
  }

  /** What was sent is no longer so: another connection, another course of events. */
  anew(): void {
    this.#lastPicture = "";
    this.#stamps.clear();
    this.#allCommands = true;
    this.#stale = true;
    this.#lookedMs = Number.NEGATIVE_INFINITY;
  }

  watch(watch: Watch): void {
    const before = this.#watch;
    this.#watch = watch;
    if (watch.picture && before?.picture !== true) this.#lastPicture = "";
    if (watch.commands && before?.commands !== true) this.#allCommands = true;
    for (const path of [...this.#stamps.keys()]) if (!watch.files.includes(path)) this.#stamps.delete(path);
    this.#stale = true;
    this.#lookedMs = Number.NEGATIVE_INFINITY;
  }

  /** `ran`: time has passed on the machine. Returns in how many ms it wants to look again; undefined: when something happens. */
  refresh(wallMs: number, ran: boolean): number | undefined {
    const watch = this.#watch;
    if (!watch || !(watch.picture || watch.commands || watch.files.length > 0)) return undefined;
    this.#stale ||= ran;
    if (!this.#stale) return undefined;
    const waitMs = this.#lookedMs + LOOK_EVERY_MS - wallMs;
    if (waitMs > 0) return waitMs;
    this.#stale = false;
    this.#lookedMs = wallMs;
    if (watch.picture) this.#sendPicture();
    if (watch.commands) this.#sendCommands();
    if (watch.files.length > 0) this.#sendStamps(watch.files);
    return undefined;
  }

  #sendPicture(): void {
    const picture = this.#world().picture();
    const text = JSON.stringify(picture);
    if (text === this.#lastPicture) return;
    this.#lastPicture = text;
    this.#say({ type: "picture", picture });
  }

  #sendCommands(): void {
    const log = this.#commands();
    if (this.#allCommands) {
      log.takeChanged();
      this.#say({ type: "commands", anew: true, commands: [...log.all()] });
    } else if (log.hasChanges) this.#say({ type: "commands", anew: false, commands: [...log.takeChanged()] });
    this.#allCommands = false;
  }

  #sendStamps(paths: readonly string[]): void {
    const files = this.#world().files(this.#user);
    const changed: { path: string; stamp: string | null }[] = [];
    for (const path of paths) {
      const stamp = files?.stamp(path) ?? null;
      if (this.#stamps.get(path) === stamp) continue;
      this.#stamps.set(path, stamp);
      changed.push({ path, stamp });
    }
    if (changed.length > 0) this.#say({ type: "stamps", stamps: changed });
  }
}
