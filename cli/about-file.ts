import { StreamscopeError } from "../src/graph/errors";

/** Says which file it was, where the error only says what is wrong with it. For `catch`: it throws. */
export function aboutFile(file: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof StreamscopeError) || error.code === "aborted") throw error;
    const { code, message, details } = error;
    throw new StreamscopeError(code, `${file}: ${message}`, details, { cause: error });
  };
}
