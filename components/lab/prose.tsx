// From the Markdown tree of a lab's words to elements. Nothing is ever put in as HTML: raw HTML in a file is shown as text.
import type { RootContent } from "mdast";
import { Fragment, type ReactNode } from "react";
import { fillFacts } from "../../lib/lab/feedback.ts";
import { CopyCode } from "./copy-code.tsx";

type Facts = Readonly<Record<string, string | number>>;

function isOutside(url: string): boolean {
  return /^https?:\/\//.test(url);
}

function children(nodes: readonly RootContent[], facts: Facts): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a file's nodes never move
  return nodes.map((node, place) => <Fragment key={place}>{element(node, facts)}</Fragment>);
}

function element(node: RootContent, facts: Facts): ReactNode {
  switch (node.type) {
    case "text":
      return fillFacts(node.value, facts);
    case "paragraph":
      return <p>{children(node.children, facts)}</p>;
    case "heading":
      return <h3>{children(node.children, facts)}</h3>;
    case "emphasis":
      return <em>{children(node.children, facts)}</em>;
    case "strong":
      return <strong>{children(node.children, facts)}</strong>;
    case "inlineCode":
      return (
        <code lang="en" translate="no">
          {fillFacts(node.value, facts)}
        </code>
      );
    case "code":
      return <CopyCode text={fillFacts(node.value, facts)} />;
    case "list":
      return node.ordered ? <ol start={node.start ?? 1}>{children(node.children, facts)}</ol> : <ul>{children(node.children, facts)}</ul>;
    case "listItem":
      // In a tight list an item's paragraph is only its text.
      return <li>{children(node.spread ? node.children : node.children.flatMap((child): readonly RootContent[] => (child.type === "paragraph" ? child.children : [child])), facts)}</li>;
    case "blockquote":
      return <blockquote>{children(node.children, facts)}</blockquote>;
    case "link":
      return isOutside(node.url) ? (
        <a href={node.url} target="_blank" rel="noopener noreferrer">
          {children(node.children, facts)}
        </a>
      ) : (
        <span>{children(node.children, facts)}</span>
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
                      <Cell key={at}>{children(cell.children, facts)}</Cell>
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
      return "children" in node ? children(node.children, facts) : null;
  }
}

/** `facts` fill the {braces} of feedback. */
export function Prose({ nodes, facts = {} }: { readonly nodes: readonly RootContent[]; readonly facts?: Facts }) {
  return <div className="prose">{children(nodes, facts)}</div>;
}
