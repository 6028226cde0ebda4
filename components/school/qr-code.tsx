import { encode } from "uqr";

/** Dark modules on white in both themes: readers expect that contrast, and the quiet zone of four modules (ISO/IEC 18004). */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" className="h-40 w-40 rounded bg-white">
      <path d={path} fill="#000" />
    </svg>
  );
}
