/** @file Hands the person a file to save. */

export function saveFile(name: string, content: string | Blob, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun once the task is over.
  setTimeout(() => URL.revokeObjectURL(url));
}
