import type { CameraFault } from "./camera-situation";

/** What is known of the page when a camera was refused. */
export interface RefusalContext {
  /** Does the page's Permissions-Policy (and that of the pages around it) allow a camera? */
  readonly policyAllows: boolean;
  /** Of the camera, after the refusal; null where the browser does not say. */
  readonly permission: PermissionState | null;
}

/** What the DOMException means with which `getUserMedia` rejected. */
export function faultOfRefusal(error: unknown, { policyAllows, permission }: RefusalContext): CameraFault {
  const { name, message } = error instanceof Error ? error : { name: "", message: "" };
  switch (name) {
    case "NotAllowedError":
    case "PermissionDeniedError":
    case "SecurityError":
      if (!policyAllows) return "policy";
      // Chromium's words when macOS, Windows or Android refuses.
      if (/by system/i.test(message)) return "system";
      return permission === "prompt" ? "dismissed" : "denied";
    case "NotFoundError":
      return "no-device";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    case "OverconstrainedError":
      return "overconstrained";
    default:
      return "failed";
  }
}
