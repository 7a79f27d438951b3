/** @file How much memory networks may take, where no interface says how much there is. */

const gibibyte = 2 ** 30;

/** Where the browser does not tell: Firefox and Safari never do, and Safari also runs on phones. */
const assumedGibibytes = 4;

/**
 * Bytes of weights, copies and feature maps together, on the device and beside it.
 *
 * WebGPU says how large one buffer may be, and nothing of how many fit; weights pass through typed arrays of the worker
 * first, and a worker whose typed arrays find no room is killed by some browsers without an error that could be caught. So
 * half of what the device says it has is left to the page, the browser and everything else. It is never more than 4 GiB,
 * where 32-bit addresses end and some browsers stop a tab; the largest official network needs 2 GiB with its stock twin.
 *
 * @param deviceMemory `navigator.deviceMemory`, in GiB, rounded by the browser.
 */
export function memoryBudget(deviceMemory: number = assumedGibibytes): number {
  return gibibyte * Math.min(4, deviceMemory / 2);
}
