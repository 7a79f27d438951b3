/** @file Every error that leaves the engine has a code. */
import { EngineError, engineErrorCode } from "../runtime/errors.ts";

/** @throws EngineError in the place of whatever `job` throws. */
export async function translated<T>(job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new EngineError(engineErrorCode(error), message, { cause: error });
  }
}
