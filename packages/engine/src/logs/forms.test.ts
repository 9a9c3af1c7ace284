import { describe, expect, it } from "vitest";
import { isHost, isPath, portOf, splitAddress, unsetHost } from "./forms";

describe("values are shown only where they have the form of what they claim", () => {
  it.each(["orders-pg", "orders_pg", "orders-pg.shop.svc.cluster.local", "10.4.2.1", "::1", "localhost", "api.pay.example"])("%s is a host", (host) => {
    expect(isHost(host)).toBe(true);
  });
  it.each(["K9xPq3vT7zLm2W@db", "Xk29QpLm47TzRw81", "at", "300.1.1.1", "main.go", "a b", "", "7f3a9c1b2d4e5f60"])("%s is none", (host) => {
    expect(isHost(host)).toBe(false);
  });
  it("takes an address apart and drops the side that is no host or port", () => {
    expect(splitAddress("orders-pg:5432")).toEqual({ host: "orders-pg", port: 5432 });
    expect(splitAddress("[::1]:8080")).toEqual({ host: "::1", port: 8080 });
    expect(splitAddress("/10.4.2.1:6379")).toEqual({ host: "10.4.2.1", port: 6379 });
    expect(splitAddress("cache/10.4.2.1:6379")).toEqual({ host: "cache", port: 6379 });
    expect(splitAddress("p%ss:99999")).toEqual({ host: null, port: null });
  });
  it("knows what stands where a host was not set", () => {
    expect(unsetHost("undefined")).toEqual({ env: null });
    expect(unsetHost("$(DB_HOST)")).toEqual({ env: "DB_HOST" });
    expect(unsetHost("${DB_HOST}")).toEqual({ env: "DB_HOST" });
    expect(unsetHost("db")).toBeNull();
  });
  it("refuses ports beyond the range and paths with credentials", () => {
    expect(portOf("0")).toBeNull();
    expect(portOf("70000")).toBeNull();
    expect(portOf("443")).toBe(443);
    expect(isPath("https://user:pw@host/x")).toBe(false);
  });
});
