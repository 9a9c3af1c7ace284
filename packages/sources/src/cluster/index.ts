/** The live cluster as a source of Snapshots. */
export { collect } from "./collect";
export { type ClusterAccess, readKubeconfig } from "./kubeconfig";
export { type Api, type GetOptions, openApi } from "./api";
export type { Reply } from "./reply";
export { type Budgets, type ClusterOptions, type CollectOptions, type Progress, defaultBudgets, defaultTimeouts } from "./options";
