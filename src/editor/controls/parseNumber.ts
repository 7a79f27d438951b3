/** @file What a person means by the text in a number field. */

/** Reads `12`, `0.125`, `0,125`, `1/8` and `1e3`; undefined for everything else. */
export function parseNumber(text: string): number | undefined {
  const parts = text.trim().split("/");
  const numbers = parts.map((part) => decimal(part.trim()));
  const [value, divisor = 1] = numbers;
  if (parts.length > 2 || value === undefined || numbers.includes(undefined)) return undefined;
  const result = value / divisor;
  return Number.isFinite(result) ? result : undefined;
}

function decimal(text: string): number | undefined {
  return /^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?$/i.test(text)
    ? Number(text.replace(",", "."))
    : undefined;
}
