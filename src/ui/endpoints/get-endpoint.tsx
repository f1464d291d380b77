import { CopyCommand } from "./copy-command";

/** What an endpoint is and how to get one, with this page's own origin in the command. */
export function GetEndpoint() {
  const command = [
    "pip install ./endpoint",
    `streamscope-endpoint --backend emulator --allow-origin ${window.location.origin}`,
  ].join("\n");
  return (
    <div className="get-endpoint">
      <p>
        An endpoint is a small server beside an FPGA card that runs the same network on the pictures this page
        sends it. To try it without a card, start one that emulates the card, in a checkout of Streamscope:
      </p>
      <CopyCommand command={command} />
    </div>
  );
}
