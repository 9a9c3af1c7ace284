import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type FakeApi, startFakeApi } from "./fake-api";
import { look, pod } from "./look";

const hasOpenssl = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();
if (!hasOpenssl) process.stderr.write("openssl is not installed: the tests of certificates are skipped\n");

describe.skipIf(!hasOpenssl)("certificates", () => {
  let folder: string;
  let api: FakeApi;
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const data = (name: string): string => Buffer.from(read(name)).toString("base64");
  const signed = (name: string, subject: string, extensions: string): void => {
    openssl(
      "req",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
      "-subj",
      subject,
      "-addext",
      extensions,
    );
    openssl(
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      "-CA",
      "ca.crt",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-days",
      "1",
      "-copy_extensions",
      "copyall",
      "-out",
      `${name}.crt`,
    );
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "unloop-"));
    openssl(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-days",
      "1",
      "-keyout",
      "ca.key",
      "-out",
      "ca.crt",
      "-subj",
      "/CN=fake authority",
    );
    signed("server", "/CN=kubernetes", "subjectAltName=DNS:kubernetes");
    signed("client", "/O=dev/CN=jane", "extendedKeyUsage=clientAuth");
    api = await startFakeApi({ tls: { key: read("server.key"), cert: read("server.crt"), ca: read("ca.crt"), requestCert: true } });
    api.objects = [pod("a")];
  });
  afterEach(() => {
    api.intercept = null;
  });
  afterAll(async () => {
    await api.close();
    rmSync(folder, { recursive: true });
  });

  test("of the kubeconfig's authority are trusted, and the client shows its own", async () => {
    let peer = "";
    api.intercept = (_seen, _response, request) => {
      peer = (request.socket as TLSSocket).getPeerCertificate().subject?.CN;
      return false;
    };
    const kubeconfig = api.kubeconfig({
      cluster: { "certificate-authority-data": data("ca.crt"), "tls-server-name": "kubernetes" },
      user: { token: undefined, "client-certificate-data": data("client.crt"), "client-key-data": data("client.key") },
    });
    const snapshot = await look(api, { kubeconfig });
    expect(snapshot.objects.has("Pod/shop/a")).toBe(true);
    expect(peer).toBe("jane");
  });

  test("of another name or an unknown authority are refused in words", async () => {
    await expect(look(api, { kubeconfig: api.kubeconfig({ cluster: { "certificate-authority-data": data("ca.crt") } }) })).rejects.toMatchObject({
      code: "cluster-certificate",
      message: expect.stringContaining("another name"),
    });
    await expect(look(api)).rejects.toMatchObject({ code: "cluster-certificate", exitCode: 3, message: expect.stringContaining("unknown authority") });
  });

  test("are not looked at where the kubeconfig says so", async () => {
    const snapshot = await look(api, { kubeconfig: api.kubeconfig({ cluster: { "insecure-skip-tls-verify": true } }) });
    expect(snapshot.objects.has("Pod/shop/a")).toBe(true);
  });

  test("of the client that can not be read are a matter of credentials", async () => {
    const cluster = { "certificate-authority-data": data("ca.crt"), "tls-server-name": "kubernetes" };
    const garbage = Buffer.from("-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----").toString("base64");
    await expect(
      look(api, { kubeconfig: api.kubeconfig({ cluster, user: { "client-certificate-data": garbage, "client-key-data": garbage } }) }),
    ).rejects.toMatchObject({ code: "credentials-failed" });
  });
});
