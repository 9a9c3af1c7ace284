/** All patterns: the general ones by area, then those of products. On a tie the earlier one wins. */
import { productPatterns } from "../products/index";
import { accelerator } from "./accelerator";
import { cloudApi } from "./cloud-api";
import { answers } from "./answers";
import { commandLine } from "./arguments";
import { cloudMetadata } from "./cloud-metadata";
import { commands } from "./commands";
import { connectionSettings } from "./connection-settings";
import { data } from "./data";
import { databaseCredentials } from "./database-credentials";
import { databases } from "./databases";
import { dotnetPatterns } from "./dotnet";
import { emptyPaths } from "./empty-paths";
import { absent } from "./files-absent";
import { absentByRuntime } from "./files-absent-by-runtime";
import { denied } from "./files-denied";
import { space } from "./files-space";
import { kubernetes } from "./kubernetes";
import { leads } from "./leads";
import { libraries } from "./libraries";
import { limits } from "./limits";
import { localAddresses } from "./local-addresses";
import { memory } from "./memory";
import { models } from "./models";
import { names } from "./names";
import type { Pattern } from "./pattern";
import { ports } from "./ports";
import { processes } from "./processes";
import { refused } from "./refused";
import { refusedByProtocol } from "./refused-by-protocol";
import { requirements } from "./requirements";
import { scripts } from "./scripts";
import { services } from "./services";
import { configFiles } from "./settings-files";
import { invalid } from "./settings-invalid";
import { missing } from "./settings-missing";
import { missingByRuntime } from "./settings-missing-by-runtime";
import { missingBySchema } from "./settings-missing-by-schema";
import { settingsNamed } from "./settings-named";
import { signals } from "./signals";
import { timeouts } from "./timeouts";
import { tls } from "./tls";

import { wording } from "./wording";

export const generalPatterns: Pattern[] = [
  ...kubernetes,
  ...answers,
  ...processes,
  ...requirements,
  ...localAddresses,
  ...refusedByProtocol,
  ...refused,
  ...timeouts,
  ...names,
  ...tls,
  ...databaseCredentials,
  ...databases,
  ...cloudApi,
  ...cloudMetadata,
  ...connectionSettings,
  ...wording,
  ...services,
  ...emptyPaths,
  ...dotnetPatterns,
  ...absentByRuntime,
  ...absent,
  ...denied,
  ...space,
  ...data,
  ...ports,
  ...limits,
  ...memory,
  ...accelerator,
  ...models,
  ...missingByRuntime,
  ...missingBySchema,
  ...missing,
  ...invalid,
  ...configFiles,
  ...commandLine,
  ...commands,
  ...libraries,
  ...settingsNamed,
  ...signals,
  ...scripts,
];
export const patterns: Pattern[] = [...generalPatterns, ...productPatterns, ...leads];
