import { expect, it } from "vitest";
import { Leases } from "./leases.ts";

it("makes a thing once, counts who shares it, and frees it with its last holder", () => {
  const freed: string[] = [];
  const leases = new Leases<string>((thing) => freed.push(thing));
  const make = (thing: string) => () => thing;
  const first = leases.lease();
  expect(first.get("a", make("one"))).toBe("one");
  expect(first.get("b", make("two"))).toBe("two");
  const second = leases.lease();
  expect(second.get("a", make("another"))).toBe("one");
  expect(second.get("c", make("three"))).toBe("three");
  expect([second.uploaded, second.reused]).toEqual([1, 1]);
  first.release();
  expect(freed).toEqual(["two"]);
  first.release();
  expect(leases.resources()).toEqual(["one", "three"]);
  second.release();
  expect(freed).toEqual(["two", "one", "three"]);
  expect(leases.resources()).toEqual([]);
  expect(leases.lease().get("a", make("again"))).toBe("again");
});
