import { useState } from "react";
import { ActionButton } from "../kit/action-button";

/** A command for a terminal, with a button that copies it. */
export function CopyCommand({ command }: { readonly command: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Absent on pages that came over plain http: the text can be selected.
    void navigator.clipboard?.writeText(command).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="copy-command">
      {/* Long lines scroll, also by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls needs the focus for it */}
      <pre tabIndex={0}>{command}</pre>
      <ActionButton onPress={copy}>Copy</ActionButton>
      <span role="status" className="copy-command__done">
        {copied && "Copied"}
      </span>
    </div>
  );
}
