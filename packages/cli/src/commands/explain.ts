/** `unloop explain THING`. */
import { wrap } from "@unloop/engine/render/spans";
import { explain } from "../explain/explain";
import { readPages } from "../packaged";
import { widthOf, write } from "../terminal";

export async function explainCommand(thing: string): Promise<number> {
  await write(process.stdout, forTerminal(explain(thing, readPages()), widthOf(process.stdout)));
  return 0;
}

/** Markdown as a person reads it in a terminal: headings without their marks, paragraphs filled, code left as it is. */
export function forTerminal(markdown: string, width: number): string {
  const lines: string[] = [];
  let fenced = false;
  let paragraph = "";
  const end = (): void => {
    if (!paragraph) return;
    const indent = /^([-*]|\d+\.) /.exec(paragraph)?.[0].length ?? 0;
    lines.push(...wrap(paragraph, width - indent).map((line, at) => (at ? " ".repeat(indent) + line : line)));
    paragraph = "";
  };
  for (const line of markdown.split("\n")) {
    if (line.startsWith("```")) {
      end();
      fenced = !fenced;
    } else if (fenced) lines.push(`    ${line}`);
    else if (/^#{1,6} /.test(line)) {
      end();
      lines.push(line.replace(/^#+ /, ""));
    } else if (!line.trim()) {
      end();
      lines.push("");
    } else if (/^\s*([-*]|\d+\.) |^\|/.test(line)) {
      end();
      paragraph = line.trim();
    } else paragraph = paragraph ? `${paragraph} ${line.trim()}` : line.trim();
  }
  end();
  return `${lines
    .join("\n")
    .replaceAll("`", "")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}
