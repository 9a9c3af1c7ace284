import { defineConfig } from "vitest/config";

/** Where CI wants the results as JSON. */
const report = process.env["UNLOOP_TEST_REPORT"];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    reporters: ["default", ...(report ? [["json", { outputFile: report }] as [string, object]] : [])],
    // Projects, so that a report says which suite a test belongs to and the lab's can be run alone.
    projects: [
      { extends: true, test: { name: "unit", include: ["packages/*/src/**/*.test.ts", "tests/**/*.test.ts"], exclude: ["tests/lab/**", "tests/package/**"] } },
      // These need the built package.
      { extends: true, test: { name: "package", include: ["tests/package/**/*.test.ts"], fileParallelism: false } },
      // These need the lab's cluster, and skip themselves where it is not there.
      { extends: true, test: { name: "lab", include: ["tests/lab/**/*.test.ts"], fileParallelism: false, testTimeout: 300_000, hookTimeout: 900_000 } },
    ],
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/*.d.ts", "packages/cli/src/launcher.ts"],
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: "coverage",
    },
  },
});
