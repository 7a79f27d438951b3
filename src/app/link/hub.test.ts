import { expect, it } from "vitest";
import { hubInAddress } from "./hub.ts";

it.each([
  ["", undefined],
  ["?hub=http://127.0.0.1:4000/", "http://127.0.0.1:4000"],
  ["?hub=http://localhost:4000", "http://localhost:4000"],
  ["?hub=https://evil.example", undefined],
  ["?hub=http://127.0.0.1.evil.example", undefined],
  ["?hub=nonsense", undefined],
])("%j asks for the hub %s", (search, hub) => {
  expect(hubInAddress(search)).toBe(hub);
});
