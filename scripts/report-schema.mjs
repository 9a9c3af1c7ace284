/** The JSON Schema of the Report, from its TypeScript types. */
import { join } from "node:path";
import { root } from "./causes.mjs";

export async function reportSchema() {
  const { createGenerator } = await import("ts-json-schema-generator");
  const schema = createGenerator({
    path: join(root, "packages/engine/src/model/report.ts"),
    tsconfig: join(root, "packages/engine/tsconfig.json"),
    type: "Report",
    topRef: false,
    skipTypeCheck: true,
    // Fields are only ever added within a schemaVersion, so a reader must let unknown ones pass.
    additionalProperties: true,
  }).createSchema("Report");
  schema.title = "unloop report";
  return `${JSON.stringify(schema, null, 2)}\n`;
}
