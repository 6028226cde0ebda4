// Pages only: the process is lib/server/main.ts, which hands requests to Next. Headers are set there, too.
/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm test`, on everything, before anything is built for people.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["better-sqlite3", "@node-rs/argon2", "ws", "pg"],
  devIndicators: false,
};
