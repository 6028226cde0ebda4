// finger (bsd-finger 0.17): who is logged in, as a table or at length, here or on another host.

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io } from "../kit/gnu.ts";
import { Input } from "../kit/input.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { hides, loggedIn, named, NoTerminal, type Person, type Session } from "./_person.ts";
import { askHost } from "./_remote.ts";
import { shownText } from "./_text.ts";

const HALF_YEAR_SECONDS = 182 * 86400;
const MAIL_DIRECTORY = "/var/mail";

interface Clock {
  readonly zone: Zone;
  readonly nowSeconds: number;
}

export default gnu({
  name: "finger", project: "bsd-finger", version: "0.17", summary: "show who is logged in, or what is known of a user",
  synopsis: ["[-lmps] [USER]... [USER@HOST]..."],
  description: ["Without names the people who are logged in are listed; with names each person is shown at length. USER@HOST, or @HOST, asks the finger server of HOST."],
  options: {
    short: flag(["-s"], "a line for each session"),
    long: flag(["-l"], "all that is known: home, shell, telephone, mail, and the files .plan, .project, .pgpkey and .forward"),
    noPlan: flag(["-p"], "leave .plan, .project and .pgpkey out"),
    noMatch: flag(["-m"], "take USER as a login name, never as part of a real name"),
  },
  operands: "users",
  tryLine: () => "usage: finger [-lmps] [login ...]\n",
  *run({ options, operands, sys }, io: Io) {
    const clock: Clock = { zone: yield* readZone(sys), nowSeconds: Math.floor(sys.clockUs("realtime") / 1e6) };
    const fromElsewhere = askedByNetwork(sys);
    const local = operands.filter((word) => !word.includes("@"));
    const remote = operands.filter((word) => word.includes("@"));
    try {
      if (operands.length === 0) {
        const people = yield* loggedIn(sys);
        if (people.length === 0) io.out.put("No one logged on.\n");
        else if (options.long) yield* showLong(sys, io, people, options.noPlan, clock);
        else showShort(io, people, clock);
      } else {
        const { people, unknown } = yield* named(sys, local, options.noMatch);
        const shown = people.filter((one) => !fromElsewhere || !hides(sys, one.user));
        const hidden = people.filter((one) => !shown.includes(one)).map((one) => one.user.name);
        for (const word of [...unknown, ...hidden]) yield* io.warn(`${word}: no such user.`);
        if (options.short && !options.long) {
          if (shown.length > 0) showShort(io, shown, clock);
        } else yield* showLong(sys, io, shown, options.noPlan, clock);
      }
    } catch (error) {
      if (error instanceof NoTerminal) io.die(error.message);
      throw error;
    }
    yield* io.out.flush();
    for (const word of remote) yield* askHost(sys, io, word, options.long);
    return 0;
  },
});

/** Standard input is fingerd's connection. */
function askedByNetwork(sys: Sys): boolean {
  try {
    return sys.getpeername(0).family !== "unix";
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

// ---- the table

function moment(seconds: number, { zone, nowSeconds }: Clock): string {
  const format = Math.abs(nowSeconds - seconds) > HALF_YEAR_SECONDS ? "%b %e  %Y" : "%b %e %H:%M";
  return strftime(format, civilAt(zone, seconds));
}

function shortIdle(seconds: number): string {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return `${days}d`;
  if (hours > 0) return `${hours}:${String(minutes).padStart(2, "0")}`;
  return minutes > 0 ? String(minutes) : "";
}

function showShort(io: Io, people: readonly Person[], clock: Clock): void {
  const sorted = [...people].sort((a, b) => (a.user.name < b.user.name ? -1 : 1));
  let loginWidth = Math.max(8, ...sorted.map((one) => one.user.name.length));
  let nameWidth = Math.min(Math.max(8, ...sorted.map((one) => one.realName.length)), 30 - loginWidth);
  // A second blank behind both where there is room.
  if (loginWidth + nameWidth < 28) {
    loginWidth++;
    nameWidth++;
  }
  const start = (login: string, name: string): string => `${login.slice(0, loginWidth).padEnd(loginWidth)} ${name.slice(0, nameWidth).padEnd(nameWidth)} `;
  io.out.put(`${start("Login", "Name")} Tty      Idle  Login Time   Office     Office Phone\n`);
  for (const person of sorted) {
    const place = (host: string): string => (host !== "" ? ` (${host})` : person.office !== "" || person.officePhone !== "" ? ` ${person.office.slice(0, 10).padEnd(10)} ${telephone(person.officePhone).slice(0, 14)}` : "");
    const head = start(person.user.name, person.realName);
    for (const session of person.sessions) {
      io.out.put(`${head}${session.writable ? " " : "*"}${session.line.slice(0, 8).padEnd(8)} ${shortIdle(session.idleSeconds).padStart(4)}  ${moment(session.atSeconds, clock)}${place(session.host)}\n`);
    }
    if (person.sessions.length > 0) continue;
    const { last } = person;
    io.out.put(last ? `${head} ${last.line.slice(0, 8).padEnd(8)}    *  ${moment(last.seconds, clock)}${place(last.host)}\n` : `${head}  *     *  No logins   ${place("")}\n`);
  }
}

// ---- at length

/** Eleven, ten, seven, five and four digits are grouped. */
function telephone(text: string): string {
  if (!/^\d+$/.test(text)) return text;
  const ends = (from: number, to?: number): string => text.slice(from, to);
  switch (text.length) {
    case 11:
      return `+${ends(0, 1)}-${ends(1, 4)}-${ends(4, 7)}-${ends(7)}`;
    case 10:
      return `${ends(0, 3)}-${ends(3, 6)}-${ends(6)}`;
    case 7:
      return `${ends(0, 3)}-${ends(3)}`;
    case 5:
      return `x${ends(0, 1)}-${ends(1)}`;
    case 4:
      return `x${text}`;
    default:
      return text;
  }
}

function longIdle(seconds: number): string {
  const count = (number: number, unit: string): string => (number === 0 ? "" : `${number} ${unit}${number === 1 ? "" : "s"} `);
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  return `${count(days, "day")}${count(hours, "hour")}${days === 0 ? count(Math.floor(seconds / 60) % 60, "minute") : ""}${days === 0 && hours === 0 ? count(seconds % 60, "second") : ""}idle`;
}

function sessionText(session: Session, { zone }: Clock): string {
  let text = `On since ${strftime("%a %b %e %H:%M (%Z)", civilAt(zone, session.atSeconds))} on ${session.line}${session.host === "" ? "" : ` from ${session.host}`}`;
  const idle = session.idleSeconds > 0;
  if (idle) text += `${session.host === "" ? "" : "\n"}   ${longIdle(session.idleSeconds)}`;
  if (!session.writable) text += `${idle ? "\n    " : ""} (messages off)`;
  return `${text}\n`;
}

/** Two fields a line where they fit: office and telephones. */
function officeText({ office, officePhone, homePhone }: Person): string {
  const fields: string[] = [];
  const together = office !== "" && officePhone !== "" && office.length + officePhone.length + 9 <= 40;
  if (together) fields.push(`Office: ${office}, ${telephone(officePhone)}`);
  else {
    if (office !== "") fields.push(`Office: ${office}`);
    if (officePhone !== "") fields.push(`Office Phone: ${telephone(officePhone)}`);
  }
  if (homePhone !== "") fields.push(`Home Phone: ${telephone(homePhone)}`);
  let text = "";
  let before: string | undefined;
  for (const field of fields) {
    if (before === undefined) {
      text += field;
      before = field;
    } else if (field.length <= 40) {
      text += `${"\t".repeat(1 + [32, 24, 16].filter((columns) => (before ?? "").length < columns).length)}${field}\n`;
      before = undefined;
    } else {
      text += `\n${field}`;
      before = field;
    }
  }
  return before === undefined ? text : `${text}\n`;
}

function* showLong(sys: Sys, io: Io, people: readonly Person[], noPlan: boolean, clock: Clock): Blocking<void> {
  for (const [i, person] of people.entries()) {
    const { user, sessions, last } = person;
    if (i > 0) io.out.put("\n");
    io.out.put(`Login: ${user.name.padEnd(15)}\t\t\tName: ${person.realName}\nDirectory: ${user.home.padEnd(25)}\tShell: ${user.shell === "" ? "/bin/sh" : user.shell}\n${officeText(person)}`);
    for (const session of sessions) io.out.put(sessionText(session, clock));
    if (sessions.length === 0) {
      const format = last && clock.nowSeconds - last.seconds > HALF_YEAR_SECONDS ? "%a %b %e %H:%M %Y (%Z)" : "%a %b %e %H:%M (%Z)";
      io.out.put(last ? `Last login ${strftime(format, civilAt(clock.zone, last.seconds))} on ${last.line}${last.host === "" ? "" : ` from ${last.host}`}\n` : "Never logged in.\n");
    }
    yield* showMail(sys, io, user.name, user.home, clock);
    if (noPlan) continue;
    yield* showFile(sys, io, `${user.home}/.pgpkey`, "PGP key:\n");
    yield* showFile(sys, io, `${user.home}/.project`, "Project:\n");
    if (!(yield* showFile(sys, io, `${user.home}/.plan`, "Plan:\n"))) io.out.put("No Plan.\n");
  }
}

function* showMail(sys: Sys, io: Io, name: string, home: string, { zone }: Clock): Blocking<void> {
  const forward = (yield* fileText(sys, `${home}/.forward`))?.split("\n")[0];
  if (forward !== undefined && forward !== "") io.out.put(`Mail forwarded to ${forward}\n`);
  const day = (timeUs: number): string => strftime("%a %b %e %H:%M %Y (%Z)", civilAt(zone, Math.floor(timeUs / 1e6)));
  try {
    const { sizeBytes, atimeUs, mtimeUs } = sys.stat(`${MAIL_DIRECTORY}/${name}`);
    if (sizeBytes === 0) io.out.put("No mail.\n");
    else if (mtimeUs > atimeUs) io.out.put(`New mail received ${day(mtimeUs)}\n     Unread since ${day(atimeUs)}\n`);
    else io.out.put(`Mail last read ${day(atimeUs)}\n`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    io.out.put("No mail.\n");
  }
}

/** As latin1; undefined when it cannot be read. */
function* fileText(sys: Sys, path: string): Blocking<string | undefined> {
  try {
    const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC | O.NONBLOCK);
    try {
      return yield* new Input(sys, fd).all();
    } finally {
      sys.close(fd);
    }
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function* showFile(sys: Sys, io: Io, path: string, title: string): Blocking<boolean> {
  const text = yield* fileText(sys, path);
  if (text === undefined) return false;
  io.out.put(title);
  io.out.putLatin1(shownText(text));
  if (text !== "" && !text.endsWith("\n")) io.out.put("\n");
  return true;
}
