/** Who may import whom. ARCHITECTURE.md has the table; this file holds it to it. */
const stages = "^packages/engine/src";

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "A circle has no first stage to read.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere is a typing error or a missing dependency.",
      severity: "error",
      from: { pathNot: "[.]d[.]ts$" },
      to: { couldNotResolve: true },
    },
    {
      name: "engine-is-pure",
      comment: "The engine imports nothing of Node.",
      severity: "error",
      from: { path: stages, pathNot: "[.]test[.]ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "engine-is-alone",
      comment: "The engine knows neither sources nor surfaces.",
      severity: "error",
      from: { path: stages, pathNot: "[.]test[.]ts$" },
      to: { path: "^packages/(sources|cli)/" },
    },
    { name: "sources-know-no-surface", severity: "error", from: { path: "^packages/sources/" }, to: { path: "^packages/cli/" } },
    {
      name: "session-without-node",
      comment: "A web page reads pasted text too, so this source takes strings and imports nothing of Node.",
      severity: "error",
      from: { path: "^packages/sources/src/(session|manifests)/", pathNot: "[.]test[.]ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "model-first",
      comment: "The model imports only itself.",
      severity: "error",
      from: { path: `${stages}/model/` },
      to: { path: stages, pathNot: `${stages}/model/` },
    },
    {
      name: "scrub-before-all",
      comment: "The door knows only the model.",
      severity: "error",
      from: { path: `${stages}/scrub/`, pathNot: "[.]test[.]ts$" },
      to: { path: stages, pathNot: `${stages}/(model|scrub)/` },
    },
    {
      name: "renderers-add-no-facts",
      comment: "A renderer reads the Report alone.",
      severity: "error",
      from: { path: `${stages}/render/`, pathNot: "[.]test[.]ts$" },
      to: { path: stages, pathNot: `${stages}/(model|render)/` },
    },
    {
      name: "cause-knows-no-cause",
      comment: "A cause never calls another; what a family shares lies in the family's folder.",
      severity: "error",
      from: { path: `${stages}/causes/([^/]+)/([^/]+)/cause[.]ts$` },
      to: { path: `${stages}/causes/[^/]+/[^/]+/`, pathNot: `${stages}/causes/$1/$2/` },
    },
    {
      name: "cause-judges-observations",
      comment: "A cause reads what the routine observed; ranking and rendering come after it.",
      severity: "error",
      from: { path: `${stages}/causes/[^/]+/` },
      to: { path: `${stages}/(incidents|render|fixes)/` },
    },
    {
      name: "no-tests-in-products",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: "[.]test[.]ts$" },
      to: { path: "([.]test[.]ts$|^tests/)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".d.ts", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
