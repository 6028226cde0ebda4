// The learners of `npm run bench -- --sessions`, a process of their own: node dist/bench-typists.mjs PORT COUNT KEYS. Says "ready" when all have their prompt, then
// how long each key took, as one line of JSON.
import { WebSocket } from "ws";
import { readServerMessage } from "../session/protocol.ts";
import { type Connect, Typist } from "./typist.ts";

const [port = 0, count = 0, keys = 0] = process.argv.slice(2).map(Number);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Each presses a key about every 400 ms, not at the same time as the others. */
const betweenKeysMs = 400;

const connect: Connect = async (attempt, hear) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${attempt}`, { perMessageDeflate: false });
  socket.on("message", (data) => {
    const message = readServerMessage(data.toString());
    if (message) hear(message);
  });
  await new Promise((resolve) => socket.once("open", resolve));
  return (message) => socket.send(JSON.stringify(message));
};

const typists: Typist[] = [];
for (let index = 0; index < count; index++) typists.push(await Typist.open(connect, `typist-${index}`));
for (const typist of typists) await typist.until("$ ");
console.log("ready");
const start = process.cpuUsage();
const latenciesMs: number[] = [];
const letters = "abcdefghijklmnopqrstuvwxyz";
await Promise.all(typists.map(async (typist, index) => {
  await pause((index / count) * betweenKeysMs);
  for (let key = 0; key < keys; key++) {
    latenciesMs.push(await typist.echo(letters.charAt(key % letters.length)));
    await pause(betweenKeysMs);
  }
}));
const { user, system } = process.cpuUsage(start);
console.log(JSON.stringify({ latenciesMs, cpuMs: (user + system) / 1000 }));
process.exit(0);
