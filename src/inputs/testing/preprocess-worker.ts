/** For preprocess.browser.test.ts: the whole path where there is no document. */
import { StreamscopeError } from "../../graph/errors";
import { preprocess } from "../preprocess";

self.onmessage = async ({ data }: MessageEvent<Blob>) => {
  try {
    self.postMessage(await preprocess(data));
  } catch (error) {
    self.postMessage(
      error instanceof StreamscopeError ? { code: error.code, message: error.message } : error,
    );
  }
};
