/** Report in, text out: pure, adds no facts. */
export { renderMarkdown } from "./markdown";
export { type Line, type Role, type Span, plainText, printable } from "./spans";
export { type TextOptions, renderText } from "./text";
