/** The terminal: where text goes, how wide it is, whether it has colours. */
import { styleText } from "node:util";
import type { Line, Role } from "@unloop/engine/render/spans";

type Style = Parameters<typeof styleText>[0];

/** Colour is for the verdict and its confidence alone; the rest is at most bold or faint. */
const styles: Partial<Record<Role, Style>> = {
  title: "bold",
  cause: ["bold", "red"],
  certain: "green",
  likely: "yellow",
  possible: "yellow",
  dim: "dim",
  warning: "bold",
};

export interface TerminalOptions {
  /** `--no-color`. */
  noColor?: boolean;
}

/** NO_COLOR, FORCE_COLOR and TERM=dumb as https://no-color.org and Node read them. */
export function hasColour(stream: { isTTY?: boolean }, { noColor = false }: TerminalOptions, environment: NodeJS.ProcessEnv = process.env): boolean {
  if (noColor || environment["NO_COLOR"]) return false;
  if (environment["FORCE_COLOR"] && environment["FORCE_COLOR"] !== "0") return true;
  return stream.isTTY === true && environment["TERM"] !== "dumb";
}

/** Columns to write for: the terminal's, at most 80, and at least 40 so that words still fit. */
export function widthOf(stream: { columns?: number }): number {
  return Math.max(40, Math.min(80, stream.columns || 80));
}

export function paint(lines: Line[], colour: boolean): string {
  return lines
    .map((line) => {
      const text = line.map(({ role, text: piece }) => {
        const style = colour ? styles[role] : undefined;
        return style === undefined ? piece : styleText(style, piece);
      });
      return `${text.join("").trimEnd()}\n`;
    })
    .join("");
}

/** Writes everything and waits for it: a pipe takes 64 KiB at a time. */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, () => resolve()));
}
