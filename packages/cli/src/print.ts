/** A Report in the format that was asked for. */
import { renderMarkdown } from "@unloop/engine/render/markdown";
import { renderText } from "@unloop/engine/render/text";
import type { Report } from "@unloop/engine/model/report";
import { stringify } from "yaml";
import type { Format } from "./flags";
import { paint } from "./terminal";

export interface PrintOptions {
  format: Format;
  width: number;
  colour: boolean;
  all: boolean;
  /** `in namespace shop`, for the line that nothing fails. */
  where: string;
}

export function printReport(report: Report, { format, width, colour, all, where }: PrintOptions): string {
  if (format === "json") return `${json(report)}\n`;
  if (format === "yaml") return stringify(report, { aliasDuplicateObjects: false, lineWidth: 0 });
  if (format === "markdown") return renderMarkdown(report, { where });
  return paint(renderText(report, { width, wide: format === "wide", all, where }), colour);
}

/** JSON leaves DEL and C1 as they are, and a terminal obeys them. */
function json(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
