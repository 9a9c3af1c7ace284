import { admit, admitObject } from "@unloop/engine/scrub/index";
import { expect, test } from "vitest";
import { harmless } from "./harmless";

test("at most one in a hundred harmless texts is masked, in a log or in an object", () => {
  const masked = harmless.filter((text) => {
    const event = { kind: "Event", metadata: { name: "x" }, message: text };
    return admit(text).text !== text || admitObject(event).object !== event;
  });
  expect(harmless.length).toBeGreaterThan(200);
  expect(masked.length, masked.join("\n")).toBeLessThanOrEqual(harmless.length / 100);
});

test("names that Kubernetes generates stay readable under keys that speak of secrets", () => {
  const object = {
    kind: "Pod",
    metadata: {
      name: "api-7d9f8c6b5-x2k4q",
      uid: "0f8fad5b-d9cb-469f-a165-70867728950e",
      annotations: { "checksum/secret": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    },
    spec: {
      imagePullSecrets: [{ name: "registry-pull" }],
      volumes: [
        { name: "tls", secret: { secretName: "api-tls-7d9f8", items: [{ key: "tls.key", path: "server.key" }] } },
        { name: "t", projected: { sources: [{ serviceAccountToken: { path: "token", expirationSeconds: 3607 } }] } },
      ],
      containers: [
        {
          name: "api",
          env: [
            { name: "TOKEN_PATH", value: "/var/run/token" },
            { name: "DB_PASSWORD_FILE", value: "/run/secrets/db-password" },
            { name: "MAX_TOKENS", value: "4096" },
            { name: "DB_PASSWORD", value: "$(OTHER)" },
          ],
        },
      ],
    },
  };
  expect(admitObject(object as never).object).toBe(object);
});
