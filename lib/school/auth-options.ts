// next-auth's options: credentials, JWT made revocable by `sid`. Forms sign in through components/school/sign-in-action.ts with the
// same cookie; this is next-auth's own door (its session endpoint, and providers that a school adds).
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { isRefusal } from "./refusal.ts";
import { cookieSecret } from "./secret.ts";
import { authenticate } from "./sign-in.ts";
import { endSignIn, signInLifeMs, startSignIn, viewerOfSid } from "./sign-ins.ts";

export async function authOptions(): Promise<NextAuthOptions> {
  return {
    secret: await cookieSecret(),
    session: { strategy: "jwt", maxAge: signInLifeMs / 1_000 },
    pages: { signIn: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          try {
            const address: unknown = request.headers?.["x-hote-address"];
            return { id: await authenticate(credentials?.email ?? "", credentials?.password ?? "", typeof address === "string" ? address : "unknown") };
          } catch (error) {
            if (isRefusal(error)) return null;
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user }) {
        if (user) token["sid"] = await startSignIn(user.id, "");
        return token;
      },
      async session({ session, token }) {
        const viewer = typeof token["sid"] === "string" ? await viewerOfSid(token["sid"]) : undefined;
        return { expires: session.expires, ...(viewer && { user: { name: viewer.name, email: viewer.email } }) };
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token["sid"] === "string") await endSignIn(token["sid"]);
      },
    },
  };
}
