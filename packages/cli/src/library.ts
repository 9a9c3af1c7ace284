/** unloop as a library: Snapshot in, Report out; no Node, so that it runs in a browser too. */
export { diagnose } from "@unloop/engine/diagnose";
export { wants } from "@unloop/engine/wants";
export { admit, admitObject } from "@unloop/engine/scrub/index";
export { renderMarkdown } from "@unloop/engine/render/markdown";
export { type Line, type Role, type Span, plainText } from "@unloop/engine/render/spans";
export { renderText } from "@unloop/engine/render/text";
export { encodeCapture, readCapture } from "@unloop/sources/bundle/capture";
export { readSession } from "@unloop/sources/session";
export type { Report } from "@unloop/engine/model/report";
export type { Snapshot } from "@unloop/engine/model/snapshot";
