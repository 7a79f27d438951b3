/** @file Reading a stored object field by field, so that one that is damaged takes no other with it. */
import type { z } from "zod";
import type { Reading } from "./key.ts";

/** Every field of `initial` as its schema reads it; what is missing or wrong is as in `initial`. */
export function readFields<T extends object>(
  schemas: { readonly [Name in keyof T]: z.ZodType<T[Name]> },
  initial: T,
  stored: unknown,
): Reading<T> {
  if (stored === undefined) return { value: initial, isWhole: true };
  if (typeof stored !== "object" || stored === null) return { value: initial, isWhole: false };
  const given = stored as Readonly<Record<string, unknown>>;
  const value = { ...initial };
  let isWhole = true;
  for (const name of Object.keys(schemas) as (keyof T & string)[]) {
    const field = given[name];
    if (field === undefined) continue;
    const read = schemas[name].safeParse(field);
    if (read.success) value[name] = read.data;
    else isWhole = false;
  }
  return { value, isWhole };
}
