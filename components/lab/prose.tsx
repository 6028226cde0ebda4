// From the Markdown tree of a lab's words to elements. Nothing is ever put in as HTML: raw HTML in a file is shown as text.
import type { RootContent } from "mdast";
import { Fragment, type ReactNode } from "react";
import { CopyCode } from "./copy-code.tsx";

function isOutside(url: string): boolean {
  return /^https?:\/\//.test(url);
}

function children(nodes: readonly RootContent[]): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a file's nodes never move
  return nodes.map((node, place) => <Fragment key={place}>{element(node)}</Fragment>);
}

function element(node: RootContent): ReactNode {
  switch (node.type) {
    case "text":
      return node.value;
    case "paragraph":
      return <p>{children(node.children)}</p>;
    case "heading":
      return <h3>{children(node.children)}</h3>;
    case "emphasis":
      return <em>{children(node.children)}</em>;
    case "strong":
      return <strong>{children(node.children)}</strong>;
    case "inlineCode":
      return (
        <code lang="en" translate="no">
          {node.value}
        </code>
      );
    case "code":
      return <CopyCode text={node.value} />;
    case "list":
      return node.ordered ? <ol start={node.start ?? 1}>{children(node.children)}</ol> : <ul>{children(node.children)}</ul>;
    case "listItem":
      // In a tight list an item's paragraph is only its text.
      return <li>{children(node.spread ? node.children : node.children.flatMap((child): readonly RootContent[] => (child.type === "paragraph" ? child.children : [child])))}</li>;
    case "blockquote":
      return <blockquote>{children(node.children)}</blockquote>;
    case "link":
      return isOutside(node.url) ? (
        <a href={node.url} target="_blank" rel="noopener noreferrer">
          {children(node.children)}
        </a>
      ) : (
        <span>{children(node.children)}</span>
      );
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr />;
    case "table":
      return (
        <div className="scroller">
          <table>
            <tbody>
              {node.children.map((row, place) => {
                const Cell = place === 0 ? "th" : "td";
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a file's rows never move
                  <tr key={place}>
                    {row.children.map((cell, at) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: nor its cells
                      <Cell key={at}>{children(cell.children)}</Cell>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      );
    case "html":
      return node.value;
    default:
      return "children" in node ? children(node.children) : null;
  }
}

export function Prose({ nodes }: { readonly nodes: readonly RootContent[] }) {
  return <div className="prose">{children(nodes)}</div>;
}
