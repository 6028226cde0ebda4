import { notFound } from "next/navigation";

/** Every address below a language that is no page. */
export default function Page() {
  notFound();
}
