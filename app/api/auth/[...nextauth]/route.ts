import NextAuth from "next-auth";
import { authOptions } from "../../../../lib/school/auth-options.ts";

interface Context {
  readonly params: Promise<{ readonly nextauth: string[] }>;
}

async function handle(request: Request, context: Context): Promise<Response> {
  const own: (request: Request, context: Context) => Promise<Response> = NextAuth(await authOptions());
  return await own(request, context);
}

export { handle as GET, handle as POST };
